/*
 * reply_size_verdict: a judgement of one resolver in the making: its kinds of findings, and the verdict.
 *
 * The judge of reply sizes has it for itself; users see reply_size_judge.h alone. Nothing here blocks; a case
 * belongs to one thread.
 */
#ifndef DW_DNS_REPLY_SIZE_VERDICT_H
#define DW_DNS_REPLY_SIZE_VERDICT_H

#include "dns/finding.h"
#include "dns/reply_size_judge.h"

/* What can be found, most important first; the words are in the table. */
enum dw_reply_size_kind {
	DW_REPLY_SIZE_SILENT,
	DW_REPLY_SIZE_OTHER_ADDRESS,
	DW_REPLY_SIZE_REFUSED,
	DW_REPLY_SIZE_NOT_GRADED,
	DW_REPLY_SIZE_TCP_FAILS,
	DW_REPLY_SIZE_FETCH,
	DW_REPLY_SIZE_EDNS_REFUSED,
	DW_REPLY_SIZE_NO_UDP,
	DW_REPLY_SIZE_UDP,
	DW_REPLY_SIZE_PATH_MTU,
	DW_REPLY_SIZE_MALFORMED,
	DW_REPLY_SIZE_OPT_STRIPPED,
	DW_REPLY_SIZE_TRUNCATED,
	DW_REPLY_SIZE_UNEVEN,
	DW_REPLY_SIZE_GARBAGE,
	DW_REPLY_SIZE_REPEATED,
	DW_REPLY_SIZE_LARGE,
	DW_REPLY_SIZE_LOSS,
	DW_REPLY_SIZE_NOT_POSSIBLE,
	DW_REPLY_SIZE_UNSURE,
	DW_REPLY_SIZE_NO_ROUTE,
	DW_REPLY_SIZE_FINE,
};

/* One resolver before the judge. Nothing is owned. */
struct dw_reply_size_case {
	const struct dw_reply_size_facts *facts;
	const struct dw_size_policy *policy;
	struct dw_findings *findings;
	const struct dw_reply_size_resolver *resolver;
	struct dw_reply_size_verdict *verdict;
};

/* The row of a kind. */
const struct dw_finding_kind *dw_reply_size_row(enum dw_reply_size_kind kind);

/* Adds a finding; the worst, and of those as bad the first, gives the verdict its word. `format` makes a
 * clause behind the resolver. */
void dw_reply_size_add(struct dw_reply_size_case *trial, enum dw_reply_size_kind kind,
	enum dw_severity severity, const char *format, ...) DW_PRINTF(4, 5);

#endif
