/*
 * ladder: which rungs to ask next at one address, by UDP and by TCP, until there is nothing more to tell.
 *
 * Both lanes go on in rounds that do not wait for each other. The first round is short and enough for a
 * healthy address. Then what was not answered is asked again, beside as many questions that were answered,
 * until it is answered or loss cannot be the reason (see suspicion), and with it the rungs that tell more:
 * sizes in between, small segments, the TCP answer whose size is not known. A ladder ends within its budget
 * of time, and DW_LADDER_UDP_MAX questions and DW_LADDER_TCP_MAX connections.
 *
 * Nothing here blocks. A ladder belongs to one thread.
 */
#ifndef DW_DNS_LADDER_H
#define DW_DNS_LADDER_H

#include <stdbool.h>

#include "core/moment.h"
#include "dns/payload.h"

#define DW_LADDER_WISHES_MAX 32
#define DW_LADDER_UDP_MAX    240
#define DW_LADDER_TCP_MAX    28

enum dw_lane { DW_LANE_UDP, DW_LANE_TCP, DW_LANES };

/* What was done in one lane. */
struct dw_ladder_lane {
	unsigned n_rounds;
	dw_millis used; /* by the rounds that have ended */
};

/* Zero-initialised but for the first members it has not begun. */
struct dw_ladder {
	bool via;         /* a resolver, which has to fetch what it answers */
	dw_millis budget; /* for each lane */
	bool late;        /* there was no time for a round that would have told more */
	struct dw_ladder_lane lanes[DW_LANES];
};

/* A question to be asked now. */
struct dw_ladder_wish {
	unsigned rung;
	dw_millis timeout;
};

/*
 * Writes the next round of a lane in which nothing is open, and returns how many wishes it has; 0 when there
 * is nothing to ask for what is known now.
 */
unsigned dw_ladder_next(struct dw_ladder *ladder, const struct dw_payload_address *address, enum dw_lane lane,
	struct dw_ladder_wish wishes[DW_LADDER_WISHES_MAX]);

/* Notes that a round of a lane has ended, which took so long. */
void dw_ladder_ended(struct dw_ladder *ladder, enum dw_lane lane, dw_millis elapsed);

#endif
