#include "dns/reply_size_verdict.h"

#include "support/message.h"
#include "support/suite.h"

START_TEST(every_kind_has_a_word_of_its_own_and_faults_have_a_hint)
{
	const struct dw_finding_kind *row = dw_reply_size_row((enum dw_reply_size_kind)_i);

	ck_assert_ptr_nonnull(row->word);
	ck_assert(row->severity == DW_NOTE || row->hint != NULL);
	for (int i = 0; i < _i; i++)
		ck_assert_str_ne(dw_reply_size_row((enum dw_reply_size_kind)i)->word, row->word);
}
END_TEST

/* Findings in order, and the verdict in the end. */
static const struct {
	struct {
		enum dw_reply_size_kind kind;
		enum dw_severity severity;
	} found[2];
	const char *verdict;
	enum dw_severity severity;
} rulings[] = {
	{{{DW_REPLY_SIZE_UDP, DW_WARNING}, {DW_REPLY_SIZE_LOSS, DW_WARNING}}, "udp-dropped", DW_WARNING},
	{{{DW_REPLY_SIZE_NOT_GRADED, DW_UNKNOWN}, {DW_REPLY_SIZE_LARGE, DW_CRITICAL}}, "udp-large", DW_CRITICAL},
	{{{DW_REPLY_SIZE_FETCH, DW_CRITICAL}, {DW_REPLY_SIZE_UDP, DW_WARNING}}, "fetch-limited", DW_CRITICAL},
	{{{DW_REPLY_SIZE_NO_ROUTE, DW_NOTE}, {DW_REPLY_SIZE_NO_ROUTE, DW_NOTE}}, "no-route", DW_NOTE},
};

START_TEST(the_worst_finding_gives_the_verdict_and_the_first_of_those_as_bad)
{
	struct dw_reply_size_facts facts = {.zone = dw_name_make("graded.example.org")};
	struct dw_reply_size_resolver resolver = {
		.server.address = dw_address_of((const uint8_t[]){192, 0, 2, 53}, 4, 53)};
	struct dw_findings findings = {.items = NULL};
	struct dw_reply_size_verdict verdict = {.kind = dw_reply_size_row(DW_REPLY_SIZE_FINE)};
	struct dw_reply_size_case trial = {
		.facts = &facts, .findings = &findings, .resolver = &resolver, .verdict = &verdict};

	for (unsigned i = 0; i < 2; i++)
		dw_reply_size_add(
			&trial, rulings[_i].found[i].kind, rulings[_i].found[i].severity, "clause %u", i + 1);
	ck_assert_str_eq(verdict.kind->word, rulings[_i].verdict);
	ck_assert_int_eq(verdict.severity, rulings[_i].severity);
	ck_assert_uint_eq(findings.n_findings, 2);
	ck_assert_str_eq(findings.items[0].text, "graded.example.org: resolver 192.0.2.53: clause 1");
	dw_findings_fini(&findings);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/reply_size_verdict");
	TCase *tests = tcase_create("reply_size_verdict");

	tcase_add_loop_test(
		tests, every_kind_has_a_word_of_its_own_and_faults_have_a_hint, 0, (int)DW_REPLY_SIZE_FINE + 1);
	tcase_add_loop_test(
		tests, the_worst_finding_gives_the_verdict_and_the_first_of_those_as_bad, 0, DW_ROWS(rulings));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
