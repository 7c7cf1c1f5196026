#include "zone_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

/* What a file holds, and the zones of it in order, or what is wrong behind its path. */
static const struct {
	const char *text, *zones, *wrong;
} files[] = {
	{"example.org\n", "example.org", NULL},
	{"example.org", "example.org", NULL},
	{"\xef\xbb\xbf"
	 "A.example\r\n\r\n# a comment\n  b.example. # behind\n\t.\n",
		"a.example b.example .", NULL},
	{"a.example\nA.EXAMPLE\n", "a.example", NULL},
	{"b\xc3\xbc"
	 "cher.example\n",
		"xn--bcher-kva.example", NULL},
	{"", NULL, ": is empty"},
	{"# nothing\n\n", NULL, ": names no zone"},
	{"a.example\nb..example\n", NULL, ": line 2: name 'b..example': label 2 is empty"},
	{"a.example b.example\n", NULL, ": line 1: 'a.example b.example' is more than one name"},
	{"a.example\n\x01\n", NULL, ": line 2: "},
};

/* Makes a file of its own, and reads its zones. */
static enum dw_status read_text(const char *text, struct dw_zone_list *zones, struct dw_error *error)
{
	char path[] = "/tmp/dw-zones-XXXXXX";
	const int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	(void)close(file);
	const enum dw_status status = dw_zone_list_read(zones, path, error);
	(void)unlink(path);
	if (status != DW_OK)
		ck_assert_msg(strncmp(error->text, path, strlen(path)) == 0, "%s", error->text);
	return status;
}

START_TEST(a_file_names_one_zone_a_line)
{
	struct dw_zone_list *zones = calloc(1, sizeof *zones);
	struct dw_error error = {0};
	const enum dw_status status = read_text(files[_i].text, zones, &error);
	char text[512] = "", name[DW_NAME_TEXT_MAX];

	if (files[_i].wrong != NULL) {
		ck_assert_int_eq(status, DW_INVALID);
		ck_assert_msg(strstr(error.text, files[_i].wrong) != NULL, "%s", error.text);
		free(zones);
		return;
	}
	ck_assert_msg(status == DW_OK, "%s", error.text);
	for (unsigned i = 0; i < zones->n_zones; i++) {
		strcat(text, i == 0 ? "" : " ");
		strcat(text, dw_name_format(&zones->items[i], name));
	}
	ck_assert_str_eq(text, files[_i].zones);
	ck_assert(zones->unicode == (strchr(files[_i].text, '\xc3') != NULL));
	free(zones);
}
END_TEST

START_TEST(zones_are_bounded)
{
	struct dw_zone_list *zones = calloc(1, sizeof *zones);
	struct dw_error error = {0};
	char text[32];

	for (unsigned i = 0; i < DW_ZONES_MAX; i++) {
		(void)snprintf(text, sizeof text, "z%u.example", i);
		ck_assert_int_eq(dw_zone_list_add(zones, text, NULL), DW_OK);
	}
	ck_assert_int_eq(dw_zone_list_add(zones, "z0.example", NULL), DW_OK);
	ck_assert_int_eq(read_text("more.example\n", zones, &error), DW_LIMIT);
	ck_assert_msg(strstr(error.text, ": line 1: more than 1024 zones") != NULL, "%s", error.text);
	ck_assert_uint_eq(zones->n_zones, DW_ZONES_MAX);
	free(zones);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_named)
{
	struct dw_zone_list *zones = calloc(1, sizeof *zones);
	struct dw_error error = {0};

	ck_assert_int_eq(dw_zone_list_read(zones, "/nonexistent/zones", &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/nonexistent/zones: No such file or directory");
	free(zones);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/zone_list");
	TCase *tests = tcase_create("zone_list");

	tcase_add_loop_test(tests, a_file_names_one_zone_a_line, 0, DW_ROWS(files));
	tcase_add_test(tests, zones_are_bounded);
	tcase_add_test(tests, a_file_that_is_not_there_is_named);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
