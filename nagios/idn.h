/*
 * idn: internationalized domain names, between U-labels and A-labels (RFC 5890), by libidn2.
 *
 * The library is loaded when a name needs it, as libc does for AI_IDN: with its tables it is a tenth of the
 * memory of a run, and most runs have no such name. Nothing blocks but the loading of a file;
 * functions may be called from any thread.
 */
#ifndef DW_NAGIOS_IDN_H
#define DW_NAGIOS_IDN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/name.h"

/* The longest A-label form in text, and the longest U-label in UTF-8, with a NUL. */
#define DW_IDN_ASCII_MAX   256
#define DW_IDN_UNICODE_MAX 256

/*
 * Turns a name in UTF-8 into its A-labels. DW_INVALID when it is no such name, DW_UNSUPPORTED when libidn2 is
 * not installed.
 */
DW_MUST_CHECK enum dw_status dw_idn_to_ascii(
	const char *text, char ascii[DW_IDN_ASCII_MAX], struct dw_error *error);

/*
 * Turns one A-label of `length` octets into its U-label. DW_NOT_FOUND when it is none, or has none, or
 * libidn2 is not installed: then it stays as it is.
 */
DW_MUST_CHECK enum dw_status dw_idn_to_unicode(
	const char *label, size_t length, char unicode[DW_IDN_UNICODE_MAX]);

/*
 * Reads a name that may be typed with U-labels (RFC 5891 5); `unicode` is set when it was. DW_INVALID and
 * DW_UNSUPPORTED as above.
 */
DW_MUST_CHECK enum dw_status dw_idn_parse(
	const char *text, struct dw_name *name, bool *unicode, struct dw_error *error);

#endif
