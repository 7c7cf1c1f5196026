#include "dns/signed_data.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;
static struct dw_rrset rrset;

#define RRSIG(owner, type, labels)                                                                           \
	owner " 3600 IN RRSIG " type " 13 " labels " 7200 19700101000002 19700101000001 4711 Example. AAAA"
/* Algorithm, labels, original TTL, expiration, inception, key tag and signer of the above. */
#define HEAD(labels) "0d " labels " 00001c20 00000002 00000001 1267 07 6578616d706c65 00"
#define TTL          "00001c20"

static const struct {
	const char *records, *owner;
	uint16_t type;
	const char *octets;
} rows[] = {
	/* Owner and signer small, original TTL, canonical order, duplicates left out. */
	{"WWW.example. 3600 IN A 192.0.2.2\nwww.example. 3600 IN A 192.0.2.1\n"
	 "www.example. 3600 IN A 192.0.2.2\n" RRSIG("www.example.", "A", "2"),
		"www.example.", 1,
		"0001" HEAD("02") "03777777 07 6578616d706c65 00 0001 0001" TTL "0004 c0000201"
						  "03777777 07 6578616d706c65 00 0001 0001" TTL "0004 c0000202"},
	/* Names in RDATA are expanded and small. */
	{"example. 3600 IN NS Ns.example.\n" RRSIG("example.", "NS", "1"), "example.", 2,
		"0002" HEAD("01") "07 6578616d706c65 00 0002 0001" TTL "000c 02 6e73 07 6578616d706c65 00"},
	/* An expansion is signed as the wildcard; a wildcard as itself. */
	{"a.b.example. 3600 IN A 192.0.2.1\n" RRSIG("a.b.example.", "A", "1"), "a.b.example.", 1,
		"0001" HEAD("01") "012a 07 6578616d706c65 00 0001 0001" TTL "0004 c0000201"},
	{"*.example. 3600 IN A 192.0.2.1\n" RRSIG("*.example.", "A", "1"), "*.example.", 1,
		"0001" HEAD("01") "012a 07 6578616d706c65 00 0001 0001" TTL "0004 c0000201"},
	{"*.example. 3600 IN A 192.0.2.1\n" RRSIG("*.example.", "A", "0"), "*.example.", 1,
		"0001" HEAD("00") "012a 00 0001 0001" TTL "0004 c0000201"},
};

/* Reads the RRset of a row and its signature. */
static struct dw_rrsig read_row(int row)
{
	struct dw_message_text text = {.answer = rows[row].records};
	struct dw_name owner = dw_name_make(rows[row].owner);
	struct dw_rrsig rrsig;

	dw_message_make(&text, wire, &message);
	ck_assert(dw_rrset_find(&message, DW_ANSWER, &owner, rows[row].type, &rrset));
	ck_assert_int_eq(dw_rrsig_read(&message, &message.records[rrset.signatures[0]], &rrsig), DW_OK);
	return rrsig;
}

START_TEST(signed_data_is_the_rrsig_and_the_records_in_canonical_form)
{
	struct dw_rrsig rrsig = read_row(_i);
	uint8_t octets[512], expected[512];
	size_t length = 0, expected_length = dw_octets_make(rows[_i].octets, expected, sizeof(expected));

	ck_assert_int_eq(dw_signed_data_write(&rrset, &rrsig, octets, sizeof(octets), &length), DW_OK);
	ck_assert_uint_eq(length, expected_length);
	ck_assert_mem_eq(octets, expected, length);
}
END_TEST

START_TEST(too_little_room_is_a_limit_and_nothing_is_written_behind_it)
{
	struct dw_rrsig rrsig = read_row(_i);
	uint8_t octets[512], expected[512];
	size_t length = 0, needed = dw_octets_make(rows[_i].octets, expected, sizeof(expected));

	for (size_t size = 0; size < needed; size++) {
		memset(octets, 0xee, sizeof(octets));
		ck_assert_int_eq(dw_signed_data_write(&rrset, &rrsig, octets, size, &length), DW_LIMIT);
		for (size_t at = size; at < sizeof(octets); at++)
			ck_assert_uint_eq(octets[at], 0xee);
	}
	ck_assert_int_eq(dw_signed_data_write(&rrset, &rrsig, octets, needed, &length), DW_OK);
}
END_TEST

START_TEST(a_record_that_does_not_parse_cannot_have_been_signed)
{
	struct dw_rrsig rrsig = read_row(1);
	uint8_t octets[512];
	size_t length;

	message.records[rrset.records[0]].rdlength--;
	ck_assert_int_eq(dw_signed_data_write(&rrset, &rrsig, octets, sizeof(octets), &length), DW_MALFORMED);
}
END_TEST

static const struct {
	const char *name;
	unsigned labels;
} names[] = {{".", 0}, {"*.", 0}, {"a.", 1}, {"*.a.", 1}, {"a.*.b.", 3}, {"www.example.", 2}};

START_TEST(labels_are_counted_without_root_and_wildcard)
{
	struct dw_name name = dw_name_make(names[_i].name);

	ck_assert_uint_eq(dw_signed_data_labels(&name), names[_i].labels);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/signed_data");
	TCase *octets = tcase_create("octets");

	tcase_add_loop_test(octets, signed_data_is_the_rrsig_and_the_records_in_canonical_form, 0, DW_ROWS(rows));
	tcase_add_loop_test(
		octets, too_little_room_is_a_limit_and_nothing_is_written_behind_it, 0, DW_ROWS(rows));
	tcase_add_test(octets, a_record_that_does_not_parse_cannot_have_been_signed);
	tcase_add_loop_test(octets, labels_are_counted_without_root_and_wildcard, 0, DW_ROWS(names));
	suite_add_tcase(suite, octets);
	return dw_suite_run(suite);
}
