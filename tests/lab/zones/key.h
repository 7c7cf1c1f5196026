/*
 * key: the keys of a zone, made from the words of its row: "13k 13z".
 *
 * A word is an algorithm number and a role:
 *   k  key signing key          SEP, signs the DNSKEY RRset
 *   z  zone signing key         signs everything else
 *   c  combined signing key     SEP, signs everything
 *   b  zone signing key that signs the DNSKEY RRset too
 *   p  published only, no SEP   P  published only, SEP
 *   r  revoked                  SEP and REVOKE, signs the DNSKEY RRset
 *   n  no zone key              SEP without the ZONE flag, signs the DNSKEY RRset
 *   h  hidden                   SEP, not in the DNSKEY RRset, signs nothing
 *   s  stranger                 no SEP, not in the DNSKEY RRset, signs everything but that
 *   t  two zone signing keys with one key tag, of which the second signs (not for RSA)
 * RSA keys are read from the lab's folder of keys (making one takes too long); all others are made on the
 * spot. Algorithm numbers nobody implements (17, 253) get a P-256 key under that number.
 */
#ifndef LAB_KEY_H
#define LAB_KEY_H

#include "zone.h"

/* Makes the keys of the zone's row, and its DNSKEY RRset. */
void lab_keys_make(struct lab_zone *zone);

/* Makes one more key by its word, which is not in the zone; `nth` tells RSA keys apart. */
struct lab_key lab_key_make(const struct lab_zone *zone, const char *word, size_t nth);

/* Releases one key. */
void lab_key_free(struct lab_key *key);

/* Releases the keys of a zone; the records in its sets are copies. */
void lab_keys_free(struct lab_zone *zone);

#endif
