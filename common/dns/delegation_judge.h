/*
 * delegation_judge: judges whether the parent's DS leads validators to a key that signs the zone, and why
 * not.
 *
 * A judge is a pure function from facts and policy to findings and figures: no I/O, no clock. It may be
 * called from any thread. RFC 4035 5.2, RFC 6840 5.2 and 5.11, RFC 7344, RFC 8078, RFC 9905; roll-overs are
 * named as RFC 6781 4.1 and RFC 7583 do.
 */
#ifndef DW_DNS_DELEGATION_JUDGE_H
#define DW_DNS_DELEGATION_JUDGE_H

#include <stdbool.h>

#include "dns/delegation.h"
#include "dns/finding.h"

/* What is right for the zone. */
enum dw_expect {
	DW_EXPECT_SECURE,   /* signed, with a DS at the parent */
	DW_EXPECT_ISLAND,   /* signed, without DS */
	DW_EXPECT_UNSIGNED, /* neither */
	DW_EXPECT_WHOLE,    /* secure, or insecure by proof: a delegation within the zone */
};

#define DW_STRAYS_MAX 8 /* zones of records that are not the zone's; further ones are not told */

/* Records that the user gave and that are another zone's. */
struct dw_delegation_stray {
	struct dw_name zone;
	unsigned n_records;
	unsigned line; /* of the first one in its file */
};

struct dw_delegation_policy {
	enum dw_expect expect;
	bool given; /* the set below is judged, and not the parent's */
	unsigned n_ds;
	struct dw_ds_fact ds[DW_DS_MAX];
	unsigned n_keys; /* keys that the user gave, whole RDATA: a DS may have been made of one of them */
	const struct dw_octets *keys;
	unsigned n_strays;
	const struct dw_delegation_stray *strays;
	/* Held against the keys of the root, which has no parent; NULL for none. */
	const struct dw_anchors *anchors;
	bool anchors_named;          /* by the user, and not found on the system */
	const char *file;            /* what they were read from, to be named; NULL: not known */
	const struct dw_name *typed; /* the zone in letters as somebody typed it; NULL when not known */
};

struct dw_delegation_figures {
	bool ds_known;       /* a server of the parent told it, or the user gave it */
	bool served;         /* a server of the zone answered */
	unsigned ds;         /* different DS records */
	unsigned ds_matched; /* that lead to a key which signs, on every server that has keys */
	unsigned dnskey;     /* keys of the server that has most */
	unsigned parent_servers;
	unsigned servers;
	unsigned servers_bad; /* of the zone, with a finding of WARNING or worse */
	bool secure;          /* a DS leads to a key that signs, everywhere */
	uint16_t key_tag;     /* then: of such a key */
	uint8_t algorithm;
};

/*
 * Adds findings about one zone cut and the children, and sets the figures, which are those of the cut alone.
 */
void dw_delegation_judge(const struct dw_delegation_facts *facts, const struct dw_delegation_policy *policy,
	struct dw_findings *findings, struct dw_delegation_figures *figures);

#endif
