#include "record_list.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static const struct {
	const char *name, *placed;
} names[] = {
	{"www", "www.example.org"},
	{"www.example.org", "www.example.org"},
	{"example.org", "example.org"},
	{"www.example.net", "www.example.net.example.org"},
	{"WWW.Example.ORG", "WWW.Example.ORG"},
};

START_TEST(a_name_outside_the_zone_is_relative_to_it)
{
	const struct dw_name zone = dw_name_make("example.org");
	const struct dw_record record = {dw_name_make(names[_i].name), 1};
	struct dw_record placed;
	char text[DW_NAME_TEXT_MAX];

	ck_assert_int_eq(dw_record_place(&record, &zone, &placed, NULL), DW_OK);
	ck_assert_str_eq(dw_name_format(&placed.name, text), names[_i].placed);
	ck_assert_uint_eq(placed.type, 1);
}
END_TEST

START_TEST(what_does_not_fit_into_a_name_is_refused)
{
	static const char label[] = "a23456789012345678901234567890123456789012345678901234567890.";
	char text[DW_NAME_TEXT_MAX] = "";
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_error error = {0};
	struct dw_record placed;

	for (int i = 0; i < 4; i++)
		(void)strcat(text, label);
	const struct dw_record record = {dw_name_make(text), 1};
	ck_assert_int_eq(dw_record_place(&record, &zone, &placed, &error), DW_INVALID);
	ck_assert_ptr_nonnull(strstr(error.text, "--record"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/record_list");
	TCase *tests = tcase_create("record_list");

	tcase_add_loop_test(tests, a_name_outside_the_zone_is_relative_to_it, 0, DW_ROWS(names));
	tcase_add_test(tests, what_does_not_fit_into_a_name_is_refused);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
