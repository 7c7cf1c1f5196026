/*
 * dsview: a DS set held against the keys of one server: where each record leads, and what none leads to.
 *
 * The part of the delegation judge (see delegation_judge.h) that looks and does not speak. Functions are
 * pure, and may be called from any thread.
 */
#ifndef DW_DNS_DSVIEW_H
#define DW_DNS_DSVIEW_H

#include <stdbool.h>

#include "core/name.h"
#include "dns/dskeys.h"
#include "dns/dsverdict.h"
#include "dns/survey.h"

/* Points into itself, into the set and into the facts; not to be copied. */
struct dw_dsview {
	const struct dw_dsverdict_set *set;
	const struct dw_server_facts *server;
	struct dw_dskeys keys;
	enum dw_ds_lead leads[DW_DS_MAX];        /* of each record */
	const struct dw_dskey *named[DW_DS_MAX]; /* the key that each names; NULL for none */
	const struct dw_dskey *fresh;            /* a signing SEP key that no record names; NULL for none */
	bool usable;                             /* a record that validators look at */
	bool works;                              /* such a record leads to a key that signs */
};

/* Holds the set against the keys that the server has of `zone`. */
void dw_dsview_look(const struct dw_name *zone, const struct dw_dsverdict_set *set,
	const struct dw_server_facts *server, struct dw_dsview *view);

#endif
