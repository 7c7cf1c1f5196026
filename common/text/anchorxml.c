#include "text/anchorxml.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

/* A tag, and the text between the tag before it and this one. */
struct tag {
	bool closes; /* </NAME> */
	const char *name;
	size_t name_length;
	const char *attributes; /* up to `end` */
	const char *end;
	const char *text;
	size_t text_length;
};

/* The elements of a key, in the order of its fields. */
static const char *const field_names[4] = {"KeyTag", "Algorithm", "DigestType", "Digest"};

bool dw_anchorxml_begins(const char *text)
{
	return text[strspn(text, blanks)] == '<';
}

static void move(struct dw_anchorxml *xml, const char *to)
{
	for (; xml->at < to; xml->at++)
		if (*xml->at == '\n')
			xml->line++;
}

/* The end of the "<?...?>" or comment that begins at `at`; NULL when none does, or it has no end. */
static const char *skip_other(const char *at)
{
	const char *end = NULL;

	if (strncmp(at, "<?", 2) == 0)
		end = strstr(at, "?>");
	if (strncmp(at, "<!--", 4) == 0)
		end = strstr(at + 4, "-->");
	return end == NULL ? NULL : end + (at[1] == '?' ? 2 : 3);
}

/* Reads the next tag. A comment within a text takes what stands before it from that text. */
static enum dw_status next_tag(struct dw_anchorxml *xml, struct tag *tag, struct dw_error *error)
{
	const char *behind;

	*tag = (struct tag){.text = xml->at};
	for (;;) {
		move(xml, xml->at + strcspn(xml->at, "<"));
		behind = skip_other(xml->at);
		if (behind == NULL)
			break;
		move(xml, behind);
		tag->text = xml->at;
	}
	tag->text_length = (size_t)(xml->at - tag->text);
	if (*xml->at == '\0')
		return dw_fail(error, DW_INVALID, "the text ends within an element");
	tag->end = strchr(xml->at, '>');
	if (tag->end == NULL || xml->at[1] == '!' || xml->at[1] == '?')
		return dw_fail(error, DW_INVALID, "'%.20s' is no element that is known here", xml->at);
	tag->closes = xml->at[1] == '/';
	tag->name = xml->at + (tag->closes ? 2 : 1);
	tag->name_length = strcspn(tag->name, " \t\r\n/>");
	tag->attributes = tag->name + tag->name_length;
	move(xml, tag->end + 1);
	return DW_OK;
}

static bool is(const struct tag *tag, bool closes, const char *name)
{
	return tag->closes == closes && strlen(name) == tag->name_length &&
		memcmp(tag->name, name, tag->name_length) == 0;
}

/* Copies the text of an element, without the blanks around it. */
static enum dw_status copy_text(const struct tag *tag, char *text, size_t size, struct dw_error *error)
{
	const char *from = tag->text;
	const char *end = tag->text + tag->text_length;

	while (from < end && strchr(blanks, *from) != NULL)
		from++;
	while (end > from && strchr(blanks, end[-1]) != NULL)
		end--;
	if ((size_t)(end - from) >= size)
		return dw_fail(
			error, DW_INVALID, "%.*s of %zu octets", (int)tag->name_length, tag->name, (size_t)(end - from));
	memcpy(text, from, (size_t)(end - from));
	text[end - from] = '\0';
	return DW_OK;
}

/* Where the value of an attribute begins, at its quote; NULL when the tag does not have it. */
static const char *find_attribute(const struct tag *tag, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = tag->attributes; at + length + 1 < tag->end; at++) {
		if (strchr(blanks, at[0]) == NULL || strncmp(at + 1, name, length) != 0)
			continue;
		const char *behind = at + 1 + length + strspn(at + 1 + length, blanks);
		if (*behind == '=')
			return behind + 1 + strspn(behind + 1, blanks);
	}
	return NULL;
}

/* "2017-02-02T00:00:00+00:00", or with "Z" (RFC 3339). */
static bool read_moment(const char *text, dw_moment *moment)
{
	char whole[24];
	int hours = 0, minutes = 0, n = 0;
	char sign = '\0';

	if (strlen(text) < 20)
		return false;
	snprintf(whole, sizeof(whole), "%.19sZ", text);
	if (dw_moment_parse(whole, 0, moment, NULL) != DW_OK)
		return false;
	text += 19;
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	if (strcmp(text, "Z") == 0)
		return true;
	/* NOLINTNEXTLINE(cert-err34-c): two digits cannot overflow, and the count tells of what is none. */
	if (sscanf(text, "%c%2d:%2d%n", &sign, &hours, &minutes, &n) != 3 || text[n] != '\0')
		return false;
	if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0)
		return false;
	*moment -= (sign == '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
	return true;
}

/* Reads an attribute that is a time, when it is there. */
static enum dw_status read_time(
	const struct tag *tag, const char *name, dw_moment *moment, struct dw_error *error)
{
	const char *value = find_attribute(tag, name);
	char text[64] = "";

	if (value == NULL)
		return DW_OK;
	const size_t length = *value == '"' || *value == '\'' ? strcspn(value + 1, "\"'<>") : 0;
	if (length < sizeof(text) && length > 0 && value[length + 1] == *value)
		memcpy(text, value + 1, length);
	if (!read_moment(text, moment))
		return dw_fail(error, DW_INVALID, "%s %.40s is no time", name, value);
	return DW_OK;
}

/* Takes what an element of a key says. */
static enum dw_status read_field(const struct tag *tag, struct dw_anchorxml_key *key, struct dw_error *error)
{
	for (unsigned i = 0; i < 4; i++)
		if (is(tag, true, field_names[i]))
			return copy_text(tag, key->fields[i], sizeof(key->fields[i]), error);
	return DW_OK;
}

/* Reads a key whose opening tag was read, up to its closing one. */
static enum dw_status read_key(
	struct dw_anchorxml *xml, struct tag *tag, struct dw_anchorxml_key *key, struct dw_error *error)
{
	*key = (struct dw_anchorxml_key){.line = xml->line, .from = INT64_MIN, .until = INT64_MAX};
	enum dw_status status = read_time(tag, "validFrom", &key->from, error);

	if (status == DW_OK)
		status = read_time(tag, "validUntil", &key->until, error);
	while (status == DW_OK) {
		status = next_tag(xml, tag, error);
		if (status == DW_OK && is(tag, true, "KeyDigest"))
			break;
		if (status == DW_OK)
			status = read_field(tag, key, error);
	}
	for (unsigned i = 0; i < 4 && status == DW_OK; i++)
		if (key->fields[i][0] == '\0')
			status = dw_fail(error, DW_INVALID, "a KeyDigest without %s", field_names[i]);
	if (status == DW_OK && xml->zone[0] == '\0')
		status = dw_fail(error, DW_INVALID, "a KeyDigest without a Zone before it");
	return status;
}

enum dw_status dw_anchorxml_next(
	struct dw_anchorxml *xml, struct dw_anchorxml_key *key, struct dw_error *error)
{
	struct tag tag;
	enum dw_status status = next_tag(xml, &tag, error);

	if (status == DW_OK && !xml->open && !is(&tag, false, "TrustAnchor"))
		return dw_fail(error, DW_INVALID, "an element '%.*s' where TrustAnchor is wanted",
			tag.name_length < 40 ? (int)tag.name_length : 40, tag.name);
	xml->open = true;
	while (status == DW_OK) {
		if (is(&tag, true, "TrustAnchor"))
			return DW_NOT_FOUND;
		if (is(&tag, false, "KeyDigest"))
			return read_key(xml, &tag, key, error);
		if (is(&tag, true, "Zone"))
			status = copy_text(&tag, xml->zone, sizeof(xml->zone), error);
		if (status == DW_OK)
			status = next_tag(xml, &tag, error);
	}
	return status;
}
