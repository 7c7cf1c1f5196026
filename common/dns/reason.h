/*
 * reason: what to say of a DS that matches no key: the word, the sentence, and the DS that is right.
 *
 * The search of `mistake` hands over what reproduced the record; where nothing did, a record is classed by
 * what can be seen of it. Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_REASON_H
#define DW_DNS_REASON_H

#include <stdint.h>

#include "dns/likeness.h"
#include "dns/mistake.h"
#include "dns/slip.h"

/* One slip, its row of the table, and its variant. */
struct dw_reason_slip {
	const struct dw_slip *slip;
	unsigned row;
	unsigned n;
};

/* A digest of an input, and the fields of a DS that the input gives. */
struct dw_reason_made {
	uint8_t digest_type;
	uint16_t key_tag;
	uint8_t algorithm;
	uint8_t digest[DW_DIGEST_MAX];
};

/* What reproduced a record. Nothing is owned. */
struct dw_reason {
	const struct dw_mistake_question *question;
	const struct dw_ds_fact *ds;
	unsigned key;
	const struct dw_slip_input *right; /* the key without slips */
	unsigned n_slips;
	struct dw_reason_slip slips[2];
	const struct dw_likeness *likeness;
	uint16_t key_tag;  /* of the key with its slips */
	uint8_t algorithm; /* likewise */
};

/* Says how the record came about, and what is right. */
void dw_reason_prove(const struct dw_reason *reason, struct dw_mistake *mistake);

/* Classes a record that nothing reproduced. */
void dw_reason_class(
	const struct dw_mistake_question *question, const struct dw_ds_fact *ds, struct dw_mistake *mistake);

#endif
