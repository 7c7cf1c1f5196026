#include "dns/payload_edns.h"

#include <stdio.h>

#include "dns/mnemonic.h"
#include "dns/payload_truncated.h"
#include "dns/wire.h"

/* So many answers alike are no accident. */
#define ALIKE 2

/* What the answers by UDP to questions of EDNS version 0 are like; each counts rungs. */
struct habits {
	unsigned n_answered, n_refused, n_without_opt;
	unsigned n_asked_do, n_without_do; /* of those that were asked with DO, and brought an OPT */
	unsigned n_whole, n_unsigned;      /* of those that were asked with DO, and brought the RRset */
	unsigned n_signed_tcp;
	unsigned n_other_version; /* of those that brought an OPT */
	uint8_t version;          /* one of these */
	uint16_t rcode;
};

bool dw_payload_is_signed(const struct dw_payload_rung *rung)
{
	return rung->answered && !rung->reply.broken && !rung->reply.truncated && rung->reply.whole &&
		rung->reply.signatures;
}

static bool is_refusal(uint16_t rcode)
{
	return rcode != DW_RCODE_NOERROR && rcode != DW_RCODE_NXDOMAIN;
}

static void note(struct habits *habits, const struct dw_payload_rung *rung)
{
	const struct dw_payload_reply *reply = &rung->reply;

	habits->n_answered++;
	if (is_refusal(reply->rcode)) {
		habits->n_refused++;
		habits->rcode = reply->rcode;
		return;
	}
	habits->n_without_opt += !reply->edns;
	if (reply->edns && reply->version != 0) {
		habits->n_other_version++;
		habits->version = reply->version;
	}
	if (!rung->dnssec_ok)
		return;
	habits->n_asked_do += reply->edns;
	habits->n_without_do += reply->edns && !reply->dnssec_ok;
	if (reply->truncated || !reply->whole)
		return;
	habits->n_whole++;
	habits->n_unsigned += !reply->signatures;
}

static struct habits habits_of(const struct dw_payload_address *address)
{
	struct habits habits = {0};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->answered || rung->reply.broken)
			continue;
		if (rung->tcp)
			habits.n_signed_tcp += dw_payload_is_signed(rung);
		else if (rung->probe == DW_PROBE_EDNS)
			note(&habits, rung);
	}
	return habits;
}

/* ", though TCP brings them": where the fault must lie. */
static const char *though_text(const struct habits *habits)
{
	return habits->n_signed_tcp > 0 ? ", though by TCP it comes" : "";
}

/* Answers come, and have no signatures. */
static void judge_signatures(struct dw_payload_case *trial, const struct habits *habits)
{
	bool bare = habits->n_whole >= ALIKE && habits->n_unsigned == habits->n_whole && trial->zone_signed;

	if (habits->n_asked_do >= ALIKE && habits->n_without_do == habits->n_asked_do)
		dw_payload_add(trial, DW_PAYLOAD_DO_CLEARED, bare ? DW_CRITICAL : DW_WARNING,
			"UDP answers have DO cleared%s%s", bare ? ", and no signature" : "",
			bare ? though_text(habits) : "");
	else if (bare)
		dw_payload_add(trial, DW_PAYLOAD_SIGNATURES_STRIPPED, DW_CRITICAL,
			"UDP answers copy DO and have no signature%s", though_text(habits));
}

/* Whether EDNS works by UDP as such; says so when it does not. */
static bool judge_opt(struct dw_payload_case *trial, const struct habits *habits)
{
	enum dw_severity severity = trial->zone_signed ? DW_CRITICAL : DW_WARNING;
	const struct dw_suspicion *dropped = dw_suspicion_of(trial->suspicions, DW_SUSPECT_EDNS);
	const struct dw_suspicion *with_do = dw_suspicion_of(trial->suspicions, DW_SUSPECT_DO);
	char rcode[16];

	if (with_do != NULL && with_do->proven)
		dw_payload_add(trial, DW_PAYLOAD_DO_DROPPED, severity,
			"UDP questions with DO have no answer (%u sent), those with EDNS alone have", with_do->n_lost);
	if (dropped != NULL && dropped->proven)
		dw_payload_add(trial, DW_PAYLOAD_EDNS_DROPPED, severity,
			"UDP questions with EDNS %shave no answer (%u sent), those without have",
			trial->suspicions->n_rejected > 0 ? "are refused by ICMP, or " : "", dropped->n_lost);
	if (habits->n_answered < ALIKE)
		return false;
	if (habits->n_refused == habits->n_answered) {
		dw_payload_add(trial, DW_PAYLOAD_EDNS_REFUSED, severity,
			"UDP questions with EDNS are answered with %s", dw_rcode_text(habits->rcode, rcode));
		return false;
	}
	if (habits->n_without_opt == habits->n_answered - habits->n_refused) {
		bool bare = habits->n_unsigned == habits->n_whole;

		dw_payload_add(trial, DW_PAYLOAD_OPT_STRIPPED, severity,
			"UDP answers to questions with EDNS have no OPT record%s%s", bare ? ", and no signature" : "",
			bare ? though_text(habits) : ", but signatures");
		return false;
	}
	return true;
}

static const struct dw_payload_rung *rung_of(
	const struct dw_payload_address *address, enum dw_payload_probe probe)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		if (address->rungs[i].probe == probe)
			return &address->rungs[i];
	}
	return NULL;
}

/* "has no answer", "is answered with FORMERR", "is answered without OPT"; NULL when all is well. */
static const char *mishap_of(const struct dw_payload_case *trial, enum dw_payload_probe probe,
	enum dw_suspect suspect, uint16_t due, char text[DW_FINDING_TEXT_MAX])
{
	const struct dw_payload_rung *rung = rung_of(trial->address, probe);
	char rcode[16];

	if (dw_payload_proven(trial, suspect))
		return "has no answer by UDP";
	if (rung == NULL || !rung->answered)
		return NULL;
	if (rung->reply.broken)
		return "is answered with a message that does not parse";
	if (rung->reply.rcode != due) {
		snprintf(text, DW_FINDING_TEXT_MAX, "is answered with %s", dw_rcode_text(rung->reply.rcode, rcode));
		return text;
	}
	return rung->reply.edns ? NULL : "is answered without OPT";
}

/* Another version is to be refused, and version 0 to be answered as such. */
static void judge_version(struct dw_payload_case *trial, const struct habits *habits)
{
	char text[DW_FINDING_TEXT_MAX];
	const char *mishap = mishap_of(trial, DW_PROBE_VERSION, DW_SUSPECT_VERSION, DW_RCODE_BADVERS, text);

	if (mishap != NULL)
		dw_payload_add(trial, DW_PAYLOAD_EDNS_VERSION, DW_WARNING,
			"a question with EDNS version 1 %s, and not with BADVERS", mishap);
	else if (habits->n_other_version >= ALIKE)
		dw_payload_add(trial, DW_PAYLOAD_EDNS_VERSION, DW_WARNING,
			"UDP answers to questions with EDNS version 0 are of version %u, which nobody has defined",
			habits->version);
}

/* What is unknown is to be ignored, and not to come back. */
static void judge_unknown(struct dw_payload_case *trial)
{
	const struct dw_payload_rung *option = rung_of(trial->address, DW_PROBE_OPTION);
	const struct dw_payload_rung *flag = rung_of(trial->address, DW_PROBE_FLAG);
	char text[DW_FINDING_TEXT_MAX];
	const char *mishap;

	mishap = mishap_of(trial, DW_PROBE_OPTION, DW_SUSPECT_OPTION, DW_RCODE_NOERROR, text);
	if (mishap == NULL && option != NULL && option->answered && option->reply.option_copied)
		mishap = "has its option copied into the answer";
	if (mishap != NULL)
		dw_payload_add(
			trial, DW_PAYLOAD_EDNS_OPTION, DW_WARNING, "a question with an unknown EDNS option %s", mishap);
	mishap = mishap_of(trial, DW_PROBE_FLAG, DW_SUSPECT_FLAG, DW_RCODE_NOERROR, text);
	if (mishap == NULL && flag != NULL && flag->answered && (flag->reply.flags & ~DW_EDNS_DO) != 0)
		mishap = "has its flag copied into the answer";
	if (mishap != NULL)
		dw_payload_add(
			trial, DW_PAYLOAD_EDNS_FLAG, DW_WARNING, "a question with an unknown EDNS flag %s", mishap);
}

void dw_payload_edns_judge(struct dw_payload_case *trial)
{
	struct habits habits = habits_of(trial->address);

	/* What truncates every answer makes its own OPT, or none. */
	if (dw_payload_is_truncating(trial->address) || !judge_opt(trial, &habits))
		return;
	judge_signatures(trial, &habits);
	judge_version(trial, &habits);
	judge_unknown(trial);
}
