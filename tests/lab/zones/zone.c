#include "zone.h"

#include "denial.h"
#include "key.h"
#include "sign.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void lab_die(const char *format, ...)
{
	va_list arguments;

	fputs("lab-zones: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

void lab_zone_init(struct lab_zone *zone, const struct lab_row *row, const char *origin, int64_t now)
{
	memset(zone, 0, sizeof(*zone));
	zone->row = row;
	zone->now = now;
	snprintf(zone->origin, sizeof(zone->origin), "%s", origin);
	zone->apex = ldns_dname_new_frm_str(origin);
	if (zone->apex == NULL)
		lab_die("%s: not a domain name", origin);
	lab_keys_make(zone);
}

static void forget(struct lab_set *set)
{
	ldns_rr_list_deep_free(set->records);
	ldns_rr_list_deep_free(set->signatures);
}

void lab_zone_fini(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++)
		forget(&zone->sets[i]);
	free(zone->sets);
	lab_keys_free(zone);
	ldns_rdf_deep_free(zone->apex);
}

void lab_zone_add(struct lab_zone *zone, const char *format, ...)
{
	char text[LAB_TEXT_MAX];
	ldns_rr *record = NULL;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	ldns_status status = ldns_rr_new_frm_str(&record, text, zone->row->ttl, zone->apex, NULL);
	if (status != LDNS_STATUS_OK)
		lab_die("%s: record '%s': %s", zone->origin, text, ldns_get_errorstr_by_id(status));
	lab_zone_add_record(zone, record);
}

static struct lab_set *find(const struct lab_zone *zone, const ldns_rdf *owner, ldns_rr_type type)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		struct lab_set *set = &zone->sets[i];

		if (set->type == type && ldns_dname_compare(ldns_rr_list_owner(set->records), owner) == 0)
			return set;
	}
	return NULL;
}

static struct lab_set *start_set(struct lab_zone *zone, ldns_rr_type type)
{
	if (zone->n_sets == zone->room) {
		zone->room = zone->room == 0 ? 32 : 2 * zone->room;
		zone->sets = realloc(zone->sets, zone->room * sizeof(*zone->sets));
		if (zone->sets == NULL)
			lab_die("out of memory");
	}
	struct lab_set *set = &zone->sets[zone->n_sets++];

	*set = (struct lab_set){
		.records = ldns_rr_list_new(),
		.signatures = ldns_rr_list_new(),
		.type = type,
		.authoritative = true,
	};
	return set;
}

void lab_zone_add_record(struct lab_zone *zone, ldns_rr *record)
{
	struct lab_set *set = find(zone, ldns_rr_owner(record), ldns_rr_get_type(record));

	if (set == NULL)
		set = start_set(zone, ldns_rr_get_type(record));
	ldns_rr_list_push_rr(set->records, record);
}

struct lab_set *lab_zone_find(const struct lab_zone *zone, const char *label, ldns_rr_type type)
{
	char name[2 * LAB_NAME_MAX];

	snprintf(name, sizeof(name), "%s%s%s", label, *label == '\0' ? "" : ".", zone->origin);
	ldns_rdf *owner = ldns_dname_new_frm_str(name);
	struct lab_set *set = owner == NULL ? NULL : find(zone, owner, type);

	ldns_rdf_deep_free(owner);
	return set;
}

void lab_zone_remove(struct lab_zone *zone, ldns_rr_type type)
{
	size_t kept = 0;

	for (size_t i = 0; i < zone->n_sets; i++) {
		if (zone->sets[i].type == type)
			forget(&zone->sets[i]);
		else
			zone->sets[kept++] = zone->sets[i];
	}
	zone->n_sets = kept;
}

/* Whether `owner` lies at (`strictly` false) or below a delegation of the zone. */
static bool delegated(const struct lab_zone *zone, const ldns_rdf *owner, bool strictly)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		const ldns_rdf *cut = ldns_rr_list_owner(zone->sets[i].records);

		if (zone->sets[i].type != LDNS_RR_TYPE_NS || ldns_dname_compare(cut, zone->apex) == 0)
			continue;
		if (ldns_dname_is_subdomain(owner, cut) || (!strictly && ldns_dname_compare(owner, cut) == 0))
			return true;
	}
	return false;
}

static void mark_delegations(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		struct lab_set *set = &zone->sets[i];
		const ldns_rdf *owner = ldns_rr_list_owner(set->records);

		set->glue = delegated(zone, owner, true);
		set->authoritative = !set->glue && (set->type != LDNS_RR_TYPE_NS || !delegated(zone, owner, false));
	}
}

void lab_zone_finish(struct lab_zone *zone)
{
	mark_delegations(zone);
	if (zone->n_keys == 0)
		return;
	lab_denial_build(zone);
	lab_sign_zone(zone, zone->row->life);
}

static void write_list(FILE *file, const ldns_rr_list *list)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++)
		ldns_rr_print(file, ldns_rr_list_rr(list, i));
}

static void write_sets(FILE *file, const struct lab_zone *zone, bool soa)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		const struct lab_set *set = &zone->sets[i];

		if ((set->type == LDNS_RR_TYPE_SOA) != soa)
			continue;
		write_list(file, set->records);
		write_list(file, set->signatures);
	}
}

void lab_zone_write(const struct lab_zone *zone, const char *path)
{
	FILE *file = fopen(path, "w");

	if (file == NULL)
		lab_die("%s: cannot be written", path);
	write_sets(file, zone, true);
	write_sets(file, zone, false);
	if (fclose(file) != 0)
		lab_die("%s: cannot be written", path);
}
