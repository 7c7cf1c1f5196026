#include "payload_json.h"

#include "show.h"
#include "survey_json.h"

const char dw_payload_json_schema[] =
	"facts of a ladder (check_edns_size): discovery (as of a survey), via (resolvers were asked), packets "
	"(sent to the address that got most) and addresses. An address: server, verdict (word, severity, text, "
	"hint, udp_passed and udp_lost: octets, null for none; asked and lost: UDP questions, and those that no "
	"fault explains; signed_udp, signed_tcp: a signed answer came whole), packets, ended (false when time "
	"was up before), elsewhere (answers from another address: count and address), garbage, repeated (counts "
	"of datagrams) and rungs, all of them in order.\n\n"
	"A rung: probe (plain, edns, version, option, flag, between, long, tcp, validate), topic (soa, dnskey, "
	"absent, record), "
	"name, type, transport (udp, tcp), size (buffer, null without EDNS), segment (octets of TCP segments, "
	"null for the system's), do, rd, cd, asked (0: left out, since it could tell no more), answered, lost, "
	"refused, connected (attempts by TCP that did), chances (packets that loss alone must have eaten), "
	"truncated, packets, status, reason, gap (how far the last attempt by TCP came without an answer: stage, "
	"which is none, connecting, connected, reading or done; read and wanted, octets; null otherwise) and "
	"reply (of the last answer: broken, size, rcode, aa, tc, ad, edns, which is null or version, flags, do "
	"and advertised; whole, signatures, elapsed_ms; null without one).\n\n"
	"facts of a walk (--reply-size): discovery and resolvers. A resolver: server, verdict (word, severity; "
	"hint; fetched, udp and tcp, each passed and failed in octets, null for none), packets, elsewhere, "
	"garbage and repeated (as of an address) and grades (size, udp and tcp, each asked, lost, status, "
	"reason, rcode, tc, whole, size, advertised, elapsed_ms; null when it was not "
	"asked).";

const char dw_payload_words[] =
	"The verdict on an address is one word in JSON, and with -v: fine, or that of its most important "
	"finding. What eats answers on the way: udp-dropped, udp-refused, edns-dropped, do-dropped, udp-size "
	"(answers above a size), fragments-dropped, path-mtu, rate-limited, loss. What changes them: "
	"edns-refused, opt-stripped, do-cleared, signatures-stripped, always-truncated, truncated-early. TCP: "
	"tcp-refused, tcp-filtered, tcp-silent, tcp-cut, tcp-garbage. EDNS that is mishandled: edns-version, "
	"edns-option, edns-flag, buffer-ignored. The server: server-silent, server-refused, server-error (it "
	"does not serve "
	"the zone), other-address, answer-malformed, garbage, answers-twice, unanswered (one question is), "
	"large-answer, large-buffer. A resolver (--via): bogus, resolver-fails, resolver-refuses, "
	"no-such-zone, not-an-apex, and as notes validates, not-validating. Of the check itself: not-asked "
	"(time was up), not-possible (no socket, no memory), no-route; no-large-answer notes that the zone "
	"has none to put to the test.\n\n"
	"Of a walk (--reply-size): fetch-limited (answers above a size do not get to the resolver), "
	"fetch-uneven (some failed that are smaller than others that came), udp-dropped, udp-silent, "
	"path-mtu, tcp-fails, edns-refused, opt-stripped, always-truncated, other-address, answer-malformed, "
	"garbage, answers-twice, udp-large, loss, not-finished, resolver-silent, resolver-refuses, not-graded "
	"(the zone is none of graded answers).";

static const char *const stages[] = {
	[DW_TCP_NONE] = "none",
	[DW_TCP_CONNECTING] = "connecting",
	[DW_TCP_CONNECTED] = "connected",
	[DW_TCP_READING] = "reading",
	[DW_TCP_DONE] = "done",
};

static json_t *of_edns(const struct dw_payload_reply *reply)
{
	if (!reply->edns)
		return json_null();
	return json_pack("{s:i, s:i, s:b, s:i}", "version", reply->version, "flags", reply->flags, "do",
		reply->dnssec_ok, "advertised", reply->advertised);
}

static json_t *of_reply(const struct dw_payload_rung *rung)
{
	const struct dw_payload_reply *reply = &rung->reply;

	if (!rung->answered)
		return json_null();
	return json_pack("{s:b, s:I, s:i, s:b, s:b, s:b, s:o, s:b, s:b, s:I}", "broken", reply->broken, "size",
		(json_int_t)reply->size, "rcode", reply->rcode, "aa", reply->authoritative, "tc", reply->truncated,
		"ad", reply->authentic, "edns", of_edns(reply), "whole", reply->whole, "signatures",
		reply->signatures, "elapsed_ms", (json_int_t)reply->elapsed);
}

static json_t *of_gap(const struct dw_payload_rung *rung)
{
	if (!rung->tcp || rung->n_asked == 0 || rung->status == DW_OK)
		return json_null();
	return json_pack("{s:s, s:I, s:I}", "stage", stages[rung->gap.stage], "read",
		(json_int_t)rung->gap.n_read, "wanted", (json_int_t)rung->gap.n_wanted);
}

/* How often it was asked, and what came of it. */
static json_t *of_rung(const struct dw_payload_rung *rung)
{
	json_t *object = json_pack("{s:s, s:s, s:o, s:o, s:s, s:o, s:o, s:b, s:b, s:b}", "probe",
		dw_payload_probe_text(rung->probe), "topic", dw_survey_json_topic(rung->topic), "name",
		dw_show_name(&rung->record.name), "type", dw_show_type(rung->record.type), "transport",
		rung->tcp ? "tcp" : "udp", "size", dw_show_size(rung->size), "segment", dw_show_size(rung->segment),
		"do", rung->dnssec_ok, "rd", rung->recursion_desired, "cd", rung->checking_disabled);
	json_t *outcome = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:s, s:s, s:o, s:o}", "asked",
		(int)rung->n_asked, "answered", (int)rung->n_answered, "lost", (int)rung->n_lost, "refused",
		(int)rung->n_refused, "connected", (int)rung->n_connected, "chances", (int)rung->n_chances,
		"truncated", (int)rung->n_truncated, "packets", (int)rung->n_packets, "status",
		dw_status_text(rung->status), "reason", rung->reason, "gap", of_gap(rung), "reply", of_reply(rung));

	if (object != NULL && outcome != NULL)
		(void)json_object_update(object, outcome);
	json_decref(outcome);
	return object;
}

static json_t *of_elsewhere(const struct dw_payload_address *address)
{
	char text[DW_ADDRESS_TEXT_MAX];

	return json_pack("{s:i, s:o}", "count", (int)address->n_elsewhere, "address",
		address->n_elsewhere == 0 ? json_null() : json_string(dw_address_format(&address->elsewhere, text)));
}

static json_t *of_verdict(const struct dw_payload_verdict *verdict)
{
	return json_pack("{s:s, s:s, s:s, s:s?, s:o, s:o, s:i, s:i, s:b, s:b}", "word", verdict->kind->word,
		"severity", dw_severity_text(verdict->severity), "text", verdict->text, "hint", verdict->kind->hint,
		"udp_passed", dw_show_size(verdict->udp_passed), "udp_lost", dw_show_size(verdict->udp_lost), "asked",
		(int)verdict->n_asked, "lost", (int)verdict->n_lost, "signed_udp", verdict->signed_udp, "signed_tcp",
		verdict->signed_tcp);
}

static json_t *of_address(const struct dw_payload_address *address, const struct dw_payload_verdict *verdict)
{
	json_t *rungs = json_array();

	for (unsigned i = 0; rungs != NULL && i < address->n_rungs; i++)
		(void)json_array_append_new(rungs, of_rung(&address->rungs[i]));
	return json_pack("{s:o, s:o, s:i, s:b, s:o, s:i, s:i, s:o}", "server",
		dw_survey_json_server(&address->server), "verdict", of_verdict(verdict), "packets",
		(int)address->n_packets, "ended", address->ended, "elsewhere", of_elsewhere(address), "garbage",
		(int)address->n_garbage, "repeated", (int)address->n_repeated, "rungs", rungs);
}

json_t *dw_payload_json(const struct dw_payload_facts *facts, const struct dw_payload_figures *figures)
{
	json_t *addresses = json_array();

	for (unsigned i = 0; addresses != NULL && i < facts->n_addresses && i < figures->n_verdicts; i++)
		(void)json_array_append_new(addresses, of_address(&facts->addresses[i], &figures->verdicts[i]));
	return json_pack("{s:o, s:b, s:i, s:o}", "discovery", dw_survey_json_discovery(facts->discovery), "via",
		facts->via, "packets", (int)figures->packets, "addresses", addresses);
}
