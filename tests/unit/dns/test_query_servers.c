#include "dns/query.h"

#include <stdlib.h>

#include "support/asked.h"
#include "support/suite.h"

static struct dw_asked asked;

START_TEST(a_dead_server_fails_fast_and_holds_up_nobody)
{
	dw_asked_begin(&asked, dw_asked_one_dead, (struct dw_query_options){0});
	dw_deadline began = asked.net.now;
	struct dw_asked_outcome *outcomes = dw_asked_many(&asked, 20);
	dw_asked_run(&asked, 600000);
	ck_assert_uint_eq(dw_asked_count(outcomes, DW_OK), DW_ASKED_MANY - DW_ASKED_MANY / 20);
	for (unsigned i = 0; i < DW_ASKED_MANY; i++) {
		const struct dw_asked_outcome *outcome = &outcomes[i];

		/* Those of its 64 in flight take their time; the second try tells that it is down. */
		ck_assert_int_le(outcome->ended - began, outcome->answer.status == DW_OK ? 2000 : 10500);
		if (outcome->answer.status != DW_OK && outcome->answer.attempts == 0)
			ck_assert_int_le(outcome->ended - began, 4500);
	}
	ck_assert_str_eq(outcomes[DW_ASKED_MANY - 13].answer.reason,
		"not asked: the server did not answer its last 128 questions");
	free(outcomes);
	dw_asked_end(&asked);
}
END_TEST

/* Deaf until a moment. */
static int deaf(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	return to->now < *(dw_deadline *)to->context ? 0 : dw_asked_prompt(to, question);
}

START_TEST(a_server_that_is_back_is_found_by_the_probe)
{
	struct dw_asked_outcome outcomes[8] = {0};
	dw_deadline back;

	dw_asked_begin(&asked, deaf, (struct dw_query_options){.per_server = 4});
	asked.net.context = &back;
	back = asked.net.now + 11000;
	for (unsigned i = 0; i < 4; i++)
		dw_asked_server(&asked, 1, &outcomes[i]);
	dw_asked_run(&asked, 10600);
	ck_assert_int_eq(outcomes[0].answer.status, DW_TIMEOUT);
	/* The first question is the probe and has one attempt; what waits behind it fails at once. */
	dw_asked_server(&asked, 1, &outcomes[4]);
	dw_asked_server(&asked, 1, &outcomes[5]);
	dw_asked_run(&asked, 1600);
	ck_assert_uint_eq(outcomes[4].answer.attempts, 1);
	ck_assert_uint_eq(outcomes[5].answer.attempts, 0);
	ck_assert_int_eq(outcomes[5].answer.status, DW_TIMEOUT);
	dw_asked_server(&asked, 1, &outcomes[6]);
	dw_asked_run(&asked, 1600);
	ck_assert_int_eq(outcomes[6].answer.status, DW_OK);
	dw_asked_server(&asked, 1, &outcomes[7]);
	dw_asked_run(&asked, 1600);
	ck_assert_int_eq(outcomes[7].answer.status, DW_OK);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(four_first_attempts_lost_at_once_are_no_dead_server)
{
	struct dw_asked_outcome outcomes[10] = {0};
	dw_deadline back;

	dw_asked_begin(&asked, deaf, (struct dw_query_options){.per_server = 5});
	asked.net.context = &back;
	back = asked.net.now + 1000;
	for (unsigned i = 0; i < 10; i++)
		dw_asked_server(&asked, 1, &outcomes[i]);
	dw_asked_run(&asked, 60000);
	for (unsigned i = 0; i < 10; i++)
		ck_assert_int_eq(outcomes[i].answer.status, DW_OK);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(a_patient_engine_asks_a_silent_server_on)
{
	struct dw_asked_outcome outcomes[3] = {0};

	dw_asked_begin(&asked, dw_asked_silence, (struct dw_query_options){.patient = true, .per_server = 2});
	for (unsigned i = 0; i < 3; i++)
		dw_asked_server(&asked, 1, &outcomes[i]);
	dw_asked_run(&asked, 60000);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_uint_eq(outcomes[i].answer.attempts, 3);
	dw_asked_end(&asked);
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
	return dw_asked_prompt(to, question);
}

START_TEST(a_sweep_is_spread_over_time)
{
	struct dw_asked_outcome outcomes[600] = {0};
	dw_deadline last = 0;

	dw_asked_begin(&asked, count_burst, (struct dw_query_options){.rate = 1000});
	asked.net.context = &last;
	dw_deadline began = asked.net.now;
	for (unsigned i = 0; i < 600; i++)
		dw_asked_server(&asked, i, &outcomes[i]);
	dw_asked_run(&asked, 60000);
	ck_assert_int_ge(asked.net.now - began, 580);
	ck_assert_int_le(asked.net.now - began, 620);
	for (unsigned i = 0; i < 600; i++)
		ck_assert_int_eq(outcomes[i].answer.status, DW_OK);
	dw_asked_end(&asked);
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
	struct dw_asked_outcome outcomes[100] = {0};
	size_t most = 10;

	dw_asked_begin(&asked, count_in_flight, bounds[_i]);
	asked.net.context = &most;
	dw_deadline began = asked.net.now;
	for (unsigned i = 0; i < 100; i++)
		dw_asked_server(&asked, 1, &outcomes[i]);
	dw_asked_run(&asked, 60000);
	ck_assert_int_eq(asked.net.now - began, 1000);
	dw_asked_end(&asked);
}
END_TEST

START_TEST(a_host_with_a_loop_steps_by_itself)
{
	struct dw_asked_outcome outcomes[3] = {0};

	dw_asked_begin(&asked, dw_asked_one_dead, (struct dw_query_options){0});
	ck_assert_int_ge(dw_query_fd(asked.query), 0);
	ck_assert_int_eq(dw_query_wake(asked.query), INT64_MAX);
	ck_assert_uint_eq(dw_query_step(asked.query), 0);
	dw_deadline began = asked.net.now;
	dw_asked_server(&asked, 1, &outcomes[0]);
	dw_asked_server(&asked, 2, &outcomes[1]);
	dw_asked_server(&asked, 7, &outcomes[2]);
	/* There is something to send. */
	ck_assert_int_le(dw_query_wake(asked.query), asked.net.now);
	ck_assert_uint_eq(dw_query_step(asked.query), 3);
	ck_assert_int_eq(dw_query_wake(asked.query), began + 1500);
	asked.net.now += 5;
	ck_assert_uint_eq(dw_query_step(asked.query), 1);
	ck_assert_uint_eq(outcomes[0].n_ended + outcomes[1].n_ended, 2);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_uint_eq(outcomes[2].n_ended, 0);
		asked.net.now = dw_query_wake(asked.query);
		dw_query_step(asked.query);
	}
	ck_assert_int_eq(outcomes[2].ended, began + 10500);
	ck_assert_int_eq(outcomes[2].answer.status, DW_TIMEOUT);
	dw_asked_end(&asked);
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
