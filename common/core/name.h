/*
 * name: domain names, as octets and as text.
 *
 * A name is its uncompressed wire form (RFC 1035 3.1): length octets and labels, ended by the
 * root label; 1 to 255 octets. Text is the presentation form (RFC 4343 2.1, RFC 1035 5.1): the
 * root is ".", other names end without a dot, and every octet that is no printable ASCII, or has
 * a meaning to DNS or to a monitoring system, is written as \DDD or \X. So text from a name is
 * always safe to print.
 *
 * A name is a value: it owns nothing and may be copied with =. Nothing blocks or allocates; functions may be
 * called from any thread.
 */
#ifndef DW_CORE_NAME_H
#define DW_CORE_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

#define DW_NAME_MAX   255 /* octets on the wire */
#define DW_LABEL_MAX  63
#define DW_LABELS_MAX 128 /* the root label included */

/* The longest name in text, every octet as \DDD, and a NUL. */
#define DW_NAME_TEXT_MAX 1024

struct dw_name {
	uint8_t length; /* octets of `wire` in use, the root label included; 0 is "no name" */
	uint8_t wire[DW_NAME_MAX];
};

/* The root. */
extern const struct dw_name dw_name_root;

/*
 * Reads a name from text, with or without its final dot; "." is the root. DW_INVALID for an empty
 * name or label, a label above 63 or a name above 255 octets, or a bad escape, and says which.
 */
DW_MUST_CHECK enum dw_status dw_name_parse(const char *text, struct dw_name *name, struct dw_error *error);

/*
 * Reads an uncompressed name from the front of `octets`. DW_MALFORMED when it does not end within
 * `length`, or has a label above 63 octets.
 */
DW_MUST_CHECK enum dw_status dw_name_read(
	const uint8_t *octets, size_t length, struct dw_name *name, struct dw_error *error);

/* Writes the name as text into DW_NAME_TEXT_MAX bytes, and returns `text`. */
const char *dw_name_format(const struct dw_name *name, char text[DW_NAME_TEXT_MAX]);

/* Equal but for the case of ASCII letters (RFC 4343). */
bool dw_name_equal(const struct dw_name *a, const struct dw_name *b);

/* Canonical order (RFC 4034 6.1): below, at or above zero. */
int dw_name_compare(const struct dw_name *a, const struct dw_name *b);

/* Whether `name` is `ancestor` or lies below it. */
bool dw_name_within(const struct dw_name *name, const struct dw_name *ancestor);

/* Labels without the root label, as the Labels field of an RRSIG counts them, but with "*". */
unsigned dw_name_labels(const struct dw_name *name);

/* The ancestor with `labels` labels; `labels` must not be above those of `name`. */
struct dw_name dw_name_ancestor(const struct dw_name *name, unsigned labels);

/*
 * The wildcard "*" below the ancestor with `labels` labels, which must be fewer than those of `name`, so that
 * there is room for it.
 */
struct dw_name dw_name_wildcard(const struct dw_name *name, unsigned labels);

/*
 * `label` put before `name`, as for "*" or a name that does not exist. DW_INVALID when the result
 * would be over-long. `label` is text without escapes, 1 to 63 octets.
 */
DW_MUST_CHECK enum dw_status dw_name_prefix(
	const char *label, const struct dw_name *name, struct dw_name *result, struct dw_error *error);

/*
 * `relative` put before `origin`, as a name without its final dot in a zone file (RFC 1035 5.1).
 * DW_INVALID when the result would be over-long. `result` may be one of them.
 */
DW_MUST_CHECK enum dw_status dw_name_join(const struct dw_name *relative, const struct dw_name *origin,
	struct dw_name *result, struct dw_error *error);

/* ASCII letters made small, as canonical form wants them (RFC 4034 6.2). */
void dw_name_lower(struct dw_name *name);

/* Whether the first label is "*". */
bool dw_name_is_wildcard(const struct dw_name *name);

#endif
