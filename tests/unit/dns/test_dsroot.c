#include "dns/dsroot.h"

#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

/* The root on two servers, and anchors that its keys are held against. */
struct root {
	struct dw_cutcase trial;
	struct dw_authority *authority;
	struct dw_anchors anchors;
};

static void begin(struct root *root)
{
	*root = (struct root){.trial = dw_cutcase_of(NULL, NULL)};
	root->authority = dw_authority_new(".",
		". 3600 IN SOA a.nic.org. mail.nic.org. 7 3600 600 86400 300\n. 3600 IN NS a.nic.org.\n"
		". 3600 IN NS b.nic.org.\n");
	dw_realm_place(root->trial.realm, "192.0.2.21", root->authority);
	dw_realm_place(root->trial.realm, "192.0.2.22", root->authority);
	root->trial.plan->discovery.zone = dw_name_root;
	root->trial.plan->discovery.n_hosts = 2;
	ck_assert_int_eq(dw_host_parse("192.0.2.21", &root->trial.plan->discovery.hosts[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_parse("192.0.2.22", &root->trial.plan->discovery.hosts[1], NULL), DW_OK);
	root->anchors.n_anchors = 1;
	root->anchors.items[0] = dw_realm_anchor(root->authority);
	root->trial.policy.anchors = &root->anchors;
	root->trial.policy.anchors_named = true;
}

static void healthy(struct root *root)
{
	(void)root;
}

static void another_beside(struct root *root)
{
	root->anchors.items[root->anchors.n_anchors] = root->anchors.items[0];
	root->anchors.items[root->anchors.n_anchors++].ds.key_tag ^= 1;
}

static void other(struct root *root)
{
	root->anchors.items[0].ds.digest[0] ^= 1;
}

static void other_of_the_system(struct root *root)
{
	other(root);
	root->trial.policy.anchors_named = false;
}

/* An anchor of another zone is none of the root. */
static void elsewhere(struct root *root)
{
	root->anchors.items[0].zone = dw_name_make("org");
}

static void none(struct root *root)
{
	root->trial.policy.anchors = NULL;
}

static void unsigned_root(struct root *root)
{
	dw_authority_resign_all(root->authority, NULL);
}

static void given(struct root *root)
{
	root->trial.policy.given = true;
	root->trial.policy.n_ds = 1;
	root->trial.policy.ds[0] = root->anchors.items[0].ds;
	other(root);
}

/* What is done to a healthy root, what is found, and a part of what is said first. */
static const struct {
	void (*change)(struct root *root);
	const char *found, *part;
	bool secure;
	unsigned n_bad;
} cases[] = {
	{healthy, "anchored OK", "the root has no parent", true, 0},
	{another_beside, "anchored OK", "the trust anchor leads to key", true, 0},
	{other, "anchor-unmatched CRITICAL", "on 192.0.2.21 and 1 more: no trust anchor {", false, 2},
	{other_of_the_system, "anchor-unmatched OK", "192.0.2.21 and 1 more: no trust anchor {", false, 0},
	{elsewhere, "not-anchored OK", "no trust anchor of the root is known", false, 0},
	{none, "not-anchored OK", "no trust anchor of the root is known", false, 0},
	{unsigned_root, "unsigned CRITICAL", "the zone has no DNSKEY", false, 0},
	{given, "", "", true, 0},
};

START_TEST(trust_anchors_stand_for_the_ds_of_the_root)
{
	struct root root;
	char found[1024];

	begin(&root);
	cases[_i].change(&root);
	dw_cutcase_run(&root.trial);
	dw_cutcase_list(&root.trial.findings, found);
	ck_assert_str_eq(found, cases[_i].found);
	if (cases[_i].part[0] != '\0')
		ck_assert_msg(strstr(root.trial.findings.items[0].text, cases[_i].part) != NULL, "%s",
			root.trial.findings.items[0].text);
	ck_assert_int_eq(root.trial.figures.secure, cases[_i].secure);
	ck_assert_uint_eq(root.trial.figures.servers_bad, cases[_i].n_bad);
	dw_cutcase_end(&root.trial);
}
END_TEST

START_TEST(only_the_root_is_judged_so)
{
	struct dw_delegation_facts facts = {.zone = dw_name_make("example.org")};
	struct dw_delegation_policy policy = {.given = false};
	const struct dw_dsverdict verdict = {.facts = &facts, .policy = &policy};

	ck_assert(!dw_dsroot_is(&verdict));
	facts.zone = dw_name_root;
	ck_assert(dw_dsroot_is(&verdict));
	policy.given = true;
	ck_assert(!dw_dsroot_is(&verdict));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsroot");
	TCase *test = tcase_create("dsroot");

	tcase_add_loop_test(test, trust_anchors_stand_for_the_ds_of_the_root, 0, DW_ROWS(cases));
	tcase_add_test(test, only_the_root_is_judged_so);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
