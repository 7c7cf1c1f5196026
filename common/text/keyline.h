/*
 * keyline: a zone file's entry taken apart into owner, type and the text of its fields (RFC 1035 5.1).
 *
 * An entry is one line without comments and parentheses (see textlines.h). Owner, TTL and class may each be
 * there or not, in the order of RFC 1035 or BIND's; the four fields of a DS or DNSKEY alone are an entry too.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_KEYLINE_H
#define DW_TEXT_KEYLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"

/* An entry. Owns nothing. */
struct dw_keyline {
	uint16_t type;                /* DW_TYPE_DS, _CDS, _DNSKEY or _CDNSKEY */
	char owner[DW_NAME_TEXT_MAX]; /* as written; "" when there is none */
	const char *fields;           /* the fields, within the text that was read */
};

/*
 * Reads an entry that names its type. `numbered`: a number in the first column is an owner, and no TTL.
 * DW_NOT_FOUND for one that does not look like a record; DW_INVALID for a record of another type or class.
 */
DW_MUST_CHECK enum dw_status dw_keyline_read(
	const char *text, bool numbered, struct dw_keyline *line, struct dw_error *error);

/* Whether an entry is a signature, as tools write it behind the records that it is of. */
bool dw_keyline_signs(const char *text);

/* The type of which the text may be the fields alone, by its first three words; 0 when it cannot be that. */
uint16_t dw_keyline_bare(const char *text);

#endif
