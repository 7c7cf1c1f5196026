#include "dns/finding.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static const struct dw_finding_kind expired = {"expired", DW_CRITICAL, "sign the zone again"};
static const struct dw_finding_kind silent = {"server-silent", DW_WARNING, "look at the server"};

START_TEST(a_finding_keeps_kind_severity_place_and_sentence)
{
	struct dw_findings findings = {0};
	struct dw_name zone;
	struct dw_place place = {
		.zone = &zone, .server = "ns1.example.org 192.0.2.1", .record = "example.org/SOA"};

	ck_assert_int_eq(dw_name_parse("example.org", &zone, NULL), DW_OK);
	dw_findings_add(&findings, &expired, DW_CRITICAL, &place, "%s expired %d s ago", place.record, 60);
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_int_eq(findings.worst, DW_CRITICAL);
	const struct dw_finding *finding = &findings.items[0];
	ck_assert_ptr_eq(finding->kind, &expired);
	ck_assert_int_eq(finding->severity, DW_CRITICAL);
	ck_assert(dw_name_equal(&finding->zone, &zone));
	ck_assert_str_eq(finding->server, "ns1.example.org 192.0.2.1");
	ck_assert_str_eq(finding->record, "example.org/SOA");
	ck_assert_str_eq(finding->text, "example.org/SOA expired 60 s ago");
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_finding_keeps_further_servers_in_lines)
{
	struct dw_findings findings = {0};
	struct dw_place place = {.server = "ns1", .others = "n|s2\nns3\n"};

	dw_findings_add(&findings, &silent, DW_WARNING, &place, "a");
	place.others = "";
	dw_findings_add(&findings, &silent, DW_WARNING, &place, "b");
	ck_assert_str_eq(findings.items[0].others, "n?s2\nns3\n");
	ck_assert_ptr_null(findings.items[1].others);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_place_may_be_empty)
{
	struct dw_findings findings = {0};
	struct dw_place place = {0};

	dw_findings_add(&findings, &silent, DW_WARNING, NULL, "a");
	dw_findings_add(&findings, &silent, DW_WARNING, &place, "b");
	for (size_t i = 0; i < 2; i++) {
		ck_assert_uint_eq(findings.items[i].zone.length, 0);
		ck_assert_str_eq(findings.items[i].server, "");
		ck_assert_str_eq(findings.items[i].record, "");
	}
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_sentence_may_go_on)
{
	struct dw_findings findings = {0};
	const struct dw_place place = {.more = "; and | so on", .advise = true};

	dw_findings_add(&findings, &silent, DW_WARNING, &place, "a");
	dw_findings_add(&findings, &silent, DW_WARNING, NULL, "b");
	ck_assert_str_eq(findings.items[0].text, "a");
	ck_assert_str_eq(findings.items[0].more, "; and ? so on");
	ck_assert(findings.items[0].advise);
	ck_assert_str_eq(findings.items[1].more, "");
	ck_assert(!findings.items[1].advise);
	dw_findings_fini(&findings);
}
END_TEST

static const struct {
	const char *text, *shown;
} sentences[] = {
	{"plain; 'quoted'", "plain; 'quoted'"},
	{"a|b=1||", "a?b=1??"},
	{"line\nline\r\033[1m\x7f", "line?line??[1m?"},
	{"m\303\274nchen.de \377", "m\303\274nchen.de ?"},
};

START_TEST(no_text_of_a_finding_can_leave_its_line)
{
	struct dw_findings findings = {0};
	struct dw_place place = {.server = sentences[_i].text, .record = sentences[_i].text};

	dw_findings_add(&findings, &silent, DW_WARNING, &place, "%s", sentences[_i].text);
	ck_assert_str_eq(findings.items[0].text, sentences[_i].shown);
	ck_assert_str_eq(findings.items[0].server, sentences[_i].shown);
	ck_assert_str_eq(findings.items[0].record, sentences[_i].shown);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(long_texts_are_cut)
{
	struct dw_findings findings = {0};
	char text[2 * DW_FINDING_TEXT_MAX];
	struct dw_place place = {.server = text, .record = text};

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	dw_findings_add(&findings, &silent, DW_WARNING, &place, "%s", text);
	ck_assert_uint_eq(strlen(findings.items[0].text), DW_FINDING_TEXT_MAX - 1);
	ck_assert_uint_eq(strlen(findings.items[0].server), DW_SERVER_TEXT_MAX - 1);
	ck_assert_uint_eq(strlen(findings.items[0].record), DW_RECORD_TEXT_MAX - 1);
	dw_findings_fini(&findings);
}
END_TEST

static const struct {
	enum dw_severity added[3], worst;
} mixtures[] = {
	{{DW_NOTE, DW_NOTE, DW_NOTE}, DW_NOTE},
	{{DW_NOTE, DW_UNKNOWN, DW_NOTE}, DW_UNKNOWN},
	{{DW_WARNING, DW_UNKNOWN, DW_NOTE}, DW_WARNING},
	{{DW_UNKNOWN, DW_CRITICAL, DW_WARNING}, DW_CRITICAL},
};

START_TEST(a_proven_fault_never_hides_behind_a_failed_look)
{
	struct dw_findings findings = {0};

	for (int i = 0; i < 3; i++)
		dw_findings_add(&findings, &silent, mixtures[_i].added[i], NULL, "%d", i);
	ck_assert_int_eq(findings.worst, mixtures[_i].worst);
	dw_findings_sort(&findings);
	ck_assert_int_eq(findings.items[0].severity, mixtures[_i].worst);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(sorting_puts_the_worst_first_and_keeps_the_order_of_equals)
{
	struct dw_findings findings = {0};

	dw_findings_sort(&findings);
	for (int i = 0; i < 1000; i++)
		dw_findings_add(&findings, &silent, (enum dw_severity)(i * 7 % 4), NULL, "%d", i);
	for (int i = DW_NOTE; i <= DW_CRITICAL; i++)
		ck_assert_uint_eq(dw_findings_count(&findings, (enum dw_severity)i), 250);
	dw_findings_sort(&findings);
	for (size_t i = 1; i < findings.n_findings; i++) {
		const struct dw_finding *before = &findings.items[i - 1], *after = &findings.items[i];
		ck_assert(before->severity >= after->severity);
		ck_assert(before->severity > after->severity || before->sequence < after->sequence);
		ck_assert_uint_eq(strtoul(after->text, NULL, 10), after->sequence);
	}
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_full_list_counts_what_it_drops_and_keeps_the_worst)
{
	struct dw_findings findings = {0};

	for (int i = 0; i < DW_FINDINGS_MAX; i++)
		dw_findings_add(&findings, &silent, DW_NOTE, NULL, "%d", i);
	ck_assert_uint_eq(findings.n_dropped, 0);
	dw_findings_add(&findings, &expired, DW_CRITICAL, NULL, "too late");
	dw_findings_add(&findings, &silent, DW_WARNING, NULL, "too late");
	ck_assert_uint_eq(findings.n_findings, DW_FINDINGS_MAX);
	ck_assert_uint_eq(findings.n_dropped, 2);
	ck_assert_int_eq(findings.worst, DW_CRITICAL);
	ck_assert_uint_eq(dw_findings_count(&findings, DW_CRITICAL), 0);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_released_list_is_empty_and_may_be_used_again)
{
	struct dw_findings findings = {0};

	dw_findings_fini(&findings);
	dw_findings_add(&findings, &expired, DW_CRITICAL, NULL, "a");
	dw_findings_fini(&findings);
	ck_assert_ptr_null(findings.items);
	ck_assert_int_eq(findings.worst, DW_NOTE);
	dw_findings_add(&findings, &silent, DW_WARNING, NULL, "b");
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_int_eq(findings.worst, DW_WARNING);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(a_severity_has_the_word_of_its_state)
{
	ck_assert_str_eq(dw_severity_text(DW_NOTE), "OK");
	ck_assert_str_eq(dw_severity_text(DW_UNKNOWN), "UNKNOWN");
	ck_assert_str_eq(dw_severity_text(DW_WARNING), "WARNING");
	ck_assert_str_eq(dw_severity_text(DW_CRITICAL), "CRITICAL");
	ck_assert_str_eq(dw_severity_text((enum dw_severity)9), "UNKNOWN");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/finding");
	TCase *finding = tcase_create("finding");

	tcase_add_test(finding, a_finding_keeps_kind_severity_place_and_sentence);
	tcase_add_test(finding, a_finding_keeps_further_servers_in_lines);
	tcase_add_test(finding, a_place_may_be_empty);
	tcase_add_test(finding, a_sentence_may_go_on);
	tcase_add_loop_test(finding, no_text_of_a_finding_can_leave_its_line, 0, DW_ROWS(sentences));
	tcase_add_test(finding, long_texts_are_cut);
	tcase_add_loop_test(finding, a_proven_fault_never_hides_behind_a_failed_look, 0, DW_ROWS(mixtures));
	tcase_add_test(finding, sorting_puts_the_worst_first_and_keeps_the_order_of_equals);
	tcase_add_test(finding, a_full_list_counts_what_it_drops_and_keeps_the_worst);
	tcase_add_test(finding, a_released_list_is_empty_and_may_be_used_again);
	tcase_add_test(finding, a_severity_has_the_word_of_its_state);
	suite_add_tcase(suite, finding);
	return dw_suite_run(suite);
}
