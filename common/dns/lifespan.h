/*
 * lifespan: judges one RRset at one server: whether its signatures prove it, and for how long.
 *
 * Part of the signature judge (see signature.h), which walks servers and answers. Nothing here
 * blocks; a judge belongs to one thread.
 */
#ifndef DW_DNS_LIFESPAN_H
#define DW_DNS_LIFESPAN_H

#include "dns/judgement.h"
#include "dns/signature.h"
#include "dns/survey.h"

/* What a judge works with. Nothing is owned. */
struct dw_lifespan_judge {
	struct dw_judgement *judgement; /* where findings are collected, with the facts */
	const struct dw_signature_policy *policy;
	struct dw_signature_figures *figures;
};

/* An RRset, where it was seen. Nothing is owned. */
struct dw_lifespan_case {
	const struct dw_server_facts *server;
	const struct dw_reply *reply;
	const struct dw_rrset_fact *rrset;
};

/* Adds findings about an RRset of a signed zone, and lets it count in the figures. */
void dw_lifespan_judge(struct dw_lifespan_judge *judge, const struct dw_lifespan_case *seen);

#endif
