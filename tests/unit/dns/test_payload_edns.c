#include "dns/payload_edns.h"

#include "support/pathway.h"
#include "support/suite.h"

static const struct dw_pathway_row rows[] = {
	{0, "fine", ""},
	{DW_PATHWAY(DW_PATHWAY_EDNS_DROP), "edns-dropped", "edns-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_DO_DROP), "do-dropped", "do-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_FORMERR), "edns-refused", "edns-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_EDNS_FAIL), "edns-refused", "edns-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_NOTIMP), "edns-refused", "edns-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_STRIP_OPT), "opt-stripped", "opt-stripped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_CLEAR_DO), "do-cleared", "do-cleared CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_FORGET_DO), "do-cleared", "do-cleared WARNING"},
	{DW_PATHWAY(DW_PATHWAY_STRIP_SIGNATURES), "signatures-stripped", "signatures-stripped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_VERSION_DROP), "edns-version", "edns-version WARNING"},
	{DW_PATHWAY(DW_PATHWAY_VERSION_TAKEN), "edns-version", "edns-version WARNING"},
	{DW_PATHWAY(DW_PATHWAY_OPTION_DROP), "edns-option", "edns-option WARNING"},
	{DW_PATHWAY(DW_PATHWAY_OPTION_REFUSED), "edns-option", "edns-option WARNING"},
	{DW_PATHWAY(DW_PATHWAY_FLAG_DROP), "edns-flag", "edns-flag WARNING"},
	{DW_PATHWAY(DW_PATHWAY_FLAG_COPIED), "edns-flag", "edns-flag WARNING"},
	{DW_PATHWAY(DW_PATHWAY_OPTION_COPIED), "edns-option", "edns-option WARNING"},
	{DW_PATHWAY(DW_PATHWAY_OTHER_VERSION), "edns-version", "edns-version WARNING"},
	{DW_PATHWAY(DW_PATHWAY_VERSION_DROP) | DW_PATHWAY(DW_PATHWAY_OPTION_DROP), "edns-version",
		"edns-version WARNING, edns-option WARNING"},
};

START_TEST(what_becomes_of_edns_is_named)
{
	dw_pathway_check(&rows[_i]);
}
END_TEST

START_TEST(an_unsigned_zone_loses_nothing_by_it)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.n_keys = 0;
	path.faults = DW_PATHWAY(DW_PATHWAY_STRIP_OPT);
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.found, "opt-stripped WARNING, no-large-answer OK");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* An answer, and whether it counts as signed. */
static const struct {
	bool answered;
	struct dw_payload_reply reply;
	bool is_signed;
} answers[] = {
	{true, {.whole = true, .signatures = true}, true},
	{false, {.whole = true, .signatures = true}, false},
	{true, {.whole = true}, false},
	{true, {.signatures = true}, false},
	{true, {.whole = true, .signatures = true, .truncated = true}, false},
	{true, {.whole = true, .signatures = true, .broken = true}, false},
};

START_TEST(signed_is_what_comes_whole_with_a_signature)
{
	const struct dw_payload_rung rung = {.answered = answers[_i].answered, .reply = answers[_i].reply};

	ck_assert_int_eq(dw_payload_is_signed(&rung), answers[_i].is_signed);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_edns");
	TCase *tests = tcase_create("payload_edns");

	tcase_add_loop_test(tests, what_becomes_of_edns_is_named, 0, DW_ROWS(rows));
	tcase_add_test(tests, an_unsigned_zone_loses_nothing_by_it);
	tcase_add_loop_test(tests, signed_is_what_comes_whole_with_a_signature, 0, DW_ROWS(answers));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
