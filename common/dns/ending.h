/*
 * ending: hands out how a question ended, once, and takes it out of the engine.
 *
 * The reason of a failure is written here, as a clause for people: what was tried, how often, and
 * for how long. The callback runs inside these calls; the flight is gone when they return. Nothing else here
 * blocks; all of it belongs to the thread of the engine.
 */
#ifndef DW_DNS_ENDING_H
#define DW_DNS_ENDING_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/engine.h"

/* Ends a question with its message, which need only stay during the call. */
void dw_ending_answer(struct dw_query *query, struct dw_flight *flight, const uint8_t *wire, size_t length);

/* Ends a question for a reason known to the caller. */
void dw_ending_failure(struct dw_query *query, struct dw_flight *flight, enum dw_status status,
	const char *format, ...) DW_PRINTF(4, 5);

/* Ends a question whose time is up, or whose tries are used up: DW_TIMEOUT or DW_REFUSED as it went. */
void dw_ending_silence(struct dw_query *query, struct dw_flight *flight);

/* Ends a question whose server is down, before it was asked. */
void dw_ending_down(struct dw_query *query, struct dw_flight *flight);

#endif
