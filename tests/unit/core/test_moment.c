#include "core/moment.h"

#include <string.h>
#include <time.h>

#include "support/suite.h"

#define YEAR_2038 INT64_C(0x80000000)  /* 2038-01-19T03:14:08Z */
#define YEAR_2106 INT64_C(0x100000000) /* 2106-02-07T06:28:16Z */
#define HALF      INT64_C(0x80000000)  /* half of the circle of serials */
#define NOW       INT64_C(1795521600)  /* 2026-11-24T12:00:00Z */

static const struct {
	uint32_t serial;
	dw_moment now, moment;
} serials[] = {
	{1000, 1000, 1000},
	{1000, 900, 1000},
	{1000, 1100, 1000},
	/* Expires after 2038, seen from before. */
	{0x80000000, YEAR_2038 - 1, YEAR_2038},
	{0x80000000 + 864000, YEAR_2038 - 10, YEAR_2038 + 864000},
	{0x7fffffff, YEAR_2038 + 10, YEAR_2038 - 1},
	/* The circle closes in 2106: on both sides of it, seen from both sides. */
	{UINT32_MAX, YEAR_2106 - 10, YEAR_2106 - 1},
	{0, YEAR_2106 - 10, YEAR_2106},
	{500, YEAR_2106 - 10, YEAR_2106 + 500},
	{UINT32_MAX, YEAR_2106 + 10, YEAR_2106 - 1},
	{0, YEAR_2106 + 10, YEAR_2106},
	{500, YEAR_2106, YEAR_2106 + 500},
	{NOW & UINT32_MAX, NOW + 3 * YEAR_2106, NOW + 3 * YEAR_2106},
	/* Half a circle away is behind; one second less is ahead. */
	{(uint32_t)(NOW + HALF), NOW, NOW - HALF},
	{(uint32_t)(NOW + HALF - 1), NOW, NOW + HALF - 1},
	{(uint32_t)(NOW + HALF + 1), NOW, NOW - HALF + 1},
	{0x80000000, 0, -HALF},
	{0, YEAR_2038, 0},
	/* Before 1970. */
	{UINT32_MAX, 0, -1},
	{UINT32_MAX, -1, -1},
	{0, -1, 0},
	{5, -10 * YEAR_2106, 5 - 10 * YEAR_2106},
};

START_TEST(a_serial_is_the_moment_nearest_to_now)
{
	ck_assert_int_eq(dw_moment_of_serial(serials[_i].serial, serials[_i].now), serials[_i].moment);
}
END_TEST

START_TEST(a_serial_keeps_its_low_bits_and_its_distance)
{
	for (int64_t now = -3 * YEAR_2106; now < 3 * YEAR_2106; now += 123456789)
		for (uint32_t step = 0; step < 64; step++) {
			uint32_t serial = step * UINT32_C(67108859);
			dw_moment moment = dw_moment_of_serial(serial, now);
			ck_assert_uint_eq((uint32_t)moment, serial);
			ck_assert(moment - now < HALF && now - moment <= HALF);
		}
}
END_TEST

START_TEST(the_ends_of_time_do_not_overflow)
{
	ck_assert_int_eq(dw_moment_of_serial((uint32_t)INT64_MAX, INT64_MAX), INT64_MAX);
	ck_assert_int_le(dw_moment_of_serial(5, INT64_MAX), INT64_MAX);
	ck_assert_int_ge(dw_moment_of_serial(UINT32_MAX, INT64_MIN), INT64_MIN);
}
END_TEST

static const struct {
	dw_moment moment;
	const char *text;
} dates[] = {
	{0, "1970-01-01T00:00:00Z"},
	{-1, "1969-12-31T23:59:59Z"},
	{NOW, "2026-11-24T12:00:00Z"},
	{YEAR_2038 - 1, "2038-01-19T03:14:07Z"},
	{YEAR_2038, "2038-01-19T03:14:08Z"},
	{YEAR_2106 - 1, "2106-02-07T06:28:15Z"},
	{YEAR_2106, "2106-02-07T06:28:16Z"},
	/* Leap years: by 4, not by 100, but by 400. */
	{951782400, "2000-02-29T00:00:00Z"},
	{951868800, "2000-03-01T00:00:00Z"},
	{1709164800, "2024-02-29T00:00:00Z"},
	{4107542399, "2100-02-28T23:59:59Z"},
	{4107542400, "2100-03-01T00:00:00Z"},
	{13574563200, "2400-02-29T00:00:00Z"},
	{-2203891200, "1900-03-01T00:00:00Z"},
	{978307199, "2000-12-31T23:59:59Z"},
	{253402300799, "9999-12-31T23:59:59Z"},
	{-62167219200, "0000-01-01T00:00:00Z"},
};

START_TEST(a_date_is_read_and_written)
{
	char text[DW_MOMENT_TEXT_MAX];
	dw_moment moment;

	ck_assert_str_eq(dw_moment_format(dates[_i].moment, text), dates[_i].text);
	ck_assert_int_eq(dw_moment_parse(dates[_i].text, NOW, &moment, NULL), DW_OK);
	ck_assert_int_eq(moment, dates[_i].moment);
}
END_TEST

static const struct {
	dw_moment moment;
	const char *text;
} far_dates[] = {
	{253402300800, "10000-01-01T00:00:00Z"},
	{-62167219201, "-0001-12-31T23:59:59Z"},
	{INT64_MAX, "292277026596-12-04T15:30:07Z"},
	{INT64_MIN, "-292277022657-01-27T08:29:52Z"},
};

START_TEST(a_far_date_is_written)
{
	char text[DW_MOMENT_TEXT_MAX];

	ck_assert_str_eq(dw_moment_format(far_dates[_i].moment, text), far_dates[_i].text);
}
END_TEST

START_TEST(the_calendar_is_that_of_libc)
{
	char ours[DW_MOMENT_TEXT_MAX], theirs[DW_MOMENT_TEXT_MAX];

	/* A step that is no divisor of anything: 389 days, 14 hours, 11 minutes and 11 seconds. */
	for (time_t moment = -62167219200; moment < 253402300800; moment += 33660671) {
		struct tm tm;
		dw_moment back;
		ck_assert_ptr_nonnull(gmtime_r(&moment, &tm));
		if (tm.tm_year < 1000 - 1900)
			continue; /* strftime() does not fill the year */
		strftime(theirs, sizeof(theirs), "%Y-%m-%dT%H:%M:%SZ", &tm);
		ck_assert_str_eq(dw_moment_format(moment, ours), theirs);
		ck_assert_int_eq(dw_moment_parse(ours, NOW, &back, NULL), DW_OK);
		ck_assert_int_eq(back, moment);
	}
}
END_TEST

static const struct {
	const char *text;
	dw_moment moment;
} moments[] = {
	{"20261124120000", NOW},
	{"20000229000000", 951782400},
	{"00000101000000", -62167219200},
	{"99991231235959", 253402300799},
	{"0", 0},
	{"1795521600", NOW},
	{"253402300799", 253402300799},
	{"+28d", NOW + 28 * 86400},
	{"-1h", NOW - 3600},
	{"+1d12h", NOW + 129600},
	{"+90", NOW + 90},
	{"-0", NOW},
	{"+0s", NOW},
	{"-3000w", NOW - INT64_C(3000) * 7 * 86400},
};

START_TEST(a_moment_is_read)
{
	struct dw_error error = {0};
	dw_moment moment = -1;

	ck_assert_int_eq(dw_moment_parse(moments[_i].text, NOW, &moment, &error), DW_OK);
	ck_assert_int_eq(moment, moments[_i].moment);
	ck_assert_str_eq(error.text, "");
}
END_TEST

static const struct {
	const char *text, *why;
} no_moments[] = {
	{"", "time '': nothing is given"},
	{"now",
		"time 'now': neither YYYY-MM-DDTHH:MM:SSZ, YYYYMMDDHHMMSS, seconds since 1970, nor a span as in "
		"+28d"},
	{"2026-11-24", "neither"},
	{"2026-11-24T12:00:00", "neither"},
	{"2026-11-24t12:00:00z", "neither"},
	{"2026-11-24T12:00:00Z ", "neither"},
	{"2026-11-24T12:00:00+00:00", "neither"},
	{" 0", "neither"},
	{"1e9", "neither"},
	{"28d", "neither"},
	{"2026-13-01T00:00:00Z", "there is no month 13"},
	{"20260001000000", "there is no month 00"},
	{"20260230000000", "month 02 has no day 30"},
	{"21000229000000", "month 02 has no day 29"},
	{"2026-04-31T00:00:00Z", "month 04 has no day 31"},
	{"20260100000000", "month 01 has no day 00"},
	{"20260101240000", "there is no hour 24"},
	{"20260101006000", "minutes and seconds end at 59"},
	{"2016-12-31T23:59:60Z", "minutes and seconds end at 59"},
	{"253402300800", "time '253402300800': not in the years 0 to 9999"},
	{"99999999999999999999999", "is too long a time"},
	{"+3000000d", "not in the years 0 to 9999"},
	{"-3000000d", "not in the years 0 to 9999"},
	{"-800000d", "not in the years 0 to 9999"},
	{"+", "no time is given"},
	{"+-1d", "lacks a number"},
	{"+3y", "time '+3y': '3y' uses a unit that is none of s, m, h, d, w"},
};

START_TEST(what_is_no_moment_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	dw_moment moment;

	ck_assert_int_eq(dw_moment_parse(no_moments[_i].text, NOW, &moment, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, no_moments[_i].why) != NULL, "%s", error.text);
	ck_assert_int_eq(dw_moment_parse(no_moments[_i].text, NOW, &moment, NULL), DW_INVALID);
}
END_TEST

START_TEST(a_span_that_leaves_64_bits_is_refused)
{
	struct dw_error error = {0};
	dw_moment moment;

	ck_assert_int_eq(dw_moment_parse("+1s", INT64_MAX, &moment, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "time '+1s': too far from now");
	ck_assert_int_eq(dw_moment_parse("-1s", INT64_MIN, &moment, &error), DW_INVALID);
}
END_TEST

static const struct {
	const char *text;
	dw_seconds unit, span;
} spans[] = {
	{"0", 1, 0},
	{"90", 1, 90},
	{"90", 86400, 90 * 86400},
	{"1.5", 86400, 129600},
	{"15m", 1, 900},
	{"15m", 86400, 900},
	{"1s", 86400, 1},
	{"36h", 1, 129600},
	{"1d12h", 1, 129600},
	{"12h1d", 1, 129600},
	{"2w", 1, 1209600},
	{"1w2d3h4m5s", 1, 788645},
	{"1.5d", 1, 129600},
	{"0.5h0.5m", 1, 1830},
	{"007d", 1, 604800},
	/* Rounded once, to the nearest second. */
	{"1.4s", 1, 1},
	{"1.5s", 1, 2},
	{"0.4s0.002m", 1, 1},
	{"0.333333333333333333333h", 1, 1200},
	{"1.9999999999999999999999", 1, 2},
	/* As far as it goes. */
	{"1000000000000000", 1, INT64_C(1000000000000000)},
	{"1000000000000000s", 1, INT64_C(1000000000000000)},
	{"1653439153w", 1, INT64_C(999999999734400)},
};

START_TEST(a_span_is_read)
{
	struct dw_error error = {0};
	dw_seconds span = -1;

	ck_assert_int_eq(dw_span_parse(spans[_i].text, spans[_i].unit, &span, &error), DW_OK);
	ck_assert_int_eq(span, spans[_i].span);
}
END_TEST

static const struct {
	const char *text, *why;
} no_spans[] = {
	{"", "no time is given"},
	{"d", "'d' lacks a number before 'd'"},
	{"-1d", "'-1d' lacks a number before '-1d'"},
	{"+1d", "lacks a number"},
	{" 1d", "lacks a number"},
	{"1d ", "'1d ' lacks a number before ' '"},
	{"1d 2h", "lacks a number before ' 2h'"},
	{"1dh", "'1dh' lacks a number before 'h'"},
	{".5d", "lacks a number"},
	{"1.d", "lacks a number"},
	{"1.5.5d", "uses a unit that is none of"},
	{"1,5d", "uses a unit that is none of"},
	{"3y", "'3y' uses a unit that is none of s, m, h, d, w"},
	{"7D", "'7D' uses a unit that is none of s, m, h, d, w"},
	{"1e3", "uses a unit"},
	{"0x10", "uses a unit"},
	{"1d2d", "'1d2d' uses the unit 'd' twice"},
	{"1d12", "'1d12' lacks a unit at its end"},
	{"1000000000000001", "'1000000000000001' is too long a time"},
	{"999999999999999s1m", "is too long a time"},
	{"9223372036854775807", "is too long a time"},
	{"18446744073709551617", "is too long a time"},
	{"1653439154w", "is too long a time"},
	{"99999999999999999999999999999999999999999999999999w", "is too long a time"},
};

START_TEST(what_is_no_span_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	dw_seconds span;

	ck_assert_int_eq(dw_span_parse(no_spans[_i].text, 1, &span, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, no_spans[_i].why) != NULL, "%s", error.text);
}
END_TEST

START_TEST(a_bare_number_may_overflow_by_its_unit)
{
	dw_seconds span;

	ck_assert_int_eq(dw_span_parse("11574074074", 86400, &span, NULL), DW_OK);
	ck_assert_int_eq(span, INT64_C(11574074074) * 86400);
	ck_assert_int_eq(dw_span_parse("11574074075", 86400, &span, NULL), DW_INVALID);
}
END_TEST

static const struct {
	dw_seconds span;
	const char *text;
} shown[] = {
	{0, "0s"},
	{59, "59s"},
	{-1, "-1s"},
	{60, "1m"},
	{2100, "35m"},
	{2110, "35m 10s"},
	{3600, "1h"},
	{3659, "1h"},
	{7260, "2h 1m"},
	{86400, "1d"},
	{6 * 86400 + 4 * 3600 + 59 * 60, "6d 4h"},
	{6 * 86400 + 59 * 60, "6d"},
	{-(2 * 86400 + 3600), "-2d 1h"},
	{36500 * INT64_C(86400), "36500d"},
	{INT64_MAX, "106751991167300d 15h"},
	{INT64_MIN, "-106751991167300d 15h"},
};

START_TEST(a_span_is_shown_by_its_two_largest_units)
{
	char text[DW_MOMENT_TEXT_MAX];

	ck_assert_str_eq(dw_span_format(shown[_i].span, text), shown[_i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("core/moment");
	TCase *serial = tcase_create("serials");
	TCase *moment = tcase_create("moments");
	TCase *span = tcase_create("spans");

	tcase_add_loop_test(serial, a_serial_is_the_moment_nearest_to_now, 0, DW_ROWS(serials));
	tcase_add_test(serial, a_serial_keeps_its_low_bits_and_its_distance);
	tcase_add_test(serial, the_ends_of_time_do_not_overflow);
	suite_add_tcase(suite, serial);
	tcase_add_loop_test(moment, a_date_is_read_and_written, 0, DW_ROWS(dates));
	tcase_add_loop_test(moment, a_far_date_is_written, 0, DW_ROWS(far_dates));
	tcase_add_test(moment, the_calendar_is_that_of_libc);
	tcase_add_loop_test(moment, a_moment_is_read, 0, DW_ROWS(moments));
	tcase_add_loop_test(moment, what_is_no_moment_is_refused_with_the_reason, 0, DW_ROWS(no_moments));
	tcase_add_test(moment, a_span_that_leaves_64_bits_is_refused);
	suite_add_tcase(suite, moment);
	tcase_add_loop_test(span, a_span_is_read, 0, DW_ROWS(spans));
	tcase_add_loop_test(span, what_is_no_span_is_refused_with_the_reason, 0, DW_ROWS(no_spans));
	tcase_add_test(span, a_bare_number_may_overflow_by_its_unit);
	tcase_add_loop_test(span, a_span_is_shown_by_its_two_largest_units, 0, DW_ROWS(shown));
	suite_add_tcase(suite, span);
	return dw_suite_run(suite);
}
