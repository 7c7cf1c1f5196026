#include "dns/dslead.h"

#include <stdio.h>
#include <string.h>

#include "dns/crypto.h"
#include "dns/dslost.h"
#include "dns/dsset.h"
#include "dns/dsview.h"
#include "dns/presence.h"

/* The kind, and the words, for a record that names a key and still does not help. */
static const struct {
	enum dw_dsverdict_kind kind;
	const char *text;
} dead_ends[] = {
	[DW_LEAD_NOT_SIGNING] = {DW_DSV_KEY_NOT_SIGNING, "does not sign the DNSKEY RRset"},
	[DW_LEAD_REVOKED] = {DW_DSV_REVOKED_KEY, "is revoked"},
	[DW_LEAD_NOT_ZONE_KEY] = {DW_DSV_NOT_ZONE_KEY, "is no zone key"},
	[DW_LEAD_UNUSABLE] = {DW_DSV_BAD_KEY, "cannot verify anything here"},
};

/* The kind for such a record, by its key. */
static enum dw_dsverdict_kind dead_end_kind(const struct dw_dskey *key, enum dw_ds_lead lead)
{
	if (lead == DW_LEAD_UNUSABLE && !dw_algorithm_supported(key->algorithm))
		return DW_DSV_UNSUPPORTED_ALGORITHM;
	if (lead == DW_LEAD_NOT_SIGNING && key->signature != NULL)
		return DW_DSV_KEY_SIGNATURE_BAD;
	return dead_ends[lead].kind;
}

/* What is the matter with a key that a record names, to follow "names key 4711, ". */
static const char *dead_end_text(const struct dw_dskey *key, enum dw_ds_lead lead, char text[120])
{
	enum dw_dsverdict_kind kind = dead_end_kind(key, lead);
	bool zsk = kind == DW_DSV_KEY_NOT_SIGNING && (key->flags & DW_KEY_SEP) == 0;

	if (kind == DW_DSV_KEY_SIGNATURE_BAD)
		snprintf(text, 120, "whose DNSKEY signature is not good: %s",
			dw_signature_state_text(key->signature->state));
	else if (kind == DW_DSV_UNSUPPORTED_ALGORITHM)
		snprintf(text, 120, "which is of an algorithm that is not known");
	else
		snprintf(text, 120, "which %s%s", zsk ? "is a ZSK (no SEP flag) and " : "", dead_ends[lead].text);
	return text;
}

/* Whether a key that could sign does not sign at all. */
static bool is_left_behind(const struct dw_dskey *key)
{
	return key->state == DW_KEY_USABLE && key->signature == NULL && (key->flags & DW_KEY_SEP) != 0;
}

/* A record that names a key which does not open the zone. */
static void explain_dead_end(struct dw_dsverdict *verdict, const struct dw_dsview *view, unsigned at)
{
	const struct dw_ds_fact *ds = &view->set->ds[at];
	const struct dw_dskey *key = view->named[at], *fresh = view->fresh;
	enum dw_ds_lead lead = view->leads[at];
	char text[DW_FINDING_TEXT_MAX], more[DW_FINDING_MORE_MAX] = "", right[DW_DS_TEXT_MAX], what[120];
	struct dw_ds_fact made;

	/* A standby key does not sign yet: that is no fault beside one that does. A ZSK never will. */
	if (view->works && lead == DW_LEAD_NOT_SIGNING && is_left_behind(key))
		return;
	snprintf(text, sizeof(text), "DS %u %u %u names key %u, %s%s", ds->key_tag, ds->algorithm,
		ds->digest_type, key->key_tag, dead_end_text(key, lead, what),
		!view->works && fresh != NULL && is_left_behind(key)
			? " while another does, as when a roll-over went on before its DS"
			: "");
	if (!view->works && fresh != NULL &&
		dw_ds_make(&verdict->facts->zone, fresh->rdata, DW_DIGEST_SHA256, &made) == DW_OK)
		snprintf(more, sizeof(more), "; give the registrar this DS: %s", dw_ds_format(&made, right));
	/* With a key that signs at hand it is the DS that is wrong, and not the signature that lacks. */
	const bool zsk = (key->flags & DW_KEY_SEP) == 0;
	const struct dw_finding_kind *row =
		lead == DW_LEAD_NOT_SIGNING && (more[0] != '\0' || (view->works && zsk))
		? dw_dsverdict_mistake("key-not-signing", verdict->policy->given, view->works)
		: dw_dsverdict_row(dead_end_kind(key, lead));
	dw_dsverdict_tell(verdict, row, view->works ? DW_WARNING : DW_CRITICAL, view->server, text, more);
}

/* A set that validators cannot use at all: the zone is insecure to them (RFC 4035 5.2, RFC 6840 5.2). */
static void tell_unusable(struct dw_dsverdict *verdict, const struct dw_dsview *view)
{
	bool digest = dw_algorithm_supported(view->set->ds[0].algorithm);
	char text[DW_DSVERDICT_TEXT_MAX];

	dw_dsverdict_add(verdict,
		dw_dsverdict_row(digest ? DW_DSV_UNSUPPORTED_DIGEST : DW_DSV_UNSUPPORTED_ALGORITHM), DW_WARNING,
		view->server, "validators do not know the %s of the DS set {%s} and take the zone for unsigned",
		digest ? "digest type" : "algorithm", dw_dsverdict_set_text(view->set->ds, view->set->n_ds, text));
}

/* Whether the records of the strongest digest type all lead nowhere, though weaker ones do not. */
static void judge_strongest(struct dw_dsverdict *verdict, const struct dw_dsview *view)
{
	unsigned strongest = 0;
	bool leads = false;

	for (unsigned i = 0; i < view->set->n_ds; i++) {
		if (dw_ds_counts(view->set->ds, view->set->n_ds, i) && view->set->ds[i].digest_type > strongest)
			strongest = view->set->ds[i].digest_type;
	}
	for (unsigned i = 0; i < view->set->n_ds; i++)
		leads = leads || (view->set->ds[i].digest_type == strongest && view->leads[i] == DW_LEAD_GOOD);
	if (view->works && !leads)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_STRONGEST_DIGEST), DW_WARNING, view->server,
			"no DS of digest type %u leads to a key that signs; validators that guard against downgrades "
			"look at no weaker one",
			strongest);
}

/* Holds the set against one server. */
static void judge_server(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct dw_server_facts *server)
{
	struct dw_dsview view;
	char text[DW_DSVERDICT_TEXT_MAX];

	dw_dsview_look(&verdict->facts->zone, set, server, &view);
	if (!view.usable) {
		tell_unusable(verdict, &view);
		if (view.keys.n_keys > 0)
			dw_dslost_explain(verdict, &view);
		return;
	}
	if (view.keys.n_keys == 0) {
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_NO_DNSKEY), DW_CRITICAL, server,
			"has no DNSKEY, but %s a DS {%s}: validators %s the zone",
			verdict->policy->given ? "there is to be" : "the parent has",
			dw_dsverdict_set_text(set->ds, set->n_ds, text),
			verdict->policy->given ? "would refuse" : "refuse");
		return;
	}
	for (unsigned i = 0; i < set->n_ds; i++) {
		if (view.leads[i] != DW_LEAD_GOOD && view.leads[i] != DW_LEAD_NOWHERE)
			explain_dead_end(verdict, &view, i);
	}
	dw_dslost_explain(verdict, &view);
	judge_strongest(verdict, &view);
}

/* Counts the records of the set that lead to a signing key at every server with keys. */
static void count(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	bool matched[DW_DS_MAX];
	bool any = false, all = true;
	struct dw_dsview view;

	memset(matched, true, sizeof(matched));
	for (unsigned i = 0; i < side->n_servers; i++) {
		if (!dw_presence_serves(&side->servers[i]))
			continue;
		dw_dsview_look(&verdict->facts->zone, set, &side->servers[i], &view);
		any = true;
		all = all && view.works;
		for (unsigned k = 0; k < set->n_ds; k++)
			matched[k] = matched[k] && view.leads[k] == DW_LEAD_GOOD;
	}
	verdict->figures->secure = any && all;
	for (unsigned k = 0; k < set->n_ds && any; k++) {
		if (matched[k] && verdict->figures->ds_matched++ == 0) {
			verdict->figures->key_tag = set->ds[k].key_tag;
			verdict->figures->algorithm = set->ds[k].algorithm;
		}
	}
}

void dw_dslead_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;

	if (side == NULL || set->n_ds == 0)
		return;
	if (set == &verdict->sets[0])
		count(verdict, set);
	/* Of servers with the same keys one says all. */
	verdict->alike = true;
	for (unsigned i = 0; i < side->n_servers; i++) {
		if (dw_presence_serves(&side->servers[i]) && !dw_dskeys_repeated(side, i))
			judge_server(verdict, set, &side->servers[i]);
	}
	verdict->alike = false;
}
