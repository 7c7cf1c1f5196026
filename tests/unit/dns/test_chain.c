#include "dns/chain.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/message.h"
#include "support/suite.h"

#define SOA  "example.org. 300 IN SOA ns.example.org. m.example.org. 1 2 3 4 5\n"
#define A(x) x ".example.org. 300 IN A 192.0.2.1\n"

/* A question about example.org, its answer, and where that leads. */
static const struct {
	const char *name;
	uint16_t type;
	uint16_t bits;
	const char *answer, *authority;
	enum dw_reply_kind kind;
	const char *end; /* what the answer is about in the end */
	const char *cut;
} chains[] = {
	{"www", DW_TYPE_A, DW_BIT_AA, A("www"), NULL, DW_REPLY_POSITIVE, "www.example.org", NULL},
	/* Aliases. */
	{"a", DW_TYPE_A, DW_BIT_AA, "a.example.org. 9 IN CNAME www.example.org.\n" A("www"), NULL,
		DW_REPLY_POSITIVE, "www.example.org", NULL},
	{"a", DW_TYPE_CNAME, DW_BIT_AA, "a.example.org. 9 IN CNAME www.example.org.\n", NULL, DW_REPLY_POSITIVE,
		"a.example.org", NULL},
	{"a", DW_TYPE_A, DW_BIT_AA, "a.example.org. 9 IN CNAME www.example.net.\n", NULL, DW_REPLY_POSITIVE,
		"www.example.net", NULL},
	{"a", DW_TYPE_A, DW_BIT_AA, "a.example.org. 9 IN CNAME b.example.org.\n", SOA, DW_REPLY_NO_DATA,
		"b.example.org", NULL},
	{"a", DW_TYPE_A, DW_BIT_AA | DW_RCODE_NXDOMAIN, "a.example.org. 9 IN CNAME b.example.org.\n", SOA,
		DW_REPLY_NXDOMAIN, "b.example.org", NULL},
	{"a", DW_TYPE_A, DW_BIT_AA, "a.example.org. 9 IN CNAME b.sub.example.org.\n",
		"sub.example.org. 9 IN NS ns.example.net.\n", DW_REPLY_POSITIVE, "b.sub.example.org", NULL},
	/* An alias that the server does not follow, since where it leads is another zone of its own. */
	{"a", DW_TYPE_A, DW_BIT_AA, "a.example.org. 9 IN CNAME b.sub.example.org.\n", NULL, DW_REPLY_POSITIVE,
		"b.sub.example.org", NULL},
	{"a", DW_TYPE_A, DW_BIT_AA | DW_RCODE_NXDOMAIN, "a.example.org. 9 IN CNAME b.example.org.\n", NULL,
		DW_REPLY_NXDOMAIN, "b.example.org", NULL},
	/* A circle ends too. */
	{"a", DW_TYPE_A, DW_BIT_AA,
		"a.example.org. 9 IN CNAME b.example.org.\nb.example.org. 9 IN CNAME a.example.org.\n", NULL,
		DW_REPLY_POSITIVE, "a.example.org", NULL},
	{"a.d", DW_TYPE_A, DW_BIT_AA,
		"d.example.org. 9 IN DNAME e.example.org.\na.d.example.org. 9 IN CNAME a.e.example.org.\n" A("a.e"),
		NULL, DW_REPLY_POSITIVE, "a.e.example.org", NULL},
	{"a.d", DW_TYPE_A, DW_BIT_AA, "d.example.org. 9 IN DNAME e.example.org.\n" A("a.e"), NULL,
		DW_REPLY_POSITIVE, "a.e.example.org", NULL},
	/* The owner of a DNAME is not renamed. */
	{"d", DW_TYPE_A, DW_BIT_AA, "d.example.org. 9 IN DNAME e.example.org.\n", SOA, DW_REPLY_NO_DATA,
		"d.example.org", NULL},
	/* Absence. */
	{"www", DW_TYPE_MX, DW_BIT_AA, NULL, SOA, DW_REPLY_NO_DATA, "www.example.org", NULL},
	{"no", DW_TYPE_A, DW_BIT_AA | DW_RCODE_NXDOMAIN, NULL, SOA, DW_REPLY_NXDOMAIN, "no.example.org", NULL},
	{"no", DW_TYPE_A, DW_BIT_AA, NULL, NULL, DW_REPLY_NO_DATA, "no.example.org", NULL},
	/* An RRset in another section, or of another name, is no answer. */
	{"www", DW_TYPE_A, DW_BIT_AA, NULL, A("www"), DW_REPLY_NO_DATA, "www.example.org", NULL},
	{"www", DW_TYPE_A, DW_BIT_AA, A("ftp"), NULL, DW_REPLY_NO_DATA, "www.example.org", NULL},
	/* Delegations. */
	{"a.sub", DW_TYPE_A, 0, NULL, "sub.example.org. 9 IN NS ns.example.net.\n", DW_REPLY_REFERRAL,
		"a.sub.example.org", "sub.example.org"},
	{"sub", DW_TYPE_NS, 0, NULL, "sub.example.org. 9 IN NS ns.example.net.\n", DW_REPLY_REFERRAL,
		"sub.example.org", "sub.example.org"},
	{"sub", DW_TYPE_DS, DW_BIT_AA, NULL, SOA, DW_REPLY_NO_DATA, "sub.example.org", NULL},
	{"other", DW_TYPE_A, 0, NULL, "sub.example.org. 9 IN NS ns.example.net.\n", DW_REPLY_NO_DATA,
		"other.example.org", NULL},
	/* The server has the child zone too. */
	{"a.sub", DW_TYPE_A, DW_BIT_AA | DW_RCODE_NXDOMAIN, NULL,
		"sub.example.org. 9 IN SOA ns.example.org. m.example.org. 1 2 3 4 5\n", DW_REPLY_REFERRAL,
		"a.sub.example.org", NULL},
	/* Upwards, or to where we are. */
	{"www", DW_TYPE_A, 0, NULL, ". 9 IN NS a.root-servers.net.\n", DW_REPLY_LAME, "www.example.org", NULL},
	{"www", DW_TYPE_A, 0, NULL, "org. 9 IN NS a0.org.afilias-nst.info.\n", DW_REPLY_LAME, "www.example.org",
		NULL},
	{"www", DW_TYPE_A, 0, NULL, "example.org. 9 IN NS ns.example.net.\n", DW_REPLY_LAME, "www.example.org",
		NULL},
	{"www", DW_TYPE_A, DW_BIT_AA, NULL, "example.org. 9 IN NS ns.example.net.\n", DW_REPLY_NO_DATA,
		"www.example.org", NULL},
	{"www", DW_TYPE_A, 0, NULL, SOA "example.org. 9 IN NS ns.example.net.\n", DW_REPLY_NO_DATA,
		"www.example.org", NULL},
};

/* Writes the text of a row and reads it into a message; release both with free(). */
static struct dw_message *make(const struct dw_message_text *text, uint8_t **wire)
{
	struct dw_message *message = malloc(sizeof(*message));

	*wire = malloc(DW_MESSAGE_MAX);
	ck_assert(message != NULL && *wire != NULL);
	dw_message_make(text, *wire, message);
	return message;
}

START_TEST(an_answer_leads_where_it_says)
{
	const struct dw_message_text text = {.bits = (uint16_t)(DW_BIT_QR | chains[_i].bits),
		.question = "example.org. A",
		.answer = chains[_i].answer,
		.authority = chains[_i].authority};
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_record asked = {.type = chains[_i].type};
	char name[DW_NAME_TEXT_MAX];
	uint8_t *wire;
	struct dw_message *message = make(&text, &wire);

	snprintf(name, sizeof(name), "%s.example.org", chains[_i].name);
	asked.name = dw_name_make(name);
	struct dw_chain chain = dw_chain_follow(message, &zone, &asked);
	ck_assert_int_eq(chain.kind, chains[_i].kind);
	ck_assert_str_eq(dw_name_format(&chain.name, name), chains[_i].end);
	ck_assert((chain.cut.length > 0) == (chains[_i].cut != NULL));
	if (chains[_i].cut != NULL)
		ck_assert_str_eq(dw_name_format(&chain.cut, name), chains[_i].cut);
	free(message);
	free(wire);
}
END_TEST

/* A CNAME and a DNAME of one answer, and whether the one follows from the other. */
static const struct {
	const char *answer;
	const char *owner;
	bool synthesized;
} aliases[] = {
	{"d.example.org. 9 IN DNAME e.example.net.\na.d.example.org. 9 IN CNAME a.e.example.net.\n",
		"a.d.example.org", true},
	{"d.example.org. 9 IN DNAME e.example.net.\na.d.example.org. 9 IN CNAME b.e.example.net.\n",
		"a.d.example.org", false},
	{"d.example.org. 9 IN DNAME e.example.net.\na.x.example.org. 9 IN CNAME a.e.example.net.\n",
		"a.x.example.org", false},
	{"a.d.example.org. 9 IN CNAME a.e.example.net.\n", "a.d.example.org", false},
	{"d.example.org. 9 IN DNAME e.example.net.\n", "a.d.example.org", false},
	{"d.example.org. 9 IN DNAME .\na.d.example.org. 9 IN CNAME a.\n", "a.d.example.org", true},
};

START_TEST(a_cname_follows_from_a_dname_or_stands_alone)
{
	const struct dw_message_text text = {
		.bits = DW_BIT_QR | DW_BIT_AA, .question = "example.org. A", .answer = aliases[_i].answer};
	const struct dw_name owner = dw_name_make(aliases[_i].owner);
	uint8_t *wire;
	struct dw_message *message = make(&text, &wire);

	ck_assert(dw_chain_synthesized(message, &owner) == aliases[_i].synthesized);
	free(message);
	free(wire);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chain");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, an_answer_leads_where_it_says, 0, DW_ROWS(chains));
	tcase_add_loop_test(rows, a_cname_follows_from_a_dname_or_stands_alone, 0, DW_ROWS(aliases));
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
