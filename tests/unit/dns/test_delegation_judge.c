#include "dns/delegation_judge.h"

#include <stdlib.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

static void lame(struct dw_cutcase *trial)
{
	dw_authority_resign_all(dw_cutcase_zone(trial), NULL);
}

static void child_half_dead(struct dw_cutcase *trial)
{
	dw_realm_replace(trial->realm, DW_REALM_ZONE_B, NULL);
}

static void island(struct dw_cutcase *trial)
{
	trial->policy.expect = DW_EXPECT_ISLAND;
}

static void want_unsigned(struct dw_cutcase *trial)
{
	trial->policy.expect = DW_EXPECT_UNSIGNED;
}

static void want_unsigned_lame(struct dw_cutcase *trial)
{
	want_unsigned(trial);
	lame(trial);
}

static void given(struct dw_cutcase *trial)
{
	struct dw_anchor anchor = dw_realm_anchor(dw_cutcase_zone(trial));

	trial->plan->no_parent = true;
	trial->policy.given = true;
	trial->policy.n_ds = 1;
	trial->policy.ds[0] = anchor.ds;
}

static void given_wrong(struct dw_cutcase *trial)
{
	given(trial);
	trial->policy.ds[0].digest[3] ^= 255;
}

static const struct dw_delegation_stray stray = {.zone = {13, "\7example\3net"}, .n_records = 2, .line = 3};

static void given_more(struct dw_cutcase *trial)
{
	given(trial);
	trial->policy.n_strays = 1;
	trial->policy.strays = &stray;
}

static void given_other(struct dw_cutcase *trial)
{
	given_more(trial);
	trial->policy.n_ds = 0;
}

/* A DS to be uploaded is none that an island must not have. */
static void given_island(struct dw_cutcase *trial)
{
	given(trial);
	island(trial);
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, NULL, "", true, 1, 1},
	{"", NULL, NULL, "no-ds WARNING", false, 0, 0},
	{"", NULL, island, "", false, 0, 0},
	{"", NULL, want_unsigned, "unexpected WARNING", false, 0, 0},
	{NULL, NULL, island, "unexpected WARNING", true, 1, 1},
	{"", NULL, lame, "unsigned CRITICAL", false, 0, 0},
	{"", NULL, want_unsigned_lame, "", false, 0, 0},
	{NULL, NULL, child_half_dead, "server-silent WARNING", true, 1, 1},
	{NULL, NULL, given, "", true, 1, 1},
	{NULL, NULL, given_wrong, "garbled CRITICAL", false, 1, 0},
	{NULL, NULL, given_more, "other-zone WARNING", true, 1, 1},
	{NULL, NULL, given_other, "other-zone CRITICAL", false, 0, 0},
	{NULL, NULL, given_island, "", true, 1, 1},
};

START_TEST(what_is_expected_is_held_against_what_is)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

START_TEST(records_of_another_zone_are_named_with_their_line)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	given_more(&trial);
	trial.policy.file = "dsset-all";
	dw_cutcase_run(&trial);
	ck_assert_uint_eq(trial.findings.n_findings, 1);
	ck_assert_str_eq(trial.findings.items[0].text,
		"example.org: other-zone: dsset-all, line 3: 2 records for example.net");
	dw_cutcase_end(&trial);
}
END_TEST

#define CHILD(name)                                                                                          \
	name ". 3600 IN SOA ns1.example.org. mail.example.org. 7 3600 600 86400 300\n" name                      \
		 ". 3600 IN NS ns1.example.org.\n"

START_TEST(delegations_within_the_zone_are_secure_insecure_or_broken)
{
	struct dw_authority *secure = dw_authority_new("a.example.org.", CHILD("a.example.org"));
	struct dw_authority *insecure = dw_authority_new("b.example.org.", CHILD("b.example.org"));
	struct dw_authority *broken = dw_authority_new("c.example.org.", CHILD("c.example.org"));
	char *ds = dw_signer_ds(secure->ksk, 2);
	char *more = dw_cutcase_join(ds,
		"a.example.org. 3600 IN NS ns1.example.org.\nb.example.org. 3600 IN NS ns1.example.org.\n"
		"c.example.org. 3600 IN NS ns1.example.org.\nc.example.org. 3600 IN DS 1 13 2 "
		"0000000000000000000000000000000000000000000000000000000000000000\n");
	struct dw_cutcase trial = dw_cutcase_of(NULL, more);
	char found[1024];

	dw_realm_place(trial.realm, "192.0.2.11", secure);
	dw_realm_place(trial.realm, "192.0.2.11", insecure);
	dw_realm_place(trial.realm, "192.0.2.11", broken);
	trial.plan->n_children = 3;
	trial.plan->children[0] = dw_name_make("a.example.org");
	trial.plan->children[1] = dw_name_make("b.example.org");
	trial.plan->children[2] = dw_name_make("c.example.org");
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_str_eq(found, "old-key CRITICAL, delegation OK, delegation OK");
	ck_assert_ptr_nonnull(strstr(trial.findings.items[1].text, "a.example.org: the delegation is secure"));
	ck_assert_ptr_nonnull(strstr(trial.findings.items[2].text, "insecure by proof"));
	ck_assert_uint_eq(trial.figures.ds, 1);
	dw_cutcase_end(&trial);
	free(more);
	free(ds);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("delegation_judge");
	TCase *test = tcase_create("delegation_judge");

	tcase_add_loop_test(test, what_is_expected_is_held_against_what_is, 0, DW_ROWS(cases));
	tcase_add_test(test, records_of_another_zone_are_named_with_their_line);
	tcase_add_test(test, delegations_within_the_zone_are_secure_insecure_or_broken);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
