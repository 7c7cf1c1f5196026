#include "dns/exchange.h"

#include <errno.h>
#include <string.h>

#include "dns/wire.h"

#include "support/fakenet.h"
#include "support/suite.h"

static struct dw_answer outcome;
static unsigned n_ended;

static void note(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	(void)context;
	(void)question;
	outcome = *answer;
	n_ended++;
}

static struct dw_question question_to(const struct dw_address *server)
{
	struct dw_question question = {.ask = {.type = DW_TYPE_SOA}, .server = *server};

	ck_assert_int_eq(dw_name_parse("Example.org", &question.ask.name, NULL), DW_OK);
	return question;
}

/* Asks one question and runs the engine until it has ended. */
static struct dw_query_figures run(const struct dw_query_options *options, const struct dw_question *question)
{
	struct dw_query *query = NULL;

	n_ended = 0;
	ck_assert_int_eq(dw_query_new(options, &query, NULL), DW_OK);
	ck_assert_int_eq(dw_query_ask(query, question, note, NULL, NULL), DW_OK);
	dw_query_run(query, dw_query_now(query) + 20000);
	struct dw_query_figures figures = dw_query_figures(query);
	dw_query_free(query);
	ck_assert_uint_eq(n_ended, 1);
	return figures;
}

static struct dw_query_figures run_on(struct dw_fakenet *net, enum dw_transport transport)
{
	struct dw_query_options options = {.calls = &net->calls, .clock = net->clock};
	struct dw_address server = dw_fakenet_server(1);
	struct dw_question question = question_to(&server);

	question.transport = transport;
	struct dw_query_figures figures = run(&options, &question);
	dw_fakenet_fini(net);
	return figures;
}

/* What is wrong with a datagram: an octet of the message, or where it comes from. */
static const struct {
	int octet; /* -1: the source */
	uint8_t flip;
	unsigned server;
	uint16_t port;
} strangers[] = {
	{0, 0x01, 1, 53},  /* id */
	{1, 0x80, 1, 53},  /* id */
	{2, 0x80, 1, 53},  /* QR clear: a question */
	{2, 0x08, 1, 53},  /* opcode */
	{5, 0x01, 1, 53},  /* no question, but no error code either */
	{13, 0x01, 1, 53}, /* name */
	{26, 0x02, 1, 53}, /* type */
	{28, 0x02, 1, 53}, /* class */
	{-1, 0, 2, 53},    /* another address */
	{-1, 0, 1, 5353},  /* another port */
};

/* Sends the stranger first, then the true answer. */
static int serve_stranger(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	unsigned row = *(unsigned *)net->context;
	struct dw_address source = dw_fakenet_server(strangers[row].server);
	uint8_t wire[DW_QUESTION_MAX];

	dw_address_set_port(&source, strangers[row].port);
	memcpy(wire, question->wire, question->length);
	wire[2] |= 0x80;
	if (strangers[row].octet >= 0)
		wire[strangers[row].octet] ^= strangers[row].flip;
	dw_fakenet_send(net, question, &source, wire, 5);
	dw_fakenet_answer(net, question, 700);
	return 0;
}

START_TEST(a_datagram_that_does_not_match_is_ignored_and_the_answer_taken_later)
{
	struct dw_fakenet net;
	unsigned row = (unsigned)_i;

	dw_fakenet_init(&net, serve_stranger, &row);
	struct dw_query_figures figures = run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert_int_eq(outcome.elapsed, 700);
	ck_assert_uint_eq(outcome.n_ignored, 1);
	ck_assert_uint_eq(figures.ignored, 1);
	ck_assert_uint_eq(outcome.attempts, 1);
}
END_TEST

static void probe(struct dw_fakenet *net)
{
	struct dw_query_options options = {.calls = &net->calls, .clock = net->clock, .patient = true};
	struct dw_address server = dw_fakenet_server(1);
	struct dw_question question = question_to(&server);

	run(&options, &question);
	dw_fakenet_fini(net);
}

START_TEST(a_patient_engine_says_what_does_not_match_and_where_it_came_from)
{
	struct dw_fakenet net;
	unsigned row = (unsigned)_i;
	bool elsewhere = strangers[row].octet < 0;

	dw_fakenet_init(&net, serve_stranger, &row);
	probe(&net);
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert_uint_eq(outcome.n_elsewhere, elsewhere);
	ck_assert_uint_eq(outcome.n_garbage, !elsewhere);
	ck_assert_uint_eq(outcome.n_repeated, 0);
	if (elsewhere)
		ck_assert_uint_eq(dw_address_port(&outcome.elsewhere), strangers[row].port);
}
END_TEST

static struct dw_query *engine;

/* Answers everything, the first question twice and then once more to one that was given up. */
static int serve_twice(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	dw_fakenet_answer(net, question, question->n == 1 ? 3000 : 5);
	if (question->n == 0)
		dw_fakenet_answer(net, question, 6);
	return 0;
}

START_TEST(an_answer_that_comes_again_is_counted_and_a_late_one_is_not)
{
	struct dw_fakenet net;
	struct dw_address server = dw_fakenet_server(1);
	struct dw_question question = question_to(&server);

	dw_fakenet_init(&net, serve_twice, NULL);
	struct dw_query_options options = {.calls = &net.calls, .clock = net.clock, .patient = true, .tries = 1};
	ck_assert_int_eq(dw_query_new(&options, &engine, NULL), DW_OK);
	n_ended = 0;
	for (unsigned i = 0; i < 2; i++)
		ck_assert_int_eq(dw_query_ask(engine, &question, note, NULL, NULL), DW_OK);
	dw_query_run(engine, net.now + 20000);
	ck_assert_int_eq(outcome.status, DW_TIMEOUT);
	question.try_timeout = 2000;
	/* Its answer comes after the late one. */
	ck_assert_int_eq(dw_query_ask(engine, &question, note, NULL, NULL), DW_OK);
	net.now += 1400;
	dw_query_run(engine, net.now + 20000);
	ck_assert_uint_eq(n_ended, 3);
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert_uint_eq(outcome.n_repeated, 1);
	ck_assert_uint_eq(outcome.n_garbage, 0);
	dw_query_free(engine);
	dw_fakenet_fini(&net);
}
END_TEST

/* The segment that a connection was opened with. */
static unsigned opened_with;

static int open_and_never_connect(
	void *context, const struct dw_address *server, const struct dw_address *source, unsigned segment)
{
	struct dw_fakenet *net = context;

	(void)server;
	opened_with = segment;
	return net->calls.open_datagrams(context, AF_INET, source);
}

static const struct {
	uint16_t asked;
	unsigned opened;
} segments[] = {{0, 1220}, {536, 536}, {DW_TCP_SEGMENT_SYSTEM, 0}};

START_TEST(a_question_may_choose_its_segment_and_its_patience_with_tcp)
{
	struct dw_fakenet net;
	struct dw_address server = dw_fakenet_server(1);
	struct dw_question question = question_to(&server);

	dw_fakenet_init(&net, serve_twice, NULL);
	net.calls.open_stream = open_and_never_connect;
	struct dw_query_options options = {.calls = &net.calls, .clock = net.clock};
	question.transport = DW_TRANSPORT_TCP;
	question.tcp_segment = segments[_i].asked;
	question.tcp_timeout = 700;
	run(&options, &question);
	ck_assert_uint_eq(opened_with, segments[_i].opened);
	ck_assert_int_eq(outcome.status, DW_TIMEOUT);
	ck_assert_int_eq(outcome.elapsed, 700);
	ck_assert_int_eq(outcome.tcp_stage, DW_TCP_CONNECTING);
	ck_assert_uint_eq(outcome.n_packets, 1);
	dw_fakenet_fini(&net);
}
END_TEST

static int serve_scraps(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	struct dw_fakenet_question scrap = *question;

	for (scrap.length = 0; scrap.length < question->length; scrap.length++)
		dw_fakenet_answer(net, &scrap, 5);
	dw_fakenet_answer(net, question, 6);
	return 0;
}

START_TEST(a_message_cut_within_its_question_is_nobodys_answer)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, serve_scraps, NULL);
	run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert_int_eq(outcome.elapsed, 6);
	ck_assert_uint_eq(outcome.n_ignored, outcome.udp_length);
}
END_TEST

/* The first `refusals` attempts are refused, or all meet with another ICMP message. */
struct icmp {
	unsigned refusals;
	int cause;
	enum dw_status status;
	unsigned attempts;
	dw_millis elapsed;
	const char *reason;
};

static const struct icmp icmps[] = {
	{3, ECONNREFUSED, DW_REFUSED, 3, 3003, "port unreachable (ICMP), 3 tries in 3.0 s"},
	{1, ECONNREFUSED, DW_OK, 2, 1506, ""},
	{2, ECONNREFUSED, DW_OK, 3, 3007, ""},
	{3, EHOSTUNREACH, DW_TIMEOUT, 3, 10500, "no answer to 3 tries in 10.5 s (No route to host)"},
	{1, EHOSTUNREACH, DW_OK, 2, 1505, ""},
};

static int serve_icmp(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	const struct icmp *row = net->context;

	if (question->n < row->refusals)
		dw_fakenet_icmp(net, question, row->cause, 1);
	else
		dw_fakenet_answer(net, question, 5);
	return 0;
}

START_TEST(a_port_that_is_closed_for_a_moment_is_asked_again)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, serve_icmp, (void *)(uintptr_t)&icmps[_i]);
	run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, icmps[_i].status);
	ck_assert_uint_eq(outcome.attempts, icmps[_i].attempts);
	ck_assert_int_eq(outcome.elapsed, icmps[_i].elapsed);
	ck_assert_str_eq(outcome.reason, icmps[_i].reason);
}
END_TEST

static const struct {
	int cause;
	enum dw_status status;
	dw_millis elapsed;
	const char *reason;
} failures[] = {
	{ENETUNREACH, DW_NO_ROUTE, 0, "cannot send: Network is unreachable"},
	{EHOSTUNREACH, DW_NO_ROUTE, 0, "cannot send: No route to host"},
	{EADDRNOTAVAIL, DW_NO_ROUTE, 0, "cannot send: Cannot assign requested address"},
	{EPERM, DW_NO_ROUTE, 0, "cannot send: Operation not permitted"},
	{ENOBUFS, DW_TIMEOUT, 10500, "no answer to 3 tries in 10.5 s (No buffer space available)"},
};

static int fail_to_send(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	(void)question;
	return *(const int *)net->context;
}

START_TEST(what_this_host_cannot_send_fails_at_once)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, fail_to_send, (void *)(uintptr_t)&failures[_i].cause);
	run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, failures[_i].status);
	ck_assert_int_eq(outcome.elapsed, failures[_i].elapsed);
	ck_assert_str_eq(outcome.reason, failures[_i].reason);
}
END_TEST

START_TEST(a_host_without_the_address_family_says_so)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, serve_scraps, NULL);
	net.open_failure = EAFNOSUPPORT;
	run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, DW_NO_ROUTE);
	ck_assert_str_eq(outcome.reason, "UDP socket: Address family not supported by protocol");
	ck_assert_uint_eq(outcome.attempts, 0);
}
END_TEST

/* An ICMP message from a host that quotes no more than the UDP header. */
static int serve_short_icmp(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	struct dw_fakenet_question quoted = *question;

	quoted.length = 0;
	dw_fakenet_icmp(net, &quoted, ECONNREFUSED, 1);
	return 0;
}

START_TEST(an_icmp_message_that_quotes_little_counts_too)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, serve_short_icmp, NULL);
	run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, DW_REFUSED);
}
END_TEST

static int truncate_it(struct dw_fakenet *net, const struct dw_fakenet_question *question)
{
	uint8_t wire[DW_QUESTION_MAX];

	memcpy(wire, question->wire, question->length);
	wire[2] |= 0x82;
	dw_fakenet_send(net, question, &question->server, wire, 5);
	return 0;
}

START_TEST(a_truncated_answer_is_the_answer_when_only_udp_is_wanted)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, truncate_it, NULL);
	run_on(&net, DW_TRANSPORT_UDP_ONLY);
	ck_assert_int_eq(outcome.status, DW_OK);
	ck_assert(outcome.truncated);
	ck_assert(!outcome.tcp);
}
END_TEST

START_TEST(a_truncated_answer_without_tcp_is_refused)
{
	struct dw_fakenet net;

	dw_fakenet_init(&net, truncate_it, NULL);
	struct dw_query_figures figures = run_on(&net, DW_TRANSPORT_UDP);
	ck_assert_int_eq(outcome.status, DW_REFUSED);
	ck_assert_str_eq(outcome.reason, "answer truncated (TC) and TCP refused");
	ck_assert(outcome.truncated && outcome.tcp);
	ck_assert_uint_eq(outcome.attempts, 2);
	ck_assert_uint_gt(outcome.udp_length, 0);
	ck_assert_uint_eq(figures.tcp, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("exchange");
	TCase *tests = tcase_create("exchange");

	tcase_add_loop_test(
		tests, a_datagram_that_does_not_match_is_ignored_and_the_answer_taken_later, 0, DW_ROWS(strangers));
	tcase_add_loop_test(
		tests, a_patient_engine_says_what_does_not_match_and_where_it_came_from, 0, DW_ROWS(strangers));
	tcase_add_test(tests, an_answer_that_comes_again_is_counted_and_a_late_one_is_not);
	tcase_add_loop_test(
		tests, a_question_may_choose_its_segment_and_its_patience_with_tcp, 0, DW_ROWS(segments));
	tcase_add_test(tests, a_message_cut_within_its_question_is_nobodys_answer);
	tcase_add_loop_test(tests, a_port_that_is_closed_for_a_moment_is_asked_again, 0, DW_ROWS(icmps));
	tcase_add_loop_test(tests, what_this_host_cannot_send_fails_at_once, 0, DW_ROWS(failures));
	tcase_add_test(tests, a_host_without_the_address_family_says_so);
	tcase_add_test(tests, an_icmp_message_that_quotes_little_counts_too);
	tcase_add_test(tests, a_truncated_answer_is_the_answer_when_only_udp_is_wanted);
	tcase_add_test(tests, a_truncated_answer_without_tcp_is_refused);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
