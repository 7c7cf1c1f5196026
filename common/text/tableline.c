#include "text/tableline.h"

#include <stddef.h>
#include <string.h>

#define COLUMNS 4 /* of a DS, and of a key */

/* How many separators of this kind stand in the line. */
static unsigned count(const char *line, char separator)
{
	unsigned n = 0;

	for (; *line != '\0'; line++)
		n += *line == separator;
	return n;
}

/* What separates the values of a line: a comma, a semicolon, or nothing, as NUL. */
static char separator_of(const char *line)
{
	const char *at = line + strspn(line, " \t");
	const size_t length = strcspn(at, ",; \t:=()");
	const char separator = at[length];

	/* In a zone file a semicolon begins a comment: only one that is close to the first word separates. */
	if (length == 0 || (separator != ',' && separator != ';'))
		return '\0';
	return count(at, separator) >= COLUMNS - 1 ? separator : '\0';
}

void dw_tableline_open(char *line)
{
	char *end = line;

	for (const char *at = line; *at != '\0'; at++) {
		if (*at != '"')
			*end++ = *at;
	}
	*end = '\0';
	const char separator = separator_of(line);
	for (char *at = line; separator != '\0' && *at != '\0'; at++) {
		if (*at == separator)
			*at = ' ';
	}
}
