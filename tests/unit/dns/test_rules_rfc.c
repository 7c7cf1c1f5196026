#include "dns/rules.h"

#include <string.h>

#include "support/message.h"
#include "support/prove.h"
#include "support/rfc.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;
static struct dw_keyring ring;

/* Proves all RRsets of an example as of `now`, and returns how many are not secure. */
static unsigned count_bad(const struct dw_rfc_answer *example, dw_moment now)
{
	struct dw_message_text text = {
		.bits = DW_BIT_QR | DW_BIT_AA, .answer = example->answer, .authority = example->authority};
	struct dw_denial_records records;

	dw_message_make(&text, wire, &message);
	dw_keyring_make(example->keys, &ring);
	unsigned n_bad = dw_prove_all(&ring, &message, now, &records);
	dw_keyring_fini(&ring);
	return n_bad;
}

START_TEST(every_signature_in_the_examples_of_the_rfcs_is_good)
{
	const struct dw_rfc_answer *example = &dw_rfc_answers[_i];

	ck_assert_msg(count_bad(example, example->now) == 0, "%s", example->section);
}
END_TEST

START_TEST(none_is_good_at_another_time)
{
	const struct dw_rfc_answer *example = &dw_rfc_answers[_i];

	ck_assert_msg(count_bad(example, 4000000000) > 0, "%s", example->section);
}
END_TEST

static const struct {
	const char *section, *ds;
} digests[] = {
	{"RFC 6605 6.1",
		"example.net. 3600 IN DS 55648 13 2 "
		"b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17"},
	{"RFC 6605 6.2",
		"example.net. 3600 IN DS 10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e"
		"9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6"},
	{"RFC 8080 6.1",
		"example.com. 3600 IN DS 3613 15 2 "
		"3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b"},
	{"RFC 8080 6.1, second",
		"example.com. 3600 IN DS 35217 15 2 "
		"401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c"},
	{"RFC 8080 6.2",
		"example.com. 3600 IN DS 9713 16 2 "
		"6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7"},
};

START_TEST(the_ds_of_an_example_names_its_key)
{
	struct dw_message_text text = {.bits = DW_BIT_QR, .answer = digests[_i].ds};
	const struct dw_rfc_answer *example = dw_rfc_answers;
	struct dw_ds ds;

	while (strcmp(example->section, digests[_i].section) != 0)
		example++;
	dw_message_make(&text, wire, &message);
	ck_assert_int_eq(dw_ds_read(&message.records[0], &ds), DW_OK);
	dw_keyring_make(example->keys, &ring);
	ck_assert(dw_rules_ds_matches(&ds, &ring.owner, &ring.keys[0]));
	dw_keyring_fini(&ring);
}
END_TEST

/* The DS of RFC 6605 6.1 with its fields altered, and the owner it is compared under. */
static const struct {
	uint16_t key_tag;
	uint8_t algorithm, digest_type;
	uint16_t cut; /* octets that the digest lacks */
	uint8_t flip; /* of its last octet */
	const char *owner;
	bool matches;
} alterations[] = {
	{55648, 13, 2, 0, 0, "example.net.", true},
	{55648, 13, 2, 0, 0, "EXAMPLE.net.", true},
	{55647, 13, 2, 0, 0, "example.net.", false},
	{55648, 14, 2, 0, 0, "example.net.", false},
	{55648, 13, 4, 0, 0, "example.net.", false},
	{55648, 13, 3, 0, 0, "example.net.", false},
	{55648, 13, 2, 1, 0, "example.net.", false},
	{55648, 13, 2, 0, 1, "example.net.", false},
	{55648, 13, 2, 0, 0, "example.org.", false},
};

START_TEST(a_ds_that_differs_in_one_field_names_no_key)
{
	struct dw_message_text text = {.bits = DW_BIT_QR, .answer = digests[0].ds};
	const struct dw_rfc_answer *example = dw_rfc_answers;
	struct dw_name owner = dw_name_make(alterations[_i].owner);
	struct dw_ds ds;

	while (strcmp(example->section, digests[0].section) != 0)
		example++;
	dw_message_make(&text, wire, &message);
	ck_assert_int_eq(dw_ds_read(&message.records[0], &ds), DW_OK);
	wire[ds.digest + ds.digest_length - 1 - wire] ^= alterations[_i].flip;
	ds.key_tag = alterations[_i].key_tag;
	ds.algorithm = alterations[_i].algorithm;
	ds.digest_type = alterations[_i].digest_type;
	ds.digest_length = (uint16_t)(ds.digest_length - alterations[_i].cut);
	dw_keyring_make(example->keys, &ring);
	ck_assert_int_eq(dw_rules_ds_matches(&ds, &owner, &ring.keys[0]), alterations[_i].matches);
	dw_keyring_fini(&ring);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rules_rfc");
	TCase *examples = tcase_create("examples");

	tcase_add_loop_test(
		examples, every_signature_in_the_examples_of_the_rfcs_is_good, 0, (int)dw_rfc_n_answers);
	tcase_add_loop_test(examples, none_is_good_at_another_time, 0, (int)dw_rfc_n_answers);
	tcase_add_loop_test(examples, the_ds_of_an_example_names_its_key, 0, DW_ROWS(digests));
	tcase_add_loop_test(examples, a_ds_that_differs_in_one_field_names_no_key, 0, DW_ROWS(alterations));
	suite_add_tcase(suite, examples);
	return dw_suite_run(suite);
}
