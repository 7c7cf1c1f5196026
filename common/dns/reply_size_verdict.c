#include "dns/reply_size_verdict.h"

#include <stdarg.h>
#include <stdio.h>

#include "dns/judgement.h"

static const struct dw_finding_kind rows[] = {
	[DW_REPLY_SIZE_SILENT] = {"resolver-silent", DW_CRITICAL,
		"see that the resolver runs, and that UDP and TCP port 53 reach it"},
	[DW_REPLY_SIZE_OTHER_ADDRESS] = {"other-address", DW_CRITICAL,
		"have the resolver answer from the address that was asked: bind it to each address, or mend the NAT"},
	[DW_REPLY_SIZE_REFUSED] = {"resolver-refuses", DW_UNKNOWN,
		"let the resolver answer this host, or name a resolver that does with --via"},
	[DW_REPLY_SIZE_NOT_GRADED] = {"not-graded", DW_UNKNOWN,
		"put the zone of packaging/graded on a server, and name it with --zone"},
	[DW_REPLY_SIZE_TCP_FAILS] = {"tcp-fails", DW_CRITICAL,
		"open TCP port 53 between this host and the resolver (RFC 7766)"},
	[DW_REPLY_SIZE_FETCH] = {"fetch-limited", DW_CRITICAL,
		"at the resolver: open UDP and TCP port 53 outwards, let fragments in, or set its EDNS buffer to "
		"1232"},
	[DW_REPLY_SIZE_EDNS_REFUSED] = {"edns-refused", DW_CRITICAL,
		"replace the resolver, or the box between it and this host, by one that knows EDNS (RFC 6891)"},
	[DW_REPLY_SIZE_NO_UDP] = {"udp-silent", DW_WARNING,
		"let UDP port 53, and EDNS, pass between this host and the resolver; without --reply-size --via "
		"tells which of them is dropped"},
	[DW_REPLY_SIZE_UDP] = {"udp-dropped", DW_WARNING,
		"let fragments pass from the resolver to its clients, or have it send at most 1232 octets by UDP"},
	[DW_REPLY_SIZE_PATH_MTU] = {"path-mtu", DW_WARNING,
		"let ICMP \"fragmentation needed\" and \"packet too big\" reach the resolver: a link on the way has "
		"a smaller MTU; or have it send at most 1232 octets by UDP"},
	[DW_REPLY_SIZE_MALFORMED] = {"answer-malformed", DW_WARNING,
		"see what writes these messages, between the resolver and this host"},
	[DW_REPLY_SIZE_OPT_STRIPPED] = {"opt-stripped", DW_WARNING,
		"turn off what takes the OPT record out between this host and the resolver, or have the resolver use "
		"EDNS"},
	[DW_REPLY_SIZE_TRUNCATED] = {"always-truncated", DW_WARNING,
		"turn off the proxy or rate limit that truncates every UDP answer"},
	[DW_REPLY_SIZE_UNEVEN] = {"fetch-uneven", DW_WARNING,
		"see what drops UDP answers between the resolver and the zone's servers: it gets large ones after "
		"fallbacks only"},
	[DW_REPLY_SIZE_GARBAGE] = {"garbage", DW_WARNING,
		"see what sends datagrams from the resolver's port that answer nothing that was asked"},
	[DW_REPLY_SIZE_REPEATED] = {"answers-twice", DW_WARNING,
		"see what doubles datagrams: two resolvers on one address, or a loop in the network"},
	[DW_REPLY_SIZE_LARGE] = {"udp-large", DW_WARNING,
		"have the resolver send at most 1232 octets by UDP (RFC 9715)"},
	[DW_REPLY_SIZE_LOSS] = {"loss", DW_WARNING,
		"look at the path to the resolver, and at the one from it to the zone's servers"},
	[DW_REPLY_SIZE_NOT_POSSIBLE] = {"not-possible", DW_UNKNOWN,
		"raise the limits on open files and memory that whoever runs the check has"},
	[DW_REPLY_SIZE_UNSURE] = {"not-finished", DW_UNKNOWN, "allow more time with --timeout"},
	[DW_REPLY_SIZE_NO_ROUTE] = {"no-route", DW_UNKNOWN, "use -4 or -6 to leave the other family out"},
	[DW_REPLY_SIZE_FINE] = {"fine", DW_NOTE, NULL},
};

const struct dw_finding_kind *dw_reply_size_row(enum dw_reply_size_kind kind)
{
	return &rows[kind];
}

void dw_reply_size_add(struct dw_reply_size_case *trial, enum dw_reply_size_kind kind,
	enum dw_severity severity, const char *format, ...)
{
	char zone[64], server[DW_SERVER_TEXT_MAX], clause[DW_FINDING_TEXT_MAX];
	struct dw_place place = {.zone = &trial->facts->zone, .server = server};
	va_list values;

	va_start(values, format);
	vsnprintf(clause, sizeof(clause), format, values);
	va_end(values);
	dw_judgement_server_text(&trial->resolver->server, server);
	dw_findings_add(trial->findings, &rows[kind], severity, &place, "%s: resolver %.100s: %s",
		dw_judgement_name_text(&trial->facts->zone, zone), server, clause);
	if (trial->verdict->kind != &rows[DW_REPLY_SIZE_FINE] && severity <= trial->verdict->severity)
		return;
	trial->verdict->kind = &rows[kind];
	trial->verdict->severity = severity;
}
