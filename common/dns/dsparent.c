#include "dns/dsparent.h"

#include <stdio.h>

#include "dns/dskeys.h"
#include "dns/dsset.h"
#include "dns/judgement.h"
#include "dns/kept.h"

/* What a server of the parent turned out to be. */
enum role {
	ROLE_PARENT,    /* it answered DS from the parent */
	ROLE_SILENT,    /* it did not answer, or with an error */
	ROLE_NO_ROUTE,  /* this host cannot send there */
	ROLE_LAME,      /* it answered from another zone, or without authority */
	ROLE_NO_PARENT, /* it answered that the zone is not delegated */
};

static bool may_be_parent(const struct dw_server_facts *server, const struct dw_reply *reply)
{
	/* A server that the user named may be a resolver. */
	return reply->authoritative || server->server.by_user;
}

static enum role role_of(const struct dw_server_facts *server)
{
	const struct dw_reply *reply = dw_kept_reply(server, DW_TYPE_DS);

	if (reply == NULL || !reply->asked)
		reply = server->n_replies > 0 ? &server->replies[0] : NULL;
	if (reply == NULL || reply->kind == DW_REPLY_NONE || reply->kind == DW_REPLY_BROKEN ||
		reply->kind == DW_REPLY_ERROR)
		return reply != NULL && reply->status == DW_NO_ROUTE ? ROLE_NO_ROUTE : ROLE_SILENT;
	if (reply->record.type != DW_TYPE_DS || !may_be_parent(server, reply))
		return ROLE_LAME;
	if (reply->kind == DW_REPLY_POSITIVE)
		return dw_kept_rrset(reply) != NULL ? ROLE_PARENT : ROLE_LAME;
	if (reply->kind == DW_REPLY_NXDOMAIN && reply->soa_seen)
		return ROLE_NO_PARENT;
	return reply->kind == DW_REPLY_NO_DATA && reply->soa_seen ? ROLE_PARENT : ROLE_LAME;
}

/* Keeps a set with the server that serves it, once for all equal ones. */
static void keep_set(struct dw_dsverdict *verdict, const struct dw_server_facts *server)
{
	struct dw_dsverdict_set fresh = {.server = server, .n_servers = 1};

	fresh.n_ds = dw_dskeys_set(dw_kept_rrset(dw_kept_reply(server, DW_TYPE_DS)), fresh.ds);
	for (unsigned i = 0; i < verdict->n_sets; i++) {
		struct dw_dsverdict_set *set = &verdict->sets[i];
		if (dw_ds_sets_equal(set->ds, set->n_ds, fresh.ds, fresh.n_ds)) {
			set->n_servers++;
			return;
		}
	}
	if (verdict->n_sets < DW_DSVERDICT_SETS_MAX)
		verdict->sets[verdict->n_sets++] = fresh;
}

/* "the signature by key 4711 is expired" */
static const char *fault_text(const struct dw_proof *proof, char text[80])
{
	if (proof->n_signatures == 0 || proof->best < 0)
		snprintf(text, 80, "it has no signature");
	else
		snprintf(text, 80, "signature by key %u: %.50s", proof->signatures[proof->best].key_tag,
			dw_signature_state_text(proof->signatures[proof->best].state));
	return text;
}

/* Whether the parent's keys on this server are led to by the path of trust. */
static bool is_anchored(const struct dw_dsverdict *verdict, const struct dw_dskeys *keys)
{
	const struct dw_trust_facts *trust = verdict->facts->trust;

	if (trust == NULL || trust->state != DW_TRUST_SECURE)
		return true;
	for (unsigned i = 0; i < trust->n_ds; i++) {
		if (dw_ds_counts(trust->ds, trust->n_ds, i) &&
			dw_dskeys_lead(&trust->ds[i], &verdict->facts->parent, keys, NULL) == DW_LEAD_GOOD)
			return true;
	}
	return false;
}

/* The DS RRset, or the proof that there is none, of a server whose zone is signed. */
static void judge_proof(
	struct dw_dsverdict *verdict, const struct dw_server_facts *server, const struct dw_reply *reply)
{
	const struct dw_rrset_fact *ds = dw_kept_rrset(reply);
	char fault[80];

	if (ds != NULL && (ds->proof.security == DW_BOGUS || ds->proof.security == DW_UNSIGNED))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNATURE_BAD), DW_CRITICAL, server,
			"the DS RRset is not proven by the parent's keys: %s", fault_text(&ds->proof, fault));
	if (ds == NULL && reply->denial_wanted && !dw_denial_proven(reply->denial.result))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_DENIAL_BAD), DW_CRITICAL, server,
			"that there is no DS is not proven: %s", dw_denial_text(reply->denial.result));
}

/*
 * A server that has the parent zone without keys: that is how it is, unless the path of trust knows better.
 */
static void judge_keyless(struct dw_dsverdict *verdict, const struct dw_server_facts *server)
{
	const struct dw_trust_facts *trust = verdict->facts->trust;
	bool told = trust != NULL && (trust->state == DW_TRUST_INSECURE || trust->state == DW_TRUST_BOGUS);
	bool ds = verdict->sets[verdict->n_sets - 1].n_ds > 0;

	if (trust != NULL && trust->state == DW_TRUST_SECURE)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNATURE_BAD), DW_CRITICAL, server,
			"serves the parent zone unsigned, though it is signed: validators refuse the answer");
	else if (!told && ds && verdict->policy->expect == DW_EXPECT_SECURE)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_INSECURE), DW_WARNING, server,
			"the parent zone is unsigned, so validators do not look at the DS");
}

static void judge_server(struct dw_dsverdict *verdict, const struct dw_server_facts *server)
{
	const struct dw_reply *reply = dw_kept_reply(server, DW_TYPE_DS);
	struct dw_dskeys keys;
	char fault[80];

	dw_dskeys_read(server, &keys);
	if (keys.n_keys == 0) {
		judge_keyless(verdict, server);
		return;
	}
	if (is_anchored(verdict, &keys))
		judge_proof(verdict, server, reply);
	else
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNATURE_BAD), DW_CRITICAL, server,
			"no trusted DS leads to the parent's keys that prove the DS RRset (%s)",
			keys.rrset->proof.security == DW_SECURE ? "they sign themselves"
													: fault_text(&keys.rrset->proof, fault));
}

void dw_dsparent_judge(struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->parent_side;
	const struct dw_trust_facts *trust = verdict->facts->trust;

	if (trust != NULL && trust->state == DW_TRUST_BOGUS)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_BOGUS), DW_CRITICAL, NULL,
			"validators refuse its parent already: %s", trust->reason);
	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		enum role role = role_of(&side->servers[i]);
		if (role != ROLE_PARENT && role != ROLE_NO_PARENT)
			continue;
		verdict->ds_known = true;
		keep_set(verdict, &side->servers[i]);
		judge_server(verdict, &side->servers[i]);
	}
}

static void remark_difference(struct dw_dsverdict *verdict)
{
	char first[DW_DSVERDICT_TEXT_MAX], other[DW_DSVERDICT_TEXT_MAX], name[DW_SERVER_TEXT_MAX];

	for (unsigned i = 1; i < verdict->n_sets; i++)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENTS_DIFFER), DW_WARNING,
			verdict->sets[i].server, "has the DS set {%.90s}, while %.80s has {%.90s}",
			dw_dsverdict_set_text(verdict->sets[i].ds, verdict->sets[i].n_ds, other),
			dw_judgement_server_text(&verdict->sets[0].server->server, name),
			dw_dsverdict_set_text(verdict->sets[0].ds, verdict->sets[0].n_ds, first));
}

/* How a server did not answer. */
static const char *silence_text(const struct dw_server_facts *server, char text[120])
{
	const struct dw_reply *reply = dw_kept_reply(server, DW_TYPE_DS);
	char rcode[16];

	if (reply == NULL || !reply->asked)
		reply = &server->replies[0];
	if (reply->kind == DW_REPLY_ERROR)
		snprintf(text, 120, "answers %s", dw_rcode_text(reply->rcode, rcode));
	else if (reply->status == DW_TIMEOUT && reply->attempts == 0)
		snprintf(text, 120, "it did not answer in time");
	else
		snprintf(text, 120, "%.110s", reply->reason);
	return text;
}

static void remark_server(struct dw_dsverdict *verdict, const struct dw_server_facts *server)
{
	char parent[64], text[120];

	switch (role_of(server)) {
	case ROLE_SILENT:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_SILENT),
			verdict->ds_known ? DW_WARNING : DW_UNKNOWN, server,
			"this server of the parent does not tell the DS: %s", silence_text(server, text));
		return;
	case ROLE_LAME:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_LAME),
			verdict->ds_known ? DW_WARNING : DW_UNKNOWN, server, "does not answer DS from the parent zone %s",
			dw_judgement_name_text(&verdict->facts->parent, parent));
		return;
	case ROLE_NO_PARENT:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_NO_DELEGATION), DW_WARNING, server,
			"the parent zone %s says that there is no such name",
			dw_judgement_name_text(&verdict->facts->parent, parent));
		return;
	default:
		return;
	}
}

/* Servers that the user named and that have no address. */
static void remark_lost(struct dw_dsverdict *verdict)
{
	const struct dw_discovery_facts *above = verdict->facts->parent_discovery;
	char name[64];

	for (unsigned i = 0; above != NULL && above->hosts_given && i < above->n_lost; i++) {
		const struct dw_lost_server *lost = &above->lost[i];
		const char *how = lost->status == DW_NOT_FOUND ? "has no address" : "could not be looked up";
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_LOST),
			verdict->ds_known ? DW_WARNING : DW_UNKNOWN, NULL, "--parent %s %s: %s",
			dw_judgement_name_text(&lost->name, name), how, lost->reason);
	}
}

/* What is known of the path of trust, short of a fault. */
static void remark_trust(struct dw_dsverdict *verdict)
{
	const struct dw_trust_facts *trust = verdict->facts->trust;
	bool secure =
		verdict->policy->expect == DW_EXPECT_SECURE && verdict->n_sets > 0 && verdict->sets[0].n_ds > 0;

	if (trust == NULL || verdict->policy->expect == DW_EXPECT_WHOLE)
		return;
	if (trust->state == DW_TRUST_INSECURE)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_INSECURE), secure ? DW_WARNING : DW_NOTE,
			NULL, "no chain of trust leads to its parent: %s", trust->reason);
	else if (trust->state == DW_TRUST_NOT_ANCHORED || trust->state == DW_TRUST_UNKNOWN)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_NOT_ANCHORED), DW_NOTE, NULL,
			"the parent's signature is not anchored: %s", trust->reason);
}

static bool is_discovered(const struct dw_dsverdict *verdict)
{
	return verdict->facts->discovery != NULL && verdict->facts->discovery->status == DW_OK;
}

void dw_dsparent_remark(struct dw_dsverdict *verdict)
{
	const struct dw_survey_facts *side = verdict->facts->parent_side;

	if (!verdict->facts->parent_wanted)
		return;
	remark_difference(verdict);
	remark_lost(verdict);
	/* That there is no delegation at all is said where the servers of the zone are. */
	for (unsigned i = 0; side != NULL && i < side->n_servers; i++)
		if (role_of(&side->servers[i]) != ROLE_NO_PARENT || is_discovered(verdict))
			remark_server(verdict, &side->servers[i]);
	/* With the zone's own servers unknown, that is what is said. */
	if (!verdict->ds_known && is_discovered(verdict))
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_PARENT_UNKNOWN), DW_UNKNOWN, NULL,
			"no server of the parent told the DS set");
	remark_trust(verdict);
}
