#include "survey_json.h"

#include "show.h"

static const char *const topics[] = {
	[DW_TOPIC_DNSKEY] = "dnskey",
	[DW_TOPIC_SOA] = "soa",
	[DW_TOPIC_NS] = "ns",
	[DW_TOPIC_ABSENT] = "absent",
	[DW_TOPIC_RECORD] = "record",
};

static const char *const kinds[] = {
	[DW_REPLY_NONE] = "none",
	[DW_REPLY_BROKEN] = "broken",
	[DW_REPLY_ERROR] = "error",
	[DW_REPLY_LAME] = "lame",
	[DW_REPLY_REFERRAL] = "referral",
	[DW_REPLY_POSITIVE] = "positive",
	[DW_REPLY_NO_DATA] = "nodata",
	[DW_REPLY_NXDOMAIN] = "nxdomain",
};

static const char *const key_states[] = {
	[DW_KEY_USABLE] = "usable",
	[DW_KEY_ALGORITHM_UNSUPPORTED] = "algorithm-unsupported",
	[DW_KEY_BROKEN] = "broken",
	[DW_KEY_NOT_ZONE_KEY] = "not-zone-key",
	[DW_KEY_NOT_DNSSEC] = "not-dnssec",
	[DW_KEY_REVOKED] = "revoked",
};

static const char *const ds_words[] = {
	[DW_DS_NOT_ASKED] = "not-asked",
	[DW_DS_NO_ANSWER] = "no-answer",
	[DW_DS_ABSENT] = "absent",
	[DW_DS_PRESENT] = "present",
};

const char *dw_survey_json_topic(enum dw_topic topic)
{
	return topics[topic];
}

static json_t *of_signature(const struct dw_signature *signature)
{
	char algorithm[24];

	return json_pack("{s:s, s:o, s:i, s:i, s:s, s:i, s:I, s:o, s:o, s:o, s:b}", "state",
		dw_signature_state_text(signature->state), "type_covered", dw_show_type(signature->type_covered),
		"key_tag", signature->key_tag, "algorithm", signature->algorithm, "algorithm_name",
		dw_algorithm_text(signature->algorithm, algorithm), "labels", signature->labels, "original_ttl",
		(json_int_t)signature->original_ttl, "inception", dw_show_moment(signature->inception), "expiration",
		dw_show_moment(signature->expiration), "signer", dw_show_known_name(&signature->signer), "sep",
		signature->sep);
}

static json_t *of_rrset(const struct dw_rrset_fact *rrset)
{
	json_t *signatures = json_array();

	for (unsigned i = 0; signatures != NULL && i < rrset->proof.n_signatures; i++)
		(void)json_array_append_new(signatures, of_signature(&rrset->proof.signatures[i]));
	return json_pack("{s:o, s:o, s:s, s:I, s:i, s:s, s:b, s:i, s:o}", "owner",
		dw_show_known_name(&rrset->owner), "type", dw_show_type(rrset->type), "section",
		rrset->section == DW_ANSWER ? "answer" : "authority", "ttl", (json_int_t)rrset->ttl, "records",
		(int)rrset->n_records, "security", dw_security_text(rrset->proof.security), "wildcard",
		rrset->proof.wildcard, "best", rrset->proof.best, "signatures", signatures);
}

static const char *const child_states[] = {
	[DW_CHILD_NONE] = "none",
	[DW_CHILD_SIGNED] = "signed",
	[DW_CHILD_UNSIGNED] = "unsigned",
};

static json_t *of_denial(const struct dw_reply *reply)
{
	if (!reply->denial_wanted)
		return json_null();
	return json_pack("{s:b, s:s, s:b, s:b, s:i, s:i}", "proven", dw_denial_proven(reply->denial.result),
		"result", dw_denial_text(reply->denial.result), "nsec3", reply->denial.nsec3, "opt_out",
		reply->denial.opt_out, "iterations", reply->denial.iterations, "salt_length",
		reply->denial.salt_length);
}

static json_t *of_ede(const struct dw_reply *reply)
{
	json_t *list = json_array();

	for (unsigned i = 0; list != NULL && i < reply->n_ede; i++)
		(void)json_array_append_new(
			list, json_pack("{s:i, s:s}", "code", reply->ede[i].code, "text", reply->ede[i].text));
	return list;
}

/* How the answer came: transport, size, time, flags. */
static json_t *of_transport(const struct dw_reply *reply)
{
	return json_pack("{s:b, s:b, s:I, s:I, s:i, s:b, s:b, s:b, s:i, s:s, s:o}", "tcp", reply->tcp,
		"truncated", reply->truncated, "size", (json_int_t)reply->size, "elapsed_ms",
		(json_int_t)reply->elapsed, "attempts", (int)reply->attempts, "edns", reply->edns, "do",
		reply->dnssec_ok, "aa", reply->authoritative, "rcode", reply->rcode, "nsid", reply->nsid, "ede",
		of_ede(reply));
}

static json_t *of_reply(const struct dw_reply *reply)
{
	json_t *rrsets = json_array();

	for (unsigned i = 0; rrsets != NULL && i < reply->n_rrsets; i++)
		(void)json_array_append_new(rrsets, of_rrset(&reply->rrsets[i]));
	return json_pack("{s:s, s:o, s:o, s:b, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s}", "topic",
		dw_survey_json_topic(reply->topic), "name", dw_show_known_name(&reply->record.name), "type",
		dw_show_type(reply->record.type), "asked", reply->asked, "kind", kinds[reply->kind], "status",
		dw_status_text(reply->status), "reason", reply->reason, "serial",
		reply->soa_seen ? json_integer(reply->serial) : json_null(), "transport", of_transport(reply),
		"denial", of_denial(reply), "rrsets", rrsets, "child", dw_show_known_name(&reply->child),
		"child_state", child_states[reply->child_state]);
}

static json_t *of_key(const struct dw_key_fact *key)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:s, s:b}", "key_tag", key->key_tag, "flags", key->flags,
		"protocol", key->protocol, "algorithm", key->algorithm, "state", key_states[key->state], "in_ds",
		key->in_ds);
}

json_t *dw_survey_json_server(const struct dw_zone_server *server)
{
	char text[DW_ADDRESS_TEXT_MAX];

	return json_pack("{s:o, s:s, s:b, s:b, s:b}", "name", dw_show_known_name(&server->name), "address",
		dw_address_format(&server->address, text), "by_parent", server->by_parent, "by_child",
		server->by_child, "by_user", server->by_user);
}

static json_t *of_server(const struct dw_server_facts *server)
{
	json_t *keys = json_array();
	json_t *replies = json_array();

	for (unsigned i = 0; keys != NULL && i < server->n_keys; i++)
		(void)json_array_append_new(keys, of_key(&server->keys[i]));
	for (unsigned i = 0; replies != NULL && i < server->n_replies; i++)
		(void)json_array_append_new(replies, of_reply(&server->replies[i]));
	return json_pack("{s:o, s:b, s:o, s:o}", "server", dw_survey_json_server(&server->server), "signed",
		server->zone_signed, "keys", keys, "replies", replies);
}

static json_t *of_names(const struct dw_name *names, unsigned n_names)
{
	json_t *list = json_array();

	for (unsigned i = 0; list != NULL && i < n_names; i++)
		(void)json_array_append_new(list, dw_show_known_name(&names[i]));
	return list;
}

static json_t *of_lost(const struct dw_discovery_facts *facts)
{
	json_t *list = json_array();

	for (unsigned i = 0; list != NULL && i < facts->n_lost; i++)
		(void)json_array_append_new(list,
			json_pack("{s:o, s:s, s:s}", "name", dw_show_known_name(&facts->lost[i].name), "status",
				dw_status_text(facts->lost[i].status), "reason", facts->lost[i].reason));
	return list;
}

json_t *dw_survey_json_discovery(const struct dw_discovery_facts *facts)
{
	json_t *parents = json_array();

	for (unsigned i = 0; parents != NULL && i < facts->n_parent_servers; i++)
		(void)json_array_append_new(parents, dw_survey_json_server(&facts->parent_servers[i]));
	return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "status",
		dw_status_text(facts->status), "reason", facts->reason, "hosts_given", facts->hosts_given, "apex",
		dw_show_known_name(&facts->apex), "parent", dw_show_known_name(&facts->parent), "parent_ns",
		of_names(facts->parent_ns, facts->n_parent_ns), "child_ns",
		of_names(facts->child_ns, facts->n_child_ns), "parent_servers", parents, "lost", of_lost(facts), "ds",
		ds_words[facts->ds_known], "ds_set", dw_show_ds_set(facts->ds, facts->n_ds));
}

json_t *dw_survey_json(const struct dw_survey_facts *facts)
{
	json_t *servers = json_array();

	for (unsigned i = 0; servers != NULL && i < facts->n_servers; i++)
		(void)json_array_append_new(servers, of_server(&facts->servers[i]));
	return json_pack("{s:o, s:i, s:o}", "discovery", dw_survey_json_discovery(facts->discovery), "verified",
		(int)facts->n_verified, "servers", servers);
}
