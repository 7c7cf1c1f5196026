#include "dns/mistake_search.h"

#include <string.h>

#include "dns/crypto.h"
#include "dns/dsset.h"
#include "dns/rdata.h"

/* Digest types that are made, the likely ones first. */
static const uint8_t types[DW_MISTAKE_TYPES] = {2, 1, 4};

static unsigned place_of(uint8_t type)
{
	return type == 2 ? 0 : type == 1 ? 1 : 2;
}

/* Puts a form at the front of the chain that its digests will be looked up in. */
static void chain(struct dw_mistake_search *search, unsigned form)
{
	const struct dw_likeness *likeness = &search->forms[form];
	const unsigned place = place_of(likeness->digest_type);
	uint16_t *head = likeness->at == 0 ? &search->chains[place][likeness->octets[0]] : &search->aside[place];

	search->next[form] = *head;
	*head = (uint16_t)(form + 1);
}

void dw_mistake_search_begin(struct dw_mistake_search *search, const struct dw_mistake_question *question,
	const struct dw_ds_fact *ds, unsigned n_ds, struct dw_mistake *mistakes)
{
	search->question = question;
	search->ds = ds;
	search->n_ds = search->n_left = n_ds;
	search->mistakes = mistakes;
	search->names = (struct dw_slip_names){question->owner, question->parent, question->typed};
	search->n_forms = 0;
	memset(search->chains, 0, sizeof(search->chains));
	memset(search->aside, 0, sizeof(search->aside));
	memset(search->tags, 0, sizeof(search->tags));
	for (unsigned i = 0; i < n_ds; i++) {
		mistakes[i] = (struct dw_mistake){.key = -1};
		search->tags[ds[i].key_tag / 8] |= (uint8_t)(1 << ds[i].key_tag % 8);
		search->n_forms += dw_likeness_list(&ds[i], i, &search->forms[search->n_forms]);
	}
	/* The last one first, so that a chain has the likely forms at its front. */
	for (unsigned i = search->n_forms; i > 0; i--)
		chain(search, i - 1);
}

bool dw_mistake_search_knows_tag(const struct dw_mistake_search *search, uint16_t tag)
{
	return (search->tags[tag / 8] >> tag % 8 & 1) != 0;
}

bool dw_mistake_search_wants_tag(const struct dw_mistake_search *search, uint16_t tag)
{
	for (unsigned i = 0; dw_mistake_search_knows_tag(search, tag) && i < search->n_ds; i++) {
		if (search->ds[i].key_tag == tag && !search->mistakes[i].proven)
			return true;
	}
	return false;
}

/* Whether a cut digest is long enough to prove what was tried. */
static bool proves(const struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_likeness *likeness)
{
	const struct dw_ds_fact *ds = &search->ds[likeness->ds];

	if (likeness->length >= DW_LIKENESS_SURE)
		return true;
	return attempt->n_slips == 0 && ds->key_tag == attempt->key_tag &&
		ds->algorithm == attempt->right->rdata[3];
}

static bool tag_fits(const struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	uint16_t tag, unsigned ds)
{
	return search->round.any_tag || search->ds[ds].key_tag == tag ||
		search->ds[ds].key_tag == attempt->key_tag;
}

/* Holds a digest against the forms of a chain. */
static void compare(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_reason_made *made, unsigned form)
{
	for (; form > 0; form = search->next[form - 1]) {
		const struct dw_likeness *likeness = &search->forms[form - 1];
		if (!dw_likeness_has(likeness, made->digest) || search->mistakes[likeness->ds].proven ||
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
static bool type_fits(const struct dw_mistake_search *search, const struct dw_ds_fact *ds, uint8_t type)
{
	return !search->round.likely_types || ds->digest_type == type ||
		ds->digest_length == dw_ds_digest_length(type);
}

/* Whether a record is left that may be made of this input, with a digest of this type. */
static bool worth_it(const struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	uint16_t tag, uint8_t type)
{
	for (unsigned i = 0; i < search->n_ds; i++) {
		if (!search->mistakes[i].proven && tag_fits(search, attempt, tag, i) &&
			type_fits(search, &search->ds[i], type))
			return true;
	}
	return false;
}

bool dw_mistake_search_try(struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt,
	const struct dw_slip_input *input)
{
	struct dw_reason_made made = {
		.key_tag = dw_key_tag(input->rdata, input->rdata_length), .algorithm = input->rdata[3]};
	const struct dw_octets pieces[] = {
		{input->owner, input->owner_length}, {input->rdata, input->rdata_length}};
	size_t length;

	for (unsigned i = 0; i < DW_MISTAKE_TYPES && search->n_left > 0; i++) {
		made.digest_type = types[i];
		if (!worth_it(search, attempt, made.key_tag, types[i]))
			continue;
		if (search->n_hashes == DW_MISTAKE_HASHES_MAX)
			return false;
		search->n_hashes++;
		if (dw_digest(types[i], pieces, 2, made.digest, &length) != DW_OK)
			continue;
		compare(search, attempt, &made, search->chains[i][made.digest[0]]);
		compare(search, attempt, &made, search->aside[i]);
	}
	return search->n_left > 0;
}
