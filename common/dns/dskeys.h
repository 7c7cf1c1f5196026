/*
 * dskeys: the records of a cut made ready to be compared: keys with what they sign, DS and CDS sets.
 *
 * Values point into the facts they were read from, which must stay. Functions are pure, and may be called
 * from any thread.
 */
#ifndef DW_DNS_DSKEYS_H
#define DW_DNS_DSKEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/name.h"
#include "dns/keyring.h"
#include "dns/octets.h"
#include "dns/survey.h"

/* A key of a server. */
struct dw_dskey {
	struct dw_octets rdata; /* whole RDATA of the DNSKEY */
	uint16_t flags;
	uint16_t key_tag;
	uint8_t algorithm;
	enum dw_key_state state;
	bool signs;                           /* a good signature of the DNSKEY RRset is its */
	const struct dw_signature *signature; /* of the DNSKEY RRset, good or not; NULL when it has none */
};

/* The DNSKEY RRset of a server. */
struct dw_dskeys {
	const struct dw_rrset_fact *rrset; /* NULL when it has none */
	unsigned n_keys;
	struct dw_dskey keys[DW_KEYS_MAX];
};

/* What a DS record leads to at a server, the best first. */
enum dw_ds_lead {
	DW_LEAD_GOOD,         /* a usable key that signs the DNSKEY RRset */
	DW_LEAD_NOT_SIGNING,  /* a key that does not sign it, or whose signature is not good */
	DW_LEAD_REVOKED,      /* a revoked key */
	DW_LEAD_NOT_ZONE_KEY, /* a key without the ZONE flag, or of another protocol */
	DW_LEAD_UNUSABLE,     /* a key that cannot verify: its algorithm, or its octets */
	DW_LEAD_NOWHERE,      /* no key */
};

/* Reads the keys of a server. */
void dw_dskeys_read(const struct dw_server_facts *server, struct dw_dskeys *keys);

/* Whether two servers have the same DNSKEY RRset, signed by the same keys; false when either has none. */
bool dw_dskeys_alike(const struct dw_server_facts *a, const struct dw_server_facts *b);

/* Whether a server before the one at `at` is alike. */
bool dw_dskeys_repeated(const struct dw_survey_facts *side, unsigned at);

/* Where a DS leads, by the best key that it names; `key` (may be NULL) is that one, else NULL. */
enum dw_ds_lead dw_dskeys_lead(const struct dw_ds_fact *ds, const struct dw_name *owner,
	const struct dw_dskeys *keys, const struct dw_dskey **key);

/*
 * Reads a DS or CDS RRset, sorted; NULL is an empty one. Returns how many records it has, DW_DS_MAX at most.
 */
unsigned dw_dskeys_set(const struct dw_rrset_fact *rrset, struct dw_ds_fact set[DW_DS_MAX]);

#endif
