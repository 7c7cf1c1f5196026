#include "text/rdatatext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "dns/dsset.h"
#include "support/suite.h"

#define SHA1   "B25821A6A1119A10A308FE072EBA30A0BFDC527A"
#define SHA256 "6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098"
#define KEY    "ADL3y0UZXoE+RtVS0QY2O1regUDfFwbupZSc16g1ngE="
#define HEX64  SHA256 SHA256

static const struct {
	const char *text, *ds; /* the text of what is read */
} records[] = {
	{"1356 15 2 " SHA256, "1356 15 2 " SHA256},
	{" 1356\t15  2 6d77e97b934d94dd994b7a7c0c3b5a0f c8dd483ab3ddba63b1338a3812d16098 ", "1356 15 2 " SHA256},
	{"1356 ED25519 SHA-1 " SHA1, "1356 15 1 " SHA1},
	{"65535 255 255 " HEX64, "65535 255 255 " HEX64},
	{"0 0 0 00", "0 0 0 00"},
	{"\\# 36 054C 0F02 " SHA256, "1356 15 2 " SHA256},
};

START_TEST(the_fields_of_a_ds_are_read)
{
	struct dw_ds_fact ds;
	struct dw_error error = {0};
	char text[DW_DS_TEXT_MAX];

	ck_assert_msg(dw_rdatatext_ds(records[_i].text, &ds, &error) == DW_OK, "%s", error.text);
	ck_assert_str_eq(dw_ds_format(&ds, text), records[_i].ds);
}
END_TEST

static const struct {
	const char *text, *why;
} bad_ds[] = {
	{"", "no key tag"},
	{"1356", "no algorithm"},
	{"1356 15", "no digest type"},
	{"1356 15 2", "no digest"},
	{"65536 15 2 " SHA256, "key tag '65536' is not a number from 0 to 65535"},
	{"x 15 2 " SHA256, "key tag 'x' is not a number from 0 to 65535"},
	{"1356 256 2 " SHA256, "algorithm '256' is neither a number from 0 to 255 nor known by name"},
	{"1356 RSAX 2 " SHA256, "algorithm 'RSAX' is neither a number from 0 to 255 nor known by name"},
	{"1356 15 MD5 " SHA256, "digest type 'MD5' is neither a number from 0 to 255 nor known by name"},
	{"1356 15 2 6D77x", "digest is not hexadecimal at 'x'"},
	{"1356 15 2 6D77 ; id", "digest is not hexadecimal at '; id'"},
	{"1356 15 2 6D7", "digest has an odd number of hexadecimal digits, 3"},
	{"1356 15 2 6D77", "digest has 2 octets, and one of SHA-256 has 32"},
	{"1356 15 1 6D776BAB8C9A23", "digest has 7 octets, and one of SHA-1 has 20"},
	{"1356 15 4 \n", "no digest"},
	{"1356 15 9 " HEX64 "00", "digest is longer than 64 octets"},
	{"\\# 37 054C0F02" SHA256, "RDATA has 36 octets where 37 are said"},
	{"\\# x 054C0F02" SHA256, "length 'x' is not a number from 0 to 65535"},
	{"\\# 4 054C0F02", "RDATA of 4 octets is too short"},
};

START_TEST(a_ds_that_does_not_fit_says_which_field)
{
	struct dw_ds_fact ds = {.key_tag = 7};
	struct dw_error error = {0};

	ck_assert_int_eq(dw_rdatatext_ds(bad_ds[_i].text, &ds, &error), DW_INVALID);
	ck_assert_str_eq(error.text, bad_ds[_i].why);
	ck_assert_uint_eq(ds.key_tag, 7);
}
END_TEST

/* A fixed sequence that looks random (Knuth's multiplier). */
static uint8_t next_octet(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint8_t)(*state >> 56);
}

START_TEST(a_ds_read_from_its_text_is_the_same)
{
	uint64_t state = 20261124;

	for (unsigned round = 0; round < 20000; round++) {
		struct dw_ds_fact ds = {0}, again;
		char text[DW_DS_TEXT_MAX];
		ds.key_tag = (uint16_t)(next_octet(&state) << 8 | next_octet(&state));
		ds.algorithm = next_octet(&state);
		ds.digest_type = next_octet(&state) % 10;
		const unsigned wanted = dw_ds_digest_length(ds.digest_type);
		ds.digest_length = (uint8_t)(wanted > 0 ? wanted : 1u + next_octet(&state) % DW_DS_DIGEST_MAX);
		for (unsigned i = 0; i < ds.digest_length; i++)
			ds.digest[i] = next_octet(&state);
		ck_assert_int_eq(dw_rdatatext_ds(dw_ds_format(&ds, text), &again, NULL), DW_OK);
		ck_assert_uint_eq(again.key_tag, ds.key_tag);
		ck_assert_uint_eq(again.algorithm, ds.algorithm);
		ck_assert_uint_eq(again.digest_type, ds.digest_type);
		ck_assert_uint_eq(again.digest_length, ds.digest_length);
		ck_assert_mem_eq(again.digest, ds.digest, ds.digest_length);
	}
}
END_TEST

START_TEST(a_key_read_from_its_text_is_the_same)
{
	uint64_t state = 1;

	for (unsigned length = 1; length <= 600; length++) {
		uint8_t key[600], *rdata = NULL;
		char text[1000];
		uint16_t rdata_length = 0;
		for (unsigned i = 0; i < length; i++)
			key[i] = next_octet(&state);
		int n = snprintf(text, sizeof(text), "%u 3 13 ", length);
		EVP_EncodeBlock((unsigned char *)text + n, key, (int)length);
		ck_assert_int_eq(dw_rdatatext_key(text, &rdata, &rdata_length, NULL), DW_OK);
		ck_assert_uint_eq(rdata_length, 4 + length);
		const uint8_t front[4] = {(uint8_t)(length >> 8), (uint8_t)length, 3, 13};
		ck_assert_int_eq(memcmp(rdata, front, 4), 0);
		ck_assert_int_eq(memcmp(rdata + 4, key, length), 0);
		free(rdata);
	}
}
END_TEST

static const struct {
	const char *text, *why;
} bad_keys[] = {
	{"", "no flags"},
	{"257", "no protocol"},
	{"257 3", "no algorithm"},
	{"257 3 15", "no public key"},
	{"257 3 15 =", "no public key"},
	{"KSK 3 15 " KEY, "flags 'KSK' is not a number from 0 to 65535"},
	{"257 256 15 " KEY, "protocol '256' is not a number from 0 to 255"},
	{"257 3 EDDSA " KEY, "algorithm 'EDDSA' is neither a number from 0 to 255 nor known by name"},
	{"257 3 15 ADL3y0UZ!oE+", "public key is not base64 at '!oE+'"},
	{"257 3 15 ADL3y", "public key is not base64: it does not end as a text of 5 characters does"},
	{"257 3 15 ADL3y0", "public key is not base64: it does not end as a text of 6 characters does"},
	{"257 3 15 ADL3y0=", "public key is not base64: it does not end as a text of 6 characters does"},
	{"257 3 15 ADL3=", "public key is not base64: it does not end as a text of 4 characters does"},
	{"257 3 15 ADL3yw==AA", "public key is not base64: it does not end as a text of 6 characters does"},
	{"257 3 15 A===", "public key is not base64: it does not end as a text of 1 characters does"},
	{"\\# 3 010103", "RDATA of 3 octets is too short"},
	{"\\# 9 0101030F00", "RDATA has 5 octets where 9 are said"},
};

START_TEST(a_key_that_does_not_fit_says_which_field)
{
	struct dw_error error = {0};
	uint8_t *rdata = NULL;
	uint16_t length = 7;

	ck_assert_int_eq(dw_rdatatext_key(bad_keys[_i].text, &rdata, &length, &error), DW_INVALID);
	ck_assert_str_eq(error.text, bad_keys[_i].why);
	ck_assert_ptr_null(rdata);
}
END_TEST

START_TEST(a_key_longer_than_a_record_is_refused)
{
	static char text[100000] = "257 3 15 ";
	struct dw_error error = {0};
	uint8_t *rdata = NULL;
	uint16_t length = 0;

	memset(text + strlen(text), 'A', 88000);
	ck_assert_int_eq(dw_rdatatext_key(text, &rdata, &length, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "public key is longer than a record may be");
}
END_TEST

START_TEST(a_word_is_cut_where_its_room_ends)
{
	char word[4];

	ck_assert_str_eq(dw_rdatatext_word(" \tabcdef  gh", word, sizeof(word)), "gh");
	ck_assert_str_eq(word, "abc");
	ck_assert_str_eq(dw_rdatatext_word("  ", word, sizeof(word)), "");
	ck_assert_str_eq(word, "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/rdatatext");
	TCase *rdatatext = tcase_create("rdatatext");

	tcase_add_loop_test(rdatatext, the_fields_of_a_ds_are_read, 0, DW_ROWS(records));
	tcase_add_loop_test(rdatatext, a_ds_that_does_not_fit_says_which_field, 0, DW_ROWS(bad_ds));
	tcase_add_test(rdatatext, a_ds_read_from_its_text_is_the_same);
	tcase_add_test(rdatatext, a_key_read_from_its_text_is_the_same);
	tcase_add_loop_test(rdatatext, a_key_that_does_not_fit_says_which_field, 0, DW_ROWS(bad_keys));
	tcase_add_test(rdatatext, a_key_longer_than_a_record_is_refused);
	tcase_add_test(rdatatext, a_word_is_cut_where_its_room_ends);
	suite_add_tcase(suite, rdatatext);
	return dw_suite_run(suite);
}
