/*
 * round: one run of a check over its zones: where to ask, the engine, the verdicts.
 *
 * dw_round_run() blocks, until its deadline at the latest; one thread.
 */
#ifndef DW_NAGIOS_ROUND_H
#define DW_NAGIOS_ROUND_H

#include "plugin.h"

/* Zero-initialised it is empty. Release with dw_round_fini(). */
struct dw_round {
	const struct dw_plugin *plugin;
	size_t n_zones;
	struct dw_inquiry *inquiries;
	struct dw_verdict *verdicts; /* findings sorted, worst first */
};

/*
 * Asks and judges every zone of `values` (a struct dw_common at the front) within `wait`. What did not end by
 * then is judged by what is known. DW_SYSTEM when there is no memory, socket or resolver's address to be had.
 */
DW_MUST_CHECK enum dw_status dw_round_run(struct dw_round *round, const struct dw_plugin *plugin,
	const void *values, dw_moment now, dw_millis wait, struct dw_error *error);

/* Releases inquiries and verdicts. */
void dw_round_fini(struct dw_round *round);

#endif
