#include "core/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Code points that are no UTF-8, end a line, turn its direction, or cannot be seen. */
static const struct {
	uint32_t first, last;
} unfit[] = {
	{0x00, 0x1f},
	{0x7f, 0x9f},
	{0x200b, 0x200b},
	{0x200e, 0x200f},
	{0x2028, 0x202e},
	{0x2060, 0x206f},
	{0xd800, 0xdfff},
	{0xfeff, 0xfeff},
	{0x110000, UINT32_MAX},
};

/* How many octets follow the first of a sequence, and what they must say at least: none is over-long. */
static const struct {
	uint8_t mask, lead;
	size_t follow;
	uint32_t least;
} leads[] = {
	{0x80, 0x00, 0, 0},
	{0xe0, 0xc0, 1, 0x80},
	{0xf0, 0xe0, 2, 0x800},
	{0xf8, 0xf0, 3, 0x10000},
};

static bool is_fit(uint32_t point)
{
	for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++)
		if (point >= unfit[i].first && point <= unfit[i].last)
			return false;
	return true;
}

/* Octets of the character at `at` when it may be printed; otherwise 0. Never reads past a NUL. */
static size_t fit_octets(const char *at)
{
	uint8_t first = (uint8_t)at[0];
	size_t row = 0;

	while (row < sizeof(leads) / sizeof(leads[0]) && (first & leads[row].mask) != leads[row].lead)
		row++;
	if (row == sizeof(leads) / sizeof(leads[0]))
		return 0;
	uint32_t point = first & (uint8_t)~leads[row].mask;
	for (size_t i = 1; i <= leads[row].follow; i++) {
		uint8_t next = (uint8_t)at[i];
		if ((next & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (next & 0x3f);
	}
	if (point < leads[row].least || !is_fit(point))
		return 0;
	return 1 + leads[row].follow;
}

void dw_printable(char *text)
{
	while (*text != '\0') {
		size_t n = fit_octets(text);
		if (n == 0)
			*text = '?';
		text += n > 0 ? n : 1;
	}
}

enum dw_status dw_fail(struct dw_error *error, enum dw_status status, const char *format, ...)
{
	char text[DW_ERROR_TEXT_MAX]; /* the arguments may point into `error` */
	va_list arguments;

	if (error == NULL)
		return status;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	dw_printable(text);
	error->status = status;
	memcpy(error->text, text, sizeof(text));
	return status;
}

enum dw_status dw_within(struct dw_error *error, enum dw_status status, const char *format, ...)
{
	char place[DW_ERROR_TEXT_MAX];
	char text[2 * DW_ERROR_TEXT_MAX + 2];
	va_list arguments;

	if (error == NULL)
		return status;
	va_start(arguments, format);
	vsnprintf(place, sizeof(place), format, arguments);
	va_end(arguments);
	snprintf(text, sizeof(text), "%s%s%s", place, error->text[0] != '\0' ? ": " : "", error->text);
	text[DW_ERROR_TEXT_MAX - 1] = '\0';
	dw_printable(text);
	error->status = status;
	memcpy(error->text, text, sizeof(error->text));
	return status;
}

const char *dw_status_text(enum dw_status status)
{
	static const char *const texts[] = {
		[DW_OK] = "fine",
		[DW_INVALID] = "invalid value",
		[DW_MALFORMED] = "malformed",
		[DW_UNSUPPORTED] = "not supported",
		[DW_LIMIT] = "limit reached",
		[DW_TIMEOUT] = "timed out",
		[DW_REFUSED] = "refused",
		[DW_NO_ROUTE] = "no route",
		[DW_NOT_FOUND] = "not found",
		[DW_SYSTEM] = "system error",
	};

	if ((size_t)status >= sizeof(texts) / sizeof(texts[0]))
		return "unknown status";
	return texts[status];
}
