#include "dns/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/prove.h"
#include "support/signer.h"
#include "support/suite.h"

#define NOW       DW_SIGNER_NOW
#define YEAR_2038 2147483648
#define YEAR_2106 4294967296
#define A_WWW     "www.example. 3600 IN A 192.0.2.1\n"

/* An RRset as it was signed and as it is served, by a key of the zone `apex`, and the verdict. */
static const struct {
	const char *name;
	const char *apex; /* NULL: example. */
	struct dw_signer_plan key;
	struct dw_signer_terms terms;
	const char *signed_records;
	const char *served; /* NULL: as signed */
	const char *owner;
	uint16_t type;
	dw_moment now; /* 0: NOW */
	enum dw_signature_state state;
	bool wildcard;
} rows[] = {
	{.name = "all in order", .signed_records = A_WWW, .owner = "www.example."},
	{.name = "case of the owner",
		.signed_records = A_WWW,
		.served = "WWW.Example. 3600 IN A 192.0.2.1\n",
		.owner = "www.example."},
	{.name = "case of names in RDATA",
		.signed_records = "example. 3600 IN MX 10 mail.example.\n",
		.served = "example. 3600 IN MX 10 Mail.EXAMPLE.\n",
		.owner = "example.",
		.type = DW_TYPE_MX},
	{.name = "order and duplicates",
		.signed_records = A_WWW "www.example. 3600 IN A 192.0.2.9\n",
		.served = "www.example. 3600 IN A 192.0.2.9\n" A_WWW "www.example. 3600 IN A 192.0.2.9\n",
		.owner = "www.example."},
	{.name = "TTL counted down",
		.signed_records = A_WWW,
		.served = "www.example. 60 IN A 192.0.2.1\n",
		.owner = "www.example."},
	{.name = "another original TTL, signed",
		.terms = {.original_ttl = 7},
		.signed_records = A_WWW,
		.owner = "www.example."},
	{.name = "the root",
		.apex = ".",
		.signed_records = ". 3600 IN NS a.root.\n",
		.owner = ".",
		.type = DW_TYPE_NS},
	{.name = "signer's name",
		.terms = {.signer = "sub.example."},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_SIGNER},
	{.name = "owner outside the zone",
		.signed_records = "www.other. 3600 IN A 192.0.2.1\n",
		.owner = "www.other.",
		.state = DW_SIGNATURE_SIGNER},
	{.name = "DS of the zone by the zone itself",
		.signed_records = "example. 3600 IN DS 1 13 1 0000000000000000000000000000000000000000\n",
		.owner = "example.",
		.type = DW_TYPE_DS,
		.state = DW_SIGNATURE_SIGNER},
	{.name = "DS of a child",
		.signed_records = "sub.example. 3600 IN DS 1 13 1 0000000000000000000000000000000000000000\n",
		.owner = "sub.example.",
		.type = DW_TYPE_DS},
	{.name = "labels above the owner's",
		.terms = {.labels = 3 + 1},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_LABELS},
	{.name = "labels above those of a wildcard",
		.terms = {.labels = 2 + 1},
		.signed_records = "*.example. 3600 IN A 192.0.2.1\n",
		.owner = "*.example.",
		.state = DW_SIGNATURE_LABELS},
	{.name = "labels below the apex's",
		.terms = {.owner = "www.example."},
		.signed_records = "*. 3600 IN A 192.0.2.1\n",
		.served = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_LABELS},
	{.name = "wildcard expanded",
		.terms = {.owner = "a.b.example."},
		.signed_records = "*.example. 3600 IN A 192.0.2.1\n",
		.served = "a.b.example. 3600 IN A 192.0.2.1\n",
		.owner = "a.b.example.",
		.wildcard = true},
	{.name = "wildcard expanded to a wildcard",
		.terms = {.owner = "*.b.example."},
		.signed_records = "*.example. 3600 IN A 192.0.2.1\n",
		.served = "*.b.example. 3600 IN A 192.0.2.1\n",
		.owner = "*.b.example.",
		.wildcard = true},
	{.name = "wildcard of the root",
		.apex = ".",
		.terms = {.owner = "a."},
		.signed_records = "*. 3600 IN A 192.0.2.1\n",
		.served = "a. 3600 IN A 192.0.2.1\n",
		.owner = "a.",
		.wildcard = true},
	{.name = "wildcard asked for literally",
		.signed_records = "*.example. 3600 IN A 192.0.2.1\n",
		.owner = "*.example."},
	{.name = "NSEC of a wildcard, where it was asked for",
		.terms = {.owner = "a.example."},
		.signed_records = "*.example. 3600 IN NSEC b.example. A RRSIG NSEC\n",
		.served = "a.example. 3600 IN NSEC b.example. A RRSIG NSEC\n",
		.owner = "a.example.",
		.type = DW_TYPE_NSEC,
		.wildcard = true},
	{.name = "NSEC3 that is an expansion",
		.terms = {.owner = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example."},
		.signed_records = "*.example. 3600 IN NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A RRSIG\n",
		.served = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN NSEC3 1 0 0 - "
				  "2t7b4g4vsa5smi47k61mv5bv1a22bojr A RRSIG\n",
		.owner = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.",
		.type = DW_TYPE_NSEC3,
		.state = DW_SIGNATURE_LABELS,
		.wildcard = true},
	{.name = "algorithm unknown",
		.terms = {.algorithm = 200},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_UNSUPPORTED},
	{.name = "last second", .terms = {.expiration = NOW}, .signed_records = A_WWW, .owner = "www.example."},
	{.name = "a second too late",
		.terms = {.expiration = NOW - 1},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_EXPIRED},
	{.name = "first second", .terms = {.inception = NOW}, .signed_records = A_WWW, .owner = "www.example."},
	{.name = "a second too early",
		.terms = {.inception = NOW + 1},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NOT_YET_VALID},
	{.name = "never valid, in the past",
		.terms = {.inception = NOW - 5, .expiration = NOW - 6},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NEVER_VALID},
	{.name = "never valid, in the future",
		.terms = {.inception = NOW + 6, .expiration = NOW + 5},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NEVER_VALID},
	{.name = "across 2038",
		.terms = {.inception = YEAR_2038 - 9, .expiration = YEAR_2038 + 9},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.now = YEAR_2038 + 1},
	{.name = "after 2106",
		.terms = {.inception = YEAR_2106 + 100, .expiration = YEAR_2106 + 900},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.now = YEAR_2106 + 500},
	{.name = "expired after 2106",
		.terms = {.inception = YEAR_2106 + 100, .expiration = YEAR_2106 + 900},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.now = YEAR_2106 + 901,
		.state = DW_SIGNATURE_EXPIRED},
	{.name = "not yet valid before 2106",
		.terms = {.inception = YEAR_2106 + 100, .expiration = YEAR_2106 + 900},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.now = YEAR_2106 - 500,
		.state = DW_SIGNATURE_NOT_YET_VALID},
	{.name = "key tag",
		.terms = {.key_tag = 1},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NO_KEY},
	{.name = "algorithm of another key",
		.terms = {.algorithm = 15},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NO_KEY},
	{.name = "ZONE flag clear",
		.key = {.flags = 1},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NOT_ZONE_KEY},
	{.name = "protocol 2",
		.key = {.protocol = 2},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_NOT_ZONE_KEY},
	{.name = "revoked key",
		.key = {.flags = 0x0181},
		.signed_records = A_WWW,
		.owner = "www.example.",
		.state = DW_SIGNATURE_REVOKED_KEY},
	{.name = "other data",
		.signed_records = A_WWW,
		.served = "www.example. 3600 IN A 192.0.2.2\n",
		.owner = "www.example.",
		.state = DW_SIGNATURE_WRONG},
	{.name = "a record more",
		.signed_records = A_WWW,
		.served = A_WWW "www.example. 3600 IN A 192.0.2.2\n",
		.owner = "www.example.",
		.state = DW_SIGNATURE_WRONG},
	{.name = "the wildcard's signature under a name that is none",
		.terms = {.owner = "a.example.", .labels = 2 + 1},
		.signed_records = "*.example. 3600 IN A 192.0.2.1\n",
		.served = "a.example. 3600 IN A 192.0.2.1\n",
		.owner = "a.example.",
		.state = DW_SIGNATURE_WRONG},
	{.name = "NSEC's next name keeps its case",
		.signed_records = "example. 3600 IN NSEC a.example. A RRSIG NSEC\n",
		.served = "example. 3600 IN NSEC A.example. A RRSIG NSEC\n",
		.owner = "example.",
		.type = DW_TYPE_NSEC,
		.state = DW_SIGNATURE_WRONG},
};

static struct dw_keyring ring;

/* Makes the key of a row, its ring and its signature, and proves what is served. */
static struct dw_proof prove_row(int row)
{
	struct dw_signer_plan plan = rows[row].key;
	const char *served = rows[row].served != NULL ? rows[row].served : rows[row].signed_records;
	char answer[2048];

	plan.owner = rows[row].apex != NULL ? rows[row].apex : "example.";
	plan.algorithm = 13;
	plan.flags = plan.flags != 0 ? plan.flags : 257;
	struct dw_signer *signer = dw_signer_new(&plan);
	char *rrsig = dw_signer_rrsig(signer, rows[row].signed_records, &rows[row].terms);
	snprintf(answer, sizeof(answer), "%s%s", served, rrsig);
	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, answer, rows[row].owner,
		rows[row].type != 0 ? rows[row].type : DW_TYPE_A, rows[row].now != 0 ? rows[row].now : NOW);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(rrsig);
	return proof;
}

START_TEST(a_signature_is_good_or_fails_by_the_first_rule_it_breaks)
{
	static const enum dw_security securities[] = {
		[DW_SIGNATURE_GOOD] = DW_SECURE, [DW_SIGNATURE_UNSUPPORTED] = DW_UNVERIFIABLE};
	enum dw_signature_state state = rows[_i].state;
	bool listed = state == DW_SIGNATURE_GOOD || state == DW_SIGNATURE_UNSUPPORTED;
	struct dw_proof proof = prove_row(_i);

	ck_assert_uint_eq(proof.n_signatures, 1);
	ck_assert_msg(proof.signatures[0].state == state, "%s: %s", rows[_i].name,
		dw_signature_state_text(proof.signatures[0].state));
	ck_assert_int_eq(proof.security, listed ? securities[state] : DW_BOGUS);
	ck_assert_int_eq(proof.best, 0);
	if (state == DW_SIGNATURE_GOOD)
		ck_assert_msg(proof.wildcard == rows[_i].wildcard, "%s", rows[_i].name);
}
END_TEST

START_TEST(a_signature_tells_what_it_says)
{
	struct dw_proof proof = prove_row(0);
	const struct dw_signature *signature = &proof.signatures[0];
	struct dw_name example = dw_name_make("example.");

	ck_assert_uint_eq(signature->type_covered, DW_TYPE_A);
	ck_assert_uint_eq(signature->algorithm, 13);
	ck_assert_uint_eq(signature->labels, 2);
	ck_assert_uint_eq(signature->original_ttl, 3600);
	ck_assert_int_eq(signature->inception, DW_SIGNER_INCEPTION);
	ck_assert_int_eq(signature->expiration, DW_SIGNER_EXPIRATION);
	ck_assert(dw_name_equal(&signature->signer, &example));
	ck_assert_int_eq(signature->key, 0);
	ck_assert(signature->sep);
}
END_TEST

/* Changes to the text of a good RRSIG, and the security of the A RRset of www.example. beside it. */
static const struct {
	const char *from, *to;
	enum dw_security security;
} edits[] = {
	{"RRSIG", "RRSIG", DW_SECURE},
	{"IN\tRRSIG", "CH\tRRSIG", DW_UNSIGNED},
	{"www.", "ftp.", DW_UNSIGNED},
	{"RRSIG\tA", "RRSIG\tAAAA", DW_UNSIGNED},
	{"13 2 3600", "13 2 3601", DW_BOGUS},
	{"13 2 3600", "13 1 3600", DW_BOGUS},
	{"20270115080000", "20270115080001", DW_BOGUS},
	{"20231114221320", "20231114221319", DW_BOGUS},
	{" example.", " Example.", DW_SECURE},
};

START_TEST(a_signature_counts_for_its_owner_class_type_and_fields_only)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = 13, .flags = 256};
	struct dw_signer *signer = dw_signer_new(&plan);
	char *rrsig = dw_signer_rrsig(signer, A_WWW, NULL), answer[2048];
	char *at = strstr(rrsig, edits[_i].from);

	ck_assert_ptr_nonnull(at);
	snprintf(answer, sizeof(answer), A_WWW "%.*s%s%s", (int)(at - rrsig), rrsig, edits[_i].to,
		at + strlen(edits[_i].from));
	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, edits[_i].security);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(rrsig);
}
END_TEST

static const uint8_t algorithms[] = {5, 7, 8, 10, 13, 14, 15, 16};

START_TEST(what_ldns_signs_is_good_in_every_algorithm)
{
	struct dw_signer_plan plan = {.owner = "example.", .algorithm = algorithms[_i], .flags = 256};
	struct dw_signer *signer = dw_signer_new(&plan);
	char *answer = dw_signer_sign(signer, A_WWW "www.example. 3600 IN A 192.0.2.2\n", NULL);

	dw_keyring_make(dw_signer_dnskey(signer), &ring);
	struct dw_proof proof = dw_prove(&ring, answer, "www.example.", DW_TYPE_A, NOW);
	ck_assert_int_eq(proof.security, DW_SECURE);
	ck_assert(!proof.signatures[0].sep);
	dw_keyring_fini(&ring);
	dw_signer_free(signer);
	free(answer);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rules");
	TCase *one = tcase_create("one signature");

	tcase_add_loop_test(one, a_signature_is_good_or_fails_by_the_first_rule_it_breaks, 0, DW_ROWS(rows));
	tcase_add_test(one, a_signature_tells_what_it_says);
	tcase_add_loop_test(one, a_signature_counts_for_its_owner_class_type_and_fields_only, 0, DW_ROWS(edits));
	tcase_add_loop_test(one, what_ldns_signs_is_good_in_every_algorithm, 0, DW_ROWS(algorithms));
	suite_add_tcase(suite, one);
	return dw_suite_run(suite);
}
