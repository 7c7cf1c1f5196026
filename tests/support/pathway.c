#include "support/pathway.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/chance.h"
#include "support/cutcase.h"
#include "support/message.h"

#define LINK_SEGMENT 1448
#define CUT          100

/* A question under way, and how it will end. */
struct dw_pathway_open {
	struct dw_question question;
	unsigned tag;
	dw_deadline at;
	struct dw_answer answer;
	uint8_t wire[DW_MESSAGE_MAX];
};

struct dw_pathway dw_pathway_healthy(void)
{
	return (struct dw_pathway){.rtt = 20, .random = 4711, .n_keys = 8, .server_max = 4096};
}

/* Whether one of so many packets is lost. */
static bool lost(struct dw_pathway *path, unsigned n_packets)
{
	bool any = false;

	while (n_packets-- > 0) {
		path->random = path->random * 1664525 + 1013904223;
		any = any || (path->random >> 16) % 100 < path->loss;
	}
	return any;
}

/* Whether a resolver waits in vain for what it needs to answer. */
static bool is_unfetched(const struct dw_pathway *path, const struct dw_ask *ask)
{
	if (dw_pathway_has(path, DW_PATHWAY_FETCH_NOTHING))
		return ask->edns_version == 0;
	return dw_pathway_has(path, DW_PATHWAY_NO_FETCH) &&
		(ask->type == DW_TYPE_DNSKEY || !ask->checking_disabled);
}

/* Whether a firewall drops the question, or the answer of this size. */
static bool is_dropped(const struct dw_pathway *path, const struct dw_ask *ask, size_t length)
{
	return is_unfetched(path, ask) || dw_pathway_has(path, DW_PATHWAY_UDP_DROP) ||
		(dw_pathway_has(path, DW_PATHWAY_EDNS_DROP) && ask->edns) ||
		(dw_pathway_has(path, DW_PATHWAY_DO_DROP) && ask->dnssec_ok) ||
		(dw_pathway_has(path, DW_PATHWAY_VERSION_DROP) && ask->edns_version > 0) ||
		(dw_pathway_has(path, DW_PATHWAY_OPTION_DROP) && ask->edns_option != 0) ||
		(dw_pathway_has(path, DW_PATHWAY_FLAG_DROP) && ask->edns_flags != 0) ||
		(dw_pathway_has(path, DW_PATHWAY_UDP_512) && length > 512) ||
		(dw_pathway_has(path, DW_PATHWAY_FRAGMENTS) && dw_chance_packets((unsigned)length) > 1) ||
		(dw_pathway_has(path, DW_PATHWAY_UDP_1232) && length > 1232) ||
		(dw_pathway_has(path, DW_PATHWAY_MTU_1280) && (length > 1232 || ask->length > 1232));
}

static void carry_udp(struct dw_pathway *path, struct dw_pathway_open *open)
{
	const struct dw_question *question = &open->question;
	struct dw_answer *answer = &open->answer;
	size_t length = dw_pathway_answer(path, question, open->wire);

	path->n_udp++;
	*answer = (struct dw_answer){.status = DW_TIMEOUT, .attempts = 1, .n_packets = 1};
	answer->elapsed = question->try_timeout;
	if (dw_pathway_has(path, DW_PATHWAY_NO_ROUTE) || dw_pathway_has(path, DW_PATHWAY_UDP_REFUSE)) {
		answer->status = dw_pathway_has(path, DW_PATHWAY_NO_ROUTE) ? DW_NO_ROUTE : DW_REFUSED;
		answer->elapsed = dw_pathway_has(path, DW_PATHWAY_NO_ROUTE) ? 0 : path->rtt;
	} else if (dw_pathway_has(path, DW_PATHWAY_ELSEWHERE)) {
		answer->n_elsewhere = 1;
		answer->elsewhere = dw_address_of((const uint8_t[]){192, 0, 2, 99}, 4, DW_PORT_DNS);
	} else if (!is_dropped(path, &question->ask, length) &&
		!lost(path, 1 + dw_chance_packets((unsigned)length)) && path->rtt <= question->try_timeout) {
		answer->status = DW_OK;
		answer->length = answer->udp_length = length;
		answer->truncated = (open->wire[2] & 0x02) != 0;
		answer->elapsed = path->rtt;
	}
}

/* Sends until it gets there, in growing intervals; the moment of success, or a moment too late. */
static dw_millis send_until(
	struct dw_pathway *path, dw_millis from, dw_millis interval, dw_millis until, unsigned *n_packets)
{
	for (; from < until; from += interval, interval *= 2) {
		++*n_packets;
		if (!lost(path, 2))
			return from + path->rtt;
	}
	return from;
}

/* Ends a question by TCP without an answer. */
static void fail_tcp(
	struct dw_answer *answer, enum dw_status status, enum dw_tcp_stage stage, dw_millis elapsed)
{
	answer->status = status;
	answer->tcp_stage = stage;
	answer->elapsed = elapsed;
}

/* The connection stands at `at`: what becomes of the answer. */
static void answer_tcp(struct dw_pathway *path, struct dw_pathway_open *open, dw_millis at, size_t length)
{
	dw_millis until = open->question.tcp_timeout, again = 200 + path->rtt;
	uint16_t segment = open->question.tcp_segment;
	size_t size = segment == DW_TCP_SEGMENT_SYSTEM ? LINK_SEGMENT : segment;
	struct dw_answer *answer = &open->answer;
	unsigned n_theirs = 0;

	at = send_until(path, at, again, until, &answer->n_packets);
	if (dw_pathway_has(path, DW_PATHWAY_FETCH_NOTHING)) {
		fail_tcp(answer, DW_REFUSED, DW_TCP_CONNECTED, at);
		return;
	}
	if (at >= until || dw_pathway_has(path, DW_PATHWAY_TCP_SILENT) ||
		is_unfetched(path, &open->question.ask) ||
		(dw_pathway_has(path, DW_PATHWAY_MTU_1280) && size > 1220 && length > 1220)) {
		fail_tcp(answer, DW_TIMEOUT, DW_TCP_CONNECTED, until);
		return;
	}
	/* All segments leave at once. */
	dw_millis asked = at;
	for (size_t sent = 0; sent < length; sent += size) {
		dw_millis there = send_until(path, asked, again, until, &n_theirs);
		at = there > at ? there : at;
	}
	answer->tcp_wanted = length;
	if (dw_pathway_has(path, DW_PATHWAY_TCP_CLOSE))
		fail_tcp(answer, DW_REFUSED, DW_TCP_CONNECTED, at);
	else if (dw_pathway_has(path, DW_PATHWAY_TCP_GARBAGE))
		fail_tcp(answer, DW_MALFORMED, DW_TCP_CONNECTED, at);
	else if (dw_pathway_has(path, DW_PATHWAY_TCP_CUT))
		fail_tcp(answer, DW_MALFORMED, DW_TCP_READING, at);
	else if (at >= until || (dw_pathway_has(path, DW_PATHWAY_TCP_STOP) && length > 1000))
		fail_tcp(answer, DW_TIMEOUT, DW_TCP_READING, until);
	else
		fail_tcp(answer, DW_OK, DW_TCP_DONE, at);
	answer->tcp_read = answer->status == DW_OK ? length : answer->tcp_stage == DW_TCP_READING ? CUT : 0;
	if (answer->tcp_stage == DW_TCP_CONNECTED)
		answer->tcp_wanted = 0;
	answer->length = length;
	answer->n_packets += 4;
}

static void carry_tcp(struct dw_pathway *path, struct dw_pathway_open *open)
{
	dw_millis until = open->question.tcp_timeout;
	struct dw_answer *answer = &open->answer;
	size_t length = dw_pathway_answer(path, &open->question, open->wire);

	path->n_tcp++;
	*answer = (struct dw_answer){.tcp = true, .attempts = 1};
	dw_millis at = send_until(path, 0, 1000, until, &answer->n_packets);
	if (dw_pathway_has(path, DW_PATHWAY_NO_ROUTE) || dw_pathway_has(path, DW_PATHWAY_TCP_REJECT))
		fail_tcp(answer, DW_NO_ROUTE, DW_TCP_CONNECTING, path->rtt);
	else if (at >= until || dw_pathway_has(path, DW_PATHWAY_TCP_DROP))
		fail_tcp(answer, DW_TIMEOUT, DW_TCP_CONNECTING, until);
	else if (dw_pathway_has(path, DW_PATHWAY_TCP_RESET))
		fail_tcp(answer, DW_REFUSED, DW_TCP_CONNECTING, at);
	else
		answer_tcp(path, open, at, length);
	if (dw_pathway_has(path, DW_PATHWAY_TCP_DROP))
		answer->n_packets = 1 + (until > 1000);
}

void dw_pathway_carry(struct dw_pathway *path, const struct dw_question *question, struct dw_answer *answer,
	uint8_t wire[DW_MESSAGE_MAX])
{
	struct dw_pathway_open open;

	open.question = *question;
	if (question->transport == DW_TRANSPORT_TCP)
		carry_tcp(path, &open);
	else
		carry_udp(path, &open);
	*answer = open.answer;
	memcpy(wire, open.wire, answer->length);
}

/* Asks whatever the inquiry wants to know now; behind the deadline nothing is sent any more. */
static void pump(
	struct dw_pathway *path, const struct dw_inquiry_class *class, void *self, dw_deadline deadline)
{
	struct dw_question question;
	unsigned tag;

	while (class->next(self, &question, &tag)) {
		if (path->now >= deadline) {
			const struct dw_answer answer = {.status = DW_TIMEOUT, .reason = "no time left to ask"};
			class->answer(self, tag, &question, &answer);
			continue;
		}
		ck_assert_uint_lt(path->n_open, DW_PATHWAY_OPEN_MAX);
		struct dw_pathway_open *open = malloc(sizeof(*open));
		ck_assert_ptr_nonnull(open);
		open->question = question;
		open->tag = tag;
		if (question.transport == DW_TRANSPORT_TCP)
			carry_tcp(path, open);
		else
			carry_udp(path, open);
		open->answer.wire = open->answer.status == DW_OK ? open->wire : NULL;
		open->at = path->now + open->answer.elapsed;
		path->open[path->n_open++] = open;
	}
}

/* Takes the question that ends next. */
static struct dw_pathway_open *take_next(struct dw_pathway *path)
{
	unsigned first = 0;

	for (unsigned i = 1; i < path->n_open; i++) {
		if (path->open[i]->at < path->open[first]->at)
			first = i;
	}
	struct dw_pathway_open *open = path->open[first];
	path->open[first] = path->open[--path->n_open];
	return open;
}

dw_millis dw_pathway_run(
	struct dw_pathway *path, const struct dw_inquiry_class *class, void *self, dw_millis deadline)
{
	dw_deadline began = path->now, until = path->now + deadline;

	pump(path, class, self, until);
	while (path->n_open > 0) {
		struct dw_pathway_open *open = take_next(path);

		if (open->at > until) {
			open->answer.status = DW_TIMEOUT;
			open->answer.wire = NULL;
			open->answer.elapsed -= open->at - until;
			open->at = until;
		}
		path->now = open->at;
		snprintf(open->answer.reason, sizeof(open->answer.reason), "as the path has it");
		class->answer(self, open->tag, &open->question, &open->answer);
		free(open);
		pump(path, class, self, until);
	}
	return path->now - began;
}

struct dw_payload_plan dw_pathway_plan(const char *server)
{
	struct dw_payload_plan plan = {.absent_label = "absent"};

	plan.discovery.zone = dw_name_make("example.org");
	plan.discovery.port = DW_PORT_DNS;
	plan.discovery.n_hosts = 1;
	ck_assert_int_eq(dw_host_parse(server, &plan.discovery.hosts[0], NULL), DW_OK);
	return plan;
}

void dw_pathway_look_again(struct dw_pathway_look *look, const struct dw_size_policy *policy)
{
	static const struct dw_size_policy anything = {.warning = {.given = false}};

	dw_findings_fini(&look->findings);
	dw_payload_judge(look->facts, policy != NULL ? policy : &anything, &look->findings, &look->figures);
	dw_cutcase_list(&look->findings, look->found);
}

void dw_pathway_look(
	struct dw_pathway *path, const struct dw_payload_plan *plan, struct dw_pathway_look *look)
{
	memset(look, 0, sizeof(*look));
	ck_assert_int_eq(dw_payload_new(plan, &look->payload, NULL), DW_OK);
	look->took = dw_pathway_run(path, &dw_payload_class, look->payload, 9000);
	look->facts = dw_payload_facts(look->payload);
	dw_pathway_look_again(look, NULL);
}

void dw_pathway_look_end(struct dw_pathway_look *look)
{
	dw_findings_fini(&look->findings);
	dw_payload_free(look->payload);
}

void dw_pathway_check(const struct dw_pathway_row *row)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.faults = row->faults;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_msg(strcmp(look.found, row->found) == 0, "'%s' instead of '%s': %s", look.found, row->found,
		look.findings.n_findings > 0 ? look.findings.items[0].text : "");
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, row->verdict);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}

void dw_pathway_fini(struct dw_pathway *path)
{
	while (path->n_cached > 0)
		free(path->cached[--path->n_cached]);
}
