/*
 * reply_size_json: what a walk up the grades learned, as JSON.
 *
 * Nothing blocks; functions may be called from any thread.
 */
#ifndef DW_NAGIOS_REPLY_SIZE_JSON_H
#define DW_NAGIOS_REPLY_SIZE_JSON_H

#include <jansson.h>

#include "dns/reply_size.h"
#include "dns/reply_size_judge.h"

/* Every fact, with the verdicts of `figures`; a new reference, NULL without memory. */
json_t *dw_reply_size_json(
	const struct dw_reply_size_facts *facts, const struct dw_reply_size_figures *figures);

#endif
