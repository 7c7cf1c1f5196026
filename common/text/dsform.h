/*
 * dsform: a DS or a key as registrars' forms and WHOIS show it: "Key Tag: 4711", "Algorithm: 13 (ECDSA)", ...
 *
 * The names of the fields and their values come several to a line, one to a line, or in turn; a colon, an
 * equals sign or mere blanks stand between them. The values are kept until the form ends, as a digest may go
 * on over lines.
 *
 * Nothing blocks or allocates but dw_dsform_end(). A form belongs to one thread.
 */
#ifndef DW_TEXT_DSFORM_H
#define DW_TEXT_DSFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/dsset.h"

#define DW_DSFORM_TEXT_MAX 8192 /* octets of all values together */

enum dw_dsfield {
	DW_DSFIELD_TAG,
	DW_DSFIELD_ALGORITHM,
	DW_DSFIELD_DIGEST_TYPE,
	DW_DSFIELD_DIGEST,
	DW_DSFIELD_FLAGS,
	DW_DSFIELD_PROTOCOL,
	DW_DSFIELD_KEY,
	DW_DSFIELD_OWNER,
	DW_DSFIELD_OTHER, /* its value says nothing about a key: TTL, signature life */
};
#define DW_DSFIELDS (DW_DSFIELD_OTHER + 1)

/* A field and its value, within the line that was read. */
struct dw_dspair {
	enum dw_dsfield field;
	const char *value; /* may be empty: it may stand on the next line */
	size_t length;
};

/* Zero-initialised it is empty. Owns nothing. */
struct dw_dsform {
	unsigned line; /* the caller's: where it begins */
	unsigned n_values;
	enum dw_dsfield last;          /* the field that came last */
	size_t starts[DW_DSFIELDS];    /* within `text`, counted from 1; 0 for a field that there is not */
	size_t length;                 /* of `text` in use */
	char text[DW_DSFORM_TEXT_MAX]; /* the values, each with a NUL */
};

/* What a form says: a DS, a key, or both. */
struct dw_dsform_record {
	const char *owner; /* "" when there is none; within the form */
	bool has_ds;
	struct dw_ds_fact ds;
	uint8_t *rdata; /* of a DNSKEY, the caller's to free(); NULL when there is none */
	uint16_t rdata_length;
};

/*
 * Reads the next field of a line and moves `at` behind it; false when the line does not go on with one.
 * Without `colons`, blanks alone may stand between a name and its value.
 */
bool dw_dsform_pair(const char **at, bool colons, struct dw_dspair *pair);

/*
 * What follows "DS =", "CSK DNSKEY =", "ds-rdata:" or the like at the start of a line, and `type` the type of
 * record that it should be; NULL when the line begins with none.
 */
const char *dw_dsform_record_of(const char *line, uint16_t *type);

/* Whether the form has this field. */
bool dw_dsform_has(const struct dw_dsform *form, enum dw_dsfield field);

/* Adds a field that it has not. DW_INVALID when the values become too long. */
DW_MUST_CHECK enum dw_status dw_dsform_add(
	struct dw_dsform *form, const struct dw_dspair *pair, struct dw_error *error);

/* Whether a line without a name of a field may be the value of the last one, or its next part. */
bool dw_dsform_continues(const struct dw_dsform *form, const char *line);

/* Adds the line to the value of the last field. DW_INVALID when the values become too long. */
DW_MUST_CHECK enum dw_status dw_dsform_continue(
	struct dw_dsform *form, const char *line, struct dw_error *error);

/*
 * Reads what the form says. Neither a DS nor a key, with DW_OK, when it has no value of one. DW_INVALID says
 * which value is lacking or does not fit; DW_SYSTEM without memory.
 */
DW_MUST_CHECK enum dw_status dw_dsform_end(
	const struct dw_dsform *form, struct dw_dsform_record *record, struct dw_error *error);

#endif
