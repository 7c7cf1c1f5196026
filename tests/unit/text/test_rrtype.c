#include "text/rrtype.h"

#include <string.h>

#include "dns/wire.h"
#include "support/suite.h"

static const struct {
	const char *text;
	uint16_t type;
} types[] = {
	{"A", 1},
	{"a", 1},
	{"MX", 15},
	{"mX", 15},
	{"AAAA", 28},
	{"DNSKEY", 48},
	{"nsec3param", 51},
	{"CDS", 59},
	{"CDNSKEY", 60},
	{"NULL", 10},
	{"NSAP-PTR", 23},
	{"SVCB", 64},
	{"https", 65},
	{"URI", 256},
	{"CAA", 257},
	{"amtrelay", 260},
	{"dsync", 66},
	{"WALLET", 262},
	{"IPN", 264},
	{"TA", 32768},
	{"DLV", 32769},
	{"TYPE1", 1},
	{"type15", 15},
	{"TYPE00015", 15},
	{"Type257", 257},
	{"TYPE65280", 65280},
	{"TYPE65535", 65535},
};

START_TEST(a_type_is_read_by_name_or_number)
{
	struct dw_error error = {0};
	uint16_t type = 0;

	ck_assert_msg(dw_rrtype_parse(types[_i].text, &type, &error) == DW_OK, "%s", error.text);
	ck_assert_uint_eq(type, types[_i].type);
}
END_TEST

static const struct {
	const char *text, *why;
} refused[] = {
	{"", "no record type is given"},
	{"XYZZY", "'XYZZY' is no record type"},
	{" A", "' A' is no record type"},
	{"A ", "'A ' is no record type"},
	{"1", "'1' is no record type"},
	{"MX2", "'MX2' is no record type"},
	{"A\n", "'A?' is no record type"},
	{"TYPE", "'TYPE' is not TYPE with a number from 1 to 65535"},
	{"TYPE5x", "'TYPE5x' is not TYPE with a number"},
	{"TYPE-1", "'TYPE-1' is not TYPE with a number"},
	{"TYPE 1", "'TYPE 1' is not TYPE with a number"},
	{"TYPE65536", "'TYPE65536' is not TYPE with a number"},
	{"TYPE65537", "'TYPE65537' is not TYPE with a number"},
	{"TYPE4294967297", "is not TYPE with a number"},
	{"TYPE0", "type 'TYPE0' is reserved"},
	{"OPT", "type 'OPT' belongs to a message"},
	{"opt", "type 'opt' belongs to a message"},
	{"TYPE41", "type 'TYPE41' belongs to a message"},
	{"RRSIG", "type 'RRSIG' is never asked for by itself; name the type that the signature covers"},
	{"TYPE46", "is never asked for by itself"},
	{"ANY", "type 'ANY' asks for whatever there is"},
	{"AXFR", "type 'AXFR' asks for a transfer"},
	{"IXFR", "type 'IXFR' asks for a transfer"},
	{"TSIG", "type 'TSIG' signs a transaction"},
	{"TKEY", "type 'TKEY' makes keys"},
	{"NXNAME", "type 'NXNAME' is a mark in the bit map"},
	{"MAILA", "type 'MAILA' is an obsolete question"},
	{"MAILB", "type 'MAILB' is an obsolete question"},
	{"TYPE128", "is a mark in the bit map"},
	{"TYPE129", "type 'TYPE129' is for questions and messages only"},
	{"TYPE200", "type 'TYPE200' is for questions and messages only"},
};

START_TEST(what_no_zone_holds_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	uint16_t type = 7;

	ck_assert_int_eq(dw_rrtype_parse(refused[_i].text, &type, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, refused[_i].why) != NULL, "%s", error.text);
	ck_assert_uint_eq(type, 7);
}
END_TEST

START_TEST(the_text_of_a_type_is_read_as_that_type)
{
	char text[DW_TYPE_TEXT_MAX];
	unsigned n_read = 0;

	for (unsigned number = 0; number <= UINT16_MAX; number++) {
		uint16_t type = 0;
		dw_type_text((uint16_t)number, text);
		if (dw_rrtype_parse(text, &type, NULL) != DW_OK)
			continue;
		ck_assert_uint_eq(type, number);
		n_read++;
	}
	/* All but 0, OPT, RRSIG and 128 to 255. */
	ck_assert_uint_eq(n_read, 65536 - 3 - 128);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/rrtype");
	TCase *rrtype = tcase_create("rrtype");

	tcase_add_loop_test(rrtype, a_type_is_read_by_name_or_number, 0, DW_ROWS(types));
	tcase_add_loop_test(rrtype, what_no_zone_holds_is_refused_with_the_reason, 0, DW_ROWS(refused));
	tcase_add_test(rrtype, the_text_of_a_type_is_read_as_that_type);
	suite_add_tcase(suite, rrtype);
	return dw_suite_run(suite);
}
