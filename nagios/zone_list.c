#include "zone_list.h"

#include <string.h>

#include "idn.h"

#include "text/textlines.h"
#include "text/wholefile.h"

/* Octets of the file: names of the greatest length, and some room for comments. */
#define FILE_MAX (DW_ZONES_MAX * 4096)

#define BLANKS " \t\r"

enum dw_status dw_zone_list_add(struct dw_zone_list *zones, const char *text, struct dw_error *error)
{
	struct dw_name name = {0};
	const enum dw_status status = dw_idn_parse(text, &name, &zones->unicode, error);

	if (status != DW_OK)
		return status;
	dw_name_lower(&name);
	for (unsigned i = 0; i < zones->n_zones; i++)
		if (dw_name_equal(&zones->items[i], &name))
			return DW_OK;
	if (zones->n_zones == DW_ZONES_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d zones", DW_ZONES_MAX);
	zones->items[zones->n_zones++] = name;
	return DW_OK;
}

/* What a line says, without blanks around it and its comment; "" for nothing. */
static char *word_of(char *line)
{
	size_t length;

	line[strcspn(line, "#")] = '\0';
	line += strspn(line, BLANKS);
	length = strlen(line);
	while (length > 0 && strchr(BLANKS, line[length - 1]) != NULL)
		length--;
	line[length] = '\0';
	return line;
}

static enum dw_status add_lines(
	struct dw_zone_list *zones, struct dw_textlines *lines, struct dw_error *error)
{
	unsigned n_named = 0;

	for (char *line = dw_textlines_next(lines); line != NULL; line = dw_textlines_next(lines)) {
		const char *word = word_of(line);
		enum dw_status status = DW_OK;

		if (*word == '\0')
			continue;
		status = word[strcspn(word, BLANKS)] != '\0'
			? dw_fail(error, DW_INVALID, "'%.60s' is more than one name", word)
			: dw_zone_list_add(zones, word, error);
		if (status != DW_OK)
			return dw_within(error, status, "line %u", lines->number);
		n_named++;
	}
	return n_named > 0 ? DW_OK : dw_fail(error, DW_INVALID, "names no zone");
}

enum dw_status dw_zone_list_read(struct dw_zone_list *zones, const char *path, struct dw_error *error)
{
	struct dw_wholefile file = {0};
	struct dw_textlines lines = {0};
	enum dw_status status = dw_wholefile_read(path, FILE_MAX, &file, error);

	if (status != DW_OK)
		return status;
	status = dw_textlines_init(&lines, file.text, file.length, error);
	if (status == DW_OK)
		status = add_lines(zones, &lines, error);
	dw_textlines_fini(&lines);
	dw_wholefile_fini(&file);
	if (status != DW_OK)
		return dw_within(error, status, "%.200s", strcmp(path, "-") == 0 ? "standard input" : path);
	return DW_OK;
}
