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

/* RFC 5702 2 and RFC 3110 2 for the modulus; OpenSSL's own bound for a costly exponent. */
#define RSA_MODULUS_BITS_MIN  512
#define RSA_MODULUS_BITS_MAX  4096
#define RSA_EXPONENT_BITS_MAX 64

#define POINT_UNCOMPRESSED 4 /* SEC 1 2.3.3 */

/* What a process that verifies and ends can do without: more than half of the instructions of starting. */
#define LEAN_INIT                                                                                            \
	(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS |       \
		OPENSSL_INIT_NO_ATEXIT)

enum kind { KIND_UNKNOWN, KIND_RSA, KIND_ECDSA, KIND_EDDSA };

/* What OpenSSL needs to know of an algorithm; `size` is that of a coordinate, or of an EdDSA key. */
struct algorithm {
	const char *text;
	enum kind kind;
	const char *name;
	const char *group;
	const EVP_MD *(*hash)(void);
	size_t size;
	unsigned curve; /* into struct dw_curves */
};

static const struct algorithm algorithms[] = {
	[0] = {.text = "DELETE"},
	[1] = {.text = "RSAMD5"},
	[2] = {.text = "DH"},
	[3] = {.text = "DSA"},
	[5] = {"RSASHA1", KIND_RSA, "RSA", NULL, EVP_sha1, 0, 0},
	[6] = {.text = "DSA-NSEC3-SHA1"},
	[7] = {"RSASHA1-NSEC3-SHA1", KIND_RSA, "RSA", NULL, EVP_sha1, 0, 0},
	[8] = {"RSASHA256", KIND_RSA, "RSA", NULL, EVP_sha256, 0, 0},
	[10] = {"RSASHA512", KIND_RSA, "RSA", NULL, EVP_sha512, 0, 0},
	[12] = {.text = "ECC-GOST"},
	[13] = {"ECDSAP256SHA256", KIND_ECDSA, "EC", "P-256", EVP_sha256, 32, 0},
	[14] = {"ECDSAP384SHA384", KIND_ECDSA, "EC", "P-384", EVP_sha384, 48, 1},
	[15] = {"ED25519", KIND_EDDSA, "ED25519", NULL, NULL, 32, 0},
	[16] = {"ED448", KIND_EDDSA, "ED448", NULL, NULL, 57, 0},
	[17] = {.text = "SM2SM3"},
	[23] = {.text = "ECC-GOST12"},
	[252] = {.text = "INDIRECT"},
	[253] = {.text = "PRIVATEDNS"},
	[254] = {.text = "PRIVATEOID"},
	[255] = {.text = NULL},
};

/* `hashed` makes the digest of RSA and ECDSA, and verifies EdDSA, which hashes by itself. */
struct dw_key {
	const struct algorithm *algorithm;
	EVP_PKEY *pkey;
	EVP_PKEY_CTX *verifying;
	EVP_MD_CTX *hashed;
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
	return algorithms[algorithm].kind != KIND_UNKNOWN;
}

const char *dw_algorithm_text(uint8_t algorithm, char text[24])
{
	if (algorithms[algorithm].text != NULL)
		snprintf(text, 24, "%s", algorithms[algorithm].text);
	else
		snprintf(text, 24, "algorithm %u", (unsigned)algorithm);
	return text;
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
typedef enum dw_status import_fn(
	const struct algorithm *algorithm, struct dw_octets field, struct dw_curves *curves, EVP_PKEY **pkey);

static enum dw_status import_rsa(
	const struct algorithm *algorithm, struct dw_octets field, struct dw_curves *curves, EVP_PKEY **pkey)
{
	struct dw_octets exponent, modulus;
	uint8_t e[RSA_EXPONENT_BITS_MAX / 8], n[RSA_MODULUS_BITS_MAX / 8];

	(void)curves;
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

static enum dw_status import_point(const struct algorithm *algorithm, uint8_t *point, EVP_PKEY **pkey)
{
	char group[8];

	snprintf(group, sizeof(group), "%s", algorithm->group);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * algorithm->size),
		OSSL_PARAM_construct_end(),
	};
	return import(algorithm, params, pkey);
}

/* Copies a key of the curve and moves it to another point: a quarter of the cost of setting up the curve. */
static enum dw_status copy_to_point(
	const struct algorithm *algorithm, EVP_PKEY *like, const uint8_t *point, EVP_PKEY **pkey)
{
	*pkey = EVP_PKEY_dup(like);
	if (*pkey == NULL)
		return DW_SYSTEM;
	if (EVP_PKEY_set1_encoded_public_key(*pkey, point, 1 + 2 * algorithm->size) != 1)
		return DW_MALFORMED;
	return DW_OK;
}

/* OpenSSL sees to it that the point lies on the curve, in both ways. */
static enum dw_status import_ecdsa(
	const struct algorithm *algorithm, struct dw_octets field, struct dw_curves *curves, EVP_PKEY **pkey)
{
	uint8_t point[1 + 2 * DW_KEYFORM_COORDINATE_MAX] = {POINT_UNCOMPRESSED};

	if (field.length != 2 * algorithm->size)
		return DW_MALFORMED;
	memcpy(point + 1, field.octets, field.length);
	if (curves != NULL && curves->keys[algorithm->curve] != NULL)
		return copy_to_point(algorithm, curves->keys[algorithm->curve], point, pkey);
	enum dw_status status = import_point(algorithm, point, pkey);
	if (status == DW_OK && curves != NULL && EVP_PKEY_up_ref(*pkey) == 1)
		curves->keys[algorithm->curve] = *pkey;
	return status;
}

static enum dw_status import_eddsa(
	const struct algorithm *algorithm, struct dw_octets field, struct dw_curves *curves, EVP_PKEY **pkey)
{
	(void)curves;
	if (field.length != algorithm->size)
		return DW_MALFORMED;
	*pkey = EVP_PKEY_new_raw_public_key_ex(NULL, algorithm->name, NULL, field.octets, field.length);
	return *pkey != NULL ? DW_OK : DW_UNSUPPORTED;
}

/* Prepares what every verification needs. False when this OpenSSL refuses the algorithm or its hash. */
static bool prepare(struct dw_key *key)
{
	const struct algorithm *algorithm = key->algorithm;

	key->hashed = EVP_MD_CTX_new();
	if (key->hashed == NULL)
		return false;
	if (algorithm->kind == KIND_EDDSA)
		return EVP_DigestVerifyInit(key->hashed, NULL, NULL, NULL, key->pkey) == 1;
	key->verifying = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
	if (key->verifying == NULL || EVP_PKEY_verify_init(key->verifying) != 1 ||
		EVP_DigestInit_ex(key->hashed, algorithm->hash(), NULL) != 1)
		return false;
	if (algorithm->kind != KIND_RSA)
		return true;
	return EVP_PKEY_CTX_set_rsa_padding(key->verifying, RSA_PKCS1_PADDING) == 1 &&
		EVP_PKEY_CTX_set_signature_md(key->verifying, algorithm->hash()) == 1;
}

void dw_curves_fini(struct dw_curves *curves)
{
	for (unsigned i = 0; i < DW_CURVES; i++)
		EVP_PKEY_free(curves->keys[i]);
	*curves = (struct dw_curves){0};
}

enum dw_status dw_key_new(uint8_t algorithm, struct dw_octets field, struct dw_curves *curves,
	struct dw_key **key, struct dw_error *error)
{
	static import_fn *const imports[] = {
		[KIND_RSA] = import_rsa, [KIND_ECDSA] = import_ecdsa, [KIND_EDDSA] = import_eddsa};
	const struct algorithm *row = &algorithms[algorithm];
	char text[24];

	if (row->kind == KIND_UNKNOWN)
		return dw_fail(error, DW_UNSUPPORTED, "%s is not known here", dw_algorithm_text(algorithm, text));
	struct dw_key *made = calloc(1, sizeof(*made));
	if (made == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a key");
	made->algorithm = row;
	ERR_set_mark();
	enum dw_status status = imports[row->kind](row, field, curves, &made->pkey);
	if (status == DW_OK && !prepare(made))
		status = DW_UNSUPPORTED;
	ERR_pop_to_mark();
	if (status == DW_OK) {
		*key = made;
		return DW_OK;
	}
	dw_key_free(made);
	return dw_fail(error, status, "%zu octets %s %s", field.length,
		status == DW_MALFORMED ? "make no key of" : "make a key that is not taken here, of", row->text);
}

void dw_key_free(struct dw_key *key)
{
	if (key == NULL)
		return;
	EVP_MD_CTX_free(key->hashed);
	EVP_PKEY_CTX_free(key->verifying);
	EVP_PKEY_free(key->pkey);
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
	return EVP_DigestInit_ex(key->hashed, NULL, NULL) == 1 &&
		EVP_DigestUpdate(key->hashed, data.octets, data.length) == 1 &&
		EVP_DigestFinal_ex(key->hashed, hash, &length) == 1 &&
		EVP_PKEY_verify(key->verifying, signature, signature_length, hash, length) == 1;
}

/* A context is begun anew for each signature: a later OpenSSL takes a finished one no more. */
static bool verify_whole(
	struct dw_key *key, struct dw_octets data, const uint8_t *signature, size_t signature_length)
{
	return EVP_DigestVerifyInit(key->hashed, NULL, NULL, NULL, key->pkey) == 1 &&
		EVP_DigestVerify(key->hashed, signature, signature_length, data.octets, data.length) == 1;
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
