#include "dns/rrset.h"

#include <stdio.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;
static struct dw_rrset rrset;

static void make(const char *answer, const char *authority)
{
	const struct dw_message_text text = {.question = "example. A", .answer = answer, .authority = authority};

	dw_message_make(&text, wire, &message);
}

static bool find(const char *owner, uint16_t type)
{
	struct dw_name name = dw_name_make(owner);

	return dw_rrset_find(&message, DW_ANSWER, &name, type, &rrset);
}

/* Writes the indices of the records, "2 0 1". */
static const char *order(char text[256])
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < rrset.n_records; i++)
		used += (size_t)snprintf(text + used, 256 - used, "%s%u", i == 0 ? "" : " ", rrset.records[i]);
	return text;
}

START_TEST(an_rrset_has_the_records_of_its_owner_type_class_and_section)
{
	make("a.example. 300 IN A 192.0.2.2\n"
		 "b.example. 300 IN A 192.0.2.9\n"
		 "A.Example. 200 IN A 192.0.2.1\n"
		 "a.example. 100 CH A 192.0.2.7\n"
		 "a.example. 100 IN TXT x\n",
		"a.example. 100 IN A 192.0.2.8\n");
	ck_assert(find("a.eXample", DW_TYPE_A));
	ck_assert_str_eq(order((char[256]){0}), "2 0");
	ck_assert_ptr_eq(rrset.message, &message);
	ck_assert_mem_eq(rrset.owner.wire, "\1a\7example", 11);
	ck_assert_uint_eq(rrset.type, DW_TYPE_A);
	ck_assert_uint_eq(rrset.rr_class, DW_CLASS_IN);
	ck_assert_uint_eq(rrset.section, DW_ANSWER);
	ck_assert_uint_eq(rrset.ttl, 200);
	ck_assert_uint_eq(rrset.n_signatures, 0);
	ck_assert(!rrset.too_many);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	make("a.example. 300 IN A 192.0.2.2\n"
		 "a.example. 300 IN RRSIG AAAA 13 2 300 20300101000000 20200101000000 1 example. AAAA\n",
		"a.example. 300 IN MX 1 a.example.\n");
	ck_assert(!find("b.example", DW_TYPE_A));
	ck_assert(!find("example", DW_TYPE_A));
	ck_assert(!find("x.a.example", DW_TYPE_A));
	ck_assert(!find("a.example", DW_TYPE_MX));
	ck_assert(!find("a.example", DW_TYPE_AAAA));
	ck_assert(find("a.example", DW_TYPE_A));
}
END_TEST

/* Records in the order they are sent, and the indices of those that stay, in canonical order. */
static const struct {
	const char *answer;
	uint16_t type;
	const char *order;
} orders[] = {
	{"example. 1 IN A 192.0.2.1", DW_TYPE_A, "0"},
	{"example. 1 IN A 192.0.2.3\nexample. 1 IN A 192.0.2.200\nexample. 1 IN A 192.0.2.100", DW_TYPE_A,
		"0 2 1"},
	/* duplicates, of the same TTL and another one */
	{"example. 1 IN A 192.0.2.1\nexample. 1 IN A 192.0.2.1\nexample. 9 IN A 192.0.2.1", DW_TYPE_A, "0"},
	{"example. 1 IN A 192.0.2.2\nexample. 1 IN A 192.0.2.1\nexample. 1 IN A 192.0.2.2", DW_TYPE_A, "1 0"},
	/* octets have no sign, and absence comes before zero */
	{"example. 1 IN TXT \"\\200\"\nexample. 1 IN TXT \"\\127\"", DW_TYPE_TXT, "1 0"},
	{"example. 1 IN TYPE65280 \\# 3 010200\nexample. 1 IN TYPE65280 \\# 2 0102\nexample. 1 IN TYPE65280 \\# "
	 "0",
		65280, "2 1 0"},
	/* the length octet of a label counts before its letters */
	{"example. 1 IN NS aa.example.\nexample. 1 IN NS b.example.", DW_TYPE_NS, "1 0"},
	/* names are compared small, so these two are one */
	{"example. 1 IN NS A.example.\nexample. 1 IN NS a.EXAMPLE.", DW_TYPE_NS, "0"},
	{"example. 1 IN MX 10 C.example.\nexample. 1 IN MX 10 b.example.", DW_TYPE_MX, "1 0"},
	{"example. 1 IN MX 256 a.example.\nexample. 1 IN MX 1 b.example.", DW_TYPE_MX, "1 0"},
	/* NSEC keeps its case: two records, capitals first */
	{"example. 1 IN NSEC b.example. A\nexample. 1 IN NSEC B.example. A", DW_TYPE_NSEC, "1 0"},
	{"example. 1 IN SOA a. b. 1 1 1 2 1\nexample. 1 IN SOA a. B. 1 1 1 1 1\nexample. 1 IN SOA A. b. 1 1 1 2 "
	 "1",
		DW_TYPE_SOA, "1 0"},
};

START_TEST(records_are_in_canonical_order_without_duplicates)
{
	make(orders[_i].answer, NULL);
	ck_assert(find("example", orders[_i].type));
	ck_assert_str_eq(order((char[256]){0}), orders[_i].order);
}
END_TEST

START_TEST(compressed_and_plain_names_are_equal)
{
	/* example. NS a.example., with the suffix as a pointer and written out; the longer one sorts behind */
	static const char hex[] = "0000 8400 0001 0003 0000 0000 076578616d706c65 00 0002 0001"
							  "c00c 0002 0001 00000001 000c 0162 07 6578616d706c65 00 ff"
							  "c00c 0002 0001 00000001 0004 0161 c00c"
							  "c00c 0002 0001 00000001 000b 0141 07 4578616d706c65 00";
	size_t length = dw_octets_make(hex, wire, sizeof(wire));

	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	ck_assert(find("example", DW_TYPE_NS));
	ck_assert_str_eq(order((char[256]){0}), "1 0");
}
END_TEST

/* Fills the message with `n` TXT records of four octets each, a permutation of 0 to n-1 unless `same`. */
static void make_many(unsigned n, bool same)
{
	size_t at = dw_octets_make("0000 8400 0001 0000 0000 0000 00 0010 0001", wire, sizeof(wire));

	wire[6] = (uint8_t)(n >> 8);
	wire[7] = (uint8_t)n;
	for (unsigned i = 0; i < n; i++) {
		unsigned number = same ? 7 : i * 523 % n;
		at += dw_octets_make("c00c 0010 0001 00000001 0003 02", wire + at, 13);
		wire[at++] = (uint8_t)(number >> 8);
		wire[at++] = (uint8_t)number;
	}
	ck_assert_int_eq(dw_message_parse(wire, at, &message, NULL), DW_OK);
}

static const unsigned sizes[] = {1, 2, 3, 4, 5, 16, 100, 511, 512};

START_TEST(up_to_512_records_are_sorted)
{
	make_many(sizes[_i], false);
	ck_assert(find(".", DW_TYPE_TXT));
	ck_assert_uint_eq(rrset.n_records, sizes[_i]);
	ck_assert(!rrset.too_many);
	for (unsigned i = 0; i < rrset.n_records; i++) {
		const uint8_t *rdata = message.records[rrset.records[i]].rdata;
		ck_assert_uint_eq((unsigned)rdata[1] << 8 | rdata[2], i);
	}
}
END_TEST

START_TEST(more_than_512_records_are_too_many_unless_they_are_duplicates)
{
	make_many(513, false);
	ck_assert(find(".", DW_TYPE_TXT));
	ck_assert(rrset.too_many);
	ck_assert_uint_eq(rrset.n_records, 512);
	make_many(1024, true);
	ck_assert(find(".", DW_TYPE_TXT));
	ck_assert(!rrset.too_many);
	ck_assert_uint_eq(rrset.n_records, 1);
}
END_TEST

#define RRSIG(owner, type, tag)                                                                              \
	owner " 1 IN RRSIG " type " 13 2 1 20300101000000 20200101000000 " tag " example. AAAA\n"

START_TEST(signatures_are_those_of_the_owner_that_cover_the_type)
{
	make(RRSIG("a.example.", "A", "1") RRSIG("a.example.", "AAAA", "2")
			 RRSIG("b.example.", "A", "3") "a.example. 5 IN A 192.0.2.1\n" RRSIG("A.example.", "A", "4")
				 RRSIG("a.example.", "RRSIG", "5"),
		RRSIG("a.example.", "A", "6"));
	ck_assert(find("a.example", DW_TYPE_A));
	ck_assert_uint_eq(rrset.n_records, 1);
	ck_assert_uint_eq(rrset.ttl, 5);
	ck_assert_uint_eq(rrset.n_signatures, 2);
	ck_assert_uint_eq(rrset.signatures[0], 0);
	ck_assert_uint_eq(rrset.signatures[1], 4);
	ck_assert_uint_eq(rrset.n_signatures_left, 0);
}
END_TEST

START_TEST(equal_signatures_count_once)
{
	make("a.example. 5 IN A 192.0.2.1\n" RRSIG("a.example.", "A", "1") RRSIG("a.example.", "A", "1")
			 RRSIG("a.example.", "A", "2"),
		NULL);
	ck_assert(find("a.example", DW_TYPE_A));
	ck_assert_uint_eq(rrset.n_signatures, 2);
}
END_TEST

START_TEST(signatures_beyond_8_are_counted_only)
{
	char text[4096] = "a.example. 5 IN A 192.0.2.1\n";

	for (int i = 0; i < 11; i++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof(text) - used, RRSIG("a.example.", "A", "%d"), i);
	}
	make(text, NULL);
	ck_assert(find("a.example", DW_TYPE_A));
	ck_assert_uint_eq(rrset.n_signatures, 8);
	ck_assert_uint_eq(rrset.n_signatures_left, 3);
	ck_assert_uint_eq(rrset.signatures[7], 8);
}
END_TEST

START_TEST(an_rrsig_too_short_for_a_type_covers_nothing)
{
	static const char hex[] = "0000 8400 0001 0003 0000 0000 00 0001 0001"
							  "00 0001 0001 00000001 0004 c0000201"
							  "00 002e 0001 00000001 0001 00"
							  "00 002e 0001 00000001 0002 0001";
	size_t length = dw_octets_make(hex, wire, sizeof(wire));

	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	ck_assert(find(".", DW_TYPE_A));
	ck_assert_uint_eq(rrset.n_signatures, 1);
	ck_assert_uint_eq(rrset.signatures[0], 2);
}
END_TEST

START_TEST(walking_all_records_meets_each_rrset_once)
{
	char met[32] = "";

	make("a.example. 1 IN A 192.0.2.2\n" RRSIG("a.example.", "A", "1") "b.example. 1 IN A 192.0.2.2\n"
																	   "A.example. 1 IN A 192.0.2.1\n"
																	   "a.example. 1 CH A 192.0.2.1\n"
																	   "a.example. 1 IN AAAA ::1\n",
		"a.example. 1 IN A 192.0.2.2\n");
	for (unsigned i = 0; i < message.n_records; i++) {
		met[i] = dw_rrset_at(&message, i, &rrset) ? (char)('0' + rrset.n_records) : '-';
		if (met[i] == '-')
			continue;
		ck_assert_uint_eq(rrset.type, message.records[i].type);
		ck_assert_uint_eq(rrset.rr_class, message.records[i].rr_class);
		ck_assert_uint_eq(rrset.section, message.records[i].section);
		ck_assert_uint_eq(rrset.n_signatures, i == 0 ? 1 : 0);
	}
	ck_assert_str_eq(met, "2-1-111");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rrset");
	TCase *records = tcase_create("records"), *signatures = tcase_create("signatures");

	tcase_add_test(records, an_rrset_has_the_records_of_its_owner_type_class_and_section);
	tcase_add_test(records, what_is_not_there_is_not_found);
	tcase_add_loop_test(records, records_are_in_canonical_order_without_duplicates, 0, DW_ROWS(orders));
	tcase_add_test(records, compressed_and_plain_names_are_equal);
	tcase_add_loop_test(records, up_to_512_records_are_sorted, 0, DW_ROWS(sizes));
	tcase_add_test(records, more_than_512_records_are_too_many_unless_they_are_duplicates);
	tcase_add_test(records, walking_all_records_meets_each_rrset_once);
	tcase_add_test(signatures, signatures_are_those_of_the_owner_that_cover_the_type);
	tcase_add_test(signatures, equal_signatures_count_once);
	tcase_add_test(signatures, signatures_beyond_8_are_counted_only);
	tcase_add_test(signatures, an_rrsig_too_short_for_a_type_covers_nothing);
	suite_add_tcase(suite, records);
	suite_add_tcase(suite, signatures);
	return dw_suite_run(suite);
}
