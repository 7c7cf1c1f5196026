#include "dns/reply_size_judge.h"

#include <stdarg.h>
#include <stdio.h>

#include "dns/judgement.h"
#include "dns/presence.h"
#include "dns/wire.h"

/* A drop is claimed when chance explains it less often than this. */
#define CHANCE_MAX 0.001

/* From here on the loss of questions or answers is worth a word. */
#define LOSS_MIN 12 /* per cent */

enum kind {
	FOUND_SILENT,
	FOUND_REFUSED,
	FOUND_NOT_GRADED,
	FOUND_TCP_FAILS,
	FOUND_FETCH,
	FOUND_UDP,
	FOUND_LARGE,
	FOUND_LOSS,
	FOUND_UNSURE,
	FOUND_NO_ROUTE,
	FOUND_FINE,
};

static const struct dw_finding_kind rows[] = {
	[FOUND_SILENT] = {"resolver-silent", DW_CRITICAL,
		"see that the resolver runs, and that UDP and TCP port 53 reach it"},
	[FOUND_REFUSED] = {"resolver-refuses", DW_UNKNOWN,
		"let the resolver answer this host, or name a resolver that does with --via"},
	[FOUND_NOT_GRADED] = {"not-graded", DW_UNKNOWN,
		"put the zone of packaging/graded on a server, and name it with --zone"},
	[FOUND_TCP_FAILS] = {"tcp-fails", DW_CRITICAL,
		"open TCP port 53 between this host and the resolver (RFC 7766)"},
	[FOUND_FETCH] = {"fetch-limited", DW_CRITICAL,
		"at the resolver: open TCP port 53 outwards, let fragments in, or set its EDNS buffer to 1232"},
	[FOUND_UDP] = {"udp-dropped", DW_WARNING,
		"let fragments pass from the resolver to its clients, or have it send at most 1232 octets by UDP"},
	[FOUND_LARGE] = {"udp-large", DW_WARNING, "have the resolver send at most 1232 octets by UDP (RFC 9715)"},
	[FOUND_LOSS] = {"loss", DW_WARNING, "look at the path to the resolver: packets get lost on it"},
	[FOUND_UNSURE] = {"not-finished", DW_UNKNOWN, "allow more time with --timeout"},
	[FOUND_NO_ROUTE] = {"no-route", DW_UNKNOWN, "use -4 or -6 to leave the other family out"},
	[FOUND_FINE] = {"fine", DW_NOTE, NULL},
};

/* One resolver being judged. */
struct verdict {
	const struct dw_reply_size_facts *facts;
	const struct dw_reply_size_policy *policy;
	struct dw_findings *findings;
	const struct dw_reply_size_resolver *resolver;
	struct dw_reply_size_verdict *result;
};

static void add(struct verdict *verdict, enum kind kind, enum dw_severity severity, const char *format, ...)
	DW_PRINTF(4, 5);

/* Adds a finding; the first is what the resolver's verdict is called by. */
static void add(struct verdict *verdict, enum kind kind, enum dw_severity severity, const char *format, ...)
{
	char zone[64], server[DW_SERVER_TEXT_MAX], clause[DW_FINDING_TEXT_MAX];
	struct dw_place place = {.zone = &verdict->facts->zone, .server = server};
	va_list values;

	va_start(values, format);
	vsnprintf(clause, sizeof(clause), format, values);
	va_end(values);
	dw_judgement_server_text(&verdict->resolver->server, server);
	dw_findings_add(verdict->findings, &rows[kind], severity, &place, "%s: resolver %.100s: %s",
		dw_judgement_name_text(&verdict->facts->zone, zone), server, clause);
	if (verdict->result->kind == &rows[FOUND_FINE])
		verdict->result->kind = &rows[kind];
	if (severity > verdict->result->severity)
		verdict->result->severity = severity;
}

/* "above 1232 octets", or of any size when nothing passed. */
static const char *above_text(const struct dw_size_bracket *found, char text[48])
{
	if (found->passed == 0)
		snprintf(text, 48, "of any size");
	else
		snprintf(text, 48, "above %zu octets", found->passed);
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

/* The resolver says nothing, not even of the smallest answer. */
static void judge_silence(struct verdict *verdict, bool others)
{
	const struct dw_grade *first = &verdict->resolver->grades[0];
	enum dw_severity severity = others ? DW_WARNING : DW_CRITICAL;

	if (first->udp.status == DW_NO_ROUTE)
		add(verdict, FOUND_NO_ROUTE, others ? DW_NOTE : DW_UNKNOWN, "this host has no route to it");
	else if (first->udp.n_asked > 0 && (first->udp.n_lost > 0 || first->udp.status != DW_TIMEOUT))
		add(verdict, FOUND_SILENT, severity, "does not answer: %s", first->udp.reason);
	else
		add(verdict, FOUND_UNSURE, DW_UNKNOWN, "time was up before it could be asked");
}

/* Whether the smallest answer shows that there is something to walk on. */
static bool judge_first(struct verdict *verdict)
{
	const struct dw_grade *first = &verdict->resolver->grades[0];
	char reason[96];

	if (dw_grade_fetched(first))
		return true;
	failure_text(first, reason);
	if (dw_grade_absent(first))
		add(verdict, FOUND_NOT_GRADED, DW_UNKNOWN, "the zone has no answers of graded sizes: %s for r%04u",
			reason, first->size);
	else if (dw_grade_answered(said(first)) && said(first)->rcode != DW_RCODE_SERVFAIL)
		add(verdict, FOUND_REFUSED, DW_UNKNOWN, "answers with %s", reason);
	else
		add(verdict, FOUND_FETCH, DW_CRITICAL, "cannot fetch even an answer of %u octets: %s", first->size,
			reason);
	return false;
}

/* TCP brings nothing, though the resolver has the answer or refuses the connection. */
static void judge_tcp(struct verdict *verdict)
{
	const struct dw_size_bracket *tcp = &verdict->result->tcp;
	const struct dw_grade *failed = dw_grade_find(verdict->resolver, tcp->failed);
	size_t by_udp = verdict->result->udp.passed;
	size_t came = tcp->passed > by_udp ? tcp->passed : by_udp;

	if (failed == NULL || (!dw_grade_fetched(failed) && failed->tcp.status == DW_TIMEOUT))
		return;
	if (tcp->failed > came)
		add(verdict, FOUND_TCP_FAILS, DW_CRITICAL, "answers above %zu octets do not reach us: %s, TCP: %.60s",
			came, failed->udp.truncated ? "UDP says TC" : "lost by UDP", failed->tcp.reason);
	else
		add(verdict, FOUND_TCP_FAILS, DW_CRITICAL, "TCP fails: %.60s; UDP brings up to %zu octets",
			failed->tcp.reason, by_udp);
}

static void judge_fetch(struct verdict *verdict)
{
	const struct dw_size_bracket *fetched = &verdict->result->fetched;
	const struct dw_grade *failed = dw_grade_find(verdict->resolver, fetched->failed);
	char above[48], reason[96];

	if (failed != NULL && dw_grade_absent(failed))
		add(verdict, FOUND_NOT_GRADED, DW_UNKNOWN, "the zone has no answer of %u octets: %s for r%04u",
			failed->size, failure_text(failed, reason), failed->size);
	else if (failed != NULL)
		add(verdict, FOUND_FETCH, DW_CRITICAL, "answers %s do not get to it (%zu came, %zu did not: %s)",
			above_text(fetched, above), fetched->passed, fetched->failed, failure_text(failed, reason));
}

/* Answers that the resolver has, and that get lost between it and us by UDP. */
static void judge_udp(struct verdict *verdict)
{
	const struct dw_size_bracket *udp = &verdict->result->udp;
	bool tcp = verdict->result->tcp.passed > udp->passed;
	char above[48];

	if (udp->failed == 0 ||
		(verdict->result->fetched.failed > 0 && udp->failed >= verdict->result->fetched.failed))
		return;
	if (dw_grade_chance(verdict->resolver, udp->passed) < CHANCE_MAX)
		add(verdict, FOUND_UDP, tcp ? DW_WARNING : DW_CRITICAL,
			"UDP answers %s are dropped on the way to us (%zu passed, %zu did not)%s", above_text(udp, above),
			udp->passed, udp->failed, tcp ? "; TCP brings them" : "");
}

static void judge_loss(struct verdict *verdict)
{
	const struct dw_grade_loss loss = dw_grade_loss(verdict->resolver);

	if (loss.n_lost > 1 && loss.n_lost * 100 >= loss.n_asked * LOSS_MIN)
		add(verdict, FOUND_LOSS, DW_WARNING, "packets get lost: %u of %u UDP questions were not answered",
			loss.n_lost, loss.n_asked);
}

/* The walk was not finished, and what there is does not show why. */
static void judge_end(struct verdict *verdict)
{
	const struct dw_size_bracket *fetched = &verdict->result->fetched;
	const struct dw_reply_size_resolver *resolver = verdict->resolver;

	if (verdict->result->kind == &rows[FOUND_FINE] &&
		fetched->passed < resolver->grades[resolver->n_grades - 1].size)
		add(verdict, FOUND_UNSURE, DW_UNKNOWN, "time was up before answers above %zu octets came or failed",
			fetched->passed);
}

/* The largest UDP answer, and the largest buffer that the resolver names. */
static void measure(const struct dw_reply_size_resolver *resolver, size_t *largest, unsigned *advertised)
{
	*largest = 0;
	*advertised = 0;
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade_answer *udp = &resolver->grades[i].udp;
		if (dw_grade_answered(udp) && udp->size > *largest)
			*largest = udp->size;
		if (dw_grade_answered(udp) && udp->advertised > *advertised)
			*advertised = udp->advertised;
	}
}

static void judge_large(struct verdict *verdict)
{
	const struct dw_reply_size_policy *policy = verdict->policy;
	size_t largest;
	unsigned advertised;

	measure(verdict->resolver, &largest, &advertised);
	bool sends = dw_range_alarms(&policy->critical, (int64_t)largest, 0) ||
		dw_range_alarms(&policy->warning, (int64_t)largest, 0);
	int64_t worst = sends ? (int64_t)largest : (int64_t)advertised;
	enum dw_severity severity = dw_range_alarms(&policy->critical, worst, 0) ? DW_CRITICAL
		: dw_range_alarms(&policy->warning, worst, 0)                        ? DW_WARNING
																			 : DW_NOTE;
	if (severity > DW_NOTE && worst > 0)
		add(verdict, FOUND_LARGE, severity,
			sends ? "sends UDP answers of %u octets" : "takes UDP messages of %u octets", (unsigned)worst);
}

/* Judges a resolver that has answered. */
static void judge_walk(struct verdict *verdict)
{
	struct dw_reply_size_verdict *result = verdict->result;

	result->fetched = dw_grade_bracket(verdict->resolver, dw_grade_fetched, dw_grade_missed);
	result->udp = dw_grade_bracket(verdict->resolver, dw_grade_by_udp, dw_grade_udp_lost);
	result->tcp = dw_grade_bracket(verdict->resolver, dw_grade_by_tcp, dw_grade_tcp_lost);
	if (!judge_first(verdict))
		return;
	judge_tcp(verdict);
	judge_fetch(verdict);
	judge_udp(verdict);
	judge_large(verdict);
	judge_loss(verdict);
	judge_end(verdict);
}

static bool has_answered(const struct dw_reply_size_resolver *resolver)
{
	return dw_grade_answered(&resolver->grades[0].udp) || dw_grade_answered(&resolver->grades[0].tcp);
}

/* Adds one resolver to the figures. */
static void count(const struct dw_reply_size_resolver *resolver, const struct dw_reply_size_verdict *result,
	struct dw_reply_size_figures *figures)
{
	dw_millis udp = INT64_MAX, tcp = INT64_MAX;
	size_t largest;
	unsigned advertised;

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		if (dw_grade_answered(&grade->udp) && grade->udp.elapsed < udp)
			udp = grade->udp.elapsed;
		if (dw_grade_answered(&grade->tcp) && grade->tcp.elapsed < tcp)
			tcp = grade->tcp.elapsed;
	}
	measure(resolver, &largest, &advertised);
	figures->udp_known = figures->udp_known || largest > 0;
	figures->udp_max = largest > figures->udp_max ? largest : figures->udp_max;
	figures->advertised_known = figures->advertised_known || advertised > 0;
	figures->advertised = advertised > figures->advertised ? advertised : figures->advertised;
	figures->udp_time = udp != INT64_MAX && udp > figures->udp_time ? udp : figures->udp_time;
	figures->udp_time_known = figures->udp_time_known || udp != INT64_MAX;
	figures->tcp_time = tcp != INT64_MAX && tcp > figures->tcp_time ? tcp : figures->tcp_time;
	figures->tcp_time_known = figures->tcp_time_known || tcp != INT64_MAX;
	if (has_answered(resolver) && (!figures->fetched_known || result->fetched.passed < figures->fetched))
		figures->fetched = result->fetched.passed;
	figures->fetched_known = figures->fetched_known || has_answered(resolver);
	figures->servers++;
	figures->servers_bad += result->severity >= DW_WARNING;
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

void dw_reply_size_judge(const struct dw_reply_size_facts *facts, const struct dw_reply_size_policy *policy,
	struct dw_findings *findings, struct dw_reply_size_figures *figures)
{
	bool any = false;

	*figures = (struct dw_reply_size_figures){.n_verdicts = facts->n_resolvers};
	judge_discovery(facts, findings);
	for (unsigned i = 0; i < facts->n_resolvers; i++)
		any = any || has_answered(&facts->resolvers[i]);
	for (unsigned i = 0; i < facts->n_resolvers; i++) {
		struct dw_reply_size_verdict *result = &figures->verdicts[i];
		struct verdict verdict = {facts, policy, findings, &facts->resolvers[i], result};
		*result = (struct dw_reply_size_verdict){.kind = &rows[FOUND_FINE]};
		if (has_answered(&facts->resolvers[i]))
			judge_walk(&verdict);
		else
			judge_silence(&verdict, any);
		count(&facts->resolvers[i], result, figures);
	}
	dw_findings_sort(findings);
}
