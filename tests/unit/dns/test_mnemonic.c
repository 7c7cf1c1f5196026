#include "dns/mnemonic.h"

#include <ldns/ldns.h>

#include "support/suite.h"

static const struct {
	uint16_t number;
	const char *text;
} types[] = {
	{1, "A"},
	{46, "RRSIG"},
	{51, "NSEC3PARAM"},
	{54, "TYPE54"},
	{61, "OPENPGPKEY"},
	{65, "HTTPS"},
	{66, "DSYNC"},
	{67, "HHIT"},
	{68, "BRID"},
	{69, "TYPE69"},
	{128, "NXNAME"},
	{261, "RESINFO"},
	{262, "WALLET"},
	{263, "CLA"},
	{264, "IPN"},
	{265, "TYPE265"},
	{0, "TYPE0"},
	{255, "ANY"},
	{257, "CAA"},
	{32769, "DLV"},
	{65280, "TYPE65280"},
	{65535, "TYPE65535"},
};

START_TEST(a_type_has_its_mnemonic_or_its_number)
{
	char text[DW_TYPE_TEXT_MAX];

	ck_assert_ptr_eq(dw_type_text(types[_i].number, text), text);
	ck_assert_str_eq(text, types[_i].text);
}
END_TEST

START_TEST(ldns_reads_every_mnemonic_that_it_knows_as_the_same_type)
{
	unsigned n_known = 0;

	for (unsigned type = 1; type <= UINT16_MAX; type++) {
		char text[DW_TYPE_TEXT_MAX];
		ldns_rr_type read = ldns_get_rr_type_by_name(dw_type_text((uint16_t)type, text));
		/* 0 is a word that ldns lacks; MAILA and MAILB are one number in its table. */
		if (read == 0 || type == 253 || type == 254)
			continue;
		ck_assert_msg(read == type, "%s is %u", text, type);
		n_known++;
	}
	ck_assert_uint_gt(n_known, 65000);
}
END_TEST

static const struct {
	uint8_t number;
	const char *text;
} security[] = {
	{0, "DELETE"},
	{1, "RSAMD5"},
	{3, "DSA"},
	{4, "algorithm 4"},
	{5, "RSASHA1"},
	{6, "DSA-NSEC3-SHA1"},
	{7, "RSASHA1-NSEC3-SHA1"},
	{8, "RSASHA256"},
	{9, "algorithm 9"},
	{10, "RSASHA512"},
	{12, "ECC-GOST"},
	{13, "ECDSAP256SHA256"},
	{14, "ECDSAP384SHA384"},
	{15, "ED25519"},
	{16, "ED448"},
	{17, "SM2SM3"},
	{18, "algorithm 18"},
	{23, "ECC-GOST12"},
	{252, "INDIRECT"},
	{253, "PRIVATEDNS"},
	{254, "PRIVATEOID"},
	{255, "algorithm 255"},
};

START_TEST(an_algorithm_has_its_mnemonic_or_its_number)
{
	char text[DW_ALGORITHM_TEXT_MAX];

	ck_assert_str_eq(dw_algorithm_text(security[_i].number, text), security[_i].text);
}
END_TEST

static const struct {
	uint16_t number;
	const char *text;
} rcodes[] = {
	{0, "NOERROR"},
	{2, "SERVFAIL"},
	{3, "NXDOMAIN"},
	{5, "REFUSED"},
	{9, "NOTAUTH"},
	{12, "RCODE 12"},
	{16, "BADVERS"},
	{23, "BADCOOKIE"},
	{24, "RCODE 24"},
	{4095, "RCODE 4095"},
	{65535, "RCODE 65535"},
};

START_TEST(a_response_code_has_its_mnemonic_or_its_number)
{
	char text[DW_RCODE_TEXT_MAX];

	ck_assert_str_eq(dw_rcode_text(rcodes[_i].number, text), rcodes[_i].text);
}
END_TEST

static const struct {
	uint16_t number;
	const char *text;
} extended[] = {
	{0, "Other Error"},
	{6, "DNSSEC Bogus"},
	{7, "Signature Expired"},
	{10, "RRSIGs Missing"},
	{22, "No Reachable Authority"},
	{27, "Unsupported NSEC3 Iterations Value"},
	{30, "Invalid Query Type"},
	{31, "code 31"},
	{65535, "code 65535"},
};

START_TEST(an_extended_error_has_its_name_or_its_code)
{
	char text[DW_EDE_NAME_MAX];

	ck_assert_str_eq(dw_ede_text(extended[_i].number, text), extended[_i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/mnemonic");
	TCase *words = tcase_create("words");

	tcase_add_loop_test(words, a_type_has_its_mnemonic_or_its_number, 0, DW_ROWS(types));
	tcase_add_test(words, ldns_reads_every_mnemonic_that_it_knows_as_the_same_type);
	tcase_add_loop_test(words, an_algorithm_has_its_mnemonic_or_its_number, 0, DW_ROWS(security));
	tcase_add_loop_test(words, a_response_code_has_its_mnemonic_or_its_number, 0, DW_ROWS(rcodes));
	tcase_add_loop_test(words, an_extended_error_has_its_name_or_its_code, 0, DW_ROWS(extended));
	suite_add_tcase(suite, words);
	return dw_suite_run(suite);
}
