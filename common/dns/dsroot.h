/*
 * dsroot: judges the root, which has no parent: trust anchors take the place of the DS set (RFC 4035 4.4).
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSROOT_H
#define DW_DNS_DSROOT_H

#include "dns/dsverdict.h"

/* Whether the zone is the root, and its keys are to be judged, not a set of the user's. */
bool dw_dsroot_is(const struct dw_dsverdict *verdict);

/*
 * Holds the policy's trust anchors of the root against the keys of every server, and sets what the figures
 * say of a DS that leads to a key. That none fits is a fault when the user named the anchors, else a note.
 */
void dw_dsroot_judge(struct dw_dsverdict *verdict);

#endif
