/*
 * likeness: the forms in which a digest may have been published: another type, cut, padded, reversed.
 *
 * A likeness undoes one such form: it says which octets the true digest would have to hold, and where. So a
 * digest is made once and compared with all forms of all records. Functions are pure, and may be called from
 * any thread.
 */
#ifndef DW_DNS_LIKENESS_H
#define DW_DNS_LIKENESS_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/crypto.h"
#include "dns/dsset.h"

#define DW_LIKENESSES_MAX 24 /* of one record */
#define DW_LIKENESS_SURE  8  /* octets of a cut digest that prove it, whatever was tried */

/* One form of one published digest. */
struct dw_likeness {
	unsigned ds;         /* index of the record */
	uint8_t digest_type; /* of the digest that was made */
	uint8_t at, length;  /* the octets of it that are known; all of them unless it was cut */
	const char *word;    /* "byte-order", "truncated-digest", "digest-length", or NULL */
	const char *clause;  /* "is reversed", with word */
	bool cut;            /* a part is known, and its octets are in another order too */
	uint8_t octets[DW_DIGEST_MAX];
};

/* Writes the forms that this digest may have, the likely ones first; how many. `index` becomes `ds`. */
unsigned dw_likeness_list(
	const struct dw_ds_fact *ds, unsigned index, struct dw_likeness likenesses[DW_LIKENESSES_MAX]);

/* Whether a digest of the likeness's type has it. */
bool dw_likeness_has(const struct dw_likeness *likeness, const uint8_t *digest);

#endif
