/*
 * payload_judge: judges what eats the signed answers of a zone, per server address, and on which side.
 *
 * A judge is a pure function from facts and policy to findings and figures: no I/O, no clock. It may be
 * called from any thread. RFC 6891, RFC 3225, RFC 7766, RFC 9715.
 *
 * Each address has one verdict, the most important of its findings, or "fine". That something is dropped is
 * only found when loss cannot be the reason: by chance that happens less than once in 10,000 runs.
 */
#ifndef DW_DNS_PAYLOAD_JUDGE_H
#define DW_DNS_PAYLOAD_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/finding.h"
#include "dns/payload.h"
#include "dns/size_figures.h"

/* What became of one address; in the order of the facts. */
struct dw_payload_verdict {
	const struct dw_finding_kind *kind; /* its word is the verdict: "fine", "edns-dropped", … */
	enum dw_severity severity;          /* the worst of this address */
	char text[DW_FINDING_TEXT_MAX];     /* the finding's clause, without zone and server */
	size_t udp_passed;                  /* octets of the largest UDP answer that came; 0: none */
	size_t udp_lost;                    /* octets of the smallest that is dropped; 0: none known */
	unsigned n_asked, n_lost;           /* UDP attempts, and those lost that no fault explains */
	bool signed_udp, signed_tcp;        /* a signed answer came, whole, over UDP, over TCP */
};

/* What to measure with; over all addresses. */
struct dw_payload_figures {
	struct dw_size_figures sizes;
	unsigned packets; /* sent to the address that got most */
	unsigned n_verdicts;
	struct dw_payload_verdict verdicts[DW_SERVERS_MAX];
};

/* Adds findings about one zone, the worst first, and sets the figures. */
void dw_payload_judge(const struct dw_payload_facts *facts, const struct dw_size_policy *policy,
	struct dw_findings *findings, struct dw_payload_figures *figures);

#endif
