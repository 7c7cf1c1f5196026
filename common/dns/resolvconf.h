/*
 * resolvconf: what this host's own files say about names: its resolvers, and the hosts it knows.
 *
 * Reads resolv.conf(5) and hosts(5) once, when a host of ours (a check, a daemon) makes its plan. It
 * reads local files only and asks nobody; it blocks as long as the file system does. Functions may be
 * called from any thread.
 */
#ifndef DW_DNS_RESOLVCONF_H
#define DW_DNS_RESOLVCONF_H

#include "core/error.h"
#include "dns/resolver.h"

/*
 * Reads the nameserver lines of a resolv.conf; `path` NULL is /etc/resolv.conf. Those beyond
 * DW_RESOLVERS_MAX are left out. No such line at all means 127.0.0.1 and ::1, as in resolv.conf(5).
 * DW_SYSTEM when the file cannot be read, DW_INVALID when none of its nameserver lines has an address.
 */
DW_MUST_CHECK enum dw_status dw_resolvers_system(
	const char *path, struct dw_resolvers *resolvers, struct dw_error *error);

/*
 * Gives the hosts of a plan that are names, and stand in a hosts file, their addresses of the plan's
 * family; `path` NULL is /etc/hosts. A host with several addresses becomes several hosts, up to
 * DW_HOSTS_MAX in all. Hosts that the file lacks stay names; so do all when there is no such file.
 * DW_SYSTEM when it is there and cannot be read.
 */
DW_MUST_CHECK enum dw_status dw_hosts_system(
	const char *path, struct dw_discovery_plan *plan, struct dw_error *error);

#endif
