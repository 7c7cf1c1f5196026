#include "dns/dssignal.h"

#include "dns/judgement.h"
#include "dns/kept.h"

/* What a name server's signalling name turned out to be. */
enum signal {
	SIGNAL_AGREES,
	SIGNAL_IN_ZONE,  /* its name cannot vouch */
	SIGNAL_UNKNOWN,  /* nobody told */
	SIGNAL_ABSENT,   /* no records */
	SIGNAL_UNPROVEN, /* records that no chain of trust proves */
	SIGNAL_DIFFERS,  /* other records than the zone's */
};

static bool answers(const struct dw_reply *reply)
{
	return reply->asked && reply->status == DW_OK &&
		(reply->kind == DW_REPLY_POSITIVE || reply->kind == DW_REPLY_NO_DATA ||
			reply->kind == DW_REPLY_NXDOMAIN);
}

/* Whether a resolver said whether there are such records, be it of a zone whose apex is not known. */
static bool tells(const struct dw_signal_server *server, const struct dw_reply *reply)
{
	if (server->trust->state == DW_TRUST_SECURE)
		return answers(reply);
	return reply->asked && reply->status == DW_OK && reply->kind != DW_REPLY_NONE &&
		reply->kind != DW_REPLY_BROKEN && reply->kind != DW_REPLY_ERROR;
}

static bool is_secure(const struct dw_rrset_fact *rrset)
{
	return rrset == NULL || rrset->proof.security == DW_SECURE;
}

/* The first server of the zone that answers with other records than those signalled; NULL when none does. */
static const struct dw_server_facts *find_other(
	const struct dw_dsverdict *verdict, const struct dw_rrset_fact *cds, const struct dw_rrset_fact *cdnskey)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;

	for (unsigned i = 0; side != NULL && i < side->n_servers; i++) {
		const struct dw_reply *first = dw_kept_reply(&side->servers[i], DW_TYPE_CDS);
		const struct dw_reply *second = dw_kept_reply(&side->servers[i], DW_TYPE_CDNSKEY);
		if (first != NULL && second != NULL && answers(first) && answers(second) &&
			(!dw_kept_same(dw_kept_rrset(first), cds) || !dw_kept_same(dw_kept_rrset(second), cdnskey)))
			return &side->servers[i];
	}
	return NULL;
}

/* What one name server says; `other` is a server of the zone that says something else. */
static enum signal look(const struct dw_dsverdict *verdict, const struct dw_signal_server *server,
	const struct dw_server_facts **other)
{
	const struct dw_rrset_fact *cds = dw_kept_rrset(&server->cds);
	const struct dw_rrset_fact *cdnskey = dw_kept_rrset(&server->cdnskey);

	if (server->kind != DW_SIGNAL_ASKED)
		return SIGNAL_IN_ZONE;
	if (!tells(server, &server->cds) || !tells(server, &server->cdnskey))
		return SIGNAL_UNKNOWN;
	if (cds == NULL && cdnskey == NULL)
		return SIGNAL_ABSENT;
	if (server->trust->state != DW_TRUST_SECURE || !is_secure(cds) || !is_secure(cdnskey))
		return SIGNAL_UNPROVEN;
	*other = find_other(verdict, cds, cdnskey);
	return *other != NULL ? SIGNAL_DIFFERS : SIGNAL_AGREES;
}

/* Why records prove nothing: the path to them, or their own signatures. */
static const char *unproven_text(const struct dw_signal_server *server)
{
	if (server->trust->state != DW_TRUST_SECURE)
		return server->trust->reason;
	return is_secure(dw_kept_rrset(&server->cds)) ? "CDNSKEY is not signed as it should be"
												  : "CDS is not signed as it should be";
}

static const char *unknown_text(const struct dw_signal_server *server)
{
	if (server->trust->state == DW_TRUST_UNKNOWN)
		return server->trust->reason;
	return tells(server, &server->cds) ? server->cdnskey.reason : server->cds.reason;
}

/* Says what is to be said of one name server. */
static void tell(struct dw_dsverdict *verdict, const struct dw_signal_server *server, enum signal signal,
	const struct dw_server_facts *other)
{
	/* Where no anchor is known there is nothing that could be secure. */
	bool anchored = server->trust == NULL || server->trust->state != DW_TRUST_NOT_ANCHORED;
	char name[64], called[DW_SERVER_TEXT_MAX];

	(void)dw_judgement_name_text(&server->server, name);
	switch (signal) {
	case SIGNAL_UNKNOWN:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL_UNKNOWN), DW_UNKNOWN, NULL,
			"what %s signals is not known: %.120s", name, unknown_text(server));
		return;
	case SIGNAL_ABSENT:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL_ABSENT), DW_WARNING, NULL,
			"%s has no signalling records for the zone", name);
		return;
	case SIGNAL_UNPROVEN:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL_UNPROVEN), anchored ? DW_WARNING : DW_NOTE,
			NULL, "the signalling records of %s are not proven: %.120s", name, unproven_text(server));
		return;
	case SIGNAL_DIFFERS:
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL_DIFFERS), DW_WARNING, other,
			"%s has other CDS or CDNSKEY than %s signals",
			other->server.name.length > 0 ? dw_judgement_name_text(&other->server.name, called)
										  : "this server",
			name);
		return;
	default:
		return;
	}
}

/* What all name servers together come to. */
static void conclude(struct dw_dsverdict *verdict, unsigned n_agree, unsigned n_able)
{
	const unsigned n_servers = verdict->facts->signal->n_servers;

	if (n_able == 0)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL_IN_ZONE), DW_WARNING, NULL,
			"none of its %u name servers can signal: their names are within the zone, or not known",
			n_servers);
	else if (n_agree == n_able)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL), DW_NOTE, NULL,
			"the signalling records of %u name server%s agree with the zone's CDS and CDNSKEY", n_agree,
			n_agree == 1 ? "" : "s");
	if (n_able > 0 && n_able < n_servers)
		dw_dsverdict_add(verdict, dw_dsverdict_row(DW_DSV_SIGNAL), DW_NOTE, NULL,
			"%u of its %u name servers cannot signal: their names are within the zone", n_servers - n_able,
			n_servers);
}

void dw_dssignal_judge(struct dw_dsverdict *verdict)
{
	const struct dw_signal_facts *facts = verdict->facts->signal;
	unsigned n_agree = 0, n_able = 0;

	if (facts == NULL)
		return;
	for (unsigned i = 0; i < facts->n_servers; i++) {
		const struct dw_server_facts *other = NULL;
		const enum signal signal = look(verdict, &facts->servers[i], &other);
		n_able += signal != SIGNAL_IN_ZONE;
		n_agree += signal == SIGNAL_AGREES;
		tell(verdict, &facts->servers[i], signal, other);
	}
	conclude(verdict, n_agree, n_able);
}
