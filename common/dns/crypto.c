#include "dns/crypto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include "dns/keyform.h"
#include "dns/mnemonic.h"

/* RFC 5702 2 and RFC 3110 2 for the modulus; OpenSSL's own bound for a costly exponent. */
#define RSA_MODULUS_BITS_MIN  512
#define RSA_MODULUS_BITS_MAX  4096
#define RSA_EXPONENT_BITS_MAX 64

#define POINT_UNCOMPRESSED 4 /* SEC 1 2.3.3 */

/* What a process that verifies and ends can do without: more than half of the instructions of starting. */
#define LEAN_INIT                                                                                            \
	(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |   \
		OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_ATEXIT)

enum kind { KIND_UNKNOWN, KIND_RSA, KIND_ECDSA, KIND_EDDSA };

/* What OpenSSL needs to know of an algorithm; `size` is that of a coordinate, or of an EdDSA key. */
struct algorithm {
	enum kind kind;
	const char *name;
	const char *group;
	const EVP_MD *(*hash)(void);
	size_t size;
	unsigned curve; /* into struct dw_curves */
};

static const struct algorithm algorithms[] = {
	[5] = {KIND_RSA, "RSA", NULL, EVP_sha1, 0, 0},
	[7] = {KIND_RSA, "RSA", NULL, EVP_sha1, 0, 0},
	[8] = {KIND_RSA, "RSA", NULL, EVP_sha256, 0, 0},
	[10] = {KIND_RSA, "RSA", NULL, EVP_sha512, 0, 0},
	[13] = {KIND_ECDSA, "EC", "P-256", EVP_sha256, 32, 0},
	[14] = {KIND_ECDSA, "EC", "P-384", EVP_sha384, 48, 1},
	[15] = {KIND_EDDSA, "ED25519", NULL, NULL, 32, 0},
	[16] = {KIND_EDDSA, "ED448", NULL, NULL, 57, 0},
};

/* The row of an algorithm; that of number 0 for one that is not known here. */
static const struct algorithm *row_of(uint8_t algorithm)
{
	return &algorithms[algorithm < sizeof(algorithms) / sizeof(algorithms[0]) ? algorithm : 0];
}

/*
 * Where a key verifies: what OpenSSL has set up for it. Keys on one curve share a seat and take turns: moving
 * the EVP_PKEY to another point costs a tenth of copying it. `hashed` makes the digest of RSA and ECDSA, and
 * verifies EdDSA, which hashes by itself.
 */
struct dw_seat {
	unsigned n_users; /* keys, and the struct dw_curves that keeps it */
	EVP_PKEY *pkey;
	EVP_PKEY_CTX *verifying;
	EVP_MD_CTX *hashed;
	const struct dw_key *taken; /* whose point `pkey` is at; NULL: nobody's */
};

struct dw_key {
	const struct algorithm *algorithm;
	struct dw_seat *seat;
	uint8_t point[]; /* ECDSA: uncompressed */
};

enum dw_status dw_crypto_init(bool with_configuration, struct dw_error *error)
{
	uint64_t options = with_configuration ? OPENSSL_INIT_LOAD_CONFIG : LEAN_INIT;

	if (OPENSSL_init_crypto(options, NULL) != 1)
		return dw_fail(error, DW_SYSTEM, "OpenSSL does not start");
	return DW_OK;
}

bool dw_algorithm_supported(uint8_t algorithm)
{
	return row_of(algorithm)->kind != KIND_UNKNOWN;
}

/* The hash of a digest type, or NULL. */
static const EVP_MD *digest_of(uint8_t digest_type)
{
	switch (digest_type) {
	case 1:
		return EVP_sha1();
	case 2:
		return EVP_sha256();
	case 4:
		return EVP_sha384();
	default:
		return NULL;
	}
}

bool dw_digest_supported(uint8_t digest_type)
{
	return digest_of(digest_type) != NULL;
}

/* Writes a number as OpenSSL wants its parameters: in the order of this machine. */
static void native(struct dw_octets number, uint8_t *octets)
{
	for (size_t i = 0; i < number.length; i++)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		octets[i] = number.octets[number.length - 1 - i];
#else
		octets[i] = number.octets[i];
#endif
}

/* Hands a public key to OpenSSL. DW_UNSUPPORTED when it does not know such keys. */
static enum dw_status import(const struct algorithm *algorithm, OSSL_PARAM *params, EVP_PKEY **pkey)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, algorithm->name, NULL);
	enum dw_status status = DW_MALFORMED;

	if (context == NULL || EVP_PKEY_fromdata_init(context) != 1)
		status = DW_UNSUPPORTED;
	else if (EVP_PKEY_fromdata(context, pkey, EVP_PKEY_PUBLIC_KEY, params) == 1)
		status = DW_OK;
	EVP_PKEY_CTX_free(context);
	return status;
}

/* Makes an OpenSSL key from the public key field of an algorithm. */
typedef enum dw_status import_fn(const struct algorithm *algorithm, struct dw_octets field, EVP_PKEY **pkey);

static enum dw_status import_rsa(const struct algorithm *algorithm, struct dw_octets field, EVP_PKEY **pkey)
{
	struct dw_octets exponent, modulus;
	uint8_t e[RSA_EXPONENT_BITS_MAX / 8], n[RSA_MODULUS_BITS_MAX / 8];

	if (!dw_keyform_rsa(field, &exponent, &modulus))
		return DW_MALFORMED;
	if (dw_keyform_bits(modulus) > RSA_MODULUS_BITS_MAX || dw_keyform_bits(exponent) > RSA_EXPONENT_BITS_MAX)
		return DW_UNSUPPORTED;
	if (dw_keyform_bits(modulus) < RSA_MODULUS_BITS_MIN || exponent.length == 0)
		return DW_MALFORMED;
	native(exponent, e);
	native(modulus, n);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, n, modulus.length),
		OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, e, exponent.length),
		OSSL_PARAM_construct_end(),
	};
	return import(algorithm, params, pkey);
}

/* OpenSSL sees to it that the point lies on the curve. */
static enum dw_status import_ecdsa(const struct algorithm *algorithm, struct dw_octets field, EVP_PKEY **pkey)
{
	uint8_t point[1 + 2 * DW_KEYFORM_COORDINATE_MAX] = {POINT_UNCOMPRESSED};
	char group[8];

	memcpy(point + 1, field.octets, field.length);
	snprintf(group, sizeof(group), "%s", algorithm->group);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, 1 + field.length),
		OSSL_PARAM_construct_end(),
	};
	return import(algorithm, params, pkey);
}

static enum dw_status import_eddsa(const struct algorithm *algorithm, struct dw_octets field, EVP_PKEY **pkey)
{
	if (field.length != algorithm->size)
		return DW_MALFORMED;
	*pkey = EVP_PKEY_new_raw_public_key_ex(NULL, algorithm->name, NULL, field.octets, field.length);
	return *pkey != NULL ? DW_OK : DW_UNSUPPORTED;
}

/* Prepares what every verification needs. False when this OpenSSL refuses the algorithm or its hash. */
static bool prepare(const struct algorithm *algorithm, struct dw_seat *seat)
{
	seat->hashed = EVP_MD_CTX_new();
	if (seat->hashed == NULL)
		return false;
	if (algorithm->kind == KIND_EDDSA)
		return EVP_DigestVerifyInit(seat->hashed, NULL, NULL, NULL, seat->pkey) == 1;
	seat->verifying = EVP_PKEY_CTX_new_from_pkey(NULL, seat->pkey, NULL);
	if (seat->verifying == NULL || EVP_PKEY_verify_init(seat->verifying) != 1 ||
		EVP_DigestInit_ex(seat->hashed, algorithm->hash(), NULL) != 1)
		return false;
	if (algorithm->kind != KIND_RSA)
		return true;
	return EVP_PKEY_CTX_set_rsa_padding(seat->verifying, RSA_PKCS1_PADDING) == 1 &&
		EVP_PKEY_CTX_set_signature_md(seat->verifying, algorithm->hash()) == 1;
}

/* Releases a seat that nobody uses any more; NULL is fine. */
static void leave(struct dw_seat *seat)
{
	if (seat == NULL || --seat->n_users > 0)
		return;
	EVP_MD_CTX_free(seat->hashed);
	EVP_PKEY_CTX_free(seat->verifying);
	EVP_PKEY_free(seat->pkey);
	free(seat);
}

/* Makes a seat for a key of its own. */
static enum dw_status open_seat(struct dw_key *key, struct dw_octets field)
{
	static import_fn *const imports[] = {
		[KIND_RSA] = import_rsa, [KIND_ECDSA] = import_ecdsa, [KIND_EDDSA] = import_eddsa};

	key->seat = calloc(1, sizeof(*key->seat));
	if (key->seat == NULL)
		return DW_SYSTEM;
	key->seat->n_users = 1;
	key->seat->taken = key;
	enum dw_status status = imports[key->algorithm->kind](key->algorithm, field, &key->seat->pkey);
	if (status == DW_OK && !prepare(key->algorithm, key->seat))
		return DW_UNSUPPORTED;
	return status;
}

/* Moves the seat to the key, if another one has it; OpenSSL sees to it that the point lies on the curve. */
static enum dw_status sit(struct dw_key *key)
{
	struct dw_seat *seat = key->seat;

	if (seat->taken == key)
		return DW_OK;
	seat->taken = NULL;
	if (EVP_PKEY_set1_encoded_public_key(seat->pkey, key->point, 1 + 2 * key->algorithm->size) != 1)
		return DW_MALFORMED;
	/* Whatever the context knows of the key before is forgotten. */
	if (EVP_PKEY_verify_init(seat->verifying) != 1)
		return DW_UNSUPPORTED;
	seat->taken = key;
	return DW_OK;
}

/* Finds a seat for a key on a curve: the one that is kept, or a new one that is kept from now on. */
static enum dw_status share_seat(struct dw_key *key, struct dw_octets field, struct dw_curves *curves)
{
	struct dw_seat **kept = &curves->seats[key->algorithm->curve];

	key->seat = *kept;
	if (key->seat != NULL) {
		key->seat->n_users++;
		return sit(key);
	}
	enum dw_status status = open_seat(key, field);
	if (status == DW_OK) {
		*kept = key->seat;
		key->seat->n_users++;
	}
	return status;
}

static enum dw_status find_seat(struct dw_key *key, struct dw_octets field, struct dw_curves *curves)
{
	if (key->algorithm->kind != KIND_ECDSA)
		return open_seat(key, field);
	if (field.length != 2 * key->algorithm->size)
		return DW_MALFORMED;
	key->point[0] = POINT_UNCOMPRESSED;
	memcpy(key->point + 1, field.octets, field.length);
	return curves != NULL ? share_seat(key, field, curves) : open_seat(key, field);
}

void dw_curves_fini(struct dw_curves *curves)
{
	for (unsigned i = 0; i < DW_CURVES; i++)
		leave(curves->seats[i]);
	*curves = (struct dw_curves){0};
}

enum dw_status dw_key_new(uint8_t algorithm, struct dw_octets field, struct dw_curves *curves,
	struct dw_key **key, struct dw_error *error)
{
	const struct algorithm *row = row_of(algorithm);
	size_t room = row->kind == KIND_ECDSA ? 1 + 2 * row->size : 0;
	char text[24];

	if (row->kind == KIND_UNKNOWN)
		return dw_fail(error, DW_UNSUPPORTED, "%s is not known here", dw_algorithm_text(algorithm, text));
	struct dw_key *made = calloc(1, sizeof(*made) + room);
	if (made == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a key");
	made->algorithm = row;
	ERR_set_mark();
	enum dw_status status = find_seat(made, field, curves);
	ERR_pop_to_mark();
	if (status == DW_OK) {
		*key = made;
		return DW_OK;
	}
	dw_key_free(made);
	return dw_fail(error, status, "%zu octets %s %s", field.length,
		status == DW_MALFORMED ? "make no key of" : "make a key that is not taken here, of",
		dw_algorithm_text(algorithm, text));
}

void dw_key_free(struct dw_key *key)
{
	if (key == NULL)
		return;
	if (key->seat != NULL && key->seat->taken == key)
		key->seat->taken = NULL;
	leave(key->seat);
	free(key);
}

static bool verify_hashed(
	struct dw_key *key, struct dw_octets data, const uint8_t *signature, size_t signature_length)
{
	uint8_t hash[EVP_MAX_MD_SIZE], der[DW_KEYFORM_DER_MAX];
	unsigned length;

	if (key->algorithm->kind == KIND_ECDSA) {
		if (signature_length != 2 * key->algorithm->size)
			return false;
		signature_length = dw_keyform_der(signature, key->algorithm->size, der);
		signature = der;
	}
	return sit(key) == DW_OK && EVP_DigestInit_ex(key->seat->hashed, NULL, NULL) == 1 &&
		EVP_DigestUpdate(key->seat->hashed, data.octets, data.length) == 1 &&
		EVP_DigestFinal_ex(key->seat->hashed, hash, &length) == 1 &&
		EVP_PKEY_verify(key->seat->verifying, signature, signature_length, hash, length) == 1;
}

/* A context is begun anew for each signature: a later OpenSSL takes a finished one no more. */
static bool verify_whole(
	struct dw_key *key, struct dw_octets data, const uint8_t *signature, size_t signature_length)
{
	return EVP_DigestVerifyInit(key->seat->hashed, NULL, NULL, NULL, key->seat->pkey) == 1 &&
		EVP_DigestVerify(key->seat->hashed, signature, signature_length, data.octets, data.length) == 1;
}

bool dw_key_verify(
	struct dw_key *key, const uint8_t *data, size_t length, const uint8_t *signature, size_t signature_length)
{
	struct dw_octets octets = {data, length};

	ERR_set_mark();
	bool good = key->algorithm->kind == KIND_EDDSA ? verify_whole(key, octets, signature, signature_length)
												   : verify_hashed(key, octets, signature, signature_length);
	ERR_pop_to_mark();
	return good;
}

enum dw_status dw_digest(uint8_t digest_type, const struct dw_octets *pieces, size_t n_pieces,
	uint8_t digest[DW_DIGEST_MAX], size_t *length)
{
	const EVP_MD *hash = digest_of(digest_type);
	unsigned size = 0;

	if (hash == NULL)
		return DW_UNSUPPORTED;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool made = context != NULL && EVP_DigestInit_ex(context, hash, NULL) == 1;
	for (size_t i = 0; made && i < n_pieces; i++)
		made = EVP_DigestUpdate(context, pieces[i].octets, pieces[i].length) == 1;
	made = made && EVP_DigestFinal_ex(context, digest, &size) == 1;
	EVP_MD_CTX_free(context);
	*length = size;
	return made ? DW_OK : DW_UNSUPPORTED;
}

/* SHA-1 over two pieces, in a context that was begun with it once. */
static bool hash_again(EVP_MD_CTX *context, struct dw_octets first, struct dw_octets second, uint8_t hash[20])
{
	return EVP_DigestInit_ex(context, NULL, NULL) == 1 &&
		EVP_DigestUpdate(context, first.octets, first.length) == 1 &&
		EVP_DigestUpdate(context, second.octets, second.length) == 1 &&
		EVP_DigestFinal_ex(context, hash, NULL) == 1;
}

enum dw_status dw_nsec3_hash(
	struct dw_octets name, struct dw_octets salt, uint16_t iterations, uint8_t hash[20])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool made = context != NULL && EVP_DigestInit_ex(context, EVP_sha1(), NULL) == 1 &&
		hash_again(context, name, salt, hash);

	for (unsigned i = 0; made && i < iterations; i++)
		made = hash_again(context, (struct dw_octets){hash, 20}, salt, hash);
	EVP_MD_CTX_free(context);
	return made ? DW_OK : DW_SYSTEM;
}
