/*
 * realm: a piece of the DNS in process: signed zones on servers of ours, and a resolver that knows them all.
 *
 * org is served by a.nic.org 192.0.2.1 and b.nic.org 192.0.2.2, example.org by ns1.example.org 192.0.2.11 and
 * ns2.example.org 192.0.2.12. Servers of a zone share one authority, unless a test gives one of them another.
 * A server without authority is silent. The resolver is DW_REALM_RESOLVER and answers from each zone's first
 * server.
 */
#ifndef DW_TESTS_SUPPORT_REALM_H
#define DW_TESTS_SUPPORT_REALM_H

#include "dns/delegation.h"
#include "dns/inquiry.h"
#include "dns/trust.h"
#include "support/authority.h"

#define DW_REALM_RESOLVER      "192.0.2.53"
#define DW_REALM_PLACES_MAX    16
#define DW_REALM_QUESTIONS_MAX 1024

/* The order of the places of a fresh realm. */
enum { DW_REALM_ORG_A, DW_REALM_ORG_B, DW_REALM_ZONE_A, DW_REALM_ZONE_B, DW_REALM_PLACES };

/* A zone on a server; a server with two zones has two places. */
struct dw_realm_place {
	const char *address;
	struct dw_authority *authority;
};

struct dw_realm {
	struct dw_realm_place places[DW_REALM_PLACES_MAX];
	unsigned n_places;
	bool no_resolver; /* it is silent */
	unsigned n_asked;
	struct dw_question asked[DW_REALM_QUESTIONS_MAX];
};

/*
 * Makes the realm. `ds` are the DS lines of example.org at org, NULL for the right one, "" for none; `more`
 * are further lines of example.org, or NULL. Release with dw_realm_free().
 */
struct dw_realm *dw_realm_new(const char *ds, const char *more);

/* Releases the realm and its authorities. */
void dw_realm_free(struct dw_realm *realm);

/* Adds a place, a zone on a server, which takes over the authority. */
void dw_realm_place(struct dw_realm *realm, const char *address, struct dw_authority *authority);

/* Puts another authority in a place, NULL for none, and releases the old one. */
void dw_realm_replace(struct dw_realm *realm, unsigned place, struct dw_authority *authority);

/* Carries an inquiry through to its end; fails the test when it asks without end. */
void dw_realm_run(struct dw_realm *realm, const struct dw_inquiry_class *class, void *self);

/* How often "example.org DS" was put to the server of this address; to any when NULL. */
unsigned dw_realm_asked(const struct dw_realm *realm, const char *address, const char *question);

/* A plan for example.org, with the resolver, and the KSK of org as trust anchor. */
struct dw_delegation_plan *dw_realm_plan(const struct dw_realm *realm);

/* The anchor of an authority's KSK. */
struct dw_anchor dw_realm_anchor(const struct dw_authority *authority);

#endif
