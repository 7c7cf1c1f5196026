#include "dns/payload_verdict.h"

#include <stdarg.h>
#include <stdio.h>

#include "dns/judgement.h"

#define FIREWALL "on the firewall in front of the server, and on the one in front of this host, "

static const struct dw_finding_kind rows[DW_PAYLOAD_KINDS] = {
	[DW_PAYLOAD_FINE] = {"fine", DW_NOTE, NULL},
	[DW_PAYLOAD_BOGUS] = {"bogus", DW_CRITICAL,
		"check the zone with check_rrsig_expiry and check_ds_mismatch: this resolver refuses its answers"},
	[DW_PAYLOAD_RESOLVER_FAILS] = {"resolver-fails", DW_CRITICAL,
		"see what drops EDNS, large answers or TCP between this resolver and the zone's servers"},
	[DW_PAYLOAD_SILENT] = {"server-silent", DW_WARNING,
		"see that the server runs and that UDP and TCP port 53 reach it"},
	[DW_PAYLOAD_REFUSED] = {"server-refused", DW_WARNING, "start the name server on that address"},
	[DW_PAYLOAD_OTHER_ADDRESS] = {"other-address", DW_CRITICAL,
		"have the server answer from the address that was asked: bind it to each address, or mend the NAT"},
	[DW_PAYLOAD_SERVER_ERROR] = {"server-error", DW_WARNING,
		"have the server load the zone, or take it out of the NS sets; is --zone the name of the zone "
		"itself?"},
	[DW_PAYLOAD_RESOLVER_REFUSES] = {"resolver-refuses", DW_CRITICAL,
		"have the resolver answer this host: look at who may ask it, and whether it answers for others at "
		"all"},
	[DW_PAYLOAD_NO_SUCH_ZONE] = {"no-such-zone", DW_CRITICAL,
		"check the spelling, and the delegation at the registrar"},
	[DW_PAYLOAD_UDP_DROPPED] = {"udp-dropped", DW_CRITICAL, FIREWALL "let UDP port 53 pass"},
	[DW_PAYLOAD_UDP_REFUSED] = {"udp-refused", DW_CRITICAL,
		"have the server listen on UDP port 53, and no firewall reject it"},
	[DW_PAYLOAD_EDNS_DROPPED] = {"edns-dropped", DW_CRITICAL,
		FIREWALL "let questions with EDNS pass: a DNS inspection that knows RFC 1035 alone drops them"},
	[DW_PAYLOAD_DO_DROPPED] = {"do-dropped", DW_CRITICAL,
		FIREWALL "let questions with DO pass: a DNS inspection that does not know DNSSEC drops them"},
	[DW_PAYLOAD_EDNS_REFUSED] = {"edns-refused", DW_CRITICAL,
		"replace the server, or the load balancer before it, by one that knows EDNS (RFC 6891)"},
	[DW_PAYLOAD_OPT_STRIPPED] = {"opt-stripped", DW_CRITICAL,
		"turn off the DNS proxy or inspection that takes the OPT record out, or have the server use EDNS"},
	[DW_PAYLOAD_DO_CLEARED] = {"do-cleared", DW_CRITICAL,
		"turn off the DNS proxy or inspection that clears DO, or turn on DNSSEC in the server"},
	[DW_PAYLOAD_SIGNATURES_STRIPPED] = {"signatures-stripped", DW_CRITICAL,
		"have the server serve the signed zone, and no proxy take RRSIG records out"},
	[DW_PAYLOAD_PATH_MTU] = {"path-mtu", DW_CRITICAL,
		"let ICMP \"fragmentation needed\" and \"packet too big\" pass, or clamp the MSS of TCP on the "
		"router with the small MTU"},
	[DW_PAYLOAD_TCP_REFUSED] = {"tcp-refused", DW_CRITICAL,
		"have the server listen on TCP port 53, and no firewall reject it (RFC 7766)"},
	[DW_PAYLOAD_TCP_FILTERED] = {"tcp-filtered", DW_CRITICAL, FIREWALL "let TCP port 53 pass (RFC 7766)"},
	[DW_PAYLOAD_TCP_SILENT] = {"tcp-silent", DW_CRITICAL,
		"see why the server, or the load balancer before it, takes connections and does not answer"},
	[DW_PAYLOAD_TCP_CUT] = {"tcp-cut", DW_CRITICAL,
		"see what ends TCP connections to port 53 before the whole answer is there"},
	[DW_PAYLOAD_TCP_GARBAGE] = {"tcp-garbage", DW_CRITICAL,
		"see what answers on TCP port 53: it is no name server of this zone"},
	[DW_PAYLOAD_FRAGMENTS_DROPPED] = {"fragments-dropped", DW_WARNING,
		"let fragments pass, or limit UDP answers of the server to 1232 octets (RFC 9715)"},
	[DW_PAYLOAD_UDP_SIZE] = {"udp-size", DW_WARNING,
		FIREWALL "let UDP answers of any size pass: a DNS inspection may hold on to a limit of 512 octets"},
	[DW_PAYLOAD_ALWAYS_TRUNCATED] = {"always-truncated", DW_WARNING,
		"turn off the proxy or rate limit that truncates every UDP answer"},
	[DW_PAYLOAD_TRUNCATED_EARLY] = {"truncated-early", DW_WARNING,
		"let the server send UDP answers of up to 1232 octets (RFC 9715), and no DNS inspection, before the "
		"server or before this host, lower the buffer in questions or truncate answers"},
	[DW_PAYLOAD_RATE_LIMITED] = {"rate-limited", DW_WARNING,
		"exempt this host from the rate limit of the server, or of the box before it, or ask it less often"},
	[DW_PAYLOAD_UNANSWERED] = {"unanswered", DW_WARNING,
		"see what drops this question, or its answer: others pass"},
	[DW_PAYLOAD_MALFORMED] = {"answer-malformed", DW_WARNING,
		"see what writes these messages: resolvers throw them away"},
	[DW_PAYLOAD_BUFFER_IGNORED] = {"buffer-ignored", DW_WARNING,
		"have the server keep to the buffer of the question, 512 octets without EDNS (RFC 6891 6.2): others "
		"throw larger answers away"},
	[DW_PAYLOAD_EDNS_VERSION] = {"edns-version", DW_WARNING,
		"speak EDNS version 0, and answer others with BADVERS (RFC 6891 6.1.3): update the server, or the "
		"box before it"},
	[DW_PAYLOAD_EDNS_OPTION] = {"edns-option", DW_WARNING,
		"ignore unknown EDNS options, and copy none (RFC 6891 6.1.2): update the server, or the box before "
		"it"},
	[DW_PAYLOAD_EDNS_FLAG] = {"edns-flag", DW_WARNING,
		"ignore unknown EDNS flags (RFC 6891 6.1.4): update the server, or the box before it"},
	[DW_PAYLOAD_GARBAGE] = {"garbage", DW_WARNING,
		"see what sends datagrams from port 53 that answer nothing that was asked"},
	[DW_PAYLOAD_REPEATED] = {"answers-twice", DW_WARNING,
		"see what doubles datagrams: two servers on one address, or a loop in the network"},
	[DW_PAYLOAD_LOSS] = {"loss", DW_WARNING,
		"find the lossy link, or the limit of the rate, between this host and the server; what it may hide "
		"is told once it is mended"},
	[DW_PAYLOAD_LARGE_ANSWER] = {"large-answer", DW_WARNING,
		"limit UDP answers of the server, to 1232 octets by RFC 9715 since larger ones risk fragments, or "
		"set "
		"-w and -c to what is meant"},
	[DW_PAYLOAD_LARGE_BUFFER] = {"large-buffer", DW_WARNING,
		"lower the buffer that the server advertises, to 1232 octets by RFC 9715 since larger answers risk "
		"fragments, or set -w and -c to what is meant"},
	[DW_PAYLOAD_NOT_APEX] = {"not-an-apex", DW_UNKNOWN, "give the name of the zone itself"},
	[DW_PAYLOAD_NOT_ASKED] = {"not-asked", DW_UNKNOWN, "give the check more time with --timeout"},
	[DW_PAYLOAD_NOT_POSSIBLE] = {"not-possible", DW_UNKNOWN,
		"raise the limits on open files and memory that whoever runs the check has"},
	[DW_PAYLOAD_NO_ROUTE] = {"no-route", DW_NOTE, "use -4 or -6 to leave the other family out"},
	[DW_PAYLOAD_NO_LARGE_ANSWER] = {"no-large-answer", DW_NOTE, "name a large RRset with --record"},
	[DW_PAYLOAD_VALIDATES] = {"validates", DW_NOTE, NULL},
	[DW_PAYLOAD_NOT_VALIDATING] = {"not-validating", DW_NOTE, NULL},
};

const struct dw_finding_kind *dw_payload_row(enum dw_payload_kind kind)
{
	return &rows[kind];
}

/* Whether a finding outranks the verdict: it is worse, or as bad and of a more important kind. */
static bool outranks(
	const struct dw_payload_verdict *verdict, enum dw_payload_kind kind, enum dw_severity severity)
{
	if (verdict->kind == &rows[DW_PAYLOAD_FINE] || severity > verdict->severity)
		return true;
	return severity == verdict->severity && &rows[kind] < verdict->kind;
}

/* Lets a finding be the verdict if it outranks what was found before. Loss is one, however little it is. */
static void rule(struct dw_payload_verdict *verdict, enum dw_payload_kind kind, enum dw_severity severity,
	const char *text)
{
	bool counts = severity > DW_NOTE || kind == DW_PAYLOAD_LOSS || kind == DW_PAYLOAD_NO_ROUTE;

	if (!counts || !outranks(verdict, kind, severity))
		return;
	verdict->kind = &rows[kind];
	verdict->severity = severity;
	snprintf(verdict->text, sizeof(verdict->text), "%s", text);
}

void dw_payload_add(struct dw_payload_case *trial, enum dw_payload_kind kind, enum dw_severity severity,
	const char *format, ...)
{
	char text[DW_FINDING_TEXT_MAX], zone[64], server[DW_SERVER_TEXT_MAX];
	struct dw_place place = {.zone = &trial->facts->zone};
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	rule(trial->verdict, kind, severity, text);
	place.server = dw_judgement_server_text(&trial->address->server, server);
	dw_findings_add(trial->findings, &rows[kind], severity, &place, "%s: %s: %s",
		dw_judgement_name_text(place.zone, zone), server, text);
}

/*
 * How important a finding is among those that are as bad: the least is first. What is none of ours comes
 * first.
 */
static unsigned rank_of(const struct dw_finding *finding)
{
	for (unsigned i = 0; i < DW_PAYLOAD_KINDS; i++) {
		if (finding->kind == &rows[i])
			return i + 1;
	}
	return 0;
}

void dw_payload_order(struct dw_findings *findings)
{
	const size_t n = findings->n_findings + findings->n_dropped;

	/* Findings that are as bad are sorted in the order of adding: as if they had come by their rank. */
	for (size_t i = 0; i < findings->n_findings; i++)
		findings->items[i].sequence += rank_of(&findings->items[i]) * n;
	dw_findings_sort(findings);
	for (size_t i = 0; i < findings->n_findings; i++)
		findings->items[i].sequence = i;
}

const char *dw_payload_wanted_text(const struct dw_payload_rung *rung, char text[DW_RECORD_TEXT_MAX])
{
	if (rung->topic == DW_TOPIC_ABSENT)
		snprintf(text, DW_RECORD_TEXT_MAX, "a name that does not exist");
	else
		dw_judgement_record_text(&rung->record.name, rung->record.type, text);
	return text;
}

enum dw_severity dw_payload_absence(const struct dw_payload_case *trial)
{
	return trial->others_answer ? DW_WARNING : DW_CRITICAL;
}

bool dw_payload_proven(const struct dw_payload_case *trial, enum dw_suspect suspect)
{
	for (unsigned i = 0; i < trial->suspicions->n_items; i++) {
		if (trial->suspicions->items[i].suspect == suspect && trial->suspicions->items[i].proven)
			return true;
	}
	return false;
}
