/*
 * record_list: the records that a user names with --record.
 *
 * Pure functions; nothing blocks.
 */
#ifndef DW_NAGIOS_RECORD_LIST_H
#define DW_NAGIOS_RECORD_LIST_H

#include "option.h"

/*
 * Sets `placed` to a record of the list as it is meant for this zone: a name that is not within the zone is
 * relative to it. DW_INVALID when the two together are too long for a name.
 */
DW_MUST_CHECK enum dw_status dw_record_place(const struct dw_record *record, const struct dw_name *zone,
	struct dw_record *placed, struct dw_error *error);

/* Does so with each record of the list; `placed` has room for them all. */
DW_MUST_CHECK enum dw_status dw_record_list_place(const struct dw_record_list *list,
	const struct dw_name *zone, struct dw_record *placed, struct dw_error *error);

#endif
