/*
 * pace: spreads questions evenly over time, so that a sweep is no burst.
 *
 * Questions go in quanta of DW_PACE_QUANTUM; what a quantum does not use is lost, and no quantum
 * makes up for one before. Nothing blocks or reads a clock; a pace belongs to the
 * engine's thread.
 */
#ifndef DW_DNS_PACE_H
#define DW_DNS_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/moment.h"

#define DW_PACE_QUANTUM 15 /* milliseconds */

/* Zero-initialised but for `rate`. */
struct dw_pace {
	unsigned rate;    /* questions a second; 0: no bound */
	uint64_t left;    /* thousandths of a question that this quantum may still send */
	dw_deadline next; /* when the next quantum begins */
};

/* Whether a question may go now. */
bool dw_pace_ready(struct dw_pace *pace, dw_deadline now);

/* Counts one that went. */
void dw_pace_went(struct dw_pace *pace);

#endif
