#include "text/toolline.h"

#include "support/suite.h"

static const struct {
	const char *line;
	bool passes;
} rows[] = {
	{"This is a Native zone", true},
	{"Metadata items: None", true},
	{"Zone has NSEC semantics", true},
	{"Zone is not presigned", true},
	{"keys: ", true},
	{"ID = 1 (CSK), flags = 257, tag = 40724, algo = 13, bits = 256\t  Active\t Published  ( ED25519 ) ",
		true},
	{"KSK, tag = 50185, algo = 13, bits = 256", true},
	{"No keys for zone 'example.org'.", true},
	{"key export completed in 0 seconds.", true},
	{"WARNING: DS digest type 0 is deprecated", true},
	{"DS record 1", true},
	{"DS Data:", true},
	{"DNSKEY record #2:", true},
	{"DS = example.org. IN DS 1 13 2 00", false},
	{"CSK DNSKEY = example.org. IN DNSKEY 257 3 13 AA==", false},
	{"Zone: example.org", false},
	{"example.org. IN DS 1 13 2 00", false},
	{"DS 1 13 2 00 00 00 00 00 00 00 00 00 00 00 00 00", false},
	{"372669d6d6b3e88db91cbfd9a8e17bd1c9e4a717 52457 ZSK ECDSAP256SHA256 publish=1795529557", true},
	{"97285e07864c6bc69f91fb82adef68fb59960a22 60407 KSK ECDSAP256SHA256 publish=-45m", true},
	{"example.org                   KSK  Act Pub 256     ECDSAP256SHA256 3    cryptokeys  31886", true},
	{"example.org                   ZSK  -   Pub 256     ECDSAP256SHA256 3    cryptokeys  31886", true},
	{"97285e07864c6bc69f91fb82adef68fb59960a22 60407 KEY", false},
	{"1356 KSK 2", false},
	{"Key Tag: 1", false},
	{"\tPUBLISH-CDS\t2", false},
	{"", false},
	{"hello", false},
};

START_TEST(lines_without_a_key_are_passed_over)
{
	bool metadata = false;

	ck_assert_int_eq(dw_toolline_passes(rows[_i].line, &metadata), rows[_i].passes);
}
END_TEST

START_TEST(the_metadata_of_a_zone_end_with_the_indented_lines)
{
	bool metadata = false;

	ck_assert(!dw_toolline_passes("\tPUBLISH-CDS\t2", &metadata));
	ck_assert(dw_toolline_passes("Metadata items: ", &metadata));
	ck_assert(dw_toolline_passes("\tPUBLISH-CDS\t2", &metadata));
	ck_assert(dw_toolline_passes("\tX-REMARK\thello", &metadata));
	ck_assert(dw_toolline_passes("Zone has NSEC semantics", &metadata));
	ck_assert(!dw_toolline_passes("\tX-REMARK\thello", &metadata));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/toolline");
	TCase *toolline = tcase_create("toolline");

	tcase_add_loop_test(toolline, lines_without_a_key_are_passed_over, 0, DW_ROWS(rows));
	tcase_add_test(toolline, the_metadata_of_a_zone_end_with_the_indented_lines);
	suite_add_tcase(suite, toolline);
	return dw_suite_run(suite);
}
