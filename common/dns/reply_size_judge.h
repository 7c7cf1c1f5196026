/*
 * reply_size_judge: judges how large an answer can be to get to a resolver, and from there to us.
 *
 * A judge is a pure function from facts and policy to findings and figures: no I/O, no clock. It may be
 * called from any thread. RFC 6891, RFC 7766, RFC 9715.
 *
 * Each resolver has one verdict, the most important of its findings, or "fine". That answers of some size
 * are dropped is only found when loss cannot be the reason: by chance that happens less than once in 1,000
 * runs.
 */
#ifndef DW_DNS_REPLY_SIZE_JUDGE_H
#define DW_DNS_REPLY_SIZE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/finding.h"
#include "dns/gradewalk.h"
#include "dns/reply_size.h"
#include "dns/size_figures.h"

/* What became of one resolver; in the order of the facts. */
struct dw_reply_size_verdict {
	const struct dw_finding_kind *kind; /* its word is the verdict: "fine", "fetch-limited", ... */
	enum dw_severity severity;          /* the worst of this resolver */
	struct dw_size_bracket fetched;     /* by the resolver */
	struct dw_size_bracket udp, tcp;    /* from the resolver to us */
};

/* What to measure with; over all resolvers. */
struct dw_reply_size_figures {
	struct dw_size_figures sizes;
	bool fetched_known;
	size_t fetched; /* octets of the largest answer that every resolver fetched */
	unsigned n_verdicts;
	struct dw_reply_size_verdict verdicts[DW_SERVERS_MAX];
};

/* Adds findings about one graded zone, the worst first, and sets the figures. */
void dw_reply_size_judge(const struct dw_reply_size_facts *facts, const struct dw_size_policy *policy,
	struct dw_findings *findings, struct dw_reply_size_figures *figures);

#endif
