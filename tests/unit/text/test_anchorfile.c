#include "text/anchorfile.h"

#include <stdio.h>
#include <string.h>

#include <ldns/ldns.h>

#include "dns/dsset.h"
#include "support/suite.h"

#define DATA     DW_TESTS_DIR "/unit/text/data/"
#define NOW      INT64_C(1795521600) /* 2026-11-24 */
#define LIST_MAX 2048

#define KEY                                                                                                  \
	"AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+"     \
	"B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/"                 \
	"EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/"                    \
	"ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU="
#define DS_20326   "20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"
#define DS_38696   "38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"
#define SMALL      "257 3 15 ADL3y0UZXoE+RtVS0QY2O1regUDfFwbupZSc16g1ngE="
#define DS_SMALL   "1356 15 2 6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098"
#define ROOT(line) ". 86400 IN DNSKEY 257 3 8 " KEY " " line "\n"

/* "ZONE DS;" of each anchor. */
static void list(const struct dw_anchors *anchors, char text[LIST_MAX])
{
	char zone[DW_NAME_TEXT_MAX], ds[DW_DS_TEXT_MAX];
	size_t length = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < anchors->n_anchors; i++)
		length += (size_t)snprintf(text + length, LIST_MAX - length, "%.100s %s;",
			dw_name_format(&anchors->items[i].zone, zone), dw_ds_format(&anchors->items[i].ds, ds));
}

static const struct {
	const char *file;
	dw_moment now;
	const char *anchors;
} files[] = {
	{"root-key", NOW, ". " DS_20326 ";. " DS_38696 ";"},
	{"root-ds", NOW, ". " DS_20326 ";. " DS_38696 ";"},
	{"unbound-root.key", NOW,
		". 7761 13 2 ADBBED44AA2AC94EE0D5BE7AEFE21DC12D3E017E83A4D1D01A96532C07F7EA3A;"},
	{"bind-keys", NOW, ". " DS_20326 ";. " DS_38696 ";"},
	{"root-anchors.xml", NOW, ". " DS_20326 ";. " DS_38696 ";"},
	{"root-anchors.xml", 1577836800, ". " DS_20326 ";"},
	{"root-anchors.xml", 1547164799,
		". 19036 8 2 49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5;. " DS_20326 ";"},
	{"root-anchors.xml", 1547164800, ". " DS_20326 ";"},
};

START_TEST(the_files_of_resolvers_and_iana_are_read)
{
	static struct dw_anchors anchors;
	struct dw_error error = {0};
	char path[256], text[LIST_MAX];

	anchors = (struct dw_anchors){.n_anchors = 0};
	snprintf(path, sizeof(path), "%s%s", DATA, files[_i].file);
	ck_assert_msg(dw_anchorfile_read(path, files[_i].now, &anchors, &error) == DW_OK, "%s", error.text);
	list(&anchors, text);
	ck_assert_str_eq(text, files[_i].anchors);
}
END_TEST

static const struct {
	const char *text, *anchors;
} texts[] = {
	{ROOT(""), ". " DS_20326 ";"},
	{". IN DS " DS_20326 "\n", ". " DS_20326 ";"},
	{"\xef\xbb\xbf; x\r\n. IN DS " DS_20326 "\r\n\r\n# y\r\n$TTL 60\r\n", ". " DS_20326 ";"},
	{". DS " DS_20326 "\n\tDS " DS_38696 "\n", ". " DS_20326 ";. " DS_38696 ";"},
	{"Example.ORG DNSKEY " SMALL "\n. DS " DS_20326,
		"Example.ORG 1356 15 2 6D77E97B934D94DD994B7A7C0C3B5A0FC8DD483AB3DDBA63B1338A3812D16098;. " DS_20326
		";"},
	/* The same twice is one. */
	{ROOT("") ". IN DS " DS_20326 "\n" ROOT(""), ". " DS_20326 ";"},
	/* States of RFC 5011. */
	{ROOT(";{id = 20326 (ksk), size = 2048b} ;;state=2 [  VALID  ] ;;count=0 ;;lastchange=1502438004"),
		". " DS_20326 ";"},
	{ROOT(";;state=3 [ MISSING ] ;;count=0"), ". " DS_20326 ";"},
	{ROOT(";;state=0 [  START  ]") ". DS " DS_38696, ". " DS_38696 ";"},
	{ROOT(";;state=1 [ ADDPEND ]") ". DS " DS_38696, ". " DS_38696 ";"},
	{ROOT(";;state=4 [ REVOKED ]") ". DS " DS_38696, ". " DS_38696 ";"},
	{ROOT(";;state=5 [ REMOVED ]") ". DS " DS_38696, ". " DS_38696 ";"},
	{"\xef\xbb\xbf. DS ( " DS_20326 " ; x\n ) ;;state=1\n. DS " DS_38696, ". " DS_38696 ";"},
	{". DNSKEY 385 3 8 " KEY "\n. DS " DS_38696, ". " DS_38696 ";"},
	/* Statements of BIND. */
	{"trust-anchors { . initial-ds 20326 8 2 "
	 "\"E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\"; };",
		". " DS_20326 ";"},
	{"managed-keys { \".\" initial-key 257 3 8 \"" KEY "\"; };", ". " DS_20326 ";"},
	{"# x\n/* y */ trusted-keys { . 257 3 8 \"" KEY "\"; // z\n};", ". " DS_20326 ";"},
};

START_TEST(each_way_to_write_an_anchor_is_taken)
{
	static struct dw_anchors anchors;
	struct dw_error error = {0};
	char text[LIST_MAX];

	anchors = (struct dw_anchors){.n_anchors = 0};
	enum dw_status status =
		dw_anchorfile_parse(texts[_i].text, strlen(texts[_i].text), "x", NOW, &anchors, &error);
	ck_assert_msg(status == DW_OK, "%s", error.text);
	list(&anchors, text);
	ck_assert_str_eq(text, texts[_i].anchors);
}
END_TEST

static const struct {
	const char *text, *why;
} refused[] = {
	{"", "x: no trust anchor"},
	{"; nothing\n", "x: no trust anchor"},
	{"trust-anchors { };", "x: no trust anchor"},
	{"<TrustAnchor></TrustAnchor>", "x: no trust anchor"},
	{"\nhello\n", "x: line 2: no trust anchor: 'hello'"},
	{"<html>\n</html>", "x: line 1: no trust anchor: an element 'html' where TrustAnchor is wanted"},
	{". IN NS a.root-servers.net.\n", "x: line 1: no trust anchor: a record of type NS"},
	{". IN CDS " DS_20326, "x: line 1: no trust anchor: a CDS or CDNSKEY record"},
	{"IN DS " DS_20326, "x: line 1: no trust anchor: a record without an owner"},
	{"a..b DS " DS_20326, "x: line 1: no trust anchor: name 'a..b': label 2 is empty"},
	{". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E88040",
		"x: line 1: no trust anchor: digest has 20 octets, and one of SHA-256 has 32"},
	{". DS 20326 8 2 E06D", "x: line 1: no trust anchor: digest has 2 octets, and one of SHA-256 has 32"},
	{". DNSKEY 257 3 8 AwE",
		"x: line 1: no trust anchor: public key is not base64: it does not end as a text of 3 "
		"characters does"},
	{ROOT(";;state=7"), "x: line 1: no trust anchor: a state that RFC 5011 does not have"},
	{". DS " DS_20326 " ;;state=", "x: line 1: no trust anchor: a state that RFC 5011 does not have"},
	{ROOT(";;state=1 [ ADDPEND ]"), "x: none of its 1 trust anchors may be trusted now"},
	{";;REVOKED\n" ROOT(";;state=2 [  VALID  ]"), "x: none of its 1 trust anchors may be trusted now"},
	{". DNSKEY 385 3 8 " KEY, "x: none of its 1 trust anchors may be trusted now"},
	{". DS ( 1\n", "x: line 1: no trust anchor: a parenthesis is opened and never closed"},
	{"trust-anchors {\n. initial-ds 1 8 2 \"AB\"; };",
		"x: line 2: no trust anchor: digest has 1 octets, and one of SHA-256 has 32"},
	{"trust-anchors { . initial-ds 1 8 2 \"AB\"",
		"x: line 1: no trust anchor: the text ends where ; is wanted"},
	{"trust-anchors { a..b initial-ds 1 8 2 AB; };",
		"x: line 1: no trust anchor: name 'a..b': label 2 is empty"},
	{"<TrustAnchor>\n<Zone>.</Zone>\n<KeyDigest><KeyTag>1</KeyTag><Algorithm>8</Algorithm><DigestType>2</"
	 "DigestType>"
	 "<Digest>AB</Digest></KeyDigest></TrustAnchor>",
		"x: line 3: no trust anchor: digest has 1 octets, and one of SHA-256 has 32"},
	{". DS \x01", "x: line 1: control byte 1"},
};

START_TEST(what_is_no_anchor_is_named)
{
	static struct dw_anchors anchors;
	struct dw_error error = {0};

	anchors = (struct dw_anchors){.n_anchors = 0};
	enum dw_status status =
		dw_anchorfile_parse(refused[_i].text, strlen(refused[_i].text), "x", NOW, &anchors, &error);
	ck_assert_int_eq(status, DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].why);
	ck_assert_uint_eq(anchors.n_anchors, 0);
}
END_TEST

START_TEST(a_key_becomes_the_ds_that_ldns_makes)
{
	static const char line[] = "example.org. IN DNSKEY " SMALL;
	static struct dw_anchors anchors;
	ldns_rr *rr = NULL;
	char text[LIST_MAX];

	anchors = (struct dw_anchors){.n_anchors = 0};
	ck_assert_int_eq(dw_anchorfile_parse(line, strlen(line), "x", NOW, &anchors, NULL), DW_OK);
	list(&anchors, text);
	ck_assert_str_eq(text, "example.org " DS_SMALL ";");
	ck_assert_int_eq(ldns_rr_new_frm_str(&rr, line, 0, NULL, NULL), LDNS_STATUS_OK);
	ldns_rr *ds = ldns_key_rr2ds(rr, LDNS_SHA256);
	const ldns_rdf *digest = ldns_rr_rdf(ds, 3);
	ck_assert_uint_eq(ldns_rdf_size(digest), anchors.items[0].ds.digest_length);
	ck_assert_int_eq(memcmp(ldns_rdf_data(digest), anchors.items[0].ds.digest, ldns_rdf_size(digest)), 0);
	ldns_rr_free(ds);
	ldns_rr_free(rr);
}
END_TEST

START_TEST(anchors_have_a_bound)
{
	static struct dw_anchors anchors;
	static char text[(DW_ANCHORS_MAX + 1) * 32];
	struct dw_error error = {0};

	anchors = (struct dw_anchors){.n_anchors = 0};
	for (int i = 0; i <= DW_ANCHORS_MAX; i++)
		snprintf(text + strlen(text), 32, ". DS %d 8 200 AB\n", i);
	ck_assert_int_eq(dw_anchorfile_parse(text, strlen(text), "x", NOW, &anchors, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "x: line 65: no trust anchor: more than 64 trust anchors");
	ck_assert_uint_eq(anchors.n_anchors, DW_ANCHORS_MAX);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_says_why)
{
	static struct dw_anchors anchors;
	struct dw_error error = {0};

	ck_assert_int_eq(dw_anchorfile_read("/nonexistent", NOW, &anchors, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/nonexistent: No such file or directory");
	ck_assert_int_eq(dw_anchorfile_read("/tmp", NOW, &anchors, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/tmp: Is a directory");
}
END_TEST

START_TEST(the_anchor_of_this_system_is_the_roots)
{
	static struct dw_anchors anchors;
	struct dw_error error = {0};
	const char *path = dw_anchorfile_system();

	if (path == NULL)
		return;
	anchors = (struct dw_anchors){.n_anchors = 0};
	ck_assert_msg(dw_anchorfile_read(path, NOW, &anchors, &error) == DW_OK, "%s", error.text);
	ck_assert_uint_ge(anchors.n_anchors, 1);
	for (unsigned i = 0; i < anchors.n_anchors; i++)
		ck_assert(dw_name_equal(&anchors.items[i].zone, &dw_name_root));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/anchorfile");
	TCase *anchorfile = tcase_create("anchorfile");

	tcase_add_loop_test(anchorfile, the_files_of_resolvers_and_iana_are_read, 0, DW_ROWS(files));
	tcase_add_loop_test(anchorfile, each_way_to_write_an_anchor_is_taken, 0, DW_ROWS(texts));
	tcase_add_loop_test(anchorfile, what_is_no_anchor_is_named, 0, DW_ROWS(refused));
	tcase_add_test(anchorfile, a_key_becomes_the_ds_that_ldns_makes);
	tcase_add_test(anchorfile, anchors_have_a_bound);
	tcase_add_test(anchorfile, a_file_that_cannot_be_read_says_why);
	tcase_add_test(anchorfile, the_anchor_of_this_system_is_the_roots);
	suite_add_tcase(suite, anchorfile);
	return dw_suite_run(suite);
}
