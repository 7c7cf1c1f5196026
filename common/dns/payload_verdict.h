/*
 * payload_verdict: a judgement of one address in the making: its kinds of findings, and the verdict.
 *
 * The parts of the judge (payload_udp, payload_tcp, payload_via) share it; users see payload_judge.h alone.
 * Nothing here blocks; a case belongs to one thread.
 */
#ifndef DW_DNS_PAYLOAD_VERDICT_H
#define DW_DNS_PAYLOAD_VERDICT_H

#include <stdbool.h>

#include "dns/finding.h"
#include "dns/judgement.h"
#include "dns/payload.h"
#include "dns/payload_judge.h"
#include "dns/suspicion.h"

/* What can be found, most important first; the words are in the table. */
enum dw_payload_kind {
	DW_PAYLOAD_FINE, /* nothing was */
	DW_PAYLOAD_BOGUS,
	DW_PAYLOAD_RESOLVER_FAILS,
	DW_PAYLOAD_SILENT,
	DW_PAYLOAD_REFUSED,
	DW_PAYLOAD_OTHER_ADDRESS,
	DW_PAYLOAD_SERVER_ERROR,
	DW_PAYLOAD_RESOLVER_REFUSES,
	DW_PAYLOAD_NO_SUCH_ZONE,
	DW_PAYLOAD_UDP_DROPPED,
	DW_PAYLOAD_UDP_REFUSED,
	DW_PAYLOAD_EDNS_DROPPED,
	DW_PAYLOAD_DO_DROPPED,
	DW_PAYLOAD_EDNS_REFUSED,
	DW_PAYLOAD_OPT_STRIPPED,
	DW_PAYLOAD_DO_CLEARED,
	DW_PAYLOAD_SIGNATURES_STRIPPED,
	DW_PAYLOAD_PATH_MTU,
	DW_PAYLOAD_TCP_REFUSED,
	DW_PAYLOAD_TCP_FILTERED,
	DW_PAYLOAD_TCP_SILENT,
	DW_PAYLOAD_TCP_CUT,
	DW_PAYLOAD_TCP_GARBAGE,
	DW_PAYLOAD_FRAGMENTS_DROPPED,
	DW_PAYLOAD_UDP_SIZE,
	DW_PAYLOAD_ALWAYS_TRUNCATED,
	DW_PAYLOAD_TRUNCATED_EARLY,
	DW_PAYLOAD_RATE_LIMITED,
	DW_PAYLOAD_UNANSWERED,
	DW_PAYLOAD_MALFORMED,
	DW_PAYLOAD_BUFFER_IGNORED,
	DW_PAYLOAD_EDNS_VERSION,
	DW_PAYLOAD_EDNS_OPTION,
	DW_PAYLOAD_EDNS_FLAG,
	DW_PAYLOAD_GARBAGE,
	DW_PAYLOAD_REPEATED,
	DW_PAYLOAD_LOSS,
	DW_PAYLOAD_LARGE_ANSWER,
	DW_PAYLOAD_LARGE_BUFFER,
	DW_PAYLOAD_NOT_APEX,
	DW_PAYLOAD_NOT_ASKED,
	DW_PAYLOAD_NOT_POSSIBLE,
	DW_PAYLOAD_NO_ROUTE,
	DW_PAYLOAD_NO_LARGE_ANSWER,
	DW_PAYLOAD_VALIDATES,
	DW_PAYLOAD_NOT_VALIDATING,
	DW_PAYLOAD_KINDS, /* how many there are */
};

/* One address before the judge. Nothing is owned. */
struct dw_payload_case {
	const struct dw_payload_facts *facts;
	const struct dw_size_policy *policy;
	const struct dw_payload_address *address;
	const struct dw_suspicions *suspicions; /* of this address */
	bool zone_signed;                       /* some address gave a signature, or keys */
	bool others_answer;                     /* another address answers */
	struct dw_findings *findings;
	struct dw_payload_verdict *verdict;
};

/* The row of a kind. */
const struct dw_finding_kind *dw_payload_row(enum dw_payload_kind kind);

/* Adds a finding about the address; `format` makes a clause that is put behind zone and server. */
void dw_payload_add(struct dw_payload_case *trial, enum dw_payload_kind kind, enum dw_severity severity,
	const char *format, ...) DW_PRINTF(4, 5);

/*
 * Sorts the worst first, and among those that are as bad the most important kind, whatever address it is of.
 */
void dw_payload_order(struct dw_findings *findings);

/* "example.org/SOA", or that it is the name that does not exist, which nobody wants to read. Returns `text`.
 */
const char *dw_payload_wanted_text(const struct dw_payload_rung *rung, char text[DW_RECORD_TEXT_MAX]);

/* Of a fault that takes the address out of service: CRITICAL when no other one answers. */
enum dw_severity dw_payload_absence(const struct dw_payload_case *trial);

/* Whether a suspicion is there and proven. */
bool dw_payload_proven(const struct dw_payload_case *trial, enum dw_suspect suspect);

#endif
