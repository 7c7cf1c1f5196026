/*
 * resolver: where to ask about a zone: its parent, its name servers, and every address of them.
 *
 * A discovery is an inquiry (see inquiry.h). It asks a resolver, with CD set (for the apex's NS set after a
 * SERVFAIL) so that a bogus zone is found as well, for the zone cut and the parent's servers; these for the
 * delegation, its glue and the DS RRset; and the resolver for the apex's NS set and the addresses of names
 * outside the zone. Addresses of names inside the zone come from glue, so that no broken zone hides its
 * servers. With hosts given, only those are looked up, and if all are addresses nothing is asked.
 *
 * When a resolver is silent the next one is asked. Work is bounded by the MAX values below and by
 * DW_DISCOVERY_QUESTIONS_MAX. Nothing here blocks; a discovery belongs to one thread.
 */
#ifndef DW_DNS_RESOLVER_H
#define DW_DNS_RESOLVER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/dsset.h"
#include "dns/inquiry.h"
#include "dns/server.h"

#define DW_RESOLVERS_MAX           8
#define DW_SERVERS_MAX             64 /* addresses of one zone, or of its parent */
#define DW_NS_NAMES_MAX            32
#define DW_HOSTS_MAX               32
#define DW_DISCOVERY_QUESTIONS_MAX 256

struct dw_resolvers {
	unsigned n_resolvers;
	struct dw_address items[DW_RESOLVERS_MAX];
};

enum dw_family { DW_FAMILY_ANY, DW_FAMILY_4, DW_FAMILY_6 };

/* What to discover. Copied by dw_discovery_new(). */
struct dw_discovery_plan {
	struct dw_name zone;
	struct dw_resolvers resolvers;
	unsigned n_hosts; /* servers the user named; 0: discover those of the zone */
	struct dw_host hosts[DW_HOSTS_MAX];
	uint16_t port; /* of servers without one of their own */
	enum dw_family family;
};

/* One address of one name server. */
struct dw_zone_server {
	struct dw_name name; /* length 0: the user gave an address */
	struct dw_address address;
	bool by_parent; /* the delegation names it */
	bool by_child;  /* the apex NS RRset names it */
	bool by_user;
};

enum dw_ds_known {
	DW_DS_NOT_ASKED, /* hosts were given, or the zone is the root */
	DW_DS_NO_ANSWER, /* no parent server gave a usable answer */
	DW_DS_ABSENT,    /* the parent answered that there is none (not verified here) */
	DW_DS_PRESENT,
};

/* A name of a name server for which no address was found, and why. */
struct dw_lost_server {
	struct dw_name name;
	enum dw_status status; /* DW_NOT_FOUND: it has no address; else the resolver's failure */
	bool by_parent, by_child;
	bool left_out; /* it may have addresses, of the family that is not wanted */
	char reason[96];
};

struct dw_discovery_facts {
	struct dw_name zone; /* as asked for */
	bool hosts_given;
	enum dw_status status; /* DW_OK; DW_NOT_FOUND: no such zone; DW_INVALID: no apex; else: why not known */
	char reason[160];      /* unless DW_OK: a clause that names the stage and the server */
	struct dw_name apex;   /* the zone that `zone` lies in, when known; else length 0 */
	struct dw_name parent; /* length 0 when not known, or for the root */
	unsigned n_servers;
	struct dw_zone_server servers[DW_SERVERS_MAX];
	unsigned n_parent_servers;
	struct dw_zone_server parent_servers[DW_SERVERS_MAX];
	unsigned n_lost;
	struct dw_lost_server lost[DW_NS_NAMES_MAX];
	unsigned n_parent_ns; /* NS set of the delegation; 0 when not known */
	struct dw_name parent_ns[DW_NS_NAMES_MAX];
	unsigned n_child_ns; /* NS set of the apex, as the resolver has it; 0 when not known */
	struct dw_name child_ns[DW_NS_NAMES_MAX];
	enum dw_ds_known ds_known;
	unsigned n_ds;
	struct dw_ds_fact ds[DW_DS_MAX];
};

/* Owned by whoever called dw_discovery_new(). */
struct dw_discovery;

/* Begins a discovery. DW_SYSTEM without memory. Release with dw_discovery_free(). */
DW_MUST_CHECK enum dw_status dw_discovery_new(
	const struct dw_discovery_plan *plan, struct dw_discovery **discovery, struct dw_error *error);

/* The discovery as an inquiry; `self` is the struct dw_discovery. */
extern const struct dw_inquiry_class dw_discovery_class;

/* What is known; complete once the inquiry has ended. Valid until dw_discovery_free(). */
const struct dw_discovery_facts *dw_discovery_facts(const struct dw_discovery *discovery);

/* Releases the discovery; NULL is fine. */
void dw_discovery_free(struct dw_discovery *discovery);

#endif
