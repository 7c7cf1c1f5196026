#include "dns/cut.h"

#include "support/message.h"
#include "support/suite.h"

#define NX   (DW_BIT_QR | DW_RCODE_NXDOMAIN)
#define NXAA (DW_BIT_QR | DW_BIT_AA | DW_RCODE_NXDOMAIN)
#define AA   (DW_BIT_QR | DW_BIT_AA)

/* Answers to NS of example.org, and what they say. */
static const struct {
	struct dw_message_text text;
	enum dw_cut_kind kind;
	const char *owner;
} by_resolver[] = {
	{{.bits = DW_BIT_QR, .answer = "example.org NS ns1.example.org"}, DW_CUT_NS, "example.org"},
	{{.bits = DW_BIT_QR, .answer = "EXAMPLE.ORG NS ns1.example.org"}, DW_CUT_NS, "example.org"},
	{{.bits = DW_BIT_QR, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NO_DATA, "org"},
	{{.bits = NX, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NXDOMAIN, "org"},
	{{.bits = NX}, DW_CUT_NXDOMAIN, ""},
	{{.bits = DW_BIT_QR, .authority = "example.org SOA a b 1 2 3 4 5"}, DW_CUT_APEX, "example.org"},
	{{.bits = DW_BIT_QR, .answer = "example.org CNAME example.net", .authority = "net SOA a b 1 2 3 4 5"},
		DW_CUT_ALIAS, ""},
	{{.bits = NX, .answer = "example.org CNAME gone.org", .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_ALIAS,
		""},
	/* Nothing that counts. */
	{{.bits = DW_BIT_QR}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .answer = "example.net NS ns1.example.net"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "example.org NS ns1.example.org"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .answer = "example.org A 192.0.2.1"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "net SOA a b 1 2 3 4 5"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "sub.example.org SOA a b 1 2 3 4 5"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR | DW_BIT_TC, .answer = "example.org NS ns1.example.org"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR | DW_RCODE_SERVFAIL, .answer = "example.org NS ns1.example.org"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .answer = "example.org CH NS ns1.example.org"}, DW_CUT_NO_USE, ""},
};

/* Likewise, by a server of org. */
static const struct {
	struct dw_message_text text;
	enum dw_cut_kind kind;
	const char *owner;
} by_server[] = {
	{{.bits = DW_BIT_QR, .authority = "example.org NS ns1.example.org"}, DW_CUT_REFERRAL, "example.org"},
	{{.bits = AA, .authority = "example.org NS ns1.example.org"}, DW_CUT_REFERRAL, "example.org"},
	{{.bits = DW_BIT_QR, .answer = "example.org NS ns1.example.org"}, DW_CUT_REFERRAL, "example.org"},
	{{.bits = AA, .answer = "example.org NS ns1.example.org"}, DW_CUT_NS, "example.org"},
	{{.bits = AA, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NO_DATA, "org"},
	{{.bits = AA, .authority = "example.org SOA a b 1 2 3 4 5"}, DW_CUT_APEX, "example.org"},
	{{.bits = NXAA, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NXDOMAIN, "org"},
	{{.bits = AA, .answer = "example.org CNAME example.net"}, DW_CUT_ALIAS, ""},
	{{.bits = AA, .answer = "example.org CNAME x.example.net", .authority = "example.net NS ns.example.net"},
		DW_CUT_ALIAS, ""},
	{{.bits = AA, .answer = "example.org CNAME example.net", .authority = "example.org NS ns1.example.org"},
		DW_CUT_ALIAS, ""},
	{{.bits = AA, .authority = "org SOA a b 1 2 3 4 5\nexample.org NS ns1.example.org"}, DW_CUT_NO_DATA,
		"org"},
	/* Upwards, sideways, downwards, and without authority. */
	{{.bits = DW_BIT_QR, .authority = ". NS a.root"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "org NS a.nic.org"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "example.net NS ns1.example.net"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "sub.example.org NS ns1.example.org"}, DW_CUT_NO_USE, ""},
	{{.bits = DW_BIT_QR, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NO_USE, ""},
	{{.bits = AA, .authority = ". SOA a b 1 2 3 4 5"}, DW_CUT_NO_USE, ""},
	{{.bits = NX, .authority = "org SOA a b 1 2 3 4 5"}, DW_CUT_NO_USE, ""},
	{{.bits = AA}, DW_CUT_NO_USE, ""},
	{{.bits = AA | DW_RCODE_REFUSED, .authority = "example.org NS ns1.example.org"}, DW_CUT_NO_USE, ""},
};

static void assert_owner(const struct dw_name *owner, const char *wanted)
{
	char text[DW_NAME_TEXT_MAX] = "";

	if (owner->length > 0)
		dw_name_format(owner, text);
	ck_assert_str_eq(text, wanted);
}

START_TEST(a_resolvers_answer_tells_whether_a_name_is_an_apex)
{
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name name = dw_name_make("example.org");

	dw_message_make(&by_resolver[_i].text, wire, &message);
	struct dw_cut cut = dw_cut_by_resolver(&message, &name);
	ck_assert_int_eq(cut.kind, by_resolver[_i].kind);
	assert_owner(&cut.owner, by_resolver[_i].owner);
}
END_TEST

START_TEST(a_servers_answer_tells_whether_a_name_is_delegated)
{
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name above = dw_name_make("org");
	struct dw_name name = dw_name_make("example.org");

	dw_message_make(&by_server[_i].text, wire, &message);
	struct dw_cut cut = dw_cut_by_server(&message, &above, &name);
	ck_assert_int_eq(cut.kind, by_server[_i].kind);
	assert_owner(&cut.owner, by_server[_i].owner);
}
END_TEST

START_TEST(a_referral_may_lead_part_of_the_way)
{
	static const struct dw_message_text text = {
		.bits = DW_BIT_QR, .authority = "b.org NS ns.b.org", .additional = "ns.b.org A 192.0.2.1"};
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name above = dw_name_make("org");
	struct dw_name name = dw_name_make("a.b.org");

	dw_message_make(&text, wire, &message);
	struct dw_cut cut = dw_cut_by_server(&message, &above, &name);
	ck_assert_int_eq(cut.kind, DW_CUT_REFERRAL);
	assert_owner(&cut.owner, "b.org");
}
END_TEST

START_TEST(names_and_glue_are_those_of_the_owner_each_once)
{
	static const struct dw_message_text text = {.bits = DW_BIT_QR,
		.authority = "example.org NS ns1.example.org\nexample.org NS NS1.example.org\n"
					 "example.net NS ns9.example.net\nexample.org NS ns2.example.org",
		.additional = "ns1.example.org A 192.0.2.1\nns2.example.org A 192.0.2.2\n"
					  "ns1.example.org AAAA 2001:db8::1\nns1.example.org CH A 192.0.2.3"};
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name owner = dw_name_make("example.org");
	struct dw_name names[DW_NS_NAMES_MAX];
	struct dw_address addresses[DW_SERVERS_MAX];
	char address[DW_ADDRESS_TEXT_MAX];

	dw_message_make(&text, wire, &message);
	ck_assert_uint_eq(dw_cut_names(&message, DW_AUTHORITY, &owner, names), 2);
	assert_owner(&names[1], "ns2.example.org");
	ck_assert_uint_eq(dw_cut_glue(&message, &names[0], 5300, addresses), 2);
	ck_assert_str_eq(dw_address_format(&addresses[0], address), "192.0.2.1@5300");
	ck_assert_str_eq(dw_address_format(&addresses[1], address), "2001:db8::1@5300");
}
END_TEST

/* Answers to A of ns.example.org, and how many addresses they give. */
static const struct {
	const char *answer;
	unsigned n;
} lookups[] = {
	{"ns.example.org A 192.0.2.1\nns.example.org A 192.0.2.2\nns.example.org AAAA 2001:db8::1", 2},
	{"ns.example.org CNAME a.example.net\na.example.net CNAME b.example.net\nb.example.net A 192.0.2.1", 1},
	{"a.example.net A 192.0.2.1", 0},
	{"ns.example.org CNAME a.example.net\nb.example.net A 192.0.2.1", 0},
	{"ns.example.org CNAME a.example.net\na.example.net CNAME ns.example.org", 0},
	{"ns.example.org CNAME ns.example.org", 0},
};

START_TEST(addresses_are_found_behind_aliases_and_never_in_circles)
{
	struct dw_message_text text = {.bits = DW_BIT_QR, .answer = lookups[_i].answer};
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name name = dw_name_make("ns.example.org");
	struct dw_address addresses[DW_SERVERS_MAX];

	dw_message_make(&text, wire, &message);
	ck_assert_uint_eq(dw_cut_addresses(&message, &name, DW_TYPE_A, 53, addresses), lookups[_i].n);
}
END_TEST

#define DS     "example.org DS 4711 13 1 0123456789abcdef0123456789abcdef01234567"
#define SIGNED "example.org RRSIG DS 13 2 3600 20300101000000 20250101000000 1 "

/* Answers to DS of example.org by a server of org. */
static const struct {
	struct dw_message_text text;
	enum dw_ds_known known;
	unsigned n;
	const char *parent;
} ds_answers[] = {
	{{.bits = AA, .answer = DS}, DW_DS_PRESENT, 1, ""},
	{{.bits = AA, .answer = DS "\n" SIGNED "org AAAA"}, DW_DS_PRESENT, 1, "org"},
	{{.bits = AA, .answer = DS "\n" SIGNED "example.net AAAA"}, DW_DS_PRESENT, 1, ""},
	{{.bits = AA, .answer = DS "\n" SIGNED "example.org AAAA"}, DW_DS_PRESENT, 1, ""},
	{{.bits = AA, .answer = DS "\n" SIGNED ". AAAA"}, DW_DS_PRESENT, 1, ""},
	{{.bits = AA, .answer = "example.net DS 4711 13 1 01"}, DW_DS_NO_ANSWER, 0, ""},
	{{.bits = AA, .authority = "org SOA a b 1 2 3 4 5"}, DW_DS_ABSENT, 0, "org"},
	{{.bits = NXAA, .authority = "org SOA a b 1 2 3 4 5"}, DW_DS_ABSENT, 0, "org"},
	/* By the child, by a zone above the parent, without authority, without a word. */
	{{.bits = AA, .authority = "example.org SOA a b 1 2 3 4 5"}, DW_DS_NO_ANSWER, 0, ""},
	{{.bits = AA, .authority = ". SOA a b 1 2 3 4 5"}, DW_DS_NO_ANSWER, 0, ""},
	{{.bits = DW_BIT_QR, .answer = DS}, DW_DS_NO_ANSWER, 0, ""},
	{{.bits = AA}, DW_DS_NO_ANSWER, 0, ""},
	{{.bits = AA | DW_RCODE_SERVFAIL, .answer = DS}, DW_DS_NO_ANSWER, 0, ""},
};

START_TEST(a_ds_answer_counts_when_it_is_the_parents)
{
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_message message;
	struct dw_name above = dw_name_make("org");
	struct dw_name name = dw_name_make("example.org");
	struct dw_cut_ds answer;

	dw_message_make(&ds_answers[_i].text, wire, &message);
	dw_cut_ds(&message, &above, &name, &answer);
	ck_assert_int_eq(answer.known, ds_answers[_i].known);
	ck_assert_uint_eq(answer.n_ds, ds_answers[_i].n);
	assert_owner(&answer.parent, ds_answers[_i].parent);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cut");
	TCase *tcase = tcase_create("cut");

	tcase_add_loop_test(tcase, a_resolvers_answer_tells_whether_a_name_is_an_apex, 0, DW_ROWS(by_resolver));
	tcase_add_loop_test(tcase, a_servers_answer_tells_whether_a_name_is_delegated, 0, DW_ROWS(by_server));
	tcase_add_test(tcase, a_referral_may_lead_part_of_the_way);
	tcase_add_test(tcase, names_and_glue_are_those_of_the_owner_each_once);
	tcase_add_loop_test(tcase, addresses_are_found_behind_aliases_and_never_in_circles, 0, DW_ROWS(lookups));
	tcase_add_loop_test(tcase, a_ds_answer_counts_when_it_is_the_parents, 0, DW_ROWS(ds_answers));
	suite_add_tcase(suite, tcase);
	return dw_suite_run(suite);
}
