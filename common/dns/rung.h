/*
 * rung: one question of the ladder of a payload: which there are, how it is asked, what its answer says.
 *
 * Part of `payload`; users see payload.h alone. Nothing here blocks; a rung belongs to one thread.
 */
#ifndef DW_DNS_RUNG_H
#define DW_DNS_RUNG_H

#include <stdbool.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/payload.h"
#include "dns/query.h"

#define DW_RUNGS_MAX 160

/* Buffer sizes that are always in the ladder. */
#define DW_RUNG_LEAST  512
#define DW_RUNG_USUAL  1232 /* RFC 9715 */
#define DW_RUNG_LARGE  4096
#define DW_RUNG_LINK   1400
#define DW_RUNG_LINK_6 1452 /* fills an Ethernet frame over IPv6 */

/* Names of growing length that do not exist, so that answers of sizes in between can be had. */
#define DW_RUNGS_BETWEEN 4

/* TCP_MAXSEG of the rungs by TCP, beside the system's own. */
#define DW_RUNG_SEGMENT       1220
#define DW_RUNG_SEGMENT_SMALL 536

/* All rungs of a plan in their order, none asked; DW_SYSTEM without memory. Release with free(). */
DW_MUST_CHECK enum dw_status dw_rungs_new(const struct dw_payload_plan *plan, struct dw_payload_rung **rungs,
	unsigned *n_rungs, struct dw_error *error);

/* Whether a rung belongs to what every address is asked at first. */
bool dw_rung_is_first(const struct dw_payload_rung *rung);

/* Whether a resolver is asked for it before all else, so that it has the RRset. */
bool dw_rung_is_fetch(const struct dw_payload_rung *rung);

/* Whether both ask for the same RRset, with DO or without, so that their answers are alike but for EDNS. */
bool dw_rung_asks_same(const struct dw_payload_rung *a, const struct dw_payload_rung *b);

/* Writes the question of a rung, with one try that waits for `timeout`. */
void dw_rung_question(const struct dw_payload_rung *rung, const struct dw_address *server, dw_millis timeout,
	struct dw_question *question);

/* Takes the answer to a question of dw_rung_question(). */
void dw_rung_take(
	struct dw_payload_rung *rung, const struct dw_question *question, const struct dw_answer *answer);

/*
 * How many packets, one after the other, must have been lost when TCP connected and brought nothing for
 * `waited`, as the other end sends again in growing intervals.
 */
unsigned dw_rung_chances(dw_millis waited);

#endif
