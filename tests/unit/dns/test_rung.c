#include "dns/rung.h"

#include <stdlib.h>

#include "support/message.h"
#include "support/pathway.h"
#include "support/suite.h"

static struct dw_payload_rung *rungs;
static unsigned n_rungs;

static void make(const struct dw_payload_plan *plan)
{
	free(rungs);
	ck_assert_int_eq(dw_rungs_new(plan, &rungs, &n_rungs, NULL), DW_OK);
	ck_assert_uint_le(n_rungs, DW_RUNGS_MAX);
}

/* The first rung of a probe and a topic; the test fails without one. */
static struct dw_payload_rung *rung_of(enum dw_payload_probe probe, enum dw_topic topic)
{
	for (unsigned i = 0; i < n_rungs; i++) {
		if (rungs[i].probe == probe && rungs[i].topic == topic)
			return &rungs[i];
	}
	ck_abort_msg("no such rung");
	return NULL;
}

static unsigned count(enum dw_payload_probe probe, enum dw_topic topic)
{
	unsigned n = 0;

	for (unsigned i = 0; i < n_rungs; i++)
		n += rungs[i].probe == probe && rungs[i].topic == topic;
	return n;
}

START_TEST(the_ladder_has_every_size_of_every_record)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	plan.n_records = DW_PAYLOAD_RECORDS_MAX;
	plan.n_sizes = DW_PAYLOAD_SIZES_MAX;
	for (unsigned i = 0; i < DW_PAYLOAD_RECORDS_MAX; i++)
		plan.records[i] = (struct dw_record){plan.discovery.zone, DW_TYPE_TXT};
	for (unsigned i = 0; i < DW_PAYLOAD_SIZES_MAX; i++)
		plan.sizes[i] = 1000;
	plan.via = true;
	make(&plan);
	ck_assert_uint_eq(count(DW_PROBE_EDNS, DW_TOPIC_SOA), 5 + DW_PAYLOAD_SIZES_MAX);
	ck_assert_uint_eq(count(DW_PROBE_EDNS, DW_TOPIC_RECORD), 4 * (5 + DW_PAYLOAD_SIZES_MAX));
	ck_assert_uint_eq(count(DW_PROBE_EDNS, DW_TOPIC_ABSENT), 5 + DW_PAYLOAD_SIZES_MAX);
	ck_assert_uint_eq(count(DW_PROBE_TCP, DW_TOPIC_DNSKEY), 3);
	ck_assert_uint_eq(count(DW_PROBE_PLAIN, DW_TOPIC_SOA), 1);
	ck_assert_uint_eq(count(DW_PROBE_VALIDATE, DW_TOPIC_DNSKEY), 1);
}
END_TEST

START_TEST(a_plan_without_a_label_has_no_name_that_does_not_exist)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	plan.absent_label[0] = '\0';
	make(&plan);
	ck_assert_uint_eq(count(DW_PROBE_EDNS, DW_TOPIC_ABSENT), 0);
	ck_assert_uint_eq(count(DW_PROBE_VALIDATE, DW_TOPIC_SOA), 0);
}
END_TEST

START_TEST(a_resolver_is_asked_with_another_version_for_what_is_asked_in_no_other_way)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.53");
	const struct dw_payload_rung *version;

	plan.via = true;
	make(&plan);
	version = rung_of(DW_PROBE_VERSION, DW_TOPIC_SOA);
	for (unsigned i = 0; i < n_rungs; i++)
		ck_assert(&rungs[i] == version || rungs[i].record.type != version->record.type ||
			!dw_name_equal(&rungs[i].record.name, &version->record.name));
}
END_TEST

/* Those asked at first, and those that a resolver is asked before. */
static const struct {
	enum dw_payload_probe probe;
	enum dw_topic topic;
	unsigned n_first, n_fetch;
} beginnings[] = {
	{DW_PROBE_PLAIN, DW_TOPIC_SOA, 1, 0},
	{DW_PROBE_EDNS, DW_TOPIC_SOA, 3, 1},
	{DW_PROBE_FLAG, DW_TOPIC_SOA, 1, 0},
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, 4, 1},
	{DW_PROBE_EDNS, DW_TOPIC_RECORD, 3, 1},
	{DW_PROBE_EDNS, DW_TOPIC_ABSENT, 1, 1},
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, 1, 0},
	{DW_PROBE_TCP, DW_TOPIC_RECORD, 1, 0},
	{DW_PROBE_TCP, DW_TOPIC_SOA, 0, 0},
	{DW_PROBE_VALIDATE, DW_TOPIC_DNSKEY, 1, 0},
};

START_TEST(rungs_ask_the_same_when_rrset_and_do_are_alike)
{
	const struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_payload_rung *edns, other;

	make(&plan);
	edns = rung_of(DW_PROBE_EDNS, DW_TOPIC_DNSKEY);
	ck_assert(dw_rung_asks_same(edns, rung_of(DW_PROBE_TCP, DW_TOPIC_DNSKEY)));
	ck_assert(!dw_rung_asks_same(edns, rung_of(DW_PROBE_PLAIN, DW_TOPIC_SOA)));
	other = *edns;
	other.dnssec_ok = !edns->dnssec_ok;
	ck_assert(!dw_rung_asks_same(edns, &other));
	other = *edns;
	other.record.name = dw_name_root;
	ck_assert(!dw_rung_asks_same(edns, &other));
	other = *edns;
	other.record.type = DW_TYPE_DS;
	ck_assert(!dw_rung_asks_same(edns, &other));
}
END_TEST

START_TEST(a_ladder_begins_with_few_rungs)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	unsigned n_first = 0, n_fetch = 0;

	plan.via = true;
	plan.n_records = 1;
	plan.records[0] = (struct dw_record){plan.discovery.zone, DW_TYPE_TXT};
	plan.n_sizes = 1;
	plan.sizes[0] = 3000;
	make(&plan);
	for (unsigned i = 0; i < n_rungs; i++) {
		if (rungs[i].probe != beginnings[_i].probe || rungs[i].topic != beginnings[_i].topic)
			continue;
		n_first += dw_rung_is_first(&rungs[i]);
		n_fetch += dw_rung_is_fetch(&rungs[i]);
	}
	ck_assert_uint_eq(n_first, beginnings[_i].n_first);
	ck_assert_uint_eq(n_fetch, beginnings[_i].n_fetch);
}
END_TEST

/* What is special about the question of a probe. */
static const struct {
	enum dw_payload_probe probe;
	enum dw_topic topic;
	bool edns, dnssec_ok, version, option, flag, checking_disabled;
	enum dw_transport transport;
} questions[] = {
	{DW_PROBE_PLAIN, DW_TOPIC_SOA, false, false, false, false, false, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_EDNS, DW_TOPIC_SOA, true, false, false, false, false, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_EDNS, DW_TOPIC_DNSKEY, true, true, false, false, false, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_VERSION, DW_TOPIC_SOA, true, false, true, false, false, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_OPTION, DW_TOPIC_SOA, true, false, false, true, false, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_FLAG, DW_TOPIC_SOA, true, false, false, false, true, true, DW_TRANSPORT_UDP_ONLY},
	{DW_PROBE_TCP, DW_TOPIC_DNSKEY, true, true, false, false, false, true, DW_TRANSPORT_TCP},
	{DW_PROBE_VALIDATE, DW_TOPIC_DNSKEY, true, true, false, false, false, false, DW_TRANSPORT_UDP_ONLY},
};

START_TEST(a_rung_is_asked_as_it_says)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.53");
	struct dw_question question;

	plan.via = true;
	make(&plan);
	dw_rung_question(
		rung_of(questions[_i].probe, questions[_i].topic), &plan.discovery.hosts[0].address, 700, &question);
	ck_assert_int_eq(question.transport, questions[_i].transport);
	ck_assert_uint_eq(question.tries, 1);
	ck_assert_int_eq(question.try_timeout, 700);
	ck_assert_int_eq(question.tcp_timeout, 700);
	ck_assert_uint_eq(question.tcp_segment, DW_TCP_SEGMENT_SYSTEM);
	ck_assert_int_eq(question.ask.edns, questions[_i].edns);
	ck_assert_int_eq(question.ask.dnssec_ok, questions[_i].dnssec_ok);
	ck_assert_int_eq(question.ask.edns_version != 0, questions[_i].version);
	ck_assert_int_eq(question.ask.edns_option != 0, questions[_i].option);
	ck_assert_int_eq(question.ask.edns_flags != 0, questions[_i].flag);
	ck_assert_int_eq(question.ask.checking_disabled, questions[_i].checking_disabled);
	ck_assert(question.ask.recursion_desired);
}
END_TEST

/* How an attempt ends, and how it counts; questions wait for 1000 ms. */
static const struct {
	enum dw_payload_probe probe;
	struct dw_answer answer;
	unsigned n_asked, n_lost, n_refused, n_connected, n_chances;
} endings[] = {
	{DW_PROBE_EDNS, {.status = DW_TIMEOUT, .attempts = 1, .elapsed = 1000}, 1, 1, 0, 0, 0},
	{DW_PROBE_EDNS, {.status = DW_TIMEOUT, .attempts = 1, .elapsed = 600}, 1, 0, 0, 0, 0}, /* time was up */
	{DW_PROBE_EDNS, {.status = DW_TIMEOUT}, 0, 0, 0, 0, 0},
	{DW_PROBE_EDNS, {.status = DW_REFUSED, .attempts = 1}, 1, 0, 1, 0, 0},
	{DW_PROBE_EDNS, {.status = DW_NO_ROUTE, .attempts = 1}, 1, 0, 0, 0, 0},
	{DW_PROBE_EDNS, {.status = DW_NO_ROUTE}, 1, 0, 0, 0, 0},
	{DW_PROBE_TCP,
		{.status = DW_TIMEOUT,
			.attempts = 1,
			.elapsed = 1000,
			.n_packets = 2,
			.tcp_stage = DW_TCP_CONNECTING},
		1, 1, 0, 0, 2},
	{DW_PROBE_TCP, {.status = DW_TIMEOUT, .attempts = 1, .elapsed = 1000, .tcp_stage = DW_TCP_CONNECTING}, 1,
		1, 0, 0, 1},
	{DW_PROBE_TCP, {.status = DW_TIMEOUT, .attempts = 1, .elapsed = 1000, .tcp_stage = DW_TCP_CONNECTED}, 1,
		1, 0, 1, 2},
	{DW_PROBE_TCP, {.status = DW_TIMEOUT, .attempts = 1, .elapsed = 1000, .tcp_stage = DW_TCP_READING}, 1, 1,
		0, 1, 2},
	{DW_PROBE_TCP, {.status = DW_REFUSED, .attempts = 1, .tcp_stage = DW_TCP_CONNECTING}, 1, 0, 1, 0, 0},
	{DW_PROBE_TCP, {.status = DW_MALFORMED, .attempts = 1, .tcp_stage = DW_TCP_READING}, 1, 0, 1, 1, 0},
};

START_TEST(an_attempt_without_an_answer_counts_as_it_ended)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_question question;

	make(&plan);
	struct dw_payload_rung *rung = rung_of(endings[_i].probe, DW_TOPIC_DNSKEY);
	dw_rung_question(rung, &plan.discovery.hosts[0].address, 1000, &question);
	dw_rung_take(rung, &question, &endings[_i].answer);
	ck_assert_uint_eq(rung->n_asked, endings[_i].n_asked);
	ck_assert_uint_eq(rung->n_lost, endings[_i].n_lost);
	ck_assert_uint_eq(rung->n_refused, endings[_i].n_refused);
	ck_assert_uint_eq(rung->n_connected, endings[_i].n_connected);
	ck_assert_uint_eq(rung->n_chances, endings[_i].n_chances);
	ck_assert(!rung->answered);
}
END_TEST

#define SIGNATURE(type)                                                                                      \
	"example.org. 3600 IN RRSIG " type " 8 2 3600 20270101000000 20260101000000 1 example.org. AAAA\n"
#define SOA "example.org. 3600 IN SOA a.example.org. b.example.org. 1 2 3 4 5\n"
#define KEY "example.org. 3600 IN DNSKEY 257 3 8 AwEAAQ==\n"

/* Messages, and what of them is read. */
static const struct {
	enum dw_topic topic;
	struct dw_message_text text;
	bool whole, signatures;
} messages[] = {
	{DW_TOPIC_DNSKEY, {.answer = KEY SIGNATURE("DNSKEY")}, true, true},
	{DW_TOPIC_DNSKEY, {.answer = KEY}, true, false},
	{DW_TOPIC_DNSKEY, {.answer = SIGNATURE("DNSKEY")}, false, true},
	{DW_TOPIC_DNSKEY, {.authority = SOA SIGNATURE("SOA")}, false, false},
	{DW_TOPIC_ABSENT, {.authority = SOA SIGNATURE("SOA")}, true, true},
	{DW_TOPIC_ABSENT, {.authority = SOA}, true, false},
	{DW_TOPIC_ABSENT, {.answer = "absent.example.org. 3600 IN A 192.0.2.1\n"}, true, false},
	{DW_TOPIC_ABSENT, {.question = NULL}, false, false},
};

START_TEST(an_answer_says_whether_it_is_whole_and_signed)
{
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_message_text text = messages[_i].text;
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_question question;

	text.bits = DW_BIT_QR | DW_BIT_AA | DW_BIT_TC | DW_BIT_AD;
	text.edns = text.dnssec_ok = true;
	text.payload_size = 1400;
	make(&plan);
	struct dw_payload_rung *rung = rung_of(DW_PROBE_EDNS, messages[_i].topic);
	struct dw_answer answer = {.status = DW_OK, .wire = wire, .attempts = 1, .elapsed = 7, .n_packets = 1};
	answer.length = dw_message_write(&text, wire);
	dw_rung_question(rung, &plan.discovery.hosts[0].address, 1000, &question);
	dw_rung_take(rung, &question, &answer);
	ck_assert(rung->answered && !rung->reply.broken);
	ck_assert_uint_eq(rung->n_answered, 1);
	ck_assert_uint_eq(rung->n_truncated, 1);
	ck_assert_uint_eq(rung->n_packets, 1);
	ck_assert_uint_eq(rung->reply.size, answer.length);
	ck_assert_uint_eq(rung->reply.advertised, 1400);
	ck_assert_int_eq(rung->reply.elapsed, 7);
	ck_assert(
		rung->reply.edns && rung->reply.dnssec_ok && rung->reply.authentic && rung->reply.authoritative);
	ck_assert_int_eq(rung->reply.whole, messages[_i].whole);
	ck_assert_int_eq(rung->reply.signatures, messages[_i].signatures);
}
END_TEST

START_TEST(what_does_not_parse_is_broken)
{
	static const uint8_t wire[] = {1, 2, 0x82, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
	const struct dw_answer answer = {
		.status = DW_OK, .wire = wire, .length = sizeof(wire), .attempts = 1, .truncated = true};
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_question question;

	make(&plan);
	struct dw_payload_rung *rung = rung_of(DW_PROBE_EDNS, DW_TOPIC_SOA);
	dw_rung_question(rung, &plan.discovery.hosts[0].address, 1000, &question);
	dw_rung_take(rung, &question, &answer);
	ck_assert(rung->answered && rung->reply.broken && rung->reply.truncated);
}
END_TEST

static const struct {
	dw_millis waited;
	unsigned n;
} waits[] = {{0, 1}, {399, 1}, {400, 2}, {1199, 2}, {1200, 3}, {2800, 4}, {INT64_C(3600000), 8}};

START_TEST(tcp_sends_again_in_growing_intervals)
{
	ck_assert_uint_eq(dw_rung_chances(waits[_i].waited), waits[_i].n);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rung");
	TCase *tests = tcase_create("rung");

	tcase_add_test(tests, the_ladder_has_every_size_of_every_record);
	tcase_add_test(tests, a_resolver_is_asked_with_another_version_for_what_is_asked_in_no_other_way);
	tcase_add_test(tests, a_plan_without_a_label_has_no_name_that_does_not_exist);
	tcase_add_test(tests, rungs_ask_the_same_when_rrset_and_do_are_alike);
	tcase_add_loop_test(tests, a_ladder_begins_with_few_rungs, 0, DW_ROWS(beginnings));
	tcase_add_loop_test(tests, a_rung_is_asked_as_it_says, 0, DW_ROWS(questions));
	tcase_add_loop_test(tests, an_attempt_without_an_answer_counts_as_it_ended, 0, DW_ROWS(endings));
	tcase_add_loop_test(tests, an_answer_says_whether_it_is_whole_and_signed, 0, DW_ROWS(messages));
	tcase_add_test(tests, what_does_not_parse_is_broken);
	tcase_add_loop_test(tests, tcp_sends_again_in_growing_intervals, 0, DW_ROWS(waits));
	suite_add_tcase(suite, tests);
	int failed = dw_suite_run(suite);
	free(rungs);
	return failed;
}
