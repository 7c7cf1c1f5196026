#include "ds.h"

#include "key.h"
#include "recipe.h"

#include <openssl/sha.h>
#include <string.h>

#define DS_DIGEST    3 /* fields of a DS, and of a DNSKEY */
#define DS_TYPE      2
#define KEY_FLAGS    0
#define KEY_ALG      2
#define PLAIN_KSK    257
#define UNKNOWN_TYPE 250

static const struct lab_key *key_of(const struct lab_zone *zone, uint16_t flags)
{
	for (size_t i = 0; i < zone->n_keys; i++) {
		if (ldns_rdf2native_int16(ldns_rr_rdf(zone->keys[i].record, KEY_FLAGS)) == flags)
			return &zone->keys[i];
	}
	lab_die("%s: no key with flags %u for a DS", zone->origin, flags);
}

static ldns_rr *ds_of(const ldns_rr *key, ldns_hash type)
{
	ldns_rr *ds = ldns_key_rr2ds(key, type);

	if (ds == NULL)
		lab_die("ldns makes no DS of digest type %d", (int)type);
	return ds;
}

static ldns_rr *plain(const struct lab_zone *zone)
{
	return ds_of(key_of(zone, PLAIN_KSK)->record, LDNS_SHA256);
}

static ldns_rdf *digest(const ldns_rr *ds)
{
	return ldns_rr_rdf(ds, DS_DIGEST);
}

static void set_digest(ldns_rr *ds, size_t length, const uint8_t *octets)
{
	ldns_rdf *made = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_HEX, length, octets);

	ldns_rdf_deep_free(ldns_rr_set_rdf(ds, made, DS_DIGEST));
}

static void set_type(ldns_rr *ds, uint8_t type)
{
	ldns_rdf_deep_free(ldns_rr_set_rdf(ds, ldns_native2rdf_int8(LDNS_RDF_TYPE_INT8, type), DS_TYPE));
}

void lab_ds_right(const struct lab_zone *zone, ldns_rr_list *list)
{
	for (size_t i = 0; i < zone->n_keys; i++) {
		const struct lab_key *key = &zone->keys[i];

		if (key->signs_keys && ldns_rdf2native_int16(ldns_rr_rdf(key->record, KEY_FLAGS)) == PLAIN_KSK)
			ldns_rr_list_push_rr(list, ds_of(key->record, LDNS_SHA256));
	}
}

void lab_ds_none(const struct lab_zone *zone, ldns_rr_list *list)
{
	(void)zone;
	(void)list;
}

void lab_ds_sha1(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr_list_push_rr(list, ds_of(key_of(zone, PLAIN_KSK)->record, LDNS_SHA1));
}

void lab_ds_sha384(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr_list_push_rr(list, ds_of(key_of(zone, PLAIN_KSK)->record, LDNS_SHA384));
}

void lab_ds_two(const struct lab_zone *zone, ldns_rr_list *list)
{
	lab_ds_sha1(zone, list);
	lab_ds_right(zone, list);
}

/*
 * The octets of a DS digest over an owner in upper case; ldns lowers it (RFC 4034 5.1.4), so it is done by
 * hand.
 */
static ldns_buffer *upper_octets(const struct lab_zone *zone, const struct lab_key *key)
{
	ldns_buffer *data = ldns_buffer_new(LDNS_MAX_PACKETLEN);
	const uint8_t *name = ldns_rdf_data(zone->apex);
	size_t length = ldns_rdf_size(zone->apex);

	for (size_t i = 0; i < length; i++) {
		uint8_t octet = name[i];

		if (octet >= 'a' && octet <= 'z')
			octet = (uint8_t)(octet - 'a' + 'A');
		ldns_buffer_write(data, &octet, 1);
	}
	ldns_rr_rdata2buffer_wire(data, key->record);
	return data;
}

void lab_ds_upper(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr *ds = plain(zone);
	ldns_buffer *data = upper_octets(zone, key_of(zone, PLAIN_KSK));
	uint8_t octets[SHA256_DIGEST_LENGTH];

	SHA256(ldns_buffer_begin(data), ldns_buffer_position(data), octets);
	set_digest(ds, sizeof(octets), octets);
	ldns_buffer_free(data);
	ldns_rr_list_push_rr(list, ds);
}

void lab_ds_alg5(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr *key = ldns_rr_clone(key_of(zone, PLAIN_KSK)->record);

	ldns_rdf_deep_free(ldns_rr_set_rdf(key, ldns_native2rdf_int8(LDNS_RDF_TYPE_ALG, LDNS_RSASHA1), KEY_ALG));
	ldns_rr_list_push_rr(list, ds_of(key, LDNS_SHA256));
	ldns_rr_free(key);
}

void lab_ds_cut(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr *ds = plain(zone);
	uint8_t octets[SHA_DIGEST_LENGTH];

	memcpy(octets, ldns_rdf_data(digest(ds)), sizeof(octets));
	set_digest(ds, sizeof(octets), octets);
	set_type(ds, LDNS_SHA1);
	ldns_rr_list_push_rr(list, ds);
}

void lab_ds_garbled(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr *ds = plain(zone);
	uint8_t octets[SHA256_DIGEST_LENGTH];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = ldns_rdf_data(digest(ds))[sizeof(octets) - 1 - i];
	set_digest(ds, sizeof(octets), octets);
	ldns_rr_list_push_rr(list, ds);
}

void lab_ds_other(const struct lab_zone *zone, ldns_rr_list *list)
{
	struct lab_key other = lab_key_make(zone, "13k", 0);

	ldns_rr_list_push_rr(list, ds_of(other.record, LDNS_SHA256));
	lab_key_free(&other);
}

void lab_ds_orphan(const struct lab_zone *zone, ldns_rr_list *list)
{
	lab_ds_right(zone, list);
	lab_ds_other(zone, list);
}

void lab_ds_zsk(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr_list_push_rr(list, ds_of(key_of(zone, 256)->record, LDNS_SHA256));
}

void lab_ds_unknown(const struct lab_zone *zone, ldns_rr_list *list)
{
	ldns_rr *ds = plain(zone);

	set_type(ds, UNKNOWN_TYPE);
	ldns_rr_list_push_rr(list, ds);
}

void lab_ds_recipe(const struct lab_zone *zone, ldns_rr_list *list)
{
	lab_recipe_make(zone, zone->row->digests, LDNS_RR_TYPE_DS, list);
}
