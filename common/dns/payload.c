#include "dns/payload.h"

#include <stdlib.h>

#include "dns/agenda.h"
#include "dns/ladder.h"
#include "dns/rung.h"

#define BUDGET     7000 /* milliseconds for the ladder */
#define SIZE_LEAST 512  /* what every message may have (RFC 1035 4.2.1) */

/* Where we are in one lane at one address. */
struct lane {
	unsigned n_wishes, at; /* of this round, and those given out */
	unsigned n_open;
	bool news; /* something has come since there was nothing to ask */
	dw_millis elapsed;
	struct dw_ladder_wish wishes[DW_LADDER_WISHES_MAX];
};

/* Where we are at one address. */
struct climb {
	struct dw_ladder ladder;
	struct lane lanes[DW_LANES];
};

struct dw_payload {
	struct dw_payload_plan plan;
	struct dw_payload_facts facts;
	struct dw_discovery *discovery;
	unsigned n_discovering; /* questions of the discovery that are open */
	bool discovered;
	struct climb *climbs; /* one for each address */
	unsigned at;          /* the address to look at next */
};

static enum dw_status check_plan(const struct dw_payload_plan *plan, struct dw_error *error)
{
	for (unsigned i = 0; i < plan->n_records; i++) {
		enum dw_status status = dw_record_check(&plan->discovery.zone, &plan->records[i], error);
		if (status != DW_OK)
			return status;
	}
	for (unsigned i = 0; i < plan->n_sizes; i++) {
		if (plan->sizes[i] < SIZE_LEAST)
			return dw_fail(
				error, DW_INVALID, "a buffer of %u octets is smaller than %u", plan->sizes[i], SIZE_LEAST);
	}
	return DW_OK;
}

enum dw_status dw_payload_new(
	const struct dw_payload_plan *plan, struct dw_payload **payload, struct dw_error *error)
{
	enum dw_status status = check_plan(plan, error);

	if (status != DW_OK)
		return status;
	struct dw_payload *fresh = calloc(1, sizeof(*fresh));
	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a payload");
	fresh->plan = *plan;
	if (fresh->plan.budget <= 0)
		fresh->plan.budget = BUDGET;
	fresh->facts.zone = plan->discovery.zone;
	fresh->facts.via = plan->via;
	status = dw_discovery_new(&plan->discovery, &fresh->discovery, error);
	if (status != DW_OK) {
		dw_payload_free(fresh);
		return status;
	}
	fresh->facts.discovery = dw_discovery_facts(fresh->discovery);
	*payload = fresh;
	return DW_OK;
}

static bool prepare_address(struct dw_payload *payload, unsigned at)
{
	struct dw_payload_address *address = &payload->facts.addresses[at];
	struct climb *climb = &payload->climbs[at];

	address->server = payload->facts.discovery->servers[at];
	climb->ladder = (struct dw_ladder){.via = payload->plan.via, .budget = payload->plan.budget};
	for (unsigned i = 0; i < DW_LANES; i++)
		climb->lanes[i].news = true;
	return dw_rungs_new(&payload->plan, &address->rungs, &address->n_rungs, NULL) == DW_OK;
}

/* The discovery has ended: begins with the addresses it found. */
static void begin_addresses(struct dw_payload *payload)
{
	struct dw_payload_facts *facts = &payload->facts;
	unsigned n = facts->discovery->status == DW_OK ? facts->discovery->n_servers : 0;

	payload->discovered = true;
	if (n == 0)
		return;
	facts->addresses = calloc(n, sizeof(*facts->addresses));
	payload->climbs = calloc(n, sizeof(*payload->climbs));
	if (facts->addresses == NULL || payload->climbs == NULL) {
		facts->status = DW_SYSTEM;
		return;
	}
	while (facts->n_addresses < n && prepare_address(payload, facts->n_addresses))
		facts->n_addresses++;
	if (facts->n_addresses < n)
		facts->status = DW_SYSTEM;
}

/* Whether a lane has something to ask; plans its next round when the last has ended and there is news. */
static bool has_wish(struct climb *climb, const struct dw_payload_address *address, enum dw_lane at)
{
	struct lane *lane = &climb->lanes[at];

	if (lane->at < lane->n_wishes)
		return true;
	if (lane->n_open > 0 || !lane->news)
		return false;
	lane->n_wishes = dw_ladder_next(&climb->ladder, address, at, lane->wishes);
	lane->at = 0;
	lane->elapsed = 0;
	lane->news = false;
	return lane->n_wishes > 0;
}

/* The next question to one address; false when there is none now. */
static bool next_wish(struct dw_payload *payload, unsigned at, struct dw_question *question, unsigned *tag)
{
	struct dw_payload_address *address = &payload->facts.addresses[at];
	struct climb *climb = &payload->climbs[at];

	for (unsigned i = 0; i < DW_LANES; i++) {
		struct lane *lane = &climb->lanes[i];

		if (!has_wish(climb, address, i))
			continue;
		const struct dw_ladder_wish *wish = &lane->wishes[lane->at++];
		lane->n_open++;
		dw_rung_question(&address->rungs[wish->rung], &address->server.address, wish->timeout, question);
		*tag = at * DW_RUNGS_MAX + wish->rung;
		return true;
	}
	if (climb->lanes[DW_LANE_UDP].n_open == 0 && climb->lanes[DW_LANE_TCP].n_open == 0)
		address->ended = !climb->ladder.late;
	return false;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_payload *payload = self;
	unsigned n;

	if (!payload->discovered) {
		if (dw_discovery_class.next(payload->discovery, question, tag)) {
			payload->n_discovering++;
			return true;
		}
		if (payload->n_discovering > 0)
			return false;
		begin_addresses(payload);
	}
	n = payload->facts.n_addresses;
	for (unsigned i = 0; i < n; i++) {
		unsigned at = (payload->at + i) % n;

		if (!next_wish(payload, at, question, tag))
			continue;
		/* All that one round asks goes out together. */
		payload->at = at;
		return true;
	}
	return false;
}

static void take_strays(struct dw_payload_address *address, const struct dw_answer *answer)
{
	address->n_elsewhere += answer->n_elsewhere;
	if (answer->n_elsewhere > 0)
		address->elsewhere = answer->elsewhere;
	if (answer->n_garbage > address->n_garbage)
		address->n_garbage = answer->n_garbage;
	if (answer->n_repeated > address->n_repeated)
		address->n_repeated = answer->n_repeated;
}

/* Notes what an answer means for the rounds. */
static void go_on(struct climb *climb, enum dw_lane at, const struct dw_answer *answer)
{
	struct lane *lane = &climb->lanes[at];

	lane->n_open--;
	if (answer->elapsed > lane->elapsed)
		lane->elapsed = answer->elapsed;
	if (lane->n_open == 0 && lane->at == lane->n_wishes)
		dw_ladder_ended(&climb->ladder, at, lane->elapsed);
	for (unsigned i = 0; i < DW_LANES; i++)
		climb->lanes[i].news = true;
	if (answer->status != DW_TIMEOUT || answer->attempts > 0)
		return;
	/* Nothing is sent any more: the run is over. */
	climb->ladder.late = true;
	climb->ladder.budget = 0;
	for (unsigned i = 0; i < DW_LANES; i++)
		climb->lanes[i].n_wishes = climb->lanes[i].at;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_payload *payload = self;

	if (!payload->discovered) {
		payload->n_discovering--;
		dw_discovery_class.answer(payload->discovery, tag, question, answer);
		return;
	}
	struct dw_payload_address *address = &payload->facts.addresses[tag / DW_RUNGS_MAX];
	struct dw_payload_rung *rung = &address->rungs[tag % DW_RUNGS_MAX];

	dw_rung_take(rung, question, answer);
	address->n_packets += answer->n_packets;
	take_strays(address, answer);
	go_on(&payload->climbs[tag / DW_RUNGS_MAX], rung->tcp ? DW_LANE_TCP : DW_LANE_UDP, answer);
}

const struct dw_inquiry_class dw_payload_class = {next, take};

const struct dw_payload_facts *dw_payload_facts(const struct dw_payload *payload)
{
	return &payload->facts;
}

const char *dw_payload_probe_text(enum dw_payload_probe probe)
{
	static const char *const words[] = {
		[DW_PROBE_PLAIN] = "plain",
		[DW_PROBE_EDNS] = "edns",
		[DW_PROBE_VERSION] = "version",
		[DW_PROBE_OPTION] = "option",
		[DW_PROBE_BETWEEN] = "between",
		[DW_PROBE_LONG] = "long",
		[DW_PROBE_FLAG] = "flag",
		[DW_PROBE_TCP] = "tcp",
		[DW_PROBE_VALIDATE] = "validate",
	};

	return words[probe];
}

void dw_payload_free(struct dw_payload *payload)
{
	if (payload == NULL)
		return;
	for (unsigned i = 0; i < payload->facts.n_addresses; i++)
		free(payload->facts.addresses[i].rungs);
	free(payload->facts.addresses);
	free(payload->climbs);
	dw_discovery_free(payload->discovery);
	free(payload);
}
