#include "dns/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes a text fit for output; '|' would start the performance data. */
static void tame(char *text)
{
	dw_printable(text);
	for (char *bar = strchr(text, '|'); bar != NULL; bar = strchr(bar, '|'))
		*bar = '?';
}

/* Makes room for one more; false when there is none. */
static bool make_room(struct dw_findings *findings)
{
	if (findings->n_findings < findings->n_allocated)
		return true;
	if (findings->n_findings >= DW_FINDINGS_MAX)
		return false;
	size_t wanted = findings->n_allocated > 0 ? 2 * findings->n_allocated : 8;
	struct dw_finding *items = reallocarray(findings->items, wanted, sizeof(*items));
	if (items == NULL)
		return false;
	findings->items = items;
	findings->n_allocated = wanted;
	return true;
}

/* A copy of the names of servers, each fit for output; NULL for none, or without memory. */
static char *keep_others(const char *others)
{
	char *kept = others != NULL && others[0] != '\0' ? strdup(others) : NULL;

	for (char *line = kept, *end; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		tame(line);
		*end = '\n';
	}
	return kept;
}

static void set_place(struct dw_finding *finding, const struct dw_place *place)
{
	if (place == NULL)
		return;
	if (place->zone != NULL)
		finding->zone = *place->zone;
	if (place->server != NULL)
		snprintf(finding->server, sizeof(finding->server), "%s", place->server);
	if (place->record != NULL)
		snprintf(finding->record, sizeof(finding->record), "%s", place->record);
	if (place->more != NULL)
		snprintf(finding->more, sizeof(finding->more), "%s", place->more);
	finding->others = keep_others(place->others);
	finding->advise = place->advise;
	tame(finding->server);
	tame(finding->record);
	tame(finding->more);
}

void dw_findings_add(struct dw_findings *findings, const struct dw_finding_kind *kind,
	enum dw_severity severity, const struct dw_place *place, const char *format, ...)
{
	va_list arguments;

	if (severity > findings->worst)
		findings->worst = severity;
	if (!make_room(findings)) {
		findings->n_dropped++;
		return;
	}
	struct dw_finding *finding = &findings->items[findings->n_findings];
	*finding = (struct dw_finding){
		.kind = kind,
		.severity = severity,
		.sequence = findings->n_findings + findings->n_dropped,
	};
	findings->n_findings++;
	set_place(finding, place);
	va_start(arguments, format);
	vsnprintf(finding->text, sizeof(finding->text), format, arguments);
	va_end(arguments);
	tame(finding->text);
}

static int compare(const void *left, const void *right)
{
	const struct dw_finding *a = left, *b = right;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

void dw_findings_sort(struct dw_findings *findings)
{
	if (findings->n_findings > 1)
		qsort(findings->items, findings->n_findings, sizeof(*findings->items), compare);
}

size_t dw_findings_count(const struct dw_findings *findings, enum dw_severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n_findings; i++)
		if (findings->items[i].severity == severity)
			n++;
	return n;
}

void dw_findings_fini(struct dw_findings *findings)
{
	for (size_t i = 0; i < findings->n_findings; i++)
		free(findings->items[i].others);
	free(findings->items);
	*findings = (struct dw_findings){0};
}

const char *dw_severity_text(enum dw_severity severity)
{
	static const char *const texts[] = {
		[DW_NOTE] = "OK",
		[DW_UNKNOWN] = "UNKNOWN",
		[DW_WARNING] = "WARNING",
		[DW_CRITICAL] = "CRITICAL",
	};

	return texts[severity <= DW_CRITICAL ? severity : DW_UNKNOWN];
}
