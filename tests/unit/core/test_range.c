#include "core/range.h"

#include <string.h>

#include "support/suite.h"

#define DAY INT64_C(86400)

/* Each row: what is asked of a range, for a value that is part of 1000. */
static const struct {
	enum dw_range_kind kind;
	const char *text;
	int64_t value;
	bool alarms;
} verdicts[] = {
	/* The table of the guidelines: below 0 or above 10. */
	{DW_RANGE_COUNT, "10", -1, true},
	{DW_RANGE_COUNT, "10", 0, false},
	{DW_RANGE_COUNT, "10", 10, false},
	{DW_RANGE_COUNT, "10", 11, true},
	/* Below 10. */
	{DW_RANGE_COUNT, "10:", 9, true},
	{DW_RANGE_COUNT, "10:", 10, false},
	{DW_RANGE_COUNT, "10:", INT64_MAX, false},
	/* Above 10. */
	{DW_RANGE_COUNT, "~:10", INT64_MIN, false},
	{DW_RANGE_COUNT, "~:10", 10, false},
	{DW_RANGE_COUNT, "~:10", 11, true},
	/* Outside 10 to 20. */
	{DW_RANGE_COUNT, "10:20", 9, true},
	{DW_RANGE_COUNT, "10:20", 10, false},
	{DW_RANGE_COUNT, "10:20", 20, false},
	{DW_RANGE_COUNT, "10:20", 21, true},
	/* Inside 10 to 20. */
	{DW_RANGE_COUNT, "@10:20", 9, false},
	{DW_RANGE_COUNT, "@10:20", 10, true},
	{DW_RANGE_COUNT, "@10:20", 20, true},
	{DW_RANGE_COUNT, "@10:20", 21, false},
	{DW_RANGE_COUNT, "0", 0, false},
	{DW_RANGE_COUNT, "0", 1, true},
	{DW_RANGE_COUNT, "@0", 0, true},
	{DW_RANGE_COUNT, "@0", 1, false},
	{DW_RANGE_COUNT, ":5", -1, true},
	{DW_RANGE_COUNT, ":5", 5, false},
	{DW_RANGE_COUNT, "-5:-3", -6, true},
	{DW_RANGE_COUNT, "-5:-3", -5, false},
	{DW_RANGE_COUNT, "-5:-3", -2, true},
	{DW_RANGE_COUNT, "~:", INT64_MIN, false},
	{DW_RANGE_COUNT, "@~:", 0, true},
	{DW_RANGE_COUNT, "7:7", 7, false},
	/* Remaining time: a bare value is "at least", in days. */
	{DW_RANGE_LEFT, "7", 7 * DAY - 1, true},
	{DW_RANGE_LEFT, "7", 7 * DAY, false},
	{DW_RANGE_LEFT, "7", INT64_MAX, false},
	{DW_RANGE_LEFT, "7", -1, true},
	{DW_RANGE_LEFT, "0", -1, true},
	{DW_RANGE_LEFT, "0", 0, false},
	{DW_RANGE_LEFT, "1.5", 129599, true},
	{DW_RANGE_LEFT, "1.5", 129600, false},
	{DW_RANGE_LEFT, "36h", 129599, true},
	{DW_RANGE_LEFT, "36h", 129600, false},
	{DW_RANGE_LEFT, "1d12h:", 129599, true},
	{DW_RANGE_LEFT, "1d12h:", 129600, false},
	{DW_RANGE_LEFT, "~:10", 10 * DAY + 1, true},
	{DW_RANGE_LEFT, "~:10", -10 * DAY, false},
	{DW_RANGE_LEFT, "1h:2", 3599, true},
	{DW_RANGE_LEFT, "1h:2", 2 * DAY, false},
	{DW_RANGE_LEFT, "1h:2", 2 * DAY + 1, true},
	{DW_RANGE_LEFT, "@1h:2", 3600, true},
	{DW_RANGE_LEFT, "@~:0", -1, true},
	{DW_RANGE_LEFT, "@~:0", 1, false},
	{DW_RANGE_LEFT, "-1d:", -DAY, false},
	{DW_RANGE_LEFT, "-1d:", -DAY - 1, true},
	/* Shares of 1000. */
	{DW_RANGE_LEFT, "20%", 199, true},
	{DW_RANGE_LEFT, "20%", 200, false},
	{DW_RANGE_LEFT, "20%", 2000, false},
	{DW_RANGE_LEFT, "20%", -1, true},
	{DW_RANGE_LEFT, "12.5%:", 124, true},
	{DW_RANGE_LEFT, "12.5%:", 125, false},
	{DW_RANGE_LEFT, "10%:50%", 99, true},
	{DW_RANGE_LEFT, "10%:50%", 500, false},
	{DW_RANGE_LEFT, "10%:50%", 501, true},
	{DW_RANGE_LEFT, "@10%:50%", 300, true},
	{DW_RANGE_LEFT, "~:50%", -5, false},
	{DW_RANGE_LEFT, "~:50%", 501, true},
	{DW_RANGE_LEFT, "0%", 0, false},
	{DW_RANGE_LEFT, "100%", 999, true},
	{DW_RANGE_LEFT, "100%", 1000, false},
	{DW_RANGE_LEFT, "0.01%", 0, true},
	{DW_RANGE_LEFT, "0.01%", 1, false},
	{DW_RANGE_LEFT, "-10%:", -100, false},
	{DW_RANGE_LEFT, "-10%:", -101, true},
};

START_TEST(a_value_alarms_as_the_guidelines_say)
{
	struct dw_error error = {0};
	struct dw_range range;

	ck_assert_msg(
		dw_range_parse(verdicts[_i].text, verdicts[_i].kind, &range, &error) == DW_OK, "%s", error.text);
	ck_assert(range.given);
	ck_assert_msg(dw_range_alarms(&range, verdicts[_i].value, 1000) == verdicts[_i].alarms, "%s of %ld",
		verdicts[_i].text, (long)verdicts[_i].value);
}
END_TEST

static const struct {
	enum dw_range_kind kind;
	const char *text;
	int64_t whole;
	const char *shown;
} shows[] = {
	{DW_RANGE_COUNT, "10", 0, "10"},
	{DW_RANGE_COUNT, "0:10", 0, "10"},
	{DW_RANGE_COUNT, ":10", 0, "10"},
	{DW_RANGE_COUNT, "10:", 0, "10:"},
	{DW_RANGE_COUNT, "0:", 0, "0:"},
	{DW_RANGE_COUNT, "~:10", 0, "~:10"},
	{DW_RANGE_COUNT, "~:", 0, "~:"},
	{DW_RANGE_COUNT, "10:20", 0, "10:20"},
	{DW_RANGE_COUNT, "@10:20", 0, "@10:20"},
	{DW_RANGE_COUNT, "-1000000000000000:1000000000000000", 0, "-1000000000000000:1000000000000000"},
	{DW_RANGE_LEFT, "7", 0, "604800:"},
	{DW_RANGE_LEFT, "1h:2", 0, "3600:172800"},
	{DW_RANGE_LEFT, "@~:36h", 0, "@~:129600"},
	/* Shares are resolved: inwards, where they fall between two seconds. */
	{DW_RANGE_LEFT, "20%", 1209600, "241920:"},
	{DW_RANGE_LEFT, "20%", 1001, "201:"},
	{DW_RANGE_LEFT, "10%:50%", 1001, "101:500"},
	{DW_RANGE_LEFT, "~:50%", 1001, "~:500"},
	{DW_RANGE_LEFT, "-50%:-10%", 1001, "-500:-101"},
	{DW_RANGE_LEFT, "20%", 0, "0:"},
	{DW_RANGE_LEFT, "20%", -5, "0:"},
	{DW_RANGE_LEFT, "100%", INT64_MAX, "9223372036854775807:"},
	{DW_RANGE_LEFT, "50%", INT64_MAX, "4611686018427387904:"},
	{DW_RANGE_LEFT, "0.01%", INT64_MAX, "922337203685478:"},
};

START_TEST(a_range_is_shown_in_plain_numbers)
{
	struct dw_range range;
	char text[DW_RANGE_TEXT_MAX];

	ck_assert_int_eq(dw_range_parse(shows[_i].text, shows[_i].kind, &range, NULL), DW_OK);
	ck_assert_str_eq(dw_range_format(&range, shows[_i].whole, text), shows[_i].shown);
}
END_TEST

START_TEST(what_is_shown_alarms_like_the_share)
{
	struct dw_range share, shown;
	char text[DW_RANGE_TEXT_MAX];

	ck_assert_int_eq(dw_range_parse("12.34%:56.78%", DW_RANGE_LEFT, &share, NULL), DW_OK);
	for (int64_t whole = 0; whole < 300; whole++) {
		dw_range_format(&share, whole, text);
		if (whole > 2)
			ck_assert_int_eq(dw_range_parse(text, DW_RANGE_COUNT, &shown, NULL), DW_OK);
		for (int64_t value = -1; value <= whole; value++) {
			bool outside = value * 10000 < 1234 * whole || value * 10000 > 5678 * whole;
			ck_assert(dw_range_alarms(&share, value, whole) == outside);
			if (whole > 2)
				ck_assert(dw_range_alarms(&shown, value, whole) == outside);
		}
	}
}
END_TEST

START_TEST(an_absent_range_alarms_for_nothing_and_shows_nothing)
{
	struct dw_range range = {0};
	char text[DW_RANGE_TEXT_MAX] = "x";

	ck_assert(!dw_range_alarms(&range, INT64_MIN, 0));
	ck_assert(!dw_range_alarms(&range, 0, 0));
	ck_assert(!dw_range_alarms(&range, INT64_MAX, 0));
	ck_assert_str_eq(dw_range_format(&range, 0, text), "");
}
END_TEST

static const struct {
	enum dw_range_kind kind;
	const char *text, *why;
} refused[] = {
	{DW_RANGE_COUNT, "", "range '': no value is given"},
	{DW_RANGE_COUNT, "@", "range '@': no value is given"},
	{DW_RANGE_COUNT, ":", "range ':': neither start nor end is given"},
	{DW_RANGE_COUNT, "@:", "neither start nor end is given"},
	{DW_RANGE_COUNT, "~", "range '~': '~' is a start, and ':' must follow it"},
	{DW_RANGE_COUNT, "10:~", "'~' is no whole number"},
	{DW_RANGE_COUNT, "20:10", "range '20:10': the start lies above the end"},
	{DW_RANGE_COUNT, "-1", "the start lies above the end"},
	{DW_RANGE_COUNT, "10:20:30", "'20:30' is no whole number"},
	{DW_RANGE_COUNT, "@@10", "'@10' is no whole number"},
	{DW_RANGE_COUNT, "10@", "'10@' is no whole number"},
	{DW_RANGE_COUNT, " 10", "' 10' is no whole number"},
	{DW_RANGE_COUNT, "10 ", "'10 ' is no whole number"},
	{DW_RANGE_COUNT, "ten", "'ten' is no whole number"},
	{DW_RANGE_COUNT, "1.5", "'1.5' is no whole number"},
	{DW_RANGE_COUNT, "1e3", "'1e3' is no whole number"},
	{DW_RANGE_COUNT, "--1", "'-1' is no whole number"},
	{DW_RANGE_COUNT, "-", "'' is no whole number"},
	{DW_RANGE_COUNT, "20%", "'20%' is no whole number"},
	{DW_RANGE_COUNT, "7d", "'7d' is no whole number"},
	{DW_RANGE_COUNT, "9223372036854775808", "'9223372036854775808' is too large"},
	{DW_RANGE_COUNT, "111111111111111111111111111111111111111111111111111", "...' is too long"},
	{DW_RANGE_LEFT, "3y:", "range '3y:': '3y' uses a unit that is none of s, m, h, d, w"},
	{DW_RANGE_LEFT, "2d:36h", "the start lies above the end"},
	{DW_RANGE_LEFT, "50%:10%", "the start lies above the end"},
	{DW_RANGE_LEFT, "20%:7", "one end is a share and the other is none"},
	{DW_RANGE_LEFT, "1h:20%", "one end is a share and the other is none"},
	{DW_RANGE_LEFT, "101%", "'101%' is above 100%"},
	{DW_RANGE_LEFT, "%", "'%' is no number of per cent"},
	{DW_RANGE_LEFT, "1.%", "'1.%' is no number of per cent"},
	{DW_RANGE_LEFT, "20%%", "'20%%' has more than a number"},
	{DW_RANGE_LEFT, "20%d", "'20%d' has more than a number"},
	{DW_RANGE_LEFT, "1d%", "'1d%' has more than a number"},
	{DW_RANGE_LEFT, "7d:x", "'x' lacks a number before 'x'"},
	{DW_RANGE_LEFT, "7d;", "lacks a number before ';'"},
	{DW_RANGE_LEFT, "99999999999999999999d", "is too long a time"},
};

START_TEST(what_is_no_range_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	struct dw_range range = {0};

	ck_assert_int_eq(dw_range_parse(refused[_i].text, refused[_i].kind, &range, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, refused[_i].why) != NULL, "%s", error.text);
	ck_assert_msg(!range.given, "a refused range is not given");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("core/range");
	TCase *range = tcase_create("range");

	tcase_add_loop_test(range, a_value_alarms_as_the_guidelines_say, 0, DW_ROWS(verdicts));
	tcase_add_loop_test(range, a_range_is_shown_in_plain_numbers, 0, DW_ROWS(shows));
	tcase_add_test(range, what_is_shown_alarms_like_the_share);
	tcase_add_test(range, an_absent_range_alarms_for_nothing_and_shows_nothing);
	tcase_add_loop_test(range, what_is_no_range_is_refused_with_the_reason, 0, DW_ROWS(refused));
	suite_add_tcase(suite, range);
	return dw_suite_run(suite);
}
