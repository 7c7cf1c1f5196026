#include "dns/payload_via.h"

#include <stdio.h>

#include "dns/judgement.h"
#include "dns/mnemonic.h"
#include "dns/rung.h"
#include "dns/wire.h"

/* The RRsets that a resolver did not get, though it is to take them unverified. */
struct unfetched {
	unsigned n_records;                   /* of which it has no answer, or fails */
	unsigned n_others;                    /* of which it has one */
	const struct dw_payload_rung *silent; /* one of those without an answer */
	const struct dw_payload_rung *failed; /* one of those with an error code */
};

/* A rung of this record that brought an error code; NULL for none. */
static const struct dw_payload_rung *failure_of(
	const struct dw_payload_address *address, const struct dw_record *record)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->answered && !rung->reply.broken && rung->reply.rcode == DW_RCODE_SERVFAIL &&
			rung->probe != DW_PROBE_VALIDATE && rung->record.type == record->type &&
			dw_name_equal(&rung->record.name, &record->name))
			return rung;
	}
	return NULL;
}

static struct unfetched unfetched_of(const struct dw_payload_case *trial)
{
	const struct dw_payload_address *address = trial->address;
	struct unfetched unfetched = {0};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->n_asked == 0 || !dw_rung_is_fetch(rung))
			continue;
		const struct dw_payload_rung *failed = failure_of(address, &rung->record);
		bool missing = dw_suspicion_unfetched(address, rung);
		unfetched.n_others += !missing;
		if (!missing || (failed == NULL && !dw_payload_proven(trial, DW_SUSPECT_FETCH)))
			continue;
		unfetched.n_records++;
		if (failed != NULL && unfetched.failed == NULL)
			unfetched.failed = failed;
		if (failed == NULL && unfetched.silent == NULL)
			unfetched.silent = rung;
	}
	return unfetched;
}

/* Says which RRsets the resolver cannot get. */
static void judge_fetching(struct dw_payload_case *trial)
{
	struct unfetched unfetched = unfetched_of(trial);
	const struct dw_payload_rung *rung = unfetched.failed != NULL ? unfetched.failed : unfetched.silent;
	char record[DW_RECORD_TEXT_MAX], rcode[16], more[48] = "";
	const char *them = unfetched.n_records > 1 ? "them" : "it";

	if (rung == NULL)
		return;
	dw_payload_wanted_text(rung, record);
	if (unfetched.n_records > 1)
		snprintf(more, sizeof(more), " and %u more", unfetched.n_records - 1);
	if (unfetched.failed != NULL)
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, DW_CRITICAL,
			"the resolver answers %s for %.120s%s, with checking disabled (CD) too: it cannot get %s",
			dw_rcode_text(rung->reply.rcode, rcode), record, more, them);
	else
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, DW_CRITICAL,
			"the resolver has no answer for %.120s%s%s: it cannot get %s, or is too slow", record, more,
			unfetched.n_others > 0 ? ", and has for others" : "", them);
}

/* Says that the resolver stays silent while it should validate what it has. */
static void judge_proving(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	char record[DW_RECORD_TEXT_MAX];

	if (!dw_payload_proven(trial, DW_SUSPECT_FETCH) || dw_suspicion_unfetched(trial->address, rung))
		return;
	dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, DW_CRITICAL,
		"the resolver gives %.120s with checking disabled (CD), and has no answer without: it cannot get "
		"what proves it",
		dw_judgement_record_text(&rung->record.name, rung->record.type, record));
}

/* Whether a record comes with CD, and without a signature. */
static bool is_bare(const struct dw_payload_address *address, const struct dw_record *record)
{
	bool whole = false;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->answered || rung->reply.broken || !rung->reply.whole || !rung->dnssec_ok ||
			rung->record.type != record->type || !dw_name_equal(&rung->record.name, &record->name))
			continue;
		if (rung->reply.signatures)
			return false;
		whole = true;
	}
	return whole;
}

/* Says that the resolver refuses what it gives unverified. */
static void judge_refusal(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	char record[DW_RECORD_TEXT_MAX];

	if (rung->reply.rcode != DW_RCODE_SERVFAIL ||
		trial->verdict->kind == dw_payload_row(DW_PAYLOAD_RESOLVER_FAILS) ||
		dw_suspicion_unfetched(trial->address, rung))
		return;
	dw_judgement_record_text(&rung->record.name, rung->record.type, record);
	if (is_bare(trial->address, &rung->record))
		dw_payload_add(trial, DW_PAYLOAD_BOGUS, DW_CRITICAL,
			"the resolver validates, and gets %.120s without signatures (SERVFAIL, but not with CD): they "
			"are "
			"taken out on the way to it, with EDNS or DO, or the zone is served unsigned",
			record);
	else
		dw_payload_add(trial, DW_PAYLOAD_BOGUS, DW_CRITICAL,
			"the resolver answers SERVFAIL for %.120s, and gives it with checking disabled (CD): it "
			"validates, "
			"and the zone fails, or it cannot get what is above the zone",
			record);
}

/* What answers to questions without CD say. */
struct validation {
	bool authentic; /* one has AD */
	bool plain;     /* one that is whole has none: BIND takes it out of what it truncates */
	bool refused;   /* one is SERVFAIL */
	bool missing;   /* one did not come */
};

static void note_validation(struct validation *validation, const struct dw_payload_reply *reply)
{
	validation->authentic = validation->authentic || reply->authentic;
	validation->plain = validation->plain || (!reply->truncated && reply->rcode == DW_RCODE_NOERROR);
	validation->refused = validation->refused || reply->rcode == DW_RCODE_SERVFAIL;
}

static void judge_validation(struct dw_payload_case *trial, const struct validation *validation)
{
	if (validation->refused)
		return;
	if (validation->authentic)
		dw_payload_add(trial, DW_PAYLOAD_VALIDATES, DW_NOTE, "the resolver validates the zone (AD)");
	else if (validation->plain && !validation->missing && trial->zone_signed)
		dw_payload_add(trial, DW_PAYLOAD_NOT_VALIDATING, DW_NOTE,
			"the resolver gives the answers without saying that it has validated them (no AD)");
}

void dw_payload_via_judge(struct dw_payload_case *trial)
{
	const struct dw_payload_address *address = trial->address;
	struct validation validation = {false};

	judge_fetching(trial);
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->probe != DW_PROBE_VALIDATE || rung->n_asked == 0)
			continue;
		if (!rung->answered) {
			judge_proving(trial, rung);
			validation.missing = true;
		} else if (!rung->reply.broken) {
			judge_refusal(trial, rung);
			note_validation(&validation, &rung->reply);
		}
	}
	judge_validation(trial, &validation);
}
