#include "dns/keytext.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

/* RFC 4648 10, and octets with the last characters of the alphabet. */
static const struct {
	const char *octets, *characters;
} texts[] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"},
	{"foobar", "Zm9vYmFy"}, {"\xfb\xff\xbf", "+/+/"}};

START_TEST(octets_and_text_are_those_of_the_rfc)
{
	const size_t length = strlen(texts[_i].octets);
	struct dw_keytext written, added = {0};
	uint8_t octets[16];

	ck_assert(dw_keytext_write((const uint8_t *)texts[_i].octets, length, &written));
	ck_assert(dw_keytext_add(&added, texts[_i].characters));
	ck_assert_uint_eq(written.length, strlen(texts[_i].characters));
	ck_assert_uint_eq(added.length, written.length);
	ck_assert_mem_eq(added.values, written.values, written.length);
	ck_assert_uint_eq(dw_keytext_read(&added, octets, sizeof(octets)), length);
	ck_assert_mem_eq(octets, texts[_i].octets, length);
}
END_TEST

START_TEST(bits_that_fill_no_octet_are_dropped)
{
	struct dw_keytext text = {0};
	uint8_t octets[8];

	ck_assert(dw_keytext_add(&text, "Zm9v/"));
	ck_assert_uint_eq(dw_keytext_read(&text, octets, sizeof(octets)), 3);
	ck_assert_mem_eq(octets, "foo", 3);
	ck_assert_uint_eq(dw_keytext_read(&text, octets, 2), 2);
}
END_TEST

START_TEST(part_characters_are_passed_over)
{
	struct dw_keytext text = {0};

	ck_assert(dw_keytext_add(&text, "Zm 9=v\t-"));
	ck_assert_uint_eq(text.length, 4);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
	static const uint8_t octets[DW_KEYTEXT_MAX];
	struct dw_keytext *whole = calloc(1, sizeof(*whole)), *piece = calloc(1, sizeof(*piece));

	ck_assert(whole != NULL && piece != NULL);
	ck_assert(!dw_keytext_write(octets, DW_KEYTEXT_MAX * 6 / 8 + 1, whole));
	ck_assert(dw_keytext_write(octets, DW_KEYTEXT_MAX * 6 / 8, whole));
	ck_assert_uint_eq(whole->length, DW_KEYTEXT_MAX);
	ck_assert(!dw_keytext_add(whole, "A"));
	ck_assert(!dw_keytext_join(piece, whole, 1, DW_KEYTEXT_MAX));
	ck_assert(!dw_keytext_join(piece, whole, DW_KEYTEXT_MAX + 1, 0));
	ck_assert(dw_keytext_join(piece, whole, 2, 3));
	ck_assert_uint_eq(piece->length, 3);
	ck_assert(!dw_keytext_join(piece, whole, 0, DW_KEYTEXT_MAX - 2));
	free(whole);
	free(piece);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("keytext");
	TCase *test = tcase_create("keytext");

	tcase_add_loop_test(test, octets_and_text_are_those_of_the_rfc, 0, DW_ROWS(texts));
	tcase_add_test(test, bits_that_fill_no_octet_are_dropped);
	tcase_add_test(test, part_characters_are_passed_over);
	tcase_add_test(test, what_does_not_fit_is_refused);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
