#include "text/anchorfile.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "dns/dsset.h"
#include "dns/wire.h"
#include "text/anchorxml.h"
#include "text/bindkeys.h"
#include "text/keyline.h"
#include "text/rdatatext.h"
#include "text/textlines.h"
#include "text/wholefile.h"

/* How Unbound notes the state of a key (RFC 5011 4.2), and that of a zone whose keys are all revoked. */
#define STATE   ";;state="
#define REVOKED ";;REVOKED"

enum key_state { STATE_START, STATE_PENDING, STATE_VALID, STATE_MISSING, STATE_REVOKED, STATE_REMOVED };

/* A text being read. */
struct reading {
	struct dw_textlines lines;
	const char *original; /* what `lines` is a copy of, with its comments */
	dw_moment now;
	unsigned line;    /* that is being read */
	unsigned n_found; /* anchors, trusted or not */
	unsigned n_trusted;
	struct dw_anchors *anchors;
};

/* Adds an anchor unless it is there already. */
static enum dw_status add(struct reading *reading, const struct dw_anchor *anchor, struct dw_error *error)
{
	struct dw_anchors *anchors = reading->anchors;

	reading->n_trusted++;
	for (unsigned i = 0; i < anchors->n_anchors; i++)
		if (dw_name_equal(&anchors->items[i].zone, &anchor->zone) &&
			dw_ds_equal(&anchors->items[i].ds, &anchor->ds))
			return DW_OK;
	if (anchors->n_anchors == DW_ANCHORS_MAX)
		return dw_fail(error, DW_INVALID, "more than %d trust anchors", DW_ANCHORS_MAX);
	anchors->items[anchors->n_anchors++] = *anchor;
	return DW_OK;
}

/* Makes the DS of a key; `revoked` tells whether the key says of itself that it is (RFC 5011 2.1). */
static enum dw_status read_key(
	const char *fields, struct dw_anchor *anchor, bool *revoked, struct dw_error *error)
{
	uint8_t *rdata = NULL;
	uint16_t length = 0;
	enum dw_status status = dw_rdatatext_key(fields, &rdata, &length, error);

	if (status != DW_OK)
		return status;
	*revoked = (rdata[1] & DW_KEY_REVOKE) != 0;
	status = dw_ds_make(&anchor->zone, (struct dw_octets){rdata, length}, DW_DIGEST_SHA256, &anchor->ds);
	if (status != DW_OK)
		dw_fail(error, status, "no digest of the key can be made");
	free(rdata);
	return status;
}

/* Takes an anchor apart, and adds it when it is `trusted`. */
static enum dw_status take(struct reading *reading, const struct dw_name *zone, uint16_t type,
	const char *fields, bool trusted, struct dw_error *error)
{
	struct dw_anchor anchor = {.zone = *zone};
	bool revoked = false;
	enum dw_status status = type == DW_TYPE_DS ? dw_rdatatext_ds(fields, &anchor.ds, error)
											   : read_key(fields, &anchor, &revoked, error);

	if (status == DW_OK)
		status = dw_rdatatext_whole(&anchor.ds, error);
	if (status != DW_OK)
		return status;
	reading->n_found++;
	return trusted && !revoked ? add(reading, &anchor, error) : DW_OK;
}

/* Whether a state comment among the octets lets the key be trusted: VALID, or MISSING for a while only. */
static enum dw_status read_state(const char *from, size_t length, bool *trusted, struct dw_error *error)
{
	const char *comment = memmem(from, length, STATE, strlen(STATE));

	*trusted = true;
	if (comment == NULL)
		return DW_OK;
	const char *digit = comment + strlen(STATE);
	if (digit == from + length || *digit < '0' + STATE_START || *digit > '0' + STATE_REMOVED)
		return dw_fail(error, DW_INVALID, "a state that RFC 5011 does not have");
	*trusted = *digit == '0' + STATE_VALID || *digit == '0' + STATE_MISSING;
	return DW_OK;
}

/* The state comment of an entry, which its lines have lost: it is looked for where they were copied from. */
static enum dw_status state_of_entry(
	const struct reading *reading, const char *entry, bool *trusted, struct dw_error *error)
{
	const struct dw_textlines *lines = &reading->lines;
	const size_t from = (size_t)(entry - lines->text);
	const size_t to = lines->next != NULL ? (size_t)(lines->next - lines->text) : lines->length;

	return read_state(reading->original + from, to - from, trusted, error);
}

/* A DS or DNSKEY line; the owner is that of the line before when it has none. */
static enum dw_status take_entry(
	struct reading *reading, const char *entry, struct dw_name *owner, struct dw_error *error)
{
	struct dw_keyline line;
	bool trusted = false;
	enum dw_status status = dw_keyline_read(entry, true, &line, error);

	if (status == DW_NOT_FOUND)
		return dw_fail(error, DW_INVALID, "'%.60s'", entry + strspn(entry, " \t"));
	if (status == DW_OK && line.type != DW_TYPE_DS && line.type != DW_TYPE_DNSKEY)
		return dw_fail(error, DW_INVALID, "a CDS or CDNSKEY record");
	if (status == DW_OK && line.owner[0] != '\0')
		status = dw_name_parse(line.owner, owner, error);
	if (status == DW_OK && owner->length == 0)
		return dw_fail(error, DW_INVALID, "a record without an owner");
	if (status == DW_OK)
		status = state_of_entry(reading, entry, &trusted, error);
	if (status != DW_OK)
		return status;
	return take(reading, owner, line.type, line.fields, trusted, error);
}

/* `revoked` is set by the line that says that all keys of the zone are. */
static enum dw_status take_line(
	struct reading *reading, char *line, struct dw_name *owner, bool *revoked, struct dw_error *error)
{
	if (strncmp(line, REVOKED, strlen(REVOKED)) == 0)
		*revoked = true;
	if (line[strspn(line, " \t")] == '#' || strncasecmp(line, "$TTL", strlen("$TTL")) == 0)
		return DW_OK;
	enum dw_status status = dw_textlines_entry(&reading->lines, line, error);
	if (status == DW_OK && line[strspn(line, " \t")] != '\0')
		status = take_entry(reading, line, owner, error);
	return status;
}

static enum dw_status read_lines(struct reading *reading, struct dw_error *error)
{
	const unsigned n_before = reading->anchors->n_anchors;
	struct dw_name owner = {.length = 0};
	bool revoked = false;
	char *line;

	while ((line = dw_textlines_next(&reading->lines)) != NULL) {
		reading->line = reading->lines.number;
		enum dw_status status = take_line(reading, line, &owner, &revoked, error);
		if (status != DW_OK)
			return status;
	}
	if (revoked) {
		reading->anchors->n_anchors = n_before;
		reading->n_trusted = 0;
	}
	return DW_OK;
}

static enum dw_status read_statements(struct reading *reading, struct dw_error *error)
{
	struct dw_bindkeys keys = {.at = reading->lines.text, .line = 1};
	struct dw_bindkeys_entry entry;
	struct dw_name zone;
	enum dw_status status;

	while ((status = dw_bindkeys_next(&keys, &entry, error)) == DW_OK) {
		reading->line = entry.line;
		status = dw_name_parse(entry.owner, &zone, error);
		if (status == DW_OK)
			status = take(reading, &zone, entry.type, entry.fields, true, error);
		if (status != DW_OK)
			return status;
	}
	reading->line = keys.line;
	return status == DW_NOT_FOUND ? DW_OK : status;
}

static enum dw_status take_xml(struct reading *reading, const struct dw_anchorxml *xml,
	const struct dw_anchorxml_key *key, struct dw_error *error)
{
	char fields[sizeof(key->fields) + sizeof("   ")];
	struct dw_name zone;
	enum dw_status status = dw_name_parse(xml->zone, &zone, error);

	if (status != DW_OK)
		return status;
	snprintf(fields, sizeof(fields), "%s %s %s %s", key->fields[0], key->fields[1], key->fields[2],
		key->fields[3]);
	const bool valid = reading->now >= key->from && reading->now < key->until;
	return take(reading, &zone, DW_TYPE_DS, fields, valid, error);
}

static enum dw_status read_xml(struct reading *reading, struct dw_error *error)
{
	struct dw_anchorxml xml = {.at = reading->lines.text, .line = 1};
	struct dw_anchorxml_key key;
	enum dw_status status;

	while ((status = dw_anchorxml_next(&xml, &key, error)) == DW_OK) {
		reading->line = key.line;
		status = take_xml(reading, &xml, &key, error);
		if (status != DW_OK)
			return status;
	}
	reading->line = xml.line;
	return status == DW_NOT_FOUND ? DW_OK : status;
}

static enum dw_status read_anchors(struct reading *reading, struct dw_error *error)
{
	if (dw_anchorxml_begins(reading->lines.text))
		return read_xml(reading, error);
	if (dw_bindkeys_begins(reading->lines.text))
		return read_statements(reading, error);
	return read_lines(reading, error);
}

enum dw_status dw_anchorfile_parse(const char *text, size_t length, const char *name, dw_moment now,
	struct dw_anchors *anchors, struct dw_error *error)
{
	struct reading reading = {.now = now, .anchors = anchors};
	enum dw_status status = dw_textlines_init(&reading.lines, text, length, error);

	if (status != DW_OK)
		return dw_within(error, status, "%.200s", name);
	reading.original = text + (length - reading.lines.length);
	status = read_anchors(&reading, error);
	dw_textlines_fini(&reading.lines);
	if (status != DW_OK)
		return dw_within(error, status, "%.200s: line %u: no trust anchor", name, reading.line);
	if (reading.n_found == 0)
		return dw_fail(error, DW_INVALID, "%.200s: no trust anchor", name);
	if (reading.n_trusted == 0)
		return dw_fail(error, DW_INVALID, "%.200s: none of its %u trust anchors may be trusted now", name,
			reading.n_found);
	return DW_OK;
}

enum dw_status dw_anchorfile_read(
	const char *path, dw_moment now, struct dw_anchors *anchors, struct dw_error *error)
{
	struct dw_wholefile whole;
	enum dw_status status = dw_wholefile_read(path, DW_ANCHORFILE_SIZE_MAX, &whole, error);

	if (status != DW_OK)
		return status;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	status = dw_anchorfile_parse(whole.text, whole.length, name, now, anchors, error);
	dw_wholefile_fini(&whole);
	return status;
}

const char *dw_anchorfile_system(void)
{
	/* Debian's unbound and dns-root-data, then what others and older ones have. */
	static const char *const paths[] = {
		"/var/lib/unbound/root.key",
		"/usr/share/dns/root.key",
		"/usr/share/dns/root.ds",
		"/etc/unbound/root.key",
		"/etc/bind/bind.keys",
		"/etc/trusted-key.key",
		"/var/lib/knot-resolver/root.keys",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (access(paths[i], R_OK) == 0)
			return paths[i];
	return NULL;
}
