/*
 * moment: points in time, spans between them, and the 32-bit times of DNSSEC.
 *
 * A moment counts seconds since 1970-01-01T00:00:00Z in 64 bits, right past 2038 and 2106. A
 * span is signed: what is left of a signature becomes negative. The inception and expiration
 * fields of an RRSIG are serial numbers (RFC 4034 3.1.5, RFC 1982): each stands for the moment
 * nearest to now.
 *
 * Nothing here reads a clock: whoever knows the time passes it. Nothing blocks or allocates; functions may be
 * called from any thread.
 */
#ifndef DW_CORE_MOMENT_H
#define DW_CORE_MOMENT_H

#include <stdint.h>

#include "core/error.h"

typedef int64_t dw_moment;   /* seconds since 1970-01-01T00:00:00Z */
typedef int64_t dw_seconds;  /* a span, in seconds */
typedef int64_t dw_millis;   /* a span, in milliseconds */
typedef int64_t dw_deadline; /* milliseconds on the monotonic clock of the host */

/* "2026-11-24T12:00:00Z" and "-9223372036d 23h" fit. */
#define DW_MOMENT_TEXT_MAX 40

/* The moment nearest to `now` whose low 32 bits are `serial`; a tie lies in the past. */
dw_moment dw_moment_of_serial(uint32_t serial, dw_moment now);

/*
 * Reads "2026-11-24T12:00:00Z", "20261124120000" (both UTC), seconds since the epoch, or a span
 * from `now` with its sign ("+28d", "-1h"). DW_INVALID names what does not fit.
 */
DW_MUST_CHECK enum dw_status dw_moment_parse(
	const char *text, dw_moment now, dw_moment *moment, struct dw_error *error);

/* Writes "2026-11-24T12:00:00Z" into `text` of DW_MOMENT_TEXT_MAX bytes, and returns it. */
const char *dw_moment_format(dw_moment moment, char text[DW_MOMENT_TEXT_MAX]);

/*
 * Reads a span such as "90", "15m", "1d12h" or "2w": units s m h d w, largest first or not,
 * each at most once. A number without a unit counts in `unit` seconds (1 for seconds, 86400
 * for days). Fractions ("1.5d") are taken; the result is rounded to seconds. No sign.
 */
DW_MUST_CHECK enum dw_status dw_span_parse(
	const char *text, dw_seconds unit, dw_seconds *span, struct dw_error *error);

/* Writes the two largest units of a span, "6d 4h", "35m", "-2d 1h", "0s", and returns `text`. */
const char *dw_span_format(dw_seconds span, char text[DW_MOMENT_TEXT_MAX]);

#endif
