/*
 * inquiry: something that asks and is answered until it knows enough, without doing I/O itself.
 *
 * An inquiry is asked "what do you want to know next?", gives questions, is handed answers, and
 * ends when it has none open and no more to ask. So it runs against a script of answers in a unit
 * test, against random bytes in a fuzzer, and by the thousand in the engine, with the same code.
 *
 * dw_inquiry_run() blocks, until its deadline at the latest. Inquiries and engine belong to one thread.
 */
#ifndef DW_DNS_INQUIRY_H
#define DW_DNS_INQUIRY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/query.h"

/* What an inquiry can do. `self` is the inquiry's own struct. */
struct dw_inquiry_class {
	/* Writes the next question and a tag of the inquiry's own; false when it has none now. */
	bool (*next)(void *self, struct dw_question *question, unsigned *tag);
	/* Takes the answer to the question with this tag; `answer->wire` is valid during the call only. */
	void (*answer)(
		void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer);
};

struct dw_inquiry {
	const struct dw_inquiry_class *class;
	void *self;
};

/* Called when an inquiry has ended: nothing open, nothing more to ask. */
typedef void dw_inquiry_fn(void *context, struct dw_inquiry *inquiry);

/* How many at a time, until when, and who is told. */
struct dw_inquiry_plan {
	size_t at_once;       /* inquiries begun and not ended; 0: all */
	dw_deadline deadline; /* on the engine's clock */
	dw_inquiry_fn *ended; /* may be NULL */
	void *context;        /* for `ended` */
};

/*
 * Carries `n` inquiries through the engine until all have ended or the deadline; what is open then
 * is answered with DW_TIMEOUT. DW_SYSTEM when memory is short.
 */
DW_MUST_CHECK enum dw_status dw_inquiry_run(struct dw_query *query, struct dw_inquiry *inquiries, size_t n,
	const struct dw_inquiry_plan *plan, struct dw_error *error);

#endif
