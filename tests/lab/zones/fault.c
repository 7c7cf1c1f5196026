#include "fault.h"

#include "denial.h"
#include "key.h"
#include "sign.h"

#include <stdio.h>

#define SOA_SERIAL 2 /* fields of an SOA and of an RRSIG */
#define SIG_LABELS 2
#define SIG_TTL    3
#define SIG_SIGNER 7
#define SIG_OCTETS 8
#define DS_TAG     0 /* fields of a DS */
#define DS_DIGEST  3

static const struct lab_life ended = {-31 * LAB_DAY, -LAB_DAY};

void lab_expire_all(struct lab_zone *zone)
{
	lab_sign_zone(zone, ended);
}

static ldns_rr *soa(const struct lab_zone *zone)
{
	return ldns_rr_list_rr(lab_zone_find(zone, "", LDNS_RR_TYPE_SOA)->records, 0);
}

static void add_to_serial(const struct lab_zone *zone, int change)
{
	uint32_t serial = ldns_rdf2native_int32(ldns_rr_rdf(soa(zone), SOA_SERIAL));
	ldns_rdf *changed = ldns_native2rdf_int32(LDNS_RDF_TYPE_INT32, serial + (uint32_t)change);

	ldns_rdf_deep_free(ldns_rr_set_rdf(soa(zone), changed, SOA_SERIAL));
}

void lab_expire_and_age(struct lab_zone *zone)
{
	add_to_serial(zone, -1);
	lab_expire_all(zone);
}

void lab_age(struct lab_zone *zone)
{
	add_to_serial(zone, -1);
	lab_sign_type(zone, LDNS_RR_TYPE_SOA, zone->row->life);
}

void lab_expire_keys(struct lab_zone *zone)
{
	lab_sign_type(zone, LDNS_RR_TYPE_DNSKEY, ended);
}

void lab_expire_other(struct lab_zone *zone)
{
	lab_sign_type(zone, LDNS_RR_TYPE_MX, ended);
	lab_sign_set(zone, lab_zone_find(zone, "www", LDNS_RR_TYPE_A), ended);
}

void lab_expire_denial(struct lab_zone *zone)
{
	lab_sign_type(zone, LDNS_RR_TYPE_NSEC, ended);
	lab_sign_type(zone, LDNS_RR_TYPE_NSEC3, ended);
}

void lab_expire_ksk(struct lab_zone *zone)
{
	struct lab_set *set = lab_zone_find(zone, "", LDNS_RR_TYPE_DNSKEY);

	lab_sign_set(zone, set, ended);
	for (size_t i = 0; i < zone->n_keys; i++) {
		if (!zone->keys[i].signs_keys)
			lab_sign_add(zone, set, &zone->keys[i], zone->row->life);
	}
}

void lab_leave_expired(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		struct lab_set *set = &zone->sets[i];

		for (size_t k = 0; set->authoritative && k < zone->n_keys; k++) {
			const struct lab_key *key = &zone->keys[k];

			if (set->type == LDNS_RR_TYPE_DNSKEY ? key->signs_keys : key->signs_data)
				lab_sign_add(zone, set, key, ended);
		}
	}
}

void lab_wrap_serial(struct lab_zone *zone)
{
	lab_sign_zone(zone, (struct lab_life){zone->row->life.expiration, zone->row->life.inception});
}

static void strip(struct lab_set *set)
{
	ldns_rr_list_deep_free(set->signatures);
	set->signatures = ldns_rr_list_new();
}

static void strip_type(struct lab_zone *zone, ldns_rr_type type)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (zone->sets[i].type == type)
			strip(&zone->sets[i]);
	}
}

void lab_strip_signatures(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++)
		strip(&zone->sets[i]);
}

void lab_strip_all(struct lab_zone *zone)
{
	lab_strip_signatures(zone);
	lab_strip_denial(zone);
	lab_strip_keys(zone);
}

void lab_strip_soa_signature(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_SOA);
}

void lab_strip_ns_signature(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_NS);
}

void lab_strip_key_signature(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_DNSKEY);
}

void lab_strip_denial_signatures(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_NSEC);
	strip_type(zone, LDNS_RR_TYPE_NSEC3);
}

void lab_strip_denial(struct lab_zone *zone)
{
	lab_zone_remove(zone, LDNS_RR_TYPE_NSEC);
	lab_zone_remove(zone, LDNS_RR_TYPE_NSEC3);
	lab_zone_remove(zone, LDNS_RR_TYPE_NSEC3PARAM);
}

void lab_strip_keys(struct lab_zone *zone)
{
	lab_zone_remove(zone, LDNS_RR_TYPE_DNSKEY);
}

static void forge(const struct lab_set *set)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(set->signatures); i++) {
		const ldns_rdf *octets = ldns_rr_rdf(ldns_rr_list_rr(set->signatures, i), SIG_OCTETS);

		ldns_rdf_data(octets)[ldns_rdf_size(octets) / 2] ^= 0x55;
	}
}

void lab_forge_soa(struct lab_zone *zone)
{
	forge(lab_zone_find(zone, "", LDNS_RR_TYPE_SOA));
}

void lab_change_address(struct lab_zone *zone)
{
	ldns_rr *address = ldns_rr_list_rr(lab_zone_find(zone, "www", LDNS_RR_TYPE_A)->records, 0);

	ldns_rdf_data(ldns_rr_rdf(address, 0))[3] ^= 0x40;
}

void lab_change_serial(struct lab_zone *zone)
{
	add_to_serial(zone, 1);
}

/* Signs all but the DNSKEY RRset by a new key, shown under `tag` unless that is 0. */
static void sign_by_stranger(struct lab_zone *zone, uint16_t tag)
{
	char word[8];

	snprintf(word, sizeof(word), "%uz", zone->keys[0].algorithm);
	struct lab_key stranger = lab_key_make(zone, word, LAB_KEYS_MAX);

	if (tag != 0)
		stranger.tag = tag;
	for (size_t i = 0; i < zone->n_sets; i++) {
		struct lab_set *set = &zone->sets[i];

		if (!set->authoritative || set->type == LDNS_RR_TYPE_DNSKEY)
			continue;
		strip(set);
		lab_sign_add(zone, set, &stranger, zone->row->life);
	}
	lab_key_free(&stranger);
}

void lab_stranger_signs(struct lab_zone *zone)
{
	sign_by_stranger(zone, 0);
}

void lab_stranger_hides(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_keys; i++) {
		if (zone->keys[i].signs_data)
			sign_by_stranger(zone, zone->keys[i].tag);
	}
}

/* Replaces a field of every signature of a set by `value`, which this consumes. */
static void replace(const struct lab_set *set, size_t field, ldns_rdf *value)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(set->signatures); i++) {
		ldns_rr *signature = ldns_rr_list_rr(set->signatures, i);

		ldns_rdf_deep_free(ldns_rr_set_rdf(signature, ldns_rdf_clone(value), field));
	}
	ldns_rdf_deep_free(value);
}

void lab_parent_signs(struct lab_zone *zone)
{
	ldns_rdf *parent = ldns_dname_left_chop(zone->apex);

	for (size_t i = 0; i < zone->n_sets; i++)
		replace(&zone->sets[i], SIG_SIGNER, ldns_rdf_clone(parent));
	ldns_rdf_deep_free(parent);
}

void lab_one_label_less(struct lab_zone *zone)
{
	uint8_t labels = ldns_dname_label_count(zone->apex);

	replace(lab_zone_find(zone, "", LDNS_RR_TYPE_SOA), SIG_LABELS,
		ldns_native2rdf_int8(LDNS_RDF_TYPE_INT8, (uint8_t)(labels - 1)));
}

void lab_longer_ttl(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++)
		replace(&zone->sets[i], SIG_TTL, ldns_native2rdf_int32(LDNS_RDF_TYPE_INT32, 2 * zone->row->ttl));
}

void lab_new_keys(struct lab_zone *zone)
{
	lab_zone_remove(zone, LDNS_RR_TYPE_DNSKEY);
	lab_keys_free(zone);
	lab_keys_make(zone);
	lab_sign_zone(zone, zone->row->life);
}

void lab_expire_ds(struct lab_zone *zone)
{
	lab_sign_type(zone, LDNS_RR_TYPE_DS, ended);
}

void lab_forge_ds(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (zone->sets[i].type == LDNS_RR_TYPE_DS)
			forge(&zone->sets[i]);
	}
}

void lab_strip_ds_signatures(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_DS);
}

void lab_change_ds(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		const struct lab_set *set = &zone->sets[i];

		for (size_t k = 0; set->type == LDNS_RR_TYPE_DS && k < ldns_rr_list_rr_count(set->records); k++) {
			const ldns_rr *ds = ldns_rr_list_rr(set->records, k);

			ldns_rdf_data(ldns_rr_rdf(ds, DS_TAG))[0] ^= 0x11;
			ldns_rdf_data(ldns_rr_rdf(ds, DS_DIGEST))[0] ^= 0x11;
		}
	}
	lab_sign_type(zone, LDNS_RR_TYPE_DS, zone->row->life);
}

void lab_lose_ds(struct lab_zone *zone)
{
	lab_zone_remove(zone, LDNS_RR_TYPE_DS);
	lab_strip_denial(zone);
	lab_denial_build(zone);
	lab_sign_zone(zone, zone->row->life);
}

void lab_strip_cds_signatures(struct lab_zone *zone)
{
	strip_type(zone, LDNS_RR_TYPE_CDS);
}

void lab_lose_cds(struct lab_zone *zone)
{
	ldns_rr_free(ldns_rr_list_pop_rr(lab_zone_find(zone, "", LDNS_RR_TYPE_CDS)->records));
	lab_sign_type(zone, LDNS_RR_TYPE_CDS, zone->row->life);
}

void lab_lose_first_key(struct lab_zone *zone)
{
	lab_strip_keys(zone);
	for (size_t i = 1; i < zone->n_keys; i++) {
		if (!zone->keys[i].hidden)
			lab_zone_add_record(zone, ldns_rr_clone(zone->keys[i].record));
	}
	zone->keys[0].signs_keys = false;
	lab_sign_type(zone, LDNS_RR_TYPE_DNSKEY, zone->row->life);
}
