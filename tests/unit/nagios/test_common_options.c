#include "plugin.h"

#include <stdlib.h>

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

static const struct {
	bool only4, only6;
	enum dw_family family;
} families[] = {
	{false, false, DW_FAMILY_ANY},
	{true, false, DW_FAMILY_4},
	{false, true, DW_FAMILY_6},
	{true, true, DW_FAMILY_ANY},
};

START_TEST(a_family_is_left_out_by_its_counterpart)
{
	const struct dw_common common = {.only4 = families[_i].only4, .only6 = families[_i].only6};

	ck_assert_int_eq(dw_common_family(&common), families[_i].family);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/common_options");
	TCase *tests = tcase_create("common_options");

	tcase_add_test(tests, no_letter_and_no_name_is_taken_twice);
	tcase_add_test(tests, defaults_are_those_of_the_help);
	tcase_add_loop_test(tests, a_family_is_left_out_by_its_counterpart, 0, DW_ROWS(families));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
