#include "dns/dsparent.h"

#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

static void ds_expired(struct dw_cutcase *trial)
{
	static const struct dw_signer_terms old = {.expiration = DW_SIGNER_NOW - 60};

	dw_authority_resign(dw_cutcase_parent(trial), "example.org DS", &old);
}

static void ds_unsigned(struct dw_cutcase *trial)
{
	dw_authority_resign(dw_cutcase_parent(trial), "example.org DS", NULL);
}

static void no_proof(struct dw_cutcase *trial)
{
	dw_cutcase_parent(trial)->manners.no_proof = true;
}

static void parent_unsigned(struct dw_cutcase *trial)
{
	dw_authority_resign_all(dw_cutcase_parent(trial), NULL);
}

static void parent_dead(struct dw_cutcase *trial)
{
	dw_realm_replace(trial->realm, DW_REALM_ORG_A, NULL);
	dw_realm_replace(trial->realm, DW_REALM_ORG_B, NULL);
}

static void parent_half_dead(struct dw_cutcase *trial)
{
	dw_realm_replace(trial->realm, DW_REALM_ORG_B, NULL);
}

static void parents_differ(struct dw_cutcase *trial)
{
	struct dw_realm *other = dw_realm_new("", NULL);

	dw_realm_replace(trial->realm, DW_REALM_ORG_B, other->places[DW_REALM_ORG_A].authority);
	other->places[DW_REALM_ORG_A].authority = other->places[DW_REALM_ORG_B].authority = NULL;
	dw_realm_free(other);
	trial->plan->anchors.n_anchors = 0;
}

/* The second server has the DS of other keys. */
static void parent_stale(struct dw_cutcase *trial)
{
	struct dw_realm *other = dw_realm_new(NULL, NULL);

	dw_realm_replace(trial->realm, DW_REALM_ORG_B, other->places[DW_REALM_ORG_A].authority);
	other->places[DW_REALM_ORG_A].authority = other->places[DW_REALM_ORG_B].authority = NULL;
	dw_realm_free(other);
	trial->plan->anchors.n_anchors = 0;
}

static void not_anchored(struct dw_cutcase *trial)
{
	trial->plan->anchors.n_anchors = 0;
}

static void unsigned_and_not_anchored(struct dw_cutcase *trial)
{
	not_anchored(trial);
	parent_unsigned(trial);
}

static void other_anchor(struct dw_cutcase *trial)
{
	trial->plan->anchors.items[0].ds.digest[0] ^= 1;
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, ds_expired, "ds-signature-bad CRITICAL, ds-signature-bad CRITICAL", true, 1, 1},
	{NULL, NULL, ds_unsigned, "ds-signature-bad CRITICAL, ds-signature-bad CRITICAL", true, 1, 1},
	{"", NULL, no_proof, "ds-denial-bad CRITICAL, ds-denial-bad CRITICAL, no-ds WARNING", false, 0, 0},
	{NULL, NULL, not_anchored, "not-anchored OK", true, 1, 1},
	{NULL, NULL, other_anchor, "ds-signature-bad CRITICAL, ds-signature-bad CRITICAL", true, 1, 1},
	{NULL, NULL, parent_unsigned, "ds-signature-bad CRITICAL, ds-signature-bad CRITICAL", true, 1, 1},
	{NULL, NULL, unsigned_and_not_anchored,
		"parent-insecure WARNING, parent-insecure WARNING, not-anchored OK", true, 1, 1},
	{NULL, NULL, parent_half_dead, "parent-silent WARNING", true, 1, 1},
	{NULL, NULL, parents_differ, "ds-vanished WARNING, parent-servers-differ WARNING, not-anchored OK", true,
		1, 1},
};

START_TEST(what_the_parent_serves_is_judged)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

static const struct dw_cutcase_sentence sentences[] = {
	{parent_stale, ", by the parent's b.nic.org 192.0.2.2: DS "},
	{ds_expired,
		"example.org: ds-signature-bad on a.nic.org 192.0.2.1: the DS RRset is not proven by the parent's "
		"keys: "},
};

START_TEST(sentences_say_what_it_is_about)
{
	dw_cutcase_says(&sentences[_i]);
}
END_TEST

START_TEST(a_dead_parent_is_unknown_and_hides_no_fault)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);
	char found[1024];

	trial.plan->n_parents = 1;
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &trial.plan->parents[0], NULL), DW_OK);
	trial.plan->discovery.n_hosts = 1;
	ck_assert_int_eq(dw_host_parse("192.0.2.11", &trial.plan->discovery.hosts[0], NULL), DW_OK);
	parent_dead(&trial);
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_int_eq(trial.findings.worst, DW_UNKNOWN);
	ck_assert_msg(strstr(found, "parent-silent UNKNOWN, parent-unknown UNKNOWN") != NULL, "%s", found);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(a_dead_parent_without_hosts_of_the_zone_is_unknown_and_named)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);
	const struct dw_finding *finding;
	char found[1024];

	trial.plan->n_parents = 1;
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &trial.plan->parents[0], NULL), DW_OK);
	parent_dead(&trial);
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_str_eq(found, "not-discovered UNKNOWN, parent-silent UNKNOWN");
	finding = &trial.findings.items[0];
	ck_assert_ptr_nonnull(strstr(finding->text, "the parent's 192.0.2.1 does not tell of a delegation"));
	ck_assert_ptr_nonnull(finding->kind->hint);
	finding = &trial.findings.items[1];
	ck_assert_str_eq(finding->server, "192.0.2.1");
	ck_assert_ptr_nonnull(strstr(finding->kind->hint, "--parent"));
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(a_dead_parent_beside_a_living_one_hides_no_fault)
{
	struct dw_cutcase trial =
		dw_cutcase_of("example.org. 3600 IN DS 1 13 2 "
					  "0000000000000000000000000000000000000000000000000000000000000000\n",
			NULL);
	char found[1024];

	trial.plan->n_parents = 2;
	ck_assert_int_eq(dw_host_parse("192.0.2.2", &trial.plan->parents[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &trial.plan->parents[1], NULL), DW_OK);
	parent_half_dead(&trial);
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_str_eq(found, "old-key CRITICAL, parent-silent WARNING");
	dw_cutcase_end(&trial);
}
END_TEST

/* One of the servers given is a name that the lookup does not find. */
START_TEST(a_parent_without_address_is_named)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);
	char found[1024];

	trial.plan->n_parents = 2;
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &trial.plan->parents[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_parse("nowhere.org", &trial.plan->parents[1], NULL), DW_OK);
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_msg(strcmp(found, "parent-lost WARNING") == 0, "%s", found);
	ck_assert_msg(strncmp(trial.findings.items[0].text,
					  "example.org: parent-lost: --parent nowhere.org has no address: ", 62) == 0,
		"%s", trial.findings.items[0].text);
	dw_cutcase_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsparent");
	TCase *test = tcase_create("dsparent");

	tcase_add_loop_test(test, what_the_parent_serves_is_judged, 0, DW_ROWS(cases));
	tcase_add_loop_test(test, sentences_say_what_it_is_about, 0, DW_ROWS(sentences));
	tcase_add_test(test, a_dead_parent_is_unknown_and_hides_no_fault);
	tcase_add_test(test, a_dead_parent_without_hosts_of_the_zone_is_unknown_and_named);
	tcase_add_test(test, a_dead_parent_beside_a_living_one_hides_no_fault);
	tcase_add_test(test, a_parent_without_address_is_named);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
