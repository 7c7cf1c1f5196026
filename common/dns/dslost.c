#include "dns/dslost.h"

#include <stdio.h>
#include <string.h>

#include "dns/dsset.h"
#include "dns/kept.h"
#include "dns/mistake.h"

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
static unsigned list_keys(const struct dw_dsverdict *verdict, const struct dw_dsview *view,
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
static bool find_right(const struct dw_dsverdict *verdict, const struct dw_dsview *view,
	const struct dw_mistake *mistake, struct dw_ds_fact *right)
{
	const struct dw_dskey *fresh = view->fresh;

	if (mistake->right_known && (mistake->proven || fresh == NULL || view->works)) {
		*right = mistake->right;
		return true;
	}
	return fresh != NULL && dw_ds_make(&verdict->facts->zone, fresh->rdata, DW_DIGEST_SHA256, right) == DW_OK;
}

/* A record of a key that is not there, in a set that works: such is the double DS method (RFC 6781 4.1.2). */
static void tell_absent(
	struct dw_dsverdict *verdict, const struct dw_dsview *view, const struct dw_ds_fact *ds)
{
	unsigned good = 0;

	while (view->leads[good] != DW_LEAD_GOOD && good + 1 < view->set->n_ds)
		good++;
	dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_ROLL_OVER), DW_NOTE, view->server,
		"roll-over in progress: DS for both %u and %u; %u is not published: the next key, a standby key, or "
		"an old one",
		view->set->ds[good].key_tag, ds->key_tag, ds->key_tag);
}

/* How bad a record that leads nowhere is. */
static enum dw_severity severity_of(
	const struct dw_dsverdict *verdict, const struct dw_dsview *view, const struct dw_mistake *mistake)
{
	if (view->works || !view->usable)
		return DW_WARNING;
	/* A digest of the user's that cannot be one is bad input. */
	if (verdict->policy->given && !mistake->proven && strcmp(mistake->word, "digest-length") == 0)
		return DW_UNKNOWN;
	return DW_CRITICAL;
}

/* Adds what was found about a record that names no key. */
static void tell_mistake(struct dw_dsverdict *verdict, const struct dw_dsview *view,
	const struct dw_ds_fact *ds, const struct dw_mistake *mistake)
{
	char text[DW_FINDING_TEXT_MAX], more[DW_FINDING_MORE_MAX] = "", right_text[DW_DS_TEXT_MAX];
	struct dw_ds_fact right;
	bool known = find_right(verdict, view, mistake, &right);
	bool spare = known && view->works && dw_ds_held(view->set->ds, view->set->n_ds, &right);
	bool given = verdict->policy->given;
	/* A key that is not there comes later, or was there. */
	bool ahead = mistake->gone && is_asked_for(verdict, view->server, ds);
	bool lost = !given && !view->works && view->fresh != NULL;
	const char *guess = ahead ? "; CDS announces it: its DS came before it"
		: lost ? "; it may be of an old key that a roll-over took away before its DS, or not be published yet"
			   : "; it may be of an old key";

	/* Of a set that nobody can use, what is wrong was said. */
	if (!view->usable && !mistake->proven)
		return;
	if (mistake->gone && view->works && !given) {
		tell_absent(verdict, view, ds);
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

void dw_dslost_explain(struct dw_dsverdict *verdict, const struct dw_dsview *view)
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

	for (unsigned i = 0; i < view->set->n_ds; i++) {
		if (view->leads[i] != DW_LEAD_NOWHERE)
			continue;
		if (view->works && is_asked_for(verdict, view->server, &view->set->ds[i]))
			dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_STANDBY), DW_NOTE, view->server,
				"DS %u %u %u is of a standby key that CDS/CDNSKEY announce", view->set->ds[i].key_tag,
				view->set->ds[i].algorithm, view->set->ds[i].digest_type);
		else
			lost[n++] = view->set->ds[i];
	}
	if (n > 0)
		(void)dw_mistake_find(&question, lost, n, mistakes);
	for (unsigned i = 0; i < n; i++)
		tell_mistake(verdict, view, &lost[i], &mistakes[i]);
}
