#include "dns/query.h"

#include <stdlib.h>
#include <string.h>

#include "support/asked.h"
#include "support/suite.h"

static struct dw_asked asked;

START_TEST(an_answer_ends_its_question)
{
	struct dw_asked_outcome outcome = {0};

	dw_asked_begin(&asked, dw_asked_prompt, (struct dw_query_options){0});
	dw_asked_server(&asked, 1, &outcome);
	ck_assert_uint_eq(outcome.n_ended, 0);
	dw_asked_run(&asked, 10000);
	ck_assert_uint_eq(outcome.n_ended, 1);
	ck_assert_int_eq(outcome.answer.status, DW_OK);
	ck_assert_int_eq(outcome.answer.elapsed, 5);
	ck_assert_uint_eq(outcome.answer.attempts, 1);
	ck_assert_uint_eq(asked.net.n_sockets, 1);
	dw_asked_end(&asked);
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
	struct dw_question question = dw_asked_question(1);
	struct dw_asked_outcome outcome = {0};

	dw_asked_begin(&asked, dw_asked_silence, (struct dw_query_options){0});
	question.tries = ladders[_i].tries;
	question.try_timeout = ladders[_i].try_timeout;
	dw_asked_put(&asked, &question, &outcome);
	dw_asked_run(&asked, 60000);
	ck_assert_int_eq(outcome.answer.status, DW_TIMEOUT);
	ck_assert_int_eq(outcome.answer.elapsed, ladders[_i].ends);
	ck_assert_uint_eq(outcome.answer.attempts, ladders[_i].attempts);
	ck_assert_str_eq(outcome.answer.reason, ladders[_i].reason);
	ck_assert_ptr_null(outcome.answer.wire);
	dw_asked_end(&asked);
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

START_TEST(every_question_ends_once_on_a_rough_network)
{
	dw_asked_begin(&asked, rough, (struct dw_query_options){0});
	struct dw_asked_outcome *outcomes = dw_asked_many(&asked, 40);
	dw_asked_run(&asked, 600000);
	unsigned n_ok = dw_asked_count(outcomes, DW_OK);
	/* One in a thousand loses three attempts, and is told so. */
	ck_assert_uint_gt(n_ok, DW_ASKED_MANY - DW_ASKED_MANY / 500);
	ck_assert_uint_eq(n_ok + dw_asked_count(outcomes, DW_TIMEOUT), DW_ASKED_MANY);
	ck_assert_uint_eq(dw_query_figures(asked.query).answers, n_ok);
	ck_assert_uint_gt(dw_query_figures(asked.query).ignored, DW_ASKED_MANY / 20);
	free(outcomes);
	dw_asked_end(&asked);
}
END_TEST

/* Verifying takes its time. */
static void note_slowly(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	asked.net.now += 3;
	dw_asked_note(context, question, answer);
}

START_TEST(twenty_thousand_questions_need_no_retry_however_little_we_run)
{
	struct dw_asked_outcome *outcomes = calloc(DW_ASKED_MANY, sizeof(*outcomes));

	ck_assert_ptr_nonnull(outcomes);
	dw_asked_begin(&asked, dw_asked_prompt, (struct dw_query_options){.per_server = 1000});
	asked.net.nap = 400;
	for (unsigned i = 0; i < DW_ASKED_MANY; i++) {
		struct dw_question question = dw_asked_question(1);

		outcomes[i].net = &asked.net;
		ck_assert_int_eq(dw_query_ask(asked.query, &question, note_slowly, &outcomes[i], NULL), DW_OK);
	}
	dw_asked_run(&asked, 600000);
	ck_assert_uint_eq(dw_asked_count(outcomes, DW_OK), DW_ASKED_MANY);
	ck_assert_uint_eq(dw_query_figures(asked.query).retries, 0);
	ck_assert_uint_eq(asked.net.n_sent, DW_ASKED_MANY);
	ck_assert_uint_eq(asked.net.n_dropped, 0);
	free(outcomes);
	dw_asked_end(&asked);
}
END_TEST

static int slow(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	dw_fakenet_answer(to, question, 1501);
	return 0;
}

START_TEST(an_answer_that_came_while_we_slept_is_seen_before_its_timer)
{
	struct dw_asked_outcome outcome = {0};

	dw_asked_begin(&asked, slow, (struct dw_query_options){0});
	/* The wait ends after 1500 ms without anything; the answer comes while we do not run. */
	asked.net.nap = 5000;
	dw_asked_server(&asked, 1, &outcome);
	dw_asked_run(&asked, 60000);
	ck_assert_int_eq(outcome.answer.status, DW_OK);
	ck_assert_uint_eq(outcome.answer.attempts, 1);
	dw_asked_end(&asked);
}
END_TEST

/* Chance gives the same id to all. */
static ssize_t sevens(void *context, void *octets, size_t length)
{
	(void)context;
	memset(octets, 7, length);
	return (ssize_t)length;
}

START_TEST(questions_of_one_name_get_their_own_answers_whatever_the_ids)
{
	enum { N = 3 };
	struct dw_asked_outcome outcomes[N] = {{0}};

	dw_fakenet_init(&asked.net, dw_asked_prompt, NULL);
	asked.net.calls.randomness = sevens;
	struct dw_query_options options = {.calls = &asked.net.calls, .clock = asked.net.clock};
	ck_assert_int_eq(dw_query_new(&options, &asked.query, NULL), DW_OK);
	for (unsigned i = 0; i < N; i++) {
		struct dw_question question = dw_asked_question(1);

		/* The answers repeat the questions, and so differ in length. */
		question.ask.edns = i > 0;
		question.ask.edns_option = i > 1 ? 65001 : 0;
		dw_asked_put(&asked, &question, &outcomes[i]);
	}
	dw_asked_run(&asked, 10000);
	for (unsigned i = 0; i < N; i++) {
		ck_assert_uint_eq(outcomes[i].n_ended, 1);
		ck_assert_int_eq(outcomes[i].answer.status, DW_OK);
		ck_assert_uint_eq(outcomes[i].answer.attempts, 1);
	}
	ck_assert_uint_lt(outcomes[0].answer.length, outcomes[1].answer.length);
	ck_assert_uint_lt(outcomes[1].answer.length, outcomes[2].answer.length);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(no_socket_has_more_in_flight_than_its_buffer_holds)
{
	dw_asked_begin(&asked, dw_asked_prompt, (struct dw_query_options){.per_server = 100000});
	struct dw_asked_outcome *outcomes = dw_asked_many(&asked, 1);
	asked.net.nap = 100;
	dw_asked_run(&asked, 600000);
	ck_assert_uint_eq(dw_asked_count(outcomes, DW_OK), DW_ASKED_MANY);
	ck_assert_uint_le(asked.net.most_arrived, DW_FAKENET_BUFFER / 2304);
	ck_assert_uint_eq(asked.net.n_sockets, 16);
	ck_assert_uint_eq(asked.net.n_dropped, 0);
	free(outcomes);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(a_run_ends_at_its_deadline_with_all_its_questions)
{
	dw_asked_begin(&asked, dw_asked_silence, (struct dw_query_options){0});
	struct dw_asked_outcome *outcomes = dw_asked_many(&asked, 500);
	dw_deadline began = asked.net.now;
	dw_asked_run(&asked, 2000);
	ck_assert_int_eq(asked.net.now, began + 2000);
	ck_assert_uint_eq(dw_asked_count(outcomes, DW_TIMEOUT), DW_ASKED_MANY);
	ck_assert_str_eq(outcomes[0].answer.reason, "no answer to 2 tries in 2.0 s");
	ck_assert_str_eq(outcomes[DW_ASKED_MANY - 1].answer.reason, "no time left to ask");
	free(outcomes);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(a_question_ends_at_its_own_deadline_in_flight_or_waiting)
{
	struct dw_asked_outcome outcomes[2] = {0};
	struct dw_question question = dw_asked_question(1);

	dw_asked_begin(&asked, dw_asked_silence, (struct dw_query_options){.per_server = 1});
	dw_deadline began = asked.net.now;
	question.deadline = began + 700;
	dw_asked_put(&asked, &question, &outcomes[0]);
	question.deadline = began + 300;
	dw_asked_put(&asked, &question, &outcomes[1]);
	dw_asked_run(&asked, 60000);
	ck_assert_int_eq(outcomes[0].ended, began + 700);
	ck_assert_int_eq(outcomes[1].ended, began + 300);
	ck_assert_int_eq(outcomes[0].answer.status, DW_TIMEOUT);
	ck_assert_uint_eq(outcomes[1].answer.attempts, 0);
	dw_asked_end(&asked);
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
	again->status = dw_query_ask(asked.query, question, ask_again, again, NULL);
}

START_TEST(a_callback_may_ask_further_questions_until_the_deadline)
{
	struct again more = {.left = 1000}, late = {.left = 1000};
	struct dw_question question = dw_asked_question(1);

	dw_asked_begin(&asked, dw_asked_one_dead, (struct dw_query_options){0});
	ck_assert_int_eq(dw_query_ask(asked.query, &question, ask_again, &more, NULL), DW_OK);
	question = dw_asked_question(7);
	ck_assert_int_eq(dw_query_ask(asked.query, &question, ask_again, &late, NULL), DW_OK);
	dw_asked_run(&asked, 9000);
	ck_assert_uint_eq(more.left, 0);
	ck_assert_int_eq(more.status, DW_OK);
	ck_assert_uint_eq(late.left, 999);
	ck_assert_int_eq(late.status, DW_TIMEOUT);
	dw_asked_end(&asked);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, an_answer_ends_its_question);
	tcase_add_loop_test(tests, silence_is_met_by_a_ladder_of_tries, 0, DW_ROWS(ladders));
	tcase_add_test(tests, every_question_ends_once_on_a_rough_network);
	tcase_add_test(tests, twenty_thousand_questions_need_no_retry_however_little_we_run);
	tcase_add_test(tests, an_answer_that_came_while_we_slept_is_seen_before_its_timer);
	tcase_add_test(tests, questions_of_one_name_get_their_own_answers_whatever_the_ids);
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
