#include "dns/dsset.h"

#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/signer.h"
#include "support/suite.h"

/* The DS of a line of zone format. */
static struct dw_ds_fact ds_from(const char *line)
{
	uint8_t *wire = malloc(DW_MESSAGE_MAX);
	struct dw_message *message = malloc(sizeof(*message));
	const struct dw_message_text text = {.bits = DW_BIT_QR, .answer = line};
	struct dw_ds ds;

	ck_assert(wire != NULL && message != NULL);
	dw_message_make(&text, wire, message);
	ck_assert_int_eq(dw_ds_read(&message->records[0], &ds), DW_OK);
	struct dw_ds_fact fact = dw_ds_of(&ds);
	free(message);
	free(wire);
	return fact;
}

static const struct {
	uint8_t algorithm, digest_type;
	unsigned length;
} kinds[] = {{8, 1, 20}, {8, 2, 32}, {13, 2, 32}, {13, 4, 48}, {15, 2, 32}, {16, 4, 48}};

START_TEST(the_ds_of_a_key_is_the_one_that_ldns_makes)
{
	struct dw_signer *signer =
		dw_signer_new(&(struct dw_signer_plan){"Example.ORG", kinds[_i].algorithm, 257, 3, 0});
	char *line = dw_signer_ds(signer, kinds[_i].digest_type);
	struct dw_ds_fact wanted = ds_from(line), made;
	struct dw_message *message = malloc(sizeof(*message));
	const struct dw_message_text text = {.bits = DW_BIT_QR, .answer = dw_signer_dnskey(signer)};
	struct dw_name owner = dw_name_make("Example.ORG");
	uint8_t *large = malloc(DW_MESSAGE_MAX);

	ck_assert(message != NULL && large != NULL);
	dw_message_make(&text, large, message);
	const struct dw_octets rdata = {message->records[0].rdata, message->records[0].rdlength};
	ck_assert_int_eq(dw_ds_make(&owner, rdata, kinds[_i].digest_type, &made), DW_OK);
	ck_assert(dw_ds_equal(&wanted, &made));
	ck_assert(dw_ds_named(&wanted, 1, &owner, rdata) && !dw_ds_named(&wanted, 0, &owner, rdata));
	ck_assert_uint_eq(made.digest_length, kinds[_i].length);
	ck_assert_uint_eq(dw_ds_digest_length(kinds[_i].digest_type), kinds[_i].length);
	free(message);
	free(large);
	free(line);
	dw_signer_free(signer);
}
END_TEST

START_TEST(no_ds_is_made_of_an_unknown_digest_or_a_cut_key)
{
	static const uint8_t octets[] = {1, 1, 3, 13, 1, 2, 3};
	struct dw_name owner = dw_name_make("example.org");
	struct dw_ds_fact made;

	ck_assert_int_eq(
		dw_ds_make(&owner, (struct dw_octets){octets, sizeof(octets)}, 200, &made), DW_UNSUPPORTED);
	ck_assert_int_eq(dw_ds_make(&owner, (struct dw_octets){octets, 3}, 2, &made), DW_INVALID);
}
END_TEST

#define DIGEST "000102030405060708090A0B0C0D0E0F10111213141516171819FAFBFCFDFEFF"

START_TEST(a_ds_reads_as_a_registrar_takes_it)
{
	struct dw_ds_fact ds = ds_from("example.org DS 4711 13 2 " DIGEST);
	char text[DW_DS_TEXT_MAX];

	ck_assert_str_eq(dw_ds_format(&ds, text), "4711 13 2 " DIGEST);
	ds.digest_length = 0;
	ck_assert_str_eq(dw_ds_format(&ds, text), "4711 13 2 ");
	ds = (struct dw_ds_fact){65535, 255, 255, DW_DS_DIGEST_MAX, {0}};
	ck_assert_uint_eq(strlen(dw_ds_format(&ds, text)), DW_DS_TEXT_MAX - 1);
}
END_TEST

START_TEST(a_digest_that_is_too_long_loses_its_end)
{
	uint8_t octets[80] = {1, 2, 3};
	struct dw_ds ds = {1, 8, 2, sizeof(octets), octets};
	struct dw_ds_fact fact = dw_ds_of(&ds);

	ck_assert_uint_eq(fact.digest_length, DW_DS_DIGEST_MAX);
	ck_assert_uint_eq(fact.digest[1], 2);
}
END_TEST

START_TEST(sets_are_equal_in_any_order)
{
	const struct dw_ds_fact a = ds_from("example.org DS 4711 13 2 " DIGEST);
	const struct dw_ds_fact b =
		ds_from("example.org DS 4711 13 4 " DIGEST "00112233445566778899AABBCCDDEEFF");
	const struct dw_ds_fact c = ds_from("example.org DS 12 13 2 " DIGEST);

	ck_assert(dw_ds_sets_equal(NULL, 0, NULL, 0));
	ck_assert(dw_ds_sets_equal((struct dw_ds_fact[]){a, b, c}, 3, (struct dw_ds_fact[]){c, a, b}, 3));
	ck_assert(!dw_ds_sets_equal((struct dw_ds_fact[]){a, b}, 2, (struct dw_ds_fact[]){a, c}, 2));
	ck_assert(!dw_ds_sets_equal((struct dw_ds_fact[]){a, b}, 2, (struct dw_ds_fact[]){a}, 1));
}
END_TEST

START_TEST(a_set_holds_a_record_whose_fields_are_all_equal)
{
	const struct dw_ds_fact set[] = {
		ds_from("example.org DS 4711 13 2 " DIGEST), ds_from("example.org DS 12 13 2 " DIGEST)};

	ck_assert(dw_ds_held(set, 2, &set[1]) && !dw_ds_held(set, 1, &set[1]) && !dw_ds_held(NULL, 0, &set[0]));
	for (unsigned i = 0; i < 4; i++) {
		struct dw_ds_fact other = set[0];
		other.key_tag ^= i == 0;
		other.algorithm ^= i == 1;
		other.digest_type ^= i == 2;
		other.digest[31] ^= i == 3;
		ck_assert(!dw_ds_held(set, 2, &other));
	}
}
END_TEST

START_TEST(a_set_names_a_key_by_tag_algorithm_and_digest)
{
	static const uint8_t key[] = {1, 1, 3, 13, 'k', 'e', 'y'};
	const struct dw_octets rdata = {key, sizeof(key)}, cut = {key, 3};
	const struct dw_name owner = dw_name_make("example.org"), other = dw_name_make("example.com");
	struct dw_ds_fact set[] = {ds_from("example.org DS 4711 13 2 " DIGEST), {.key_tag = 0}};

	ck_assert_int_eq(dw_ds_make(&owner, rdata, 2, &set[1]), DW_OK);
	ck_assert(dw_ds_named(set, 2, &owner, rdata) && !dw_ds_named(set, 1, &owner, rdata));
	ck_assert(!dw_ds_named(set, 2, &other, rdata) && !dw_ds_named(set, 2, &owner, cut));
	set[1].digest[0] ^= 1;
	ck_assert(!dw_ds_named(set, 2, &owner, rdata));
	/* A digest that cannot be made here names nothing. */
	set[1].digest_type = 250;
	ck_assert(!dw_ds_named(set, 2, &owner, rdata));
}
END_TEST

START_TEST(sorting_leaves_out_what_is_there_twice)
{
	const struct dw_ds_fact a = ds_from("example.org DS 4711 13 2 " DIGEST);
	const struct dw_ds_fact b =
		ds_from("example.org DS 4711 13 4 " DIGEST "00112233445566778899AABBCCDDEEFF");
	const struct dw_ds_fact c = ds_from("example.org DS 12 13 2 " DIGEST);
	struct dw_ds_fact set[] = {b, a, c, a, b};

	ck_assert_uint_eq(dw_ds_sort(set, 5), 3);
	ck_assert(dw_ds_equal(&set[0], &c) && dw_ds_equal(&set[1], &a) && dw_ds_equal(&set[2], &b));
	ck_assert_uint_eq(dw_ds_sort(NULL, 0), 0);
}
END_TEST

static const struct {
	uint8_t type;
	const char *text;
} words[] = {{1, "SHA-1"}, {2, "SHA-256"}, {3, "GOST R 34.11-94"}, {4, "SHA-384"}, {5, "GOST R 34.11-2012"},
	{6, "SM3"}, {7, "digest type 7"}, {0, "digest type 0"}, {255, "digest type 255"}};

START_TEST(a_digest_type_has_a_name)
{
	char text[DW_DIGEST_TYPE_TEXT_MAX];

	ck_assert_str_eq(dw_ds_digest_text(words[_i].type, text), words[_i].text);
}
END_TEST

static const struct {
	struct dw_ds_fact set[2];
	bool counts[2];
} counting[] = {
	{{{1, 13, 2, 32, {0}}, {1, 13, 4, 48, {0}}}, {true, true}},
	/* SHA-1 beside a better digest, and alone. */
	{{{1, 13, 1, 20, {0}}, {1, 13, 2, 32, {0}}}, {false, true}},
	{{{1, 13, 1, 20, {0}}, {1, 200, 2, 32, {0}}}, {true, false}},
	{{{1, 13, 1, 20, {0}}, {1, 13, 200, 32, {0}}}, {true, false}},
};

START_TEST(validators_look_at_what_they_know)
{
	for (unsigned i = 0; i < 2; i++)
		ck_assert_int_eq(dw_ds_counts(counting[_i].set, 2, i), counting[_i].counts[i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsset");
	TCase *test = tcase_create("dsset");

	tcase_add_loop_test(test, the_ds_of_a_key_is_the_one_that_ldns_makes, 0, DW_ROWS(kinds));
	tcase_add_test(test, no_ds_is_made_of_an_unknown_digest_or_a_cut_key);
	tcase_add_test(test, a_ds_reads_as_a_registrar_takes_it);
	tcase_add_test(test, a_digest_that_is_too_long_loses_its_end);
	tcase_add_test(test, sets_are_equal_in_any_order);
	tcase_add_test(test, a_set_holds_a_record_whose_fields_are_all_equal);
	tcase_add_test(test, a_set_names_a_key_by_tag_algorithm_and_digest);
	tcase_add_test(test, sorting_leaves_out_what_is_there_twice);
	tcase_add_loop_test(test, a_digest_type_has_a_name, 0, DW_ROWS(words));
	tcase_add_loop_test(test, validators_look_at_what_they_know, 0, DW_ROWS(counting));
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
