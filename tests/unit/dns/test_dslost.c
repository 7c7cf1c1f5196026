#include "dns/dslost.h"

#include <stdlib.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void orphan(struct dw_cutcase *trial)
{
	dw_cutcase_ds(trial, "example.org. 3600 IN DS 1 13 2 " ZEROS "\n");
}

/* The old key leaves, its DS stays, the new key signs. */
static void old_key_gone(struct dw_cutcase *trial)
{
	struct dw_authority *zone = dw_cutcase_zone(trial);
	struct dw_signer *first = zone->ksk;
	char *ds = dw_signer_ds(first, 2);

	zone->ksk =
		dw_signer_new(&(struct dw_signer_plan){.owner = "example.org.", .algorithm = 13, .flags = 257});
	dw_cutcase_rewrite(zone, "example.org DNSKEY",
		dw_cutcase_join(dw_signer_dnskey(zone->ksk), dw_signer_dnskey(zone->zsk)));
	dw_cutcase_rewrite(dw_cutcase_parent(trial), "example.org DS", ds);
	dw_signer_free(first);
}

/* The user gives a DS of a key that the zone does not have, and the key too. */
static void given_of_old_key(struct dw_cutcase *trial)
{
	static const uint8_t rdata[] = {1, 1, 3, 13, 7, 7, 7, 7};
	static const struct dw_octets key = {rdata, sizeof rdata};
	struct dw_name zone = dw_name_make("EXAMPLE.org");

	trial->plan->no_parent = true;
	trial->policy.given = true;
	trial->policy.n_keys = 1;
	trial->policy.keys = &key;
	trial->policy.n_ds = 1;
	ck_assert_int_eq(dw_ds_make(&zone, key, 2, &trial->policy.ds[0]), DW_OK);
}

/* The right DS, and the same with its digest reversed. */
static void reversed_beside(struct dw_cutcase *trial)
{
	struct dw_ds_fact right = dw_cutcase_right(trial), wrong = right;

	for (unsigned i = 0; i < right.digest_length; i++)
		wrong.digest[i] = right.digest[right.digest_length - 1 - i];
	char *line = dw_cutcase_line(&wrong);
	dw_cutcase_ds(trial, line);
	free(line);
}

static void other_label(struct dw_cutcase *trial)
{
	struct dw_ds_fact ds = dw_cutcase_right(trial);

	ds.digest_type = 250;
	dw_cutcase_rewrite(dw_cutcase_parent(trial), "example.org DS", dw_cutcase_line(&ds));
}

/* The user gives the right DS, and one of no key that the zone has. */
static void given_orphan(struct dw_cutcase *trial)
{
	trial->plan->no_parent = true;
	trial->policy.given = true;
	trial->policy.n_ds = 2;
	trial->policy.ds[0] = trial->policy.ds[1] = dw_cutcase_right(trial);
	trial->policy.ds[1].key_tag ^= 1;
	memset(trial->policy.ds[1].digest, 0, sizeof trial->policy.ds[1].digest);
}

/* The user gives octets that no digest of this type can be, and that were made of nothing known. */
static void given_short(struct dw_cutcase *trial)
{
	given_orphan(trial);
	trial->policy.n_ds = 1;
	trial->policy.ds[0] = trial->policy.ds[1];
	trial->policy.ds[0].digest_length = 20;
}

/* A DS of a key that CDS announces and that the zone lacks yet, alone. */
static void ahead(struct dw_cutcase *trial)
{
	dw_cutcase_rewrite(
		dw_cutcase_parent(trial), "example.org DS", strdup("example.org. 3600 IN DS 1 13 2 " ZEROS "\n"));
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, orphan, "roll-over OK", true, 2, 1},
	{NULL, NULL, given_orphan, "old-key WARNING", true, 2, 1},
	{NULL, NULL, reversed_beside, "byte-order WARNING", true, 2, 1},
	{NULL, NULL, other_label, "unsupported-digest WARNING, mislabelled-digest WARNING", false, 1, 0},
	{"example.org. 3600 IN DS 1 13 2 " ZEROS "\n", NULL, NULL, "old-key CRITICAL", false, 1, 0},
	{"example.org. 3600 IN DS 1 8 2 " ZEROS "\n", NULL, NULL, "garbled CRITICAL", false, 1, 0},
	{NULL, NULL, old_key_gone, "old-key CRITICAL", false, 1, 0},
	{NULL, NULL, given_of_old_key, "old-key CRITICAL", false, 1, 0},
	{NULL, NULL, given_short, "digest-length UNKNOWN", false, 1, 0},
	{NULL, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n", ahead, "cdnskey-only CRITICAL", false, 1, 0},
};

START_TEST(a_record_that_names_no_key_is_explained)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

static const struct dw_cutcase_sentence sentences[] = {
	{old_key_gone, "old key that a roll-over took away before its DS"},
	{orphan, "roll-over in progress: DS for both"},
};

START_TEST(sentences_say_where_the_key_may_be)
{
	dw_cutcase_says(&sentences[_i]);
}
END_TEST

static const struct dw_cutcase_offer offers[] = {
	{given_orphan, "; the right DS is there already: ", ""},
	{reversed_beside, "; the right DS is there already: ", "have this DS removed"},
	{old_key_gone, "; give the registrar this DS: ", "replace the DS"},
	{given_of_old_key, "; give the registrar this DS: ", "do not upload this DS"},
};

START_TEST(the_right_record_is_ready_to_be_pasted)
{
	dw_cutcase_offers(&offers[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dslost");
	TCase *test = tcase_create("dslost");

	tcase_add_loop_test(test, a_record_that_names_no_key_is_explained, 0, DW_ROWS(cases));
	tcase_add_loop_test(test, sentences_say_where_the_key_may_be, 0, DW_ROWS(sentences));
	tcase_add_loop_test(test, the_right_record_is_ready_to_be_pasted, 0, DW_ROWS(offers));
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
