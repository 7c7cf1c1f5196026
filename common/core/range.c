#include "core/range.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/moment.h"

#define DAY     86400
#define PERCENT 100 /* shares are kept in hundredths of a per cent */
#define WHOLE   (100 * PERCENT)
#define END_MAX 48 /* octets of one end, its NUL included */

/* One end of a range, as it is read. */
struct end {
	int64_t value;
	bool share;
	bool given; /* an omitted end is neither share nor span */
};

static enum dw_status parse_share(const char *text, struct end *end, struct dw_error *error)
{
	char number[END_MAX];
	size_t length = strspn(text, "0123456789.");

	if (strcmp(text + length, "%") != 0)
		return dw_fail(error, DW_INVALID, "'%s' has more than a number before or behind '%%'", text);
	memcpy(number, text, length);
	number[length] = '\0';
	if (dw_span_parse(number, PERCENT, &end->value, NULL) != DW_OK)
		return dw_fail(error, DW_INVALID, "'%s' is no number of per cent", text);
	if (end->value > WHOLE)
		return dw_fail(error, DW_INVALID, "'%s' is above 100%%", text);
	end->share = true;
	return DW_OK;
}

static enum dw_status parse_count(const char *text, struct end *end, struct dw_error *error)
{
	if (*text == '\0' || text[strspn(text, "0123456789")] != '\0')
		return dw_fail(error, DW_INVALID, "'%s' is no whole number", text);
	if (dw_span_parse(text, 1, &end->value, NULL) != DW_OK)
		return dw_fail(error, DW_INVALID, "'%s' is too large", text);
	return DW_OK;
}

/* Reads an end that is there, without its sign. */
static enum dw_status parse_size(
	const char *text, enum dw_range_kind kind, struct end *end, struct dw_error *error)
{
	end->given = true;
	if (kind == DW_RANGE_COUNT)
		return parse_count(text, end, error);
	if (strchr(text, '%') != NULL)
		return parse_share(text, end, error);
	return dw_span_parse(text, DAY, &end->value, error);
}

static enum dw_status parse_end(
	const char *text, size_t length, enum dw_range_kind kind, struct end *end, struct dw_error *error)
{
	char copy[END_MAX];
	bool negative = length > 0 && text[0] == '-';

	if (length >= sizeof(copy))
		return dw_fail(error, DW_INVALID, "'%.*s...' is too long", END_MAX - 1, text);
	memcpy(copy, text, length);
	copy[length] = '\0';
	enum dw_status status = parse_size(copy + negative, kind, end, error);
	if (negative)
		end->value = -end->value;
	return status;
}

/* Reads "start:end", "start:", ":end"; `colon` is where the colon stands. */
static enum dw_status parse_both(
	const char *text, const char *colon, enum dw_range_kind kind, struct end ends[2], struct dw_error *error)
{
	size_t before = (size_t)(colon - text);
	enum dw_status status = DW_OK;

	if (before == 0 && colon[1] == '\0')
		return dw_fail(error, DW_INVALID, "neither start nor end is given");
	ends[0].value = 0;
	ends[1].value = INT64_MAX;
	if (before == 1 && *text == '~')
		ends[0].value = INT64_MIN;
	else if (before > 0)
		status = parse_end(text, before, kind, &ends[0], error);
	if (status == DW_OK && colon[1] != '\0')
		status = parse_end(colon + 1, strlen(colon + 1), kind, &ends[1], error);
	return status;
}

/* Reads a value without a colon: the upper end of a count, the lower end of what should stay large. */
static enum dw_status parse_bare(
	const char *text, enum dw_range_kind kind, struct end ends[2], struct dw_error *error)
{
	bool left = kind == DW_RANGE_LEFT;

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "no value is given");
	if (strcmp(text, "~") == 0)
		return dw_fail(error, DW_INVALID, "'~' is a start, and ':' must follow it");
	ends[0].value = 0;
	ends[1].value = INT64_MAX;
	return parse_end(text, strlen(text), kind, &ends[left ? 0 : 1], error);
}

static enum dw_status parse_ends(
	const char *text, enum dw_range_kind kind, struct dw_range *range, struct dw_error *error)
{
	struct end ends[2] = {0};
	bool inside = *text == '@';
	const char *colon = strchr(text, ':');
	enum dw_status status = colon != NULL ? parse_both(text + inside, colon, kind, ends, error)
										  : parse_bare(text + inside, kind, ends, error);

	if (status != DW_OK)
		return status;
	if (ends[0].given && ends[1].given && ends[0].share != ends[1].share)
		return dw_fail(error, DW_INVALID, "one end is a share and the other is none");
	if (ends[0].value > ends[1].value)
		return dw_fail(error, DW_INVALID, "the start lies above the end");
	*range = (struct dw_range){.given = true,
		.inside = inside,
		.share = ends[0].share || ends[1].share,
		.start = ends[0].value,
		.end = ends[1].value};
	return DW_OK;
}

enum dw_status dw_range_parse(
	const char *text, enum dw_range_kind kind, struct dw_range *range, struct dw_error *error)
{
	enum dw_status status = parse_ends(text, kind, range, error);

	if (status != DW_OK)
		return dw_within(error, status, "range '%.64s'", text);
	return DW_OK;
}

/* A share of `whole` in its unit: the next whole number above for a start, below for an end. */
static int64_t resolve(int64_t share, int64_t whole, bool is_start)
{
	if (share == INT64_MIN || share == INT64_MAX)
		return share;
	if (whole < 0)
		whole = 0;
	/* In two parts, so that nothing overflows. */
	int64_t value = whole / WHOLE * share;
	int64_t part = whole % WHOLE * share;
	value += part / WHOLE;
	int64_t over = part % WHOLE;
	if (is_start)
		return value + (over > 0);
	return value - (over < 0);
}

static int64_t start_of(const struct dw_range *range, int64_t whole)
{
	return range->share ? resolve(range->start, whole, true) : range->start;
}

static int64_t end_of(const struct dw_range *range, int64_t whole)
{
	return range->share ? resolve(range->end, whole, false) : range->end;
}

bool dw_range_alarms(const struct dw_range *range, int64_t value, int64_t whole)
{
	if (!range->given)
		return false;
	bool within = value >= start_of(range, whole) && value <= end_of(range, whole);
	return within == range->inside;
}

const char *dw_range_format(const struct dw_range *range, int64_t whole, char text[DW_RANGE_TEXT_MAX])
{
	int64_t start = start_of(range, whole);
	int64_t end = end_of(range, whole);
	char first[DW_RANGE_TEXT_MAX / 2] = "";
	char last[DW_RANGE_TEXT_MAX / 2] = "";

	if (start == INT64_MIN)
		snprintf(first, sizeof(first), "~:");
	else if (start != 0 || end == INT64_MAX)
		snprintf(first, sizeof(first), "%" PRId64 ":", start);
	if (end != INT64_MAX)
		snprintf(last, sizeof(last), "%" PRId64, end);
	text[0] = '\0';
	if (range->given)
		snprintf(text, DW_RANGE_TEXT_MAX, "%s%s%s", range->inside ? "@" : "", first, last);
	return text;
}
