#include "dns/presence.h"

#include <stdio.h>

#define ERROR_TEXT_MAX 160

bool dw_presence_useful(const struct dw_reply *reply)
{
	switch (reply->kind) {
	case DW_REPLY_POSITIVE:
		return true;
	case DW_REPLY_NO_DATA:
		/* Every apex has a SOA and an NS RRset; a DNSKEY RRset only when the zone is signed. */
		return reply->topic != DW_TOPIC_SOA && reply->topic != DW_TOPIC_NS;
	case DW_REPLY_NXDOMAIN:
		return reply->topic == DW_TOPIC_RECORD || reply->topic == DW_TOPIC_ABSENT;
	case DW_REPLY_REFERRAL:
		return reply->topic == DW_TOPIC_RECORD;
	default:
		return false;
	}
}

bool dw_presence_serves(const struct dw_server_facts *server)
{
	return server->n_replies > 0 && server->replies[0].asked && dw_presence_useful(&server->replies[0]);
}

bool dw_presence_no_route(const struct dw_server_facts *server)
{
	return server->n_replies > 0 && server->replies[0].kind == DW_REPLY_NONE &&
		server->replies[0].status == DW_NO_ROUTE;
}

/* Whether some server answered this question usefully. */
static bool is_answered(const struct dw_survey_facts *facts, unsigned at)
{
	for (unsigned i = 0; i < facts->n_servers; i++) {
		const struct dw_server_facts *server = &facts->servers[i];
		if (at < server->n_replies && server->replies[at].asked && dw_presence_useful(&server->replies[at]))
			return true;
	}
	return false;
}

/* "SERVFAIL", with the first extended error that came along. */
static const char *error_text(const struct dw_reply *reply, char text[ERROR_TEXT_MAX])
{
	char rcode[16], code[48];

	dw_rcode_text(reply->rcode, rcode);
	if (reply->n_ede == 0)
		snprintf(text, ERROR_TEXT_MAX, "%s", rcode);
	else
		snprintf(text, ERROR_TEXT_MAX, "%s (%s%s%.60s)", rcode, dw_ede_text(reply->ede[0].code, code),
			reply->ede[0].text[0] != '\0' ? ": " : "", reply->ede[0].text);
	return text;
}

/* No message came. */
static void judge_silence(struct dw_judgement *judgement, const struct dw_reply *reply,
	const struct dw_judgement_place *place, enum dw_severity severity)
{
	if (reply->status == DW_NO_ROUTE)
		dw_judgement_add(judgement, DW_FOUND_NO_ROUTE, DW_NOTE, place,
			"could not be asked: this host has no route to that address");
	else if (reply->late)
		dw_judgement_add(
			judgement, DW_FOUND_NOT_ASKED, DW_UNKNOWN, place, "could not be asked: %s", reply->reason);
	else if (reply->status == DW_SYSTEM)
		dw_judgement_add(
			judgement, DW_FOUND_NOT_REACHABLE, DW_UNKNOWN, place, "could not be asked: %s", reply->reason);
	else if (reply->status == DW_MALFORMED)
		dw_judgement_add(judgement, DW_FOUND_SERVER_MALFORMED, severity, place,
			"question has no usable answer: %s", reply->reason);
	else
		dw_judgement_add(judgement, DW_FOUND_SERVER_SILENT, severity, place, "question is not answered: %s",
			reply->reason);
}

/* ", though ..." when the server has the zone all the same. */
static const char *despite_text(const struct dw_server_facts *server, const struct dw_reply *reply)
{
	for (unsigned i = 0; i < server->n_replies; i++) {
		if (&server->replies[i] != reply && server->replies[i].asked &&
			dw_presence_useful(&server->replies[i]))
			return ", though the server has the zone";
	}
	return "";
}

/* A message came, but not one that answers. */
static void judge_answer(struct dw_judgement *judgement, const struct dw_reply *reply,
	const struct dw_judgement_place *place, enum dw_severity severity)
{
	const char *despite = despite_text(place->server, reply);
	char error[ERROR_TEXT_MAX];

	if (reply->kind == DW_REPLY_BROKEN)
		dw_judgement_add(judgement, DW_FOUND_SERVER_MALFORMED, severity, place, "answer does not parse%s: %s",
			despite, reply->reason);
	else if (reply->kind == DW_REPLY_ERROR)
		dw_judgement_add(judgement, DW_FOUND_SERVER_ERROR, severity, place, "question is answered with %s%s",
			error_text(reply, error), despite);
	else if (reply->kind == DW_REPLY_NXDOMAIN || reply->kind == DW_REPLY_NO_DATA)
		dw_judgement_add(judgement, DW_FOUND_SERVER_LAME, severity, place,
			"question is answered with %s, which no server of the zone can say",
			reply->kind == DW_REPLY_NXDOMAIN ? "NXDOMAIN" : "no data");
	else
		dw_judgement_add(judgement, DW_FOUND_SERVER_LAME, severity, place,
			"question is not answered from the zone: the server is lame");
}

/* Judges one question that was asked and not usefully answered. */
static void judge_reply(struct dw_judgement *judgement, const struct dw_server_facts *server, unsigned at)
{
	const struct dw_reply *reply = &server->replies[at];
	struct dw_judgement_place place = {
		.server = server, .owner = &reply->record.name, .type = reply->record.type};
	enum dw_severity severity = is_answered(judgement->facts, at) ? DW_WARNING : DW_CRITICAL;

	if (reply->kind == DW_REPLY_NONE)
		judge_silence(judgement, reply, &place, severity);
	else
		judge_answer(judgement, reply, &place, severity);
}

void dw_presence_judge(struct dw_judgement *judgement, const struct dw_server_facts *server)
{
	for (unsigned i = 0; i < server->n_replies; i++) {
		if (server->replies[i].asked && !dw_presence_useful(&server->replies[i]))
			judge_reply(judgement, server, i);
		/* What is said of the DNSKEY question goes for the others of such a server. */
		if (i == 0 && !dw_presence_serves(server))
			return;
	}
}

/* The discovery ended without servers to ask. */
static void judge_failure(struct dw_judgement *judgement, const struct dw_discovery_facts *discovery)
{
	const struct dw_judgement_place whole = {.server = NULL};
	char apex[64];

	if (discovery->status == DW_NOT_FOUND)
		dw_judgement_add(judgement, DW_FOUND_NO_SUCH_ZONE, DW_CRITICAL, &whole, "no such zone in the DNS: %s",
			discovery->reason);
	else if (discovery->status == DW_INVALID && discovery->apex.length > 0)
		dw_judgement_add(judgement, DW_FOUND_NOT_AN_APEX, DW_UNKNOWN, &whole,
			"is not the apex of a zone: it lies in the zone %s",
			dw_judgement_name_text(&discovery->apex, apex));
	else if (discovery->status == DW_INVALID)
		dw_judgement_add(judgement, DW_FOUND_NOT_AN_APEX, DW_UNKNOWN, &whole, "is not the apex of a zone: %s",
			discovery->reason);
	else
		dw_judgement_add(judgement, DW_FOUND_NOT_DISCOVERED, DW_UNKNOWN, &whole,
			"its name servers could not be found: %s", discovery->reason);
}

/* A name server without address; one that the user gave says nothing of the zone. */
static void judge_lost(
	struct dw_judgement *judgement, const struct dw_lost_server *lost, enum dw_severity severity)
{
	const struct dw_judgement_place whole = {.server = NULL};
	char name[64];

	if (lost->name.length == 0)
		dw_judgement_add(judgement, DW_FOUND_HOST_LOST, severity, &whole, "%s", lost->reason);
	else if (judgement->facts->discovery->hosts_given)
		dw_judgement_add(judgement, DW_FOUND_HOST_LOST, severity, &whole, "--hostname %s %s: %s",
			dw_judgement_name_text(&lost->name, name),
			lost->status == DW_NOT_FOUND ? "has no address" : "could not be looked up", lost->reason);
	else
		dw_judgement_add(judgement, DW_FOUND_SERVER_LOST, severity, &whole, "%s %s: %s",
			dw_judgement_name_text(&lost->name, name),
			lost->status == DW_NOT_FOUND ? "has no address" : "could not be looked up", lost->reason);
}

/* What it means that there is no server to ask: the zone's fault only if it is known to have none. */
static enum dw_severity severity_of_none(const struct dw_discovery_facts *discovery)
{
	for (unsigned i = 0; i < discovery->n_lost; i++) {
		if (discovery->lost[i].status != DW_NOT_FOUND || discovery->lost[i].left_out)
			return DW_UNKNOWN;
	}
	return discovery->hosts_given ? DW_UNKNOWN : DW_CRITICAL;
}

bool dw_presence_discovery(struct dw_judgement *judgement)
{
	const struct dw_discovery_facts *discovery = judgement->facts->discovery;
	const struct dw_judgement_place whole = {.server = NULL};
	bool none = judgement->facts->n_servers == 0;
	enum dw_severity severity = none ? severity_of_none(discovery) : DW_WARNING;

	if (judgement->facts->status != DW_OK)
		dw_judgement_add(
			judgement, DW_FOUND_NO_MEMORY, DW_UNKNOWN, &whole, "not all could be looked at: no memory");
	if (discovery->status != DW_OK) {
		judge_failure(judgement, discovery);
		return false;
	}
	if (none && judgement->facts->status == DW_OK && !(discovery->hosts_given && discovery->n_lost > 0))
		dw_judgement_add(
			judgement, DW_FOUND_NO_SERVER, severity, &whole, "there is no server with an address to ask");
	for (unsigned i = 0; i < discovery->n_lost; i++)
		judge_lost(judgement, &discovery->lost[i], severity);
	return !none;
}
