/*
 * slip: the slips of those who make a DS of a key, one row each, so that they can be repeated.
 *
 * A row belongs to the part of the digest's input that it changes: the owner, the flags and protocol, the
 * public key, or the algorithm. It has variants (one for each number or length that may have been put in),
 * each a word, a clause for people, and what it makes of the input. Two slips of different parts are made by
 * applying one after the other.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_SLIP_H
#define DW_DNS_SLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/name.h"

#define DW_SLIP_RDATA_MAX 1100 /* octets of the longest RDATA: an RSA key of 8192 bits */
#define DW_SLIP_TEXT_MAX  112

enum dw_slip_part { DW_SLIP_OWNER, DW_SLIP_FLAGS, DW_SLIP_KEY, DW_SLIP_ALGORITHM, DW_SLIP_PARTS };

/* What a DS is made of. */
struct dw_slip_input {
	size_t owner_length; /* octets of `owner` */
	size_t rdata_length; /* octets of `rdata` */
	uint8_t owner[2 * DW_NAME_MAX + 2];
	uint8_t rdata[DW_SLIP_RDATA_MAX];
};

/* What a variant may look at beside the input. Members may be NULL, but `owner`. */
struct dw_slip_names {
	const struct dw_name *owner, *parent, *typed;
};

/* One row. */
struct dw_slip {
	enum dw_slip_part part;
	const char *word;
	/* How many variants there may be for this input, which is right. */
	unsigned (*count)(const struct dw_slip_input *input);
	/* Changes `input` as variant `n` does; false when there is no such variant, or the input is too long. */
	bool (*apply)(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);
	int argument;
	/* A clause for people, or the part of it that dw_slip_format() lacks. */
	const char *clause;
};

/* The rows, and their number. */
extern const struct dw_slip dw_slips[];
extern const unsigned dw_n_slips;

/*
 * The input without any slip. False when the key is longer than DW_SLIP_RDATA_MAX or shorter than 4 octets.
 */
bool dw_slip_input(
	const struct dw_name *owner, const uint8_t *rdata, size_t length, struct dw_slip_input *input);

/* The algorithm that variant `n` of the row of algorithms puts in. */
uint8_t dw_slip_algorithm(unsigned n);

/* Writes what was done, "with the owner name in capitals", and returns `text`. */
const char *dw_slip_format(
	const struct dw_slip *slip, unsigned n, const struct dw_slip_input *right, char text[DW_SLIP_TEXT_MAX]);

#endif
