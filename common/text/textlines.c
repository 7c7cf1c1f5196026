#include "text/textlines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_control(char character)
{
	const unsigned char octet = (unsigned char)character;

	return (octet < ' ' && octet != '\t' && octet != '\n' && octet != '\r') || octet == 0x7f;
}

/* Blanks of UTF-8 beside the usual ones: no-break, of any width and of none, and the byte order mark. */
static const char *const spaces[] = {"\xc2\xa0", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
	"\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
	"\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\x8b", "\xe2\x80\xaf", "\xe2\x81\xa0", "\xe3\x80\x80",
	"\xef\xbb\xbf"};

/* Makes an ASCII blank of the space that stands here, if one does. */
static void blank(char *text)
{
	for (size_t i = 0; (unsigned char)*text >= 0x80 && i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		const size_t length = strlen(spaces[i]);
		if (strncmp(text, spaces[i], length) == 0)
			memset(text, ' ', length);
	}
}

/* Refuses control bytes, and makes blanks of CR and of other spaces. */
static enum dw_status clean(char *text, size_t length, struct dw_error *error)
{
	unsigned line = 1;

	for (size_t i = 0; i < length; i++) {
		if (is_control(text[i]))
			return dw_fail(
				error, DW_INVALID, "line %u: control byte %u", line, (unsigned)(unsigned char)text[i]);
		if (text[i] == '\n')
			line++;
		if (text[i] == '\r')
			text[i] = ' ';
		blank(text + i);
	}
	return DW_OK;
}

/* Whether a text begins with the byte order mark of UTF-16, in either order. */
static bool is_utf16(const char *text, size_t length)
{
	return length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);
}

enum dw_status dw_textlines_init(
	struct dw_textlines *lines, const char *text, size_t length, struct dw_error *error)
{
	*lines = (struct dw_textlines){0};
	if (is_utf16(text, length))
		return dw_fail(error, DW_INVALID, "line 1: UTF-16 text, where UTF-8 or ASCII is wanted");
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	char *copy = malloc(length + 1);
	if (copy == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for %zu octets", length);
	if (length > 0)
		memcpy(copy, text, length);
	copy[length] = '\0';
	enum dw_status status = clean(copy, length, error);
	if (status != DW_OK) {
		free(copy);
		return status;
	}
	lines->text = copy;
	lines->length = length;
	lines->next = length > 0 ? copy : NULL;
	return DW_OK;
}

char *dw_textlines_next(struct dw_textlines *lines)
{
	char *line = lines->next;

	if (line == NULL)
		return NULL;
	char *end = strchr(line, '\n');
	if (end != NULL)
		*end = '\0';
	lines->next = end != NULL && end[1] != '\0' ? end + 1 : NULL;
	lines->number++;
	return line;
}

/* Takes the parentheses and the comment out of one line, and returns its end. */
static char *strip(char *at, unsigned *depth, bool *unopened)
{
	for (; *at != '\0' && *at != ';'; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
			continue;
		}
		if (*at != '(' && *at != ')')
			continue;
		if (*at == ')' && *depth == 0)
			*unopened = true;
		else
			*depth += *at == '(' ? 1u : -1u;
		*at = ' ';
	}
	for (; *at != '\0'; at++)
		*at = ' ';
	return at;
}

enum dw_status dw_textlines_entry(struct dw_textlines *lines, char *line, struct dw_error *error)
{
	unsigned depth = 0;
	bool unopened = false;
	char *end = strip(line, &depth, &unopened);

	while (depth > 0 && !unopened) {
		char *further = dw_textlines_next(lines);
		if (further == NULL)
			return dw_fail(error, DW_INVALID, "a parenthesis is opened and never closed");
		*end = ' ';
		end = strip(further, &depth, &unopened);
	}
	if (unopened)
		return dw_fail(error, DW_INVALID, "a parenthesis is closed that was not opened");
	return DW_OK;
}

void dw_textlines_fini(struct dw_textlines *lines)
{
	free(lines->text);
	*lines = (struct dw_textlines){0};
}
