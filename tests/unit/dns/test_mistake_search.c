#include "dns/mistake_search.h"

#include <string.h>

#include "dns/dsset.h"
#include "dns/rdata.h"
#include "support/message.h"
#include "support/suite.h"

static const uint8_t rdata[] = {1, 1, 3, 13, 'f', 'o', 'o', 'b', 'a', 'r', 7, 7};

/* A zone with one key, records that were made of it, and a search for what they are. */
struct bench {
	struct dw_name owner;
	struct dw_mistake_key key;
	struct dw_mistake_question question;
	struct dw_slip_input input;
	struct dw_mistake_attempt attempt;
	struct dw_ds_fact ds[2];
	struct dw_mistake mistakes[2];
	struct dw_mistake_search search;
};

static void begin(struct bench *bench, uint8_t type)
{
	*bench = (struct bench){.owner = dw_name_make("example.org"),
		.key = {.origin = DW_MISTAKE_DNSKEY, .signs = true, .rdata = {rdata, sizeof(rdata)}}};
	bench->question = (struct dw_mistake_question){&bench->owner, NULL, NULL, 1, &bench->key};
	ck_assert(dw_slip_input(&bench->owner, rdata, sizeof(rdata), &bench->input));
	bench->attempt =
		(struct dw_mistake_attempt){.key_tag = dw_key_tag(rdata, sizeof(rdata)), .right = &bench->input};
	for (unsigned i = 0; i < 2; i++)
		ck_assert_int_eq(dw_ds_make(&bench->owner, bench->key.rdata, type, &bench->ds[i]), DW_OK);
}

static void start(struct bench *bench, unsigned n_ds)
{
	dw_mistake_search_begin(&bench->search, &bench->question, bench->ds, n_ds, bench->mistakes);
}

/* What is done to a digest, and the word that follows. */
static const struct {
	uint8_t type;
	unsigned lost; /* octets from its front */
	bool turned;
	const char *word;
} forms[] = {
	{1, 0, false, "none"},
	{2, 0, false, "none"},
	{4, 0, false, "none"},
	{2, 0, true, "byte-order"},
	{2, 5, false, "digest-length"},
	{4, 9, false, "digest-length"},
};

START_TEST(each_form_of_a_digest_is_found_by_its_first_octet_or_without_it)
{
	struct bench bench;

	begin(&bench, forms[_i].type);
	struct dw_ds_fact *ds = &bench.ds[0];
	ds->digest_length = (uint8_t)(ds->digest_length - forms[_i].lost);
	memmove(ds->digest, ds->digest + forms[_i].lost, ds->digest_length);
	for (unsigned i = 0; forms[_i].turned && i < ds->digest_length; i++)
		ds->digest[i] = bench.ds[1].digest[ds->digest_length - 1 - i];
	start(&bench, 1);
	/* Nothing is left to be found. */
	ck_assert(!dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert(bench.mistakes[0].proven);
	ck_assert_str_eq(bench.mistakes[0].word, forms[_i].word);
	ck_assert_uint_eq(bench.search.n_left, 0);
}
END_TEST

START_TEST(a_tag_that_is_neither_is_for_rounds_that_take_any)
{
	struct bench bench;

	begin(&bench, 2);
	bench.ds[0].key_tag ^= 1;
	start(&bench, 1);
	ck_assert(dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert_uint_eq(bench.search.n_hashes, 0);
	bench.search.round.any_tag = true;
	ck_assert(!dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert_str_eq(bench.mistakes[0].word, "wrong-tag");
}
END_TEST

START_TEST(only_likely_digests_are_made_where_much_is_tried)
{
	struct bench bench;

	begin(&bench, 2);
	bench.ds[0].digest[0] ^= 1;
	start(&bench, 1);
	ck_assert(dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert_uint_eq(bench.search.n_hashes, 3);
	bench.search.round.likely_types = true;
	ck_assert(dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert_uint_eq(bench.search.n_hashes, 4);
}
END_TEST

START_TEST(a_tag_is_wanted_until_all_records_with_it_are_explained)
{
	struct bench bench;

	begin(&bench, 2);
	bench.ds[1].digest[0] ^= 1;
	start(&bench, 2);
	ck_assert(dw_mistake_search_knows_tag(&bench.search, bench.attempt.key_tag));
	ck_assert(!dw_mistake_search_knows_tag(&bench.search, (uint16_t)(bench.attempt.key_tag ^ 8)));
	ck_assert(dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert(bench.mistakes[0].proven && dw_mistake_search_wants_tag(&bench.search, bench.attempt.key_tag));
	bench.mistakes[1].proven = true;
	ck_assert(!dw_mistake_search_wants_tag(&bench.search, bench.attempt.key_tag));
}
END_TEST

START_TEST(the_bound_ends_a_search)
{
	struct bench bench;

	begin(&bench, 2);
	start(&bench, 1);
	bench.search.n_hashes = DW_MISTAKE_HASHES_MAX;
	ck_assert(!dw_mistake_search_try(&bench.search, &bench.attempt, &bench.input));
	ck_assert(!bench.mistakes[0].proven);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mistake_search");
	TCase *test = tcase_create("mistake_search");

	tcase_add_loop_test(
		test, each_form_of_a_digest_is_found_by_its_first_octet_or_without_it, 0, DW_ROWS(forms));
	tcase_add_test(test, a_tag_that_is_neither_is_for_rounds_that_take_any);
	tcase_add_test(test, only_likely_digests_are_made_where_much_is_tried);
	tcase_add_test(test, a_tag_is_wanted_until_all_records_with_it_are_explained);
	tcase_add_test(test, the_bound_ends_a_search);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
