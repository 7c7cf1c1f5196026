#include "support/asked.h"

#include <check.h>
#include <stdlib.h>

#include "dns/wire.h"

void dw_asked_begin(struct dw_asked *asked, dw_fakenet_serve *serve, struct dw_query_options options)
{
	dw_fakenet_init(&asked->net, serve, NULL);
	options.calls = &asked->net.calls;
	options.clock = asked->net.clock;
	ck_assert_int_eq(dw_query_new(&options, &asked->query, NULL), DW_OK);
}

void dw_asked_end(struct dw_asked *asked)
{
	dw_query_free(asked->query);
	dw_fakenet_fini(&asked->net);
}

struct dw_question dw_asked_question(unsigned server)
{
	struct dw_question question = {.ask = {.type = DW_TYPE_SOA}, .server = dw_fakenet_server(server)};

	ck_assert_int_eq(dw_name_parse("example.org", &question.ask.name, NULL), DW_OK);
	return question;
}

void dw_asked_note(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_asked_outcome *outcome = context;

	(void)question;
	outcome->n_ended++;
	outcome->answer = *answer;
	outcome->ended = outcome->net->now;
}

void dw_asked_put(
	struct dw_asked *asked, const struct dw_question *question, struct dw_asked_outcome *outcome)
{
	outcome->net = &asked->net;
	ck_assert_int_eq(dw_query_ask(asked->query, question, dw_asked_note, outcome, NULL), DW_OK);
}

void dw_asked_server(struct dw_asked *asked, unsigned server, struct dw_asked_outcome *outcome)
{
	struct dw_question question = dw_asked_question(server);

	dw_asked_put(asked, &question, outcome);
}

struct dw_asked_outcome *dw_asked_many(struct dw_asked *asked, unsigned n_servers)
{
	struct dw_asked_outcome *outcomes = calloc(DW_ASKED_MANY, sizeof(*outcomes));

	ck_assert_ptr_nonnull(outcomes);
	for (unsigned i = 0; i < DW_ASKED_MANY; i++)
		dw_asked_server(asked, i % n_servers, &outcomes[i]);
	return outcomes;
}

unsigned dw_asked_count(const struct dw_asked_outcome *outcomes, enum dw_status status)
{
	unsigned n = 0;

	for (unsigned i = 0; i < DW_ASKED_MANY; i++) {
		ck_assert_uint_eq(outcomes[i].n_ended, 1);
		n += outcomes[i].answer.status == status;
	}
	return n;
}

void dw_asked_run(struct dw_asked *asked, dw_millis for_at_most)
{
	dw_query_run(asked->query, dw_query_now(asked->query) + for_at_most);
}

int dw_asked_silence(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	(void)net;
	(void)question;
	return 0;
}

int dw_asked_prompt(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	dw_fakenet_answer(net, question, 5);
	return 0;
}

int dw_asked_one_dead(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	struct dw_address dead = dw_fakenet_server(7);

	return dw_address_equal(&question->server, &dead) ? 0 : dw_asked_prompt(net, question);
}
