#include "dns/rdata.h"

#include <ldns/ldns.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;

/* A message whose only record has this type and RDATA; memory ends where the message ends. */
static const struct dw_rr *record(uint16_t type, const uint8_t *rdata, size_t length)
{
	size_t at =
		dw_octets_make("0000 8400 0000 0001 0000 0000 00 0000 0001 00000e10 0000", wire, sizeof(wire));

	wire[13] = (uint8_t)(type >> 8);
	wire[14] = (uint8_t)type;
	wire[21] = (uint8_t)(length >> 8);
	wire[22] = (uint8_t)length;
	memcpy(wire + at, rdata, length);
	ck_assert_int_eq(dw_message_parse(wire, at + length, &message, NULL), DW_OK);
	return &message.records[0];
}

static const struct dw_rr *record_hex(uint16_t type, const char *hex)
{
	static uint8_t rdata[DW_MESSAGE_MAX];

	return record(type, rdata, dw_octets_make(hex, rdata, sizeof(rdata)));
}

static const struct dw_rr *record_text(const char *text)
{
	const struct dw_message_text parts = {.question = "example. A", .answer = text};

	dw_message_make(&parts, wire, &message);
	return &message.records[0];
}

/* Reads the record as its type, and forgets what it says. */
static enum dw_status read_any(const struct dw_rr *rr)
{
	struct dw_dnskey dnskey;
	struct dw_rrsig rrsig;
	struct dw_ds ds;
	struct dw_nsec nsec;
	struct dw_nsec3 nsec3;
	struct dw_soa soa;

	switch (rr->type) {
	case DW_TYPE_DNSKEY:
		return dw_dnskey_read(rr, &dnskey);
	case DW_TYPE_RRSIG:
		return dw_rrsig_read(&message, rr, &rrsig);
	case DW_TYPE_DS:
		return dw_ds_read(rr, &ds);
	case DW_TYPE_NSEC:
		return dw_nsec_read(&message, rr, &nsec);
	case DW_TYPE_NSEC3:
		return dw_nsec3_read(rr, &nsec3);
	default:
		return dw_soa_read(&message, rr, &soa);
	}
}

/* RFC 4034 2.3 and 5.4, one key and its DS. */
#define RFC4034_KEY                                                                                          \
	"dskey.example.com. 86400 IN DNSKEY 256 3 5 "                                                            \
	"AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNX"                                     \
	"xeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/"  \
	"rljwvFw=="
/* RFC 6605 6.1 and 8080 6.1: P-256, Ed25519. */
#define RFC6605_KEY                                                                                          \
	"example.net. 3600 IN DNSKEY 257 3 13 "                                                                  \
	"GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+"                               \
	"Wi9xMWyQLc8NAA=="
#define RFC8080_KEY "example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="

static const struct {
	const char *text;
	uint16_t flags, key_tag, key_length;
	uint8_t algorithm;
} keys[] = {
	{RFC4034_KEY, 256, 60485, 130, 5},
	{RFC6605_KEY, 257, 55648, 64, 13},
	{RFC8080_KEY, 257, 3613, 32, 15},
};

START_TEST(a_dnskey_has_flags_protocol_algorithm_tag_and_key)
{
	struct dw_dnskey key;
	const struct dw_rr *rr = record_text(keys[_i].text);

	ck_assert_int_eq(dw_dnskey_read(rr, &key), DW_OK);
	ck_assert_uint_eq(key.flags, keys[_i].flags);
	ck_assert_uint_eq(key.protocol, 3);
	ck_assert_uint_eq(key.algorithm, keys[_i].algorithm);
	ck_assert_uint_eq(key.key_tag, keys[_i].key_tag);
	ck_assert_uint_eq(key.key_length, keys[_i].key_length);
	ck_assert_ptr_eq(key.key, rr->rdata + 4);
}
END_TEST

START_TEST(key_tags_are_those_of_ldns)
{
	uint8_t rdata[600];

	srandom(4034);
	for (int i = 0; i < 2000; i++) {
		size_t length = 8 + (size_t)random() % (sizeof(rdata) - 8);
		for (size_t at = 0; at < length; at++)
			rdata[at] = (uint8_t)random();
		rdata[3] = (uint8_t)(i & 15);
		ck_assert_uint_eq(dw_key_tag(rdata, length), ldns_calc_keytag_raw(rdata, length));
	}
}
END_TEST

/* RFC 4034 B.1: the modulus ends in ...abcdef, and the tag is 0xabcd. */
START_TEST(the_tag_of_an_rsamd5_key_is_part_of_its_modulus)
{
	uint8_t rdata[] = {1, 0, 3, 1, 1, 3, 0x10, 0xab, 0xcd, 0xef};

	ck_assert_uint_eq(dw_key_tag(rdata, sizeof(rdata)), 0xabcd);
	ck_assert_uint_eq(dw_key_tag(rdata, 7), 0x0103);
	ck_assert_uint_eq(dw_key_tag(rdata, 6), 0);
	ck_assert_uint_eq(dw_key_tag(rdata, 4), 0);
	ck_assert_uint_eq(dw_key_tag(rdata, 0), 0);
}
END_TEST

START_TEST(a_key_tag_sums_with_its_carry)
{
	uint8_t rdata[65535];

	memset(rdata, 0xff, sizeof(rdata));
	uint64_t sum = 32768ull * 0xff00 + 32767ull * 0xff;
	ck_assert_uint_eq(dw_key_tag(rdata, sizeof(rdata)), (sum + (sum >> 16 & 0xffff)) & 0xffff);
}
END_TEST

/* RFC 4034 3.3 */
START_TEST(an_rrsig_has_its_fields)
{
	struct dw_rrsig rrsig;
	const struct dw_rr *rr = record_text("host.example.com. 86400 IN RRSIG A 5 3 86400 20030322173103 "
										 "20030220173103 2642 Example.com. oJB1W6WNGv+"
										 "ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+"
										 "v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQK"
										 "kRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=");

	ck_assert_int_eq(dw_rrsig_read(&message, rr, &rrsig), DW_OK);
	ck_assert_uint_eq(rrsig.type_covered, DW_TYPE_A);
	ck_assert_uint_eq(rrsig.algorithm, 5);
	ck_assert_uint_eq(rrsig.labels, 3);
	ck_assert_uint_eq(rrsig.original_ttl, 86400);
	ck_assert_uint_eq(rrsig.expiration, 1048354263);
	ck_assert_uint_eq(rrsig.inception, 1045762263);
	ck_assert_uint_eq(rrsig.key_tag, 2642);
	ck_assert_mem_eq(rrsig.signer.wire, "\7Example\3com", 13);
	ck_assert_uint_eq(rrsig.signature_length, 128);
	ck_assert(rrsig.signature + 128 == rr->rdata + rr->rdlength);
}
END_TEST

START_TEST(a_compressed_signer_is_read)
{
	struct dw_rrsig rrsig;
	static const char hex[] =
		"0000 8400 0001 0001 0000 0000 076578616d706c65 00 0001 0001"
		"c00c 002e 0001 00000001 0015 0001 05 01 00000001 00000003 00000002 1234 c00c ff";

	size_t length = dw_octets_make(hex, wire, sizeof(wire));
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	ck_assert_int_eq(dw_rrsig_read(&message, &message.records[0], &rrsig), DW_OK);
	ck_assert(dw_name_equal(&rrsig.signer, &message.qname));
	ck_assert_uint_eq(rrsig.signature_length, 1);
	ck_assert_uint_eq(rrsig.key_tag, 0x1234);
}
END_TEST

START_TEST(a_ds_has_its_fields)
{
	struct dw_ds ds;

	ck_assert_int_eq(dw_ds_read(record_text("dskey.example.com. 86400 IN DS 60485 5 1 "
											"2BB183AF5F22588179A53B0A98631FAD1A292118"),
						 &ds),
		DW_OK);
	ck_assert_uint_eq(ds.key_tag, 60485);
	ck_assert_uint_eq(ds.algorithm, 5);
	ck_assert_uint_eq(ds.digest_type, 1);
	ck_assert_uint_eq(ds.digest_length, 20);
	ck_assert_uint_eq(ds.digest[0], 0x2b);
}
END_TEST

/* RFC 4034 4.3 */
START_TEST(an_nsec_has_its_next_name_and_types)
{
	static const uint16_t present[] = {1, 15, 46, 47, 1234},
						  absent[] = {0, 2, 16, 48, 1233, 1235, 1490, 65535};
	struct dw_nsec nsec;

	ck_assert_int_eq(
		dw_nsec_read(&message,
			record_text("alfa.example.com. 86400 IN NSEC host.example.com. A MX RRSIG NSEC TYPE1234"), &nsec),
		DW_OK);
	ck_assert_mem_eq(nsec.next.wire, "\4host\7example\3com", 18);
	for (int i = 0; i < DW_ROWS(present); i++)
		ck_assert(dw_types_has(nsec.types, nsec.types_length, present[i]));
	for (int i = 0; i < DW_ROWS(absent); i++)
		ck_assert(!dw_types_has(nsec.types, nsec.types_length, absent[i]));
}
END_TEST

/* RFC 5155 appendix A */
START_TEST(an_nsec3_has_its_fields)
{
	struct dw_nsec3 nsec3;

	ck_assert_int_eq(
		dw_nsec3_read(record_text("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 IN NSEC3 1 1 12 aabbccdd "
								  "2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG"),
			&nsec3),
		DW_OK);
	ck_assert_uint_eq(nsec3.hash_algorithm, 1);
	ck_assert_uint_eq(nsec3.flags, 1);
	ck_assert_uint_eq(nsec3.iterations, 12);
	ck_assert_uint_eq(nsec3.salt_length, 4);
	ck_assert_mem_eq(nsec3.salt, "\xaa\xbb\xcc\xdd", 4);
	ck_assert_uint_eq(nsec3.next_length, 20);
	ck_assert_uint_eq(nsec3.next[0], 0x17);
	ck_assert(dw_types_has(nsec3.types, nsec3.types_length, DW_TYPE_NSEC3PARAM));
	ck_assert(!dw_types_has(nsec3.types, nsec3.types_length, DW_TYPE_A));
}
END_TEST

START_TEST(a_soa_has_its_fields)
{
	struct dw_soa soa;

	ck_assert_int_eq(
		dw_soa_read(&message,
			record_text("example. 3600 IN SOA ns1.Example. hostmaster.example. 4294967295 2 3 4 5"), &soa),
		DW_OK);
	ck_assert_mem_eq(soa.mname.wire, "\3ns1\7example", 13);
	ck_assert_mem_eq(soa.rname.wire, "\12hostmaster\7example", 20);
	ck_assert_uint_eq(soa.serial, UINT32_MAX);
	ck_assert_uint_eq(soa.refresh, 2);
	ck_assert_uint_eq(soa.retry, 3);
	ck_assert_uint_eq(soa.expire, 4);
	ck_assert_uint_eq(soa.minimum, 5);
}
END_TEST

#define SIG_HEAD "0001 05 03 00000e10 00000003 00000002 1234 "
#define HASH_20  "14 0000000000000000000000000000000000000000 "
#define HASH_19  "13 00000000000000000000000000000000000000 "

static const struct {
	uint16_t type;
	const char *hex;
	enum dw_status status;
} edges[] = {
	{DW_TYPE_DNSKEY, "0101 03 0d", DW_OK}, /* an empty key is broken, but its RDATA is whole */
	{DW_TYPE_DNSKEY, "0101 03", DW_MALFORMED},
	{DW_TYPE_DNSKEY, "", DW_MALFORMED},
	{DW_TYPE_RRSIG, SIG_HEAD "00 ff", DW_OK},
	{DW_TYPE_RRSIG, SIG_HEAD "00", DW_MALFORMED},
	{DW_TYPE_RRSIG, SIG_HEAD "0161", DW_MALFORMED},
	{DW_TYPE_RRSIG, SIG_HEAD "ffff ff", DW_MALFORMED},
	{DW_TYPE_RRSIG, SIG_HEAD, DW_MALFORMED},
	{DW_TYPE_RRSIG, "0001 05", DW_MALFORMED},
	{DW_TYPE_DS, "ec45 05 01 00", DW_OK},
	{DW_TYPE_DS, "ec45 05 01", DW_MALFORMED},
	{DW_TYPE_DS, "", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0001 40", DW_OK},
	{DW_TYPE_NSEC, "00", DW_MALFORMED},
	{DW_TYPE_NSEC, "", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 00", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0000", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0002 40", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0001 40 00", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0001 00", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0002 4000", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0001 40 0101 40", DW_OK},
	{DW_TYPE_NSEC, "00 0101 40 0001 40", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 0001 40 0001 40", DW_MALFORMED},
	{DW_TYPE_NSEC, "00 ff01 40", DW_OK},
	{DW_TYPE_NSEC, "00 0020 0000000000000000 0000000000000000 0000000000000000 0000000000000001", DW_OK},
	{DW_TYPE_NSEC, "00 0021 0000000000000000 0000000000000000 0000000000000000 0000000000000000 01",
		DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 00 " HASH_20, DW_OK},
	{DW_TYPE_NSEC3, "01 00 0000 01 aa " HASH_20 "0001 40", DW_OK},
	{DW_TYPE_NSEC3, "01 00 0000 00 " HASH_20 "0001 00", DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 00 " HASH_20 "00", DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 00 " HASH_19, DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 00 15" HASH_20, DW_MALFORMED},
	{DW_TYPE_NSEC3, "02 00 0000 00 " HASH_19, DW_OK}, /* of a hash algorithm not known here */
	{DW_TYPE_NSEC3, "02 00 0000 00 00", DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 00", DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 0000 ff aabb", DW_MALFORMED},
	{DW_TYPE_NSEC3, "01 00 00", DW_MALFORMED},
	{DW_TYPE_NSEC3, "", DW_MALFORMED},
	{DW_TYPE_SOA, "00 00 00000001 00000001 00000001 00000001 00000001", DW_OK},
	{DW_TYPE_SOA, "00 00 00000001 00000001 00000001 00000001 00000001 00", DW_MALFORMED},
	{DW_TYPE_SOA, "00 00 00000001 00000001 00000001 00000001 000000", DW_MALFORMED},
	{DW_TYPE_SOA, "00", DW_MALFORMED},
	{DW_TYPE_SOA, "", DW_MALFORMED},
};

START_TEST(rdata_is_checked_to_its_last_octet)
{
	ck_assert_int_eq(read_any(record_hex(edges[_i].type, edges[_i].hex)), edges[_i].status);
}
END_TEST

static const char *const whole[] = {
	"example. 1 IN RRSIG A 5 1 86400 20030322173103 20030220173103 2642 example. oA==",
	"example. 1 IN NSEC host.example. A",
	"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 1 IN NSEC3 1 1 12 aabb 2t7b4g4vsa5smi47k61mv5bv1a22bojr A",
	"example. 1 IN SOA ns1.example.net. hostmaster.example.net. 1 2 3 4 5",
};

START_TEST(rdata_cut_anywhere_is_malformed)
{
	uint8_t rdata[512];
	const struct dw_rr *rr = record_text(whole[_i]);
	size_t length = rr->rdlength;
	uint16_t type = rr->type;

	memcpy(rdata, rr->rdata, length);
	ck_assert_int_eq(read_any(rr), DW_OK);
	/* An NSEC3 without types is whole. */
	for (size_t n = 0; n < length; n++) {
		bool whole_nsec3 = type == DW_TYPE_NSEC3 && n == length - 3;
		ck_assert_int_eq(read_any(record(type, rdata, n)), whole_nsec3 ? DW_OK : DW_MALFORMED);
	}
}
END_TEST

START_TEST(bit_maps_that_break_off_name_no_types)
{
	uint8_t types[] = {0, 4, 0x40};

	ck_assert(!dw_types_has(types, sizeof(types), 1));
	ck_assert(!dw_types_has(types, 1, 1));
	ck_assert(!dw_types_has(types, 0, 1));
	types[1] = 1;
	ck_assert(dw_types_has(types, sizeof(types), 1));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rdata");
	TCase *fields = tcase_create("fields"), *bounds = tcase_create("bounds");

	tcase_add_loop_test(fields, a_dnskey_has_flags_protocol_algorithm_tag_and_key, 0, DW_ROWS(keys));
	tcase_add_test(fields, key_tags_are_those_of_ldns);
	tcase_add_test(fields, the_tag_of_an_rsamd5_key_is_part_of_its_modulus);
	tcase_add_test(fields, a_key_tag_sums_with_its_carry);
	tcase_add_test(fields, an_rrsig_has_its_fields);
	tcase_add_test(fields, a_compressed_signer_is_read);
	tcase_add_test(fields, a_ds_has_its_fields);
	tcase_add_test(fields, an_nsec_has_its_next_name_and_types);
	tcase_add_test(fields, an_nsec3_has_its_fields);
	tcase_add_test(fields, a_soa_has_its_fields);
	tcase_add_loop_test(bounds, rdata_is_checked_to_its_last_octet, 0, DW_ROWS(edges));
	tcase_add_loop_test(bounds, rdata_cut_anywhere_is_malformed, 0, DW_ROWS(whole));
	tcase_add_test(bounds, bit_maps_that_break_off_name_no_types);
	suite_add_tcase(suite, fields);
	suite_add_tcase(suite, bounds);
	return dw_suite_run(suite);
}
