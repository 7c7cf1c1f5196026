#include "dns/payload_via.h"

#include "dns/judgement.h"
#include "dns/mnemonic.h"
#include "dns/wire.h"

/* How a resolver did with one RRset, asked with CD. */
struct fetched {
	bool got;    /* whole, or truncated, by UDP or TCP */
	bool failed; /* with SERVFAIL, or without an answer */
	const struct dw_payload_rung *last;
};

static struct fetched fetched_of(const struct dw_payload_address *address, const struct dw_record *record)
{
	struct fetched fetched = {0};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->n_asked == 0 || rung->size == 0 || rung->probe == DW_PROBE_VALIDATE ||
			rung->record.type != record->type || !dw_name_equal(&rung->record.name, &record->name))
			continue;
		bool error = rung->answered && !rung->reply.broken && rung->reply.rcode == DW_RCODE_SERVFAIL;
		if (rung->answered && !error && rung->probe != DW_PROBE_VERSION)
			fetched.got = true;
		if (error || !rung->answered) {
			fetched.failed = true;
			fetched.last = rung;
		}
	}
	return fetched;
}

/* Whether the resolver cannot get an RRset though it is to take it unverified. */
static void judge_fetching(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	struct fetched fetched = fetched_of(trial->address, &rung->record);
	char record[DW_RECORD_TEXT_MAX], rcode[16];

	if (fetched.got || !fetched.failed || !trial->suspicions->udp_heard)
		return;
	dw_judgement_record_text(&rung->record.name, rung->record.type, record);
	if (fetched.last->answered)
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, DW_CRITICAL,
			"the resolver answers %s for %.120s, with checking disabled (CD) too",
			dw_rcode_text(fetched.last->reply.rcode, rcode), record);
	else
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, DW_CRITICAL,
			"the resolver has no answer for %.120s, and has for others", record);
}

static void judge_validation(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	bool bad = rung->reply.rcode == DW_RCODE_SERVFAIL;
	char record[DW_RECORD_TEXT_MAX];

	dw_judgement_record_text(&rung->record.name, rung->record.type, record);
	if (bad && fetched_of(trial->address, &rung->record).got)
		dw_payload_add(trial, DW_PAYLOAD_BOGUS, DW_CRITICAL,
			"the resolver answers SERVFAIL for %.120s, and gives it with checking disabled (CD): it "
			"validates, and the zone fails",
			record);
	else if (rung->reply.authentic && rung->topic == DW_TOPIC_DNSKEY)
		dw_payload_add(trial, DW_PAYLOAD_VALIDATES, DW_NOTE, "the resolver validates the zone (AD)");
	else if (!bad && rung->topic == DW_TOPIC_DNSKEY && trial->zone_signed)
		dw_payload_add(trial, DW_PAYLOAD_NOT_VALIDATING, DW_NOTE,
			"the resolver gives the answers without saying that it has validated them (no AD)");
}

void dw_payload_via_judge(struct dw_payload_case *trial)
{
	const struct dw_payload_address *address = trial->address;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->probe == DW_PROBE_TCP && rung->segment == 0)
			judge_fetching(trial, rung);
		if (rung->probe == DW_PROBE_VALIDATE && rung->answered && !rung->reply.broken)
			judge_validation(trial, rung);
	}
}
