/*
 * mistake_search: what is looked for in a search for mistakes, and what is left of its bound.
 *
 * Part of `mistake`. Inputs of a digest are handed in one by one; each is hashed, and compared at once with
 * every form of every record that is not explained yet. Which ones are worth their digests is a matter of the
 * round. Nothing here blocks; a search belongs to one thread.
 */
#ifndef DW_DNS_MISTAKE_SEARCH_H
#define DW_DNS_MISTAKE_SEARCH_H

#include "dns/likeness.h"
#include "dns/mistake.h"
#include "dns/reason.h"
#include "dns/slip.h"

#define DW_MISTAKE_FORMS_MAX (DW_DS_MAX * DW_LIKENESSES_MAX)
#define DW_MISTAKE_TYPES     3

/* How far a search goes at a time. */
struct dw_mistake_round {
	bool any_tag;      /* also where the key tag is neither the key's nor that of the input */
	bool likely_types; /* only digests of the record's type, or of its length */
};

/* One search. The caller sets `round` and, once, `n_hashes`; the other members are the search's own. */
struct dw_mistake_search {
	const struct dw_mistake_question *question;
	const struct dw_ds_fact *ds;
	unsigned n_ds, n_left, n_hashes;
	struct dw_mistake *mistakes;
	struct dw_slip_names names;
	struct dw_mistake_round round;
	unsigned n_forms;
	struct dw_likeness forms[DW_MISTAKE_FORMS_MAX];
	uint16_t next[DW_MISTAKE_FORMS_MAX];    /* of the same chain, plus one; 0: the end */
	uint16_t chains[DW_MISTAKE_TYPES][256]; /* by digest type, and by the digest's first octet */
	uint16_t aside[DW_MISTAKE_TYPES];       /* where that octet is not known */
	uint8_t tags[65536 / 8];                /* a bit for each tag of a record */
};

/* An input that is tried, and how it came about. */
struct dw_mistake_attempt {
	unsigned key;
	uint16_t key_tag; /* the key's own */
	const struct dw_slip_input *right;
	struct dw_reason_slip slips[2];
	unsigned n_slips;
};

/*
 * Begins a search for `n_ds` records, DW_DS_MAX at most; the caller sets how many digests were made before.
 */
void dw_mistake_search_begin(struct dw_mistake_search *search, const struct dw_mistake_question *question,
	const struct dw_ds_fact *ds, unsigned n_ds, struct dw_mistake *mistakes);

/* Whether some record may have this tag; where one does, it may be explained already. */
bool dw_mistake_search_knows_tag(const struct dw_mistake_search *search, uint16_t tag);

/* Whether a record that is not explained yet has this tag. */
bool dw_mistake_search_wants_tag(const struct dw_mistake_search *search, uint16_t tag);

/* Tries an input, with all digests that the round wants. False: the bound is reached, or nothing is left. */
bool dw_mistake_search_try(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_slip_input *input);

#endif
