#include "option.h"

#include <string.h>

const struct dw_option *dw_option_by_letter(const struct dw_option_tables *tables, char letter)
{
	const struct dw_option *const both[] = {tables->own, tables->common};

	for (size_t i = 0; i < 2; i++)
		for (const struct dw_option *row = both[i]; row != NULL && row->name != NULL; row++)
			if (row->letter == letter)
				return row;
	return NULL;
}

const struct dw_option *dw_option_find(const struct dw_option_tables *tables, const char *name, size_t length)
{
	const struct dw_option *const both[] = {tables->own, tables->common};
	const struct dw_option *found = NULL;
	unsigned n_found = 0;

	for (size_t i = 0; i < 2; i++) {
		for (const struct dw_option *row = both[i]; row != NULL && row->name != NULL; row++) {
			if (strncmp(row->name, name, length) != 0)
				continue;
			if (row->name[length] == '\0')
				return row;
			found = row;
			n_found++;
		}
	}
	return n_found == 1 && length > 0 ? found : NULL;
}

/* "--name", "--name=text" or "--name text". */
static enum dw_status next_long(const struct dw_option_tables *tables, char *const *argv, int *at,
	struct dw_option_given *given, struct dw_error *error)
{
	const char *name = argv[*at] + 2;
	const size_t length = strcspn(name, "=");
	const char *joined = name[length] == '=' ? name + length + 1 : NULL;

	given->row = dw_option_find(tables, name, length);
	if (given->row == NULL)
		return dw_fail(error, DW_INVALID, "--%.*s: no such option", (int)(length < 60 ? length : 60), name);
	(*at)++;
	given->text = joined;
	if (given->row->argument == NULL && joined != NULL)
		return dw_fail(error, DW_INVALID, "--%s: takes no argument", given->row->name);
	if (given->row->argument == NULL || given->row->optional || joined != NULL)
		return DW_OK;
	if (argv[*at] == NULL)
		return dw_fail(error, DW_INVALID, "--%s: needs %s", given->row->name, given->row->argument);
	given->text = argv[(*at)++];
	return DW_OK;
}

/* One letter of a cluster, "-v" or "-4v", or a letter with its argument, "-t5" or "-t 5". */
static enum dw_status next_short(const struct dw_option_tables *tables, char *const *argv, int *at,
	int *within, struct dw_option_given *given, struct dw_error *error)
{
	const char *cluster = argv[*at];
	const char letter = cluster[*within];

	given->row = letter == '\0' ? NULL : dw_option_by_letter(tables, letter);
	if (given->row == NULL)
		return dw_fail(error, DW_INVALID, "-%c: no such option", letter);
	given->text = NULL;
	(*within)++;
	if (given->row->argument != NULL && !given->row->optional) {
		given->text = cluster[*within] != '\0' ? cluster + *within : argv[*at + 1];
		if (given->text == NULL)
			return dw_fail(error, DW_INVALID, "-%c: needs %s", letter, given->row->argument);
		*at += cluster[*within] != '\0' ? 1 : 2;
		*within = 0;
	} else if (cluster[*within] == '\0') {
		(*at)++;
		*within = 0;
	}
	return DW_OK;
}

enum dw_status dw_option_next(const struct dw_option_tables *tables, char *const *argv, int *at, int *within,
	struct dw_option_given *given, struct dw_error *error)
{
	const char *word = argv[*at];

	if (*within > 0)
		return next_short(tables, argv, at, within, given, error);
	if (word == NULL || (strcmp(word, "--") == 0 && argv[*at + 1] == NULL))
		return DW_NOT_FOUND;
	if (strcmp(word, "--") == 0)
		return dw_fail(
			error, DW_INVALID, "'%.60s': not an option; there are no other arguments", argv[*at + 1]);
	if (strncmp(word, "--", 2) == 0)
		return next_long(tables, argv, at, given, error);
	if (word[0] == '-' && word[1] != '\0') {
		*within = 1;
		return next_short(tables, argv, at, within, given, error);
	}
	return dw_fail(error, DW_INVALID, "'%.60s': not an option; there are no other arguments", word);
}

static enum dw_status read_defaults(
	const struct dw_option *rows, dw_moment now, void *values, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	for (const struct dw_option *row = rows; row != NULL && row->name != NULL; row++) {
		const struct dw_option_given given = {row, row->fallback};

		if (row->fallback != NULL && row->kind != DW_OPTION_NOTHING)
			status = dw_option_read(&given, now, values, error);
		if (status != DW_OK)
			return dw_within(error, status, "default");
	}
	return DW_OK;
}

enum dw_status dw_option_defaults(
	const struct dw_option_tables *tables, dw_moment now, void *values, struct dw_error *error)
{
	const enum dw_status status = read_defaults(tables->common, now, values, error);

	return status != DW_OK ? status : read_defaults(tables->own, now, values, error);
}

/* Whether a row got a value: lists begin with their count, texts are pointers. */
static bool has_value(const struct dw_option *row, const void *values)
{
	const char *member = (const char *)values + row->offset;
	unsigned count;
	const char *text;

	if (row->kind == DW_OPTION_FLAG)
		return *(const bool *)member;
	if (row->kind == DW_OPTION_TEXT) {
		memcpy(&text, member, sizeof text);
		return text != NULL;
	}
	memcpy(&count, member, sizeof count);
	return count > 0;
}

/* The row of a table that has this name, and a value; NULL when there is none. */
static const struct dw_option *given_row(const struct dw_option *rows, const char *name, const void *values)
{
	for (; name != NULL && rows->name != NULL; rows++)
		if (strcmp(rows->name, name) == 0 && has_value(rows, values))
			return rows;
	return NULL;
}

/* Fails for a row that must be given. */
static enum dw_status fail_missing(const struct dw_option *row, struct dw_error *error)
{
	return row->instead == NULL
		? dw_fail(error, DW_INVALID, "--%s: must be given", row->name)
		: dw_fail(error, DW_INVALID, "--%s or --%s: must be given", row->name, row->instead);
}

static enum dw_status complete(const struct dw_option *rows, const void *values, struct dw_error *error)
{
	for (const struct dw_option *row = rows; row != NULL && row->name != NULL; row++) {
		const bool given = (row->required || row->excludes != NULL) && has_value(row, values);
		const struct dw_option *other = given ? given_row(rows, row->excludes, values) : NULL;

		if (row->required && !given && given_row(rows, row->instead, values) == NULL)
			return fail_missing(row, error);
		if (other != NULL)
			return dw_fail(
				error, DW_INVALID, "--%s and --%s cannot be given together", other->name, row->name);
	}
	return DW_OK;
}

enum dw_status dw_option_complete(
	const struct dw_option_tables *tables, const void *values, struct dw_error *error)
{
	const enum dw_status status = complete(tables->common, values, error);

	return status != DW_OK ? status : complete(tables->own, values, error);
}
