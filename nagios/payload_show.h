/*
 * payload_show: what a payload learned, as a table for -v.
 *
 * Text is safe to print; nothing blocks, and functions may be called from any thread.
 */
#ifndef DW_NAGIOS_PAYLOAD_SHOW_H
#define DW_NAGIOS_PAYLOAD_SHOW_H

#include <stdio.h>

#include "dns/payload.h"
#include "dns/payload_judge.h"

/*
 * Prints each address with its verdict and the questions that were asked, a row each (level 1); how often,
 * and what was in the answers (2); what was left out as well (3).
 */
void dw_payload_show(const struct dw_payload_facts *facts, const struct dw_payload_figures *figures,
	unsigned level, FILE *page);

#endif
