#include "dns/likeness.h"

#include <string.h>

#include "dns/dsset.h"

#define LEAST 4 /* octets of a cut digest that are looked at */

#define N(table) (sizeof(table) / sizeof((table)[0]))

static const uint8_t types[] = {2, 4, 1};

static uint8_t nibbles_swapped(uint8_t octet)
{
	return (uint8_t)(octet << 4 | octet >> 4);
}

/* The orders of octets that are mistaken for each other. */
static const struct order {
	unsigned group; /* octets that are turned round, 0 for all */
	bool nibbles;   /* the two digits of each octet too */
	bool whole;     /* not within the groups: they stay, and come in reverse order */
	const char *clause;
} orders[] = {
	{0, false, false, "is reversed"},
	{2, false, false, "has its octets swapped in pairs"},
	{4, false, false, "has its octets swapped in groups of four"},
	{8, false, false, "has its octets swapped in groups of eight"},
	{2, false, true, "has its pairs of octets in reverse order"},
	{4, false, true, "has its groups of four octets in reverse order"},
	{8, false, true, "has its groups of eight octets in reverse order"},
	{1, true, false, "has the two digits of each octet swapped"},
	{0, true, false, "has its digits reversed"},
};

/* How many of them are looked for in a digest that was cut, too. */
#define CUT_ORDERS 2

/* Octets in the order that they had before; the last group may be a short one. */
static void turn(const struct order *order, const uint8_t *in, unsigned length, uint8_t *out)
{
	const unsigned size = order->group > 0 ? order->group : length;

	for (unsigned i = 0; i < length; i++) {
		const unsigned begin = i / size * size, end = begin + size < length ? begin + size : length;
		out[i] = order->whole ? in[length - end + i - begin] : in[begin + end - 1 - i];
		if (order->nibbles)
			out[i] = nibbles_swapped(out[i]);
	}
}

/* A list that grows. */
struct list {
	unsigned n, ds;
	struct dw_likeness *items;
};

static struct dw_likeness *add(struct list *list, uint8_t type, const uint8_t *octets, unsigned length)
{
	struct dw_likeness *likeness = &list->items[list->n++];

	*likeness = (struct dw_likeness){.ds = list->ds, .digest_type = type, .length = (uint8_t)length};
	memcpy(likeness->octets, octets, length);
	return likeness;
}

static struct dw_likeness *formed(struct dw_likeness *likeness, const char *word, const char *clause)
{
	likeness->word = word;
	likeness->clause = clause;
	return likeness;
}

/* The digest as it is, and in every order. */
static void add_orders(struct list *list, uint8_t type, const struct dw_ds_fact *ds)
{
	uint8_t octets[DW_DIGEST_MAX];

	add(list, type, ds->digest, ds->digest_length);
	for (size_t i = 0; i < N(orders); i++) {
		turn(&orders[i], ds->digest, ds->digest_length, octets);
		formed(add(list, type, octets, ds->digest_length), "byte-order", orders[i].clause);
	}
}

/* A digest that lost its end, or its front; perhaps its octets are in another order as well. */
static void add_cuts(struct list *list, uint8_t type, const struct dw_ds_fact *ds, unsigned whole)
{
	const uint8_t at = (uint8_t)(whole - ds->digest_length);
	uint8_t octets[DW_DIGEST_MAX];

	if (ds->digest_length < LEAST)
		return;
	formed(add(list, type, ds->digest, ds->digest_length), "truncated-digest", "lacks its end");
	formed(add(list, type, ds->digest, ds->digest_length), "digest-length", "lacks its front")->at = at;
	for (size_t i = 0; i < CUT_ORDERS; i++) {
		turn(&orders[i], ds->digest, ds->digest_length, octets);
		formed(add(list, type, octets, ds->digest_length), "byte-order", orders[i].clause)->cut = true;
		formed(add(list, type, octets, ds->digest_length), "byte-order", orders[i].clause)->cut = true;
		list->items[list->n - 1].at = at;
	}
}

static int digit(uint8_t character)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = character != 0 ? strchr(digits, character | 0x20) : NULL;

	return found != NULL ? (int)(found - digits) : -1;
}

/* A digest that was written as hex twice. */
static void add_hex(struct list *list, uint8_t type, const struct dw_ds_fact *ds, unsigned whole)
{
	uint8_t octets[DW_DIGEST_MAX];
	const unsigned length = ds->digest_length / 2;

	for (unsigned i = 0; i < length && i < whole; i++) {
		const int high = digit(ds->digest[2 * i]), low = digit(ds->digest[2 * i + 1]);
		if (high < 0 || low < 0)
			return;
		octets[i] = (uint8_t)(high << 4 | low);
	}
	formed(add(list, type, octets, length < whole ? length : whole), "digest-length",
		"was put into hex digits twice");
}

/* A digest with octets in front of it or behind it. */
static void add_longer(struct list *list, uint8_t type, const struct dw_ds_fact *ds, unsigned whole)
{
	const uint8_t *end = ds->digest + ds->digest_length - whole;

	formed(add(list, type, ds->digest, whole), "digest-length", "is followed by more octets");
	formed(add(list, type, end, whole), "digest-length", "stands behind other octets");
	if (ds->digest_length >= 2 * whole || ds->digest_length == DW_DS_DIGEST_MAX)
		add_hex(list, type, ds, whole);
}

unsigned dw_likeness_list(
	const struct dw_ds_fact *ds, unsigned index, struct dw_likeness likenesses[DW_LIKENESSES_MAX])
{
	struct list list = {.ds = index, .items = likenesses};

	for (size_t i = 0; i < N(types); i++) {
		const unsigned whole = dw_ds_digest_length(types[i]);
		if (ds->digest_length == whole)
			add_orders(&list, types[i], ds);
		else if (ds->digest_length < whole)
			add_cuts(&list, types[i], ds, whole);
		else
			add_longer(&list, types[i], ds, whole);
	}
	return list.n;
}

bool dw_likeness_has(const struct dw_likeness *likeness, const uint8_t *digest)
{
	return memcmp(digest + likeness->at, likeness->octets, likeness->length) == 0;
}
