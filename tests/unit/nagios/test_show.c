#include "show.h"

#include <stdlib.h>

#include "support/suite.h"

static const struct {
	const char *text;
	size_t limit;
	bool unicode;
	const char *shown;
} texts[] = {
	{"plain", 9, false, "plain"},
	{"a|b\n\x7f", 9, false, "a?b??"},
	{"example", 7, false, "example"},
	{"a b c d e", 7, false, "a b ..."},
	{"xn--bcher-kva.example", 99, true, "bücher.example"},
	{"xn--bcher-kva.example", 99, false, "xn--bcher-kva.example"},
	{"xn--99999999999", 99, true, "xn--99999999999"},
	{"ü ü ü", 7, false, "ü ..."},
	{"", 9, true, ""},
};

START_TEST(text_is_bounded_and_safe_to_print)
{
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	dw_show_text(page, texts[_i].text, texts[_i].limit, texts[_i].unicode);
	(void)fclose(page);
	ck_assert_str_eq(text, texts[_i].shown);
	free(text);
}
END_TEST

START_TEST(names_and_moments_are_json_strings)
{
	struct dw_name name;
	json_t *text = NULL;

	ck_assert_int_eq(dw_name_parse("example.org", &name, NULL), DW_OK);
	text = dw_show_name(&name);
	ck_assert_str_eq(json_string_value(text), "example.org");
	json_decref(text);
	text = dw_show_moment(1795521600);
	ck_assert_str_eq(json_string_value(text), "2026-11-24T12:00:00Z");
	json_decref(text);
}
END_TEST

START_TEST(what_is_none_is_null)
{
	struct dw_name name = {0};
	json_t *value = dw_show_known_name(&name);

	ck_assert(json_is_null(value));
	ck_assert(json_is_null(dw_show_size(0)));
	value = dw_show_size(1232);
	ck_assert_int_eq(json_integer_value(value), 1232);
	json_decref(value);
	value = dw_show_type(48);
	ck_assert_str_eq(json_string_value(value), "DNSKEY");
	json_decref(value);
	ck_assert_int_eq(dw_name_parse(".", &name, NULL), DW_OK);
	value = dw_show_known_name(&name);
	ck_assert_str_eq(json_string_value(value), ".");
	json_decref(value);
}
END_TEST

START_TEST(a_ds_is_a_json_object)
{
	const struct dw_ds_fact ds = {4711, 13, 2, 2, {0xab, 0xcd}};
	json_t *object = dw_show_ds(&ds);
	const char *digest = NULL;
	int tag = 0, algorithm = 0, type = 0;

	ck_assert_int_eq(json_unpack(object, "{s:i, s:i, s:i, s:s !}", "key_tag", &tag, "algorithm", &algorithm,
						 "digest_type", &type, "digest", &digest),
		0);
	ck_assert_int_eq(tag, 4711);
	ck_assert_int_eq(algorithm, 13);
	ck_assert_int_eq(type, 2);
	ck_assert_str_eq(digest, "ABCD");
	json_decref(object);
}
END_TEST

START_TEST(a_ds_set_is_a_json_list)
{
	const struct dw_ds_fact set[] = {{4711, 13, 2, 2, {0xab, 0xcd}}, {12, 8, 2, 1, {1}}};
	json_t *list = dw_show_ds_set(set, 2), *none = dw_show_ds_set(NULL, 0);

	ck_assert_uint_eq(json_array_size(list), 2);
	ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(list, 1), "key_tag")), 12);
	ck_assert(json_is_array(none) && json_array_size(none) == 0);
	json_decref(list);
	json_decref(none);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/show");
	TCase *tests = tcase_create("show");

	tcase_add_loop_test(tests, text_is_bounded_and_safe_to_print, 0, DW_ROWS(texts));
	tcase_add_test(tests, names_and_moments_are_json_strings);
	tcase_add_test(tests, what_is_none_is_null);
	tcase_add_test(tests, a_ds_is_a_json_object);
	tcase_add_test(tests, a_ds_set_is_a_json_list);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
