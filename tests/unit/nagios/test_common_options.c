#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

START_TEST(no_letter_and_no_name_is_taken_twice)
{
	for (const struct dw_option *a = dw_common_options; a->name != NULL; a++) {
		for (const struct dw_option *b = a + 1; b->name != NULL; b++) {
			ck_assert_str_ne(a->name, b->name);
			ck_assert_msg(a->letter == 0 || a->letter != b->letter, "-%c", a->letter);
		}
	}
}
END_TEST

START_TEST(defaults_are_those_of_the_help)
{
	static const struct dw_option own[] = {{.name = NULL}};
	const struct dw_plugin plugin = {.options = own};
	const struct dw_option_tables tables = dw_plugin_tables(&plugin);
	struct dw_common *common = calloc(1, sizeof *common);

	ck_assert_ptr_eq(tables.own, own);
	ck_assert_int_eq(dw_option_defaults(&tables, 0, common, NULL), DW_OK);
	ck_assert_uint_eq(common->port, 53);
	ck_assert_int_eq(common->timeout.wait, 10000);
	ck_assert_int_eq(common->timeout.state, DW_UNKNOWN);
	ck_assert_uint_eq(common->tries, 3);
	ck_assert_int_eq(common->try_timeout.millis, 1500);
	ck_assert_uint_eq(common->format.index, 0);
	ck_assert(!common->now.given && !common->openssl_config);
	ck_assert_int_eq(dw_option_complete(&tables, common, NULL), DW_INVALID);
	free(common);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/common_options");
	TCase *tests = tcase_create("common_options");

	tcase_add_test(tests, no_letter_and_no_name_is_taken_twice);
	tcase_add_test(tests, defaults_are_those_of_the_help);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
