#include "option.h"

#include <stdlib.h>
#include <string.h>

#include "idn.h"
#include "option_ds.h"
#include "zone_list.h"

#include "text/rrtype.h"

/* What a reader gets: the row, the text, and what relative times count from. */
struct reading {
	const struct dw_option *row;
	const char *text;
	dw_moment now;
};

typedef enum dw_status reader_fn(const struct reading *reading, void *member, struct dw_error *error);

static enum dw_status read_flag(const struct reading *reading, void *member, struct dw_error *error)
{
	(void)reading;
	(void)error;
	*(bool *)member = true;
	return DW_OK;
}

static enum dw_status read_level(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_level *level = member;

	(void)reading;
	(void)error;
	if (level->level < 3)
		level->level++;
	return DW_OK;
}

/* Decimal digits only, from `least` to `most`. */
static enum dw_status read_digits(
	const char *text, unsigned least, unsigned most, unsigned *number, struct dw_error *error)
{
	unsigned long value = 0;

	if (text[0] == '\0' || strlen(text) > 9 || text[strspn(text, "0123456789")] != '\0')
		return dw_fail(error, DW_INVALID, "'%.40s' is not a whole number from %u to %u", text, least, most);
	value = strtoul(text, NULL, 10);
	if (value < least || value > most)
		return dw_fail(error, DW_INVALID, "%lu is not within %u to %u", value, least, most);
	*number = (unsigned)value;
	return DW_OK;
}

static enum dw_status read_number(const struct reading *reading, void *member, struct dw_error *error)
{
	return read_digits(reading->text, 1, 100, member, error);
}

static enum dw_status read_port(const struct reading *reading, void *member, struct dw_error *error)
{
	unsigned port = 0;
	const enum dw_status status = read_digits(reading->text, 1, 65535, &port, error);

	if (status == DW_OK)
		*(uint16_t *)member = (uint16_t)port;
	return status;
}

static enum dw_status read_size(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_size_list *sizes = member;
	unsigned size = 0;
	const enum dw_status status = read_digits(reading->text, 512, 65535, &size, error);

	if (status != DW_OK)
		return status;
	for (unsigned i = 0; i < sizes->n_sizes; i++)
		if (sizes->items[i] == size)
			return DW_OK;
	if (sizes->n_sizes == DW_SIZES_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d sizes", DW_SIZES_MAX);
	sizes->items[sizes->n_sizes++] = (uint16_t)size;
	return DW_OK;
}

static enum dw_status read_span(const struct reading *reading, void *member, struct dw_error *error)
{
	return dw_span_parse(reading->text, 1, member, error);
}

static enum dw_status read_text(const struct reading *reading, void *member, struct dw_error *error)
{
	(void)error;
	*(const char **)member = reading->text;
	return DW_OK;
}

static enum dw_status read_zone(const struct reading *reading, void *member, struct dw_error *error)
{
	return dw_zone_list_add(member, reading->text, error);
}

/* A server or a resolver: what is named by its address must be able to answer from it. */
static enum dw_status read_one_host(const char *text, struct dw_host *host, struct dw_error *error)
{
	const enum dw_status status = dw_host_parse(text, host, error);

	if (status == DW_OK && host->address.length > 0 && !dw_address_answers(&host->address))
		return dw_fail(
			error, DW_INVALID, "no host answers from '%.120s'; give an address of the host itself", text);
	return status;
}

static enum dw_status read_host(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_host_list *hosts = member;
	enum dw_status status = DW_OK;

	if (hosts->n_hosts == DW_HOSTS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d hosts", DW_HOSTS_MAX);
	status = read_one_host(reading->text, &hosts->items[hosts->n_hosts], error);
	if (status == DW_OK)
		hosts->n_hosts++;
	return status;
}

static enum dw_status read_resolver(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_resolvers *resolvers = member;
	struct dw_host host = {0};
	enum dw_status status = DW_OK;

	if (resolvers->n_resolvers == DW_RESOLVERS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d resolvers", DW_RESOLVERS_MAX);
	status = read_one_host(reading->text, &host, error);
	if (status != DW_OK)
		return status;
	if (host.address.length == 0)
		return dw_fail(error, DW_INVALID, "'%.120s' is not an address; a resolver is named by its address",
			reading->text);
	dw_address_set_port(&host.address, host.port == 0 ? DW_PORT_DNS : host.port);
	resolvers->items[resolvers->n_resolvers++] = host.address;
	return DW_OK;
}

/* Whether a name is written with its final dot, which is none that is escaped. */
static bool ends_with_dot(const char *text)
{
	const size_t length = strlen(text);
	size_t n_escapes = 0;

	while (n_escapes + 1 < length && text[length - 2 - n_escapes] == '\\')
		n_escapes++;
	return length > 0 && text[length - 1] == '.' && n_escapes % 2 == 0;
}

static enum dw_status read_record(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_record_list *records = member;
	struct dw_record *record = &records->items[records->n_records];
	const char *slash = strrchr(reading->text, '/');
	char text[DW_NAME_TEXT_MAX];
	bool unicode = false;
	enum dw_status status = DW_OK;

	if (records->n_records == DW_SURVEY_RECORDS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d records", DW_SURVEY_RECORDS_MAX);
	if (slash == NULL || (size_t)(slash - reading->text) >= sizeof text)
		return dw_fail(
			error, DW_INVALID, "'%.120s' is not NAME/TYPE, such as www.example.org/A", reading->text);
	memcpy(text, reading->text, (size_t)(slash - reading->text));
	text[slash - reading->text] = '\0';
	/* As in a zone file, "@" is the apex: nothing before the zone. */
	if (strcmp(text, "@") == 0)
		record->name = dw_name_root;
	else
		status = dw_idn_parse(text, &record->name, &unicode, error);
	if (status == DW_OK)
		status = dw_rrtype_parse(slash + 1, &record->type, error);
	records->absolute[records->n_records] = ends_with_dot(text);
	if (status == DW_OK)
		records->n_records++;
	return status;
}

static enum dw_status read_range(const struct reading *reading, void *member, struct dw_error *error)
{
	const enum dw_range_kind kind = reading->row->left ? DW_RANGE_LEFT : DW_RANGE_COUNT;

	return dw_range_parse(reading->text, kind, member, error);
}

static const char *const state_words[] = {"ok", "warning", "critical", "unknown", NULL};
static const enum dw_severity states[] = {DW_NOTE, DW_WARNING, DW_CRITICAL, DW_UNKNOWN};

/* The index of a word, case ignored for ASCII letters; DW_INVALID lists the words there are. */
static enum dw_status read_word(
	const char *text, const char *const *words, unsigned *index, struct dw_error *error)
{
	char list[120] = "";

	for (unsigned i = 0; words[i] != NULL; i++) {
		if (strcasecmp(text, words[i]) == 0) {
			*index = i;
			return DW_OK;
		}
		strncat(list, i == 0 ? "" : ", ", sizeof list - strlen(list) - 1);
		strncat(list, words[i], sizeof list - strlen(list) - 1);
	}
	return dw_fail(error, DW_INVALID, "'%.40s' is none of: %s", text, list);
}

static enum dw_status read_state(const struct reading *reading, void *member, struct dw_error *error)
{
	unsigned index = 0;
	const enum dw_status status = read_word(reading->text, state_words, &index, error);

	if (status == DW_OK)
		((struct dw_state *)member)->severity = states[index];
	return status;
}

static enum dw_status read_choice(const struct reading *reading, void *member, struct dw_error *error)
{
	return read_word(reading->text, reading->row->words, &((struct dw_word *)member)->index, error);
}

/* Seconds with up to three decimals, as milliseconds, from 1 ms to a day. */
static enum dw_status read_millis(const char *text, size_t length, dw_millis *millis, struct dw_error *error)
{
	const size_t whole = strspn(text, "0123456789");
	dw_millis value = 0, unit = 1000;

	for (size_t i = 0; i < length && i < 12; i++) {
		if (i == whole && text[i] == '.')
			continue;
		if (text[i] < '0' || text[i] > '9')
			return dw_fail(error, DW_INVALID, "'%.40s' is not a number of seconds, such as 10 or 1.5", text);
		if (i > whole)
			unit /= 10;
		value = i > whole ? value + (text[i] - '0') * unit : value * 10 + (text[i] - '0') * 1000;
	}
	if (length > 11 || value < 1 || value > 86400000)
		return dw_fail(error, DW_INVALID, "'%.40s' is not within 0.001 to 86400 seconds", text);
	*millis = value;
	return DW_OK;
}

static enum dw_status read_wait(const struct reading *reading, void *member, struct dw_error *error)
{
	return read_millis(reading->text, strlen(reading->text), &((struct dw_wait *)member)->millis, error);
}

static enum dw_status read_timeout(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_timeout *timeout = member;
	const size_t length = strcspn(reading->text, ":");
	unsigned index = 3;
	enum dw_status status = DW_OK;

	if (reading->text[length] == ':')
		status = read_word(reading->text + length + 1, state_words, &index, error);
	if (status == DW_OK)
		status = read_millis(reading->text, length, &timeout->wait, error);
	if (status == DW_OK)
		timeout->state = states[index];
	return status;
}

static enum dw_status read_time(const struct reading *reading, void *member, struct dw_error *error)
{
	struct dw_time *time = member;

	time->given = true;
	return dw_moment_parse(reading->text, reading->now, &time->moment, error);
}

static enum dw_status read_address(const struct reading *reading, void *member, struct dw_error *error)
{
	return dw_address_parse(reading->text, 0, member, error);
}

static enum dw_status read_one_name(const struct reading *reading, void *member, struct dw_error *error)
{
	bool unicode = false;

	return dw_idn_parse(reading->text, member, &unicode, error);
}

static enum dw_status read_ds(const struct reading *reading, void *member, struct dw_error *error)
{
	return dw_option_ds(reading->text, member, error);
}

static enum dw_status read_digests(const struct reading *reading, void *member, struct dw_error *error)
{
	return dw_option_digests(reading->text, member, error);
}

static reader_fn *const readers[] = {
	[DW_OPTION_FLAG] = read_flag,
	[DW_OPTION_LEVEL] = read_level,
	[DW_OPTION_NUMBER] = read_number,
	[DW_OPTION_PORT] = read_port,
	[DW_OPTION_SPAN] = read_span,
	[DW_OPTION_TEXT] = read_text,
	[DW_OPTION_ZONES] = read_zone,
	[DW_OPTION_HOSTS] = read_host,
	[DW_OPTION_RESOLVERS] = read_resolver,
	[DW_OPTION_RECORDS] = read_record,
	[DW_OPTION_RANGE] = read_range,
	[DW_OPTION_TIMEOUT] = read_timeout,
	[DW_OPTION_WAIT] = read_wait,
	[DW_OPTION_STATE] = read_state,
	[DW_OPTION_CHOICE] = read_choice,
	[DW_OPTION_TIME] = read_time,
	[DW_OPTION_ADDRESS] = read_address,
	[DW_OPTION_NAME] = read_one_name,
	[DW_OPTION_DS] = read_ds,
	[DW_OPTION_DIGESTS] = read_digests,
	[DW_OPTION_SIZES] = read_size,
};

enum dw_status dw_option_read(
	const struct dw_option_given *given, dw_moment now, void *values, struct dw_error *error)
{
	const struct reading reading = {given->row, given->text, now};
	enum dw_status status = DW_OK;

	if (given->row->kind == DW_OPTION_NOTHING)
		return DW_OK;
	status = readers[given->row->kind](&reading, (char *)values + given->row->offset, error);
	if (status != DW_OK)
		return dw_within(error, status, "--%s", given->row->name);
	return DW_OK;
}
