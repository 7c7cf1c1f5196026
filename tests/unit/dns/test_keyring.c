#include "dns/keyring.h"

#include <stdio.h>

#include "support/message.h"
#include "support/prove.h"
#include "support/suite.h"

#define P256 "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA=="

/* A DNSKEY record, its state when it is read and when its key was asked for. */
static const struct {
	const char *rdata;
	enum dw_key_state state, tried;
} keys[] = {
	{"256 3 13 " P256, DW_KEY_USABLE, DW_KEY_USABLE},
	{"257 3 13 " P256, DW_KEY_USABLE, DW_KEY_USABLE},
	{"384 3 13 " P256, DW_KEY_REVOKED, DW_KEY_REVOKED},
	{"0 3 13 " P256, DW_KEY_NOT_ZONE_KEY, DW_KEY_NOT_ZONE_KEY},
	{"129 3 13 " P256, DW_KEY_NOT_ZONE_KEY, DW_KEY_NOT_ZONE_KEY},
	{"256 2 13 " P256, DW_KEY_NOT_DNSSEC, DW_KEY_NOT_DNSSEC},
	{"256 3 200 " P256, DW_KEY_ALGORITHM_UNSUPPORTED, DW_KEY_ALGORITHM_UNSUPPORTED},
	{"256 3 12 " P256, DW_KEY_ALGORITHM_UNSUPPORTED, DW_KEY_ALGORITHM_UNSUPPORTED},
	{"256 3 14 " P256, DW_KEY_USABLE, DW_KEY_BROKEN},
	{"384 3 14 " P256, DW_KEY_REVOKED, DW_KEY_BROKEN},
	{"\\# 4 0100030d", DW_KEY_USABLE, DW_KEY_BROKEN},
	{"\\# 3 010003", DW_KEY_BROKEN, DW_KEY_BROKEN},
	{"\\# 0", DW_KEY_BROKEN, DW_KEY_BROKEN},
};

static struct dw_keyring ring;

static void make_ring(const char *rdata)
{
	char line[512];

	snprintf(line, sizeof(line), "example. 3600 IN DNSKEY %s", rdata);
	dw_keyring_make(line, &ring);
}

START_TEST(every_record_has_an_entry_that_says_why_it_cannot_verify)
{
	make_ring(keys[_i].rdata);
	ck_assert_uint_eq(ring.n_keys, 1);
	ck_assert_int_eq(ring.keys[0].state, keys[_i].state);
	ck_assert_ptr_null(ring.keys[0].key);
	struct dw_key *key = dw_keyring_key(&ring, 0, NULL);
	ck_assert_int_eq(ring.keys[0].state, keys[_i].tried);
	ck_assert_int_eq(key != NULL, keys[_i].tried == DW_KEY_USABLE || keys[_i].tried == DW_KEY_REVOKED);
	ck_assert_ptr_eq(dw_keyring_key(&ring, 0, NULL), key);
	dw_keyring_fini(&ring);
}
END_TEST

START_TEST(an_entry_keeps_what_the_record_says)
{
	struct dw_name owner = dw_name_make("example.");

	make_ring("257 3 13 " P256);
	ck_assert(dw_name_equal(&ring.owner, &owner));
	ck_assert_uint_eq(ring.keys[0].flags, 257);
	ck_assert_uint_eq(ring.keys[0].protocol, 3);
	ck_assert_uint_eq(ring.keys[0].algorithm, 13);
	ck_assert_uint_eq(ring.keys[0].key_tag, 55648);
	ck_assert_uint_eq(ring.keys[0].rdata_length, 68);
	ck_assert_mem_eq(ring.keys[0].rdata, "\1\1\3\15\x1a\x88", 6);
	ck_assert(!ring.too_many);
	dw_keyring_fini(&ring);
	ck_assert_uint_eq(ring.n_keys, 0);
	dw_keyring_fini(&ring);
}
END_TEST

static const struct {
	unsigned n_records, n_keys;
	bool too_many;
} sizes[] = {
	{DW_KEYS_MAX, DW_KEYS_MAX, false}, {DW_KEYS_MAX + 1, DW_KEYS_MAX, true}, {200, DW_KEYS_MAX, true}};

START_TEST(a_ring_holds_a_bounded_number_of_keys)
{
	char text[16384];
	size_t length = 0;

	for (unsigned i = 0; i < sizes[_i].n_records; i++)
		length += (size_t)sprintf(text + length, "example. 3600 IN DNSKEY \\# 6 0100030d%04x\n", i);
	dw_keyring_make(text, &ring);
	ck_assert_uint_eq(ring.n_keys, sizes[_i].n_keys);
	ck_assert_int_eq(ring.too_many, sizes[_i].too_many);
	dw_keyring_fini(&ring);
}
END_TEST

START_TEST(records_that_are_no_keys_are_left_out)
{
	dw_keyring_make("example. 3600 IN A 192.0.2.1", &ring);
	ck_assert_uint_eq(ring.n_keys, 0);
	dw_keyring_fini(&ring);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/keyring");
	TCase *rings = tcase_create("rings");

	tcase_add_loop_test(rings, every_record_has_an_entry_that_says_why_it_cannot_verify, 0, DW_ROWS(keys));
	tcase_add_test(rings, an_entry_keeps_what_the_record_says);
	tcase_add_loop_test(rings, a_ring_holds_a_bounded_number_of_keys, 0, DW_ROWS(sizes));
	tcase_add_test(rings, records_that_are_no_keys_are_left_out);
	suite_add_tcase(suite, rings);
	return dw_suite_run(suite);
}
