#include "text/keyline.h"

#include <string.h>

#include "dns/wire.h"
#include "support/suite.h"

static const struct {
	const char *text;
	bool numbered;
	uint16_t type;
	const char *owner, *fields;
} lines[] = {
	{"DS 1 2 3 AB", false, DW_TYPE_DS, "", "1 2 3 AB"},
	{"IN DS 1", false, DW_TYPE_DS, "", "1"},
	{"60 DS 1", false, DW_TYPE_DS, "", "1"},
	{"60 DS 1", true, DW_TYPE_DS, "60", "1"},
	{" 60 DS 1", true, DW_TYPE_DS, "", "1"},
	{"60 60 DS 1", false, DW_TYPE_DS, "60", "1"},
	{"60 60 IN DS 1", true, DW_TYPE_DS, "60", "1"},
	{"60 IN DS 1", false, DW_TYPE_DS, "", "1"},
	{"IN 60 DS 1", false, DW_TYPE_DS, "", "1"},
	{"a.b. IN 60 DNSKEY 257", false, DW_TYPE_DNSKEY, "a.b.", "257"},
	{"a.b. 60 IN CDNSKEY 257", false, DW_TYPE_CDNSKEY, "a.b.", "257"},
	{"a.b. cds 1", false, DW_TYPE_CDS, "a.b.", "1"},
	{"\ta.b. type59 1", false, DW_TYPE_CDS, "a.b.", "1"},
	{"ds ds 1", false, DW_TYPE_DS, "ds", "1"},
	{"in ds 1", false, DW_TYPE_DS, "", "1"},
	{"in in ds 1", false, DW_TYPE_DS, "in", "1"},
	{"a.b. DS", false, DW_TYPE_DS, "a.b.", ""},
};

START_TEST(owner_and_type_stand_before_the_fields)
{
	struct dw_keyline line;

	ck_assert_int_eq(dw_keyline_read(lines[_i].text, lines[_i].numbered, &line, NULL), DW_OK);
	ck_assert_uint_eq(line.type, lines[_i].type);
	ck_assert_str_eq(line.owner, lines[_i].owner);
	ck_assert_str_eq(line.fields, lines[_i].fields);
}
END_TEST

static const struct {
	const char *text;
	enum dw_status status;
	const char *why;
} refused[] = {
	{"a.b. IN A 192.0.2.1", DW_INVALID, "a record of type A"},
	{"a.b. 60 IN RRSIG DS 13 2", DW_INVALID, "a record of type RRSIG"},
	{"a.b. soa ns1", DW_INVALID, "a record of type soa"},
	{"a.b. CH DS 1", DW_INVALID, "class CH, where IN is wanted"},
	{"CLASS3 DS 1", DW_INVALID, "class CLASS3, where IN is wanted"},
	{"", DW_NOT_FOUND, NULL},
	{"hello", DW_NOT_FOUND, NULL},
	{"hello, this is no record", DW_NOT_FOUND, NULL},
	{"Key Tag: 4711", DW_NOT_FOUND, NULL},
	{"4711 13 2 ABCD", DW_NOT_FOUND, NULL},
	{"a b c d e DS 1", DW_NOT_FOUND, NULL},
	{"a 1 2 DS 1", DW_NOT_FOUND, NULL},
};

START_TEST(what_is_no_ds_or_key_is_refused)
{
	struct dw_keyline line;
	struct dw_error error = {0};

	ck_assert_int_eq(dw_keyline_read(refused[_i].text, false, &line, &error), refused[_i].status);
	if (refused[_i].why != NULL)
		ck_assert_str_eq(error.text, refused[_i].why);
}
END_TEST

static const struct {
	const char *text;
	uint16_t type;
} bare[] = {
	{"4711 13 2 ABCD", DW_TYPE_DS},
	{"4711 ECDSAP256SHA256 SHA-256 x", DW_TYPE_DS},
	{"257 3 13 AwEAAQ==", DW_TYPE_DNSKEY},
	{"257 3 RSASHA256 AwEAAQ==", DW_TYPE_DNSKEY},
	{"257 3 1 ABCD", DW_TYPE_DS},
	{"4711 13 2", 0},
	{"4711 13 x ABCD", 0},
	{"4711 x 2 ABCD", 0},
	{"65536 13 2 ABCD", 0},
	{"a 13 2 ABCD", 0},
	{"", 0},
};

static const struct {
	const char *text;
	bool signs;
} signatures[] = {
	{"a.b. 60 IN RRSIG DNSKEY 13 2", true},
	{"a.b. rrsig DS 13 2", true},
	{" IN RRSIG DS 13 2", true},
	{"RRSIG DS 13 2", true},
	{"a.b. IN DS 1 13 2 RRSIG", false},
	{"a.b. hello RRSIG", false},
	{"", false},
};

START_TEST(a_signature_is_known_by_its_type)
{
	ck_assert_int_eq(dw_keyline_signs(signatures[_i].text), signatures[_i].signs);
}
END_TEST

START_TEST(the_fields_alone_tell_their_type)
{
	ck_assert_uint_eq(dw_keyline_bare(bare[_i].text), bare[_i].type);
}
END_TEST

START_TEST(an_overlong_word_does_no_harm)
{
	static char text[5000];
	struct dw_keyline line;

	memset(text, 'a', 4000);
	strcpy(text + 4000, " IN DS 1");
	ck_assert_int_eq(dw_keyline_read(text, false, &line, NULL), DW_OK);
	ck_assert_uint_eq(strlen(line.owner), DW_NAME_TEXT_MAX - 1);
	ck_assert_str_eq(line.fields, "1");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/keyline");
	TCase *keyline = tcase_create("keyline");

	tcase_add_loop_test(keyline, owner_and_type_stand_before_the_fields, 0, DW_ROWS(lines));
	tcase_add_loop_test(keyline, what_is_no_ds_or_key_is_refused, 0, DW_ROWS(refused));
	tcase_add_loop_test(keyline, a_signature_is_known_by_its_type, 0, DW_ROWS(signatures));
	tcase_add_loop_test(keyline, the_fields_alone_tell_their_type, 0, DW_ROWS(bare));
	tcase_add_test(keyline, an_overlong_word_does_no_harm);
	suite_add_tcase(suite, keyline);
	return dw_suite_run(suite);
}
