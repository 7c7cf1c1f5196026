/*
 * Rules and denial on a message from bytes. The first two octets choose the keys, the claim, the type and the
 * moment, then comes a name in wire form, and the rest is the message. The ring is made of the message's own
 * DNSKEY RRset, or is that of RFC 4035 or RFC 5155, whose examples are in the corpus. Whatever the bytes are,
 * work stays within its bounds, verdicts agree with what they are made of, and a proof needs records.
 */
#include <string.h>

#include "dns/denial.h"
#include "dns/rules.h"
#include "fuzz/target.h"
#include "support/prove.h"
#include "support/rfc.h"

#define OWN_KEYS 0x80 /* in the first octet; the ring is the message's own */
#define RFC_5155 0x40 /* the ring is that of RFC 5155 */
#define AS_TYPE  0x3c /* the type of the claim, into types[] */
#define CLAIM    0x03

static const uint16_t types[16] = {1, 2, 5, 6, 12, 15, 16, 28, 33, 39, 43, 46, 47, 48, 50, 128};
static const dw_moment moments[4] = {1083000000, 1283000000, 4294967296, -5};

static const char *keys_of(const char *section)
{
	const struct dw_rfc_answer *example = dw_rfc_answers;

	while (strcmp(example->section, section) != 0)
		example++;
	return example->keys;
}

/* Makes the ring that the first octet asks for. */
static void make_ring(uint8_t choice, const struct dw_message *message, struct dw_keyring *ring)
{
	struct dw_rrset rrset;

	if ((choice & OWN_KEYS) == 0) {
		dw_keyring_make(keys_of(choice & RFC_5155 ? "RFC 5155 B.1" : "RFC 4035 B.1"), ring);
		return;
	}
	memset(ring, 0, sizeof(*ring));
	for (unsigned at = 0; at < message->n_records; at++) {
		if (message->records[at].type != DW_TYPE_DNSKEY || !dw_rrset_at(message, at, &rrset))
			continue;
		require(dw_keyring_init(ring, &rrset, NULL) == DW_OK);
		return;
	}
}

/* What holds for every signature of a verdict. */
static void check_signature(const struct dw_keyring *ring, const struct dw_signature *signature)
{
	require(signature->key >= -1 && signature->key < (int)ring->n_keys);
	if (signature->state == DW_SIGNATURE_GOOD) {
		require(signature->key >= 0 && ring->keys[signature->key].key != NULL);
		require(ring->keys[signature->key].key_tag == signature->key_tag);
	}
	require(dw_signature_state_text(signature->state) != NULL);
}

static void check_proof(const struct dw_keyring *ring, const struct dw_proof *proof)
{
	bool good = false;

	for (unsigned i = 0; i < proof->n_signatures; i++) {
		check_signature(ring, &proof->signatures[i]);
		good |= proof->signatures[i].state == DW_SIGNATURE_GOOD;
	}
	require((proof->security == DW_SECURE) == good);
	require((proof->security == DW_UNSIGNED) == (proof->n_signatures == 0));
	require(proof->n_signatures <= DW_RRSET_SIGNATURES_MAX && proof->best < (int)proof->n_signatures);
	require((proof->best == -1) == (proof->n_signatures == 0));
	if (good)
		require(proof->signatures[proof->best].state == DW_SIGNATURE_GOOD);
}

/* Proves every RRset, twice: the second time must say the same. */
static void prove_all(
	struct dw_verifier *verifier, struct dw_keyring *ring, const struct dw_message *message, dw_moment now)
{
	static struct dw_proof proof, again;
	struct dw_rrset rrset;

	for (unsigned at = 0; at < message->n_records; at++) {
		if (!dw_rrset_at(message, at, &rrset))
			continue;
		unsigned budget = verifier->budget, n_verified = verifier->n_verified;
		memset(&proof, 0, sizeof(proof));
		require(dw_rules_prove(verifier, &rrset, ring, now, &proof, NULL) == DW_OK);
		require(verifier->n_verified - n_verified <= DW_RRSET_SIGNATURES_MAX * DW_RULES_KEYS_MAX);
		require(budget - verifier->budget == verifier->n_verified - n_verified);
		check_proof(ring, &proof);
		if (verifier->budget < DW_RRSET_SIGNATURES_MAX * DW_RULES_KEYS_MAX)
			return;
		memset(&again, 0, sizeof(again));
		require(dw_rules_prove(verifier, &rrset, ring, now, &again, NULL) == DW_OK);
		require(proof.security == again.security && proof.best == again.best);
	}
}

/* Judges a claim by all NSEC and NSEC3 records there are, as if they were secure. */
static void deny(const struct dw_keyring *ring, const struct dw_message *message, const struct dw_name *name,
	uint8_t choice)
{
	struct dw_denial_records records = {.message = message, .zone = ring->owner};

	for (unsigned i = 0; i < message->n_records && records.n_records < DW_DENIAL_RECORDS_MAX; i++)
		records.records[records.n_records++] = &message->records[i];
	if (records.zone.length == 0)
		records.zone = dw_name_root;
	struct dw_denial denial = dw_denial_judge(&records, (enum dw_claim)(choice & CLAIM), name,
		types[(choice & AS_TYPE) >> 2], dw_name_labels(name) / 2);
	require(denial.result >= DW_DENIAL_NAME_ERROR && denial.result <= DW_DENIAL_PARAMETERS_DIFFER);
	require(dw_denial_text(denial.result) != NULL);
	require(!dw_denial_proven(denial.result) || records.n_records > 0);
	require(!denial.opt_out || (denial.nsec3 && dw_denial_proven(denial.result)));
	require(
		!denial.nsec3 || !dw_denial_proven(denial.result) || denial.iterations <= DW_NSEC3_ITERATIONS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dw_message message;
	static struct dw_keyring ring;
	struct dw_verifier verifier;
	struct dw_name name;

	if (size < 3 || dw_name_read(data + 2, size - 2, &name, NULL) != DW_OK)
		return 0;
	size_t head = 2 + (size_t)name.length;
	if (size - head > DW_MESSAGE_MAX || dw_message_parse(data + head, size - head, &message, NULL) != DW_OK)
		return 0;
	make_ring(data[0], &message, &ring);
	dw_verifier_init(&verifier);
	prove_all(&verifier, &ring, &message, moments[data[1] & 3]);
	require(verifier.n_verified <= DW_RULES_BUDGET_MAX);
	deny(&ring, &message, &name, data[0]);
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
	return 0;
}
