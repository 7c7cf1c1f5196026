#include "dns/dsroll.h"

#include "support/cutcase.h"
#include "support/suite.h"

static void second_standby(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, false, false);
}

static void double_ksk(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, false);
}

static void double_ds(struct dw_cutcase *trial)
{
	second_standby(trial);
	dw_cutcase_ds_of_both(trial);
}

static void both_sign(struct dw_cutcase *trial)
{
	double_ksk(trial);
	dw_cutcase_ds_of_both(trial);
}

static void algorithms(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 14, true, false);
	dw_cutcase_ds_of_both(trial);
}

static void sha1(struct dw_cutcase *trial)
{
	dw_cutcase_rewrite(
		dw_cutcase_parent(trial), "example.org DS", dw_signer_ds(dw_cutcase_zone(trial)->ksk, 1));
}

static void child_differs(struct dw_cutcase *trial)
{
	struct dw_realm *other = dw_realm_new(NULL, NULL);

	dw_realm_replace(trial->realm, DW_REALM_ZONE_B, other->places[DW_REALM_ZONE_A].authority);
	other->places[DW_REALM_ZONE_A].authority = other->places[DW_REALM_ZONE_B].authority = NULL;
	dw_realm_free(other);
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, sha1, "sha1-only WARNING", true, 1, 1},
	{NULL, NULL, child_differs, "old-key CRITICAL, servers-differ WARNING", false, 1, 0},
	{NULL, NULL, second_standby, "standby OK", true, 1, 1},
	{NULL, NULL, double_ksk, "roll-over OK", true, 1, 1},
	{NULL, NULL, double_ds, "roll-over OK", true, 2, 1},
	{NULL, NULL, both_sign, "roll-over OK", true, 2, 2},
	{NULL, NULL, algorithms, "roll-over OK", true, 2, 2},
};

START_TEST(roll_overs_and_weak_sets_are_named)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

static const struct dw_cutcase_sentence sentences[] = {
	{both_sign, "roll-over in progress: DS for both "},
	{algorithms, "algorithm roll-over in progress: DS for both "},
	{double_ds, "is published and does not sign yet (double DS)"},
	{double_ksk, "has no DS yet, or no more (double KSK)"},
};

START_TEST(sentences_say_what_it_is_about)
{
	dw_cutcase_says(&sentences[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsroll");
	TCase *test = tcase_create("dsroll");

	tcase_add_loop_test(test, roll_overs_and_weak_sets_are_named, 0, DW_ROWS(cases));
	tcase_add_loop_test(test, sentences_say_what_it_is_about, 0, DW_ROWS(sentences));
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
