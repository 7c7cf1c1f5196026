#include "delegation_summary.h"

#include <string.h>

/* The first note of this word, without the name of its zone; NULL for none. */
static const char *find_note(const struct dw_findings *findings, const char *word)
{
	for (size_t i = 0; i < findings->n_findings; i++) {
		const char *text = strstr(findings->items[i].text, ": ");

		if (strcmp(findings->items[i].kind->word, word) == 0 && text != NULL)
			return text + 2;
	}
	return NULL;
}

/* The notes that are worth to be on the first line. */
static const char *note_of(const struct dw_findings *findings)
{
	const char *note = find_note(findings, "roll-over");

	return note != NULL ? note : find_note(findings, "standby");
}

/* The root has no parent: what is said is where the trust anchor leads. */
static void tell_root(const struct dw_delegation_figures *figures, const struct dw_findings *findings,
	char text[DW_SUMMARY_MAX])
{
	const char *end = figures->servers == 1 ? "" : "es", *note = find_note(findings, "anchor-unmatched");
	char algorithm[24];

	(void)dw_algorithm_text(figures->algorithm, algorithm);
	if (note == NULL)
		note = find_note(findings, "not-anchored");
	if (figures->secure)
		(void)snprintf(text, DW_SUMMARY_MAX,
			".: the trust anchor leads to key %u (%s), which signs, on %u server address%s; the root has no "
			"parent",
			figures->key_tag, algorithm, figures->servers, end);
	else
		(void)snprintf(text, DW_SUMMARY_MAX, ".: %s, on %u server address%s%s%.200s",
			figures->dnskey > 0 ? "signed" : "unsigned, as expected", figures->servers, end,
			note != NULL ? "; " : "", note != NULL ? note : "");
}

void dw_delegation_summary(const struct dw_name *zone, bool given,
	const struct dw_delegation_figures *figures, const struct dw_findings *findings,
	char text[DW_SUMMARY_MAX])
{
	const char *note = note_of(findings), *end = figures->servers == 1 ? "" : "es";
	char name[DW_NAME_TEXT_MAX], algorithm[24];

	(void)dw_name_format(zone, name);
	(void)dw_algorithm_text(figures->algorithm, algorithm);
	if (dw_name_labels(zone) == 0 && !given)
		tell_root(figures, findings, text);
	else if (!figures->secure)
		(void)snprintf(text, DW_SUMMARY_MAX, "%.100s: %s, and the parent has no DS, as expected", name,
			figures->dnskey > 0 ? "signed" : "unsigned");
	else if (note != NULL)
		(void)snprintf(text, DW_SUMMARY_MAX,
			"%.60s: DS leads to key %u, which signs, on %u server address%s; %.200s", name, figures->key_tag,
			figures->servers, end, note);
	else
		(void)snprintf(text, DW_SUMMARY_MAX,
			"%.60s: %u of %u DS %s lead%s to key %u (%s), which signs, on %u server address%s", name,
			figures->ds_matched, figures->ds, given ? "to be uploaded" : "of the parent",
			figures->ds_matched == 1 ? "s" : "", figures->key_tag, algorithm, figures->servers, end);
}
