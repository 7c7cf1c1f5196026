/*
 * world: a small made-up DNS that answers an inquiry, from a table: server, question, answer.
 *
 * A question that no row answers is met with silence. Rows of `rows` come before those of `base`, so that a
 * test changes what it is about and shares the rest. Every question is kept, to be looked at afterwards.
 */
#ifndef DW_TESTS_SUPPORT_WORLD_H
#define DW_TESTS_SUPPORT_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/inquiry.h"
#include "support/message.h"

#define DW_WORLD_QUESTIONS_MAX 512

/* A row; members as those of struct dw_message_text. A table ends with one without a server. */
struct dw_world_row {
	const char *server;   /* "192.0.2.53", "192.0.2.1@5300" */
	const char *question; /* "example.org NS"; "*" for any */
	uint16_t bits;        /* AA, RA, TC and the response code */
	const char *answer;
	const char *authority;
	const char *additional;
	enum dw_status status; /* not DW_OK: there is no message, but this */
};

struct dw_world {
	const struct dw_world_row *rows;
	const struct dw_world_row *base;
	bool newest_first;    /* answers come in the order opposite to the questions */
	unsigned stop_behind; /* the deadline: after so many answers what is open times out; 0: never */
	unsigned n_asked;
	struct dw_question asked[DW_WORLD_QUESTIONS_MAX];
};

/* Carries an inquiry through to its end; fails the test when it asks without end. */
void dw_world_run(struct dw_world *world, const struct dw_inquiry_class *inquiry, void *self);

/* How often the question "example.org NS" was put to a server; any server when NULL. */
unsigned dw_world_asked(const struct dw_world *world, const char *server, const char *question);

#endif
