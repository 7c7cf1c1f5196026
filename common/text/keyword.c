#include "text/keyword.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "dns/octets.h"

/* More than the longest of the names below. */
#define BARE_MAX 40

struct keyword {
	const char *bare;
	uint8_t number;
};

/* IANA "DNS Security Algorithm Numbers", and what else they are called. */
static const struct keyword algorithms[] = {
	{"rsamd5", 1},
	{"dh", 2},
	{"dsa", 3},
	{"dsasha1", 3},
	{"rsasha1", 5},
	{"dsansec3sha1", 6},
	{"nsec3dsa", 6},
	{"rsasha1nsec3sha1", 7},
	{"rsasha1nsec3", 7},
	{"nsec3rsasha1", 7},
	{"rsasha256", 8},
	{"rsasha512", 10},
	{"eccgost", 12},
	{"gostr34102001", 12},
	{"ecdsap256sha256", 13},
	{"ecdsacurvep256withsha256", 13},
	{"ecdsap256withsha256", 13},
	{"ecdsa256", 13},
	{"ecdsap384sha384", 14},
	{"ecdsacurvep384withsha384", 14},
	{"ecdsap384withsha384", 14},
	{"ecdsa384", 14},
	{"ed25519", 15},
	{"ed448", 16},
	{"sm2sm3", 17},
	{"eccgost12", 23},
	{"indirect", 252},
	{"privatedns", 253},
	{"privateoid", 254},
};

/* IANA "DS RR Type Digest Algorithms". */
static const struct keyword digest_types[] = {
	{"sha1", 1},
	{"sha256", 2},
	{"gost", 3},
	{"gostr341194", 3},
	{"sha384", 4},
	{"gost12", 5},
	{"gostr34112012", 5},
	{"sm3", 6},
};

const char *dw_keyword_bare(const char *text, char *bare, unsigned size)
{
	unsigned length = 0;

	for (; *text != '\0' && length + 1 < size; text++) {
		const char octet = (char)dw_lower((uint8_t)*text);
		if ((octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9'))
			bare[length++] = octet;
	}
	bare[length] = '\0';
	return bare;
}

bool dw_keyword_number(const char *text, unsigned most, unsigned *number)
{
	const size_t length = strlen(text);

	if (length == 0 || length > 9 || text[strspn(text, "0123456789")] != '\0')
		return false;
	const unsigned long value = strtoul(text, NULL, 10);
	if (value > most)
		return false;
	*number = (unsigned)value;
	return true;
}

static bool find(const char *text, const struct keyword *words, size_t n_words, uint8_t *number)
{
	char bare[BARE_MAX];
	unsigned value = 0;

	if (dw_keyword_number(text, UINT8_MAX, &value)) {
		*number = (uint8_t)value;
		return true;
	}
	dw_keyword_bare(text, bare, sizeof(bare));
	for (size_t i = 0; i < n_words; i++) {
		if (strcmp(words[i].bare, bare) == 0) {
			*number = words[i].number;
			return true;
		}
	}
	return false;
}

bool dw_keyword_algorithm(const char *text, uint8_t *algorithm)
{
	return find(text, algorithms, sizeof(algorithms) / sizeof(algorithms[0]), algorithm);
}

bool dw_keyword_digest_type(const char *text, uint8_t *digest_type)
{
	return find(text, digest_types, sizeof(digest_types) / sizeof(digest_types[0]), digest_type);
}
