#include "delegation_summary.h"

#include <string.h>

#include "dns/crypto.h"

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

void dw_delegation_summary(const struct dw_name *zone, bool given,
	const struct dw_delegation_figures *figures, const struct dw_findings *findings,
	char text[DW_SUMMARY_MAX])
{
	const char *note = note_of(findings), *end = figures->servers == 1 ? "" : "es";
	char name[DW_NAME_TEXT_MAX], algorithm[24];

	(void)dw_name_format(zone, name);
	(void)dw_algorithm_text(figures->algorithm, algorithm);
	if (!figures->secure)
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
