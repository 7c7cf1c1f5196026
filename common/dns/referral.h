/*
 * referral: what servers that are named as a parent's say of a zone: its servers, their glue, and which zone
 * they answer from.
 *
 * A referral is an inquiry (see inquiry.h): every address is asked for NS and DS of the zone. It serves those
 * who name the parent's servers themselves, when no resolver knows them. Nothing is verified here.
 *
 * Nothing here blocks; a referral belongs to one thread.
 */
#ifndef DW_DNS_REFERRAL_H
#define DW_DNS_REFERRAL_H

#include <stdbool.h>

#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/nameservers.h"
#include "dns/resolver.h"

/* Begun with dw_referral_init(); the members behind `at` are what became known. */
struct dw_referral {
	struct dw_name zone;
	uint16_t port; /* of the zone's servers */
	unsigned n_servers;
	struct dw_address servers[DW_SERVERS_MAX];
	unsigned at;                 /* questions given out */
	unsigned n_answered;         /* and answered, be it by a timeout */
	struct dw_name parent;       /* the nearest zone that a server answered DS from; length 0: not told */
	bool told;                   /* a server answered DS from a parent */
	bool delegated;              /* a server refers to the zone, or has it itself */
	struct dw_nameservers names; /* of the delegation */
};

/* Prepares to ask the addresses of `servers` about `zone`. */
void dw_referral_init(struct dw_referral *referral, const struct dw_name *zone, uint16_t port,
	const struct dw_zone_server *servers, unsigned n_servers);

/* Adds the servers that are referred to as hosts of a plan: each address, and each name that has none. */
void dw_referral_hosts(const struct dw_referral *referral, struct dw_discovery_plan *plan);

#define DW_REFERRAL_TEXT_MAX 160

/* Why the zone's servers are not known, naming the servers that were asked. Returns `text`. */
const char *dw_referral_failure(const struct dw_referral *referral, char text[DW_REFERRAL_TEXT_MAX]);

/* The referral as an inquiry; `self` is the struct dw_referral. */
extern const struct dw_inquiry_class dw_referral_class;

#endif
