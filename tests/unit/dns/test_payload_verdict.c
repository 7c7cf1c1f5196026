#include "dns/payload_verdict.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

/* A case with nothing found yet. */
struct trial {
	struct dw_payload_facts facts;
	struct dw_payload_address address;
	struct dw_suspicions suspicions;
	struct dw_findings findings;
	struct dw_payload_verdict verdict;
	struct dw_payload_case of;
};

static void begin(struct trial *trial)
{
	memset(trial, 0, sizeof(*trial));
	trial->facts.zone = dw_name_make("example.org");
	trial->address.server.address = dw_address_of((const uint8_t[]){192, 0, 2, 1}, 4, 53);
	trial->verdict.kind = dw_payload_row(DW_PAYLOAD_FINE);
	trial->of = (struct dw_payload_case){.facts = &trial->facts,
		.address = &trial->address,
		.suspicions = &trial->suspicions,
		.findings = &trial->findings,
		.verdict = &trial->verdict};
}

START_TEST(every_kind_has_a_word_of_its_own_and_faults_have_a_hint)
{
	const struct dw_finding_kind *row = dw_payload_row((enum dw_payload_kind)_i);

	ck_assert_ptr_nonnull(row->word);
	ck_assert(row->severity == DW_NOTE || row->hint != NULL);
	for (int i = 0; i < _i; i++)
		ck_assert_str_ne(dw_payload_row((enum dw_payload_kind)i)->word, row->word);
}
END_TEST

/* Findings in order, and the verdict in the end. */
static const struct {
	struct {
		enum dw_payload_kind kind;
		enum dw_severity severity;
	} found[2];
	const char *verdict;
	enum dw_severity severity;
} rulings[] = {
	{{{DW_PAYLOAD_UDP_SIZE, DW_WARNING}, {DW_PAYLOAD_TCP_FILTERED, DW_CRITICAL}}, "tcp-filtered",
		DW_CRITICAL},
	{{{DW_PAYLOAD_TCP_FILTERED, DW_CRITICAL}, {DW_PAYLOAD_UDP_SIZE, DW_WARNING}}, "tcp-filtered",
		DW_CRITICAL},
	{{{DW_PAYLOAD_UDP_SIZE, DW_WARNING}, {DW_PAYLOAD_LOSS, DW_WARNING}}, "udp-size", DW_WARNING},
	{{{DW_PAYLOAD_LARGE_ANSWER, DW_WARNING}, {DW_PAYLOAD_LOSS, DW_WARNING}}, "loss", DW_WARNING},
	{{{DW_PAYLOAD_EDNS_VERSION, DW_WARNING}, {DW_PAYLOAD_ALWAYS_TRUNCATED, DW_WARNING}}, "always-truncated",
		DW_WARNING},
	{{{DW_PAYLOAD_VALIDATES, DW_NOTE}, {DW_PAYLOAD_NO_LARGE_ANSWER, DW_NOTE}}, "fine", DW_NOTE},
	{{{DW_PAYLOAD_VALIDATES, DW_NOTE}, {DW_PAYLOAD_LOSS, DW_NOTE}}, "loss", DW_NOTE},
	{{{DW_PAYLOAD_LOSS, DW_NOTE}, {DW_PAYLOAD_LARGE_BUFFER, DW_WARNING}}, "large-buffer", DW_WARNING},
	{{{DW_PAYLOAD_VALIDATES, DW_NOTE}, {DW_PAYLOAD_NO_ROUTE, DW_NOTE}}, "no-route", DW_NOTE},
};

START_TEST(the_verdict_is_the_worst_and_among_equals_the_most_important)
{
	struct trial trial;

	begin(&trial);
	for (unsigned i = 0; i < 2; i++)
		dw_payload_add(&trial.of, rulings[_i].found[i].kind, rulings[_i].found[i].severity, "found %u", i);
	ck_assert_str_eq(trial.verdict.kind->word, rulings[_i].verdict);
	ck_assert_int_eq(trial.verdict.severity, rulings[_i].severity);
	ck_assert_uint_eq(trial.findings.n_findings, 2);
	ck_assert_str_eq(trial.findings.items[0].text, "example.org: 192.0.2.1: found 0");
	ck_assert_str_eq(trial.findings.items[1].server, "192.0.2.1");
	dw_findings_fini(&trial.findings);
}
END_TEST

START_TEST(findings_are_ordered_alike_whatever_address_they_are_of)
{
	static const struct dw_finding_kind other = {"other", DW_WARNING, NULL};
	struct trial trial;

	begin(&trial);
	dw_payload_add(&trial.of, DW_PAYLOAD_LARGE_ANSWER, DW_WARNING, "one");
	dw_payload_add(&trial.of, DW_PAYLOAD_FRAGMENTS_DROPPED, DW_WARNING, "two");
	dw_payload_add(&trial.of, DW_PAYLOAD_FRAGMENTS_DROPPED, DW_WARNING, "three");
	dw_payload_add(&trial.of, DW_PAYLOAD_TCP_CUT, DW_CRITICAL, "four");
	dw_findings_add(&trial.findings, &other, DW_WARNING, NULL, "five");
	dw_payload_order(&trial.findings);
	dw_findings_sort(&trial.findings);
	const char *const words[] = {
		"tcp-cut", "other", "fragments-dropped", "fragments-dropped", "large-answer"};
	for (unsigned i = 0; i < DW_ROWS(words); i++)
		ck_assert_str_eq(trial.findings.items[i].kind->word, words[i]);
	ck_assert_str_eq(trial.findings.items[2].text, "example.org: 192.0.2.1: two");
	dw_findings_fini(&trial.findings);
}
END_TEST

START_TEST(a_server_that_is_missing_is_worse_when_it_was_the_only_one)
{
	struct trial trial;

	begin(&trial);
	ck_assert_int_eq(dw_payload_absence(&trial.of), DW_CRITICAL);
	trial.of.others_answer = true;
	ck_assert_int_eq(dw_payload_absence(&trial.of), DW_WARNING);
}
END_TEST

START_TEST(a_name_that_does_not_exist_is_not_spelled_out)
{
	struct dw_payload_rung rung = {.topic = DW_TOPIC_DNSKEY, .record = {.type = 48}};
	char text[DW_RECORD_TEXT_MAX];

	ck_assert_int_eq(dw_name_parse("example.org", &rung.record.name, NULL), DW_OK);
	ck_assert_str_eq(dw_payload_wanted_text(&rung, text), "example.org/DNSKEY");
	rung.topic = DW_TOPIC_ABSENT;
	ck_assert_str_eq(dw_payload_wanted_text(&rung, text), "a name that does not exist");
}
END_TEST

START_TEST(a_suspicion_counts_when_it_is_proven)
{
	struct trial trial;

	begin(&trial);
	trial.suspicions.n_items = 1;
	trial.suspicions.items[0].suspect = DW_SUSPECT_EDNS;
	ck_assert(!dw_payload_proven(&trial.of, DW_SUSPECT_EDNS));
	trial.suspicions.items[0].proven = true;
	ck_assert(dw_payload_proven(&trial.of, DW_SUSPECT_EDNS));
	ck_assert(!dw_payload_proven(&trial.of, DW_SUSPECT_SIZE));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_verdict");
	TCase *tests = tcase_create("payload_verdict");

	tcase_add_loop_test(tests, every_kind_has_a_word_of_its_own_and_faults_have_a_hint, 0, DW_PAYLOAD_KINDS);
	tcase_add_loop_test(
		tests, the_verdict_is_the_worst_and_among_equals_the_most_important, 0, DW_ROWS(rulings));
	tcase_add_test(tests, findings_are_ordered_alike_whatever_address_they_are_of);
	tcase_add_test(tests, a_server_that_is_missing_is_worse_when_it_was_the_only_one);
	tcase_add_test(tests, a_name_that_does_not_exist_is_not_spelled_out);
	tcase_add_test(tests, a_suspicion_counts_when_it_is_proven);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
