#include "dns/keyform.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

/* Public key fields of RSA in hex, and the numbers in them; NULL when the field is none. */
static const struct {
	const char *field, *exponent, *modulus;
} fields[] = {
	{"03 010001 c0ffee", "010001", "c0ffee"},
	{"01 03 c0", "03", "c0"},
	{"00 0003 010001 c0ffee", "010001", "c0ffee"},
	{"00 0001 03 c0", "03", "c0"},
	/* Leading zeros. */
	{"04 00010001 0000c0ffee", "010001", "c0ffee"},
	{"00 0004 00010001 00c0ffee", "010001", "c0ffee"},
	/* Cut short, or nothing but zeros. */
	{"", NULL, NULL},
	{"03", NULL, NULL},
	{"03 0100", NULL, NULL},
	{"03 010001", NULL, NULL},
	{"00", NULL, NULL},
	{"00 00", NULL, NULL},
	{"00 0003", NULL, NULL},
	{"00 0003 010001", NULL, NULL},
	{"00 0000 c0ffee", NULL, NULL},
	{"00 ffff 010001 c0ffee", NULL, NULL},
	{"01 00 c0ffee", NULL, NULL},
	{"01 03 0000", NULL, NULL},
};

static void check_octets(struct dw_octets octets, const char *hex)
{
	uint8_t expected[64];
	size_t length = dw_octets_make(hex, expected, sizeof(expected));

	ck_assert_uint_eq(octets.length, length);
	ck_assert_mem_eq(octets.octets, expected, length);
}

START_TEST(an_rsa_field_is_an_exponent_and_a_modulus)
{
	uint8_t octets[64];
	struct dw_octets field = {octets, dw_octets_make(fields[_i].field, octets, sizeof(octets))};
	struct dw_octets exponent, modulus;
	bool made = dw_keyform_rsa(field, &exponent, &modulus);

	ck_assert_int_eq(made, fields[_i].exponent != NULL);
	if (!made)
		return;
	check_octets(exponent, fields[_i].exponent);
	check_octets(modulus, fields[_i].modulus);
}
END_TEST

static const struct {
	const char *number;
	size_t bits;
} numbers[] = {{"", 0}, {"01", 1}, {"80", 8}, {"ff", 8}, {"7f", 7}, {"0100", 9}, {"c0ffee", 24}};

START_TEST(bits_count_from_the_highest_that_is_set)
{
	uint8_t octets[64];
	struct dw_octets number = {octets, dw_octets_make(numbers[_i].number, octets, sizeof(octets))};

	ck_assert_uint_eq(dw_keyform_bits(number), numbers[_i].bits);
}
END_TEST

static const struct {
	const char *signature; /* r and s */
	const char *der;
} signatures[] = {
	{"0102 0304", "3008 02020102 02020304"},
	{"00ff 8000", "3009 020200ff 0203008000"},
	{"0000 007f", "3006 020100 02017f"},
	{"ffff ffff", "300a 020300ffff 020300ffff"},
};

START_TEST(r_and_s_become_two_positive_integers)
{
	uint8_t octets[64], der[DW_KEYFORM_DER_MAX];
	size_t size = dw_octets_make(signatures[_i].signature, octets, sizeof(octets)) / 2;

	check_octets((struct dw_octets){der, dw_keyform_der(octets, size, der)}, signatures[_i].der);
}
END_TEST

START_TEST(the_longest_signature_fits)
{
	uint8_t octets[2 * DW_KEYFORM_COORDINATE_MAX], der[DW_KEYFORM_DER_MAX];

	memset(octets, 0xff, sizeof(octets));
	ck_assert_uint_eq(dw_keyform_der(octets, DW_KEYFORM_COORDINATE_MAX, der), DW_KEYFORM_DER_MAX);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/keyform");
	TCase *forms = tcase_create("forms");

	tcase_add_loop_test(forms, an_rsa_field_is_an_exponent_and_a_modulus, 0, DW_ROWS(fields));
	tcase_add_loop_test(forms, bits_count_from_the_highest_that_is_set, 0, DW_ROWS(numbers));
	tcase_add_loop_test(forms, r_and_s_become_two_positive_integers, 0, DW_ROWS(signatures));
	tcase_add_test(forms, the_longest_signature_fits);
	suite_add_tcase(suite, forms);
	return dw_suite_run(suite);
}
