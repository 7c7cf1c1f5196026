/*
 * Texts that users write, from bytes: the input is read as a name, a moment, a span, a range, a host and a
 * record type. What is taken has a text that is safe to print and is read as the same value again; what is
 * refused has a reason that is safe to print.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/moment.h"
#include "core/name.h"
#include "core/range.h"
#include "dns/server.h"
#include "dns/wire.h"
#include "fuzz/target.h"
#include "text/rrtype.h"

#define NOW INT64_C(1795521600)

/* Whether a text has nothing but printable ASCII, and nothing that Nagios or a shell would act on. */
static void require_safe(const char *text, size_t room)
{
	require(strnlen(text, room) < room);
	for (; *text != '\0'; text++)
		require(*text >= ' ' && *text <= '~' && strchr("|'\"`;$<>&", *text) == NULL);
}

/* A refusal has a reason in one line. */
static bool taken(enum dw_status status, struct dw_error *error)
{
	if (status == DW_OK)
		return true;
	require(error->status == status && error->text[0] != '\0');
	require(memchr(error->text, '\0', sizeof(error->text)) != NULL);
	for (const char *at = error->text; *at != '\0'; at++)
		require((unsigned char)*at >= ' ' && *at != 0x7f);
	*error = (struct dw_error){0};
	return false;
}

static void require_name(const struct dw_name *name)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name again, small = *name;
	unsigned labels = dw_name_labels(name);

	require(name->length >= 1 && labels < DW_LABELS_MAX);
	require_safe(dw_name_format(name, text), sizeof(text));
	require(dw_name_parse(text, &again, NULL) == DW_OK);
	require(again.length == name->length && memcmp(again.wire, name->wire, name->length) == 0);
	require(dw_name_read(name->wire, name->length, &again, NULL) == DW_OK && dw_name_equal(&again, name));
	dw_name_lower(&small);
	require(dw_name_equal(&small, name) && dw_name_compare(&small, name) == 0);
	for (unsigned i = 0; i <= labels; i++) {
		struct dw_name ancestor = dw_name_ancestor(name, i);
		require(dw_name_labels(&ancestor) == i && dw_name_within(name, &ancestor));
		require(dw_name_within(&ancestor, name) == (i == labels));
		require((dw_name_compare(name, &ancestor) > 0) == (i < labels));
	}
}

static void try_name(const char *text, const uint8_t *octets, size_t length)
{
	struct dw_error error = {0};
	struct dw_name parsed, read;
	bool is_text = taken(dw_name_parse(text, &parsed, &error), &error);
	bool is_wire = taken(dw_name_read(octets, length, &read, &error), &error);

	if (is_text)
		require_name(&parsed);
	if (is_wire)
		require_name(&read);
	if (is_text && is_wire) {
		int order = dw_name_compare(&parsed, &read);
		require((order == 0) == dw_name_equal(&parsed, &read));
		require((order > 0) == (dw_name_compare(&read, &parsed) < 0));
	}
}

static void try_moment(const char *text)
{
	struct dw_error error = {0};
	char shown[DW_MOMENT_TEXT_MAX];
	dw_moment moment, again;
	dw_seconds span;

	if (taken(dw_moment_parse(text, NOW, &moment, &error), &error)) {
		require_safe(dw_moment_format(moment, shown), sizeof(shown));
		require(dw_moment_parse(shown, 0, &again, NULL) == DW_OK && again == moment);
		require(dw_moment_of_serial((uint32_t)moment, moment) == moment);
		require(dw_moment_of_serial((uint32_t)moment, moment + INT32_MAX) == moment);
	}
	if (taken(dw_span_parse(text, 86400, &span, &error), &error)) {
		require(span >= 0);
		require_safe(dw_span_format(span, shown), sizeof(shown));
		snprintf(shown, sizeof(shown), "%" PRId64 "s", span);
		require(dw_span_parse(shown, 86400, &again, NULL) == DW_OK && again == span);
	}
}

/* Any moment and any span can be shown. */
static void show_any(const uint8_t *octets, size_t length)
{
	char shown[DW_MOMENT_TEXT_MAX];
	int64_t any;

	if (length < sizeof(any))
		return;
	memcpy(&any, octets, sizeof(any));
	require_safe(dw_moment_format(any, shown), sizeof(shown));
	require_safe(dw_span_format(any, shown), sizeof(shown));
	(void)dw_moment_of_serial((uint32_t)(any >> 32), any);
}

static void require_range(const struct dw_range *range, int64_t whole)
{
	char shown[DW_RANGE_TEXT_MAX];
	struct dw_range again;

	require(range->given && range->start <= range->end);
	require_safe(dw_range_format(range, whole, shown), sizeof(shown));
	(void)dw_range_alarms(range, whole / 2, whole);
	if (range->share || range->start == INT64_MAX || range->end == INT64_MIN)
		return;
	require(dw_range_alarms(range, range->start, whole) == range->inside);
	require(dw_range_alarms(range, range->end, whole) == range->inside);
	require(dw_range_parse(shown, DW_RANGE_COUNT, &again, NULL) == DW_OK);
	require(again.start == range->start && again.end == range->end && again.inside == range->inside);
}

static void try_range(const char *text)
{
	static const int64_t wholes[] = {0, 1, 999, 1209600, INT64_MAX, INT64_MIN};
	struct dw_error error = {0};
	struct dw_range range;

	for (size_t i = 0; i < sizeof(wholes) / sizeof(wholes[0]); i++) {
		if (taken(dw_range_parse(text, DW_RANGE_COUNT, &range, &error), &error))
			require_range(&range, wholes[i]);
		if (taken(dw_range_parse(text, DW_RANGE_LEFT, &range, &error), &error))
			require_range(&range, wholes[i]);
	}
}

static void try_host(const char *text)
{
	struct dw_error error = {0};
	char shown[DW_ADDRESS_TEXT_MAX];
	struct dw_host host, again;
	struct dw_address address;

	(void)taken(dw_address_parse(text, 53, &address, &error), &error);
	if (!taken(dw_host_parse(text, &host, &error), &error))
		return;
	require((host.address.length == 0) == (host.name.length > 0));
	if (host.address.length > 0) {
		require_safe(dw_address_format(&host.address, shown), sizeof(shown));
		require(dw_host_parse(shown, &again, NULL) == DW_OK);
		require(dw_address_equal(&host.address, &again.address));
	} else {
		require_name(&host.name);
	}
}

static void try_rrtype(const char *text)
{
	struct dw_error error = {0};
	char shown[DW_TYPE_TEXT_MAX];
	uint16_t type, again;

	if (!taken(dw_rrtype_parse(text, &type, &error), &error))
		return;
	require_safe(dw_type_text(type, shown), sizeof(shown));
	require(dw_rrtype_parse(shown, &again, NULL) == DW_OK && again == type);
}

/* Makes any text printable; doing it again changes nothing. */
static void try_printable(const char *text)
{
	char *once = strdup(text);
	char *twice;

	require(once != NULL);
	dw_printable(once);
	twice = strdup(once);
	require(twice != NULL && strlen(once) == strlen(text));
	dw_printable(twice);
	require(strcmp(once, twice) == 0);
	free(once);
	free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	require(text != NULL);
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	try_name(text, data, size);
	try_moment(text);
	show_any(data, size);
	try_range(text);
	try_host(text);
	try_rrtype(text);
	try_printable(text);
	free(text);
	return 0;
}
