/*
 * mistake: what it costs to explain DS records that fit no key, and how often chance is taken for a mistake.
 *
 * First 30 records with tags that no key has, then 30 with tags of keys, against ten keys of the longest
 * kind, RSA-2048: under 50 ms of CPU. Then records of chance against keys of algorithms 8, 13 and 15: at most
 * one claim in 10,000. The number of those records is the first argument (100000). Exit 1 when a limit is
 * exceeded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dns/crypto.h"
#include "dns/mistake.h"
#include "dns/rdata.h"
#include "support/message.h"
#include "support/prove.h"
#include "support/signer.h"

#define RECORDS 30
#define KEYS    10
#define ROUNDS  21
#define LIMIT   50.0 /* milliseconds */

/* A zone's keys as a question has them. */
struct zone {
	struct dw_name owner, parent;
	unsigned n_keys;
	struct dw_keyring rings[KEYS];
	struct dw_mistake_key keys[KEYS];
	struct dw_mistake_question question;
};

static void add_key(struct zone *zone, uint8_t algorithm, uint16_t flags)
{
	const struct dw_signer_plan plan = {
		.owner = "example.org.", .algorithm = algorithm, .flags = flags, .bits = 2048};
	struct dw_signer *signer = dw_signer_new(&plan);
	struct dw_keyring *ring = &zone->rings[zone->n_keys];

	dw_keyring_make(dw_signer_dnskey(signer), ring);
	zone->keys[zone->n_keys++] =
		(struct dw_mistake_key){DW_MISTAKE_DNSKEY, true, {ring->keys[0].rdata, ring->keys[0].rdata_length}};
	dw_signer_free(signer);
}

static void begin(struct zone *zone)
{
	zone->owner = dw_name_make("example.org");
	zone->parent = dw_name_make("org");
	zone->question = (struct dw_mistake_question){&zone->owner, &zone->parent, NULL, 0, zone->keys};
}

static void end(struct zone *zone)
{
	for (unsigned i = 0; i < zone->n_keys; i++)
		dw_keyring_fini(&zone->rings[i]);
}

/* Numbers that look like chance, the same ones each time. */
static uint32_t next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

static uint16_t tag_of(const struct zone *zone, unsigned key)
{
	return dw_key_tag(zone->keys[key].rdata.octets, zone->keys[key].rdata.length);
}

/* A record of chance with the algorithm of a key; one in `known` has its tag too, 0: none has. */
static struct dw_ds_fact random_ds(const struct zone *zone, unsigned known, uint64_t *state)
{
	static const uint8_t types[] = {1, 2, 4};
	const unsigned key = next_random(state) % zone->n_keys;
	struct dw_ds_fact ds = {.algorithm = zone->keys[key].rdata.octets[3],
		.key_tag = (uint16_t)next_random(state),
		.digest_type = types[next_random(state) % 3]};

	if (known > 0 && next_random(state) % known == 0)
		ds.key_tag = tag_of(zone, key);
	for (unsigned i = 0; known == 0 && i < zone->n_keys; i++)
		ds.key_tag = ds.key_tag == tag_of(zone, i) ? (uint16_t)(ds.key_tag + 1) : ds.key_tag;
	ds.digest_length = (uint8_t)dw_ds_digest_length(ds.digest_type);
	for (unsigned i = 0; i < ds.digest_length; i++)
		ds.digest[i] = (uint8_t)next_random(state);
	return ds;
}

static int compare(const void *a, const void *b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* Whether 30 records are explained within the limit; prints the median. */
static bool measure(const struct zone *zone, unsigned known, const char *what)
{
	double millis[ROUNDS];
	unsigned n_digests = 0;
	uint64_t state = 1;

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct dw_ds_fact set[RECORDS];
		struct dw_mistake found[RECORDS];
		for (unsigned k = 0; k < RECORDS; k++)
			set[k] = random_ds(zone, known, &state);
		const clock_t before = clock();
		n_digests = dw_mistake_find(&zone->question, set, RECORDS, found);
		millis[i] = 1000.0 * (double)(clock() - before) / CLOCKS_PER_SEC;
	}
	qsort(millis, ROUNDS, sizeof(millis[0]), compare);
	printf(
		"%d records with %s tags, %u keys: %u digests, median %.2f ms, worst %.2f ms of CPU (limit %.0f)\n",
		RECORDS, what, zone->n_keys, n_digests, millis[ROUNDS / 2], millis[ROUNDS - 1], LIMIT);
	return millis[ROUNDS - 1] < LIMIT;
}

/* Whether at most one in 10,000 records of chance is taken for a mistake that was made. */
static bool count_claims(const struct zone *zone, unsigned long n_records)
{
	unsigned long n_claims = 0, n_done = 0;
	uint64_t state = 20261124;

	while (n_done < n_records) {
		struct dw_ds_fact set[DW_DS_MAX];
		struct dw_mistake found[DW_DS_MAX];
		for (unsigned i = 0; i < DW_DS_MAX; i++)
			set[i] = random_ds(zone, 16, &state);
		(void)dw_mistake_find(&zone->question, set, DW_DS_MAX, found);
		for (unsigned i = 0; i < DW_DS_MAX; i++)
			n_claims += found[i].proven;
		n_done += DW_DS_MAX;
	}
	printf("%lu records of chance, keys of algorithms 8, 13 and 15: %lu claimed to be mistakes (limit %lu)\n",
		n_done, n_claims, n_done / 10000);
	return n_claims * 10000 <= n_done;
}

int main(int argc, char *argv[])
{
	struct zone *zone = calloc(1, sizeof(*zone)), *mixed = calloc(1, sizeof(*mixed));
	const unsigned long n_records = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
	bool good = zone != NULL && mixed != NULL && dw_crypto_init(false, NULL) == DW_OK;

	if (!good)
		return EXIT_FAILURE;
	begin(zone);
	for (unsigned i = 0; i < KEYS; i++)
		add_key(zone, 8, i % 2 == 0 ? 257 : 256);
	zone->question.n_keys = zone->n_keys;
	begin(mixed);
	add_key(mixed, 8, 257);
	add_key(mixed, 13, 257);
	add_key(mixed, 15, 257);
	mixed->question.n_keys = mixed->n_keys;
	good = measure(zone, 0, "unknown") && good;
	good = measure(zone, 1, "known") && good;
	good = count_claims(mixed, n_records) && good;
	end(zone);
	end(mixed);
	free(zone);
	free(mixed);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
