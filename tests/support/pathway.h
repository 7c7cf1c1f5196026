/*
 * pathway: a server behind a path with faults and losses, and the time that questions over it take.
 *
 * It carries an inquiry through in simulated time: each UDP packet and fragment, SYN and segment is lost with
 * the same probability, and TCP sends again as it does. Answers are real messages of example.org; their
 * signatures are made up. All servers are alike.
 */
#ifndef DW_TESTS_SUPPORT_PATHWAY_H
#define DW_TESTS_SUPPORT_PATHWAY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/moment.h"
#include "dns/inquiry.h"
#include "dns/payload.h"
#include "dns/payload_judge.h"

#define DW_PATHWAY_OPEN_MAX   128
#define DW_PATHWAY_CACHED_MAX 64

/* The corpus of fuzz_payload has them as bits: new ones stand at the end. */
enum dw_pathway_fault {
	DW_PATHWAY_UDP_512,   /* UDP answers above 512 octets are dropped */
	DW_PATHWAY_FRAGMENTS, /* fragments are dropped */
	DW_PATHWAY_MTU_1280,  /* packets above 1280 octets are dropped, and nobody told */
	DW_PATHWAY_EDNS_DROP, /* questions with EDNS by UDP are dropped */
	DW_PATHWAY_VERSION_DROP,
	DW_PATHWAY_OPTION_DROP,
	DW_PATHWAY_FLAG_DROP,
	DW_PATHWAY_UDP_DROP,
	DW_PATHWAY_UDP_REFUSE, /* by ICMP */
	DW_PATHWAY_TCP_DROP,
	DW_PATHWAY_TCP_RESET,
	DW_PATHWAY_TCP_REJECT, /* by ICMP */
	DW_PATHWAY_TCP_SILENT, /* connects, and never answers */
	DW_PATHWAY_TCP_CLOSE,  /* connects, and closes */
	DW_PATHWAY_TCP_CUT,    /* closes after 100 octets */
	DW_PATHWAY_TCP_STOP,   /* stops after 100 octets of an answer above 1000 */
	DW_PATHWAY_TCP_GARBAGE,
	DW_PATHWAY_FORMERR, /* to every question with EDNS by UDP */
	DW_PATHWAY_NOTIMP,
	DW_PATHWAY_STRIP_OPT, /* by UDP: neither OPT nor signatures */
	DW_PATHWAY_CLEAR_DO,  /* by UDP: DO clear, no signatures */
	DW_PATHWAY_FORGET_DO, /* by UDP: DO clear, but signatures */
	DW_PATHWAY_STRIP_SIGNATURES,
	DW_PATHWAY_ALWAYS_TC,
	DW_PATHWAY_VERSION_TAKEN,  /* another version is answered as if it were 0 */
	DW_PATHWAY_OPTION_REFUSED, /* an unknown option is answered with FORMERR */
	DW_PATHWAY_FLAG_COPIED,
	DW_PATHWAY_ELSEWHERE, /* UDP answers come from another address */
	DW_PATHWAY_BROKEN,    /* messages do not parse */
	DW_PATHWAY_REFUSED,   /* the server has no such zone */
	DW_PATHWAY_NO_ROUTE,
	DW_PATHWAY_SERVFAIL, /* for DNSKEY, CD or not */
	DW_PATHWAY_BOGUS,    /* SERVFAIL without CD */
	DW_PATHWAY_UDP_1232, /* UDP answers above 1232 octets are dropped */
	DW_PATHWAY_DO_DROP,  /* questions with DO by UDP are dropped */
	DW_PATHWAY_OPTION_COPIED,
	DW_PATHWAY_OTHER_VERSION, /* answers by UDP are of EDNS version 1 */
	DW_PATHWAY_EDNS_FAIL,     /* SERVFAIL to every question with EDNS by UDP */
	DW_PATHWAY_NO_FETCH,      /* a question for DNSKEY stays without an answer, as does one without CD */
	DW_PATHWAY_TCP_TRUNCATED, /* TC by TCP, too */
	DW_PATHWAY_TCP_BROKEN,    /* messages do not parse that come by TCP */
	DW_PATHWAY_TC_512,        /* UDP answers above 512 octets are truncated, whatever the buffer */
	DW_PATHWAY_FETCH_NOTHING, /* nothing but another version is answered, and TCP closes in the end */
};

#define DW_PATHWAY(fault) (UINT64_C(1) << (fault))

struct dw_pathway {
	uint64_t faults; /* bits of DW_PATHWAY() */
	unsigned loss;   /* per cent of the packets, each way */
	dw_millis rtt;
	uint32_t random;       /* seed */
	unsigned n_keys;       /* of 264 octets in the DNSKEY RRset; 0: the zone is unsigned */
	uint16_t server_max;   /* octets that the server sends by UDP at most, and advertises */
	bool authentic;        /* AD is set where CD is not */
	unsigned n_udp, n_tcp; /* questions carried */
	dw_deadline now;
	unsigned n_open;
	struct dw_pathway_open *open[DW_PATHWAY_OPEN_MAX];
	unsigned n_cached;
	struct dw_pathway_message *cached[DW_PATHWAY_CACHED_MAX];
};

/* Whether the path has a fault. */
bool dw_pathway_has(const struct dw_pathway *path, enum dw_pathway_fault fault);

/* Writes the answer to a question as it leaves the last box that changes it; returns its length. */
size_t dw_pathway_answer(
	struct dw_pathway *path, const struct dw_question *question, uint8_t wire[DW_MESSAGE_MAX]);

/* Carries one question: writes what becomes of it, all but the reason, and the message. */
void dw_pathway_carry(struct dw_pathway *path, const struct dw_question *question, struct dw_answer *answer,
	uint8_t wire[DW_MESSAGE_MAX]);

/* A healthy path to a server with answers up to 2.9 kB. Release with dw_pathway_fini(). */
struct dw_pathway dw_pathway_healthy(void);

/* Carries an inquiry through, until the deadline at the latest; returns the time that took. */
dw_millis dw_pathway_run(
	struct dw_pathway *path, const struct dw_inquiry_class *class, void *self, dw_millis deadline);

/* The plan for example.org on one server, "192.0.2.1". */
struct dw_payload_plan dw_pathway_plan(const char *server);

/* A payload carried through, and the judgement of it. */
struct dw_pathway_look {
	struct dw_payload *payload;
	const struct dw_payload_facts *facts;
	struct dw_findings findings;
	struct dw_payload_figures figures;
	dw_millis took;
	char found[1024]; /* "word SEVERITY, word SEVERITY", the worst first */
};

/*
 * Looks at example.org over a path; nothing is too large for the policy. Release with dw_pathway_look_end().
 */
void dw_pathway_look(
	struct dw_pathway *path, const struct dw_payload_plan *plan, struct dw_pathway_look *look);

/* Judges the facts anew, as the test has changed them, by this policy; NULL: nothing is too large. */
void dw_pathway_look_again(struct dw_pathway_look *look, const struct dw_size_policy *policy);

/* Releases what was looked at. */
void dw_pathway_look_end(struct dw_pathway_look *look);

/* A fault, and what is found then at one server that is given. */
struct dw_pathway_row {
	uint64_t faults;
	const char *verdict;
	const char *found; /* as above */
};

/* Looks at a path as a row changes it, and fails the test when something else is found. */
void dw_pathway_check(const struct dw_pathway_row *row);

/* Forgets the messages that were made. */
void dw_pathway_fini(struct dw_pathway *path);

#endif
