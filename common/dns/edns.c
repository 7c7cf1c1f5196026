#include "dns/edns.h"

#include "dns/octets.h"

/* Octets of an option before its data: code and length. */
#define OPTION_HEAD 4

bool dw_edns_options_valid(const uint8_t *options, size_t length)
{
	size_t at = 0;

	while (length - at >= OPTION_HEAD) {
		size_t data = dw_read16(options + at + 2);
		if (data > length - at - OPTION_HEAD)
			return false;
		at += OPTION_HEAD + data;
	}
	return at == length;
}

/* The first option of this code at or behind `at`; sets `at` behind it. */
static const uint8_t *next_option(const struct dw_edns *edns, uint16_t code, size_t *at, uint16_t *length)
{
	while (edns->options_length >= OPTION_HEAD && *at <= (size_t)edns->options_length - OPTION_HEAD) {
		const uint8_t *option = edns->options + *at;
		*length = dw_read16(option + 2);
		if (*length > edns->options_length - *at - OPTION_HEAD)
			return NULL;
		*at += OPTION_HEAD + (size_t)*length;
		if (dw_read16(option) == code)
			return option + OPTION_HEAD;
	}
	return NULL;
}

bool dw_edns_option(const struct dw_edns *edns, uint16_t code, const uint8_t **data, uint16_t *length)
{
	size_t at = 0;

	*data = next_option(edns, code, &at, length);
	return *data != NULL;
}

/* What may be shown as it is: printable ASCII but the bar, behind which monitoring systems read figures. */
static bool printable(uint8_t octet)
{
	return octet >= ' ' && octet <= '~' && octet != '|';
}

/* Writes UTF-8 as ASCII, a '?' for each character that is not printable there. */
static void copy_text(const uint8_t *octets, size_t length, char *text, size_t size)
{
	size_t used = 0;

	/* RFC 8914 2: a final NUL may be there, and is no part of the text. */
	while (length > 0 && octets[length - 1] == 0)
		length--;
	for (size_t i = 0; i < length && used + 1 < size; i++) {
		bool continues = (octets[i] & 0xc0) == 0x80 && i > 0 && octets[i - 1] >= 0x80;
		if (!continues)
			text[used++] = printable(octets[i]) ? (char)octets[i] : '?';
	}
	text[used] = '\0';
}

unsigned dw_edns_ede(const struct dw_edns *edns, struct dw_ede items[DW_EDE_ITEMS_MAX])
{
	unsigned n = 0;
	size_t at = 0;
	uint16_t length;

	while (n < DW_EDE_ITEMS_MAX) {
		const uint8_t *data = next_option(edns, DW_EDNS_EDE, &at, &length);
		if (data == NULL)
			break;
		if (length < 2)
			continue;
		items[n].code = dw_read16(data);
		copy_text(data + 2, length - 2u, items[n].text, sizeof(items[n].text));
		n++;
	}
	return n;
}

static bool all_printable(const uint8_t *octets, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!printable(octets[i]))
			return false;
	}
	return true;
}

static void copy_hex(const uint8_t *octets, size_t length, char *text, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	size_t used = 0;

	for (size_t i = 0; i < length && used + 2 < size; i++) {
		text[used++] = digits[octets[i] >> 4];
		text[used++] = digits[octets[i] & 15];
	}
	text[used] = '\0';
}

const char *dw_edns_nsid(const struct dw_edns *edns, char text[DW_NSID_TEXT_MAX])
{
	const uint8_t *data;
	uint16_t length;

	text[0] = '\0';
	if (!dw_edns_option(edns, DW_EDNS_NSID, &data, &length))
		return text;
	if (all_printable(data, length))
		copy_text(data, length, text, DW_NSID_TEXT_MAX);
	else
		copy_hex(data, length, text, DW_NSID_TEXT_MAX);
	return text;
}
