#include "dns/stream.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "dns/query.h"
#include "dns/wire.h"
#include "support/loopserver.h"
#include "support/suite.h"

/* A server that does its worst over TCP. Each has the question, `length` octets. */
typedef void misdeed(int connection, const uint8_t *question, size_t length);

static void put(int connection, const void *octets, size_t length)
{
	(void)!send(connection, octets, length, MSG_NOSIGNAL);
}

/* Announces `announced` octets and sends as many as it has of the true answer. */
static void answer(int connection, const uint8_t *question, size_t length, size_t announced)
{
	uint8_t frame[2 + 512] = {(uint8_t)(announced >> 8), (uint8_t)announced};

	memcpy(frame + 2, question, length);
	frame[4] |= 0x80;
	put(connection, frame, length + 2);
}

static void whole(int connection, const uint8_t *question, size_t length)
{
	answer(connection, question, length, length);
}

static void octet_by_octet(int connection, const uint8_t *question, size_t length)
{
	uint8_t frame[2 + 512] = {(uint8_t)(length >> 8), (uint8_t)length};

	memcpy(frame + 2, question, length);
	frame[4] |= 0x80;
	setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	for (size_t i = 0; i < length + 2; i++) {
		put(connection, frame + i, 1);
		usleep(500);
	}
}

static void two_answers(int connection, const uint8_t *question, size_t length)
{
	whole(connection, question, length);
	whole(connection, question, length);
}

static void close_at_once(int connection, const uint8_t *question, size_t length)
{
	(void)connection;
	(void)question;
	(void)length;
}

static void reset(int connection, const uint8_t *question, size_t length)
{
	struct linger now = {.l_onoff = 1};

	(void)question;
	(void)length;
	setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void cut(int connection, const uint8_t *question, size_t length)
{
	(void)length;
	answer(connection, question, 12, 512);
}

static void cut_in_the_length(int connection, const uint8_t *question, size_t length)
{
	(void)question;
	(void)length;
	put(connection, "", 1);
}

/* Keeps the connection until the other end gives up. */
static void hold(int connection)
{
	char octet;

	for (int i = 0; i < 5 && read(connection, &octet, 1) != 0; i++)
		continue;
}

static void say_nothing(int connection, const uint8_t *question, size_t length)
{
	(void)question;
	(void)length;
	hold(connection);
}

static void stop_within(int connection, const uint8_t *question, size_t length)
{
	(void)length;
	answer(connection, question, 12, 512);
	hold(connection);
}

static void drip(int connection, const uint8_t *question, size_t length)
{
	answer(connection, question, length, 512);
	for (int i = 0; i < 20; i++) {
		put(connection, "", 1);
		usleep(50000);
	}
}

static void say_no_length(int connection, const uint8_t *question, size_t length)
{
	(void)question;
	(void)length;
	put(connection, "\0\0", 2);
}

static void send_garbage(int connection, const uint8_t *question, size_t length)
{
	(void)question;
	(void)length;
	put(connection, "\0\x05hello", 7);
}

static void say_another_id(int connection, const uint8_t *question, size_t length)
{
	uint8_t changed[512];

	memcpy(changed, question, length);
	changed[0] ^= 1;
	whole(connection, changed, length);
}

static void answer_another_question(int connection, const uint8_t *question, size_t length)
{
	uint8_t changed[512];

	memcpy(changed, question, length);
	changed[13] ^= 1;
	whole(connection, changed, length);
}

static void answer_another_question_first(int connection, const uint8_t *question, size_t length)
{
	answer_another_question(connection, question, length);
	whole(connection, question, length);
}

static void answer_others_without_end(int connection, const uint8_t *question, size_t length)
{
	for (unsigned i = 0; i <= DW_STREAM_SKIPS_MAX; i++)
		answer_another_question(connection, question, length);
	whole(connection, question, length);
}

static const struct {
	misdeed *act; /* NULL: nobody listens */
	enum dw_status status;
	const char *reason;
	enum dw_tcp_stage stage;
	size_t n_read, n_wanted; /* of the answer; 0 for those that are whole */
} acts[] = {
	{whole, DW_OK, "", DW_TCP_DONE, 0, 0},
	{octet_by_octet, DW_OK, "", DW_TCP_DONE, 0, 0},
	{two_answers, DW_OK, "", DW_TCP_DONE, 0, 0},
	{answer_another_question_first, DW_OK, "", DW_TCP_DONE, 0, 0},
	{answer_others_without_end, DW_MALFORMED, "TCP answered 29 octets that are no answer to the question",
		DW_TCP_READING, 0, 0},
	{NULL, DW_REFUSED, "TCP refused", DW_TCP_CONNECTING, 0, 0},
	{close_at_once, DW_REFUSED, "TCP closed without an answer", DW_TCP_CONNECTED, 0, 0},
	{reset, DW_REFUSED, "TCP connected, then reset", DW_TCP_CONNECTED, 0, 0},
	{cut, DW_MALFORMED, "TCP closed after 12 of 512 octets", DW_TCP_READING, 12, 512},
	{cut_in_the_length, DW_REFUSED, "TCP closed without an answer", DW_TCP_READING, 0, 0},
	{say_nothing, DW_TIMEOUT, "TCP connected and never answered", DW_TCP_CONNECTED, 0, 0},
	{stop_within, DW_TIMEOUT, "TCP stopped after 12 of 512 octets", DW_TCP_READING, 12, 512},
	{drip, DW_TIMEOUT, NULL, DW_TCP_READING, 0, 0},
	{say_no_length, DW_MALFORMED, "TCP answered with 0 octets", DW_TCP_READING, 0, 0},
	{send_garbage, DW_MALFORMED, "TCP answered 5 octets that are no answer to the question", DW_TCP_CONNECTED,
		0, 0},
	{say_another_id, DW_MALFORMED, "TCP answered 29 octets that are no answer to the question",
		DW_TCP_CONNECTED, 0, 0},
	{answer_another_question, DW_MALFORMED, "TCP answered 29 octets that are no answer to the question",
		DW_TCP_CONNECTED, 0, 0},
};

static void serve_stream(struct dw_loopserver *server, int connection)
{
	misdeed *const *act = server->context;
	uint8_t question[514];
	ssize_t length = recv(connection, question, sizeof(question), 0);

	if (length > 2)
		(*act)(connection, question + 2, (size_t)length - 2);
}

static void truncate_it(
	struct dw_loopserver *server, const uint8_t *wire, size_t length, const struct dw_address *from)
{
	uint8_t copy[512];

	memcpy(copy, wire, length);
	copy[2] |= 0x82;
	dw_loopserver_send(server, from, copy, length);
}

static struct dw_answer outcome;

static void note(void *context, const struct dw_question *question, const struct dw_answer *given)
{
	(void)context;
	(void)question;
	outcome = *given;
}

static void ask(const struct dw_address *server, enum dw_transport transport)
{
	struct dw_question question = {.ask = {.type = DW_TYPE_SOA}, .server = *server, .transport = transport};
	struct dw_query_options options = {.tcp_timeout = 300};
	struct dw_query *query = NULL;

	ck_assert_int_eq(dw_name_parse("example.org", &question.ask.name, NULL), DW_OK);
	ck_assert_int_eq(dw_query_new(&options, &query, NULL), DW_OK);
	ck_assert_int_eq(dw_query_ask(query, &question, note, NULL, NULL), DW_OK);
	dw_query_run(query, dw_query_now(query) + 10000);
	dw_query_free(query);
}

static void check_outcome(int row, const char *before)
{
	const char *reason = outcome.reason;

	ck_assert_msg(outcome.status == acts[row].status, "%s: %s", dw_status_text(outcome.status), reason);
	ck_assert(outcome.tcp);
	ck_assert_int_eq(outcome.tcp_stage, acts[row].stage);
	if (acts[row].n_wanted > 0) {
		ck_assert_uint_eq(outcome.tcp_read, acts[row].n_read);
		ck_assert_uint_eq(outcome.tcp_wanted, acts[row].n_wanted);
	}
	/* A connection takes SYN, ACK, the question and two to close it at least, one that is refused its SYN. */
	ck_assert_uint_ge(outcome.n_packets, acts[row].act == NULL ? 1 : 5);
	ck_assert_uint_le(outcome.n_packets, 40);
	ck_assert_int_lt(outcome.elapsed, 1000);
	if (acts[row].status == DW_OK) {
		ck_assert_uint_eq(outcome.length, 29);
		return;
	}
	ck_assert_int_eq(strncmp(reason, before, strlen(before)), 0);
	if (acts[row].reason != NULL)
		ck_assert_str_eq(reason + strlen(before), acts[row].reason);
	else
		ck_assert_ptr_nonnull(strstr(reason, "TCP stopped after "));
}

static void serve_and_ask(int row, int family, enum dw_transport transport)
{
	misdeed *act = acts[row].act;
	struct dw_loopserver server = {
		.datagram = truncate_it, .stream = act == NULL ? NULL : serve_stream, .context = &act};

	dw_loopserver_start(&server, family);
	ask(&server.address, transport);
	dw_loopserver_stop(&server);
}

START_TEST(a_question_by_tcp_ends_as_the_server_deserves)
{
	serve_and_ask(_i, AF_INET, DW_TRANSPORT_TCP);
	check_outcome(_i, "");
	ck_assert(!outcome.truncated);
	ck_assert_uint_eq(outcome.attempts, 1);
}
END_TEST

START_TEST(a_truncated_answer_is_asked_again_by_tcp)
{
	serve_and_ask(_i, AF_INET6, DW_TRANSPORT_UDP);
	check_outcome(
		_i, acts[_i].status == DW_REFUSED ? "answer truncated (TC) and " : "answer truncated (TC), ");
	ck_assert(outcome.truncated);
	ck_assert_uint_eq(outcome.udp_length, 29);
	ck_assert_uint_eq(outcome.attempts, 2);
}
END_TEST

/* A peer that takes and gives a single octet at a time, or interrupts, or is not ready. */
struct miser {
	unsigned calls;
	uint8_t taken[600];
	size_t n_taken, n_given;
};

static int open_stream(
	void *context, const struct dw_address *server, const struct dw_address *source, unsigned segment)
{
	(void)context;
	(void)server;
	(void)source;
	(void)segment;
	return 7;
}

static int outcome_of(void *context, int socket)
{
	(void)context;
	(void)socket;
	return 0;
}

static void close_nothing(void *context, int socket)
{
	(void)context;
	(void)socket;
}

static int watch(void *context, int epoll, int operation, int socket, struct epoll_event *event)
{
	(void)context;
	(void)epoll;
	(void)operation;
	(void)socket;
	(void)event;
	return 0;
}

/* Two calls of three fail for a passing reason. */
static bool fails(struct miser *miser)
{
	unsigned call = miser->calls++ % 3;

	errno = call == 0 ? EAGAIN : EINTR;
	return call != 2;
}

static ssize_t take_one(void *context, int socket, const void *octets, size_t length)
{
	struct miser *miser = context;

	(void)socket;
	(void)length;
	if (fails(miser))
		return -1;
	miser->taken[miser->n_taken++] = *(const uint8_t *)octets;
	return 1;
}

/* Gives back what it took, which has its length before it as an answer has. */
static ssize_t give_one(void *context, int socket, void *octets, size_t length)
{
	struct miser *miser = context;

	(void)socket;
	ck_assert_uint_gt(length, 0);
	if (fails(miser))
		return -1;
	*(uint8_t *)octets = miser->taken[miser->n_given++];
	return 1;
}

START_TEST(single_octets_interrupts_and_waits_make_an_answer_too)
{
	struct miser miser = {0};
	struct dw_transport_calls own = {.context = &miser,
		.open_stream = open_stream,
		.outcome = outcome_of,
		.close = close_nothing,
		.watch = watch,
		.send = take_one,
		.receive = give_one};
	struct dw_transport_calls calls = dw_transport_calls(&own);
	struct dw_ask question = {.type = DW_TYPE_DNSKEY, .name = dw_name_root};
	struct dw_stream_plan plan = {.ask = &question, .id = 0x1234};
	struct dw_stream *stream = NULL;

	ck_assert_int_eq(dw_stream_new(&calls, -1, &plan, &stream, NULL), DW_OK);
	while (dw_stream_step(stream) < DW_STREAM_DONE)
		ck_assert_uint_lt(miser.calls, 1000);
	ck_assert_int_eq(stream->state, DW_STREAM_DONE);
	ck_assert_uint_eq(stream->answer_length, 17);
	ck_assert_mem_eq(stream->answer, miser.taken + 2, 17);
	ck_assert_uint_eq(stream->answer[0], 0x12);
	dw_stream_free(stream);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stream");
	TCase *tests = tcase_create("stream");

	tcase_add_loop_test(tests, a_question_by_tcp_ends_as_the_server_deserves, 0, DW_ROWS(acts));
	tcase_add_loop_test(tests, a_truncated_answer_is_asked_again_by_tcp, 0, DW_ROWS(acts));
	tcase_add_test(tests, single_octets_interrupts_and_waits_make_an_answer_too);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
