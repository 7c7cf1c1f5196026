#include "text/keyword.h"

#include <string.h>

#include "dns/mnemonic.h"
#include "support/suite.h"

static const struct {
	const char *text;
	int algorithm, digest_type; /* -1: neither a number nor a name of one */
} words[] = {
	{"0", 0, 0},
	{"13", 13, 13},
	{"255", 255, 255},
	{"256", -1, -1},
	{"-1", -1, -1},
	{"", -1, -1},
	{"1x", -1, -1},
	{"4294967297", -1, -1},
	{"RSASHA256", 8, -1},
	{"rsasha256", 8, -1},
	{"RSA/SHA-256", 8, -1},
	{"ECDSAP256SHA256", 13, -1},
	{"ECDSA Curve P-256 with SHA-256", 13, -1},
	{"ecdsa384", 14, -1},
	{"Ed25519", 15, -1},
	{"ED448", 16, -1},
	{"NSEC3RSASHA1", 7, -1},
	{"RSASHA1-NSEC3-SHA1", 7, -1},
	{"SHA1", -1, 1},
	{"SHA-1", -1, 1},
	{"sha256", -1, 2},
	{"SHA-256", -1, 2},
	{"SHA 384", -1, 4},
	{"GOST R 34.11-94", -1, 3},
	{"SHA512", -1, -1},
	{"no algorithm of this world, and too long a word", -1, -1},
};

START_TEST(a_word_is_an_algorithm_a_digest_type_or_neither)
{
	uint8_t algorithm = 99, digest_type = 99;
	const bool is_algorithm = dw_keyword_algorithm(words[_i].text, &algorithm);
	const bool is_digest_type = dw_keyword_digest_type(words[_i].text, &digest_type);

	ck_assert_int_eq(is_algorithm ? algorithm : -1, words[_i].algorithm);
	ck_assert_int_eq(is_digest_type ? digest_type : -1, words[_i].digest_type);
	ck_assert(is_algorithm || algorithm == 99);
	ck_assert(is_digest_type || digest_type == 99);
}
END_TEST

START_TEST(the_name_of_an_algorithm_is_read_as_it)
{
	char text[24];
	unsigned n_named = 0;

	for (unsigned number = 1; number <= UINT8_MAX; number++) {
		uint8_t algorithm = 0;
		dw_algorithm_text((uint8_t)number, text);
		if (strncmp(text, "algorithm ", strlen("algorithm ")) == 0)
			continue;
		ck_assert_msg(dw_keyword_algorithm(text, &algorithm), "%s", text);
		ck_assert_uint_eq(algorithm, number);
		n_named++;
	}
	ck_assert_uint_ge(n_named, 15);
}
END_TEST

START_TEST(a_number_has_a_bound)
{
	unsigned number = 7;

	ck_assert(dw_keyword_number("65535", 65535, &number));
	ck_assert_uint_eq(number, 65535);
	ck_assert(!dw_keyword_number("65536", 65535, &number));
	ck_assert(!dw_keyword_number("9999999999", 65535, &number));
	ck_assert(!dw_keyword_number(" 1", 65535, &number));
	ck_assert_uint_eq(number, 65535);
}
END_TEST

START_TEST(a_bare_word_is_cut_where_its_room_ends)
{
	char bare[6];

	ck_assert_str_eq(dw_keyword_bare("Key-Tag (1)", bare, sizeof(bare)), "keyta");
	ck_assert_str_eq(dw_keyword_bare("", bare, sizeof(bare)), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/keyword");
	TCase *keyword = tcase_create("keyword");

	tcase_add_loop_test(keyword, a_word_is_an_algorithm_a_digest_type_or_neither, 0, DW_ROWS(words));
	tcase_add_test(keyword, the_name_of_an_algorithm_is_read_as_it);
	tcase_add_test(keyword, a_number_has_a_bound);
	tcase_add_test(keyword, a_bare_word_is_cut_where_its_room_ends);
	suite_add_tcase(suite, keyword);
	return dw_suite_run(suite);
}
