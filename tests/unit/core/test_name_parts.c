#include "core/name.h"

#include "support/message.h"
#include "support/suite.h"

#define TEN   "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN
#define L63   SIXTY "klm"
#define L59   TEN TEN TEN TEN TEN "klmnopqrs"

static const struct {
	const char *name;
	unsigned labels;
	const char *ancestor;
} ancestors[] = {
	{"a.b.example.org", 4, "a.b.example.org"},
	{"a.b.example.org", 3, "b.example.org"},
	{"a.b.example.org", 1, "org"},
	{"a.b.example.org", 0, "."},
	{".", 0, "."},
	{"a\\.b.c", 1, "c"},
};

START_TEST(an_ancestor_has_as_many_labels_as_asked)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name name = dw_name_make(ancestors[_i].name);
	struct dw_name ancestor = dw_name_ancestor(&name, ancestors[_i].labels);

	ck_assert_str_eq(dw_name_format(&ancestor, text), ancestors[_i].ancestor);
	ck_assert_uint_eq(dw_name_labels(&ancestor), ancestors[_i].labels);
}
END_TEST

START_TEST(a_label_is_put_before_a_name)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name result, name = dw_name_make("example.org");

	ck_assert_int_eq(dw_name_prefix("*", &name, &result, NULL), DW_OK);
	ck_assert_str_eq(dw_name_format(&result, text), "*.example.org");
	ck_assert(dw_name_is_wildcard(&result));
	ck_assert(!dw_name_is_wildcard(&name));
	ck_assert_int_eq(dw_name_prefix("a.b", &name, &name, NULL), DW_OK);
	ck_assert_str_eq(dw_name_format(&name, text), "a\\.b.example.org");
	ck_assert_int_eq(dw_name_prefix("x", &dw_name_root, &name, NULL), DW_OK);
	ck_assert_str_eq(dw_name_format(&name, text), "x");
}
END_TEST

/* A name, how many of its labels stay, and the wildcard there. */
static const struct {
	const char *name;
	unsigned labels;
	const char *wildcard;
} wildcards[] = {
	{"www.example.org", 2, "*.example.org"},
	{"a.b.c.example.org", 2, "*.example.org"},
	{"www", 0, "*"},
	{"a." L63 "." L63 "." L63 "." L59, 4, "*." L63 "." L63 "." L63 "." L59},
};

START_TEST(a_wildcard_takes_the_place_of_the_labels_that_go)
{
	char text[DW_NAME_TEXT_MAX];
	const struct dw_name name = dw_name_make(wildcards[_i].name);
	const struct dw_name wildcard = dw_name_wildcard(&name, wildcards[_i].labels);

	ck_assert_str_eq(dw_name_format(&wildcard, text), wildcards[_i].wildcard);
	ck_assert(dw_name_is_wildcard(&wildcard));
	ck_assert_uint_eq(dw_name_labels(&wildcard), wildcards[_i].labels + 1);
}
END_TEST

START_TEST(a_label_that_makes_no_name_is_refused)
{
	struct dw_error error = {0};
	struct dw_name result, name = dw_name_make(L63 "." L63 "." L63 "." SIXTY);

	ck_assert_int_eq(dw_name_prefix("a", &name, &result, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "name with label 'a' is longer than 255 octets");
	ck_assert_int_eq(dw_name_prefix("", &dw_name_root, &result, &error), DW_INVALID);
	ck_assert_int_eq(dw_name_prefix(L63 "n", &dw_name_root, &result, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "label of 64 octets, where 1 to 63 fit");
	name = dw_name_make(L63 "." L63 "." L63 "." TEN TEN TEN TEN TEN "abcdefghi");
	ck_assert_int_eq(dw_name_prefix("a", &name, &result, &error), DW_OK);
	ck_assert_uint_eq(result.length, DW_NAME_MAX);
}
END_TEST

START_TEST(lower_case_is_for_letters_only)
{
	struct dw_name name = dw_name_make("aZ\\.A.\\064\\091\\192\\200.COM");
	char text[DW_NAME_TEXT_MAX];

	dw_name_lower(&name);
	ck_assert_str_eq(dw_name_format(&name, text), "az\\.a.\\064[\\192\\200.com");
}
END_TEST

START_TEST(a_wildcard_is_one_star_at_the_front)
{
	static const struct {
		const char *text;
		bool wildcard;
	} rows[] = {
		{"*", true}, {"*.org", true}, {"\\*.org", true}, {"**.org", false}, {"a.*", false}, {".", false}};

	for (int i = 0; i < DW_ROWS(rows); i++) {
		struct dw_name name = dw_name_make(rows[i].text);
		ck_assert(dw_name_is_wildcard(&name) == rows[i].wildcard);
	}
}
END_TEST

START_TEST(no_name_is_nothing)
{
	struct dw_name none = {0}, name = dw_name_make("a");
	char text[DW_NAME_TEXT_MAX];

	ck_assert_str_eq(dw_name_format(&none, text), "");
	ck_assert_uint_eq(dw_name_labels(&none), 0);
	ck_assert(!dw_name_equal(&none, &dw_name_root));
	ck_assert(!dw_name_within(&name, &none));
	ck_assert(!dw_name_within(&none, &name));
	ck_assert(!dw_name_is_wildcard(&none));
	ck_assert_str_eq(dw_name_format(&dw_name_root, text), ".");
}
END_TEST
int main(void)
{
	Suite *suite = suite_create("name_parts");
	TCase *parts = tcase_create("parts");

	tcase_add_loop_test(parts, an_ancestor_has_as_many_labels_as_asked, 0, DW_ROWS(ancestors));
	tcase_add_test(parts, a_label_is_put_before_a_name);
	tcase_add_loop_test(parts, a_wildcard_takes_the_place_of_the_labels_that_go, 0, DW_ROWS(wildcards));
	tcase_add_test(parts, a_label_that_makes_no_name_is_refused);
	tcase_add_test(parts, lower_case_is_for_letters_only);
	tcase_add_test(parts, a_wildcard_is_one_star_at_the_front);
	tcase_add_test(parts, no_name_is_nothing);
	suite_add_tcase(suite, parts);
	return dw_suite_run(suite);
}
