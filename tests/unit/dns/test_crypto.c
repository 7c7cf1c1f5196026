#include "dns/crypto.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static const uint8_t data[] = "what is signed";

/* The algorithms, how OpenSSL makes their keys, and with what hash it signs. */
static const struct {
	uint8_t algorithm;
	const char *type, *group, *hash;
	unsigned bits; /* RSA */
	size_t size;   /* octets of a coordinate, or of an EdDSA key */
} algorithms[] = {
	{5, "RSA", NULL, "SHA1", 1024, 0},
	{7, "RSA", NULL, "SHA1", 512, 0},
	{8, "RSA", NULL, "SHA256", 1024, 0},
	{8, "RSA", NULL, "SHA256", 1031, 0},
	{10, "RSA", NULL, "SHA512", 1536, 0},
	{13, "EC", "P-256", "SHA256", 0, 32},
	{14, "EC", "P-384", "SHA384", 0, 48},
	{15, "ED25519", NULL, NULL, 0, 32},
	{16, "ED448", NULL, NULL, 0, 57},
};

#define FIRST_CURVE 5 /* the rows behind those of RSA, whose keys take long to make */

static EVP_PKEY *generate(int row)
{
	const char *type = algorithms[row].type;

	if (algorithms[row].bits > 0)
		return EVP_PKEY_Q_keygen(NULL, NULL, type, (size_t)algorithms[row].bits);
	return algorithms[row].group != NULL ? EVP_PKEY_Q_keygen(NULL, NULL, type, algorithms[row].group)
										 : EVP_PKEY_Q_keygen(NULL, NULL, type);
}

/* Writes the public key field of a DNSKEY, and returns its length. */
static size_t put_field(int row, EVP_PKEY *pkey, uint8_t *field)
{
	size_t length = 600;
	BIGNUM *n = NULL;

	if (algorithms[row].bits > 0) {
		memcpy(field, (const uint8_t[]){3, 1, 0, 1}, 4);
		ck_assert_int_eq(EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_N, &n), 1);
		length = 4 + (size_t)BN_bn2bin(n, field + 4);
		BN_free(n);
	} else if (algorithms[row].group != NULL) {
		uint8_t point[97];
		ck_assert_int_eq(
			EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &length), 1);
		memcpy(field, point + 1, --length);
	} else {
		ck_assert_int_eq(EVP_PKEY_get_raw_public_key(pkey, field, &length), 1);
	}
	return length;
}

/* Makes r and s of what OpenSSL writes, and returns their length. */
static size_t to_wire(const uint8_t *der, size_t der_length, size_t size, uint8_t *signature)
{
	ECDSA_SIG *both = d2i_ECDSA_SIG(NULL, &der, (long)der_length);

	ck_assert_ptr_nonnull(both);
	BN_bn2binpad(ECDSA_SIG_get0_r(both), signature, (int)size);
	BN_bn2binpad(ECDSA_SIG_get0_s(both), signature + size, (int)size);
	ECDSA_SIG_free(both);
	return 2 * size;
}

/* Signs `data` as a DNSSEC signer does, and returns the signature's length. */
static size_t sign(int row, EVP_PKEY *pkey, uint8_t *signature)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t octets[600];
	size_t length = sizeof(octets);

	ck_assert_int_eq(EVP_DigestSignInit_ex(context, NULL, algorithms[row].hash, NULL, NULL, pkey, NULL), 1);
	ck_assert_int_eq(EVP_DigestSign(context, octets, &length, data, sizeof(data)), 1);
	EVP_MD_CTX_free(context);
	if (algorithms[row].group != NULL)
		return to_wire(octets, length, algorithms[row].size, signature);
	memcpy(signature, octets, length);
	return length;
}

START_TEST(a_signature_verifies_as_often_as_asked_and_an_altered_one_never)
{
	ck_assert_int_eq(dw_crypto_init(false, NULL), DW_OK);
	EVP_PKEY *pkey = generate(_i);
	uint8_t field[600], signature[600], altered[sizeof(data)];
	struct dw_octets octets = {field, put_field(_i, pkey, field)};
	size_t length = sign(_i, pkey, signature);
	struct dw_key *key = NULL;

	memcpy(altered, data, sizeof(data));
	altered[3] ^= 1;
	ck_assert_int_eq(dw_key_new(algorithms[_i].algorithm, octets, NULL, &key, NULL), DW_OK);
	for (int i = 0; i < 3; i++) {
		ck_assert(dw_key_verify(key, data, sizeof(data), signature, length));
		ck_assert(!dw_key_verify(key, altered, sizeof(altered), signature, length));
		ck_assert(!dw_key_verify(key, data, sizeof(data) - 1, signature, length));
		ck_assert(!dw_key_verify(key, data, sizeof(data), signature, length - 1));
		ck_assert(!dw_key_verify(key, data, sizeof(data), signature, 0));
		signature[length / 2] ^= 1;
		ck_assert(!dw_key_verify(key, data, sizeof(data), signature, length));
		signature[length / 2] ^= 1;
		signature[length] = 0;
		ck_assert(!dw_key_verify(key, data, sizeof(data), signature, length + 1));
	}
	ck_assert_uint_eq(ERR_peek_error(), 0);
	dw_key_free(key);
	EVP_PKEY_free(pkey);
}
END_TEST

START_TEST(keys_on_a_curve_that_is_kept_are_as_good_as_the_first)
{
	struct dw_curves curves = {0};
	uint8_t field[600], signature[600];

	for (int i = 0; i < 3 * (DW_ROWS(algorithms) - FIRST_CURVE); i++) {
		int at = FIRST_CURVE + i % (DW_ROWS(algorithms) - FIRST_CURVE);
		EVP_PKEY *pkey = generate(at);
		struct dw_octets octets = {field, put_field(at, pkey, field)};
		size_t length = sign(at, pkey, signature);
		struct dw_key *key = NULL;
		ck_assert_int_eq(dw_key_new(algorithms[at].algorithm, octets, &curves, &key, NULL), DW_OK);
		ck_assert(dw_key_verify(key, data, sizeof(data), signature, length));
		dw_key_free(key);
		EVP_PKEY_free(pkey);
	}
	dw_curves_fini(&curves);
	dw_curves_fini(&curves);
}
END_TEST

/* Keys that share a curve verify in any order, whatever became of others, and of the curve's keeper. */
START_TEST(keys_that_share_a_curve_do_not_take_one_another_for_themselves)
{
	struct dw_curves curves = {0};
	struct dw_key *keys[3] = {NULL}, *none = NULL;
	uint8_t fields[3][600], signatures[3][600], broken[96] = {1};
	size_t lengths[3];

	for (int i = 0; i < 3; i++) {
		EVP_PKEY *pkey = generate(_i);
		struct dw_octets octets = {fields[i], put_field(_i, pkey, fields[i])};
		lengths[i] = sign(_i, pkey, signatures[i]);
		ck_assert_int_eq(dw_key_new(algorithms[_i].algorithm, octets, &curves, &keys[i], NULL), DW_OK);
		EVP_PKEY_free(pkey);
	}
	for (int i = 0; i < 27; i++) {
		int key = i % 3, other = i / 3 % 3;
		ck_assert_int_eq(
			dw_key_verify(keys[key], data, sizeof(data), signatures[other], lengths[other]), key == other);
		if (i % 4 == 0)
			ck_assert_int_eq(dw_key_new(algorithms[_i].algorithm,
								 (struct dw_octets){broken, 2 * algorithms[_i].size}, &curves, &none, NULL),
				DW_MALFORMED);
	}
	dw_curves_fini(&curves);
	for (int i = 0; i < 3; i++) {
		ck_assert(dw_key_verify(keys[i], data, sizeof(data), signatures[i], lengths[i]));
		dw_key_free(keys[i]);
	}
	ck_assert_uint_eq(ERR_peek_error(), 0);
}
END_TEST

START_TEST(a_point_beside_the_curve_makes_no_key)
{
	struct dw_curves curves = {0};
	struct dw_key *key = NULL;
	uint8_t field[600];

	for (int row = FIRST_CURVE; row <= FIRST_CURVE + 1; row++) {
		EVP_PKEY *pkey = generate(row);
		struct dw_octets octets = {field, put_field(row, pkey, field)};
		ck_assert_int_eq(dw_key_new(algorithms[row].algorithm, octets, &curves, &key, NULL), DW_OK);
		dw_key_free(key);
		field[octets.length - 1] ^= 1;
		/* With the curve to be set up, and with one that is kept. */
		ck_assert_int_eq(dw_key_new(algorithms[row].algorithm, octets, NULL, &key, NULL), DW_MALFORMED);
		ck_assert_int_eq(dw_key_new(algorithms[row].algorithm, octets, &curves, &key, NULL), DW_MALFORMED);
		memset(field, 0, octets.length);
		ck_assert_int_eq(dw_key_new(algorithms[row].algorithm, octets, &curves, &key, NULL), DW_MALFORMED);
		EVP_PKEY_free(pkey);
	}
	ck_assert_uint_eq(ERR_peek_error(), 0);
	dw_curves_fini(&curves);
}
END_TEST

/* Public key fields made of `head` and `fill` times an octet of ones. */
static const struct {
	uint8_t algorithm;
	const char *head;
	size_t fill;
	enum dw_status status;
} fields[] = {
	{8, "03 010001", 64, DW_OK},
	{8, "03 010001", 63, DW_MALFORMED},
	{8, "03 010001 00", 63, DW_MALFORMED},
	{8, "03 010001 0000", 64, DW_OK},
	{8, "03 010001", 512, DW_OK},
	{8, "03 010001 0000", 512, DW_OK},
	{8, "03 010001 01", 512, DW_UNSUPPORTED},
	{8, "08 8000000000000001", 64, DW_OK},
	{8, "09 018000000000000001", 64, DW_UNSUPPORTED},
	{8, "0b 0000008000000000000001", 64, DW_OK},
	{8, "00 0003 010001", 64, DW_OK},
	{8, "01 00", 64, DW_MALFORMED},
	{8, "", 0, DW_MALFORMED},
	{8, "03 010001", 0, DW_MALFORMED},
	{5, "", 0, DW_MALFORMED},
	{13, "", 64, DW_MALFORMED}, /* not on the curve */
	{13, "", 63, DW_MALFORMED},
	{13, "", 65, DW_MALFORMED},
	{13, "", 0, DW_MALFORMED},
	{14, "", 95, DW_MALFORMED},
	{14, "", 64, DW_MALFORMED},
	{14, "", 500, DW_MALFORMED},
	{15, "", 31, DW_MALFORMED},
	{15, "", 33, DW_MALFORMED},
	{15, "", 0, DW_MALFORMED},
	{16, "", 56, DW_MALFORMED},
	{16, "", 58, DW_MALFORMED},
	{1, "03 010001", 64, DW_UNSUPPORTED},
	{3, "", 64, DW_UNSUPPORTED},
	{12, "", 64, DW_UNSUPPORTED},
	{17, "", 64, DW_UNSUPPORTED},
	{23, "", 64, DW_UNSUPPORTED},
	{253, "", 64, DW_UNSUPPORTED},
	{255, "", 64, DW_UNSUPPORTED},
};

START_TEST(octets_make_a_key_of_their_algorithm_or_the_reason_is_given)
{
	uint8_t octets[600];
	size_t head = dw_octets_make(fields[_i].head, octets, sizeof(octets));
	struct dw_key *key = NULL;
	struct dw_error error = {0};

	memset(octets + head, 0xff, fields[_i].fill);
	struct dw_octets field = {octets, head + fields[_i].fill};
	ck_assert_int_eq(dw_key_new(fields[_i].algorithm, field, NULL, &key, &error), fields[_i].status);
	ck_assert_int_eq(error.status, fields[_i].status);
	ck_assert_int_eq(error.text[0] == '\0', fields[_i].status == DW_OK);
	dw_key_free(key);
}
END_TEST

START_TEST(an_algorithm_is_supported_when_it_is_one_of_eight)
{
	static const uint8_t supported[] = {5, 7, 8, 10, 13, 14, 15, 16};

	ck_assert_int_eq(dw_algorithm_supported((uint8_t)_i), memchr(supported, _i, sizeof(supported)) != NULL);
}
END_TEST

/* Digests of "abc" (FIPS 180-4, examples of NIST); NULL for a type that is not known. */
static const struct {
	uint8_t type;
	const char *digest;
} digests[] = {
	{0, NULL},
	{1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
	{2, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	{3, NULL},
	{4,
		"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
		"8086072ba1e7cc2358baeca134c825a7"},
	{5, NULL},
	{6, NULL},
};

START_TEST(a_digest_is_made_over_all_pieces)
{
	struct dw_octets pieces[] = {{data, 0}, {(const uint8_t *)"a", 1}, {(const uint8_t *)"bc", 2}};
	uint8_t digest[DW_DIGEST_MAX], expected[DW_DIGEST_MAX];
	size_t length = 0;
	bool known = digests[_i].digest != NULL;

	ck_assert_int_eq(dw_digest_supported(digests[_i].type), known);
	ck_assert_int_eq(dw_digest(digests[_i].type, pieces, 3, digest, &length), known ? DW_OK : DW_UNSUPPORTED);
	if (!known)
		return;
	ck_assert_uint_eq(length, dw_octets_make(digests[_i].digest, expected, sizeof(expected)));
	ck_assert_mem_eq(digest, expected, length);
}
END_TEST

/* The hashes of RFC 5155 appendix A: salt aabbccdd, 12 iterations. */
static const struct {
	const char *name, *hash;
} hashes[] = {
	{"example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},
	{"a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl"},
	{"ai.example", "gjeqe526plbf1g8mklp59enfd789njgi"},
	{"ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
	{"ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r"},
	{"w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
	{"*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},
	{"x.w.example", "b4um86eghhds6nea196smvmlo4ors995"},
	{"y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},
	{"x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s"},
	{"xx.example", "t644ebqk9bibcna874givr6joj62mlhv"},
	{"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"},
};

START_TEST(names_hash_as_in_rfc_5155)
{
	struct dw_name name = dw_name_make(hashes[_i].name);
	uint8_t hash[20];
	char text[33] = {0};

	ck_assert_int_eq(dw_nsec3_hash((struct dw_octets){name.wire, name.length},
						 (struct dw_octets){(const uint8_t *)"\xaa\xbb\xcc\xdd", 4}, 12, hash),
		DW_OK);
	for (unsigned i = 0; i < 32; i++) {
		unsigned at = i * 5, value = (unsigned)hash[at / 8] << 8 | (at / 8 < 19 ? hash[at / 8 + 1] : 0U);
		text[i] = "0123456789abcdefghijklmnopqrstuv"[value >> (11 - at % 8) & 31];
	}
	ck_assert_str_eq(text, hashes[_i].hash);
}
END_TEST

START_TEST(openssl_starts_with_its_configuration_or_without)
{
	ck_assert_int_eq(dw_crypto_init(_i == 1, NULL), DW_OK);
	ck_assert_int_eq(dw_crypto_init(_i == 1, NULL), DW_OK);
}
END_TEST

START_TEST(no_key_may_be_released)
{
	dw_key_free(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/crypto");
	TCase *keys = tcase_create("keys"), *digesting = tcase_create("digests");

	tcase_add_loop_test(keys, openssl_starts_with_its_configuration_or_without, 0, 2);
	tcase_add_loop_test(
		keys, a_signature_verifies_as_often_as_asked_and_an_altered_one_never, 0, DW_ROWS(algorithms));
	tcase_add_test(keys, keys_on_a_curve_that_is_kept_are_as_good_as_the_first);
	tcase_add_loop_test(
		keys, keys_that_share_a_curve_do_not_take_one_another_for_themselves, FIRST_CURVE, FIRST_CURVE + 2);
	tcase_add_test(keys, a_point_beside_the_curve_makes_no_key);
	tcase_add_loop_test(
		keys, octets_make_a_key_of_their_algorithm_or_the_reason_is_given, 0, DW_ROWS(fields));
	tcase_add_loop_test(keys, an_algorithm_is_supported_when_it_is_one_of_eight, 0, 256);
	tcase_add_test(keys, no_key_may_be_released);
	suite_add_tcase(suite, keys);
	tcase_add_loop_test(digesting, a_digest_is_made_over_all_pieces, 0, DW_ROWS(digests));
	tcase_add_loop_test(digesting, names_hash_as_in_rfc_5155, 0, DW_ROWS(hashes));
	suite_add_tcase(suite, digesting);
	return dw_suite_run(suite);
}
