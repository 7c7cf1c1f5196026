#include "dns/suspicion.h"

#include <stdlib.h>

#include "support/pathway.h"
#include "support/suite.h"

static struct dw_payload_address address;

/* A ladder of which nothing was asked. */
static void begin(void)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	ck_assert_int_eq(dw_rungs_new(&plan, &address.rungs, &address.n_rungs, NULL), DW_OK);
}

static void end(void)
{
	free(address.rungs);
}

static struct dw_payload_rung *rung_of(enum dw_payload_probe probe, enum dw_topic topic, uint16_t value)
{
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];

		if (rung->probe == probe && rung->topic == topic && (probe != DW_PROBE_EDNS || rung->size == value) &&
			(probe != DW_PROBE_TCP || rung->segment == value))
			return rung;
	}
	ck_abort_msg("no such rung");
	return NULL;
}

static void answer(struct dw_payload_rung *rung, unsigned n, size_t size)
{
	rung->n_asked += n;
	rung->n_answered += n;
	rung->n_connected += rung->tcp ? n : 0;
	rung->answered = true;
	rung->reply = (struct dw_payload_reply){.size = size, .edns = rung->size > 0, .whole = true};
}

static void lose(struct dw_payload_rung *rung, unsigned n, bool connected)
{
	rung->n_asked += n;
	rung->n_lost += n;
	rung->n_chances += rung->tcp ? 3 * n : 0;
	rung->n_connected += connected ? n : 0;
}

/* What is lost on a way on which ten plain questions are answered, and what is suspected. */
static const struct {
	enum dw_payload_probe probe;
	enum dw_topic topic;
	uint16_t value;
	size_t full_size; /* by TCP; 0: not known */
	bool small_tcp;   /* TCP brings a small answer */
	bool connected;
	enum dw_suspect suspect;
} rows[] = {
	{DW_PROBE_VERSION, DW_TOPIC_SOA, 0, 0, false, false, DW_SUSPECT_VERSION},
	{DW_PROBE_OPTION, DW_TOPIC_SOA, 0, 0, false, false, DW_SUSPECT_OPTION},
	{DW_PROBE_FLAG, DW_TOPIC_SOA, 0, 0, false, false, DW_SUSPECT_FLAG},
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 4096, 2900, false, false, DW_SUSPECT_SIZE},
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 4096, 0, false, false, DW_SUSPECT_SIZE},
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 1232, 2900, false, false, DW_SUSPECT_QUESTION}, /* it comes truncated */
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 4096, 80, false, false, DW_SUSPECT_QUESTION},   /* larger ones came */
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0, 0, false, false, DW_SUSPECT_CONNECT},
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0, 0, false, true, DW_SUSPECT_ANSWER},
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0, 0, true, true, DW_SUSPECT_SEGMENT},
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0, 0, true, false, DW_SUSPECT_STREAM},
};

START_TEST(what_is_lost_belongs_to_one_suspicion)
{
	struct dw_suspicions suspicions;

	begin();
	answer(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 10, 90);
	answer(rung_of(DW_PROBE_EDNS, DW_TOPIC_SOA, 512), 10, 100);
	if (rows[_i].full_size > 0)
		answer(rung_of(DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0), 1, rows[_i].full_size);
	if (rows[_i].small_tcp)
		answer(rung_of(DW_PROBE_TCP, DW_TOPIC_SOA, 0), 1, 300);
	struct dw_payload_rung *rung = rung_of(rows[_i].probe, rows[_i].topic, rows[_i].value);
	lose(rung, 1, rows[_i].connected);
	dw_suspicions_find(&address, &suspicions);
	ck_assert_uint_eq(suspicions.n_items, 1);
	ck_assert_int_eq(suspicions.items[0].suspect, rows[_i].suspect);
	ck_assert_ptr_eq(&address.rungs[suspicions.items[0].rung], rung);
	ck_assert_uint_eq(suspicions.of[rung - address.rungs], 1);
	ck_assert_uint_eq(suspicions.n_through, 20);
	ck_assert_uint_eq(suspicions.udp_passed, 100);
	ck_assert(!suspicions.items[0].proven);
	ck_assert_ptr_eq(dw_suspicion_of(&suspicions, rows[_i].suspect), &suspicions.items[0]);
	ck_assert_ptr_null(dw_suspicion_of(&suspicions, DW_SUSPECT_UDP));
	if (rows[_i].suspect == DW_SUSPECT_ANSWER)
		rung = rung_of(DW_PROBE_TCP, DW_TOPIC_SOA, 0);
	lose(rung, 20, rows[_i].connected);
	dw_suspicions_find(&address, &suspicions);
	ck_assert(suspicions.items[0].proven);
	end();
}
END_TEST

START_TEST(edns_is_suspected_when_all_of_it_is_lost_and_proven_beside_controls_only)
{
	struct dw_suspicions suspicions;

	begin();
	for (unsigned i = 0; i < address.n_rungs; i++) {
		if (address.rungs[i].probe == DW_PROBE_EDNS)
			lose(&address.rungs[i], 1, false);
	}
	answer(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 1, 90);
	dw_suspicions_find(&address, &suspicions);
	ck_assert_uint_eq(suspicions.n_items, 1);
	ck_assert_int_eq(suspicions.items[0].suspect, DW_SUSPECT_EDNS);
	ck_assert(!suspicions.items[0].proven);
	answer(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 8, 90);
	dw_suspicions_find(&address, &suspicions);
	ck_assert(suspicions.items[0].proven);
	end();
}
END_TEST

START_TEST(silence_of_udp_is_proven_by_the_plain_question_alone)
{
	struct dw_suspicions suspicions;

	begin();
	answer(rung_of(DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0), 10, 2900);
	lose(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 1, false);
	lose(rung_of(DW_PROBE_EDNS, DW_TOPIC_SOA, 512), 30, false);
	dw_suspicions_find(&address, &suspicions);
	ck_assert_int_eq(suspicions.items[0].suspect, DW_SUSPECT_UDP);
	ck_assert(!suspicions.items[0].proven);
	lose(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 10, false);
	dw_suspicions_find(&address, &suspicions);
	ck_assert(suspicions.items[0].proven);
	end();
}
END_TEST

START_TEST(the_smallest_answer_that_is_lost_bounds_the_size)
{
	struct dw_suspicions suspicions;

	begin();
	answer(rung_of(DW_PROBE_EDNS, DW_TOPIC_SOA, 512), 10, 100);
	answer(rung_of(DW_PROBE_TCP, DW_TOPIC_DNSKEY, 0), 1, 2900);
	answer(rung_of(DW_PROBE_TCP, DW_TOPIC_ABSENT, 0), 1, 900);
	lose(rung_of(DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 4096), 1, false);
	lose(rung_of(DW_PROBE_EDNS, DW_TOPIC_ABSENT, 1232), 1, false);
	dw_suspicions_find(&address, &suspicions);
	ck_assert_uint_eq(suspicions.n_items, 1);
	ck_assert_uint_eq(suspicions.udp_lost, 900);
	ck_assert_uint_eq(dw_suspicion_full_size(&address, rung_of(DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 512)), 2900);
	ck_assert_uint_eq(dw_suspicion_full_size(&address, rung_of(DW_PROBE_EDNS, DW_TOPIC_SOA, 4096)), 0);
	end();
}
END_TEST

/* What refuses by ICMP sends few messages: what comes of the rest is no loss. */
START_TEST(what_is_refused_by_icmp_is_silent_as_well)
{
	struct dw_suspicions suspicions;

	begin();
	answer(rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA, 0), 10, 80);
	for (unsigned i = 0; i < address.n_rungs; i++) {
		struct dw_payload_rung *rung = &address.rungs[i];

		if (rung->probe != DW_PROBE_EDNS || rung->topic == DW_TOPIC_ABSENT)
			continue;
		rung->n_asked = 2;
		rung->n_refused = 1 + i % 2;
		rung->n_lost = 2 - rung->n_refused;
	}
	dw_suspicions_find(&address, &suspicions);
	ck_assert_uint_eq(suspicions.n_items, 1);
	ck_assert_int_eq(suspicions.items[0].suspect, DW_SUSPECT_EDNS);
	ck_assert_uint_ge(suspicions.items[0].n_lost, 10);
	ck_assert(suspicions.items[0].proven);
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("suspicion");
	TCase *tests = tcase_create("suspicion");

	tcase_add_loop_test(tests, what_is_lost_belongs_to_one_suspicion, 0, DW_ROWS(rows));
	tcase_add_test(tests, edns_is_suspected_when_all_of_it_is_lost_and_proven_beside_controls_only);
	tcase_add_test(tests, silence_of_udp_is_proven_by_the_plain_question_alone);
	tcase_add_test(tests, the_smallest_answer_that_is_lost_bounds_the_size);
	tcase_add_test(tests, what_is_refused_by_icmp_is_silent_as_well);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
