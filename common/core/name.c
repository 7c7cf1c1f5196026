#include "core/name.h"

#include <string.h>

const struct dw_name dw_name_root = {.length = 1, .wire = {0}};

/* Octets of text that stand for themselves, beside letters and digits. */
static const char plain[] = "-_*/+:,!#%^?[]{}";

/* Octets that are shown behind a backslash; the rest of what is not plain is shown as \DDD. */
static const char quoted[] = ".\\()";

static uint8_t lower(uint8_t octet)
{
	return octet >= 'A' && octet <= 'Z' ? (uint8_t)(octet + ('a' - 'A')) : octet;
}

static bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* A text being read into a name. */
struct reader {
	const char *at;
	size_t length; /* octets written so far */
	struct dw_name *name;
	unsigned label; /* counted from 1, for people */
};

/* Reads "\DDD" or "\X" behind its backslash. */
static enum dw_status read_escape(struct reader *reader, uint8_t *octet, struct dw_error *error)
{
	const char *at = reader->at;

	if (*at == '\0')
		return dw_fail(error, DW_INVALID, "nothing follows the last '\\'");
	if (!is_digit(*at)) {
		*octet = (uint8_t)*at;
		reader->at = at + 1;
		return DW_OK;
	}
	if (!is_digit(at[1]) || !is_digit(at[2]))
		return dw_fail(
			error, DW_INVALID, "label %u: '\\' takes three digits or one other character", reader->label);
	int value = (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
	if (value > UINT8_MAX)
		return dw_fail(error, DW_INVALID, "label %u: '\\%d' is above 255", reader->label, value);
	*octet = (uint8_t)value;
	reader->at = at + 3;
	return DW_OK;
}

static enum dw_status read_octet(struct reader *reader, uint8_t *octet, struct dw_error *error)
{
	*octet = (uint8_t)*reader->at++;
	if (*octet == '\\')
		return read_escape(reader, octet, error);
	if (*octet <= ' ' || *octet > '~')
		return dw_fail(error, DW_INVALID, "label %u: octet %u must be written as '\\%03u'", reader->label,
			(unsigned)*octet, (unsigned)*octet);
	return DW_OK;
}

/* Reads one label, up to its dot or the end of the text. */
static enum dw_status read_label(struct reader *reader, struct dw_error *error)
{
	size_t start = reader->length++;

	reader->label++;
	while (*reader->at != '\0' && *reader->at != '.') {
		uint8_t octet;
		enum dw_status status = read_octet(reader, &octet, error);
		if (status != DW_OK)
			return status;
		if (reader->length - start > DW_LABEL_MAX)
			return dw_fail(
				error, DW_INVALID, "label %u is longer than %d octets", reader->label, DW_LABEL_MAX);
		/* One octet stays free for the root label. */
		if (reader->length >= DW_NAME_MAX - 1)
			return dw_fail(error, DW_INVALID, "longer than %d octets", DW_NAME_MAX);
		reader->name->wire[reader->length++] = octet;
	}
	if (reader->length - start == 1)
		return dw_fail(error, DW_INVALID, "label %u is empty", reader->label);
	reader->name->wire[start] = (uint8_t)(reader->length - start - 1);
	return DW_OK;
}

static enum dw_status read_labels(struct reader *reader, struct dw_error *error)
{
	while (*reader->at != '\0') {
		enum dw_status status = read_label(reader, error);
		if (status != DW_OK)
			return status;
		if (*reader->at == '.')
			reader->at++;
	}
	reader->name->wire[reader->length++] = 0;
	reader->name->length = (uint8_t)reader->length;
	return DW_OK;
}

enum dw_status dw_name_parse(const char *text, struct dw_name *name, struct dw_error *error)
{
	struct reader reader = {.at = text, .name = name};

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "name is empty");
	memset(name, 0, sizeof(*name));
	if (strcmp(text, ".") == 0)
		reader.at++;
	enum dw_status status = read_labels(&reader, error);
	if (status != DW_OK)
		return dw_within(error, status, "name '%.100s%s'", text, strlen(text) > 100 ? "..." : "");
	return DW_OK;
}

enum dw_status dw_name_read(
	const uint8_t *octets, size_t length, struct dw_name *name, struct dw_error *error)
{
	size_t at = 0;

	while (at < length && octets[at] != 0) {
		if (octets[at] > DW_LABEL_MAX)
			return dw_fail(error, DW_MALFORMED, "name has a label of type or length %u", octets[at]);
		at += (size_t)octets[at] + 1;
		if (at >= DW_NAME_MAX)
			return dw_fail(error, DW_MALFORMED, "name is longer than %d octets", DW_NAME_MAX);
	}
	if (at >= length)
		return dw_fail(error, DW_MALFORMED, "name does not end within %zu octets", length);
	memset(name, 0, sizeof(*name));
	name->length = (uint8_t)(at + 1);
	memcpy(name->wire, octets, at + 1);
	return DW_OK;
}

/* Where the next label starts; stands still at the root label and at the end. */
static size_t next_label(const struct dw_name *name, size_t at)
{
	return at < name->length && name->wire[at] != 0 ? at + name->wire[at] + 1 : at;
}

/* Writes one octet as text; returns where the text goes on. */
static char *put_octet(char *text, uint8_t octet)
{
	bool letter = lower(octet) >= 'a' && lower(octet) <= 'z';

	if (octet != 0 && strchr(quoted, octet) != NULL) {
		*text++ = '\\';
		*text++ = (char)octet;
	} else if (letter || is_digit((char)octet) || (octet != 0 && strchr(plain, octet) != NULL)) {
		*text++ = (char)octet;
	} else {
		*text++ = '\\';
		*text++ = (char)('0' + octet / 100);
		*text++ = (char)('0' + octet / 10 % 10);
		*text++ = (char)('0' + octet % 10);
	}
	return text;
}

const char *dw_name_format(const struct dw_name *name, char text[DW_NAME_TEXT_MAX])
{
	char *out = text;
	size_t next;

	for (size_t at = 0; (next = next_label(name, at)) != at; at = next) {
		if (at > 0)
			*out++ = '.';
		for (size_t i = at + 1; i < next; i++)
			out = put_octet(out, name->wire[i]);
	}
	if (name->length == 1)
		*out++ = '.';
	*out = '\0';
	return text;
}

/* Compares octets, ASCII case ignored. Length octets of labels are below 'A', so whole names compare too. */
static int compare_octets(const uint8_t *a, const uint8_t *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (lower(a[i]) != lower(b[i]))
			return (int)lower(a[i]) - (int)lower(b[i]);
	return 0;
}

bool dw_name_equal(const struct dw_name *a, const struct dw_name *b)
{
	return a->length == b->length && compare_octets(a->wire, b->wire, a->length) == 0;
}

/* Notes where each label starts, without the root label, and returns their number. */
static unsigned find_labels(const struct dw_name *name, uint8_t starts[DW_LABELS_MAX])
{
	unsigned n_labels = 0;
	size_t next;

	for (size_t at = 0; (next = next_label(name, at)) != at; at = next)
		starts[n_labels++] = (uint8_t)at;
	return n_labels;
}

/* Compares two labels as left-justified strings of octets: where one ends, it sorts first. */
static int compare_labels(const uint8_t *a, const uint8_t *b)
{
	int order = compare_octets(a + 1, b + 1, a[0] < b[0] ? a[0] : b[0]);

	return order != 0 ? order : (int)a[0] - (int)b[0];
}

int dw_name_compare(const struct dw_name *a, const struct dw_name *b)
{
	uint8_t a_starts[DW_LABELS_MAX], b_starts[DW_LABELS_MAX];
	unsigned n_a = find_labels(a, a_starts);
	unsigned n_b = find_labels(b, b_starts);

	for (unsigned i = 1; i <= n_a && i <= n_b; i++) {
		int order = compare_labels(a->wire + a_starts[n_a - i], b->wire + b_starts[n_b - i]);
		if (order != 0)
			return order;
	}
	return (int)n_a - (int)n_b;
}

bool dw_name_within(const struct dw_name *name, const struct dw_name *ancestor)
{
	size_t at = 0;
	size_t next;

	if (name->length < ancestor->length || ancestor->length == 0)
		return false;
	size_t suffix = (size_t)name->length - ancestor->length;
	while (at < suffix && (next = next_label(name, at)) != at)
		at = next;
	return at == suffix && compare_octets(name->wire + at, ancestor->wire, ancestor->length) == 0;
}

unsigned dw_name_labels(const struct dw_name *name)
{
	unsigned n_labels = 0;
	size_t next;

	for (size_t at = 0; (next = next_label(name, at)) != at; at = next)
		n_labels++;
	return n_labels;
}

struct dw_name dw_name_ancestor(const struct dw_name *name, unsigned labels)
{
	struct dw_name ancestor = {0};
	size_t at = 0;

	for (unsigned n = dw_name_labels(name); n > labels; n--)
		at = next_label(name, at);
	ancestor.length = (uint8_t)(name->length - at);
	memcpy(ancestor.wire, name->wire + at, ancestor.length);
	return ancestor;
}

struct dw_name dw_name_wildcard(const struct dw_name *name, unsigned labels)
{
	const struct dw_name encloser = dw_name_ancestor(name, labels);
	struct dw_name wildcard = {.length = (uint8_t)(encloser.length + 2), .wire = {1, '*'}};

	/* The label that went is at least as long as the one that came. */
	memcpy(wildcard.wire + 2, encloser.wire, encloser.length);
	return wildcard;
}

enum dw_status dw_name_prefix(
	const char *label, const struct dw_name *name, struct dw_name *result, struct dw_error *error)
{
	struct dw_name built = {0}; /* `result` may be `name` */
	size_t length = strlen(label);

	if (length == 0 || length > DW_LABEL_MAX)
		return dw_fail(error, DW_INVALID, "label of %zu octets, where 1 to %d fit", length, DW_LABEL_MAX);
	if (name->length + length + 1 > DW_NAME_MAX)
		return dw_fail(
			error, DW_INVALID, "name with label '%s' is longer than %d octets", label, DW_NAME_MAX);
	built.length = (uint8_t)(name->length + length + 1);
	built.wire[0] = (uint8_t)length;
	memcpy(built.wire + 1, label, length);
	memcpy(built.wire + 1 + length, name->wire, name->length);
	*result = built;
	return DW_OK;
}

enum dw_status dw_name_join(const struct dw_name *relative, const struct dw_name *origin,
	struct dw_name *result, struct dw_error *error)
{
	struct dw_name built = *relative;
	const size_t front = relative->length - 1u; /* without its root label */

	if (front + origin->length > DW_NAME_MAX)
		return dw_fail(error, DW_INVALID, "the two names together are longer than %d octets", DW_NAME_MAX);
	memcpy(built.wire + front, origin->wire, origin->length);
	built.length = (uint8_t)(front + origin->length);
	*result = built;
	return DW_OK;
}

void dw_name_lower(struct dw_name *name)
{
	for (size_t i = 0; i < name->length; i++)
		name->wire[i] = lower(name->wire[i]);
}

bool dw_name_is_wildcard(const struct dw_name *name)
{
	return name->length > 2 && name->wire[0] == 1 && name->wire[1] == '*';
}
