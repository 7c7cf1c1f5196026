/*
 * Walks up a zone of graded answers, from bytes: the first say who is asked, what manners the resolvers have
 * and when time is up; then an octet or more for each answer (see support/hostile). A walk always ends,
 * within its bounds of questions and time; what passes is smaller than what fails; a resolver is only said to
 * be silent, or without TCP, where that was never seen to work; and what is said is fit to be printed.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "reply_size_json.h"
#include "reply_size_show.h"
#include "size_summary.h"
#include "support/graded.h"
#include "support/hostile.h"

#define TCP_TRIES     2
#define QUESTIONS_MAX (DW_GRADED_RESOLVERS * DW_GRADES_MAX * (DW_GRADE_TRIES + TCP_TRIES))
#define BUDGET        7000
/* The smallest grade alone, by UDP and TCP; then the others. */
#define TIME_MAX (2 * (BUDGET + TCP_TRIES * DW_HOSTILE_TCP_WAIT))

static void respond_honestly(
	void *context, const struct dw_question *question, struct dw_answer *answer, uint8_t *wire)
{
	dw_graded_respond(context, question, answer, wire);
}

/* How one resolver behaves where it is honest. */
static void make_manners(struct dw_hostile *hostile, struct dw_graded_manners *manners)
{
	static const uint16_t rcodes[] = {
		DW_RCODE_NOERROR, DW_RCODE_SERVFAIL, DW_RCODE_NXDOMAIN, DW_RCODE_REFUSED};
	static const enum dw_status ends[] = {DW_OK, DW_TIMEOUT, DW_REFUSED, DW_MALFORMED};
	uint8_t flags = dw_hostile_take(hostile);

	*manners = (struct dw_graded_manners){.silent = flags == UINT8_MAX, .mute = (flags & 1) != 0};
	manners->no_data = (flags & 6) == 6;
	manners->garbage = (flags & 0x18) == 0x18;
	manners->rcode = rcodes[(flags & 0x60) == 0x60 ? flags >> 1 & 3 : 0];
	manners->by_tcp = ends[(flags & 0x80) != 0 ? flags >> 3 & 3 : 0];
	manners->fetches = 20U * dw_hostile_take(hostile);
	manners->sends = 20U * dw_hostile_take(hostile);
	manners->passes = 20U * dw_hostile_take(hostile);
	manners->cuts = (flags & 0x48) == 0x48;
	manners->no_opt = (flags & 0x24) == 0x24;
	manners->udp_rcode = (flags & 0x90) == 0x90 ? DW_RCODE_FORMERR : DW_RCODE_NOERROR;
	manners->by_udp = ends[(flags & 0x0c) == 0x0c ? flags >> 4 & 3 : 0];
}

/* Makes resolvers and grades; true when all of them behave as they should. */
static bool make_world(struct dw_hostile *hostile, struct dw_graded *graded)
{
	uint8_t flags = dw_hostile_take(hostile);
	struct dw_discovery_plan *discovery = &graded->plan.discovery;

	dw_hostile_require(dw_name_parse("graded.example.org", &discovery->zone, NULL) == DW_OK);
	graded->plan.budget = BUDGET;
	graded->n_resolvers = 1 + flags % DW_GRADED_RESOLVERS;
	discovery->n_hosts = graded->n_resolvers;
	for (unsigned i = 0; i < graded->n_resolvers; i++) {
		const uint8_t address[] = {192, 0, 2, (uint8_t)(53 + i)};
		discovery->hosts[i].address = dw_address_of(address, sizeof(address), DW_PORT_DNS);
		if ((flags & 0x10) != 0)
			make_manners(hostile, &graded->manners[i]);
	}
	bool well = (flags & 0x10) == 0;
	if ((flags & 0x20) == 0)
		return well;
	graded->plan.n_grades = 1 + dw_hostile_take(hostile) % DW_GRADES_MAX;
	for (unsigned i = 0; i < graded->plan.n_grades; i++)
		graded->plan.grades[i] = (uint16_t)(128 + 256 * i + dw_hostile_take(hostile));
	return well;
}

static void check_bracket(const struct dw_size_bracket *found, const struct dw_reply_size_resolver *resolver)
{
	dw_hostile_require(found->failed == 0 || found->failed > found->passed);
	dw_hostile_require(found->failed == 0 || dw_grade_find(resolver, found->failed) != NULL);
	dw_hostile_require(found->passed == 0 || dw_grade_find(resolver, found->passed) != NULL);
}

/* Whether everything was asked, and answered whenever it was, by UDP and by TCP. */
static bool is_complete(const struct dw_reply_size_resolver *resolver)
{
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];

		if (grade->udp.n_asked == 0 || grade->udp.n_lost > 0 || grade->udp.status != DW_OK ||
			grade->tcp.n_lost > 0 || grade->tcp.status != DW_OK || grade->tcp.truncated)
			return false;
	}
	return true;
}

static bool is_word(const struct dw_reply_size_verdict *verdict, const char *word)
{
	return strcmp(verdict->kind->word, word) == 0;
}

static void check_resolver(
	const struct dw_reply_size_resolver *resolver, const struct dw_reply_size_verdict *verdict)
{
	static const char *const lossy[] = {
		"resolver-silent", "udp-dropped", "tcp-fails", "loss", "not-finished", "no-route"};
	bool complete = is_complete(resolver);

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];

		dw_hostile_require(grade->udp.n_asked <= DW_GRADE_TRIES && grade->tcp.n_asked <= TCP_TRIES);
		dw_hostile_require(
			grade->udp.n_lost <= grade->udp.n_asked && grade->tcp.n_lost <= grade->tcp.n_asked);
		dw_hostile_require(!is_word(verdict, "resolver-silent") || !dw_grade_answered(&grade->udp));
	}
	check_bracket(&verdict->fetched, resolver);
	check_bracket(&verdict->udp, resolver);
	check_bracket(&verdict->tcp, resolver);
	for (unsigned i = 0; i < sizeof(lossy) / sizeof(lossy[0]) && complete; i++)
		dw_hostile_require(!is_word(verdict, lossy[i]));
}

static void check_faces(const struct dw_reply_size_facts *facts, const struct dw_reply_size_figures *figures)
{
	char summary[DW_SUMMARY_MAX], *text = NULL;
	size_t size = 0;
	FILE *page = open_memstream(&text, &size);

	dw_hostile_require(page != NULL);
	dw_reply_size_show(facts, figures, 3, page);
	dw_hostile_require(fclose(page) == 0);
	dw_hostile_page(text, size);
	dw_size_summary_fetched(&facts->zone, figures, summary);
	dw_hostile_printable(summary, sizeof(summary));
	json_t *object = dw_reply_size_json(facts, figures);
	dw_hostile_require(object != NULL);
	json_decref(object);
}

static void check(const struct dw_reply_size_facts *facts, bool honest)
{
	struct dw_findings findings = {.items = NULL};
	struct dw_reply_size_figures *figures = calloc(1, sizeof(*figures));
	struct dw_size_policy policy = {.warning = {.given = false}};

	dw_hostile_require(figures != NULL);
	dw_hostile_require(dw_range_parse("4096", DW_RANGE_COUNT, &policy.warning, NULL) == DW_OK);
	dw_reply_size_judge(facts, &policy, &findings, figures);
	dw_hostile_findings(&findings);
	dw_hostile_require(figures->sizes.servers_bad <= figures->sizes.servers &&
		figures->n_verdicts == figures->sizes.servers);
	dw_hostile_require(figures->sizes.udp_max <= DW_MESSAGE_MAX);
	for (unsigned i = 0; i < figures->n_verdicts; i++) {
		dw_hostile_require(figures->verdicts[i].severity <= findings.worst);
		dw_hostile_require(!honest || is_word(&figures->verdicts[i], "fine"));
		check_resolver(&facts->resolvers[i], &figures->verdicts[i]);
	}
	check_faces(facts, figures);
	dw_findings_fini(&findings);
	free(figures);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dw_graded *graded = dw_graded_new();
	struct dw_hostile hostile = {.data = data, .left = size, .honest = respond_honestly, .context = graded};

	bool well = make_world(&hostile, graded);
	/* The run ends at some time; usually long after the walk. */
	uint8_t deadline = dw_hostile_take(&hostile);
	hostile.deadline = deadline == 0 ? 2 * TIME_MAX : 40 * deadline;
	dw_hostile_require(dw_reply_size_new(&graded->plan, &graded->reply_size, NULL) == DW_OK);
	dw_millis took = dw_hostile_run(&hostile, &dw_reply_size_class, graded->reply_size, QUESTIONS_MAX);
	dw_hostile_require(took <= TIME_MAX);
	check(dw_reply_size_facts(graded->reply_size), well && hostile.n_tampered == 0 && deadline == 0);
	dw_graded_end(graded);
	return 0;
}
