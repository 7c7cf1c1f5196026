#include "dns/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/prove.h"
#include "support/signer.h"
#include "support/suite.h"

#define NOW    DW_SIGNER_NOW
#define A_WWW  "www.example. 3600 IN A 192.0.2.1\n"
#define A_EVIL "www.example. 3600 IN A 192.0.2.6\n"

static struct dw_keyring ring;
static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;
static struct dw_rrset rrset;
static char answer[DW_MESSAGE_MAX];

static struct dw_signer *zsk(void)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = 13, .flags = 256};

	return dw_signer_new(&plan);
}

/* One of several signatures: of what, when, and of which algorithm it says to be. */
struct one {
	const char *records;
	dw_moment inception, expiration;
	uint8_t algorithm;
};

/* Signatures of one RRset, and which of them stands for it. */
static const struct {
	struct one ones[4];
	enum dw_security security;
	int best;
	enum dw_signature_state states[4];
} sets[] = {
	/* A leftover is no fault, wherever it stands. */
	{{{A_WWW, 0, NOW - 9, 0}, {A_WWW, 0, 0, 0}}, DW_SECURE, 1, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_GOOD}},
	{{{A_WWW, 0, 0, 0}, {A_EVIL, 0, 0, 0}}, DW_SECURE, 0, {DW_SIGNATURE_GOOD, DW_SIGNATURE_WRONG}},
	{{{A_WWW, 0, 0, 200}, {A_WWW, 0, NOW + 9, 0}}, DW_SECURE, 1,
		{DW_SIGNATURE_UNSUPPORTED, DW_SIGNATURE_GOOD}},
	/* Of good ones that which expires last counts; of expired ones too. */
	{{{A_WWW, 0, NOW + 5, 0}, {A_WWW, 0, NOW + 7, 0}, {A_WWW, 0, NOW + 6, 0}}, DW_SECURE, 1,
		{DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD}},
	{{{A_WWW, 0, NOW - 7, 0}, {A_WWW, 0, NOW - 6, 0}, {A_EVIL, 0, 0, 0}}, DW_BOGUS, 1,
		{DW_SIGNATURE_EXPIRED, DW_SIGNATURE_EXPIRED, DW_SIGNATURE_WRONG}},
	/* Expired is worth more words than not yet valid, and that more than wrong. */
	{{{A_EVIL, 0, 0, 0}, {A_WWW, NOW + 5, 0, 0}, {A_WWW, 0, NOW - 9, 0}}, DW_BOGUS, 2,
		{DW_SIGNATURE_WRONG, DW_SIGNATURE_NOT_YET_VALID, DW_SIGNATURE_EXPIRED}},
	{{{A_EVIL, 0, 0, 0}, {A_WWW, NOW + 5, 0, 0}}, DW_BOGUS, 1,
		{DW_SIGNATURE_WRONG, DW_SIGNATURE_NOT_YET_VALID}},
	{{{A_WWW, 0, 0, 15}, {A_EVIL, 0, 0, 0}}, DW_BOGUS, 1, {DW_SIGNATURE_NO_KEY, DW_SIGNATURE_WRONG}},
	/* What cannot be verified here is not called bogus. */
	{{{A_WWW, 0, NOW - 9, 0}, {A_WWW, 0, 0, 200}}, DW_UNVERIFIABLE, 0,
		{DW_SIGNATURE_EXPIRED, DW_SIGNATURE_UNSUPPORTED}},
};

START_TEST(one_good_signature_suffices_and_the_best_is_named)
{
	struct dw_signer *signer = zsk();
	unsigned n = 0;

	strcpy(answer, A_WWW);
	for (; n < 4 && sets[_i].ones[n].records != NULL; n++) {
		const struct one *one = &sets[_i].ones[n];
		struct dw_signer_terms terms = {
			.inception = one->inception, .expiration = one->expiration, .algorithm = one->algorithm};
		char *rrsig = dw_signer_rrsig(signer, one->records, &terms);
		strcat(answer, rrsig);
		free(rrsig);
	}
	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_uint_eq(proof.n_signatures, n);
	for (unsigned i = 0; i < n; i++)
		ck_assert_int_eq(proof.signatures[i].state, sets[_i].states[i]);
	ck_assert_int_eq(proof.security, sets[_i].security);
	ck_assert_int_eq(proof.best, sets[_i].best);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
}
END_TEST

START_TEST(an_rrset_without_signature_is_unsigned)
{
	struct dw_signer *signer = zsk();

	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, A_WWW, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, DW_UNSIGNED);
	ck_assert_int_eq(proof.best, -1);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
}
END_TEST

/* Whether a key beside the revoked one signs the DNSKEY RRset, and what that makes of it. */
static const struct {
	bool signed_by_other;
	enum dw_security security;
	enum dw_signature_state revoked;
} revocations[] = {
	{false, DW_BOGUS, DW_SIGNATURE_REVOKED_KEY},
	{true, DW_SECURE, DW_SIGNATURE_GOOD},
};

START_TEST(a_revoked_key_may_sign_its_rrset_but_vouches_for_nothing)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = 13, .flags = 0x0181};
	struct dw_signer *revoked = dw_signer_new(&plan), *other = zsk();
	struct dw_signer_terms sooner = {.expiration = NOW + 9};
	char keys[2048];

	snprintf(keys, sizeof(keys), "%s%s", dw_signer_dnskey(revoked), dw_signer_dnskey(other));
	char *by_revoked = dw_signer_rrsig(revoked, keys, NULL),
		 *by_other = dw_signer_rrsig(other, keys, &sooner);
	snprintf(
		answer, sizeof(answer), "%s%s%s", keys, by_revoked, revocations[_i].signed_by_other ? by_other : "");
	dw_keyring_make(keys, &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "example.", DW_TYPE_DNSKEY, NOW);
	ck_assert_int_eq(proof.security, revocations[_i].security);
	ck_assert_int_eq(proof.signatures[0].state, revocations[_i].revoked);
	/* It expires later, and still must not stand for the RRset. */
	ck_assert_int_eq(proof.best, revocations[_i].signed_by_other ? 1 : 0);
	free(by_revoked);
	free(by_other);
	dw_keyring_fini(&ring);
	dw_signer_free(revoked);
	dw_signer_free(other);
}
END_TEST

START_TEST(a_revoked_key_does_not_sign_other_rrsets_even_beside_a_good_one)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = 13, .flags = 0x0181};
	struct dw_signer *revoked = dw_signer_new(&plan), *other = zsk();
	char keys[2048];

	snprintf(keys, sizeof(keys), "%s%s", dw_signer_dnskey(revoked), dw_signer_dnskey(other));
	char *by_revoked = dw_signer_rrsig(revoked, A_WWW, NULL), *by_other = dw_signer_rrsig(other, A_WWW, NULL);
	snprintf(answer, sizeof(answer), A_WWW "%s%s", by_revoked, by_other);
	dw_keyring_make(keys, &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, DW_SECURE);
	ck_assert_int_eq(proof.best, 1);
	ck_assert_int_eq(proof.signatures[0].state, DW_SIGNATURE_REVOKED_KEY);
	free(by_revoked);
	free(by_other);
	dw_keyring_fini(&ring);
	dw_signer_free(revoked);
	dw_signer_free(other);
}
END_TEST

/* NSEC in the authority section, as a proof, and in the answer section, as what was asked for. */
static const struct {
	enum dw_section section;
	enum dw_security security;
} sections[] = {{DW_ANSWER, DW_SECURE}, {DW_AUTHORITY, DW_BOGUS}};

START_TEST(an_expanded_nsec_is_no_proof_of_absence)
{
	struct dw_signer *signer = zsk();
	struct dw_signer_terms terms = {.owner = "a.example."};
	struct dw_verifier verifier;
	struct dw_proof proof;
	struct dw_name owner = dw_name_make("a.example.");
	char *rrsig = dw_signer_rrsig(signer, "*.example. 3600 IN NSEC b.example. A RRSIG NSEC\n", &terms);

	snprintf(answer, sizeof(answer), "a.example. 3600 IN NSEC b.example. A RRSIG NSEC\n%s", rrsig);
	struct dw_message_text text = {.answer = answer};
	if (sections[_i].section == DW_AUTHORITY)
		text = (struct dw_message_text){.authority = answer};
	dw_message_make(&text, wire, &message);
	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	dw_verifier_init(&verifier);
	ck_assert(dw_rrset_find(&message, sections[_i].section, &owner, DW_TYPE_NSEC, &rrset));
	ck_assert_int_eq(dw_rules_prove(&verifier, &rrset, &ring, NOW, &proof, NULL), DW_OK);
	ck_assert_int_eq(proof.security, sections[_i].security);
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(rrsig);
}
END_TEST

/* Adds RSA keys of one tag: their words are random but the last, which makes up the sum. */
static void add_keys(char *keys, unsigned n, unsigned seed)
{
	for (unsigned i = 0; i < n; i++) {
		uint8_t rdata[4 + 2 + 64] = {1, 0, 3, 8, 1, 3, 0xc0};
		for (size_t at = 7; at < sizeof(rdata) - 2; at++)
			rdata[at] = (uint8_t)(seed = seed * 1103515245 + 12345, seed >> 16);
		for (uint32_t last = 0; dw_key_tag(rdata, sizeof(rdata)) != 4711; last++) {
			rdata[sizeof(rdata) - 2] = (uint8_t)(last >> 8);
			rdata[sizeof(rdata) - 1] = (uint8_t)last;
		}
		keys += sprintf(keys, "example. 3600 IN DNSKEY \\# %zu ", sizeof(rdata));
		for (size_t at = 0; at < sizeof(rdata); at++)
			keys += sprintf(keys, "%02x", rdata[at]);
		keys += sprintf(keys, "\n");
	}
}

/* An A RRset with `n` signatures that could be of any of those keys. */
static void add_signatures(char *records, unsigned n)
{
	records += sprintf(records, A_WWW);
	for (unsigned i = 0; i < n; i++) {
		records += sprintf(
			records, "www.example. 3600 IN RRSIG A 8 2 3600 20270115080000 20231114221320 4711 example. ");
		for (unsigned at = 0; at < 84; at++)
			*records++ = (char)('A' + (at == 0 ? i % 26 : at == 1 ? i / 26 : 7));
		records += sprintf(records, "AA==\n");
	}
}

/* Finds the A RRset of `answer`. */
static void find_rrset(void)
{
	struct dw_message_text text = {.answer = answer};
	struct dw_name owner = dw_name_make("www.example.");

	dw_message_make(&text, wire, &message);
	ck_assert(dw_rrset_find(&message, DW_ANSWER, &owner, DW_TYPE_A, &rrset));
}

START_TEST(forty_keys_of_one_tag_and_forty_signatures_stay_within_bounds)
{
	struct dw_verifier verifier;
	struct dw_proof proof;

	add_keys(answer, 40, 1);
	dw_keyring_make(answer, &ring);
	ck_assert_uint_eq(ring.n_keys, 40);
	add_signatures(answer, 40);
	find_rrset();
	dw_verifier_init(&verifier);
	ck_assert_int_eq(dw_rules_prove(&verifier, &rrset, &ring, NOW, &proof, NULL), DW_OK);
	ck_assert_uint_eq(verifier.n_verified, DW_RRSET_SIGNATURES_MAX * DW_RULES_KEYS_MAX);
	ck_assert_uint_eq(verifier.budget, DW_RULES_BUDGET_MAX - verifier.n_verified);
	ck_assert_int_eq(proof.security, DW_BOGUS);
	ck_assert_uint_eq(proof.n_left, 40 - DW_RRSET_SIGNATURES_MAX);
	for (unsigned i = 0; i < proof.n_signatures; i++)
		ck_assert_int_eq(proof.signatures[i].state, DW_SIGNATURE_NOT_TRIED);
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
}
END_TEST

START_TEST(as_many_keys_of_one_tag_as_are_tried_make_the_signature_wrong)
{
	struct dw_verifier verifier;
	struct dw_proof proof;

	add_keys(answer, DW_RULES_KEYS_MAX, 1);
	dw_keyring_make(answer, &ring);
	add_signatures(answer, 1);
	find_rrset();
	dw_verifier_init(&verifier);
	ck_assert_int_eq(dw_rules_prove(&verifier, &rrset, &ring, NOW, &proof, NULL), DW_OK);
	ck_assert_uint_eq(verifier.n_verified, DW_RULES_KEYS_MAX);
	ck_assert_int_eq(proof.signatures[0].state, DW_SIGNATURE_WRONG);
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
}
END_TEST

START_TEST(a_budget_is_never_overdrawn)
{
	struct dw_verifier verifier;
	struct dw_proof proof;

	add_keys(answer, 1, 1);
	dw_keyring_make(answer, &ring);
	add_signatures(answer, 3);
	find_rrset();
	dw_verifier_init(&verifier);
	verifier.budget = 2;
	ck_assert_int_eq(dw_rules_prove(&verifier, &rrset, &ring, NOW, &proof, NULL), DW_OK);
	ck_assert_uint_eq(verifier.n_verified, 2);
	ck_assert_uint_eq(verifier.budget, 0);
	ck_assert_int_eq(proof.signatures[1].state, DW_SIGNATURE_WRONG);
	ck_assert_int_eq(proof.signatures[2].state, DW_SIGNATURE_NOT_TRIED);
	dw_verifier_fini(&verifier);
	dw_keyring_fini(&ring);
}
END_TEST

START_TEST(more_records_or_keys_than_are_looked_at_are_not_called_bogus)
{
	struct dw_signer *signer = zsk();
	char *rrsig = dw_signer_rrsig(signer, A_WWW, NULL), *at = answer;

	for (unsigned i = 0; i <= DW_RRSET_RECORDS_MAX; i++)
		at += sprintf(at, "www.example. 3600 IN A 192.0.%u.%u\n", i / 256, i % 256);
	strcpy(at, rrsig);
	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, DW_UNVERIFIABLE);
	ck_assert_int_eq(proof.signatures[0].state, DW_SIGNATURE_NOT_TRIED);
	ring.n_keys = 0;
	ring.too_many = true;
	snprintf(answer, sizeof(answer), A_WWW "%s", rrsig);
	proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.signatures[0].state, DW_SIGNATURE_NOT_TRIED);
	ring.n_keys = 1;
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(rrsig);
}
END_TEST

START_TEST(the_right_key_is_found_among_others_of_its_tag)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = 8, .flags = 256};
	struct dw_signer *signer = dw_signer_new(&plan);
	char *signed_answer = dw_signer_sign(signer, A_WWW, NULL);

	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	/* The ring of a zone with two equal keys but for the case that one is broken. */
	struct dw_keyring_key *copy = &ring.keys[1];
	*copy = ring.keys[0];
	copy->rdata = malloc(copy->rdata_length);
	ck_assert_ptr_nonnull(copy->rdata);
	memcpy(copy->rdata, ring.keys[0].rdata, copy->rdata_length);
	ring.keys[0].rdata[20] ^= 1;
	ring.n_keys = 2;
	struct dw_proof proof = dw_prove(&ring, signed_answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, DW_SECURE);
	ck_assert_int_eq(proof.signatures[0].key, 1);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(signed_answer);
}
END_TEST

START_TEST(every_state_has_its_words)
{
	for (int a = DW_SIGNATURE_GOOD; a <= DW_SIGNATURE_NOT_TRIED; a++) {
		for (int b = DW_SIGNATURE_GOOD; b < a; b++)
			ck_assert_str_ne(dw_signature_state_text((enum dw_signature_state)a),
				dw_signature_state_text((enum dw_signature_state)b));
	}
	ck_assert_str_eq(dw_security_text(DW_SECURE), "secure");
	ck_assert_str_eq(dw_security_text(DW_BOGUS), "bogus");
	ck_assert_str_eq(dw_security_text(DW_UNSIGNED), "unsigned");
	ck_assert_str_eq(dw_security_text(DW_UNVERIFIABLE), "unverifiable");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rules_many");
	TCase *several = tcase_create("several signatures"), *bounds = tcase_create("bounds");

	tcase_add_loop_test(several, one_good_signature_suffices_and_the_best_is_named, 0, DW_ROWS(sets));
	tcase_add_test(several, an_rrset_without_signature_is_unsigned);
	tcase_add_loop_test(
		several, a_revoked_key_may_sign_its_rrset_but_vouches_for_nothing, 0, DW_ROWS(revocations));
	tcase_add_test(several, a_revoked_key_does_not_sign_other_rrsets_even_beside_a_good_one);
	tcase_add_loop_test(several, an_expanded_nsec_is_no_proof_of_absence, 0, DW_ROWS(sections));
	tcase_add_test(several, every_state_has_its_words);
	suite_add_tcase(suite, several);
	tcase_add_test(bounds, forty_keys_of_one_tag_and_forty_signatures_stay_within_bounds);
	tcase_add_test(bounds, as_many_keys_of_one_tag_as_are_tried_make_the_signature_wrong);
	tcase_add_test(bounds, a_budget_is_never_overdrawn);
	tcase_add_test(bounds, more_records_or_keys_than_are_looked_at_are_not_called_bogus);
	tcase_add_test(bounds, the_right_key_is_found_among_others_of_its_tag);
	suite_add_tcase(suite, bounds);
	return dw_suite_run(suite);
}
