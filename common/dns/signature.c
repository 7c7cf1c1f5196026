#include "dns/signature.h"

#include <stdio.h>
#include <string.h>

#include "dns/crosskeys.h"
#include "dns/crypto.h"
#include "dns/judgement.h"
#include "dns/lifespan.h"
#include "dns/presence.h"

#define DS_TEXT_MAX 64

/* One judgement and what is known of the zone as a whole. */
struct judge {
	const struct dw_survey_facts *facts;
	const struct dw_signature_policy *policy;
	struct dw_signature_figures *figures;
	struct dw_judgement judgement;
	bool zone_signed; /* at least one server has a DNSKEY */
};

/* "key 4711", or "keys 4711 and others", of the parent's DS set. */
static const char *ds_text(const struct dw_discovery_facts *discovery, char text[DS_TEXT_MAX])
{
	bool several = false;

	for (unsigned i = 1; i < discovery->n_ds; i++)
		several = several || discovery->ds[i].key_tag != discovery->ds[0].key_tag;
	if (several)
		snprintf(text, DS_TEXT_MAX, "keys %u and others", discovery->ds[0].key_tag);
	else
		snprintf(text, DS_TEXT_MAX, "key %u", discovery->n_ds > 0 ? discovery->ds[0].key_tag : 0U);
	return text;
}

static bool ds_present(const struct dw_survey_facts *facts)
{
	return facts->discovery->ds_known == DW_DS_PRESENT && facts->discovery->n_ds > 0;
}

/* Whether a DS record of the parent can be followed here (RFC 4035 5.2, RFC 6840 5.2). */
static bool ds_usable(const struct dw_survey_facts *facts)
{
	for (unsigned i = 0; ds_present(facts) && i < facts->discovery->n_ds; i++) {
		const struct dw_ds_fact *ds = &facts->discovery->ds[i];
		if (dw_algorithm_supported(ds->algorithm) && dw_digest_supported(ds->digest_type))
			return true;
	}
	return false;
}

static bool has_key_in_ds(const struct dw_server_facts *server)
{
	for (unsigned i = 0; i < server->n_keys; i++) {
		if (server->keys[i].in_ds)
			return true;
	}
	return false;
}

/* A server that has the zone without a single DNSKEY. */
static void judge_no_keys(struct judge *judge, const struct dw_server_facts *server)
{
	const struct dw_judgement_place place = {
		.server = server, .owner = &judge->facts->zone, .type = DW_TYPE_DNSKEY};
	char ds[DS_TEXT_MAX];

	/* Keys that could not be kept are not keys that are not there. */
	if (server->replies[0].kind == DW_REPLY_POSITIVE && judge->facts->status != DW_OK)
		return;
	if (judge->zone_signed)
		dw_judgement_add(&judge->judgement, DW_FOUND_SERVER_UNSIGNED, DW_CRITICAL, &place,
			"is missing: this server serves the zone unsigned, others serve it signed");
	else if (ds_present(judge->facts))
		dw_judgement_add(&judge->judgement, DW_FOUND_DS_WITHOUT_DNSKEY, DW_CRITICAL, &place,
			"is missing: the zone is unsigned, but the parent has a DS of %s: validators refuse the zone",
			ds_text(judge->facts->discovery, ds));
	else
		dw_judgement_add(&judge->judgement, DW_FOUND_ZONE_UNSIGNED, judge->policy->unsigned_state, &place,
			"is missing: the zone is unsigned");
}

/* The keys of a signed zone as one server has them. */
static void judge_keys(struct judge *judge, const struct dw_server_facts *server)
{
	const struct dw_judgement_place place = {
		.server = server, .owner = &judge->facts->zone, .type = DW_TYPE_DNSKEY};
	const struct dw_reply *reply = &server->replies[0];
	char ds[DS_TEXT_MAX];

	if (ds_usable(judge->facts) && !has_key_in_ds(server))
		dw_judgement_add(&judge->judgement, DW_FOUND_DS_MISMATCH, DW_CRITICAL, &place,
			"has no key that the parent's DS (%s) names: validators refuse the zone",
			ds_text(judge->facts->discovery, ds));
	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		if (reply->rrsets[i].type == DW_TYPE_DNSKEY && reply->rrsets[i].n_records > DW_KEYS_MAX)
			dw_judgement_add(&judge->judgement, DW_FOUND_TOO_MANY, DW_WARNING, &place,
				"has %u keys, of which %d were looked at", reply->rrsets[i].n_records, DW_KEYS_MAX);
	}
}

/* Whether the trouble of a proof is in the signatures of its records, and told there. */
static bool told_by_signatures(const struct dw_reply *reply)
{
	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		const struct dw_rrset_fact *rrset = &reply->rrsets[i];
		bool proves = rrset->type == DW_TYPE_NSEC || rrset->type == DW_TYPE_NSEC3;
		if (proves && rrset->proof.security != DW_SECURE)
			return true;
	}
	return false;
}

static const char *claim_text(const struct dw_reply *reply)
{
	switch (reply->kind) {
	case DW_REPLY_NXDOMAIN:
		return "answer NXDOMAIN";
	case DW_REPLY_NO_DATA:
		return "answer without data";
	case DW_REPLY_REFERRAL:
		return "referral without DS";
	default:
		return "answer by wildcard";
	}
}

/* An absence that was claimed and not proven. */
static void report_denial(
	struct judge *judge, const struct dw_reply *reply, const struct dw_judgement_place *place)
{
	bool stripped = reply->denial.result == DW_DENIAL_NO_RECORDS && !(reply->edns && reply->dnssec_ok);
	const struct dw_judgement_place whole = {.server = place->server};

	if (reply->denial.result == DW_DENIAL_ITERATIONS)
		dw_judgement_add(&judge->judgement, DW_FOUND_ITERATIONS, DW_WARNING, &whole,
			"NSEC3 has %u iterations: above %d validators treat the zone as insecure or refuse it",
			reply->denial.iterations, DW_NSEC3_ITERATIONS_MAX);
	else if (reply->denial.result == DW_DENIAL_UNKNOWN_HASH)
		dw_judgement_add(&judge->judgement, DW_FOUND_NOT_COMPUTED, DW_WARNING, &whole,
			"NSEC3 has a hash algorithm that nobody knows: validators treat the zone as insecure");
	else if (stripped)
		dw_judgement_add(&judge->judgement, DW_FOUND_STRIPPED, DW_CRITICAL, place,
			"%s has no proof and comes %s, so DNSSEC seems to be stripped on the way", claim_text(reply),
			reply->edns ? "without DO" : "without EDNS");
	else
		dw_judgement_add(&judge->judgement, DW_FOUND_DENIAL, DW_CRITICAL, place, "%s is not proven: %s",
			claim_text(reply), dw_denial_text(reply->denial.result));
}

/* What an answer of a signed zone says is absent. */
static void judge_denial(
	struct judge *judge, const struct dw_server_facts *server, const struct dw_reply *reply)
{
	const struct dw_judgement_place place = {
		.server = server, .owner = &reply->record.name, .type = reply->record.type};
	bool negative = reply->kind == DW_REPLY_NO_DATA || reply->kind == DW_REPLY_NXDOMAIN;

	if (reply->denial_wanted && !dw_denial_proven(reply->denial.result) && !told_by_signatures(reply))
		report_denial(judge, reply, &place);
	if (negative && !reply->soa_seen)
		dw_judgement_add(&judge->judgement, DW_FOUND_NO_SOA, DW_WARNING, &place,
			"%s comes without the SOA of the zone", claim_text(reply));
}

/* A record that comes from a zone below this one. */
static void judge_child(
	struct judge *judge, const struct dw_reply *reply, const struct dw_judgement_place *place)
{
	char child[64];

	dw_judgement_name_text(&reply->child, child);
	if (reply->child_state == DW_CHILD_UNSIGNED)
		dw_judgement_add(&judge->judgement, DW_FOUND_RECORD_UNSIGNED, DW_NOTE, place,
			"lies in the unsigned zone %s: its delegation has no DS, and nothing there is to be verified",
			child);
	else if (reply->child_state == DW_CHILD_SIGNED)
		dw_judgement_add(&judge->judgement, DW_FOUND_RECORD_ELSEWHERE, DW_WARNING, place,
			"lies in the zone %s, which is not examined here", child);
	else
		dw_judgement_add(&judge->judgement, DW_FOUND_RECORD_ELSEWHERE, DW_WARNING, place,
			"lies in a zone of its own below this one");
}

/* A record that the user wants to be there. */
static void judge_record(
	struct judge *judge, const struct dw_server_facts *server, const struct dw_reply *reply)
{
	const struct dw_judgement_place place = {
		.server = server, .owner = &reply->record.name, .type = reply->record.type};
	bool proven = reply->denial_wanted && dw_denial_proven(reply->denial.result);
	bool of_zone = false;

	for (unsigned i = 0; i < reply->n_rrsets; i++)
		of_zone = of_zone || reply->rrsets[i].section == DW_ANSWER;
	if (reply->kind == DW_REPLY_NXDOMAIN || reply->kind == DW_REPLY_NO_DATA)
		dw_judgement_add(&judge->judgement, DW_FOUND_RECORD_ABSENT, DW_WARNING, &place,
			"does not exist (%s%s)", reply->kind == DW_REPLY_NXDOMAIN ? "NXDOMAIN" : "no data",
			proven ? ", proven" : "");
	else if (reply->kind == DW_REPLY_REFERRAL || (reply->kind == DW_REPLY_POSITIVE && !of_zone))
		judge_child(judge, reply, &place);
}

/* One answer of a server that has the zone signed, or that others have signed. */
static void judge_reply(
	struct judge *judge, const struct dw_server_facts *server, const struct dw_reply *reply)
{
	struct dw_lifespan_judge lifespan = {&judge->judgement, judge->policy, judge->figures};
	const struct dw_judgement_place place = {
		.server = server, .owner = &reply->record.name, .type = reply->record.type};

	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		const struct dw_lifespan_case seen = {server, reply, &reply->rrsets[i]};
		dw_lifespan_judge(&lifespan, &seen);
	}
	if (reply->rrsets_left)
		dw_judgement_add(&judge->judgement, DW_FOUND_TOO_MANY, DW_WARNING, &place,
			"answer holds more than %d RRsets, which were not all verified", DW_REPLY_RRSETS_MAX);
	if (server->zone_signed)
		judge_denial(judge, server, reply);
}

/* One address, all its answers. */
static void judge_server(struct judge *judge, const struct dw_server_facts *server)
{
	bool serves = dw_presence_serves(server);

	judge->figures->servers += !dw_presence_no_route(server);
	dw_presence_judge(&judge->judgement, server);
	if (serves && !server->zone_signed)
		judge_no_keys(judge, server);
	else if (serves)
		judge_keys(judge, server);
	dw_crosskeys_judge(&judge->judgement, server);
	for (unsigned i = 0; i < server->n_replies; i++) {
		const struct dw_reply *reply = &server->replies[i];
		if (!reply->asked || !dw_presence_useful(reply))
			continue;
		/*
		 * Signatures without keys say nothing that the missing keys do not; dates they do, if it is silent.
		 */
		if (judge->zone_signed && (server->zone_signed || !serves))
			judge_reply(judge, server, reply);
		if (reply->topic == DW_TOPIC_RECORD)
			judge_record(judge, server, reply);
	}
}

/* What concerns the zone and no single server. */
static void judge_zone(struct judge *judge)
{
	const struct dw_judgement_place whole = {.server = NULL};
	const struct dw_survey_facts *facts = judge->facts;
	char ds[DS_TEXT_MAX];
	unsigned n_unreachable = 0;

	for (unsigned i = 0; i < facts->n_servers; i++)
		n_unreachable += dw_presence_no_route(&facts->servers[i]);
	if (n_unreachable == facts->n_servers)
		dw_judgement_add(&judge->judgement, DW_FOUND_NOT_REACHABLE, DW_UNKNOWN, &whole,
			"none of its servers could be asked: this host has no route to %u of %u addresses", n_unreachable,
			facts->n_servers);
	if (judge->zone_signed && facts->discovery->ds_known == DW_DS_ABSENT)
		dw_judgement_add(&judge->judgement, DW_FOUND_ISLAND, DW_NOTE, &whole,
			"is signed, but the parent has no DS: validators treat it as insecure");
	if (judge->zone_signed && ds_present(facts) && !ds_usable(facts))
		dw_judgement_add(&judge->judgement, DW_FOUND_UNSUPPORTED, DW_WARNING, &whole,
			"the parent's DS (%s) cannot be used here; validators like this one treat the zone as insecure",
			ds_text(facts->discovery, ds));
}

void dw_signature_judge(const struct dw_survey_facts *facts, const struct dw_signature_policy *policy,
	struct dw_findings *findings, struct dw_signature_figures *figures)
{
	struct judge judge = {.facts = facts, .policy = policy, .figures = figures};

	memset(figures, 0, sizeof(*figures));
	dw_judgement_init(&judge.judgement, facts, findings);
	if (dw_presence_discovery(&judge.judgement)) {
		for (unsigned i = 0; i < facts->n_servers; i++)
			judge.zone_signed = judge.zone_signed || facts->servers[i].zone_signed;
		judge_zone(&judge);
		for (unsigned i = 0; i < facts->n_servers; i++)
			judge_server(&judge, &facts->servers[i]);
	}
	figures->servers_bad = dw_judgement_servers_bad(&judge.judgement);
	dw_judgement_finish(&judge.judgement);
}
