#include "survey_show.h"

#include <inttypes.h>

#include "show.h"

#include "dns/finding.h"

static const char *const topic_words[] = {
	[DW_TOPIC_DNSKEY] = "DNSKEY",
	[DW_TOPIC_SOA] = "SOA",
	[DW_TOPIC_NS] = "NS",
	[DW_TOPIC_ABSENT] = "absent name",
	[DW_TOPIC_RECORD] = "record",
};

static const char *record_text(const struct dw_name *owner, uint16_t type, char text[DW_RECORD_TEXT_MAX])
{
	char name[DW_NAME_TEXT_MAX], mnemonic[DW_TYPE_TEXT_MAX];

	(void)snprintf(
		text, DW_RECORD_TEXT_MAX, "%.270s/%s", dw_name_format(owner, name), dw_type_text(type, mnemonic));
	return text;
}

/* One signature of an RRset. */
static void show_signature(const struct dw_signature *signature, dw_moment now, FILE *page)
{
	char algorithm[24], inception[DW_MOMENT_TEXT_MAX], expiration[DW_MOMENT_TEXT_MAX],
		left[DW_MOMENT_TEXT_MAX];

	(void)fprintf(page, "      key %u (%s) %s to %s: %s, %s left\n", signature->key_tag,
		dw_algorithm_text(signature->algorithm, algorithm), dw_moment_format(signature->inception, inception),
		dw_moment_format(signature->expiration, expiration), dw_signature_state_text(signature->state),
		dw_span_format(signature->expiration - now, left));
}

/* One RRset: whether it is proven, and for how long. */
static void show_rrset(const struct dw_rrset_fact *rrset, dw_moment now, unsigned level, FILE *page)
{
	const struct dw_proof *proof = &rrset->proof;
	char record[DW_RECORD_TEXT_MAX], left[DW_MOMENT_TEXT_MAX];

	(void)fprintf(page, "    %s, %u record%s, TTL %" PRIu32, record_text(&rrset->owner, rrset->type, record),
		rrset->n_records, rrset->n_records == 1 ? "" : "s", rrset->ttl);
	if (proof->best >= 0)
		(void)fprintf(page, ", %s, %s left\n", dw_signature_state_text(proof->signatures[proof->best].state),
			dw_span_format(proof->signatures[proof->best].expiration - now, left));
	else
		(void)fputs(", no signature\n", page);
	for (unsigned i = 0; level >= 3 && i < proof->n_signatures; i++)
		show_signature(&proof->signatures[i], now, page);
}

/* Why, in the server's words: any text at all, so that no bar in it may end the line for Nagios. */
static void show_ede(const struct dw_ede *item, FILE *page)
{
	char ede[48];

	(void)fprintf(page, ", EDE %s%s", dw_ede_text(item->code, ede), item->text[0] == '\0' ? "" : ": ");
	dw_show_text(page, item->text, sizeof item->text, false);
}

/* One question and what came. */
static void show_reply(const struct dw_reply *reply, FILE *page)
{
	char record[DW_RECORD_TEXT_MAX], rcode[16], name[DW_NAME_TEXT_MAX];

	(void)fprintf(page, "   %s %s: ", topic_words[reply->topic],
		record_text(&reply->record.name, reply->record.type, record));
	if (!reply->asked) {
		(void)fputs("not asked\n", page);
		return;
	}
	if (reply->status != DW_OK) {
		(void)fprintf(
			page, "%s, %u attempt%s\n", reply->reason, reply->attempts, reply->attempts == 1 ? "" : "s");
		return;
	}
	(void)fprintf(page, "%s, %zu octets by %s%s in %" PRId64 " ms%s%s%s", dw_rcode_text(reply->rcode, rcode),
		reply->size, reply->truncated ? "UDP with TC, then " : "", reply->tcp ? "TCP" : "UDP", reply->elapsed,
		reply->authoritative ? ", AA" : "", reply->edns ? "" : ", no OPT",
		reply->edns && !reply->dnssec_ok ? ", DO not copied" : "");
	if (reply->denial_wanted)
		(void)fprintf(page, ", %s", dw_denial_text(reply->denial.result));
	if (reply->child_state != DW_CHILD_NONE)
		(void)fprintf(page, ", %s zone %s", reply->child_state == DW_CHILD_SIGNED ? "signed" : "unsigned",
			dw_name_format(&reply->child, name));
	for (unsigned i = 0; i < reply->n_ede; i++)
		show_ede(&reply->ede[i], page);
	(void)fputc('\n', page);
}

/* The first identifier that the server gave. */
static const char *server_nsid(const struct dw_server_facts *server)
{
	for (unsigned i = 0; i < server->n_replies; i++)
		if (server->replies[i].nsid[0] != '\0')
			return server->replies[i].nsid;
	return "";
}

static void show_server(const struct dw_server_facts *server, dw_moment now, unsigned level, FILE *page)
{
	char name[DW_NAME_TEXT_MAX], address[DW_ADDRESS_TEXT_MAX];
	const char *nsid = server_nsid(server);

	(void)fprintf(page, "  %s%s%s%s",
		server->server.name.length == 0 ? "" : dw_name_format(&server->server.name, name),
		server->server.name.length == 0 ? "" : " ", dw_address_format(&server->server.address, address),
		nsid[0] == '\0' ? "" : ", NSID ");
	dw_show_text(page, nsid, DW_NSID_TEXT_MAX, false);
	(void)fputc('\n', page);
	for (unsigned i = 0; i < server->n_replies; i++) {
		const struct dw_reply *reply = &server->replies[i];

		if (level >= 2)
			show_reply(reply, page);
		for (unsigned j = 0; j < reply->n_rrsets; j++)
			show_rrset(&reply->rrsets[j], now, level, page);
	}
}

void dw_survey_show(const struct dw_survey_facts *facts, unsigned level, FILE *page)
{
	char zone[DW_NAME_TEXT_MAX], now[DW_MOMENT_TEXT_MAX];

	(void)fprintf(page, "%s on %u server address%s, as of %s, %u signatures verified\n",
		dw_name_format(&facts->zone, zone), facts->n_servers, facts->n_servers == 1 ? "" : "es",
		dw_moment_format(facts->now, now), facts->n_verified);
	for (unsigned i = 0; i < facts->n_servers; i++)
		show_server(&facts->servers[i], facts->now, level, page);
}
