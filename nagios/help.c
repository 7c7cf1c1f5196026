#include "help.h"

#include <string.h>

#include "result.h"

#define COLUMNS 79
#define INDENT  8

/* Prints words from column `indent` on, and breaks lines before COLUMNS. */
static void print_wrapped(const char *text, size_t indent, FILE *page)
{
	size_t column = 0;

	while (*text != '\0') {
		const size_t length = strcspn(text, " ");

		if (column == 0)
			column = (size_t)fprintf(page, "%*s", (int)indent, "");
		else if (column + 1 + length > COLUMNS)
			column = (size_t)fprintf(page, "\n%*s", (int)indent, "") - 1;
		else
			column += (size_t)fprintf(page, " ");
		column += (size_t)fprintf(page, "%.*s", (int)length, text);
		text += length;
		text += strspn(text, " ");
	}
	(void)fputc('\n', page);
}

const char *dw_help_option(const struct dw_option *row, char text[80])
{
	char letter[] = {'-', row->letter, ',', ' ', '\0'};
	const char *join = row->argument == NULL ? "" : row->optional ? "[=" : "=";

	(void)snprintf(text, 80, "%s--%s%s%s%s", row->letter == 0 ? "    " : letter, row->name, join,
		row->argument == NULL ? "" : row->argument, row->optional ? "]" : "");
	return text;
}

static void print_rows(const struct dw_option *rows, FILE *page)
{
	for (const struct dw_option *row = rows; row != NULL && row->name != NULL; row++) {
		char head[80], help[512];

		(void)fprintf(page, "  %s\n", dw_help_option(row, head));
		(void)snprintf(help, sizeof help, "%s%s%s%s", row->help, row->fallback == NULL ? "" : " [",
			row->fallback == NULL ? "" : row->fallback, row->fallback == NULL ? "" : "]");
		print_wrapped(help, INDENT, page);
	}
}

bool dw_help_has_ranges(const struct dw_plugin *plugin)
{
	for (const struct dw_option *row = plugin->options; row->name != NULL; row++) {
		if (row->kind == DW_OPTION_RANGE)
			return true;
	}
	return false;
}

static void print_usage(const struct dw_plugin *plugin, FILE *page)
{
	(void)fprintf(page, "Usage: %s -z NAME [-H HOST] [-t S] [OPTION ...]\n", plugin->name);
}

void dw_help_print(const struct dw_plugin *plugin, FILE *page)
{
	dw_help_version(plugin, page);
	print_wrapped(plugin->summary, 0, page);
	(void)fputc('\n', page);
	print_usage(plugin, page);
	(void)fputs("\nThis check:\n", page);
	print_rows(plugin->options, page);
	(void)fputs("\nEvery check of dnssec-watch:\n", page);
	print_rows(dw_common_options, page);
	(void)fputs(dw_help_has_ranges(plugin)
			? "\nDurations: s m h d w, combined as in 1d12h. Ranges: [@][start:][end], as in the\n"
			  "Monitoring Plugins guidelines; on remaining time a bare number counts days and\n"
			  "means \"at least\", and 20% is a share of the signature's own lifetime.\n"
			: "\nDurations: s m h d w, combined as in 1d12h.\n",
		page);
	(void)fputs("\nExit: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (and help and version).\n"
				"\nExamples:\n",
		page);
	for (const char *const *example = plugin->examples; *example != NULL; example += 2) {
		(void)fprintf(page, "  %s\n", example[0]);
		print_wrapped(example[1], INDENT, page);
	}
}

void dw_help_usage(const struct dw_plugin *plugin, const struct dw_error *error, FILE *page)
{
	dw_result_failure(plugin, DW_UNKNOWN, error, page);
	print_usage(plugin, page);
	(void)fprintf(page, "'%s --help' explains every option.\n", plugin->name);
}

void dw_help_version(const struct dw_plugin *plugin, FILE *page)
{
	(void)fprintf(page, "%s %s (dnssec-watch)\n", plugin->name, DW_VERSION);
}
