#include "dns/dsset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/crypto.h"

/* Octets of a DNSKEY before the public key field. */
#define KEY_FIELDS 4

static const struct {
	const char *text;
	uint8_t type, length;
} digests[] = {
	{"SHA-1", 1, 20},
	{"SHA-256", 2, 32},
	{"GOST R 34.11-94", 3, 32},
	{"SHA-384", 4, 48},
	{"GOST R 34.11-2012", 5, 32},
	{"SM3", 6, 32},
};

#define N_DIGESTS (sizeof(digests) / sizeof(digests[0]))

struct dw_ds_fact dw_ds_of(const struct dw_ds *ds)
{
	struct dw_ds_fact fact = {
		.key_tag = ds->key_tag, .algorithm = ds->algorithm, .digest_type = ds->digest_type};

	/* One that is longer than any digest matches no key, cut or whole. */
	fact.digest_length = ds->digest_length > DW_DS_DIGEST_MAX ? DW_DS_DIGEST_MAX : (uint8_t)ds->digest_length;
	memcpy(fact.digest, ds->digest, fact.digest_length);
	return fact;
}

enum dw_status dw_ds_make(
	const struct dw_name *owner, struct dw_octets rdata, uint8_t digest_type, struct dw_ds_fact *ds)
{
	struct dw_name canonical = *owner;
	uint8_t digest[DW_DIGEST_MAX];
	size_t length = 0;

	if (rdata.length < KEY_FIELDS)
		return DW_INVALID;
	dw_name_lower(&canonical);
	const struct dw_octets pieces[] = {{canonical.wire, canonical.length}, rdata};
	enum dw_status status = dw_digest(digest_type, pieces, 2, digest, &length);
	if (status != DW_OK)
		return status;
	*ds = (struct dw_ds_fact){.key_tag = dw_key_tag(rdata.octets, rdata.length),
		.algorithm = rdata.octets[3],
		.digest_type = digest_type,
		.digest_length = (uint8_t)length};
	memcpy(ds->digest, digest, length);
	return DW_OK;
}

static int compare(const void *left, const void *right)
{
	const struct dw_ds_fact *a = left, *b = right;

	if (a->key_tag != b->key_tag)
		return a->key_tag < b->key_tag ? -1 : 1;
	if (a->algorithm != b->algorithm)
		return a->algorithm < b->algorithm ? -1 : 1;
	if (a->digest_type != b->digest_type)
		return a->digest_type < b->digest_type ? -1 : 1;
	if (a->digest_length != b->digest_length)
		return a->digest_length < b->digest_length ? -1 : 1;
	return memcmp(a->digest, b->digest, a->digest_length);
}

bool dw_ds_equal(const struct dw_ds_fact *a, const struct dw_ds_fact *b)
{
	return compare(a, b) == 0;
}

bool dw_ds_held(const struct dw_ds_fact *set, unsigned n, const struct dw_ds_fact *ds)
{
	for (unsigned i = 0; i < n; i++) {
		if (dw_ds_equal(&set[i], ds))
			return true;
	}
	return false;
}

/* Whether a record has the tag and the algorithm of a key: that is seen without hashing. */
static bool resembles(const struct dw_ds_fact *ds, struct dw_octets rdata)
{
	return rdata.length >= KEY_FIELDS && ds->algorithm == rdata.octets[3] &&
		ds->key_tag == dw_key_tag(rdata.octets, rdata.length);
}

bool dw_ds_named(
	const struct dw_ds_fact *set, unsigned n, const struct dw_name *owner, struct dw_octets rdata)
{
	for (unsigned i = 0; i < n; i++) {
		struct dw_ds_fact made;
		if (resembles(&set[i], rdata) && dw_ds_make(owner, rdata, set[i].digest_type, &made) == DW_OK &&
			dw_ds_equal(&made, &set[i]))
			return true;
	}
	return false;
}

bool dw_ds_sets_equal(const struct dw_ds_fact *a, unsigned n_a, const struct dw_ds_fact *b, unsigned n_b)
{
	if (n_a != n_b)
		return false;
	for (unsigned i = 0; i < n_a; i++) {
		if (!dw_ds_held(b, n_b, &a[i]))
			return false;
	}
	return true;
}

unsigned dw_ds_sort(struct dw_ds_fact *set, unsigned n)
{
	unsigned n_left = 0;

	if (n == 0)
		return 0;
	qsort(set, n, sizeof(*set), compare);
	for (unsigned i = 0; i < n; i++) {
		if (n_left == 0 || !dw_ds_equal(&set[n_left - 1], &set[i]))
			set[n_left++] = set[i];
	}
	return n_left;
}

static bool is_known(const struct dw_ds_fact *ds)
{
	return dw_algorithm_supported(ds->algorithm) && dw_digest_supported(ds->digest_type);
}

bool dw_ds_counts(const struct dw_ds_fact *set, unsigned n, unsigned at)
{
	if (!is_known(&set[at]) || set[at].digest_type != DW_DIGEST_SHA1)
		return is_known(&set[at]);
	for (unsigned i = 0; i < n; i++) {
		if (is_known(&set[i]) && set[i].digest_type != DW_DIGEST_SHA1)
			return false;
	}
	return true;
}

const char *dw_ds_format(const struct dw_ds_fact *ds, char text[DW_DS_TEXT_MAX])
{
	static const char digits[] = "0123456789ABCDEF";
	int length = snprintf(text, DW_DS_TEXT_MAX, "%u %u %u ", ds->key_tag, ds->algorithm, ds->digest_type);

	for (unsigned i = 0; i < ds->digest_length && i < DW_DS_DIGEST_MAX; i++) {
		text[length++] = digits[ds->digest[i] >> 4];
		text[length++] = digits[ds->digest[i] & 15];
	}
	text[length] = '\0';
	return text;
}

unsigned dw_ds_digest_length(uint8_t digest_type)
{
	for (size_t i = 0; i < N_DIGESTS; i++) {
		if (digests[i].type == digest_type)
			return digests[i].length;
	}
	return 0;
}

const char *dw_ds_digest_text(uint8_t digest_type, char text[DW_DIGEST_TYPE_TEXT_MAX])
{
	for (size_t i = 0; i < N_DIGESTS; i++) {
		if (digests[i].type == digest_type) {
			snprintf(text, DW_DIGEST_TYPE_TEXT_MAX, "%s", digests[i].text);
			return text;
		}
	}
	snprintf(text, DW_DIGEST_TYPE_TEXT_MAX, "digest type %u", digest_type);
	return text;
}
