/*
 * trial: a discovery in a made-up world, and what became of it.
 *
 * dw_trial_healthy is a world with example.org, delegated by org to ns1.example.org (with glue) and
 * ns.other.net, and the resolver DW_TRIAL_RESOLVER. Rows of a test change it.
 */
#ifndef DW_TESTS_SUPPORT_TRIAL_H
#define DW_TESTS_SUPPORT_TRIAL_H

#include "dns/resolver.h"
#include "support/world.h"

#define DW_TRIAL_RESOLVER "192.0.2.53"

struct dw_trial {
	struct dw_discovery_plan plan;
	struct dw_world world;
	struct dw_discovery *discovery;
	const struct dw_discovery_facts *facts;
};

extern const struct dw_world_row dw_trial_healthy[];

/* A trial of `zone` in the healthy world as `rows` change it, with no resolver or host yet. */
struct dw_trial dw_trial_of(const char *zone, const struct dw_world_row *rows);

/* Adds a resolver "ADDRESS". */
void dw_trial_resolver(struct dw_trial *trial, const char *address);

/* Adds a server that the user names, "HOST[@PORT]". */
void dw_trial_host(struct dw_trial *trial, const char *host);

/* Discovers. */
void dw_trial_run(struct dw_trial *trial);

/* All in one, with the healthy world's resolver. */
struct dw_trial dw_trial_discover(const char *zone, const struct dw_world_row *rows);

/* Releases what the trial holds. */
void dw_trial_end(struct dw_trial *trial);

/*
 * Asserts the servers, as "ns1.example.org 192.0.2.11 PC, ...": P by the parent, C by the child, U by the
 * user.
 */
void dw_trial_servers(const struct dw_trial *trial, const char *wanted);

/* Asserts a name; "" for one that is not known. */
void dw_trial_name(const struct dw_name *name, const char *wanted);

#endif
