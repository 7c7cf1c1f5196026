/*
 * delegation: what both sides of a zone cut say: the parent's DS set, and the zone's keys and wishes.
 *
 * A delegation is an inquiry (see inquiry.h). It finds the zone's servers and the parent's (see resolver and
 * referral); then it surveys both sides at once: the parent's DNSKEY RRset and the DS RRset, or the proof
 * that there is none, from every address of the parent's servers, and DNSKEY, CDS and CDNSKEY from every
 * address of the zone's. It follows the path of trust down to the parent (see trust), looks at the signalling
 * names of RFC 9615, and does the same for delegations within the zone, when asked to.
 *
 * Facts are what was seen, without an opinion, and stay the delegation's until it is freed. A delegation
 * belongs to one thread. Nothing here blocks. Work is bounded by that of its parts.
 */
#ifndef DW_DNS_DELEGATION_H
#define DW_DNS_DELEGATION_H

#include <stdbool.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/resolver.h"
#include "dns/signal.h"
#include "dns/survey.h"
#include "dns/trust.h"

#define DW_CHILDREN_MAX 64

/* What to look at. Copied by dw_delegation_new(). */
struct dw_delegation_plan {
	struct dw_discovery_plan discovery; /* the zone, and where to ask; its hosts are the zone's servers */
	unsigned n_parents;                 /* servers of the parent that are given; 0: they are discovered */
	struct dw_host parents[DW_HOSTS_MAX];
	bool parents_found; /* they were found before, and not named by the user */
	bool no_parent;     /* the parent is not asked at all */
	bool signal;        /* look at the signalling names of the zone's servers (RFC 9615) */
	struct dw_anchors anchors;
	unsigned n_children; /* delegations within the zone to be looked at as well */
	struct dw_name children[DW_CHILDREN_MAX];
	dw_moment now;
};

/* The facts about one zone cut. */
struct dw_delegation_facts {
	struct dw_name zone;
	dw_moment now;
	enum dw_status status;                      /* DW_SYSTEM: memory was short, and not all was asked */
	const struct dw_discovery_facts *discovery; /* of the zone's servers */
	bool parent_wanted;                         /* false for the root, and when it was not to be asked */
	struct dw_name parent;                      /* length 0: not known */
	const struct dw_discovery_facts *parent_discovery; /* of the parent's servers; NULL: none known */
	/*
	 * Each may be NULL, when there was nobody to ask. On every server: a DNSKEY reply, and record replies for
	 * DS of the zone, or for CDS and CDNSKEY.
	 */
	const struct dw_survey_facts *parent_side;
	const struct dw_survey_facts *zone_side;
	const struct dw_trust_facts *trust;   /* path to the parent; NULL: not followed */
	const struct dw_signal_facts *signal; /* NULL: not looked at */
	unsigned n_children;
	const struct dw_delegation_facts *children[DW_CHILDREN_MAX];
};

/* Owned by whoever called dw_delegation_new(). */
struct dw_delegation;

/* Begins a delegation. DW_SYSTEM without memory. Release with dw_delegation_free(). */
DW_MUST_CHECK enum dw_status dw_delegation_new(
	const struct dw_delegation_plan *plan, struct dw_delegation **delegation, struct dw_error *error);

/* The delegation as an inquiry; `self` is the struct dw_delegation. */
extern const struct dw_inquiry_class dw_delegation_class;

/* What is known; complete once the inquiry has ended. */
const struct dw_delegation_facts *dw_delegation_facts(const struct dw_delegation *delegation);

/* Releases the delegation and its facts; NULL is fine. */
void dw_delegation_free(struct dw_delegation *delegation);

#endif
