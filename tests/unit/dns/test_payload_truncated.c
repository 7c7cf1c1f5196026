#include "dns/payload_truncated.h"

#include "support/pathway.h"
#include "support/suite.h"

static const struct dw_pathway_row rows[] = {
	{DW_PATHWAY(DW_PATHWAY_ALWAYS_TC), "always-truncated", "always-truncated WARNING"},
	/* What truncates makes its own OPT, or none, and knows no versions. */
	{DW_PATHWAY(DW_PATHWAY_ALWAYS_TC) | DW_PATHWAY(DW_PATHWAY_VERSION_TAKEN), "always-truncated",
		"always-truncated WARNING"},
	{DW_PATHWAY(DW_PATHWAY_ALWAYS_TC) | DW_PATHWAY(DW_PATHWAY_STRIP_OPT), "always-truncated",
		"always-truncated WARNING"},
	{DW_PATHWAY(DW_PATHWAY_TC_512), "truncated-early", "truncated-early WARNING"},
	/* Without EDNS nothing else can be had. */
	{DW_PATHWAY(DW_PATHWAY_TC_512) | DW_PATHWAY(DW_PATHWAY_STRIP_OPT), "opt-stripped",
		"opt-stripped CRITICAL"},
};

START_TEST(what_comes_truncated_is_named)
{
	dw_pathway_check(&rows[_i]);
}
END_TEST

/* Small answers that came truncated, questions that were lost beside them, and what is found. */
static const struct {
	unsigned n_truncated, n_lost;
	const char *found;
} limits[] = {
	{0, 0, ""},
	{1, 0, ""},
	{2, 0, "rate-limited WARNING"},
	{2, 8, "rate-limited WARNING"},
	{0, 8, "loss WARNING"},
};

START_TEST(small_answers_that_are_truncated_at_times_tell_of_a_limit_of_the_rate)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	struct dw_payload_rung *plain = &look.facts->addresses[0].rungs[0];
	ck_assert_int_eq(plain->probe, DW_PROBE_PLAIN);
	plain->n_truncated = limits[_i].n_truncated;
	plain->n_lost = limits[_i].n_lost;
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, limits[_i].found);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* What a server sends at most and advertises, and what is found. */
static const struct {
	uint16_t server_max;
	const char *found;
} maxima[] = {{512, "truncated-early OK"}, {900, "truncated-early OK"}, {1220, ""}, {1232, ""}};

START_TEST(a_server_that_says_that_it_sends_little_is_noted)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.server_max = maxima[_i].server_max;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.found, maxima[_i].found);
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, "fine");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_truncated");
	TCase *tests = tcase_create("payload_truncated");

	tcase_add_loop_test(tests, what_comes_truncated_is_named, 0, DW_ROWS(rows));
	tcase_add_loop_test(
		tests, small_answers_that_are_truncated_at_times_tell_of_a_limit_of_the_rate, 0, DW_ROWS(limits));
	tcase_add_loop_test(tests, a_server_that_says_that_it_sends_little_is_noted, 0, DW_ROWS(maxima));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
