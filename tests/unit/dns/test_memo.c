#include "dns/memo.h"

#include <string.h>

#include "support/suite.h"

static struct dw_octets octets(const char *text)
{
	return (struct dw_octets){(const uint8_t *)text, strlen(text)};
}

START_TEST(a_verdict_is_known_by_all_that_it_depends_on)
{
	/* Two verifications, and whether the second is the same. */
	static const struct {
		const char *data, *signature, *key;
		bool known;
	} rows[] = {
		{"data", "signature", "key", true},
		{"dato", "signature", "key", false},
		{"data", "signaturo", "key", false},
		{"data", "signature", "kez", false},
		{"datas", "ignature", "key", false},
		{"data", "signaturek", "ey", false},
	};
	struct dw_memo memo = {0};
	uint8_t digest[DW_MEMO_DIGEST];
	bool good = false;

	ck_assert(dw_memo_digest(octets("data"), octets("signature"), octets("key"), digest));
	dw_memo_keep(&memo, digest, true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert(
			dw_memo_digest(octets(rows[i].data), octets(rows[i].signature), octets(rows[i].key), digest));
		ck_assert_int_eq(dw_memo_find(&memo, digest, &good), rows[i].known);
	}
	ck_assert(good);
}
END_TEST

START_TEST(a_bad_verdict_is_remembered_as_bad)
{
	struct dw_memo memo = {0};
	const uint8_t digest[DW_MEMO_DIGEST] = {1};
	bool good = true;

	dw_memo_keep(&memo, digest, false);
	ck_assert(dw_memo_find(&memo, digest, &good));
	ck_assert(!good);
}
END_TEST

START_TEST(the_oldest_verdict_makes_room)
{
	struct dw_memo memo = {0};
	uint8_t digest[DW_MEMO_DIGEST] = {0};
	bool good;

	for (unsigned i = 0; i <= DW_MEMO_MAX; i++) {
		digest[0] = (uint8_t)i;
		dw_memo_keep(&memo, digest, true);
	}
	ck_assert(dw_memo_find(&memo, digest, &good));
	digest[0] = 0;
	ck_assert(!dw_memo_find(&memo, digest, &good));
	digest[0] = 1;
	ck_assert(dw_memo_find(&memo, digest, &good));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/memo");
	TCase *memo = tcase_create("memo");

	tcase_add_test(memo, a_verdict_is_known_by_all_that_it_depends_on);
	tcase_add_test(memo, a_bad_verdict_is_remembered_as_bad);
	tcase_add_test(memo, the_oldest_verdict_makes_room);
	suite_add_tcase(suite, memo);
	return dw_suite_run(suite);
}
