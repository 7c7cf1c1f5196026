/*
 * delegation_summary: what to say of a zone cut when nothing is wrong with it.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_NAGIOS_DELEGATION_SUMMARY_H
#define DW_NAGIOS_DELEGATION_SUMMARY_H

#include "plugin.h"

#include "dns/delegation_judge.h"

/*
 * Writes a sentence that names the zone, how many records lead to which key, and a roll-over that the
 * findings have. `given`: the records are the user's.
 */
void dw_delegation_summary(const struct dw_name *zone, bool given,
	const struct dw_delegation_figures *figures, const struct dw_findings *findings,
	char text[DW_SUMMARY_MAX]);

#endif
