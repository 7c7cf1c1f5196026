/*
 * table: what the mangler does to questions with EDNS and to their answers, a row each.
 */
#ifndef MANGLER_TABLE_H
#define MANGLER_TABLE_H

#include "../liar/liar.h"

/* What becomes of a question. */
enum mangler_fate { MANGLER_PASS, MANGLER_DROP, MANGLER_REPLY };

/*
 * Changes the message in `answer`: on its way to the server a copy of the question, on the way back the
 * server's answer. `query` is the question as the client sent it. A function left out changes nothing.
 */
struct mangler_fault {
	const char *name;
	enum mangler_fate (*question)(struct liar_exchange *exchange);
	void (*answer)(struct liar_exchange *exchange);
	const char *about;
};

/* Ends with a row whose name is NULL. */
extern const struct mangler_fault mangler_faults[];

#endif
