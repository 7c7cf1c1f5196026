/*
 * kept: finds in the facts of a survey what a server said to a question, and the RDATA that was kept of it.
 *
 * For judges and faces: a plan with `keep_rdata` (see survey.h) keeps the RDATA of DNSKEY, DS, CDS and
 * CDNSKEY RRsets. What is returned points into the facts, which must stay. Functions are pure, and may be
 * called from any thread.
 */
#ifndef DW_DNS_KEPT_H
#define DW_DNS_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/octets.h"
#include "dns/survey.h"

/* The reply of a server to the first question of the survey for this type; NULL when there was none. */
const struct dw_reply *dw_kept_reply(const struct dw_server_facts *server, uint16_t type);

/* The RRset that was asked for, from the answer section; NULL when the reply (may be NULL) has none. */
const struct dw_rrset_fact *dw_kept_rrset(const struct dw_reply *reply);

/*
 * Walks the RDATA of an RRset, in canonical order (RFC 4034 6.3); begin with `*at` 0. False behind the last
 * record, when nothing was kept, and for NULL.
 */
bool dw_kept_rdata(const struct dw_rrset_fact *rrset, size_t *at, struct dw_octets *rdata);

/* Whether both RRsets have the same RDATA; NULL has none, and is the same as NULL alone. */
bool dw_kept_same(const struct dw_rrset_fact *a, const struct dw_rrset_fact *b);

#endif
