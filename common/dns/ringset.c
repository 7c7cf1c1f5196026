#include "dns/ringset.h"

#include <stdlib.h>
#include <string.h>

struct dw_ringset_item {
	struct dw_ringset_item *next;
	struct dw_keyring ring;
};

static bool is_same(const struct dw_keyring *a, const struct dw_keyring *b)
{
	if (a->n_keys != b->n_keys || a->too_many != b->too_many || !dw_name_equal(&a->owner, &b->owner))
		return false;
	for (unsigned i = 0; i < a->n_keys; i++) {
		const struct dw_keyring_key *left = &a->keys[i], *right = &b->keys[i];
		if (left->rdata_length != right->rdata_length ||
			memcmp(left->rdata, right->rdata, left->rdata_length) != 0)
			return false;
	}
	return true;
}

/* Releases an item; NULL is fine. */
static void drop(struct dw_ringset_item *item)
{
	if (item == NULL)
		return;
	dw_keyring_fini(&item->ring);
	free(item);
}

enum dw_status dw_ringset_take(
	struct dw_ringset *rings, const struct dw_rrset *rrset, struct dw_keyring **ring, struct dw_error *error)
{
	struct dw_ringset_item *fresh = calloc(1, sizeof(*fresh)), *known = rings->items;

	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for keys");
	enum dw_status status = dw_keyring_init(&fresh->ring, rrset, error);
	if (status != DW_OK) {
		free(fresh);
		return status;
	}
	while (known != NULL && !is_same(&known->ring, &fresh->ring))
		known = known->next;
	if (known != NULL) {
		drop(fresh);
		*ring = &known->ring;
		return DW_OK;
	}
	fresh->next = rings->items;
	rings->items = fresh;
	*ring = &fresh->ring;
	return DW_OK;
}

void dw_ringset_fini(struct dw_ringset *rings)
{
	while (rings->items != NULL) {
		struct dw_ringset_item *item = rings->items;
		rings->items = item->next;
		drop(item);
	}
}
