#include "text/rrtype.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dns/wire.h"

/* Types that no RRset of a zone has, or that are not to be asked for, and why. */
static const struct {
	uint16_t type;
	const char *why;
} refused[] = {
	{0, "is reserved, and no record has it"},
	{DW_TYPE_OPT, "belongs to a message and not to a zone (RFC 6891)"},
	{DW_TYPE_RRSIG, "is never asked for by itself; name the type that the signature covers"},
	{128, "is a mark in the bit map of an NSEC record, and no record has it (RFC 9824)"},
	{249, "makes keys for a transaction and is in no zone (RFC 2930)"},
	{250, "signs a transaction and is in no zone (RFC 8945)"},
	{251, "asks for a transfer, which is no record (RFC 1995)"},
	{252, "asks for a transfer, which is no record (RFC 5936)"},
	{253, "is an obsolete question for mailboxes; name MX or another type"},
	{254, "is an obsolete question for mail agents; name MX"},
	{DW_TYPE_ANY,
		"asks for whatever there is, and servers may leave out what they like (RFC 8482); name a type"},
};

/* Types from here to 255 stand in questions and messages only (RFC 6895 3.1). */
#define FIRST_META 128
#define LAST_META  255

static enum dw_status refuse(const char *text, uint16_t type, struct dw_error *error)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (refused[i].type == type)
			return dw_fail(error, DW_INVALID, "type '%s' %s", text, refused[i].why);
	if (type >= FIRST_META && type <= LAST_META)
		return dw_fail(error, DW_INVALID, "type '%s' is for questions and messages only (RFC 6895)", text);
	return DW_OK;
}

/* Reads "TYPEnnn" of RFC 3597; "TYPE5x" and "TYPE65541" are none. False when it is none. */
static bool parse_number(const char *text, uint16_t *type)
{
	const char *digits = text + strlen("TYPE");

	if (strncasecmp(text, "TYPE", strlen("TYPE")) != 0 || *digits == '\0' || strlen(digits) > 5 ||
		digits[strspn(digits, "0123456789")] != '\0')
		return false;
	unsigned long number = strtoul(digits, NULL, 10);
	*type = (uint16_t)number;
	return number <= UINT16_MAX;
}

/* A type by its name, of those that dw_type_text() gives. 0 for none. */
static uint16_t find(const char *text)
{
	static const uint16_t blocks[][2] = {{1, 511}, {32768, 32769}}; /* where IANA has given names */
	uint16_t found = 0;
	char name[DW_TYPE_TEXT_MAX];

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]) && found == 0; i++)
		for (unsigned type = blocks[i][0]; type <= blocks[i][1] && found == 0; type++)
			if (strcasecmp(dw_type_text((uint16_t)type, name), text) == 0)
				found = (uint16_t)type;
	return found;
}

enum dw_status dw_rrtype_parse(const char *text, uint16_t *type, struct dw_error *error)
{
	uint16_t found;

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "no record type is given");
	if (strncasecmp(text, "TYPE", strlen("TYPE")) != 0) {
		found = find(text);
		if (found == 0)
			return dw_fail(error, DW_INVALID, "'%.40s' is no record type", text);
	} else if (!parse_number(text, &found)) {
		return dw_fail(error, DW_INVALID, "'%.40s' is not TYPE with a number from 1 to 65535", text);
	}
	enum dw_status status = refuse(text, found, error);
	if (status == DW_OK)
		*type = found;
	return status;
}
