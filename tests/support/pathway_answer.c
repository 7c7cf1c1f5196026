#include "support/pathway.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/message.h"

#define TEXT_MAX   16384
#define KEY_OCTETS 344 /* base64 of 258 octets */

/* An answer of the server, before anything happens to it. */
struct dw_pathway_message {
	struct dw_name name;
	uint16_t type;
	bool edns, dnssec_ok;
	size_t length;
	uint8_t wire[DW_MESSAGE_MAX];
};

bool dw_pathway_has(const struct dw_pathway *path, enum dw_pathway_fault fault)
{
	return (path->faults & DW_PATHWAY(fault)) != 0;
}

/* Not an assertion of Check: a fuzzer cannot use those. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static void append(char *text, const char *more)
{
	size_t length = strlen(text);

	require(length + strlen(more) < TEXT_MAX);
	memcpy(text + length, more, strlen(more) + 1);
}

/* Appends a record whose last field is a made-up key or signature. */
static void append_long(char *text, const char *start)
{
	char line[1024];

	snprintf(line, sizeof(line), "%s %0*d\n", start, KEY_OCTETS, 0);
	append(text, line);
}

static void append_signature(char *text, const char *owner, const char *type)
{
	char start[512];

	snprintf(start, sizeof(start),
		"%s 3600 IN RRSIG %s 8 2 3600 20270101000000 20260101000000 4711 example.org.", owner, type);
	append_long(text, start);
}

/* Writes the sections of the answer to a question. */
static void answer_text(
	const struct dw_pathway *path, const struct dw_ask *ask, char *answer, char *authority)
{
	static const char soa[] =
		"example.org. 3600 IN SOA ns1.example.org. mail.example.org. 7 3600 600 86400 300\n";
	bool secure = ask->edns && ask->dnssec_ok && path->n_keys > 0;

	if (ask->type == DW_TYPE_SOA) {
		append(answer, soa);
		if (secure)
			append_signature(answer, "example.org.", "SOA");
	} else if (ask->type == DW_TYPE_DNSKEY && path->n_keys > 0) {
		for (unsigned i = 0; i < path->n_keys; i++) {
			char start[64];
			snprintf(start, sizeof(start), "example.org. 3600 IN DNSKEY %u 3 8 AwEAAQ%02u", 256 + i % 2, i);
			append_long(answer, start);
		}
		if (secure)
			append_signature(answer, "example.org.", "DNSKEY");
	} else {
		append(authority, soa);
		if (!secure)
			return;
		append_signature(authority, "example.org.", "SOA");
		append(authority, "example.org. 300 IN NSEC www.example.org. NS SOA RRSIG NSEC DNSKEY\n");
		append_signature(authority, "example.org.", "NSEC");
	}
}

/* What the server would say if nothing were in its way. */
static const struct dw_pathway_message *message_for(
	struct dw_pathway *path, const struct dw_ask *ask, bool bare)
{
	char answer[TEXT_MAX] = "", authority[TEXT_MAX] = "", question[DW_NAME_TEXT_MAX + 32];
	char name[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX];
	struct dw_ask kept = *ask;

	kept.dnssec_ok = ask->dnssec_ok && !bare;
	for (unsigned i = 0; i < path->n_cached; i++) {
		const struct dw_pathway_message *cached = path->cached[i];
		if (cached->type == ask->type && cached->edns == ask->edns && cached->dnssec_ok == kept.dnssec_ok &&
			dw_name_equal(&cached->name, &ask->name))
			return cached;
	}
	require(path->n_cached < DW_PATHWAY_CACHED_MAX);
	struct dw_pathway_message *made = calloc(1, sizeof(*made));
	require(made != NULL);
	*made = (struct dw_pathway_message){
		.name = ask->name, .type = ask->type, .edns = ask->edns, .dnssec_ok = kept.dnssec_ok};
	answer_text(path, &kept, answer, authority);
	snprintf(question, sizeof(question), "%s. %s", dw_name_format(&ask->name, name),
		dw_type_text(ask->type, type));
	bool absent = answer[0] == '\0' && ask->type == DW_TYPE_A;
	const struct dw_message_text text = {
		.bits = (uint16_t)(DW_BIT_QR | DW_BIT_AA | (absent ? DW_RCODE_NXDOMAIN : 0)),
		.question = question,
		.answer = answer,
		.authority = authority,
		.edns = ask->edns,
		.dnssec_ok = ask->dnssec_ok,
		.payload_size = path->server_max};
	made->length = dw_message_write(&text, made->wire);
	path->cached[path->n_cached++] = made;
	return made;
}

/* Leaves the question and OPT, which stands at the end, alone. */
static size_t cut_down(uint8_t *wire, size_t length, bool edns)
{
	size_t question = 12;

	while (wire[question] != 0)
		question += wire[question] + 1U;
	question += 5;
	memset(wire + 6, 0, 6);
	if (!edns)
		return question;
	memmove(wire + question, wire + length - 11, 11);
	wire[11] = 1;
	return question + 11;
}

/* Takes OPT off the end. */
static size_t strip_opt(uint8_t *wire, size_t length)
{
	wire[11]--;
	return length - 11;
}

/* Answers with an error code and nothing else; `high` are its upper bits, for OPT. */
static size_t refuse(uint8_t *wire, size_t length, bool edns, uint8_t rcode, uint8_t high)
{
	length = cut_down(wire, length, edns);
	wire[3] = (uint8_t)((wire[3] & 0xF0) | rcode);
	if (edns)
		wire[length - 6] = high;
	return length;
}

/* The error that a question meets with; false for none. */
static bool is_refused(const struct dw_pathway *path, const struct dw_question *question, uint8_t *rcode)
{
	const struct dw_ask *ask = &question->ask;
	bool udp_edns = question->transport != DW_TRANSPORT_TCP && ask->edns;

	*rcode = DW_RCODE_NOERROR;
	if (dw_pathway_has(path, DW_PATHWAY_REFUSED))
		*rcode = DW_RCODE_REFUSED;
	if ((dw_pathway_has(path, DW_PATHWAY_SERVFAIL) && ask->type == DW_TYPE_DNSKEY) ||
		(dw_pathway_has(path, DW_PATHWAY_BOGUS) && !ask->checking_disabled))
		*rcode = DW_RCODE_SERVFAIL;
	if (udp_edns && dw_pathway_has(path, DW_PATHWAY_EDNS_FAIL))
		*rcode = DW_RCODE_SERVFAIL;
	if (udp_edns &&
		(dw_pathway_has(path, DW_PATHWAY_FORMERR) ||
			(dw_pathway_has(path, DW_PATHWAY_OPTION_REFUSED) && ask->edns_option)))
		*rcode = DW_RCODE_FORMERR;
	if (udp_edns && dw_pathway_has(path, DW_PATHWAY_NOTIMP))
		*rcode = DW_RCODE_NOTIMP;
	return *rcode != DW_RCODE_NOERROR;
}

/* Puts the option that was asked with into OPT, which stands at the end. */
static size_t copy_option(uint8_t *wire, size_t length, uint16_t option)
{
	const uint8_t octets[] = {(uint8_t)(option >> 8), (uint8_t)option, 0, 0};

	wire[length - 1] = sizeof(octets);
	memcpy(wire + length, octets, sizeof(octets));
	return length + sizeof(octets);
}

/* Changes fields of OPT, which stands at the end. */
static void change_opt(const struct dw_pathway *path, uint8_t *wire, size_t length)
{
	if (dw_pathway_has(path, DW_PATHWAY_CLEAR_DO) || dw_pathway_has(path, DW_PATHWAY_FORGET_DO))
		wire[length - 4] = 0;
	if (dw_pathway_has(path, DW_PATHWAY_OTHER_VERSION))
		wire[length - 5] = 1;
}

size_t dw_pathway_answer(
	struct dw_pathway *path, const struct dw_question *question, uint8_t wire[DW_MESSAGE_MAX])
{
	const struct dw_ask *ask = &question->ask;
	bool udp = question->transport != DW_TRANSPORT_TCP;
	bool bare = dw_pathway_has(path, DW_PATHWAY_STRIP_SIGNATURES) ||
		(udp && (dw_pathway_has(path, DW_PATHWAY_STRIP_OPT) || dw_pathway_has(path, DW_PATHWAY_CLEAR_DO)));
	const struct dw_pathway_message *message = message_for(path, ask, bare);
	size_t length = message->length, room = ask->edns ? ask->payload_size : 512;
	size_t most = dw_pathway_has(path, DW_PATHWAY_TC_512) ? 512 : path->server_max;
	uint8_t rcode;

	memcpy(wire, message->wire, length);
	if (path->authentic && !ask->checking_disabled)
		wire[3] |= DW_BIT_AD;
	if (is_refused(path, question, &rcode))
		return refuse(
			wire, length, ask->edns && rcode != DW_RCODE_FORMERR && rcode != DW_RCODE_NOTIMP, rcode, 0);
	if (ask->edns && ask->edns_version > 0 && !dw_pathway_has(path, DW_PATHWAY_VERSION_TAKEN))
		return refuse(wire, length, true, 0, DW_RCODE_BADVERS >> 4);
	if (ask->edns_flags != 0 && dw_pathway_has(path, DW_PATHWAY_FLAG_COPIED))
		wire[length - 3] |= (uint8_t)ask->edns_flags;
	if (!udp && dw_pathway_has(path, DW_PATHWAY_TCP_TRUNCATED)) {
		wire[2] |= 0x02;
		return cut_down(wire, length, ask->edns);
	}
	if (!udp)
		return dw_pathway_has(path, DW_PATHWAY_TCP_BROKEN) ? length - 1 : length;
	if (ask->edns)
		change_opt(path, wire, length);
	if (length > room || length > most || dw_pathway_has(path, DW_PATHWAY_ALWAYS_TC)) {
		length = cut_down(wire, length, ask->edns);
		wire[2] |= 0x02;
		wire[3] &= (uint8_t)~DW_BIT_AD; /* as BIND does */
	}
	if (ask->edns && dw_pathway_has(path, DW_PATHWAY_STRIP_OPT))
		length = strip_opt(wire, length);
	if (ask->edns_option != 0 && dw_pathway_has(path, DW_PATHWAY_OPTION_COPIED))
		length = copy_option(wire, length, ask->edns_option);
	return dw_pathway_has(path, DW_PATHWAY_BROKEN) ? length - 1 : length;
}
