/*
 * crypto: public keys, signatures and digests of DNSSEC, on OpenSSL.
 *
 * Algorithms 5, 7, 8, 10, 13, 14, 15 and 16, digests 1, 2 and 4. What is not known, or what this
 * host's OpenSSL refuses to do, is DW_UNSUPPORTED and never "bad". A key is made once, kept, and
 * verifies many signatures; a key belongs to one thread at a time. Nothing blocks.
 *
 * dw_crypto_init() must be the first call of a process that touches OpenSSL.
 */
#ifndef DW_DNS_CRYPTO_H
#define DW_DNS_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/octets.h"

#define DW_DIGEST_MAX 48 /* octets of the longest digest, SHA-384 */

/* A kept public key; owned by whoever called dw_key_new(). */
struct dw_key;

#define DW_CURVES 2

struct dw_seat;

/*
 * The curves of ECDSA keys. Setting one up, or copying it, costs a sixth of a verification, so that keys on a
 * curve share what OpenSSL sets up, and take turns. Zero-initialised none is kept; each is from its first key
 * on. Release with dw_curves_fini(). For one thread, as are all keys that were made with it.
 */
struct dw_curves {
	struct dw_seat *seats[DW_CURVES]; /* one on each curve */
};

/*
 * Starts OpenSSL. Without `with_configuration` it neither reads its configuration file nor learns the names
 * of its legacy ciphers and digests (EVP_get_digestbyname() then finds none): that is more than half of the
 * cost of starting. A host that shares OpenSSL with others wants it whole. DW_SYSTEM when it does not start.
 */
DW_MUST_CHECK enum dw_status dw_crypto_init(bool with_configuration, struct dw_error *error);

/* Whether signatures of this algorithm can be verified here (IANA "DNS Security Algorithm Numbers"). */
bool dw_algorithm_supported(uint8_t algorithm);

/* Whether digests of this type can be made here (IANA "DS RR Type Digest Algorithms"). */
bool dw_digest_supported(uint8_t digest_type);

/*
 * Makes a key from the public key field of a DNSKEY. DW_UNSUPPORTED for an algorithm that is not known here,
 * an RSA modulus above 4096 or exponent above 64 bits, or when OpenSSL's policy refuses it; DW_MALFORMED when
 * the octets make no key of it. `curves` may be NULL. Release with dw_key_free().
 */
DW_MUST_CHECK enum dw_status dw_key_new(uint8_t algorithm, struct dw_octets field, struct dw_curves *curves,
	struct dw_key **key, struct dw_error *error);

/* Releases what is kept, and leaves none. Keys made with it stay. */
void dw_curves_fini(struct dw_curves *curves);

/* Releases a key; NULL is fine. */
void dw_key_free(struct dw_key *key);

/*
 * Whether `signature` (in DNSSEC form, of any length) is the key's over `data`. False too for a
 * signature that cannot be one.
 */
bool dw_key_verify(struct dw_key *key, const uint8_t *data, size_t length, const uint8_t *signature,
	size_t signature_length);

/*
 * The digest of a DS record (RFC 4034 5.1.4) over pieces of octets; sets `length`. DW_UNSUPPORTED
 * for a type that is not known here.
 */
DW_MUST_CHECK enum dw_status dw_digest(uint8_t digest_type, const struct dw_octets *pieces, size_t n_pieces,
	uint8_t digest[DW_DIGEST_MAX], size_t *length);

/*
 * The NSEC3 hash of a name in canonical wire form (RFC 5155 5), SHA-1, `iterations` additional times.
 * The caller bounds the iterations. DW_SYSTEM when SHA-1 cannot be had.
 */
DW_MUST_CHECK enum dw_status dw_nsec3_hash(
	struct dw_octets name, struct dw_octets salt, uint16_t iterations, uint8_t hash[20]);

#endif
