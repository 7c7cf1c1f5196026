/*
 * zone_list: the zones that a user names with --zone, and in the file of --zones.
 *
 * dw_zone_list_read() blocks on the file. Functions belong to the caller's thread.
 */
#ifndef DW_NAGIOS_ZONE_LIST_H
#define DW_NAGIOS_ZONE_LIST_H

#include "option.h"

/* Adds a zone, unless it is there. DW_INVALID when the text is no name, DW_LIMIT above DW_ZONES_MAX. */
DW_MUST_CHECK enum dw_status dw_zone_list_add(
	struct dw_zone_list *zones, const char *text, struct dw_error *error);

/*
 * Adds the zones of the file at `path`, "-" for standard input: one a line, with comments from '#' on.
 * DW_INVALID with the number of the line, or when there is none; DW_SYSTEM when it cannot be read.
 */
DW_MUST_CHECK enum dw_status dw_zone_list_read(
	struct dw_zone_list *zones, const char *path, struct dw_error *error);

#endif
