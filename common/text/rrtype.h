/*
 * rrtype: record types by name ("MX", "TYPE65280").
 *
 * The way back, from a number to text, is dw_type_text() in dns/mnemonic.h.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_TEXT_RRTYPE_H
#define DW_TEXT_RRTYPE_H

#include <stdint.h>

#include "core/error.h"

/* Reads a mnemonic in any case, or "TYPEnnn" (RFC 3597). DW_INVALID for a word that is no type. */
DW_MUST_CHECK enum dw_status dw_rrtype_parse(const char *text, uint16_t *type, struct dw_error *error);

#endif
