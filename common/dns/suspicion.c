#include "dns/suspicion.h"

#include <string.h>

#include "dns/chance.h"
#include "dns/wire.h"

/* A segment of the usual size holds this much at least; what is smaller does not tell its fate. */
#define SMALL_SEGMENT 1200

/* So many refusals are no accident. */
#define REJECTIONS 2

/* Packets of a question and an answer in one piece; of what has to pass for TCP to go on, with a short
 * answer and with a long one. */
#define ROUND_TRIP  2
#define STREAM_TRIP 4
#define LONG_TRIP   6

/* Attempts without an answer; what refuses by ICMP may do so for a few of many. */
static unsigned failed_of(const struct dw_payload_rung *rung)
{
	return rung->n_lost + (rung->tcp ? 0 : rung->n_refused);
}

static bool is_silent(const struct dw_payload_rung *rung)
{
	return failed_of(rung) > 0 && rung->n_answered == 0 && (!rung->tcp || rung->n_refused == 0);
}

/* Whether two rungs ask for the absence of names of which one is the other with something before it. */
static bool is_longer_or_shorter(const struct dw_payload_rung *a, const struct dw_payload_rung *b)
{
	return a->topic == DW_TOPIC_ABSENT && b->topic == DW_TOPIC_ABSENT && a->dnssec_ok == b->dnssec_ok &&
		(dw_name_within(&a->record.name, &b->record.name) ||
			dw_name_within(&b->record.name, &a->record.name));
}

static bool asks_alike(const struct dw_payload_rung *a, const struct dw_payload_rung *b)
{
	return is_longer_or_shorter(a, b) || dw_rung_asks_same(a, b);
}

size_t dw_suspicion_full_size(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	size_t size = 0;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *other = &address->rungs[i];

		if (!other->answered || other->reply.truncated || other->reply.broken ||
			other->probe == DW_PROBE_VERSION || !asks_alike(rung, other))
			continue;
		size_t own = other->reply.size;
		/* The name stands in the answer once more; the rest is alike. */
		if (is_longer_or_shorter(rung, other))
			own = own + rung->record.name.length - other->record.name.length;
		if (own > size)
			size = own;
	}
	return size;
}

/*
 * Whether questions with DO are silent, and one with EDNS alone is not; no limit of size is so low that it
 * drops answers to the least buffer. That a version is refused says nothing of what a resolver has for
 * others.
 */
static bool is_do_suspect(const struct dw_payload_address *address)
{
	bool least = false, alone = false;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->tcp || rung->size == 0)
			continue;
		if (rung->answered && rung->dnssec_ok)
			return false;
		alone = alone || (rung->answered && rung->probe != DW_PROBE_VERSION);
		least = least || (rung->dnssec_ok && rung->size == DW_RUNG_LEAST && is_silent(rung));
	}
	return least && alone;
}

/* Whether a rung brought the RRset, or a part of it, or its absence. */
static bool brings(const struct dw_payload_rung *rung)
{
	return rung->answered && rung->probe != DW_PROBE_VERSION &&
		(rung->reply.broken || rung->reply.rcode != DW_RCODE_SERVFAIL);
}

/* What was heard at all. */
static void hear(const struct dw_payload_address *address, struct dw_suspicions *suspicions)
{
	suspicions->do_suspect = is_do_suspect(address);
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		suspicions->tcp_connected = suspicions->tcp_connected || rung->n_connected > 0;
		suspicions->tcp_heard = suspicions->tcp_heard || (rung->tcp && rung->answered);
		suspicions->brought = suspicions->brought || brings(rung);
		suspicions->n_rejected += rung->tcp ? 0 : rung->n_refused;
		if (rung->tcp || !rung->answered)
			continue;
		suspicions->udp_heard = true;
		suspicions->edns_heard = suspicions->edns_heard || rung->size > 0;
		if (rung->reply.size > suspicions->udp_passed)
			suspicions->udp_passed = rung->reply.size;
	}
}

/* Whether what a rung brings tells that a resolver has what another asks for. */
static bool tells_of(const struct dw_payload_rung *rung, const struct dw_payload_rung *asking)
{
	/* Another version is due no record; it is asked with one of its own, beside the SOA. */
	if (asking->probe == DW_PROBE_VERSION)
		return rung->topic == DW_TOPIC_SOA;
	return rung->record.type == asking->record.type &&
		dw_name_equal(&rung->record.name, &asking->record.name);
}

bool dw_suspicion_unfetched(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	/* Resolvers alone are asked with CD, but where they are to validate. */
	if (!rung->checking_disabled && rung->probe != DW_PROBE_VALIDATE)
		return false;
	for (unsigned i = 0; i < address->n_rungs; i++) {
		if (brings(&address->rungs[i]) && tells_of(&address->rungs[i], rung))
			return false;
	}
	return true;
}

static enum dw_suspect tcp_suspect(const struct dw_payload_address *address,
	const struct dw_suspicions *suspicions, const struct dw_payload_rung *rung)
{
	size_t size = dw_suspicion_full_size(address, rung);

	if (!suspicions->tcp_connected)
		return DW_SUSPECT_CONNECT;
	if (suspicions->udp_heard && dw_suspicion_unfetched(address, rung))
		return DW_SUSPECT_FETCH;
	if (rung->n_connected == 0)
		return DW_SUSPECT_STREAM;
	if (!suspicions->tcp_heard)
		return DW_SUSPECT_ANSWER;
	if (size == 0 || size > SMALL_SEGMENT)
		return DW_SUSPECT_SEGMENT;
	return DW_SUSPECT_STREAM;
}

static enum dw_suspect udp_suspect(const struct dw_payload_address *address,
	const struct dw_suspicions *suspicions, const struct dw_payload_rung *rung)
{
	size_t size = dw_suspicion_full_size(address, rung);

	/* A resolver that has nothing but SERVFAIL by TCP has nothing to say by UDP until it gives up. */
	if (!suspicions->udp_heard && suspicions->tcp_heard && !suspicions->brought &&
		dw_suspicion_unfetched(address, rung))
		return DW_SUSPECT_FETCH;
	if (!suspicions->udp_heard)
		return DW_SUSPECT_UDP;
	/* What never gets to a resolver says nothing of what it can get. */
	if (rung->size > 0 && !suspicions->edns_heard)
		return DW_SUSPECT_EDNS;
	if (rung->dnssec_ok && suspicions->do_suspect)
		return DW_SUSPECT_DO;
	if (dw_suspicion_unfetched(address, rung) || rung->probe == DW_PROBE_VALIDATE)
		return DW_SUSPECT_FETCH;
	if (rung->probe == DW_PROBE_VERSION)
		return DW_SUSPECT_VERSION;
	if (rung->probe == DW_PROBE_OPTION)
		return DW_SUSPECT_OPTION;
	if (rung->probe == DW_PROBE_FLAG)
		return DW_SUSPECT_FLAG;
	if (rung->probe == DW_PROBE_LONG)
		return DW_SUSPECT_LONG;
	/* What is larger than the buffer comes truncated, in any size up to it. */
	if (size == 0 ? rung->size > suspicions->udp_passed : size > suspicions->udp_passed && size <= rung->size)
		return DW_SUSPECT_SIZE;
	return DW_SUSPECT_QUESTION;
}

static bool is_single(enum dw_suspect suspect)
{
	return suspect == DW_SUSPECT_QUESTION || suspect == DW_SUSPECT_STREAM;
}

/* The suspicion of this kind, begun if it is new; those without a known reason are one for each rung. */
static struct dw_suspicion *item_of(struct dw_suspicions *suspicions, enum dw_suspect suspect, unsigned rung)
{
	for (unsigned i = 0; i < suspicions->n_items && !is_single(suspect); i++) {
		if (suspicions->items[i].suspect == suspect)
			return &suspicions->items[i];
	}
	if (suspicions->n_items == DW_SUSPICIONS_MAX)
		return NULL;
	struct dw_suspicion *item = &suspicions->items[suspicions->n_items++];
	*item = (struct dw_suspicion){.suspect = suspect, .rung = rung, .chance = 1};
	return item;
}

/* Gives every rung that was not answered to its suspicion. */
static void sort(const struct dw_payload_address *address, struct dw_suspicions *suspicions)
{
	for (unsigned i = 0; i < address->n_rungs && i < DW_RUNGS_MAX; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!is_silent(rung))
			continue;
		enum dw_suspect suspect =
			rung->tcp ? tcp_suspect(address, suspicions, rung) : udp_suspect(address, suspicions, rung);
		struct dw_suspicion *item = item_of(suspicions, suspect, i);
		if (item == NULL)
			continue;
		suspicions->of[i] = (uint8_t)(item - suspicions->items + 1);
		item->n_lost += failed_of(rung);
		size_t size = dw_suspicion_full_size(address, rung);
		if (suspect == DW_SUSPECT_SIZE && size > 0 &&
			(suspicions->udp_lost == 0 || size < suspicions->udp_lost))
			suspicions->udp_lost = size;
	}
}

/* Packets of question and answer of a rung by UDP. */
static unsigned packets_of(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	size_t size = rung->answered ? rung->reply.size : dw_suspicion_full_size(address, rung);

	if (size == 0 || (!rung->answered && size > rung->size))
		size = rung->size;
	return 1 + dw_chance_packets((unsigned)size);
}

/* How the others fared: by UDP, or by TCP where nothing comes by UDP. Returns their number. */
static unsigned controls_of(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	bool by_tcp, struct dw_trials *controls)
{
	unsigned n = 0;

	for (unsigned i = 0; i < address->n_rungs && i < DW_RUNGS_MAX; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];
		bool resets = rung->n_refused > 0 && rung->gap.stage == DW_TCP_CONNECTING;

		if (suspicions->of[i] != 0 || rung->n_asked == 0 || rung->tcp != by_tcp)
			continue;
		controls[n++] = (struct dw_trials){.n_packets = by_tcp ? ROUND_TRIP : packets_of(address, rung),
			.n_through = by_tcp ? rung->n_connected + (resets ? rung->n_refused : 0) : rung->n_answered,
			.n_failed = by_tcp ? rung->n_chances : rung->n_lost};
	}
	return n;
}

/* Packets that a silent rung would have needed to be heard. */
static unsigned needs(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	if (!rung->tcp)
		return packets_of(address, rung);
	if (rung->n_connected == 0)
		return ROUND_TRIP;
	return rung->topic == DW_TOPIC_SOA ? STREAM_TRIP : LONG_TRIP;
}

/* Whether a silent rung can prove a suspicion, and is not silent for a lesser reason as well. */
static bool is_proof(const struct dw_payload_rung *rung, enum dw_suspect suspect)
{
	if (suspect == DW_SUSPECT_UDP)
		return rung->size == 0;
	if (suspect == DW_SUSPECT_ANSWER)
		return rung->topic == DW_TOPIC_SOA || rung->segment != 0;
	return true;
}

static void weigh(const struct dw_payload_address *address, struct dw_suspicions *suspicions, unsigned at)
{
	struct dw_suspicion *item = &suspicions->items[at];
	struct dw_trials controls[DW_RUNGS_MAX], silent[DW_RUNGS_MAX];
	unsigned n_silent = 0;
	unsigned n_controls = controls_of(address, suspicions, item->suspect == DW_SUSPECT_UDP, controls);

	for (unsigned i = 0; i < address->n_rungs && i < DW_RUNGS_MAX; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (suspicions->of[i] != at + 1 || !is_proof(rung, item->suspect))
			continue;
		silent[n_silent++] = (struct dw_trials){
			.n_packets = needs(address, rung), .n_failed = rung->tcp ? rung->n_chances : failed_of(rung)};
	}
	item->chance = dw_chance_of_silence(controls, n_controls, silent, n_silent);
	/* There are many single questions, and one of them is unlucky more easily. */
	item->proven = item->chance <= (is_single(item->suspect) ? DW_CHANCE_NONE / 20 : DW_CHANCE_NONE);
	/* Systems send few ICMP messages a second: those that came tell of the others. */
	if (item->suspect == DW_SUSPECT_UDP && suspicions->n_rejected >= REJECTIONS)
		item->proven = true;
}

void dw_suspicions_find(const struct dw_payload_address *address, struct dw_suspicions *suspicions)
{
	memset(suspicions, 0, sizeof(*suspicions));
	hear(address, suspicions);
	sort(address, suspicions);
	for (unsigned i = 0; i < suspicions->n_items; i++)
		weigh(address, suspicions, i);
	for (unsigned i = 0; i < address->n_rungs && i < DW_RUNGS_MAX; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->tcp || suspicions->of[i] != 0)
			continue;
		suspicions->n_through += rung->n_answered;
		suspicions->n_lost += rung->n_lost;
	}
}

const struct dw_suspicion *dw_suspicion_of(const struct dw_suspicions *suspicions, enum dw_suspect suspect)
{
	for (unsigned i = 0; i < suspicions->n_items; i++) {
		if (suspicions->items[i].suspect == suspect)
			return &suspicions->items[i];
	}
	return NULL;
}
