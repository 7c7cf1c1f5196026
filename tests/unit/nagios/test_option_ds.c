#include "option_ds.h"

#include "support/suite.h"

#define DIGEST "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"

START_TEST(each_ds_is_added_to_the_list)
{
	struct dw_ds_list list = {0};

	for (unsigned i = 0; i < DW_DS_MAX; i++)
		ck_assert_int_eq(dw_option_ds("4711 13 2 " DIGEST, &list, NULL), DW_OK);
	ck_assert_uint_eq(list.n_ds, DW_DS_MAX);
	ck_assert_uint_eq(list.items[1].key_tag, 4711);
	ck_assert_uint_eq(list.items[1].algorithm, 13);
	ck_assert_uint_eq(list.items[1].digest_length, 32);
	ck_assert_uint_eq(list.items[1].digest[31], 0x1f);
	ck_assert_int_eq(dw_option_ds("4711 13 2 " DIGEST, &list, NULL), DW_LIMIT);
}
END_TEST

START_TEST(what_is_no_ds_is_refused)
{
	static const char *const texts[] = {"", "4711", "4711 13 2", ("70000 13 2 " DIGEST), "4711 13 2 xyz"};
	struct dw_ds_list list = {0};
	struct dw_error error = {0};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		ck_assert_int_eq(dw_option_ds(texts[i], &list, &error), DW_INVALID);
		ck_assert_str_ne(error.text, "");
	}
	ck_assert_uint_eq(list.n_ds, 0);
}
END_TEST

/* A text, and the types that it is; none when it is refused. */
static const struct {
	const char *text;
	unsigned n_types;
	uint8_t types[DW_DIGEST_LIST_MAX];
} lists[] = {
	{NULL, 1, {2}},
	{"2", 1, {2}},
	{"4,1,2", 3, {1, 2, 4}},
	{"sha-256,SHA-384", 2, {2, 4}},
	{"2,2,2", 1, {2}},
	{"", 0, {0}},
	{"3", 0, {0}},
	{"2,", 0, {0}},
	{",2", 0, {0}},
	{"22", 0, {0}},
	{"sha", 0, {0}},
};

START_TEST(digest_types_are_sorted_and_stand_once)
{
	struct dw_digest_list list = {3, {9, 9, 9}};
	const enum dw_status status = dw_option_digests(lists[_i].text, &list, NULL);

	ck_assert_int_eq(status, lists[_i].n_types == 0 ? DW_INVALID : DW_OK);
	if (status == DW_OK)
		ck_assert_uint_eq(list.n_types, lists[_i].n_types);
	for (unsigned i = 0; i < lists[_i].n_types; i++)
		ck_assert_uint_eq(list.types[i], lists[_i].types[i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/option_ds");
	TCase *tests = tcase_create("option_ds");

	tcase_add_test(tests, each_ds_is_added_to_the_list);
	tcase_add_test(tests, what_is_no_ds_is_refused);
	tcase_add_loop_test(tests, digest_types_are_sorted_and_stand_once, 0, DW_ROWS(lists));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
