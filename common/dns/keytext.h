/*
 * keytext: the public key of a DNSKEY as base64, and what becomes of it when the text is damaged.
 *
 * A text is kept as the values of its characters, six bits each and without '=', so that a character can be
 * taken from it or put into it anywhere. Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_KEYTEXT_H
#define DW_DNS_KEYTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DW_KEYTEXT_MAX 1400 /* characters: an RSA key of 8192 bits, and what may stand around it */

/* Zero-initialised it is empty. */
struct dw_keytext {
	size_t length; /* characters */
	uint8_t values[DW_KEYTEXT_MAX];
};

/* The text of `length` octets. False, with nothing done, when it would be longer than DW_KEYTEXT_MAX. */
bool dw_keytext_write(const uint8_t *octets, size_t length, struct dw_keytext *text);

/* Appends characters of the base64 alphabet; others are passed over. False when they do not fit. */
bool dw_keytext_add(struct dw_keytext *text, const char *characters);

/* Appends a part of another text. False when it does not fit. */
bool dw_keytext_join(struct dw_keytext *text, const struct dw_keytext *other, size_t from, size_t length);

/* The octets of the text, into room for `size`; how many. Bits that fill no octet are dropped. */
size_t dw_keytext_read(const struct dw_keytext *text, uint8_t *octets, size_t size);

#endif
