/*
 * payload_udp: judges what becomes of UDP answers of one address: dropped by size, doubled, lost.
 *
 * Part of the judge of payloads; see payload_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_PAYLOAD_UDP_H
#define DW_DNS_PAYLOAD_UDP_H

#include "dns/payload_verdict.h"

/* Adds findings about the answers of an address that answers by UDP. */
void dw_payload_udp_judge(struct dw_payload_case *trial);

/* Adds findings about what came beside the answers, and what was lost without anybody dropping it. */
void dw_payload_way_judge(struct dw_payload_case *trial);

#endif
