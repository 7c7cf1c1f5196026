#include "dns/reason.h"

#include <string.h>

#include "dns/rdata.h"
#include "support/message.h"
#include "support/suite.h"

/* Two keys: the second is the one that a DS should name. */
static const uint8_t octets[2][12] = {
	{1, 0, 3, 8, 1, 2, 3, 4, 5, 6, 7, 8}, {1, 1, 3, 13, 1, 2, 3, 4, 5, 6, 7, 8}};

struct bench {
	struct dw_name owner;
	struct dw_mistake_key keys[2];
	struct dw_mistake_question question;
	struct dw_slip_input right;
	struct dw_likeness likeness;
	struct dw_ds_fact ds;
	struct dw_reason reason;
};

/* A reason without a slip: the DS of the first key. */
static void init(struct bench *bench)
{
	*bench = (struct bench){.owner = dw_name_make("example.org")};
	bench->keys[0].rdata = (struct dw_octets){octets[0], sizeof(octets[0])};
	bench->keys[1] = bench->keys[0];
	bench->keys[1].rdata.octets = octets[1];
	bench->keys[0].signs = bench->keys[1].signs = true;
	bench->question = (struct dw_mistake_question){.owner = &bench->owner, .n_keys = 2, .keys = bench->keys};
	ck_assert(dw_slip_input(&bench->owner, octets[0], sizeof(octets[0]), &bench->right));
	ck_assert_int_eq(dw_ds_make(&bench->owner, bench->keys[0].rdata, 2, &bench->ds), DW_OK);
	bench->likeness = (struct dw_likeness){.digest_type = 2, .length = 32};
	bench->reason = (struct dw_reason){.question = &bench->question,
		.ds = &bench->ds,
		.right = &bench->right,
		.likeness = &bench->likeness,
		.key_tag = bench->ds.key_tag,
		.algorithm = 8};
}

static struct dw_mistake prove(const struct bench *bench)
{
	struct dw_mistake mistake;

	dw_reason_prove(&bench->reason, &mistake);
	ck_assert(mistake.proven && mistake.key == 0);
	return mistake;
}

START_TEST(a_word_is_said_once_and_two_at_most)
{
	struct bench bench;

	init(&bench);
	bench.ds.algorithm = 5;
	bench.ds.digest_type = 1;
	bench.ds.key_tag ^= 1;
	bench.keys[0].signs = false;
	struct dw_mistake found = prove(&bench);
	ck_assert_str_eq(found.word, "wrong-algorithm");
	ck_assert_str_eq(found.second, "mislabelled-digest");
	ck_assert_ptr_nonnull(strstr(found.text, "; its digest is SHA-256, not SHA-1; its key tag is wrong"));
	ck_assert_ptr_nonnull(strstr(found.text, "; this key does not sign the DNSKEY RRset"));
}
END_TEST

START_TEST(a_key_that_does_not_serve_is_replaced_by_one_that_does)
{
	struct bench bench;

	init(&bench);
	struct dw_mistake found = prove(&bench);
	ck_assert_str_eq(found.word, "none");
	ck_assert(found.right_known && found.right.algorithm == 8);
	bench.keys[0].signs = false;
	found = prove(&bench);
	ck_assert_str_eq(found.word, "key-not-signing");
	ck_assert(found.right_known && found.right.algorithm == 13);
	bench.keys[1].signs = false;
	found = prove(&bench);
	ck_assert(!found.right_known);
}
END_TEST

static const struct {
	uint8_t published, right;
} types[] = {{1, 2}, {2, 2}, {4, 4}, {3, 2}, {0, 2}};

START_TEST(the_right_ds_is_of_a_digest_that_is_to_be_used)
{
	struct dw_mistake mistake;
	struct bench bench;

	init(&bench);
	bench.ds.digest_type = types[_i].published;
	dw_reason_class(&bench.question, &bench.ds, &mistake);
	ck_assert(!mistake.proven && mistake.right_known);
	ck_assert_uint_eq(mistake.right.digest_type, types[_i].right);
}
END_TEST

START_TEST(without_proof_a_known_tag_says_nothing)
{
	struct dw_mistake mistake;
	struct bench bench;

	init(&bench);
	dw_reason_class(&bench.question, &bench.ds, &mistake);
	ck_assert_str_eq(mistake.word, "garbled");
	bench.ds.key_tag ^= 1;
	dw_reason_class(&bench.question, &bench.ds, &mistake);
	ck_assert_str_eq(mistake.word, "old-key");
	bench.keys[0].origin = bench.keys[1].origin = DW_MISTAKE_CDNSKEY;
	dw_reason_class(&bench.question, &bench.ds, &mistake);
	ck_assert_str_eq(mistake.word, "no-dnskey");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reason");
	TCase *test = tcase_create("reason");

	tcase_add_test(test, a_word_is_said_once_and_two_at_most);
	tcase_add_test(test, a_key_that_does_not_serve_is_replaced_by_one_that_does);
	tcase_add_loop_test(test, the_right_ds_is_of_a_digest_that_is_to_be_used, 0, DW_ROWS(types));
	tcase_add_test(test, without_proof_a_known_tag_says_nothing);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
