/*
 * trust: the path of DS and DNSKEY RRsets from a trust anchor down to a zone (RFC 4035 5).
 *
 * A path is an inquiry (see inquiry.h). It begins at the anchor nearest to the zone, asks a resolver with CD
 * set for the DS RRset of each name on the way and for the DNSKEY RRset of each zone that has one, and
 * verifies each with what was proven before. What it finds is the zone's own DS set, which its DNSKEY RRset
 * is to be held against. A name without a cut is passed; a cut that is proven to be without DS ends the path
 * as insecure. Every end but a secure one has a reason for people.
 *
 * Nothing here blocks; a path belongs to one thread. Work is bounded by two questions for each label of the
 * zone's name, each put to every resolver once, and DW_RULES_BUDGET_MAX verifications.
 */
#ifndef DW_DNS_TRUST_H
#define DW_DNS_TRUST_H

#include <stdbool.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/keyring.h"
#include "dns/resolver.h"

#define DW_ANCHORS_MAX 64

/* A trust anchor: the DS of a key that is believed. */
struct dw_anchor {
	struct dw_name zone;
	struct dw_ds_fact ds;
};

/* The anchors a user has. Zero-initialised there are none. */
struct dw_anchors {
	unsigned n_anchors;
	struct dw_anchor items[DW_ANCHORS_MAX];
};

enum dw_trust_state {
	DW_TRUST_UNKNOWN,      /* not known: no resolver was of use, or the path has not ended */
	DW_TRUST_NOT_ANCHORED, /* no anchor at or above the zone, or none that fits its keys */
	DW_TRUST_SECURE,       /* its DS set is proven */
	DW_TRUST_INSECURE,     /* a delegation above is proven to be unsigned, or of algorithms not known here */
	DW_TRUST_BOGUS,        /* a proof on the way failed */
};

/* What to find. Copied by dw_trust_new(). */
struct dw_trust_plan {
	struct dw_name zone;
	bool holder; /* the name may lie within a zone: its keys, and not the name's DS, are wanted */
	struct dw_resolvers resolvers;
	struct dw_anchors anchors;
	dw_moment now;
};

/* Facts about the path. */
struct dw_trust_facts {
	enum dw_trust_state state;
	struct dw_name anchor; /* the zone of the anchor that was begun with; length 0 for none */
	struct dw_name at;     /* the zone that was reached, and where the path ended unless it is secure */
	char reason[200];      /* a clause for people, "" when secure */
	unsigned n_ds;         /* secure: the proven DS set of `at` */
	struct dw_ds_fact ds[DW_DS_MAX];
	struct dw_keyring *keys; /* secure, and `holder` was asked for: the keys of `at`; the path's */
};

/* Owned by whoever called dw_trust_new(). */
struct dw_trust;

/* Begins a path. DW_SYSTEM without memory. Release with dw_trust_free(). */
DW_MUST_CHECK enum dw_status dw_trust_new(
	const struct dw_trust_plan *plan, struct dw_trust **trust, struct dw_error *error);

/* The path as an inquiry; `self` is the struct dw_trust. */
extern const struct dw_inquiry_class dw_trust_class;

/* What is known; complete once the inquiry has ended. Valid until dw_trust_free(). */
const struct dw_trust_facts *dw_trust_facts(const struct dw_trust *trust);

/* Releases the path; NULL is fine. */
void dw_trust_free(struct dw_trust *trust);

#endif
