/*
 * payload_edns: judges what becomes of EDNS at one address: dropped, refused, taken out, or misread.
 *
 * Part of the judge of payloads; see payload_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_PAYLOAD_EDNS_H
#define DW_DNS_PAYLOAD_EDNS_H

#include <stdbool.h>

#include "dns/payload_verdict.h"

/* Adds findings about EDNS at an address that answers by UDP. */
void dw_payload_edns_judge(struct dw_payload_case *trial);

/* Whether what the rung asked for came whole, with a signature. */
bool dw_payload_is_signed(const struct dw_payload_rung *rung);

#endif
