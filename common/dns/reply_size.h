/*
 * reply_size: the largest answer that a resolver can fetch, and the largest that reaches us by UDP.
 *
 * A reply size is an inquiry (see inquiry.h) and does no I/O. It needs a zone that serves answers of graded
 * sizes: for each grade a name "rNNNN" (four digits, "r0512") with a TXT record that makes the answer, with
 * header, question and OPT, NNNN octets long. The suite ships one, packaging/graded, whose TTL is 0 so that
 * a resolver fetches each answer anew.
 *
 * A resolver is first asked for the smallest grade, and when it answers for all others at once, by UDP with
 * the largest buffer, and for the largest by TCP. What is lost by UDP is asked by TCP, and again by UDP,
 * DW_GRADE_TRIES times in all; what is truncated is asked by TCP where the largest did not come. Every
 * attempt is a question of its own with one try, so that each that is lost is seen. The engine must be
 * `patient`.
 *
 * Facts are what was seen, without an opinion, and stay the reply size's until it is freed. Nothing here
 * blocks. A reply size belongs to one thread.
 */
#ifndef DW_DNS_REPLY_SIZE_H
#define DW_DNS_REPLY_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/resolver.h"

#define DW_GRADES_MAX  32
#define DW_GRADE_TRIES 5 /* attempts by UDP */

/* What to walk. Copied by dw_reply_size_new(). */
struct dw_reply_size_plan {
	struct dw_discovery_plan discovery; /* the graded zone; the hosts are the resolvers */
	unsigned n_grades;                  /* 0: those of the zone that the suite ships */
	uint16_t grades[DW_GRADES_MAX];     /* octets, ascending, from 64 to 9999 */
	dw_millis budget;                   /* for all attempts at one grade by UDP; 0: 7 s */
};

/* What came of the question for a grade, by UDP or by TCP. */
struct dw_grade_answer {
	unsigned n_asked;
	unsigned n_lost;       /* attempts that waited in vain for as long as was planned */
	enum dw_status status; /* of the last attempt: DW_OK, or why it brought no message that parses */
	char reason[96];       /* unless DW_OK: a clause */
	uint16_t rcode;
	bool truncated;
	bool whole; /* the TXT RRset is there */
	size_t size;
	bool edns;           /* an OPT came */
	uint16_t advertised; /* the buffer that the resolver says it has; 0 without OPT */
	bool connected;      /* TCP did; the last attempt */
	dw_millis elapsed;
};

/* One grade at one resolver. */
struct dw_grade {
	uint16_t size; /* octets that the answer should have */
	struct dw_grade_answer udp;
	struct dw_grade_answer tcp; /* n_asked 0: there was no need */
};

/* One resolver. Owned by the reply size. */
struct dw_reply_size_resolver {
	struct dw_zone_server server;
	unsigned n_grades;
	struct dw_grade grades[DW_GRADES_MAX];
	unsigned n_packets;          /* sent by us to this address */
	unsigned n_elsewhere;        /* answers that came from another address */
	struct dw_address elsewhere; /* the last of these addresses */
	unsigned n_garbage;          /* datagrams of this address that answer nothing */
	unsigned n_repeated;         /* answers that came again */
};

struct dw_reply_size_facts {
	struct dw_name zone;
	enum dw_status status; /* DW_SYSTEM: memory was short, and facts are missing */
	const struct dw_discovery_facts *discovery;
	unsigned n_resolvers;
	struct dw_reply_size_resolver *resolvers;
};

/* Owned by whoever called dw_reply_size_new(). */
struct dw_reply_size;

/*
 * Begins. DW_INVALID without a resolver, for grades that do not ascend or are out of bounds, and for a zone
 * whose name leaves no room for theirs; DW_SYSTEM without memory. Release with dw_reply_size_free().
 */
DW_MUST_CHECK enum dw_status dw_reply_size_new(
	const struct dw_reply_size_plan *plan, struct dw_reply_size **reply_size, struct dw_error *error);

/* The reply size as an inquiry; `self` is the struct dw_reply_size. */
extern const struct dw_inquiry_class dw_reply_size_class;

/* What is known; complete once the inquiry has ended. */
const struct dw_reply_size_facts *dw_reply_size_facts(const struct dw_reply_size *reply_size);

/* Releases the reply size and its facts; NULL is fine. */
void dw_reply_size_free(struct dw_reply_size *reply_size);

#endif
