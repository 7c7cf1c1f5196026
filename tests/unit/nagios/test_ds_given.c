#include "ds_given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "support/message.h"
#include "support/suite.h"

#define DIGEST "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
#define KEY    "oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAf=="

/* A file, and what there is for example.org: DS, keys, zones that are others. */
static const struct {
	const char *text;
	enum dw_status status;
	unsigned n_ds, n_keys, n_strays;
} files[] = {
	{"example.org. IN DS 4711 13 2 " DIGEST, DW_OK, 1, 0, 0},
	{"example.org. IN CDS 4711 13 2 " DIGEST, DW_OK, 1, 0, 0},
	{"4711 13 2 " DIGEST, DW_OK, 1, 0, 0},
	{"example.org. IN DS 4711 13 2 " DIGEST "\nexample.org. IN DS 4711 13 2 " DIGEST, DW_OK, 1, 0, 0},
	{"example.org. IN DNSKEY 257 3 13 " KEY, DW_OK, 1, 1, 0},
	{"example.org. IN CDNSKEY 257 3 13 " KEY, DW_OK, 1, 1, 0},
	{"example.org. IN DNSKEY 256 3 13 " KEY, DW_OK, 1, 1, 0},
	{"example.org. IN DNSKEY 256 3 13 " KEY "\nexample.org. IN DNSKEY 257 3 13 " KEY, DW_OK, 1, 2, 0},
	{"example.org. IN DNSKEY 256 3 13 " KEY "\nexample.org. IN DS 4711 13 2 " DIGEST, DW_OK, 1, 1, 0},
	{"example.org. IN DNSKEY 257 3 13 " KEY "\nexample.org. IN DS 4711 13 2 " DIGEST, DW_OK, 2, 1, 0},
	{"example.net. IN DS 4711 13 2 " DIGEST, DW_OK, 0, 0, 1},
	{"a.test. IN DNSKEY 257 3 13 " KEY "\nb.test. IN DS 4711 13 2 " DIGEST "\nb.test. IN DS 1 13 2 " DIGEST,
		DW_OK, 0, 0, 2},
	{"example.com. IN DS 4711 13 2 " DIGEST, DW_OK, 0, 0, 0},
	{"example.org. IN CDS 0 0 0 00", DW_INVALID, 0, 0, 0},
};

static void read_file(const char *text, struct dw_keyfile *file)
{
	ck_assert_int_eq(dw_keyfile_parse(text, strlen(text), "file", file, NULL), DW_OK);
}

START_TEST(each_record_goes_where_it_belongs)
{
	struct dw_zone_list *zones = calloc(1, sizeof *zones);
	const struct dw_ds_list none = {0};
	struct dw_keyfile file = {0};
	struct dw_ds_given given;

	zones->n_zones = 2;
	zones->items[0] = dw_name_make("example.org");
	zones->items[1] = dw_name_make("example.com");
	read_file(files[_i].text, &file);
	ck_assert_int_eq(dw_ds_given_sort(&none, &file, zones, &zones->items[0], &given, NULL), files[_i].status);
	if (files[_i].status == DW_OK) {
		ck_assert_uint_eq(given.n_ds, files[_i].n_ds);
		ck_assert_uint_eq(given.n_keys, files[_i].n_keys);
		ck_assert_uint_eq(given.n_strays, files[_i].n_strays);
		ck_assert_ptr_null(given.typed);
	}
	dw_keyfile_fini(&file);
	free(zones);
}
END_TEST

START_TEST(strays_are_counted_and_capitals_are_kept)
{
	const struct dw_zone_list zones = {.n_zones = 0};
	const struct dw_ds_list one = {1, {{.key_tag = 9, .algorithm = 13, .digest_type = 2}}};
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_keyfile file = {0};
	struct dw_ds_given given;

	read_file("\nb.test. IN DS 1 13 2 " DIGEST "\nExample.ORG. IN DS 2 13 2 " DIGEST
			  "\nB.test. IN DS 3 13 2 " DIGEST,
		&file);
	ck_assert_int_eq(dw_ds_given_sort(&one, &file, &zones, &zone, &given, NULL), DW_OK);
	ck_assert_uint_eq(given.n_ds, 2);
	ck_assert_uint_eq(given.ds[0].key_tag, 2);
	ck_assert_uint_eq(given.ds[1].key_tag, 9);
	ck_assert_uint_eq(given.n_strays, 1);
	ck_assert_uint_eq(given.strays[0].n_records, 2);
	ck_assert_uint_eq(given.strays[0].line, 2);
	ck_assert_ptr_nonnull(given.typed);
	ck_assert_mem_eq(given.typed->wire, "\7Example\3ORG", 13);
	dw_keyfile_fini(&file);
}
END_TEST

START_TEST(more_records_than_a_set_has_are_refused)
{
	const struct dw_zone_list zones = {.n_zones = 0};
	const struct dw_ds_list none = {0};
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_keyfile file = {0};
	struct dw_ds_given given;
	char line[120];

	for (unsigned i = 0; i <= DW_DS_MAX; i++) {
		(void)snprintf(line, sizeof line, "%u 13 2 " DIGEST, i);
		read_file(line, &file);
	}
	ck_assert_int_eq(dw_ds_given_sort(&none, &file, &zones, &zone, &given, NULL), DW_LIMIT);
	dw_keyfile_fini(&file);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/ds_given");
	TCase *tests = tcase_create("ds_given");

	tcase_add_loop_test(tests, each_record_goes_where_it_belongs, 0, DW_ROWS(files));
	tcase_add_test(tests, strays_are_counted_and_capitals_are_kept);
	tcase_add_test(tests, more_records_than_a_set_has_are_refused);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
