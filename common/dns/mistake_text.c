#include "dns/mistake_text.h"

#include <string.h>

#include "dns/damage.h"
#include "dns/rdata.h"

#define SECONDS_MAX 64
#define KEY_LEAST   12   /* octets of the RDATA of a key that is left: with less it may be any key */
#define MANY        40   /* records times keys */
#define MANY_OCTETS 4000 /* more than ten keys of 2048 bits have */
#define RSAMD5      1    /* its key tag is no sum */

/* A slip that may come with a damaged text, and what it adds to the sum of the RDATA. */
struct second {
	struct dw_reason_slip slip;
	int32_t delta;
	bool sums; /* the tag is that of the sum */
};

/* The damages of one key. */
struct texts {
	struct dw_mistake_search *search;
	const struct dw_mistake_attempt *attempt;
	enum dw_mistake_step step;
	bool usual; /* no other damages are tried */
	unsigned n_seconds;
	struct second seconds[SECONDS_MAX];
};

/* The sum that a key tag is folded from (RFC 4034, appendix B). */
static int32_t sum_of(const struct dw_slip_input *input)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < input->rdata_length; i++)
		sum += i % 2 == 0 ? (uint32_t)input->rdata[i] << 8 : input->rdata[i];
	return (int32_t)sum;
}

static uint16_t tag_of_sum(int32_t sum)
{
	return (uint16_t)(sum + (sum >> 16));
}

/* Whether a record with the key's own tag, that is not explained yet, is of this algorithm. */
static bool is_published(const struct texts *texts, uint8_t algorithm)
{
	const struct dw_mistake_search *search = texts->search;

	for (unsigned i = 0; i < search->n_ds; i++) {
		if (search->ds[i].algorithm == algorithm && search->ds[i].key_tag == texts->attempt->key_tag &&
			!search->mistakes[i].proven)
			return true;
	}
	return false;
}

/* Whether a slip is worth to be tried with each damage. */
static bool is_likely(const struct texts *texts, const struct dw_slip_input *slipped)
{
	const struct dw_slip_input *right = texts->attempt->right;
	const uint8_t algorithm = slipped->rdata[3];

	/* Where the tag says nothing of the algorithm, the record does; a protocol that is not 3 is rare. */
	return texts->step == DW_MISTAKE_STEP_OWN_TAG ||
		(slipped->rdata[2] == right->rdata[2] &&
			(algorithm == right->rdata[3] || is_published(texts, algorithm)));
}

/* Lists the slips of other parts. */
static void list_seconds(struct texts *texts)
{
	const struct dw_slip_input *right = texts->attempt->right;

	for (unsigned row = 0; row < dw_n_slips; row++) {
		const struct dw_slip *slip = &dw_slips[row];
		const unsigned n_variants = slip->part == DW_SLIP_KEY ? 0 : slip->count(right);
		for (unsigned n = 0; n < n_variants && texts->n_seconds < SECONDS_MAX; n++) {
			struct dw_slip_input slipped = *right;
			if (!slip->apply(&texts->search->names, n, slip->argument, &slipped) ||
				!is_likely(texts, &slipped))
				continue;
			texts->seconds[texts->n_seconds++] = (struct second){.slip = {slip, row, n},
				.delta = sum_of(&slipped) - sum_of(right),
				.sums = slipped.rdata[3] != RSAMD5 && right->rdata[3] != RSAMD5};
		}
	}
}

/* Tries a damaged text together with each other slip, where the tag that comes of both is wanted. */
static bool try_seconds(const struct texts *texts, const struct dw_mistake_attempt *damaged,
	const struct dw_slip_input *input, int32_t sum)
{
	const bool fields = damaged->slips[0].slip->argument == DW_DAMAGE_AS_FLAGS &&
		damaged->slips[0].slip->apply == dw_damage_with_text;
	struct dw_mistake_attempt next = *damaged;
	bool more = true;

	next.n_slips = 2;
	for (unsigned i = 0; i < texts->n_seconds && more; i++) {
		const struct second *second = &texts->seconds[i];
		const struct dw_slip *slip = second->slip.slip;
		if (texts->step == DW_MISTAKE_STEP_OWN_TAG && second->sums &&
			!dw_mistake_search_knows_tag(texts->search, tag_of_sum(sum + second->delta)))
			continue;
		struct dw_slip_input both = *input;
		/* A text that was taken for the flags has moved the other fields. */
		if ((fields && slip->part != DW_SLIP_OWNER) ||
			!slip->apply(&texts->search->names, second->slip.n, slip->argument, &both))
			continue;
		next.slips[1] = second->slip;
		more = dw_mistake_search_try(texts->search, &next, &both);
	}
	return more;
}

/* Tries a damaged text. */
static bool try_damage(
	const struct texts *texts, const struct dw_mistake_attempt *damaged, const struct dw_slip_input *input)
{
	bool more = true;

	if (texts->n_seconds == 0)
		return dw_mistake_search_try(texts->search, damaged, input);
	const int32_t sum = sum_of(input);
	const uint16_t tag =
		input->rdata[3] == RSAMD5 ? dw_key_tag(input->rdata, input->rdata_length) : tag_of_sum(sum);
	if (texts->step == DW_MISTAKE_STEP_OWN_TAG && dw_mistake_search_wants_tag(texts->search, tag))
		more = dw_mistake_search_try(texts->search, damaged, input);
	return more && (input->rdata_length < KEY_LEAST || try_seconds(texts, damaged, input, sum));
}

/* Whether a variant is tried in this step. */
static bool is_in(const struct texts *texts, const struct dw_slip *slip, unsigned n, unsigned n_characters)
{
	if (!texts->usual)
		return true;
	if (slip->apply == dw_damage_cut_behind)
		return dw_damage_is_usual(n, n_characters);
	if (slip->apply == dw_damage_cut_front)
		return dw_damage_is_usual(n_characters - n, n_characters) || dw_damage_is_usual(n, n_characters);
	if (slip->apply == dw_damage_with_text && slip->argument == DW_DAMAGE_BETWEEN)
		return dw_damage_is_usual_between(n, n_characters);
	return true;
}

/* Tries every variant of a row. */
static bool try_row(const struct texts *texts, unsigned row)
{
	const struct dw_slip_input *right = texts->attempt->right;
	const unsigned n_characters = dw_damage_n_characters(right);
	const struct dw_slip *slip = &dw_slips[row];
	const unsigned n_variants = slip->count(right);
	struct dw_mistake_attempt next = *texts->attempt;
	bool more = true;

	next.n_slips = 1;
	for (unsigned n = 0; n < n_variants && more; n++) {
		struct dw_slip_input damaged = *right;
		if (!is_in(texts, slip, n, n_characters) ||
			!slip->apply(&texts->search->names, n, slip->argument, &damaged) ||
			(damaged.rdata_length == right->rdata_length &&
				memcmp(damaged.rdata, right->rdata, right->rdata_length) == 0))
			continue;
		next.slips[0] = (struct dw_reason_slip){slip, row, n};
		more = try_damage(texts, &next, &damaged);
	}
	return more;
}

/* What a step does with each damage. */
static const struct {
	bool any_tag, likely_types, pairs, usual;
} steps[] = {
	[DW_MISTAKE_STEP_OWN_TAG] = {.pairs = true},
	[DW_MISTAKE_STEP_USUAL] = {.usual = true},
	[DW_MISTAKE_STEP_USUAL_PAIRS] = {.likely_types = true, .pairs = true, .usual = true},
	[DW_MISTAKE_STEP_ALL] = {.pairs = false},
	[DW_MISTAKE_STEP_ALL_PAIRS] = {.likely_types = true, .pairs = true},
	[DW_MISTAKE_STEP_ANY_TAG] = {.any_tag = true, .likely_types = true, .usual = true},
	[DW_MISTAKE_STEP_ALL_ANY_TAG] = {.any_tag = true, .likely_types = true},
};

/* Whether the keys are so many, or so long, that what has no digest made of it is dear as well. */
static bool is_much(const struct dw_mistake_question *question)
{
	size_t n_octets = 0;

	for (unsigned i = 0; i < question->n_keys; i++)
		n_octets += question->keys[i].rdata.length;
	return n_octets > MANY_OCTETS;
}

bool dw_mistake_text_try(
	struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt, enum dw_mistake_step step)
{
	struct texts texts = {.search = search, .attempt = attempt, .step = step};
	bool more = true;

	texts.usual = steps[step].usual || is_much(search->question);
	search->round =
		(struct dw_mistake_round){.any_tag = steps[step].any_tag, .likely_types = steps[step].likely_types};
	if (step == DW_MISTAKE_STEP_ALL_ANY_TAG && search->n_ds * search->question->n_keys > MANY)
		return true;
	/* The tag of the key itself: without a record that has it there is nothing to find. */
	if (step != DW_MISTAKE_STEP_OWN_TAG && !steps[step].any_tag &&
		!dw_mistake_search_wants_tag(search, attempt->key_tag))
		return true;
	if (steps[step].pairs)
		list_seconds(&texts);
	for (unsigned row = 0; row < dw_n_slips && more; row++) {
		if (dw_slips[row].part == DW_SLIP_KEY)
			more = try_row(&texts, row);
	}
	return more;
}
