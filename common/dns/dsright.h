/*
 * dsright: the DS set that a zone's parent should have.
 *
 * It is made of the keys that CDS or CDNSKEY ask for (RFC 7344), published or not, as long as one of them
 * signs the zone; else of the keys that sign the DNSKEY RRset and have the SEP flag, or of all that sign it
 * when none has, and of those with the SEP flag that the parent knows already (double DS, RFC 6781 4.1.2).
 * Where servers have different keys the set has those of each, so that it leads to a key on every server.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_DSRIGHT_H
#define DW_DNS_DSRIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/delegation.h"

/* Makes the set in these digest types, sorted; how many records it has, 0 when no key signs. */
unsigned dw_dsright_make(const struct dw_delegation_facts *facts, const uint8_t *digest_types,
	unsigned n_types, struct dw_ds_fact set[DW_DS_MAX]);

/* The SHA-256 DS of one key of that set that signs; false when no key does. */
bool dw_dsright_entry(const struct dw_delegation_facts *facts, struct dw_ds_fact *ds);

#endif
