#include "help.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static const struct dw_option options[] = {
	{'w', "warning", "RANGE", "20%",
		"a long clause that has so many words in it that it must be broken before the eightieth column",
		.kind = DW_OPTION_RANGE},
	{.name = NULL},
};
static const char *const examples[] = {"check_x -z example.org", "what it does", NULL};
static const struct dw_plugin plugin = {.name = "check_with_quite_a_long_name",
	.label = "X",
	.summary = "Checks x in so many words that the line of the summary does not fit eighty columns at all.",
	.options = options,
	.examples = examples};

START_TEST(help_has_every_option_and_fits_80_columns)
{
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	dw_help_print(&plugin, page);
	(void)fclose(page);
	ck_assert_ptr_nonnull(strstr(text, "\n  -w, --warning=RANGE\n"));
	ck_assert_ptr_nonnull(strstr(text, " [20%]\n"));
	ck_assert_ptr_nonnull(strstr(text, "\n  check_x -z example.org\n        what it does\n"));
	for (const struct dw_option *row = dw_common_options; row->name != NULL; row++)
		ck_assert_msg(strstr(text, row->name) != NULL, "--%s is missing", row->name);
	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
		ck_assert_msg(strcspn(line, "\n") < 80, "too long: %.90s", line);
	free(text);
}
END_TEST

START_TEST(a_usage_error_comes_first)
{
	const struct dw_error error = {DW_INVALID, "--x: no such option"};
	char text[400] = "";
	FILE *page = fmemopen(text, sizeof text, "w");

	dw_help_usage(&plugin, &error, page);
	(void)fclose(page);
	ck_assert_ptr_eq(strstr(text, "X UNKNOWN - --x: no such option\nUsage: check_with_"), text);
	ck_assert_ptr_nonnull(strstr(text, "'check_with_quite_a_long_name --help' explains every option.\n"));
}
END_TEST

static const struct {
	struct dw_option row;
	const char *text;
} heads[] = {
	{{.letter = 'w', .name = "warning", .argument = "RANGE"}, "-w, --warning=RANGE"},
	{{.name = "now", .argument = "TIME"}, "    --now=TIME"},
	{{.letter = '4', .name = "ipv4"}, "-4, --ipv4"},
	{{.name = "print", .argument = "TYPES", .optional = true}, "    --print[=TYPES]"},
};

START_TEST(an_option_is_shown_as_it_is_typed)
{
	char text[80];

	ck_assert_str_eq(dw_help_option(&heads[_i].row, text), heads[_i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/help");
	TCase *tests = tcase_create("help");

	tcase_add_test(tests, help_has_every_option_and_fits_80_columns);
	tcase_add_test(tests, a_usage_error_comes_first);
	tcase_add_loop_test(tests, an_option_is_shown_as_it_is_typed, 0, DW_ROWS(heads));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
