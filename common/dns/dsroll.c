#include "dns/dsroll.h"

#include <stdio.h>

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/judgement.h"
#include "dns/kept.h"

/* SHA-1 in signatures (RFC 9905). */
#define RSASHA1       5
#define RSASHA1_NSEC3 7

/* A key and how the set knows it. */
struct place {
	const struct dw_dskey *key;
	bool named; /* a DS leads to it */
};

/* The set and the keys of one server: those with the SEP flag, and those that sign and are named. */
struct view {
	struct dw_dskeys keys;
	unsigned n_places;
	struct place places[DW_KEYS_MAX];
};

static void look(const struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, struct view *view)
{
	for (unsigned i = 0; i < view->keys.n_keys; i++) {
		const struct dw_dskey *key = &view->keys.keys[i];
		bool named = dw_ds_named(set->ds, set->n_ds, &verdict->facts->zone, key->rdata);
		if (key->state == DW_KEY_USABLE && ((named && key->signs) || (key->flags & DW_KEY_SEP) != 0))
			view->places[view->n_places++] = (struct place){key, named};
	}
}

/* The first key of this kind behind `after`; NULL when there is none. */
static const struct dw_dskey *find(
	const struct view *view, bool named, bool signs, const struct dw_dskey *after)
{
	bool on = after == NULL;

	for (unsigned i = 0; i < view->n_places; i++) {
		const struct place *place = &view->places[i];
		if (on && place->named == named && place->key->signs == signs)
			return place->key;
		on = on || place->key == after;
	}
	return NULL;
}

static void add(struct dw_dsverdict *verdict, enum dw_dsverdict_kind kind, const char *text)
{
	dw_dsverdict_add(verdict, dw_dsverdict_row(kind), dw_dsverdict_row(kind)->severity, NULL, "%s", text);
}

/* Names the state of a roll-over. */
static void name_roll_over(struct dw_dsverdict *verdict, const struct view *view)
{
	const struct dw_dskey *old = find(view, true, true, NULL);
	const struct dw_dskey *second = find(view, true, true, old);
	const struct dw_dskey *fresh = find(view, false, true, NULL);
	const struct dw_dskey *ready = find(view, true, false, NULL);
	const struct dw_dskey *standby = find(view, false, false, NULL);
	char text[DW_FINDING_TEXT_MAX];
	const char *what = "roll-over";

	if (old == NULL)
		return;
	if ((second != NULL && second->algorithm != old->algorithm) ||
		(fresh != NULL && fresh->algorithm != old->algorithm))
		what = "algorithm roll-over";
	if (second != NULL)
		snprintf(text, sizeof(text),
			"%s in progress: DS for both %u and %u, which both sign (double KSK and DS)", what, old->key_tag,
			second->key_tag);
	else if (ready != NULL)
		snprintf(text, sizeof(text),
			"%s in progress: DS for both %u and %u; %u is published and does not sign yet (double DS)", what,
			old->key_tag, ready->key_tag, ready->key_tag);
	else if (fresh != NULL)
		snprintf(text, sizeof(text),
			"%s in progress: keys %u and %u both sign, and %u has no DS yet, or no more (double KSK)", what,
			old->key_tag, fresh->key_tag, fresh->key_tag);
	else if (standby != NULL)
		snprintf(text, sizeof(text), "standby key %u is published; it does not sign and has no DS",
			standby->key_tag);
	else
		return;
	add(verdict, second != NULL || ready != NULL || fresh != NULL ? DW_DSV_ROLL_OVER : DW_DSV_STANDBY, text);
}

/* Digest types and algorithms of a set. */
static void remark_set(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	bool sha1 = true, weak = false;

	for (unsigned i = 0; i < set->n_ds; i++) {
		sha1 = sha1 && set->ds[i].digest_type == DW_DIGEST_SHA1;
		weak = weak || set->ds[i].algorithm == RSASHA1 || set->ds[i].algorithm == RSASHA1_NSEC3;
	}
	/* Of a set that does not work, something else is to be said. */
	if (!verdict->figures->secure)
		return;
	if (sha1)
		add(verdict, DW_DSV_SHA1_ONLY, "all DS are SHA-1 digests, which validators may leave out");
	if (weak)
		add(verdict, DW_DSV_WEAK_ALGORITHM,
			"a DS is of a key that signs with SHA-1: validators may take the zone for unsigned");
}

/* Whether some key of this algorithm signs the DNSKEY RRset. */
static bool is_signing(const struct view *view, uint8_t algorithm)
{
	for (unsigned i = 0; i < view->keys.n_keys; i++) {
		if (view->keys.keys[i].signs && view->keys.keys[i].algorithm == algorithm)
			return true;
	}
	return false;
}

/* The set held against what signs. */
static void remark_leads(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct view *view)
{
	bool told[256] = {false};

	for (unsigned i = 0; i < set->n_ds; i++) {
		const struct dw_ds_fact *ds = &set->ds[i];
		const struct dw_dskey *key;
		enum dw_ds_lead lead = dw_dskeys_lead(ds, &verdict->facts->zone, &view->keys, &key);
		char algorithm[24];
		if (verdict->figures->secure && dw_ds_counts(set->ds, set->n_ds, i) &&
			!is_signing(view, ds->algorithm) && !told[ds->algorithm])
			dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_COVERAGE), DW_WARNING, NULL,
				"the DS set has %s (%u), which does not sign the DNSKEY RRset",
				dw_algorithm_text(ds->algorithm, algorithm), ds->algorithm);
		told[ds->algorithm] = true;
		if (lead == DW_LEAD_GOOD && (key->flags & DW_KEY_SEP) == 0)
			dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_NO_SEP), DW_WARNING, NULL,
				"DS %u %u %u leads to a key without the SEP flag (%u)", ds->key_tag, ds->algorithm,
				ds->digest_type, key->flags);
	}
}

/* Servers with another DNSKEY RRset than the first one with keys. */
static void remark_servers(struct dw_dsverdict *verdict, const struct dw_rrset_fact *first, unsigned at)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	char name[DW_SERVER_TEXT_MAX];

	for (unsigned i = 0; i < side->n_servers; i++) {
		const struct dw_reply *reply = dw_kept_reply(&side->servers[i], DW_TYPE_DNSKEY);
		const struct dw_rrset_fact *rrset = dw_kept_rrset(reply);
		bool answers = reply != NULL && (reply->kind == DW_REPLY_POSITIVE || reply->kind == DW_REPLY_NO_DATA);
		if (!answers || dw_kept_same(rrset, first))
			continue;
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SERVERS_DIFFER), DW_WARNING, &side->servers[i],
			"has another DNSKEY RRset (%u records) than %.100s (%u)", rrset != NULL ? rrset->n_records : 0,
			dw_judgement_server_text(&side->servers[at].server, name), first->n_records);
	}
}

void dw_dsroll_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		struct view view = {.n_places = 0};
		dw_dskeys_read(&side->servers[i], &view.keys);
		if (view.keys.n_keys == 0)
			continue;
		remark_servers(verdict, view.keys.rrset, i);
		if (set == NULL || set->n_ds == 0)
			return;
		look(verdict, set, &view);
		remark_set(verdict, set);
		remark_leads(verdict, set, &view);
		name_roll_over(verdict, &view);
		return;
	}
}
