#include "text/keyfile.h"

#include <string.h>

#include "dns/dsset.h"
#include "support/keysummary.h"
#include "support/suite.h"

#define ED25519_KEY    "ADL3y0UZXoE+RtVS0QY2O1regUDfFwbupZSc16g1ngE="
#define ED25519_DIGEST "6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098"
#define ED25519_COLONS                                                                                       \
	"6D:77:E9:7B:93:4D:94:DD:99:4B:7A:7C:0C:3B:5A:0F"                                                        \
	":C8:DD:48:3A:B3:DD:BA:63:B1:33:8A:38:12:D1:60:98"
#define ED25519_LOWER "6d77e97b934d94dd994b7a7c0c3b5a0fc8dd483ab3ddba63b1338a3812d16098"

#define DS "1356 15 2 " ED25519_DIGEST

static const struct {
	const char *text, *summary;
} texts[] = {
	/* Owner, TTL and class, each there or not. */
	{DS, "DS - 1356/15/2 line 1"},
	{"DS " DS, "DS - 1356/15/2 line 1"},
	{"IN DS " DS "\n", "DS - 1356/15/2 line 1"},
	{"3600 IN DS " DS "\n", "DS - 1356/15/2 line 1"},
	{"IN 3600 DS " DS "\n", "DS - 1356/15/2 line 1"},
	{"example.org DS " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"example.org. DS " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"example.org. 1h30m DS " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"example.org. in ds " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"example.org. 3600 IN DS " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"example.org. CLASS1 3600 TYPE43 " DS "\n", "DS example.org 1356/15/2 line 1"},
	{"\t  Example.ORG.\t3600\tIN\tDS\t1356\t15\t2\t" ED25519_LOWER "  \t\n",
		"DS Example.ORG 1356/15/2 line 1"},
	{"ds IN DS " DS "\n", "DS ds 1356/15/2 line 1"},
	{". IN DS " DS "\n", "DS . 1356/15/2 line 1"},
	{"example.org. IN CDS " DS "\n", "CDS example.org 1356/15/2 line 1"},
	{"example.org. IN CDS 0 0 0 00\n", "CDS example.org 0/0/0 line 1"},
	{"example.org. IN CDNSKEY 0 3 0 AA==\n", "CDNSKEY example.org 768/0/0 line 1"},
	{"example.org. IN CDNSKEY 257 3 15 " ED25519_KEY "\n", "CDNSKEY example.org 1356/15/257 line 1"},
	{"257 3 15 " ED25519_KEY "\n", "DNSKEY - 1356/15/257 line 1"},
	{"257 3 ED25519 ADL3y0UZ XoE+RtVS0QY2O1re\tgUDfFwbupZSc16g1ngE =\n", "DNSKEY - 1356/15/257 line 1"},
	{"example.org. IN TYPE48 \\# 36 0101030F00 32f7cb45195e813e46d552d106363b5ade8140df1706eea5949cd7a835 "
	 "9e01\n",
		"DNSKEY example.org 1356/15/257 line 1"},
	{"example.org. IN DS \\# 36 054c0f02" ED25519_DIGEST, "DS example.org 1356/15/2 line 1"},
	/* Mnemonics. */
	{"1356 ED25519 SHA-256 " ED25519_DIGEST, "DS - 1356/15/2 line 1"},
	{"example.org. DS 1356 ed25519 sha256 " ED25519_DIGEST, "DS example.org 1356/15/2 line 1"},
	{"example.org. DS 1356 ECDSAP256SHA256 2 " ED25519_DIGEST, "DS example.org 1356/13/2 line 1"},
	{"example.org. DS 1356 RSASHA256 2 " ED25519_DIGEST, "DS example.org 1356/8/2 line 1"},
	/* Lines, parentheses, comments. */
	{"\xef\xbb\xbf"
	 "example.org. IN DS " DS "\r\n\r\n",
		"DS example.org 1356/15/2 line 1"},
	{"; first\n\n# second\nexample.org. IN DS " DS " ; third\n", "DS example.org 1356/15/2 line 4"},
	{"example.org. IN DS ( 1356 15 2\n\t6D77E97B934D94DD994B7A7C0C3B5A0F ; half\n"
	 "\tC8DD483AB3DDBA63B1338A3812D16098 )\nexample.net. DS " DS,
		"DS example.org 1356/15/2 line 1; DS example.net 1356/15/2 line 4"},
	{"example.org. IN DS (1356 15 2 6D77E97B934D94DD994B7A7C0C3B5A0F C8DD483AB3DDBA63B1338A3812D16098)\n",
		"DS example.org 1356/15/2 line 1"},
	{"example.org.\xc2\xa0IN DS " DS, "DS example.org 1356/15/2 line 1"},
	{"example.org. IN DS " DS "\n\t\tIN DS " DS "\nDS " DS,
		"DS example.org 1356/15/2 line 1; DS example.org 1356/15/2 line 2; DS - 1356/15/2 line 3"},
	/* Relative names. */
	{"$TTL 3600\n$ORIGIN example.org.\n@ IN DS " DS "\nwww DS " DS "\n12 IN DS " DS "\na.net. DS " DS,
		"DS example.org 1356/15/2 line 3; DS www.example.org 1356/15/2 line 4; DS 12.example.org 1356/15/2 "
		"line "
		"5; DS a.net 1356/15/2 line 6"},
	{"$ORIGIN org.\n$ORIGIN example\n@ DS " DS, "DS example.org 1356/15/2 line 3"},
	{"@ IN DS " DS, "DS - 1356/15/2 line 1"},
	/* Forms that name their fields otherwise, or on lines of their own. */
	{"Key tag 1356\nSigning algorithm ED25519\nDigest algorithm SHA-256\nDigest " ED25519_DIGEST
	 "\nSigning algorithm type 15\nDigest algorithm type 2\n",
		"DS - 1356/15/2 line 1"},
	{"Flags\n257\nProtocol\n3\nAlgorithm\n15\nPublic Key\n" ED25519_KEY "\n", "DNSKEY - 1356/15/257 line 1"},
	{"Digest\n" ED25519_DIGEST "\nDigest Type\n2\nAlgorithm\n15\nPublic Key\n" ED25519_KEY
	 "\nKey Tag\n1356\nFlags\n257 (KSK)\n",
		"DS - 1356/15/2 line 1; DNSKEY - 1356/15/257 line 1"},
	/* Tables, with quotes or without. */
	{"1356;15;2;" ED25519_DIGEST, "DS - 1356/15/2 line 1"},
	{"\"1356\",\"15\",\"2\",\"" ED25519_DIGEST "\"", "DS - 1356/15/2 line 1"},
	{"\"1356\" \"15\" \"2\" \"" ED25519_DIGEST "\"", "DS - 1356/15/2 line 1"},
	{"keytag,algorithm,digesttype,digest\n1356,15,2," ED25519_DIGEST, "DS - 1356/15/2 line 2"},
	{"257 3 15 \"" ED25519_KEY "\"", "DNSKEY - 1356/15/257 line 1"},
	{"1356 15 2 0x" ED25519_DIGEST, "DS - 1356/15/2 line 1"},
	{"1356 15 2 " ED25519_COLONS, "DS - 1356/15/2 line 1"},
	{"1356\xe2\x80\x89"
	 "15 2 \xe2\x80\x8b" ED25519_DIGEST,
		"DS - 1356/15/2 line 1"},
	/* A signature goes with its records. */
	{"example.org. IN DS " DS "\nexample.org. IN RRSIG DS 13 2 300 (\n 20261224 a b AAAA )",
		"DS example.org 1356/15/2 line 1"},
	/* Unknown digest types have any length. */
	{"1356 15 200 00", "DS - 1356/15/200 line 1"},
	{"1356 200 7 " ED25519_DIGEST ED25519_DIGEST, "DS - 1356/200/7 line 1"},
};

START_TEST(each_way_to_write_a_record_is_taken)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};
	char summary[DW_KEYSUMMARY_MAX];

	ck_assert_msg(dw_keyfile_parse(texts[_i].text, strlen(texts[_i].text), "x", &file, &error) == DW_OK, "%s",
		error.text);
	dw_keysummary(&file, summary);
	ck_assert_str_eq(summary, texts[_i].summary);
	dw_keyfile_fini(&file);
}
END_TEST

#define FORM "Key Tag: 1356\nAlgorithm: 15 (ED25519)\nDigest Type: 2 (SHA-256)\nDigest: " ED25519_DIGEST "\n"

static const struct {
	const char *text, *why;
} refused[] = {
	{"", "x: no DS or key"},
	{"\n\n; nothing\n", "x: no DS or key"},
	{"Zone has NSEC semantics\n", "x: no DS or key"},
	{"hello\n", "x: line 1: no DS or key: 'hello'"},
	{DS "\nhello \x1b\n", "x: line 2: control byte 27"},
	{DS "\n\nh\xe9llo, world", "x: line 3: no DS or key: 'h?llo, world'"},
	{"example.org. IN A 192.0.2.1", "x: line 1: no DS or key: a record of type A"},
	{"example.org. CH DS " DS, "x: line 1: no DS or key: class CH, where IN is wanted"},
	{"example..org. DS " DS, "x: line 1: no DS or key: name 'example..org.': label 2 is empty"},
	{"example.org. DS 1356 15 2 6D77",
		"x: line 1: no DS or key: digest has 2 octets, and one of SHA-256 has 32"},
	{"1356 15 2 6D77", "x: line 1: no DS or key: digest has 2 octets, and one of SHA-256 has 32"},
	{"1356 15 2", "x: line 1: no DS or key: no digest"},
	{"1356,15,x,6D77",
		"x: line 1: no DS or key: digest type 'x' is neither a number from 0 to 255 nor known by name"},
	{"1356 15 2 6D:7", "x: line 1: no DS or key: digest has an odd number of hexadecimal digits, 3"},
	{"1356 15 2 6D::77", "x: line 1: no DS or key: digest is not hexadecimal at '::77'"},
	{"example.org. IN RRSIG DS 13 2 300 1 2 3 a b", "x: no DS or key"},
	{"1356 15 x 00",
		"x: line 1: no DS or key: digest type 'x' is neither a number from 0 to 255 nor known by name"},
	{DS "\nexample.org. DNSKEY 257 3 15 ADL3y",
		"x: line 2: no DS or key: public key is not base64: it does not "
		"end as a text of 5 characters does"},
	{"example.org. DS ( 1356 15 2\n" ED25519_DIGEST "\n",
		"x: line 1: no DS or key: a parenthesis is opened and never closed"},
	{"example.org. DS 1356 15 2 " ED25519_DIGEST " )",
		"x: line 1: no DS or key: a parenthesis is closed that was not opened"},
	{"$INCLUDE /etc/passwd\n", "x: line 1: no DS or key: '$INCLUDE' is not taken here"},
	{"$ORIGIN\n", "x: line 1: no DS or key: name is empty"},
	{"$ORIGIN a..b.\n", "x: line 1: no DS or key: name 'a..b.': label 2 is empty"},
	{"\nKey Tag: 1356\nAlgorithm: 15\n", "x: line 2: no DS or key: no digest type"},
	{FORM "Key Tag: 1\nKey Tag: 2\n" FORM, "x: line 5: no DS or key: no algorithm"},
	{"Domain: a..b\n" FORM, "x: line 1: no DS or key: name 'a..b': label 2 is empty"},
	{"DS: hello\n", "x: line 1: no DS or key: key tag 'hello' is not a number from 0 to 65535"},
};

START_TEST(a_line_that_is_no_record_is_named)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};

	ck_assert_int_eq(
		dw_keyfile_parse(refused[_i].text, strlen(refused[_i].text), "x", &file, &error), DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].why);
	dw_keyfile_fini(&file);
}
END_TEST

START_TEST(records_have_a_bound)
{
	static char text[(DW_KEYFILE_RECORDS_MAX + 1) * 16];
	struct dw_keyfile file = {0};
	struct dw_error error = {0};

	for (unsigned i = 0; i < DW_KEYFILE_RECORDS_MAX; i++)
		strcat(text, "1 2 200 00\n");
	ck_assert_int_eq(dw_keyfile_parse(text, strlen(text), "x", &file, &error), DW_OK);
	ck_assert_uint_eq(file.n_records, DW_KEYFILE_RECORDS_MAX);
	ck_assert_int_eq(dw_keyfile_parse("257 3 8 AAAA", 12, "y", &file, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "y: line 1: more than 256 records");
	ck_assert_uint_eq(file.n_records, DW_KEYFILE_RECORDS_MAX);
	dw_keyfile_fini(&file);
	ck_assert_uint_eq(file.n_records, 0);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_says_why)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};

	ck_assert_int_eq(dw_keyfile_read("/nonexistent", &file, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/nonexistent: No such file or directory");
	ck_assert_int_eq(dw_keyfile_read("/tmp", &file, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/tmp: Is a directory");
}
END_TEST

START_TEST(the_four_fields_of_an_option_are_read)
{
	struct dw_ds_fact ds;
	struct dw_error error = {0};
	char text[DW_DS_TEXT_MAX];

	ck_assert_int_eq(dw_keyfile_ds("1356 ed25519 2 " ED25519_LOWER, &ds, &error), DW_OK);
	ck_assert_str_eq(dw_ds_format(&ds, text), DS);
	ck_assert_int_eq(dw_keyfile_ds("1356 15 2 ABCD", &ds, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "digest has 2 octets, and one of SHA-256 has 32");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/keyfile");
	TCase *keyfile = tcase_create("keyfile");

	tcase_add_loop_test(keyfile, each_way_to_write_a_record_is_taken, 0, DW_ROWS(texts));
	tcase_add_loop_test(keyfile, a_line_that_is_no_record_is_named, 0, DW_ROWS(refused));
	tcase_add_test(keyfile, records_have_a_bound);
	tcase_add_test(keyfile, a_file_that_cannot_be_read_says_why);
	tcase_add_test(keyfile, the_four_fields_of_an_option_are_read);
	suite_add_tcase(suite, keyfile);
	return dw_suite_run(suite);
}
