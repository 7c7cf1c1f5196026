#include "sign.h"

#include <openssl/ec.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SIGNATURE_MAX   1024
#define RDATA_SIGNATURE 8 /* field of an RRSIG */

static const EVP_MD *digest_of(unsigned algorithm)
{
	switch (algorithm) {
	case LDNS_RSASHA1:
	case LDNS_RSASHA1_NSEC3:
		return EVP_sha1();
	case LDNS_RSASHA512:
		return EVP_sha512();
	case LDNS_ECDSAP384SHA384:
		return EVP_sha384();
	case LDNS_ED25519:
	case LDNS_ED448:
		return NULL;
	default:
		return EVP_sha256();
	}
}

/* RFC 6605 4: r and s, each as long as the curve, instead of the ASN.1 that libcrypto gives. */
static size_t flatten(const EVP_PKEY *key, uint8_t *signature, size_t length)
{
	const uint8_t *at = signature;
	int half = (EVP_PKEY_get_bits(key) + 7) / 8;
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)length);

	if (pair == NULL || BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, half) < 0 ||
		BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + half, half) < 0)
		lab_die("an ECDSA signature has no r and s");
	ECDSA_SIG_free(pair);
	return 2 * (size_t)half;
}

static size_t sign_octets(const struct lab_key *key, const ldns_buffer *data, uint8_t *signature)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t length = SIGNATURE_MAX;

	if (EVP_DigestSignInit(context, NULL, digest_of(key->algorithm), NULL, key->key) != 1 ||
		EVP_DigestSign(context, signature, &length, ldns_buffer_begin(data), ldns_buffer_position(data)) != 1)
		lab_die("OpenSSL does not sign for algorithm %u", key->algorithm);
	EVP_MD_CTX_free(context);
	if (EVP_PKEY_get_base_id(key->key) == EVP_PKEY_EC)
		return flatten(key->key, signature, length);
	return length;
}

static void print_moment(char text[16], int64_t moment)
{
	time_t seconds = (time_t)moment;
	struct tm parts;

	strftime(text, 16, "%Y%m%d%H%M%S", gmtime_r(&seconds, &parts));
}

/* The labels of an owner without the root and without a leading asterisk. */
static unsigned labels_of(const ldns_rdf *owner)
{
	unsigned labels = ldns_dname_label_count(owner);

	return ldns_dname_is_wildcard(owner) ? labels - 1 : labels;
}

static ldns_rr *unsigned_signature(
	const struct lab_zone *zone, const struct lab_set *set, const struct lab_key *key, struct lab_life life)
{
	char text[LAB_TEXT_MAX];
	char inception[16];
	char expiration[16];
	char *type = ldns_rr_type2str(set->type);
	char *owner = ldns_rdf2str(ldns_rr_list_owner(set->records));
	uint32_t ttl = ldns_rr_ttl(ldns_rr_list_rr(set->records, 0));
	ldns_rr *signature = NULL;

	print_moment(inception, zone->now + life.inception);
	print_moment(expiration, zone->now + life.expiration);
	snprintf(text, sizeof(text), "%s %u IN RRSIG %s %u %u %u %s %s %u %s AAAA", owner, ttl, type,
		key->algorithm, labels_of(ldns_rr_list_owner(set->records)), ttl, expiration, inception, key->tag,
		zone->origin);
	if (ldns_rr_new_frm_str(&signature, text, ttl, NULL, NULL) != LDNS_STATUS_OK)
		lab_die("%s: '%s' is no RRSIG", zone->origin, text);
	free(owner);
	free(type);
	return signature;
}

/* RFC 4034 3.1.8.1: the RRSIG without its signature, then the records in canonical form and order. */
static ldns_buffer *signed_octets(const struct lab_set *set, const ldns_rr *signature)
{
	ldns_buffer *data = ldns_buffer_new(LDNS_MAX_PACKETLEN);
	ldns_rr_list *sorted = ldns_rr_list_clone(set->records);

	for (size_t i = 0; i < ldns_rr_list_rr_count(sorted); i++)
		ldns_rr2canonical(ldns_rr_list_rr(sorted, i));
	ldns_rr_list_sort(sorted);
	ldns_status status = ldns_rrsig2buffer_wire(data, signature);

	for (size_t i = 0; status == LDNS_STATUS_OK && i < ldns_rr_list_rr_count(sorted); i++)
		status = ldns_rr2buffer_wire_canonical(data, ldns_rr_list_rr(sorted, i), LDNS_SECTION_ANSWER);
	if (status != LDNS_STATUS_OK)
		lab_die("an RRset has no canonical form: %s", ldns_get_errorstr_by_id(status));
	ldns_rr_list_deep_free(sorted);
	return data;
}

void lab_sign_add(
	const struct lab_zone *zone, struct lab_set *set, const struct lab_key *key, struct lab_life life)
{
	uint8_t octets[SIGNATURE_MAX];
	ldns_rr *signature = unsigned_signature(zone, set, key, life);
	ldns_buffer *data = signed_octets(set, signature);
	size_t length = sign_octets(key, data, octets);
	ldns_rdf *made = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_B64, length, octets);

	ldns_rdf_deep_free(ldns_rr_set_rdf(signature, made, RDATA_SIGNATURE));
	ldns_buffer_free(data);
	ldns_rr_list_push_rr(set->signatures, signature);
}

void lab_sign_set(const struct lab_zone *zone, struct lab_set *set, struct lab_life life)
{
	ldns_rr_list_deep_free(set->signatures);
	set->signatures = ldns_rr_list_new();
	for (size_t i = 0; i < zone->n_keys; i++) {
		const struct lab_key *key = &zone->keys[i];

		if (set->type == LDNS_RR_TYPE_DNSKEY ? key->signs_keys : key->signs_data)
			lab_sign_add(zone, set, key, life);
	}
}

void lab_sign_zone(struct lab_zone *zone, struct lab_life life)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (zone->sets[i].authoritative)
			lab_sign_set(zone, &zone->sets[i], life);
	}
}

void lab_sign_type(struct lab_zone *zone, ldns_rr_type type, struct lab_life life)
{
	for (size_t i = 0; i < zone->n_sets; i++) {
		if (zone->sets[i].authoritative && zone->sets[i].type == type)
			lab_sign_set(zone, &zone->sets[i], life);
	}
}
