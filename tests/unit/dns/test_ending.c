#include "dns/ending.h"

#include <string.h>

#include "support/fakenet.h"
#include "support/suite.h"

/* Questions whose ends are looked at, each in a state that the engine can leave it in. */
static struct dw_fakenet net;
static struct dw_query *query;
static unsigned n_ended;
static struct dw_answer outcome;
static uint8_t message[12];

static void note(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	(void)question;
	ck_assert_ptr_eq(context, &n_ended);
	n_ended++;
	outcome = *answer;
}

static int silence(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	(void)to;
	(void)question;
	return 0;
}

/* A question that waits for its turn. */
static struct dw_flight *begin(void)
{
	struct dw_query_options options = {.calls = &net.calls};
	struct dw_question question = {.ask = {.name = dw_name_root}, .server = dw_fakenet_server(1)};

	outcome = (struct dw_answer){0};
	n_ended = 0;
	dw_fakenet_init(&net, silence, NULL);
	options.clock = net.clock;
	ck_assert_int_eq(dw_query_new(&options, &query, NULL), DW_OK);
	ck_assert_int_eq(dw_query_ask(query, &question, note, &n_ended, NULL), DW_OK);
	return query->peers.turn->waiting.first;
}

/* Takes it out of the queue, as one that is sent is. */
static struct dw_flight *begin_in_flight(enum dw_flight_state state)
{
	struct dw_flight *flight = begin();

	ck_assert_int_eq(dw_peers_turn(&query->peers, net.now, &flight), DW_TURN_SEND);
	flight->state = state;
	flight->began = net.now;
	query->n_udp += state == DW_FLIGHT_UDP;
	query->n_streams += state == DW_FLIGHT_TCP;
	if (state == DW_FLIGHT_TCP_WAITING)
		dw_flight_append(&query->tcp_waiting, flight);
	return flight;
}

/* Nothing of the question is left. */
static void end(void)
{
	ck_assert_uint_eq(n_ended, 1);
	ck_assert_uint_eq(query->n_open, 0);
	ck_assert_uint_eq(query->n_udp, 0);
	ck_assert_uint_eq(query->n_streams, 0);
	ck_assert_ptr_null(query->tcp_waiting.first);
	ck_assert_ptr_null(query->peers.turn);
	ck_assert_int_eq(dw_query_wake(query), INT64_MAX);
	dw_query_free(query);
	dw_fakenet_fini(&net);
}

START_TEST(an_answer_says_how_it_came)
{
	struct dw_flight *flight = begin_in_flight(DW_FLIGHT_UDP);

	flight->attempts = 2;
	net.now += 1510;
	dw_ending_answer(query, flight, message, sizeof(message));
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert_ptr_eq(outcome.wire, message);
	ck_assert_uint_eq(outcome.length, sizeof(message));
	ck_assert_uint_eq(outcome.udp_length, sizeof(message));
	ck_assert_int_eq(outcome.elapsed, 1510);
	ck_assert(!outcome.tcp && !outcome.truncated);
	ck_assert_str_eq(outcome.reason, "");
	ck_assert_uint_eq(dw_query_figures(query).answers, 1);
	end();
}
END_TEST

START_TEST(an_answer_by_tcp_keeps_what_udp_said)
{
	struct dw_flight *flight = begin_in_flight(DW_FLIGHT_TCP);

	flight->truncated = true;
	flight->udp_length = 40;
	dw_ending_answer(query, flight, message, sizeof(message));
	ck_assert(outcome.tcp && outcome.truncated);
	ck_assert_uint_eq(outcome.udp_length, 40);
	ck_assert_uint_eq(outcome.length, sizeof(message));
	end();
}
END_TEST

/* How a question stands when its time is up, and what is said of it. */
static const struct {
	enum dw_flight_state state;
	unsigned attempts, n_refused;
	bool refused, truncated;
	int icmp;
	enum dw_status status;
	const char *reason;
} silences[] = {
	{DW_FLIGHT_UDP, 1, 0, false, false, 0, DW_TIMEOUT, "no answer to 1 try in 2.5 s"},
	{DW_FLIGHT_UDP, 3, 0, false, false, 0, DW_TIMEOUT, "no answer to 3 tries in 2.5 s"},
	{DW_FLIGHT_UDP, 3, 0, false, false, 113, DW_TIMEOUT, "no answer to 3 tries in 2.5 s (No route to host)"},
	{DW_FLIGHT_UDP, 3, 2, false, false, 0, DW_TIMEOUT, "no answer to 3 tries in 2.5 s, 2 refused by ICMP"},
	{DW_FLIGHT_UDP, 3, 3, true, false, 0, DW_REFUSED, "port unreachable (ICMP), 3 tries in 2.5 s"},
	{DW_FLIGHT_UDP, 0, 0, false, false, 0, DW_TIMEOUT, "no time left to ask"},
	{DW_FLIGHT_TCP_WAITING, 0, 0, false, false, 0, DW_TIMEOUT, "no time left for TCP"},
	{DW_FLIGHT_TCP_WAITING, 1, 0, false, true, 0, DW_TIMEOUT, "answer truncated (TC), no time left for TCP"},
};

START_TEST(silence_has_a_reason_that_fits)
{
	struct dw_flight *flight = begin_in_flight(silences[_i].state);

	flight->attempts = silences[_i].attempts;
	flight->n_refused = silences[_i].n_refused;
	flight->refused = silences[_i].refused;
	flight->truncated = silences[_i].truncated;
	flight->icmp = silences[_i].icmp;
	net.now += 2500;
	dw_ending_silence(query, flight);
	ck_assert_int_eq(outcome.status, silences[_i].status);
	ck_assert_str_eq(outcome.reason, silences[_i].reason);
	ck_assert(outcome.late == (silences[_i].attempts == 0));
	ck_assert_ptr_null(outcome.wire);
	ck_assert_uint_eq(dw_query_figures(query).answers, 0);
	end();
}
END_TEST

START_TEST(a_question_that_waits_can_end_too)
{
	struct dw_flight *flight = begin();

	dw_ending_silence(query, flight);
	ck_assert_int_eq(outcome.status, DW_TIMEOUT);
	ck_assert_int_eq(outcome.elapsed, 0);
	end();
}
END_TEST

static const struct {
	bool refused;
	enum dw_status status;
	const char *reason;
} downs[] = {
	{false, DW_TIMEOUT, "not asked: the server did not answer its last 5 questions"},
	{true, DW_REFUSED, "not asked: the server refused its last 5 questions"},
};

START_TEST(a_server_that_is_down_is_said_to_be)
{
	struct dw_flight *flight = begin();

	flight->peer->n_silent = 5;
	flight->peer->down = true;
	flight->peer->refused = downs[_i].refused;
	dw_ending_down(query, flight);
	ck_assert_int_eq(outcome.status, downs[_i].status);
	ck_assert_str_eq(outcome.reason, downs[_i].reason);
	ck_assert(!outcome.late);
	end();
}
END_TEST

START_TEST(a_long_reason_loses_its_end)
{
	char text[200];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	struct dw_flight *flight = begin_in_flight(DW_FLIGHT_TCP);
	flight->truncated = true;
	dw_ending_failure(query, flight, DW_MALFORMED, "%s", text);
	ck_assert_uint_eq(strlen(outcome.reason), sizeof(outcome.reason) - 1);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ending");
	TCase *tests = tcase_create("ending");

	tcase_add_test(tests, an_answer_says_how_it_came);
	tcase_add_test(tests, an_answer_by_tcp_keeps_what_udp_said);
	tcase_add_loop_test(tests, silence_has_a_reason_that_fits, 0, DW_ROWS(silences));
	tcase_add_test(tests, a_question_that_waits_can_end_too);
	tcase_add_loop_test(tests, a_server_that_is_down_is_said_to_be, 0, DW_ROWS(downs));
	tcase_add_test(tests, a_long_reason_loses_its_end);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
