#include "dns/mistake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dns/rdata.h"
#include "support/message.h"
#include "support/suite.h"

#define KEYS   3
#define LINE   2000
#define FOLDER DW_TESTS_DIR "/unit/dns/mistakes/"

/* Keys made by dnssec-keygen, and what a test says of them. */
struct bench {
	struct dw_name owner, parent, typed;
	struct dw_mistake_question question;
	struct dw_mistake_key keys[16];
	uint8_t rdata[16][600];
};

/* Appends a key; `octets` is its RDATA. */
static struct dw_mistake_key *add_key(struct bench *bench, const uint8_t *octets, size_t length)
{
	const unsigned n = bench->question.n_keys++;

	memcpy(bench->rdata[n], octets, length);
	bench->keys[n] = (struct dw_mistake_key){.signs = true, .rdata = {bench->rdata[n], length}};
	return &bench->keys[n];
}

/* Decodes base64, one character at a time, apart from the code under test. */
static size_t decode(const char *text, uint8_t *octets)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, n_bits = 0;
	size_t length = 0;

	for (; *text != '\0' && *text != '='; text++) {
		const char *found = strchr(alphabet, *text);
		if (found == NULL)
			continue;
		bits = (bits << 6 | (unsigned)(found - alphabet)) & 0xffff;
		n_bits += 6;
		if (n_bits >= 8)
			octets[length++] = (uint8_t)(bits >> (n_bits -= 8));
	}
	return length;
}

/* The number at the front of a text, which goes on behind it and a space. */
static unsigned take_number(const char **text)
{
	char *end;
	const unsigned long number = strtoul(*text, &end, 10);

	ck_assert(end != *text && *end == ' ');
	*text = end + 1;
	return (unsigned)number;
}

/* "TAG ALGORITHM TYPE DIGEST", as a DS of any length. */
static struct dw_ds_fact ds_from(const char *text)
{
	struct dw_ds_fact ds = {.key_tag = (uint16_t)take_number(&text)};

	ds.algorithm = (uint8_t)take_number(&text);
	ds.digest_type = (uint8_t)take_number(&text);
	ds.digest_length = (uint8_t)dw_octets_make(text, ds.digest, sizeof(ds.digest));
	return ds;
}

static void load(struct bench *bench)
{
	FILE *file = fopen(FOLDER "keys.txt", "r");
	char line[LINE];
	uint8_t octets[LINE];

	*bench = (struct bench){.owner = dw_name_make("Example.org"),
		.parent = dw_name_make("org"),
		.typed = dw_name_make("eXample.oRg")};
	bench->question =
		(struct dw_mistake_question){&bench->owner, &bench->parent, &bench->typed, 0, bench->keys};
	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		const char *text = line;
		const unsigned flags = take_number(&text), protocol = take_number(&text),
					   algorithm = take_number(&text);
		const uint8_t front[] = {
			(uint8_t)(flags >> 8), (uint8_t)flags, (uint8_t)protocol, (uint8_t)algorithm};
		memcpy(octets, front, sizeof(front));
		add_key(bench, octets, 4 + decode(text, octets + 4));
	}
	fclose(file);
	ck_assert_uint_eq(bench->question.n_keys, KEYS);
}

static struct dw_ds_fact right_of(const struct bench *bench, unsigned key, uint8_t type)
{
	struct dw_ds_fact ds;

	ck_assert_int_eq(dw_ds_make(&bench->owner, bench->keys[key].rdata, type, &ds), DW_OK);
	return ds;
}

static struct dw_mistake find_one(const struct bench *bench, const struct dw_ds_fact *ds)
{
	struct dw_mistake mistake;

	dw_mistake_find(&bench->question, ds, 1, &mistake);
	ck_assert_ptr_nonnull(mistake.word);
	return mistake;
}

/* One row of mistakes.txt. */
struct row {
	unsigned key_algorithm;
	char word[40], second[40];
	struct dw_ds_fact ds;
};

static bool read_row(FILE *file, struct row *row)
{
	char line[LINE];
	const char *text = line;
	int length;

	if (fgets(line, sizeof(line), file) == NULL)
		return false;
	row->key_algorithm = take_number(&text);
	ck_assert_int_eq(sscanf(text, "%39s %39s %n", row->word, row->second, &length), 2);
	row->ds = ds_from(text + length);
	return true;
}

/* Whether a mistake is named as the row says, with the DS that is right. */
static bool named(const struct bench *bench, const struct row *row)
{
	const struct dw_mistake found = find_one(bench, &row->ds);
	char text[DW_DS_TEXT_MAX];
	bool same = found.proven && strcmp(found.word, row->word) == 0 &&
		strcmp(found.second != NULL ? found.second : "-", row->second) == 0 && found.key >= 0;

	if (same) {
		const struct dw_ds_fact right =
			right_of(bench, (unsigned)found.key, found.right.digest_type == 4 ? 4 : 2);
		same = bench->keys[found.key].rdata.octets[3] == row->key_algorithm && found.right_known &&
			dw_ds_equal(&found.right, &right) && strncmp(found.text, "was made ", 9) == 0 &&
			strlen(found.text) < DW_MISTAKE_TEXT_MAX - 1;
	}
	if (!same)
		printf("%u %s %s: %s: %s %s: %s\n", row->key_algorithm, row->word, row->second,
			dw_ds_format(&row->ds, text), found.word, found.second != NULL ? found.second : "-", found.text);
	return same;
}

START_TEST(each_mistake_that_python_makes_is_named)
{
	FILE *file = fopen(FOLDER "mistakes.txt", "r");
	unsigned n_rows = 0, n_wrong = 0;
	struct bench bench;
	struct row row;

	load(&bench);
	ck_assert_ptr_nonnull(file);
	for (; read_row(file, &row); n_rows++)
		n_wrong += named(&bench, &row) ? 0 : 1;
	fclose(file);
	ck_assert_uint_gt(n_rows, 500);
	ck_assert_msg(n_wrong == 0, "%u of %u mistakes are not named as they were made", n_wrong, n_rows);
}
END_TEST

static const struct {
	uint16_t flags;
	uint8_t protocol, algorithm;
	enum dw_mistake_origin origin;
	bool signs;
	const char *word;
} unfit[] = {
	{257, 3, 13, DW_MISTAKE_CDNSKEY, false, "cdnskey-only"},
	{256, 3, 13, DW_MISTAKE_DNSKEY, false, "key-not-signing"},
	{1, 3, 13, DW_MISTAKE_DNSKEY, true, "not-zone-key"},
	{257, 2, 13, DW_MISTAKE_DNSKEY, true, "not-zone-key"},
	{257 | 128, 3, 13, DW_MISTAKE_DNSKEY, true, "revoked-key"},
	{257, 3, 200, DW_MISTAKE_DNSKEY, true, "unsupported-algorithm"},
	{257, 3, 13, DW_MISTAKE_GIVEN, false, "old-key"},
	{257, 3, 13, DW_MISTAKE_DNSKEY, true, "none"},
};

START_TEST(a_ds_of_a_key_that_does_not_serve_says_why)
{
	const uint8_t front[] = {
		(uint8_t)(unfit[_i].flags >> 8), (uint8_t)unfit[_i].flags, unfit[_i].protocol, unfit[_i].algorithm};
	struct bench bench;
	uint8_t octets[68] = {0};

	load(&bench);
	memcpy(octets, front, sizeof(front));
	memset(octets + 4, 77, 64);
	struct dw_mistake_key *key = add_key(&bench, octets, sizeof(octets));
	key->origin = unfit[_i].origin;
	key->signs = unfit[_i].signs;
	struct dw_ds_fact ds = right_of(&bench, KEYS, 2);
	struct dw_mistake found = find_one(&bench, &ds);
	ck_assert_str_eq(found.word, unfit[_i].word);
	ck_assert(found.proven && found.right_known && found.key == KEYS);
	ck_assert_int_eq(dw_ds_equal(&found.right, &ds), strcmp(found.word, "none") == 0);
}
END_TEST

START_TEST(a_ds_made_before_its_key_was_revoked_is_known)
{
	struct bench bench;

	load(&bench);
	for (unsigned key = 0; key < KEYS; key++) {
		struct dw_ds_fact before = right_of(&bench, key, 2);
		bench.rdata[key][1] |= DW_KEY_REVOKE;
		struct dw_mistake found = find_one(&bench, &before);
		ck_assert_str_eq(found.word, "revoked-key");
		ck_assert_ptr_null(found.second);
		ck_assert_int_eq(found.key, (int)key);
	}
}
END_TEST

static const struct {
	const char *ds, *word;
} classes[] = {
	{"4711 13 2 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "old-key"},
	{"4711 14 2 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "garbled"},
	{"4711 13 2 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D", "digest-length"},
	{"4711 13 2 00010203", "digest-length"},
	{"4711 13 9 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "unsupported-digest"},
	{"4711 99 2 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "unsupported-algorithm"},
};

START_TEST(what_nothing_reproduces_is_classed_by_what_can_be_seen)
{
	const struct dw_ds_fact ds = ds_from(classes[_i].ds);
	struct bench bench;

	load(&bench);
	struct dw_mistake found = find_one(&bench, &ds);
	ck_assert_str_eq(found.word, classes[_i].word);
	ck_assert(!found.proven && found.key == -1 && found.right_known);
	bench.question.n_keys = 0;
	found = find_one(&bench, &ds);
	ck_assert_str_eq(found.word, "no-dnskey");
	ck_assert(!found.right_known);
}
END_TEST

/* Numbers that look like chance, the same ones each time. */
static uint32_t next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

/* A DS of chance; most have an algorithm that a key has, and some its tag too: then all is tried. */
static struct dw_ds_fact random_ds(const struct bench *bench, uint64_t *state)
{
	static const uint8_t types[] = {1, 2, 4};
	const struct dw_octets *key = &bench->keys[next_random(state) % KEYS].rdata;
	struct dw_ds_fact ds = {.key_tag = dw_key_tag(key->octets, key->length),
		.algorithm = key->octets[3],
		.digest_type = types[next_random(state) % 3]};

	ds.digest_length = (uint8_t)dw_ds_digest_length(ds.digest_type);
	if (next_random(state) % 4 == 0)
		ds.digest_length = (uint8_t)(next_random(state) % (DW_DS_DIGEST_MAX + 1));
	if (next_random(state) % 16 > 0)
		ds.key_tag = (uint16_t)next_random(state);
	if (next_random(state) % 8 == 0)
		ds.algorithm = (uint8_t)next_random(state);
	for (unsigned i = 0; i < ds.digest_length; i++)
		ds.digest[i] = (uint8_t)next_random(state);
	return ds;
}

START_TEST(no_mistake_is_claimed_for_octets_of_chance)
{
	struct dw_mistake found[DW_DS_MAX];
	struct dw_ds_fact set[DW_DS_MAX];
	uint64_t state = 20261124;
	struct bench bench;

	load(&bench);
	bench.question.n_keys = 2;
	bench.keys[0] = bench.keys[2]; /* short keys keep this test short */
	for (unsigned i = (unsigned)_i * 500, end = i + 500; i < end; i++) {
		state = i;
		const unsigned n = 1 + next_random(&state) % 3;
		for (unsigned j = 0; j < n; j++)
			set[j] = random_ds(&bench, &state);
		dw_mistake_find(&bench.question, set, n, found);
		for (unsigned j = 0; j < n; j++)
			ck_assert_msg(
				!found[j].proven && found[j].key == -1 && found[j].second == NULL, "%s", found[j].text);
	}
}
END_TEST

/* Ten keys, all of RSA: they have the longest texts. */
static void ten_keys(struct bench *bench)
{
	load(bench);
	for (uint8_t i = 0; bench->question.n_keys < 10; i++) {
		struct dw_mistake_key *key = add_key(bench, bench->rdata[1], bench->keys[1].rdata.length);
		key->rdata.length += 128;
		memset(bench->rdata[bench->question.n_keys - 1] + 130, 100 + i, 128);
	}
}

static const struct {
	unsigned n_ds;
	bool known; /* the records have tags that keys have */
	unsigned most;
} bounds[] = {{30, false, 12000}, {30, true, DW_MISTAKE_HASHES_MAX}, {64, true, DW_MISTAKE_HASHES_MAX}};

START_TEST(work_is_bounded_by_digests)
{
	struct dw_mistake found[64];
	struct dw_ds_fact set[64];
	uint64_t state = 1;
	struct bench bench;

	ten_keys(&bench);
	for (unsigned i = 0; i < bounds[_i].n_ds; i++) {
		set[i] = random_ds(&bench, &state);
		const struct dw_octets *key = &bench.keys[i % 10].rdata;
		set[i].key_tag = bounds[_i].known ? dw_key_tag(key->octets, key->length) : (uint16_t)(i + 1);
	}
	clock_t before = clock();
	unsigned n_hashes = dw_mistake_find(&bench.question, set, bounds[_i].n_ds, found);
	printf("%u records: %u digests in %.1f ms of CPU\n", bounds[_i].n_ds, n_hashes,
		1000.0 * (double)(clock() - before) / CLOCKS_PER_SEC);
	ck_assert_uint_le(n_hashes, bounds[_i].most);
	ck_assert_uint_gt(n_hashes, 0);
}
END_TEST

START_TEST(a_mistake_is_found_among_others_that_exhaust_the_bound)
{
	struct dw_mistake found[30];
	struct dw_ds_fact set[30];
	uint64_t state = 2;
	struct bench bench;

	ten_keys(&bench);
	for (unsigned i = 0; i < 30; i++)
		set[i] = random_ds(&bench, &state);
	set[29] = right_of(&bench, 9, 2);
	set[29].key_tag ^= 5;
	dw_mistake_find(&bench.question, set, 30, found);
	ck_assert_str_eq(found[29].word, "wrong-tag");
}
END_TEST

START_TEST(the_sentence_of_the_manual_is_said)
{
	struct bench bench;

	load(&bench);
	for (unsigned key = 0; key < KEYS; key++) {
		struct dw_ds_fact ds = right_of(&bench, key, 2);
		char wanted[DW_MISTAKE_TEXT_MAX];
		if (ds.algorithm != 13)
			continue;
		ds.algorithm = 8;
		struct dw_mistake found = find_one(&bench, &ds);
		snprintf(wanted, sizeof(wanted),
			"was made as if key %u were RSASHA256 (8); it is ECDSAP256SHA256 (13)", ds.key_tag);
		ck_assert_str_eq(found.text, wanted);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mistake");
	TCase *test = tcase_create("mistake");
	const int n_batches = (int)dw_suite_rounds(10000 / 500); /* of 500 sets each */

	tcase_add_test(test, each_mistake_that_python_makes_is_named);
	tcase_add_loop_test(test, a_ds_of_a_key_that_does_not_serve_says_why, 0, DW_ROWS(unfit));
	tcase_add_test(test, a_ds_made_before_its_key_was_revoked_is_known);
	tcase_add_loop_test(test, what_nothing_reproduces_is_classed_by_what_can_be_seen, 0, DW_ROWS(classes));
	tcase_add_loop_test(test, no_mistake_is_claimed_for_octets_of_chance, 0, n_batches);
	tcase_add_loop_test(test, work_is_bounded_by_digests, 0, DW_ROWS(bounds));
	tcase_add_test(test, a_mistake_is_found_among_others_that_exhaust_the_bound);
	tcase_add_test(test, the_sentence_of_the_manual_is_said);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
