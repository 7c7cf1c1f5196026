#include "host_list.h"

#include "support/suite.h"

START_TEST(names_are_told_from_addresses)
{
	struct dw_host_list list = {0};

	ck_assert(!dw_host_list_has_names(&list));
	list.n_hosts = 2;
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &list.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_parse("192.0.2.2@5300", &list.items[1], NULL), DW_OK);
	ck_assert(!dw_host_list_has_names(&list));
	ck_assert_int_eq(dw_host_parse("ns.example.org", &list.items[1], NULL), DW_OK);
	ck_assert(dw_host_list_has_names(&list));
}
END_TEST

START_TEST(what_the_hosts_file_lacks_stays_a_name)
{
	struct dw_host_list list = {.n_hosts = 1};

	ck_assert_int_eq(dw_host_parse("ns.nowhere.test@5300", &list.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_list_find(&list, DW_FAMILY_ANY, NULL), DW_OK);
	ck_assert_uint_eq(list.n_hosts, 1);
	ck_assert_uint_eq(list.items[0].address.length, 0);
	ck_assert_uint_eq(list.items[0].port, 5300);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/host_list");
	TCase *tests = tcase_create("host_list");

	tcase_add_test(tests, names_are_told_from_addresses);
	tcase_add_test(tests, what_the_hosts_file_lacks_stays_a_name);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
