#include "dns/dsroot.h"

#include "dns/dskeys.h"
#include "dns/dsset.h"

/* The root's anchors; how many. */
static unsigned take_anchors(const struct dw_dsverdict *verdict, struct dw_ds_fact set[DW_DS_MAX])
{
	const struct dw_anchors *anchors = verdict->policy->anchors;
	unsigned n = 0;

	for (unsigned i = 0; anchors != NULL && i < anchors->n_anchors && n < DW_DS_MAX; i++) {
		if (dw_name_labels(&anchors->items[i].zone) == 0)
			set[n++] = anchors->items[i].ds;
	}
	return dw_ds_sort(set, n);
}

/* Holds the anchors against one server. False when it has keys, and none leads to one that signs. */
static bool judge_server(struct dw_dsverdict *verdict, const struct dw_server_facts *server,
	const struct dw_ds_fact *set, unsigned n)
{
	const bool named = verdict->policy->anchors_named;
	const struct dw_dskey *key;
	struct dw_dskeys keys;
	char text[DW_DSVERDICT_TEXT_MAX];

	dw_dskeys_read(server, &keys);
	for (unsigned i = 0; i < n; i++) {
		if (!dw_ds_counts(set, n, i) ||
			dw_dskeys_lead(&set[i], &verdict->facts->zone, &keys, &key) != DW_LEAD_GOOD)
			continue;
		verdict->figures->key_tag = key->key_tag;
		verdict->figures->algorithm = key->algorithm;
		return true;
	}
	if (keys.n_keys > 0)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_ANCHOR_UNMATCHED), named ? DW_CRITICAL : DW_NOTE,
			server, "no trust anchor {%s} leads to a key that signs DNSKEY",
			dw_dsverdict_set_text(set, n, text));
	return keys.n_keys == 0;
}

bool dw_dsroot_is(const struct dw_dsverdict *verdict)
{
	return dw_name_labels(&verdict->facts->zone) == 0 && !verdict->policy->given;
}

void dw_dsroot_judge(struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	struct dw_ds_fact set[DW_DS_MAX];
	const unsigned n = take_anchors(verdict, set);
	bool good = n > 0 && verdict->zone_signed;

	if (!verdict->zone_signed)
		return;
	verdict->alike = true;
	for (unsigned i = 0; n > 0 && i < side->n_servers; i++) {
		if (!dw_dskeys_repeated(side, i))
			good = judge_server(verdict, &side->servers[i], set, n) && good;
	}
	verdict->alike = false;
	verdict->figures->secure = good;
	if (good)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_ANCHORED), DW_NOTE, NULL,
			"the trust anchor leads to key %u, which signs DNSKEY; the root has no parent",
			verdict->figures->key_tag);
	else if (n == 0)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_NOT_ANCHORED), DW_NOTE, NULL,
			"no trust anchor of the root is known that its keys could be held against");
}
