/*
 * payload_tcp: judges what becomes of TCP to one address: refused, filtered, silent, cut, or held up by size.
 *
 * Part of the judge of payloads; see payload_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_PAYLOAD_TCP_H
#define DW_DNS_PAYLOAD_TCP_H

#include "dns/payload_verdict.h"

/* Adds findings about TCP to an address that answers by UDP, or by TCP. */
void dw_payload_tcp_judge(struct dw_payload_case *trial);

#endif
