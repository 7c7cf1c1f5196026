#include "dns/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/chain.h"
#include "dns/denial.h"
#include "dns/octets.h"
#include "dns/rdata.h"

/* RRsets allocated at a time: most answers have one, and a fact takes more room than they. */
#define RRSETS_STEP 1

/* An answer being verified. */
struct work {
	const struct dw_reply_setting *setting;
	const struct dw_message *message;
	struct dw_reply *reply;
	struct dw_rrset rrset; /* the one at hand */
	struct dw_denial_records proven;
};

/* There is no message: why not. */
static void read_failure(const struct dw_answer *answer, struct dw_reply *reply)
{
	reply->kind = DW_REPLY_NONE;
	reply->status = answer->status;
	snprintf(reply->reason, sizeof(reply->reason), "%s",
		answer->reason[0] != '\0' ? answer->reason : dw_status_text(answer->status));
}

/* The serial of the apex SOA, wherever it stands. */
static void read_soa(const struct dw_message *message, const struct dw_name *zone, struct dw_reply *reply)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		struct dw_soa soa;
		if (rr->section == DW_ADDITIONAL || rr->type != DW_TYPE_SOA ||
			!dw_message_owner_is(message, rr, zone))
			continue;
		if (dw_soa_read(message, rr, &soa) != DW_OK)
			continue;
		reply->soa_seen = true;
		reply->serial = soa.serial;
		return;
	}
}

static void read_header(const struct dw_message *message, struct dw_reply *reply)
{
	reply->rcode = message->rcode;
	reply->authoritative = message->authoritative;
	reply->edns = message->edns.present;
	reply->dnssec_ok = message->edns.dnssec_ok;
	reply->n_ede = dw_edns_ede(&message->edns, reply->ede);
	dw_edns_nsid(&message->edns, reply->nsid);
}

/* Without authority only a resolver that the user named may answer, and it says something of the zone. */
static bool may_answer(
	const struct dw_reply_setting *setting, const struct dw_message *message, const struct dw_reply *reply)
{
	if (message->authoritative || reply->kind == DW_REPLY_REFERRAL)
		return true;
	return setting->by_user &&
		(message->recursion_available || reply->soa_seen || reply->kind == DW_REPLY_POSITIVE);
}

/* What the message says about what was asked. */
static void read_kind(
	const struct dw_reply_setting *setting, const struct dw_message *message, struct dw_reply *reply)
{
	if (message->rcode != DW_RCODE_NOERROR && message->rcode != DW_RCODE_NXDOMAIN) {
		reply->kind = DW_REPLY_ERROR;
		return;
	}
	read_soa(message, setting->zone, reply);
	reply->kind = dw_chain_follow(message, setting->zone, &reply->record).kind;
	if (!may_answer(setting, message, reply))
		reply->kind = DW_REPLY_LAME;
}

bool dw_reply_read(const struct dw_reply_setting *setting, const struct dw_answer *answer,
	struct dw_message *message, struct dw_reply *reply)
{
	struct dw_error error = {.status = DW_OK};

	reply->tcp = answer->tcp;
	reply->truncated = answer->truncated;
	reply->elapsed = answer->elapsed;
	reply->attempts = answer->attempts;
	reply->late = answer->late;
	if (answer->status != DW_OK) {
		read_failure(answer, reply);
		return false;
	}
	reply->size = answer->length;
	reply->status = dw_message_parse(answer->wire, answer->length, message, &error);
	if (reply->status != DW_OK) {
		reply->kind = DW_REPLY_BROKEN;
		snprintf(reply->reason, sizeof(reply->reason), "%.159s", error.text);
		return false;
	}
	read_header(message, reply);
	read_kind(setting, message, reply);
	return reply->kind != DW_REPLY_ERROR && reply->kind != DW_REPLY_LAME;
}

/* Whether all its signatures are by zones below this one that the owner lies in. */
static bool is_signed_below(const struct work *work)
{
	const struct dw_rrset *rrset = &work->rrset;
	const struct dw_name *zone = work->setting->zone;

	for (unsigned i = 0; i < rrset->n_signatures; i++) {
		struct dw_rrsig rrsig;
		if (dw_rrsig_read(work->message, &work->message->records[rrset->signatures[i]], &rrsig) != DW_OK)
			return false;
		bool below = dw_name_within(&rrsig.signer, zone) && !dw_name_equal(&rrsig.signer, zone);
		if (!below || !dw_name_within(&rrset->owner, &rrsig.signer))
			return false;
	}
	return rrset->n_signatures > 0;
}

/* Whether the RRset is another zone's: of a child, or the parent's side of the apex. */
static bool is_foreign(const struct work *work)
{
	const struct dw_rrset *rrset = &work->rrset;
	const struct dw_name *zone = work->setting->zone;
	bool at_apex = dw_name_equal(&rrset->owner, zone);
	struct dw_name cut;

	if (!dw_name_within(&rrset->owner, zone) || (at_apex && rrset->type == DW_TYPE_DS))
		return true;
	if (!at_apex && (rrset->type == DW_TYPE_NS || rrset->type == DW_TYPE_SOA))
		return true;
	if (dw_chain_cut(work->message, zone, &rrset->owner, &cut)) {
		bool parent_side = rrset->type == DW_TYPE_DS || rrset->type == DW_TYPE_NSEC;
		if (!parent_side || !dw_name_equal(&rrset->owner, &cut))
			return true;
	}
	return is_signed_below(work);
}

/* Whether the RRset is to be verified. */
static bool is_wanted(const struct work *work)
{
	const struct dw_rrset *rrset = &work->rrset;

	if (rrset->section == DW_ADDITIONAL || rrset->rr_class != DW_CLASS_IN || is_foreign(work))
		return false;
	return rrset->type != DW_TYPE_CNAME || !dw_chain_synthesized(work->message, &rrset->owner);
}

/* A fresh fact; NULL without memory. */
static struct dw_rrset_fact *append(struct dw_reply *reply)
{
	if (reply->n_rrsets % RRSETS_STEP == 0) {
		struct dw_rrset_fact *rrsets =
			realloc(reply->rrsets, (reply->n_rrsets + RRSETS_STEP) * sizeof(*reply->rrsets));
		if (rrsets == NULL)
			return NULL;
		reply->rrsets = rrsets;
	}
	struct dw_rrset_fact *fact = &reply->rrsets[reply->n_rrsets];
	memset(fact, 0, sizeof(*fact));
	return fact;
}

/* Whether it is an expanded wildcard, and not the wildcard's own name (RFC 4035 5.3.4). */
static bool is_expanded(const struct dw_rrset_fact *fact)
{
	return fact->proof.security == DW_SECURE && fact->proof.wildcard && !dw_name_is_wildcard(&fact->owner);
}

/* Keeps proven NSEC and NSEC3 records, for what they prove; an expanded one proves nothing. */
static void keep_denial(struct work *work, const struct dw_rrset_fact *fact)
{
	struct dw_denial_records *proven = &work->proven;
	const struct dw_rrset *rrset = &work->rrset;

	if (fact->proof.security != DW_SECURE || is_expanded(fact) || fact->section != DW_AUTHORITY)
		return;
	if (fact->type != DW_TYPE_NSEC && fact->type != DW_TYPE_NSEC3)
		return;
	for (unsigned i = 0; i < rrset->n_records && proven->n_records < DW_DENIAL_RECORDS_MAX; i++)
		proven->records[proven->n_records++] = &work->message->records[rrset->records[i]];
}

/* Whether the RDATA of this type is what others reason about, and not only its signatures. */
static bool is_kept(uint16_t type)
{
	return type == DW_TYPE_DNSKEY || type == DW_TYPE_DS || type == DW_TYPE_CDS || type == DW_TYPE_CDNSKEY;
}

/* Keeps the RDATA of the RRset at hand: of these types it is in canonical form as it stands. */
static enum dw_status keep_rdata(const struct work *work, struct dw_rrset_fact *fact, struct dw_error *error)
{
	const struct dw_rrset *rrset = &work->rrset;
	size_t length = 0;

	if (rrset->n_records == 0)
		return DW_OK;
	for (unsigned i = 0; i < rrset->n_records; i++)
		length += 2 + (size_t)work->message->records[rrset->records[i]].rdlength;
	fact->kept = malloc(length);
	if (fact->kept == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for the records of an answer");
	for (unsigned i = 0; i < rrset->n_records; i++) {
		const struct dw_rr *rr = &work->message->records[rrset->records[i]];
		memcpy(dw_put16(fact->kept + fact->kept_length, rr->rdlength), rr->rdata, rr->rdlength);
		fact->kept_length += 2 + (size_t)rr->rdlength;
	}
	return DW_OK;
}

/* Verifies the RRset at hand and makes it a fact. */
static enum dw_status prove_rrset(struct work *work, struct dw_error *error)
{
	struct dw_rrset_fact *fact = append(work->reply);
	const struct dw_rrset *rrset = &work->rrset;
	const struct dw_reply_setting *setting = work->setting;

	if (fact == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for the RRsets of an answer");
	fact->owner = rrset->owner;
	fact->type = rrset->type;
	fact->section = rrset->section;
	fact->ttl = rrset->ttl;
	fact->n_records = rrset->n_records;
	fact->too_many = rrset->too_many;
	if (dw_rules_prove(setting->verifier, rrset, setting->ring, setting->now, &fact->proof, error) != DW_OK)
		return DW_SYSTEM;
	work->reply->n_rrsets++;
	keep_denial(work, fact);
	return setting->keep_rdata && is_kept(fact->type) ? keep_rdata(work, fact, error) : DW_OK;
}

static enum dw_status prove_rrsets(struct work *work, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	for (unsigned i = 0; i < work->message->n_records && status == DW_OK; i++) {
		if (work->message->records[i].section == DW_ADDITIONAL)
			break;
		if (!dw_rrset_at(work->message, i, &work->rrset) || !is_wanted(work))
			continue;
		work->reply->rrsets_left = work->reply->n_rrsets == DW_REPLY_RRSETS_MAX;
		if (work->reply->rrsets_left)
			break;
		status = prove_rrset(work, error);
	}
	return status;
}

/* Judges a claim; the first that is not proven stays. */
static void judge_claim(
	struct work *work, enum dw_claim claim, const struct dw_name *name, uint16_t type, unsigned labels)
{
	struct dw_reply *reply = work->reply;

	if (reply->denial_wanted && !dw_denial_proven(reply->denial.result))
		return;
	reply->denial_wanted = true;
	reply->denial = dw_denial_judge(&work->proven, claim, name, type, labels);
}

/* Whether the answer has a DS RRset of this owner that belongs to the zone. */
static bool has_ds(const struct dw_reply *reply, const struct dw_name *owner)
{
	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		if (reply->rrsets[i].type == DW_TYPE_DS && dw_name_equal(&reply->rrsets[i].owner, owner))
			return true;
	}
	return false;
}

/* An answer without data: for DS at a zone cut, the records of an unsigned delegation say more. */
static void judge_no_data(struct work *work, const struct dw_name *name, uint16_t type)
{
	struct dw_reply *reply = work->reply;
	bool fresh = !reply->denial_wanted;

	judge_claim(work, DW_CLAIM_NODATA, name, type, 0);
	if (fresh && type == DW_TYPE_DS) {
		struct dw_denial denial = dw_denial_judge(&work->proven, DW_CLAIM_NO_DS, name, type, 0);
		if (dw_denial_proven(denial.result))
			reply->denial = denial;
	}
}

/* Holds what the answer says is absent against what was proven. */
static void judge_claims(struct work *work)
{
	struct dw_reply *reply = work->reply;
	const struct dw_chain chain = dw_chain_follow(work->message, work->setting->zone, &reply->record);

	for (unsigned i = 0; i < reply->n_rrsets; i++) {
		const struct dw_rrset_fact *fact = &reply->rrsets[i];
		if (fact->section == DW_ANSWER && is_expanded(fact))
			judge_claim(work, DW_CLAIM_WILDCARD, &fact->owner, fact->type,
				fact->proof.signatures[fact->proof.best].labels);
	}
	if (reply->kind == DW_REPLY_NXDOMAIN)
		judge_claim(work, DW_CLAIM_NXDOMAIN, &chain.name, reply->record.type, 0);
	else if (reply->kind == DW_REPLY_NO_DATA)
		judge_no_data(work, &chain.name, reply->record.type);
	else if (reply->kind == DW_REPLY_REFERRAL && chain.cut.length > 0 && !has_ds(reply, &chain.cut))
		judge_claim(work, DW_CLAIM_NO_DS, &chain.cut, DW_TYPE_DS, 0);
}

enum dw_status dw_reply_prove(const struct dw_reply_setting *setting, const struct dw_message *message,
	struct dw_reply *reply, struct dw_error *error)
{
	struct work work = {.setting = setting,
		.message = message,
		.reply = reply,
		.proven = {.message = message, .zone = *setting->zone}};
	enum dw_status status = prove_rrsets(&work, error);

	if (status == DW_OK)
		judge_claims(&work);
	return status;
}

void dw_reply_fini(struct dw_reply *reply)
{
	for (unsigned i = 0; i < reply->n_rrsets; i++)
		free(reply->rrsets[i].kept);
	free(reply->rrsets);
	reply->rrsets = NULL;
	reply->n_rrsets = 0;
}
