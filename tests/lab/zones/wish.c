#include "wish.h"

#include "recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is(const char *text, const char *word)
{
	return text != NULL && strcmp(text, word) == 0;
}

/* CDNSKEY records: copies of the keys with these numbers. */
static void add_cdnskey(struct lab_zone *zone, const char *numbers)
{
	char *at = NULL;

	for (const char *number = numbers; *number != '\0'; number = at) {
		unsigned long key = strtoul(number, &at, 10);

		if (at == number || key >= zone->n_keys)
			lab_die("%s: no CDNSKEY can be made of '%s'", zone->origin, numbers);
		ldns_rr *record = ldns_rr_clone(zone->keys[key].record);

		ldns_rr_set_type(record, LDNS_RR_TYPE_CDNSKEY);
		lab_zone_add_record(zone, record);
	}
}

void lab_wish_add(struct lab_zone *zone)
{
	ldns_rr_list *list = ldns_rr_list_new();

	if (is(zone->row->cds, "delete"))
		lab_zone_add(zone, "@ IN CDS 0 0 0 00");
	else if (zone->row->cds != NULL)
		lab_recipe_make(zone, zone->row->cds, LDNS_RR_TYPE_CDS, list);
	for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++)
		lab_zone_add_record(zone, ldns_rr_list_rr(list, i));
	ldns_rr_list_free(list);
	if (is(zone->row->cdnskey, "delete"))
		lab_zone_add(zone, "@ IN CDNSKEY 0 3 0 AA==");
	else if (zone->row->cdnskey != NULL)
		add_cdnskey(zone, zone->row->cdnskey);
}

/* Adds copies of records under the signalling name of one name server. */
static void add_copies(
	const struct lab_zone *zone, char server, const ldns_rr_list *records, ldns_rr_list *list)
{
	char name[2 * LAB_NAME_MAX];

	snprintf(name, sizeof(name), "_dsboot.%s_signal.ns%c.%s.lab.", zone->origin, server, zone->row->host);
	for (size_t i = 0; records != NULL && i < ldns_rr_list_rr_count(records); i++) {
		ldns_rr *copy = ldns_rr_clone(ldns_rr_list_rr(records, i));

		ldns_rdf_deep_free(ldns_rr_owner(copy));
		ldns_rr_set_owner(copy, ldns_dname_new_frm_str(name));
		ldns_rr_list_push_rr(list, copy);
	}
}

void lab_wish_signal(const struct lab_zone *zone, ldns_rr_list *list)
{
	const struct lab_row *row = zone->row;
	const struct lab_set *cds = lab_zone_find(zone, "", LDNS_RR_TYPE_CDS);
	const struct lab_set *cdnskey = lab_zone_find(zone, "", LDNS_RR_TYPE_CDNSKEY);
	ldns_rr_list *other = ldns_rr_list_new();

	if (row->signalled != NULL)
		lab_recipe_make(zone, row->signalled, LDNS_RR_TYPE_CDS, other);
	for (const char *server = row->signals; server != NULL && *server != '\0'; server++) {
		add_copies(zone, *server, row->signalled != NULL || cds == NULL ? other : cds->records, list);
		add_copies(zone, *server, row->signalled != NULL || cdnskey == NULL ? NULL : cdnskey->records, list);
	}
	ldns_rr_list_deep_free(other);
}

void lab_wish_host(struct lab_zone *zone, const ldns_rr_list *list)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
		const ldns_rr *record = ldns_rr_list_rr(list, i);

		if (ldns_dname_is_subdomain(ldns_rr_owner(record), zone->apex))
			lab_zone_add_record(zone, ldns_rr_clone(record));
	}
}
