/*
 * rungs: a ladder as it was climbed, for the tests of what shows it.
 *
 * Server ns1.example.org 192.0.2.1: an answer without EDNS, a large one that was lost, a TCP connection that
 * brought a part, an unknown flag that was mishandled, one question that was left out.
 */
#ifndef DW_TESTS_SUPPORT_RUNGS_H
#define DW_TESTS_SUPPORT_RUNGS_H

#include "dns/payload.h"
#include "dns/payload_judge.h"

#define DW_RUNGS 6

struct dw_rungs {
	struct dw_payload_facts facts;
	struct dw_payload_figures figures;
	struct dw_discovery_facts discovery;
	struct dw_payload_address address;
	struct dw_payload_rung rungs[DW_RUNGS];
};

/* Allocated; released with free(). */
struct dw_rungs *dw_rungs_sample(void);

#endif
