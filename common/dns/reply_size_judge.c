#include "dns/reply_size_judge.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "dns/judgement.h"
#include "dns/presence.h"
#include "dns/reply_size_verdict.h"
#include "dns/reply_size_way.h"
#include "dns/wire.h"

/* A drop is claimed when chance explains it less often than this. */
#define CHANCE_MAX 0.001

/* So many answers alike are no accident. */
#define ALIKE       2
#define ALIKE_LOSSY 6 /* where packets get lost */

/* So many UDP questions are not lost in a row, where TCP is answered. */
#define SILENCE 24

/* Octets of an answer that an Ethernet frame takes (IPv4), and ranges of grades up to there, about. */
#define FRAME 1472
#define MANY  50

/* "above 1232 octets", or of any size when nothing passed. */
static const char *above_text(size_t passed, char text[48])
{
	if (passed == 0)
		snprintf(text, 48, "of any size");
	else
		snprintf(text, 48, "above %zu octets", passed);
	return text;
}

/* The last word about a grade. */
static const struct dw_grade_answer *said(const struct dw_grade *grade)
{
	return dw_grade_answered(&grade->tcp) ? &grade->tcp : &grade->udp;
}

/* How an answer failed: "SERVFAIL", or why none came. */
static const char *failure_text(const struct dw_grade *grade, char text[96])
{
	char rcode[DW_RCODE_TEXT_MAX];
	const struct dw_grade_answer *answer = said(grade);

	if (!dw_grade_answered(answer))
		snprintf(text, 96, "no answer by UDP or TCP");
	else if (answer->rcode != DW_RCODE_NOERROR)
		snprintf(text, 96, "%s", dw_rcode_text(answer->rcode, rcode));
	else
		snprintf(text, 96, "%s", answer->truncated ? "TC by TCP, too" : "no TXT record");
	return text;
}

/* Nothing of any size was fetched; says why. */
static void judge_nothing(struct dw_reply_size_case *trial)
{
	const struct dw_grade *first = &trial->resolver->grades[0];
	char reason[96];

	failure_text(first, reason);
	if (dw_grade_absent(first))
		dw_reply_size_add(trial, DW_REPLY_SIZE_NOT_GRADED, DW_UNKNOWN,
			"the zone has no answers of graded sizes: %s for r%04u", reason, first->size);
	else if (said(first)->truncated && said(first)->rcode == DW_RCODE_NOERROR)
		dw_reply_size_add(trial, DW_REPLY_SIZE_TCP_FAILS, DW_CRITICAL,
			"TCP answers come truncated (TC) as those by UDP: nothing brings the rest");
	else if (dw_grade_answered(said(first)) && said(first)->rcode != DW_RCODE_SERVFAIL)
		dw_reply_size_add(trial, DW_REPLY_SIZE_REFUSED, DW_UNKNOWN, "answers with %s", reason);
	else
		dw_reply_size_add(trial, DW_REPLY_SIZE_FETCH, DW_CRITICAL,
			"cannot fetch even an answer of %u octets: %s", first->size, reason);
}

/* What the UDP answers have in common; each counts grades. */
struct habits {
	unsigned n_asked, n_answered, n_refused_edns, n_truncated, n_without_opt;
	unsigned n_refused; /* by ICMP */
	unsigned n_lost;    /* attempts */
	uint16_t rcode;     /* of one that refuses EDNS */
};

static struct habits habits_of(const struct dw_reply_size_resolver *resolver)
{
	struct habits habits = {0};

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade_answer *udp = &resolver->grades[i].udp;

		habits.n_asked += udp->n_asked > 0;
		habits.n_lost += udp->n_lost;
		habits.n_refused += udp->n_asked > 0 && udp->status == DW_REFUSED;
		if (!dw_grade_answered(udp))
			continue;
		habits.n_answered++;
		habits.n_truncated += udp->truncated;
		habits.n_without_opt += !udp->edns;
		if (udp->rcode != DW_RCODE_FORMERR && udp->rcode != DW_RCODE_NOTIMP && udp->rcode != DW_RCODE_BADVERS)
			continue;
		habits.n_refused_edns++;
		habits.rcode = udp->rcode;
	}
	return habits;
}

/* Whether EDNS is refused by UDP, so that no size was put to the test. */
static bool judge_edns(struct dw_reply_size_case *trial, const struct habits *habits)
{
	bool tcp = trial->verdict->tcp.passed > 0;
	char rcode[DW_RCODE_TEXT_MAX];

	if (habits->n_answered < ALIKE || habits->n_refused_edns < habits->n_answered)
		return false;
	dw_reply_size_add(trial, DW_REPLY_SIZE_EDNS_REFUSED, tcp ? DW_WARNING : DW_CRITICAL,
		"UDP questions with EDNS are answered with %s%s", dw_rcode_text(habits->rcode, rcode),
		tcp ? "; TCP brings an answer" : "");
	return true;
}

/* What is taken out of UDP answers, or cut, whatever their size. */
static void judge_habits(struct dw_reply_size_case *trial, const struct habits *habits)
{
	if (habits->n_answered < ALIKE)
		return;
	if (habits->n_without_opt == habits->n_answered)
		dw_reply_size_add(trial, DW_REPLY_SIZE_OPT_STRIPPED, DW_WARNING,
			"UDP answers to questions with EDNS have no OPT record: they are truncated above 512 octets");
	if (habits->n_truncated == habits->n_answered)
		dw_reply_size_add(trial, DW_REPLY_SIZE_TRUNCATED, DW_WARNING,
			"every UDP answer comes truncated (TC), however small: all goes by TCP");
}

/* How TCP fails; the engine's reason says itself that it speaks of TCP, where it does. */
static const char *tcp_text(const struct dw_grade *grade, char text[96])
{
	const char *reason = grade->tcp.reason;

	snprintf(text, 96, "%s%.60s", strncmp(reason, "TCP", 3) == 0 ? "" : "TCP: ", reason);
	return text;
}

/* TCP brings nothing, though the resolver has the answer or refuses the connection. */
static void judge_tcp(struct dw_reply_size_case *trial)
{
	const struct dw_size_bracket *tcp = &trial->verdict->tcp;
	const struct dw_grade *failed = dw_grade_find(trial->resolver, tcp->failed);
	size_t by_udp = trial->verdict->udp.passed;
	size_t came = tcp->passed > by_udp ? tcp->passed : by_udp;
	unsigned alike = dw_grade_lossy(trial->resolver) ? ALIKE_LOSSY : ALIKE;
	char above[48], reason[96];

	if (failed == NULL ||
		(!dw_grade_fetched(failed) && (failed->tcp.status == DW_TIMEOUT || dw_grade_tcp_closed(failed))))
		return;
	if (failed->tcp.status == DW_TIMEOUT ? dw_grade_tcp_chance(trial->resolver) >= CHANCE_MAX
										 : dw_grade_turned_away(trial->resolver) < alike)
		return;
	if (failed->tcp.status == DW_SYSTEM)
		dw_reply_size_add(trial, DW_REPLY_SIZE_NOT_POSSIBLE, DW_UNKNOWN, "could not be asked all: %.60s",
			failed->tcp.reason);
	else if (tcp->failed > came)
		dw_reply_size_add(trial, DW_REPLY_SIZE_TCP_FAILS, DW_CRITICAL,
			"answers %s do not reach us: %s, and %s", above_text(came, above),
			failed->udp.truncated ? "UDP says TC" : "lost by UDP", tcp_text(failed, reason));
	else
		dw_reply_size_add(trial, DW_REPLY_SIZE_TCP_FAILS, DW_CRITICAL,
			"TCP fails: %.60s; UDP brings up to %zu octets", failed->tcp.reason, by_udp);
}

static void judge_fetch(struct dw_reply_size_case *trial)
{
	const struct dw_size_bracket *fetched = &trial->verdict->fetched;
	const struct dw_grade *failed = dw_grade_find(trial->resolver, fetched->failed);
	char above[48], reason[96];

	/* Silence may be loss. */
	if (failed != NULL && !dw_grade_answered(said(failed)) &&
		dw_grade_chance(trial->resolver, fetched->passed, SIZE_MAX) >= CHANCE_MAX)
		return;
	if (failed != NULL && dw_grade_absent(failed))
		dw_reply_size_add(trial, DW_REPLY_SIZE_NOT_GRADED, DW_UNKNOWN,
			"the zone has no answer of %u octets: %s for r%04u", failed->size, failure_text(failed, reason),
			failed->size);
	else if (failed != NULL)
		dw_reply_size_add(trial, DW_REPLY_SIZE_FETCH, DW_CRITICAL,
			"answers %s do not get to it (%zu came, %zu did not: %s)", above_text(fetched->passed, above),
			fetched->passed, fetched->failed, failure_text(failed, reason));
}

/* Larger answers came than some that did not. */
static void judge_uneven(struct dw_reply_size_case *trial)
{
	const struct dw_reply_size_resolver *resolver = trial->resolver;
	size_t passed = trial->verdict->fetched.passed;
	const struct dw_grade *failed = NULL;
	unsigned n_failed = 0;
	char reason[96];

	for (unsigned i = 0; i < resolver->n_grades && resolver->grades[i].size < passed; i++) {
		if (!dw_grade_missed(&resolver->grades[i]) || !dw_grade_answered(said(&resolver->grades[i])))
			continue;
		n_failed++;
		failed = failed == NULL ? &resolver->grades[i] : failed;
	}
	if (failed == NULL)
		return;
	failure_text(failed, reason);
	if (dw_grade_absent(failed))
		dw_reply_size_add(trial, DW_REPLY_SIZE_NOT_GRADED, DW_UNKNOWN,
			"the zone has no answer of %u octets: %s for r%04u", failed->size, reason, failed->size);
	else
		dw_reply_size_add(trial, DW_REPLY_SIZE_UNEVEN, DW_WARNING,
			"answers of up to %zu octets get to it, and %u smaller %s not (%u: %s)", passed, n_failed,
			n_failed == 1 ? "one did" : "ones did", failed->size, reason);
}

/* Whether UDP brings nothing at all, and TCP does; says so. */
static bool judge_no_udp(struct dw_reply_size_case *trial, const struct habits *habits)
{
	if (habits->n_answered > 0 || habits->n_asked == 0 || trial->verdict->tcp.passed == 0)
		return false;
	if (trial->resolver->n_elsewhere > 0)
		return true;
	if (habits->n_refused == habits->n_asked)
		dw_reply_size_add(trial, DW_REPLY_SIZE_NO_UDP, DW_WARNING, "UDP is refused, TCP is answered");
	else if (habits->n_lost >= SILENCE)
		dw_reply_size_add(trial, DW_REPLY_SIZE_NO_UDP, DW_WARNING, "no UDP question is answered, and TCP is");
	return true;
}

/* Answers that the resolver has, and that get lost between it and us by UDP. */
static void judge_udp(struct dw_reply_size_case *trial)
{
	const struct dw_size_bracket *udp = &trial->verdict->udp;
	bool tcp = trial->verdict->tcp.passed > udp->passed;
	char above[48];

	if (udp->failed == 0 ||
		(trial->verdict->fetched.failed > 0 && udp->failed >= trial->verdict->fetched.failed))
		return;
	if (dw_grade_chance(trial->resolver, udp->passed, SIZE_MAX) <
		CHANCE_MAX / (dw_grade_lossy(trial->resolver) ? MANY : 1))
		dw_reply_size_add(trial, DW_REPLY_SIZE_UDP, tcp ? DW_WARNING : DW_CRITICAL,
			"UDP answers %s are dropped on the way to us (%zu passed, %zu did not)%s",
			above_text(udp->passed, above), udp->passed, udp->failed, tcp ? "; TCP brings them" : "");
}

/*
 * Answers that just fit a frame get lost by UDP, and larger ones pass, in fragments that are small enough.
 * There are many ranges of sizes, and by loss alone one of them is unlucky more easily.
 */
static void judge_hole(struct dw_reply_size_case *trial)
{
	const struct dw_reply_size_resolver *resolver = trial->resolver;
	size_t passed = trial->verdict->udp.passed, from = 0, to = 0;

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];

		if (grade->size >= passed || !dw_grade_udp_lost(grade))
			continue;
		if (from > 0 && resolver->grades[i - 1].size != to)
			return;
		from = from == 0 ? grade->size : from;
		to = grade->size;
	}
	if (from > 0 && to <= FRAME && dw_grade_chance(resolver, 0, passed) < CHANCE_MAX / MANY)
		dw_reply_size_add(trial, DW_REPLY_SIZE_PATH_MTU, DW_WARNING,
			"UDP answers of %zu to %zu octets are dropped on the way to us, smaller and larger ones pass",
			from, to);
}

/* The walk was not finished, and what there is does not show why. */
static void judge_end(struct dw_reply_size_case *trial)
{
	const struct dw_size_bracket *fetched = &trial->verdict->fetched;
	const struct dw_reply_size_resolver *resolver = trial->resolver;

	if (trial->verdict->kind == dw_reply_size_row(DW_REPLY_SIZE_FINE) &&
		fetched->passed < resolver->grades[resolver->n_grades - 1].size)
		dw_reply_size_add(trial, DW_REPLY_SIZE_UNSURE, DW_UNKNOWN,
			"time was up before answers above %zu octets came or failed", fetched->passed);
}

static void take_answer(struct dw_size_sample *sample, bool tcp, const struct dw_grade_answer *answer)
{
	if (dw_grade_answered(answer))
		dw_size_sample_take(sample,
			&(struct dw_size_answer){.tcp = tcp,
				.size = answer->size,
				.edns = answer->edns,
				.advertised = answer->advertised,
				.elapsed = answer->elapsed});
}

static struct dw_size_sample sample_of(const struct dw_reply_size_resolver *resolver)
{
	struct dw_size_sample sample = {.udp_known = false};

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		take_answer(&sample, false, &resolver->grades[i].udp);
		take_answer(&sample, true, &resolver->grades[i].tcp);
	}
	return sample;
}

static void judge_large(struct dw_reply_size_case *trial, const struct dw_size_sample *sample)
{
	bool sends = dw_size_severity(trial->policy, sample->udp_max) > DW_NOTE;
	size_t size = sends ? sample->udp_max : sample->advertised;
	enum dw_severity severity = dw_size_severity(trial->policy, size);

	if (severity > DW_NOTE)
		dw_reply_size_add(trial, DW_REPLY_SIZE_LARGE, severity,
			sends ? "sends UDP answers of %zu octets" : "takes UDP messages of %zu octets", size);
}

/* Judges a resolver that has answered. */
static void judge_walk(struct dw_reply_size_case *trial, const struct dw_size_sample *sample)
{
	const struct habits habits = habits_of(trial->resolver);
	struct dw_reply_size_verdict *result = trial->verdict;

	result->fetched = dw_grade_bracket(trial->resolver, dw_grade_fetched, dw_grade_missed);
	result->udp = dw_grade_bracket(trial->resolver, dw_grade_by_udp, dw_grade_udp_lost);
	result->tcp = dw_grade_bracket(trial->resolver, dw_grade_by_tcp, dw_grade_tcp_lost);
	if (judge_edns(trial, &habits))
		return;
	if (result->fetched.passed == 0) {
		judge_nothing(trial);
		return;
	}
	judge_tcp(trial);
	judge_fetch(trial);
	judge_uneven(trial);
	if (!judge_no_udp(trial, &habits))
		judge_udp(trial);
	judge_hole(trial);
	dw_reply_size_way_judge(trial);
	judge_habits(trial, &habits);
	judge_large(trial, sample);
	dw_reply_size_loss_judge(trial);
	judge_end(trial);
}

/* Adds one resolver to the figures. */
static void count(const struct dw_reply_size_resolver *resolver, const struct dw_size_sample *sample,
	const struct dw_reply_size_verdict *result, struct dw_reply_size_figures *figures)
{
	dw_size_figures_add(&figures->sizes, sample, result->severity >= DW_WARNING);
	if (!dw_reply_size_has_answered(resolver))
		return;
	if (!figures->fetched_known || result->fetched.passed < figures->fetched)
		figures->fetched = result->fetched.passed;
	figures->fetched_known = true;
}

/* What the look-up of the resolvers' names says. */
static void judge_discovery(const struct dw_reply_size_facts *facts, struct dw_findings *findings)
{
	const struct dw_survey_facts as_survey = {.zone = facts->zone,
		.status = facts->status,
		.discovery = facts->discovery,
		.n_servers = facts->n_resolvers};
	struct dw_judgement judgement;

	dw_judgement_init(&judgement, &as_survey, findings);
	(void)dw_presence_discovery(&judgement);
	dw_judgement_finish(&judgement);
}

void dw_reply_size_judge(const struct dw_reply_size_facts *facts, const struct dw_size_policy *policy,
	struct dw_findings *findings, struct dw_reply_size_figures *figures)
{
	bool any = false;

	*figures = (struct dw_reply_size_figures){.n_verdicts = facts->n_resolvers};
	judge_discovery(facts, findings);
	for (unsigned i = 0; i < facts->n_resolvers; i++)
		any = any || dw_reply_size_has_answered(&facts->resolvers[i]);
	for (unsigned i = 0; i < facts->n_resolvers; i++) {
		const struct dw_reply_size_resolver *resolver = &facts->resolvers[i];
		const struct dw_size_sample sample = sample_of(resolver);
		struct dw_reply_size_verdict *result = &figures->verdicts[i];
		struct dw_reply_size_case trial = {facts, policy, findings, resolver, result};

		*result = (struct dw_reply_size_verdict){.kind = dw_reply_size_row(DW_REPLY_SIZE_FINE)};
		if (dw_reply_size_has_answered(resolver))
			judge_walk(&trial, &sample);
		else
			dw_reply_size_silence_judge(&trial, any);
		count(resolver, &sample, result, figures);
	}
	dw_findings_sort(findings);
}
