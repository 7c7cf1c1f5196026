#include "core/name.h"

#include <string.h>

#include "support/suite.h"

#define TEN     "abcdefghij"
#define SIXTY   TEN TEN TEN TEN TEN TEN
#define L63     SIXTY "klm"
#define L61     SIXTY "k"
#define L62     SIXTY "kl"
#define LONGEST L63 "." L63 "." L63 "." L61

static struct dw_name name_of(const char *text)
{
	struct dw_error error = {0};
	struct dw_name name;

	ck_assert_msg(dw_name_parse(text, &name, &error) == DW_OK, "%s", error.text);
	return name;
}

/* The octets of a string, without its NUL. */
#define OCTETS(string) (string), sizeof(string) - 1

static const struct {
	const char *text, *wire;
	size_t length;
	const char *shown;
} names[] = {
	{".", OCTETS("\0"), "."},
	{"a", OCTETS("\1a\0"), "a"},
	{"a.", OCTETS("\1a\0"), "a"},
	{"www.Example.ORG", OCTETS("\3www\7Example\3ORG\0"), "www.Example.ORG"},
	{"*.example.org.", OCTETS("\1*\7example\3org\0"), "*.example.org"},
	{"_dmarc.x-y.example", OCTETS("\6_dmarc\3x-y\7example\0"), "_dmarc.x-y.example"},
	{"0/25.in-addr.arpa", OCTETS("\4\060/25\7in-addr\4arpa\0"), "0/25.in-addr.arpa"},
	/* A dot, a backslash and NUL inside a label; a digit written as an escape. */
	{"a\\.b.c", OCTETS("\3a.b\1c\0"), "a\\.b.c"},
	{"a\\046b.c", OCTETS("\3a.b\1c\0"), "a\\.b.c"},
	{"\\\\", OCTETS("\1\\\0"), "\\\\"},
	{"\\000.x", OCTETS("\1\0\1x\0"), "\\000.x"},
	{"\\000\\000", OCTETS("\2\0\0\0"), "\\000\\000"},
	{"\\255\\128\\127\\031", OCTETS("\4\xff\x80\x7f\x1f\0"), "\\255\\128\\127\\031"},
	{"\\049\\097", OCTETS("\2\061a\0"), "1a"},
	{"\\x\\-\\.", OCTETS("\3x-.\0"), "x-\\."},
	{"\\.", OCTETS("\1.\0"), "\\."},
	/* What means something to a zone file, Nagios or a shell. */
	{"a|b", OCTETS("\3a|b\0"), "a\\124b"},
	{"a;b", OCTETS("\3a;b\0"), "a\\059b"},
	{"a\"b'c`d", OCTETS("\7a\"b'c`d\0"), "a\\034b\\039c\\096d"},
	{"$<>&~", OCTETS("\5$<>&~\0"), "\\036\\060\\062\\038\\126"},
	{"a\\ b", OCTETS("\3a b\0"), "a\\032b"},
	{"a@b=c", OCTETS("\5a@b=c\0"), "a\\064b\\061c"},
	{"(a)", OCTETS("\3(a)\0"), "\\(a\\)"},
	/* The longest label, the longest name, the most labels. */
	{L63 ".x", OCTETS("\77" L63 "\1x\0"), L63 ".x"},
	{LONGEST, OCTETS("\77" L63 "\77" L63 "\77" L63 "\75" L61 "\0"), LONGEST},
	{LONGEST ".", OCTETS("\77" L63 "\77" L63 "\77" L63 "\75" L61 "\0"), LONGEST},
};

START_TEST(a_name_is_read_and_written)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name name = name_of(names[_i].text);

	ck_assert_uint_eq(name.length, names[_i].length);
	ck_assert_mem_eq(name.wire, names[_i].wire, names[_i].length);
	ck_assert_str_eq(dw_name_format(&name, text), names[_i].shown);
	struct dw_name again = name_of(text);
	ck_assert_uint_eq(again.length, name.length);
	ck_assert_mem_eq(again.wire, name.wire, name.length);
}
END_TEST

START_TEST(a_name_is_read_from_its_octets)
{
	struct dw_name read, parsed = name_of(names[_i].text);
	uint8_t octets[DW_NAME_MAX + 2];

	memcpy(octets, names[_i].wire, names[_i].length);
	memset(octets + names[_i].length, 0xff, 2);
	ck_assert_int_eq(dw_name_read(octets, names[_i].length + 2, &read, NULL), DW_OK);
	ck_assert_uint_eq(read.length, names[_i].length);
	ck_assert_mem_eq(read.wire, parsed.wire, read.length);
	for (size_t length = 0; length < names[_i].length; length++)
		ck_assert_int_eq(dw_name_read(octets, length, &read, NULL), DW_MALFORMED);
}
END_TEST

static const struct {
	const char *text, *why;
} refused[] = {
	{"", "name is empty"},
	{"..", "name '..': label 1 is empty"},
	{".a", "name '.a': label 1 is empty"},
	{"a..b", "name 'a..b': label 2 is empty"},
	{"a..", "name 'a..': label 2 is empty"},
	{"a\\", "name 'a\\': nothing follows the last '\\'"},
	{"a.\\256", "name 'a.\\256': label 2: '\\256' is above 255"},
	{"\\999", "'\\999' is above 255"},
	{"\\1", "label 1: '\\' takes three digits or one other character"},
	{"\\12x", "label 1: '\\' takes three digits or one other character"},
	{"\\1.2", "label 1: '\\' takes three digits or one other character"},
	{"a b", "label 1: octet 32 must be written as '\\032'"},
	{"a\n", "label 1: octet 10 must be written as '\\010'"},
	{"x.m\303\274nchen", "label 2: octet 195 must be written as '\\195'"},
	{"\x7f", "label 1: octet 127 must be written as '\\127'"},
	{"x." L63 "n", "label 2 is longer than 63 octets"},
	{L63 "\\000", "label 1 is longer than 63 octets"},
	{L63 "." L63 "." L63 "." L62, "longer than 255 octets"},
	{LONGEST ".a", "longer than 255 octets"},
};

START_TEST(what_is_no_name_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	struct dw_name name;

	ck_assert_int_eq(dw_name_parse(refused[_i].text, &name, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, refused[_i].why) != NULL, "%s", error.text);
}
END_TEST

START_TEST(the_most_labels_are_127_and_the_root)
{
	char text[2 * DW_LABELS_MAX + 1] = {0};
	struct dw_name name;
	struct dw_error error = {0};

	for (int i = 0; i < 127; i++)
		strcat(text, "a.");
	ck_assert_int_eq(dw_name_parse(text, &name, &error), DW_OK);
	ck_assert_uint_eq(name.length, DW_NAME_MAX);
	ck_assert_uint_eq(dw_name_labels(&name), 127);
	ck_assert_int_eq(dw_name_compare(&name, &name), 0);
	text[2 * 127] = 'a';
	ck_assert_int_eq(dw_name_parse(text, &name, &error), DW_INVALID);
}
END_TEST

START_TEST(the_longest_text_fits)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name name = name_of(LONGEST);

	for (size_t at = 0; name.wire[at] != 0; at += (size_t)name.wire[at] + 1)
		memset(name.wire + at + 1, 0xff, name.wire[at]);
	dw_name_format(&name, text);
	ck_assert_uint_eq(strlen(text), 4 * 250 + 3);
	struct dw_name again = name_of(text);
	ck_assert(dw_name_equal(&again, &name));
}
END_TEST

static const struct {
	const char *octets;
	size_t length;
	const char *why;
} malformed[] = {
	{OCTETS(""), "name does not end within 0 octets"},
	{OCTETS("\1"), "name does not end within 1 octets"},
	{OCTETS("\1a"), "name does not end within 2 octets"},
	{OCTETS("\100a"), "name has a label of type or length 64"},
	{OCTETS("\300\014"), "name has a label of type or length 192"},
	{OCTETS("\1a\300\0"), "name has a label of type or length 192"},
	{OCTETS("\77" L63 "\77" L63 "\77" L63 "\76" L62 "\0"), "name is longer than 255 octets"},
	{OCTETS("\77" L63 "\77" L63 "\77" L63 "\77" L63 "\0"), "name is longer than 255 octets"},
};

START_TEST(octets_that_are_no_name_are_malformed)
{
	struct dw_error error = {0};
	struct dw_name name;

	ck_assert_int_eq(dw_name_read((const uint8_t *)malformed[_i].octets, malformed[_i].length, &name, &error),
		DW_MALFORMED);
	ck_assert_str_eq(error.text, malformed[_i].why);
}
END_TEST

START_TEST(every_octet_is_shown_safely_and_read_back)
{
	static const char safe[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_*/+:,!#%^?[]{}\\.()";
	char text[DW_NAME_TEXT_MAX];
	struct dw_name name = {.length = 3, .wire = {1, 0, 0}};

	for (unsigned octet = 0; octet <= UINT8_MAX; octet++) {
		name.wire[1] = (uint8_t)octet;
		dw_name_format(&name, text);
		ck_assert_uint_eq(strspn(text, safe), strlen(text));
		struct dw_name again = name_of(text);
		ck_assert_uint_eq(again.length, 3);
		ck_assert_uint_eq(again.wire[1], octet);
	}
}
END_TEST

/* RFC 4034 6.1, and a few more of the same kind, in their order. */
static const char *const ordered[] = {".", "com", "example", "a.example", "yljkjljk.a.example", "Z.a.example",
	"zABC.a.EXAMPLE", "zz.example", "\\001.zz.example", "*.zz.example", "\\200.zz.example", "zz\\001.example",
	"zz-.example", "zzz.example", "example0"};

START_TEST(names_have_the_canonical_order)
{
	struct dw_name name = name_of(ordered[_i]);

	for (int i = 0; i < DW_ROWS(ordered); i++) {
		struct dw_name other = name_of(ordered[i]);
		int order = dw_name_compare(&name, &other);
		ck_assert_msg((order > 0) - (order < 0) == (_i > i) - (_i < i), "%s and %s", ordered[_i], ordered[i]);
		ck_assert(dw_name_equal(&name, &other) == (_i == i));
	}
}
END_TEST

static const struct {
	const char *a, *b;
	bool equal;
} pairs[] = {
	{"example.org", "EXAMPLE.Org", true},
	{".", ".", true},
	{"a", "b", false},
	{"a", ".", false},
	{"a.b", "ab", false},
	{"a\\.b", "a.b", false},
	/* Case is for letters only: '@' and '`', '[' and '{' differ by the same bit. */
	{"\\064", "\\096", false},
	{"\\091", "\\123", false},
	{"\\193", "\\225", false},
};

START_TEST(names_are_equal_but_for_the_case_of_letters)
{
	struct dw_name a = name_of(pairs[_i].a), b = name_of(pairs[_i].b);

	ck_assert(dw_name_equal(&a, &b) == pairs[_i].equal);
	ck_assert(dw_name_equal(&b, &a) == pairs[_i].equal);
	ck_assert((dw_name_compare(&a, &b) == 0) == pairs[_i].equal);
}
END_TEST

static const struct {
	const char *name, *ancestor;
	bool within;
} families[] = {
	{"www.example.org", "example.org", true},
	{"www.example.org", "EXAMPLE.ORG", true},
	{"www.example.org", "org", true},
	{"www.example.org", ".", true},
	{"example.org", "example.org", true},
	{".", ".", true},
	{"example.org", "www.example.org", false},
	{".", "org", false},
	{"wwwexample.org", "example.org", false},
	{"www.example.com", "example.org", false},
	/* The octets of the ancestor, but not at a label. */
	{"x\\003org", "org", false},
	{"xx\\001a", "a", false},
};

START_TEST(a_name_lies_within_its_ancestors)
{
	struct dw_name name = name_of(families[_i].name), ancestor = name_of(families[_i].ancestor);

	ck_assert(dw_name_within(&name, &ancestor) == families[_i].within);
}
END_TEST
int main(void)
{
	Suite *suite = suite_create("core/name");
	TCase *text = tcase_create("text");
	TCase *order = tcase_create("order");

	tcase_add_loop_test(text, a_name_is_read_and_written, 0, DW_ROWS(names));
	tcase_add_loop_test(text, a_name_is_read_from_its_octets, 0, DW_ROWS(names));
	tcase_add_loop_test(text, what_is_no_name_is_refused_with_the_reason, 0, DW_ROWS(refused));
	tcase_add_test(text, the_most_labels_are_127_and_the_root);
	tcase_add_test(text, the_longest_text_fits);
	tcase_add_loop_test(text, octets_that_are_no_name_are_malformed, 0, DW_ROWS(malformed));
	tcase_add_test(text, every_octet_is_shown_safely_and_read_back);
	suite_add_tcase(suite, text);
	tcase_add_loop_test(order, names_have_the_canonical_order, 0, DW_ROWS(ordered));
	tcase_add_loop_test(order, names_are_equal_but_for_the_case_of_letters, 0, DW_ROWS(pairs));
	tcase_add_loop_test(order, a_name_lies_within_its_ancestors, 0, DW_ROWS(families));
	suite_add_tcase(suite, order);
	return dw_suite_run(suite);
}
