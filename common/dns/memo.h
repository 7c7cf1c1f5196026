/*
 * memo: remembers which signatures were verified, so that the same one on the next server costs a digest.
 *
 * Servers of a zone send the same RRsets with the same signatures. A verdict is remembered by a SHA-256
 * digest over the signed data, the signature and the key, all that it depends on but for the time, which is
 * judged anew. It holds the DW_MEMO_MAX verdicts that were learned last. Nothing blocks. A memo is a value
 * and belongs to one thread.
 */
#ifndef DW_DNS_MEMO_H
#define DW_DNS_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/octets.h"

#define DW_MEMO_MAX    64
#define DW_MEMO_DIGEST 32 /* octets */

/* A verdict that was learned. */
struct dw_memo_item {
	uint8_t digest[DW_MEMO_DIGEST];
	bool good;
};

/* Zero-initialised it is empty. */
struct dw_memo {
	unsigned n_known;
	unsigned next; /* where the next one goes */
	struct dw_memo_item items[DW_MEMO_MAX];
};

/*
 * The digest of one verification: signed data, signature, and the RDATA of the key. False when SHA-256 cannot
 * be had; then nothing can be remembered.
 */
bool dw_memo_digest(
	struct dw_octets data, struct dw_octets signature, struct dw_octets key, uint8_t digest[DW_MEMO_DIGEST]);

/* Whether the verdict is known; sets `good`. */
bool dw_memo_find(const struct dw_memo *memo, const uint8_t digest[DW_MEMO_DIGEST], bool *good);

/* Remembers a verdict in place of the oldest. */
void dw_memo_keep(struct dw_memo *memo, const uint8_t digest[DW_MEMO_DIGEST], bool good);

#endif
