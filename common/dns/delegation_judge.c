#include "dns/delegation_judge.h"

#include <stdio.h>
#include <string.h>

#include "dns/dslead.h"
#include "dns/dsparent.h"
#include "dns/dsright.h"
#include "dns/dsroll.h"
#include "dns/dsroot.h"
#include "dns/dsset.h"
#include "dns/dssignal.h"
#include "dns/dsverdict.h"
#include "dns/dswish.h"
#include "dns/judgement.h"
#include "dns/presence.h"

/* What the servers of the zone serve: keys or none. */
static void look_at_zone(struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		const struct dw_server_facts *server = &side->servers[i];
		verdict->served = verdict->served || dw_presence_serves(server);
		verdict->zone_signed = verdict->zone_signed || server->zone_signed;
		if (server->n_keys > verdict->figures->dnskey)
			verdict->figures->dnskey = server->n_keys;
	}
}

/* The set to be judged is the user's. */
static void take_given(struct dw_dsverdict *verdict)
{
	struct dw_dsverdict_set *set = &verdict->sets[0];

	set->n_ds = verdict->policy->n_ds;
	memcpy(set->ds, verdict->policy->ds, sizeof(set->ds));
	verdict->n_sets = 1;
	verdict->ds_known = true;
}

/* Whether some server of the parent has a DS. */
static bool has_ds(const struct dw_dsverdict *verdict)
{
	for (unsigned i = 0; i < verdict->n_sets; i++) {
		if (verdict->sets[i].n_ds > 0)
			return true;
	}
	return false;
}

/* A zone without DNSKEY at all. */
static void judge_unsigned(struct dw_dsverdict *verdict)
{
	enum dw_expect expect = verdict->policy->expect;

	if (has_ds(verdict) || expect == DW_EXPECT_WHOLE || expect == DW_EXPECT_UNSIGNED)
		return;
	dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_UNSIGNED),
		verdict->ds_known || dw_dsroot_is(verdict) ? DW_CRITICAL : DW_UNKNOWN, NULL,
		"the zone has no DNSKEY%s", verdict->ds_known ? ", and the parent no DS" : "");
}

/* A signed zone without DS, and the one that it should have. */
static void tell_no_ds(struct dw_dsverdict *verdict)
{
	struct dw_ds_fact right;
	char more[DW_FINDING_MORE_MAX] = "", text[DW_DS_TEXT_MAX];

	bool deleted = dw_dswish_deletes(verdict);
	if (!deleted && dw_dsright_entry(verdict->facts, &right))
		snprintf(more, sizeof(more), "; give the registrar this DS: %s", dw_ds_format(&right, text));
	dw_dsverdict_tell(verdict, dw_dsverdict_row(DW_DSV_NO_DS), DW_WARNING, NULL,
		deleted
			? "the zone is signed, and asks by CDS or CDNSKEY that the parent has no DS: validators take it "
			  "for unsigned"
			: "the zone is signed, but the parent has no DS: validators take it for unsigned",
		more);
}

/* A signed zone, and whether it should have a DS. */
static void judge_signed(struct dw_dsverdict *verdict)
{
	enum dw_expect expect = verdict->policy->expect;
	const struct dw_dsverdict_set *without = NULL;

	for (unsigned i = 0; i < verdict->n_sets && without == NULL; i++)
		without = verdict->sets[i].n_ds == 0 ? &verdict->sets[i] : NULL;
	if (expect == DW_EXPECT_UNSIGNED && !has_ds(verdict))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_UNEXPECTED), DW_WARNING, NULL,
			"the zone is signed, though it was expected not to be");
	if (expect != DW_EXPECT_SECURE || without == NULL)
		return;
	if (has_ds(verdict))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_VANISHED), DW_WARNING, without->server,
			"this server of the parent has no DS, others have");
	else
		tell_no_ds(verdict);
}

/* Records of other zones among what the user gave. */
static void judge_strays(struct dw_dsverdict *verdict)
{
	const struct dw_delegation_policy *policy = verdict->policy;
	bool nothing = policy->given && policy->n_ds == 0;

	for (unsigned i = 0; i < policy->n_strays; i++) {
		const struct dw_delegation_stray *stray = &policy->strays[i];
		char zone[64];
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_OTHER_ZONE), nothing ? DW_CRITICAL : DW_WARNING,
			NULL, "%.100s, line %u: %u record%s for %s%s", policy->file != NULL ? policy->file : "the file",
			stray->line, stray->n_records, stray->n_records == 1 ? "" : "s",
			dw_judgement_name_text(&stray->zone, zone), nothing ? ", and none for this zone" : "");
	}
}

/* What is expected, against what is there. */
static void judge_expectation(struct dw_dsverdict *verdict)
{
	enum dw_expect expect = verdict->policy->expect;
	char text[DW_DSVERDICT_TEXT_MAX];

	if (verdict->policy->given) {
		if (verdict->served && !verdict->zone_signed && verdict->policy->n_ds == 0)
			judge_unsigned(verdict);
		return;
	}

	if (has_ds(verdict) && (expect == DW_EXPECT_ISLAND || expect == DW_EXPECT_UNSIGNED))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_UNEXPECTED), DW_WARNING, NULL,
			"the parent has a DS set {%s}, though none was expected",
			dw_dsverdict_set_text(verdict->sets[0].ds, verdict->sets[0].n_ds, text));
	if (!verdict->served)
		return;
	if (verdict->zone_signed)
		judge_signed(verdict);
	else
		judge_unsigned(verdict);
}

/* Servers of the zone that do not answer, and a discovery that failed. */
static void judge_presence(struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	struct dw_judgement judgement;

	if (side == NULL)
		return;
	dw_judgement_init(&judgement, side, verdict->findings);
	if (dw_presence_discovery(&judgement)) {
		for (unsigned i = 0; i < side->n_servers; i++)
			dw_presence_judge(&judgement, &side->servers[i]);
	}
	for (unsigned i = 0; i < side->n_servers; i++)
		verdict->bad[i] = verdict->bad[i] || !dw_presence_serves(&side->servers[i]);
	dw_judgement_finish(&judgement);
}

/* Counts different DS records, and servers. */
static void count(struct dw_dsverdict *verdict)
{
	const struct dw_delegation_facts *facts = verdict->facts;
	struct dw_ds_fact all[DW_DSVERDICT_SETS_MAX * DW_DS_MAX];
	unsigned n = 0;

	verdict->figures->ds_known = verdict->ds_known;
	verdict->figures->served = verdict->served;
	for (unsigned i = 0; i < verdict->n_sets; i++) {
		memcpy(&all[n], verdict->sets[i].ds, verdict->sets[i].n_ds * sizeof(all[0]));
		n += verdict->sets[i].n_ds;
	}
	verdict->figures->ds = dw_ds_sort(all, n);
	verdict->figures->parent_servers = facts->parent_side != NULL ? facts->parent_side->n_servers : 0;
	verdict->figures->servers = facts->zone_side != NULL ? facts->zone_side->n_servers : 0;
	for (unsigned i = 0; i < DW_SERVERS_MAX; i++)
		verdict->figures->servers_bad += verdict->bad[i];
}

/* A delegation within the zone of which nothing is wrong: it is secure, or insecure by proof. */
static void conclude_child(struct dw_dsverdict *verdict, size_t n_before)
{
	for (size_t i = n_before; i < verdict->findings->n_findings; i++) {
		if (verdict->findings->items[i].severity > DW_NOTE)
			return;
	}
	if (verdict->findings->n_dropped > 0 || !verdict->served || !verdict->ds_known)
		return;
	if (verdict->figures->secure)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_DELEGATION), DW_NOTE, NULL,
			"the delegation is secure: its DS leads to key %u, which signs", verdict->figures->key_tag);
	else
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_DELEGATION), DW_NOTE, NULL,
			"the delegation is insecure by proof: it has no DS%s",
			verdict->zone_signed ? ", though the zone below is signed" : "");
}

/* Judges one cut. */
static void judge_cut(const struct dw_delegation_facts *facts, const struct dw_delegation_policy *policy,
	struct dw_findings *findings, struct dw_delegation_figures *figures)
{
	struct dw_dsverdict verdict = {
		.facts = facts, .policy = policy, .findings = findings, .figures = figures};

	size_t n_before = findings->n_findings;

	*figures = (struct dw_delegation_figures){.ds = 0};
	look_at_zone(&verdict);
	if (policy->given)
		take_given(&verdict);
	else
		dw_dsparent_judge(&verdict);
	for (unsigned i = 0; i < verdict.n_sets && verdict.served; i++) {
		verdict.judged = &verdict.sets[i];
		dw_dslead_judge(&verdict, &verdict.sets[i]);
	}
	verdict.judged = NULL;
	if (dw_dsroot_is(&verdict))
		dw_dsroot_judge(&verdict);
	judge_strays(&verdict);
	judge_expectation(&verdict);
	judge_presence(&verdict);
	if (!policy->given)
		dw_dsparent_remark(&verdict);
	dw_dswish_judge(&verdict, verdict.n_sets > 0 && !policy->given ? &verdict.sets[0] : NULL);
	dw_dssignal_judge(&verdict);
	dw_dsroll_judge(&verdict, verdict.n_sets > 0 ? &verdict.sets[0] : NULL);
	count(&verdict);
	if (policy->expect == DW_EXPECT_WHOLE)
		conclude_child(&verdict, n_before);
}

void dw_delegation_judge(const struct dw_delegation_facts *facts, const struct dw_delegation_policy *policy,
	struct dw_findings *findings, struct dw_delegation_figures *figures)
{
	static const struct dw_delegation_policy whole = {.expect = DW_EXPECT_WHOLE};
	struct dw_delegation_figures own;

	judge_cut(facts, policy, findings, figures);
	for (unsigned i = 0; i < facts->n_children; i++)
		judge_cut(facts->children[i], &whole, findings, &own);
}
