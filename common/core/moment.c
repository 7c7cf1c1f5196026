#include "core/moment.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MINUTE   60
#define HOUR     (60 * MINUTE)
#define DAY      (24 * HOUR)
#define WEEK     (7 * DAY)
#define BILLION  INT64_C(1000000000)
#define SPAN_MAX INT64_C(1000000000000000) /* 31 million years; in milliseconds it still fits 64 bits */

/* The Gregorian calendar repeats itself after this many days, which are 400 years. */
#define CYCLE_DAYS 146097
/* From 0000-01-01 to 1970-01-01. */
#define EPOCH_DAYS 719528
#define FIRST_YEAR (-EPOCH_DAYS * (int64_t)DAY) /* 0000-01-01T00:00:00Z */
#define LAST_YEAR  (INT64_C(253402300800) - 1)  /* 9999-12-31T23:59:59Z */

static bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

dw_moment dw_moment_of_serial(uint32_t serial, dw_moment now)
{
	/* A difference in the upper half of the circle means that `serial` lies behind. */
	uint32_t ahead = serial - (uint32_t)now;
	dw_seconds distance =
		ahead < UINT32_C(0x80000000) ? (dw_seconds)ahead : (dw_seconds)ahead - (INT64_C(1) << 32);
	dw_moment moment;

	return __builtin_add_overflow(now, distance, &moment) ? now : moment;
}

/* Calendar: years are counted from 0, days from 0000-01-01. */

static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days before 1 January of a year from 0 to 9999. */
static int64_t days_before_year(int64_t year)
{
	return 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
}

static int days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

struct civil {
	int64_t year;
	int month, day, hour, minute, second; /* month and day from 1 */
};

static struct civil civil_of(dw_moment moment)
{
	int64_t days = moment / DAY;
	int64_t second = moment % DAY;

	if (second < 0) {
		second += DAY;
		days--;
	}
	days += EPOCH_DAYS;
	int64_t cycle = days / CYCLE_DAYS - (days % CYCLE_DAYS < 0);
	days -= cycle * CYCLE_DAYS;
	int64_t year = days / 366; /* never too late, and one too early at most */
	while (days_before_year(year + 1) <= days)
		year++;
	days -= days_before_year(year);
	int month = 1;
	for (; days >= days_in_month(year, month); month++)
		days -= days_in_month(year, month);
	return (struct civil){.year = cycle * 400 + year,
		.month = month,
		.day = (int)days + 1,
		.hour = (int)(second / HOUR),
		.minute = (int)(second % HOUR / MINUTE),
		.second = (int)(second % MINUTE)};
}

/* The moment of a date in the years 0 to 9999. DW_INVALID says which part there is not. */
static enum dw_status moment_of(const struct civil *civil, dw_moment *moment, struct dw_error *error)
{
	if (civil->month < 1 || civil->month > 12)
		return dw_fail(error, DW_INVALID, "there is no month %02d", civil->month);
	if (civil->day < 1 || civil->day > days_in_month(civil->year, civil->month))
		return dw_fail(error, DW_INVALID, "month %02d has no day %02d", civil->month, civil->day);
	if (civil->hour > 23)
		return dw_fail(error, DW_INVALID, "there is no hour %02d", civil->hour);
	if (civil->minute > 59 || civil->second > 59)
		return dw_fail(error, DW_INVALID, "minutes and seconds end at 59");
	int64_t days = days_before_year(civil->year) - EPOCH_DAYS + civil->day - 1;
	for (int month = 1; month < civil->month; month++)
		days += days_in_month(civil->year, month);
	*moment = days * DAY + civil->hour * HOUR + civil->minute * MINUTE + civil->second;
	return DW_OK;
}

/* Whether `text` is like `pattern`, where each '0' stands for any digit. */
static bool looks_like(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; text++, pattern++)
		if (*pattern == '0' ? !is_digit(*text) : *text != *pattern)
			return false;
	return *text == '\0';
}

/* Takes the next `n` digits of `text`, and skips what is none before them. */
static int take(const char **text, int n)
{
	int value = 0;

	while (!is_digit(**text))
		++*text;
	while (n-- > 0)
		value = 10 * value + (*(*text)++ - '0');
	return value;
}

static enum dw_status parse_date(const char *text, dw_moment *moment, struct dw_error *error)
{
	struct civil civil = {.year = take(&text, 4)};

	civil.month = take(&text, 2);
	civil.day = take(&text, 2);
	civil.hour = take(&text, 2);
	civil.minute = take(&text, 2);
	civil.second = take(&text, 2);
	return moment_of(&civil, moment, error);
}

static enum dw_status parse_from_now(
	const char *text, dw_moment now, dw_moment *moment, struct dw_error *error)
{
	dw_seconds span = 0;
	enum dw_status status = dw_span_parse(text + 1, 1, &span, error);

	if (status != DW_OK)
		return status;
	if (__builtin_add_overflow(now, *text == '-' ? -span : span, moment))
		return dw_fail(error, DW_INVALID, "too far from now");
	return DW_OK;
}

static enum dw_status parse_moment(const char *text, dw_moment now, dw_moment *moment, struct dw_error *error)
{
	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "nothing is given");
	if (*text == '+' || *text == '-')
		return parse_from_now(text, now, moment, error);
	if (looks_like(text, "0000-00-00T00:00:00Z") || looks_like(text, "00000000000000"))
		return parse_date(text, moment, error);
	if (text[strspn(text, "0123456789")] != '\0')
		return dw_fail(error, DW_INVALID,
			"neither YYYY-MM-DDTHH:MM:SSZ, YYYYMMDDHHMMSS, seconds since 1970, nor a span as in +28d");
	return dw_span_parse(text, 1, moment, error);
}

enum dw_status dw_moment_parse(const char *text, dw_moment now, dw_moment *moment, struct dw_error *error)
{
	enum dw_status status = parse_moment(text, now, moment, error);

	if (status == DW_OK && (*moment < FIRST_YEAR || *moment > LAST_YEAR))
		status = dw_fail(error, DW_INVALID, "not in the years 0 to 9999");
	if (status != DW_OK)
		return dw_within(error, status, "time '%.40s'", text);
	return DW_OK;
}

const char *dw_moment_format(dw_moment moment, char text[DW_MOMENT_TEXT_MAX])
{
	struct civil civil = civil_of(moment);
	int64_t year = civil.year < 0 ? -civil.year : civil.year;
	char time[2 * DW_MOMENT_TEXT_MAX]; /* the compiler cannot see that all numbers are small */

	snprintf(time, sizeof(time), "%02d-%02dT%02d:%02d:%02dZ", civil.month, civil.day, civil.hour,
		civil.minute, civil.second);
	snprintf(text, DW_MOMENT_TEXT_MAX, "%s%04" PRId64 "-%.15s", civil.year < 0 ? "-" : "", year, time);
	return text;
}

static const struct unit {
	char letter;
	dw_seconds seconds;
} units[] = {{'w', WEEK}, {'d', DAY}, {'h', HOUR}, {'m', MINUTE}, {'s', 1}};

#define N_UNITS (sizeof(units) / sizeof(units[0]))

/* A number with its fraction, in billionths. */
struct decimal {
	int64_t whole; /* above SPAN_MAX when it is too large */
	int64_t billionths;
};

/* Reads digits and perhaps a fraction; false when there is no digit where one must be. */
static bool read_decimal(const char **text, struct decimal *number)
{
	const char *at = *text;

	*number = (struct decimal){0};
	if (!is_digit(*at))
		return false;
	for (; is_digit(*at); at++)
		if (number->whole <= SPAN_MAX)
			number->whole = 10 * number->whole + (*at - '0');
	if (*at == '.') {
		if (!is_digit(*++at))
			return false;
		for (int64_t worth = BILLION / 10; is_digit(*at); at++, worth /= 10)
			number->billionths += (*at - '0') * worth;
	}
	*text = at;
	return true;
}

/* A span being read. */
struct span {
	const char *text;
	const char *at;
	dw_seconds whole;
	int64_t billionths;
	unsigned seen; /* a bit for each unit */
};

/* Adds `number` of `unit` seconds each. */
static enum dw_status add_part(
	struct span *span, const struct decimal *number, dw_seconds unit, struct dw_error *error)
{
	if (number->whole > SPAN_MAX / unit || number->whole * unit > SPAN_MAX - span->whole)
		return dw_fail(error, DW_INVALID, "'%.40s' is too long a time", span->text);
	span->whole += number->whole * unit;
	span->billionths += number->billionths * unit;
	return DW_OK;
}

/* Reads a number and its unit. */
static enum dw_status read_part(struct span *span, dw_seconds unit, struct dw_error *error)
{
	struct decimal number;
	size_t row = 0;

	if (!read_decimal(&span->at, &number))
		return dw_fail(error, DW_INVALID, "'%.40s' lacks a number before '%.8s'", span->text, span->at);
	if (*span->at == '\0' && span->seen == 0)
		return add_part(span, &number, unit, error);
	if (*span->at == '\0')
		return dw_fail(error, DW_INVALID, "'%.40s' lacks a unit at its end", span->text);
	while (row < N_UNITS && units[row].letter != *span->at)
		row++;
	if (row == N_UNITS)
		return dw_fail(error, DW_INVALID, "'%.40s' uses a unit that is none of s, m, h, d, w", span->text);
	if ((span->seen & 1U << row) != 0)
		return dw_fail(error, DW_INVALID, "'%.40s' uses the unit '%c' twice", span->text, units[row].letter);
	span->seen |= 1U << row;
	span->at++;
	return add_part(span, &number, units[row].seconds, error);
}

enum dw_status dw_span_parse(const char *text, dw_seconds unit, dw_seconds *span, struct dw_error *error)
{
	struct span reading = {.text = text, .at = text};

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "no time is given");
	while (*reading.at != '\0') {
		enum dw_status status = read_part(&reading, unit, error);
		if (status != DW_OK)
			return status;
	}
	*span = reading.whole + (reading.billionths + BILLION / 2) / BILLION;
	return DW_OK;
}

const char *dw_span_format(dw_seconds span, char text[DW_MOMENT_TEXT_MAX])
{
	uint64_t left = span < 0 ? 0 - (uint64_t)span : (uint64_t)span;
	size_t row = 1; /* weeks are not written */

	while (row < N_UNITS - 1 && left < (uint64_t)units[row].seconds)
		row++;
	uint64_t first = left / (uint64_t)units[row].seconds;
	uint64_t rest = left % (uint64_t)units[row].seconds;
	uint64_t second = row + 1 < N_UNITS ? rest / (uint64_t)units[row + 1].seconds : 0;
	int n =
		snprintf(text, DW_MOMENT_TEXT_MAX, "%s%" PRIu64 "%c", span < 0 ? "-" : "", first, units[row].letter);
	if (second > 0)
		snprintf(text + n, DW_MOMENT_TEXT_MAX - (size_t)n, " %" PRIu64 "%c", second, units[row + 1].letter);
	return text;
}
