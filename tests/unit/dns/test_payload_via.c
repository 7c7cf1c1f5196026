#include "dns/payload_via.h"

#include "support/pathway.h"
#include "support/suite.h"

/* What a resolver does, and what is found. */
static const struct {
	uint64_t faults;
	bool authentic;
	const char *found;
} rows[] = {
	/* What is dropped between us and the resolver is no fault of its own. */
	{DW_PATHWAY(DW_PATHWAY_EDNS_DROP), false, "edns-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_DO_DROP), false, "do-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_DROP), true, "udp-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_SILENT), true, "tcp-silent CRITICAL, validates OK"},
	{0, true, "validates OK"},
	{DW_PATHWAY(DW_PATHWAY_VERSION_DROP), true, "edns-version WARNING, validates OK"},
	{DW_PATHWAY(DW_PATHWAY_VERSION_TAKEN), true, "edns-version WARNING, validates OK"},
	{0, false, "not-validating OK"},
	{DW_PATHWAY(DW_PATHWAY_BOGUS), false, "bogus CRITICAL, bogus CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_SERVFAIL), false, "resolver-fails CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_REFUSED), false, "resolver-refuses CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_NO_FETCH), false, "resolver-fails CRITICAL, resolver-fails CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_FETCH_NOTHING), false, "resolver-fails CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_FETCH_NOTHING) | DW_PATHWAY(DW_PATHWAY_UDP_DROP), false,
		"resolver-fails CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_DROP) | DW_PATHWAY(DW_PATHWAY_TCP_SILENT), false, "resolver-fails CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_DROP), true, "tcp-filtered CRITICAL, validates OK"},
	{DW_PATHWAY(DW_PATHWAY_STRIP_SIGNATURES), false, "signatures-stripped CRITICAL, not-validating OK"},
};

START_TEST(what_a_resolver_makes_of_the_zone_is_found)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.53");
	struct dw_pathway_look look;

	path.faults = rows[_i].faults;
	path.authentic = rows[_i].authentic;
	plan.via = true;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.found, rows[_i].found);
	ck_assert_int_lt(look.took, 9000);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* What is found in little time, as -t 3 leaves it. */
static const struct {
	uint64_t faults;
	const char *found;
} hurried[] = {
	{DW_PATHWAY(DW_PATHWAY_EDNS_DROP), "edns-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_DROP), "udp-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_DROP), "tcp-filtered CRITICAL, validates OK"},
	{DW_PATHWAY(DW_PATHWAY_TCP_SILENT), "tcp-silent CRITICAL, validates OK"},
	{DW_PATHWAY(DW_PATHWAY_FETCH_NOTHING), "resolver-fails CRITICAL"},
};

START_TEST(little_time_is_enough_to_find_what_is_dropped)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.53");
	struct dw_pathway_look look;

	path.faults = hurried[_i].faults;
	path.authentic = true;
	plan.via = true;
	plan.budget = 2100;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.found, hurried[_i].found);
	ck_assert_int_le(look.took, 2100);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_via");
	TCase *tests = tcase_create("payload_via");

	tcase_add_loop_test(tests, what_a_resolver_makes_of_the_zone_is_found, 0, DW_ROWS(rows));
	tcase_add_loop_test(tests, little_time_is_enough_to_find_what_is_dropped, 0, DW_ROWS(hurried));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
