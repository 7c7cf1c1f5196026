/*
 * dslead: judges where a DS set leads at each server of the zone: to a key that signs, or to a dead end.
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSLEAD_H
#define DW_DNS_DSLEAD_H

#include "dns/dsverdict.h"

/* Judges one set against every server; sets the figures of the first set. */
void dw_dslead_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set);

#endif
