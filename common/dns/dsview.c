#include "dns/dsview.h"

#include "dns/dsset.h"

static bool opens(const struct dw_dskey *key)
{
	return key->signs && (key->flags & DW_KEY_SEP) != 0 && key->state == DW_KEY_USABLE;
}

void dw_dsview_look(const struct dw_name *zone, const struct dw_dsverdict_set *set,
	const struct dw_server_facts *server, struct dw_dsview *view)
{
	*view = (struct dw_dsview){.set = set, .server = server};
	dw_dskeys_read(server, &view->keys);
	for (unsigned i = 0; i < set->n_ds; i++) {
		bool counts = dw_ds_counts(set->ds, set->n_ds, i);
		view->leads[i] = dw_dskeys_lead(&set->ds[i], zone, &view->keys, &view->named[i]);
		view->usable = view->usable || counts;
		view->works = view->works || (counts && view->leads[i] == DW_LEAD_GOOD);
	}
	for (unsigned i = 0; i < view->keys.n_keys && view->fresh == NULL; i++) {
		const struct dw_dskey *key = &view->keys.keys[i];
		if (opens(key) && !dw_ds_named(set->ds, set->n_ds, zone, key->rdata))
			view->fresh = key;
	}
}
