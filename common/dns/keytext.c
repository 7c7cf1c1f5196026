#include "dns/keytext.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool dw_keytext_write(const uint8_t *octets, size_t length, struct dw_keytext *text)
{
	uint32_t bits = 0;
	unsigned n_bits = 0;

	if ((length * 8 + 5) / 6 > DW_KEYTEXT_MAX)
		return false;
	text->length = 0;
	/* Whole groups by themselves: a search does this thousands of times. */
	for (; length >= 3; octets += 3, length -= 3) {
		uint8_t *values = &text->values[text->length];
		values[0] = octets[0] >> 2;
		values[1] = (uint8_t)((octets[0] << 4 | octets[1] >> 4) & 63);
		values[2] = (uint8_t)((octets[1] << 2 | octets[2] >> 6) & 63);
		values[3] = octets[2] & 63;
		text->length += 4;
	}
	for (size_t i = 0; i < length; i++) {
		bits = bits << 8 | octets[i];
		for (n_bits += 8; n_bits >= 6; n_bits -= 6)
			text->values[text->length++] = bits >> (n_bits - 6) & 63;
	}
	if (n_bits > 0)
		text->values[text->length++] = (uint8_t)(bits << (6 - n_bits) & 63);
	return true;
}

bool dw_keytext_add(struct dw_keytext *text, const char *characters)
{
	for (; *characters != '\0'; characters++) {
		const char *found = strchr(alphabet, *characters);
		if (found == NULL)
			continue;
		if (text->length == DW_KEYTEXT_MAX)
			return false;
		text->values[text->length++] = (uint8_t)(found - alphabet);
	}
	return true;
}

bool dw_keytext_join(struct dw_keytext *text, const struct dw_keytext *other, size_t from, size_t length)
{
	if (from > other->length || length > other->length - from || length > DW_KEYTEXT_MAX - text->length)
		return false;
	memcpy(text->values + text->length, other->values + from, length);
	text->length += length;
	return true;
}

size_t dw_keytext_read(const struct dw_keytext *text, uint8_t *octets, size_t size)
{
	uint32_t bits = 0;
	unsigned n_bits = 0;
	size_t length = 0, at = 0;

	for (; text->length - at >= 4 && size - length >= 3; at += 4, length += 3) {
		const uint8_t *values = &text->values[at];
		octets[length] = (uint8_t)(values[0] << 2 | values[1] >> 4);
		octets[length + 1] = (uint8_t)(values[1] << 4 | values[2] >> 2);
		octets[length + 2] = (uint8_t)(values[2] << 6 | values[3]);
	}
	for (size_t i = at; i < text->length && length < size; i++) {
		bits = bits << 6 | text->values[i];
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			octets[length++] = (uint8_t)(bits >> n_bits);
		}
	}
	return length;
}
