#include "dns/denial.h"

#include "support/message.h"
#include "support/prove.h"
#include "support/rfc.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;
static struct dw_keyring ring;

START_TEST(the_examples_of_the_rfcs_prove_what_they_say)
{
	const struct dw_rfc_answer *example = &dw_rfc_answers[_i];
	struct dw_message_text text = {
		.bits = DW_BIT_QR | DW_BIT_AA, .answer = example->answer, .authority = example->authority};
	struct dw_name name = dw_name_make(example->name);
	struct dw_denial_records records;

	if (!example->denies)
		return;
	dw_message_make(&text, wire, &message);
	dw_keyring_make(example->keys, &ring);
	ck_assert_uint_eq(dw_prove_all(&ring, &message, example->now, &records), 0);
	struct dw_denial denial =
		dw_denial_judge(&records, example->claim, &name, example->type, example->labels);
	ck_assert_msg(
		denial.result == example->result, "%s: %s", example->section, dw_denial_text(denial.result));
	dw_keyring_fini(&ring);
}
END_TEST

#define NSEC_A "a.example. 3600 IN NSEC c.example. A RRSIG NSEC\n"
#define NSEC3_A                                                                                              \
	"6cd522290vma0nr8lqu1ivtcofj94rga.example. 3600 IN NSEC3 1 0 0 - 6cd522290vma0nr8lqu1ivtcofj94rgb A\n"

static const struct {
	const char *zone, *authority, *name;
	uint16_t type;
	enum dw_denial_result result;
	bool nsec3;
} mixtures[] = {
	{"example.", "", "a.example.", 28, DW_DENIAL_NO_RECORDS, false},
	{"example.", NSEC_A, "a.example.", 28, DW_DENIAL_NO_DATA, false},
	{"example.", NSEC_A NSEC3_A, "a.example.", 1, DW_DENIAL_TYPE_EXISTS, false},
	{"example.", NSEC_A NSEC3_A, "d.example.", 1, DW_DENIAL_NAME_NOT_COVERED, false},
	{"example.", NSEC3_A, "d.example.", 1, DW_DENIAL_NAME_NOT_COVERED, true},
	/* A name of another zone is nobody's to deny. */
	{"sub.example.", NSEC_A, "a.example.", 28, DW_DENIAL_NAME_NOT_COVERED, false},
};

START_TEST(records_of_both_kinds_are_judged_each_by_itself)
{
	struct dw_claim_text text = {.zone = mixtures[_i].zone,
		.authority = mixtures[_i].authority,
		.claim = DW_CLAIM_NODATA,
		.name = mixtures[_i].name,
		.type = mixtures[_i].type};
	struct dw_denial denial = dw_denial_of(&text);

	ck_assert_int_eq(denial.result, mixtures[_i].result);
	ck_assert_int_eq(denial.nsec3, mixtures[_i].nsec3);
}
END_TEST

START_TEST(nsec3_of_a_zone_in_transition_proves_what_nsec_does_not)
{
	struct dw_claim_text text = {.zone = "example.",
		.authority = "b.example. 3600 IN NSEC c.example. A RRSIG NSEC\n"
					 "35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 IN NSEC3 1 1 12 aabbccdd "
					 "b4um86eghhds6nea196smvmlo4ors995 NS RRSIG\n",
		.claim = DW_CLAIM_NO_DS,
		.name = "a.example.",
		.type = DW_TYPE_DS};
	struct dw_denial denial = dw_denial_of(&text);

	ck_assert_int_eq(denial.result, DW_DENIAL_UNSIGNED_DELEGATION);
	ck_assert(denial.nsec3);
	ck_assert_uint_eq(denial.iterations, 12);
	ck_assert_uint_eq(denial.salt_length, 4);
}
END_TEST

static const struct {
	enum dw_denial_result result;
	bool proven;
} results[] = {
	{DW_DENIAL_NAME_ERROR, true},
	{DW_DENIAL_NO_DATA, true},
	{DW_DENIAL_EMPTY_NON_TERMINAL, true},
	{DW_DENIAL_WILDCARD_NO_DATA, true},
	{DW_DENIAL_WILDCARD_ANSWER, true},
	{DW_DENIAL_UNSIGNED_DELEGATION, true},
	{DW_DENIAL_OPT_OUT, true},
	{DW_DENIAL_NO_RECORDS, false},
	{DW_DENIAL_NAME_NOT_COVERED, false},
	{DW_DENIAL_WILDCARD_NOT_COVERED, false},
	{DW_DENIAL_TYPE_EXISTS, false},
	{DW_DENIAL_NAME_EXISTS, false},
	{DW_DENIAL_NOT_A_DELEGATION, false},
	{DW_DENIAL_PARENT_SIDE, false},
	{DW_DENIAL_ITERATIONS, false},
	{DW_DENIAL_UNKNOWN_HASH, false},
	{DW_DENIAL_PARAMETERS_DIFFER, false},
};

START_TEST(a_result_is_proven_or_not_and_has_its_words)
{
	ck_assert_int_eq(dw_denial_proven(results[_i].result), results[_i].proven);
	for (int other = 0; other < _i; other++)
		ck_assert_str_ne(dw_denial_text(results[_i].result), dw_denial_text(results[other].result));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/denial");
	TCase *proofs = tcase_create("proofs");

	tcase_add_loop_test(proofs, the_examples_of_the_rfcs_prove_what_they_say, 0, (int)dw_rfc_n_answers);
	tcase_add_loop_test(proofs, records_of_both_kinds_are_judged_each_by_itself, 0, DW_ROWS(mixtures));
	tcase_add_test(proofs, nsec3_of_a_zone_in_transition_proves_what_nsec_does_not);
	tcase_add_loop_test(proofs, a_result_is_proven_or_not_and_has_its_words, 0, DW_ROWS(results));
	suite_add_tcase(suite, proofs);
	return dw_suite_run(suite);
}
