#include "dns/dswish.h"

#include <stdlib.h>
#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

#define ZEROS      "0000000000000000000000000000000000000000000000000000000000000000"
#define CDS_BOTH   "example.org. 3600 IN CDS 1 13 2 " ZEROS "\nexample.org. 3600 IN CDNSKEY 257 3 13 AA==\n"
#define CDS_DELETE "example.org. 3600 IN CDS 0 0 0 00\nexample.org. 3600 IN CDNSKEY 0 3 0 AA==\n"

static void double_ksk(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, false);
}

static void island(struct dw_cutcase *trial)
{
	trial->policy.expect = DW_EXPECT_ISLAND;
}

/* CDS and CDNSKEY of the zone: those of the first key, or of the second. */
static void wish(struct dw_cutcase *trial, const struct dw_signer *cds, const struct dw_signer *cdnskey)
{
	char *ds = dw_signer_ds(cds, 2);
	const char *fields = strstr(ds, "DS") + 2;
	char *line = dw_cutcase_join("example.org. 3600 IN CDS", fields);

	dw_cutcase_rewrite(dw_cutcase_zone(trial), "example.org CDS", line);
	free(ds);
	if (cdnskey != NULL)
		dw_cutcase_rewrite(dw_cutcase_zone(trial), "example.org CDNSKEY",
			dw_cutcase_join("example.org. 3600 IN CDNSKEY", strstr(dw_signer_dnskey(cdnskey), "DNSKEY") + 6));
}

static void cds_granted(struct dw_cutcase *trial)
{
	wish(trial, dw_cutcase_zone(trial)->ksk, dw_cutcase_zone(trial)->ksk);
}

static void cds_waiting(struct dw_cutcase *trial)
{
	double_ksk(trial);
	wish(trial, trial->second, trial->second);
}

static void cds_contradicts(struct dw_cutcase *trial)
{
	double_ksk(trial);
	wish(trial, dw_cutcase_zone(trial)->ksk, trial->second);
}

static void cds_unproven(struct dw_cutcase *trial)
{
	cds_granted(trial);
	dw_authority_resign(dw_cutcase_zone(trial), "example.org CDS", NULL);
}

/* What is done to a healthy cut, what is found, whether it is secure, and how many DS there are and match. */
static const struct dw_cutcase_row cases[] = {
	{NULL, CDS_BOTH, cds_granted, "", true, 1, 1},
	{NULL, CDS_BOTH, cds_waiting, "cds-waiting WARNING, roll-over OK", true, 1, 1},
	{NULL, CDS_BOTH, cds_contradicts, "cds-contradicts WARNING, roll-over OK", true, 1, 1},
	{NULL, CDS_BOTH, cds_unproven, "cds-unproven WARNING", true, 1, 1},
	{NULL, CDS_DELETE, NULL, "cds-delete WARNING", true, 1, 1},
	{"", CDS_DELETE, island, "cds-delete OK", false, 0, 0},
};

START_TEST(what_the_zone_asks_for_is_judged)
{
	dw_cutcase_check(&cases[_i]);
}
END_TEST

/* The new key is asked for before it signs. */
static void cds_early(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, false, false);
	wish(trial, trial->second, trial->second);
}

/* What is done, and a part of the sentence and of the hint of the first finding. */
static const struct {
	const char *ds, *more;
	void (*change)(struct dw_cutcase *trial);
	const char *part, *hint;
} sentences[] = {
	{NULL, CDS_BOTH, cds_waiting, "a roll-over waits: the zone asks for {", "wait for the parent"},
	{NULL, CDS_BOTH, cds_early, "}; what it asks for does not lead to a key that signs yet",
		"let the new key sign DNSKEY, "},
	{"", CDS_DELETE, NULL, "asks by CDS or CDNSKEY that the parent has no DS", "give the registrar"},
};

START_TEST(sentences_say_which_side_moved)
{
	struct dw_cutcase trial = dw_cutcase_of(sentences[_i].ds, sentences[_i].more);

	if (sentences[_i].change != NULL)
		sentences[_i].change(&trial);
	dw_cutcase_run(&trial);
	ck_assert_uint_gt(trial.findings.n_findings, 0);
	const struct dw_finding *finding = &trial.findings.items[0];
	ck_assert_msg(strstr(finding->text, sentences[_i].part) != NULL, "%s", finding->text);
	ck_assert_msg(strstr(finding->kind->hint, sentences[_i].hint) != NULL, "%s", finding->kind->hint);
	dw_cutcase_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dswish");
	TCase *test = tcase_create("dswish");

	tcase_add_loop_test(test, what_the_zone_asks_for_is_judged, 0, DW_ROWS(cases));
	tcase_add_loop_test(test, sentences_say_which_side_moved, 0, DW_ROWS(sentences));
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
