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

/*
 * Sets `placed`, with room for all, to those of the list that are meant for `zone`, one of the run's `zones`.
 * A name within zones of the run is for the innermost of them alone. DW_INVALID too for a name with a final
 * dot that is in none, and for the DS of the zone itself, which is its parent's.
 */
DW_MUST_CHECK enum dw_status dw_record_list_place(const struct dw_record_list *list,
	const struct dw_zone_list *zones, const struct dw_name *zone, struct dw_record *placed,
	unsigned *n_placed, struct dw_error *error);

#endif
