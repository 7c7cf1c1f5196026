#include "dns/dsverdict.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

START_TEST(every_kind_has_a_word_and_its_severity)
{
	const struct dw_finding_kind *row = dw_dsverdict_row((enum dw_dsverdict_kind)_i);

	ck_assert_ptr_nonnull(row->word);
	/* One word may stand in two rows, for two things to do. */
	for (int i = 0; i < _i; i++) {
		const struct dw_finding_kind *other = dw_dsverdict_row((enum dw_dsverdict_kind)i);
		ck_assert(strcmp(row->word, other->word) != 0 || strcmp(row->hint, other->hint) != 0);
	}
	ck_assert(row->severity < DW_WARNING || row->hint != NULL);
}
END_TEST

START_TEST(mistakes_have_rows_and_an_unknown_one_is_garbled)
{
	ck_assert_str_eq(dw_dsverdict_mistake("owner-case", false, false)->word, "owner-case");
	ck_assert_str_eq(dw_dsverdict_mistake("byte-order", true, false)->word, "byte-order");
	ck_assert_str_eq(dw_dsverdict_mistake("wrong-tag", false, true)->word, "wrong-tag");
	ck_assert_str_eq(dw_dsverdict_mistake("no such word", false, false)->word, "garbled");
}
END_TEST

START_TEST(what_to_do_depends_on_where_the_record_is)
{
	ck_assert_ptr_nonnull(strstr(dw_dsverdict_mistake("owner-case", false, false)->hint, "replace the DS"));
	ck_assert_ptr_nonnull(strstr(dw_dsverdict_mistake("owner-case", true, false)->hint, "do not upload"));
	ck_assert_ptr_nonnull(strstr(dw_dsverdict_mistake("owner-case", true, true)->hint, "do not upload"));
	ck_assert_ptr_nonnull(strstr(dw_dsverdict_mistake("owner-case", false, true)->hint, "removed"));
}
END_TEST

START_TEST(a_set_is_short_in_a_sentence)
{
	struct dw_ds_fact set[DW_DS_MAX];
	char text[DW_DSVERDICT_TEXT_MAX];

	ck_assert_str_eq(dw_dsverdict_set_text(NULL, 0, text), "no DS");
	for (unsigned i = 0; i < DW_DS_MAX; i++)
		set[i] = (struct dw_ds_fact){.key_tag = 65535, .algorithm = 255, .digest_type = 255};
	set[0] = (struct dw_ds_fact){.key_tag = 4711, .algorithm = 13, .digest_type = 2};
	ck_assert_str_eq(dw_dsverdict_set_text(set, 2, text), "4711 13 2, 65535 255 255");
	dw_dsverdict_set_text(set, DW_DS_MAX, text);
	ck_assert_uint_lt(strlen(text), DW_DSVERDICT_TEXT_MAX);
	ck_assert_str_eq(text + strlen(text) - 3, "...");
}
END_TEST

START_TEST(findings_name_zone_and_server)
{
	struct dw_delegation_facts facts = {.zone = dw_name_make("example.org")};
	struct dw_server_facts server = {.server = {.name = dw_name_make("ns1.example.org")}};
	struct dw_survey_facts side = {.n_servers = 1, .servers = &server};
	struct dw_findings findings = {.items = NULL};
	struct dw_dsverdict verdict = {.facts = &facts, .findings = &findings};

	facts.zone_side = &side;
	ck_assert_int_eq(dw_address_parse("192.0.2.11", 53, &server.server.address, NULL), DW_OK);
	dw_dsverdict_add(&verdict, dw_dsverdict_row(DW_DSV_ROLL_OVER), DW_NOTE, &server, "note %d", 1);
	ck_assert(!verdict.bad[0]);
	dw_dsverdict_add(&verdict, dw_dsverdict_row(DW_DSV_NO_DS), DW_WARNING, &server, "bad");
	ck_assert(verdict.bad[0]);
	dw_dsverdict_add(&verdict, dw_dsverdict_row(DW_DSV_NO_DS), DW_WARNING, NULL, "none");
	ck_assert_str_eq(findings.items[0].text, "example.org: ns1.example.org 192.0.2.11: note 1");
	ck_assert_str_eq(findings.items[0].server, "ns1.example.org 192.0.2.11");
	ck_assert_str_eq(findings.items[0].record, "example.org/DS");
	ck_assert_str_eq(findings.items[1].text, "example.org: no-ds on ns1.example.org 192.0.2.11: bad");
	ck_assert_str_eq(findings.items[2].text, "example.org: no-ds: none");
	dw_dsverdict_tell(&verdict, dw_dsverdict_row(DW_DSV_NO_DS), DW_WARNING, NULL, "none", "; more");
	ck_assert_str_eq(findings.items[2].more, "");
	ck_assert_str_eq(findings.items[3].more, "; more");
	ck_assert(findings.items[3].advise);
	dw_findings_fini(&findings);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsverdict");
	TCase *test = tcase_create("dsverdict");

	tcase_add_loop_test(test, every_kind_has_a_word_and_its_severity, 0, DW_DSV_KINDS);
	tcase_add_test(test, mistakes_have_rows_and_an_unknown_one_is_garbled);
	tcase_add_test(test, what_to_do_depends_on_where_the_record_is);
	tcase_add_test(test, a_set_is_short_in_a_sentence);
	tcase_add_test(test, findings_name_zone_and_server);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
