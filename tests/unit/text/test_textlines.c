#include "text/textlines.h"

#include <string.h>

#include "support/suite.h"

static const struct {
	const char *text;
	unsigned n_lines;
	const char *last;
} texts[] = {
	{"", 0, NULL},
	{"\n", 1, ""},
	{"a", 1, "a"},
	{"a\n", 1, "a"},
	{"a\nb", 2, "b"},
	{"a\n\nb\n", 3, "b"},
	{"a\r\nb\r\n", 2, "b "},
	{"\xef\xbb\xbf"
	 "a",
		1, "a"},
	{"\xef\xbb\xbf", 0, NULL},
	{"a\xc2\xa0"
	 "b",
		1, "a  b"},
	{"\ta\xc3\xa9", 1, "\ta\xc3\xa9"},
};

START_TEST(a_text_is_taken_line_by_line)
{
	struct dw_textlines lines;
	const char *line, *last = NULL;
	unsigned n = 0;

	ck_assert_int_eq(dw_textlines_init(&lines, texts[_i].text, strlen(texts[_i].text), NULL), DW_OK);
	while ((line = dw_textlines_next(&lines)) != NULL) {
		last = line;
		n++;
		ck_assert_uint_eq(lines.number, n);
	}
	ck_assert_uint_eq(n, texts[_i].n_lines);
	if (texts[_i].last == NULL)
		ck_assert_ptr_null(last);
	else
		ck_assert_str_eq(last, texts[_i].last);
	dw_textlines_fini(&lines);
}
END_TEST

static const struct {
	const char *text;
	size_t length;
	const char *why;
} refused[] = {
	{"a\nb\x01\n", 5, "line 2: control byte 1"},
	{"a\0b", 3, "line 1: control byte 0"},
	{"\x1b[2J", 4, "line 1: control byte 27"},
	{"a\x7f", 2, "line 1: control byte 127"},
	{"\xff\xfe"
	 "a\0",
		4, "line 1: UTF-16 text, where UTF-8 or ASCII is wanted"},
	{"\xfe\xff\0a", 4, "line 1: UTF-16 text, where UTF-8 or ASCII is wanted"},
};

START_TEST(what_is_no_text_is_refused)
{
	struct dw_textlines lines;
	struct dw_error error = {0};

	ck_assert_int_eq(dw_textlines_init(&lines, refused[_i].text, refused[_i].length, &error), DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].why);
}
END_TEST

static const struct {
	const char *text, *entry;
	unsigned n_lines; /* that the entry takes */
} entries[] = {
	{"a b\nc", "a b", 1},
	{"a ; b\nc", "a    ", 1},
	{"a (b) ; c (\nc", "a  b       ", 1},
	{"a (\nb ; x )\n) c\nd", "a   b         c", 3},
	{"a ((\n) b )\nc", "a      b  ", 2},
	{"a\\(b\\;c\nd", "a\\(b\\;c", 1},
	{"a\\", "a\\", 1},
};

START_TEST(an_entry_goes_on_until_its_parentheses_are_closed)
{
	struct dw_textlines lines;

	ck_assert_int_eq(dw_textlines_init(&lines, entries[_i].text, strlen(entries[_i].text), NULL), DW_OK);
	char *line = dw_textlines_next(&lines);
	ck_assert_int_eq(dw_textlines_entry(&lines, line, NULL), DW_OK);
	ck_assert_str_eq(line, entries[_i].entry);
	ck_assert_uint_eq(lines.number, entries[_i].n_lines);
	dw_textlines_fini(&lines);
}
END_TEST

static const struct {
	const char *text, *why;
} unbalanced[] = {
	{"a (\nb", "a parenthesis is opened and never closed"},
	{"a (", "a parenthesis is opened and never closed"},
	{"a (\n;)", "a parenthesis is opened and never closed"},
	{"a )", "a parenthesis is closed that was not opened"},
	{"a ()) (\nb", "a parenthesis is closed that was not opened"},
	{"a (\n))\nb", "a parenthesis is closed that was not opened"},
};

START_TEST(parentheses_that_do_not_fit_are_refused)
{
	struct dw_textlines lines;
	struct dw_error error = {0};

	ck_assert_int_eq(
		dw_textlines_init(&lines, unbalanced[_i].text, strlen(unbalanced[_i].text), NULL), DW_OK);
	ck_assert_int_eq(dw_textlines_entry(&lines, dw_textlines_next(&lines), &error), DW_INVALID);
	ck_assert_str_eq(error.text, unbalanced[_i].why);
	dw_textlines_fini(&lines);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/textlines");
	TCase *textlines = tcase_create("textlines");

	tcase_add_loop_test(textlines, a_text_is_taken_line_by_line, 0, DW_ROWS(texts));
	tcase_add_loop_test(textlines, what_is_no_text_is_refused, 0, DW_ROWS(refused));
	tcase_add_loop_test(textlines, an_entry_goes_on_until_its_parentheses_are_closed, 0, DW_ROWS(entries));
	tcase_add_loop_test(textlines, parentheses_that_do_not_fit_are_refused, 0, DW_ROWS(unbalanced));
	suite_add_tcase(suite, textlines);
	return dw_suite_run(suite);
}
