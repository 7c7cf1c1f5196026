#include "support/message.h"

#include <ctype.h>
#include <ldns/ldns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void give_up(const char *what, const char *text)
{
	fprintf(stderr, "test message: %s: '%s'\n", what, text);
	abort();
}

/* Adds the records of lines of zone format to a section. */
static void push_lines(ldns_pkt *packet, ldns_pkt_section section, const char *lines)
{
	while (lines != NULL && *lines != '\0') {
		size_t length = strcspn(lines, "\n");
		char *line = strndup(lines, length);
		ldns_rr *rr = NULL;
		if (length > 0 &&
			(line == NULL || ldns_rr_new_frm_str(&rr, line, 3600, NULL, NULL) != LDNS_STATUS_OK))
			give_up("no record", line == NULL ? "no memory" : line);
		if (rr != NULL && !ldns_pkt_push_rr(packet, section, rr))
			give_up("no room", line);
		free(line);
		lines += length + (lines[length] == '\n' ? 1 : 0);
	}
}

/* Adds the question "NAME TYPE [CLASS]". */
static void push_question(ldns_pkt *packet, const char *question)
{
	ldns_rr *rr = NULL;
	char name[DW_NAME_TEXT_MAX], type[32], line[DW_NAME_TEXT_MAX + 64], rr_class[8] = "IN";

	if (question == NULL)
		return;
	if (sscanf(question, "%1023s %31s %7s", name, type, rr_class) < 2)
		give_up("no question", question);
	snprintf(line, sizeof(line), "%s %s %s", name, rr_class, type);
	if (ldns_rr_new_question_frm_str(&rr, line, NULL, NULL) != LDNS_STATUS_OK)
		give_up("no question", question);
	ldns_pkt_push_rr(packet, LDNS_SECTION_QUESTION, rr);
}

/* Appends the OPT record. */
static size_t put_opt(const struct dw_message_text *text, uint8_t *octets)
{
	uint8_t *start = octets;

	*octets++ = 0;
	ldns_write_uint16(octets, LDNS_RR_TYPE_OPT);
	ldns_write_uint16(octets + 2, text->payload_size);
	octets[4] = (uint8_t)(text->rcode >> 4);
	octets[5] = 0;
	ldns_write_uint16(octets + 6, text->dnssec_ok ? 0x8000 : 0);
	ldns_write_uint16(octets + 8, text->options_length);
	octets += 10;
	if (text->options_length > 0)
		memcpy(octets, text->options, text->options_length);
	return (size_t)(octets - start) + text->options_length;
}

size_t dw_message_write(const struct dw_message_text *text, uint8_t wire[DW_MESSAGE_MAX])
{
	ldns_pkt *packet = ldns_pkt_new();
	uint8_t *made = NULL;
	size_t length = 0;

	if (packet == NULL)
		give_up("no memory", "packet");
	push_question(packet, text->question);
	push_lines(packet, LDNS_SECTION_ANSWER, text->answer);
	push_lines(packet, LDNS_SECTION_AUTHORITY, text->authority);
	push_lines(packet, LDNS_SECTION_ADDITIONAL, text->additional);
	size_t room = DW_MESSAGE_MAX - 11 - (size_t)text->options_length;
	if (ldns_pkt2wire(&made, packet, &length) != LDNS_STATUS_OK || length > room)
		give_up("cannot be written", text->question == NULL ? "" : text->question);
	memcpy(wire, made, length);
	ldns_write_uint16(wire, text->id);
	ldns_write_uint16(wire + 2, (uint16_t)(text->bits | (text->rcode & 15)));
	if (text->edns) {
		ldns_write_uint16(wire + 10, (uint16_t)(ldns_read_uint16(wire + 10) + 1));
		length += put_opt(text, wire + length);
	}
	LDNS_FREE(made);
	ldns_pkt_free(packet);
	return length;
}

void dw_message_make(
	const struct dw_message_text *text, uint8_t wire[DW_MESSAGE_MAX], struct dw_message *message)
{
	struct dw_error error = {0};
	size_t length = dw_message_write(text, wire);

	if (dw_message_parse(wire, length, message, &error) != DW_OK)
		give_up(error.text, text->question == NULL ? "" : text->question);
}

struct dw_name dw_name_make(const char *text)
{
	struct dw_error error = {0};
	struct dw_name name;

	if (dw_name_parse(text, &name, &error) != DW_OK)
		give_up(error.text, text);
	return name;
}

size_t dw_octets_make(const char *hex, uint8_t *octets, size_t size)
{
	size_t n = 0;

	for (const char *at = hex; *at != '\0';) {
		if (isspace((unsigned char)*at)) {
			at++;
			continue;
		}
		char pair[3] = {at[0], at[1], '\0'};
		char *end;
		unsigned long octet = strtoul(pair, &end, 16);
		if (end != pair + 2 || n == size)
			give_up("no octets", at);
		octets[n++] = (uint8_t)octet;
		at += 2;
	}
	return n;
}
