/*
 * dslost: explains the records of a DS set that name no key of a server: which mistake made them, which key
 * is on its way or was there, and which DS is right.
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSLOST_H
#define DW_DNS_DSLOST_H

#include "dns/dsverdict.h"
#include "dns/dsview.h"

/* Adds a finding, or a note, for each record that leads nowhere. */
void dw_dslost_explain(struct dw_dsverdict *verdict, const struct dw_dsview *view);

#endif
