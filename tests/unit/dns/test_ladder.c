#include "dns/ladder.h"

#include <stdio.h>
#include <stdlib.h>

#include "dns/rung.h"
#include "support/pathway.h"
#include "support/suite.h"

static struct dw_payload_address address;
static struct dw_ladder ladder;
static struct dw_ladder_wish wishes[DW_LADDER_WISHES_MAX];

static void begin(unsigned n_records, bool via)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	plan.via = via;
	plan.n_records = n_records;
	for (unsigned i = 0; i < n_records; i++) {
		char name[32];
		snprintf(name, sizeof(name), "r%u.example.org", i);
		ck_assert_int_eq(dw_name_parse(name, &plan.records[i].name, NULL), DW_OK);
		plan.records[i].type = DW_TYPE_TXT;
	}
	ladder = (struct dw_ladder){.via = via, .budget = 7000};
	ck_assert_int_eq(dw_rungs_new(&plan, &address.rungs, &address.n_rungs, NULL), DW_OK);
}

static void end(void)
{
	free(address.rungs);
}

/* Ends all wishes of a round: those of rungs that are `silent` in vain, the others with an answer. */
static void play(unsigned n, bool (*silent)(const struct dw_payload_rung *rung))
{
	for (unsigned i = 0; i < n; i++) {
		struct dw_payload_rung *rung = &address.rungs[wishes[i].rung];

		rung->n_asked++;
		if (silent(rung)) {
			rung->n_lost++;
			rung->n_chances += 2;
			continue;
		}
		rung->n_answered++;
		rung->n_connected += rung->tcp;
		rung->answered = true;
		rung->reply = (struct dw_payload_reply){.size = 100, .edns = true, .whole = true, .elapsed = 10};
	}
}

static bool none(const struct dw_payload_rung *rung)
{
	(void)rung;
	return false;
}

static bool all(const struct dw_payload_rung *rung)
{
	(void)rung;
	return true;
}

static bool one(const struct dw_payload_rung *rung)
{
	return rung->probe == DW_PROBE_OPTION;
}

/* Plays a lane to its end, and returns the questions asked. */
static unsigned climb(enum dw_lane lane, bool (*silent)(const struct dw_payload_rung *rung))
{
	unsigned n, n_asked = 0;

	while ((n = dw_ladder_next(&ladder, &address, lane, wishes)) > 0) {
		ck_assert_uint_le(n, DW_LADDER_WISHES_MAX);
		n_asked += n;
		play(n, silent);
		dw_ladder_ended(&ladder, lane, 400);
	}
	return n_asked;
}

/* Records of the user's, and the packets that a healthy address gets at most, eight for each connection. */
static const unsigned records[] = {0, 1, 2, 4};

START_TEST(a_healthy_address_gets_two_short_rounds)
{
	begin(records[_i], false);
	unsigned n_udp = climb(DW_LANE_UDP, none), n_tcp = climb(DW_LANE_TCP, none);
	ck_assert_uint_le(n_udp + 8 * n_tcp, 40);
	ck_assert_uint_ge(n_udp, 11);
	ck_assert_uint_ge(n_tcp, 1);
	ck_assert_uint_le(ladder.lanes[DW_LANE_UDP].n_rounds, 2);
	ck_assert_uint_eq(ladder.lanes[DW_LANE_TCP].n_rounds, 1);
	ck_assert(!ladder.late);
	end();
}
END_TEST

START_TEST(a_resolver_has_to_fetch_first)
{
	begin(1, true);
	unsigned n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes);
	ck_assert_uint_eq(n, 4);
	for (unsigned i = 0; i < n; i++) {
		ck_assert_uint_eq(address.rungs[wishes[i].rung].size, DW_RUNG_USUAL);
		ck_assert_int_ge(wishes[i].timeout, 2000);
	}
	end();
}
END_TEST

START_TEST(a_silent_address_is_given_up_soon)
{
	begin(0, false);
	unsigned n_udp = climb(DW_LANE_UDP, all), n_tcp = climb(DW_LANE_TCP, all);
	ck_assert_uint_le(n_udp, 40);
	ck_assert_uint_le(n_tcp, 10);
	ck_assert(!ladder.late);
	end();
}
END_TEST

/* The system of a server that hangs accepts connections. */
START_TEST(a_server_that_hangs_is_given_up_soon)
{
	begin(0, false);
	play(dw_ladder_next(&ladder, &address, DW_LANE_TCP, wishes), all);
	for (unsigned i = 0; i < address.n_rungs; i++)
		address.rungs[i].n_connected = address.rungs[i].n_asked;
	ck_assert_uint_le(climb(DW_LANE_UDP, all), 40);
	ck_assert(!ladder.late);
	end();
}
END_TEST

START_TEST(what_is_silent_is_asked_again_beside_what_is_not)
{
	begin(0, false);
	unsigned n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes), n_silent = 0;
	play(n, one);
	dw_ladder_ended(&ladder, DW_LANE_UDP, 1000);
	n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes);
	for (unsigned i = 0; i < n; i++)
		n_silent += one(&address.rungs[wishes[i].rung]);
	ck_assert_uint_eq(n, 2 + DW_RUNGS_BETWEEN);
	ck_assert_uint_eq(n_silent, 1);
	play(n, one);
	climb(DW_LANE_UDP, one);
	/* Until loss is no reason any more, and not longer. */
	for (unsigned i = 0; i < address.n_rungs; i++) {
		if (one(&address.rungs[i]))
			ck_assert(address.rungs[i].n_lost >= 5 && address.rungs[i].n_lost <= 12);
	}
	end();
}
END_TEST

START_TEST(what_is_answered_in_the_end_leaves_a_sample_of_the_loss)
{
	unsigned n_asked = 0, n;

	begin(0, false);
	n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes);
	play(n, one);
	while (n > 0) {
		n_asked += n;
		n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes);
		play(n, none);
	}
	ck_assert_uint_eq(n_asked, 24);
	ck_assert_uint_eq(ladder.lanes[DW_LANE_UDP].n_rounds, 3);
	end();
}
END_TEST

START_TEST(what_comes_truncated_though_it_would_fit_is_asked_once_more)
{
	struct dw_payload_rung *usual = NULL;

	begin(0, false);
	climb(DW_LANE_UDP, none);
	climb(DW_LANE_TCP, none);
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];

		rung->reply.advertised = 1232;
		if (rung->topic != DW_TOPIC_DNSKEY || rung->tcp)
			continue;
		rung->answered = rung->size == DW_RUNG_USUAL;
		usual = rung->answered ? rung : usual;
	}
	ck_assert_ptr_nonnull(usual);
	usual->reply.truncated = true;
	for (usual->n_truncated = 1; usual->n_truncated < 3; usual->n_truncated++) {
		unsigned n = dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes), n_usual = 0;

		for (unsigned i = 0; i < n; i++)
			n_usual += &address.rungs[wishes[i].rung] == usual;
		ck_assert_uint_eq(n_usual, usual->n_truncated == 1);
		usual->n_answered++;
	}
	end();
}
END_TEST

START_TEST(nothing_begins_that_cannot_end_in_time)
{
	begin(0, false);
	play(dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes), one);
	dw_ladder_ended(&ladder, DW_LANE_UDP, 6900);
	ck_assert_uint_eq(dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes), 0);
	ck_assert(ladder.late);
	end();
}
END_TEST

/* Time in all, and how long the first questions wait by UDP and TCP. */
static const struct {
	dw_millis budget, udp, tcp;
} budgets[] = {{100, 100, 100}, {700, 400, 400}, {2100, 700, 525}, {3500, 1000, 875}, {7000, 1000, 1500}};

START_TEST(little_time_makes_waits_short_and_something_is_asked)
{
	begin(0, false);
	ladder.budget = budgets[_i].budget;
	ck_assert_uint_gt(dw_ladder_next(&ladder, &address, DW_LANE_UDP, wishes), 0);
	ck_assert_int_eq(wishes[0].timeout, budgets[_i].udp);
	ck_assert_uint_gt(dw_ladder_next(&ladder, &address, DW_LANE_TCP, wishes), 0);
	ck_assert_int_eq(wishes[0].timeout, budgets[_i].tcp);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ladder");
	TCase *tests = tcase_create("ladder");

	tcase_add_loop_test(tests, a_healthy_address_gets_two_short_rounds, 0, DW_ROWS(records));
	tcase_add_test(tests, a_resolver_has_to_fetch_first);
	tcase_add_test(tests, a_silent_address_is_given_up_soon);
	tcase_add_test(tests, a_server_that_hangs_is_given_up_soon);
	tcase_add_test(tests, what_is_silent_is_asked_again_beside_what_is_not);
	tcase_add_test(tests, what_is_answered_in_the_end_leaves_a_sample_of_the_loss);
	tcase_add_test(tests, what_comes_truncated_though_it_would_fit_is_asked_once_more);
	tcase_add_test(tests, nothing_begins_that_cannot_end_in_time);
	tcase_add_loop_test(tests, little_time_makes_waits_short_and_something_is_asked, 0, DW_ROWS(budgets));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
