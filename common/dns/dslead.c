#include "dns/dslead.h"

#include <stdio.h>
#include <string.h>

#include "dns/crypto.h"
#include "dns/dsset.h"
#include "dns/kept.h"
#include "dns/mistake.h"
#include "dns/presence.h"

/* A set held against one server. */
struct view {
	const struct dw_server_facts *server;
	struct dw_dskeys keys;
	enum dw_ds_lead leads[DW_DS_MAX];
	const struct dw_dskey *named[DW_DS_MAX];
	bool usable; /* a record that validators look at */
	bool works;  /* such a record leads to a key that signs */
};

static void look(const struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set,
	const struct dw_server_facts *server, struct view *view)
{
	*view = (struct view){.server = server};
	dw_dskeys_read(server, &view->keys);
	for (unsigned i = 0; i < set->n_ds; i++) {
		bool counts = dw_ds_counts(set->ds, set->n_ds, i);
		view->leads[i] = dw_dskeys_lead(&set->ds[i], &verdict->facts->zone, &view->keys, &view->named[i]);
		view->usable = view->usable || counts;
		view->works = view->works || (counts && view->leads[i] == DW_LEAD_GOOD);
	}
}

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

/* A signing SEP key that no record of the set leads to; NULL when there is none. */
static const struct dw_dskey *newcomer(
	const struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct dw_dskeys *keys)
{
	for (unsigned i = 0; i < keys->n_keys; i++) {
		const struct dw_dskey *key = &keys->keys[i];
		bool signs = key->signs && (key->flags & DW_KEY_SEP) != 0 && key->state == DW_KEY_USABLE;
		if (signs && !dw_ds_named(set->ds, set->n_ds, &verdict->facts->zone, key->rdata))
			return key;
	}
	return NULL;
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
static void explain_dead_end(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct view *view, unsigned at)
{
	const struct dw_ds_fact *ds = &set->ds[at];
	const struct dw_dskey *key = view->named[at], *fresh = newcomer(verdict, set, &view->keys);
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

/* Whether CDS or CDNSKEY ask for a record: then its key is on its way, and not lost. */
static bool is_asked_for(
	const struct dw_dsverdict *verdict, const struct dw_server_facts *server, const struct dw_ds_fact *ds)
{
	struct dw_ds_fact set[DW_DS_MAX];
	unsigned n = dw_dskeys_set(dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDS)), set);
	const struct dw_rrset_fact *keys = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDNSKEY));
	struct dw_octets rdata;
	size_t at = 0;

	if (dw_ds_held(set, n, ds))
		return true;
	while (dw_kept_rdata(keys, &at, &rdata)) {
		if (dw_ds_named(ds, 1, &verdict->facts->zone, rdata))
			return true;
	}
	return false;
}

/* Adds a key to the list unless it is there, or is none. */
static unsigned add_key(struct dw_mistake_key keys[DW_MISTAKE_KEYS_MAX], unsigned n,
	enum dw_mistake_origin origin, struct dw_octets rdata)
{
	bool known = rdata.length < 5 || n == DW_MISTAKE_KEYS_MAX;

	for (unsigned i = 0; i < n && !known; i++)
		known = dw_octets_equal(keys[i].rdata, rdata);
	if (known)
		return n;
	keys[n] = (struct dw_mistake_key){origin, false, rdata};
	return n + 1;
}

/* The keys that a record may have been meant for: those of the server, what CDNSKEY adds, and the user's. */
static unsigned list_keys(const struct dw_dsverdict *verdict, const struct view *view,
	struct dw_mistake_key keys[DW_MISTAKE_KEYS_MAX])
{
	const struct dw_rrset_fact *wished = dw_kept_rrset(dw_kept_reply(view->server, DW_TYPE_CDNSKEY));
	struct dw_octets rdata;
	unsigned n = 0;
	size_t at = 0;

	for (; n < view->keys.n_keys; n++)
		keys[n] =
			(struct dw_mistake_key){DW_MISTAKE_DNSKEY, view->keys.keys[n].signs, view->keys.keys[n].rdata};
	while (dw_kept_rdata(wished, &at, &rdata))
		n = add_key(keys, n, DW_MISTAKE_CDNSKEY, rdata);
	for (unsigned i = 0; i < verdict->policy->n_keys; i++)
		n = add_key(keys, n, DW_MISTAKE_GIVEN, verdict->policy->keys[i]);
	return n;
}

/* The DS that should stand in the place of a record that names no key; false when none is known. */
static bool find_right(const struct dw_dsverdict *verdict, const struct view *view,
	const struct dw_mistake *mistake, const struct dw_dskey *fresh, struct dw_ds_fact *right)
{
	if (mistake->right_known && (mistake->proven || fresh == NULL || view->works)) {
		*right = mistake->right;
		return true;
	}
	return fresh != NULL && dw_ds_make(&verdict->facts->zone, fresh->rdata, DW_DIGEST_SHA256, right) == DW_OK;
}

/* A record of a key that is not there, in a set that works: such is the double DS method (RFC 6781 4.1.2). */
static void tell_absent(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set,
	const struct view *view, const struct dw_ds_fact *ds)
{
	unsigned good = 0;

	while (view->leads[good] != DW_LEAD_GOOD && good + 1 < set->n_ds)
		good++;
	dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_ROLL_OVER), DW_NOTE, view->server,
		"roll-over in progress: DS for both %u and %u; %u is not published: the next key, a standby key, or "
		"an old one",
		set->ds[good].key_tag, ds->key_tag, ds->key_tag);
}

/* How bad a record that leads nowhere is. */
static enum dw_severity severity_of(
	const struct dw_dsverdict *verdict, const struct view *view, const struct dw_mistake *mistake)
{
	if (view->works || !view->usable)
		return DW_WARNING;
	/* A digest of the user's that cannot be one is bad input. */
	if (verdict->policy->given && !mistake->proven && strcmp(mistake->word, "digest-length") == 0)
		return DW_UNKNOWN;
	return DW_CRITICAL;
}

/* Adds what was found about a record that names no key. */
static void tell_mistake(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set,
	const struct view *view, const struct dw_ds_fact *ds, const struct dw_mistake *mistake)
{
	const struct dw_dskey *fresh = newcomer(verdict, set, &view->keys);
	char text[DW_FINDING_TEXT_MAX], more[DW_FINDING_MORE_MAX] = "", right_text[DW_DS_TEXT_MAX];
	struct dw_ds_fact right;
	bool known = find_right(verdict, view, mistake, fresh, &right);
	bool spare = known && view->works && dw_ds_held(set->ds, set->n_ds, &right);
	bool given = verdict->policy->given;
	/* A key that is not there comes later, or was there. */
	bool ahead = mistake->gone && is_asked_for(verdict, view->server, ds);
	bool lost = !given && !view->works && fresh != NULL;
	const char *guess = ahead ? "; CDS announces it: its DS came before it"
		: lost ? "; it may be of an old key that a roll-over took away before its DS, or not be published yet"
			   : "; it may be of an old key";

	/* Of a set that nobody can use, what is wrong was said. */
	if (!view->usable && !mistake->proven)
		return;
	if (mistake->gone && view->works && !given) {
		tell_absent(verdict, set, view, ds);
		return;
	}
	snprintf(text, sizeof(text), "DS %u %u %u %s%s%s%s%s", ds->key_tag, ds->algorithm, ds->digest_type,
		mistake->text, mistake->gone ? guess : "", mistake->second != NULL ? " (also: " : "",
		mistake->second != NULL ? mistake->second : "", mistake->second != NULL ? ")" : "");
	if (known)
		snprintf(more, sizeof(more), "; %s: %s",
			spare ? "the right DS is there already" : "give the registrar this DS",
			dw_ds_format(&right, right_text));
	dw_dsverdict_tell(verdict, dw_dsverdict_mistake(ahead ? "cdnskey-only" : mistake->word, given, spare),
		severity_of(verdict, view, mistake), view->server, text, more);
}

/* Explains every record that leads nowhere at this server. */
static void explain_lost(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct view *view)
{
	struct dw_mistake_key keys[DW_MISTAKE_KEYS_MAX];
	struct dw_ds_fact lost[DW_DS_MAX];
	struct dw_mistake mistakes[DW_DS_MAX];
	const struct dw_mistake_question question = {.owner = &verdict->facts->zone,
		.parent = verdict->facts->parent.length > 0 ? &verdict->facts->parent : NULL,
		.typed = verdict->policy->typed,
		.n_keys = list_keys(verdict, view, keys),
		.keys = keys};
	unsigned n = 0;

	for (unsigned i = 0; i < set->n_ds; i++) {
		if (view->leads[i] != DW_LEAD_NOWHERE)
			continue;
		if (view->works && is_asked_for(verdict, view->server, &set->ds[i]))
			dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_STANDBY), DW_NOTE, view->server,
				"DS %u %u %u is of a standby key that CDS/CDNSKEY announce", set->ds[i].key_tag,
				set->ds[i].algorithm, set->ds[i].digest_type);
		else
			lost[n++] = set->ds[i];
	}
	if (n > 0)
		(void)dw_mistake_find(&question, lost, n, mistakes);
	for (unsigned i = 0; i < n; i++)
		tell_mistake(verdict, set, view, &lost[i], &mistakes[i]);
}

/* A set that validators cannot use at all: the zone is insecure to them (RFC 4035 5.2, RFC 6840 5.2). */
static void tell_unusable(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct view *view)
{
	bool digest = dw_algorithm_supported(set->ds[0].algorithm);
	char text[DW_DSVERDICT_TEXT_MAX];

	dw_dsverdict_add(verdict,
		dw_dsverdict_row(digest ? DW_DSV_UNSUPPORTED_DIGEST : DW_DSV_UNSUPPORTED_ALGORITHM), DW_WARNING,
		view->server, "validators do not know the %s of the DS set {%s} and take the zone for unsigned",
		digest ? "digest type" : "algorithm", dw_dsverdict_set_text(set->ds, set->n_ds, text));
}

/* Whether the records of the strongest digest type all lead nowhere, though weaker ones do not. */
static void judge_strongest(
	struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set, const struct view *view)
{
	unsigned strongest = 0;
	bool leads = false;

	for (unsigned i = 0; i < set->n_ds; i++) {
		if (dw_ds_counts(set->ds, set->n_ds, i) && set->ds[i].digest_type > strongest)
			strongest = set->ds[i].digest_type;
	}
	for (unsigned i = 0; i < set->n_ds; i++)
		leads = leads || (set->ds[i].digest_type == strongest && view->leads[i] == DW_LEAD_GOOD);
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
	struct view view;
	char text[DW_DSVERDICT_TEXT_MAX];

	look(verdict, set, server, &view);
	if (!view.usable) {
		tell_unusable(verdict, set, &view);
		if (view.keys.n_keys > 0)
			explain_lost(verdict, set, &view);
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
			explain_dead_end(verdict, set, &view, i);
	}
	explain_lost(verdict, set, &view);
	judge_strongest(verdict, set, &view);
}

/* Counts the records of the set that lead to a signing key at every server with keys. */
static void count(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	bool matched[DW_DS_MAX];
	bool any = false, all = true;
	struct view view;

	memset(matched, true, sizeof(matched));
	for (unsigned i = 0; i < side->n_servers; i++) {
		if (!dw_presence_serves(&side->servers[i]))
			continue;
		look(verdict, set, &side->servers[i], &view);
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
