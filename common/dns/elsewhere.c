#include "dns/elsewhere.h"

#include <stdlib.h>

#include "dns/chain.h"
#include "dns/rdata.h"

static bool is_below(const struct dw_name *name, const struct dw_name *zone)
{
	return dw_name_within(name, zone) && !dw_name_equal(name, zone);
}

static void settle(struct dw_reply *reply, const struct dw_name *child, enum dw_child_state state)
{
	reply->child = *child;
	reply->child_state = state;
}

/* The zone at or above `name` whose signature the answer holds, below `zone`. */
static bool signer_below(const struct dw_message *message, const struct dw_name *zone,
	const struct dw_name *name, struct dw_name *signer)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		struct dw_rrsig rrsig;
		if (rr->section == DW_ADDITIONAL || rr->type != DW_TYPE_RRSIG ||
			dw_rrsig_read(message, rr, &rrsig) != DW_OK)
			continue;
		if (is_below(&rrsig.signer, zone) && dw_name_within(name, &rrsig.signer)) {
			*signer = rrsig.signer;
			return true;
		}
	}
	return false;
}

/* Whether there is a delegation without DS by this proof. */
static bool is_unsigned(const struct dw_reply *reply)
{
	return reply->denial_wanted &&
		(reply->denial.result == DW_DENIAL_UNSIGNED_DELEGATION || reply->denial.result == DW_DENIAL_OPT_OUT);
}

/* Whether the reply holds a proven DS RRset of this owner. */
static bool has_ds(const struct dw_reply *reply, const struct dw_name *owner)
{
	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		const struct dw_rrset_fact *rrset = &reply->rrsets[i];
		if (rrset->type == DW_TYPE_DS && rrset->proof.security == DW_SECURE &&
			dw_name_equal(&rrset->owner, owner))
			return true;
	}
	return false;
}

/* Sets the child when the answer tells it: by whom it is signed, or by a referral. */
static void read_child(const struct dw_message *message, const struct dw_name *zone, struct dw_reply *reply)
{
	const struct dw_chain chain = dw_chain_follow(message, zone, &reply->record);
	struct dw_name signer;

	if (signer_below(message, zone, &chain.name, &signer))
		settle(reply, &signer, DW_CHILD_SIGNED);
	else if (reply->kind == DW_REPLY_REFERRAL && chain.cut.length > 0 && has_ds(reply, &chain.cut))
		settle(reply, &chain.cut, DW_CHILD_SIGNED);
	else if (reply->kind == DW_REPLY_REFERRAL && chain.cut.length > 0 && is_unsigned(reply))
		settle(reply, &chain.cut, DW_CHILD_UNSIGNED);
}

/* What was served without signature below the apex: an RRset, or else all of an answer that is no RRset. */
static bool find_unsigned(const struct dw_reply *reply, const struct dw_name *zone, struct dw_name *name)
{
	bool of_zone = false;

	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		const struct dw_rrset_fact *rrset = &reply->rrsets[i];
		if (rrset->section != DW_ANSWER)
			continue;
		of_zone = true;
		*name = rrset->owner;
		if (rrset->proof.security == DW_UNSIGNED && is_below(&rrset->owner, zone))
			return true;
	}
	*name = reply->record.name;
	return reply->child_state == DW_CHILD_NONE && is_below(name, zone) &&
		(reply->kind == DW_REPLY_REFERRAL || (reply->kind == DW_REPLY_POSITIVE && !of_zone));
}

/* Goes to the topmost name that may be a cut; false when there is nothing to look for. */
static bool restart(struct dw_elsewhere *search, const struct dw_reply *reply)
{
	search->labels = dw_name_labels(&search->zone) + 1;
	return search->left > 0 && find_unsigned(reply, &search->zone, &search->name);
}

bool dw_elsewhere_begin(struct dw_elsewhere *search, const struct dw_message *message,
	const struct dw_name *zone, struct dw_reply *reply)
{
	*search = (struct dw_elsewhere){.zone = *zone, .left = DW_ELSEWHERE_QUESTIONS_MAX};
	if (reply->topic != DW_TOPIC_RECORD)
		return false;
	read_child(message, zone, reply);
	return restart(search, reply);
}

struct dw_name dw_elsewhere_name(const struct dw_elsewhere *search)
{
	return dw_name_ancestor(&search->name, search->labels);
}

/* Takes the RRsets of the child out of the reply; they are judged with that zone. */
static void drop(struct dw_reply *reply, const struct dw_name *child)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		if (dw_name_within(&reply->rrsets[i].owner, child) && reply->rrsets[i].proof.security == DW_UNSIGNED)
			free(reply->rrsets[i].kept);
		else
			reply->rrsets[kept++] = reply->rrsets[i];
	}
	reply->n_rrsets = kept;
}

/* Whether the answer says that there is no cut here, and more names of the zone may follow below. */
static bool leads_on(const struct dw_reply *ds)
{
	return ds->kind == DW_REPLY_NO_DATA && ds->denial_wanted && dw_denial_proven(ds->denial.result);
}

bool dw_elsewhere_take(struct dw_elsewhere *search, const struct dw_reply *ds, struct dw_reply *reply)
{
	const struct dw_name name = dw_elsewhere_name(search);

	search->left--;
	if (has_ds(ds, &name) || (ds->kind == DW_REPLY_NO_DATA && is_unsigned(ds))) {
		settle(reply, &name, has_ds(ds, &name) ? DW_CHILD_SIGNED : DW_CHILD_UNSIGNED);
		drop(reply, &name);
		return restart(search, reply);
	}
	if (!leads_on(ds) || search->labels == dw_name_labels(&search->name))
		return false;
	search->labels++;
	return search->left > 0;
}
