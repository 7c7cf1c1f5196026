/*
 * dswish: judges what the zone asks its parent for by CDS and CDNSKEY (RFC 7344, RFC 8078).
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSWISH_H
#define DW_DNS_DSWISH_H

#include "dns/dsverdict.h"

/* Whether CDS or CDNSKEY of a server ask the parent to delete the DS set (RFC 8078 4). */
bool dw_dswish_deletes(const struct dw_dsverdict *verdict);

/* Judges CDS and CDNSKEY of every server, against each other and against the set (NULL: not known). */
void dw_dswish_judge(struct dw_dsverdict *verdict, const struct dw_dsverdict_set *set);

#endif
