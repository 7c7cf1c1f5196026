#include "text/wholefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

#define PATH_TEMPLATE "/tmp/dw-wholefile-XXXXXX"
#define MOST          100000

/* Writes a file of `length` octets 'a' that the caller removes. */
static void write_file(size_t length, char path[sizeof(PATH_TEMPLATE)])
{
	memcpy(path, PATH_TEMPLATE, sizeof(PATH_TEMPLATE));
	int descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	FILE *file = fdopen(descriptor, "w");
	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < length; i++)
		fputc('a', file);
	fclose(file);
}

static const size_t lengths[] = {1, 8190, 8191, 8192, 8193, 20000, MOST - 1, MOST};

START_TEST(a_file_up_to_the_bound_is_read_whole)
{
	struct dw_wholefile file;
	struct dw_error error = {0};
	char path[sizeof(PATH_TEMPLATE)];

	write_file(lengths[_i], path);
	ck_assert_msg(dw_wholefile_read(path, MOST, &file, &error) == DW_OK, "%s", error.text);
	unlink(path);
	ck_assert_uint_eq(file.length, lengths[_i]);
	ck_assert_uint_eq(strlen(file.text), lengths[_i]);
	ck_assert_uint_eq(strspn(file.text, "a"), lengths[_i]);
	dw_wholefile_fini(&file);
	ck_assert_ptr_null(file.text);
}
END_TEST

static const struct {
	size_t length;
	const char *why;
} refused[] = {
	{0, ": is empty"},
	{MOST + 1, ": longer than 100000 octets"},
	{MOST + 50000, ": longer than 100000 octets"},
};

START_TEST(an_empty_and_an_over_long_file_are_refused)
{
	struct dw_wholefile file;
	struct dw_error error = {0};
	char path[sizeof(PATH_TEMPLATE)];

	write_file(refused[_i].length, path);
	ck_assert_int_eq(dw_wholefile_read(path, MOST, &file, &error), DW_INVALID);
	unlink(path);
	ck_assert_int_eq(strncmp(error.text, path, strlen(path)), 0);
	ck_assert_str_eq(error.text + strlen(path), refused[_i].why);
	ck_assert_ptr_null(file.text);
}
END_TEST

static const struct {
	const char *path, *why;
} unreadable[] = {
	{"/nonexistent/file", "/nonexistent/file: No such file or directory"},
	{"/tmp", "/tmp: Is a directory"},
	{"", ": No such file or directory"},
	{"/nonexistent/\x1b[2J", "/nonexistent/?[2J: No such file or directory"},
};

START_TEST(what_cannot_be_read_says_why)
{
	struct dw_wholefile file;
	struct dw_error error = {0};

	ck_assert_int_eq(dw_wholefile_read(unreadable[_i].path, MOST, &file, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, unreadable[_i].why);
}
END_TEST

START_TEST(a_dash_is_standard_input)
{
	struct dw_wholefile file;
	struct dw_error error = {0};
	char path[sizeof(PATH_TEMPLATE)];

	write_file(10, path);
	ck_assert_ptr_nonnull(freopen(path, "r", stdin));
	ck_assert_int_eq(dw_wholefile_read("-", MOST, &file, &error), DW_OK);
	ck_assert_uint_eq(file.length, 10);
	dw_wholefile_fini(&file);
	ck_assert_int_eq(dw_wholefile_read("-", MOST, &file, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "standard input: is empty");
	unlink(path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/wholefile");
	TCase *wholefile = tcase_create("wholefile");

	tcase_add_loop_test(wholefile, a_file_up_to_the_bound_is_read_whole, 0, DW_ROWS(lengths));
	tcase_add_loop_test(wholefile, an_empty_and_an_over_long_file_are_refused, 0, DW_ROWS(refused));
	tcase_add_loop_test(wholefile, what_cannot_be_read_says_why, 0, DW_ROWS(unreadable));
	tcase_add_test(wholefile, a_dash_is_standard_input);
	suite_add_tcase(suite, wholefile);
	return dw_suite_run(suite);
}
