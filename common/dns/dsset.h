/*
 * dsset: DS records as values: made of keys, compared, sorted, written as text (RFC 4034 5).
 *
 * A CDS record is such a value too (RFC 7344 3.1). Values own nothing and may be copied with =. Functions
 * are pure, and may be called from any thread.
 */
#ifndef DW_DNS_DSSET_H
#define DW_DNS_DSSET_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/octets.h"
#include "dns/rdata.h"

#define DW_DS_MAX        32 /* records of one set that are looked at */
#define DW_DS_DIGEST_MAX 64 /* octets of a digest that are kept */

/* Digest types that are spoken of by name (IANA "DS RR Type Digest Algorithms"). */
enum dw_digest_type { DW_DIGEST_SHA1 = 1, DW_DIGEST_SHA256 = 2, DW_DIGEST_SHA384 = 4 };

/* "65535 255 255 ", the longest digest in hex, and a NUL. */
#define DW_DS_TEXT_MAX          (15 + 2 * DW_DS_DIGEST_MAX)
#define DW_DIGEST_TYPE_TEXT_MAX 24

/* A DS record, or a CDS record. */
struct dw_ds_fact {
	uint16_t key_tag;
	uint8_t algorithm;
	uint8_t digest_type;
	uint8_t digest_length;
	uint8_t digest[DW_DS_DIGEST_MAX];
};

/* The value of a record that was read; a digest beyond DW_DS_DIGEST_MAX octets loses its end. */
struct dw_ds_fact dw_ds_of(const struct dw_ds *ds);

/*
 * Makes the DS of a key: `rdata` is the whole RDATA of a DNSKEY (at least 4 octets), `owner` is put in
 * canonical form first. DW_UNSUPPORTED for a digest type that is not known here, DW_INVALID for RDATA that is
 * too short.
 */
DW_MUST_CHECK enum dw_status dw_ds_make(
	const struct dw_name *owner, struct dw_octets rdata, uint8_t digest_type, struct dw_ds_fact *ds);

/* Whether all fields are equal. */
bool dw_ds_equal(const struct dw_ds_fact *a, const struct dw_ds_fact *b);

/* Whether a set holds this record. */
bool dw_ds_held(const struct dw_ds_fact *set, unsigned n, const struct dw_ds_fact *ds);

/* Whether a record of a set is the DS of the key, the whole RDATA of a DNSKEY of `owner`. */
bool dw_ds_named(
	const struct dw_ds_fact *set, unsigned n, const struct dw_name *owner, struct dw_octets rdata);

/* Whether two sets hold the same records, in any order. Neither may hold a record twice. */
bool dw_ds_sets_equal(const struct dw_ds_fact *a, unsigned n_a, const struct dw_ds_fact *b, unsigned n_b);

/* Sorts a set by tag, algorithm, digest type and digest, and leaves out what is there twice; what is left. */
unsigned dw_ds_sort(struct dw_ds_fact *set, unsigned n);

/*
 * Whether validators look at a record of a set: its algorithm and digest type are known here, and it is no
 * SHA-1 digest beside a better one for a known algorithm (RFC 4035 5.2, RFC 4509 3).
 */
bool dw_ds_counts(const struct dw_ds_fact *set, unsigned n, unsigned at);

/* Writes "4711 13 2 0123ABCD…", as a registrar takes it. Returns `text`. */
const char *dw_ds_format(const struct dw_ds_fact *ds, char text[DW_DS_TEXT_MAX]);

/* Octets of a digest of this type; 0 for a type that is not known here. */
unsigned dw_ds_digest_length(uint8_t digest_type);

/* Writes "SHA-256", or "digest type N". Returns `text`. */
const char *dw_ds_digest_text(uint8_t digest_type, char text[DW_DIGEST_TYPE_TEXT_MAX]);

#endif
