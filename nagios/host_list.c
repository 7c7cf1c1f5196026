#include "host_list.h"

#include <stdlib.h>
#include <string.h>

#include "dns/resolvconf.h"

bool dw_host_list_has_names(const struct dw_host_list *list)
{
	for (unsigned i = 0; i < list->n_hosts; i++)
		if (list->items[i].address.length == 0)
			return true;
	return false;
}

enum dw_status dw_host_list_find(struct dw_host_list *list, enum dw_family family, struct dw_error *error)
{
	struct dw_discovery_plan *plan = NULL;
	enum dw_status status = DW_OK;

	if (!dw_host_list_has_names(list))
		return DW_OK;
	plan = calloc(1, sizeof *plan);
	if (plan == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory");
	plan->family = family;
	plan->n_hosts = list->n_hosts;
	memcpy(plan->hosts, list->items, sizeof plan->hosts);
	status = dw_hosts_system(NULL, plan, error);
	list->n_hosts = plan->n_hosts;
	memcpy(list->items, plan->hosts, sizeof plan->hosts);
	free(plan);
	return status;
}
