/*
 * patience: how long the answers of a round of a ladder are waited for.
 *
 * Part of `ladder`: less where there is little time in all, more where answers took long. Functions are pure,
 * and may be called from any thread.
 */
#ifndef DW_DNS_PATIENCE_H
#define DW_DNS_PATIENCE_H

#include "core/moment.h"
#include "dns/ladder.h"

/*
 * The wait of the next round of a lane. It may be longer than what is left of the time, and the round is not
 * worth asking then; but the first round always fits, and the last ones to a resolver where it took less
 * before.
 */
dw_millis dw_patience(
	const struct dw_ladder *ladder, const struct dw_payload_address *address, enum dw_lane lane);

#endif
