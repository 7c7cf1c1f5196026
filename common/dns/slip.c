#include "dns/slip.h"

#include <stdio.h>
#include <string.h>

#include "dns/damage.h"
#include "dns/octets.h"
#include "dns/rdata.h"

#define KEY_FIELDS 4 /* octets of a DNSKEY before the public key */
#define N(table)   ((unsigned)(sizeof(table) / sizeof((table)[0])))

/* IANA "DNS Security Algorithm Numbers", those that are registered, and those that once were reserved. */
static const uint8_t algorithms[] = {
	8, 13, 5, 7, 10, 14, 15, 16, 1, 2, 3, 6, 12, 17, 23, 252, 253, 254, 0, 4};

static const uint16_t flags[] = {DW_KEY_ZONE, DW_KEY_ZONE | DW_KEY_SEP,
	DW_KEY_ZONE | DW_KEY_SEP | DW_KEY_REVOKE, DW_KEY_ZONE | DW_KEY_REVOKE, 0, DW_KEY_SEP};

static const uint8_t protocols[] = {0, 1, 2, 4, 255};

enum letters { CAPITALS, FIRST, EACH, LAST };

static unsigned one(const struct dw_slip_input *input)
{
	(void)input;
	return 1;
}

static unsigned n_algorithms(const struct dw_slip_input *input)
{
	(void)input;
	return N(algorithms);
}

static unsigned n_flags(const struct dw_slip_input *input)
{
	(void)input;
	return N(flags);
}

static unsigned n_protocols(const struct dw_slip_input *input)
{
	(void)input;
	return N(protocols);
}

static uint8_t upper(uint8_t octet)
{
	return octet >= 'a' && octet <= 'z' ? (uint8_t)(octet - ('a' - 'A')) : octet;
}

static bool set_owner(const struct dw_name *name, struct dw_slip_input *input)
{
	memcpy(input->owner, name->wire, name->length);
	input->owner_length = name->length;
	return true;
}

static bool in_capitals(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	unsigned label = 0;
	const unsigned last = dw_name_labels(names->owner) - 1;

	(void)n;
	for (size_t at = 0; input->owner[at] != 0; at += input->owner[at] + 1u, label++) {
		const bool whole = argument == CAPITALS || (argument == LAST && label == last);
		const bool first = argument == EACH || (argument == FIRST && label == 0);
		for (size_t i = 1; i <= input->owner[at] && (whole || (first && i == 1)); i++)
			input->owner[at + i] = upper(input->owner[at + i]);
	}
	return true;
}

static bool as_typed(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)n;
	(void)argument;
	return names->typed != NULL && set_owner(names->typed, input);
}

static bool of_parent(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	struct dw_name parent;

	(void)n;
	(void)argument;
	if (names->parent == NULL || names->parent->length == 0)
		return false;
	parent = *names->parent;
	dw_name_lower(&parent);
	return set_owner(&parent, input);
}

/* As in a zone file of the parent's, where the final dot was left out. */
static bool below_parent(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	const size_t front = input->owner_length - 1;
	struct dw_name parent;

	(void)n;
	(void)argument;
	if (names->parent == NULL || names->parent->length < 2 || front + names->parent->length > DW_NAME_MAX)
		return false;
	parent = *names->parent;
	dw_name_lower(&parent);
	memcpy(input->owner + front, parent.wire, parent.length);
	input->owner_length = front + parent.length;
	return true;
}

static bool of_root(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)n;
	(void)argument;
	if (input->owner[0] == 0)
		return false;
	input->owner[0] = 0;
	input->owner_length = 1;
	return true;
}

static bool of_child(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)n;
	(void)argument;
	if (input->owner_length + 4 > DW_NAME_MAX)
		return false;
	memmove(input->owner + 4, input->owner, input->owner_length);
	memcpy(input->owner, "\3www", 4);
	input->owner_length += 4;
	return true;
}

static bool without_first(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	const size_t label = input->owner[0] + 1u;

	(void)names;
	(void)n;
	(void)argument;
	if (label == 1)
		return false;
	input->owner_length -= label;
	memmove(input->owner, input->owner + label, input->owner_length);
	return true;
}

static bool without_last(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	size_t last = 0;

	(void)names;
	(void)n;
	(void)argument;
	for (size_t at = 0; input->owner[at] != 0; at += input->owner[at] + 1u)
		last = at;
	if (input->owner[0] == 0)
		return false;
	input->owner[last] = 0;
	input->owner_length = last + 1;
	return true;
}

/* The root label once more, or not at all; or no name. */
static bool with_roots(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)n;
	if (argument < 0)
		input->owner_length = 0;
	else if (argument == 0)
		input->owner_length--;
	else
		input->owner[input->owner_length++] = 0;
	return input->owner_length > 0 || argument < 0;
}

static bool twice(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	const size_t front = input->owner_length - 1;

	(void)names;
	(void)n;
	(void)argument;
	memmove(input->owner + front, input->owner, input->owner_length);
	input->owner_length += front;
	return true;
}

/* The name as text, with `argument` final dots, where its wire form belongs. */
static bool as_text(const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name lower = *names->owner;

	(void)n;
	dw_name_lower(&lower);
	const size_t length = strlen(dw_name_format(&lower, text));
	if (lower.length == 1 || length + 1 > sizeof(input->owner))
		return false;
	memcpy(input->owner, text, length);
	input->owner[length] = '.';
	input->owner_length = length + (size_t)argument;
	return true;
}

static unsigned flags_in(const struct dw_slip_input *input)
{
	return dw_read16(input->rdata);
}

static void set_flags(unsigned value, struct dw_slip_input *input)
{
	(void)dw_put16(input->rdata, value);
}

static bool before_revoked(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)n;
	(void)argument;
	if ((flags_in(input) & DW_KEY_REVOKE) == 0)
		return false;
	set_flags(flags_in(input) & ~(unsigned)DW_KEY_REVOKE, input);
	return true;
}

static bool with_flags(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)argument;
	if (flags[n] == flags_in(input))
		return false;
	set_flags(flags[n], input);
	return true;
}

static bool with_protocol(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)argument;
	if (input->rdata[2] == protocols[n])
		return false;
	input->rdata[2] = protocols[n];
	return true;
}

static bool with_algorithm(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input)
{
	(void)names;
	(void)argument;
	if (input->rdata[3] == algorithms[n])
		return false;
	input->rdata[3] = algorithms[n];
	return true;
}

/* What people do wrong. The text of a key comes first: the others then belong to what it became. */
const struct dw_slip dw_slips[] = {
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_characters, dw_damage_cut_behind, 0, "of the first"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_characters, dw_damage_cut_behind, 1, "of the first"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_in_front, dw_damage_with_text, DW_DAMAGE_IN_FRONT,
		"in front of the public key's text"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_behind, dw_damage_with_text, DW_DAMAGE_BEHIND,
		"behind the public key's text"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_ttls, dw_damage_with_text, DW_DAMAGE_AS_FLAGS,
		"taken for its flags"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_characters, dw_damage_cut_front, 0, "without the first"},
	{DW_SLIP_KEY, "base64-cut", dw_damage_n_between, dw_damage_with_text, DW_DAMAGE_BETWEEN,
		"characters of the public key's text"},
	{DW_SLIP_KEY, "base64-cut", one, dw_damage_without, 62, "without the '+' signs of the public key's text"},
	{DW_SLIP_KEY, "base64-cut", one, dw_damage_without, 63, "without the '/' signs of the public key's text"},
	{DW_SLIP_OWNER, "owner-case", one, in_capitals, CAPITALS, "with the owner name in capitals"},
	{DW_SLIP_OWNER, "owner-case", one, in_capitals, FIRST, "with a capital at the front of the owner name"},
	{DW_SLIP_OWNER, "owner-case", one, in_capitals, EACH,
		"with a capital at the front of each label of the owner name"},
	{DW_SLIP_OWNER, "owner-case", one, in_capitals, LAST,
		"with the last label of the owner name in capitals"},
	{DW_SLIP_OWNER, "owner-case", one, as_typed, 0, "with the owner name in the letters as typed"},
	{DW_SLIP_OWNER, "wrong-owner", one, of_parent, 0, "with the parent's name as the owner"},
	{DW_SLIP_OWNER, "wrong-owner", one, of_root, 0, "with the root's name as the owner"},
	{DW_SLIP_OWNER, "wrong-owner", one, of_child, 0, "with 'www' in front of the owner name"},
	{DW_SLIP_OWNER, "wrong-owner", one, without_last, 0, "without the last label of the owner name"},
	{DW_SLIP_OWNER, "wrong-owner", one, without_first, 0, "without the first label of the owner name"},
	{DW_SLIP_OWNER, "wrong-owner", one, with_roots, 1, "with the root label of the owner name doubled"},
	{DW_SLIP_OWNER, "wrong-owner", one, with_roots, 0, "without the root label of the owner name"},
	{DW_SLIP_OWNER, "wrong-owner", one, twice, 0,
		"with the owner name written twice, as without its final dot"},
	{DW_SLIP_OWNER, "wrong-owner", one, below_parent, 0,
		"with the parent's name behind the owner name, as without its final dot"},
	{DW_SLIP_OWNER, "wrong-owner", one, as_text, 0, "with the owner name as text, not in wire form"},
	{DW_SLIP_OWNER, "wrong-owner", one, as_text, 1,
		"with the owner name as text with its final dot, not in wire form"},
	{DW_SLIP_OWNER, "rdata-without-owner", one, with_roots, -1, "without the owner name in front of the key"},
	{DW_SLIP_FLAGS, "revoked-key", one, before_revoked, 0, "before it was revoked"},
	{DW_SLIP_FLAGS, "flags-changed", n_flags, with_flags, 0, NULL},
	{DW_SLIP_FLAGS, "flags-changed", n_protocols, with_protocol, 0, NULL},
	{DW_SLIP_ALGORITHM, "wrong-algorithm", n_algorithms, with_algorithm, 0, NULL},
};

const unsigned dw_n_slips = N(dw_slips);

bool dw_slip_input(
	const struct dw_name *owner, const uint8_t *rdata, size_t length, struct dw_slip_input *input)
{
	struct dw_name canonical = *owner;

	if (length < KEY_FIELDS || length > DW_SLIP_RDATA_MAX || owner->length == 0)
		return false;
	dw_name_lower(&canonical);
	memset(input->owner, 0, sizeof(input->owner));
	memcpy(input->rdata, rdata, length);
	input->rdata_length = length;
	return set_owner(&canonical, input);
}

uint8_t dw_slip_algorithm(unsigned n)
{
	return algorithms[n];
}

const char *dw_slip_format(
	const struct dw_slip *slip, unsigned n, const struct dw_slip_input *right, char text[DW_SLIP_TEXT_MAX])
{
	char was[24], is[24], stray[DW_DAMAGE_TEXT_MAX];

	if (slip->part == DW_SLIP_ALGORITHM)
		snprintf(text, DW_SLIP_TEXT_MAX, "as if it were %s (%u); it is %s (%u)",
			dw_algorithm_text(algorithms[n], was), algorithms[n], dw_algorithm_text(right->rdata[3], is),
			right->rdata[3]);
	else if (slip->apply == with_flags)
		snprintf(text, DW_SLIP_TEXT_MAX, "with flags %u instead of %u", flags[n], flags_in(right));
	else if (slip->apply == with_protocol)
		snprintf(text, DW_SLIP_TEXT_MAX, "with protocol %u instead of %u", protocols[n], right->rdata[2]);
	else if (slip->apply == dw_damage_with_text)
		snprintf(text, DW_SLIP_TEXT_MAX, "with %.60s %s",
			dw_damage_format((enum dw_damage_place)slip->argument, n, right, stray), slip->clause);
	else if (slip->count == dw_damage_n_characters)
		snprintf(text, DW_SLIP_TEXT_MAX, "%s %u of %u characters of the public key's text", slip->clause, n,
			dw_damage_n_characters(right));
	else
		snprintf(text, DW_SLIP_TEXT_MAX, "%s", slip->clause);
	return text;
}
