#include "reply_size_json.h"

#include "show.h"
#include "survey_json.h"

static json_t *of_bracket(const struct dw_size_bracket *bracket)
{
	return json_pack(
		"{s:o, s:o}", "passed", dw_show_size(bracket->passed), "failed", dw_show_size(bracket->failed));
}

static json_t *of_answer(const struct dw_grade_answer *answer)
{
	if (answer->n_asked == 0)
		return json_null();
	return json_pack("{s:i, s:i, s:s, s:s, s:i, s:b, s:b, s:I, s:o, s:I}", "asked", (int)answer->n_asked,
		"lost", (int)answer->n_lost, "status", dw_status_text(answer->status), "reason", answer->reason,
		"rcode", answer->rcode, "tc", answer->truncated, "whole", answer->whole, "size",
		(json_int_t)answer->size, "advertised", dw_show_size(answer->advertised), "elapsed_ms",
		(json_int_t)answer->elapsed);
}

/* What came from another address. */
static json_t *of_elsewhere(const struct dw_reply_size_resolver *resolver)
{
	char text[DW_ADDRESS_TEXT_MAX];

	return json_pack("{s:i, s:o}", "count", (int)resolver->n_elsewhere, "address",
		resolver->n_elsewhere == 0 ? json_null()
								   : json_string(dw_address_format(&resolver->elsewhere, text)));
}

static json_t *of_resolver(
	const struct dw_reply_size_resolver *resolver, const struct dw_reply_size_verdict *verdict)
{
	json_t *grades = json_array();

	for (unsigned i = 0; grades != NULL && i < resolver->n_grades; i++)
		(void)json_array_append_new(grades,
			json_pack("{s:i, s:o, s:o}", "size", resolver->grades[i].size, "udp",
				of_answer(&resolver->grades[i].udp), "tcp", of_answer(&resolver->grades[i].tcp)));
	return json_pack("{s:o, s:{s:s, s:s, s:s?, s:o, s:o, s:o}, s:i, s:o, s:i, s:i, s:o}", "server",
		dw_survey_json_server(&resolver->server), "verdict", "word", verdict->kind->word, "severity",
		dw_severity_text(verdict->severity), "hint", verdict->kind->hint, "fetched",
		of_bracket(&verdict->fetched), "udp", of_bracket(&verdict->udp), "tcp", of_bracket(&verdict->tcp),
		"packets", (int)resolver->n_packets, "elsewhere", of_elsewhere(resolver), "garbage",
		(int)resolver->n_garbage, "repeated", (int)resolver->n_repeated, "grades", grades);
}

json_t *dw_reply_size_json(
	const struct dw_reply_size_facts *facts, const struct dw_reply_size_figures *figures)
{
	json_t *resolvers = json_array();

	for (unsigned i = 0; resolvers != NULL && i < facts->n_resolvers && i < figures->n_verdicts; i++)
		(void)json_array_append_new(resolvers, of_resolver(&facts->resolvers[i], &figures->verdicts[i]));
	return json_pack(
		"{s:o, s:o}", "discovery", dw_survey_json_discovery(facts->discovery), "resolvers", resolvers);
}
