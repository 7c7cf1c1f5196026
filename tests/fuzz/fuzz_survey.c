/*
 * Surveys from bytes: the first chooses servers and policy, then follows an answer to each question in turn:
 * how it ended, or the octets of a message, or "as the first server answered". The seeds are real answers of
 * a signed zone, good and spoiled. A survey always ends within its bound, and what the judge says is fit to
 * be printed.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dns/elsewhere.h"
#include "dns/signature.h"
#include "dns/survey.h"
#include "fuzz/target.h"

#define NOW         INT64_C(1750000000) /* the seeds are signed around it */
#define SERVERS_MAX 2
#define FIXED       4 /* questions to each server beside the records */

/* Below this the first octet of an answer is a failure; from SAME on it repeats the first server's answer. */
#define MESSAGE 0x10
#define SAME    0x80

struct octets {
	const uint8_t *data;
	size_t length;
};

static const struct {
	const char *name;
	uint16_t type;
} records[] = {
	{"www.example.org", DW_TYPE_A},
	{"alias.example.org", DW_TYPE_A},
	{"x.wild.example.org", DW_TYPE_TXT},
	{"www.old.example.org", DW_TYPE_A},
	{"www.plain.example.org", DW_TYPE_A},
	{"safe.example.org", DW_TYPE_DS},
};

#define N_RECORDS     (sizeof(records) / sizeof(records[0]))
#define QUESTIONS_MAX (SERVERS_MAX * (FIXED + N_RECORDS * (1 + DW_ELSEWHERE_QUESTIONS_MAX)))

static struct dw_survey *begin(uint8_t flags)
{
	struct dw_survey_plan *plan = calloc(1, sizeof(*plan));
	struct dw_survey *survey = NULL;

	require(plan != NULL);
	require(dw_name_parse("example.org", &plan->discovery.zone, NULL) == DW_OK);
	plan->discovery.n_hosts = 1 + (flags & 1);
	for (unsigned i = 0; i < plan->discovery.n_hosts; i++) {
		const uint8_t address[] = {192, 0, 2, (uint8_t)(i + 1)};
		plan->discovery.hosts[i].address = dw_address_of(address, sizeof(address), DW_PORT_DNS);
	}
	for (unsigned i = 0; i < N_RECORDS; i++) {
		require(dw_name_parse(records[i].name, &plan->records[i].name, NULL) == DW_OK);
		plan->records[i].type = records[i].type;
	}
	plan->n_records = N_RECORDS;
	plan->now = NOW;
	memcpy(plan->absent_label, "absent", sizeof("absent"));
	require(dw_survey_new(plan, &survey, NULL) == DW_OK);
	free(plan);
	return survey;
}

/* Takes the next answer; `first` holds what the first server said to each question. */
static struct dw_answer next_answer(struct input *input, struct octets *first)
{
	static const enum dw_status failures[] = {DW_TIMEOUT, DW_REFUSED, DW_NO_ROUTE, DW_MALFORMED, DW_SYSTEM};
	struct dw_answer answer = {.status = DW_OK, .attempts = 1};
	uint8_t control = take(input);

	if (control < MESSAGE) {
		answer.status = failures[control % (sizeof(failures) / sizeof(failures[0]))];
		answer.truncated = control > 7;
		return answer;
	}
	if (control < SAME || first->data == NULL) {
		size_t length = (size_t)take(input) << 8;
		length |= take(input);
		length = length < input->left ? length : input->left;
		*first = (struct octets){input->data, length};
		input->data += length;
		input->left -= length;
	}
	answer.length = first->length;
	return answer;
}

/* Hands an answer over, in memory that ends where it does. */
static void hand(struct dw_survey *survey, unsigned tag, const struct dw_question *question,
	struct dw_answer *answer, struct octets octets)
{
	uint8_t *wire = malloc(octets.length > 0 ? octets.length : 1);

	require(wire != NULL);
	if (octets.length > 0)
		memcpy(wire, octets.data, octets.length);
	answer->wire = answer->status == DW_OK ? wire : NULL;
	dw_survey_class.answer(survey, tag, question, answer);
	free(wire);
}

static void carry(struct dw_survey *survey, struct input *input)
{
	struct dw_question questions[QUESTIONS_MAX + 1];
	unsigned tags[QUESTIONS_MAX + 1], n_asked = 0, n_done = 0;
	struct octets first[FIXED + N_RECORDS] = {{NULL, 0}};

	for (;;) {
		while (dw_survey_class.next(survey, &questions[n_asked], &tags[n_asked]))
			require(++n_asked <= QUESTIONS_MAX);
		if (n_done == n_asked)
			return;
		struct octets *said = &first[tags[n_done] % (FIXED + N_RECORDS)];
		struct dw_answer answer = next_answer(input, said);
		hand(survey, tags[n_done], &questions[n_done], &answer, *said);
		n_done++;
	}
}

/* Text that may go into the output of a check. */
static void require_printable(const char *text, size_t size)
{
	require(memchr(text, '\0', size) != NULL);
	for (; *text != '\0'; text++)
		require(isprint((unsigned char)*text) && *text != '|');
}

static void judge(const struct dw_survey *survey, uint8_t flags)
{
	struct dw_signature_policy policy = {
		.skew = (flags & 2) != 0 ? 300 : 0, .unsigned_state = (enum dw_severity)(flags >> 2 & 3)};
	struct dw_findings findings = {.items = NULL};
	struct dw_signature_figures figures;

	require(dw_range_parse("20%", DW_RANGE_LEFT, &policy.warning, NULL) == DW_OK);
	require(dw_range_parse("10%", DW_RANGE_LEFT, &policy.critical, NULL) == DW_OK);
	dw_signature_judge(dw_survey_facts(survey), &policy, &findings, &figures);
	for (size_t i = 0; i < findings.n_findings; i++) {
		require_printable(findings.items[i].text, sizeof(findings.items[i].text));
		require_printable(findings.items[i].server, sizeof(findings.items[i].server));
		require_printable(findings.items[i].record, sizeof(findings.items[i].record));
		require(findings.items[i].severity <= findings.worst);
		require(i == 0 || findings.items[i].severity <= findings.items[i - 1].severity);
	}
	require(figures.servers_bad <= figures.servers);
	/* What is dead is never fine. */
	require(!figures.known || figures.remaining > 0 || findings.worst == DW_CRITICAL);
	require_printable(figures.server, sizeof(figures.server));
	require_printable(figures.record, sizeof(figures.record));
	dw_findings_fini(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};
	uint8_t flags = take(&input);
	struct dw_survey *survey = begin(flags);

	carry(survey, &input);
	require(dw_survey_facts(survey)->n_verified <= SERVERS_MAX * DW_RULES_BUDGET_MAX);
	judge(survey, flags);
	dw_survey_free(survey);
	return 0;
}
