#include "dns/peer.h"

#include "support/fakenet.h"
#include "support/suite.h"

#define MANY 2000

static struct dw_peers peers;
static struct dw_flight flights[8];

static void begin(unsigned per_server)
{
	peers = (struct dw_peers){.per_server = per_server, .memory = 10500, .seed = 4711};
}

/* Lets flight `at` wait at a server. */
static void wait_at(unsigned at, unsigned server)
{
	struct dw_address address = dw_fakenet_server(server);

	flights[at] = (struct dw_flight){.peer = dw_peers_find(&peers, &address, 0), .tries = 3};
	dw_peer_wait(&peers, &flights[at]);
}

/* The index of the flight whose turn it is to be sent; -1 for nobody's. */
static int turn(dw_deadline now)
{
	struct dw_flight *flight = NULL;

	return dw_peers_turn(&peers, now, &flight) == DW_TURN_SEND ? (int)(flight - flights) : -1;
}

START_TEST(servers_take_turns)
{
	static const unsigned servers[6] = {1, 1, 1, 2, 2, 3};
	static const int order[7] = {0, 3, 5, 1, 4, 2, -1};

	begin(64);
	for (unsigned i = 0; i < 6; i++)
		wait_at(i, servers[i]);
	for (unsigned i = 0; i < 7; i++)
		ck_assert_int_eq(turn(0), order[i]);
	dw_peers_fini(&peers);
}
END_TEST

START_TEST(a_server_has_no_more_in_flight_than_it_may)
{
	begin(2);
	for (unsigned i = 0; i < 4; i++)
		wait_at(i, 1);
	ck_assert_int_eq(turn(0), 0);
	ck_assert_int_eq(turn(0), 1);
	ck_assert_int_eq(turn(0), -1);
	dw_peer_leave(&peers, &flights[0]);
	ck_assert_int_eq(turn(0), 2);
	ck_assert_int_eq(turn(0), -1);
	dw_peers_fini(&peers);
}
END_TEST

/* Takes turns as long as there are any, and returns how many there were. */
static unsigned turns(void)
{
	struct dw_flight *flight;
	unsigned n = 0;

	while (dw_peers_turn(&peers, 0, &flight) == DW_TURN_SEND)
		n++;
	return n;
}

START_TEST(every_answer_lets_a_new_server_have_one_more_in_flight)
{
	static struct dw_flight many[3 * DW_PEER_FIRST];
	const struct dw_address address = dw_fakenet_server(1);

	begin(2 * DW_PEER_FIRST);
	struct dw_peer *peer = dw_peers_find(&peers, &address, 0);
	for (unsigned i = 0; i < 3 * DW_PEER_FIRST; i++) {
		many[i] = (struct dw_flight){.peer = peer, .tries = 3, .attempts = 3};
		dw_peer_wait(&peers, &many[i]);
	}
	ck_assert_uint_eq(turns(), DW_PEER_FIRST);
	/* Silence is no answer, however long ago the silence before it was. */
	dw_peer_silent(&peers, &many[0], 1000000);
	dw_peer_leave(&peers, &many[0]);
	ck_assert_uint_eq(turns(), 1);
	for (unsigned i = 0; i < 3; i++) {
		dw_peer_heard(peer);
		dw_peer_leave(&peers, &many[i + 1]);
	}
	ck_assert_uint_eq(turns(), 6);
	for (unsigned i = 0; i < DW_PEER_FIRST; i++)
		dw_peer_heard(peer);
	dw_peer_leave(&peers, &many[4]);
	ck_assert_uint_eq(peer->in_flight + turns(), 2 * DW_PEER_FIRST);
	/* One that was down is new again. */
	for (unsigned i = 0; i < DW_PEER_SILENT_MAX; i++)
		dw_peer_silent(&peers, &many[5], 1000000);
	ck_assert(peer->down);
	dw_peer_heard(peer);
	peer->in_flight = DW_PEER_FIRST + 1;
	ck_assert_uint_eq(turns(), 0);
	dw_peers_fini(&peers);
}
END_TEST

START_TEST(who_was_taken_back_has_the_next_turn)
{
	begin(64);
	for (unsigned i = 0; i < 4; i++)
		wait_at(i, 1 + i % 2);
	ck_assert_int_eq(turn(0), 0);
	dw_peer_wait_first(&peers, &flights[0]);
	ck_assert_uint_eq(flights[0].peer->in_flight, 0);
	ck_assert_int_eq(turn(0), 0);
	ck_assert_int_eq(turn(0), 1);
	dw_peers_fini(&peers);
}
END_TEST

START_TEST(who_is_forgotten_has_no_turn)
{
	begin(64);
	for (unsigned i = 0; i < 3; i++)
		wait_at(i, 1);
	dw_peer_forget(&peers, &flights[1]);
	ck_assert_int_eq(turn(0), 0);
	ck_assert_int_eq(turn(0), 2);
	ck_assert_int_eq(turn(0), -1);
	wait_at(3, 2);
	dw_peer_forget(&peers, &flights[3]);
	ck_assert_int_eq(turn(0), -1);
	dw_peers_fini(&peers);
}
END_TEST

/* `silent` attempts without an answer, the last being attempt number `attempts` of three. */
static const struct {
	unsigned silent, attempts;
	bool heard_between;
	bool patient;
	bool down;
} silences[] = {
	{3, 2, false, false, false},
	{4, 2, false, false, true},
	{4, 1, false, false, false}, /* one burst */
	{9, 1, false, false, false},
	{4, 3, false, false, true},
	{4, 3, true, false, false},
	{9, 3, false, true, false},
};

START_TEST(four_silent_attempts_in_a_row_are_a_dead_server)
{
	begin(64);
	peers.patient = silences[_i].patient;
	wait_at(0, 1);
	ck_assert_int_eq(turn(0), 0);
	flights[0].attempts = 1;
	for (unsigned i = 1; i < silences[_i].silent; i++)
		dw_peer_silent(&peers, &flights[0], 100);
	if (silences[_i].heard_between)
		dw_peer_heard(flights[0].peer);
	flights[0].attempts = silences[_i].attempts;
	dw_peer_silent(&peers, &flights[0], 200);
	ck_assert_int_eq(flights[0].peer->down, silences[_i].down);
	dw_peers_fini(&peers);
}
END_TEST

/* Server 1 is down at 100 with flight 0 in flight. */
static void down_with_one(void)
{
	begin(64);
	wait_at(0, 1);
	ck_assert_int_eq(turn(0), 0);
	flights[0].attempts = 2;
	for (unsigned i = 0; i < DW_PEER_SILENT_MAX; i++)
		dw_peer_silent(&peers, &flights[0], 100);
}

START_TEST(a_dead_server_has_one_probe_and_the_others_fail)
{
	struct dw_flight *flight;

	down_with_one();
	wait_at(1, 1);
	ck_assert_int_eq(dw_peers_turn(&peers, 200, &flight), DW_TURN_FAIL);
	ck_assert_ptr_eq(flight, &flights[1]);
	dw_peer_forget(&peers, flight);
	dw_peer_leave(&peers, &flights[0]);
	wait_at(2, 1);
	wait_at(3, 1);
	ck_assert_int_eq(turn(200), 2);
	ck_assert(flights[2].probe);
	ck_assert_int_eq(dw_peers_turn(&peers, 200, &flight), DW_TURN_FAIL);
	ck_assert_ptr_eq(flight, &flights[3]);
	dw_peer_heard(flights[2].peer);
	ck_assert_int_eq(turn(200), 3);
	ck_assert(!flights[3].probe);
	dw_peers_fini(&peers);
}
END_TEST

START_TEST(old_silence_tells_nothing)
{
	down_with_one();
	wait_at(1, 1);
	ck_assert_int_eq(turn(100 + 10501), 1);
	ck_assert(!flights[1].probe);
	flights[1].attempts = 3;
	dw_peer_silent(&peers, &flights[1], 20000);
	ck_assert_uint_eq(flights[1].peer->n_silent, 1);
	dw_peers_fini(&peers);
}
END_TEST

START_TEST(a_server_is_found_again_and_idle_ones_are_forgotten)
{
	struct dw_address first = dw_fakenet_server(0), second = dw_fakenet_server(1);

	begin(64);
	struct dw_peer *kept = dw_peers_find(&peers, &first, 0);
	flights[0] = (struct dw_flight){.peer = kept};
	dw_peer_wait(&peers, &flights[0]);
	ck_assert_ptr_eq(dw_peers_find(&peers, &first, 0), kept);
	ck_assert_ptr_ne(dw_peers_find(&peers, &second, 0), kept);
	for (unsigned i = 1; i < MANY; i++) {
		struct dw_address address = dw_fakenet_server(i);

		ck_assert_ptr_nonnull(dw_peers_find(&peers, &address, 0));
	}
	ck_assert_ptr_eq(dw_peers_find(&peers, &first, 0), kept);
	ck_assert_uint_lt(peers.n_peers, MANY);
	ck_assert_int_eq(turn(0), 0);
	dw_peers_fini(&peers);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("peer");
	TCase *tests = tcase_create("peer");

	tcase_add_test(tests, servers_take_turns);
	tcase_add_test(tests, a_server_has_no_more_in_flight_than_it_may);
	tcase_add_test(tests, every_answer_lets_a_new_server_have_one_more_in_flight);
	tcase_add_test(tests, who_was_taken_back_has_the_next_turn);
	tcase_add_test(tests, who_is_forgotten_has_no_turn);
	tcase_add_loop_test(tests, four_silent_attempts_in_a_row_are_a_dead_server, 0, DW_ROWS(silences));
	tcase_add_test(tests, a_dead_server_has_one_probe_and_the_others_fail);
	tcase_add_test(tests, old_silence_tells_nothing);
	tcase_add_test(tests, a_server_is_found_again_and_idle_ones_are_forgotten);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
