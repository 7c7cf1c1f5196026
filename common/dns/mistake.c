#include "dns/mistake.h"

#include <string.h>

#include "dns/mistake_search.h"
#include "dns/mistake_text.h"
#include "dns/rdata.h"
#include "dns/reason.h"
#include "dns/slip.h"

#define NO_SLIPS 0

/* How far the search goes at a time: first what is likely and cheap. */
static const struct stage {
	bool text; /* the text of the key is damaged, in this step */
	enum dw_mistake_step step;
	unsigned n_slips; /* of other parts */
	bool any_tag;
} stages[] = {
	{.n_slips = NO_SLIPS, .any_tag = true},
	{.n_slips = 1},
	{.text = true, .step = DW_MISTAKE_STEP_OWN_TAG},
	{.text = true, .step = DW_MISTAKE_STEP_USUAL},
	{.n_slips = 2},
	{.n_slips = 1, .any_tag = true},
	{.text = true, .step = DW_MISTAKE_STEP_USUAL_PAIRS},
	{.text = true, .step = DW_MISTAKE_STEP_ANY_TAG},
	{.text = true, .step = DW_MISTAKE_STEP_ALL},
	{.text = true, .step = DW_MISTAKE_STEP_ALL_ANY_TAG},
	{.text = true, .step = DW_MISTAKE_STEP_ALL_PAIRS},
};

static bool same_input(const struct dw_slip_input *a, const struct dw_slip_input *b)
{
	return a->owner_length == b->owner_length && a->rdata_length == b->rdata_length &&
		memcmp(a->owner, b->owner, a->owner_length) == 0 && memcmp(a->rdata, b->rdata, a->rdata_length) == 0;
}

/* What is done with each input. False ends the search. */
typedef bool step_fn(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_slip_input *input);

/* Hands on the input with each variant of one row. */
static bool each_variant(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_slip_input *input, unsigned row, step_fn *step)
{
	const struct dw_slip *slip = &dw_slips[row];
	const unsigned n_variants = slip->count(input);
	struct dw_mistake_attempt next = *attempt;
	bool more = true;

	next.n_slips++;
	for (unsigned n = 0; n < n_variants && more; n++) {
		struct dw_slip_input slipped = *input;
		if (!slip->apply(&search->names, n, slip->argument, &slipped) || same_input(&slipped, input))
			continue;
		next.slips[attempt->n_slips] = (struct dw_reason_slip){slip, row, n};
		more = step(search, &next, &slipped);
	}
	return more;
}

/* Tries an input with one slip with each slip of another part that stands behind the first in the table. */
static bool try_second(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_slip_input *input)
{
	const struct dw_reason_slip *first = &attempt->slips[0];
	bool more = true;

	for (unsigned row = first->row + 1; row < dw_n_slips && more; row++) {
		if (dw_slips[row].part != first->slip->part)
			more = each_variant(search, attempt, input, row, dw_mistake_search_try);
	}
	return more;
}

/* Tries the key with as many slips as the stage wants. */
static bool try_slips(
	struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt, unsigned n_slips)
{
	step_fn *step = n_slips == 1 ? dw_mistake_search_try : try_second;
	bool more = true;

	for (unsigned row = 0; row < dw_n_slips && more; row++) {
		if (dw_slips[row].part != DW_SLIP_KEY)
			more = each_variant(search, attempt, attempt->right, row, step);
	}
	return more;
}

static bool try_key(struct dw_mistake_search *search, unsigned key, const struct stage *stage)
{
	const struct dw_octets *rdata = &search->question->keys[key].rdata;
	struct dw_slip_input input;

	if (!dw_slip_input(search->question->owner, rdata->octets, rdata->length, &input))
		return true;
	const struct dw_mistake_attempt attempt = {
		.key = key, .key_tag = dw_key_tag(rdata->octets, rdata->length), .right = &input};
	if (stage->text)
		return dw_mistake_text_try(search, &attempt, stage->step);
	search->round = (struct dw_mistake_round){.any_tag = stage->any_tag};
	return stage->n_slips == NO_SLIPS ? dw_mistake_search_try(search, &attempt, &input)
									  : try_slips(search, &attempt, stage->n_slips);
}

static void try_keys(struct dw_mistake_search *search)
{
	unsigned n_keys = search->question->n_keys;
	bool more = search->n_left > 0;

	if (n_keys > DW_MISTAKE_KEYS_MAX)
		n_keys = DW_MISTAKE_KEYS_MAX;
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]) && more; i++) {
		for (unsigned key = 0; key < n_keys && more; key++)
			more = try_key(search, key, &stages[i]);
	}
}

/* Searches for some of the records; how many digests were made so far. */
static unsigned find_some(const struct dw_mistake_question *question, const struct dw_ds_fact *ds,
	unsigned n_ds, unsigned n_hashes, struct dw_mistake *mistakes)
{
	struct dw_mistake_search search;

	dw_mistake_search_begin(&search, question, ds, n_ds, mistakes);
	search.n_hashes = n_hashes;
	try_keys(&search);
	for (unsigned i = 0; i < n_ds; i++) {
		if (!mistakes[i].proven)
			dw_reason_class(question, &ds[i], &mistakes[i]);
	}
	return search.n_hashes;
}

unsigned dw_mistake_find(const struct dw_mistake_question *question, const struct dw_ds_fact *ds,
	unsigned n_ds, struct dw_mistake *mistakes)
{
	const unsigned at_once = DW_DS_MAX;
	unsigned n_hashes = 0;

	for (unsigned i = 0; i < n_ds; i += at_once) {
		const unsigned n = n_ds - i < at_once ? n_ds - i : at_once;
		n_hashes = find_some(question, ds + i, n, n_hashes, mistakes + i);
	}
	return n_hashes;
}
