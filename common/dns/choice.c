#include "dns/choice.h"

/* The key of the server that made the signature, or that is said to have; `at` continues a search. */
static const struct dw_key_fact *key_of(
	const struct dw_server_facts *server, const struct dw_signature *signature, unsigned at)
{
	if (signature->key >= 0)
		return at == 0 && (unsigned)signature->key < server->n_keys ? &server->keys[signature->key] : NULL;
	for (; at < server->n_keys; at++) {
		const struct dw_key_fact *key = &server->keys[at];
		if (key->key_tag == signature->key_tag && key->algorithm == signature->algorithm)
			return key;
	}
	return NULL;
}

/* Whether the key makes its signatures count. A revoked key is nobody's entry point (RFC 5011 2.1). */
static bool key_counts(const struct dw_key_fact *key, enum dw_choice_keys keys)
{
	if ((key->flags & DW_KEY_REVOKE) != 0)
		return false;
	return keys == DW_CHOICE_DS_KEYS ? key->in_ds : (key->flags & DW_KEY_SEP) != 0;
}

/* Whether a signature is of a key that counts. */
static bool counts(
	const struct dw_server_facts *server, const struct dw_signature *signature, enum dw_choice_keys keys)
{
	const struct dw_key_fact *key = key_of(server, signature, 0);

	if (keys == DW_CHOICE_ANY_KEY)
		return true;
	while (key != NULL) {
		if (key_counts(key, keys))
			return true;
		key = key_of(server, signature, (unsigned)(key - server->keys) + 1);
	}
	return false;
}

bool dw_choice_counts(const struct dw_choice *choice, const struct dw_signature *signature)
{
	return counts(choice->server, signature, choice->keys);
}

/* Whether the parent's DS names a key of the server. */
static bool has_ds_key(const struct dw_survey_facts *facts, const struct dw_server_facts *server)
{
	if (facts->discovery->ds_known != DW_DS_PRESENT)
		return false;
	for (unsigned i = 0; i < server->n_keys; i++) {
		if (server->keys[i].in_ds)
			return true;
	}
	return false;
}

/* By which keys the RRset must be signed: only for the DNSKEY RRset this is not all the same. */
static enum dw_choice_keys keys_of(const struct dw_survey_facts *facts, const struct dw_server_facts *server,
	const struct dw_rrset_fact *rrset)
{
	const struct dw_proof *proof = &rrset->proof;

	if (rrset->type != DW_TYPE_DNSKEY)
		return DW_CHOICE_ANY_KEY;
	if (has_ds_key(facts, server))
		return DW_CHOICE_DS_KEYS;
	for (unsigned i = 0; i < proof->n_signatures; i++) {
		if (counts(server, &proof->signatures[i], DW_CHOICE_SEP_KEYS))
			return DW_CHOICE_SEP_KEYS;
	}
	return DW_CHOICE_ANY_KEY;
}

/* Whether no key that counts has an algorithm that is known here, and at least one has another. */
static bool is_insecure(const struct dw_survey_facts *facts, const struct dw_server_facts *server)
{
	bool by_ds = has_ds_key(facts, server), unsupported = false;

	for (unsigned i = 0; i < server->n_keys; i++) {
		const struct dw_key_fact *key = &server->keys[i];
		if (by_ds && !key->in_ds)
			continue;
		if (key->state == DW_KEY_USABLE)
			return false;
		unsupported = unsupported || key->state == DW_KEY_ALGORITHM_UNSUPPORTED;
	}
	return unsupported;
}

struct dw_choice dw_choice_of(const struct dw_survey_facts *facts, const struct dw_server_facts *server,
	const struct dw_rrset_fact *rrset, dw_seconds skew)
{
	return (struct dw_choice){.server = server,
		.proof = &rrset->proof,
		.keys = keys_of(facts, server, rrset),
		.insecure = is_insecure(facts, server),
		.now = facts->now,
		.skew = skew};
}

/* How much a state says about what is wrong: the larger, the more worth naming. */
static int telling(const struct dw_choice *choice, const struct dw_signature *signature)
{
	static const int weights[] = {
		[DW_SIGNATURE_GOOD] = 20,
		[DW_SIGNATURE_WRONG] = 12,
		[DW_SIGNATURE_EXPIRED] = 11,
		[DW_SIGNATURE_NOT_YET_VALID] = 10,
		[DW_SIGNATURE_NEVER_VALID] = 9,
		[DW_SIGNATURE_BROKEN_KEY] = 8,
		[DW_SIGNATURE_REVOKED_KEY] = 7,
		[DW_SIGNATURE_NOT_ZONE_KEY] = 6,
		[DW_SIGNATURE_SIGNER] = 5,
		[DW_SIGNATURE_LABELS] = 4,
		[DW_SIGNATURE_NO_KEY] = 3,
		[DW_SIGNATURE_NOT_TRIED] = 2,
		[DW_SIGNATURE_MALFORMED] = 1,
		[DW_SIGNATURE_UNSUPPORTED] = 0,
	};

	const struct dw_key_fact *key = key_of(choice->server, signature, 0);

	/* What a revoked key proves is proven by another one, which is the one to speak of. */
	if (signature->state == DW_SIGNATURE_GOOD && key != NULL && (key->flags & DW_KEY_REVOKE) != 0)
		return 14;
	/* Good in a moment: worth more than what never gets good. */
	if (signature->state == DW_SIGNATURE_UNSUPPORTED && choice->insecure)
		return 13;
	if (signature->state == DW_SIGNATURE_NOT_YET_VALID && signature->inception - choice->now <= choice->skew)
		return 15;
	return weights[signature->state];
}

const struct dw_signature *dw_choice_best(const struct dw_choice *choice)
{
	const struct dw_signature *best = NULL;

	for (unsigned i = 0; i < choice->proof->n_signatures; i++) {
		const struct dw_signature *signature = &choice->proof->signatures[i];
		if (!dw_choice_counts(choice, signature))
			continue;
		int more = best == NULL ? 1 : telling(choice, signature) - telling(choice, best);
		if (more > 0 || (more == 0 && signature->expiration > best->expiration))
			best = signature;
	}
	return best;
}
