#include "dns/damage.h"

#include <stdio.h>

#include "dns/keytext.h"

#define KEY_FIELDS 4 /* octets of a DNSKEY before the public key */
#define N(table)   ((unsigned)(sizeof(table) / sizeof((table)[0])))

/* TTLs that zones and tools use, in seconds. */
static const unsigned ttls[] = {3600, 86400, 300, 172800, 7200, 0, 1, 5, 10, 30, 60, 120, 180, 600, 900, 1200,
	1800, 2400, 2700, 5400, 10800, 14400, 21600, 28800, 38400, 43200, 57600, 64800, 259200, 345600, 432000,
	518400, 604800, 1209600};

unsigned dw_damage_n_ttls(const struct dw_slip_input *input)
{
	(void)input;
	return N(ttls);
}

unsigned dw_damage_n_characters(const struct dw_slip_input *input)
{
	return (unsigned)((input->rdata_length - KEY_FIELDS) * 8 + 5) / 6;
}

unsigned dw_damage_ttl(unsigned n)
{
	return ttls[n];
}

static bool set_key(const struct dw_keytext *text, bool rounded_up, struct dw_slip_input *input)
{
	input->rdata_length = KEY_FIELDS +
		dw_keytext_read(text, rounded_up, input->rdata + KEY_FIELDS, sizeof(input->rdata) - KEY_FIELDS);
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
	struct dw_keytext whole, text = {0};

	(void)names;
	(void)argument;
	return n > 0 && key_text(input, &whole) && dw_keytext_join(&text, &whole, n, whole.length - n) &&
		set_key(&text, false, input);
}

bool dw_damage_without(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	struct dw_keytext whole, text = {0};

	(void)names;
	(void)n;
	if (!key_text(input, &whole))
		return false;
	for (size_t i = 0; i < whole.length; i++) {
		if (whole.values[i] != argument && !dw_keytext_join(&text, &whole, i, 1))
			return false;
	}
	return text.length < whole.length && set_key(&text, false, input);
}

/* Fields moved up by one: the TTL became the flags, the algorithm the beginning of the key. */
static bool shifted(unsigned ttl, const struct dw_keytext *key, struct dw_slip_input *input)
{
	struct dw_keytext text = {0};
	char algorithm[4];

	snprintf(algorithm, sizeof(algorithm), "%u", input->rdata[3]);
	if (!dw_keytext_add(&text, algorithm) || !dw_keytext_join(&text, key, 0, key->length))
		return false;
	input->rdata[3] = input->rdata[2];
	input->rdata[2] = input->rdata[1]; /* a number above 255 loses its upper half */
	input->rdata[0] = (uint8_t)(ttl >> 8);
	input->rdata[1] = (uint8_t)ttl;
	return set_key(&text, false, input);
}

bool dw_damage_with_ttl(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	struct dw_keytext key, text = {0};
	char digits[12];

	(void)names;
	snprintf(digits, sizeof(digits), "%u", ttls[n]);
	if (!key_text(input, &key))
		return false;
	if (argument == DW_DAMAGE_AS_FLAGS)
		return shifted(ttls[n], &key, input);
	const bool made = (argument == DW_DAMAGE_BEHIND || dw_keytext_add(&text, digits)) &&
		dw_keytext_join(&text, &key, 0, key.length) &&
		(argument == DW_DAMAGE_IN_FRONT || dw_keytext_add(&text, digits));
	return made && set_key(&text, false, input);
}
