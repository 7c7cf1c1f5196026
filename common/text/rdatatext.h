/*
 * rdatatext: the fields of DS and DNSKEY records read from text (RFC 4034 2.2 and 5.3, RFC 3597 5).
 *
 * A text is one line without comments and parentheses. Blanks within the last field are fine, the algorithm
 * and the digest type may be a name (see keyword.h). CDS and CDNSKEY have the same fields.
 *
 * Nothing blocks; functions may be called from any thread.
 */
#ifndef DW_TEXT_RDATATEXT_H
#define DW_TEXT_RDATATEXT_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/dsset.h"

/*
 * Reads "TAG ALG TYPE DIGEST", or "\# LENGTH HEX". DW_INVALID says which field does not fit; so does a digest
 * of less than 8 octets, of a type that has more. Any other length is taken: it may be a mistake to explain.
 */
DW_MUST_CHECK enum dw_status dw_rdatatext_ds(const char *text, struct dw_ds_fact *ds, struct dw_error *error);

/* DW_INVALID when the digest has not the length of its type: such a DS proves nothing. */
DW_MUST_CHECK enum dw_status dw_rdatatext_whole(const struct dw_ds_fact *ds, struct dw_error *error);

/*
 * Reads "FLAGS PROTOCOL ALG KEY", or "\# LENGTH HEX", as the RDATA of a DNSKEY, which is the caller's to
 * free(). DW_INVALID says which field does not fit; DW_SYSTEM without memory.
 */
DW_MUST_CHECK enum dw_status dw_rdatatext_key(
	const char *text, uint8_t **rdata, uint16_t *length, struct dw_error *error);

/*
 * Copies the first word of `text` into `word`, cut to `size`, and returns what follows it and the blanks
 * behind it. An empty word means that there is none.
 */
const char *dw_rdatatext_word(const char *text, char *word, size_t size);

#endif
