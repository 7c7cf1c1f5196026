#include "dns/omission.h"

#include <stdlib.h>

#include "dns/rung.h"
#include "support/pathway.h"
#include "support/suite.h"

/* An address of a family where UDP answers up to `passed` octets came, and one of `lost` did not. */
struct scene {
	const char *server;
	size_t passed, lost;
};

static struct dw_payload_address address;
static struct dw_suspicions suspicions;

static void begin(const struct scene *scene)
{
	struct dw_payload_plan plan = dw_pathway_plan(scene->server);

	address = (struct dw_payload_address){.server = {.address = plan.discovery.hosts[0].address}};
	ck_assert_int_eq(dw_rungs_new(&plan, &address.rungs, &address.n_rungs, NULL), DW_OK);
	suspicions = (struct dw_suspicions){.udp_heard = true, .udp_passed = scene->passed};
	suspicions.udp_lost = scene->lost;
	suspicions.n_items = scene->lost > 0;
	suspicions.items[0].suspect = DW_SUSPECT_SIZE;
}

static void end(void)
{
	free(address.rungs);
}

/* How many rungs of a probe tell more. */
static unsigned count(enum dw_payload_probe probe)
{
	unsigned n = 0;

	for (unsigned i = 0; i < address.n_rungs; i++)
		n += address.rungs[i].probe == probe && dw_omission_tells(&address, &suspicions, &address.rungs[i]);
	return n;
}

/* What passes and what does not, and what is asked then: sizes in between, and a long question. */
static const struct {
	struct scene scene;
	unsigned n_between, n_long;
} gaps[] = {
	{{"192.0.2.1", 746, 0}, 0, 0},
	{{"192.0.2.1", 746, 2882}, DW_RUNGS_BETWEEN, 0},
	{{"192.0.2.1", 1300, 2882}, DW_RUNGS_BETWEEN, 0},
	{{"192.0.2.1", 1400, 2882}, 0, 0},
	{{"192.0.2.1", 400, 746}, 0, 0},
	{{"192.0.2.1", 746, 1300}, 0, 0},
	{{"2001:db8::1", 746, 0}, 0, 0},
	{{"2001:db8::1", 746, 2882}, DW_RUNGS_BETWEEN, 1},
	{{"2001:db8::1", 1300, 2882}, DW_RUNGS_BETWEEN, 1},
	{{"2001:db8::1", 1400, 2882}, 0, 1},
	{{"2001:db8::1", 1452, 2882}, 0, 0},
	{{"2001:db8::1", 400, 746}, 0, 0},
	{{"2001:db8::1", 746, 1300}, 0, 1},
};

START_TEST(sizes_in_between_are_asked_for_while_it_is_not_clear_why_large_ones_are_lost)
{
	begin(&gaps[_i].scene);
	ck_assert_uint_eq(count(DW_PROBE_BETWEEN), gaps[_i].n_between);
	ck_assert_uint_eq(count(DW_PROBE_LONG), gaps[_i].n_long);
	end();
}
END_TEST

START_TEST(servers_that_know_edns_are_asked_for_longer_answers_and_resolvers_are_not)
{
	begin(&(struct scene){"192.0.2.1", 746, 0});
	suspicions.edns_heard = true;
	ck_assert_uint_eq(count(DW_PROBE_BETWEEN), DW_RUNGS_BETWEEN);
	for (unsigned i = 0; i < address.n_rungs; i++)
		address.rungs[i].checking_disabled = true;
	ck_assert_uint_eq(count(DW_PROBE_BETWEEN), 0);
	end();
}
END_TEST

/* Of the names that make answers longer, those whose answers came truncated; and how many are asked for by
 * TCP. */
static const struct {
	bool truncated[DW_RUNGS_BETWEEN];
	unsigned n_tcp;
} lengths[] = {
	{{false, false, false, false}, 0},
	{{true, true, true, true}, 1},
	{{false, false, true, true}, 1},
	/* The longest alone: that is no surprise. */
	{{false, false, false, true}, 0},
};

START_TEST(the_size_of_the_shortest_answer_that_comes_truncated_is_asked_for_by_tcp)
{
	unsigned n_between = 0, n_tcp = 0;

	begin(&(struct scene){"192.0.2.1", 746, 0});
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];
		bool truncated = rung->probe == DW_PROBE_BETWEEN && lengths[_i].truncated[n_between++];

		rung->answered = !rung->tcp;
		rung->n_answered = !rung->tcp;
		rung->n_truncated = truncated;
		rung->reply = (struct dw_payload_reply){.size = 700, .whole = !truncated, .truncated = truncated};
	}
	for (unsigned i = 0; i < address.n_rungs; i++)
		n_tcp += address.rungs[i].tcp && dw_omission_tells(&address, &suspicions, &address.rungs[i]);
	ck_assert_uint_eq(n_tcp, lengths[_i].n_tcp);
	end();
}
END_TEST

/* The rung for DNSKEY by UDP with a buffer, or by TCP with a segment. */
static struct dw_payload_rung *dnskey(bool tcp, uint16_t value)
{
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];
		if (rung->topic == DW_TOPIC_DNSKEY && rung->tcp == tcp && (tcp ? rung->segment : rung->size) == value)
			return rung;
	}
	ck_abort_msg("no such rung");
	return NULL;
}

static bool tells(const struct dw_payload_rung *rung)
{
	return dw_omission_tells(&address, &suspicions, rung);
}

START_TEST(buffers_of_a_link_are_tried_when_the_largest_is_silent)
{
	begin(&(struct scene){"192.0.2.1", 746, 0});
	ck_assert(!tells(dnskey(false, DW_RUNG_LINK)));
	dnskey(false, DW_RUNG_LARGE)->n_asked = 1;
	ck_assert(tells(dnskey(false, DW_RUNG_LINK)) && tells(dnskey(false, DW_RUNG_LINK_6)));
	end();
}
END_TEST

START_TEST(the_size_of_a_small_rrset_that_comes_truncated_is_asked_for_by_tcp)
{
	unsigned n_tcp = 0;

	begin(&(struct scene){"192.0.2.1", 746, 0});
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];

		if (rung->tcp || rung->topic != DW_TOPIC_SOA || rung->probe != DW_PROBE_EDNS)
			continue;
		rung->answered = true;
		rung->n_answered = rung->n_truncated = 1;
		rung->reply = (struct dw_payload_reply){.size = 40, .truncated = true};
	}
	for (unsigned i = 0; i < address.n_rungs; i++) {
		bool tcp = address.rungs[i].tcp && tells(&address.rungs[i]);

		ck_assert(!tcp || address.rungs[i].topic == DW_TOPIC_SOA);
		n_tcp += tcp;
	}
	ck_assert_uint_eq(n_tcp, 1);
	end();
}
END_TEST

START_TEST(small_segments_are_tried_when_usual_ones_stall)
{
	begin(&(struct scene){"192.0.2.1", 746, 2882});
	suspicions.items[0].suspect = DW_SUSPECT_SEGMENT;
	ck_assert(!tells(dnskey(true, DW_RUNG_SEGMENT)));
	dnskey(true, 0)->n_asked = dnskey(true, 0)->n_connected = 1;
	ck_assert(tells(dnskey(true, DW_RUNG_SEGMENT)));
	ck_assert(!tells(dnskey(true, DW_RUNG_SEGMENT_SMALL)));
	dnskey(true, DW_RUNG_SEGMENT)->n_asked = 1;
	ck_assert(tells(dnskey(true, DW_RUNG_SEGMENT_SMALL)));
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("omission");
	TCase *tests = tcase_create("omission");

	tcase_add_loop_test(tests, sizes_in_between_are_asked_for_while_it_is_not_clear_why_large_ones_are_lost,
		0, DW_ROWS(gaps));
	tcase_add_test(tests, servers_that_know_edns_are_asked_for_longer_answers_and_resolvers_are_not);
	tcase_add_loop_test(
		tests, the_size_of_the_shortest_answer_that_comes_truncated_is_asked_for_by_tcp, 0, DW_ROWS(lengths));
	tcase_add_test(tests, buffers_of_a_link_are_tried_when_the_largest_is_silent);
	tcase_add_test(tests, the_size_of_a_small_rrset_that_comes_truncated_is_asked_for_by_tcp);
	tcase_add_test(tests, small_segments_are_tried_when_usual_ones_stall);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
