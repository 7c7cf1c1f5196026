#include "dns/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/prove.h"
#include "support/rfc.h"
#include "support/suite.h"

/* A reply being read, and all that it needs. */
struct bench {
	struct dw_name zone;
	struct dw_keyring ring;
	struct dw_verifier verifier;
	struct dw_reply_setting setting;
	struct dw_message *message;
	uint8_t *wire;
	struct dw_answer answer;
	struct dw_reply reply;
	bool more;
};

static void begin(struct bench *bench, const char *zone)
{
	memset(bench, 0, sizeof(*bench));
	bench->zone = bench->ring.owner = dw_name_make(zone);
	dw_verifier_init(&bench->verifier);
	bench->setting =
		(struct dw_reply_setting){.zone = &bench->zone, .ring = &bench->ring, .verifier = &bench->verifier};
	bench->message = malloc(sizeof(*bench->message));
	bench->wire = malloc(DW_MESSAGE_MAX);
	ck_assert(bench->message != NULL && bench->wire != NULL);
	bench->answer.wire = bench->wire;
}

static void run(struct bench *bench, const struct dw_message_text *text)
{
	if (text != NULL)
		bench->answer.length = dw_message_write(text, bench->wire);
	bench->more = dw_reply_read(&bench->setting, &bench->answer, bench->message, &bench->reply);
	if (bench->more)
		ck_assert_int_eq(dw_reply_prove(&bench->setting, bench->message, &bench->reply, NULL), DW_OK);
}

static void end(struct bench *bench)
{
	dw_reply_fini(&bench->reply);
	dw_keyring_fini(&bench->ring);
	dw_verifier_fini(&bench->verifier);
	free(bench->message);
	free(bench->wire);
}

/* RFCs print answers; a SOA makes those without data complete. */
START_TEST(the_signed_examples_of_the_rfcs_are_proven)
{
	const struct dw_rfc_answer *rfc = &dw_rfc_answers[_i];
	bool missing = rfc->denies && rfc->claim == DW_CLAIM_NXDOMAIN;
	const struct dw_message_text text = {
		.bits = (uint16_t)(DW_BIT_QR | DW_BIT_AA | (missing ? DW_RCODE_NXDOMAIN : 0)),
		.question = "example.org. A",
		.answer = rfc->answer,
		.authority = rfc->authority,
		.edns = true,
		.dnssec_ok = true};
	struct bench bench;

	begin(&bench, rfc->apex);
	dw_keyring_make(rfc->keys, &bench.ring);
	bench.setting.now = rfc->now;
	bench.reply.record = (struct dw_record){dw_name_make(rfc->name), rfc->type};
	run(&bench, &text);
	ck_assert(bench.more);
	for (unsigned i = 0; i < bench.reply.n_rrsets; i++)
		ck_assert_msg(bench.reply.rrsets[i].proof.security == DW_SECURE, "%s", rfc->section);
	if (rfc->denies && rfc->claim != DW_CLAIM_NO_DS) {
		ck_assert_msg(bench.reply.denial_wanted, "%s", rfc->section);
		ck_assert_msg(bench.reply.denial.result == rfc->result, "%s: %s", rfc->section,
			dw_denial_text(bench.reply.denial.result));
	}
	end(&bench);
}
END_TEST

#define SOA "example.org. 300 IN SOA ns.example.org. m.example.org. 42 2 3 4 5\n"

/* The question www.example.org A, what comes, and what that is. */
static const struct {
	struct dw_message_text text;
	bool by_user;
	enum dw_reply_kind kind;
	bool more;
} kinds[] = {
	{{.bits = DW_BIT_AA, .answer = "www.example.org. 9 IN A 192.0.2.1"}, false, DW_REPLY_POSITIVE, true},
	{{.bits = 0, .answer = "www.example.org. 9 IN A 192.0.2.1"}, false, DW_REPLY_LAME, false},
	{{.bits = DW_BIT_RA, .answer = "www.example.org. 9 IN A 192.0.2.1"}, false, DW_REPLY_LAME, false},
	{{.bits = DW_BIT_RA, .answer = "www.example.org. 9 IN A 192.0.2.1"}, true, DW_REPLY_POSITIVE, true},
	{{.bits = DW_BIT_RA}, true, DW_REPLY_NO_DATA, true},
	{{.bits = 0}, true, DW_REPLY_LAME, false},
	{{.bits = 0, .authority = SOA}, true, DW_REPLY_NO_DATA, true},
	{{.bits = DW_BIT_AA | DW_RCODE_NXDOMAIN, .authority = SOA}, false, DW_REPLY_NXDOMAIN, true},
	{{.bits = DW_BIT_AA | DW_RCODE_SERVFAIL}, false, DW_REPLY_ERROR, false},
	{{.bits = DW_RCODE_REFUSED}, false, DW_REPLY_ERROR, false},
	{{.bits = DW_BIT_AA, .edns = true, .rcode = DW_RCODE_BADVERS}, false, DW_REPLY_ERROR, false},
	{{.bits = 0, .authority = "example.org. 9 IN NS ns.example.net."}, false, DW_REPLY_LAME, false},
	{{.bits = 0, .authority = "www.example.org. 9 IN NS ns.example.net."}, false, DW_REPLY_REFERRAL, true},
};

START_TEST(an_answer_has_a_kind)
{
	struct dw_message_text text = kinds[_i].text;
	struct bench bench;

	begin(&bench, "example.org");
	text.bits |= DW_BIT_QR;
	text.question = "www.example.org. A";
	bench.reply.record = (struct dw_record){dw_name_make("www.example.org"), DW_TYPE_A};
	bench.setting.by_user = kinds[_i].by_user;
	run(&bench, &text);
	ck_assert_int_eq(bench.reply.kind, kinds[_i].kind);
	ck_assert(bench.more == kinds[_i].more);
	ck_assert(bench.reply.edns == text.edns);
	end(&bench);
}
END_TEST

START_TEST(a_message_that_does_not_parse_is_broken)
{
	struct bench bench;

	begin(&bench, "example.org");
	memset(bench.wire, 0xff, 40);
	bench.answer.length = 40;
	run(&bench, NULL);
	ck_assert(!bench.more);
	ck_assert_int_eq(bench.reply.kind, DW_REPLY_BROKEN);
	ck_assert_int_ne(bench.reply.status, DW_OK);
	ck_assert_uint_gt(strlen(bench.reply.reason), 0);
	end(&bench);
}
END_TEST

START_TEST(no_message_is_kept_with_its_reason)
{
	struct bench bench;

	begin(&bench, "example.org");
	bench.answer = (struct dw_answer){.status = DW_REFUSED, .attempts = 2, .truncated = true};
	strcpy(bench.answer.reason, "connection refused");
	run(&bench, NULL);
	ck_assert_int_eq(bench.reply.kind, DW_REPLY_NONE);
	ck_assert_int_eq(bench.reply.status, DW_REFUSED);
	ck_assert_str_eq(bench.reply.reason, "connection refused");
	ck_assert(bench.reply.truncated);
	ck_assert_uint_eq(bench.reply.attempts, 2);
	end(&bench);
}
END_TEST

#define RRSIG_BELOW                                                                                          \
	" 9 IN RRSIG A 13 3 9 20300101000000 20200101000000 1 sub.example.org. AAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"

/* What stands in an answer, and how many of its RRsets are this zone's. */
static const struct {
	const char *answer, *authority, *additional;
	unsigned n_rrsets;
} belongings[] = {
	{"www.example.org. 9 IN A 192.0.2.1", NULL, NULL, 1},
	{"www.example.org. 9 IN A 192.0.2.1", "example.org. 9 IN NS ns.example.org.", NULL, 2},
	{"www.example.org. 9 IN A 192.0.2.1", NULL, "ns.example.org. 9 IN A 192.0.2.2", 1},
	{"www.example.net. 9 IN A 192.0.2.1", NULL, NULL, 0},
	/* The parent's, and a child's. */
	{"example.org. 9 IN DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000", NULL,
		NULL, 0},
	{NULL, "sub.example.org. 9 IN NS ns.example.net.", NULL, 0},
	{NULL,
		"sub.example.org. 9 IN NS ns.example.net.\nsub.example.org. 9 IN DS 1 13 2 "
		"0000000000000000000000000000000000000000000000000000000000000000\n"
		"sub.example.org. 9 IN NSEC z.example.org. NS DS RRSIG NSEC",
		NULL, 2},
	{"www.sub.example.org. 9 IN A 192.0.2.1", "sub.example.org. 9 IN NS ns.example.net.", NULL, 0},
	{"www.sub.example.org. 9 IN A 192.0.2.1\nwww.sub.example.org." RRSIG_BELOW, NULL, NULL, 0},
	{NULL, "sub.example.org. 9 IN SOA ns.example.org. m.example.org. 42 2 3 4 5\n", NULL, 0},
	/* An alias that a DNAME makes; one that it does not. */
	{"d.example.org. 9 IN DNAME e.example.org.\na.d.example.org. 9 IN CNAME a.e.example.org.", NULL, NULL, 1},
	{"d.example.org. 9 IN DNAME e.example.org.\na.d.example.org. 9 IN CNAME b.e.example.org.", NULL, NULL, 2},
};

START_TEST(only_what_belongs_to_the_zone_is_verified)
{
	const struct dw_message_text text = {.bits = DW_BIT_QR | DW_BIT_AA,
		.question = "www.example.org. A",
		.answer = belongings[_i].answer,
		.authority = belongings[_i].authority,
		.additional = belongings[_i].additional};
	struct bench bench;

	begin(&bench, "example.org");
	bench.reply.record = (struct dw_record){dw_name_make("www.example.org"), DW_TYPE_A};
	run(&bench, &text);
	ck_assert(bench.more);
	ck_assert_uint_eq(bench.reply.n_rrsets, belongings[_i].n_rrsets);
	end(&bench);
}
END_TEST

START_TEST(an_answer_of_more_rrsets_than_are_verified_says_so)
{
	char answer[4096] = "";
	const struct dw_message_text text = {
		.bits = DW_BIT_QR | DW_BIT_AA, .question = "www.example.org. A", .answer = answer};
	struct bench bench;

	for (unsigned i = 0; i <= (unsigned)_i; i++)
		snprintf(answer + strlen(answer), 64, "h%u.example.org. 9 IN A 192.0.2.1\n", i);
	begin(&bench, "example.org");
	bench.reply.record = (struct dw_record){dw_name_make("h0.example.org"), DW_TYPE_A};
	run(&bench, &text);
	ck_assert_uint_eq(
		bench.reply.n_rrsets, _i < DW_REPLY_RRSETS_MAX ? (unsigned)_i + 1 : DW_REPLY_RRSETS_MAX);
	ck_assert(bench.reply.rrsets_left == (_i >= DW_REPLY_RRSETS_MAX));
	end(&bench);
}
END_TEST

START_TEST(the_serial_is_that_of_the_apex)
{
	const struct dw_message_text text = {
		.bits = DW_BIT_QR | DW_BIT_AA, .question = "example.org. SOA", .answer = SOA};
	struct bench bench;

	begin(&bench, "example.org");
	bench.reply.record = (struct dw_record){bench.zone, DW_TYPE_SOA};
	run(&bench, &text);
	ck_assert(bench.reply.soa_seen);
	ck_assert_uint_eq(bench.reply.serial, 42);
	end(&bench);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reply");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, the_signed_examples_of_the_rfcs_are_proven, 0, (int)dw_rfc_n_answers);
	tcase_add_loop_test(rows, an_answer_has_a_kind, 0, DW_ROWS(kinds));
	tcase_add_test(rows, a_message_that_does_not_parse_is_broken);
	tcase_add_test(rows, no_message_is_kept_with_its_reason);
	tcase_add_loop_test(rows, only_what_belongs_to_the_zone_is_verified, 0, DW_ROWS(belongings));
	tcase_add_loop_test(rows, an_answer_of_more_rrsets_than_are_verified_says_so, DW_REPLY_RRSETS_MAX - 1,
		DW_REPLY_RRSETS_MAX + 2);
	tcase_add_test(rows, the_serial_is_that_of_the_apex);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
