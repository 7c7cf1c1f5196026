#include "dns/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include "support/loopserver.h"
#include "support/suite.h"

static const int families[] = {AF_INET, AF_INET6};
static const struct dw_address any;

static void close_it(struct dw_loopserver *server, int connection)
{
	(void)server;
	(void)connection;
}

static void drop(
	struct dw_loopserver *server, const uint8_t *wire, size_t length, const struct dw_address *from)
{
	(void)server;
	(void)wire;
	(void)length;
	(void)from;
}

START_TEST(what_is_left_out_is_the_systems)
{
	struct dw_transport_calls system = dw_transport_calls(NULL);
	struct dw_transport_calls own = {.context = &own, .close = system.close};
	struct dw_transport_calls mixed = dw_transport_calls(&own);

	ck_assert_ptr_eq(mixed.context, &own);
	mixed.context = NULL;
	ck_assert_mem_eq(&mixed, &system, sizeof(mixed));
}
END_TEST

START_TEST(a_stream_connects_with_the_segment_that_was_asked_for)
{
	struct dw_transport_calls calls = dw_transport_calls(NULL);
	struct dw_loopserver server = {.datagram = drop, .stream = close_it};
	int segment = 0;
	socklen_t length = sizeof(segment);

	dw_loopserver_start(&server, families[_i]);
	int stream = calls.open_stream(NULL, &server.address, &any, 700);
	ck_assert_int_ge(stream, 0);
	struct pollfd writable = {.fd = stream, .events = POLLOUT};
	ck_assert_int_eq(poll(&writable, 1, 5000), 1);
	ck_assert_int_eq(calls.outcome(NULL, stream), 0);
	ck_assert_int_eq(getsockopt(stream, IPPROTO_TCP, TCP_MAXSEG, &segment, &length), 0);
	ck_assert_int_le(segment, 700);
	ck_assert_int_gt(segment, 600);
	calls.close(NULL, stream);
	dw_loopserver_stop(&server);
}
END_TEST

START_TEST(a_stream_to_a_closed_port_is_refused)
{
	struct dw_transport_calls calls = dw_transport_calls(NULL);
	struct dw_loopserver server = {.datagram = drop};

	dw_loopserver_start(&server, families[_i]);
	int stream = calls.open_stream(NULL, &server.address, &any, 1220);
	if (stream >= 0) {
		struct pollfd writable = {.fd = stream, .events = POLLOUT};

		ck_assert_int_eq(poll(&writable, 1, 5000), 1);
		ck_assert_int_eq(calls.outcome(NULL, stream), ECONNREFUSED);
		calls.close(NULL, stream);
	} else {
		ck_assert_int_eq(errno, ECONNREFUSED);
	}
	dw_loopserver_stop(&server);
}
END_TEST

START_TEST(sockets_do_not_block_and_are_not_inherited)
{
	struct dw_transport_calls calls = dw_transport_calls(NULL);
	uint8_t octets[16];
	struct iovec vector = {octets, sizeof(octets)};
	struct mmsghdr message = {.msg_hdr = {.msg_iov = &vector, .msg_iovlen = 1}};
	int socket = calls.open_datagrams(NULL, families[_i], &any);

	ck_assert_int_ge(socket, 0);
	ck_assert_int_eq(calls.receive_many(NULL, socket, &message, 1), -1);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_int_eq(calls.receive_error(NULL, socket, &message.msg_hdr), -1);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_int_ne(fcntl(socket, F_GETFD) & FD_CLOEXEC, 0);
	ck_assert_int_gt(calls.buffer_size(NULL, socket), 2304);
	calls.close(NULL, socket);
	ck_assert_int_eq(calls.buffer_size(NULL, socket), -1);
}
END_TEST

START_TEST(randomness_is_random)
{
	struct dw_transport_calls calls = dw_transport_calls(NULL);
	uint8_t first[16] = {0}, second[16] = {0};

	ck_assert_int_eq(calls.randomness(NULL, first, sizeof(first)), 16);
	ck_assert_int_eq(calls.randomness(NULL, second, sizeof(second)), 16);
	ck_assert_mem_ne(first, second, sizeof(first));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("transport");
	TCase *tests = tcase_create("transport");

	tcase_add_test(tests, what_is_left_out_is_the_systems);
	tcase_add_loop_test(tests, a_stream_connects_with_the_segment_that_was_asked_for, 0, DW_ROWS(families));
	tcase_add_loop_test(tests, a_stream_to_a_closed_port_is_refused, 0, DW_ROWS(families));
	tcase_add_loop_test(tests, sockets_do_not_block_and_are_not_inherited, 0, DW_ROWS(families));
	tcase_add_test(tests, randomness_is_random);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
