#include "dns/memo.h"

#include <string.h>

#include "dns/crypto.h"

#define DIGEST_SHA256 2 /* IANA "DS RR Type Digest Algorithms" */

bool dw_memo_digest(
	struct dw_octets data, struct dw_octets signature, struct dw_octets key, uint8_t digest[DW_MEMO_DIGEST])
{
	/* Lengths too, so that octets cannot move from one piece to the next. */
	const uint32_t lengths[] = {(uint32_t)data.length, (uint32_t)signature.length, (uint32_t)key.length};
	const struct dw_octets pieces[] = {
		{(const uint8_t *)lengths, sizeof(lengths)},
		data,
		signature,
		key,
	};
	uint8_t made[DW_DIGEST_MAX];
	size_t length;

	if (dw_digest(DIGEST_SHA256, pieces, sizeof(pieces) / sizeof(pieces[0]), made, &length) != DW_OK)
		return false;
	memcpy(digest, made, DW_MEMO_DIGEST);
	return true;
}

bool dw_memo_find(const struct dw_memo *memo, const uint8_t digest[DW_MEMO_DIGEST], bool *good)
{
	for (unsigned i = 0; i < memo->n_known; i++) {
		if (memcmp(memo->items[i].digest, digest, DW_MEMO_DIGEST) == 0) {
			*good = memo->items[i].good;
			return true;
		}
	}
	return false;
}

void dw_memo_keep(struct dw_memo *memo, const uint8_t digest[DW_MEMO_DIGEST], bool good)
{
	struct dw_memo_item *item = &memo->items[memo->next];

	memcpy(item->digest, digest, DW_MEMO_DIGEST);
	item->good = good;
	memo->next = (memo->next + 1) % DW_MEMO_MAX;
	if (memo->n_known < DW_MEMO_MAX)
		memo->n_known++;
}
