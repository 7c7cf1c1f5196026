#include "text/anchorxml.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"

#define FIELDS          "<KeyTag>1</KeyTag><Algorithm>8</Algorithm><DigestType>2</DigestType><Digest>AB</Digest>"
#define KEY(attributes) "<KeyDigest id=\"K\"" attributes ">" FIELDS "</KeyDigest>"
#define ANCHOR(inside)  "<TrustAnchor id=\"x\" source=\"y\"><Zone>.</Zone>" inside "</TrustAnchor>"

static const struct {
	const char *text, *keys; /* "ZONE FIELDS FROM UNTIL @LINE;" of each, "-" for no bound */
} texts[] = {
	{ANCHOR(KEY("")), ". 1 8 2 AB - - @1;"},
	{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" ANCHOR(
		 "\n" KEY(" validFrom=\"1970-01-01T00:00:10+00:00\"")),
		". 1 8 2 AB 10 - @3;"},
	{ANCHOR(KEY(" validFrom='1970-01-01T00:00:10Z' validUntil=\"1970-01-02T00:00:00+00:00\"") "\n" KEY(
		 " validUntil=\"1970-01-01T03:00:01+02:00\"") KEY(" validUntil = '1970-01-01T01:00:01.5-02:30'")),
		". 1 8 2 AB 10 86400 @1;. 1 8 2 AB - 3601 @2;. 1 8 2 AB - 12601 @2;"},
	{"<!-- a <KeyDigest> --><TrustAnchor><!-- b --><Zone> a.b\n</Zone>\n<KeyDigest><KeyTag>\n1 </KeyTag>"
	 "<Algorithm>8</Algorithm><DigestType>2</DigestType><Digest><!-- c -->A\nB</Digest>"
	 "<PublicKey>AwEA</PublicKey><Flags>257</Flags></KeyDigest></TrustAnchor >",
		"a.b 1 8 2 A\nB - - @3;"},
	{"\n  <TrustAnchor><Other/><Zone>.</Zone></TrustAnchor>", ""},
	{"<TrustAnchor></TrustAnchor>", ""},
};

static void add_moment(char list[512], dw_moment moment)
{
	const size_t length = strlen(list);

	if (moment == INT64_MIN || moment == INT64_MAX)
		strcat(list, " -");
	else
		snprintf(list + length, 512 - length, " %" PRId64, moment);
}

START_TEST(each_key_is_read_with_its_time)
{
	struct dw_anchorxml xml = {.at = texts[_i].text, .line = 1};
	struct dw_anchorxml_key key;
	struct dw_error error = {0};
	char list[512] = "";
	enum dw_status status;

	ck_assert(dw_anchorxml_begins(texts[_i].text));
	while ((status = dw_anchorxml_next(&xml, &key, &error)) == DW_OK) {
		snprintf(list + strlen(list), 256, "%.40s %.40s %.40s %.40s %.40s", xml.zone, key.fields[0],
			key.fields[1], key.fields[2], key.fields[3]);
		add_moment(list, key.from);
		add_moment(list, key.until);
		snprintf(list + strlen(list), 32, " @%u;", key.line);
	}
	ck_assert_msg(status == DW_NOT_FOUND, "%s", error.text);
	ck_assert_str_eq(list, texts[_i].keys);
}
END_TEST

static const struct {
	const char *text, *why;
} refused[] = {
	{"<html></html>", "an element 'html' where TrustAnchor is wanted"},
	{"<TrustAnchor>", "the text ends within an element"},
	{"<TrustAnchor", "'<TrustAnchor' is no element that is known here"},
	{"<!DOCTYPE x [<!ENTITY a \"b\">]>", "'<!DOCTYPE x [<!ENTIT' is no element that is known here"},
	{"<!-- never closed", "'<!-- never closed' is no element that is known here"},
	{"<?xml", "'<?xml' is no element that is known here"},
	{"<TrustAnchor>" KEY("") "</TrustAnchor>", "a KeyDigest without a Zone before it"},
	{ANCHOR("<KeyDigest></KeyDigest>"), "a KeyDigest without KeyTag"},
	{ANCHOR("<KeyDigest><KeyTag>1</KeyTag></KeyDigest>"), "a KeyDigest without Algorithm"},
	{ANCHOR("<KeyDigest>" FIELDS), "the text ends within an element"},
	{"<TrustAnchor><Zone>.</Zone><KeyDigest>" FIELDS, "the text ends within an element"},
	{ANCHOR(KEY(" validUntil=\"soon\"")), "is no time"},
	{ANCHOR(KEY(" validUntil=\"\"")), "is no time"},
	{ANCHOR(KEY(" validFrom=1970-01-01T00:00:00Z")), "is no time"},
	{ANCHOR(KEY(" validFrom=\"1970-01-01T00:00:00\"")), "is no time"},
	{ANCHOR(KEY(" validFrom=\"1970-01-01T00:00:00*00:00\"")), "is no time"},
	{ANCHOR(KEY(" validFrom=\"1970-13-01T00:00:00Z\"")), "is no time"},
	{ANCHOR(KEY(" validFrom=\"1970-01-01T00:00:00Z'")), "is no time"},
};

START_TEST(what_is_not_of_the_form_is_refused)
{
	struct dw_anchorxml xml = {.at = refused[_i].text, .line = 1};
	struct dw_anchorxml_key key;
	struct dw_error error = {0};
	enum dw_status status;

	do
		status = dw_anchorxml_next(&xml, &key, &error);
	while (status == DW_OK);
	ck_assert_int_eq(status, DW_INVALID);
	ck_assert_msg(strstr(error.text, refused[_i].why) != NULL, "%s", error.text);
}
END_TEST

START_TEST(values_have_a_bound)
{
	static char text[2000];
	struct dw_anchorxml xml = {.at = text, .line = 1};
	struct dw_anchorxml_key key;
	struct dw_error error = {0};

	strcpy(text, "<TrustAnchor><Zone>.</Zone><KeyDigest><Digest>");
	memset(text + strlen(text), 'A', DW_ANCHORXML_FIELD_MAX);
	strcat(text, "</Digest></KeyDigest></TrustAnchor>");
	ck_assert_int_eq(dw_anchorxml_next(&xml, &key, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "Digest of 256 octets");
}
END_TEST

START_TEST(other_texts_do_not_begin_as_xml_does)
{
	ck_assert(!dw_anchorxml_begins(""));
	ck_assert(!dw_anchorxml_begins(". IN DS 1"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/anchorxml");
	TCase *anchorxml = tcase_create("anchorxml");

	tcase_add_loop_test(anchorxml, each_key_is_read_with_its_time, 0, DW_ROWS(texts));
	tcase_add_loop_test(anchorxml, what_is_not_of_the_form_is_refused, 0, DW_ROWS(refused));
	tcase_add_test(anchorxml, values_have_a_bound);
	tcase_add_test(anchorxml, other_texts_do_not_begin_as_xml_does);
	suite_add_tcase(suite, anchorxml);
	return dw_suite_run(suite);
}
