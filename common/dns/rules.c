#include "dns/rules.h"

#include <stdlib.h>
#include <string.h>

#include "dns/crypto.h"
#include "dns/signed_data.h"

/*
 * Signed data of most RRsets fits the first size. The last is above anything: 512 records that share a
 * message of 65535 octets, each with an owner and two names expanded.
 */
#define SCRATCH_FIRST 4096
#define SCRATCH_LAST  (1 << 20)

/* What one call of dw_rules_prove() works on. */
struct trial {
	struct dw_verifier *verifier;
	const struct dw_rrset *rrset;
	struct dw_keyring *ring;
	dw_moment now;
	bool own_keys; /* the RRset is the DNSKEY RRset of the ring */
};

void dw_verifier_init(struct dw_verifier *verifier)
{
	*verifier = (struct dw_verifier){.budget = DW_RULES_BUDGET_MAX};
}

void dw_verifier_fini(struct dw_verifier *verifier)
{
	free(verifier->octets);
	dw_curves_fini(&verifier->curves);
	verifier->octets = NULL;
	verifier->size = 0;
}

/* Whether an NSEC or NSEC3 is claimed to be an expansion where it would deny names of another owner. */
static bool is_expanded_denial(const struct dw_rrset *rrset, unsigned labels)
{
	if (labels == dw_signed_data_labels(&rrset->owner))
		return false;
	return rrset->type == DW_TYPE_NSEC3 || (rrset->type == DW_TYPE_NSEC && rrset->section != DW_ANSWER);
}

/* Whether the zone of the ring is the one that holds this RRset: a DS RRset is its parent's. */
static bool is_zone_of(const struct dw_name *apex, const struct dw_rrset *rrset)
{
	if (rrset->type == DW_TYPE_DS && dw_name_equal(&rrset->owner, apex))
		return false;
	return dw_name_within(&rrset->owner, apex);
}

/* The rules about names: signer, and labels between those of the apex and those of the owner. */
static enum dw_signature_state check_names(const struct trial *trial, const struct dw_rrsig *rrsig)
{
	const struct dw_rrset *rrset = trial->rrset;
	const struct dw_name *apex = &trial->ring->owner;

	/* A ring of no RRset has no apex; then it has no key either, and that is what to say. */
	if (apex->length > 0 && (!dw_name_equal(&rrsig->signer, apex) || !is_zone_of(apex, rrset)))
		return DW_SIGNATURE_SIGNER;
	if (rrsig->labels > dw_signed_data_labels(&rrset->owner) || rrsig->labels < dw_signed_data_labels(apex) ||
		is_expanded_denial(rrset, rrsig->labels))
		return DW_SIGNATURE_LABELS;
	return DW_SIGNATURE_GOOD;
}

/* Both ends of the validity period belong to it (RFC 4035 5.3.1). */
static enum dw_signature_state check_times(const struct dw_signature *signature, dw_moment now)
{
	/* Such a period would be over or not begun too, but that is not what is wrong with it. */
	if (signature->inception > signature->expiration)
		return DW_SIGNATURE_NEVER_VALID;
	if (signature->expiration < now)
		return DW_SIGNATURE_EXPIRED;
	if (signature->inception > now)
		return DW_SIGNATURE_NOT_YET_VALID;
	return DW_SIGNATURE_GOOD;
}

/* Writes the signed data into the scratch memory, which grows as needed. */
static enum dw_status write_signed_data(
	const struct trial *trial, const struct dw_rrsig *rrsig, struct dw_octets *data)
{
	struct dw_verifier *verifier = trial->verifier;
	enum dw_status status = DW_LIMIT;

	if (verifier->size > 0)
		status = dw_signed_data_write(trial->rrset, rrsig, verifier->octets, verifier->size, &data->length);
	while (status == DW_LIMIT && verifier->size < SCRATCH_LAST) {
		size_t size = verifier->size == 0 ? SCRATCH_FIRST : verifier->size * 4;
		uint8_t *octets = realloc(verifier->octets, size);
		if (octets == NULL)
			return DW_SYSTEM;
		verifier->octets = octets;
		verifier->size = size;
		status = dw_signed_data_write(trial->rrset, rrsig, octets, size, &data->length);
	}
	data->octets = verifier->octets;
	return status;
}

/* The first key from `at` on with the tag and algorithm of a signature, or -1. */
static int next_key(const struct dw_keyring *ring, const struct dw_rrsig *rrsig, int at)
{
	for (; at < (int)ring->n_keys; at++) {
		const struct dw_keyring_key *key = &ring->keys[at];
		if (key->key_tag == rrsig->key_tag && key->algorithm == rrsig->algorithm)
			return at;
	}
	return -1;
}

/* Why a key that fits verifies nothing here. */
static enum dw_signature_state refusal(enum dw_key_state state)
{
	static const enum dw_signature_state refusals[] = {
		[DW_KEY_USABLE] = DW_SIGNATURE_NOT_TRIED, /* no memory for it */
		[DW_KEY_ALGORITHM_UNSUPPORTED] = DW_SIGNATURE_UNSUPPORTED,
		[DW_KEY_BROKEN] = DW_SIGNATURE_BROKEN_KEY,
		[DW_KEY_NOT_ZONE_KEY] = DW_SIGNATURE_NOT_ZONE_KEY,
		[DW_KEY_NOT_DNSSEC] = DW_SIGNATURE_NOT_ZONE_KEY,
		[DW_KEY_REVOKED] = DW_SIGNATURE_REVOKED_KEY,
	};

	return refusals[state];
}

/* A key of the ring, ready to verify with, unless it may not. */
static struct dw_key *key_at(const struct trial *trial, int at)
{
	if (trial->ring->keys[at].state == DW_KEY_REVOKED && !trial->own_keys)
		return NULL;
	return dw_keyring_key(trial->ring, (unsigned)at, &trial->verifier->curves);
}

static bool verify(
	struct dw_verifier *verifier, struct dw_key *key, struct dw_octets data, const struct dw_rrsig *rrsig)
{
	verifier->budget--;
	verifier->n_verified++;
	return dw_key_verify(key, data.octets, data.length, rrsig->signature, rrsig->signature_length);
}

/* Finds the verdict in the memo, or verifies and remembers it there. */
static bool recall(const struct trial *trial, int at, struct dw_octets data, const struct dw_rrsig *rrsig)
{
	const struct dw_keyring_key *key = &trial->ring->keys[at];
	struct dw_memo *memo = trial->verifier->memo;
	const struct dw_octets signature = {rrsig->signature, rrsig->signature_length};
	uint8_t digest[DW_MEMO_DIGEST];
	bool good;

	if (memo == NULL ||
		!dw_memo_digest(data, signature, (struct dw_octets){key->rdata, key->rdata_length}, digest))
		return verify(trial->verifier, key->key, data, rrsig);
	if (!dw_memo_find(memo, digest, &good)) {
		good = verify(trial->verifier, key->key, data, rrsig);
		dw_memo_keep(memo, digest, good);
	}
	return good;
}

/* Tries the keys that fit, and sets `key` to the one that verified, or else to the first. */
static enum dw_signature_state try_keys(
	const struct trial *trial, const struct dw_rrsig *rrsig, struct dw_octets data, int *key)
{
	enum dw_signature_state state = trial->ring->too_many ? DW_SIGNATURE_NOT_TRIED : DW_SIGNATURE_NO_KEY;
	unsigned n_tried = 0;

	for (int at = next_key(trial->ring, rrsig, 0); at >= 0; at = next_key(trial->ring, rrsig, at + 1)) {
		struct dw_key *found = key_at(trial, at);
		if (found == NULL) {
			if (at == *key)
				state = refusal(trial->ring->keys[at].state);
			continue;
		}
		if (n_tried == DW_RULES_KEYS_MAX || trial->verifier->budget == 0)
			return DW_SIGNATURE_NOT_TRIED;
		if (n_tried++ == 0)
			*key = at;
		state = DW_SIGNATURE_WRONG;
		if (recall(trial, at, data, rrsig)) {
			*key = at;
			return DW_SIGNATURE_GOOD;
		}
	}
	return state;
}

/* Judges a signature that keeps all rules about its fields. DW_SYSTEM without memory. */
static enum dw_status judge_data(
	const struct trial *trial, const struct dw_rrsig *rrsig, struct dw_signature *signature)
{
	struct dw_octets data = {NULL, 0};
	enum dw_status status = DW_OK;

	if (trial->rrset->too_many) {
		signature->state = DW_SIGNATURE_NOT_TRIED;
		return DW_OK;
	}
	if (signature->key >= 0)
		status = write_signed_data(trial, rrsig, &data);
	if (status == DW_SYSTEM)
		return status;
	signature->state =
		status == DW_OK ? try_keys(trial, rrsig, data, &signature->key) : DW_SIGNATURE_MALFORMED;
	return DW_OK;
}

/* Copies what the signature says; the key is the first that fits, whether or not it is tried. */
static void describe(const struct trial *trial, const struct dw_rrsig *rrsig, struct dw_signature *signature)
{
	signature->type_covered = rrsig->type_covered;
	signature->key_tag = rrsig->key_tag;
	signature->algorithm = rrsig->algorithm;
	signature->labels = rrsig->labels;
	signature->original_ttl = rrsig->original_ttl;
	signature->inception = dw_moment_of_serial(rrsig->inception, trial->now);
	signature->expiration = dw_moment_of_serial(rrsig->expiration, trial->now);
	signature->signer = rrsig->signer;
	signature->key = next_key(trial->ring, rrsig, 0);
}

/* Judges one signature by the rules of RFC 4035 5.3.1 in turn. DW_SYSTEM without memory. */
static enum dw_status judge(const struct trial *trial, unsigned at, struct dw_signature *signature)
{
	const struct dw_message *message = trial->rrset->message;
	struct dw_rrsig rrsig;
	enum dw_status status = DW_OK;

	*signature = (struct dw_signature){.state = DW_SIGNATURE_MALFORMED, .key = -1};
	if (dw_rrsig_read(message, &message->records[trial->rrset->signatures[at]], &rrsig) != DW_OK)
		return DW_OK;
	describe(trial, &rrsig, signature);
	signature->state = check_names(trial, &rrsig);
	if (signature->state == DW_SIGNATURE_GOOD && !dw_algorithm_supported(rrsig.algorithm))
		signature->state = DW_SIGNATURE_UNSUPPORTED;
	if (signature->state == DW_SIGNATURE_GOOD)
		signature->state = check_times(signature, trial->now);
	if (signature->state == DW_SIGNATURE_GOOD)
		status = judge_data(trial, &rrsig, signature);
	signature->sep = signature->key >= 0 && trial->ring->keys[signature->key].flags & DW_KEY_SEP;
	return status;
}

/* A revoked key vouches for nothing (RFC 5011 2.1), so what it alone proves is not proven. */
static void settle_revoked(const struct trial *trial, struct dw_proof *proof)
{
	bool proven = false;

	for (unsigned i = 0; i < proof->n_signatures; i++) {
		const struct dw_signature *signature = &proof->signatures[i];
		proven |= signature->state == DW_SIGNATURE_GOOD &&
			trial->ring->keys[signature->key].state != DW_KEY_REVOKED;
	}
	for (unsigned i = 0; i < proof->n_signatures && !proven; i++) {
		if (proof->signatures[i].state == DW_SIGNATURE_GOOD)
			proof->signatures[i].state = DW_SIGNATURE_REVOKED_KEY;
	}
}

/* What is most worth naming has the lowest rank; of equals, what expires last. */
static int rank(const struct trial *trial, const struct dw_signature *signature)
{
	static const int ranks[] = {
		[DW_SIGNATURE_GOOD] = 0,
		[DW_SIGNATURE_EXPIRED] = 2,
		[DW_SIGNATURE_NOT_YET_VALID] = 3,
		[DW_SIGNATURE_WRONG] = 4,
		[DW_SIGNATURE_NOT_TRIED] = 5,
		[DW_SIGNATURE_BROKEN_KEY] = 6,
		[DW_SIGNATURE_REVOKED_KEY] = 7,
		[DW_SIGNATURE_NOT_ZONE_KEY] = 8,
		[DW_SIGNATURE_NO_KEY] = 9,
		[DW_SIGNATURE_NEVER_VALID] = 10,
		[DW_SIGNATURE_UNSUPPORTED] = 11,
		[DW_SIGNATURE_LABELS] = 12,
		[DW_SIGNATURE_SIGNER] = 13,
		[DW_SIGNATURE_MALFORMED] = 14,
	};
	bool revoked = signature->key >= 0 && trial->ring->keys[signature->key].state == DW_KEY_REVOKED;

	return signature->state == DW_SIGNATURE_GOOD && revoked ? 1 : ranks[signature->state];
}

/* Chooses the signature that stands for the RRset. */
static void choose_best(const struct trial *trial, struct dw_proof *proof)
{
	proof->best = -1;
	for (unsigned i = 0; i < proof->n_signatures; i++) {
		const struct dw_signature *best = proof->best < 0 ? NULL : &proof->signatures[proof->best];
		const struct dw_signature *signature = &proof->signatures[i];
		int order = best == NULL ? -1 : rank(trial, signature) - rank(trial, best);
		if (order < 0 || (order == 0 && signature->expiration > best->expiration))
			proof->best = (int)i;
	}
}

/* Draws the conclusion from the signatures that were judged. */
static void conclude(const struct trial *trial, struct dw_proof *proof)
{
	bool unverifiable = trial->rrset->too_many;

	settle_revoked(trial, proof);
	choose_best(trial, proof);
	proof->security = DW_UNSIGNED;
	if (proof->best < 0)
		return;
	const struct dw_signature *best = &proof->signatures[proof->best];
	for (unsigned i = 0; i < proof->n_signatures; i++)
		unverifiable |= proof->signatures[i].state == DW_SIGNATURE_UNSUPPORTED;
	proof->security = unverifiable ? DW_UNVERIFIABLE : DW_BOGUS;
	if (best->state == DW_SIGNATURE_GOOD)
		proof->security = DW_SECURE;
	proof->wildcard =
		best->state != DW_SIGNATURE_MALFORMED && best->labels < dw_signed_data_labels(&trial->rrset->owner);
}

enum dw_status dw_rules_prove(struct dw_verifier *verifier, const struct dw_rrset *rrset,
	struct dw_keyring *ring, dw_moment now, struct dw_proof *proof, struct dw_error *error)
{
	struct trial trial = {
		.verifier = verifier,
		.rrset = rrset,
		.ring = ring,
		.now = now,
		.own_keys = rrset->type == DW_TYPE_DNSKEY && dw_name_equal(&rrset->owner, &ring->owner),
	};

	proof->n_signatures = rrset->n_signatures;
	proof->n_left = rrset->n_signatures_left;
	proof->wildcard = false;
	for (unsigned i = 0; i < rrset->n_signatures; i++) {
		if (judge(&trial, i, &proof->signatures[i]) != DW_OK)
			return dw_fail(error, DW_SYSTEM, "no memory to verify a signature");
	}
	conclude(&trial, proof);
	return DW_OK;
}

bool dw_rules_ds_matches(
	const struct dw_ds *ds, const struct dw_name *owner, const struct dw_keyring_key *key)
{
	uint8_t digest[DW_DIGEST_MAX];
	size_t length;
	struct dw_name canonical = *owner;

	if (ds->key_tag != key->key_tag || ds->algorithm != key->algorithm)
		return false;
	dw_name_lower(&canonical);
	struct dw_octets pieces[] = {{canonical.wire, canonical.length}, {key->rdata, key->rdata_length}};
	if (dw_digest(ds->digest_type, pieces, 2, digest, &length) != DW_OK)
		return false;
	return ds->digest_length == length && memcmp(ds->digest, digest, length) == 0;
}

const char *dw_security_text(enum dw_security security)
{
	static const char *const texts[] = {
		[DW_SECURE] = "secure",
		[DW_BOGUS] = "bogus",
		[DW_UNSIGNED] = "unsigned",
		[DW_UNVERIFIABLE] = "unverifiable",
	};

	return texts[security];
}

const char *dw_signature_state_text(enum dw_signature_state state)
{
	static const char *const texts[] = {
		[DW_SIGNATURE_GOOD] = "good",
		[DW_SIGNATURE_MALFORMED] = "malformed RDATA",
		[DW_SIGNATURE_SIGNER] = "signer's name is not the zone",
		[DW_SIGNATURE_LABELS] = "labels field does not fit the owner",
		[DW_SIGNATURE_UNSUPPORTED] = "algorithm not supported here",
		[DW_SIGNATURE_EXPIRED] = "expired",
		[DW_SIGNATURE_NOT_YET_VALID] = "not yet valid",
		[DW_SIGNATURE_NEVER_VALID] = "expires before its inception",
		[DW_SIGNATURE_NO_KEY] = "no DNSKEY of this tag and algorithm",
		[DW_SIGNATURE_NOT_ZONE_KEY] = "its DNSKEY is no zone key",
		[DW_SIGNATURE_REVOKED_KEY] = "its DNSKEY is revoked",
		[DW_SIGNATURE_BROKEN_KEY] = "its DNSKEY is no key of its algorithm",
		[DW_SIGNATURE_WRONG] = "does not verify",
		[DW_SIGNATURE_NOT_TRIED] = "not verified, the bound on work was reached",
	};

	return texts[state];
}
