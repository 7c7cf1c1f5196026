#include "dns/dslead.h"

#include <stdlib.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void silent_key(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, true);
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

static void of_the_zsk(struct dw_cutcase *trial)
{
	dw_cutcase_rewrite(
		dw_cutcase_parent(trial), "example.org DS", dw_signer_ds(dw_cutcase_zone(trial)->zsk, 2));
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
	char *line = dw_cutcase_line(&ds);
	dw_cutcase_ds(trial, line);
	free(line);
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, NULL, lame, "no-dnskey CRITICAL, no-dnskey CRITICAL", false, 1, 0},
	{NULL, NULL, unknown_beside, "unsupported-digest WARNING", true, 2, 1},
	{NULL, NULL, both_digests, "", true, 2, 2},
	{NULL, NULL, zsk_beside, "key-not-signing WARNING", true, 2, 1},
	{NULL, NULL, wrong_strongest, "garbled WARNING, strongest-digest-unmatched WARNING", true, 2, 1},
	{"example.org. 3600 IN DS 1 200 2 " ZEROS "\n", NULL, NULL, "unsupported-algorithm WARNING", false, 1, 0},
	{"example.org. 3600 IN DS 1 13 200 " ZEROS "\n", NULL, NULL, "unsupported-digest WARNING", false, 1, 0},
	{NULL, NULL, keys_expired, "key-not-signing CRITICAL", false, 1, 0},
	{NULL, NULL, silent_key, "key-not-signing CRITICAL", false, 1, 0},
	{NULL, NULL, foreign_beside, "unsupported-algorithm WARNING", true, 2, 1},
};

START_TEST(where_a_set_leads_is_judged)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

static const struct dw_cutcase_sentence sentences[] = {
	{of_the_zsk, "which is a ZSK (no SEP flag) and does not sign the DNSKEY RRset"},
	{keys_expired, "DNSKEY signature is not good: expired"},
	{silent_key, "while another does, as when a roll-over went on before its DS"},
};

START_TEST(sentences_say_what_it_is_about)
{
	dw_cutcase_says(&sentences[_i]);
}
END_TEST

static const struct dw_cutcase_offer offers[] = {
	{silent_key, "; give the registrar this DS: ", "publish the DS of the key that signs"},
	{zsk_beside, "", "have this DS removed"},
	{of_the_zsk, "; give the registrar this DS: ", "publish the DS of the key that signs"},
	{keys_expired, "", "sign the zone again"},
};

START_TEST(the_right_record_is_ready_to_be_pasted)
{
	dw_cutcase_offers(&offers[_i]);
}
END_TEST

START_TEST(a_fault_of_all_servers_is_said_once_and_counts_for_all)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	silent_key(&trial);
	dw_cutcase_run(&trial);
	ck_assert_uint_eq(trial.findings.n_findings, 1);
	const struct dw_finding *finding = &trial.findings.items[0];
	ck_assert_ptr_nonnull(
		strstr(finding->text, "example.org: key-not-signing on ns1.example.org 192.0.2.11 and 1 more: DS "));
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
