#include "result.h"

#include <stdlib.h>
#include <string.h>

#include "show.h"

static json_t *text_or_null(const char *text)
{
	return text[0] == '\0' ? json_null() : json_string(text);
}

/* All servers of a finding. */
static json_t *of_servers(const struct dw_finding *finding)
{
	json_t *list = json_array();

	if (list != NULL && finding->server[0] != '\0')
		(void)json_array_append_new(list, json_string(finding->server));
	for (const char *line = finding->others, *end; list != NULL && line != NULL && *line != '\0';
		 line = end + 1) {
		end = strchr(line, '\n');
		(void)json_array_append_new(list, json_stringn(line, (size_t)(end - line)));
	}
	return list;
}

static json_t *of_finding(const struct dw_finding *finding)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:s+, s:s?}", "word", finding->kind->word, "severity",
		dw_severity_text(finding->severity), "zone", dw_show_name(&finding->zone), "server",
		text_or_null(finding->server), "servers", of_servers(finding), "record",
		text_or_null(finding->record), "text", finding->text, finding->more, "hint", finding->kind->hint);
}

static json_t *of_findings(const struct dw_findings *findings)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < findings->n_findings; i++)
		(void)json_array_append_new(list, of_finding(&findings->items[i]));
	return list;
}

static json_t *of_value(const struct dw_figure *figure)
{
	if (!figure->known)
		return json_null();
	return figure->thousandths ? json_real((double)figure->value / 1000) : json_integer(figure->value);
}

static json_t *of_figure(const struct dw_metric *metric, const struct dw_figure *figure)
{
	return json_pack("{s:o, s:s, s:o, s:o}", "value", of_value(figure), "unit", metric->unit, "warning",
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
		dw_severity_text(verdict->findings.worst), "summary", dw_result_sentence(verdict), "findings",
		of_findings(&verdict->findings), "findings_dropped", (int)verdict->findings.n_dropped, "figures",
		of_figures(result, verdict), "facts", result->plugin->subject->facts(result->inquiries[at].self));
}

/* Prints a document, whole or not at all, and releases it; false without memory. */
static bool print(json_t *document, FILE *page)
{
	char *text = document == NULL ? NULL : json_dumps(document, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	const bool whole = text != NULL;

	if (whole)
		(void)fprintf(page, "%s\n", text);
	free(text);
	json_decref(document);
	return whole;
}

enum dw_status dw_result_json(const struct dw_result *result, FILE *page, struct dw_error *error)
{
	const enum dw_severity state = dw_result_state(result);
	json_t *zones = json_array();
	json_t *document = NULL;
	bool whole = true; /* a zone that found no memory must not be missing in silence */

	for (size_t i = 0; zones != NULL && i < result->n_zones; i++)
		whole = json_array_append_new(zones, of_zone(result, i)) == 0 && whole;
	document = json_pack("{s:s, s:s, s:i, s:s, s:i, s:o, s:f, s:o, s:o}", "plugin", result->plugin->name,
		"version", DW_VERSION, "schema", 1, "state", dw_severity_text(state), "exit_code",
		dw_exit_code(state), "now", dw_show_moment(result->now), "elapsed", (double)result->elapsed / 1000,
		"figures", of_figures(result, NULL), "zones", zones);
	if (!whole) {
		json_decref(document);
		document = NULL;
	}
	return print(document, page) ? DW_OK : dw_fail(error, DW_SYSTEM, "no memory for the JSON document");
}

/* A text of the command line as a string; one that is no UTF-8 keeps its ASCII. */
static json_t *of_octets(const char *text)
{
	char ascii[sizeof(((struct dw_error *)NULL)->text)];
	json_t *string = json_string(text);
	size_t length = 0;

	for (; string == NULL && text[length] != '\0' && length < sizeof ascii - 1; length++)
		ascii[length] = (char)((unsigned char)text[length] > 0x7e ? '?' : text[length]);
	return string != NULL ? string : json_stringn(ascii, length);
}

void dw_result_json_failure(
	const struct dw_plugin *plugin, enum dw_severity state, const struct dw_error *error, FILE *page)
{
	json_t *document = json_pack("{s:s, s:s, s:i, s:s, s:i, s:o}", "plugin", plugin->name, "version",
		DW_VERSION, "schema", 1, "state", dw_severity_text(state), "exit_code", dw_exit_code(state), "error",
		of_octets(error->text));

	if (!print(document, page))
		(void)fprintf(page, "{\"plugin\": \"%s\", \"state\": \"%s\", \"exit_code\": %d}\n", plugin->name,
			dw_severity_text(state), dw_exit_code(state));
}
