#include "dns/chain.h"

#include <string.h>

/* The first record of this owner and type in a section; NULL when there is none. */
/* A record of the answer section; NULL when there is none. */
static const struct dw_rr *find(const struct dw_message *message, const struct dw_name *owner, uint16_t type)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		if (rr->section == DW_ANSWER && rr->type == type && rr->rr_class == DW_CLASS_IN &&
			dw_message_owner_is(message, rr, owner))
			return rr;
	}
	return NULL;
}

/* Whether `name` lies below `ancestor` and is not `ancestor` itself. */
static bool is_below(const struct dw_name *name, const struct dw_name *ancestor)
{
	return dw_name_within(name, ancestor) && !dw_name_equal(name, ancestor);
}

/* `name` with its end `owner` replaced by `target`; false when that is over-long (RFC 6672 2.2). */
static bool substitute(const struct dw_name *name, const struct dw_name *owner, const struct dw_name *target,
	struct dw_name *result)
{
	size_t kept = (size_t)(name->length - owner->length);

	if (kept + target->length > DW_NAME_MAX)
		return false;
	struct dw_name joined = {.length = (uint8_t)(kept + target->length)};
	memcpy(joined.wire, name->wire, kept);
	memcpy(joined.wire + kept, target->wire, target->length);
	*result = joined;
	return true;
}

/* Where a DNAME record of the answer section sends `name`; false when none does. */
static bool renamed(const struct dw_message *message, const struct dw_name *name, struct dw_name *result)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		struct dw_name owner, target;
		if (rr->section != DW_ANSWER || rr->type != DW_TYPE_DNAME || rr->rr_class != DW_CLASS_IN)
			continue;
		dw_message_owner(message, rr, &owner);
		if (is_below(name, &owner) && dw_message_name(message, rr, 0, &target, NULL) == DW_OK)
			return substitute(name, &owner, &target, result);
	}
	return false;
}

bool dw_chain_synthesized(const struct dw_message *message, const struct dw_name *owner)
{
	const struct dw_rr *alias = find(message, owner, DW_TYPE_CNAME);
	struct dw_name target, expected;

	if (alias == NULL || dw_message_name(message, alias, 0, &target, NULL) != DW_OK)
		return false;
	return renamed(message, owner, &expected) && dw_name_equal(&target, &expected);
}

/* Follows one alias from `name`; false when there is none. */
static bool step(const struct dw_message *message, uint16_t type, struct dw_name *name)
{
	const struct dw_rr *alias = type == DW_TYPE_CNAME ? NULL : find(message, name, DW_TYPE_CNAME);
	struct dw_name target;

	if (alias == NULL)
		return renamed(message, name, name);
	if (dw_message_name(message, alias, 0, &target, NULL) != DW_OK)
		return false;
	*name = target;
	return true;
}

/* The owner of the SOA record in the authority section; false when there is none. */
static bool soa_owner(const struct dw_message *message, struct dw_name *owner)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		if (rr->section != DW_AUTHORITY || rr->type != DW_TYPE_SOA)
			continue;
		dw_message_owner(message, rr, owner);
		return true;
	}
	return false;
}

bool dw_chain_cut(const struct dw_message *message, const struct dw_name *zone, const struct dw_name *name,
	struct dw_name *cut)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		if (rr->section == DW_ADDITIONAL || rr->type != DW_TYPE_NS || rr->rr_class != DW_CLASS_IN)
			continue;
		dw_message_owner(message, rr, cut);
		if (is_below(cut, zone) && dw_name_within(name, cut))
			return true;
	}
	return false;
}

/* Whether a server that is not authoritative sends us to the zone itself, or further up. */
static bool leads_up(const struct dw_message *message, const struct dw_name *zone)
{
	for (unsigned i = 0; i < message->n_records && !message->authoritative; i++) {
		const struct dw_rr *rr = &message->records[i];
		struct dw_name owner;
		if (rr->section != DW_AUTHORITY || rr->type != DW_TYPE_NS)
			continue;
		dw_message_owner(message, rr, &owner);
		if (dw_name_within(zone, &owner))
			return true;
	}
	return false;
}

/* What it means that nothing is there at the end of the aliases. */
static enum dw_reply_kind ending(
	const struct dw_message *message, const struct dw_name *zone, struct dw_chain *chain)
{
	struct dw_name owner;
	bool soa = soa_owner(message, &owner);

	/* A server that has the child zone too answers from there. */
	if (soa && is_below(&owner, zone) && dw_name_within(&chain->name, &owner))
		return DW_REPLY_REFERRAL;
	if (message->rcode == DW_RCODE_NXDOMAIN)
		return DW_REPLY_NXDOMAIN;
	if (!soa && dw_chain_cut(message, zone, &chain->name, &owner)) {
		chain->cut = owner;
		return DW_REPLY_REFERRAL;
	}
	return !soa && leads_up(message, zone) ? DW_REPLY_LAME : DW_REPLY_NO_DATA;
}

/* Whether an answer without data ends without saying so: it has no SOA. */
static bool is_unfinished(const struct dw_message *message)
{
	struct dw_name owner;

	return message->rcode == DW_RCODE_NOERROR && !soa_owner(message, &owner);
}

struct dw_chain dw_chain_follow(
	const struct dw_message *message, const struct dw_name *zone, const struct dw_record *asked)
{
	struct dw_chain chain = {.kind = DW_REPLY_POSITIVE, .name = asked->name};

	for (unsigned i = 0; i < DW_CHAIN_MAX; i++) {
		/* Beyond the zone its servers know nothing that counts. */
		if (!dw_name_within(&chain.name, zone))
			return chain;
		if (find(message, &chain.name, asked->type) != NULL)
			return chain;
		if (step(message, asked->type, &chain.name))
			continue;
		chain.kind = ending(message, zone, &chain);
		/* The alias is an answer; where it leads is another zone's, or not followed here (RFC 2308 2.1). */
		if (i > 0 && (chain.kind == DW_REPLY_REFERRAL || is_unfinished(message))) {
			chain.kind = DW_REPLY_POSITIVE;
			chain.cut.length = 0;
		}
		return chain;
	}
	return chain;
}
