#include "dns/dsright.h"

#include <string.h>

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/kept.h"

/* A server's keys, and what it asks the parent for. */
struct view {
	const struct dw_name *zone;
	struct dw_dskeys keys;
	bool known[DW_KEYS_MAX]; /* by the parent, as far as that was looked at */
	unsigned n_cds;
	struct dw_ds_fact cds[DW_DS_MAX];
	const struct dw_rrset_fact *cdnskey;
};

/* An RRset by which the zone asks for something, as far as its keys prove it; else NULL. */
static const struct dw_rrset_fact *wish(const struct dw_server_facts *server, uint16_t type)
{
	const struct dw_rrset_fact *rrset = dw_kept_rrset(dw_kept_reply(server, type));

	return rrset != NULL && rrset->proof.security == DW_SECURE ? rrset : NULL;
}

static void look(
	const struct dw_delegation_facts *facts, const struct dw_server_facts *server, struct view *view)
{
	*view = (struct view){.zone = &facts->zone, .cdnskey = wish(server, DW_TYPE_CDNSKEY)};
	dw_dskeys_read(server, &view->keys);
	view->n_cds = dw_dskeys_set(wish(server, DW_TYPE_CDS), view->cds);
}

static bool signs(const struct dw_dskey *key)
{
	return key->signs && key->state == DW_KEY_USABLE;
}

/* Whether a key is among the CDNSKEY records. */
static bool is_listed(const struct view *view, const struct dw_dskey *key)
{
	struct dw_octets rdata;
	size_t at = 0;

	while (dw_kept_rdata(view->cdnskey, &at, &rdata)) {
		if (dw_octets_equal(rdata, key->rdata))
			return true;
	}
	return false;
}

/* Whether CDS or CDNSKEY ask for a key. */
static bool is_asked_for(const struct view *view, const struct dw_dskey *key)
{
	return dw_ds_named(view->cds, view->n_cds, view->zone, key->rdata) || is_listed(view, key);
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

/* Marks the keys with the SEP flag of which the parent has a DS: they may be published before they sign. */
static void mark_known(const struct dw_survey_facts *parent, struct view *view)
{
	struct dw_ds_fact set[DW_DS_MAX];

	for (unsigned i = 0; parent != NULL && i < parent->n_servers; i++) {
		unsigned n = dw_dskeys_set(dw_kept_rrset(dw_kept_reply(&parent->servers[i], DW_TYPE_DS)), set);
		for (unsigned k = 0; k < view->keys.n_keys; k++) {
			const struct dw_dskey *key = &view->keys.keys[k];
			if ((key->flags & DW_KEY_SEP) != 0 && !view->known[k])
				view->known[k] = dw_ds_named(set, n, view->zone, key->rdata);
		}
	}
}

/* Whether the parent knows a key that signs: only then is what else it knows no leftover. */
static bool leads(const struct view *view)
{
	for (unsigned i = 0; i < view->keys.n_keys; i++) {
		if (view->known[i] && signs(&view->keys.keys[i]))
			return true;
	}
	return false;
}

/* A set that grows, in these digest types. */
struct making {
	const struct dw_name *zone;
	const uint8_t *digest_types;
	unsigned n_types;
	unsigned n;
	struct dw_ds_fact *set;
};

/* Adds the records of one key. */
static void add_key(struct making *making, struct dw_octets rdata)
{
	for (unsigned i = 0; i < making->n_types && making->n < DW_DS_MAX; i++)
		making->n +=
			dw_ds_make(making->zone, rdata, making->digest_types[i], &making->set[making->n]) == DW_OK;
}

/* Adds what is asked for of keys that are not published yet: CDNSKEY records, and CDS records as they are. */
static void add_announced(struct making *making, const struct view *view)
{
	struct dw_octets rdata;
	size_t at = 0;

	/* Algorithm 0 asks for no DS at all (RFC 8078 4). */
	while (dw_kept_rdata(view->cdnskey, &at, &rdata)) {
		if (rdata.length > 4 && rdata.octets[3] != 0)
			add_key(making, rdata);
	}
	for (unsigned i = 0; i < view->n_cds && making->n < DW_DS_MAX; i++) {
		if (memchr(making->digest_types, view->cds[i].digest_type, making->n_types) != NULL)
			making->set[making->n++] = view->cds[i];
	}
}

/* Adds what one server's keys, and what it asks for, have in the set. */
static void add_server(
	struct making *making, const struct dw_delegation_facts *facts, const struct dw_server_facts *server)
{
	struct view view;

	look(facts, server, &view);
	choice_fn *choice = choose(&view);
	if (choice != is_asked_for)
		mark_known(facts->parent_side, &view);
	const bool more = leads(&view);

	for (unsigned i = 0; choice != NULL && i < view.keys.n_keys; i++) {
		const struct dw_dskey *key = &view.keys.keys[i];
		if (key->state == DW_KEY_USABLE && (choice(&view, key) || (more && view.known[i])))
			add_key(making, key->rdata);
	}
	if (choice == is_asked_for)
		add_announced(making, &view);
	making->n = dw_ds_sort(making->set, making->n);
}

unsigned dw_dsright_make(const struct dw_delegation_facts *facts, const uint8_t *digest_types,
	unsigned n_types, struct dw_ds_fact set[DW_DS_MAX])
{
	const struct dw_survey_facts *side = facts->zone_side;
	struct making making = {&facts->zone, digest_types, n_types, 0, set};

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++)
		add_server(&making, facts, &side->servers[i]);
	return making.n;
}

bool dw_dsright_entry(const struct dw_delegation_facts *facts, struct dw_ds_fact *ds)
{
	const struct dw_survey_facts *side = facts->zone_side;

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		struct view view;
		look(facts, &side->servers[i], &view);
		choice_fn *choice = choose(&view);
		for (unsigned k = 0; choice != NULL && k < view.keys.n_keys; k++) {
			const struct dw_dskey *key = &view.keys.keys[k];
			if (signs(key) && choice(&view, key))
				return dw_ds_make(&facts->zone, key->rdata, DW_DIGEST_SHA256, ds) == DW_OK;
		}
	}
	return false;
}
