#include "dns/lifespan.h"

#include <stdio.h>
#include <string.h>

#include "dns/choice.h"

#define CLAUSE_KEY_MAX 64

/* One RRset under judgement. */
struct view {
	struct dw_lifespan_judge *judge;
	const struct dw_server_facts *server;
	const struct dw_reply *reply;
	const struct dw_rrset_fact *rrset;
	struct dw_judgement_place place;
	struct dw_choice choice;
	dw_moment now;
	dw_seconds skew;
};

/* "key 4711 (ECDSAP256SHA256)" */
static const char *key_text(const struct dw_signature *signature, char text[CLAUSE_KEY_MAX])
{
	char algorithm[24];

	snprintf(text, CLAUSE_KEY_MAX, "key %u (%s)", signature->key_tag,
		dw_algorithm_text(signature->algorithm, algorithm));
	return text;
}

/* Whether an RRset that dies then is the first of all to die. */
static bool is_first(const struct dw_signature_figures *figures, dw_seconds remaining)
{
	return !figures->known || remaining < figures->remaining;
}

/* Lets the RRset count in the figures with what remains of it by this signature. */
static void measure(const struct view *view, const struct dw_signature *signature, dw_seconds remaining)
{
	struct dw_signature_figures *figures = view->judge->figures;

	if (view->rrset->type == DW_TYPE_DNSKEY &&
		(!figures->dnskey_known || remaining < figures->dnskey_remaining)) {
		figures->dnskey_known = true;
		figures->dnskey_remaining = remaining;
	}
	if (view->rrset->type == DW_TYPE_SOA && (!figures->soa_known || remaining < figures->soa_remaining)) {
		figures->soa_known = true;
		figures->soa_remaining = remaining;
	}
	if (!is_first(figures, remaining))
		return;
	figures->known = true;
	figures->remaining = remaining;
	figures->lifetime = signature->expiration - signature->inception;
	figures->expiration = signature->expiration;
	figures->key_tag = signature->key_tag;
	figures->algorithm = signature->algorithm;
	dw_judgement_server_text(&view->server->server, figures->server);
	dw_judgement_record_text(&view->rrset->owner, view->rrset->type, figures->record);
}

/* "critical below 2d", or that it is outside a range that has no lower end in the way. */
static const char *threshold_text(
	const struct dw_range *range, const char *name, dw_seconds remaining, dw_seconds lifetime, char text[64])
{
	char span[DW_MOMENT_TEXT_MAX];
	dw_seconds start =
		range->share && range->start > INT64_MIN ? lifetime * range->start / 10000 : range->start;

	if (!range->inside && remaining < start)
		snprintf(text, 64, "%s below %s", name, dw_span_format(start, span));
	else
		snprintf(text, 64, "%s the %s range", range->inside ? "inside" : "outside", name);
	return text;
}

/* Holds what remains against the user's thresholds. */
static void judge_thresholds(
	struct view *view, const struct dw_signature *signature, dw_seconds remaining, dw_seconds lifetime)
{
	const struct dw_signature_policy *policy = view->judge->policy;
	bool critical = remaining <= 0 || dw_range_alarms(&policy->critical, remaining, lifetime);
	char key[CLAUSE_KEY_MAX], span[DW_MOMENT_TEXT_MAX], date[DW_MOMENT_TEXT_MAX], threshold[64];

	if (!critical && !dw_range_alarms(&policy->warning, remaining, lifetime))
		return;
	if (remaining <= 0)
		snprintf(threshold, sizeof(threshold), "nothing remains");
	else
		threshold_text(critical ? &policy->critical : &policy->warning, critical ? "critical" : "warning",
			remaining, lifetime, threshold);
	dw_judgement_add(view->judge->judgement, DW_FOUND_RUNS_OUT, critical ? DW_CRITICAL : DW_WARNING,
		&view->place, "signature by %s runs out in %s (%s), %s", key_text(signature, key),
		dw_span_format(remaining, span), dw_moment_format(signature->expiration, date), threshold);
}

/* What remains against the TTL: both signed, and the TTL the one that was signed (RFC 4035 5.3.3). */
static void judge_ttl(struct view *view, const struct dw_signature *signature, dw_seconds remaining)
{
	char key[CLAUSE_KEY_MAX], span[DW_MOMENT_TEXT_MAX], date[DW_MOMENT_TEXT_MAX], ttl[DW_MOMENT_TEXT_MAX];

	if (view->rrset->ttl > signature->original_ttl)
		dw_judgement_add(view->judge->judgement, DW_FOUND_ABOVE_TTL, DW_NOTE, &view->place,
			"is served with a TTL of %s, and signed with %s: validators cut it down",
			dw_span_format(view->rrset->ttl, span), dw_span_format(signature->original_ttl, ttl));
	if (remaining >= (dw_seconds)signature->original_ttl)
		return;
	dw_judgement_add(view->judge->judgement, DW_FOUND_BELOW_TTL, DW_WARNING, &view->place,
		"signature by %s runs out in %s (%s), before its TTL of %s has passed", key_text(signature, key),
		dw_span_format(remaining, span), dw_moment_format(signature->expiration, date),
		dw_span_format(signature->original_ttl, ttl));
}

/* Whether a good signature is older than clocks differ. */
static bool has_settled(const struct view *view)
{
	const struct dw_proof *proof = &view->rrset->proof;

	for (unsigned i = 0; i < proof->n_signatures; i++) {
		const struct dw_signature *signature = &proof->signatures[i];
		bool usable = signature->state == DW_SIGNATURE_GOOD || signature->state == DW_SIGNATURE_UNSUPPORTED;
		if (usable && dw_choice_counts(&view->choice, signature) &&
			view->now - signature->inception >= view->skew)
			return true;
	}
	return false;
}

/* A signature that begins now, or in a moment, is refused where the clock is behind. */
static void judge_inception(struct view *view, const struct dw_signature *signature)
{
	dw_seconds age = view->now - signature->inception;
	char key[CLAUSE_KEY_MAX], span[DW_MOMENT_TEXT_MAX], date[DW_MOMENT_TEXT_MAX];

	if (has_settled(view))
		return;
	view->place.urgency = age;
	dw_judgement_add(view->judge->judgement, DW_FOUND_CLOCK_SKEW, DW_WARNING, &view->place,
		age < 0 ? "signature by %s begins only in %s (%s)"
				: "signature by %s began only %s ago (%s): validators whose clocks are behind refuse it",
		key_text(signature, key), dw_span_format(age < 0 ? -age : age, span),
		dw_moment_format(signature->inception, date));
}

/* The RRset is proven by this signature, or as far as can be told here. */
static void judge_life(struct view *view, const struct dw_signature *signature)
{
	dw_seconds remaining = signature->expiration - view->now;
	dw_seconds lifetime = signature->expiration - signature->inception;

	measure(view, signature, remaining);
	view->place.urgency = remaining;
	judge_thresholds(view, signature, remaining, lifetime);
	judge_ttl(view, signature, remaining);
	judge_inception(view, signature);
}

/* Whether a signature of the algorithm is there that is good, or that nobody here can tell. */
static bool signs(const struct dw_proof *proof, uint8_t algorithm)
{
	for (unsigned i = 0; i < proof->n_signatures; i++) {
		enum dw_signature_state state = proof->signatures[i].state;
		if (proof->signatures[i].algorithm == algorithm &&
			(state == DW_SIGNATURE_GOOD || state == DW_SIGNATURE_UNSUPPORTED ||
				state == DW_SIGNATURE_NOT_TRIED))
			return true;
	}
	return false;
}

/* Every algorithm of the DNSKEY RRset must sign (RFC 4035 2.2); validators accept one (RFC 6840 5.11). */
static void judge_coverage(struct view *view)
{
	const struct dw_proof *proof = &view->rrset->proof;
	char missing[128] = "", algorithm[24];
	bool told[UINT8_MAX + 1] = {false};

	for (unsigned i = 0; i < view->server->n_keys && proof->n_left == 0; i++) {
		const struct dw_key_fact *key = &view->server->keys[i];
		bool zone_key = key->state == DW_KEY_USABLE || key->state == DW_KEY_ALGORITHM_UNSUPPORTED;
		size_t length = strlen(missing);
		if (!zone_key || (key->flags & DW_KEY_ZONE) == 0 || told[key->algorithm] ||
			signs(proof, key->algorithm))
			continue;
		told[key->algorithm] = true;
		snprintf(missing + length, sizeof(missing) - length, "%s%s", length > 0 ? ", " : "",
			dw_algorithm_text(key->algorithm, algorithm));
	}
	if (missing[0] != '\0')
		dw_judgement_add(view->judge->judgement, DW_FOUND_COVERAGE, DW_WARNING, &view->place,
			"has no good signature of %s, though the DNSKEY RRset has such a key", missing);
}

/* What else stands beside a good signature is no fault. */
static void note_leftovers(struct view *view)
{
	const struct dw_proof *proof = &view->rrset->proof;
	char key[CLAUSE_KEY_MAX];

	for (unsigned i = 0; i < proof->n_signatures; i++) {
		const struct dw_signature *signature = &proof->signatures[i];
		if (signature->state == DW_SIGNATURE_GOOD || signature->state == DW_SIGNATURE_UNSUPPORTED)
			continue;
		dw_judgement_add(view->judge->judgement, DW_FOUND_LEFTOVER, DW_NOTE, &view->place,
			"has beside a good signature one by %s: %s", key_text(signature, key),
			dw_signature_state_text(signature->state));
	}
}

/* What a state is found as. */
static enum dw_judgement_kind kind_of(enum dw_signature_state state)
{
	static const enum dw_judgement_kind kinds[] = {
		[DW_SIGNATURE_GOOD] = DW_FOUND_BAD_SIGNATURE,
		[DW_SIGNATURE_MALFORMED] = DW_FOUND_BAD_SIGNATURE,
		[DW_SIGNATURE_SIGNER] = DW_FOUND_BAD_SIGNATURE,
		[DW_SIGNATURE_LABELS] = DW_FOUND_BAD_SIGNATURE,
		[DW_SIGNATURE_UNSUPPORTED] = DW_FOUND_UNSUPPORTED,
		[DW_SIGNATURE_EXPIRED] = DW_FOUND_EXPIRED,
		[DW_SIGNATURE_NOT_YET_VALID] = DW_FOUND_NOT_YET_VALID,
		[DW_SIGNATURE_NEVER_VALID] = DW_FOUND_NEVER_VALID,
		[DW_SIGNATURE_NO_KEY] = DW_FOUND_NO_KEY,
		[DW_SIGNATURE_NOT_ZONE_KEY] = DW_FOUND_BAD_KEY,
		[DW_SIGNATURE_REVOKED_KEY] = DW_FOUND_BAD_KEY,
		[DW_SIGNATURE_BROKEN_KEY] = DW_FOUND_BAD_KEY,
		[DW_SIGNATURE_WRONG] = DW_FOUND_WRONG,
		[DW_SIGNATURE_NOT_TRIED] = DW_FOUND_TOO_MUCH_WORK,
	};

	return kinds[state];
}

/* What is wrong with a signature, with its dates where they are the reason. */
static const char *fault_text(const struct view *view, enum dw_signature_state state,
	const struct dw_signature *signature, char text[160])
{
	char span[DW_MOMENT_TEXT_MAX], date[DW_MOMENT_TEXT_MAX], end[DW_MOMENT_TEXT_MAX];

	dw_moment_format(signature->inception, date);
	dw_moment_format(signature->expiration, end);
	if (state == DW_SIGNATURE_EXPIRED)
		snprintf(
			text, 160, "expired %s ago (%s)", dw_span_format(view->now - signature->expiration, span), end);
	else if (state == DW_SIGNATURE_NOT_YET_VALID)
		snprintf(text, 160, "is not valid before %s, in %s", date,
			dw_span_format(signature->inception - view->now, span));
	else if (state == DW_SIGNATURE_NEVER_VALID)
		snprintf(text, 160, "ends (%s) before it begins (%s)", end, date);
	else if (state == DW_SIGNATURE_WRONG)
		snprintf(text, 160, "is wrong: it is not the key's over these records");
	else
		snprintf(text, 160, "does not count: %s", dw_signature_state_text(state));
	return text;
}

/* No signature proves the RRset; this is the one to name. */
static void report_fault(
	struct view *view, enum dw_signature_state state, const struct dw_signature *signature)
{
	dw_seconds remaining = signature->expiration - view->now;
	char key[CLAUSE_KEY_MAX], fault[160];

	/* Whatever its dates say, a signature that proves nothing leaves no time. */
	view->place.urgency = remaining < 0 ? remaining : 0;
	if (state != DW_SIGNATURE_NOT_TRIED && state != DW_SIGNATURE_MALFORMED)
		measure(view, signature, view->place.urgency);
	if (state == DW_SIGNATURE_MALFORMED)
		dw_judgement_add(view->judge->judgement, kind_of(state), DW_CRITICAL, &view->place,
			"has no signature that parses");
	else
		dw_judgement_add(view->judge->judgement, kind_of(state), DW_CRITICAL, &view->place,
			"signature by %s %s", key_text(signature, key), fault_text(view, state, signature, fault));
}

/* The state of a signature by its dates alone, as of now. */
static enum dw_signature_state state_by_dates(const struct view *view, const struct dw_signature *signature)
{
	if (signature->inception > signature->expiration)
		return DW_SIGNATURE_NEVER_VALID;
	if (signature->expiration < view->now)
		return DW_SIGNATURE_EXPIRED;
	if (signature->inception > view->now + view->skew)
		return DW_SIGNATURE_NOT_YET_VALID;
	return DW_SIGNATURE_GOOD;
}

/* Nobody without these algorithms verifies the zone; its dates are judged for those who have them. */
static void judge_unverifiable(struct view *view, const struct dw_signature *signature)
{
	struct dw_judgement_place whole = {.server = view->server};
	enum dw_signature_state state = state_by_dates(view, signature);
	char key[CLAUSE_KEY_MAX];

	dw_judgement_add(view->judge->judgement, DW_FOUND_UNSUPPORTED, DW_WARNING, &whole,
		"signatures by %s cannot be verified here; validators without that algorithm treat the zone as "
		"insecure",
		key_text(signature, key));
	if (state == DW_SIGNATURE_GOOD)
		judge_life(view, signature);
	else
		report_fault(view, state, signature);
}

/* The parent's DS leads to a key, and that key signs nothing here. */
static void report_silent_key(struct view *view)
{
	char algorithm[24];
	unsigned at = 0;

	/* One of an unknown algorithm opens the zone to nobody here, and shuts it to nobody. */
	while (at < view->server->n_keys &&
		!(view->server->keys[at].in_ds && view->server->keys[at].state != DW_KEY_ALGORITHM_UNSUPPORTED))
		at++;
	if (at == view->server->n_keys)
		return;
	dw_judgement_add(view->judge->judgement, DW_FOUND_DS_KEY_SILENT, DW_CRITICAL, &view->place,
		"has no signature by key %u (%s), which the parent's DS names", view->server->keys[at].key_tag,
		dw_algorithm_text(view->server->keys[at].algorithm, algorithm));
}

/* No RRSIG at all: lost on the way, or never there. */
static void judge_unsigned(struct view *view)
{
	const struct dw_reply *reply = view->reply;

	if (reply->edns && reply->dnssec_ok)
		dw_judgement_add(
			view->judge->judgement, DW_FOUND_NO_SIGNATURE, DW_CRITICAL, &view->place, "has no RRSIG");
	else
		dw_judgement_add(view->judge->judgement, DW_FOUND_STRIPPED, DW_CRITICAL, &view->place,
			"has no RRSIG in an answer %s, so DNSSEC seems to be stripped on the way",
			reply->edns ? "without DO" : "without EDNS");
}

/* Judges an RRset that has signatures by the one that counts most. */
static void judge_signed(struct view *view)
{
	const struct dw_signature *best = dw_choice_best(&view->choice);

	if (best == NULL) {
		report_silent_key(view);
	} else if (best->state == DW_SIGNATURE_GOOD) {
		judge_life(view, best);
		judge_coverage(view);
		note_leftovers(view);
	} else if (best->state == DW_SIGNATURE_UNSUPPORTED && view->choice.insecure) {
		judge_unverifiable(view, best);
	} else if (best->state == DW_SIGNATURE_NOT_YET_VALID && best->inception - view->now <= view->skew) {
		judge_life(view, best);
	} else if (view->server->n_keys > 0 || best->state == DW_SIGNATURE_EXPIRED) {
		/* Without keys only dates are told: that the keys are missing is said by itself. */
		report_fault(view, best->state, best);
	}
}

void dw_lifespan_judge(struct dw_lifespan_judge *judge, const struct dw_lifespan_case *seen)
{
	const struct dw_survey_facts *facts = judge->judgement->facts;
	const struct dw_rrset_fact *rrset = seen->rrset;
	struct view view = {.judge = judge,
		.server = seen->server,
		.reply = seen->reply,
		.rrset = rrset,
		.place = {.server = seen->server, .owner = &rrset->owner, .type = rrset->type},
		.now = facts->now,
		.skew = judge->policy->skew};

	judge->figures->signatures += rrset->proof.n_signatures + rrset->proof.n_left;
	if (rrset->too_many) {
		dw_judgement_add(judge->judgement, DW_FOUND_TOO_MANY, DW_WARNING, &view.place,
			"has more than %d records and was not verified", DW_RRSET_RECORDS_MAX);
		return;
	}
	view.choice = dw_choice_of(facts, seen->server, rrset, judge->policy->skew);
	if (rrset->proof.n_signatures == 0)
		judge_unsigned(&view);
	else
		judge_signed(&view);
}
