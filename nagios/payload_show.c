#include "payload_show.h"

#include <inttypes.h>

#include "show.h"

#include "dns/judgement.h"

#define CELL_MAX 80

/* What is asked for: "SOA", "absent name", "big.example.org/TXT". */
static const char *topic_text(const struct dw_payload_rung *rung, char text[DW_RECORD_TEXT_MAX])
{
	if (rung->topic == DW_TOPIC_SOA)
		return "SOA";
	if (rung->topic == DW_TOPIC_DNSKEY)
		return "DNSKEY";
	if (rung->topic == DW_TOPIC_ABSENT)
		return "absent name";
	return dw_judgement_record_text(&rung->record.name, rung->record.type, text);
}

/* How it is asked: "UDP, no EDNS", "UDP 1232, version 1", "TCP, segments of 536". */
static const char *way_text(const struct dw_payload_rung *rung, char text[CELL_MAX])
{
	static const char *const probes[] = {
		[DW_PROBE_PLAIN] = ", no EDNS",
		[DW_PROBE_EDNS] = "",
		[DW_PROBE_VERSION] = ", EDNS version 1",
		[DW_PROBE_OPTION] = ", unknown option",
		[DW_PROBE_BETWEEN] = "",
		[DW_PROBE_LONG] = ", padded to 1452",
		[DW_PROBE_FLAG] = ", unknown flag",
		[DW_PROBE_TCP] = "",
		[DW_PROBE_VALIDATE] = ", without CD",
	};
	char size[16] = "", segment[32] = "";

	if (!rung->tcp && rung->size > 0)
		(void)snprintf(size, sizeof size, " %u", rung->size);
	if (rung->segment > 0)
		(void)snprintf(segment, sizeof segment, ", segments of %u", rung->segment);
	(void)snprintf(text, CELL_MAX, "%s%s%s%s", rung->tcp ? "TCP" : "UDP", size, probes[rung->probe], segment);
	return text;
}

/* What an OPT record said: "buffer 1232, DO", "no OPT". */
static void show_edns(const struct dw_payload_rung *rung, FILE *page)
{
	const struct dw_payload_reply *reply = &rung->reply;

	if (!reply->edns) {
		(void)fputs(rung->probe == DW_PROBE_PLAIN ? "" : ", no OPT", page);
		return;
	}
	(void)fprintf(page, ", buffer %u%s", reply->advertised, reply->dnssec_ok ? ", DO" : "");
	if (reply->version != 0)
		(void)fprintf(page, ", EDNS version %u", reply->version);
	if ((reply->flags & ~DW_EDNS_DO) != 0)
		(void)fprintf(page, ", flags 0x%04x", reply->flags);
}

/* What came. */
static void show_reply(const struct dw_payload_rung *rung, unsigned level, FILE *page)
{
	const struct dw_payload_reply *reply = &rung->reply;
	char rcode[DW_RCODE_TEXT_MAX];

	(void)fprintf(page, "%5zu octets in %" PRId64 " ms", reply->size, reply->elapsed);
	if (reply->broken) {
		(void)fputs(", does not parse", page);
		return;
	}
	(void)fprintf(page, ", %s%s", dw_rcode_text(reply->rcode, rcode), reply->truncated ? ", TC" : "");
	if (rung->probe == DW_PROBE_VALIDATE)
		(void)fputs(reply->authentic ? ", AD" : ", no AD", page);
	if (reply->rcode == DW_RCODE_NOERROR && !reply->truncated && !reply->whole)
		(void)fputs(", not what was asked for", page);
	if (reply->whole && rung->dnssec_ok)
		(void)fputs(reply->signatures ? ", signed" : ", no signature", page);
	if (level < 2)
		return;
	(void)fputs(reply->authoritative ? ", AA" : "", page);
	show_edns(rung, page);
}

/* How often it was asked, where that says something. */
static void show_attempts(const struct dw_payload_rung *rung, unsigned level, FILE *page)
{
	if (rung->n_asked < 2 && level < 2)
		return;
	(void)fprintf(page, "; asked %u, answered %u, lost %u", rung->n_asked, rung->n_answered, rung->n_lost);
	if (rung->n_refused > 0)
		(void)fprintf(page, ", refused %u", rung->n_refused);
	if (level >= 2)
		(void)fprintf(page, ", %u packet%s", rung->n_packets, rung->n_packets == 1 ? "" : "s");
}

static void show_rung(const struct dw_payload_rung *rung, unsigned level, FILE *page)
{
	char topic[DW_RECORD_TEXT_MAX], way[CELL_MAX];

	(void)fprintf(page, "    %-26s %-14s ", way_text(rung, way), topic_text(rung, topic));
	if (rung->n_asked == 0) {
		(void)fputs("left out\n", page);
		return;
	}
	if (rung->answered)
		show_reply(rung, level, page);
	else
		dw_show_text(page, rung->reason[0] == '\0' ? "no answer" : rung->reason, sizeof rung->reason, false);
	if (!rung->answered && rung->gap.n_read > 0)
		(void)fprintf(page, " (%zu of %zu octets came)", rung->gap.n_read, rung->gap.n_wanted);
	show_attempts(rung, level, page);
	(void)fputc('\n', page);
}

/* What came beside answers. */
static void show_strays(const struct dw_payload_address *address, FILE *page)
{
	char text[DW_ADDRESS_TEXT_MAX];

	if (address->n_elsewhere > 0)
		(void)fprintf(page, "    %u answer%s came from %s instead\n", address->n_elsewhere,
			address->n_elsewhere == 1 ? "" : "s", dw_address_format(&address->elsewhere, text));
	if (address->n_garbage > 0)
		(void)fprintf(page, "    %u datagram%s answered nothing\n", address->n_garbage,
			address->n_garbage == 1 ? "" : "s");
	if (address->n_repeated > 0)
		(void)fprintf(
			page, "    %u answer%s came again\n", address->n_repeated, address->n_repeated == 1 ? "" : "s");
}

static void show_address(const struct dw_payload_address *address, const struct dw_payload_verdict *verdict,
	unsigned level, FILE *page)
{
	char server[DW_SERVER_TEXT_MAX];

	(void)fprintf(page, "  %s: %s", dw_judgement_server_text(&address->server, server), verdict->kind->word);
	if (verdict->udp_passed > 0)
		(void)fprintf(page, ", %zu octets passed by UDP", verdict->udp_passed);
	if (verdict->udp_lost > 0)
		(void)fprintf(page, ", %zu did not", verdict->udp_lost);
	(void)fprintf(page, "; %u packets sent%s\n", address->n_packets,
		address->ended ? "" : "; time was up before the end");
	for (unsigned i = 0; i < address->n_rungs; i++)
		if (address->rungs[i].n_asked > 0 || level >= 3)
			show_rung(&address->rungs[i], level, page);
	show_strays(address, page);
}

void dw_payload_show(const struct dw_payload_facts *facts, const struct dw_payload_figures *figures,
	unsigned level, FILE *page)
{
	char zone[DW_NAME_TEXT_MAX];

	(void)fprintf(page, "%s %s %u %s%s\n", dw_name_format(&facts->zone, zone), facts->via ? "via" : "on",
		facts->n_addresses, facts->via ? "resolver" : "server address",
		facts->n_addresses == 1 ? ""
			: facts->via        ? "s"
								: "es");
	for (unsigned i = 0; i < facts->n_addresses && i < figures->n_verdicts; i++)
		show_address(&facts->addresses[i], &figures->verdicts[i], level, page);
}
