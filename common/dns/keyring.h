/*
 * keyring: the keys of one DNSKEY RRset, ready to verify with.
 *
 * Every record of the RRset has an entry, also one that cannot verify anything, so that a verdict
 * can say why. Octets are copied; the message may go. Nothing blocks; a ring belongs to one thread.
 */
#ifndef DW_DNS_KEYRING_H
#define DW_DNS_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/crypto.h"
#include "dns/rrset.h"

#define DW_KEYS_MAX 64 /* keys of one RRset that are looked at */

enum dw_key_state {
	DW_KEY_USABLE,
	DW_KEY_ALGORITHM_UNSUPPORTED,
	DW_KEY_BROKEN,       /* its octets make no key of its algorithm */
	DW_KEY_NOT_ZONE_KEY, /* ZONE flag clear (RFC 4034 2.1.1) */
	DW_KEY_NOT_DNSSEC,   /* protocol is not 3 (RFC 4034 2.1.2) */
	DW_KEY_REVOKED,      /* REVOKE set: may sign its own RRset only (RFC 5011 2.1) */
};

struct dw_keyring_key {
	uint16_t flags;
	uint16_t key_tag;
	uint8_t protocol;
	uint8_t algorithm;
	enum dw_key_state state;
	uint16_t rdata_length;
	uint8_t *rdata;     /* whole RDATA, owned by the ring */
	struct dw_key *key; /* NULL unless it can verify (usable or revoked); made at first use by the rules */
	bool tried;         /* making `key` was tried */
};

/* Zero-initialised it is empty. Release with dw_keyring_fini(). */
struct dw_keyring {
	struct dw_name owner;
	unsigned n_keys;
	bool too_many; /* the RRset had more than DW_KEYS_MAX keys */
	struct dw_keyring_key keys[DW_KEYS_MAX];
};

/*
 * Takes over the keys of a DNSKEY RRset. Records that are no DNSKEY are left out; DW_SYSTEM without memory.
 */
DW_MUST_CHECK enum dw_status dw_keyring_init(
	struct dw_keyring *ring, const struct dw_rrset *rrset, struct dw_error *error);

/*
 * The key of an entry, made at the first call and kept; NULL when it cannot verify, and then its state says
 * why. `curves` may be NULL.
 */
struct dw_key *dw_keyring_key(struct dw_keyring *ring, unsigned at, struct dw_curves *curves);

/* Releases the keys and leaves the ring empty. */
void dw_keyring_fini(struct dw_keyring *ring);

#endif
