/*
 * size_summary: what to say of the sizes of answers when nothing is wrong with them.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_NAGIOS_SIZE_SUMMARY_H
#define DW_NAGIOS_SIZE_SUMMARY_H

#include "plugin.h"

#include "dns/payload_judge.h"
#include "dns/reply_size_judge.h"

/* A sentence about a ladder: from how many addresses answers get through, how large, by UDP and TCP. */
void dw_size_summary(const struct dw_name *zone, bool via, const struct dw_payload_figures *figures,
	char text[DW_SUMMARY_MAX]);

/* A sentence about a walk: how large an answer the resolvers can fetch, and what comes by UDP. */
void dw_size_summary_fetched(
	const struct dw_name *zone, const struct dw_reply_size_figures *figures, char text[DW_SUMMARY_MAX]);

#endif
