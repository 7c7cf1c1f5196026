/*
 * result: what a monitoring system reads: state, one line, performance data, details.
 *
 * It shows verdicts and adds no opinion: the state is the worst finding's, text and performance data come
 * from the same values. Everything is printed to a page (a stream in memory), and written out once by the
 * program. Follows the Monitoring Plugins development guidelines. Nothing blocks; functions belong to
 * the program's thread.
 */
#ifndef DW_NAGIOS_RESULT_H
#define DW_NAGIOS_RESULT_H

#include <stdio.h>

#include "plugin.h"

/* Octets of the first line before the "|", at most. */
#define DW_FIRST_LINE_MAX 199
/* Findings shown without -v. */
#define DW_LINES_MAX 20

/* All that is to be shown about one run. */
struct dw_result {
	const struct dw_plugin *plugin;
	const struct dw_common *values;
	struct dw_verdict *verdicts;
	struct dw_inquiry *inquiries; /* of the same zones */
	size_t n_zones;
	dw_moment now;     /* as of when it was judged */
	dw_millis elapsed; /* of the run */
	bool timed_out;    /* the run ended by its deadline */
};

/* 0 to 3 for the monitoring system. */
int dw_exit_code(enum dw_severity severity);

/*
 * The worst state over all zones. When nothing is known because --timeout passed, it is the state that the
 * user gave with it.
 */
enum dw_severity dw_result_state(const struct dw_result *result);

/* What matters most about one zone: the text of its worst finding, or the summary when nothing is wrong. */
const char *dw_result_sentence(const struct dw_verdict *verdict);

/* Prints first line, findings and details as text. */
void dw_result_text(const struct dw_result *result, FILE *page);

/* Prints one JSON document. DW_SYSTEM without memory. */
DW_MUST_CHECK enum dw_status dw_result_json(
	const struct dw_result *result, FILE *page, struct dw_error *error);

/* Prints the one line of a run that could not look: "LABEL STATE - text". */
void dw_result_failure(
	const struct dw_plugin *plugin, enum dw_severity state, const struct dw_error *error, FILE *page);

/*
 * The same as a JSON document, whatever octets the text holds: state and exit code as in dw_result_json(),
 * and "error" with the text.
 */
void dw_result_json_failure(
	const struct dw_plugin *plugin, enum dw_severity state, const struct dw_error *error, FILE *page);

/* The figure of all zones together, by the metric's own rule. */
struct dw_figure dw_result_total(const struct dw_result *result, unsigned metric);

#endif
