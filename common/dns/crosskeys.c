#include "dns/crosskeys.h"

/* Whether the server has the key of a signature, as far as its tag tells; one whose keys are too many may. */
static bool has_key(const struct dw_server_facts *server, const struct dw_signature *signature)
{
	for (unsigned i = 0; i < server->n_keys; i++) {
		const struct dw_key_fact *key = &server->keys[i];

		if (key->state == DW_KEY_USABLE && key->key_tag == signature->key_tag &&
			key->algorithm == signature->algorithm)
			return true;
	}
	return server->n_keys == DW_KEYS_MAX;
}

/* The good signature of an RRset to name, when the server has the key of none; NULL otherwise. */
static const struct dw_signature *foreign(
	const struct dw_rrset_fact *rrset, const struct dw_server_facts *server)
{
	const struct dw_signature *good = NULL;

	for (unsigned i = 0; i < rrset->proof.n_signatures; i++) {
		const struct dw_signature *signature = &rrset->proof.signatures[i];

		if (signature->state != DW_SIGNATURE_GOOD)
			continue;
		if (has_key(server, signature))
			return NULL;
		good = signature;
	}
	return good;
}

/* Judges an RRset by the keys of every server; whether a finding was added. */
static bool judge_rrset(
	struct dw_judgement *judgement, const struct dw_server_facts *server, const struct dw_rrset_fact *rrset)
{
	const struct dw_survey_facts *facts = judgement->facts;
	const struct dw_judgement_place place = {.server = server, .owner = &rrset->owner, .type = rrset->type};

	for (unsigned i = 0; i < facts->n_servers; i++) {
		const struct dw_server_facts *other = &facts->servers[i];
		const struct dw_signature *signature = other->zone_signed ? foreign(rrset, other) : NULL;
		char text[DW_SERVER_TEXT_MAX];

		if (signature == NULL)
			continue;
		dw_judgement_add(judgement, DW_FOUND_KEYS_DIFFER, DW_WARNING, &place,
			"is signed by key %u, which %s lacks: validators with its keys refuse it", signature->key_tag,
			dw_judgement_server_text(&other->server, text));
		return true;
	}
	return false;
}

void dw_crosskeys_judge(struct dw_judgement *judgement, const struct dw_server_facts *server)
{
	for (unsigned i = 0; i < server->n_replies; i++) {
		const struct dw_reply *reply = &server->replies[i];

		for (unsigned j = 0; j < reply->n_rrsets; j++) {
			if (reply->rrsets[j].type != DW_TYPE_DNSKEY && judge_rrset(judgement, server, &reply->rrsets[j]))
				return;
		}
	}
}
