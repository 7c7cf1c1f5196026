/*
 * Ladders of questions about payload sizes, from bytes: the first say what is asked of whom, which faults the
 * path has, and when time is up; then an octet or more for each answer (see support/hostile). A ladder always
 * ends, within its bounds of questions and time; a server is only said to be without an answer, or without
 * EDNS, UDP or TCP, where that was never seen to work; and what is said of it is fit to be printed.
 */
#include <stdlib.h>

#include "dns/ladder.h"
#include "dns/payload_verdict.h"
#include "fuzz/target.h"
#include "payload_json.h"
#include "payload_show.h"
#include "size_summary.h"
#include "support/hostile.h"
#include "support/pathway.h"

#define ADDRESSES_MAX 2
#define QUESTIONS_MAX (ADDRESSES_MAX * (DW_LADDER_UDP_MAX + DW_LADDER_TCP_MAX))
#define BUDGET        7000
#define FAULT_OCTETS  5
#define POLITE        40 /* packets to a healthy address */

/* What of an address was seen alive. */
struct heard {
	bool any, udp, edns, tcp, connected;
	bool complete; /* each question was answered as often as it was asked, and nothing came beside or cut */
};

static const char *const extra_records[] = {"big.example.org", "example.org"};

static void make_plan(struct dw_hostile *hostile, struct dw_payload_plan *plan)
{
	uint8_t flags = dw_hostile_take(hostile);

	*plan = (struct dw_payload_plan){.absent_label = "absent", .via = (flags & 1) != 0, .budget = BUDGET};
	dw_hostile_require(dw_name_parse("example.org", &plan->discovery.zone, NULL) == DW_OK);
	plan->discovery.n_hosts = 1 + (flags >> 1 & 1);
	plan->discovery.hosts[0].address = dw_address_of((const uint8_t[]){192, 0, 2, 1}, 4, DW_PORT_DNS);
	plan->discovery.hosts[1].address =
		dw_address_of((const uint8_t[16]){0x20, 0x01, 0x0d, 0xb8, [15] = 1}, 16, DW_PORT_DNS);
	plan->n_records = flags >> 2 & 3;
	for (unsigned i = 0; i < plan->n_records; i++) {
		const char *name = extra_records[i % 2];
		dw_hostile_require(dw_name_parse(name, &plan->records[i].name, NULL) == DW_OK);
		plan->records[i].type = i < 2 ? DW_TYPE_TXT : DW_TYPE_MX;
	}
	plan->n_sizes = flags >> 4 & 3;
	for (unsigned i = 0; i < plan->n_sizes; i++)
		plan->sizes[i] = (uint16_t)(512 + 256 * dw_hostile_take(hostile) % (UINT16_MAX - 512));
}

/* One path for signed zones, and one for those that are not: they keep their messages. */
static struct dw_pathway *make_path(struct dw_hostile *hostile)
{
	static struct dw_pathway paths[2];
	uint8_t flags = dw_hostile_take(hostile);
	struct dw_pathway *path = &paths[flags & 1];

	if (path->server_max == 0) {
		*path = dw_pathway_healthy();
		path->n_keys = (flags & 1) != 0 ? 0 : path->n_keys;
	}
	path->random = 4711;
	path->rtt = 20 + (flags >> 4) * 10;
	path->loss = (flags >> 1 & 7) * 5;
	path->authentic = (flags & 0x10) != 0;
	path->faults = 0;
	for (unsigned i = 0; i < FAULT_OCTETS; i++)
		path->faults |= (uint64_t)dw_hostile_take(hostile) << (8 * i);
	return path;
}

static void carry_honestly(
	void *context, const struct dw_question *question, struct dw_answer *answer, uint8_t *wire)
{
	dw_pathway_carry(context, question, answer, wire);
}

static void hear_rung(const struct dw_payload_rung *rung, struct heard *heard)
{
	heard->complete = heard->complete && rung->n_answered == rung->n_asked && !rung->reply.broken &&
		!(rung->tcp && rung->n_truncated > 0);
	heard->connected = heard->connected || rung->n_connected > 0;
	if (!rung->answered)
		return;
	heard->any = true;
	heard->tcp = heard->tcp || rung->tcp;
	heard->udp = heard->udp || !rung->tcp;
	heard->edns = heard->edns || (!rung->tcp && rung->size > 0);
}

static struct heard hear(const struct dw_payload_address *address)
{
	struct heard heard = {.complete = address->n_elsewhere + address->n_garbage + address->n_repeated == 0};

	for (unsigned i = 0; i < address->n_rungs; i++)
		hear_rung(&address->rungs[i], &heard);
	return heard;
}

static bool is_word(const struct dw_payload_verdict *verdict, enum dw_payload_kind kind)
{
	return verdict->kind == dw_payload_row(kind);
}

/* What is said to be dropped or dead has never been seen alive. */
static void check_claims(const struct dw_payload_verdict *verdict, const struct heard *heard)
{
	static const enum dw_payload_kind lossy[] = {DW_PAYLOAD_UDP_SIZE, DW_PAYLOAD_FRAGMENTS_DROPPED,
		DW_PAYLOAD_PATH_MTU, DW_PAYLOAD_UNANSWERED, DW_PAYLOAD_TCP_CUT, DW_PAYLOAD_TCP_GARBAGE,
		DW_PAYLOAD_MALFORMED, DW_PAYLOAD_LOSS, DW_PAYLOAD_OTHER_ADDRESS, DW_PAYLOAD_GARBAGE,
		DW_PAYLOAD_REPEATED};

	dw_hostile_require(!heard->any ||
		(!is_word(verdict, DW_PAYLOAD_SILENT) && !is_word(verdict, DW_PAYLOAD_REFUSED) &&
			!is_word(verdict, DW_PAYLOAD_NO_ROUTE)));
	dw_hostile_require(!heard->udp ||
		(!is_word(verdict, DW_PAYLOAD_UDP_DROPPED) && !is_word(verdict, DW_PAYLOAD_UDP_REFUSED)));
	dw_hostile_require(!heard->edns || !is_word(verdict, DW_PAYLOAD_EDNS_DROPPED));
	dw_hostile_require(!heard->connected ||
		(!is_word(verdict, DW_PAYLOAD_TCP_FILTERED) && !is_word(verdict, DW_PAYLOAD_TCP_REFUSED)));
	dw_hostile_require(!heard->tcp || !is_word(verdict, DW_PAYLOAD_TCP_SILENT));
	for (unsigned i = 0; i < sizeof(lossy) / sizeof(lossy[0]) && heard->complete; i++)
		dw_hostile_require(!is_word(verdict, lossy[i]));
}

static void check_address(
	const struct dw_payload_address *address, const struct dw_payload_verdict *verdict, bool honest)
{
	struct heard heard = hear(address);
	unsigned asked[2] = {0};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		dw_hostile_require(rung->n_answered + rung->n_lost + rung->n_refused <= rung->n_asked);
		dw_hostile_require(rung->reply.size <= DW_MESSAGE_MAX && rung->n_truncated <= rung->n_answered);
		asked[rung->tcp] += rung->n_asked;
	}
	dw_hostile_require(asked[0] <= DW_LADDER_UDP_MAX && asked[1] <= DW_LADDER_TCP_MAX);
	dw_hostile_require(verdict->udp_lost == 0 || verdict->udp_lost > verdict->udp_passed);
	dw_hostile_require(verdict->n_lost <= verdict->n_asked);
	check_claims(verdict, &heard);
	/* What is well is said to be well, and politely asked. */
	dw_hostile_require(
		!honest || (is_word(verdict, DW_PAYLOAD_FINE) && heard.complete && address->n_packets <= POLITE));
}

static void check_faces(const struct dw_payload_facts *facts, const struct dw_payload_figures *figures)
{
	char summary[DW_SUMMARY_MAX], *text = NULL;
	size_t size = 0;
	FILE *page = open_memstream(&text, &size);

	dw_hostile_require(page != NULL);
	dw_payload_show(facts, figures, 3, page);
	dw_hostile_require(fclose(page) == 0);
	dw_hostile_page(text, size);
	dw_size_summary(&facts->zone, facts->via, figures, summary);
	dw_hostile_printable(summary, sizeof(summary));
	json_t *object = dw_payload_json(facts, figures);
	dw_hostile_require(object != NULL);
	json_decref(object);
}

/* Judges, and looks at what is said; `honest` when nothing was in the way. */
static void check(const struct dw_payload_facts *facts, bool honest)
{
	struct dw_findings findings = {.items = NULL};
	struct dw_payload_figures *figures = calloc(1, sizeof(*figures));
	struct dw_size_policy policy;

	dw_hostile_require(figures != NULL);
	dw_hostile_require(dw_range_parse("4096", DW_RANGE_COUNT, &policy.warning, NULL) == DW_OK);
	dw_hostile_require(dw_range_parse("8192", DW_RANGE_COUNT, &policy.critical, NULL) == DW_OK);
	dw_payload_judge(facts, &policy, &findings, figures);
	dw_hostile_findings(&findings);
	dw_hostile_require(figures->sizes.servers_bad <= figures->sizes.servers &&
		figures->n_verdicts == figures->sizes.servers);
	dw_hostile_require(figures->sizes.udp_max <= DW_MESSAGE_MAX);
	for (unsigned i = 0; i < figures->n_verdicts; i++) {
		dw_hostile_printable(figures->verdicts[i].text, sizeof(figures->verdicts[i].text));
		dw_hostile_require(figures->verdicts[i].severity <= findings.worst);
		check_address(&facts->addresses[i], &figures->verdicts[i], honest);
	}
	check_faces(facts, figures);
	dw_findings_fini(&findings);
	free(figures);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dw_hostile hostile = {.data = data, .left = size, .honest = carry_honestly};
	struct dw_payload_plan plan;
	struct dw_payload *payload = NULL;

	make_plan(&hostile, &plan);
	struct dw_pathway *path = make_path(&hostile);
	hostile.context = path;
	/* The run ends at some time; usually long after the ladder. */
	uint8_t deadline = dw_hostile_take(&hostile);
	hostile.deadline = deadline == 0 ? 4 * BUDGET : 40 * deadline;
	dw_hostile_require(dw_payload_new(&plan, &payload, NULL) == DW_OK);
	dw_millis took = dw_hostile_run(&hostile, &dw_payload_class, payload, QUESTIONS_MAX);
	dw_hostile_require(took <= 2 * BUDGET);
	check(dw_payload_facts(payload),
		hostile.n_tampered == 0 && path->faults == 0 && path->loss == 0 && deadline == 0);
	dw_payload_free(payload);
	return 0;
}
