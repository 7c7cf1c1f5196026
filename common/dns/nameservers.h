/*
 * nameservers: the names of a zone's servers and their addresses, as they become known.
 *
 * A set grows while a discovery goes on: a delegation brings names and glue, the apex brings names,
 * lookups bring addresses. What does not fit its bounds is left out; no name is kept twice, and no
 * address twice for one name. dw_nameservers_list() makes one entry of each address.
 *
 * A set is a value and owns nothing. Nothing here blocks or allocates; functions may be called from any
 * thread.
 */
#ifndef DW_DNS_NAMESERVERS_H
#define DW_DNS_NAMESERVERS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/resolver.h"
#include "dns/server.h"

/* Names of the delegation and of the apex together. */
#define DW_NAMESERVERS_MAX (2 * DW_NS_NAMES_MAX)

/* A name, who gave it, and how looking it up went. */
struct dw_nameserver {
	struct dw_name name; /* length 0: an address that the user gave */
	uint16_t port;       /* of its addresses */
	bool by_parent, by_child, by_user;
	bool looked_up;        /* its lookups have begun */
	bool other_family;     /* it may have addresses, of the family that is left out */
	enum dw_status status; /* of the lookup that failed last; DW_OK: none failed */
	char reason[96];       /* unless DW_OK */
};

/* One address of the name `at`. */
struct dw_nameserver_address {
	unsigned at;
	struct dw_address address;
};

/* Zero-initialised it is empty. */
struct dw_nameservers {
	unsigned n_names;
	struct dw_nameserver names[DW_NAMESERVERS_MAX];
	unsigned n_addresses;
	struct dw_nameserver_address addresses[DW_SERVERS_MAX];
};

/* Whether an address is of this family; any is of DW_FAMILY_ANY. */
bool dw_family_has(enum dw_family family, const struct dw_address *address);

/* Finds a name, or adds it with this port; its index, or DW_NAMESERVERS_MAX when the set is full. */
unsigned dw_nameservers_name(struct dw_nameservers *set, const struct dw_name *name, uint16_t port);

/* Adds a name of its own even if an equal one is there; its index, or DW_NAMESERVERS_MAX when full. */
unsigned dw_nameservers_append(struct dw_nameservers *set, const struct dw_name *name, uint16_t port);

/* Adds an address of the name `at`. */
void dw_nameservers_address(struct dw_nameservers *set, unsigned at, const struct dw_address *address);

/* Whether the name `at` has an address of this family. */
bool dw_nameservers_has(const struct dw_nameservers *set, unsigned at, enum dw_family family);

/* Whether an earlier entry holds the same address as entry `i`, perhaps under another name. */
bool dw_nameservers_repeats(const struct dw_nameservers *set, unsigned i);

/*
 * Writes each address once, with the flags of all its names and the first of these, and returns how many
 * there are. Ordered by name and address, so that a server's rotation does not show; in the user's order
 * when the user named them.
 */
unsigned dw_nameservers_list(const struct dw_nameservers *set, struct dw_zone_server servers[DW_SERVERS_MAX]);

/*
 * Writes the names without any address, up to DW_NS_NAMES_MAX, and returns how many there are. Those of the
 * other family are no loss, unless the user named them or nothing else is there.
 */
unsigned dw_nameservers_lost(const struct dw_nameservers *set, struct dw_lost_server lost[DW_NS_NAMES_MAX]);

#endif
