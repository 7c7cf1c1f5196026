#include "dns/dslead.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void silent_key(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, true);
}

static void orphan(struct dw_cutcase *trial)
{
	dw_cutcase_ds(trial, "example.org. 3600 IN DS 1 13 2 " ZEROS "\n");
}

static void unknown_beside(struct dw_cutcase *trial)
{
	dw_cutcase_ds(trial, "example.org. 3600 IN DS 1 200 200 " ZEROS "\n");
}

static void both_digests(struct dw_cutcase *trial)
{
	char *more = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 4);

	dw_cutcase_ds(trial, more);
	free(more);
}

/* The DS of the ZSK beside the right one: what some tools write out, and no standby key. */
static void zsk_beside(struct dw_cutcase *trial)
{
	char *more = dw_signer_ds(dw_cutcase_zone(trial)->zsk, 2);

	dw_cutcase_ds(trial, more);
	free(more);
}

static void wrong_strongest(struct dw_cutcase *trial)
{
	char *more = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 4);
	char *digest = strrchr(more, ' ') != NULL ? more + strlen(more) - 3 : more;

	*digest = *digest == '0' ? '1' : '0';
	dw_cutcase_ds(trial, more);
	free(more);
}

static void lame(struct dw_cutcase *trial)
{
	dw_authority_resign_all(dw_cutcase_zone(trial), NULL);
}

static void keys_expired(struct dw_cutcase *trial)
{
	static const struct dw_signer_terms old = {.expiration = DW_SIGNER_NOW - 60};

	dw_authority_resign(dw_cutcase_zone(trial), "example.org DNSKEY", &old);
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

static void of_the_zsk(struct dw_cutcase *trial)
{
	dw_cutcase_rewrite(
		dw_cutcase_parent(trial), "example.org DS", dw_signer_ds(dw_cutcase_zone(trial)->zsk, 2));
}

/* The right DS. */
static struct dw_ds_fact right_of(struct dw_cutcase *trial)
{
	return dw_realm_anchor(dw_cutcase_zone(trial)).ds;
}

/* A line of a zone file. Release with free(). */
static char *line_of(const struct dw_ds_fact *ds)
{
	char text[DW_DS_TEXT_MAX];
	char *line = NULL;

	ck_assert_int_gt(asprintf(&line, "example.org. 3600 IN DS %s\n", dw_ds_format(ds, text)), 0);
	return line;
}

/* The right DS, and the same with its digest reversed. */
static void reversed_beside(struct dw_cutcase *trial)
{
	struct dw_ds_fact right = right_of(trial), wrong = right;

	for (unsigned i = 0; i < right.digest_length; i++)
		wrong.digest[i] = right.digest[right.digest_length - 1 - i];
	char *line = line_of(&wrong);
	dw_cutcase_ds(trial, line);
	free(line);
}

static void other_label(struct dw_cutcase *trial)
{
	struct dw_ds_fact ds = right_of(trial);

	ds.digest_type = 250;
	dw_cutcase_rewrite(dw_cutcase_parent(trial), "example.org DS", line_of(&ds));
}

/* The user gives the right DS, and one of no key that the zone has. */
static void given_orphan(struct dw_cutcase *trial)
{
	trial->plan->no_parent = true;
	trial->policy.given = true;
	trial->policy.n_ds = 2;
	trial->policy.ds[0] = trial->policy.ds[1] = right_of(trial);
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

/* A key of an algorithm that nobody knows, named beside the right one. */
static void foreign_beside(struct dw_cutcase *trial)
{
	static const uint8_t rdata[] = {1, 1, 3, 200, 7, 7, 7, 7, 7, 7};
	struct dw_authority *zone = dw_cutcase_zone(trial);
	const struct dw_name owner = dw_name_make("example.org");
	struct dw_ds_fact ds;

	dw_cutcase_rewrite(zone, "example.org DNSKEY",
		dw_cutcase_join(dw_authority_rrset(zone, "example.org DNSKEY")->records,
			"example.org. 3600 IN DNSKEY 257 3 200 BwcHBwcH\n"));
	ck_assert_int_eq(dw_ds_make(&owner, (struct dw_octets){rdata, sizeof rdata}, 2, &ds), DW_OK);
	char *line = line_of(&ds);
	dw_cutcase_ds(trial, line);
	free(line);
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, lame, "no-dnskey CRITICAL, no-dnskey CRITICAL", false, 1, 0},
	{NULL, NULL, orphan, "roll-over OK", true, 2, 1},
	{NULL, NULL, given_orphan, "old-key WARNING", true, 2, 1},
	{NULL, NULL, reversed_beside, "byte-order WARNING", true, 2, 1},
	{NULL, NULL, unknown_beside, "unsupported-digest WARNING", true, 2, 1},
	{NULL, NULL, both_digests, "", true, 2, 2},
	{NULL, NULL, zsk_beside, "key-not-signing WARNING", true, 2, 1},
	{NULL, NULL, wrong_strongest, "garbled WARNING, strongest-digest-unmatched WARNING", true, 2, 1},
	{"example.org. 3600 IN DS 1 200 2 " ZEROS "\n", NULL, NULL, "unsupported-algorithm WARNING", false, 1, 0},
	{"example.org. 3600 IN DS 1 13 200 " ZEROS "\n", NULL, NULL, "unsupported-digest WARNING", false, 1, 0},
	{NULL, NULL, other_label, "unsupported-digest WARNING, mislabelled-digest WARNING", false, 1, 0},
	{"example.org. 3600 IN DS 1 13 2 " ZEROS "\n", NULL, NULL, "old-key CRITICAL", false, 1, 0},
	{"example.org. 3600 IN DS 1 8 2 " ZEROS "\n", NULL, NULL, "garbled CRITICAL", false, 1, 0},
	{NULL, NULL, keys_expired, "key-not-signing CRITICAL", false, 1, 0},
	{NULL, NULL, silent_key, "key-not-signing CRITICAL", false, 1, 0},
	{NULL, NULL, old_key_gone, "old-key CRITICAL", false, 1, 0},
	{NULL, NULL, given_of_old_key, "old-key CRITICAL", false, 1, 0},
	{NULL, NULL, given_short, "digest-length UNKNOWN", false, 1, 0},
	{NULL, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n", ahead, "cdnskey-only CRITICAL", false, 1, 0},
	{NULL, NULL, foreign_beside, "unsupported-algorithm WARNING", true, 2, 1},
};

START_TEST(where_a_set_leads_is_judged)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

static const struct dw_cutcase_sentence sentences[] = {
	{old_key_gone, "old key that a roll-over took away before its DS"},
	{of_the_zsk, "which is a ZSK (no SEP flag) and does not sign the DNSKEY RRset"},
	{keys_expired, "DNSKEY signature is not good: expired"},
	{silent_key, "while another does, as when a roll-over went on before its DS"},
	{orphan, "roll-over in progress: DS for both"},
};

START_TEST(sentences_say_what_it_is_about)
{
	dw_cutcase_says(&sentences[_i]);
}
END_TEST

/* A change, and what the finding offers in place of the record. */
static const struct {
	void (*change)(struct dw_cutcase *trial);
	const char *offer, *hint;
} offers[] = {
	{given_orphan, "; the right DS is there already: ", ""},
	{reversed_beside, "; the right DS is there already: ", "have this DS removed"},
	{silent_key, "; give the registrar this DS: ", "publish the DS of the key that signs"},
	{old_key_gone, "; give the registrar this DS: ", "replace the DS"},
	{given_of_old_key, "; give the registrar this DS: ", "do not upload this DS"},
	{zsk_beside, "", "have this DS removed"},
	{of_the_zsk, "; give the registrar this DS: ", "publish the DS of the key that signs"},
	{keys_expired, "", "sign the zone again"},
};

START_TEST(the_right_record_is_ready_to_be_pasted)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	offers[_i].change(&trial);
	struct dw_ds_fact right = right_of(&trial);
	char *line = trial.second != NULL ? dw_signer_ds(trial.second, 2) : line_of(&right);
	dw_cutcase_run(&trial);
	ck_assert_uint_gt(trial.findings.n_findings, 0);
	const struct dw_finding *finding = &trial.findings.items[0];
	ck_assert_msg(strstr(finding->more, offers[_i].offer) == finding->more, "%s", finding->more);
	ck_assert_ptr_nonnull(strcasestr(line, finding->more + strlen(offers[_i].offer)));
	free(line);
	ck_assert_msg(
		strstr(finding->kind->hint, offers[_i].hint) == finding->kind->hint, "%s", finding->kind->hint);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(a_fault_of_all_servers_is_said_once_and_counts_for_all)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	old_key_gone(&trial);
	dw_cutcase_run(&trial);
	ck_assert_uint_eq(trial.findings.n_findings, 1);
	const struct dw_finding *finding = &trial.findings.items[0];
	ck_assert_ptr_nonnull(
		strstr(finding->text, "example.org: old-key on ns1.example.org 192.0.2.11 and 1 more: DS "));
	ck_assert_str_eq(finding->server, "ns1.example.org 192.0.2.11");
	ck_assert_str_eq(finding->others, "ns2.example.org 192.0.2.12\n");
	ck_assert_uint_eq(trial.figures.servers_bad, 2);
	dw_cutcase_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dslead");
	TCase *test = tcase_create("dslead");

	tcase_add_loop_test(test, where_a_set_leads_is_judged, 0, DW_ROWS(cases));
	tcase_add_loop_test(test, sentences_say_what_it_is_about, 0, DW_ROWS(sentences));
	tcase_add_loop_test(test, the_right_record_is_ready_to_be_pasted, 0, DW_ROWS(offers));
	tcase_add_test(test, a_fault_of_all_servers_is_said_once_and_counts_for_all);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
