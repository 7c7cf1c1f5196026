#include "dns/mistake_text.h"

#include "dns/damage.h"
#include "dns/dsset.h"
#include "dns/rdata.h"
#include "support/message.h"
#include "support/suite.h"

#define KEY 260 /* octets of a public key: 347 characters */

/* A zone with one key, a record, and a search for what it is. */
struct bench {
	struct dw_name owner, upper;
	uint8_t rdata[4 + KEY];
	struct dw_mistake_key key;
	struct dw_mistake_question question;
	struct dw_slip_input input;
	struct dw_mistake_attempt attempt;
	struct dw_ds_fact ds;
	struct dw_mistake mistake;
	struct dw_mistake_search search;
};

static void begin(struct bench *bench)
{
	*bench = (struct bench){
		.owner = dw_name_make("example.org"), .upper = dw_name_make("EXAMPLE.ORG"), .rdata = {1, 1, 3, 8}};
	for (unsigned i = 0; i < KEY; i++)
		bench->rdata[4 + i] = (uint8_t)(i * i + 11 * i + 5);
	bench->key = (struct dw_mistake_key){DW_MISTAKE_DNSKEY, true, {bench->rdata, sizeof(bench->rdata)}};
	bench->question = (struct dw_mistake_question){&bench->owner, NULL, NULL, 1, &bench->key};
	ck_assert(dw_slip_input(&bench->owner, bench->rdata, sizeof(bench->rdata), &bench->input));
	bench->attempt = (struct dw_mistake_attempt){
		.key_tag = dw_key_tag(bench->rdata, sizeof(bench->rdata)), .right = &bench->input};
}

/* What happened to the key, and in which step it is found. */
struct row {
	unsigned n;         /* characters that are left of the text */
	uint8_t algorithm;  /* that was put in */
	uint16_t flags;     /* likewise */
	bool upper;         /* the owner in capitals */
	bool own_tag;       /* the tag that comes of it, or that of the key */
	uint16_t other_tag; /* added to it */
	enum dw_mistake_step step;
	const char *second;
};

static const struct row rows[] = {
	{64, 8, 257, false, true, 0, DW_MISTAKE_STEP_OWN_TAG, NULL},
	{62, 8, 257, false, true, 0, DW_MISTAKE_STEP_OWN_TAG, NULL},
	{62, 8, 257, true, true, 0, DW_MISTAKE_STEP_OWN_TAG, "owner-case"},
	{62, 13, 257, false, true, 0, DW_MISTAKE_STEP_OWN_TAG, "wrong-algorithm"},
	{62, 1, 257, false, true, 0, DW_MISTAKE_STEP_OWN_TAG, "wrong-algorithm"},
	{62, 8, 256, false, true, 0, DW_MISTAKE_STEP_OWN_TAG, "flags-changed"},
	{64, 8, 257, false, false, 0, DW_MISTAKE_STEP_USUAL, NULL},
	{64, 8, 257, true, false, 0, DW_MISTAKE_STEP_USUAL_PAIRS, "owner-case"},
	{64, 13, 257, false, false, 0, DW_MISTAKE_STEP_USUAL_PAIRS, "wrong-algorithm"},
	{64, 8, 256, false, false, 0, DW_MISTAKE_STEP_USUAL_PAIRS, "flags-changed"},
	{62, 8, 257, false, false, 0, DW_MISTAKE_STEP_ALL, NULL},
	{62, 8, 257, true, false, 0, DW_MISTAKE_STEP_ALL_PAIRS, "owner-case"},
	{64, 8, 257, false, true, 1, DW_MISTAKE_STEP_ANY_TAG, "wrong-tag"},
	{62, 8, 257, false, true, 1, DW_MISTAKE_STEP_ALL_ANY_TAG, "wrong-tag"},
};

/* Makes the record with a hash of its own, and not by the table of slips. */
static void publish(struct bench *bench, const struct row *row)
{
	struct dw_slip_input input = bench->input;
	size_t length;

	ck_assert(dw_damage_cut_behind(NULL, row->n, 0, &input));
	input.rdata[0] = (uint8_t)(row->flags >> 8);
	input.rdata[1] = (uint8_t)row->flags;
	input.rdata[3] = row->algorithm;
	const struct dw_octets pieces[] = {
		{row->upper ? bench->upper.wire : bench->owner.wire, bench->owner.length},
		{input.rdata, input.rdata_length}};
	bench->ds = (struct dw_ds_fact){.algorithm = row->algorithm,
		.digest_type = 2,
		.key_tag = (uint16_t)(row->other_tag +
			(row->own_tag ? dw_key_tag(input.rdata, input.rdata_length) : bench->attempt.key_tag))};
	ck_assert_int_eq(dw_digest(2, pieces, 2, bench->ds.digest, &length), DW_OK);
	bench->ds.digest_length = (uint8_t)length;
	dw_mistake_search_begin(&bench->search, &bench->question, &bench->ds, 1, &bench->mistake);
}

START_TEST(a_damaged_text_is_found_in_its_step_with_its_second_slip)
{
	const struct row *row = &rows[_i];
	struct bench bench;

	begin(&bench);
	publish(&bench, row);
	for (int step = DW_MISTAKE_STEP_OWN_TAG; step <= DW_MISTAKE_STEP_ALL_ANY_TAG; step++) {
		/* A step for all damages finds what one for the usual ones finds. */
		if (step == (int)row->step || (step > (int)row->step && !row->own_tag) ||
			(step >= DW_MISTAKE_STEP_ANY_TAG && row->own_tag))
			continue;
		ck_assert(dw_mistake_text_try(&bench.search, &bench.attempt, (enum dw_mistake_step)step));
		ck_assert(!bench.mistake.proven);
	}
	ck_assert(!dw_mistake_text_try(&bench.search, &bench.attempt, row->step));
	ck_assert(bench.mistake.proven);
	ck_assert_str_eq(bench.mistake.word, "base64-cut");
	ck_assert_pstr_eq(bench.mistake.second, row->second);
}
END_TEST

START_TEST(a_record_of_another_tag_costs_few_digests)
{
	struct bench bench;

	begin(&bench);
	publish(&bench, &rows[0]);
	bench.ds.digest[0] ^= 1;
	bench.ds.key_tag ^= 21;
	dw_mistake_search_begin(&bench.search, &bench.question, &bench.ds, 1, &bench.mistake);
	for (int step = DW_MISTAKE_STEP_OWN_TAG; step < DW_MISTAKE_STEP_ANY_TAG; step++)
		ck_assert(dw_mistake_text_try(&bench.search, &bench.attempt, (enum dw_mistake_step)step));
	ck_assert_uint_lt(bench.search.n_hashes, 100);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mistake_text");
	TCase *test = tcase_create("mistake_text");

	tcase_add_loop_test(test, a_damaged_text_is_found_in_its_step_with_its_second_slip, 0, DW_ROWS(rows));
	tcase_add_test(test, a_record_of_another_tag_costs_few_digests);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
