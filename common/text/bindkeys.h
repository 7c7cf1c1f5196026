/*
 * bindkeys: the trust anchors of BIND's configuration: `trust-anchors`, `managed-keys` and `trusted-keys`.
 *
 * Comments are those of BIND: "#" and "//" up to the end of the line, and C's. Other statements are refused.
 *
 * Nothing blocks or allocates; functions may be called from any thread.
 */
#ifndef DW_TEXT_BINDKEYS_H
#define DW_TEXT_BINDKEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"

#define DW_BINDKEYS_FIELDS_MAX 8192 /* octets of the fields of one entry */

/* Where reading stands. Start with the text at `at`, `line` 1 and the rest zero. */
struct dw_bindkeys {
	const char *at;
	unsigned line;
	bool open;    /* within the braces of a statement */
	bool untyped; /* of `trusted-keys`, whose entries are all keys */
};

/* One entry. */
struct dw_bindkeys_entry {
	unsigned line;                       /* where it begins */
	uint16_t type;                       /* DW_TYPE_DS or DW_TYPE_DNSKEY */
	char owner[DW_NAME_TEXT_MAX];        /* as written */
	char fields[DW_BINDKEYS_FIELDS_MAX]; /* as rdatatext.h reads them */
};

/* Whether the text begins, behind comments, with one of the statements. */
bool dw_bindkeys_begins(const char *text);

/* Reads the next entry; DW_NOT_FOUND behind the last one; DW_INVALID, with `line` of `keys` set to where. */
DW_MUST_CHECK enum dw_status dw_bindkeys_next(
	struct dw_bindkeys *keys, struct dw_bindkeys_entry *entry, struct dw_error *error);

#endif
