#include "dns/mistake.h"

#include <string.h>

#include "dns/likeness.h"
#include "dns/rdata.h"
#include "dns/reason.h"
#include "dns/slip.h"

#define MANY     (DW_DS_MAX * DW_LIKENESSES_MAX)
#define NO_SLIPS 0

/* How far a search goes at a time: first what is likely and cheap. */
struct round {
	unsigned n_slips;
	bool any_tag;  /* also where the key tag is neither the key's nor that of the input */
	bool key_text; /* one of the slips is of the public key's text, of which there are hundreds */
};

static const struct round rounds[] = {{NO_SLIPS, true, false}, {1, false, false}, {2, false, false},
	{1, true, false}, {1, false, true}, {2, false, true}};

/* One search: what is looked for, and what is left of the bound. */
struct search {
	const struct dw_mistake_question *question;
	const struct dw_ds_fact *ds;
	unsigned n_ds, n_left, n_hashes, n_likenesses;
	struct dw_mistake *mistakes;
	struct dw_slip_names names;
	const struct round *round;
	struct dw_likeness likenesses[MANY];
};

/* An input that was tried, and how it came about. */
struct attempt {
	unsigned key;
	uint16_t key_tag; /* the key's own */
	const struct dw_slip_input *right;
	struct dw_reason_slip slips[2];
	unsigned n_slips;
};

/* Whether a cut digest is long enough to prove what was tried. */
static bool proves(
	const struct search *search, const struct attempt *attempt, const struct dw_likeness *likeness)
{
	const struct dw_ds_fact *ds = &search->ds[likeness->ds];

	if (likeness->length >= DW_LIKENESS_SURE)
		return true;
	return attempt->n_slips == 0 && ds->key_tag == attempt->key_tag &&
		ds->algorithm == attempt->right->rdata[3];
}

static bool tag_fits(const struct search *search, const struct attempt *attempt, uint16_t tag, unsigned ds)
{
	return search->round->any_tag || search->ds[ds].key_tag == tag ||
		search->ds[ds].key_tag == attempt->key_tag;
}

static void compare(struct search *search, const struct attempt *attempt, const struct dw_reason_made *made)
{
	for (unsigned i = 0; i < search->n_likenesses; i++) {
		const struct dw_likeness *likeness = &search->likenesses[i];
		if (likeness->digest_type != made->digest_type || likeness->octets[0] != made->digest[likeness->at] ||
			!dw_likeness_has(likeness, made->digest) || search->mistakes[likeness->ds].proven ||
			!tag_fits(search, attempt, made->key_tag, likeness->ds) || !proves(search, attempt, likeness))
			continue;
		const struct dw_reason reason = {.question = search->question,
			.ds = &search->ds[likeness->ds],
			.key = attempt->key,
			.right = attempt->right,
			.n_slips = attempt->n_slips,
			.slips = {attempt->slips[0], attempt->slips[1]},
			.likeness = likeness,
			.key_tag = made->key_tag,
			.algorithm = made->algorithm};
		dw_reason_prove(&reason, &search->mistakes[likeness->ds]);
		search->n_left--;
	}
}

/* Whether a digest of this type may be what the record shows; where much is tried, only what is likely. */
static bool type_fits(const struct search *search, const struct dw_ds_fact *ds, uint8_t type)
{
	return !search->round->key_text || ds->digest_type == type ||
		ds->digest_length == dw_ds_digest_length(type);
}

/* Whether a record is left that may be made of this input, with a digest of this type; 0 for any. */
static bool worth_it(const struct search *search, const struct attempt *attempt, uint16_t tag, uint8_t type)
{
	for (unsigned i = 0; i < search->n_ds; i++) {
		if (!search->mistakes[i].proven && tag_fits(search, attempt, tag, i) &&
			(type == 0 || type_fits(search, &search->ds[i], type)))
			return true;
	}
	return false;
}

/* Makes the digests of an input. False when the bound is reached or nothing is left to be found. */
static bool try_input(struct search *search, const struct attempt *attempt, const struct dw_slip_input *input)
{
	static const uint8_t types[] = {2, 1, 4};
	struct dw_reason_made made = {
		.key_tag = dw_key_tag(input->rdata, input->rdata_length), .algorithm = input->rdata[3]};
	const struct dw_octets pieces[] = {
		{input->owner, input->owner_length}, {input->rdata, input->rdata_length}};
	size_t length;

	for (size_t i = 0; i < sizeof(types) && search->n_left > 0; i++) {
		made.digest_type = types[i];
		if (!worth_it(search, attempt, made.key_tag, types[i]))
			continue;
		if (search->n_hashes == DW_MISTAKE_HASHES_MAX)
			return false;
		search->n_hashes++;
		if (dw_digest(types[i], pieces, 2, made.digest, &length) == DW_OK)
			compare(search, attempt, &made);
	}
	return search->n_left > 0;
}

static bool same_input(const struct dw_slip_input *a, const struct dw_slip_input *b)
{
	return a->owner_length == b->owner_length && a->rdata_length == b->rdata_length &&
		memcmp(a->owner, b->owner, a->owner_length) == 0 && memcmp(a->rdata, b->rdata, a->rdata_length) == 0;
}

/* What is done with each input. False ends the search. */
typedef bool step_fn(struct search *search, const struct attempt *attempt, const struct dw_slip_input *input);

/* Hands on the input with each variant of one row. */
static bool each_variant(struct search *search, const struct attempt *attempt,
	const struct dw_slip_input *input, unsigned row, step_fn *step)
{
	const struct dw_slip *slip = &dw_slips[row];
	const unsigned n_variants = slip->count(input);
	struct attempt next = *attempt;
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
static bool try_second(
	struct search *search, const struct attempt *attempt, const struct dw_slip_input *input)
{
	const struct dw_reason_slip *first = &attempt->slips[0];
	bool more = true;

	/* Of a text that was cut no second slip is tried when no record has the tag that comes of the cut. */
	if (search->round->key_text &&
		!worth_it(search, attempt, dw_key_tag(input->rdata, input->rdata_length), 0))
		return true;
	for (unsigned row = first->row + 1; row < dw_n_slips && more; row++) {
		if (dw_slips[row].part != first->slip->part)
			more = each_variant(search, attempt, input, row, try_input);
	}
	return more;
}

/* Tries the key with as many slips as the round wants. */
static bool try_slips(struct search *search, const struct attempt *attempt, const struct dw_slip_input *input)
{
	step_fn *step = search->round->n_slips == 1 ? try_input : try_second;
	bool more = true;

	for (unsigned row = 0; row < dw_n_slips && more; row++) {
		if (search->round->key_text == (dw_slips[row].part == DW_SLIP_KEY))
			more = each_variant(search, attempt, input, row, step);
	}
	return more;
}

static bool try_key(struct search *search, unsigned key)
{
	const struct dw_octets *rdata = &search->question->keys[key].rdata;
	struct dw_slip_input input;

	if (!dw_slip_input(search->question->owner, rdata->octets, rdata->length, &input))
		return true;
	struct attempt attempt = {
		.key = key, .key_tag = dw_key_tag(rdata->octets, rdata->length), .right = &input};
	if (search->round->n_slips == NO_SLIPS)
		return try_input(search, &attempt, &input);
	return try_slips(search, &attempt, &input);
}

static void try_keys(struct search *search)
{
	unsigned n_keys = search->question->n_keys;
	bool more = search->n_left > 0;

	if (n_keys > DW_MISTAKE_KEYS_MAX)
		n_keys = DW_MISTAKE_KEYS_MAX;
	for (size_t i = 0; i < sizeof(rounds) / sizeof(rounds[0]) && more; i++) {
		search->round = &rounds[i];
		for (unsigned key = 0; key < n_keys && more; key++)
			more = try_key(search, key);
	}
}

/* Searches for some of the records; how many digests were made. */
static unsigned find_some(const struct dw_mistake_question *question, const struct dw_ds_fact *ds,
	unsigned n_ds, unsigned n_hashes, struct dw_mistake *mistakes)
{
	struct search search = {.question = question,
		.ds = ds,
		.n_ds = n_ds,
		.n_left = n_ds,
		.n_hashes = n_hashes,
		.mistakes = mistakes,
		.names = {question->owner, question->parent, question->typed}};

	for (unsigned i = 0; i < n_ds; i++) {
		mistakes[i] = (struct dw_mistake){.key = -1};
		search.n_likenesses += dw_likeness_list(&ds[i], i, &search.likenesses[search.n_likenesses]);
	}
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
