/*
 * fuzz_verdict: verdicts about signatures held against those of ldns.
 *
 * First as the message is: with the DNSKEY RRset of its answer section, each signature that the rules tried
 * must be what ldns says of it. Then an RRset of the message, whatever the fuzzer made of it, is signed by
 * ldns, and the rules must find that signature good: so the canonical forms agree.
 */
#include <assert.h>
#include <ldns/ldns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/octets.h"
#include "dns/rules.h"
#include "fuzz/target.h"

#define NOW         1800000000 /* January 2027; the seeds are valid from 2026 to 2036 */
#define SIGNED_MAX  4096       /* octets that a signature and its owner add to a message, at most */
#define RRSETS_MAX  6          /* RRsets judged of one message */
#define TYPE_A6     38
#define RRSIG_RDFS  9
#define DNSKEY_RDFS 4

/* ldns 1.8 writes these in another form (see fuzz_differential), so it signs other octets. */
static bool form_differs(uint16_t type)
{
	return type == TYPE_A6 || type == 23 || type == 58 || type == 107;
}

/*
 * A record as ldns reads it; NULL when it does not take it as ours does: too few fields (a DNSKEY without a
 * key has three), or octets left over.
 */
static ldns_rr *convert(const struct dw_message *message, unsigned at)
{
	const struct dw_rr *rr = &message->records[at];
	size_t next = rr->owner, end = (size_t)(rr->rdata - message->wire) + rr->rdlength;
	ldns_rr *made = NULL;

	if (ldns_wire2rr(&made, message->wire, message->length, &next, LDNS_SECTION_ANSWER) != LDNS_STATUS_OK)
		return NULL;
	const ldns_rr_descriptor *descriptor = ldns_rr_descript(rr->type);
	if (next == end && ldns_rr_rd_count(made) >= ldns_rr_descriptor_minimum(descriptor) &&
		ldns_rr_rd_count(made) > 0)
		return made;
	ldns_rr_free(made);
	return NULL;
}

/* The records of an RRset, duplicates left out (for ldns they are faults); NULL when it does not take one. */
static ldns_rr_list *convert_rrset(const struct dw_rrset *rrset)
{
	ldns_rr_list *list = ldns_rr_list_new();

	for (unsigned i = 0; i < rrset->n_records; i++) {
		ldns_rr *rr = convert(rrset->message, rrset->records[i]);
		if (rr == NULL) {
			ldns_rr_list_deep_free(list);
			return NULL;
		}
		/* A TTL with its top bit set is 0 for us, and the fourth thing that makes an RRset for ldns. */
		ldns_rr_set_ttl(rr, rrset->ttl);
		ldns_rr_list_push_rr(list, rr);
	}
	return list;
}

/* The key of an entry of a ring, as ldns reads it; NULL when it does not. */
static ldns_rr *convert_key(const struct dw_keyring *ring, unsigned at)
{
	const struct dw_keyring_key *key = &ring->keys[at];
	ldns_rr *rr = ldns_rr_new();
	size_t next = 0;

	ldns_rr_set_type(rr, LDNS_RR_TYPE_DNSKEY);
	ldns_rr_set_owner(rr, ldns_dname_new_frm_data(ring->owner.length, ring->owner.wire));
	uint8_t *rdata = malloc(key->rdata_length + 2u);
	dw_put16(rdata, key->rdata_length);
	memcpy(rdata + 2, key->rdata, key->rdata_length);
	ldns_status status = ldns_wire2rdf(rr, rdata, key->rdata_length + 2u, &next);
	free(rdata);
	if (status == LDNS_STATUS_OK && ldns_rr_rd_count(rr) == DNSKEY_RDFS)
		return rr;
	ldns_rr_free(rr);
	return NULL;
}

/* Whether ldns verifies the signature with this key. */
static bool verified_by_ldns(
	const ldns_rr_list *list, const ldns_rr *rrsig, const struct dw_keyring *ring, unsigned at)
{
	ldns_rr *key = convert_key(ring, at);

	if (key == NULL)
		return false;
	/* It changes what it works on. */
	ldns_rr_list *copy = ldns_rr_list_clone(list);
	ldns_rr *signature = ldns_rr_clone(rrsig);
	ldns_rr_list *keys = ldns_rr_list_new();
	ldns_rr_list_push_rr(keys, key);
	bool verified = ldns_verify_rrsig_keylist_notime(copy, signature, keys, NULL) == LDNS_STATUS_OK;
	ldns_rr_free(signature);
	ldns_rr_list_deep_free(copy);
	ldns_rr_list_deep_free(keys);
	return verified;
}

static void compare_verdict(const struct dw_rrset *rrset, const struct dw_keyring *ring,
	const struct dw_signature *signature, const ldns_rr_list *list, const ldns_rr *rrsig)
{
	if (signature->state == DW_SIGNATURE_GOOD || signature->state == DW_SIGNATURE_BROKEN_KEY) {
		bool verified = verified_by_ldns(list, rrsig, ring, (unsigned)signature->key);
		assert(verified == (signature->state == DW_SIGNATURE_GOOD));
		return;
	}
	if (signature->state != DW_SIGNATURE_WRONG)
		return;
	for (unsigned at = 0; at < ring->n_keys; at++) {
		const struct dw_keyring_key *key = &ring->keys[at];
		bool fits = key->key_tag == signature->key_tag && key->algorithm == signature->algorithm &&
			key->state == DW_KEY_USABLE;
		if (fits && verified_by_ldns(list, rrsig, ring, at)) {
			fprintf(stderr, "type %u, algorithm %u: wrong, and ldns verifies it\n", (unsigned)rrset->type,
				(unsigned)signature->algorithm);
			abort();
		}
	}
}

/* Judges an RRset, and compares what is said of each signature. */
static void compare_rrset(const struct dw_rrset *rrset, struct dw_keyring *ring, struct dw_verifier *verifier)
{
	static struct dw_proof proof;
	ldns_rr_list *list = form_differs(rrset->type) || rrset->too_many ? NULL : convert_rrset(rrset);

	assert(dw_rules_prove(verifier, rrset, ring, NOW, &proof, NULL) == DW_OK);
	assert(proof.n_signatures == rrset->n_signatures);
	for (unsigned i = 0; list != NULL && i < proof.n_signatures; i++) {
		ldns_rr *rrsig = convert(rrset->message, rrset->signatures[i]);
		if (rrsig != NULL && ldns_rr_rd_count(rrsig) == RRSIG_RDFS)
			compare_verdict(rrset, ring, &proof.signatures[i], list, rrsig);
		ldns_rr_free(rrsig);
	}
	ldns_rr_list_deep_free(list);
}

/* Takes the keys of the first DNSKEY RRset of the answer section. */
static void find_keys(const struct dw_message *message, struct dw_keyring *ring)
{
	static struct dw_rrset rrset;

	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		if (rr->type == DW_TYPE_DNSKEY && rr->section == DW_ANSWER && dw_rrset_at(message, i, &rrset)) {
			assert(dw_keyring_init(ring, &rrset, NULL) == DW_OK);
			return;
		}
	}
}

static void compare_message(const struct dw_message *message)
{
	static struct dw_rrset rrset;
	struct dw_keyring ring = {.n_keys = 0};
	struct dw_verifier verifier;
	unsigned n = 0;

	dw_verifier_init(&verifier);
	find_keys(message, &ring);
	for (unsigned i = 0; i < message->n_records && n < RRSETS_MAX && ring.n_keys > 0; i++) {
		if (dw_rrset_at(message, i, &rrset) && rrset.n_signatures > 0) {
			compare_rrset(&rrset, &ring, &verifier);
			n++;
		}
	}
	dw_keyring_fini(&ring);
	dw_verifier_fini(&verifier);
}

/* The root's key that signs what the fuzzer makes, the same in every run: RFC 8080 6.1. */
static ldns_key_list *signing_keys(void)
{
	static char text[] = "Private-key-format: v1.2\nAlgorithm: 15 (ED25519)\n"
						 "PrivateKey: ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI=\n";
	FILE *file = fmemopen(text, sizeof(text) - 1, "r");
	ldns_key *key = NULL;
	ldns_key_list *keys = ldns_key_list_new();

	assert(file != NULL && ldns_key_new_frm_fp(&key, file) == LDNS_STATUS_OK);
	fclose(file);
	ldns_key_set_pubkey_owner(key, ldns_dname_new_frm_str("."));
	ldns_key_set_inception(key, NOW - 1000);
	ldns_key_set_expiration(key, NOW + 1000);
	ldns_key_set_flags(key, LDNS_KEY_ZONE_KEY);
	ldns_key_list_push_key(keys, key);
	ldns_rr *dnskey = ldns_key2rr(key);
	ldns_key_set_keytag(key, ldns_calc_keytag(dnskey));
	ldns_rr_free(dnskey);
	return keys;
}

/* Appends a record in wire form. */
static size_t append(const ldns_rr *rr, uint8_t *octets, size_t at)
{
	uint8_t *made = NULL;
	size_t length = 0;

	assert(
		ldns_rr2wire(&made, rr, LDNS_SECTION_ANSWER, &length) == LDNS_STATUS_OK && length <= SIGNED_MAX / 2);
	memcpy(octets + at, made, length);
	LDNS_FREE(made);
	return at + length;
}

/* Copies a message with all its records in the answer section. */
static void gather(const struct dw_message *message, uint8_t *octets)
{
	memcpy(octets, message->wire, message->length);
	dw_put16(octets + 6, message->n_records);
	dw_put16(octets + 8, 0);
	dw_put16(octets + 10, 0);
}

/* A message that holds the key, and the ring made of it. */
static void make_ring(ldns_key_list *keys, struct dw_keyring *ring)
{
	static struct dw_message message;
	static struct dw_rrset rrset;
	uint8_t octets[SIGNED_MAX] = {[7] = 1};
	ldns_rr *dnskey = ldns_key2rr(ldns_key_list_key(keys, 0));

	size_t length = append(dnskey, octets, 12);
	ldns_rr_free(dnskey);
	assert(dw_message_parse(octets, length, &message, NULL) == DW_OK);
	assert(dw_rrset_find(&message, DW_ANSWER, &dw_name_root, DW_TYPE_DNSKEY, &rrset));
	assert(dw_keyring_init(ring, &rrset, NULL) == DW_OK && ring->n_keys == 1);
}

/* The signature appended to the message, which is the last of its records, must be good. */
static void assert_good(const struct dw_message *message, unsigned at, ldns_key_list *keys)
{
	static struct dw_rrset rrset;
	static struct dw_proof proof;
	struct dw_keyring ring = {.n_keys = 0};
	struct dw_verifier verifier;

	assert(dw_rrset_at(message, at, &rrset));
	/* It may be one more than is looked at. */
	if (rrset.n_signatures_left > 0)
		return;
	make_ring(keys, &ring);
	dw_verifier_init(&verifier);
	assert(dw_rules_prove(&verifier, &rrset, &ring, NOW, &proof, NULL) == DW_OK);
	if (proof.security != DW_SECURE) {
		fprintf(stderr, "type %u, signed by ldns: %s\n", (unsigned)rrset.type,
			dw_signature_state_text(proof.signatures[proof.n_signatures - 1].state));
		abort();
	}
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
}

/* Whether ours has a canonical form of all records: fuzz_differential says why it may have none. */
static bool canonical(const struct dw_rrset *rrset)
{
	static uint8_t octets[DW_MESSAGE_MAX + 2 * DW_NAME_MAX];
	const struct dw_message *message = rrset->message;
	size_t length;

	for (unsigned i = 0; i < rrset->n_records; i++) {
		const struct dw_rr *rr = &message->records[rrset->records[i]];
		if (dw_rdata_canonical(message, rr, octets, sizeof(octets), &length) != DW_OK)
			return false;
	}
	return true;
}

/* The rules refuse other classes and a DS of the zone itself, whoever signed it; so ldns signs none. */
static bool signable(const struct dw_rrset *rrset)
{
	return rrset->rr_class == DW_CLASS_IN && !rrset->too_many && !form_differs(rrset->type) &&
		rrset->type != DW_TYPE_DS && canonical(rrset);
}

/* Has ldns sign the RRset that record `at` begins, and judges it; `message` has answers only, in `octets`. */
static void sign_and_judge(struct dw_message *message, unsigned at, uint8_t *octets)
{
	static struct dw_rrset rrset;
	static ldns_key_list *keys;

	if (!dw_rrset_at(message, at, &rrset) || !signable(&rrset))
		return;
	ldns_rr_list *list = convert_rrset(&rrset);
	if (list == NULL)
		return;
	if (keys == NULL)
		keys = signing_keys();
	ldns_rr_list *signatures = ldns_sign_public(list, keys);
	if (signatures != NULL && ldns_rr_list_rr_count(signatures) == 1) {
		size_t length = append(ldns_rr_list_rr(signatures, 0), octets, message->length);
		dw_put16(octets + 6, message->n_records + 1);
		assert(dw_message_parse(octets, length, message, NULL) == DW_OK);
		assert_good(message, at, keys);
	}
	ldns_rr_list_deep_free(signatures);
	ldns_rr_list_deep_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dw_message message;
	static uint8_t octets[DW_MESSAGE_MAX + SIGNED_MAX];

	if (dw_message_parse(data, size, &message, NULL) != DW_OK)
		return 0;
	compare_message(&message);
	bool room = message.n_records > 0 && message.n_records < DW_RECORDS_MAX &&
		size <= DW_MESSAGE_MAX - SIGNED_MAX && !message.edns.present;
	if (!room)
		return 0;
	gather(&message, octets);
	assert(dw_message_parse(octets, size, &message, NULL) == DW_OK);
	sign_and_judge(&message, message.id % message.n_records, octets);
	return 0;
}
