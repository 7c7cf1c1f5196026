#include "dns/edns.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static uint8_t octets[65535];

/* An OPT record with these options. */
static struct dw_edns edns_of(const char *hex)
{
	size_t length = dw_octets_make(hex, octets, sizeof(octets));

	return (struct dw_edns){.present = true, .options = octets, .options_length = (uint16_t)length};
}

static const struct {
	const char *hex;
	bool valid;
} layouts[] = {
	{"", true},
	{"0003 0000", true},
	{"0003 0002 6162 000f 0002 0006", true},
	{"00", false},
	{"0003 00", false},
	{"0003 0001", false},
	{"0003 0000 00", false},
	{"0003 ffff 6162", false},
	{"0003 0001 61 000f 0003 0006", false},
};

START_TEST(options_agree_with_their_lengths_or_are_no_options)
{
	size_t length = dw_octets_make(layouts[_i].hex, octets, sizeof(octets));

	ck_assert_int_eq(dw_edns_options_valid(octets, length), layouts[_i].valid);
}
END_TEST

START_TEST(an_option_is_found_by_its_code)
{
	struct dw_edns edns = edns_of("0003 0002 6162 000f 0000 0003 0001 63");
	const uint8_t *data;
	uint16_t length;

	ck_assert(dw_edns_option(&edns, 3, &data, &length));
	ck_assert_uint_eq(length, 2);
	ck_assert_mem_eq(data, "ab", 2);
	ck_assert(dw_edns_option(&edns, 15, &data, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert(!dw_edns_option(&edns, 10, &data, &length));
	ck_assert(!dw_edns_option(&(struct dw_edns){0}, 3, &data, &length));
}
END_TEST

static const struct {
	const char *hex;
	const char *texts[DW_EDE_ITEMS_MAX];
	uint16_t codes[DW_EDE_ITEMS_MAX];
	unsigned n;
} errors[] = {
	{"", {NULL}, {0}, 0},
	{"0003 0000", {NULL}, {0}, 0},
	{"000f 0002 0006", {""}, {6}, 1},
	{"000f 0009 0007 65787069726564", {"expired"}, {7}, 1},
	/* a final NUL is no part of the text, one in the middle is a control octet */
	{"000f 0006 0007 61 00 62 00", {"a?b"}, {7}, 1},
	{"000f 0006 0007 00 00 00 00", {""}, {7}, 1},
	/* control octets, DEL, the bar, a character of two octets, one of three, and half of one */
	{"000f 000a 0000 61 0a 1b 5b 41 7f 7c 62", {"a??[A??b"}, {0}, 1},
	{"000f 000c 0000 53 c3bc 64 e2809c 65 c3 66", {"S?d?e?f"}, {0}, 1},
	{"000f 0005 0000 80 80 61", {"?a"}, {0}, 1},
	/* too short for a code, and passed over */
	{"000f 0001 07 000f 0000 000f 0002 0009", {""}, {9}, 1},
	{"000f 0002 0001 0003 0001 61 000f 0003 0002 62", {"", "b"}, {1, 2}, 2},
	{"000f 0002 0001 000f 0002 0002 000f 0002 0003 000f 0002 0004 000f 0002 0005", {"", "", "", ""},
		{1, 2, 3, 4}, 4},
};

START_TEST(extended_errors_are_read_and_made_safe_to_print)
{
	struct dw_edns edns = edns_of(errors[_i].hex);
	struct dw_ede items[DW_EDE_ITEMS_MAX];

	ck_assert_uint_eq(dw_edns_ede(&edns, items), errors[_i].n);
	for (unsigned i = 0; i < errors[_i].n; i++) {
		ck_assert_uint_eq(items[i].code, errors[_i].codes[i]);
		if (strcmp(items[i].text, errors[_i].texts[i]) != 0)
			ck_abort_msg("'%s' is not '%s'", items[i].text, errors[_i].texts[i]);
	}
}
END_TEST

START_TEST(a_long_text_loses_its_end)
{
	struct dw_edns edns = edns_of("000f 07d2 0006");
	struct dw_ede items[DW_EDE_ITEMS_MAX];
	char text[DW_NSID_TEXT_MAX];

	edns.options_length = 4 + 2002;
	memset(octets + 6, 'x', 2000);
	ck_assert_uint_eq(dw_edns_ede(&edns, items), 1);
	ck_assert_uint_eq(strlen(items[0].text), DW_EDE_TEXT_MAX - 1);
	octets[1] = DW_EDNS_NSID;
	octets[4] = 'x';
	octets[5] = 'x';
	ck_assert_uint_eq(strlen(dw_edns_nsid(&edns, text)), DW_NSID_TEXT_MAX - 1);
	octets[5] = 0;
	ck_assert_uint_eq(strlen(dw_edns_nsid(&edns, text)), DW_NSID_TEXT_MAX - 2);
}
END_TEST

static const struct {
	const char *hex, *text;
} identifiers[] = {
	{"", ""},
	{"000f 0002 0006", ""},
	{"0003 0000", ""},
	{"0003 0004 6e73312e", "ns1."},
	{"0003 0004 66 72 61 31", "fra1"},
	{"0003 0003 6e 20 31", "n 1"},
	{"0003 0003 00 01 ff", "0001ff"},
	{"0003 0002 61 0a", "610a"},
	{"0003 0002 61 7c", "617c"},
	{"0003 0002 c3 bc", "c3bc"},
	{"0003 0001 7f", "7f"},
	{"0003 0002 61 00", "6100"},
};

START_TEST(an_identifier_is_text_if_all_of_it_is_printable_else_hex)
{
	struct dw_edns edns = edns_of(identifiers[_i].hex);
	char text[DW_NSID_TEXT_MAX];

	ck_assert_ptr_eq(dw_edns_nsid(&edns, text), text);
	ck_assert_str_eq(text, identifiers[_i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/edns");
	TCase *options = tcase_create("options");

	tcase_add_loop_test(options, options_agree_with_their_lengths_or_are_no_options, 0, DW_ROWS(layouts));
	tcase_add_test(options, an_option_is_found_by_its_code);
	tcase_add_loop_test(options, extended_errors_are_read_and_made_safe_to_print, 0, DW_ROWS(errors));
	tcase_add_test(options, a_long_text_loses_its_end);
	tcase_add_loop_test(
		options, an_identifier_is_text_if_all_of_it_is_printable_else_hex, 0, DW_ROWS(identifiers));
	suite_add_tcase(suite, options);
	return dw_suite_run(suite);
}
