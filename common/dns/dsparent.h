/*
 * dsparent: judges the parent's side of a zone cut: who answers, what is proven, whether all say the same.
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSPARENT_H
#define DW_DNS_DSPARENT_H

#include "dns/dsverdict.h"

/* Collects the DS sets that the parent's servers serve, and adds what is wrong with their proofs. */
void dw_dsparent_judge(struct dw_dsverdict *verdict);

/*
 * Adds what is less pressing: servers that differ or do not answer, and what is known of the path of trust.
 */
void dw_dsparent_remark(struct dw_dsverdict *verdict);

#endif
