/*
 * dsroll: names the roll-over that a DS set and a zone's keys are in, and what could be better about them.
 *
 * Part of the delegation judge (see delegation_judge.h); RFC 6781 4.1, RFC 7583. Nothing here blocks.
 */
#ifndef DW_DNS_DSROLL_H
#define DW_DNS_DSROLL_H

#include "dns/dsverdict.h"

/* Adds remarks about a set that works, by the first server with keys, and about servers that differ. */
void dw_dsroll_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set);

#endif
