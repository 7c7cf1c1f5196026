#include "dns/payload_truncated.h"

#include "dns/judgement.h"
#include "dns/truncation.h"
#include "dns/wire.h"

/* So many answers alike are no accident. */
#define ALIKE 3

/* So many answers that are truncated though they are small are a habit. */
#define NEEDLESS 2

/* Whether answers of a rung say something of what is truncated: those of another version are always short. */
static bool is_truncatable(const struct dw_payload_rung *rung)
{
	return !rung->tcp && rung->answered && rung->probe != DW_PROBE_VERSION &&
		rung->reply.rcode == DW_RCODE_NOERROR;
}

bool dw_payload_is_truncating(const struct dw_payload_address *address)
{
	unsigned n_answered = 0, n_truncated = 0;
	bool small = false;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!is_truncatable(rung) || rung->size == 0)
			continue;
		n_answered += rung->n_answered;
		n_truncated += rung->n_truncated;
		small = small || rung->topic == DW_TOPIC_SOA;
	}
	return small && n_truncated >= ALIKE && n_truncated == n_answered;
}

/*
 * Some small answers come truncated, others whole: so do rate limits ("slip"), and they drop the rest.
 * Whether that is found.
 */
static bool judge_rate(struct dw_payload_case *trial, const struct dw_truncation *truncation)
{
	unsigned n_needless = truncation->n_at_times;

	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		/* An SOA record without a signature has room in any message. */
		if (is_truncatable(rung) && rung->topic == DW_TOPIC_SOA && !rung->dnssec_ok)
			n_needless += rung->n_truncated;
	}
	if (n_needless < NEEDLESS)
		return false;
	dw_payload_add(trial, DW_PAYLOAD_RATE_LIMITED, DW_WARNING,
		"%u UDP answers come truncated (TC) though they are small, others do not: the server, or a box "
		"before it, limits the rate of answers",
		n_needless);
	return true;
}

/* Answers come truncated that would fit, again and again. */
static void judge_early(struct dw_payload_case *trial, const struct dw_truncation *truncation)
{
	const struct dw_payload_rung *rung = &trial->address->rungs[truncation->rung];
	char record[DW_RECORD_TEXT_MAX];

	if (truncation->n_needless + truncation->n_told < NEEDLESS)
		return;
	if (truncation->n_needless == 0)
		dw_payload_add(trial, DW_PAYLOAD_TRUNCATED_EARLY, DW_NOTE,
			"UDP answers of %zu octets and more come truncated (TC), as the server advertises a buffer of "
			"%u: the rest goes by TCP",
			truncation->least, truncation->advertised);
	else if (truncation->whole < truncation->least)
		dw_payload_add(trial, DW_PAYLOAD_TRUNCATED_EARLY, DW_WARNING,
			"UDP answers of %zu octets and more come truncated (TC) into a buffer of %u, one of %zu comes "
			"whole: the rest goes by TCP",
			truncation->least, rung->size, truncation->whole);
	else
		dw_payload_add(trial, DW_PAYLOAD_TRUNCATED_EARLY, DW_WARNING,
			"the UDP answer for %.120s, %zu octets, comes truncated (TC) into a buffer of %u, larger ones "
			"come whole",
			dw_payload_wanted_text(rung, record), truncation->least, rung->size);
}

void dw_payload_truncated_judge(struct dw_payload_case *trial)
{
	struct dw_truncation truncation;
	bool plain = false;

	if (!dw_payload_is_truncating(trial->address)) {
		dw_truncation_find(trial->address, &truncation);
		if (!judge_rate(trial, &truncation))
			judge_early(trial, &truncation);
		return;
	}
	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		plain = plain || (is_truncatable(rung) && rung->size == 0 && rung->n_truncated < rung->n_answered);
	}
	dw_payload_add(trial, DW_PAYLOAD_ALWAYS_TRUNCATED, DW_WARNING,
		"every UDP answer%s comes truncated (TC), however small: all goes by TCP",
		plain ? " to a question with EDNS" : "");
}
