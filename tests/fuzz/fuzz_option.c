/*
 * Command lines and ini files from bytes: each line of the input is a word; those behind an empty line are a
 * file. Either there are values that keep their bounds, or an error with a text that is safe to print.
 */
#include <stdlib.h>
#include <string.h>

#include "extra_opts.h"
#include "fuzz/target.h"
#include "plugin.h"

#define WORDS_MAX 64
#define NOW       1795521600

/* Rows of a check, of every kind that the common ones lack. */
struct values {
	struct dw_common common;
	struct dw_record_list records;
	struct dw_range left, plain;
	dw_seconds span;
	struct dw_state state;
	const char *text;
};

static const struct dw_option own[] = {
	{0, "record", "NAME/TYPE", NULL, "", DW_OPTION(struct values, records)},
	{'w', "warning", "RANGE", "20%", "", DW_OPTION(struct values, left), .left = true},
	{'c', "critical", "RANGE", NULL, "", DW_OPTION(struct values, plain)},
	{0, "skew", "DURATION", "5m", "", DW_OPTION(struct values, span)},
	{0, "unsigned", "STATE", "critical", "", DW_OPTION(struct values, state)},
	{0, "text", "TEXT", NULL, "", DW_OPTION(struct values, text)},
	{.name = NULL},
};

static const struct dw_option_tables tables = {dw_common_options, own};

static void require_text(const struct dw_error *error)
{
	require(error->text[0] != '\0' && strlen(error->text) < sizeof error->text);
	for (const char *at = error->text; *at != '\0'; at++)
		require((unsigned char)*at >= 0x20 && *at != 0x7f);
}

static void require_bounds(const struct values *values)
{
	require(values->common.zones.n_zones <= DW_ZONES_MAX);
	require(values->common.hosts.n_hosts <= DW_HOSTS_MAX);
	require(values->common.resolvers.n_resolvers <= DW_RESOLVERS_MAX);
	require(values->records.n_records <= DW_SURVEY_RECORDS_MAX);
	require(values->common.timeout.wait > 0 && values->common.port > 0 && values->common.tries > 0);
	require(!values->left.given || values->left.start <= values->left.end);
}

static enum dw_status read_line(char *const *argv, void *values, struct dw_error *error)
{
	int at = 1, within = 0;
	struct dw_option_given given;
	enum dw_status status = DW_OK;

	while (status == DW_OK) {
		status = dw_option_next(&tables, argv, &at, &within, &given, error);
		if (status == DW_OK)
			status = dw_option_read(&given, NOW, values, error);
	}
	return status == DW_NOT_FOUND ? dw_option_complete(&tables, values, error) : status;
}

static void read_file(char *text, void *values)
{
	struct dw_extra_opts extra = {0};
	struct dw_error error = {0};

	if (dw_extra_opts_parse(&extra, text, "file", "section", &tables, &error) != DW_OK)
		require_text(&error);
	for (unsigned i = 0; i < extra.n_given; i++) {
		struct dw_error reason = {0};

		if (dw_option_read(&extra.given[i], NOW, values, &reason) != DW_OK)
			require_text(&reason);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *argv[WORDS_MAX + 2] = {NULL}, *next = text;
	struct values *values = calloc(1, sizeof *values);
	struct dw_error error = {0};
	int n_words = 0;

	require(text != NULL && values != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	argv[n_words++] = (char[]){"check"};
	while (next != NULL && n_words <= WORDS_MAX && next[0] != '\n') {
		char *word = next;

		next = strchr(word, '\n');
		if (next != NULL)
			*next++ = '\0';
		argv[n_words++] = word;
	}
	require(dw_option_defaults(&tables, NOW, values, &error) == DW_OK);
	if (next != NULL)
		read_file(next, values);
	error = (struct dw_error){0};
	if (read_line(argv, values, &error) != DW_OK)
		require_text(&error);
	require_bounds(values);
	free(values);
	free(text);
	return 0;
}
