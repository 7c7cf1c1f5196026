#include "dns/likeness.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

#define DIGEST "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"

/* What becomes of the SHA-256 digest above, and the word for it; none when nothing may be seen in it. */
static const struct {
	const char *published, *word;
} forms[] = {
	{DIGEST, NULL},
	{"1F1E1D1C1B1A191817161514131211100F0E0D0C0B0A09080706050403020100", "byte-order"},
	{"010003020504070609080B0A0D0C0F0E111013121514171619181B1A1D1C1F1E", "byte-order"},
	{"03020100070605040B0A09080F0E0D0C13121110171615141B1A19181F1E1D1C", "byte-order"},
	{"07060504030201000F0E0D0C0B0A090817161514131211101F1E1D1C1B1A1918", "byte-order"},
	{"00102030405060708090A0B0C0D0E0F001112131415161718191A1B1C1D1E1F1", "byte-order"},
	{"F1E1D1C1B1A191817161514131211101F0E0D0C0B0A090807060504030201000", "byte-order"},
	{"1E1F1C1D1A1B18191617141512131011"
	 "0E0F0C0D0A0B08090607040502030001",
		"byte-order"},
	{"1C1D1E1F18191A1B14151617101112130C0D0E0F08090A0B0405060700010203", "byte-order"},
	{"18191A1B1C1D1E1F101112131415161708090A0B0C0D0E0F0001020304050607", "byte-order"},
	{"131211100F0E0D0C0B0A09080706050403020100", "byte-order"},
	{"1F1E1D1C1B1A191817161514131211100F0E0D0C", "byte-order"},
	{"00010203", "truncated-digest"},
	{"000102030405060708090A0B0C0D0E0F10111213", "truncated-digest"},
	{"0C0D0E0F101112131415161718191A1B1C1D1E1F", "digest-length"},
	{DIGEST "00", "digest-length"},
	{"FFFF" DIGEST, "digest-length"},
	{"3030303130323033303430353036303730383039304130423043304430453046313031313132313331343135313631373138313"
	 "9"
	 "31413142314331443145"
	 "3146",
		"digest-length"},
};

START_TEST(each_form_of_a_digest_is_seen_for_what_it_is)
{
	struct dw_likeness likenesses[DW_LIKENESSES_MAX];
	uint8_t digest[DW_DIGEST_MAX] = {0};
	struct dw_ds_fact ds = {0};
	unsigned found = 0;

	dw_octets_make(DIGEST, digest, sizeof(digest));
	ds.digest_length = (uint8_t)dw_octets_make(forms[_i].published, ds.digest, sizeof(ds.digest));
	const unsigned n = dw_likeness_list(&ds, 7, likenesses);
	for (unsigned i = 0; i < n; i++) {
		ck_assert_uint_eq(likenesses[i].ds, 7);
		ck_assert_uint_le((unsigned)likenesses[i].at + likenesses[i].length, DW_DIGEST_MAX);
		if (likenesses[i].digest_type != 2 || !dw_likeness_has(&likenesses[i], digest))
			continue;
		ck_assert_pstr_eq(likenesses[i].word, forms[_i].word);
		found++;
	}
	ck_assert_uint_eq(found, 1);
	digest[20] ^= 1;
	digest[3] ^= 1;
	for (unsigned i = 0; i < n; i++)
		ck_assert(likenesses[i].digest_type != 2 || !dw_likeness_has(&likenesses[i], digest));
}
END_TEST

START_TEST(any_length_fits_the_list)
{
	struct dw_likeness likenesses[DW_LIKENESSES_MAX];

	for (uint8_t length = 0; length <= DW_DS_DIGEST_MAX; length++) {
		struct dw_ds_fact ds = {.digest_length = length};
		memset(ds.digest, '0', sizeof(ds.digest));
		const unsigned n = dw_likeness_list(&ds, 0, likenesses);
		ck_assert_uint_le(n, DW_LIKENESSES_MAX);
		ck_assert(length < 4 ? n == 0 : n > 0);
		for (unsigned i = 0; i < n; i++)
			ck_assert_uint_ge(likenesses[i].length, 4);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("likeness");
	TCase *test = tcase_create("likeness");

	tcase_add_loop_test(test, each_form_of_a_digest_is_seen_for_what_it_is, 0, DW_ROWS(forms));
	tcase_add_test(test, any_length_fits_the_list);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
