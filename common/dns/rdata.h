/*
 * rdata: the fields of the DNSSEC record types, read in place.
 *
 * Each reader takes one record of a message that parsed, and checks the RDATA to its last octet:
 * DW_MALFORMED for what is cut short, left over, or against the type's own rules. Views point into the
 * message.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_RDATA_H
#define DW_DNS_RDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/wire.h"

#define DW_NSEC3_HASH_MAX 20 /* SHA-1, the only hash there is (RFC 5155 11) */

/* DNSKEY and CDNSKEY (RFC 4034 2.1). */
struct dw_dnskey {
	uint16_t flags;
	uint8_t protocol;
	uint8_t algorithm;
	uint16_t key_tag; /* of the whole RDATA (RFC 4034 appendix B) */
	uint16_t key_length;
	const uint8_t *key; /* the public key field */
};

enum dw_key_flag { DW_KEY_SEP = 0x0001, DW_KEY_REVOKE = 0x0080, DW_KEY_ZONE = 0x0100 };

/* RRSIG (RFC 4034 3.1). The times are serials: see moment. */
struct dw_rrsig {
	uint16_t type_covered;
	uint8_t algorithm;
	uint8_t labels;
	uint32_t original_ttl;
	uint32_t expiration;
	uint32_t inception;
	uint16_t key_tag;
	struct dw_name signer; /* case as in the message */
	const uint8_t *signature;
	uint16_t signature_length;
};

/* DS and CDS (RFC 4034 5.1). */
struct dw_ds {
	uint16_t key_tag;
	uint8_t algorithm;
	uint8_t digest_type;
	uint16_t digest_length;
	const uint8_t *digest;
};

/* NSEC (RFC 4034 4.1). */
struct dw_nsec {
	struct dw_name next;
	const uint8_t *types; /* type bit maps, checked */
	uint16_t types_length;
};

/* NSEC3 (RFC 5155 3). */
struct dw_nsec3 {
	uint8_t hash_algorithm;
	uint8_t flags; /* 1: opt-out */
	uint16_t iterations;
	uint8_t salt_length;
	uint8_t next_length;
	const uint8_t *salt;
	const uint8_t *next; /* hash of the next owner, in octets */
	const uint8_t *types;
	uint16_t types_length;
};

/* SOA (RFC 1035 3.3.13). */
struct dw_soa {
	struct dw_name mname;
	struct dw_name rname;
	uint32_t serial, refresh, retry, expire, minimum;
};

/* Each reads one record of its type. DW_MALFORMED as above. */
DW_MUST_CHECK enum dw_status dw_dnskey_read(const struct dw_rr *rr, struct dw_dnskey *dnskey);
/* RRSIG; a compressed signer's name is read as well, though RFC 4034 3.1.7 forbids to send one. */
DW_MUST_CHECK enum dw_status dw_rrsig_read(
	const struct dw_message *message, const struct dw_rr *rr, struct dw_rrsig *rrsig);
/* DS or CDS. */
DW_MUST_CHECK enum dw_status dw_ds_read(const struct dw_rr *rr, struct dw_ds *ds);
/* NSEC. */
DW_MUST_CHECK enum dw_status dw_nsec_read(
	const struct dw_message *message, const struct dw_rr *rr, struct dw_nsec *nsec);
/* NSEC3. */
DW_MUST_CHECK enum dw_status dw_nsec3_read(const struct dw_rr *rr, struct dw_nsec3 *nsec3);
/* SOA. */
DW_MUST_CHECK enum dw_status dw_soa_read(
	const struct dw_message *message, const struct dw_rr *rr, struct dw_soa *soa);

/* Whether the type bit maps (RFC 4034 4.1.2) name `type`. */
bool dw_types_has(const uint8_t *types, uint16_t types_length, uint16_t type);

/* The key tag of a DNSKEY RDATA (RFC 4034 appendix B, with B.1 for algorithm 1). */
uint16_t dw_key_tag(const uint8_t *rdata, size_t length);

#endif
