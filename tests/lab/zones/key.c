#include "key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_OCTETS_MAX 1024
#define RSA_KEYS       6

static const struct role {
	char letter;
	uint16_t flags;
	bool signs_keys, signs_data, hidden;
} roles[] = {
	{'k', 257, true, false, false},
	{'z', 256, false, true, false},
	{'c', 257, true, true, false},
	{'b', 256, true, true, false},
	{'p', 256, false, false, false},
	{'P', 257, false, false, false},
	{'r', 385, true, false, false},
	{'t', 256, false, true, false},
	{'n', 1, true, false, false},
	{'h', 257, false, false, true},
	{'s', 256, false, true, true},
};

static const struct role *role_of(const char *word)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (word[strspn(word, "0123456789")] == roles[i].letter)
			return &roles[i];
	}
	lab_die("key '%s' has no role", word);
}

static EVP_PKEY *read_rsa(size_t nth)
{
	const char *folder = getenv("LAB_KEYS");
	char path[LAB_TEXT_MAX];

	snprintf(path, sizeof(path), "%s/rsa2048-%zu.pem", folder != NULL ? folder : LAB_KEYS_FOLDER,
		nth % RSA_KEYS + 1);
	FILE *file = fopen(path, "r");
	EVP_PKEY *key = file == NULL ? NULL : PEM_read_PrivateKey(file, NULL, NULL, NULL);

	if (key == NULL)
		lab_die("%s: no RSA key there (LAB_KEYS names the folder)", path);
	fclose(file);
	return key;
}

static EVP_PKEY *make(unsigned algorithm, size_t nth)
{
	switch (algorithm) {
	case LDNS_RSASHA1:
	case LDNS_RSASHA1_NSEC3:
	case LDNS_RSASHA256:
	case LDNS_RSASHA512:
		return read_rsa(nth);
	case LDNS_ECDSAP384SHA384:
		return EVP_EC_gen("P-384");
	case LDNS_ED25519:
		return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	case LDNS_ED448:
		return EVP_PKEY_Q_keygen(NULL, NULL, "ED448");
	default:
		return EVP_EC_gen("P-256");
	}
}

/* RFC 3110: the length of the exponent, the exponent, the modulus. */
static size_t rsa_octets(const EVP_PKEY *key, uint8_t *octets)
{
	BIGNUM *exponent = NULL;
	BIGNUM *modulus = NULL;

	if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1 ||
		EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) != 1)
		lab_die("an RSA key does not show its numbers");
	octets[0] = (uint8_t)BN_num_bytes(exponent);
	size_t length = 1 + (size_t)BN_bn2bin(exponent, octets + 1);

	length += (size_t)BN_bn2bin(modulus, octets + length);
	BN_free(exponent);
	BN_free(modulus);
	return length;
}

/* RFC 6605: the uncompressed point without the octet in front that says so. */
static size_t point_octets(const EVP_PKEY *key, uint8_t *octets)
{
	uint8_t point[KEY_OCTETS_MAX];
	size_t length = 0;

	if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &length) != 1 ||
		length < 2)
		lab_die("a curve key does not show its point");
	memcpy(octets, point + 1, length - 1);
	return length - 1;
}

static size_t public_octets(const EVP_PKEY *key, uint8_t *octets)
{
	size_t length = KEY_OCTETS_MAX;

	switch (EVP_PKEY_get_base_id(key)) {
	case EVP_PKEY_RSA:
		return rsa_octets(key, octets);
	case EVP_PKEY_EC:
		return point_octets(key, octets);
	default:
		if (EVP_PKEY_get_raw_public_key(key, octets, &length) != 1)
			lab_die("an Edwards key does not show itself");
		return length;
	}
}

static ldns_rr *dnskey(const struct lab_zone *zone, const struct lab_key *key, uint16_t flags)
{
	uint8_t octets[KEY_OCTETS_MAX];
	size_t length = public_octets(key->key, octets);
	ldns_rr *record = ldns_rr_new();

	ldns_rr_set_type(record, LDNS_RR_TYPE_DNSKEY);
	ldns_rr_set_class(record, LDNS_RR_CLASS_IN);
	ldns_rr_set_ttl(record, zone->row->ttl);
	ldns_rr_set_owner(record, ldns_rdf_clone(zone->apex));
	ldns_rr_push_rdf(record, ldns_native2rdf_int16(LDNS_RDF_TYPE_INT16, flags));
	ldns_rr_push_rdf(record, ldns_native2rdf_int8(LDNS_RDF_TYPE_INT8, LDNS_DNSSEC_KEYPROTO));
	ldns_rr_push_rdf(record, ldns_native2rdf_int8(LDNS_RDF_TYPE_ALG, key->algorithm));
	ldns_rr_push_rdf(record, ldns_rdf_new_frm_data(LDNS_RDF_TYPE_B64, length, octets));
	return record;
}

struct lab_key lab_key_make(const struct lab_zone *zone, const char *word, size_t nth)
{
	const struct role *role = role_of(word);
	struct lab_key key = {
		.algorithm = (uint8_t)strtoul(word, NULL, 10),
		.signs_keys = role->signs_keys,
		.signs_data = role->signs_data,
		.hidden = role->hidden,
	};

	key.key = make(key.algorithm, nth);
	if (key.key == NULL)
		lab_die("%s: OpenSSL makes no key for '%s'", zone->origin, word);
	key.record = dnskey(zone, &key, role->flags);
	key.tag = ldns_calc_keytag(key.record);
	return key;
}

/* Takes a key into the zone, and its record into the DNSKEY RRset unless it is hidden. */
static void take(struct lab_zone *zone, struct lab_key key)
{
	if (zone->n_keys == LAB_KEYS_MAX)
		lab_die("%s: more than %d keys", zone->origin, LAB_KEYS_MAX);
	zone->keys[zone->n_keys++] = key;
	if (!key.hidden)
		lab_zone_add_record(zone, ldns_rr_clone(key.record));
}

/* Makes keys until two have one tag, which takes about three hundred; the first of the two signs nothing. */
static void take_twins(struct lab_zone *zone, const char *word)
{
	struct lab_key *pool = calloc(UINT16_MAX + 1, sizeof(*pool));
	struct lab_key key = lab_key_make(zone, word, 0);

	if (pool == NULL)
		lab_die("out of memory");
	while (pool[key.tag].key == NULL) {
		pool[key.tag] = key;
		key = lab_key_make(zone, word, 0);
	}
	pool[key.tag].signs_data = false;
	take(zone, pool[key.tag]);
	take(zone, key);
	pool[key.tag].key = NULL;
	for (size_t i = 0; i <= UINT16_MAX; i++) {
		if (pool[i].key != NULL)
			lab_key_free(&pool[i]);
	}
	free(pool);
}

void lab_keys_make(struct lab_zone *zone)
{
	char words[LAB_NAME_MAX];
	char *rest = words;

	snprintf(words, sizeof(words), "%s", zone->row->keys);
	for (char *word = strsep(&rest, " "); word != NULL && *word != '\0'; word = strsep(&rest, " ")) {
		if (role_of(word)->letter == 't')
			take_twins(zone, word);
		else
			take(zone, lab_key_make(zone, word, zone->n_keys));
	}
}

void lab_key_free(struct lab_key *key)
{
	EVP_PKEY_free(key->key);
	ldns_rr_free(key->record);
}

void lab_keys_free(struct lab_zone *zone)
{
	for (size_t i = 0; i < zone->n_keys; i++)
		lab_key_free(&zone->keys[i]);
	zone->n_keys = 0;
}
