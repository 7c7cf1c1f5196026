#include "dns/datagram.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "dns/wire.h"

#include "support/loopserver.h"
#include "support/suite.h"

static struct dw_transport_calls calls;
static struct dw_datagrams datagrams;

static void begin(int family)
{
	calls = dw_transport_calls(NULL);
	datagrams = (struct dw_datagrams){
		.calls = &calls, .epoll = epoll_create1(EPOLL_CLOEXEC), .family = family, .n_max = 3};
	ck_assert_int_ge(datagrams.epoll, 0);
}

static void end(void)
{
	dw_datagrams_fini(&datagrams);
	close(datagrams.epoll);
}

static void wait_for(uint32_t what)
{
	struct epoll_event event;

	ck_assert_int_eq(epoll_wait(datagrams.epoll, &event, 1, 5000), 1);
	ck_assert_uint_ne(event.events & what, 0);
}

START_TEST(sockets_are_opened_when_the_others_are_full)
{
	struct dw_datagram_socket *socket, *sockets[3];

	begin(AF_INET);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_int_eq(dw_datagrams_socket(&datagrams, &sockets[i], NULL), DW_OK);
		ck_assert_uint_eq(datagrams.n_sockets, i + 1);
		/* As many as surely fit, and not many more. */
		ck_assert_uint_gt(sockets[i]->window, 1);
		ck_assert_int_le(
			(int)sockets[i]->window * DW_DATAGRAM_COST, calls.buffer_size(calls.context, sockets[i]->socket));
		sockets[i]->in_flight = sockets[i]->window - 1;
		ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
		ck_assert_ptr_eq(socket, sockets[i]);
		sockets[i]->in_flight++;
	}
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_LIMIT);
	sockets[1]->in_flight--;
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
	ck_assert_ptr_eq(socket, sockets[1]);
	end();
}
END_TEST

START_TEST(questions_that_are_spread_leave_by_each_socket_in_turn)
{
	struct dw_datagram_socket *sockets[7];

	begin(AF_INET);
	datagrams.n_spread = 2;
	for (unsigned i = 0; i < 7; i++)
		ck_assert_int_eq(dw_datagrams_socket(&datagrams, &sockets[i], NULL), DW_OK);
	ck_assert_uint_eq(datagrams.n_sockets, 2);
	for (unsigned i = 1; i < 7; i++)
		ck_assert_ptr_ne(sockets[i], sockets[i - 1]);
	/* Where one is full the others do, and more are opened. */
	sockets[0]->in_flight = sockets[0]->window;
	for (unsigned i = 0; i < 7; i++) {
		ck_assert_int_eq(dw_datagrams_socket(&datagrams, &sockets[i], NULL), DW_OK);
		ck_assert_uint_lt(sockets[i]->in_flight, sockets[i]->window);
	}
	sockets[0]->in_flight = sockets[0]->window;
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &sockets[0], NULL), DW_OK);
	ck_assert_uint_eq(datagrams.n_sockets, 3);
	end();
}
END_TEST

/* Receive buffers, and how many questions may then be in flight. */
static const struct {
	int octets;
	unsigned window;
} buffers[] = {
	{-1, 1},
	{0, 1},
	{DW_DATAGRAM_COST, 1},
	{2 * DW_DATAGRAM_COST - 1, 1},
	{2 * DW_DATAGRAM_COST, 2},
	{INT_MAX, DW_DATAGRAM_WINDOW},
};

static int buffer_size(void *context, int socket)
{
	(void)socket;
	return *(const int *)context;
}

START_TEST(the_window_fits_the_receive_buffer_within_bounds)
{
	struct dw_datagram_socket *socket;
	int octets = buffers[_i].octets;

	begin(AF_INET);
	calls.context = &octets;
	calls.buffer_size = buffer_size;
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
	ck_assert_uint_eq(socket->window, buffers[_i].window);
	end();
}
END_TEST

static void echo(
	struct dw_loopserver *server, const uint8_t *wire, size_t length, const struct dw_address *from)
{
	dw_loopserver_send(server, from, wire, length);
}

/* Fills the outbox with questions to one server, with the ids 0, 1, ... */
static void fill(struct dw_datagram_socket *socket, struct dw_address *server, unsigned n)
{
	struct dw_ask question = {.name = dw_name_root, .type = DW_TYPE_SOA};

	datagrams.outbox->socket = socket;
	datagrams.outbox->n = 0;
	for (unsigned i = 0; i < n; i++)
		dw_outbox_add(datagrams.outbox, NULL, server, &question, (uint16_t)i);
}

static const int families[] = {AF_INET, AF_INET6};

START_TEST(a_batch_goes_and_comes_back_with_its_source)
{
	struct dw_loopserver server = {.datagram = echo};
	struct dw_inbox *inbox = dw_inbox_new();
	struct dw_datagram_socket *socket;
	unsigned n_received = 0;

	ck_assert_ptr_nonnull(inbox);
	dw_loopserver_start(&server, families[_i]);
	begin(families[_i]);
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
	ck_assert_uint_eq(dw_inbox_receive(&calls, inbox, socket), 0);
	fill(socket, &server.address, DW_DATAGRAM_BATCH);
	dw_outbox_send(&calls, datagrams.outbox);
	while (n_received < DW_DATAGRAM_BATCH) {
		wait_for(EPOLLIN);
		unsigned n = dw_inbox_receive(&calls, inbox, socket);
		for (unsigned i = 0; i < n; i++) {
			ck_assert(dw_address_equal(&inbox->sources[i], &server.address));
			ck_assert_uint_eq(inbox->messages[i].msg_len, 17);
			ck_assert_uint_eq(inbox->octets[i][1], n_received++);
		}
	}
	end();
	dw_loopserver_stop(&server);
	free(inbox);
}
END_TEST

START_TEST(a_closed_port_is_told_of_and_hurts_no_other_server)
{
	struct dw_loopserver server = {.datagram = echo}, closed = {.datagram = echo};
	struct dw_datagram_socket *socket;
	struct dw_datagram_error error;
	struct dw_inbox *inbox = dw_inbox_new();

	ck_assert_ptr_nonnull(inbox);
	dw_loopserver_start(&server, families[_i]);
	dw_loopserver_start(&closed, families[_i]);
	dw_loopserver_stop(&closed);
	begin(families[_i]);
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
	fill(socket, &closed.address, 3);
	/* The second server's question goes out behind refused ones. */
	datagrams.outbox->messages[2].msg_hdr.msg_name = &server.address.socket;
	dw_outbox_send(&calls, datagrams.outbox);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_int_eq(datagrams.outbox->failures[i], 0);
	wait_for(EPOLLERR);
	for (unsigned i = 0; i < 2; i++) {
		ck_assert(dw_datagram_error(&calls, socket, &error));
		ck_assert_int_eq(error.cause, ECONNREFUSED);
		ck_assert(dw_address_equal(&error.server, &closed.address));
		ck_assert(error.has_id);
		ck_assert_uint_eq(error.id, i);
	}
	ck_assert(!dw_datagram_error(&calls, socket, &error));
	wait_for(EPOLLIN);
	ck_assert_uint_eq(dw_inbox_receive(&calls, inbox, socket), 1);
	end();
	dw_loopserver_stop(&server);
	free(inbox);
}
END_TEST

/* Sockets that cannot be had. */
static const struct {
	const char *source;
	int family;
	enum dw_status status;
} unusable[] = {
	{"192.0.2.77", AF_INET, DW_NO_ROUTE},
	{"2001:db8::77", AF_INET6, DW_NO_ROUTE},
};

START_TEST(a_source_that_is_not_ours_is_no_route)
{
	struct dw_datagram_socket *socket;
	struct dw_error error = {0};

	begin(unusable[_i].family);
	ck_assert_int_eq(dw_address_parse(unusable[_i].source, 0, &datagrams.source, NULL), DW_OK);
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, &error), unusable[_i].status);
	ck_assert_str_eq(error.text, "UDP socket: Cannot assign requested address");
	end();
}
END_TEST

START_TEST(questions_leave_from_the_source_that_was_asked_for)
{
	struct dw_datagram_socket *socket;
	struct dw_address local = {.length = sizeof(local.socket)};

	begin(AF_INET);
	ck_assert_int_eq(dw_address_parse("127.0.0.7", 0, &datagrams.source, NULL), DW_OK);
	ck_assert_int_eq(dw_datagrams_socket(&datagrams, &socket, NULL), DW_OK);
	ck_assert_int_eq(getsockname(socket->socket, &local.socket.any, &local.length), 0);
	ck_assert_uint_eq(ntohl(local.socket.v4.sin_addr.s_addr), 0x7F000007);
	ck_assert_uint_ne(dw_address_port(&local), 0);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("datagram");
	TCase *tests = tcase_create("datagram");

	tcase_add_test(tests, sockets_are_opened_when_the_others_are_full);
	tcase_add_test(tests, questions_that_are_spread_leave_by_each_socket_in_turn);
	tcase_add_loop_test(
		tests, the_window_fits_the_receive_buffer_within_bounds, 0, sizeof(buffers) / sizeof(buffers[0]));
	tcase_add_loop_test(tests, a_batch_goes_and_comes_back_with_its_source, 0, DW_ROWS(families));
	tcase_add_loop_test(tests, a_closed_port_is_told_of_and_hurts_no_other_server, 0, DW_ROWS(families));
	tcase_add_loop_test(tests, a_source_that_is_not_ours_is_no_route, 0, DW_ROWS(unusable));
	tcase_add_test(tests, questions_leave_from_the_source_that_was_asked_for);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
