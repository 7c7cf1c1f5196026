#include "dns/wire.h"

#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

#define NO_QUESTION "1234 8400 0000 "
#define QUESTION    "1234 8400 0001 "
#define EMPTY       "0000 0000 0000 "
#define ROOT_A      "00 0001 0001 " /* the question ". A IN" */

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;

/* Reads octets in memory that ends where they end. */
static enum dw_status parse_exact(const uint8_t *octets, size_t length, struct dw_error *error)
{
	uint8_t *exact = malloc(length + 1);

	memcpy(exact + 1, octets, length);
	enum dw_status status = dw_message_parse(exact + 1, length, &message, error);
	free(exact);
	return status;
}

static enum dw_status parse_hex(const char *hex, struct dw_error *error)
{
	return parse_exact(wire, dw_octets_make(hex, wire, sizeof(wire)), error);
}

static const struct dw_message_text referral = {
	.id = 0x1234,
	.bits = DW_BIT_QR | DW_BIT_RD | DW_BIT_CD,
	.question = "www.Example.org. AAAA",
	.answer = "www.example.org. 60 IN CNAME web.example.org.\n"
			  "web.example.org. 60 IN AAAA 2001:db8::1\n",
	.authority = "example.org. 3600 IN NS ns1.example.org.\n"
				 "example.org. 3600 IN NS ns2.example.net.\n",
	.additional = "ns1.example.org. 3600 IN A 192.0.2.1\n",
	.edns = true,
	.dnssec_ok = true,
	.payload_size = 1232,
};

START_TEST(a_message_is_read_into_header_question_records_and_opt)
{
	dw_message_make(&referral, wire, &message);
	ck_assert_uint_eq(message.id, 0x1234);
	ck_assert_uint_eq(message.rcode, DW_RCODE_NOERROR);
	ck_assert_uint_eq(message.opcode, 0);
	ck_assert(message.response && message.recursion_desired && message.checking_disabled);
	ck_assert(!message.authoritative && !message.truncated && !message.recursion_available);
	ck_assert(!message.authentic_data && message.has_question);
	ck_assert_uint_eq(message.qtype, DW_TYPE_AAAA);
	ck_assert_uint_eq(message.qclass, DW_CLASS_IN);
	ck_assert_mem_eq(message.qname.wire, "\3www\7Example\3org", 17);
	ck_assert_uint_eq(message.n_records, 5);
	ck_assert(message.edns.present && message.edns.dnssec_ok);
	ck_assert_uint_eq(message.edns.payload_size, 1232);
	ck_assert_uint_eq(message.edns.flags, 0x8000);
	ck_assert_uint_eq(message.edns.version, 0);
}
END_TEST

/* Header bits, one at a time. */
static const struct {
	const char *hex;
	size_t member;
} bits[] = {
	{"0000 8000", offsetof(struct dw_message, response)},
	{"0000 0400", offsetof(struct dw_message, authoritative)},
	{"0000 0200", offsetof(struct dw_message, truncated)},
	{"0000 0100", offsetof(struct dw_message, recursion_desired)},
	{"0000 0080", offsetof(struct dw_message, recursion_available)},
	{"0000 0020", offsetof(struct dw_message, authentic_data)},
	{"0000 0010", offsetof(struct dw_message, checking_disabled)},
};

START_TEST(each_header_bit_has_its_member)
{
	size_t length = dw_octets_make(bits[_i].hex, wire, sizeof(wire));

	length += dw_octets_make("0000" EMPTY, wire + length, sizeof(wire) - length);
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	for (int i = 0; i < DW_ROWS(bits); i++)
		ck_assert_int_eq(*((const uint8_t *)&message + bits[i].member), i == _i);
}
END_TEST

static const struct {
	const char *owner;
	uint16_t type;
	uint32_t ttl;
	enum dw_section section;
	uint16_t rdlength;
} expected[] = {
	{"www.Example.org", DW_TYPE_CNAME, 60, DW_ANSWER, 6},
	{"web.Example.org", DW_TYPE_AAAA, 60, DW_ANSWER, 16},
	{"Example.org", DW_TYPE_NS, 3600, DW_AUTHORITY, 6},
	{"Example.org", DW_TYPE_NS, 3600, DW_AUTHORITY, 17},
	{"ns1.Example.org", DW_TYPE_A, 3600, DW_ADDITIONAL, 4},
};

START_TEST(records_have_owner_type_ttl_section_and_rdata)
{
	struct dw_name owner;
	char text[DW_NAME_TEXT_MAX];

	dw_message_make(&referral, wire, &message);
	const struct dw_rr *rr = &message.records[_i];
	dw_message_owner(&message, rr, &owner);
	ck_assert_str_eq(dw_name_format(&owner, text), expected[_i].owner);
	ck_assert_uint_eq(rr->type, expected[_i].type);
	ck_assert_uint_eq(rr->rr_class, DW_CLASS_IN);
	ck_assert_uint_eq(rr->ttl, expected[_i].ttl);
	ck_assert_uint_eq(rr->section, expected[_i].section);
	ck_assert_uint_eq(rr->rdlength, expected[_i].rdlength);
	ck_assert(rr->rdata >= message.wire);
	ck_assert(rr->rdata + rr->rdlength <= message.wire + message.length);
}
END_TEST

START_TEST(every_part_of_a_message_cut_off_is_malformed)
{
	size_t length = dw_message_write(&referral, wire);

	ck_assert_int_eq(parse_exact(wire, length, NULL), DW_OK);
	for (size_t n = 0; n < length; n++) {
		struct dw_error error = {0};
		ck_assert_int_eq(parse_exact(wire, n, &error), DW_MALFORMED);
		ck_assert_str_ne(error.text, "");
	}
}
END_TEST

START_TEST(octets_behind_the_last_record_are_malformed)
{
	size_t length = dw_message_write(&referral, wire);
	struct dw_error error = {0};

	wire[length] = 0;
	ck_assert_int_eq(dw_message_parse(wire, length + 1, &message, &error), DW_MALFORMED);
	ck_assert_str_eq(error.text, "1 octets follow the last record");
}
END_TEST

/* The low octets of the counts; the question is counted by the first. */
static const size_t counts[] = {5, 7, 9, 11};

START_TEST(a_count_that_is_wrong_by_one_is_not_believed)
{
	size_t length = dw_message_write(&referral, wire);

	wire[counts[_i]]++;
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_MALFORMED);
	wire[counts[_i]] = (uint8_t)(wire[counts[_i]] - 2);
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_MALFORMED);
}
END_TEST

START_TEST(a_message_has_no_more_than_65535_octets)
{
	static uint8_t large[DW_MESSAGE_MAX + 1];

	ck_assert_int_eq(dw_message_parse(large, sizeof(large), &message, NULL), DW_MALFORMED);
}
END_TEST

/* What is refused, and the part of the text that says why. */
static const struct {
	const char *hex, *why;
} refused[] = {
	{"1234 8400 0002" EMPTY ROOT_A ROOT_A, "2 questions"},
	{NO_QUESTION "0001 0000 0000", "record 1 of 1 in the answer section: name is cut short"},
	{NO_QUESTION "0000 ffff 0000", "record 1 of 65535 in the authority section"},
	{QUESTION EMPTY "c00c 0001 0001", "question: name points forward"},
	{QUESTION EMPTY "c00e 0001 0001", "question: name points forward"},
	{QUESTION EMPTY "c000 0001 0001", "question: name points into the header"},
	{QUESTION EMPTY "c00b 0001 0001", "question: name points into the header"},
	{QUESTION EMPTY "0161 c00c 0001 0001", "question: name points forward"},
	{QUESTION EMPTY "41 00 0001 0001", "question: name has a label of an unknown kind"},
	{QUESTION EMPTY "80 00 0001 0001", "question: name has a label of an unknown kind"},
	{QUESTION EMPTY "bf 00 0001 0001", "question: name has a label of an unknown kind"},
	{QUESTION EMPTY "c0", "question: name is cut short"},
	{QUESTION EMPTY "03 6162", "question: name is cut short"},
	{QUESTION EMPTY "00 0001 00", "question: it is cut short"},
	/* A name that leads to itself, to the label before its pointer, and into the record behind it. */
	{QUESTION "0001 0000 0000" ROOT_A "c011 0001 0001 00000000 0000", "name points forward"},
	{QUESTION "0001 0000 0000" ROOT_A "0161 c011 0001 0001 00000000 0000", "name points forward"},
	{QUESTION "0001 0000 0000" ROOT_A "c01e 0001 0001 00000000 0001 00", "name points forward"},
	{NO_QUESTION "0001 0000 0000 00 0001 0001 00000000 0001", "RDATA is cut short"},
	{NO_QUESTION "0001 0000 0000 00 0001 0001 00000000 ffff 00", "RDATA is cut short"},
	{NO_QUESTION "0001 0000 0000 00 0029 1000 00000000 0000", "OPT stands outside"},
	{NO_QUESTION "0000 0001 0000 00 0029 1000 00000000 0000", "OPT stands outside"},
	{NO_QUESTION "0000 0000 0002 00 0029 1000 00000000 0000 00 0029 1000 00000000 0000", "a second OPT"},
	{NO_QUESTION "0000 0000 0001 0161 00 0029 1000 00000000 0000", "OPT does not belong to the root"},
	{QUESTION "0000 0000 0001" ROOT_A "c00c 0029 1000 00000000 0000", "OPT does not belong to the root"},
	{NO_QUESTION "0000 0000 0001 00 0029 1000 00000000 0003 000300", "options of OPT"},
	{NO_QUESTION "0000 0000 0001 00 0029 1000 00000000 0004 00030001", "options of OPT"},
	{NO_QUESTION "0000 0000 0001 00 0029 1000 00000000 0006 000300000000", "options of OPT"},
};

START_TEST(what_breaks_the_rules_is_malformed_and_the_text_says_why)
{
	struct dw_error error = {0};

	ck_assert_int_eq(parse_hex(refused[_i].hex, &error), DW_MALFORMED);
	ck_assert_int_eq(error.status, DW_MALFORMED);
	ck_assert_msg(
		strstr(error.text, refused[_i].why) != NULL, "'%s' lacks '%s'", error.text, refused[_i].why);
}
END_TEST

/* Writes `n` empty A records of the root, and OPT. */
static size_t many_records(unsigned n, bool with_opt)
{
	size_t at = dw_octets_make(NO_QUESTION EMPTY, wire, sizeof(wire));

	wire[10] = (uint8_t)((n + with_opt) >> 8);
	wire[11] = (uint8_t)(n + with_opt);
	for (unsigned i = 0; i < n; i++)
		at += dw_octets_make("00 0001 0001 00000000 0000", wire + at, 11);
	if (with_opt)
		at += dw_octets_make("00 0029 1000 00000000 0000", wire + at, 11);
	return at;
}

START_TEST(a_message_has_up_to_1024_records_beside_opt)
{
	size_t length = many_records(DW_RECORDS_MAX, true);

	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	ck_assert_uint_eq(message.n_records, DW_RECORDS_MAX);
	ck_assert(message.edns.present);
	length = many_records(DW_RECORDS_MAX + 1, false);
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_LIMIT);
}
END_TEST

START_TEST(a_ttl_with_its_top_bit_set_is_0)
{
	static const char hex[] = NO_QUESTION "0002 0000 0000"
										  "00 0001 0001 80000001 0000"
										  "00 0001 0001 7fffffff 0000";

	ck_assert_int_eq(parse_hex(hex, NULL), DW_OK);
	ck_assert_uint_eq(message.records[0].ttl, 0);
	ck_assert_uint_eq(message.records[1].ttl, 0x7fffffff);
}
END_TEST

START_TEST(opt_extends_the_response_code_and_carries_version_and_flags)
{
	ck_assert_int_eq(parse_hex("1234 8401" EMPTY "0001 00 0029 04d0 01 02 4001 0000", NULL), DW_OK);
	ck_assert_uint_eq(message.rcode, 0x011);
	ck_assert_uint_eq(message.edns.version, 2);
	ck_assert_uint_eq(message.edns.flags, 0x4001);
	ck_assert(!message.edns.dnssec_ok);
	ck_assert_uint_eq(message.edns.payload_size, 1232);
	ck_assert_uint_eq(message.n_records, 0);
}
END_TEST

START_TEST(opt_among_other_additional_records_is_kept_apart)
{
	static const char hex[] = NO_QUESTION "0000 0000 0003 00 0001 0001 00000000 0000"
										  "00 0029 1000 00008000 0000 00 001c 0001 00000000 0000";

	ck_assert_int_eq(parse_hex(hex, NULL), DW_OK);
	ck_assert(message.edns.present && message.edns.dnssec_ok);
	ck_assert_uint_eq(message.n_records, 2);
	ck_assert_uint_eq(message.records[1].type, DW_TYPE_AAAA);
}
END_TEST

START_TEST(nothing_is_left_of_the_message_read_before)
{
	dw_message_make(&referral, wire, &message);
	ck_assert_int_eq(parse_hex("0000 0001 0000" EMPTY, NULL), DW_OK);
	ck_assert_uint_eq(message.id, 0);
	ck_assert_uint_eq(message.rcode, DW_RCODE_FORMERR);
	ck_assert(!message.response && !message.recursion_desired && !message.checking_disabled);
	ck_assert(!message.has_question && !message.edns.present && !message.edns.dnssec_ok);
	ck_assert_uint_eq(message.qname.length, 0);
	ck_assert_uint_eq(message.n_records, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/wire");
	TCase *reading = tcase_create("reading");

	tcase_add_test(reading, a_message_is_read_into_header_question_records_and_opt);
	tcase_add_loop_test(reading, each_header_bit_has_its_member, 0, DW_ROWS(bits));
	tcase_add_loop_test(reading, records_have_owner_type_ttl_section_and_rdata, 0, DW_ROWS(expected));
	tcase_add_test(reading, every_part_of_a_message_cut_off_is_malformed);
	tcase_add_test(reading, octets_behind_the_last_record_are_malformed);
	tcase_add_loop_test(reading, a_count_that_is_wrong_by_one_is_not_believed, 0, DW_ROWS(counts));
	tcase_add_test(reading, a_message_has_no_more_than_65535_octets);
	tcase_add_loop_test(
		reading, what_breaks_the_rules_is_malformed_and_the_text_says_why, 0, DW_ROWS(refused));
	tcase_add_test(reading, a_message_has_up_to_1024_records_beside_opt);
	tcase_add_test(reading, a_ttl_with_its_top_bit_set_is_0);
	tcase_add_test(reading, opt_extends_the_response_code_and_carries_version_and_flags);
	tcase_add_test(reading, opt_among_other_additional_records_is_kept_apart);
	tcase_add_test(reading, nothing_is_left_of_the_message_read_before);
	suite_add_tcase(suite, reading);
	return dw_suite_run(suite);
}
