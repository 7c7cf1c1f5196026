/*
 * payload_via: judges what a resolver makes of the zone: does it get the answers, and does it validate.
 *
 * Part of the judge of payloads; see payload_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_PAYLOAD_VIA_H
#define DW_DNS_PAYLOAD_VIA_H

#include "dns/payload_verdict.h"

/* Adds findings about a resolver that answers. */
void dw_payload_via_judge(struct dw_payload_case *trial);

#endif
