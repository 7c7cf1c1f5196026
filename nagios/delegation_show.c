#include "delegation_show.h"

#include "survey_show.h"

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/judgement.h"
#include "dns/kept.h"

static const char *const trust_words[] = {
	[DW_TRUST_UNKNOWN] = "is not known",
	[DW_TRUST_NOT_ANCHORED] = "is not anchored",
	[DW_TRUST_SECURE] = "is secure",
	[DW_TRUST_INSECURE] = "is insecure",
	[DW_TRUST_BOGUS] = "is bogus",
};

static const char *const lead_words[] = {
	[DW_LEAD_GOOD] = "leads to",
	[DW_LEAD_NOT_SIGNING] = "leads, without a signature, to",
	[DW_LEAD_REVOKED] = "leads to the revoked",
	[DW_LEAD_NOT_ZONE_KEY] = "leads to what is no zone key,",
	[DW_LEAD_UNUSABLE] = "leads to the unusable",
	[DW_LEAD_NOWHERE] = "leads nowhere",
};

void dw_delegation_show_set(const struct dw_name *zone, const struct dw_ds_fact *set, unsigned n, FILE *page)
{
	char name[DW_NAME_TEXT_MAX], text[DW_DS_TEXT_MAX];

	(void)dw_name_format(zone, name);
	for (unsigned i = 0; i < n; i++)
		(void)fprintf(
			page, "%s%s IN DS %s\n", name, dw_name_labels(zone) == 0 ? "" : ".", dw_ds_format(&set[i], text));
}

/* A DS or CDS RRset of a server, each record with where it leads when keys are given. */
static void show_set(const char *type, const struct dw_rrset_fact *rrset, const struct dw_name *zone,
	const struct dw_dskeys *keys, FILE *page)
{
	struct dw_ds_fact set[DW_DS_MAX];
	const unsigned n = dw_dskeys_set(rrset, set);
	char text[DW_DS_TEXT_MAX];

	for (unsigned i = 0; i < n; i++) {
		const struct dw_dskey *key = NULL;
		enum dw_ds_lead lead = DW_LEAD_NOWHERE;

		(void)fprintf(page, "    %s %s", type, dw_ds_format(&set[i], text));
		if (keys != NULL)
			lead = dw_dskeys_lead(&set[i], zone, keys, &key);
		if (key != NULL)
			(void)fprintf(page, " %s key %u", lead_words[lead], key->key_tag);
		else if (keys != NULL)
			(void)fprintf(page, " %s", lead_words[lead]);
		(void)fprintf(page, ", %s\n", dw_security_text(rrset->proof.security));
	}
}

static void show_key(const struct dw_dskey *key, FILE *page)
{
	char algorithm[24];

	(void)fprintf(page, "    DNSKEY %u (%s, flags %u) %s%s%s\n", key->key_tag,
		dw_algorithm_text(key->algorithm, algorithm), key->flags,
		(key->flags & DW_KEY_SEP) != 0 ? "SEP, " : "", (key->flags & DW_KEY_REVOKE) != 0 ? "revoked, " : "",
		key->signs ? "signs the DNSKEY RRset" : "does not sign the DNSKEY RRset");
}

static void show_cdnskey(const struct dw_rrset_fact *rrset, FILE *page)
{
	struct dw_octets rdata;
	size_t at = 0;

	while (dw_kept_rdata(rrset, &at, &rdata))
		(void)fprintf(page, "    CDNSKEY %u, %s\n", dw_key_tag(rdata.octets, rdata.length),
			dw_security_text(rrset->proof.security));
}

static const struct dw_rrset_fact *rrset_of(const struct dw_server_facts *server, uint16_t type)
{
	return dw_kept_rrset(dw_kept_reply(server, type));
}

/* Keys of the first server of the zone that has some; NULL for none. */
static const struct dw_dskeys *first_keys(const struct dw_survey_facts *side, struct dw_dskeys *keys)
{
	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		dw_dskeys_read(&side->servers[i], keys);
		if (keys->n_keys > 0)
			return keys;
	}
	return NULL;
}

static void show_name(const char *before, const struct dw_server_facts *server, FILE *page)
{
	char text[DW_SERVER_TEXT_MAX];

	(void)fprintf(page, "  %s %s\n", before, dw_judgement_server_text(&server->server, text));
}

/* The parent's servers with their DS sets, and the path of trust to them. */
static void show_parent(const struct dw_delegation_facts *facts, FILE *page)
{
	const struct dw_survey_facts *side = facts->parent_side;
	struct dw_dskeys room;
	const struct dw_dskeys *keys = first_keys(facts->zone_side, &room);

	if (facts->trust != NULL)
		(void)fprintf(page, "  parent %s%s%s\n", trust_words[facts->trust->state],
			facts->trust->reason[0] == '\0' ? "" : ": ", facts->trust->reason);
	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		const struct dw_reply *reply = dw_kept_reply(&side->servers[i], DW_TYPE_DS);

		show_name("parent's", &side->servers[i], page);
		if (reply != NULL && reply->denial_wanted)
			(void)fprintf(page, "    no DS, %s\n", dw_denial_text(reply->denial.result));
		else
			show_set("DS", dw_kept_rrset(reply), &facts->zone, keys, page);
	}
}

/* The zone's servers with their keys, CDS and CDNSKEY. */
static void show_zone(const struct dw_delegation_facts *facts, FILE *page)
{
	const struct dw_survey_facts *side = facts->zone_side;
	struct dw_dskeys keys;

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		const struct dw_server_facts *server = &side->servers[i];

		show_name("zone's", server, page);
		dw_dskeys_read(server, &keys);
		for (unsigned k = 0; k < keys.n_keys; k++)
			show_key(&keys.keys[k], page);
		show_set("CDS", rrset_of(server, DW_TYPE_CDS), &facts->zone, &keys, page);
		show_cdnskey(rrset_of(server, DW_TYPE_CDNSKEY), page);
	}
}

/* The records at the signalling names of the zone's servers. */
static void show_signals(const struct dw_delegation_facts *facts, FILE *page)
{
	const struct dw_signal_facts *signal = facts->signal;
	char text[DW_NAME_TEXT_MAX];

	for (unsigned i = 0; signal != NULL && i < signal->n_servers; i++) {
		const struct dw_signal_server *server = &signal->servers[i];

		(void)fprintf(page, "  signalled by %s", dw_name_format(&server->server, text));
		if (server->kind != DW_SIGNAL_ASKED) {
			(void)fputs(": cannot be\n", page);
			continue;
		}
		(void)fprintf(page, " at %s, where the path of trust %s%s%s\n", dw_name_format(&server->name, text),
			trust_words[server->trust->state], server->trust->reason[0] == '\0' ? "" : ": ",
			server->trust->reason);
		show_set("CDS", dw_kept_rrset(&server->cds), &facts->zone, NULL, page);
		show_cdnskey(dw_kept_rrset(&server->cdnskey), page);
	}
}

static void show_cut(const struct dw_delegation_facts *facts, unsigned level, FILE *page)
{
	char zone[DW_NAME_TEXT_MAX], parent[DW_NAME_TEXT_MAX], now[DW_MOMENT_TEXT_MAX];

	(void)fprintf(page, "%s below %s, as of %s\n", dw_name_format(&facts->zone, zone),
		facts->parent.length == 0 ? "a parent that is not known" : dw_name_format(&facts->parent, parent),
		dw_moment_format(facts->now, now));
	show_parent(facts, page);
	show_zone(facts, page);
	show_signals(facts, page);
	if (level >= 2 && facts->parent_side != NULL)
		dw_survey_show(facts->parent_side, level, page);
	if (level >= 2 && facts->zone_side != NULL)
		dw_survey_show(facts->zone_side, level, page);
}

void dw_delegation_show(const struct dw_delegation_facts *facts, unsigned level, FILE *page)
{
	show_cut(facts, level, page);
	for (unsigned i = 0; i < facts->n_children; i++)
		show_cut(facts->children[i], level, page);
}
