#include "dns/signature.h"

#include "support/fault.h"
#include "support/judged.h"
#include "support/suite.h"

#define DAY  DW_SEEN_DAY
#define HOUR DW_SEEN_HOUR

#define NS1 "ns1.example.org 192.0.2.1"

START_TEST(figures_tell_of_the_rrset_that_dies_first)
{
	struct dw_judged judged = dw_judged_of(dw_fault_soon);

	ck_assert(judged.figures.known && judged.figures.dnskey_known && judged.figures.soa_known);
	ck_assert_int_eq(judged.figures.remaining, 36 * HOUR);
	ck_assert_int_eq(judged.figures.lifetime, 14 * DAY + 36 * HOUR);
	ck_assert_int_eq(judged.figures.expiration, DW_SEEN_NOW + 36 * HOUR);
	ck_assert_uint_eq(judged.figures.key_tag, 1234);
	ck_assert_uint_eq(judged.figures.algorithm, 13);
	ck_assert_str_eq(judged.figures.server, NS1);
	ck_assert_str_eq(judged.figures.record, "example.org/SOA");
	ck_assert_int_eq(judged.figures.dnskey_remaining, 10 * DAY);
	ck_assert_int_eq(judged.figures.soa_remaining, 36 * HOUR);
	ck_assert_uint_eq(judged.figures.servers, 2);
	ck_assert_uint_eq(judged.figures.servers_bad, 1);
	ck_assert_uint_eq(judged.figures.signatures, 10);
	dw_judged_end(&judged);
}
END_TEST

START_TEST(what_remains_of_a_dead_rrset_is_negative)
{
	struct dw_judged judged = dw_judged_of(dw_fault_kskexp);

	ck_assert_int_eq(judged.figures.remaining, -HOUR);
	ck_assert_int_eq(judged.figures.dnskey_remaining, -HOUR);
	ck_assert_int_eq(judged.figures.soa_remaining, 10 * DAY);
	dw_judged_end(&judged);
}
END_TEST

START_TEST(a_wrong_signature_leaves_no_time)
{
	struct dw_judged judged = dw_judged_of(dw_fault_forged);

	ck_assert_int_eq(judged.figures.remaining, 0);
	ck_assert_int_eq(judged.figures.soa_remaining, 0);
	dw_judged_end(&judged);
}
END_TEST

START_TEST(addresses_that_could_not_be_asked_do_not_count)
{
	struct dw_judged judged = dw_judged_of(dw_fault_no_route2);

	ck_assert_uint_eq(judged.figures.servers, 1);
	ck_assert_uint_eq(judged.figures.servers_bad, 0);
	dw_judged_end(&judged);
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
