/*
 * rules: which RRSIG proves which RRset (RFC 4035 5.3, RFC 6840), with bounded work.
 *
 * Every verdict about a signature comes from here. An RRset is proven by one good signature;
 * what else is there is reported and is no fault by itself. Work is bounded whatever the answer
 * holds: DW_RRSET_SIGNATURES_MAX signatures of an RRset, DW_RULES_KEYS_MAX keys of one tag for each,
 * and a budget of verifications that the caller hands out (CVE-2023-50387).
 *
 * Nothing blocks. A verifier belongs to one thread; its memory is reused from call to call.
 */
#ifndef DW_DNS_RULES_H
#define DW_DNS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/keyring.h"
#include "dns/memo.h"
#include "dns/rdata.h"
#include "dns/rrset.h"

#define DW_RULES_KEYS_MAX   4   /* keys of one tag and algorithm tried for a signature */
#define DW_RULES_BUDGET_MAX 256 /* verifications for one server of a zone, enough for any honest one */

/* What is wrong with one signature; the first rule that fails, in the order of RFC 4035 5.3.1. */
enum dw_signature_state {
	DW_SIGNATURE_GOOD,
	DW_SIGNATURE_MALFORMED, /* RDATA does not parse */
	DW_SIGNATURE_SIGNER,    /* signer's name is not the apex of the zone that holds the RRset */
	DW_SIGNATURE_LABELS, /* labels field above the owner's count or below the apex's, or an expanded NSEC */
	DW_SIGNATURE_UNSUPPORTED, /* algorithm not known here */
	DW_SIGNATURE_EXPIRED,
	DW_SIGNATURE_NOT_YET_VALID,
	DW_SIGNATURE_NEVER_VALID,  /* inception behind expiration (RFC 4034 3.1.5); said before the two above */
	DW_SIGNATURE_NO_KEY,       /* no DNSKEY of this tag and algorithm */
	DW_SIGNATURE_NOT_ZONE_KEY, /* the key that fits lacks the ZONE flag or has another protocol */
	DW_SIGNATURE_REVOKED_KEY,  /* the key that fits is revoked, and no other key proves its DNSKEY RRset */
	DW_SIGNATURE_BROKEN_KEY,   /* the key that fits is no key of its algorithm */
	DW_SIGNATURE_WRONG,        /* cryptographically false: other data, or another key */
	DW_SIGNATURE_NOT_TRIED,    /* a bound was reached first: budget, keys of one tag, keys or records */
};

/* One signature: what it says, and what it is worth. Owns nothing. */
struct dw_signature {
	enum dw_signature_state state;
	uint16_t type_covered;
	uint16_t key_tag;
	uint8_t algorithm;
	uint8_t labels;
	uint32_t original_ttl; /* seconds */
	dw_moment inception;
	dw_moment expiration;
	int key;  /* index into the keyring of the key that fits or verified; -1 when none does */
	bool sep; /* that key has the SEP flag */
	struct dw_name signer;
};

enum dw_security {
	DW_SECURE,       /* a good signature */
	DW_BOGUS,        /* signatures, none good */
	DW_UNSIGNED,     /* no signature at all */
	DW_UNVERIFIABLE, /* none good, and at least one of an algorithm not known here, or too many records */
};

/* The verdict on an RRset. Owns nothing. */
struct dw_proof {
	enum dw_security security;
	unsigned n_signatures;
	unsigned n_left; /* signatures beyond the bound, not looked at */
	int best;        /* the good signature that expires last, else the one most worth naming; -1 for none */
	bool wildcard;   /* the best one is an expansion (labels below the owner's count, RFC 4035 5.3.4) */
	struct dw_signature signatures[DW_RRSET_SIGNATURES_MAX];
};

/* Scratch memory and the budget. Release with dw_verifier_fini(). */
struct dw_verifier {
	uint8_t *octets;
	size_t size;
	unsigned budget;     /* verifications still allowed; set to DW_RULES_BUDGET_MAX by init */
	unsigned n_verified; /* verifications done */
	struct dw_curves curves;
	struct dw_memo *memo; /* the caller's; what it knows costs no budget; NULL: nothing is remembered */
};

/* Prepares a verifier; allocates at first use only. */
void dw_verifier_init(struct dw_verifier *verifier);

/* Releases the scratch memory. */
void dw_verifier_fini(struct dw_verifier *verifier);

/*
 * Judges an RRset of the zone whose apex and keys are in `ring`, as of `now`. The DNSKEY RRset of the
 * zone itself is judged with the ring made of it; then a revoked key may sign too, beside another that
 * proves the RRset (RFC 5011 2.1): by itself it proves nothing, and it is never the best one then.
 * DW_SYSTEM without memory; every other trouble is in the proof.
 */
DW_MUST_CHECK enum dw_status dw_rules_prove(struct dw_verifier *verifier, const struct dw_rrset *rrset,
	struct dw_keyring *ring, dw_moment now, struct dw_proof *proof, struct dw_error *error);

/*
 * Whether a DS record names this key: tag, algorithm, and digest over `owner` in canonical form and the key's
 * RDATA (RFC 4034 5.1.4). False too for a digest type not known here.
 */
bool dw_rules_ds_matches(
	const struct dw_ds *ds, const struct dw_name *owner, const struct dw_keyring_key *key);

/* "secure", "bogus", "unsigned", "unverifiable": for people and, as they are stable, for programs. */
const char *dw_security_text(enum dw_security security);

/* "expired", "no DNSKEY of this tag and algorithm"; a clause for people. */
const char *dw_signature_state_text(enum dw_signature_state state);

#endif
