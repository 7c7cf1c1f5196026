/*
 * octets: views of octets, numbers in network order, and text whose case does not count, within messages.
 *
 * Nothing here but a view knows a length: the caller has looked. Functions are pure.
 */
#ifndef DW_DNS_OCTETS_H
#define DW_DNS_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A view of octets that somebody else holds, such as the RDATA of a key. */
struct dw_octets {
	const uint8_t *octets;
	size_t length;
};

/* Whether two views are of the same octets. */
static inline bool dw_octets_equal(struct dw_octets a, struct dw_octets b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.octets, b.octets, a.length) == 0);
}

/* The number in the two octets. */
static inline uint16_t dw_read16(const uint8_t *octets)
{
	return (uint16_t)(octets[0] << 8 | octets[1]);
}

/* The number in the four octets. */
static inline uint32_t dw_read32(const uint8_t *octets)
{
	return (uint32_t)dw_read16(octets) << 16 | dw_read16(octets + 2);
}

/* Writes the low 16 bits of `value`, and returns what follows them. */
static inline uint8_t *dw_put16(uint8_t *octets, unsigned value)
{
	octets[0] = (uint8_t)(value >> 8);
	octets[1] = (uint8_t)value;
	return octets + 2;
}

/* An ASCII letter made small, any other octet as it is. */
static inline uint8_t dw_lower(uint8_t octet)
{
	return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
}

/* Whether `n` octets are equal but for the case of ASCII letters. */
static inline bool dw_equal_but_case(const uint8_t *a, const uint8_t *b, size_t n)
{
	if (memcmp(a, b, n) == 0)
		return true;
	for (size_t i = 0; i < n; i++) {
		if (dw_lower(a[i]) != dw_lower(b[i]))
			return false;
	}
	return true;
}

#endif
