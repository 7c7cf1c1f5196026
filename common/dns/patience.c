#include "dns/patience.h"

/* Waits for one question, in milliseconds: before and after the way is known. */
#define UDP_FIRST 1000
#define UDP_LEAST 400
#define UDP_MOST  1500
#define TCP_WAIT  1500
#define VIA_LEAST 800
#define VIA_MOST  2500

static dw_millis within(dw_millis value, dw_millis least, dw_millis most)
{
	return value < least ? least : value > most ? most : value;
}

/* How long the first answers are waited for, and all by TCP: less where there is little time in all. */
static dw_millis first_wait(const struct dw_ladder *ladder, enum dw_lane lane)
{
	if (ladder->via)
		return within(ladder->budget / 3, VIA_LEAST, VIA_MOST);
	if (lane == DW_LANE_TCP)
		return within(ladder->budget / 4, UDP_LEAST, TCP_WAIT);
	return within(ladder->budget / 3, UDP_LEAST, UDP_FIRST);
}

/* The longest that an answer took, by UDP alone or by either way; -1 when none came. */
static dw_millis longest_of(const struct dw_payload_address *address, bool either)
{
	dw_millis longest = -1;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->answered && (either || !rung->tcp) && rung->reply.elapsed > longest)
			longest = rung->reply.elapsed;
	}
	return longest;
}

/* How long a round would wait if there were no end to the time. */
static dw_millis wanted(
	const struct dw_ladder *ladder, const struct dw_payload_address *address, enum dw_lane lane)
{
	bool tcp = lane == DW_LANE_TCP;
	dw_millis longest = longest_of(address, tcp), either = longest_of(address, true);

	if (!ladder->via && tcp)
		return first_wait(ladder, lane);
	if (either < 0)
		return first_wait(ladder, lane);
	/* A server that is heard by TCP alone is no farther away by UDP. */
	if (!ladder->via)
		return within(3 * (longest < 0 ? either : longest) + 100, UDP_LEAST, UDP_MOST);
	if (tcp)
		return within(3 * longest + 100, within(ladder->budget / 5, UDP_LEAST, TCP_WAIT), VIA_MOST);
	/* A resolver that answers by TCP has what is asked for by UDP, which takes half as many round trips. */
	if (longest < 0)
		return within(either + 100, UDP_LEAST, VIA_MOST);
	/* What is asked for again it may have got in the meantime. */
	bool again = ladder->lanes[lane].n_rounds > 1;
	dw_millis least = again ? within(ladder->budget / 10, UDP_LEAST, VIA_LEAST) : VIA_LEAST;
	return within(3 * longest + 100, least, VIA_MOST);
}

dw_millis dw_patience(
	const struct dw_ladder *ladder, const struct dw_payload_address *address, enum dw_lane lane)
{
	dw_millis wait = wanted(ladder, address, lane), left = ladder->budget - ladder->lanes[lane].used;
	dw_millis longest = longest_of(address, lane == DW_LANE_TCP);

	if (wait <= left)
		return wait;
	if (ladder->lanes[lane].n_rounds == 0)
		return ladder->budget;
	return ladder->via && longest >= 0 && left >= within(longest + longest / 4, UDP_LEAST, VIA_MOST) ? left
																									 : wait;
}
