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

/* Records of a run, and what each of its zones gets; NULL: the run is refused. */
static const struct {
	const char *zones[3];
	const char *name;
	uint16_t type;
	bool absolute;
	const char *placed[3];
} runs[] = {
	{{"example.org"}, "www", 1, false, {"www.example.org"}},
	{{"example.org"}, "www.example.org", 1, true, {"www.example.org"}},
	{{"example.org"}, "www.example.net", 1, false, {"www.example.net.example.org"}},
	{{"example.org"}, "www.example.net", 1, true, {NULL}},
	{{"example.org"}, ".", 15, false, {"example.org"}},
	{{"example.org"}, ".", DW_TYPE_DS, false, {NULL}},
	{{"example.org"}, "example.org", DW_TYPE_DS, false, {NULL}},
	{{"example.org"}, "sub", DW_TYPE_DS, false, {"sub.example.org"}},
	{{"example.org", "example.net"}, "www", 1, false, {"www.example.org", "www.example.net"}},
	{{"example.org", "example.net"}, "www.example.net", 1, false, {"", "www.example.net"}},
	{{"example.org", "sub.example.org"}, "www.sub.example.org", 1, false, {"", "www.sub.example.org"}},
	{{"sub.example.org", "example.org"}, "sub.example.org", DW_TYPE_DS, false, {"", "sub.example.org"}},
	{{".", "example.org"}, "www", 1, false, {"www", "www.example.org"}},
	{{".", "example.org"}, "org", DW_TYPE_DS, true, {"org", ""}},
	{{"."}, "org", DW_TYPE_DS, false, {"org"}},
};

START_TEST(each_zone_of_a_run_gets_what_is_its_own)
{
	struct dw_zone_list *zones = calloc(1, sizeof *zones);
	struct dw_record_list *list = calloc(1, sizeof *list);
	struct dw_record placed;
	struct dw_error error = {0};
	unsigned n_placed = 0;
	char text[DW_NAME_TEXT_MAX];

	ck_assert(zones != NULL && list != NULL);
	list->n_records = 1;
	list->items[0] = (struct dw_record){dw_name_make(runs[_i].name), runs[_i].type};
	list->absolute[0] = runs[_i].absolute;
	while (zones->n_zones < 3 && runs[_i].zones[zones->n_zones] != NULL) {
		zones->items[zones->n_zones] = dw_name_make(runs[_i].zones[zones->n_zones]);
		zones->n_zones++;
	}
	for (unsigned i = 0; i < zones->n_zones; i++) {
		const char *wanted = runs[_i].placed[i];
		enum dw_status status =
			dw_record_list_place(list, zones, &zones->items[i], &placed, &n_placed, &error);
		ck_assert_int_eq(status, wanted == NULL ? DW_INVALID : DW_OK);
		ck_assert_msg(wanted != NULL || strstr(error.text, "--record") != NULL, "%s", error.text);
		if (wanted == NULL)
			continue;
		ck_assert_uint_eq(n_placed, wanted[0] != '\0');
		ck_assert_str_eq(n_placed == 0 ? "" : dw_name_format(&placed.name, text), wanted);
	}
	free(list);
	free(zones);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/record_list");
	TCase *tests = tcase_create("record_list");

	tcase_add_loop_test(tests, a_name_outside_the_zone_is_relative_to_it, 0, DW_ROWS(names));
	tcase_add_test(tests, what_does_not_fit_into_a_name_is_refused);
	tcase_add_loop_test(tests, each_zone_of_a_run_gets_what_is_its_own, 0, DW_ROWS(runs));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
