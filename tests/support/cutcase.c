#include "support/cutcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dw_cutcase dw_cutcase_of(const char *ds, const char *more)
{
	struct dw_cutcase trial = {.realm = dw_realm_new(ds, more)};

	trial.plan = dw_realm_plan(trial.realm);
	return trial;
}

struct dw_authority *dw_cutcase_zone(struct dw_cutcase *trial)
{
	return trial->realm->places[DW_REALM_ZONE_A].authority;
}

struct dw_authority *dw_cutcase_parent(struct dw_cutcase *trial)
{
	return trial->realm->places[DW_REALM_ORG_A].authority;
}

void dw_cutcase_rewrite(struct dw_authority *authority, const char *name, char *records)
{
	static const struct dw_signer_terms usual = {.inception = 0};
	struct dw_authority_rrset *rrset = dw_authority_rrset(authority, name);

	free(rrset->records);
	rrset->records = records;
	dw_authority_resign(authority, name, &usual);
}

char *dw_cutcase_join(const char *a, const char *b)
{
	char *text = NULL;

	ck_assert_int_ge(asprintf(&text, "%s%s", a, b), 0);
	return text;
}

void dw_cutcase_key(struct dw_cutcase *trial, uint8_t algorithm, bool signs, bool alone)
{
	struct dw_authority *zone = dw_cutcase_zone(trial);
	struct dw_authority_rrset *keys = dw_authority_rrset(zone, "example.org DNSKEY");

	trial->second = dw_signer_new(
		&(struct dw_signer_plan){.owner = "example.org.", .algorithm = algorithm, .flags = 257});
	dw_cutcase_rewrite(
		zone, "example.org DNSKEY", dw_cutcase_join(keys->records, dw_signer_dnskey(trial->second)));
	if (!signs)
		return;
	char *own = dw_signer_rrsig(trial->second, keys->records, NULL);
	char *both = dw_cutcase_join(alone ? "" : keys->rrsigs, own);
	free(own);
	free(keys->rrsigs);
	keys->rrsigs = both;
}

void dw_cutcase_ds_of_both(struct dw_cutcase *trial)
{
	char *first = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 2), *second = dw_signer_ds(trial->second, 2);

	dw_cutcase_rewrite(dw_cutcase_parent(trial), "example.org DS", dw_cutcase_join(first, second));
	free(first);
	free(second);
}

void dw_cutcase_ds(struct dw_cutcase *trial, const char *more)
{
	char *right = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 2);

	dw_cutcase_rewrite(dw_cutcase_parent(trial), "example.org DS", dw_cutcase_join(right, more));
	free(right);
}

struct dw_delegation *dw_cutcase_ask(struct dw_cutcase *trial)
{
	struct dw_delegation *delegation = NULL;

	ck_assert_int_eq(dw_delegation_new(trial->plan, &delegation, NULL), DW_OK);
	dw_realm_run(trial->realm, &dw_delegation_class, delegation);
	return delegation;
}

void dw_cutcase_run(struct dw_cutcase *trial)
{
	struct dw_delegation *delegation = dw_cutcase_ask(trial);

	dw_delegation_judge(dw_delegation_facts(delegation), &trial->policy, &trial->findings, &trial->figures);
	dw_findings_sort(&trial->findings);
	dw_delegation_free(delegation);
}

struct dw_ds_fact dw_cutcase_right(struct dw_cutcase *trial)
{
	return dw_realm_anchor(dw_cutcase_zone(trial)).ds;
}

char *dw_cutcase_line(const struct dw_ds_fact *ds)
{
	char text[DW_DS_TEXT_MAX];
	char *line = NULL;

	ck_assert_int_gt(asprintf(&line, "example.org. 3600 IN DS %s\n", dw_ds_format(ds, text)), 0);
	return line;
}

void dw_cutcase_offers(const struct dw_cutcase_offer *offer)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	offer->change(&trial);
	struct dw_ds_fact right = dw_cutcase_right(&trial);
	char *line = trial.second != NULL ? dw_signer_ds(trial.second, 2) : dw_cutcase_line(&right);
	dw_cutcase_run(&trial);
	ck_assert_uint_gt(trial.findings.n_findings, 0);
	const struct dw_finding *finding = &trial.findings.items[0];
	ck_assert_msg(strstr(finding->more, offer->offer) == finding->more, "%s", finding->more);
	ck_assert_ptr_nonnull(strcasestr(line, finding->more + strlen(offer->offer)));
	free(line);
	const char *hint = finding->kind->hint;
	ck_assert_msg(strstr(hint, offer->hint) == hint, "%s", hint);
	dw_cutcase_end(&trial);
}

void dw_cutcase_end(struct dw_cutcase *trial)
{
	dw_findings_fini(&trial->findings);
	dw_signer_free(trial->second);
	dw_realm_free(trial->realm);
	free(trial->plan);
}

void dw_cutcase_list(const struct dw_findings *findings, char text[1024])
{
	text[0] = '\0';
	for (size_t i = 0; i < findings->n_findings; i++) {
		size_t length = strlen(text);
		snprintf(text + length, 1024 - length, "%s%s %s", i > 0 ? ", " : "", findings->items[i].kind->word,
			dw_severity_text(findings->items[i].severity));
	}
}

void dw_cutcase_check(const struct dw_cutcase_row *row)
{
	struct dw_cutcase trial = dw_cutcase_of(row->ds, row->more);
	char found[1024];

	if (row->change != NULL)
		row->change(&trial);
	dw_cutcase_run(&trial);
	dw_cutcase_list(&trial.findings, found);
	ck_assert_msg(strcmp(found, row->found) == 0, "'%s' instead of '%s': %s", found, row->found,
		trial.findings.n_findings > 0 ? trial.findings.items[0].text : "");
	ck_assert_int_eq(trial.figures.secure, row->secure);
	ck_assert_uint_eq(trial.figures.ds, row->n_ds);
	ck_assert_uint_eq(trial.figures.ds_matched, row->n_matched);
	dw_cutcase_end(&trial);
}

void dw_cutcase_says(const struct dw_cutcase_sentence *sentence)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	sentence->change(&trial);
	dw_cutcase_run(&trial);
	ck_assert_uint_gt(trial.findings.n_findings, 0);
	const char *text = trial.findings.items[0].text;
	ck_assert_msg(strstr(text, sentence->part) != NULL, "%s", text);
	dw_cutcase_end(&trial);
}
