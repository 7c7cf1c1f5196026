#include "show.h"

#include <stdlib.h>
#include <string.h>

#include "idn.h"

#include "dns/dsset.h"
#include "dns/mnemonic.h"

#define LABEL_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

/* Text being built, never longer than its room. */
struct line {
	char *text;
	size_t length;
	size_t room;
	bool cut;
};

static void append(struct line *line, const char *piece, size_t length)
{
	if (line->cut || length > line->room - line->length) {
		line->cut = true;
		return;
	}
	memcpy(line->text + line->length, piece, length);
	line->length += length;
}

/* One word of label characters, or one other character. */
static size_t append_next(struct line *line, const char *text, bool unicode)
{
	const size_t length = strspn(text, LABEL_CHARACTERS);
	const unsigned char character = (unsigned char)*text;
	char label[DW_IDN_UNICODE_MAX];

	if (length == 0) {
		append(line, character < 0x20 || character == 0x7f || character == '|' ? "?" : text, 1);
		return 1;
	}
	if (unicode && dw_idn_to_unicode(text, length, label) == DW_OK)
		append(line, label, strlen(label));
	else
		append(line, text, length);
	return length;
}

/* Says that the text goes on, without leaving half a character before it. */
static void end_in_dots(struct line *line)
{
	static const char dots[] = {'.', '.', '.'};

	if (line->room < sizeof dots)
		return;
	if (line->length > line->room - sizeof dots) {
		line->length = line->room - sizeof dots;
		while (line->length > 0 && ((unsigned char)line->text[line->length] & 0xc0) == 0x80)
			line->length--;
	}
	memcpy(line->text + line->length, dots, sizeof dots);
	line->length += sizeof dots;
}

void dw_show_text(FILE *page, const char *text, size_t limit, bool unicode)
{
	struct line line = {.text = calloc(1, limit + 1), .room = limit};
	const char *at = text;

	if (line.text == NULL)
		return;
	while (*at != '\0' && !line.cut)
		at += append_next(&line, at, unicode);
	if (line.cut)
		end_in_dots(&line);
	(void)fwrite(line.text, 1, line.length, page);
	free(line.text);
}

json_t *dw_show_name(const struct dw_name *name)
{
	char text[DW_NAME_TEXT_MAX];

	return json_string(dw_name_format(name, text));
}

json_t *dw_show_moment(dw_moment moment)
{
	char text[DW_MOMENT_TEXT_MAX];

	return json_string(dw_moment_format(moment, text));
}

json_t *dw_show_known_name(const struct dw_name *name)
{
	return name->length == 0 ? json_null() : dw_show_name(name);
}

json_t *dw_show_type(uint16_t type)
{
	char text[DW_TYPE_TEXT_MAX];

	return json_string(dw_type_text(type, text));
}

json_t *dw_show_size(size_t size)
{
	return size == 0 ? json_null() : json_integer((json_int_t)size);
}

json_t *dw_show_ds(const struct dw_ds_fact *ds)
{
	char text[DW_DS_TEXT_MAX];
	const char *digest = strrchr(dw_ds_format(ds, text), ' ');

	return json_pack("{s:i, s:i, s:i, s:s}", "key_tag", ds->key_tag, "algorithm", ds->algorithm,
		"digest_type", ds->digest_type, "digest", digest == NULL ? "" : digest + 1);
}

json_t *dw_show_ds_set(const struct dw_ds_fact *set, unsigned n)
{
	json_t *list = json_array();

	for (unsigned i = 0; list != NULL && i < n; i++)
		(void)json_array_append_new(list, dw_show_ds(&set[i]));
	return list;
}
