#include "dns/bundle.h"

#include <stdlib.h>

/* A question on its way. */
struct dw_bundle_slot {
	bool open;
	unsigned tag;  /* the member's own */
	size_t member; /* whose question it is */
};

/*
 * Room for one more item of an array of `n`; NULL without memory. Nothing that is there moves but the array.
 */
static void *grow(void *items, size_t *n_allocated, size_t n, size_t size)
{
	if (n < *n_allocated)
		return items;
	size_t wanted = *n_allocated == 0 ? 8 : *n_allocated * 2;
	void *grown = realloc(items, wanted * size);
	if (grown != NULL)
		*n_allocated = wanted;
	return grown;
}

enum dw_status dw_bundle_add(
	struct dw_bundle *bundle, const struct dw_inquiry_class *member, void *self, struct dw_error *error)
{
	struct dw_inquiry *members =
		grow(bundle->members, &bundle->n_members_allocated, bundle->n_members, sizeof(*bundle->members));

	if (members == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for an inquiry");
	bundle->members = members;
	bundle->members[bundle->n_members++] = (struct dw_inquiry){member, self};
	return DW_OK;
}

/* A slot that is free, perhaps a new one; false without memory. */
static bool find_slot(struct dw_bundle *bundle, size_t *slot)
{
	for (*slot = 0; bundle->n_open < bundle->n_slots && *slot < bundle->n_slots; ++*slot) {
		if (!bundle->slots[*slot].open)
			return true;
	}
	struct dw_bundle_slot *slots =
		grow(bundle->slots, &bundle->n_slots_allocated, bundle->n_slots, sizeof(*bundle->slots));
	if (slots == NULL)
		return false;
	bundle->slots = slots;
	*slot = bundle->n_slots++;
	bundle->slots[*slot].open = false;
	return true;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_bundle *bundle = self;
	size_t slot;

	/* Without memory no question is begun, and what waits for its answer is never told. */
	if (!find_slot(bundle, &slot))
		return false;
	for (size_t i = 0; i < bundle->n_members; i++) {
		size_t at = (bundle->at + i) % bundle->n_members;
		struct dw_inquiry *member = &bundle->members[at];
		unsigned own;
		if (!member->class->next(member->self, question, &own))
			continue;
		bundle->slots[slot] = (struct dw_bundle_slot){true, own, at};
		bundle->n_open++;
		bundle->at = at + 1;
		*tag = (unsigned)slot;
		return true;
	}
	return false;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_bundle *bundle = self;

	if (tag >= bundle->n_slots || !bundle->slots[tag].open)
		return;
	const struct dw_bundle_slot slot = bundle->slots[tag];
	const struct dw_inquiry *member = &bundle->members[slot.member];
	bundle->slots[tag].open = false;
	bundle->n_open--;
	member->class->answer(member->self, slot.tag, question, answer);
}

const struct dw_inquiry_class dw_bundle_class = {next, take};

void dw_bundle_fini(struct dw_bundle *bundle)
{
	free(bundle->members);
	free(bundle->slots);
	*bundle = (struct dw_bundle){.members = NULL};
}
