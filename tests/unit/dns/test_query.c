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

START_TEST(an_answer_ends_its_question)
{
	struct outcome outcome = {0};

	begin(prompt, (struct dw_query_options){0});
	ask(1, &outcome);
	ck_assert_uint_eq(outcome.n_ended, 0);
	run(10000);
	ck_assert_uint_eq(outcome.n_ended, 1);
	ck_assert_int_eq(outcome.answer.status, DW_OK);
	ck_assert_int_eq(outcome.answer.elapsed, 5);
	ck_assert_uint_eq(outcome.answer.attempts, 1);
	ck_assert_uint_eq(net.n_sockets, 1);
	end();
}
END_TEST

/* When attempts leave, and what the reason says. */
static const struct {
	unsigned tries;
	dw_millis try_timeout, ends;
	unsigned attempts;
	const char *reason;
} ladders[] = {
	{0, 0, 10500, 3, "no answer to 3 tries in 10.5 s"},
	{1, 2000, 2000, 1, "no answer to 1 try in 2.0 s"},
	{4, 100, 1500, 4, "no answer to 4 tries in 1.5 s"},
};

START_TEST(silence_is_met_by_a_ladder_of_tries)
{
	struct dw_question question = question_to(1);
	struct outcome outcome = {0};

	begin(silence, (struct dw_query_options){0});
	question.tries = ladders[_i].tries;
	question.try_timeout = ladders[_i].try_timeout;
	ck_assert_int_eq(dw_query_ask(query, &question, note, &outcome, NULL), DW_OK);
	run(60000);
	ck_assert_int_eq(outcome.answer.status, DW_TIMEOUT);
	ck_assert_int_eq(outcome.answer.elapsed, ladders[_i].ends);
	ck_assert_uint_eq(outcome.answer.attempts, ladders[_i].attempts);
	ck_assert_str_eq(outcome.answer.reason, ladders[_i].reason);
	ck_assert_ptr_null(outcome.answer.wire);
	end();
}
END_TEST

/* Loses one in ten, delays up to 400 ms, and sends one in ten twice. */
static int rough(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	if (dw_fakenet_random(to, 10) == 0)
		return 0;
	dw_fakenet_answer(to, question, dw_fakenet_random(to, 400));
	if (dw_fakenet_random(to, 10) == 0)
		dw_fakenet_answer(to, question, dw_fakenet_random(to, 3000));
	return 0;
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

START_TEST(every_question_ends_once_on_a_rough_network)
{
	begin(rough, (struct dw_query_options){0});
	struct outcome *outcomes = ask_many(40);
	run(600000);
	unsigned n_ok = count(outcomes, DW_OK);
	/* One in a thousand loses three attempts, and is told so. */
	ck_assert_uint_gt(n_ok, MANY - MANY / 500);
	ck_assert_uint_eq(n_ok + count(outcomes, DW_TIMEOUT), MANY);
	ck_assert_uint_eq(dw_query_figures(query).answers, n_ok);
	ck_assert_uint_gt(dw_query_figures(query).ignored, MANY / 20);
	free(outcomes);
	end();
}
END_TEST

/* Verifying takes its time. */
static void note_slowly(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	net.now += 3;
	note(context, question, answer);
}

START_TEST(twenty_thousand_questions_need_no_retry_however_little_we_run)
{
	struct outcome *outcomes = calloc(MANY, sizeof(*outcomes));

	ck_assert_ptr_nonnull(outcomes);
	begin(prompt, (struct dw_query_options){.per_server = 1000});
	net.nap = 400;
	for (unsigned i = 0; i < MANY; i++) {
		struct dw_question question = question_to(1);

		ck_assert_int_eq(dw_query_ask(query, &question, note_slowly, &outcomes[i], NULL), DW_OK);
	}
	run(600000);
	ck_assert_uint_eq(count(outcomes, DW_OK), MANY);
	ck_assert_uint_eq(dw_query_figures(query).retries, 0);
	ck_assert_uint_eq(net.n_sent, MANY);
	ck_assert_uint_eq(net.n_dropped, 0);
	free(outcomes);
	end();
}
END_TEST

static int slow(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	dw_fakenet_answer(to, question, 1501);
	return 0;
}

START_TEST(an_answer_that_came_while_we_slept_is_seen_before_its_timer)
{
	struct outcome outcome = {0};

	begin(slow, (struct dw_query_options){0});
	/* The wait ends after 1500 ms without anything; the answer comes while we do not run. */
	net.nap = 5000;
	ask(1, &outcome);
	run(60000);
	ck_assert_int_eq(outcome.answer.status, DW_OK);
	ck_assert_uint_eq(outcome.answer.attempts, 1);
	end();
}
END_TEST

START_TEST(no_socket_has_more_in_flight_than_its_buffer_holds)
{
	begin(prompt, (struct dw_query_options){.per_server = 100000});
	struct outcome *outcomes = ask_many(1);
	net.nap = 100;
	run(600000);
	ck_assert_uint_eq(count(outcomes, DW_OK), MANY);
	ck_assert_uint_le(net.most_arrived, DW_FAKENET_BUFFER / 2304);
	ck_assert_uint_eq(net.n_sockets, 16);
	ck_assert_uint_eq(net.n_dropped, 0);
	free(outcomes);
	end();
}
END_TEST

/* Server 7 is dead. */
static int one_dead(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	struct dw_address dead = dw_fakenet_server(7);

	return dw_address_equal(&question->server, &dead) ? 0 : prompt(to, question);
}

START_TEST(a_run_ends_at_its_deadline_with_all_its_questions)
{
	begin(silence, (struct dw_query_options){0});
	struct outcome *outcomes = ask_many(500);
	dw_deadline began = net.now;
	run(2000);
	ck_assert_int_eq(net.now, began + 2000);
	ck_assert_uint_eq(count(outcomes, DW_TIMEOUT), MANY);
	ck_assert_str_eq(outcomes[0].answer.reason, "no answer to 2 tries in 2.0 s");
	ck_assert_str_eq(outcomes[MANY - 1].answer.reason, "no time left to ask");
	free(outcomes);
	end();
}
END_TEST

START_TEST(a_question_ends_at_its_own_deadline_in_flight_or_waiting)
{
	struct outcome outcomes[2] = {0};
	struct dw_question question = question_to(1);

	begin(silence, (struct dw_query_options){.per_server = 1});
	dw_deadline began = net.now;
	question.deadline = began + 700;
	ck_assert_int_eq(dw_query_ask(query, &question, note, &outcomes[0], NULL), DW_OK);
	question.deadline = began + 300;
	ck_assert_int_eq(dw_query_ask(query, &question, note, &outcomes[1], NULL), DW_OK);
	run(60000);
	ck_assert_int_eq(outcomes[0].ended, began + 700);
	ck_assert_int_eq(outcomes[1].ended, began + 300);
	ck_assert_int_eq(outcomes[0].answer.status, DW_TIMEOUT);
	ck_assert_uint_eq(outcomes[1].answer.attempts, 0);
	end();
}
END_TEST

/* Asks again whatever came, `left` times; the status of asking is kept. */
struct again {
	unsigned left;
	enum dw_status status;
};

static void ask_again(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	struct again *again = context;

	(void)answer;
	if (again->left == 0)
		return;
	again->left--;
	again->status = dw_query_ask(query, question, ask_again, again, NULL);
}

START_TEST(a_callback_may_ask_further_questions_until_the_deadline)
{
	struct again more = {.left = 1000}, late = {.left = 1000};
	struct dw_question question = question_to(1);

	begin(one_dead, (struct dw_query_options){0});
	ck_assert_int_eq(dw_query_ask(query, &question, ask_again, &more, NULL), DW_OK);
	question = question_to(7);
	ck_assert_int_eq(dw_query_ask(query, &question, ask_again, &late, NULL), DW_OK);
	run(9000);
	ck_assert_uint_eq(more.left, 0);
	ck_assert_int_eq(more.status, DW_OK);
	ck_assert_uint_eq(late.left, 999);
	ck_assert_int_eq(late.status, DW_TIMEOUT);
	end();
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, an_answer_ends_its_question);
	tcase_add_loop_test(tests, silence_is_met_by_a_ladder_of_tries, 0, DW_ROWS(ladders));
	tcase_add_test(tests, every_question_ends_once_on_a_rough_network);
	tcase_add_test(tests, twenty_thousand_questions_need_no_retry_however_little_we_run);
	tcase_add_test(tests, an_answer_that_came_while_we_slept_is_seen_before_its_timer);
	tcase_add_test(tests, no_socket_has_more_in_flight_than_its_buffer_holds);
	tcase_add_test(tests, a_run_ends_at_its_deadline_with_all_its_questions);
	tcase_add_test(tests, a_question_ends_at_its_own_deadline_in_flight_or_waiting);
	tcase_add_test(tests, a_callback_may_ask_further_questions_until_the_deadline);
}

int main(void)
{
	Suite *suite = suite_create("query");
	TCase *tests = tcase_create("query");

	tcase_set_timeout(tests, 60);
	add_tests(tests);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
