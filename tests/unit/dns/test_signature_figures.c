#include "dns/signature.h"

#include <stdlib.h>

#include "support/fault.h"
#include "support/seen.h"
#include "support/suite.h"

#define DAY  DW_SEEN_DAY
#define HOUR DW_SEEN_HOUR

#define NS1 "ns1.example.org 192.0.2.1"

/* Warning below 20 %, critical below 10 % of the signature's life, as the check has it. */
static struct dw_signature_policy usual(void)
{
	struct dw_signature_policy policy = {.skew = 300, .unsigned_state = DW_CRITICAL};

	ck_assert_int_eq(dw_range_parse("20%", DW_RANGE_LEFT, &policy.warning, NULL), DW_OK);
	ck_assert_int_eq(dw_range_parse("10%", DW_RANGE_LEFT, &policy.critical, NULL), DW_OK);
	return policy;
}

/* Judges a zone changed by `change` and returns the findings. */
static struct dw_findings judged(struct dw_seen *seen, void (*change)(struct dw_seen *seen),
	const struct dw_signature_policy *policy, struct dw_signature_figures *figures)
{
	struct dw_findings findings = {.items = NULL};

	change(seen);
	dw_signature_judge(&seen->facts, policy, &findings, figures);
	return findings;
}

START_TEST(figures_tell_of_the_rrset_that_dies_first)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = usual();
	struct dw_signature_figures figures;
	struct dw_findings findings = judged(seen, dw_fault_soon, &policy, &figures);

	ck_assert(figures.known && figures.dnskey_known && figures.soa_known);
	ck_assert_int_eq(figures.remaining, 36 * HOUR);
	ck_assert_int_eq(figures.lifetime, 14 * DAY + 36 * HOUR);
	ck_assert_int_eq(figures.expiration, DW_SEEN_NOW + 36 * HOUR);
	ck_assert_uint_eq(figures.key_tag, 1234);
	ck_assert_uint_eq(figures.algorithm, 13);
	ck_assert_str_eq(figures.server, NS1);
	ck_assert_str_eq(figures.record, "example.org/SOA");
	ck_assert_int_eq(figures.dnskey_remaining, 10 * DAY);
	ck_assert_int_eq(figures.soa_remaining, 36 * HOUR);
	ck_assert_uint_eq(figures.servers, 2);
	ck_assert_uint_eq(figures.servers_bad, 1);
	ck_assert_uint_eq(figures.signatures, 10);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(what_remains_of_a_dead_rrset_is_negative)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = usual();
	struct dw_signature_figures figures;
	struct dw_findings findings = judged(seen, dw_fault_kskexp, &policy, &figures);

	ck_assert_int_eq(figures.remaining, -HOUR);
	ck_assert_int_eq(figures.dnskey_remaining, -HOUR);
	ck_assert_int_eq(figures.soa_remaining, 10 * DAY);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(a_wrong_signature_leaves_no_time)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = usual();
	struct dw_signature_figures figures;
	struct dw_findings findings = judged(seen, dw_fault_forged, &policy, &figures);

	ck_assert_int_eq(figures.remaining, 0);
	ck_assert_int_eq(figures.soa_remaining, 0);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(addresses_that_could_not_be_asked_do_not_count)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = usual();
	struct dw_signature_figures figures;
	struct dw_findings findings = judged(seen, dw_fault_no_route2, &policy, &figures);

	ck_assert_uint_eq(figures.servers, 1);
	ck_assert_uint_eq(figures.servers_bad, 0);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("signature_figures");
	TCase *figures = tcase_create("figures");

	tcase_add_test(figures, figures_tell_of_the_rrset_that_dies_first);
	tcase_add_test(figures, what_remains_of_a_dead_rrset_is_negative);
	tcase_add_test(figures, a_wrong_signature_leaves_no_time);
	tcase_add_test(figures, addresses_that_could_not_be_asked_do_not_count);
	suite_add_tcase(suite, figures);
	return dw_suite_run(suite);
}
