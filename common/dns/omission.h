/*
 * omission: which rungs that were left out at first can tell something by now.
 *
 * Part of `ladder`: what of the first round was silent or truncated decides. Functions are pure, and may be
 * called from any thread.
 */
#ifndef DW_DNS_OMISSION_H
#define DW_DNS_OMISSION_H

#include <stdbool.h>

#include "dns/payload.h"
#include "dns/suspicion.h"

/* Whether a rung of this address that is not asked at first would tell more, given what is suspected. */
bool dw_omission_tells(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	const struct dw_payload_rung *rung);

#endif
