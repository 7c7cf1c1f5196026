#include "dns/dsright.h"

#include <string.h>

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/reply.h"

/* A server's keys, and what it asks the parent for. */
struct view {
	const struct dw_name *zone;
	struct dw_dskeys keys;
	unsigned n_cds;
	struct dw_ds_fact cds[DW_DS_MAX];
	const struct dw_rrset_fact *cdnskey;
};

static bool signs(const struct dw_dskey *key)
{
	return key->signs && key->state == DW_KEY_USABLE;
}

/* Whether a key is among the CDNSKEY records. */
static bool is_listed(const struct view *view, const struct dw_dskey *key)
{
	struct dw_octets rdata;
	size_t at = 0;

	while (view->cdnskey != NULL && dw_reply_rdata(view->cdnskey, &at, &rdata)) {
		if (rdata.length == key->rdata.length && memcmp(rdata.octets, key->rdata.octets, rdata.length) == 0)
			return true;
	}
	return false;
}

/* Whether CDS or CDNSKEY ask for a key. */
static bool is_asked_for(const struct view *view, const struct dw_dskey *key)
{
	for (unsigned i = 0; i < view->n_cds; i++) {
		if (dw_dskeys_matches(&view->cds[i], view->zone, key))
			return true;
	}
	return is_listed(view, key);
}

static bool is_entry(const struct view *view, const struct dw_dskey *key)
{
	(void)view;
	return signs(key) && (key->flags & DW_KEY_SEP) != 0;
}

static bool is_signing(const struct view *view, const struct dw_dskey *key)
{
	(void)view;
	return signs(key);
}

typedef bool choice_fn(const struct view *view, const struct dw_dskey *key);

/* What may choose the keys, the best first; it must choose one that signs. */
static choice_fn *choose(const struct view *view)
{
	static choice_fn *const choices[] = {is_asked_for, is_entry, is_signing};

	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		for (unsigned k = 0; k < view->keys.n_keys; k++) {
			if (signs(&view->keys.keys[k]) && choices[i](view, &view->keys.keys[k]))
				return choices[i];
		}
	}
	return NULL;
}

static unsigned make(
	const struct view *view, const uint8_t *digest_types, unsigned n_types, struct dw_ds_fact set[DW_DS_MAX])
{
	choice_fn *choice = choose(view);
	unsigned n = 0;

	for (unsigned i = 0; choice != NULL && i < view->keys.n_keys; i++) {
		const struct dw_dskey *key = &view->keys.keys[i];
		for (unsigned k = 0; k < n_types && n < DW_DS_MAX && key->state == DW_KEY_USABLE; k++)
			n += choice(view, key) && dw_ds_make(view->zone, key->rdata, digest_types[k], &set[n]) == DW_OK;
	}
	return dw_ds_sort(set, n);
}

unsigned dw_dsright_make(const struct dw_delegation_facts *facts, const uint8_t *digest_types,
	unsigned n_types, struct dw_ds_fact set[DW_DS_MAX])
{
	const struct dw_survey_facts *side = facts->zone_side;
	unsigned n = 0;

	for (unsigned i = 0; side != NULL && i < side->n_servers && n == 0; i++) {
		const struct dw_server_facts *server = &side->servers[i];
		struct view view = {.zone = &facts->zone,
			.cdnskey = dw_delegation_rrset(dw_delegation_reply(server, DW_TYPE_CDNSKEY))};
		dw_dskeys_read(server, &view.keys);
		view.n_cds = dw_dskeys_set(dw_delegation_rrset(dw_delegation_reply(server, DW_TYPE_CDS)), view.cds);
		n = make(&view, digest_types, n_types, set);
	}
	return n;
}
