#include "dns/kept.h"

#include "support/message.h"
#include "support/suite.h"

/* Two records: of three octets, and of one. */
static uint8_t two[] = {0, 3, 'a', 'b', 'c', 0, 1, 'd'};
static uint8_t another[] = {0, 3, 'a', 'b', 'c', 0, 1, 'e'};

START_TEST(a_reply_is_found_by_the_type_that_was_asked_for)
{
	struct dw_reply replies[] = {
		{.record.type = DW_TYPE_DNSKEY}, {.record.type = DW_TYPE_DS}, {.record.type = DW_TYPE_DS}};
	const struct dw_server_facts server = {.n_replies = 3, .replies = replies};
	const struct dw_server_facts silent = {.n_replies = 0};

	ck_assert_ptr_eq(dw_kept_reply(&server, DW_TYPE_DNSKEY), &replies[0]);
	ck_assert_ptr_eq(dw_kept_reply(&server, DW_TYPE_DS), &replies[1]);
	ck_assert_ptr_null(dw_kept_reply(&server, DW_TYPE_CDS));
	ck_assert_ptr_null(dw_kept_reply(&silent, DW_TYPE_DS));
}
END_TEST

START_TEST(the_rrset_of_a_reply_is_the_one_that_was_asked_for)
{
	const struct dw_name zone = dw_name_make("example.org"), cut = dw_name_make("other.example.org");
	struct dw_rrset_fact rrsets[] = {
		{.owner = zone, .type = DW_TYPE_DS, .section = DW_AUTHORITY},
		{.owner = cut, .type = DW_TYPE_DS, .section = DW_ANSWER},
		{.owner = zone, .type = DW_TYPE_CDS, .section = DW_ANSWER},
		{.owner = dw_name_make("EXAMPLE.org"), .type = DW_TYPE_DS, .section = DW_ANSWER},
	};
	struct dw_reply reply = {.record = {zone, DW_TYPE_DS}, .n_rrsets = 4, .rrsets = rrsets};

	ck_assert_ptr_eq(dw_kept_rrset(&reply), &rrsets[3]);
	reply.n_rrsets = 3;
	ck_assert_ptr_null(dw_kept_rrset(&reply));
	ck_assert_ptr_null(dw_kept_rrset(NULL));
}
END_TEST

START_TEST(records_are_walked_to_the_last)
{
	const struct dw_rrset_fact rrset = {.kept = two, .kept_length = sizeof(two)}, nothing = {.kept = NULL};
	struct dw_octets rdata;
	size_t at = 0;

	ck_assert(dw_kept_rdata(&rrset, &at, &rdata));
	ck_assert_uint_eq(rdata.length, 3);
	ck_assert_mem_eq(rdata.octets, "abc", 3);
	ck_assert(dw_kept_rdata(&rrset, &at, &rdata));
	ck_assert_uint_eq(rdata.length, 1);
	ck_assert_mem_eq(rdata.octets, "d", 1);
	ck_assert(!dw_kept_rdata(&rrset, &at, &rdata));
	at = 0;
	ck_assert(!dw_kept_rdata(&nothing, &at, &rdata) && !dw_kept_rdata(NULL, &at, &rdata));
}
END_TEST

START_TEST(rrsets_are_the_same_when_their_records_are)
{
	const struct dw_rrset_fact a = {.kept = two, .kept_length = sizeof(two), .ttl = 60};
	const struct dw_rrset_fact b = {.kept = two, .kept_length = sizeof(two), .ttl = 3600};
	const struct dw_rrset_fact shorter = {.kept = two, .kept_length = 5};
	const struct dw_rrset_fact other = {.kept = another, .kept_length = sizeof(another)};

	ck_assert(dw_kept_same(&a, &b) && dw_kept_same(NULL, NULL));
	ck_assert(!dw_kept_same(&a, &shorter) && !dw_kept_same(&a, &other));
	ck_assert(!dw_kept_same(&a, NULL) && !dw_kept_same(NULL, &a));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/kept");
	TCase *tests = tcase_create("kept");

	tcase_add_test(tests, a_reply_is_found_by_the_type_that_was_asked_for);
	tcase_add_test(tests, the_rrset_of_a_reply_is_the_one_that_was_asked_for);
	tcase_add_test(tests, records_are_walked_to_the_last);
	tcase_add_test(tests, rrsets_are_the_same_when_their_records_are);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
