#include "delegation_json.h"

#include "show.h"
#include "survey_json.h"

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/judgement.h"
#include "dns/kept.h"

const char dw_delegation_json_schema[] =
	"facts of a delegation: zone, parent, parent_wanted (false when the parent was not to be asked), trust "
	"(the path of trust to the parent: state, which is unknown, not-anchored, secure, insecure or bogus; "
	"anchor, at, reason and ds_set; null when it was not followed), ds (one item for each server of the "
	"parent), keys and wishes (one item for each server of the zone), signals (one item for each name "
	"server, null without --signal), parent_side and zone_side (a survey each, or null), children (the same "
	"of each delegation within the zone) and print_ds (the lines of --print-ds, null without it).\n\n"
	"An item of ds: server, known (it answered), security (of the RRset; null without one), absent (the "
	"result of the proof that there is none; null when there is one) and ds_set (key_tag, algorithm, "
	"digest_type, digest). An item of keys: server and keys (key_tag, flags, protocol, algorithm, "
	"algorithm_name, signs, and ds, its SHA-256 DS). An item of wishes: server, cds (security and ds_set) "
	"and cdnskey (security and key_tags). An item of signals: server, name (of its records; null when the "
	"server cannot signal), trust (to that name), cds and cdnskey.";

const char dw_delegation_words[] =
	"A finding begins with a word. Those about a DS that leads to no key say how it was made: owner-case "
	"(the name was hashed in other letters than small ones), wrong-owner (another name was hashed), "
	"rdata-without-owner (no name was), wrong-algorithm, flags-changed, protocol-changed (the key was hashed "
	"with another one), base64-cut (a part of the key's text was lost, or something else was taken into it), "
	"truncated-digest, digest-length, mislabelled-digest (of another digest type), byte-order, wrong-tag, "
	"cdnskey-only (the key is not in the DNSKEY RRset), old-key (no key has this tag), garbled (none of "
	"these makes it).\n\n"
	"Those about a DS that leads to a key of no use: key-not-signing, revoked-key, not-zone-key, broken-key "
	"(its octets make no key), unsupported-algorithm, unsupported-digest. About the zone: no-dnskey (a DS, "
	"and no key), no-ds, unsigned, unexpected (against --expect), sha1-only, weak-algorithm, "
	"strongest-digest-unmatched, no-sep, algorithm-not-signing, servers-differ, cds-waiting, "
	"cds-contradicts, "
	"cds-differ, cds-unproven, cds-delete, and with --signal signal-absent, signal-differs, signal-unproven, "
	"signal-unknown, signal-in-zone. About the parent: ds-signature-bad, ds-denial-bad, ds-vanished, "
	"parent-servers-differ, parent-silent, parent-lost, parent-lame (it does not speak for the parent), "
	"parent-bogus, parent-insecure (no chain of trust leads there), parent-unknown, no-delegation; of the "
	"root, which has none, anchor-unmatched. About what was given: other-zone.";

static const char *const trust_words[] = {
	[DW_TRUST_UNKNOWN] = "unknown",
	[DW_TRUST_NOT_ANCHORED] = "not-anchored",
	[DW_TRUST_SECURE] = "secure",
	[DW_TRUST_INSECURE] = "insecure",
	[DW_TRUST_BOGUS] = "bogus",
};

static json_t *of_server(const struct dw_server_facts *server)
{
	char text[DW_SERVER_TEXT_MAX];

	return json_string(dw_judgement_server_text(&server->server, text));
}

static json_t *of_security(const struct dw_rrset_fact *rrset)
{
	return rrset == NULL ? json_null() : json_string(dw_security_text(rrset->proof.security));
}

static json_t *of_set(const struct dw_rrset_fact *rrset)
{
	struct dw_ds_fact set[DW_DS_MAX];

	return dw_show_ds_set(set, dw_dskeys_set(rrset, set));
}

static json_t *of_trust(const struct dw_trust_facts *trust)
{
	if (trust == NULL)
		return json_null();
	return json_pack("{s:s, s:o, s:o, s:s, s:o}", "state", trust_words[trust->state], "anchor",
		dw_show_known_name(&trust->anchor), "at", dw_show_known_name(&trust->at), "reason", trust->reason,
		"ds_set", dw_show_ds_set(trust->ds, trust->n_ds));
}

static json_t *of_parent_server(const struct dw_server_facts *server, const struct dw_name *zone)
{
	const struct dw_reply *reply = dw_kept_reply(server, DW_TYPE_DS);
	const struct dw_rrset_fact *rrset = dw_kept_rrset(reply);
	const bool denied = reply != NULL && reply->denial_wanted;

	(void)zone;
	return json_pack("{s:o, s:b, s:o, s:o, s:o}", "server", of_server(server), "known",
		rrset != NULL || denied, "security", of_security(rrset), "absent",
		denied ? json_string(dw_denial_text(reply->denial.result)) : json_null(), "ds_set", of_set(rrset));
}

static json_t *of_key(const struct dw_dskey *key, const struct dw_name *zone)
{
	struct dw_ds_fact ds;
	char algorithm[24];
	const bool made = dw_ds_make(zone, key->rdata, DW_DIGEST_SHA256, &ds) == DW_OK;

	return json_pack("{s:i, s:i, s:i, s:i, s:s, s:b, s:o}", "key_tag", key->key_tag, "flags", key->flags,
		"protocol", key->rdata.octets[2], "algorithm", key->algorithm, "algorithm_name",
		dw_algorithm_text(key->algorithm, algorithm), "signs", key->signs, "ds",
		made ? dw_show_ds(&ds) : json_null());
}

static json_t *of_keys(const struct dw_server_facts *server, const struct dw_name *zone)
{
	json_t *list = json_array();
	struct dw_dskeys keys;

	dw_dskeys_read(server, &keys);
	for (unsigned i = 0; list != NULL && i < keys.n_keys; i++)
		(void)json_array_append_new(list, of_key(&keys.keys[i], zone));
	return json_pack("{s:o, s:o}", "server", of_server(server), "keys", list);
}

static json_t *of_tags(const struct dw_rrset_fact *rrset)
{
	json_t *list = json_array();
	struct dw_octets rdata;
	size_t at = 0;

	while (dw_kept_rdata(rrset, &at, &rdata))
		(void)json_array_append_new(list, json_integer(dw_key_tag(rdata.octets, rdata.length)));
	return list;
}

static json_t *of_cds(const struct dw_rrset_fact *rrset)
{
	return json_pack("{s:o, s:o}", "security", of_security(rrset), "ds_set", of_set(rrset));
}

static json_t *of_cdnskey(const struct dw_rrset_fact *rrset)
{
	return json_pack("{s:o, s:o}", "security", of_security(rrset), "key_tags", of_tags(rrset));
}

static json_t *of_wish(const struct dw_server_facts *server, const struct dw_name *zone)
{
	const struct dw_rrset_fact *cds = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDS));
	const struct dw_rrset_fact *cdnskey = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_CDNSKEY));

	(void)zone;
	return json_pack(
		"{s:o, s:o, s:o}", "server", of_server(server), "cds", of_cds(cds), "cdnskey", of_cdnskey(cdnskey));
}

static json_t *of_signal(const struct dw_signal_server *server)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "server", dw_show_known_name(&server->server), "name",
		server->kind == DW_SIGNAL_ASKED ? dw_show_known_name(&server->name) : json_null(), "trust",
		of_trust(server->trust), "cds", of_cds(dw_kept_rrset(&server->cds)), "cdnskey",
		of_cdnskey(dw_kept_rrset(&server->cdnskey)));
}

static json_t *of_signals(const struct dw_signal_facts *facts)
{
	json_t *list = facts == NULL ? json_null() : json_array();

	for (unsigned i = 0; facts != NULL && list != NULL && i < facts->n_servers; i++)
		(void)json_array_append_new(list, of_signal(&facts->servers[i]));
	return list;
}

/* A list with an item for each server of a side. */
static json_t *each(const struct dw_survey_facts *side, const struct dw_name *zone,
	json_t *(*item)(const struct dw_server_facts *server, const struct dw_name *zone))
{
	json_t *list = json_array();

	for (unsigned i = 0; side != NULL && list != NULL && i < side->n_servers; i++)
		(void)json_array_append_new(list, item(&side->servers[i], zone));
	return list;
}

static json_t *of_survey(const struct dw_survey_facts *side)
{
	return side == NULL ? json_null() : dw_survey_json(side);
}

static json_t *of_cut(const struct dw_delegation_facts *facts)
{
	return json_pack("{s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "zone",
		dw_show_known_name(&facts->zone), "parent", dw_show_known_name(&facts->parent), "parent_wanted",
		facts->parent_wanted, "trust", of_trust(facts->trust), "ds",
		each(facts->parent_side, &facts->zone, of_parent_server), "keys",
		each(facts->zone_side, &facts->zone, of_keys), "wishes",
		each(facts->zone_side, &facts->zone, of_wish), "signals", of_signals(facts->signal), "parent_side",
		of_survey(facts->parent_side), "zone_side", of_survey(facts->zone_side));
}

json_t *dw_delegation_json(const struct dw_delegation_facts *facts)
{
	json_t *cut = of_cut(facts);
	json_t *children = json_array();

	for (unsigned i = 0; children != NULL && i < facts->n_children; i++)
		(void)json_array_append_new(children, of_cut(facts->children[i]));
	if (cut == NULL || json_object_set_new(cut, "children", children) != 0) {
		json_decref(cut);
		return NULL;
	}
	return cut;
}

json_t *dw_delegation_json_lines(const struct dw_name *zone, const struct dw_ds_fact *set, unsigned n)
{
	char name[DW_NAME_TEXT_MAX], text[DW_DS_TEXT_MAX];
	const char *dot = dw_name_labels(zone) == 0 ? "" : ".";
	json_t *list = json_array();

	(void)dw_name_format(zone, name);
	for (unsigned i = 0; list != NULL && i < n; i++)
		(void)json_array_append_new(
			list, json_sprintf("%s%s IN DS %s", name, dot, dw_ds_format(&set[i], text)));
	return list;
}
