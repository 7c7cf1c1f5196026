/*
 * rrtype: record types by name ("MX", "TYPE65280"), through ldns.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_RRTYPE_H
#define DW_TEXT_RRTYPE_H

#include <stdint.h>

#include "core/error.h"

#define DW_RRTYPE_TEXT_MAX 24

/* Reads a mnemonic in any case, or "TYPEnnn" (RFC 3597). DW_INVALID for a word that is no type. */
DW_MUST_CHECK enum dw_status dw_rrtype_parse(const char *text, uint16_t *type, struct dw_error *error);

/* Writes the mnemonic, or "TYPEnnn", into `text`, and returns it. */
const char *dw_rrtype_format(uint16_t type, char text[DW_RRTYPE_TEXT_MAX]);

#endif
