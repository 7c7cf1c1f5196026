#include "dns/nameservers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool dw_family_has(enum dw_family family, const struct dw_address *address)
{
	return family == DW_FAMILY_ANY ||
		address->socket.any.sa_family == (family == DW_FAMILY_4 ? AF_INET : AF_INET6);
}

unsigned dw_nameservers_name(struct dw_nameservers *set, const struct dw_name *name, uint16_t port)
{
	for (unsigned i = 0; i < set->n_names; i++)
		if (dw_name_equal(&set->names[i].name, name))
			return i;
	return dw_nameservers_append(set, name, port);
}

unsigned dw_nameservers_append(struct dw_nameservers *set, const struct dw_name *name, uint16_t port)
{
	if (set->n_names == DW_NAMESERVERS_MAX)
		return DW_NAMESERVERS_MAX;
	set->names[set->n_names] = (struct dw_nameserver){.name = *name, .port = port};
	return set->n_names++;
}

void dw_nameservers_address(struct dw_nameservers *set, unsigned at, const struct dw_address *address)
{
	for (unsigned i = 0; i < set->n_addresses; i++)
		if (set->addresses[i].at == at && dw_address_equal(&set->addresses[i].address, address))
			return;
	if (set->n_addresses == DW_SERVERS_MAX)
		return;
	set->addresses[set->n_addresses++] = (struct dw_nameserver_address){.at = at, .address = *address};
}

bool dw_nameservers_has(const struct dw_nameservers *set, unsigned at, enum dw_family family)
{
	for (unsigned i = 0; i < set->n_addresses; i++)
		if (set->addresses[i].at == at && dw_family_has(family, &set->addresses[i].address))
			return true;
	return false;
}

bool dw_nameservers_repeats(const struct dw_nameservers *set, unsigned i)
{
	for (unsigned j = 0; j < i; j++)
		if (dw_address_equal(&set->addresses[j].address, &set->addresses[i].address))
			return true;
	return false;
}

/* IPv4 before IPv6, then by octets, then by port. */
static int compare_addresses(const struct dw_address *a, const struct dw_address *b)
{
	bool a4 = a->socket.any.sa_family == AF_INET;
	bool b4 = b->socket.any.sa_family == AF_INET;

	if (a4 != b4)
		return a4 ? -1 : 1;
	int order = a4 ? memcmp(&a->socket.v4.sin_addr, &b->socket.v4.sin_addr, sizeof(struct in_addr))
				   : memcmp(&a->socket.v6.sin6_addr, &b->socket.v6.sin6_addr, sizeof(struct in6_addr));
	return order != 0 ? order : (int)dw_address_port(a) - (int)dw_address_port(b);
}

static int compare_servers(const void *a, const void *b)
{
	const struct dw_zone_server *one = a;
	const struct dw_zone_server *other = b;
	int order = dw_name_compare(&one->name, &other->name);

	return order != 0 ? order : compare_addresses(&one->address, &other->address);
}

static struct dw_zone_server server_of(const struct dw_nameservers *set, unsigned i)
{
	const struct dw_nameserver *name = &set->names[set->addresses[i].at];

	return (struct dw_zone_server){.name = name->name,
		.address = set->addresses[i].address,
		.by_parent = name->by_parent,
		.by_child = name->by_child,
		.by_user = name->by_user};
}

/* Leaves one of each address: the first, with the flags of all. */
static unsigned merge(struct dw_zone_server *servers, unsigned n)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned j = 0;
		while (j < kept && !dw_address_equal(&servers[j].address, &servers[i].address))
			j++;
		if (j == kept) {
			servers[kept++] = servers[i];
			continue;
		}
		servers[j].by_parent |= servers[i].by_parent;
		servers[j].by_child |= servers[i].by_child;
		servers[j].by_user |= servers[i].by_user;
	}
	return kept;
}

unsigned dw_nameservers_list(const struct dw_nameservers *set, struct dw_zone_server servers[DW_SERVERS_MAX])
{
	unsigned n = 0;
	bool by_user = set->n_names > 0 && set->names[0].by_user;

	for (unsigned at = 0; at < set->n_names; at++)
		for (unsigned i = 0; i < set->n_addresses; i++)
			if (set->addresses[i].at == at)
				servers[n++] = server_of(set, i);
	if (!by_user)
		qsort(servers, n, sizeof(servers[0]), compare_servers);
	return merge(servers, n);
}

static bool is_no_loss(const struct dw_nameservers *set, const struct dw_nameserver *name)
{
	return name->other_family && !name->by_user && set->n_addresses > 0;
}

unsigned dw_nameservers_lost(const struct dw_nameservers *set, struct dw_lost_server lost[DW_NS_NAMES_MAX])
{
	unsigned n = 0;

	for (unsigned at = 0; at < set->n_names && n < DW_NS_NAMES_MAX; at++) {
		const struct dw_nameserver *name = &set->names[at];
		if (dw_nameservers_has(set, at, DW_FAMILY_ANY) || is_no_loss(set, name))
			continue;
		struct dw_lost_server *one = &lost[n++];
		*one = (struct dw_lost_server){.name = name->name,
			.status = name->status,
			.by_parent = name->by_parent,
			.by_child = name->by_child,
			.left_out = name->other_family};
		snprintf(one->reason, sizeof(one->reason), "%s", name->reason);
		if (name->status == DW_OK) {
			one->status = DW_TIMEOUT;
			snprintf(one->reason, sizeof(one->reason), "its addresses were not known in time");
		}
	}
	return n;
}
