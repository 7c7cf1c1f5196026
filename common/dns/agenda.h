/*
 * agenda: what a survey asks of every server: DNSKEY first, then SOA, NS, a name that does not exist, and
 * the user's records.
 *
 * Functions are pure but for memory, and may be called from any thread.
 */
#ifndef DW_DNS_AGENDA_H
#define DW_DNS_AGENDA_H

#include "core/error.h"
#include "dns/survey.h"

/* One question. */
struct dw_agenda_item {
	enum dw_topic topic;
	struct dw_record record;
};

/*
 * Makes the agenda of a plan; the DNSKEY question is always its first. DW_INVALID for a record outside the
 * zone, or of a type that cannot be asked for; DW_SYSTEM without memory. Release `items` with free().
 */
DW_MUST_CHECK enum dw_status dw_agenda_make(const struct dw_survey_plan *plan, struct dw_agenda_item **items,
	unsigned *n_items, struct dw_error *error);

/*
 * DW_INVALID when the record lies outside the zone, or its type cannot be asked for (RRSIG, ANY, meta types).
 */
DW_MUST_CHECK enum dw_status dw_record_check(
	const struct dw_name *zone, const struct dw_record *record, struct dw_error *error);

#endif
