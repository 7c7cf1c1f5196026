#include "delegation_show.h"

#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "support/cutcase.h"
#include "support/suite.h"

static void usual(struct dw_cutcase *trial)
{
	(void)trial;
}

static void no_anchor(struct dw_cutcase *trial)
{
	trial->plan->anchors.n_anchors = 0;
}

static void standby(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, false, false);
	dw_cutcase_ds_of_both(trial);
}

static void orphan(struct dw_cutcase *trial)
{
	dw_cutcase_ds(trial, "example.org. 3600 IN DS 1 13 1 000102030405060708090A0B0C0D0E0F10111213\n");
}

static void half_dead_parent(struct dw_cutcase *trial)
{
	dw_realm_replace(trial->realm, DW_REALM_ORG_B, NULL);
}

static void signals(struct dw_cutcase *trial)
{
	trial->plan->signal = true;
}

/* A server of the parent serves the zone too, and is named. */
static void outside(struct dw_cutcase *trial)
{
	signals(trial);
	trial->plan->discovery.n_hosts = 1;
	ck_assert_int_eq(dw_host_parse("192.0.2.12", &trial->plan->discovery.hosts[0], NULL), DW_OK);
	trial->plan->discovery.hosts[0].name = dw_name_make("b.nic.org");
}

/* DS lines and further lines of the zone, what is done to it, and a line of what is shown at a level. */
static const struct {
	const char *ds, *more;
	void (*change)(struct dw_cutcase *trial);
	unsigned level;
	const char *line;
	bool shown;
} lines[] = {
	{NULL, NULL, usual, 1, "example.org below org, as of ", true},
	{NULL, NULL, usual, 1, "\n  parent is secure\n", true},
	{NULL, NULL, no_anchor, 1, "\n  parent is not anchored: no trust anchor is known\n", true},
	{NULL, NULL, usual, 1, "\n  parent's b.nic.org 192.0.2.2\n    DS ", true},
	{NULL, NULL, usual, 1, " leads to key ", true},
	{NULL, NULL, usual, 1, ", secure\n", true},
	{"", NULL, usual, 1, "\n    no DS, ", true},
	{NULL, NULL, usual, 1, "\n  zone's ns2.example.org 192.0.2.12\n    DNSKEY ", true},
	{NULL, NULL, usual, 1, " (ECDSAP256SHA256, flags 257) SEP, signs the DNSKEY RRset\n", true},
	{NULL, NULL, usual, 1, " (ECDSAP256SHA256, flags 256) does not sign the DNSKEY RRset\n", true},
	{NULL, NULL, standby, 1, " leads, without a signature, to key ", true},
	{NULL, NULL, orphan, 1, "    DS 1 13 1 000102030405060708090A0B0C0D0E0F10111213 leads nowhere, secure\n",
		true},
	{NULL, "example.org. 3600 IN CDS 0 0 0 00\n", usual, 1, "\n    CDS 0 0 0 00 leads nowhere, secure\n",
		true},
	{NULL, "example.org. 3600 IN CDNSKEY 257 3 13 AAAA\n", usual, 1, "\n    CDNSKEY ", true},
	{NULL, NULL, half_dead_parent, 1, "parent's b.nic.org 192.0.2.2\n  zone's ", true},
	{NULL, NULL, signals, 1, "\n  signalled by ns1.example.org: cannot be\n", true},
	{NULL, NULL, outside, 1,
		"\n  signalled by b.nic.org at _dsboot.example.org._signal.b.nic.org, where the path of trust is "
		"secure\n",
		true},
	{NULL, NULL, usual, 1, "server addresses, as of", false},
	{NULL, NULL, usual, 2, "org on 2 server addresses, as of", true},
	{NULL, NULL, usual, 2, "DS: NOERROR, ", true},
	{NULL, NULL, usual, 2, "\n      key ", false},
	{NULL, NULL, usual, 3, "\n      key ", true},
};

START_TEST(both_sides_are_shown_and_more_with_each_level)
{
	struct dw_cutcase trial = dw_cutcase_of(lines[_i].ds, lines[_i].more);
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	lines[_i].change(&trial);
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	dw_delegation_show(dw_delegation_facts(delegation), lines[_i].level, page);
	(void)fclose(page);
	ck_assert_ptr_null(strchr(text, '|'));
	ck_assert_msg(
		(strstr(text, lines[_i].line) != NULL) == lines[_i].shown, "'%s' in: %s", lines[_i].line, text);
	free(text);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(delegations_within_the_zone_come_behind_it)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, "lb.example.org. 3600 IN NS ns1.example.org.\n");
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	trial.plan->n_children = 1;
	trial.plan->children[0] = dw_name_make("lb.example.org");
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	dw_delegation_show(dw_delegation_facts(delegation), 1, page);
	(void)fclose(page);
	ck_assert_ptr_nonnull(strstr(text, "\nlb.example.org below example.org, as of "));
	free(text);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

/* A zone, and the line of its DS. */
static const struct {
	const char *zone, *line;
} zones[] = {
	{"example.org", "example.org. IN DS 4711 13 2 ABCD\n"},
	{"a\\|b.example", "a\\124b.example. IN DS 4711 13 2 ABCD\n"},
	{".", ". IN DS 4711 13 2 ABCD\n"},
};

START_TEST(a_set_is_lines_of_a_zone_file)
{
	const struct dw_name zone = dw_name_make(zones[_i].zone);
	const struct dw_ds_fact ds = {4711, 13, 2, 2, {0xab, 0xcd}};
	char text[200] = "";
	FILE *page = fmemopen(text, sizeof text, "w");

	dw_delegation_show_set(&zone, &ds, 1, page);
	(void)fclose(page);
	ck_assert_str_eq(text, zones[_i].line);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/delegation_show");
	TCase *tests = tcase_create("delegation_show");

	tcase_add_loop_test(tests, both_sides_are_shown_and_more_with_each_level, 0, DW_ROWS(lines));
	tcase_add_test(tests, delegations_within_the_zone_come_behind_it);
	tcase_add_loop_test(tests, a_set_is_lines_of_a_zone_file, 0, DW_ROWS(zones));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
