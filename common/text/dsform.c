#include "text/dsform.h"

#include <stdio.h>
#include <string.h>

#include "dns/wire.h"
#include "text/keyword.h"
#include "text/rdatatext.h"

/* More than the longest name of a field. */
#define BARE_MAX 32

/* Names of fields, as dw_keyword_bare() would leave them. */
static const struct {
	const char *bare;
	enum dw_dsfield field;
} names[] = {
	{"keytag", DW_DSFIELD_TAG},
	{"keyid", DW_DSFIELD_TAG},
	{"dskeytag", DW_DSFIELD_TAG},
	{"tag", DW_DSFIELD_TAG},
	{"algorithm", DW_DSFIELD_ALGORITHM},
	{"alg", DW_DSFIELD_ALGORITHM},
	{"algo", DW_DSFIELD_ALGORITHM},
	{"dsalgorithm", DW_DSFIELD_ALGORITHM},
	{"keyalgorithm", DW_DSFIELD_ALGORITHM},
	{"algorithmtype", DW_DSFIELD_ALGORITHM},
	{"signingalgorithm", DW_DSFIELD_ALGORITHM},
	{"digesttype", DW_DSFIELD_DIGEST_TYPE},
	{"digestalgorithm", DW_DSFIELD_DIGEST_TYPE},
	{"dsdigesttype", DW_DSFIELD_DIGEST_TYPE},
	{"hashtype", DW_DSFIELD_DIGEST_TYPE},
	{"digest", DW_DSFIELD_DIGEST},
	{"dsdigest", DW_DSFIELD_DIGEST},
	{"digestvalue", DW_DSFIELD_DIGEST},
	{"hash", DW_DSFIELD_DIGEST},
	{"flags", DW_DSFIELD_FLAGS},
	{"flag", DW_DSFIELD_FLAGS},
	{"keyflags", DW_DSFIELD_FLAGS},
	{"flagtype", DW_DSFIELD_FLAGS},
	{"protocol", DW_DSFIELD_PROTOCOL},
	{"keyprotocol", DW_DSFIELD_PROTOCOL},
	{"publickey", DW_DSFIELD_KEY},
	{"pubkey", DW_DSFIELD_KEY},
	{"key", DW_DSFIELD_KEY},
	{"keydata", DW_DSFIELD_KEY},
	{"domain", DW_DSFIELD_OWNER},
	{"domainname", DW_DSFIELD_OWNER},
	{"zone", DW_DSFIELD_OWNER},
	{"owner", DW_DSFIELD_OWNER},
	{"signingalgorithmtype", DW_DSFIELD_OTHER}, /* the number of what was named */
	{"digestalgorithmtype", DW_DSFIELD_OTHER},
	{"ttl", DW_DSFIELD_OTHER},
	{"class", DW_DSFIELD_OTHER},
	{"keytype", DW_DSFIELD_OTHER},
	{"recordtype", DW_DSFIELD_OTHER},
	{"maxsiglife", DW_DSFIELD_OTHER},
	{"maxsignaturelife", DW_DSFIELD_OTHER},
	{"dssec", DW_DSFIELD_OTHER},
	{"dnssec", DW_DSFIELD_OTHER},
};

/* Names that stand before a whole record or before its fields. */
static const struct {
	const char *bare;
	uint16_t type;
} records[] = {
	{"ds", DW_TYPE_DS},
	{"dsdata", DW_TYPE_DS},
	{"dnssecdsdata", DW_TYPE_DS},
	{"dsrdata", DW_TYPE_DS},
	{"dsrecord", DW_TYPE_DS},
	{"dnskey", DW_TYPE_DNSKEY},
	{"dnskeyrecord", DW_TYPE_DNSKEY},
	{"kskdnskey", DW_TYPE_DNSKEY},
	{"zskdnskey", DW_TYPE_DNSKEY},
	{"cskdnskey", DW_TYPE_DNSKEY},
	{"cds", DW_TYPE_CDS},
	{"cdnskey", DW_TYPE_CDNSKEY},
};

#define N(table) (sizeof(table) / sizeof((table)[0]))

/* What may stand between a value and the next name. */
static const char between[] = " \t\r\"',;|*-";

/* A name being read. */
struct name {
	char bare[BARE_MAX];
	unsigned length;
};

/* Adds a character of a name; false when it cannot be one's. What stands in parentheses is passed over. */
static bool add(struct name *name, const char **at)
{
	const char character = **at;
	const char small = (char)(character | 0x20);

	if (small >= 'a' && small <= 'z') {
		if (name->length + 1 == BARE_MAX)
			return false;
		name->bare[name->length++] = small;
		name->bare[name->length] = '\0';
	} else if (character == '(' && name->length > 0) {
		*at += strcspn(*at, ")");
		if (**at == '\0')
			return false;
	} else if (character == '\0' || strchr(" \t\"'-_.#", character) == NULL) {
		return false;
	}
	++*at;
	return true;
}

static int find(const struct name *name)
{
	for (size_t i = 0; i < N(names); i++)
		if (strcmp(names[i].bare, name->bare) == 0)
			return (int)names[i].field;
	return -1;
}

/* Where the value behind a name with its colon begins; NULL when no such name stands here. */
static const char *match_colon(const char *at, struct name *name)
{
	*name = (struct name){.length = 0};
	at += strspn(at, between);
	while (*at != ':' && *at != '=')
		if (!add(name, &at))
			return NULL;
	return at + 1;
}

/* The same for a name that ends with a word: the longest that is known. */
static const char *match_blank(const char *at, enum dw_dsfield *field)
{
	struct name name = {.length = 0};
	const char *behind = NULL;

	at += strspn(at, between);
	while (add(&name, &at)) {
		if (*at != '\0' && strchr(" \t", *at) == NULL)
			continue;
		const int found = find(&name);
		if (found < 0)
			continue;
		*field = (enum dw_dsfield)found;
		behind = at;
	}
	return behind;
}

static const char *match(const char *at, bool colons, enum dw_dsfield *field)
{
	struct name name;
	const char *behind = match_colon(at, &name);

	if (behind != NULL && find(&name) >= 0) {
		*field = (enum dw_dsfield)find(&name);
		return behind;
	}
	return colons ? NULL : match_blank(at, field);
}

/* Whether the next field begins at `at`, within or behind a value that begins at `value`. */
static bool ends_value(const char *value, const char *at, bool colons)
{
	enum dw_dsfield next;

	if (*at == '\0')
		return true;
	return (at == value || strchr(between, at[-1]) != NULL) && match(at, colons, &next) != NULL;
}

bool dw_dsform_pair(const char **at, bool colons, struct dw_dspair *pair)
{
	const char *value = match(*at, colons, &pair->field);

	if (value == NULL)
		return false;
	value += strspn(value, between);
	const char *end = value;
	while (!ends_value(value, end, colons))
		end++;
	*at = end;
	const char *comment = memchr(value, ';', (size_t)(end - value));
	if (comment != NULL)
		end = comment;
	while (end > value && strchr(between, end[-1]) != NULL)
		end--;
	pair->value = value;
	pair->length = (size_t)(end - value);
	return true;
}

const char *dw_dsform_record_of(const char *line, uint16_t *type)
{
	struct name name;
	const char *behind = match_colon(line, &name);

	for (size_t i = 0; behind != NULL && i < N(records); i++) {
		if (strcmp(records[i].bare, name.bare) == 0) {
			*type = records[i].type;
			return behind;
		}
	}
	return NULL;
}

bool dw_dsform_has(const struct dw_dsform *form, enum dw_dsfield field)
{
	return form->starts[field] != 0;
}

static const char *value_of(const struct dw_dsform *form, enum dw_dsfield field)
{
	return form->starts[field] == 0 ? "" : form->text + form->starts[field] - 1;
}

static enum dw_status append(struct dw_dsform *form, const char *text, size_t length, struct dw_error *error)
{
	if (length + 1 > DW_DSFORM_TEXT_MAX - form->length)
		return dw_fail(error, DW_INVALID, "values of more than %d octets", DW_DSFORM_TEXT_MAX);
	memcpy(form->text + form->length, text, length);
	form->length += length;
	form->text[form->length++] = '\0';
	return DW_OK;
}

enum dw_status dw_dsform_add(struct dw_dsform *form, const struct dw_dspair *pair, struct dw_error *error)
{
	const size_t start = form->length + 1;
	enum dw_status status = append(form, pair->value, pair->length, error);

	if (status != DW_OK)
		return status;
	form->starts[pair->field] = start;
	form->last = pair->field;
	form->n_values++;
	return DW_OK;
}

bool dw_dsform_continues(const struct dw_dsform *form, const char *line)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t";
	static const char hex[] = "ABCDEFabcdef0123456789 \t";

	if (form->n_values == 0)
		return false;
	if (value_of(form, form->last)[0] == '\0')
		return true;
	if (form->last == DW_DSFIELD_DIGEST)
		return line[strspn(line, hex)] == '\0';
	return form->last == DW_DSFIELD_KEY && line[strspn(line, base64)] == '\0';
}

enum dw_status dw_dsform_continue(struct dw_dsform *form, const char *line, struct dw_error *error)
{
	line += strspn(line, between);
	if (value_of(form, form->last)[0] == '\0')
		form->length--;
	else
		form->text[form->length - 1] = ' ';
	return append(form, line, strlen(line), error);
}

/* The number that a value begins with; a note may follow, such as "13 (ECDSAP256SHA256)". */
static bool read_leading(const char *value, unsigned most, unsigned *number)
{
	char digits[16];
	const size_t length = strspn(value, "0123456789");
	const char *note = value + length + strspn(value + length, " \t");

	if (length == 0 || length >= sizeof(digits))
		return false;
	if (*note >= '0' && *note <= '9')
		return false;
	if (note == value + length && *note != '\0' && strchr("()-/:,", *note) == NULL)
		return false;
	memcpy(digits, value, length);
	digits[length] = '\0';
	return dw_keyword_number(digits, most, number);
}

static enum dw_status read_number(const struct dw_dsform *form, enum dw_dsfield field, const char *what,
	unsigned most, unsigned *number, struct dw_error *error)
{
	const char *value = value_of(form, field);

	if (*value == '\0')
		return dw_fail(error, DW_INVALID, "no %s", what);
	if (!read_leading(value, most, number))
		return dw_fail(error, DW_INVALID, "%s '%.40s' is not a number from 0 to %u", what, value, most);
	return DW_OK;
}

typedef bool keyword_fn(const char *text, uint8_t *number);

/* A number, a name, or a name with its number behind it: "ECDSA Curve P-256 with SHA-256 (13)". */
static bool read_named(const char *value, keyword_fn *keyword, uint8_t *number)
{
	char text[80];
	unsigned leading = 0;
	const size_t length = strcspn(value, "(");

	if (read_leading(value, UINT8_MAX, &leading)) {
		*number = (uint8_t)leading;
		return true;
	}
	if (length >= sizeof(text))
		return false;
	memcpy(text, value, length);
	text[length] = '\0';
	if (keyword(text, number))
		return true;
	if (value[length] == '(' && read_leading(value + length + 1, UINT8_MAX, &leading)) {
		*number = (uint8_t)leading;
		return true;
	}
	dw_rdatatext_word(value, text, sizeof(text));
	return keyword(text, number);
}

static enum dw_status read_keyword(const struct dw_dsform *form, enum dw_dsfield field, const char *what,
	uint8_t *number, struct dw_error *error)
{
	const char *value = value_of(form, field);
	keyword_fn *keyword = field == DW_DSFIELD_ALGORITHM ? dw_keyword_algorithm : dw_keyword_digest_type;

	if (*value == '\0')
		return dw_fail(error, DW_INVALID, "no %s", what);
	if (!read_named(value, keyword, number))
		return dw_fail(
			error, DW_INVALID, "%s '%.40s' is neither a number from 0 to 255 nor known by name", what, value);
	return DW_OK;
}

static enum dw_status end_ds(
	const struct dw_dsform *form, struct dw_dsform_record *record, struct dw_error *error)
{
	char text[DW_DSFORM_TEXT_MAX + 24];
	unsigned tag = 0;
	uint8_t algorithm = 0, digest_type = 0;
	enum dw_status status = read_number(form, DW_DSFIELD_TAG, "key tag", UINT16_MAX, &tag, error);

	if (status == DW_OK)
		status = read_keyword(form, DW_DSFIELD_ALGORITHM, "algorithm", &algorithm, error);
	if (status == DW_OK)
		status = read_keyword(form, DW_DSFIELD_DIGEST_TYPE, "digest type", &digest_type, error);
	if (status != DW_OK)
		return status;
	snprintf(text, sizeof(text), "%u %u %u %s", tag, (unsigned)algorithm, (unsigned)digest_type,
		value_of(form, DW_DSFIELD_DIGEST));
	status = dw_rdatatext_ds(text, &record->ds, error);
	record->has_ds = status == DW_OK;
	return status;
}

static enum dw_status end_key(
	const struct dw_dsform *form, struct dw_dsform_record *record, struct dw_error *error)
{
	char text[DW_DSFORM_TEXT_MAX + 24];
	unsigned flags = 0, protocol = 3;
	uint8_t algorithm = 0;
	enum dw_status status = read_number(form, DW_DSFIELD_FLAGS, "flags", UINT16_MAX, &flags, error);

	if (status == DW_OK && *value_of(form, DW_DSFIELD_PROTOCOL) != '\0')
		status = read_number(form, DW_DSFIELD_PROTOCOL, "protocol", UINT8_MAX, &protocol, error);
	if (status == DW_OK)
		status = read_keyword(form, DW_DSFIELD_ALGORITHM, "algorithm", &algorithm, error);
	if (status != DW_OK)
		return status;
	snprintf(text, sizeof(text), "%u %u %u %s", flags, protocol, (unsigned)algorithm,
		value_of(form, DW_DSFIELD_KEY));
	return dw_rdatatext_key(text, &record->rdata, &record->rdata_length, error);
}

static bool has_value(const struct dw_dsform *form, enum dw_dsfield field)
{
	return *value_of(form, field) != '\0';
}

enum dw_status dw_dsform_end(
	const struct dw_dsform *form, struct dw_dsform_record *record, struct dw_error *error)
{
	const bool is_key = has_value(form, DW_DSFIELD_FLAGS) || has_value(form, DW_DSFIELD_KEY);
	const bool is_ds = has_value(form, DW_DSFIELD_DIGEST) || has_value(form, DW_DSFIELD_DIGEST_TYPE) ||
		(has_value(form, DW_DSFIELD_TAG) && !is_key);
	enum dw_status status = DW_OK;

	*record = (struct dw_dsform_record){.owner = value_of(form, DW_DSFIELD_OWNER)};
	if (is_ds)
		status = end_ds(form, record, error);
	if (status == DW_OK && is_key)
		status = end_key(form, record, error);
	return status;
}
