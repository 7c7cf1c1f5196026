#include "dns/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "support/fakenet.h"
#include "support/suite.h"

#define MANY 20000

/* What came of one question. */
struct outcome {
	unsigned n_ended;
	struct dw_answer answer;
	dw_deadline ended;
};

static struct dw_fakenet net;
static struct dw_query *query;

static void note(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	struct outcome *outcome = context;

	(void)question;
	outcome->n_ended++;
	outcome->answer = *answer;
	outcome->ended = net.now;
}

static void begin(dw_fakenet_serve *serve, struct dw_query_options options)
{
	dw_fakenet_init(&net, serve, NULL);
	options.calls = &net.calls;
	options.clock = net.clock;
	ck_assert_int_eq(dw_query_new(&options, &query, NULL), DW_OK);
}

static void end(void)
{
	dw_query_free(query);
	dw_fakenet_fini(&net);
}

static struct dw_question question_to(unsigned server)
{
	struct dw_question question = {.ask = {.type = DW_TYPE_SOA}, .server = dw_fakenet_server(server)};

	ck_assert_int_eq(dw_name_parse("example.org", &question.ask.name, NULL), DW_OK);
	return question;
}

static void ask(unsigned server, struct outcome *outcome)
{
	struct dw_question question = question_to(server);

	ck_assert_int_eq(dw_query_ask(query, &question, note, outcome, NULL), DW_OK);
}

static void run(dw_millis for_at_most)
{
	dw_query_run(query, dw_query_now(query) + for_at_most);
}

static int silence(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	(void)to;
	(void)question;
	return 0;
}

static int prompt(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	dw_fakenet_answer(to, question, 5);
	return 0;
}

/* Server 7 is dead. */
static int one_dead(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	struct dw_address dead = dw_fakenet_server(7);

	return dw_address_equal(&question->server, &dead) ? 0 : prompt(to, question);
}

/* Asks MANY questions of a number of servers; the outcomes are released by the caller. */
static struct outcome *ask_many(unsigned n_servers)
{
	struct outcome *outcomes = calloc(MANY, sizeof(*outcomes));

	ck_assert_ptr_nonnull(outcomes);
	for (unsigned i = 0; i < MANY; i++)
		ask(i % n_servers, &outcomes[i]);
	return outcomes;
}

static unsigned count(const struct outcome *outcomes, enum dw_status status)
{
	unsigned n = 0;

	for (unsigned i = 0; i < MANY; i++) {
		ck_assert_uint_eq(outcomes[i].n_ended, 1);
		n += outcomes[i].answer.status == status;
	}
	return n;
}

START_TEST(a_dead_server_fails_fast_and_holds_up_nobody)
{
	begin(one_dead, (struct dw_query_options){0});
	dw_deadline began = net.now;
	struct outcome *outcomes = ask_many(20);
	run(600000);
	ck_assert_uint_eq(count(outcomes, DW_OK), MANY - MANY / 20);
	for (unsigned i = 0; i < MANY; i++) {
		const struct outcome *outcome = &outcomes[i];

		/* Those of its 64 in flight take their time; the second try tells that it is down. */
		ck_assert_int_le(outcome->ended - began, outcome->answer.status == DW_OK ? 2000 : 10500);
		if (outcome->answer.status != DW_OK && outcome->answer.attempts == 0)
			ck_assert_int_le(outcome->ended - began, 4500);
	}
	ck_assert_str_eq(
		outcomes[MANY - 13].answer.reason, "not asked: the server did not answer its last 128 questions");
	free(outcomes);
	end();
}
END_TEST

/* Deaf until a moment. */
static int deaf(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	return to->now < *(dw_deadline *)to->context ? 0 : prompt(to, question);
}

START_TEST(a_server_that_is_back_is_found_by_the_probe)
{
	struct outcome outcomes[8] = {0};
	dw_deadline back;

	begin(deaf, (struct dw_query_options){.per_server = 4});
	net.context = &back;
	back = net.now + 11000;
	for (unsigned i = 0; i < 4; i++)
		ask(1, &outcomes[i]);
	run(10600);
	ck_assert_int_eq(outcomes[0].answer.status, DW_TIMEOUT);
	/* The first question is the probe and has one attempt; what waits behind it fails at once. */
	ask(1, &outcomes[4]);
	ask(1, &outcomes[5]);
	run(1600);
	ck_assert_uint_eq(outcomes[4].answer.attempts, 1);
	ck_assert_uint_eq(outcomes[5].answer.attempts, 0);
	ck_assert_int_eq(outcomes[5].answer.status, DW_TIMEOUT);
	ask(1, &outcomes[6]);
	run(1600);
	ck_assert_int_eq(outcomes[6].answer.status, DW_OK);
	ask(1, &outcomes[7]);
	run(1600);
	ck_assert_int_eq(outcomes[7].answer.status, DW_OK);
	end();
}
END_TEST

START_TEST(four_first_attempts_lost_at_once_are_no_dead_server)
{
	struct outcome outcomes[10] = {0};
	dw_deadline back;

	begin(deaf, (struct dw_query_options){.per_server = 5});
	net.context = &back;
	back = net.now + 1000;
	for (unsigned i = 0; i < 10; i++)
		ask(1, &outcomes[i]);
	run(60000);
	for (unsigned i = 0; i < 10; i++)
		ck_assert_int_eq(outcomes[i].answer.status, DW_OK);
	end();
}
END_TEST

START_TEST(a_patient_engine_asks_a_silent_server_on)
{
	struct outcome outcomes[3] = {0};

	begin(silence, (struct dw_query_options){.patient = true, .per_server = 2});
	for (unsigned i = 0; i < 3; i++)
		ask(1, &outcomes[i]);
	run(60000);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_uint_eq(outcomes[i].answer.attempts, 3);
	end();
}
END_TEST

/* Notes when each question left. */
static int count_burst(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	dw_deadline *last = to->context;

	/* A quantum of 15 ms at 1000 a second. */
	if (question->n % 15 == 0)
		ck_assert_int_ge(to->now, *last + (question->n == 0 ? 0 : 15));
	*last = to->now;
	return prompt(to, question);
}

START_TEST(a_sweep_is_spread_over_time)
{
	struct outcome outcomes[600] = {0};
	dw_deadline last = 0;

	begin(count_burst, (struct dw_query_options){.rate = 1000});
	net.context = &last;
	dw_deadline began = net.now;
	for (unsigned i = 0; i < 600; i++)
		ask(i, &outcomes[i]);
	run(60000);
	ck_assert_int_ge(net.now - began, 580);
	ck_assert_int_le(net.now - began, 620);
	for (unsigned i = 0; i < 600; i++)
		ck_assert_int_eq(outcomes[i].answer.status, DW_OK);
	end();
}
END_TEST

/* How many questions server 1 has not answered yet; each takes 100 ms. */
static int count_in_flight(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	ck_assert_uint_lt(to->flying.n, *(size_t *)to->context);
	dw_fakenet_answer(to, question, 100);
	return 0;
}

/* Whom the bound is for. */
static const struct dw_query_options bounds[] = {
	{.per_server = 10},
	{.in_flight = 10},
};

START_TEST(no_more_is_in_flight_than_may_be)
{
	struct outcome outcomes[100] = {0};
	size_t most = 10;

	begin(count_in_flight, bounds[_i]);
	net.context = &most;
	dw_deadline began = net.now;
	for (unsigned i = 0; i < 100; i++)
		ask(1, &outcomes[i]);
	run(60000);
	ck_assert_int_eq(net.now - began, 1000);
	end();
}
END_TEST

START_TEST(a_host_with_a_loop_steps_by_itself)
{
	struct outcome outcomes[3] = {0};

	begin(one_dead, (struct dw_query_options){0});
	ck_assert_int_ge(dw_query_fd(query), 0);
	ck_assert_int_eq(dw_query_wake(query), INT64_MAX);
	ck_assert_uint_eq(dw_query_step(query), 0);
	dw_deadline began = net.now;
	ask(1, &outcomes[0]);
	ask(2, &outcomes[1]);
	ask(7, &outcomes[2]);
	/* There is something to send. */
	ck_assert_int_le(dw_query_wake(query), net.now);
	ck_assert_uint_eq(dw_query_step(query), 3);
	ck_assert_int_eq(dw_query_wake(query), began + 1500);
	net.now += 5;
	ck_assert_uint_eq(dw_query_step(query), 1);
	ck_assert_uint_eq(outcomes[0].n_ended + outcomes[1].n_ended, 2);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_uint_eq(outcomes[2].n_ended, 0);
		net.now = dw_query_wake(query);
		dw_query_step(query);
	}
	ck_assert_int_eq(outcomes[2].ended, began + 10500);
	ck_assert_int_eq(outcomes[2].answer.status, DW_TIMEOUT);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query_servers");
	TCase *tests = tcase_create("query_servers");

	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_dead_server_fails_fast_and_holds_up_nobody);
	tcase_add_test(tests, a_server_that_is_back_is_found_by_the_probe);
	tcase_add_test(tests, four_first_attempts_lost_at_once_are_no_dead_server);
	tcase_add_test(tests, a_patient_engine_asks_a_silent_server_on);
	tcase_add_test(tests, a_sweep_is_spread_over_time);
	tcase_add_loop_test(tests, no_more_is_in_flight_than_may_be, 0, DW_ROWS(bounds));
	tcase_add_test(tests, a_host_with_a_loop_steps_by_itself);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
