#include "dns/keyform.h"

#include <string.h>

#include "dns/octets.h"

#define DER_INTEGER  0x02
#define DER_SEQUENCE 0x30

/* A number of the wire without its leading zeros. */
static struct dw_octets significant(const uint8_t *octets, size_t length)
{
	while (length > 0 && *octets == 0) {
		octets++;
		length--;
	}
	return (struct dw_octets){octets, length};
}

bool dw_keyform_rsa(struct dw_octets field, struct dw_octets *exponent, struct dw_octets *modulus)
{
	const uint8_t *octets = field.octets;
	size_t header = field.length > 0 && octets[0] == 0 ? 3 : 1;

	if (field.length < header)
		return false;
	size_t n = header == 1 ? octets[0] : dw_read16(octets + 1);
	if (n >= field.length - header)
		return false;
	/* RFC 3110 forbids leading zeros; validators take them as what they are worth. */
	*exponent = significant(octets + header, n);
	*modulus = significant(octets + header + n, field.length - header - n);
	return exponent->length > 0 && modulus->length > 0;
}

size_t dw_keyform_bits(struct dw_octets number)
{
	size_t n = number.length * 8;

	if (n == 0)
		return 0;
	for (unsigned top = number.octets[0]; top < 0x80; top <<= 1)
		n--;
	return n;
}

/* Writes a positive INTEGER, and returns the octet behind it. */
static uint8_t *write_integer(uint8_t *der, struct dw_octets number)
{
	/* An octet of zero makes nothing a zero, and keeps a top bit from being a sign. */
	bool padded = number.length == 0 || number.octets[0] >= 0x80;

	*der++ = DER_INTEGER;
	*der++ = (uint8_t)(number.length + padded);
	if (padded)
		*der++ = 0;
	memcpy(der, number.octets, number.length);
	return der + number.length;
}

size_t dw_keyform_der(const uint8_t *signature, size_t size, uint8_t der[DW_KEYFORM_DER_MAX])
{
	uint8_t *end = write_integer(der + 2, significant(signature, size));

	end = write_integer(end, significant(signature + size, size));
	der[0] = DER_SEQUENCE;
	der[1] = (uint8_t)(end - der - 2);
	return (size_t)(end - der);
}
