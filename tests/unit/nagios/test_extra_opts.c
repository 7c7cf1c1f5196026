#include "extra_opts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

struct values {
	const char *text;
	struct dw_level level;
};

static const struct dw_option common[] = {
	{'t', "text", "TEXT", NULL, "", DW_OPTION(struct values, text)},
	{'v', "verbose", NULL, NULL, "", DW_OPTION(struct values, level)},
	{0, "print", "WHAT", NULL, "", DW_OPTION(struct values, text), .optional = true},
	{'V', "version", NULL, NULL, "", .kind = DW_OPTION_NOTHING},
	{.name = NULL},
};

static const struct dw_option_tables tables = {common, NULL};

/* A file's text, the section that is read, and what comes of it: the last --text, or a reason. */
static const struct {
	const char *text, *section;
	enum dw_status status;
	unsigned n_given;
	const char *expect;
} files[] = {
	{"[check_x]\ntext = a\n", "check_x", DW_OK, 1, "a"},
	{"[other]\ntext=b\n[check_x]\n  text=a = b \r\n# no\n; no\nverbose\n", "check_x", DW_OK, 2, "a = b"},
	{"[check_x]\n--text=a\n[other]\ntext=b\n[ check_x ]\ntext=c", "check_x", DW_OK, 2, "c"},
	{"[check_x]\n", "check_x", DW_OK, 0, NULL},
	{"[check_x]\ntext=\n", "check_x", DW_OK, 1, ""},
	{"[check_x]\nt = a b\n-v\nv=\n", "check_x", DW_OK, 3, "a b"},
	{"[check_x]\ntext = a#b # why\n", "check_x", DW_OK, 1, "a#b"},
	{"[check_x]\nprint\n", "check_x", DW_OK, 1, NULL},
	{"[check_x]\nprint = \n", "check_x", DW_OK, 1, NULL},
	{"[check_x]\nprint = 2,4\n", "check_x", DW_OK, 1, "2,4"},
	{"[check_x]\nx = 1\n", "check_x", DW_INVALID, 0, "f.ini line 2: 'x' is no option"},
	{"", "check_x", DW_NOT_FOUND, 0, "f.ini has no section [check_x]"},
	{"text=a\n[check_y]\n", "check_x", DW_NOT_FOUND, 0, "f.ini has no section [check_x]"},
	{"[check_x]\n\ntext\n", "check_x", DW_INVALID, 0, "f.ini line 3: text: needs TEXT"},
	{"[check_x]\nnonsense=1\n", "check_x", DW_INVALID, 0, "f.ini line 2: 'nonsense' is no option"},
	{"[check_x]\nversion\n", "check_x", DW_INVALID, 0,
		"f.ini line 2: 'version' is no option that a file may give"},
};

START_TEST(a_section_of_a_file_gives_options)
{
	struct dw_extra_opts extra = {0};
	struct dw_error error = {0};
	char *text = strdup(files[_i].text);
	const char *last = NULL;

	ck_assert_int_eq(
		dw_extra_opts_parse(&extra, text, "f.ini", files[_i].section, &tables, &error), files[_i].status);
	if (files[_i].status != DW_OK) {
		ck_assert_msg(strstr(error.text, files[_i].expect) == error.text, "%s", error.text);
	} else {
		ck_assert_uint_eq(extra.n_given, files[_i].n_given);
		for (unsigned i = 0; i < extra.n_given; i++)
			last = extra.given[i].text != NULL ? extra.given[i].text : last;
		ck_assert_pstr_eq(last, files[_i].expect);
	}
	dw_extra_opts_fini(&extra);
	free(text);
}
END_TEST

/* Writes a file that the test's folder holds, and returns its path within `path`. */
static void write_file(char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	(void)fputs(text, file);
	(void)fclose(file);
}

START_TEST(a_named_file_and_the_configured_directory_are_read)
{
	char folder[] = "/tmp/extra_opts.XXXXXX", path[128], argument[160];
	struct dw_extra_opts extra = {0};
	struct dw_error error = {0};

	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/plugins.ini", folder);
	write_file(path, "[check_x]\ntext=default\n[mine]\ntext=named\n");
	(void)snprintf(argument, sizeof argument, "mine@%s", path);
	ck_assert_int_eq(dw_extra_opts_read(&extra, argument, "check_x", &tables, &error), DW_OK);
	ck_assert_str_eq(extra.given[0].text, "named");
	ck_assert_int_eq(setenv("NAGIOS_CONFIG_PATH", folder, 1), 0);
	ck_assert_int_eq(dw_extra_opts_read(&extra, NULL, "check_x", &tables, &error), DW_OK);
	ck_assert_str_eq(extra.given[1].text, "default");
	ck_assert_int_eq(remove(path), 0);
	ck_assert_int_eq(dw_extra_opts_read(&extra, NULL, "check_x", &tables, &error), DW_NOT_FOUND);
	ck_assert_int_eq(dw_extra_opts_read(&extra, argument, "check_x", &tables, &error), DW_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(error.text, path));
	ck_assert_int_eq(dw_extra_opts_read(&extra, "x@/dev/zero", "check_x", &tables, &error), DW_INVALID);
	ck_assert_int_eq(remove(folder), 0);
	dw_extra_opts_fini(&extra);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/extra_opts");
	TCase *tests = tcase_create("extra_opts");

	tcase_add_loop_test(tests, a_section_of_a_file_gives_options, 0, DW_ROWS(files));
	tcase_add_test(tests, a_named_file_and_the_configured_directory_are_read);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
