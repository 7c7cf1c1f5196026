/*
 * dssignal: judges what the zone's name servers say of its keys under their signalling names (RFC 9615).
 *
 * Part of the delegation judge (see delegation_judge.h). Nothing here blocks.
 */
#ifndef DW_DNS_DSSIGNAL_H
#define DW_DNS_DSSIGNAL_H

#include "dns/dsverdict.h"

/* Holds the records at each signalling name against the CDS and CDNSKEY records of the zone's servers. */
void dw_dssignal_judge(struct dw_dsverdict *verdict);

#endif
