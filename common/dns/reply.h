/*
 * reply: reads one answer into what it says and what its signatures are worth.
 *
 * Every RRset of answer and authority section that belongs to the zone is verified: none of a parent or
 * child, no delegation's NS, no glue, no CNAME that a DNAME makes. Every absence that the answer
 * claims, by its code, by a referral without DS or by an expanded wildcard, is held against the
 * NSEC and NSEC3 records that were proven.
 *
 * Nothing here blocks. A verifier and a ring belong to one thread, and so does what uses them.
 */
#ifndef DW_DNS_REPLY_H
#define DW_DNS_REPLY_H

#include <stdbool.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/keyring.h"
#include "dns/query.h"
#include "dns/rules.h"
#include "dns/survey.h"

/* With what a reply is read. Nothing is owned. */
struct dw_reply_setting {
	const struct dw_name *zone;
	bool by_user;            /* the user named the server: it may be a resolver, without authority */
	struct dw_keyring *ring; /* the zone's keys as this server has them; may have none */
	struct dw_verifier *verifier;
	dw_moment now;
	bool keep_rdata; /* of DNSKEY, DS, CDS and CDNSKEY RRsets */
};

/*
 * Reads header and kind of the answer to `reply->record` into the reply, which must be zero but for topic
 * and record. True when there is a message about the zone to be verified; `message` then points into
 * the answer.
 */
bool dw_reply_read(const struct dw_reply_setting *setting, const struct dw_answer *answer,
	struct dw_message *message, struct dw_reply *reply);

/*
 * Verifies what was read: RRsets and absence. DW_SYSTEM without memory; the reply then holds what
 * was verified before. Release the reply with dw_reply_fini().
 */
DW_MUST_CHECK enum dw_status dw_reply_prove(const struct dw_reply_setting *setting,
	const struct dw_message *message, struct dw_reply *reply, struct dw_error *error);

/* Releases what the reply owns. */
void dw_reply_fini(struct dw_reply *reply);

#endif
