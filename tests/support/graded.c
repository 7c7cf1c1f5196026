#include "support/graded.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/wire.h"
#include "support/message.h"

#define QUESTIONS_MAX 1024
#define OPT_SIZE      11

struct open_question {
	unsigned tag;
	struct dw_question question;
};

/* Not an assertion of Check: a fuzzer cannot use those. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static size_t put16(uint8_t *wire, size_t value)
{
	wire[0] = (uint8_t)(value >> 8);
	wire[1] = (uint8_t)value;
	return 2;
}

/* One TXT record that fills the message up to `size` octets. */
static size_t put_txt(uint8_t *wire, size_t at, size_t size)
{
	size_t left = size - at - 12 - OPT_SIZE;

	at += put16(wire + at, 0xc00c);
	at += put16(wire + at, DW_TYPE_TXT);
	at += put16(wire + at, DW_CLASS_IN);
	memset(wire + at, 0, 4);
	at += 4;
	at += put16(wire + at, left);
	while (left > 0) {
		size_t piece = left > 256 ? 255 : left - 1;
		wire[at] = (uint8_t)piece;
		memset(wire + at + 1, 'x', piece);
		at += 1 + piece;
		left -= 1 + piece;
	}
	return at;
}

/* Writes an answer; with `size` 0 there is no record in it. */
static size_t write_answer(
	const struct dw_question *question, uint16_t bits, size_t size, uint8_t wire[DW_MESSAGE_MAX])
{
	size_t at = 12;

	memset(wire, 0, at);
	put16(wire + 2, 0x8180U | bits);
	wire[5] = 1;
	wire[7] = size > 0;
	wire[11] = 1;
	memcpy(wire + at, question->ask.name.wire, question->ask.name.length);
	at += question->ask.name.length;
	at += put16(wire + at, question->ask.type);
	at += put16(wire + at, DW_CLASS_IN);
	if (size > 0)
		at = put_txt(wire, at, size);
	memset(wire + at, 0, OPT_SIZE);
	wire[at + 2] = DW_TYPE_OPT;
	put16(wire + at + 3, 1232);
	return at + OPT_SIZE;
}

/* The grade that a question is for: "r0512". */
static size_t grade_of(const struct dw_question *question)
{
	char text[DW_NAME_TEXT_MAX];

	require(dw_name_format(&question->ask.name, text)[0] == 'r');
	return strtoul(text + 1, NULL, 10);
}

static void lose(struct dw_answer *answer, dw_millis waited)
{
	answer->status = DW_TIMEOUT;
	answer->elapsed = waited;
	snprintf(answer->reason, sizeof(answer->reason), "no answer to 1 try");
}

/* Whether no message comes of a question; says why not. */
static bool is_lost(const struct dw_graded *graded, const struct dw_graded_manners *manners,
	const struct dw_question *question, struct dw_answer *answer)
{
	bool tcp = question->transport == DW_TRANSPORT_TCP;
	enum dw_status end = tcp ? manners->by_tcp : manners->by_udp;
	bool beyond = manners->fetches > 0 && grade_of(question) > manners->fetches;

	if (!manners->silent && !(beyond && manners->mute) && end == DW_OK &&
		(tcp || manners->loses < 2 || graded->n_asked % manners->loses == 0))
		return false;
	lose(answer, tcp ? 5000 : question->try_timeout);
	if (end != DW_OK)
		answer->status = end;
	answer->tcp_stage = tcp && manners->connects ? DW_TCP_CONNECTED : DW_TCP_NONE;
	return true;
}

/* The bits of the answer to a question for so many octets: its code, and TC. */
static uint16_t bits_of(const struct dw_graded_manners *manners, bool tcp, size_t size)
{
	size_t sends = manners->sends > 0 ? manners->sends : 1232;
	bool beyond = manners->fetches > 0 && size > manners->fetches;

	if (tcp ? manners->cuts_tcp : manners->cuts)
		return DW_BIT_TC;
	if (!tcp && manners->udp_rcode != DW_RCODE_NOERROR)
		return manners->udp_rcode;
	if (beyond || size == manners->stumbles)
		return DW_RCODE_SERVFAIL;
	if (manners->holds > 0 && size > manners->holds)
		return DW_RCODE_NXDOMAIN;
	if (manners->rcode != DW_RCODE_NOERROR || manners->no_data)
		return manners->rcode;
	return !tcp && size > sends ? DW_BIT_TC : 0;
}

void dw_graded_respond(const struct dw_graded *graded, const struct dw_question *question,
	struct dw_answer *answer, uint8_t wire[DW_MESSAGE_MAX])
{
	unsigned at = ntohl(question->server.socket.v4.sin_addr.s_addr) % 256 - 53;
	const struct dw_graded_manners *manners = &graded->manners[at];
	bool tcp = question->transport == DW_TRANSPORT_TCP;
	size_t size = grade_of(question);

	require(at < graded->n_resolvers);
	*answer = (struct dw_answer){.status = DW_OK, .wire = wire, .attempts = 1, .elapsed = tcp ? 20 : 10};
	answer->n_garbage = manners->n_beside;
	answer->n_repeated = manners->n_repeated;
	if (!tcp && manners->elsewhere) {
		answer->n_elsewhere = 1;
		answer->elsewhere = dw_address_of((const uint8_t[]){192, 0, 2, 99}, 4, DW_PORT_DNS);
		lose(answer, question->try_timeout);
		return;
	}
	if (is_lost(graded, manners, question, answer))
		return;
	uint16_t bits = bits_of(manners, tcp, size);
	bool empty = bits != 0 || manners->no_data;
	bool dropped = (manners->passes > 0 && size > manners->passes) ||
		(manners->hole > 0 && size >= manners->hole && size <= manners->hole_end);
	if (!tcp && !empty && dropped) {
		lose(answer, question->try_timeout);
		return;
	}
	answer->length = write_answer(question, bits, empty ? 0 : size, wire);
	if (!tcp && manners->no_opt) {
		wire[11] = 0;
		answer->length -= OPT_SIZE;
	}
	answer->length -= !tcp && manners->garbage;
}

static void reply(struct dw_graded *graded, const struct open_question *open)
{
	struct dw_answer answer;
	uint8_t *wire = malloc(DW_MESSAGE_MAX);

	ck_assert_ptr_nonnull(wire);
	ck_assert_uint_eq(open->question.tries, 1);
	dw_graded_respond(graded, &open->question, &answer, wire);
	dw_reply_size_class.answer(graded->reply_size, open->tag, &open->question, &answer);
	free(wire);
}

/* What is open when time is up: it has waited less than was planned. */
static void cut_short(struct dw_graded *graded, const struct open_question *open, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct dw_answer answer = {.status = DW_OK};
		lose(&answer, 1);
		dw_reply_size_class.answer(graded->reply_size, open[i].tag, &open[i].question, &answer);
	}
}

static void carry(struct dw_graded *graded)
{
	struct open_question *open = calloc(QUESTIONS_MAX, sizeof(*open));
	unsigned n = 0, first = 0;

	ck_assert_ptr_nonnull(open);
	for (;;) {
		while (dw_reply_size_class.next(graded->reply_size, &open[n].question, &open[n].tag)) {
			bool tcp = open[n++].question.transport == DW_TRANSPORT_TCP;
			graded->n_tcp += tcp;
			graded->n_udp += !tcp;
			ck_assert_uint_lt(++graded->n_asked, QUESTIONS_MAX);
		}
		if (n == first)
			break;
		if (graded->stop_behind > 0 && first == graded->stop_behind) {
			cut_short(graded, open + first, n - first);
			break;
		}
		reply(graded, &open[first++]);
	}
	free(open);
}

struct dw_graded *dw_graded_new(void)
{
	struct dw_graded *graded = calloc(1, sizeof(*graded));

	require(graded != NULL);
	require(dw_name_parse("graded.example.org", &graded->plan.discovery.zone, NULL) == DW_OK);
	graded->n_resolvers = 1;
	return graded;
}

void dw_graded_run(struct dw_graded *graded)
{
	struct dw_size_policy policy = {.warning = {.given = false}};
	struct dw_error error = {.status = DW_OK};

	for (unsigned i = 0; i < graded->n_resolvers; i++) {
		char host[32];
		snprintf(host, sizeof(host), "192.0.2.%u", 53 + i);
		ck_assert_int_eq(dw_host_parse(host, &graded->plan.discovery.hosts[i], NULL), DW_OK);
	}
	graded->plan.discovery.n_hosts = graded->n_resolvers;
	ck_assert_int_eq(dw_range_parse("1232", DW_RANGE_COUNT, &policy.warning, NULL), DW_OK);
	ck_assert_msg(dw_reply_size_new(&graded->plan, &graded->reply_size, &error) == DW_OK, "%s", error.text);
	carry(graded);
	graded->facts = dw_reply_size_facts(graded->reply_size);
	dw_reply_size_judge(graded->facts, &policy, &graded->findings, &graded->figures);
}

struct dw_graded *dw_graded_check(const struct dw_graded_case *row)
{
	struct dw_graded *graded = dw_graded_new();
	const struct dw_reply_size_verdict *verdict = &graded->figures.verdicts[0];

	graded->manners[0] = row->manners;
	dw_graded_run(graded);
	ck_assert_uint_eq(graded->figures.n_verdicts, 1);
	ck_assert_str_eq(verdict->kind->word, row->verdict);
	ck_assert_int_eq(verdict->severity, row->severity);
	ck_assert_int_eq(graded->findings.worst, row->severity);
	ck_assert_uint_eq(graded->figures.sizes.servers_bad, row->severity >= DW_WARNING);
	if (row->text[0] == '\0') {
		ck_assert_uint_eq(graded->findings.n_findings, 0);
		return graded;
	}
	ck_assert_uint_gt(graded->findings.n_findings, 0);
	const struct dw_finding *finding = &graded->findings.items[0];
	ck_assert_msg(strstr(finding->text, row->text) != NULL, "%s", finding->text);
	ck_assert_ptr_nonnull(finding->kind->hint);
	return graded;
}

void dw_graded_end(struct dw_graded *graded)
{
	dw_reply_size_free(graded->reply_size);
	dw_findings_fini(&graded->findings);
	free(graded);
}
