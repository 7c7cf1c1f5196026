#include "text/keyfile.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/dsform.h"
#include "text/keyline.h"
#include "text/rdatatext.h"
#include "text/tableline.h"
#include "text/textlines.h"
#include "text/toolline.h"
#include "text/wholefile.h"

/* Records that are allocated at first. */
#define FIRST_RECORDS 8

/* A text being read. */
struct reading {
	struct dw_keyfile *file;
	struct dw_textlines lines;
	unsigned line;          /* where the entry begins that is being read */
	bool metadata;          /* of dw_toolline_passes() */
	struct dw_name origin;  /* of $ORIGIN; length 0 without */
	struct dw_name owner;   /* of the last record; length 0 without */
	struct dw_dsform *form; /* never NULL */
};

/* An error of a line that is taken for a record. */
static enum dw_status no_record(struct dw_error *error, enum dw_status status)
{
	return status == DW_OK || status == DW_SYSTEM ? status : dw_within(error, status, "no DS or key");
}

static enum dw_status add(
	struct dw_keyfile *file, const struct dw_keyfile_record *record, struct dw_error *error)
{
	if (file->n_records == DW_KEYFILE_RECORDS_MAX)
		return dw_fail(error, DW_INVALID, "more than %d records", DW_KEYFILE_RECORDS_MAX);
	if (file->n_records == file->n_allocated) {
		const unsigned wanted = file->n_allocated == 0 ? FIRST_RECORDS : file->n_allocated * 2;
		struct dw_keyfile_record *records = realloc(file->records, wanted * sizeof(*records));
		if (records == NULL)
			return dw_fail(error, DW_SYSTEM, "no memory for %u records", wanted);
		file->records = records;
		file->n_allocated = wanted;
	}
	file->records[file->n_records++] = *record;
	return DW_OK;
}

/* Adds a record whose RDATA is handed over: it is freed when the record cannot be added. */
static enum dw_status add_or_free(
	struct reading *reading, const struct dw_keyfile_record *record, struct dw_error *error)
{
	enum dw_status status = add(reading->file, record, error);

	if (status != DW_OK)
		free(record->rdata);
	return status;
}

/* The owner as written: "@" is the origin, and a name without its final dot lies below the origin, if any. */
static enum dw_status read_owner(
	const struct reading *reading, const char *text, struct dw_name *owner, struct dw_error *error)
{
	*owner = (struct dw_name){.length = 0};
	if (strcmp(text, "@") == 0) {
		*owner = reading->origin;
		return DW_OK;
	}
	enum dw_status status = dw_name_parse(text, owner, error);
	if (status != DW_OK || reading->origin.length == 0 || text[strlen(text) - 1] == '.')
		return status;
	return dw_name_join(owner, &reading->origin, owner, error);
}

static enum dw_status take_fields(
	struct reading *reading, uint16_t type, const char *fields, struct dw_error *error)
{
	struct dw_keyfile_record record = {.type = type, .owner = reading->owner, .line = reading->line};
	enum dw_status status;

	if (type == DW_TYPE_DS || type == DW_TYPE_CDS)
		status = dw_rdatatext_ds(fields, &record.ds, error);
	else
		status = dw_rdatatext_key(fields, &record.rdata, &record.rdata_length, error);
	if (status != DW_OK)
		return no_record(error, status);
	return add_or_free(reading, &record, error);
}

/* An entry that names its type. DW_NOT_FOUND when it does not look like one. */
static enum dw_status take_entry(struct reading *reading, const char *text, struct dw_error *error)
{
	struct dw_keyline line;
	enum dw_status status = dw_keyline_read(text, reading->origin.length > 0, &line, error);

	if (status == DW_NOT_FOUND)
		return status;
	if (status == DW_OK && line.owner[0] != '\0')
		status = read_owner(reading, line.owner, &reading->owner, error);
	else if (*text != ' ' && *text != '\t')
		reading->owner.length = 0;
	if (status != DW_OK)
		return no_record(error, status);
	return take_fields(reading, line.type, line.fields, error);
}

/* Takes the form that was read up to here, and leaves an empty one. */
static enum dw_status end_form(struct reading *reading, struct dw_error *error)
{
	struct dw_keyfile_record record = {.type = DW_TYPE_DS, .line = reading->form->line};
	struct dw_dsform_record found;
	enum dw_status status = dw_dsform_end(reading->form, &found, error);

	reading->line = reading->form->line;
	if (status == DW_OK && *found.owner != '\0')
		status = read_owner(reading, found.owner, &record.owner, error);
	if (status != DW_OK) {
		free(found.rdata);
		return no_record(error, status);
	}
	memset(reading->form, 0, sizeof(*reading->form));
	record.ds = found.ds;
	if (found.has_ds)
		status = add(reading->file, &record, error);
	if (found.rdata == NULL)
		return status;
	record.type = DW_TYPE_DNSKEY;
	record.ds = (struct dw_ds_fact){0};
	record.rdata = found.rdata;
	record.rdata_length = found.rdata_length;
	if (status == DW_OK)
		return add_or_free(reading, &record, error);
	free(found.rdata);
	return status;
}

/* A field begins: another form when the one before has this field already. */
static enum dw_status take_pair(
	struct reading *reading, const struct dw_dspair *pair, unsigned line, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	if (dw_dsform_has(reading->form, pair->field))
		status = end_form(reading, error);
	if (status != DW_OK)
		return status;
	if (reading->form->n_values == 0)
		reading->form->line = line;
	return dw_dsform_add(reading->form, pair, error);
}

/* A line of a form. DW_NOT_FOUND when it does not begin with a field's name. */
static enum dw_status take_form(
	struct reading *reading, const char *text, bool colons, struct dw_error *error)
{
	const unsigned line = reading->line;
	struct dw_dspair pair;
	unsigned n_pairs = 0;

	while (dw_dsform_pair(&text, colons, &pair)) {
		enum dw_status status = take_pair(reading, &pair, line, error);
		if (status != DW_OK)
			return status;
		n_pairs++;
	}
	return n_pairs > 0 ? DW_OK : DW_NOT_FOUND;
}

/* What a line is that nothing here takes: fields of a DS that lack something, or anything else. */
static enum dw_status refuse(const char *text, struct dw_error *error)
{
	struct dw_ds_fact ds;
	enum dw_status status = DW_OK;

	text += strspn(text, " \t");
	if (*text >= '0' && *text <= '9')
		status = dw_rdatatext_ds(text, &ds, error);
	if (status == DW_OK)
		status = dw_fail(error, DW_INVALID, "'%.60s'", text);
	return no_record(error, status);
}

/* Whether a line begins with the name of a field. */
static bool is_field(const char *text)
{
	struct dw_dspair pair;

	return dw_dsform_pair(&text, false, &pair);
}

/* A record, its fields alone, or the next part of a form. `type` is what the fields should be, or 0. */
static enum dw_status take_record(struct reading *reading, char *text, uint16_t type, struct dw_error *error)
{
	enum dw_status status = dw_textlines_entry(&reading->lines, text, error);

	if (status != DW_OK)
		return no_record(error, status);
	if (text[strspn(text, " \t")] == '\0' || dw_keyline_signs(text))
		return DW_OK;
	const uint16_t bare = dw_keyline_bare(text);
	if (bare == 0 && type == 0 && !is_field(text) && dw_dsform_continues(reading->form, text))
		return dw_dsform_continue(reading->form, text, error);
	status = take_entry(reading, text, error);
	/* "Public Key" on a line of its own is a field, and no KEY record of "Public". */
	if (status == DW_INVALID && strchr(text, '.') == NULL && take_form(reading, text, false, NULL) == DW_OK)
		return DW_OK;
	if (status != DW_NOT_FOUND)
		return status;
	if (bare != 0 || type != 0) {
		reading->owner.length = 0;
		return take_fields(reading, bare != 0 ? bare : type, text, error);
	}
	status = take_form(reading, text, false, error);
	return status != DW_NOT_FOUND ? status : refuse(text, error);
}

/* "$ORIGIN NAME"; "$TTL" says nothing about a key. */
static enum dw_status take_directive(struct reading *reading, char *text, struct dw_error *error)
{
	char word[16], name[DW_NAME_TEXT_MAX];
	enum dw_status status = dw_textlines_entry(&reading->lines, text, error);

	if (status != DW_OK)
		return no_record(error, status);
	text = (char *)dw_rdatatext_word(text, word, sizeof(word));
	dw_rdatatext_word(text, name, sizeof(name));
	if (strcasecmp(word, "$TTL") == 0)
		return DW_OK;
	if (strcasecmp(word, "$ORIGIN") != 0)
		return dw_fail(error, DW_INVALID, "no DS or key: '%.40s' is not taken here", word);
	struct dw_name origin;
	status = read_owner(reading, name, &origin, error);
	if (status == DW_OK)
		reading->origin = origin;
	return no_record(error, status);
}

static enum dw_status take_line(struct reading *reading, char *text, struct dw_error *error)
{
	const char first = text[strspn(text, " \t")];
	uint16_t type = 0;

	if (first == '\0' || first == ';' || first == '#')
		return DW_OK;
	if (*text == '$')
		return take_directive(reading, text, error);
	if (dw_toolline_passes(text, &reading->metadata))
		return DW_OK;
	dw_tableline_open(text);
	const char *behind = dw_dsform_record_of(text, &type);
	if (behind != NULL)
		return take_record(reading, text + (behind - text), type, error);
	enum dw_status status = take_form(reading, text, true, error);
	return status != DW_NOT_FOUND ? status : take_record(reading, text, 0, error);
}

static enum dw_status take_lines(struct reading *reading, struct dw_error *error)
{
	char *text;

	while ((text = dw_textlines_next(&reading->lines)) != NULL) {
		reading->line = reading->lines.number;
		enum dw_status status = take_line(reading, text, error);
		if (status != DW_OK)
			return status;
	}
	return end_form(reading, error);
}

enum dw_status dw_keyfile_parse(
	const char *text, size_t length, const char *name, struct dw_keyfile *file, struct dw_error *error)
{
	struct dw_dsform form = {.line = 0};
	struct reading reading = {.file = file, .form = &form};
	const unsigned n_before = file->n_records;
	enum dw_status status = dw_textlines_init(&reading.lines, text, length, error);

	if (status != DW_OK)
		return dw_within(error, status, "%.200s", name);
	status = take_lines(&reading, error);
	dw_textlines_fini(&reading.lines);
	if (status != DW_OK)
		return dw_within(error, status, "%.200s: line %u", name, reading.line);
	if (file->n_records == n_before)
		return dw_fail(error, DW_INVALID, "%.200s: no DS or key", name);
	return DW_OK;
}

enum dw_status dw_keyfile_read(const char *path, struct dw_keyfile *file, struct dw_error *error)
{
	struct dw_wholefile whole;
	enum dw_status status = dw_wholefile_read(path, DW_KEYFILE_SIZE_MAX, &whole, error);

	if (status != DW_OK)
		return status;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	status = dw_keyfile_parse(whole.text, whole.length, name, file, error);
	dw_wholefile_fini(&whole);
	return status;
}

enum dw_status dw_keyfile_ds(const char *text, struct dw_ds_fact *ds, struct dw_error *error)
{
	return dw_rdatatext_ds(text, ds, error);
}

void dw_keyfile_fini(struct dw_keyfile *file)
{
	for (unsigned i = 0; i < file->n_records; i++)
		free(file->records[i].rdata);
	free(file->records);
	*file = (struct dw_keyfile){.n_records = 0};
}
