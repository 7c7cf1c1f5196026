/*
 * anchorxml: IANA's root-anchors.xml, trust anchors with the time in which each is valid (RFC 9718 2).
 *
 * This is a reader of that one form, and no XML reader: elements, attributes and comments are read, entities
 * and document types are refused.
 *
 * Nothing blocks or allocates; functions may be called from any thread.
 */
#ifndef DW_TEXT_ANCHORXML_H
#define DW_TEXT_ANCHORXML_H

#include <stdbool.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"

#define DW_ANCHORXML_FIELD_MAX 256

/* Where reading stands. Start with the text at `at`, `line` 1 and the rest zero. */
struct dw_anchorxml {
	const char *at;
	unsigned line;
	bool open;                   /* within the TrustAnchor element */
	char zone[DW_NAME_TEXT_MAX]; /* of the Zone element */
};

/* One KeyDigest element. */
struct dw_anchorxml_key {
	unsigned line; /* where it begins */
	dw_moment from;
	dw_moment until;                        /* INT64_MAX when nothing is said */
	char fields[4][DW_ANCHORXML_FIELD_MAX]; /* KeyTag, Algorithm, DigestType, Digest, as written */
};

/* Whether the text begins, behind blanks, as XML does. */
bool dw_anchorxml_begins(const char *text);

/* Reads the next key; DW_NOT_FOUND behind the last one; DW_INVALID, with `line` of `xml` set to where. */
DW_MUST_CHECK enum dw_status dw_anchorxml_next(
	struct dw_anchorxml *xml, struct dw_anchorxml_key *key, struct dw_error *error);

#endif
