/*
 * graded: a resolver of ours that answers a reply size from a zone of graded answers, with faults.
 *
 * The zone is graded.example.org, the resolvers are 192.0.2.53, 192.0.2.54 and so on.
 */
#ifndef DW_TESTS_SUPPORT_GRADED_H
#define DW_TESTS_SUPPORT_GRADED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/reply_size.h"
#include "dns/reply_size_judge.h"

#define DW_GRADED_RESOLVERS 3

/* How a resolver behaves; zero is as it should, with UDP answers of up to 1232 octets. */
struct dw_graded_manners {
	bool silent;
	size_t fetches;        /* larger answers are SERVFAIL; 0: all come */
	bool mute;             /* it stays silent about these instead */
	size_t sends;          /* larger answers are truncated; 0: 1232 */
	size_t passes;         /* larger UDP answers are lost on the way; 0: none */
	size_t hole, hole_end; /* UDP answers of these octets are lost on the way; 0: none */
	unsigned loses;        /* every question that is no multiple of this gets lost; 0: none */
	enum dw_status by_tcp; /* how TCP ends; 0: well */
	uint16_t rcode;        /* answers everything with this code */
	bool no_data;          /* it knows no such record */
	size_t holds;          /* the zone has no larger answers: NXDOMAIN; 0: it has all */
	bool cuts_tcp;         /* answers by TCP, too */
	bool cuts;             /* every UDP answer is truncated, whether the resolver has it or not */
	size_t stumbles;       /* this one answer is SERVFAIL; 0: none */
	bool connects;         /* with `silent`: TCP does, and brings nothing */
	enum dw_status by_udp; /* how UDP ends; 0: well */
	uint16_t udp_rcode;    /* answers everything by UDP with this code */
	bool no_opt;           /* its UDP answers have no OPT */
	bool elsewhere;        /* its UDP answers come from another address, 192.0.2.99 */
	unsigned n_beside;     /* datagrams of garbage beside each answer */
	unsigned n_repeated;   /* answers that come again */
	bool garbage;          /* its UDP answers do not parse */
};

struct dw_graded {
	struct dw_reply_size_plan plan;
	unsigned n_resolvers;
	struct dw_graded_manners manners[DW_GRADED_RESOLVERS];
	unsigned stop_behind; /* the deadline: after so many answers what is open is cut short; 0: never */
	struct dw_reply_size *reply_size;
	const struct dw_reply_size_facts *facts;
	struct dw_findings findings;
	struct dw_reply_size_figures figures;
	unsigned n_asked;
	unsigned n_udp, n_tcp;
};

/* One resolver without fault. Release with dw_graded_end(). */
struct dw_graded *dw_graded_new(void);

/* Walks and judges, with 1232 as the threshold of a warning. */
void dw_graded_run(struct dw_graded *graded);

/* A resolver, and what is said of it when it is the only one. */
struct dw_graded_case {
	struct dw_graded_manners manners;
	enum dw_severity severity;
	const char *verdict; /* the word of the most important finding */
	const char *text;    /* which its sentence has; "" when nothing is found */
};

/* Walks and judges as above, and fails the test when something else is said. Release with dw_graded_end(). */
struct dw_graded *dw_graded_check(const struct dw_graded_case *row);

/* Writes what the resolver that a question is for says to it. */
void dw_graded_respond(const struct dw_graded *graded, const struct dw_question *question,
	struct dw_answer *answer, uint8_t wire[DW_MESSAGE_MAX]);

/* Releases everything. */
void dw_graded_end(struct dw_graded *graded);

#endif
