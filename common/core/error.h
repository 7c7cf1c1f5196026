/*
 * error: a status to branch on and one line of text to read.
 *
 * The text is written where the cause is known, in lower case and without a full stop; each
 * layer in between puts what it was working on before it, so that it reads from the outside in.
 * It names the zone, the server or the file, and never holds a control byte.
 *
 * Nothing here blocks or allocates; an error is a plain value and belongs to its holder. Functions may be
 * called from any thread.
 */
#ifndef DW_CORE_ERROR_H
#define DW_CORE_ERROR_H

#define DW_MUST_CHECK      __attribute__((warn_unused_result))
#define DW_PRINTF(at, arg) __attribute__((format(printf, at, arg)))

/* Room for one line, its final NUL included. */
#define DW_ERROR_TEXT_MAX 320

enum dw_status {
	DW_OK,
	DW_INVALID,     /* the caller's or the user's value cannot be used */
	DW_MALFORMED,   /* octets from outside do not parse */
	DW_UNSUPPORTED, /* well-formed, but nothing here knows this algorithm, type or version */
	DW_LIMIT,       /* a bound on work or size was reached */
	DW_TIMEOUT,     /* time ran out first */
	DW_REFUSED,     /* the peer actively refused: ICMP port unreachable, TCP reset */
	DW_NO_ROUTE,    /* this host cannot send there: no route, no such address family */
	DW_NOT_FOUND,   /* looked, and it is not there */
	DW_SYSTEM,      /* the operating system said no: no memory, no socket, no file */
};

/* Success, or why not. Zero-initialised it is "no error"; `text` is then empty. */
struct dw_error {
	enum dw_status status;
	char text[DW_ERROR_TEXT_MAX];
};

/*
 * Writes the text of a failure and returns `status`, so that failing is one statement.
 * `error` may be NULL. What is formatted is made printable; a text that is too long loses its end.
 */
enum dw_status dw_fail(struct dw_error *error, enum dw_status status, const char *format, ...)
	DW_PRINTF(3, 4);

/*
 * Puts what this layer was working on before the text of `error`, joined by ": ", and returns
 * `status`. A text that becomes too long loses its end.
 */
enum dw_status dw_within(struct dw_error *error, enum dw_status status, const char *format, ...)
	DW_PRINTF(3, 4);

/*
 * Makes `text` fit for one line of output, in place: each octet of a control character, of a sign that turns
 * or splits lines, and of what is no well-formed UTF-8 (RFC 3629) becomes '?'.
 */
void dw_printable(char *text);

/* The status in a word for people: "timed out", "refused"; never NULL. */
const char *dw_status_text(enum dw_status status);

#endif
