/*
 * payload_truncated: judges what comes truncated by UDP from one address: everything, too much, or some at
 * times.
 *
 * Part of the judge of payloads; see payload_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_PAYLOAD_TRUNCATED_H
#define DW_DNS_PAYLOAD_TRUNCATED_H

#include <stdbool.h>

#include "dns/payload_verdict.h"

/* Whether all answers to questions with EDNS come truncated, the small ones too: they say little else. */
bool dw_payload_is_truncating(const struct dw_payload_address *address);

/* Adds findings about answers that come truncated though they need not. */
void dw_payload_truncated_judge(struct dw_payload_case *trial);

#endif
