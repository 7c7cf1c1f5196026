#include "dns/volley.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

#define MOST     8
#define ROOM     64 /* octets for each datagram */
#define SERVERS  2
#define FAMILIES 2

/*
 * Datagrams by their lengths; a 'b' in `servers` goes to the second server, a '|' in `gaps` has a gap before
 * it.
 */
static const struct {
	unsigned n;
	uint8_t lengths[MOST];
	const char *servers;
	const char *gaps;
	int journeys; /* sends, as the receivers see them */
} rows[] = {
	{1, {20}, "a", " ", 1},
	{3, {20, 20, 20}, "aaa", "   ", 3},
	{4, {20, 20, 20, 20}, "aaaa", "    ", 1},
	{8, {20, 20, 20, 20, 20, 20, 20, 20}, "aaaaaaaa", "        ", 1},
	{5, {20, 20, 20, 20, 12}, "aaaaa", "     ", 1},
	{5, {20, 20, 20, 20, 28}, "aaaaa", "     ", 2},
	{8, {20, 20, 20, 12, 12, 12, 12, 12}, "aaaaaaaa", "        ", 2},
	{5, {20, 12, 20, 12, 20}, "aaaaa", "     ", 5},
	{8, {20, 20, 20, 20, 20, 20, 20, 20}, "aaaabbbb", "        ", 2},
	{8, {20, 20, 20, 20, 20, 20, 20, 20}, "abababab", "        ", 8},
	{8, {20, 20, 20, 20, 20, 20, 20, 20}, "aaaaaaaa", "    |   ", 2},
	{4, {20, 20, 20, 20}, "aaaa", " | |", 4},
	{4, {20, 20, 0, 20}, "aaaa", "    ", 4},
};

static const int families[FAMILIES] = {AF_INET, AF_INET6};

/* Two servers, a socket that speaks to them, and what it is to say. */
static struct {
	int servers[SERVERS], asking;
	struct sockaddr_storage addresses[SERVERS];
	socklen_t length;
	uint8_t octets[MOST * (ROOM + 1)];
	struct iovec vectors[MOST];
	struct mmsghdr messages[MOST];
} net;

static int open_one(int family, struct sockaddr_storage *address)
{
	int opened = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(opened, 0);
	memset(address, 0, sizeof(*address));
	address->ss_family = (sa_family_t)family;
	net.length = family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	if (family == AF_INET6)
		((struct sockaddr_in6 *)address)->sin6_addr = in6addr_loopback;
	else
		((struct sockaddr_in *)address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(opened, (struct sockaddr *)address, net.length), 0);
	ck_assert_int_eq(getsockname(opened, (struct sockaddr *)address, &net.length), 0);
	return opened;
}

/* `uncut`: what left as one is received as one. */
static void begin(int family, bool uncut)
{
	struct sockaddr_storage unused;

	for (unsigned i = 0; i < SERVERS; i++) {
		net.servers[i] = open_one(family, &net.addresses[i]);
		if (uncut)
			ck_assert_int_eq(setsockopt(net.servers[i], IPPROTO_UDP, UDP_GRO, &(int){1}, sizeof(int)), 0);
	}
	net.asking = open_one(family, &unused);
}

static void end(void)
{
	for (unsigned i = 0; i < SERVERS; i++)
		close(net.servers[i]);
	close(net.asking);
}

/* Writes the datagrams of a row; each is filled with its number. */
static void write_row(int row)
{
	uint8_t *at = net.octets;

	for (unsigned i = 0; i < rows[row].n; i++) {
		size_t length = rows[row].lengths[i];

		at += rows[row].gaps[i] == '|' ? 1 : 0;
		memset(at, (int)i, length);
		net.vectors[i] = (struct iovec){at, length};
		net.messages[i] =
			(struct mmsghdr){.msg_hdr = {.msg_name = &net.addresses[rows[row].servers[i] == 'b'],
								 .msg_namelen = net.length,
								 .msg_iov = &net.vectors[i],
								 .msg_iovlen = 1}};
		at += length;
	}
}

static void send_row(int row)
{
	unsigned at = 0;

	write_row(row);
	while (at < rows[row].n) {
		int sent = dw_volley_send(net.asking, net.messages + at, rows[row].n - at);

		ck_assert_int_gt(sent, 0);
		at += (unsigned)sent;
	}
	ck_assert_uint_eq(at, rows[row].n);
}

/* Every datagram of the row is there, in its order, at its server, and nothing else. */
static void expect_row(int row)
{
	uint8_t octets[ROOM];

	for (unsigned i = 0; i < rows[row].n; i++) {
		ssize_t length = recv(net.servers[rows[row].servers[i] == 'b'], octets, sizeof(octets), 0);

		ck_assert_int_eq(length, rows[row].lengths[i]);
		for (ssize_t j = 0; j < length; j++)
			ck_assert_uint_eq(octets[j], i);
	}
	for (unsigned i = 0; i < SERVERS; i++)
		ck_assert_int_eq(recv(net.servers[i], octets, sizeof(octets), 0), -1);
}

START_TEST(datagrams_arrive_as_they_were_given)
{
	for (unsigned i = 0; i < FAMILIES; i++) {
		begin(families[i], false);
		send_row(_i);
		expect_row(_i);
		end();
	}
}
END_TEST

START_TEST(equally_long_ones_to_one_server_leave_together)
{
	uint8_t octets[MOST * ROOM];
	socklen_t length = sizeof(int);
	int size, journeys = 0;

	begin(AF_INET, true);
	/* A kernel that cannot cut sends all of them alone, which the other tests see. */
	bool able = getsockopt(net.asking, IPPROTO_UDP, UDP_SEGMENT, &size, &length) == 0;
	send_row(_i);
	for (unsigned i = 0; i < SERVERS; i++) {
		while (recv(net.servers[i], octets, sizeof(octets), 0) >= 0)
			journeys++;
	}
	ck_assert_int_eq(journeys, able ? rows[_i].journeys : (int)rows[_i].n);
	end();
}
END_TEST

START_TEST(where_volleys_cannot_be_cut_datagrams_leave_alone)
{
	begin(AF_INET, false);
	/* Without a checksum there is nothing to cut by. */
	ck_assert_int_eq(setsockopt(net.asking, SOL_SOCKET, SO_NO_CHECK, &(int){1}, sizeof(int)), 0);
	send_row(_i);
	expect_row(_i);
	end();
}
END_TEST

START_TEST(more_than_a_volley_are_left_to_the_next_call)
{
	struct mmsghdr messages[DW_VOLLEY_MAX + 5];
	struct iovec vectors[DW_VOLLEY_MAX + 5];
	uint8_t octets[2 * (DW_VOLLEY_MAX + 5)] = {0};

	begin(AF_INET, false);
	for (unsigned i = 0; i < DW_VOLLEY_MAX + 5; i++) {
		vectors[i] = (struct iovec){octets + (size_t)2 * i, 2};
		messages[i] = (struct mmsghdr){.msg_hdr = {.msg_name = &net.addresses[0],
										   .msg_namelen = net.length,
										   .msg_iov = &vectors[i],
										   .msg_iovlen = 1}};
	}
	ck_assert_int_eq(dw_volley_send(net.asking, messages, DW_VOLLEY_MAX + 5), DW_VOLLEY_MAX);
	ck_assert_int_eq(dw_volley_send(net.asking, messages + DW_VOLLEY_MAX, 5), 5);
	for (unsigned i = 0; i < DW_VOLLEY_MAX + 5; i++)
		ck_assert_int_eq(recv(net.servers[0], octets, sizeof(octets), 0), 2);
	ck_assert_int_eq(recv(net.servers[0], octets, sizeof(octets), 0), -1);
	end();
}
END_TEST

START_TEST(what_cannot_be_sent_says_why)
{
	begin(AF_INET, false);
	write_row(3);
	for (unsigned i = 0; i < rows[3].n; i++)
		((struct sockaddr_in *)net.messages[i].msg_hdr.msg_name)->sin_addr.s_addr = INADDR_BROADCAST;
	ck_assert_int_eq(dw_volley_send(net.asking, net.messages, rows[3].n), -1);
	ck_assert_int_eq(errno, EACCES);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("volley");
	TCase *tests = tcase_create("volley");

	tcase_add_loop_test(tests, datagrams_arrive_as_they_were_given, 0, DW_ROWS(rows));
	tcase_add_loop_test(tests, equally_long_ones_to_one_server_leave_together, 0, DW_ROWS(rows));
	tcase_add_loop_test(tests, where_volleys_cannot_be_cut_datagrams_leave_alone, 0, DW_ROWS(rows));
	tcase_add_test(tests, more_than_a_volley_are_left_to_the_next_call);
	tcase_add_test(tests, what_cannot_be_sent_says_why);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
