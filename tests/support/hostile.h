/*
 * hostile: a peer and a path that a fuzzer's octets decide, carrying an inquiry through in simulated time.
 *
 * To each question there is an honest answer, which its user makes. An octet says what becomes of it: handed
 * over as it is, lost, refused, cut, changed, grown up to 65,535 octets, without OPT, with TC, late, beside
 * garbage, answered twice or from elsewhere, or other octets altogether. Where the octets are at their end
 * all is honest. Answers come in the order of their time, as the engine has it: within the wait of their
 * question. Messages end where their memory does.
 */
#ifndef DW_TESTS_SUPPORT_HOSTILE_H
#define DW_TESTS_SUPPORT_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "dns/finding.h"
#include "dns/inquiry.h"

#define DW_HOSTILE_TCP_WAIT 5000 /* of a question by TCP that does not say how long */

/* Writes the honest answer, all but its reason, and its message into `wire`. */
typedef void dw_hostile_honest(
	void *context, const struct dw_question *question, struct dw_answer *answer, uint8_t *wire);

struct dw_hostile {
	const uint8_t *data; /* what decides, taken from the front */
	size_t left;
	dw_hostile_honest *honest;
	void *context;       /* for `honest` */
	dw_millis deadline;  /* nothing is sent then any more, and what is open ends */
	unsigned n_udp;      /* questions so far */
	unsigned n_tcp;      /* … by TCP */
	unsigned n_tampered; /* answers that were not honest */
	dw_deadline now;     /* 0 at the beginning */
};

/* Ends the program unless it holds: so a fuzzer sees it. */
static inline void dw_hostile_require(bool holds)
{
	if (!holds)
		abort();
}

/* Takes an octet; 0 when there is none left. */
uint8_t dw_hostile_take(struct dw_hostile *hostile);

/* Carries an inquiry through; returns the time that took. Ends the program after `most` questions. */
dw_millis dw_hostile_run(
	struct dw_hostile *hostile, const struct dw_inquiry_class *class, void *self, unsigned most);

/* Ends the program unless the text ends within its size, and may be printed by a check. */
void dw_hostile_printable(const char *text, size_t size);

/* Ends the program unless all findings may be printed, the worst first. */
void dw_hostile_findings(const struct dw_findings *findings);

/* Ends the program unless a page holds lines of printable text alone. Releases its text. */
void dw_hostile_page(char *text, size_t size);

#endif
