#include "core/error.h"

#include <string.h>

#include "support/suite.h"

START_TEST(failing_writes_the_text_and_returns_the_status)
{
	struct dw_error error = {0};

	ck_assert_int_eq(dw_fail(&error, DW_TIMEOUT, "server %s, attempt %d", "192.0.2.1", 3), DW_TIMEOUT);
	ck_assert_int_eq(error.status, DW_TIMEOUT);
	ck_assert_str_eq(error.text, "server 192.0.2.1, attempt 3");
}
END_TEST

START_TEST(failing_again_replaces_the_text)
{
	struct dw_error error = {0};

	(void)dw_fail(&error, DW_TIMEOUT, "a long text that comes first");
	(void)dw_fail(&error, DW_REFUSED, "short");
	ck_assert_int_eq(error.status, DW_REFUSED);
	ck_assert_str_eq(error.text, "short");
}
END_TEST

START_TEST(each_layer_puts_its_place_before)
{
	struct dw_error error = {0};

	(void)dw_fail(&error, DW_INVALID, "'3y' uses a unit");
	(void)dw_within(&error, DW_INVALID, "range '%s'", "3y:");
	ck_assert_int_eq(dw_within(&error, DW_LIMIT, "--warning"), DW_LIMIT);
	ck_assert_str_eq(error.text, "--warning: range '3y:': '3y' uses a unit");
	ck_assert_int_eq(error.status, DW_LIMIT);
}
END_TEST

START_TEST(a_place_alone_has_no_colon)
{
	struct dw_error error = {0};

	(void)dw_within(&error, DW_SYSTEM, "zone example.org");
	ck_assert_str_eq(error.text, "zone example.org");
}
END_TEST

START_TEST(nobody_needs_to_listen)
{
	ck_assert_int_eq(dw_fail(NULL, DW_LIMIT, "%s", "text"), DW_LIMIT);
	ck_assert_int_eq(dw_within(NULL, DW_LIMIT, "%s", "text"), DW_LIMIT);
}
END_TEST

START_TEST(the_text_may_be_an_argument)
{
	struct dw_error error = {0};

	(void)dw_fail(&error, DW_INVALID, "cause");
	(void)dw_fail(&error, DW_INVALID, "%s and %s", error.text, error.text);
	ck_assert_str_eq(error.text, "cause and cause");
	(void)dw_within(&error, DW_INVALID, "<%s>", error.text);
	ck_assert_str_eq(error.text, "<cause and cause>: cause and cause");
}
END_TEST

START_TEST(a_long_text_loses_its_end)
{
	struct dw_error error = {0};
	char text[DW_ERROR_TEXT_MAX + 1];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	(void)dw_fail(&error, DW_INVALID, "%s", text);
	ck_assert_uint_eq(strlen(error.text), DW_ERROR_TEXT_MAX - 1);
	(void)dw_within(&error, DW_INVALID, "zone");
	ck_assert_uint_eq(strlen(error.text), DW_ERROR_TEXT_MAX - 1);
	ck_assert_int_eq(strncmp(error.text, "zone: xxx", 9), 0);
	(void)dw_within(&error, DW_INVALID, "%s", text);
	ck_assert_uint_eq(strlen(error.text), DW_ERROR_TEXT_MAX - 1);
	ck_assert_uint_eq(strspn(error.text, "x"), DW_ERROR_TEXT_MAX - 1);
}
END_TEST

START_TEST(a_cut_leaves_no_half_of_a_character)
{
	struct dw_error error = {0};
	char text[DW_ERROR_TEXT_MAX];

	memset(text, 'x', sizeof(text));
	memcpy(text + DW_ERROR_TEXT_MAX - 3, "\303\274", 3);
	(void)dw_fail(&error, DW_INVALID, "%s", text);
	ck_assert_str_eq(error.text + DW_ERROR_TEXT_MAX - 3, "\303\274");
	(void)dw_fail(&error, DW_INVALID, "x%s", text);
	ck_assert_str_eq(error.text + DW_ERROR_TEXT_MAX - 3, "x?");
}
END_TEST

static const struct {
	const char *text, *shown;
} signs[] = {
	{"", ""},
	{" !~", " !~"},
	{"a\nb\rc\td", "a?b?c?d"},
	{"\x01\x1f\x7f\x1b[2J", "????[2J"},
	/* UTF-8 of two, three and four octets. */
	{"m\303\274nchen", "m\303\274nchen"},
	{"\342\202\254", "\342\202\254"},
	{"\360\237\230\200", "\360\237\230\200"},
	{"\364\217\277\277", "\364\217\277\277"},
	/* Latin-1, a lone continuation, cut sequences. */
	{"m\374nchen", "m?nchen"},
	{"\200\277", "??"},
	{"\342\202", "??"},
	{"\342\202x", "??x"},
	{"\360\237\230", "???"},
	/* Over-long forms of '/', NUL and U+FFFF; a surrogate; above U+10FFFF; no lead octet. */
	{"\300\257", "??"},
	{"\300\200", "??"},
	{"\340\200\257", "???"},
	{"\360\217\277\277", "????"},
	{"\355\240\200", "???"},
	{"\364\220\200\200", "????"},
	{"\370\210\200\200\200", "?????"},
	{"\376\377", "??"},
	/* C1 controls, a line separator, a turn of direction, a space of no width. */
	{"\302\205", "??"},
	{"\302\233", "??"},
	{"\302\240", "\302\240"},
	{"\342\200\250", "???"},
	{"\342\200\256", "???"},
	{"\342\201\246", "???"},
	{"\342\200\213", "???"},
	{"\357\273\277", "???"},
};

START_TEST(what_cannot_be_shown_becomes_a_question_mark)
{
	struct dw_error error = {0};
	char text[32];

	memcpy(text, signs[_i].text, strlen(signs[_i].text) + 1);
	dw_printable(text);
	ck_assert_str_eq(text, signs[_i].shown);
	(void)dw_fail(&error, DW_MALFORMED, "%s", signs[_i].text);
	ck_assert_str_eq(error.text, signs[_i].shown);
	error = (struct dw_error){0};
	(void)dw_within(&error, DW_MALFORMED, "%s", signs[_i].text);
	ck_assert_str_eq(error.text, signs[_i].shown);
}
END_TEST

START_TEST(every_status_has_its_own_words)
{
	for (int a = DW_OK; a <= DW_SYSTEM; a++) {
		ck_assert_str_ne(dw_status_text((enum dw_status)a), "");
		for (int b = DW_OK; b < a; b++)
			ck_assert_str_ne(dw_status_text((enum dw_status)a), dw_status_text((enum dw_status)b));
	}
	ck_assert_str_eq(dw_status_text(DW_TIMEOUT), "timed out");
	ck_assert_str_eq(dw_status_text((enum dw_status)(DW_SYSTEM + 1)), "unknown status");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("core/error");
	TCase *error = tcase_create("error");

	tcase_add_test(error, failing_writes_the_text_and_returns_the_status);
	tcase_add_test(error, failing_again_replaces_the_text);
	tcase_add_test(error, each_layer_puts_its_place_before);
	tcase_add_test(error, a_place_alone_has_no_colon);
	tcase_add_test(error, nobody_needs_to_listen);
	tcase_add_test(error, the_text_may_be_an_argument);
	tcase_add_test(error, a_long_text_loses_its_end);
	tcase_add_test(error, a_cut_leaves_no_half_of_a_character);
	tcase_add_loop_test(error, what_cannot_be_shown_becomes_a_question_mark, 0, DW_ROWS(signs));
	tcase_add_test(error, every_status_has_its_own_words);
	suite_add_tcase(suite, error);
	return dw_suite_run(suite);
}
