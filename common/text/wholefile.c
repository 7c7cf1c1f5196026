#include "text/wholefile.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is taken at first; most files are smaller. */
#define FIRST_SIZE 8192

/* Makes room for more, up to `most` octets, one that is too many, and a NUL. */
static enum dw_status grow(struct dw_wholefile *file, size_t *size, size_t most, struct dw_error *error)
{
	size_t wanted = *size == 0 ? FIRST_SIZE : *size * 2;

	if (wanted > most + 2)
		wanted = most + 2;
	char *text = realloc(file->text, wanted);
	if (text == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for %zu octets", wanted);
	file->text = text;
	*size = wanted;
	return DW_OK;
}

static enum dw_status read_stream(
	FILE *stream, size_t most, struct dw_wholefile *file, struct dw_error *error)
{
	size_t size = 0;
	size_t n = 0;

	do {
		if (file->length + 1 >= size) {
			enum dw_status status = grow(file, &size, most, error);
			if (status != DW_OK)
				return status;
		}
		n = fread(file->text + file->length, 1, size - file->length - 1, stream);
		file->length += n;
	} while (n > 0 && file->length <= most);
	file->text[file->length] = '\0';
	if (ferror(stream) != 0)
		return dw_fail(error, DW_SYSTEM, "%s", strerror(errno));
	if (file->length > most)
		return dw_fail(error, DW_INVALID, "longer than %zu octets", most);
	if (file->length == 0)
		return dw_fail(error, DW_INVALID, "is empty");
	return DW_OK;
}

enum dw_status dw_wholefile_read(
	const char *path, size_t most, struct dw_wholefile *file, struct dw_error *error)
{
	const bool is_input = strcmp(path, "-") == 0;
	const char *name = is_input ? "standard input" : path;
	FILE *stream = is_input ? stdin : fopen(path, "re");

	*file = (struct dw_wholefile){0};
	if (stream == NULL)
		return dw_fail(error, DW_SYSTEM, "%.200s: %s", name, strerror(errno));
	enum dw_status status = read_stream(stream, most, file, error);
	if (!is_input)
		fclose(stream);
	if (status == DW_OK)
		return DW_OK;
	dw_wholefile_fini(file);
	return dw_within(error, status, "%.200s", name);
}

void dw_wholefile_fini(struct dw_wholefile *file)
{
	free(file->text);
	*file = (struct dw_wholefile){0};
}
