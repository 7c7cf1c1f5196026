/*
 * host_list: servers that the user named, of whom the hosts file may know the address.
 *
 * Blocks as long as the file system does. Functions may be called from any thread.
 */
#ifndef DW_NAGIOS_HOST_LIST_H
#define DW_NAGIOS_HOST_LIST_H

#include <stdbool.h>

#include "option.h"

/* Whether a host is a name, whose address is still to be found. */
bool dw_host_list_has_names(const struct dw_host_list *list);

/*
 * Gives hosts that are names, and stand in /etc/hosts, their addresses of this family. DW_SYSTEM when that
 * file is there and cannot be read, or without memory.
 */
DW_MUST_CHECK enum dw_status dw_host_list_find(
	struct dw_host_list *list, enum dw_family family, struct dw_error *error);

#endif
