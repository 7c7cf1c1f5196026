/*
 * signal: what a zone's name servers say of its keys under names of their own (RFC 9615).
 *
 * An operator that serves a zone may publish the zone's CDS and CDNSKEY records once more, at
 * _dsboot.ZONE._signal.SERVER, in a zone that is secure already. So a parent can believe them before it has a
 * DS. An inquiry (see inquiry.h) follows the path of trust to each such name (see trust), asks a resolver
 * with CD set for both record sets, and verifies them with the keys that the path led to. A server named
 * within the zone cannot vouch for it.
 *
 * Facts are what was seen, without an opinion. Nothing here blocks; a signal belongs to one thread.
 */
#ifndef DW_DNS_SIGNAL_H
#define DW_DNS_SIGNAL_H

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/survey.h"
#include "dns/trust.h"

/* Where to look. Copied by dw_signal_new(). */
struct dw_signal_plan {
	struct dw_name zone;
	unsigned n_servers;
	struct dw_name servers[DW_NS_NAMES_MAX]; /* names of name servers */
	struct dw_resolvers resolvers;
	struct dw_anchors anchors;
	dw_moment now;
};

enum dw_signal_kind {
	DW_SIGNAL_IN_ZONE,  /* the server's name lies within the zone: it is not asked */
	DW_SIGNAL_TOO_LONG, /* the two names make none together */
	DW_SIGNAL_ASKED,
};

/* What is known of one name server. */
struct dw_signal_server {
	struct dw_name server;
	enum dw_signal_kind kind;
	struct dw_name name;                /* where its records would be; DW_SIGNAL_ASKED */
	const struct dw_trust_facts *trust; /* the path to that name; NULL unless DW_SIGNAL_ASKED */
	struct dw_reply cds, cdnskey;       /* of a resolver; proven only where the path is secure */
};

struct dw_signal_facts {
	unsigned n_servers;
	struct dw_signal_server servers[DW_NS_NAMES_MAX];
};

/* Owned by whoever called dw_signal_new(). */
struct dw_signal;

/* Adds the names of name servers that a discovery knows, each once. */
void dw_signal_plan_servers(struct dw_signal_plan *plan, const struct dw_discovery_facts *discovery);

/* Begins to look. DW_SYSTEM without memory. Release with dw_signal_free(). */
DW_MUST_CHECK enum dw_status dw_signal_new(
	const struct dw_signal_plan *plan, struct dw_signal **signal, struct dw_error *error);

/* The signal as an inquiry; `self` is the struct dw_signal. */
extern const struct dw_inquiry_class dw_signal_class;

/* What is known; complete once the inquiry has ended. Valid until dw_signal_free(). */
const struct dw_signal_facts *dw_signal_facts(const struct dw_signal *signal);

/* Writes _dsboot.ZONE._signal.SERVER. DW_INVALID when it would be over-long. */
DW_MUST_CHECK enum dw_status dw_signal_name(
	const struct dw_name *zone, const struct dw_name *server, struct dw_name *name);

/* Releases it; NULL is fine. */
void dw_signal_free(struct dw_signal *signal);

#endif
