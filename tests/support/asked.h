/*
 * asked: a query engine on a net in memory, the questions that a test puts to it, and what came of each.
 *
 * Every question is for "example.org SOA". Outcomes belong to the test, must stay where they are until the
 * run is over, and begin zeroed. Prepare with dw_asked_begin(), release with dw_asked_end().
 */
#ifndef DW_TESTS_SUPPORT_ASKED_H
#define DW_TESTS_SUPPORT_ASKED_H

#include "dns/query.h"
#include "support/fakenet.h"

/* How many questions dw_asked_many() asks. */
#define DW_ASKED_MANY 20000

struct dw_asked {
	struct dw_fakenet net;
	struct dw_query *query;
};

/* What came of one question. */
struct dw_asked_outcome {
	const struct dw_fakenet *net; /* whose clock tells when it ended */
	unsigned n_ended;
	struct dw_answer answer;
	dw_deadline ended;
};

/* An engine with these options on a net that does as `serve` says; `asked` must stay where it is. */
void dw_asked_begin(struct dw_asked *asked, dw_fakenet_serve *serve, struct dw_query_options options);

/* Releases engine and net. */
void dw_asked_end(struct dw_asked *asked);

/* The question, for dw_fakenet_server(server). */
struct dw_question dw_asked_question(unsigned server);

/* Asks this question; `outcome` tells what came of it. */
void dw_asked_put(
	struct dw_asked *asked, const struct dw_question *question, struct dw_asked_outcome *outcome);

/* Asks the usual question of a server. */
void dw_asked_server(struct dw_asked *asked, unsigned server, struct dw_asked_outcome *outcome);

/* Asks DW_ASKED_MANY questions of `n_servers` servers in turn. Release with free(). */
struct dw_asked_outcome *dw_asked_many(struct dw_asked *asked, unsigned n_servers);

/* How many of DW_ASKED_MANY outcomes have this status; asserts that each question ended once. */
unsigned dw_asked_count(const struct dw_asked_outcome *outcomes, enum dw_status status);

/* Runs the engine for some time of the net's clock. */
void dw_asked_run(struct dw_asked *asked, dw_millis for_at_most);

/* What is done with an answer: notes it in the struct dw_asked_outcome that is its context. */
dw_answer_fn dw_asked_note;

/* Servers that never answer; all that answer in 5 ms; as those, but dw_fakenet_server(7) is dead. */
dw_fakenet_serve dw_asked_silence, dw_asked_prompt, dw_asked_one_dead;

#endif
