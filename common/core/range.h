/*
 * range: the thresholds of the monitoring guidelines, for numbers, spans and shares.
 *
 * A value outside its range alarms; with '@' a value inside does. "10" is 0 to 10 for a count,
 * but 10 and above for what should stay large (a remaining time): the reader is told which.
 * Ends are inclusive. In a range of spans each end is a span; a bare number counts days. "20%"
 * is a share of a whole that the value is part of, "at least 20 per cent".
 *
 * A range is a value. Nothing here blocks or allocates; functions may be called from any thread.
 */
#ifndef DW_CORE_RANGE_H
#define DW_CORE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

enum dw_range_kind {
	DW_RANGE_COUNT, /* plain numbers; a bare value is the upper end */
	DW_RANGE_LEFT,  /* spans that should stay large; a bare value is the lower end, in days */
};

/* Zero-initialised it is "not given" and alarms for nothing. */
struct dw_range {
	bool given;
	bool inside;   /* '@': alarm inside instead of outside */
	bool share;    /* ends are hundredths of a per cent of the whole (20% is 2000) */
	int64_t start; /* INT64_MIN for "~" */
	int64_t end;   /* INT64_MAX for "no end" */
};

#define DW_RANGE_TEXT_MAX 64

/*
 * Reads "[@][start:][end]". DW_INVALID when start lies above end, for a unit that is none, or
 * for anything left over; the text says which part.
 */
DW_MUST_CHECK enum dw_status dw_range_parse(
	const char *text, enum dw_range_kind kind, struct dw_range *range, struct dw_error *error);

/* Whether `value` alarms. `whole` is what a share is taken of, in the unit of `value`. */
bool dw_range_alarms(const struct dw_range *range, int64_t value, int64_t whole);

/*
 * Writes the range as the guidelines do, for perfdata: plain numbers, shares resolved against
 * `whole`. An absent range is "". Returns `text`.
 */
const char *dw_range_format(const struct dw_range *range, int64_t whole, char text[DW_RANGE_TEXT_MAX]);

#endif
