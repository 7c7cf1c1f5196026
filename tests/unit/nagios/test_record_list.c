#include "record_list.h"

#include <stdlib.h>
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

/* A name that is too long to be relative to another one. */
static struct dw_name over_long(void)
{
	static const char label[] = "a23456789012345678901234567890123456789012345678901234567890.";
	char text[DW_NAME_TEXT_MAX] = "";

	for (int i = 0; i < 4; i++)
		(void)strcat(text, label);
	return dw_name_make(text);
}

START_TEST(what_does_not_fit_into_a_name_is_refused)
{
	const struct dw_name zone = dw_name_make("example.org");
	const struct dw_record record = {over_long(), 1};
	struct dw_error error = {0};
	struct dw_record placed;

	ck_assert_int_eq(dw_record_place(&record, &zone, &placed, &error), DW_INVALID);
	ck_assert_ptr_nonnull(strstr(error.text, "--record"));
}
END_TEST

START_TEST(each_record_of_a_list_is_placed_until_one_does_not_fit)
{
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_record_list *list = calloc(1, sizeof *list);
	struct dw_record placed[3];
	char text[DW_NAME_TEXT_MAX];

	ck_assert_ptr_nonnull(list);
	list->n_records = 2;
	list->items[0] = (struct dw_record){dw_name_make("www"), 1};
	list->items[1] = (struct dw_record){dw_name_make("mail.example.org"), 15};
	ck_assert_int_eq(dw_record_list_place(list, &zone, placed, NULL), DW_OK);
	ck_assert_str_eq(dw_name_format(&placed[0].name, text), "www.example.org");
	ck_assert_str_eq(dw_name_format(&placed[1].name, text), "mail.example.org");
	ck_assert_uint_eq(placed[1].type, 15);
	list->items[list->n_records++].name = over_long();
	ck_assert_int_eq(dw_record_list_place(list, &zone, placed, NULL), DW_INVALID);
	free(list);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/record_list");
	TCase *tests = tcase_create("record_list");

	tcase_add_loop_test(tests, a_name_outside_the_zone_is_relative_to_it, 0, DW_ROWS(names));
	tcase_add_test(tests, what_does_not_fit_into_a_name_is_refused);
	tcase_add_test(tests, each_record_of_a_list_is_placed_until_one_does_not_fit);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
