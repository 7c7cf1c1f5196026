#include "recipe.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OCTETS_MAX 1200
#define KEY_FIELDS 4 /* octets of a DNSKEY in front of the public key */
#define ALPHABET   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/* What is hashed, and what the fields of the record say. */
struct dish {
	const struct lab_zone *zone;
	size_t owner_length, rdata_length, digest_length;
	uint8_t owner[LAB_NAME_MAX + 8], rdata[OCTETS_MAX], digest[OCTETS_MAX];
	long type, label, says, tag;
};

static uint8_t upper(uint8_t octet)
{
	return octet >= 'a' && octet <= 'z' ? (uint8_t)(octet - 'a' + 'A') : octet;
}

/* The octets of labels are letters here, or lengths, which are no letters in these names. */
static void raise_letters(struct dish *dish, size_t from, size_t to, size_t step)
{
	for (size_t i = from; i < to && i < dish->owner_length; i += step)
		dish->owner[i] = upper(dish->owner[i]);
}

static void drop_front(struct dish *dish)
{
	size_t label = dish->owner[0] + 1u;

	dish->owner_length -= label;
	memmove(dish->owner, dish->owner + label, dish->owner_length);
}

static void drop_last(struct dish *dish)
{
	size_t last = 0;

	for (size_t at = 0; dish->owner[at] != 0; at += dish->owner[at] + 1u)
		last = at;
	dish->owner[last] = 0;
	dish->owner_length = last + 1;
}

static void change_owner(struct dish *dish, const char *how)
{
	if (strcmp(how, "upper") == 0) {
		raise_letters(dish, 0, dish->owner_length, 1);
	} else if (strcmp(how, "first") == 0) {
		raise_letters(dish, 1, 2, 1);
	} else if (strcmp(how, "typed") == 0) {
		raise_letters(dish, 1, dish->owner_length, 2);
	} else if (strcmp(how, "parent") == 0 || strcmp(how, "no-first") == 0) {
		drop_front(dish);
	} else if (strcmp(how, "child") == 0) {
		memmove(dish->owner + 4, dish->owner, dish->owner_length);
		memcpy(dish->owner, "\3www", 4);
		dish->owner_length += 4;
	} else if (strcmp(how, "no-last") == 0) {
		drop_last(dish);
	} else if (strcmp(how, "doubled") == 0) {
		dish->owner[dish->owner_length++] = 0;
	} else if (strcmp(how, "none") == 0) {
		dish->owner_length = 0;
	} else {
		lab_die("%s: no owner is called '%s'", dish->zone->origin, how);
	}
}

/* Decodes base64 as lenient readers do: bits that fill no octet are left out. */
static size_t decode(const char *text, uint8_t *octets)
{
	unsigned bits = 0, n_bits = 0;
	size_t length = 0;

	for (; *text != '\0' && *text != '='; text++) {
		bits = bits << 6 | (unsigned)(strchr(ALPHABET, *text) - ALPHABET);
		n_bits += 6;
		if (n_bits >= 8)
			octets[length++] = (uint8_t)(bits >> (n_bits -= 8));
	}
	return length;
}

/*
 * Replaces the public key by what becomes of its text with `front` before it and without its last characters.
 */
static void change_text(struct dish *dish, const char *front, size_t lost)
{
	char text[2 * OCTETS_MAX];
	size_t length = strlen(front);

	memcpy(text, front, length + 1);
	EVP_EncodeBlock(
		(uint8_t *)text + length, dish->rdata + KEY_FIELDS, (int)(dish->rdata_length - KEY_FIELDS));
	text[strcspn(text, "=")] = '\0';
	text[strlen(text) - lost] = '\0';
	dish->rdata_length = KEY_FIELDS + decode(text, dish->rdata + KEY_FIELDS);
}

/* The digest of what there is by now, unless it was made. */
static void make_digest(struct dish *dish)
{
	const EVP_MD *hash = dish->type == 1 ? EVP_sha1() : dish->type == 4 ? EVP_sha384() : EVP_sha256();
	uint8_t octets[LAB_NAME_MAX + 8 + OCTETS_MAX];
	unsigned length = 0;

	if (dish->digest_length > 0)
		return;

	memcpy(octets, dish->owner, dish->owner_length);
	memcpy(octets + dish->owner_length, dish->rdata, dish->rdata_length);
	if (EVP_Digest(octets, dish->owner_length + dish->rdata_length, dish->digest, &length, hash, NULL) != 1)
		lab_die("OpenSSL makes no digest of type %ld", dish->type);
	dish->digest_length = length;
}

static void change_order(struct dish *dish, const char *how)
{
	size_t group = strcmp(how, "swapped") == 0 ? 2 : dish->digest_length;
	uint8_t octets[OCTETS_MAX];

	memcpy(octets, dish->digest, dish->digest_length);
	for (size_t i = 0; i < dish->digest_length; i++)
		dish->digest[i] = octets[i / group * group + group - 1 - i % group];
}

static void take_key(struct dish *dish, unsigned long at)
{
	ldns_buffer *data = ldns_buffer_new(LDNS_MAX_PACKETLEN);

	if (at >= dish->zone->n_keys)
		lab_die("%s: it has no key %lu", dish->zone->origin, at);
	ldns_rr_rdata2buffer_wire(data, dish->zone->keys[at].record);
	dish->rdata_length = ldns_buffer_position(data);
	memcpy(dish->rdata, ldns_buffer_begin(data), dish->rdata_length);
	ldns_buffer_free(data);
}

static void set_flags(struct dish *dish, unsigned long flags)
{
	dish->rdata[0] = (uint8_t)(flags >> 8);
	dish->rdata[1] = (uint8_t)flags;
}

/* A word about what is hashed; false when it is about something else. */
static bool apply_before(struct dish *dish, const char *name, const char *value)
{
	unsigned long number = strtoul(value, NULL, 10);

	if (strcmp(name, "owner") == 0)
		change_owner(dish, value);
	else if (strcmp(name, "flags") == 0)
		set_flags(dish, number);
	else if (strcmp(name, "protocol") == 0)
		dish->rdata[2] = (uint8_t)number;
	else if (strcmp(name, "algorithm") == 0)
		dish->rdata[3] = (uint8_t)number;
	else if (strcmp(name, "cut") == 0)
		change_text(dish, "", number);
	else if (strcmp(name, "ttl") == 0)
		change_text(dish, value, 0);
	else if (strcmp(name, "type") == 0)
		dish->type = dish->label = (long)number;
	else
		return false;
	return true;
}

/* A word about the digest and the other fields. */
static void apply_behind(struct dish *dish, const char *name, const char *value)
{
	long number = strtol(value, NULL, 10);

	if (strcmp(name, "keep") == 0) {
		dish->digest_length = (size_t)number;
	} else if (strcmp(name, "pad") == 0) {
		memset(dish->digest + dish->digest_length, 0, (size_t)number);
		dish->digest_length += (size_t)number;
	} else if (strcmp(name, "order") == 0) {
		change_order(dish, value);
	} else if (strcmp(name, "label") == 0) {
		dish->label = number;
	} else if (strcmp(name, "says") == 0) {
		dish->says = number;
	} else if (strcmp(name, "tag") == 0) {
		dish->tag = number;
	} else {
		lab_die("%s: a recipe has no word '%s'", dish->zone->origin, name);
	}
}

static void apply_word(struct dish *dish, char *word)
{
	char *value = strchr(word, '=');

	if (value == NULL) {
		take_key(dish, strtoul(word + 1, NULL, 10));
		return;
	}
	*value++ = '\0';
	if (dish->digest_length == 0 && apply_before(dish, word, value))
		return;
	make_digest(dish);
	apply_behind(dish, word, value);
}

static ldns_rr *record_of(const struct dish *dish, ldns_rr_type type)
{
	long tag = ldns_calc_keytag_raw(dish->rdata, dish->rdata_length) + dish->tag;
	long algorithm = dish->says >= 0 ? dish->says : dish->rdata[3];
	ldns_rr *record = ldns_rr_new();

	ldns_rr_set_type(record, type);
	ldns_rr_set_class(record, LDNS_RR_CLASS_IN);
	ldns_rr_set_ttl(record, dish->zone->row->ttl);
	ldns_rr_set_owner(record, ldns_rdf_clone(dish->zone->apex));
	ldns_rr_push_rdf(record, ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, (uint16_t)tag));
	ldns_rr_push_rdf(record, ldns_native2rdf_int8(LDNS_RDF_TYPE_ALG, (uint8_t)algorithm));
	ldns_rr_push_rdf(record, ldns_native2rdf_int8(LDNS_RDF_TYPE_INT8, (uint8_t)dish->label));
	ldns_rr_push_rdf(record, ldns_rdf_new_frm_data(LDNS_RDF_TYPE_HEX, dish->digest_length, dish->digest));
	return record;
}

static ldns_rr *make(const struct lab_zone *zone, char *words, ldns_rr_type type)
{
	struct dish dish = {.zone = zone, .type = 2, .label = 2, .says = -1};

	dish.owner_length = ldns_rdf_size(zone->apex);
	memcpy(dish.owner, ldns_rdf_data(zone->apex), dish.owner_length);
	take_key(&dish, 0);
	for (char *word = strsep(&words, " "); word != NULL; word = strsep(&words, " ")) {
		if (*word != '\0')
			apply_word(&dish, word);
	}
	make_digest(&dish);
	return record_of(&dish, type);
}

void lab_recipe_make(const struct lab_zone *zone, const char *recipe, ldns_rr_type type, ldns_rr_list *list)
{
	char copy[LAB_TEXT_MAX];
	char *rest = copy;

	snprintf(copy, sizeof(copy), "%s", recipe);
	for (char *words = strsep(&rest, ","); words != NULL; words = strsep(&rest, ","))
		ldns_rr_list_push_rr(list, make(zone, words, type));
}
