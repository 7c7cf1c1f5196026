#include "dns/flight.h"

#include <string.h>

#include "dns/wire.h"

#include "support/fakenet.h"
#include "support/suite.h"

static struct dw_fakenet net;
static struct dw_flights flights;

static void begin(void)
{
	dw_fakenet_init(&net, NULL, NULL);
	flights = (struct dw_flights){.calls = &net.calls};
}

static struct dw_flight *make(const char *name, unsigned server)
{
	struct dw_question question = {.ask = {.type = DW_TYPE_SOA}, .server = dw_fakenet_server(server)};

	ck_assert_int_eq(dw_name_parse(name, &question.ask.name, NULL), DW_OK);
	struct dw_flight *flight = dw_flight_new(&flights, &question);
	ck_assert_ptr_nonnull(flight);
	return flight;
}

/* Who is met by the true answer to the question of a flight. */
static struct dw_flight *met(const struct dw_datagram_socket *socket, const struct dw_flight *flight)
{
	uint8_t wire[DW_QUESTION_MAX];
	size_t length = dw_ask_write(&flight->question.ask, flight->id, wire);

	wire[2] |= 0x80;
	return dw_flight_match(socket, &flight->question.server, wire, length);
}

START_TEST(flights_on_one_socket_have_ids_of_their_own)
{
	struct dw_datagram_socket socket = {0};
	struct dw_flight *three[3];

	begin();
	for (unsigned i = 0; i < 3; i++) {
		three[i] = make("a.example", 1);
		three[i]->id = 0xFFFF;
		dw_flight_book(three[i], &socket);
	}
	ck_assert_uint_eq(socket.in_flight, 3);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_ptr_eq(met(&socket, three[i]), three[i]);
	dw_flight_unbook(three[1]);
	ck_assert_ptr_null(met(&socket, three[1]));
	ck_assert_ptr_eq(met(&socket, three[0]), three[0]);
	ck_assert_ptr_eq(met(&socket, three[2]), three[2]);
	ck_assert_uint_eq(socket.in_flight, 2);
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(a_datagram_of_another_server_or_question_is_nobodys)
{
	struct dw_datagram_socket socket = {0};

	begin();
	struct dw_flight *flight = make("a.example", 1);
	struct dw_flight *elsewhere = make("a.example", 2), *other = make("b.example", 1);
	dw_flight_book(flight, &socket);
	elsewhere->id = other->id = flight->id;
	ck_assert_ptr_eq(met(&socket, flight), flight);
	ck_assert_ptr_null(met(&socket, elsewhere));
	ck_assert_ptr_null(met(&socket, other));
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(a_datagram_of_another_socket_is_nobodys)
{
	struct dw_datagram_socket socket = {0}, other = {0};

	begin();
	struct dw_flight *flight = make("a.example", 1);
	dw_flight_book(flight, &socket);
	ck_assert_ptr_eq(met(&socket, flight), flight);
	ck_assert_ptr_null(met(&other, flight));
	ck_assert_ptr_null(dw_flight_match(&socket, &flight->question.server, (const uint8_t *)"x", 1));
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(what_was_ignored_while_a_flight_waited_is_counted)
{
	struct dw_datagram_socket socket = {.n_ignored = 10};

	begin();
	struct dw_flight *flight = make("a.example", 1);
	dw_flight_book(flight, &socket);
	socket.n_ignored += 3;
	dw_flight_unbook(flight);
	ck_assert_uint_eq(flight->n_ignored, 3);
	dw_flight_unbook(flight);
	ck_assert_uint_eq(socket.in_flight, 0);
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(ids_spread_over_all_their_bits)
{
	uint16_t ones = 0, zeros = 0;

	begin();
	for (unsigned i = 0; i < 100; i++) {
		struct dw_flight *flight = make("a.example", 1);

		ones |= flight->id;
		zeros |= (uint16_t)~flight->id;
		dw_flight_free(&flights, flight);
	}
	ck_assert_uint_eq(ones, 0xFFFF);
	ck_assert_uint_eq(zeros, 0xFFFF);
	dw_flights_fini(&flights);
}
END_TEST

static ssize_t no_randomness(void *context, void *octets, size_t length)
{
	(void)context;
	(void)octets;
	(void)length;
	return -1;
}

START_TEST(without_randomness_nothing_is_asked)
{
	struct dw_question question = {.server = dw_fakenet_server(1)};

	begin();
	net.calls.randomness = no_randomness;
	ck_assert_ptr_null(dw_flight_new(&flights, &question));
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(a_freed_flight_is_used_again_and_clean)
{
	begin();
	struct dw_flight *flight = make("a.example", 1);
	flight->attempts = 3;
	flight->truncated = true;
	dw_flight_free(&flights, flight);
	struct dw_flight *again = make("b.example", 2);
	ck_assert_ptr_eq(again, flight);
	ck_assert_uint_eq(again->attempts, 0);
	ck_assert(!again->truncated);
	dw_flights_fini(&flights);
}
END_TEST

START_TEST(a_list_keeps_its_order_whoever_leaves)
{
	struct dw_flight_list list = {0};
	struct dw_flight three[3];

	memset(three, 0, sizeof(three));
	for (unsigned left = 0; left < 3; left++) {
		for (unsigned i = 0; i < 3; i++)
			dw_flight_append(&list, &three[i]);
		dw_flight_remove(&list, &three[left]);
		ck_assert_ptr_eq(list.first, &three[left == 0 ? 1 : 0]);
		ck_assert_ptr_eq(list.first->behind, list.last);
		ck_assert_ptr_eq(list.last, &three[left == 2 ? 1 : 2]);
		dw_flight_remove(&list, list.first);
		dw_flight_remove(&list, list.first);
		ck_assert_ptr_null(list.last);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("flight");
	TCase *tests = tcase_create("flight");

	tcase_add_test(tests, flights_on_one_socket_have_ids_of_their_own);
	tcase_add_test(tests, a_datagram_of_another_server_or_question_is_nobodys);
	tcase_add_test(tests, a_datagram_of_another_socket_is_nobodys);
	tcase_add_test(tests, what_was_ignored_while_a_flight_waited_is_counted);
	tcase_add_test(tests, ids_spread_over_all_their_bits);
	tcase_add_test(tests, without_randomness_nothing_is_asked);
	tcase_add_test(tests, a_freed_flight_is_used_again_and_clean);
	tcase_add_test(tests, a_list_keeps_its_order_whoever_leaves);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
