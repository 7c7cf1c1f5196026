/*
 * chain: where an answer leads: through aliases to records, to their absence, or to another zone.
 *
 * RFC 1034 4.3.2 with RFC 2308 (absence), RFC 6672 (DNAME) and RFC 4035 3.1.4 (DS at a zone cut).
 * Nothing is verified here. Functions are pure, and may be called from any thread; work is bounded by
 * DW_CHAIN_MAX aliases.
 */
#ifndef DW_DNS_CHAIN_H
#define DW_DNS_CHAIN_H

#include <stdbool.h>

#include "core/name.h"
#include "dns/survey.h"
#include "dns/wire.h"

#define DW_CHAIN_MAX 16

/* What an answer says. A value. */
struct dw_chain {
	enum dw_reply_kind kind; /* LAME, REFERRAL, POSITIVE, NO_DATA or NXDOMAIN */
	struct dw_name name;     /* what it is about: the end of the aliases */
	struct dw_name cut;      /* REFERRAL: the zone cut that the authority section names; else length 0 */
};

/* Follows the answer to a question about the zone `zone`; its response code must be NOERROR or NXDOMAIN. */
struct dw_chain dw_chain_follow(
	const struct dw_message *message, const struct dw_name *zone, const struct dw_record *asked);

/*
 * The zone cut below `zone` at or above `name` that NS records of the answer or authority section name.
 * False when there is none.
 */
bool dw_chain_cut(const struct dw_message *message, const struct dw_name *zone, const struct dw_name *name,
	struct dw_name *cut);

/*
 * Whether the CNAME record at `owner` follows from a DNAME record of the answer section; then it needs no
 * signature (RFC 6672 5.3.1).
 */
bool dw_chain_synthesized(const struct dw_message *message, const struct dw_name *owner);

#endif
