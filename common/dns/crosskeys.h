/*
 * crosskeys: judges whether what one server signs is proven by the keys that the others serve.
 *
 * A validator learns the keys from any server and the records from another one. So where servers are signed
 * apart, each must have the keys of all in its DNSKEY RRset (RFC 8901 2.1). Part of the signature judge (see
 * signature.h). Nothing here blocks.
 */
#ifndef DW_DNS_CROSSKEYS_H
#define DW_DNS_CROSSKEYS_H

#include "dns/judgement.h"
#include "dns/survey.h"

/* Adds a finding about the first RRset of `server` that the keys of another server do not prove. */
void dw_crosskeys_judge(struct dw_judgement *judgement, const struct dw_server_facts *server);

#endif
