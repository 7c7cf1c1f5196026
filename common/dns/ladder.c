#include "dns/ladder.h"

#include <limits.h>

#include "dns/omission.h"
#include "dns/patience.h"
#include "dns/rung.h"
#include "dns/suspicion.h"
#include "dns/truncation.h"

#define ROUNDS_MAX 40

/* Packets that a question by TCP costs, about, and how many a healthy address gets. */
#define TCP_COST     8
#define HEALTHY_COST 38
#define HEALTHY_MOST 40

/*
 * Attempts at what was silent, in one round: all together, for one suspicion, for one that is a single rung.
 */
#define REPEATS_MAX    18
#define REPEATS_GROUP  6
#define REPEATS_SINGLE 3
#define REPEATS_TCP    4
#define CONTROLS_MAX   8

/* More of what a resolver did not answer for a start; plain questions where it answers by TCP alone. */
#define REPEATS_FETCH 3
#define REPEATS_PLAIN 7

/* When nothing at all is heard, so many attempts tell enough. */
#define SILENCE_UDP 24
#define SILENCE_TCP 4

/* So many refusals of one question are no accident. */
#define REFUSALS 2

/* Questions by UDP beside TCP that is silent. */
#define CONTROLS_UDP 32

/* Questions by UDP on a way where one was lost: how much of them are tells a sample of so many. */
#define CONTROLS_LOSS 24

/* Connections beside UDP that is silent altogether. */
#define CONTROLS_TCP 8

/* A round in the making. */
struct round {
	const struct dw_payload_address *address;
	const struct dw_suspicions *suspicions;
	enum dw_lane lane;
	bool via;
	dw_millis timeout;
	unsigned n_wishes;
	struct dw_ladder_wish *wishes;
	unsigned planned[DW_RUNGS_MAX]; /* attempts in this round */
};

static bool is_of_lane(const struct dw_payload_rung *rung, enum dw_lane lane)
{
	return rung->tcp == (lane == DW_LANE_TCP);
}

static void wish(struct round *round, unsigned rung)
{
	if (round->n_wishes == DW_LADDER_WISHES_MAX)
		return;
	round->wishes[round->n_wishes++] = (struct dw_ladder_wish){rung, round->timeout};
	round->planned[rung]++;
}

/* A resolver is asked once for each RRset, so that it has them all. */
static void plan_fetch(struct round *round)
{
	for (unsigned i = 0; i < round->address->n_rungs; i++) {
		if (dw_rung_is_fetch(&round->address->rungs[i]))
			wish(round, i);
	}
}

static unsigned cost_of(const struct dw_payload_rung *rung)
{
	return rung->tcp ? TCP_COST : 1;
}

/* What every address is asked, but for records of the user's. */
static unsigned least_cost(const struct round *round)
{
	unsigned cost = 0;

	for (unsigned i = 0; i < round->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &round->address->rungs[i];

		cost += dw_rung_is_first(rung) && rung->topic != DW_TOPIC_RECORD ? cost_of(rung) : 0;
		cost += round->via && dw_rung_is_fetch(rung);
	}
	return cost;
}

/*
 * What a resolver left without an answer for a start is asked several times at once, as each wait is long:
 * the one suspicion is that it does not get it, the other that UDP is dropped on the way to it.
 */
static void plan_unfetched(struct round *round)
{
	const struct dw_payload_address *address = round->address;
	bool stream = !round->suspicions->udp_heard && round->suspicions->tcp_heard;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];
		bool missing = dw_rung_is_fetch(rung) && rung->n_asked > 0 && !rung->answered;
		unsigned n = stream ? (rung->probe == DW_PROBE_PLAIN) * REPEATS_PLAIN : missing * REPEATS_FETCH;

		while (n-- > 0)
			wish(round, i);
	}
}

/*
 * The first round of both lanes, of which one is put into the round. More than one record of the user's may
 * be more than is polite to ask. Returns what it costs.
 */
static unsigned plan_first(struct round *round, bool wanted)
{
	const struct dw_payload_address *address = round->address;
	unsigned cost = least_cost(round);

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];
		bool record = rung->topic == DW_TOPIC_RECORD;

		if (!dw_rung_is_first(rung) || (record && cost + cost_of(rung) > HEALTHY_COST))
			continue;
		cost += record ? cost_of(rung) : 0;
		if (wanted && is_of_lane(rung, round->lane))
			wish(round, i);
	}
	if (wanted && round->via && round->lane == DW_LANE_UDP)
		plan_unfetched(round);
	return cost;
}

/* How many packets may be spent on what would only tell more: few where nothing is wrong. */
static unsigned more_allowed(struct round *round)
{
	unsigned spent = plan_first(round, false);

	if (round->suspicions->n_items > 0 || round->suspicions->n_lost > 0)
		return UINT_MAX;
	if (round->address->n_packets > spent)
		spent = round->address->n_packets;
	return spent < HEALTHY_MOST ? HEALTHY_MOST - spent : 0;
}

static void plan_more(struct round *round)
{
	unsigned allowed = more_allowed(round);

	for (unsigned i = 0; i < round->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &round->address->rungs[i];

		if (rung->n_asked > 0 || !is_of_lane(rung, round->lane) || dw_rung_is_first(rung) ||
			cost_of(rung) > allowed || !dw_omission_tells(round->address, round->suspicions, rung))
			continue;
		allowed -= cost_of(rung);
		wish(round, i);
	}
}

/* The rung of a suspicion, 0 for those of none that were answered, that was asked least; -1 for none. */
static int least_asked(const struct round *round, unsigned of)
{
	int best = -1;
	unsigned n_best = 0;

	for (unsigned i = 0; i < round->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &round->address->rungs[i];
		unsigned n = rung->n_asked + round->planned[i];

		if (!is_of_lane(rung, round->lane) || round->suspicions->of[i] != of || (of == 0 && !rung->answered))
			continue;
		if (best < 0 || n < n_best) {
			best = (int)i;
			n_best = n;
		}
	}
	return best;
}

static void repeat(struct round *round, unsigned of, unsigned n)
{
	int rung;

	while (n-- > 0 && (rung = least_asked(round, of)) >= 0)
		wish(round, (unsigned)rung);
}

/* How often the rungs of a suspicion are to be asked in this round. */
static unsigned repeats_of(const struct round *round, const struct dw_suspicion *item)
{
	const struct dw_suspicions *suspicions = round->suspicions;

	if (item->proven)
		return 0;
	switch (item->suspect) {
	case DW_SUSPECT_UDP:
		if (round->address->n_elsewhere >= REFUSALS)
			return 0;
		return item->n_lost < SILENCE_UDP || suspicions->tcp_heard ? REPEATS_GROUP : 0;
	case DW_SUSPECT_CONNECT:
		return item->n_lost < SILENCE_TCP || suspicions->udp_heard ? REPEATS_TCP : 0;
	case DW_SUSPECT_FETCH:
	case DW_SUSPECT_EDNS:
	case DW_SUSPECT_DO:
	case DW_SUSPECT_SIZE:
		return REPEATS_GROUP;
	case DW_SUSPECT_ANSWER:
	case DW_SUSPECT_SEGMENT:
		return REPEATS_TCP;
	default:
		return REPEATS_SINGLE;
	}
}

/* Repeats what was silent: each rung once at first, then each suspicion as it needs. */
static void plan_repeats(struct round *round, bool first)
{
	for (unsigned i = 0; i < round->suspicions->n_items && round->n_wishes < REPEATS_MAX; i++) {
		const struct dw_suspicion *item = &round->suspicions->items[i];
		unsigned n = repeats_of(round, item);

		if (!is_of_lane(&round->address->rungs[item->rung], round->lane))
			continue;
		/* The plain question is the proof of silence; its rung is the first of all. */
		unsigned n_plain = round->via && round->suspicions->tcp_heard && n > 0 ? REPEATS_PLAIN : n / 2;
		for (unsigned k = 0; item->suspect == DW_SUSPECT_UDP && k < n_plain; k++)
			wish(round, item->rung);
		repeat(round, i + 1, first && n > 0 && item->suspect != DW_SUSPECT_FETCH ? 1 : n);
	}
}

/* Repeats what was refused, or cut, once: it may have been an accident. */
static void plan_refused(struct round *round)
{
	for (unsigned i = 0; i < round->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &round->address->rungs[i];

		if (is_of_lane(rung, round->lane) && rung->n_refused > 0 && rung->n_refused < REFUSALS &&
			rung->n_answered == 0)
			wish(round, i);
	}
}

/* Repeats what came truncated though it would fit, once: it may have been an accident. */
static void plan_truncated(struct round *round)
{
	struct dw_truncation truncation;

	dw_truncation_find(round->address, &truncation);
	if (truncation.n_needless + truncation.n_told == 1)
		wish(round, truncation.rung);
}

static unsigned asked_in(const struct dw_payload_address *address, enum dw_lane lane)
{
	unsigned n = 0;

	for (unsigned i = 0; i < address->n_rungs; i++)
		n += is_of_lane(&address->rungs[i], lane) ? address->rungs[i].n_asked : 0;
	return n;
}

/* Connections that tell how lossy the way is on which UDP is silent. */
static void plan_connections(struct round *round)
{
	const struct dw_suspicion *udp = dw_suspicion_of(round->suspicions, DW_SUSPECT_UDP);

	if (udp == NULL || udp->proven || !round->suspicions->tcp_heard ||
		round->address->n_elsewhere >= REFUSALS || asked_in(round->address, DW_LANE_TCP) >= CONTROLS_TCP)
		return;
	repeat(round, 0, REPEATS_TCP);
}

/* Questions by UDP that tell how lossy the way is, on which TCP is silent or some question was lost. */
static void plan_controls(struct round *round)
{
	const struct dw_suspicions *suspicions = round->suspicions;
	unsigned n_asked = suspicions->n_through + suspicions->n_lost;

	if (suspicions->n_lost > 0 && n_asked < CONTROLS_LOSS) {
		repeat(round, 0, n_asked + CONTROLS_MAX < CONTROLS_LOSS ? CONTROLS_MAX : CONTROLS_LOSS - n_asked);
		return;
	}
	if (n_asked >= CONTROLS_UDP)
		return;
	for (unsigned i = 0; i < suspicions->n_items; i++) {
		const struct dw_suspicion *item = &suspicions->items[i];

		if (round->address->rungs[item->rung].tcp && !item->proven) {
			repeat(round, 0, CONTROLS_MAX);
			return;
		}
	}
}

static void plan_again(struct round *round, unsigned n_rounds)
{
	unsigned n_repeats;

	plan_repeats(round, round->lane == DW_LANE_UDP && n_rounds == 1);
	plan_refused(round);
	n_repeats = round->n_wishes;
	if (round->lane == DW_LANE_UDP && n_repeats > 0)
		repeat(round, 0, n_repeats < CONTROLS_MAX ? n_repeats : CONTROLS_MAX);
	if (round->lane == DW_LANE_UDP && n_repeats == 0)
		plan_controls(round);
	if (round->lane == DW_LANE_UDP)
		plan_truncated(round);
	if (round->lane == DW_LANE_TCP)
		plan_connections(round);
	plan_more(round);
}

unsigned dw_ladder_next(struct dw_ladder *ladder, const struct dw_payload_address *address, enum dw_lane lane,
	struct dw_ladder_wish wishes[DW_LADDER_WISHES_MAX])
{
	struct dw_ladder_lane *own = &ladder->lanes[lane];
	struct dw_suspicions suspicions;
	struct round round = {
		.address = address, .suspicions = &suspicions, .lane = lane, .via = ladder->via, .wishes = wishes};

	dw_suspicions_find(address, &suspicions);
	round.timeout = dw_patience(ladder, address, lane);
	if (ladder->via && lane == DW_LANE_UDP && own->n_rounds == 0)
		plan_fetch(&round);
	else if (own->n_rounds == (ladder->via && lane == DW_LANE_UDP))
		(void)plan_first(&round, true);
	else
		plan_again(&round, own->n_rounds - (ladder->via && lane == DW_LANE_UDP));
	if (round.n_wishes == 0)
		return 0;
	if (own->used + round.timeout > ladder->budget || own->n_rounds >= ROUNDS_MAX ||
		asked_in(address, lane) + round.n_wishes >
			(lane == DW_LANE_UDP ? DW_LADDER_UDP_MAX : DW_LADDER_TCP_MAX)) {
		ladder->late = true;
		return 0;
	}
	own->n_rounds++;
	return round.n_wishes;
}

void dw_ladder_ended(struct dw_ladder *ladder, enum dw_lane lane, dw_millis elapsed)
{
	ladder->lanes[lane].used += elapsed;
}
