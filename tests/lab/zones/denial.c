#include "denial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEGATIVE_TTL 300 /* the SOA's minimum in every zone of the lab */
#define HASH_TEXT    33
#define SALT_MAX     16

/* A name of the chain: its own, or the hash of it. */
struct link {
	ldns_rdf *owner;
	char hash[HASH_TEXT];
};

struct chain {
	struct link *links;
	size_t n;
	uint8_t flags;
	uint16_t iterations;
	char salt[2 * SALT_MAX + 1]; /* in hexadecimal, or "-" */
};

static bool known(const struct chain *chain, const ldns_rdf *owner)
{
	for (size_t i = 0; i < chain->n; i++) {
		if (ldns_dname_compare(chain->links[i].owner, owner) == 0)
			return true;
	}
	return false;
}

static void add(struct chain *chain, const ldns_rdf *owner)
{
	if (known(chain, owner))
		return;
	chain->links = realloc(chain->links, (chain->n + 1) * sizeof(*chain->links));
	if (chain->links == NULL)
		lab_die("out of memory");
	chain->links[chain->n++] = (struct link){.owner = ldns_rdf_clone(owner)};
}

/* RFC 5155 7.1: names between the apex and the owner exist too, though they hold nothing. */
static void add_with_parents(struct chain *chain, const struct lab_zone *zone, const ldns_rdf *owner)
{
	ldns_rdf *name = ldns_rdf_clone(owner);

	while (ldns_dname_compare(name, zone->apex) != 0) {
		ldns_rdf *parent = ldns_dname_left_chop(name);

		add(chain, name);
		ldns_rdf_deep_free(name);
		name = parent;
	}
	add(chain, name);
	ldns_rdf_deep_free(name);
}

/* The types at a name as text; returns whether one of them is signed. */
static bool types_at(const struct lab_zone *zone, const ldns_rdf *owner, char *text, size_t room)
{
	bool signs = false;

	text[0] = '\0';
	for (size_t i = 0; i < zone->n_sets; i++) {
		const struct lab_set *set = &zone->sets[i];
		size_t used = strlen(text);

		if (set->glue || ldns_dname_compare(ldns_rr_list_owner(set->records), owner) != 0)
			continue;
		char *type = ldns_rr_type2str(set->type);

		snprintf(text + used, room - used, " %s", type);
		free(type);
		signs = signs || set->authoritative;
	}
	return signs;
}

static int by_name(const void *a, const void *b)
{
	return ldns_dname_compare(((const struct link *)a)->owner, ((const struct link *)b)->owner);
}

static int by_hash(const void *a, const void *b)
{
	return strcmp(((const struct link *)a)->hash, ((const struct link *)b)->hash);
}

static void sort(struct chain *chain, int (*compare)(const void *, const void *))
{
	if (chain->n > 1)
		qsort(chain->links, chain->n, sizeof(chain->links[0]), compare);
}

static void build_nsec(struct lab_zone *zone, struct chain *chain)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (!zone->sets[i].glue)
			add(chain, ldns_rr_list_owner(zone->sets[i].records));
	}
	sort(chain, by_name);
	for (size_t i = 0; i < chain->n; i++) {
		char types[LAB_TEXT_MAX / 2];
		char *owner = ldns_rdf2str(chain->links[i].owner);
		char *next = ldns_rdf2str(chain->links[(i + 1) % chain->n].owner);

		types_at(zone, chain->links[i].owner, types, sizeof(types));
		lab_zone_add(zone, "%s %d IN NSEC %s%s RRSIG NSEC", owner, NEGATIVE_TTL, next, types);
		free(owner);
		free(next);
	}
}

static void hash_links(struct chain *chain)
{
	uint8_t salt[SALT_MAX];
	size_t length = 0;

	if (strcmp(chain->salt, "-") != 0)
		length = (size_t)ldns_hexstring_to_data(salt, chain->salt);
	for (size_t i = 0; i < chain->n; i++) {
		struct link *link = &chain->links[i];
		ldns_rdf *hash = ldns_nsec3_hash_name(link->owner, 1, chain->iterations, (uint8_t)length, salt);
		char *text = ldns_rdf2str(hash);

		snprintf(link->hash, sizeof(link->hash), "%.32s", text);
		free(text);
		ldns_rdf_deep_free(hash);
	}
}

/* With opt-out a delegation without DS is left out of the chain (RFC 5155 7.1). */
static bool left_out(const struct lab_zone *zone, const struct chain *chain, const struct lab_set *set)
{
	char types[LAB_TEXT_MAX / 2];

	if (set->glue)
		return true;
	return (chain->flags & 1) != 0 && set->type == LDNS_RR_TYPE_NS &&
		!types_at(zone, ldns_rr_list_owner(set->records), types, sizeof(types));
}

static void build_nsec3(struct lab_zone *zone, struct chain *chain)
{
	lab_zone_add(zone, "@ 0 IN NSEC3PARAM 1 0 %u %s", chain->iterations, chain->salt);
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (!left_out(zone, chain, &zone->sets[i]))
			add_with_parents(chain, zone, ldns_rr_list_owner(zone->sets[i].records));
	}
	hash_links(chain);
	sort(chain, by_hash);
	for (size_t i = 0; i < chain->n; i++) {
		char types[LAB_TEXT_MAX / 2];
		const char *next = chain->links[(i + 1) % chain->n].hash;
		bool signs = types_at(zone, chain->links[i].owner, types, sizeof(types));

		lab_zone_add(zone, "%s %d IN NSEC3 1 %u %u %s %s%s%s", chain->links[i].hash, NEGATIVE_TTL,
			chain->flags, chain->iterations, chain->salt, next, types, signs ? " RRSIG" : "");
	}
}

/* "nsec3 FLAGS ITERATIONS SALT", of which the numbers may be missing. */
static struct chain read_nsec3(const char *wanted)
{
	struct chain chain = {.salt = "-"};
	char *at = NULL;

	chain.flags = (uint8_t)strtoul(wanted + strlen("nsec3"), &at, 10);
	chain.iterations = (uint16_t)strtoul(at, &at, 10);
	if (*at == ' ')
		snprintf(chain.salt, sizeof(chain.salt), "%s", at + 1);
	return chain;
}

void lab_denial_build(struct lab_zone *zone)
{
	const char *wanted = zone->row->denial;
	struct chain chain = {.n = 0};

	if (strcmp(wanted, "nsec") == 0) {
		build_nsec(zone, &chain);
	} else if (strncmp(wanted, "nsec3", strlen("nsec3")) == 0) {
		chain = read_nsec3(wanted);
		build_nsec3(zone, &chain);
	} else {
		lab_die("%s: no denial is called '%s'", zone->origin, wanted);
	}
	for (size_t i = 0; i < chain.n; i++)
		ldns_rdf_deep_free(chain.links[i].owner);
	free(chain.links);
}
