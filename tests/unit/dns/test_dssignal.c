#include "dns/dssignal.h"

#include <stdio.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

#define DIGEST "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
#define OTHER  "FF0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
#define CDS    "example.org. 3600 IN CDS 4711 13 2 " DIGEST "\n"

/*
 * A cut whose zone asks for a DS, and whose servers are those of the parent too: a.nic.org is outside of the
 * zone, and org has its signalling records.
 */
static void signal_with(struct dw_cutcase *trial, const char *records)
{
	char lines[2000];

	snprintf(lines, sizeof(lines),
		"org. 3600 IN SOA a.nic.org. mail.nic.org. 7 3600 600 86400 300\norg. 3600 IN NS a.nic.org.\n"
		"a.nic.org. 3600 IN A 192.0.2.1\nb.nic.org. 3600 IN A 192.0.2.12\n"
		"example.org. 3600 IN NS ns1.example.org.\nexample.org. 3600 IN NS b.nic.org.\n%s",
		records);
	dw_realm_replace(trial->realm, DW_REALM_ORG_B, NULL);
	dw_realm_replace(trial->realm, DW_REALM_ORG_A, dw_authority_new("org.", lines));
	trial->plan->anchors.items[0] = dw_realm_anchor(dw_cutcase_parent(trial));
	trial->plan->signal = true;
}

#define AT(digest) "_dsboot.example.org._signal.b.nic.org. 3600 IN CDS 4711 13 2 " digest "\n"

static void agreeing(struct dw_cutcase *trial)
{
	signal_with(trial, AT(DIGEST));
}

static void differing(struct dw_cutcase *trial)
{
	signal_with(trial, AT(OTHER));
}

static void absent(struct dw_cutcase *trial)
{
	signal_with(trial, "");
}

static void unsigned_signal(struct dw_cutcase *trial)
{
	agreeing(trial);
	dw_authority_resign(dw_cutcase_parent(trial), "_dsboot.example.org._signal.b.nic.org CDS", NULL);
}

static void unanchored(struct dw_cutcase *trial)
{
	agreeing(trial);
	trial->plan->anchors.n_anchors = 0;
}

static void in_zone(struct dw_cutcase *trial)
{
	trial->plan->signal = true;
}

static void not_looked_at(struct dw_cutcase *trial)
{
	differing(trial);
	trial->plan->signal = false;
}

/* What is done, and the word and the severity of what is found of signals; NULL: none. */
static const struct {
	void (*change)(struct dw_cutcase *trial);
	const char *word;
	enum dw_severity severity;
	const char *part;
} cases[] = {
	{agreeing, "signal", DW_NOTE, "the signalling records of 1 name server agree with the zone's CDS"},
	{differing, "signal-differs", DW_WARNING, "than b.nic.org signals"},
	{absent, "signal-absent", DW_WARNING, "b.nic.org has no signalling records"},
	{unsigned_signal, "signal-unproven", DW_WARNING, "CDS is not signed as it should be"},
	{unanchored, "signal-unproven", DW_NOTE, "no trust anchor is known"},
	{in_zone, "signal-in-zone", DW_WARNING, "none of its 2 name servers can signal"},
	{not_looked_at, NULL, DW_NOTE, NULL},
};

static const struct dw_finding *find(const struct dw_findings *findings)
{
	for (size_t i = 0; i < findings->n_findings; i++) {
		if (strncmp(findings->items[i].kind->word, "signal", 6) == 0)
			return &findings->items[i];
	}
	return NULL;
}

START_TEST(signals_are_held_against_the_zone)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, CDS);

	cases[_i].change(&trial);
	dw_cutcase_run(&trial);
	const struct dw_finding *found = find(&trial.findings);
	ck_assert_int_eq(found != NULL, cases[_i].word != NULL);
	if (found != NULL) {
		ck_assert_str_eq(found->kind->word, cases[_i].word);
		ck_assert_int_eq(found->severity, cases[_i].severity);
		ck_assert_msg(strstr(found->text, cases[_i].part) != NULL, "%s", found->text);
	}
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(a_resolver_that_is_silent_leaves_it_unknown)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, CDS);

	agreeing(&trial);
	trial.plan->n_parents = 1;
	trial.plan->discovery.n_hosts = 1;
	ck_assert_int_eq(dw_host_parse("192.0.2.1", &trial.plan->parents[0], NULL), DW_OK);
	ck_assert_int_eq(dw_host_parse("192.0.2.12", &trial.plan->discovery.hosts[0], NULL), DW_OK);
	trial.plan->discovery.hosts[0].name = dw_name_make("b.nic.org");
	trial.realm->no_resolver = true;
	dw_cutcase_run(&trial);
	const struct dw_finding *found = find(&trial.findings);
	ck_assert_ptr_nonnull(found);
	ck_assert_str_eq(found->kind->word, "signal-unknown");
	ck_assert_int_eq(found->severity, DW_UNKNOWN);
	dw_cutcase_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dssignal");
	TCase *test = tcase_create("dssignal");

	tcase_add_loop_test(test, signals_are_held_against_the_zone, 0, DW_ROWS(cases));
	tcase_add_test(test, a_resolver_that_is_silent_leaves_it_unknown);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
