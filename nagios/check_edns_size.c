#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#include "payload_json.h"
#include "payload_show.h"
#include "record_list.h"
#include "reply_size_json.h"
#include "reply_size_show.h"
#include "size_summary.h"

#include "dns/payload.h"
#include "dns/payload_judge.h"
#include "dns/reply_size.h"
#include "dns/reply_size_judge.h"
#include "dns/resolvconf.h"

/* The share of --timeout that questions about sizes may take, once the servers are known, and its bound. */
#define BUDGET_TENTHS 7
#define BUDGET_MAX    20000

struct values {
	struct dw_common common;
	struct dw_range warning;
	struct dw_range critical;
	struct dw_record_list records;
	struct dw_size_list sizes;
	struct dw_host_list via;
	bool reply_size;
};

static const struct dw_option options[] = {
	{'w', "warning", "RANGE", "1232",
		"warn when the largest UDP answer, or the buffer that is advertised, is outside RANGE, in octets "
		"(RFC 9715)",
		DW_OPTION(struct values, warning)},
	{'c', "critical", "RANGE", NULL, "critical when one of them is outside RANGE, in octets",
		DW_OPTION(struct values, critical)},
	{0, "record", "NAME/TYPE", NULL,
		"an RRset that is large, up to four; a NAME outside the zone is taken as relative to it (default: "
		"the DNSKEY RRset alone)",
		DW_OPTION(struct values, records)},
	{0, "size", "N", NULL, "ask with an EDNS buffer of N octets as well; repeatable, up to eight",
		DW_OPTION(struct values, sizes)},
	{0, "via", "RESOLVER[@PORT]", NULL,
		"ask this resolver for the zone, an address or a name, as the outside world does; repeatable",
		DW_OPTION(struct values, via)},
	{0, "reply-size", NULL, NULL,
		"how large an answer can the resolver fetch? --zone is then a zone of graded answers (see "
		"packaging/graded), the resolver that of --via, --resolver or the system",
		DW_OPTION(struct values, reply_size)},
	{.name = NULL},
};

enum metric { UDP_MAX, ADVERTISED, UDP_TIME, TCP_TIME, FETCHED, SERVERS, SERVERS_BAD };

static const struct dw_metric metrics[] = {
	[UDP_MAX] = {"udp_max", "B", DW_TOTAL_MAXIMUM, "octets of the largest UDP answer that came"},
	[ADVERTISED] = {"advertised", "B", DW_TOTAL_MAXIMUM, "the largest buffer that a server says it has"},
	[UDP_TIME] = {"udp_time", "s", DW_TOTAL_MAXIMUM,
		"the shortest answer by UDP, of the server where it takes longest"},
	[TCP_TIME] = {"tcp_time", "s", DW_TOTAL_MAXIMUM, "the same by TCP, connecting included"},
	[FETCHED] = {"fetched", "B", DW_TOTAL_MINIMUM,
		"with --reply-size, and left out otherwise: octets of the largest answer that every resolver "
		"fetched"},
	[SERVERS] = {"servers", "", DW_TOTAL_SUM, "addresses asked, of servers or resolvers"},
	[SERVERS_BAD] = {"servers_bad", "", DW_TOTAL_SUM, "addresses with a finding of WARNING or worse"},
	{.label = NULL},
};

/* What is being done about one zone: one of the two, and what was judged of it. */
struct watch {
	const struct values *values;
	struct dw_payload *payload;
	struct dw_payload_figures *ladder;
	struct dw_reply_size *reply_size;
	struct dw_reply_size_figures *walk;
};

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct watch *watch = self;

	return watch->payload != NULL ? dw_payload_class.next(watch->payload, question, tag)
								  : dw_reply_size_class.next(watch->reply_size, question, tag);
}

static void answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answered)
{
	struct watch *watch = self;

	if (watch->payload != NULL)
		dw_payload_class.answer(watch->payload, tag, question, answered);
	else
		dw_reply_size_class.answer(watch->reply_size, tag, question, answered);
}

static const struct dw_inquiry_class class = {next, answer};

/* The resolvers that are there anyhow, as hosts to ask. */
static enum dw_status take_resolvers(struct dw_common *common, struct dw_error *error)
{
	struct dw_resolvers resolvers = common->resolvers;

	if (resolvers.n_resolvers == 0) {
		const enum dw_status status = dw_resolvers_system(NULL, &resolvers, error);

		if (status != DW_OK)
			return dw_within(error, status, "no resolver (name one with --via)");
	}
	for (unsigned i = 0; i < resolvers.n_resolvers; i++)
		common->hosts.items[common->hosts.n_hosts++] =
			(struct dw_host){.address = resolvers.items[i], .port = dw_address_port(&resolvers.items[i])};
	return DW_OK;
}

static enum dw_status prepare(void *values, dw_moment now, struct dw_error *error)
{
	struct values *own = values;

	(void)now;
	if (own->common.hosts.n_hosts > 0 && (own->via.n_hosts > 0 || own->reply_size))
		return dw_fail(error, DW_INVALID, "%s asks resolvers, and cannot stand beside --hostname",
			own->via.n_hosts > 0 ? "--via" : "--reply-size");
	if (own->reply_size && (own->records.n_records > 0 || own->sizes.n_sizes > 0))
		return dw_fail(error, DW_INVALID, "--reply-size asks for graded answers, not for %s",
			own->records.n_records > 0 ? "--record" : "--size");
	if (own->records.n_records > DW_PAYLOAD_RECORDS_MAX)
		return dw_fail(error, DW_INVALID, "--record: more than %d records", DW_PAYLOAD_RECORDS_MAX);
	if (own->via.n_hosts > 0)
		own->common.hosts = own->via;
	else if (own->reply_size)
		return take_resolvers(&own->common, error);
	return DW_OK;
}

/* How long may be asked about sizes. */
static dw_millis budget(const struct values *own)
{
	const dw_millis share = own->common.timeout.wait * BUDGET_TENTHS / 10;

	return share < BUDGET_MAX ? share : BUDGET_MAX;
}

static enum dw_status begin_payload(const struct values *own, const struct dw_setting *setting,
	const struct dw_name *zone, struct dw_payload **payload, struct dw_error *error)
{
	struct dw_payload_plan *plan = calloc(1, sizeof *plan);
	enum dw_status status = DW_OK;

	if (plan == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a ladder of questions");
	plan->discovery = setting->discovery;
	plan->discovery.zone = *zone;
	plan->via = own->via.n_hosts > 0;
	plan->n_sizes = own->sizes.n_sizes;
	memcpy(plan->sizes, own->sizes.items, sizeof plan->sizes);
	/*
	 * The same name in each run: with NSEC3 it is chance how large the proof for a name is, and what can be
	 * told of sizes. A resolver keeps what it has been asked for.
	 */
	if (plan->via)
		memcpy(plan->absent_label, setting->absent_label, sizeof plan->absent_label);
	else
		snprintf(plan->absent_label, sizeof plan->absent_label, "dnssec-watch-edns-size");
	plan->budget = budget(own);
	status =
		dw_record_list_place(&own->records, &own->common.zones, zone, plan->records, &plan->n_records, error);
	if (status == DW_OK)
		status = dw_payload_new(plan, payload, error);
	free(plan);
	return status;
}

static enum dw_status begin_reply_size(const struct values *own, const struct dw_setting *setting,
	const struct dw_name *zone, struct dw_reply_size **reply_size, struct dw_error *error)
{
	struct dw_reply_size_plan *plan = calloc(1, sizeof *plan);
	enum dw_status status = DW_OK;

	if (plan == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for graded questions");
	plan->discovery = setting->discovery;
	plan->discovery.zone = *zone;
	plan->budget = budget(own);
	status = dw_reply_size_new(plan, reply_size, error);
	free(plan);
	return status;
}

static void end(void *self)
{
	struct watch *watch = self;

	dw_payload_free(watch->payload);
	dw_reply_size_free(watch->reply_size);
	free(watch->ladder);
	free(watch->walk);
	free(watch);
}

static enum dw_status begin(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
	struct dw_inquiry *inquiry, struct dw_error *error)
{
	const struct values *own = values;
	struct watch *watch = calloc(1, sizeof *watch);
	enum dw_status status = DW_OK;

	if (watch == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory");
	watch->values = own;
	watch->ladder = calloc(1, sizeof *watch->ladder);
	watch->walk = calloc(1, sizeof *watch->walk);
	if (watch->ladder == NULL || watch->walk == NULL)
		status = dw_fail(error, DW_SYSTEM, "no memory for figures");
	else if (own->reply_size)
		status = begin_reply_size(own, setting, zone, &watch->reply_size, error);
	else
		status = begin_payload(own, setting, zone, &watch->payload, error);
	if (status != DW_OK)
		end(watch);
	else
		*inquiry = (struct dw_inquiry){&class, watch};
	return status;
}

static struct dw_figure octets(bool known, size_t value, const struct values *own)
{
	struct dw_figure figure = {.known = known, .value = (int64_t)value};

	(void)dw_range_format(&own->warning, 0, figure.warning);
	(void)dw_range_format(&own->critical, 0, figure.critical);
	return figure;
}

static struct dw_figure seconds(bool known, dw_millis value)
{
	return (struct dw_figure){.known = known, .thousandths = true, .value = value};
}

static struct dw_figure count(unsigned value)
{
	return (struct dw_figure){.known = true, .value = value};
}

static void fill_sizes(
	const struct values *own, const struct dw_size_figures *sizes, struct dw_verdict *verdict)
{
	verdict->figures[UDP_MAX] = octets(sizes->udp_known, sizes->udp_max, own);
	verdict->figures[ADVERTISED] = octets(sizes->advertised_known, sizes->advertised, own);
	verdict->figures[UDP_TIME] = seconds(sizes->udp_time_known, sizes->udp_time);
	verdict->figures[TCP_TIME] = seconds(sizes->tcp_time_known, sizes->tcp_time);
	verdict->figures[SERVERS] = count(sizes->servers);
	verdict->figures[SERVERS_BAD] = count(sizes->servers_bad);
}

static void judge_ladder(const struct values *own, const struct watch *watch, struct dw_verdict *verdict)
{
	const struct dw_size_policy policy = {own->warning, own->critical};

	dw_payload_judge(dw_payload_facts(watch->payload), &policy, &verdict->findings, watch->ladder);
	fill_sizes(own, &watch->ladder->sizes, verdict);
	verdict->figures[FETCHED].left_out = true;
	dw_size_summary(&verdict->zone, own->via.n_hosts > 0, watch->ladder, verdict->summary);
}

static void judge_walk(const struct values *own, const struct watch *watch, struct dw_verdict *verdict)
{
	const struct dw_size_policy policy = {own->warning, own->critical};

	dw_reply_size_judge(dw_reply_size_facts(watch->reply_size), &policy, &verdict->findings, watch->walk);
	fill_sizes(own, &watch->walk->sizes, verdict);
	verdict->figures[FETCHED] =
		(struct dw_figure){.known = watch->walk->fetched_known, .value = (int64_t)watch->walk->fetched};
	dw_size_summary_fetched(&verdict->zone, watch->walk, verdict->summary);
}

static void judge(const void *values, const void *self, struct dw_verdict *verdict)
{
	const struct watch *watch = self;

	if (watch->payload != NULL)
		judge_ladder(values, watch, verdict);
	else
		judge_walk(values, watch, verdict);
}

static void show(const void *self, unsigned level, FILE *page)
{
	const struct watch *watch = self;

	if (watch->payload != NULL)
		dw_payload_show(dw_payload_facts(watch->payload), watch->ladder, level, page);
	else
		dw_reply_size_show(dw_reply_size_facts(watch->reply_size), watch->walk, level, page);
}

static json_t *facts(const void *self)
{
	const struct watch *watch = self;

	if (watch->payload != NULL)
		return dw_payload_json(dw_payload_facts(watch->payload), watch->ladder);
	return dw_reply_size_json(dw_reply_size_facts(watch->reply_size), watch->walk);
}

static const struct dw_subject subject = {
	.prepare = prepare,
	.begin = begin,
	.judge = judge,
	.show = show,
	.facts = facts,
	.end = end,
	.patient = true,
};

static const char *const examples[] = {
	"check_edns_size -z example.org",
	"do signed answers get through from every server address, and if not, what eats them?",
	"check_edns_size -z example.org -H 192.0.2.1 --record big/TXT --size 1400 -v",
	"one server, with a larger RRset and one more size; the whole ladder of questions as a table",
	"check_edns_size -z example.org --via 192.0.2.53",
	"the same zone as this resolver sees it, from where it stands",
	"check_edns_size -z graded.example.org --reply-size --via 192.0.2.53",
	"how large an answer can this resolver fetch, and how much of it comes by UDP?",
	"check_edns_size -z example.org -w 1400 -c 4096",
	"tolerate UDP answers of up to 1400 octets; critical above 4096",
	NULL,
};

const struct dw_plugin dw_plugin = {
	.name = "check_edns_size",
	.label = "EDNS_SIZE",
	.summary = "Tells whether signed answers get through from a zone's servers, at every size, and if not, "
			   "what eats them.",
	.description =
		"Puts a ladder of questions to every address of every name server of the zone: without EDNS; with "
		"EDNS and buffers from 512 to 4096 octets, for a small RRset, the DNSKEY RRset, a name that does not "
		"exist, and each --record; over TCP; and with what EDNS must take in its stride (RFC 6891): another "
		"version, an unknown option, an unknown flag.\n\n"
		"Each address gets one verdict out of the whole ladder: which of the usual boxes stands in the way, "
		"and on which side to change what. What stays unanswered is asked again beside what was answered, "
		"until loss cannot be the reason; a fault is claimed only then. A healthy address gets 40 packets at "
		"most.\n\n"
		"With --via the same questions go to a resolver, with and without CD: what it can tell of the zone, "
		"whether it validates, and how much of its answers comes back. With --reply-size a resolver is "
		"walked up a zone of answers of graded sizes, to the largest that it can fetch.\n\n"
		"CRITICAL: no way to get the signed answer at all, or TCP fails; outside -c. WARNING: it works after "
		"fallbacks only; EDNS is mishandled; packets get lost; UDP answers or the advertised buffer outside "
		"-w. UNKNOWN: nothing could be looked at. Timing, --tries and --try-timeout, is for finding the "
		"servers; the ladder has its own, within seven tenths of --timeout.\n\n"
		"-v shows the ladder of each address as a table, -vv also attempts, packets and what OPT said, "
		"-vvv also what was left out.",
	.options = options,
	.values_size = sizeof(struct values),
	.metrics = metrics,
	.examples = examples,
	.subject = &subject,
	.words = dw_payload_words,
	.schema = dw_payload_json_schema,
	.see_also = "RFC 3225, RFC 5625, RFC 6891, RFC 7766, RFC 8906, RFC 9715",
};
