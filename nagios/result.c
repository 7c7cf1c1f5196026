#include "result.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "show.h"

int dw_exit_code(enum dw_severity severity)
{
	static const int codes[] = {[DW_NOTE] = 0, [DW_UNKNOWN] = 3, [DW_WARNING] = 1, [DW_CRITICAL] = 2};

	return codes[severity];
}

enum dw_severity dw_result_state(const struct dw_result *result)
{
	enum dw_severity worst = DW_NOTE;

	for (size_t i = 0; i < result->n_zones; i++)
		if (result->verdicts[i].findings.worst > worst)
			worst = result->verdicts[i].findings.worst;
	return worst == DW_UNKNOWN && result->timed_out ? result->values->timeout.state : worst;
}

struct dw_figure dw_result_total(const struct dw_result *result, unsigned metric)
{
	const enum dw_total rule = result->plugin->metrics[metric].total;
	struct dw_figure total = {.left_out = result->n_zones > 0};

	for (size_t i = 0; i < result->n_zones; i++) {
		const struct dw_figure *figure = &result->verdicts[i].figures[metric];

		total.left_out = total.left_out && figure->left_out;
		if (!figure->known)
			continue;
		if (!total.known || (rule == DW_TOTAL_MINIMUM && figure->value < total.value) ||
			(rule == DW_TOTAL_MAXIMUM && figure->value > total.value))
			total = *figure;
		else if (rule == DW_TOTAL_SUM)
			total.value += figure->value;
	}
	return total;
}

/* The finding that matters most over all zones; NULL when nothing is wrong. */
static const struct dw_finding *worst_finding(const struct dw_result *result)
{
	const struct dw_finding *worst = NULL;

	for (size_t i = 0; i < result->n_zones; i++) {
		const struct dw_findings *findings = &result->verdicts[i].findings;

		if (findings->n_findings > 0 && findings->items[0].severity > DW_NOTE &&
			(worst == NULL || findings->items[0].severity > worst->severity))
			worst = &findings->items[0];
	}
	return worst;
}

const char *dw_result_sentence(const struct dw_verdict *verdict)
{
	const struct dw_findings *findings = &verdict->findings;

	return findings->n_findings > 0 && findings->items[0].severity > DW_NOTE ? findings->items[0].text
																			 : verdict->summary;
}

/* How many findings of the worst state there are beside the one that is shown. */
static size_t n_others(const struct dw_result *result, enum dw_severity severity)
{
	size_t n_findings = 0;

	for (size_t i = 0; i < result->n_zones; i++)
		n_findings += dw_findings_count(&result->verdicts[i].findings, severity);
	return n_findings == 0 ? 0 : n_findings - 1;
}

/* "3 zones: 1 critical, 2 ok; " */
static void print_counts(const struct dw_result *result, FILE *page)
{
	static const enum dw_severity order[] = {DW_CRITICAL, DW_WARNING, DW_UNKNOWN, DW_NOTE};
	static const char *const words[] = {"critical", "warning", "unknown", "ok"};
	const char *between = " ";

	(void)fprintf(page, "%zu zones:", result->n_zones);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		size_t n_zones = 0;

		for (size_t j = 0; j < result->n_zones; j++)
			n_zones += result->verdicts[j].findings.worst == order[i];
		if (n_zones == 0)
			continue;
		(void)fprintf(page, "%s%zu %s", between, n_zones, words[i]);
		between = ", ";
	}
}

/* The text of the first line, before it is bounded. */
static void print_first(const struct dw_result *result, FILE *page)
{
	const enum dw_severity state = dw_result_state(result);
	const struct dw_finding *worst = worst_finding(result);
	const size_t others = worst == NULL ? 0 : n_others(result, worst->severity);

	(void)fprintf(page, "%s %s - ", result->plugin->label, dw_severity_text(state));
	if (result->n_zones > 1)
		print_counts(result, page);
	if (result->n_zones > 1 && worst != NULL)
		(void)fputs("; worst: ", page);
	if (worst != NULL && others > 0)
		(void)fprintf(page, "(1 of %zu) ", others + 1);
	if (worst != NULL)
		(void)fputs(worst->text, page);
	else if (result->n_zones == 1)
		(void)fputs(result->verdicts[0].summary, page);
}

/* One "label=value[unit];warn;crit;;". */
static void print_metric(const struct dw_metric *metric, const struct dw_figure *figure, FILE *page)
{
	if (figure->known && figure->thousandths)
		(void)fprintf(page, " %s=%" PRId64 ".%03" PRId64 "%s;%s;%s;;", metric->label, figure->value / 1000,
			figure->value % 1000, metric->unit, figure->warning, figure->critical);
	else if (figure->known)
		(void)fprintf(page, " %s=%" PRId64 "%s;%s;%s;;", metric->label, figure->value, metric->unit,
			figure->warning, figure->critical);
	else
		(void)fprintf(page, " %s=U", metric->label);
}

static void print_perfdata(const struct dw_result *result, FILE *page)
{
	(void)fputs(" |", page);
	for (unsigned i = 0; result->plugin->metrics[i].label != NULL; i++) {
		const struct dw_figure total = dw_result_total(result, i);

		if (!total.left_out)
			print_metric(&result->plugin->metrics[i], &total, page);
	}
	(void)fprintf(page, " time=%" PRId64 ".%03" PRId64 "s;;;0;%" PRId64 ".%03" PRId64 "\n",
		result->elapsed / 1000, result->elapsed % 1000, result->values->timeout.wait / 1000,
		result->values->timeout.wait % 1000);
}

static void print_finding(const struct dw_finding *finding, bool unicode, FILE *page)
{
	(void)fprintf(page, "%s: ", finding->severity == DW_NOTE ? "NOTE" : dw_severity_text(finding->severity));
	dw_show_text(page, finding->text, DW_FINDING_TEXT_MAX * 2, unicode);
	dw_show_text(page, finding->more, DW_FINDING_MORE_MAX * 2, unicode);
	if (finding->kind->hint != NULL)
		(void)fprintf(page, " -> %s", finding->kind->hint);
	(void)fputc('\n', page);
}

/* Findings of all zones, the worst states first, as many as are wanted. */
static void print_findings(const struct dw_result *result, FILE *page)
{
	const size_t most = result->values->verbose.level > 0 ? SIZE_MAX : DW_LINES_MAX;
	size_t n_shown = 0, n_hidden = 0;

	for (int severity = DW_CRITICAL; severity >= DW_NOTE; severity--) {
		for (size_t i = 0; i < result->n_zones; i++) {
			const struct dw_findings *findings = &result->verdicts[i].findings;

			n_hidden += severity == DW_NOTE ? findings->n_dropped : 0;
			for (size_t j = 0; j < findings->n_findings; j++) {
				if ((int)findings->items[j].severity != severity)
					continue;
				if (n_shown++ < most)
					print_finding(&findings->items[j], result->values->zones.unicode, page);
			}
		}
	}
	n_hidden += n_shown > most ? n_shown - most : 0;
	if (n_hidden > 0)
		(void)fprintf(page, "and %zu more; -v shows them\n", n_hidden);
}

static void print_details(const struct dw_result *result, FILE *page)
{
	for (size_t i = 0; i < result->n_zones; i++) {
		const struct dw_verdict *verdict = &result->verdicts[i];

		if (result->n_zones > 1) {
			(void)fprintf(page, "%s: ", dw_severity_text(verdict->findings.worst));
			dw_show_text(
				page, dw_result_sentence(verdict), DW_SUMMARY_MAX * 2, result->values->zones.unicode);
			(void)fputc('\n', page);
		}
		result->plugin->subject->show(result->inquiries[i].self, result->values->verbose.level, page);
	}
}

/* The first line, with room left for the first clause of the hint when that belongs there. */
static void print_bounded(const struct dw_result *result, const char *text, FILE *page)
{
	const struct dw_finding *worst = worst_finding(result);
	const bool unicode = result->values->zones.unicode;
	const bool advise = worst != NULL && worst->advise && worst->kind->hint != NULL;
	size_t length = advise ? strcspn(worst->kind->hint, ",:;(") : 0;

	if (advise && worst->kind->hint[length] == '(')
		length--;
	dw_show_text(page, text, DW_FIRST_LINE_MAX - (advise ? length + 4 : 0), unicode);
	if (advise)
		(void)fprintf(page, " -> %.*s", (int)length, worst->kind->hint);
}

void dw_result_text(const struct dw_result *result, FILE *page)
{
	char *text = NULL;
	size_t length = 0;
	FILE *first = open_memstream(&text, &length);

	if (first != NULL) {
		print_first(result, first);
		(void)fclose(first);
		print_bounded(result, text, page);
		free(text);
	}
	print_perfdata(result, page);
	print_findings(result, page);
	for (size_t i = 0; i < result->n_zones && result->plugin->subject->print != NULL; i++)
		result->plugin->subject->print(result->inquiries[i].self, page);
	if (result->values->verbose.level > 0)
		print_details(result, page);
}

void dw_result_failure(
	const struct dw_plugin *plugin, enum dw_severity state, const struct dw_error *error, FILE *page)
{
	(void)fprintf(page, "%s %s - ", plugin->label, dw_severity_text(state));
	dw_show_text(page, error->text, DW_FIRST_LINE_MAX, false);
	(void)fputc('\n', page);
}
