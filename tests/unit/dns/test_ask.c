#include "dns/ask.h"

#include <ldns/ldns.h>
#include <string.h>

#include "dns/wire.h"
#include "support/message.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;

/* A question with everything on. */
static struct dw_ask full_ask(void)
{
	return (struct dw_ask){
		.name = dw_name_make("wWw.example.org"),
		.type = DW_TYPE_DNSKEY,
		.recursion_desired = true,
		.checking_disabled = true,
		.edns = true,
		.dnssec_ok = true,
		.nsid = true,
		.edns_version = 1,
		.edns_flags = 0x0002,
		.edns_option = 65001,
		.payload_size = 1232,
	};
}

START_TEST(a_question_reads_as_it_was_asked)
{
	struct dw_ask ask = full_ask();
	const uint8_t *data;
	uint16_t length;

	size_t size = dw_ask_write(&ask, 0xabcd, wire);
	ck_assert_int_eq(dw_message_parse(wire, size, &message, NULL), DW_OK);
	ck_assert_uint_eq(message.id, 0xabcd);
	ck_assert(!message.response && message.recursion_desired && message.checking_disabled);
	ck_assert(!message.authoritative && !message.truncated && !message.authentic_data);
	ck_assert(message.has_question);
	ck_assert_uint_eq(message.qname.length, ask.name.length);
	ck_assert_mem_eq(message.qname.wire, ask.name.wire, ask.name.length);
	ck_assert_uint_eq(message.qtype, DW_TYPE_DNSKEY);
	ck_assert_uint_eq(message.qclass, DW_CLASS_IN);
	ck_assert(message.edns.present && message.edns.dnssec_ok);
	ck_assert_uint_eq(message.edns.flags, 0x8002);
	ck_assert_uint_eq(message.edns.version, 1);
	ck_assert_uint_eq(message.edns.payload_size, 1232);
	ck_assert(dw_edns_option(&message.edns, DW_EDNS_NSID, &data, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert(dw_edns_option(&message.edns, 65001, &data, &length));
	ck_assert_uint_eq(message.n_records, 0);
}
END_TEST

START_TEST(ldns_reads_the_question_too)
{
	struct dw_ask ask = full_ask();
	ldns_pkt *packet = NULL;

	ask.edns_version = 0;
	size_t size = dw_ask_write(&ask, 1, wire);
	ck_assert_int_eq(ldns_wire2pkt(&packet, wire, size), LDNS_STATUS_OK);
	ck_assert(ldns_pkt_edns_do(packet) && ldns_pkt_rd(packet) && ldns_pkt_cd(packet));
	ck_assert_uint_eq(ldns_pkt_edns_udp_size(packet), 1232);
	const ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(packet), 0);
	ck_assert_int_eq(ldns_rr_get_type(question), LDNS_RR_TYPE_DNSKEY);
	ldns_pkt_free(packet);
}
END_TEST

START_TEST(a_question_without_edns_has_no_opt)
{
	struct dw_ask ask = {.name = dw_name_root, .type = DW_TYPE_TXT, .qclass = DW_CLASS_CH, .nsid = true};

	ck_assert_uint_eq(dw_ask_write(&ask, 7, wire), 17);
	ck_assert_int_eq(dw_message_parse(wire, 17, &message, NULL), DW_OK);
	ck_assert(!message.edns.present && !message.recursion_desired && !message.checking_disabled);
	ck_assert_uint_eq(message.qclass, DW_CLASS_CH);
}
END_TEST

START_TEST(the_longest_question_fits)
{
	struct dw_ask ask = full_ask();

	memset(ask.name.wire, 1, DW_NAME_MAX);
	ask.name.wire[DW_NAME_MAX - 1] = 0;
	ask.name.length = DW_NAME_MAX;
	ck_assert_uint_le(dw_ask_write(&ask, 7, wire), DW_QUESTION_MAX);
}
END_TEST

/* Octets that a question of 33 with OPT is to have, and has. */
static const struct {
	uint16_t wanted;
	size_t length;
} paddings[] = {{0, 44}, {44, 44}, {47, 44}, {48, 48}, {1452, 1452}, {DW_QUESTION_MAX, DW_QUESTION_MAX},
	{UINT16_MAX, DW_QUESTION_MAX}};

START_TEST(a_question_is_padded_to_its_length)
{
	struct dw_ask ask = {.name = dw_name_make("www.example.org"),
		.type = DW_TYPE_SOA,
		.edns = true,
		.payload_size = 1232,
		.length = paddings[_i].wanted};
	const uint8_t *data;
	uint16_t length;

	size_t size = dw_ask_write(&ask, 7, wire);
	ck_assert_uint_eq(size, paddings[_i].length);
	ck_assert_int_eq(dw_message_parse(wire, size, &message, NULL), DW_OK);
	ck_assert_int_eq(dw_edns_option(&message.edns, DW_EDNS_PADDING, &data, &length), size > 44);
	if (size > 44)
		ck_assert_uint_eq(length, size - 48);
}
END_TEST

/* Answers to "www.example.org. A" with id 0x1234, and what are none. */
static const struct {
	const char *hex;
	bool answers;
} answers[] = {
	{"1234 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", true},
	{"1234 8583 0001 0009 0000 0000 03575777 07 4558414d504c45 034f5247 00 0001 0001 ff", true},
	{"1234 8400 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", true},
	/* id, QR, opcode */
	{"1235 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"3412 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 0000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 a000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 8800 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	/* type, class, name */
	{"1234 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0002 0001", false},
	{"1234 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0101 0001", false},
	{"1234 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0003", false},
	{"1234 8000 0001 0000 0000 0000 03777778 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 8000 0001 0000 0000 0000 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 8000 0001 0000 0000 0000 0161 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 8000 0001 0000 0000 0000 00 0001 0001", false},
	/* two questions, none, none in an error, cut short */
	{"1234 8000 0002 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 0001", false},
	{"1234 8000 0000 0000 0000 0000", false},
	{"1234 8001 0000 0000 0000 0000", true},
	{"1234 8005 0000 0000 0000 0001 00 0029 1000 00000000 0000", true},
	{"1235 8001 0000 0000 0000 0000", false},
	{"1234 0001 0000 0000 0000 0000", false},
	{"1234 8001 0001 0000 0000 0000", false},
	{"1234 8000 0001 0000 0000 0000 03777777 07 6578616d706c65 036f7267 00 0001 00", false},
	{"1234 8001 0000 0000 0000 00", false},
	{"12", false},
};

START_TEST(an_answer_has_the_id_and_the_question)
{
	struct dw_ask ask = {.name = dw_name_make("www.example.org"), .type = DW_TYPE_A};
	size_t length = dw_octets_make(answers[_i].hex, wire, sizeof(wire));

	ck_assert_int_eq(dw_message_answers(wire, length, 0x1234, &ask), answers[_i].answers);
}
END_TEST

START_TEST(only_letters_have_case_in_a_question)
{
	struct dw_ask ask = {.name = dw_name_make("@"), .type = DW_TYPE_A};
	size_t length = dw_octets_make("1234 8000 0001 0000 0000 0000 0160 00 0001 0001", wire, sizeof(wire));

	ck_assert(!dw_message_answers(wire, length, 0x1234, &ask));
	wire[13] = '@';
	ck_assert(dw_message_answers(wire, length, 0x1234, &ask));
}
END_TEST

START_TEST(a_question_cut_anywhere_is_no_answer)
{
	struct dw_ask ask = {.name = dw_name_make("www.example.org"), .type = DW_TYPE_A};
	size_t length = dw_octets_make(answers[0].hex, wire, sizeof(wire));

	for (size_t n = 0; n < length; n++)
		ck_assert(!dw_message_answers(wire, n, 0x1234, &ask));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/ask");
	TCase *writing = tcase_create("writing"), *matching = tcase_create("matching");

	tcase_add_test(writing, a_question_reads_as_it_was_asked);
	tcase_add_test(writing, ldns_reads_the_question_too);
	tcase_add_test(writing, a_question_without_edns_has_no_opt);
	tcase_add_test(writing, the_longest_question_fits);
	tcase_add_loop_test(writing, a_question_is_padded_to_its_length, 0, DW_ROWS(paddings));
	tcase_add_loop_test(matching, an_answer_has_the_id_and_the_question, 0, DW_ROWS(answers));
	tcase_add_test(matching, only_letters_have_case_in_a_question);
	tcase_add_test(matching, a_question_cut_anywhere_is_no_answer);
	suite_add_tcase(suite, writing);
	suite_add_tcase(suite, matching);
	return dw_suite_run(suite);
}
