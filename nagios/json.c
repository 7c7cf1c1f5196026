#include "result.h"

#include <stdlib.h>

#include "show.h"

static json_t *text_or_null(const char *text)
{
	return text[0] == '\0' ? json_null() : json_string(text);
}

static json_t *of_finding(const struct dw_finding *finding)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:s+, s:s?}", "word", finding->kind->word, "severity",
		dw_severity_text(finding->severity), "zone", dw_show_name(&finding->zone), "server",
		text_or_null(finding->server), "record", text_or_null(finding->record), "text", finding->text,
		finding->more, "hint", finding->kind->hint);
}

static json_t *of_findings(const struct dw_findings *findings)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < findings->n_findings; i++)
		(void)json_array_append_new(list, of_finding(&findings->items[i]));
	return list;
}

static json_t *of_figure(const struct dw_metric *metric, const struct dw_figure *figure)
{
	return json_pack("{s:o, s:s, s:o, s:o}", "value",
		figure->known ? json_integer(figure->value) : json_null(), "unit", metric->unit, "warning",
		text_or_null(figure->warning), "critical", text_or_null(figure->critical));
}

/* The figures of one zone, or with no verdict those of all zones together. */
static json_t *of_figures(const struct dw_result *result, const struct dw_verdict *verdict)
{
	const struct dw_metric *metrics = result->plugin->metrics;
	json_t *object = json_object();

	for (unsigned i = 0; object != NULL && metrics[i].label != NULL; i++) {
		const struct dw_figure figure = verdict == NULL ? dw_result_total(result, i) : verdict->figures[i];

		(void)json_object_set_new(object, metrics[i].label, of_figure(&metrics[i], &figure));
	}
	return object;
}

static json_t *of_zone(const struct dw_result *result, size_t at)
{
	const struct dw_verdict *verdict = &result->verdicts[at];

	return json_pack("{s:o, s:s, s:s, s:o, s:i, s:o, s:o}", "zone", dw_show_name(&verdict->zone), "state",
		dw_severity_text(verdict->findings.worst), "summary", verdict->summary, "findings",
		of_findings(&verdict->findings), "findings_dropped", (int)verdict->findings.n_dropped, "figures",
		of_figures(result, verdict), "facts", result->plugin->subject->facts(result->inquiries[at].self));
}

enum dw_status dw_result_json(const struct dw_result *result, FILE *page, struct dw_error *error)
{
	const enum dw_severity state = dw_result_state(result);
	json_t *zones = json_array();
	json_t *document = NULL;
	bool whole = true; /* a zone that found no memory must not be missing in silence */
	int failed = -1;

	for (size_t i = 0; zones != NULL && i < result->n_zones; i++)
		whole = json_array_append_new(zones, of_zone(result, i)) == 0 && whole;
	document = json_pack("{s:s, s:s, s:i, s:s, s:i, s:o, s:f, s:o, s:o}", "plugin", result->plugin->name,
		"version", DW_VERSION, "schema", 1, "state", dw_severity_text(state), "exit_code",
		dw_exit_code(state), "now", dw_show_moment(result->now), "elapsed", (double)result->elapsed / 1000,
		"figures", of_figures(result, NULL), "zones", zones);
	if (document != NULL && whole)
		failed = json_dumpf(document, page, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	json_decref(document);
	if (failed == 0)
		(void)fputc('\n', page);
	return failed == 0 ? DW_OK : dw_fail(error, DW_SYSTEM, "no memory for the JSON document");
}

void dw_result_json_failure(const struct dw_plugin *plugin, const struct dw_error *error, FILE *page)
{
	json_t *document = json_pack("{s:s, s:s, s:i, s:s, s:i, s:s}", "plugin", plugin->name, "version",
		DW_VERSION, "schema", 1, "state", dw_severity_text(DW_UNKNOWN), "exit_code", dw_exit_code(DW_UNKNOWN),
		"error", error->text);

	if (document == NULL || json_dumpf(document, page, JSON_INDENT(2)) != 0)
		dw_result_failure(plugin, error, page);
	json_decref(document);
	(void)fputc('\n', page);
}
