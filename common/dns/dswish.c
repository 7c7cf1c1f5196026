#include "dns/dswish.h"

#include "dns/crypto.h"
#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/judgement.h"
#include "dns/kept.h"

/* What one server says. */
struct wish {
	const struct dw_server_facts *server;
	const struct dw_rrset_fact *cds, *cdnskey;
	bool deletes;
	unsigned n_cds;
	struct dw_ds_fact set[DW_DS_MAX];
	unsigned n_keys;
	struct dw_octets keys[DW_DS_MAX];
};

static void read_wish(const struct dw_server_facts *server, struct wish *wish)
{
	struct dw_octets rdata;
	size_t at = 0;

	*wish = (struct wish){.server = server,
		.cds = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDS)),
		.cdnskey = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDNSKEY))};
	wish->n_cds = dw_dskeys_set(wish->cds, wish->set);
	while (wish->n_keys < DW_DS_MAX && dw_kept_rdata(wish->cdnskey, &at, &rdata)) {
		if (rdata.length > 4)
			wish->keys[wish->n_keys++] = rdata;
	}
	/* Algorithm 0 asks for the removal of all DS (RFC 8078 4). */
	for (unsigned i = 0; i < wish->n_cds; i++)
		wish->deletes = wish->deletes || wish->set[i].algorithm == 0;
	for (unsigned i = 0; i < wish->n_keys; i++)
		wish->deletes = wish->deletes || wish->keys[i].octets[3] == 0;
}

/* Whether one of the keys makes the record; true too for a digest that cannot be made here. */
static bool has_ds(const struct dw_dsverdict *verdict, const struct wish *wish, const struct dw_ds_fact *ds)
{
	if (!dw_digest_supported(ds->digest_type))
		return true;
	for (unsigned i = 0; i < wish->n_keys; i++) {
		if (dw_ds_named(ds, 1, &verdict->facts->zone, wish->keys[i]))
			return true;
	}
	return false;
}

/* Whether CDS and CDNSKEY are of the same keys. */
static bool agrees(const struct dw_dsverdict *verdict, const struct wish *wish)
{
	for (unsigned i = 0; i < wish->n_cds; i++) {
		if (!has_ds(verdict, wish, &wish->set[i]))
			return false;
	}
	for (unsigned i = 0; i < wish->n_keys; i++) {
		if (!dw_ds_named(wish->set, wish->n_cds, &verdict->facts->zone, wish->keys[i]))
			return false;
	}
	return true;
}

/* Whether the parent has what is asked for: the CDS set, or a DS of each CDNSKEY and no other. */
static bool is_granted(
	const struct dw_dsverdict *verdict, const struct wish *wish, const struct dw_dsverdict_set *set)
{
	if (wish->n_cds > 0)
		return dw_ds_sets_equal(wish->set, wish->n_cds, set->ds, set->n_ds);
	for (unsigned i = 0; i < wish->n_keys; i++) {
		if (!dw_ds_named(set->ds, set->n_ds, &verdict->facts->zone, wish->keys[i]))
			return false;
	}
	for (unsigned i = 0; i < set->n_ds; i++) {
		if (!has_ds(verdict, wish, &set->ds[i]))
			return false;
	}
	return true;
}

/* What to do about a wish that would break the zone. */
static const struct dw_finding_kind early = {"cds-waiting", DW_WARNING,
	"let the new key sign DNSKEY, or ask for both keys, before the parent follows CDS/CDNSKEY"};

/* Whether a key that is asked for signs the DNSKEY RRset of this server. */
static bool is_ready(const struct dw_dsverdict *verdict, const struct wish *wish)
{
	struct dw_dskeys keys;

	dw_dskeys_read(wish->server, &keys);
	for (unsigned i = 0; i < keys.n_keys; i++) {
		const struct dw_octets key = keys.keys[i].rdata;
		if (!keys.keys[i].signs)
			continue;
		if (dw_ds_named(wish->set, wish->n_cds, &verdict->facts->zone, key))
			return true;
		for (unsigned k = 0; k < wish->n_keys; k++) {
			if (dw_octets_equal(wish->keys[k], key))
				return true;
		}
	}
	return false;
}

/* The set asked for in a sentence: CDS, or SHA-256 digests of the CDNSKEY records. */
static const char *wish_text(
	const struct dw_dsverdict *verdict, const struct wish *wish, char text[DW_DSVERDICT_TEXT_MAX])
{
	struct dw_ds_fact made[DW_DS_MAX];
	unsigned n = 0;

	if (wish->n_cds > 0)
		return dw_dsverdict_set_text(wish->set, wish->n_cds, text);
	for (unsigned i = 0; i < wish->n_keys; i++)
		n += dw_ds_make(&verdict->facts->zone, wish->keys[i], DW_DIGEST_SHA256, &made[n]) == DW_OK;
	return dw_dsverdict_set_text(made, n, text);
}

static bool is_proven(const struct dw_rrset_fact *rrset)
{
	return rrset == NULL || rrset->proof.security == DW_SECURE || rrset->proof.security == DW_UNVERIFIABLE;
}

/* Judges the wish of one server by itself. */
static void judge_wish(
	struct dw_dsverdict *verdict, const struct wish *wish, const struct dw_dsverdict_set *set)
{
	char wanted[DW_DSVERDICT_TEXT_MAX], there[DW_DSVERDICT_TEXT_MAX];

	if (!is_proven(wish->cds) || !is_proven(wish->cdnskey))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_CDS_UNPROVEN), DW_WARNING, wish->server,
			"%s is not proven by the zone's keys: parents will not follow it",
			is_proven(wish->cds) ? "CDNSKEY" : "CDS");
	if (wish->deletes) {
		bool gone = set != NULL && set->n_ds == 0;
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_CDS_DELETE), gone ? DW_NOTE : DW_WARNING,
			wish->server, "CDS or CDNSKEY ask the parent to delete the DS set%s",
			gone ? ", which is gone" : "");
		return;
	}
	if (wish->cds != NULL && wish->cdnskey != NULL && !agrees(verdict, wish))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_CDS_CONTRADICTS), DW_WARNING, wish->server,
			"CDS {%s} and CDNSKEY are of different keys",
			dw_dsverdict_set_text(wish->set, wish->n_cds, wanted));
	if (set != NULL && !is_granted(verdict, wish, set))
		dw_dsverdict_add(verdict, is_ready(verdict, wish) ? dw_dsverdict_row(DW_DSV_CDS_WAITING) : &early,
			DW_WARNING, wish->server, "%s waits: the zone asks for {%.100s}, the parent has {%.100s}%s",
			set->n_ds == 0 ? "the first DS" : "a roll-over", wish_text(verdict, wish, wanted),
			dw_dsverdict_set_text(set->ds, set->n_ds, there),
			is_ready(verdict, wish) ? "" : "; what it asks for does not lead to a key that signs yet");
}

/* Whether a server answered both questions, be it with nothing. */
static bool answers(const struct dw_server_facts *server)
{
	static const uint16_t types[] = {DW_TYPE_CDS, DW_TYPE_CDNSKEY};

	for (unsigned i = 0; i < 2; i++) {
		const struct dw_reply *reply = dw_kept_reply(server, types[i]);
		if (reply == NULL || !reply->asked ||
			(reply->kind != DW_REPLY_POSITIVE && reply->kind != DW_REPLY_NO_DATA))
			return false;
	}
	return server->n_keys > 0;
}

void dw_dswish_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	struct wish first = {.server = NULL}, wish;
	char name[DW_SERVER_TEXT_MAX];

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		if (!answers(&side->servers[i]))
			continue;
		read_wish(&side->servers[i], &wish);
		bool same = first.server != NULL && dw_kept_same(wish.cds, first.cds) &&
			dw_kept_same(wish.cdnskey, first.cdnskey);
		if (!same && (wish.cds != NULL || wish.cdnskey != NULL))
			judge_wish(verdict, &wish, set);
		if (first.server == NULL)
			first = wish;
		else if (!same)
			dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_CDS_DIFFER), DW_WARNING, wish.server,
				"has other CDS or CDNSKEY records than %.100s",
				dw_judgement_server_text(&first.server->server, name));
	}
}

bool dw_dswish_deletes(const struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	struct wish wish = {.deletes = false};

	for (unsigned i = 0; side != NULL && i < side->n_servers && !wish.deletes; i++)
		read_wish(&side->servers[i], &wish);
	return wish.deletes;
}
