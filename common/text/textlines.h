/*
 * textlines: a text taken apart into lines and, as zone files are (RFC 1035 5.1), into entries: lines joined
 * by parentheses, without comments.
 *
 * The text is a copy that is cut in place. UTF-8's byte order mark is passed over, CR LF ends a line as LF
 * does, and a no-break space or another of Unicode is a blank. Other control bytes are refused.
 *
 * Nothing blocks. A text belongs to one thread.
 */
#ifndef DW_TEXT_TEXTLINES_H
#define DW_TEXT_TEXTLINES_H

#include <stddef.h>

#include "core/error.h"

/* Owned by the caller; release with dw_textlines_fini(). */
struct dw_textlines {
	char *text;      /* the copy, octet by octet where it stood, without the byte order mark */
	size_t length;   /* of `text` */
	char *next;      /* where the next line begins; NULL behind the last one */
	unsigned number; /* of the line that was taken last, counted from 1 */
};

/*
 * Copies a text of `length` octets. DW_INVALID for control bytes and for UTF-16, with the number of the line;
 * DW_SYSTEM without memory.
 */
DW_MUST_CHECK enum dw_status dw_textlines_init(
	struct dw_textlines *lines, const char *text, size_t length, struct dw_error *error);

/* The next line without its end; NULL behind the last one. Valid, and the caller's to change, until fini. */
char *dw_textlines_next(struct dw_textlines *lines);

/*
 * Makes an entry of a line that was taken last, or of its end: comments and parentheses become blanks, and
 * lines are added until each parenthesis is closed. DW_INVALID for one that never is, or was not open.
 */
DW_MUST_CHECK enum dw_status dw_textlines_entry(
	struct dw_textlines *lines, char *line, struct dw_error *error);

/* Releases the text; its lines are gone then. */
void dw_textlines_fini(struct dw_textlines *lines);

#endif
