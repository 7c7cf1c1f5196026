/* The canonical form of RDATA, against ldns and by hand. test_rrset.c has the rest of dns/rrset. */
#include <ldns/ldns.h>
#include <string.h>

#include "dns/rrset.h"
#include "support/message.h"
#include "support/suite.h"

static uint8_t wire[DW_MESSAGE_MAX], octets[DW_MESSAGE_MAX + DW_NAME_MAX], expected[DW_MESSAGE_MAX];
static struct dw_message message;

/* Every type with names, and some without; the names share suffixes, so that writers compress them. */
static const char *const texts[] = {
	"Example. 1 IN NS Ns1.Example.",
	"Example. 1 IN MD Ns1.Example.",
	"Example. 1 IN MF Ns1.Example.",
	"Example. 1 IN CNAME Ns1.Example.",
	"Example. 1 IN SOA Ns1.Example. HostMaster.Ns1.Example. 1 2 3 4 5",
	"Example. 1 IN MB Ns1.Example.",
	"Example. 1 IN MG Ns1.Example.",
	"Example. 1 IN MR Ns1.Example.",
	"Example. 1 IN PTR Ns1.Example.",
	"Example. 1 IN HINFO \"ACME\" \"Unix\"",
	"Example. 1 IN MINFO Ns1.Example. Ns2.Example.",
	"Example. 1 IN MX 10 Mail.Example.",
	"Example. 1 IN TXT \"Text\" \"\" \"Example\"",
	"Example. 1 IN RP Ns1.Example. Ns2.Example.",
	"Example. 1 IN AFSDB 1 Ns1.Example.",
	"Example. 1 IN RT 1 Ns1.Example.",
	"Example. 1 IN SIG A 5 1 86400 20030322173103 20030220173103 2642 Example. oA==",
	"Example. 1 IN PX 1 Ns1.Example. Ns2.Example.",
	"Example. 1 IN SRV 1 2 3 Ns1.Example.",
	"Example. 1 IN NAPTR 1 2 \"U\" \"E2U+Sip\" \"!^.*$!Sip:Info@Example.com!\" Ns1.Example.",
	"Example. 1 IN NAPTR 1 2 \"\" \"\" \"\" .",
	"Example. 1 IN KX 1 Ns1.Example.",
	"Example. 1 IN DNAME Ns1.Example.",
	"Example. 1 IN RRSIG A 5 1 86400 20030322173103 20030220173103 2642 Example. oA==",
	"Example. 1 IN NSEC Ns1.Example. A MX RRSIG NSEC TYPE1234",
	"Example. 1 IN A 192.0.2.1",
	"Example. 1 IN AAAA 2001:DB8::ABCD",
	"Example. 1 IN DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
	"Example. 1 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
	"Example. 1 IN CAA 0 issue \"Example.net\"",
	"Example. 1 IN TYPE65280 \\# 3 414243",
	"Example. 1 IN TYPE65280 \\# 0",
};

/* What ldns makes of the text: lower case by its own list, names written out. */
static size_t canonical_by_ldns(const char *text)
{
	ldns_rr *rr = NULL;
	ldns_buffer *buffer = ldns_buffer_new(LDNS_MAX_PACKETLEN);

	ck_assert_int_eq(ldns_rr_new_frm_str(&rr, text, 0, NULL, NULL), LDNS_STATUS_OK);
	ldns_rr2canonical(rr);
	ck_assert_int_eq(ldns_rr_rdata2buffer_wire(buffer, rr), LDNS_STATUS_OK);
	size_t length = ldns_buffer_position(buffer);
	memcpy(expected, ldns_buffer_begin(buffer), length);
	ldns_buffer_free(buffer);
	ldns_rr_free(rr);
	return length;
}

START_TEST(canonical_rdata_is_that_of_ldns)
{
	const struct dw_message_text text = {.question = "Example. A", .answer = texts[_i]};
	size_t length = 0, expected_length = canonical_by_ldns(texts[_i]);

	dw_message_make(&text, wire, &message);
	const struct dw_rr *rr = &message.records[0];
	ck_assert_int_eq(dw_rdata_canonical(&message, rr, octets, sizeof(octets), &length), DW_OK);
	ck_assert_uint_eq(length, expected_length);
	ck_assert_mem_eq(octets, expected, length);
	/* Exactly enough room is enough, and one octet less is not. */
	ck_assert_int_eq(dw_rdata_canonical(&message, rr, octets, length, &length), DW_OK);
	if (length > 0)
		ck_assert_int_eq(dw_rdata_canonical(&message, rr, octets, length - 1, &length), DW_LIMIT);
}
END_TEST

/* A record of the question's name, Ab., at octet 12; its type and RDATA follow. NULL: malformed. */
static const struct {
	uint16_t type;
	const char *rdata, *canonical;
} by_hand[] = {
	/* types that ldns does not know by name */
	{30, "c00c 4100", "02616200 4100"},                                                 /* NXT */
	{38, "80 c00c", "80 02616200"},                                                     /* A6 */
	{38, "00 20010db8000000000000000000004142", "00 20010db8000000000000000000004142"}, /* A6 without name */
	{38, "79 41 c00c", "79 41 02616200"},
	{38, "78 41 c00c", "78 41 02616200"},
	{38, "77 4142 0143 00", "77 4142 0163 00"},
	{38, "81 c00c", NULL},
	{38, "00 20010db80000000000000000000041", NULL},
	{38, "00 20010db8000000000000000000004142 00", NULL},
	{38, "80", NULL},
	{38, "", NULL},
	/* expanded though senders must not compress them (RFC 3597 4) */
	{DW_TYPE_RRSIG, "0001 05 01 00000001 00000003 00000002 1234 c00c ff",
		"0001 05 01 00000001 00000003 00000002 1234 02616200 ff"},
	{DW_TYPE_NSEC, "c00c 000140", "02416200 000140"},
	{33, "0001 0002 0003 c00c", "0001 0002 0003 02616200"},
	/* of no known layout: octets, whatever they look like */
	{64, "0001 02416200", "0001 02416200"},
	{DW_TYPE_NSEC3, "02416200", "02416200"},
	{65280, "c00c", "c00c"},
	{13, "024162 024162", "024162 024162"},
	/* cut short or too long */
	{DW_TYPE_NS, "", NULL},
	{DW_TYPE_NS, "c0", NULL},
	{DW_TYPE_NS, "c00c 00", NULL},
	{DW_TYPE_NS, "c0ff", NULL},
	{DW_TYPE_MX, "00", NULL},
	{DW_TYPE_MX, "0001", NULL},
	{DW_TYPE_MX, "0001 c00c 00", NULL},
	{DW_TYPE_SOA, "c00c c00c 00000001 00000001 00000001 00000001 000000", NULL},
	{DW_TYPE_SOA, "c00c c00c 00000001 00000001 00000001 00000001 00000001 00", NULL},
	{DW_TYPE_RRSIG, "0001 05 01 00000001 00000003 00000002 12", NULL},
	{35, "0001 0002 0141 0142 0243 c00c", NULL},
	{35, "0001 0002 0141 0142 ff", NULL},
	{35, "0001 0002 0141", NULL},
	{35, "0001 0002 0141 0142 00 c00c", "0001 0002 0141 0142 00 02616200"},
};

START_TEST(canonical_rdata_is_right_by_hand)
{
	uint8_t *at = wire +
		dw_octets_make("0000 8400 0001 0001 0000 0000 02416200 0001 0001"
					   "c00c 0000 0001 00000001 0000",
			wire, sizeof(wire));
	size_t length = dw_octets_make(by_hand[_i].rdata, at, 512), size = 0;

	at[-9] = (uint8_t)by_hand[_i].type;
	at[-10] = (uint8_t)(by_hand[_i].type >> 8);
	at[-1] = (uint8_t)length;
	ck_assert_int_eq(dw_message_parse(wire, (size_t)(at - wire) + length, &message, NULL), DW_OK);
	enum dw_status status = dw_rdata_canonical(&message, &message.records[0], octets, sizeof(octets), &size);
	if (by_hand[_i].canonical == NULL) {
		ck_assert_int_eq(status, DW_MALFORMED);
		return;
	}
	ck_assert_int_eq(status, DW_OK);
	ck_assert_uint_eq(size, dw_octets_make(by_hand[_i].canonical, expected, sizeof(expected)));
	ck_assert_mem_eq(octets, expected, size);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/rrset, canonical form");
	TCase *canonical = tcase_create("canonical");

	tcase_add_loop_test(canonical, canonical_rdata_is_that_of_ldns, 0, DW_ROWS(texts));
	tcase_add_loop_test(canonical, canonical_rdata_is_right_by_hand, 0, DW_ROWS(by_hand));
	suite_add_tcase(suite, canonical);
	return dw_suite_run(suite);
}
