/*
 * cut: what an answer says about a zone cut: apex or not, delegation, name servers, glue, DS.
 *
 * Answers are read with suspicion: a record counts only for the name it was asked for, a referral only
 * when it leads towards that name, an SOA only when its zone can hold the name, glue only for names
 * inside the zone. What is left of a hostile answer is "no use".
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_CUT_H
#define DW_DNS_CUT_H

#include <stdint.h>

#include "core/name.h"
#include "dns/resolver.h"
#include "dns/server.h"
#include "dns/wire.h"

enum dw_cut_kind {
	DW_CUT_NO_USE,   /* the answer does not say */
	DW_CUT_NXDOMAIN, /* there is no such name */
	DW_CUT_NO_DATA,  /* the name is there, or names below it are, and it is no apex */
	DW_CUT_ALIAS,    /* CNAME at the name: so it is no apex */
	DW_CUT_APEX,     /* it is an apex, though it has no NS RRset there */
	DW_CUT_NS,       /* it is an apex with this NS RRset */
	DW_CUT_REFERRAL, /* delegated from here: `owner` is the name or lies above it */
};

/* What an answer to "NS of a name" says. */
struct dw_cut {
	enum dw_cut_kind kind;
	enum dw_section section; /* where the NS RRset is, for DW_CUT_NS and DW_CUT_REFERRAL */
	struct dw_name owner;    /* of the NS RRset; else the zone that the name lies in, length 0 if not told */
};

/* Reads a resolver's answer to NS of `name`. */
struct dw_cut dw_cut_by_resolver(const struct dw_message *message, const struct dw_name *name);

/*
 * Reads the answer to NS of `name` by a server of the zone `above`. It may be that of the child,
 * where one server has both zones.
 */
struct dw_cut dw_cut_by_server(
	const struct dw_message *message, const struct dw_name *above, const struct dw_name *name);

/* The names of an NS RRset, each once; returns how many there are. */
unsigned dw_cut_names(const struct dw_message *message, enum dw_section section, const struct dw_name *owner,
	struct dw_name names[DW_NS_NAMES_MAX]);

/* The addresses of `name` in the additional section, each with `port`; returns how many there are. */
unsigned dw_cut_glue(const struct dw_message *message, const struct dw_name *name, uint16_t port,
	struct dw_address addresses[DW_SERVERS_MAX]);

/*
 * The addresses that a resolver gives for `name`, `type` A or AAAA, also behind CNAMEs; each with
 * `port`. Returns how many there are.
 */
unsigned dw_cut_addresses(const struct dw_message *message, const struct dw_name *name, uint16_t type,
	uint16_t port, struct dw_address addresses[DW_SERVERS_MAX]);

/* What a parent's server answers to "DS of a name". */
struct dw_cut_ds {
	enum dw_ds_known known; /* DW_DS_NO_ANSWER when the answer does not say */
	struct dw_name parent;  /* the zone that answers, length 0 if not told */
	unsigned n_ds;
	struct dw_ds_fact ds[DW_DS_MAX];
};

/*
 * Reads the answer to DS of `name` by a server of the zone `above`. That of the child itself (RFC 4035
 * 3.1.4.1) is of no use.
 */
void dw_cut_ds(const struct dw_message *message, const struct dw_name *above, const struct dw_name *name,
	struct dw_cut_ds *answer);

#endif
