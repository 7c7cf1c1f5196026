/*
 * verify: what one verified signature costs, beside EVP_DigestVerify with a kept key.
 *
 * Ours is the whole path from a parsed message: finding the RRset, the rules, canonical form and signature.
 * OpenSSL is given the signed octets and the signature in its own form, a key that is kept and a context that
 * is used again. Both take turns in one run, a batch each, and medians of CPU time are compared. Exit 1 when
 * a limit is exceeded.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dns/rules.h"
#include "dns/signed_data.h"
#include "support/message.h"
#include "support/prove.h"
#include "support/signer.h"

#define ROUNDS 201
#define BATCH  20
#define SOA    "example. 3600 IN SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600\n"

/* What OpenSSL calls an algorithm, and how much more ours may cost; 0 for no limit. */
static const struct contest_plan {
	const char *name;
	uint8_t algorithm;
	unsigned bits;
	const char *hash;
	size_t size; /* octets of an ECDSA coordinate */
	double limit;
} plans[] = {
	{"ECDSA P-256", 13, 0, "SHA256", 32, 1.3},
	{"RSA-2048 SHA-256", 8, 2048, "SHA256", 0, 1.6},
	{"Ed25519", 15, 0, NULL, 0, 1.15},
	{"RSA-1024 SHA-256", 8, 1024, "SHA256", 0, 0},
	{"RSA-4096 SHA-512", 10, 4096, "SHA512", 0, 0},
	{"ECDSA P-384", 14, 0, "SHA384", 48, 0},
	{"Ed448", 16, 0, NULL, 0, 0},
};

/* Both sides of one comparison. */
struct contest {
	const struct contest_plan *plan;
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_keyring ring;
	struct dw_verifier verifier;
	struct dw_name owner;
	EVP_PKEY *pkey;
	EVP_MD_CTX *context;
	uint8_t octets[4096], signature[1024];
	size_t length, signature_length;
};

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "verify: %s\n", what);
	exit(EXIT_FAILURE);
}

/* Makes a key of what the builder holds. */
static EVP_PKEY *from_data(const char *type, OSSL_PARAM_BLD *builder)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
	EVP_PKEY *pkey = NULL;

	require(EVP_PKEY_fromdata_init(context) == 1 &&
			EVP_PKEY_fromdata(context, &pkey, EVP_PKEY_PUBLIC_KEY, params) == 1,
		"OpenSSL makes no key");
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(builder);
	EVP_PKEY_CTX_free(context);
	return pkey;
}

static EVP_PKEY *rsa_key(const uint8_t *field, size_t length)
{
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	BIGNUM *e = BN_bin2bn(field + 1, field[0], NULL);
	BIGNUM *n = BN_bin2bn(field + 1 + field[0], (int)(length - 1 - field[0]), NULL);

	OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n);
	OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e);
	EVP_PKEY *pkey = from_data("RSA", builder);
	BN_free(n);
	BN_free(e);
	return pkey;
}

static EVP_PKEY *ecdsa_key(const uint8_t *field, size_t length)
{
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	uint8_t point[97] = {POINT_CONVERSION_UNCOMPRESSED};

	memcpy(point + 1, field, length);
	OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, length == 64 ? "P-256" : "P-384", 0);
	OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + length);
	return from_data("EC", builder);
}

/* The same public key as ours, made as OpenSSL's manual says. */
static EVP_PKEY *public_key(const struct contest_plan *plan, const struct dw_keyring_key *entry)
{
	const uint8_t *field = entry->rdata + 4;
	size_t length = (size_t)entry->rdata_length - 4;

	if (plan->bits > 0)
		return rsa_key(field, length);
	if (plan->size > 0)
		return ecdsa_key(field, length);
	return EVP_PKEY_new_raw_public_key_ex(
		NULL, plan->algorithm == 15 ? "ED25519" : "ED448", NULL, field, length);
}

/* Keeps the signature as OpenSSL reads it. */
static void take_signature(struct contest *contest, const struct dw_rrsig *rrsig)
{
	size_t size = contest->plan->size;
	uint8_t *at = contest->signature;

	memcpy(contest->signature, rrsig->signature, rrsig->signature_length);
	contest->signature_length = rrsig->signature_length;
	if (size == 0)
		return;
	ECDSA_SIG *both = ECDSA_SIG_new();
	ECDSA_SIG_set0(both, BN_bin2bn(rrsig->signature, (int)size, NULL),
		BN_bin2bn(rrsig->signature + size, (int)size, NULL));
	contest->signature_length = (size_t)i2d_ECDSA_SIG(both, &at);
	ECDSA_SIG_free(both);
}

/* Signs an SOA RRset with a new key, and prepares both sides. */
static struct contest *contest_new(const struct contest_plan *plan)
{
	struct contest *contest = calloc(1, sizeof(*contest));
	struct dw_signer_plan key = {
		.owner = "example.", .algorithm = plan->algorithm, .flags = 256, .bits = plan->bits};
	struct dw_signer *signer = dw_signer_new(&key);
	struct dw_message_text text = {.bits = DW_BIT_QR | DW_BIT_AA, .question = "example. SOA"};
	struct dw_rrset rrset;
	struct dw_rrsig rrsig;

	require(contest != NULL, "no memory");
	contest->plan = plan;
	contest->owner = dw_name_make("example.");
	char *answer = dw_signer_sign(signer, SOA, NULL);
	text.answer = answer;
	dw_message_make(&text, contest->wire, &contest->message);
	dw_keyring_make(dw_signer_dnskey(signer), &contest->ring);
	dw_verifier_init(&contest->verifier);
	require(dw_rrset_find(&contest->message, DW_ANSWER, &contest->owner, DW_TYPE_SOA, &rrset), "no SOA");
	require(dw_rrsig_read(&contest->message, &contest->message.records[rrset.signatures[0]], &rrsig) == DW_OK,
		"no RRSIG");
	require(dw_signed_data_write(
				&rrset, &rrsig, contest->octets, sizeof(contest->octets), &contest->length) == DW_OK,
		"no signed data");
	contest->pkey = public_key(plan, &contest->ring.keys[0]);
	contest->context = EVP_MD_CTX_new();
	take_signature(contest, &rrsig);
	dw_signer_free(signer);
	free(answer);
	return contest;
}

static void contest_free(struct contest *contest)
{
	EVP_MD_CTX_free(contest->context);
	EVP_PKEY_free(contest->pkey);
	dw_verifier_fini(&contest->verifier);
	dw_keyring_fini(&contest->ring);
	free(contest);
}

static void ours(struct contest *contest)
{
	struct dw_rrset rrset;
	struct dw_proof proof;

	contest->verifier.budget = DW_RULES_BUDGET_MAX;
	require(dw_rrset_find(&contest->message, DW_ANSWER, &contest->owner, DW_TYPE_SOA, &rrset) &&
			dw_rules_prove(&contest->verifier, &rrset, &contest->ring, DW_SIGNER_NOW, &proof, NULL) ==
				DW_OK &&
			proof.security == DW_SECURE,
		"ours does not verify");
}

static void theirs(struct contest *contest)
{
	require(EVP_DigestVerifyInit_ex(
				contest->context, NULL, contest->plan->hash, NULL, NULL, contest->pkey, NULL) == 1 &&
			EVP_DigestVerify(contest->context, contest->signature, contest->signature_length, contest->octets,
				contest->length) == 1,
		"OpenSSL does not verify");
}

/* Microseconds of CPU time that one call took, of a batch. */
static double measure(struct contest *contest, void (*side)(struct contest *))
{
	struct timespec from, to;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	for (unsigned i = 0; i < BATCH; i++)
		side(contest);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return ((double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3) / BATCH;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double times[ROUNDS])
{
	qsort(times, ROUNDS, sizeof(times[0]), by_size);
	return times[ROUNDS / 2];
}

/* Lets both sides take turns; false when ours costs more than the limit. */
static bool run(const struct contest_plan *plan)
{
	struct contest *contest = contest_new(plan);
	double our_times[ROUNDS], their_times[ROUNDS];
	char limit[32] = "-";

	for (unsigned i = 0; i < ROUNDS; i++) {
		our_times[i] = measure(contest, ours);
		their_times[i] = measure(contest, theirs);
	}
	double our_median = median(our_times), their_median = median(their_times);
	double ratio = our_median / their_median;
	bool kept = plan->limit <= 0 || ratio <= plan->limit;
	if (plan->limit > 0)
		snprintf(limit, sizeof(limit), "%.2f %s", plan->limit, kept ? "kept" : "EXCEEDED");
	printf("%-18s %10.2f us %14.2f us %8.3f   %s\n", plan->name, our_median, their_median, ratio, limit);
	contest_free(contest);
	return kept;
}

int main(void)
{
	bool kept = true;

	require(dw_crypto_init(false, NULL) == DW_OK, "OpenSSL does not start");
	printf("%-18s %13s %17s %8s   %s\n", "one signature", "dw_rules", "EVP_DigestVerify", "ratio", "limit");
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++)
		kept &= run(&plans[i]);
	return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}
