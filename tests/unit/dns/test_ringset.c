#include "dns/ringset.h"

#include <stdlib.h>

#include "support/message.h"
#include "support/suite.h"

#define KEY_A "example.org. 9 IN DNSKEY 257 3 13 AAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
#define KEY_B "example.org. 9 IN DNSKEY 256 3 13 BBBBBBBBBBBBBBBBBBBBBBBBBBBB\n"
#define KEY_C "example.org. 9 IN DNSKEY 256 3 13 CCCCCCCCCCCCCCCCCCCCCCCCCCCC\n"

/* Takes the ring of keys in text. */
static struct dw_keyring *take(struct dw_ringset *rings, const char *keys)
{
	const struct dw_message_text text = {
		.bits = DW_BIT_QR, .question = "example.org. DNSKEY", .answer = keys};
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_message *message = malloc(sizeof(*message));
	uint8_t *wire = malloc(DW_MESSAGE_MAX);
	struct dw_keyring *ring = NULL;
	struct dw_rrset rrset;

	ck_assert(message != NULL && wire != NULL);
	dw_message_make(&text, wire, message);
	ck_assert(dw_rrset_find(message, DW_ANSWER, &zone, DW_TYPE_DNSKEY, &rrset));
	ck_assert_int_eq(dw_ringset_take(rings, &rrset, &ring, NULL), DW_OK);
	free(message);
	free(wire);
	return ring;
}

/* Two DNSKEY RRsets, and whether they share a ring. */
static const struct {
	const char *first, *second;
	bool shared;
} pairs[] = {
	{KEY_A KEY_B, KEY_A KEY_B, true},
	{KEY_A KEY_B, KEY_B KEY_A, true},
	{KEY_A KEY_B, KEY_A KEY_B KEY_B, true},
	{KEY_A KEY_B, KEY_A KEY_C, false},
	{KEY_A KEY_B, KEY_A, false},
	{KEY_A, KEY_A KEY_B, false},
};

START_TEST(servers_with_equal_keys_share_a_ring)
{
	struct dw_ringset rings = {.items = NULL};
	struct dw_keyring *first = take(&rings, pairs[_i].first), *second = take(&rings, pairs[_i].second);

	ck_assert((first == second) == pairs[_i].shared);
	ck_assert_ptr_eq(take(&rings, pairs[_i].first), first);
	ck_assert_ptr_eq(take(&rings, pairs[_i].second), second);
	dw_ringset_fini(&rings);
	ck_assert_ptr_null(rings.items);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ringset");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, servers_with_equal_keys_share_a_ring, 0, DW_ROWS(pairs));
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
