#include "dns/payload_udp.h"

#include "dns/payload_truncated.h"
#include "dns/wire.h"

/* What is larger is sent in fragments, as Ethernet has 1500 octets. */
#define ONE_PACKET_4 1472
#define ONE_PACKET_6 1452

/* A limit of old, and what passes every link of IPv6 (RFC 9715). */
#define OLD_LIMIT 512
#define SMALL     1232

/* What is not much smaller than a packet: hardly anybody sets a limit in between. */
#define NEARLY_ONE_PACKET 1400

/* Per mille of UDP attempts lost above which a way is lossy, and above which that is bad. */
#define LOSS_SEEN 30
#define LOSS_BAD  150

/* Octets of the smallest answer that is dropped, or of its buffer where its size is not known. */
static size_t least_dropped(const struct dw_payload_case *trial)
{
	size_t least = trial->suspicions->udp_lost;

	for (unsigned i = 0; i < trial->address->n_rungs && least == 0; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];
		unsigned of = trial->suspicions->of[i];

		if (of == 0 || trial->suspicions->items[of - 1].suspect != DW_SUSPECT_SIZE)
			continue;
		if (least == 0 || rung->size < least)
			least = rung->size;
	}
	return least;
}

/* Whether a question as long as a packet was answered: then the path takes as much, at least that way. */
static bool is_long_answered(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		if (address->rungs[i].probe == DW_PROBE_LONG && address->rungs[i].answered)
			return true;
	}
	return false;
}

/* What is lost of UDP answers, and what may be the reason. */
struct gap {
	const char *what;
	size_t dropped, passed;
	bool fragments; /* what is dropped comes in fragments */
	bool narrow;    /* it may be longer than the path takes */
};

static struct gap gap_of(const struct dw_payload_case *trial)
{
	bool v6 = trial->address->server.address.socket.any.sa_family == AF_INET6;
	struct gap gap = {.passed = trial->suspicions->udp_passed, .dropped = least_dropped(trial)};

	gap.what = trial->suspicions->udp_lost > 0 ? "UDP answers of" : "UDP answers to a buffer of";
	gap.fragments = gap.dropped > (v6 ? ONE_PACKET_6 : ONE_PACKET_4);
	gap.narrow = v6 && gap.dropped > SMALL && gap.passed < ONE_PACKET_6 && !is_long_answered(trial->address);
	return gap;
}

/* What is lost may be longer than the path takes. */
static void judge_narrow(struct dw_payload_case *trial, const struct gap *gap)
{
	const char *more = gap->fragments ? "" : " and more";

	if (dw_payload_proven(trial, DW_SUSPECT_LONG))
		dw_payload_add(trial, DW_PAYLOAD_PATH_MTU, DW_WARNING,
			"the path has a small MTU, and nobody is told: %s %zu octets%s are dropped, one of %zu passes, "
			"and questions of %d octets are dropped, too",
			gap->what, gap->dropped, more, gap->passed, DW_RUNG_LINK_6);
	else
		dw_payload_add(trial, gap->fragments ? DW_PAYLOAD_FRAGMENTS_DROPPED : DW_PAYLOAD_PATH_MTU, DW_WARNING,
			"%sthe path has a small MTU and nobody is told, or there is a limit: %s %zu octets%s are "
			"dropped, "
			"one of %zu passes",
			gap->fragments ? "fragments are dropped, or " : "", gap->what, gap->dropped, more, gap->passed);
}

/* What is lost would come in fragments, and what passes is short. */
static void judge_fragments(struct dw_payload_case *trial, const struct gap *gap)
{
	if (gap->passed > OLD_LIMIT)
		dw_payload_add(trial, DW_PAYLOAD_FRAGMENTS_DROPPED, DW_WARNING,
			"fragments are dropped, or there is a limit in between: %s %zu octets never arrive, one of %zu "
			"does",
			gap->what, gap->dropped, gap->passed);
	else
		dw_payload_add(trial, DW_PAYLOAD_UDP_SIZE, DW_WARNING,
			"%s %zu octets are dropped, one of %zu passes: a limit in between, or fragments are dropped",
			gap->what, gap->dropped, gap->passed);
}

static void judge_size(struct dw_payload_case *trial)
{
	struct gap gap = gap_of(trial);

	if (!dw_payload_proven(trial, DW_SUSPECT_SIZE))
		return;
	trial->verdict->udp_lost = gap.dropped;
	if (gap.narrow)
		judge_narrow(trial, &gap);
	else if (gap.fragments && gap.passed >= NEARLY_ONE_PACKET)
		dw_payload_add(trial, DW_PAYLOAD_FRAGMENTS_DROPPED, DW_WARNING,
			"fragments are dropped: %s %zu octets never arrive, one of %zu does", gap.what, gap.dropped,
			gap.passed);
	else if (gap.fragments)
		judge_fragments(trial, &gap);
	else
		dw_payload_add(trial, DW_PAYLOAD_UDP_SIZE, DW_WARNING,
			"%s %zu octets and more are dropped, one of %zu passes", gap.what, gap.dropped, gap.passed);
}

/* Whether anything that was asked for came, in a message that can be read. */
static bool gives_something(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->answered && !rung->reply.broken && rung->reply.whole)
			return true;
	}
	return false;
}

/*
 * Whether an answer that fills an ordinary packet of IPv6 is lost, and larger ones come: servers send those
 * in fragments of 1280 octets, which pass where the path's MTU is small.
 */
static bool is_hole(const struct dw_payload_case *trial, size_t size)
{
	return trial->address->server.address.socket.any.sa_family == AF_INET6 && size > SMALL &&
		size <= ONE_PACKET_6 && trial->suspicions->udp_passed > ONE_PACKET_6;
}

/* A question without an answer, for no reason that is known. */
static void judge_unanswered(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	size_t size = dw_suspicion_full_size(trial->address, rung);
	char record[DW_RECORD_TEXT_MAX];

	dw_judgement_record_text(&rung->record.name, rung->record.type, record);
	if (is_hole(trial, size))
		dw_payload_add(trial, DW_PAYLOAD_PATH_MTU, DW_WARNING,
			"the path has a small MTU, and nobody is told: a UDP answer of %zu octets is dropped, larger "
			"ones come, in short fragments",
			size);
	else
		dw_payload_add(trial, DW_PAYLOAD_UNANSWERED, DW_WARNING,
			"the UDP question for %.120s with a buffer of %u octets is not answered, others are", record,
			rung->size);
}

/* Questions without an answer, and answers that nobody can read. */
static void judge_messages(struct dw_payload_case *trial)
{
	char record[DW_RECORD_TEXT_MAX];

	for (unsigned i = 0; i < trial->suspicions->n_items; i++) {
		const struct dw_suspicion *item = &trial->suspicions->items[i];

		if (item->suspect == DW_SUSPECT_QUESTION && item->proven)
			judge_unanswered(trial, &trial->address->rungs[item->rung]);
	}
	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		if (!rung->answered || !rung->reply.broken || rung->reply.truncated)
			continue;
		dw_payload_add(trial, DW_PAYLOAD_MALFORMED,
			gives_something(trial->address) ? DW_WARNING : dw_payload_absence(trial),
			"the answer for %.120s, %zu octets by %s, does not parse", dw_payload_wanted_text(rung, record),
			rung->reply.size, rung->tcp ? "TCP" : "UDP");
		return;
	}
}

/* What is larger than the user wants. */
static void judge_largeness(struct dw_payload_case *trial)
{
	size_t passed = trial->suspicions->udp_passed;
	unsigned advertised = 0;

	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		if (!rung->tcp && rung->answered && rung->reply.advertised > advertised)
			advertised = rung->reply.advertised;
	}
	enum dw_severity severity = dw_size_severity(trial->policy, passed);
	if (severity != DW_NOTE)
		dw_payload_add(trial, DW_PAYLOAD_LARGE_ANSWER, severity, "a UDP answer has %zu octets", passed);
	severity = dw_size_severity(trial->policy, advertised);
	if (severity != DW_NOTE)
		dw_payload_add(trial, DW_PAYLOAD_LARGE_BUFFER, severity,
			"the server advertises a buffer of %u octets", advertised);
}

/* What is larger than the question allows, by the most. */
static void judge_buffer(struct dw_payload_case *trial)
{
	size_t size = 0, asked = 0;

	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];
		const size_t most = rung->size < OLD_LIMIT ? OLD_LIMIT : rung->size;

		if (rung->tcp || !rung->answered || rung->reply.size <= most ||
			rung->reply.size - most <= size - asked)
			continue;
		size = rung->reply.size;
		asked = most;
	}
	if (size > 0)
		dw_payload_add(trial, DW_PAYLOAD_BUFFER_IGNORED, DW_WARNING,
			"a UDP answer has %zu octets, to a question that takes %zu", size, asked);
}

void dw_payload_udp_judge(struct dw_payload_case *trial)
{
	judge_size(trial);
	dw_payload_truncated_judge(trial);
	judge_messages(trial);
	judge_buffer(trial);
	judge_largeness(trial);
}

/* Whether a rung that is not answered, or late, tells of what a resolver has to do first, and not of loss. */
static bool is_resolvers_matter(
	const struct dw_payload_case *trial, const struct dw_payload_rung *rung, unsigned of)
{
	if (!trial->facts->via)
		return false;
	if (of != 0 && trial->suspicions->items[of - 1].suspect == DW_SUSPECT_FETCH)
		return trial->verdict->kind == dw_payload_row(DW_PAYLOAD_RESOLVER_FAILS);
	return rung->probe == DW_PROBE_VALIDATE || dw_rung_is_fetch(rung) ||
		dw_suspicion_unfetched(trial->address, rung);
}

/* Which questions were never answered, though no fault explains it. */
struct open {
	bool udp, tcp;
};

/* Counts attempts by UDP, and those lost that no proven fault explains; tells whether some were never
 * answered. */
static struct open count_loss(const struct dw_payload_case *trial)
{
	struct dw_payload_verdict *verdict = trial->verdict;
	struct open open = {false, false};

	verdict->n_asked = verdict->n_lost = 0;
	for (unsigned i = 0; i < trial->address->n_rungs && i < DW_RUNGS_MAX; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];
		unsigned of = trial->suspicions->of[i];

		if (of != 0 && trial->suspicions->items[of - 1].proven)
			continue;
		if (is_resolvers_matter(trial, rung, of))
			continue;
		open.tcp = open.tcp || (rung->tcp && of != 0);
		open.udp = open.udp || (!rung->tcp && of != 0);
		if (rung->tcp)
			continue;
		verdict->n_asked += rung->n_answered + rung->n_lost;
		verdict->n_lost += rung->n_lost;
	}
	return open;
}

static void judge_loss(struct dw_payload_case *trial)
{
	struct open open = count_loss(trial);
	unsigned n_asked = trial->verdict->n_asked, n_lost = trial->verdict->n_lost;
	unsigned share = n_asked > 0 ? n_lost * 1000 / n_asked : 0;

	/* What comes from elsewhere is not lost. */
	if (trial->address->n_elsewhere > 0 && !trial->suspicions->udp_heard)
		return;
	/* A limit of the rate drops what it does not truncate. */
	if (trial->verdict->kind == dw_payload_row(DW_PAYLOAD_RATE_LIMITED))
		return;
	if (open.tcp && n_lost == 0)
		dw_payload_add(trial, DW_PAYLOAD_LOSS, DW_WARNING,
			"some questions by TCP were never answered, and none by UDP was lost: loss, or time was short");
	else if (open.udp || open.tcp)
		dw_payload_add(trial, DW_PAYLOAD_LOSS, DW_WARNING,
			"%u of %u UDP questions were lost, and some%s were never answered: loss, or %s", n_lost, n_asked,
			open.udp ? "" : " by TCP", trial->facts->via ? "the resolver is slow" : "time was short");
	else if (n_lost > 1 && share > LOSS_SEEN)
		dw_payload_add(trial, DW_PAYLOAD_LOSS, share > LOSS_BAD ? DW_WARNING : DW_NOTE,
			"loss: %u of %u UDP questions had no answer, and were answered when asked again", n_lost,
			n_asked);
}

void dw_payload_way_judge(struct dw_payload_case *trial)
{
	const struct dw_payload_address *address = trial->address;
	char elsewhere[DW_ADDRESS_TEXT_MAX];

	if (address->n_elsewhere > 0 && trial->suspicions->udp_heard)
		dw_payload_add(trial, DW_PAYLOAD_OTHER_ADDRESS, DW_WARNING,
			"%u UDP answer%s came from another address, %s", address->n_elsewhere,
			address->n_elsewhere == 1 ? "" : "s", dw_address_format(&address->elsewhere, elsewhere));
	if (address->n_garbage > 0 && trial->suspicions->udp_heard)
		dw_payload_add(trial, DW_PAYLOAD_GARBAGE, DW_WARNING, "%u datagram%s nothing that was asked",
			address->n_garbage, address->n_garbage == 1 ? " answers" : "s answer");
	if (address->n_repeated > 0)
		dw_payload_add(trial, DW_PAYLOAD_REPEATED, DW_WARNING, "%u UDP answer%s came twice",
			address->n_repeated, address->n_repeated == 1 ? "" : "s");
	judge_loss(trial);
}
