#include "dns/damage.h"

#include <stdio.h>
#include <string.h>

#include "dns/keytext.h"
#include "dns/octets.h"
#include "dns/rdata.h"

#define KEY_FIELDS 4 /* octets of a DNSKEY before the public key */
#define N(table)   ((unsigned)(sizeof(table) / sizeof((table)[0])))

/* TTLs that zones and tools use, in seconds. */
static const unsigned ttls[] = {3600, 86400, 300, 172800, 7200, 0, 1, 5, 10, 30, 60, 120, 180, 600, 900, 1200,
	1800, 2400, 2700, 5400, 10800, 14400, 21600, 28800, 38400, 43200, 57600, 64800, 259200, 345600, 432000,
	518400, 604800, 1209600};

/* What else stands in front of a key in a line, as the characters that a lenient reader leaves of it. */
static const char *const fields[] = {"IN", "3600IN", "86400IN", "300IN", "172800IN", "7200IN", "DNSKEY",
	"INDNSKEY", "3600INDNSKEY", "86400INDNSKEY", "300INDNSKEY", "CDNSKEY", "KSK", "ksk", "3", "257", "256",
	"2573", "2563"};

/* Fields whose last number is the key's algorithm. */
static const char *const with_algorithm[] = {"", "3", "2573", "2563"};

/* What stands between the lines of a key. */
static const char *const breaks[] = {"3600", "IN", "86400", "300", "172800", "7200", "600", "900", "1800",
	"43200", "604800", "3600IN", "86400IN"};
#define N_USUAL_BREAKS 4 /* of them, at the front */

/* Characters of a line, as tools write them, or of a word. */
static const unsigned widths[] = {56, 64, 44, 76, 60, 48};

/* Ends of the room that databases and forms have for a text. */
static const unsigned rooms[] = {40, 50, 100, 120, 128, 200, 250, 254, 255, 256};

/*
 * Comments behind a key as tools write them: %t is the tag, %a the algorithm's name, %b the bits. One reader
 * passes over '=', and another ends there.
 */
static const char *const comments[] = {"KSK", "ksk", "IN", "KSK alg = %a key id = %t", "KSK alg",
	"ZSK alg = %a key id = %t", "ZSK alg", "key id = %t", "key id", "alg = %a", "alg",
	"id = %t (ksk) size = %b b", "id = %t (zsk) size = %b b", "id", "%a",
	"KSK alg = %a key id = %t size = %b", "alg = %a key id = %t", "%t"};

unsigned dw_damage_n_ttls(const struct dw_slip_input *input)
{
	(void)input;
	return N(ttls);
}

unsigned dw_damage_n_in_front(const struct dw_slip_input *input)
{
	return dw_damage_n_ttls(input) + N(fields) + N(with_algorithm);
}

unsigned dw_damage_n_behind(const struct dw_slip_input *input)
{
	return dw_damage_n_ttls(input) + N(comments);
}

unsigned dw_damage_n_characters(const struct dw_slip_input *input)
{
	return (unsigned)((input->rdata_length - KEY_FIELDS) * 8 + 5) / 6;
}

/* How many lines of this width are full. */
static unsigned n_lines(unsigned n_characters, unsigned width)
{
	return n_characters > 0 ? (n_characters - 1) / width : 0;
}

unsigned dw_damage_n_between(const struct dw_slip_input *input)
{
	unsigned n = 0;

	for (unsigned i = 0; i < N(widths); i++)
		n += n_lines(dw_damage_n_characters(input), widths[i]);
	return n * N(breaks);
}

/* The characters in front of break `n`. */
static unsigned break_at(unsigned n, unsigned n_characters)
{
	for (unsigned i = 0; i < N(widths); i++) {
		const unsigned lines = n_lines(n_characters, widths[i]);
		if (n < lines)
			return (n + 1) * widths[i];
		n -= lines;
	}
	return 0;
}

bool dw_damage_is_usual(unsigned n, unsigned n_characters)
{
	bool usual = n_characters - n <= 8;

	for (unsigned i = 0; i < N(widths); i++)
		usual = usual || n % widths[i] == 0;
	for (unsigned i = 0; i < N(rooms); i++)
		usual = usual || n == rooms[i];
	return usual;
}

bool dw_damage_is_usual_between(unsigned n, unsigned n_characters)
{
	const unsigned n_breaks = n_lines(n_characters, widths[0]) + n_lines(n_characters, widths[1]) +
		n_lines(n_characters, widths[2]);

	return n / N(breaks) < n_breaks && n % N(breaks) < N_USUAL_BREAKS;
}

/* The size of a key as tools write it. */
static unsigned bits_of(const struct dw_slip_input *right)
{
	const unsigned n_octets = (unsigned)(right->rdata_length - KEY_FIELDS);
	const bool point = right->rdata[3] == 13 || right->rdata[3] == 14;

	/* A point has two coordinates; beside the modulus of RSA stands an exponent. */
	return point ? n_octets / 2 * 8 : n_octets / 32 * 32 * 8;
}

/* Writes a comment with what it has of the key. */
static void fill_in(const char *pattern, const struct dw_slip_input *right, char text[DW_DAMAGE_TEXT_MAX])
{
	char name[24];
	size_t length = 0;

	text[0] = '\0';
	for (; *pattern != '\0' && length + sizeof(name) < DW_DAMAGE_TEXT_MAX; pattern++, length = strlen(text)) {
		if (pattern[0] != '%')
			snprintf(text + length, 2, "%c", *pattern);
		else if (*++pattern == 'a')
			snprintf(text + length, sizeof(name), "%s", dw_algorithm_text(right->rdata[3], name));
		else
			snprintf(text + length, sizeof(name), "%u",
				*pattern == 't' ? dw_key_tag(right->rdata, right->rdata_length) : bits_of(right));
	}
}

/* The text that is taken into the key as variant `n`. */
static void stray(
	enum dw_damage_place place, unsigned n, const struct dw_slip_input *right, char text[DW_DAMAGE_TEXT_MAX])
{
	const unsigned n_fields = N(ttls) + N(fields);

	if (place == DW_DAMAGE_BETWEEN)
		snprintf(text, DW_DAMAGE_TEXT_MAX, "%s", breaks[n % N(breaks)]);
	else if (n < N(ttls))
		snprintf(text, DW_DAMAGE_TEXT_MAX, "%u", ttls[n]);
	else if (place == DW_DAMAGE_BEHIND)
		fill_in(comments[n - N(ttls)], right, text);
	else if (n < n_fields)
		snprintf(text, DW_DAMAGE_TEXT_MAX, "%s", fields[n - N(ttls)]);
	else
		snprintf(text, DW_DAMAGE_TEXT_MAX, "%s%u", with_algorithm[n - n_fields], right->rdata[3]);
}

const char *dw_damage_format(
	enum dw_damage_place place, unsigned n, const struct dw_slip_input *right, char text[DW_DAMAGE_TEXT_MAX])
{
	char taken[DW_DAMAGE_TEXT_MAX];

	stray(place, n, right, taken);
	const bool ttl = place == DW_DAMAGE_BETWEEN ? taken[strspn(taken, "0123456789")] == '\0' : n < N(ttls);
	if (place == DW_DAMAGE_BETWEEN)
		snprintf(text, DW_DAMAGE_TEXT_MAX,
			ttl ? "a TTL of %.20s behind the first %u" : "'%.20s' behind the first %u", taken,
			break_at(n / N(breaks), dw_damage_n_characters(right)));
	else
		snprintf(text, DW_DAMAGE_TEXT_MAX, ttl ? "a TTL of %.20s" : "'%.46s'", taken);
	return text;
}

static bool set_key(const struct dw_keytext *text, struct dw_slip_input *input)
{
	input->rdata_length =
		KEY_FIELDS + dw_keytext_read(text, input->rdata + KEY_FIELDS, sizeof(input->rdata) - KEY_FIELDS);
	return true;
}

static bool key_text(const struct dw_slip_input *input, struct dw_keytext *text)
{
	return dw_keytext_write(input->rdata + KEY_FIELDS, input->rdata_length - KEY_FIELDS, text);
}

/* The first `n` characters; the argument says whether what is left of the last octet is kept. */
bool dw_damage_cut_behind(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	const size_t n_bits = (size_t)n * 6, kept = KEY_FIELDS + n_bits / 8;

	(void)names;
	if (argument != 0 && n_bits % 8 == 0)
		return false;
	input->rdata_length = kept;
	if (argument == 0 || n_bits % 8 == 0)
		return true;
	input->rdata[kept] &= (uint8_t)(0xff00 >> n_bits % 8);
	input->rdata_length++;
	return true;
}

/* What is behind the first `n` characters. */
bool dw_damage_cut_front(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	struct dw_keytext whole, text;

	(void)names;
	(void)argument;
	text.length = 0;
	return n > 0 && key_text(input, &whole) && dw_keytext_join(&text, &whole, n, whole.length - n) &&
		set_key(&text, input);
}

bool dw_damage_without(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	struct dw_keytext whole, text;

	(void)names;
	(void)n;
	text.length = 0;
	if (!key_text(input, &whole))
		return false;
	for (size_t i = 0; i < whole.length; i++) {
		if (whole.values[i] != argument && !dw_keytext_join(&text, &whole, i, 1))
			return false;
	}
	return text.length < whole.length && set_key(&text, input);
}

/* Fields moved up by one: the TTL became the flags, the algorithm the beginning of the key. */
static bool shifted(unsigned ttl, const struct dw_keytext *key, struct dw_slip_input *input)
{
	struct dw_keytext text;
	char algorithm[4];

	text.length = 0;
	snprintf(algorithm, sizeof(algorithm), "%u", input->rdata[3]);
	if (!dw_keytext_add(&text, algorithm) || !dw_keytext_join(&text, key, 0, key->length))
		return false;
	input->rdata[3] = input->rdata[2];
	input->rdata[2] = input->rdata[1]; /* a number above 255 loses its upper half */
	(void)dw_put16(input->rdata, ttl);
	return set_key(&text, input);
}

bool dw_damage_with_text(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	const enum dw_damage_place place = (enum dw_damage_place)argument;
	struct dw_keytext key, text;
	char taken[DW_DAMAGE_TEXT_MAX];
	size_t at = 0;

	(void)names;
	text.length = 0;
	if (!key_text(input, &key))
		return false;
	if (place == DW_DAMAGE_AS_FLAGS)
		return shifted(ttls[n], &key, input);
	stray(place, n, input, taken);
	if (place != DW_DAMAGE_IN_FRONT)
		at = place == DW_DAMAGE_BEHIND ? key.length : break_at(n / N(breaks), (unsigned)key.length);
	return dw_keytext_join(&text, &key, 0, at) && dw_keytext_add(&text, taken) &&
		dw_keytext_join(&text, &key, at, key.length - at) && set_key(&text, input);
}
