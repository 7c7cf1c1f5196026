#include "dns/rung.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An option and a flag that nobody has assigned (IANA "DNS EDNS0 Option Codes", "EDNS Header Flags"). */
#define UNKNOWN_OPTION 65001
#define UNKNOWN_FLAG   0x0040

/* The shortest interval after which TCP sends again; systems wait 200 ms at least, and for the round trip. */
#define TCP_AGAIN 400

/* An attempt that ends this much before its time was cut short by the end of the run. */
#define EARLY 20

static const uint16_t own_sizes[] = {
	DW_RUNG_LEAST, DW_RUNG_USUAL, DW_RUNG_LINK, DW_RUNG_LINK_6, DW_RUNG_LARGE};
static const uint16_t segments[] = {0, DW_RUNG_SEGMENT, DW_RUNG_SEGMENT_SMALL};

/* Labels of full length before the name that does not exist. */
#define ABSENT_LABELS 3

#define N_SIZES    (sizeof(own_sizes) / sizeof(own_sizes[0]))
#define N_SEGMENTS (sizeof(segments) / sizeof(segments[0]))

/* A ladder in the making. */
struct making {
	const struct dw_payload_plan *plan;
	struct dw_payload_rung *rungs;
	unsigned n_rungs;
};

static struct dw_payload_rung *add(
	struct making *making, enum dw_payload_probe probe, enum dw_topic topic, const struct dw_record *record)
{
	struct dw_payload_rung *rung = &making->rungs[making->n_rungs++];

	rung->probe = probe;
	rung->topic = topic;
	rung->record = *record;
	rung->size = probe == DW_PROBE_PLAIN ? 0 : DW_RUNG_USUAL;
	rung->tcp = probe == DW_PROBE_TCP;
	rung->dnssec_ok = probe == DW_PROBE_TCP || probe == DW_PROBE_VALIDATE;
	/* A server that the user named may be a resolver. */
	rung->recursion_desired = making->plan->via || making->plan->discovery.n_hosts > 0;
	rung->checking_disabled = making->plan->via && probe != DW_PROBE_VALIDATE;
	return rung;
}

/* One RRset with EDNS at every size. The small one is asked for without DO at the smallest. */
static void add_sizes(struct making *making, enum dw_topic topic, const struct dw_record *record)
{
	unsigned n_sizes = N_SIZES + making->plan->n_sizes;

	for (unsigned i = 0; i < n_sizes; i++) {
		struct dw_payload_rung *rung = add(making, DW_PROBE_EDNS, topic, record);
		rung->size = i < N_SIZES ? own_sizes[i] : making->plan->sizes[i - N_SIZES];
		rung->dnssec_ok = topic != DW_TOPIC_SOA || i > 0;
	}
}

static void add_segments(struct making *making, enum dw_topic topic, const struct dw_record *record)
{
	for (unsigned i = 0; i < N_SEGMENTS; i++)
		add(making, DW_PROBE_TCP, topic, record)->segment = segments[i];
}

/* Before a name stands a label of so many octets at most, as long as names get; false where none fits. */
static bool lengthen(struct dw_name *name)
{
	char label[DW_LABEL_MAX + 1];
	size_t room = DW_NAME_MAX - name->length, length = room < sizeof(label) ? room : sizeof(label);
	struct dw_name longer;

	if (length < 2)
		return false;
	memset(label, 'z', length - 1);
	label[length - 1] = '\0';
	if (dw_name_prefix(label, name, &longer, NULL) != DW_OK)
		return false;
	*name = longer;
	return true;
}

/* The shortest of the names that make answers longer; false where there is no room for any. */
static bool between_of(const struct dw_payload_plan *plan, struct dw_record *record)
{
	char label[DW_LABEL_MAX + 1];

	*record = (struct dw_record){.type = DW_TYPE_A};
	snprintf(label, sizeof(label), "zz-%.32s", plan->absent_label);
	return dw_name_prefix(label, &plan->discovery.zone, &record->name, NULL) == DW_OK;
}

/*
 * Absent names whose answers are longer: behind all other names of the zone, so that the proof takes two
 * NSEC records, and each longer by a label. They are asked with the largest buffer alone.
 */
static void add_between(struct making *making)
{
	struct dw_record record;

	if (!between_of(making->plan, &record))
		return;
	for (unsigned i = 0; i < DW_RUNGS_BETWEEN; i++) {
		struct dw_payload_rung *rung = add(making, DW_PROBE_BETWEEN, DW_TOPIC_ABSENT, &record);
		rung->size = DW_RUNG_LARGE;
		rung->dnssec_ok = true;
		if (!lengthen(&record.name))
			break;
	}
}

/*
 * What EDNS must take in its stride, asked with the small RRset. Resolvers that forward (dnsmasq) take
 * questions that differ in their version alone for one, and give both the same answer: so it is asked for
 * another RRset.
 */
static void add_oddities(struct making *making, const struct dw_record *soa)
{
	const struct dw_record ns = {soa->name, DW_TYPE_NS};

	add(making, DW_PROBE_VERSION, DW_TOPIC_SOA, making->plan->via ? &ns : soa);
	add(making, DW_PROBE_OPTION, DW_TOPIC_SOA, soa);
	add(making, DW_PROBE_FLAG, DW_TOPIC_SOA, soa);
	add(making, DW_PROBE_LONG, DW_TOPIC_SOA, soa);
}

/* The same by TCP, but for the longest, to learn how large the answer is. */
static void add_between_tcp(struct making *making)
{
	struct dw_record record;

	if (!between_of(making->plan, &record))
		return;
	for (unsigned i = 0; i + 1 < DW_RUNGS_BETWEEN; i++) {
		add(making, DW_PROBE_TCP, DW_TOPIC_ABSENT, &record);
		if (!lengthen(&record.name))
			break;
	}
}

enum dw_status dw_rungs_new(const struct dw_payload_plan *plan, struct dw_payload_rung **rungs,
	unsigned *n_rungs, struct dw_error *error)
{
	struct making making = {.plan = plan, .rungs = calloc(DW_RUNGS_MAX, sizeof(*making.rungs))};
	struct dw_record soa = {plan->discovery.zone, DW_TYPE_SOA};
	struct dw_record dnskey = {plan->discovery.zone, DW_TYPE_DNSKEY};
	struct dw_record absent = {.type = DW_TYPE_A};
	bool below;

	if (making.rungs == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a ladder");
	add(&making, DW_PROBE_PLAIN, DW_TOPIC_SOA, &soa);
	add_sizes(&making, DW_TOPIC_SOA, &soa);
	add_oddities(&making, &soa);
	add_sizes(&making, DW_TOPIC_DNSKEY, &dnskey);
	/* Below a zone whose name is as long as names get there is no room for one that does not exist. */
	below = plan->absent_label[0] != '\0' &&
		dw_name_prefix(plan->absent_label, &plan->discovery.zone, &absent.name, NULL) == DW_OK;
	/* The answer has the name once more: so it is larger than 512 octets even where keys are small. */
	for (unsigned i = 0; below && i < ABSENT_LABELS; i++)
		(void)lengthen(&absent.name);
	if (below) {
		add_sizes(&making, DW_TOPIC_ABSENT, &absent);
		add_between(&making);
	}
	for (unsigned i = 0; i < plan->n_records; i++)
		add_sizes(&making, DW_TOPIC_RECORD, &plan->records[i]);
	add_segments(&making, DW_TOPIC_DNSKEY, &dnskey);
	for (unsigned i = 0; i < plan->n_records; i++)
		add_segments(&making, DW_TOPIC_RECORD, &plan->records[i]);
	add_segments(&making, DW_TOPIC_SOA, &soa);
	if (below)
		add_segments(&making, DW_TOPIC_ABSENT, &absent);
	if (below)
		add_between_tcp(&making);
	if (plan->via) {
		add(&making, DW_PROBE_VALIDATE, DW_TOPIC_SOA, &soa);
		add(&making, DW_PROBE_VALIDATE, DW_TOPIC_DNSKEY, &dnskey);
	}
	*rungs = making.rungs;
	*n_rungs = making.n_rungs;
	return DW_OK;
}

static bool is_own_size(uint16_t size)
{
	return size == DW_RUNG_LEAST || size == DW_RUNG_USUAL || size == DW_RUNG_LARGE || size == DW_RUNG_LINK ||
		size == DW_RUNG_LINK_6;
}

bool dw_rung_is_first(const struct dw_payload_rung *rung)
{
	bool middle = rung->size == DW_RUNG_LINK || rung->size == DW_RUNG_LINK_6;

	if (rung->tcp)
		return rung->segment == 0 && (rung->topic == DW_TOPIC_DNSKEY || rung->topic == DW_TOPIC_RECORD);
	if (rung->probe != DW_PROBE_EDNS)
		return rung->probe != DW_PROBE_BETWEEN && rung->probe != DW_PROBE_LONG;
	switch (rung->topic) {
	case DW_TOPIC_SOA:
		return is_own_size(rung->size) && !middle;
	case DW_TOPIC_DNSKEY:
		return !middle;
	case DW_TOPIC_RECORD:
		return !middle && rung->size != DW_RUNG_LEAST;
	default:
		return rung->size == DW_RUNG_USUAL;
	}
}

bool dw_rung_is_fetch(const struct dw_payload_rung *rung)
{
	return rung->probe == DW_PROBE_EDNS && rung->size == DW_RUNG_USUAL;
}

bool dw_rung_asks_same(const struct dw_payload_rung *a, const struct dw_payload_rung *b)
{
	return a->topic == b->topic && a->dnssec_ok == b->dnssec_ok && a->record.type == b->record.type &&
		dw_name_equal(&a->record.name, &b->record.name);
}

void dw_rung_question(const struct dw_payload_rung *rung, const struct dw_address *server, dw_millis timeout,
	struct dw_question *question)
{
	struct dw_ask *ask = &question->ask;

	memset(question, 0, sizeof(*question));
	question->server = *server;
	question->transport = rung->tcp ? DW_TRANSPORT_TCP : DW_TRANSPORT_UDP_ONLY;
	question->tries = 1;
	question->try_timeout = timeout;
	question->tcp_timeout = timeout;
	question->tcp_segment = rung->segment == 0 ? DW_TCP_SEGMENT_SYSTEM : rung->segment;
	ask->name = rung->record.name;
	ask->type = rung->record.type;
	ask->recursion_desired = rung->recursion_desired;
	ask->checking_disabled = rung->checking_disabled;
	ask->edns = rung->size != 0;
	ask->dnssec_ok = rung->dnssec_ok;
	ask->payload_size = rung->size;
	ask->edns_version = rung->probe == DW_PROBE_VERSION;
	ask->edns_option = rung->probe == DW_PROBE_OPTION ? UNKNOWN_OPTION : 0;
	ask->length = rung->probe == DW_PROBE_LONG ? DW_RUNG_LINK_6 : 0;
	ask->edns_flags = rung->probe == DW_PROBE_FLAG ? UNKNOWN_FLAG : 0;
}

unsigned dw_rung_chances(dw_millis waited)
{
	unsigned n = 1;

	for (dw_millis again = TCP_AGAIN; again <= waited && n < 8; again *= 2) {
		waited -= again;
		n++;
	}
	return n;
}

/* Looks for what was asked for, and for signatures, in the section where they are due. */
static void read_content(
	const struct dw_payload_rung *rung, const struct dw_message *message, struct dw_payload_reply *reply)
{
	bool absent = rung->topic == DW_TOPIC_ABSENT;

	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		bool answer = rr->section == DW_ANSWER;
		bool due = answer || (absent && rr->section == DW_AUTHORITY);
		uint16_t wanted = absent && !answer ? DW_TYPE_SOA : rung->record.type;

		reply->whole = reply->whole || (due && rr->type == wanted);
		reply->signatures = reply->signatures || (due && rr->type == DW_TYPE_RRSIG);
	}
}

static void read_reply(
	const struct dw_payload_rung *rung, const struct dw_answer *answer, struct dw_payload_reply *reply)
{
	struct dw_message message;
	const uint8_t *option;
	uint16_t option_length;

	*reply = (struct dw_payload_reply){.size = answer->length, .elapsed = answer->elapsed};
	if (dw_message_parse(answer->wire, answer->length, &message, NULL) != DW_OK) {
		/* What is cut may well break off in the middle of a record. */
		reply->truncated = !rung->tcp && answer->truncated;
		reply->broken = true;
		return;
	}
	reply->rcode = message.rcode;
	reply->authoritative = message.authoritative;
	reply->truncated = message.truncated;
	reply->authentic = message.authentic_data;
	reply->edns = message.edns.present;
	reply->version = message.edns.version;
	reply->flags = message.edns.flags;
	reply->dnssec_ok = message.edns.dnssec_ok;
	reply->option_copied = dw_edns_option(&message.edns, UNKNOWN_OPTION, &option, &option_length);
	reply->advertised = message.edns.payload_size;
	read_content(rung, &message, reply);
}

/* No message came: was the attempt lost, refused, or did our time run out? */
static void take_failure(
	struct dw_payload_rung *rung, const struct dw_question *question, const struct dw_answer *answer)
{
	dw_millis planned = rung->tcp ? question->tcp_timeout : question->try_timeout;

	rung->status = answer->status;
	memcpy(rung->reason, answer->reason, sizeof(rung->reason));
	rung->gap = (struct dw_payload_tcp){answer->tcp_stage, answer->tcp_read, answer->tcp_wanted};
	if (answer->status == DW_REFUSED || answer->status == DW_MALFORMED)
		rung->n_refused++;
	if (answer->status != DW_TIMEOUT || answer->attempts == 0 || answer->elapsed < planned - EARLY)
		return;
	rung->n_lost++;
	if (answer->tcp_stage == DW_TCP_CONNECTING)
		rung->n_chances += answer->n_packets > 0 ? answer->n_packets : 1;
	else if (answer->tcp_stage == DW_TCP_CONNECTED)
		rung->n_chances += dw_rung_chances(planned);
	else if (answer->tcp_stage == DW_TCP_READING)
		rung->n_chances += dw_rung_chances(planned / 2);
}

void dw_rung_take(
	struct dw_payload_rung *rung, const struct dw_question *question, const struct dw_answer *answer)
{
	/* Without time to ask it was not asked. */
	rung->n_asked += answer->attempts > 0 || answer->status != DW_TIMEOUT;
	rung->n_packets += answer->n_packets;
	rung->n_connected += answer->tcp_stage > DW_TCP_CONNECTING;
	if (answer->status != DW_OK) {
		take_failure(rung, question, answer);
		return;
	}
	rung->status = DW_OK;
	rung->reason[0] = '\0';
	rung->n_answered++;
	rung->answered = true;
	read_reply(rung, answer, &rung->reply);
	rung->n_truncated += rung->reply.truncated;
}
