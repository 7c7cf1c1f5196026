#include "ds_given.h"

#include <string.h>

#include "dns/dsset.h"
#include "dns/rdata.h"
#include "dns/wire.h"

static bool is_key(const struct dw_keyfile_record *record)
{
	return record->type == DW_TYPE_DNSKEY || record->type == DW_TYPE_CDNSKEY;
}

static bool has_sep(const struct dw_keyfile_record *record)
{
	return record->rdata_length > 1 && (record->rdata[1] & DW_KEY_SEP) != 0;
}

/* Algorithm 0 asks for the removal of all DS (RFC 8078 4). */
static bool is_delete(const struct dw_keyfile_record *record)
{
	if (is_key(record))
		return record->type == DW_TYPE_CDNSKEY && record->rdata_length > 3 && record->rdata[3] == 0;
	return record->type == DW_TYPE_CDS && record->ds.algorithm == 0;
}

static bool is_of(const struct dw_keyfile_record *record, const struct dw_name *zone)
{
	return record->owner.length == 0 || dw_name_equal(&record->owner, zone);
}

static bool is_listed(const struct dw_zone_list *zones, const struct dw_name *name)
{
	for (unsigned i = 0; i < zones->n_zones; i++)
		if (dw_name_equal(&zones->items[i], name))
			return true;
	return false;
}

/* Counts a record of another zone. */
static void add_stray(struct dw_ds_given *given, const struct dw_keyfile_record *record)
{
	unsigned at = 0;

	while (at < given->n_strays && !dw_name_equal(&given->strays[at].zone, &record->owner))
		at++;
	if (at == DW_STRAYS_MAX)
		return;
	if (at == given->n_strays)
		given->strays[given->n_strays++] =
			(struct dw_delegation_stray){.zone = record->owner, .line = record->line};
	given->strays[at].n_records++;
}

/* Adds a DS unless it is there. */
static enum dw_status add_ds(struct dw_ds_given *given, const struct dw_ds_fact *ds, struct dw_error *error)
{
	if (dw_ds_held(given->ds, given->n_ds, ds))
		return DW_OK;
	if (given->n_ds == DW_DS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d DS records for one zone", DW_DS_MAX);
	given->ds[given->n_ds++] = *ds;
	return DW_OK;
}

/* Takes a record of the zone: a DS as it is, a key as one that may have been meant. */
static enum dw_status take(
	struct dw_ds_given *given, const struct dw_keyfile_record *record, struct dw_error *error)
{
	struct dw_name small = record->owner;

	dw_name_lower(&small);
	if (given->typed == NULL && memcmp(small.wire, record->owner.wire, small.length) != 0)
		given->typed = &record->owner;
	if (is_delete(record))
		return dw_fail(error, DW_INVALID, "line %u asks to delete the DS set; there is nothing to compare",
			record->line);
	if (!is_key(record))
		return add_ds(given, &record->ds, error);
	if (given->n_keys < DW_KEYFILE_RECORDS_MAX)
		given->keys[given->n_keys++] = (struct dw_octets){record->rdata, record->rdata_length};
	return DW_OK;
}

/* Makes the DS of each key with the SEP flag, or of each key. */
static enum dw_status make_ds(struct dw_ds_given *given, const struct dw_name *zone,
	const struct dw_keyfile *file, bool all, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	for (unsigned i = 0; i < file->n_records && status == DW_OK; i++) {
		const struct dw_keyfile_record *record = &file->records[i];
		struct dw_ds_fact ds;

		if (!is_key(record) || !is_of(record, zone) || (!all && !has_sep(record)))
			continue;
		status =
			dw_ds_make(zone, (struct dw_octets){record->rdata, record->rdata_length}, DW_DIGEST_SHA256, &ds);
		if (status != DW_OK)
			return dw_fail(error, status, "line %u: no DS can be made of this key", record->line);
		status = add_ds(given, &ds, error);
	}
	return status;
}

enum dw_status dw_ds_given_sort(const struct dw_ds_list *list, const struct dw_keyfile *file,
	const struct dw_zone_list *zones, const struct dw_name *zone, struct dw_ds_given *given,
	struct dw_error *error)
{
	enum dw_status status = DW_OK;

	*given = (struct dw_ds_given){0};
	for (unsigned i = 0; i < list->n_ds && status == DW_OK; i++)
		status = add_ds(given, &list->items[i], error);
	for (unsigned i = 0; i < file->n_records && status == DW_OK; i++) {
		const struct dw_keyfile_record *record = &file->records[i];

		if (is_of(record, zone))
			status = take(given, record, error);
		else if (!is_listed(zones, &record->owner))
			add_stray(given, record);
	}
	if (status == DW_OK)
		status = make_ds(given, zone, file, false, error);
	if (status == DW_OK && given->n_ds == 0)
		status = make_ds(given, zone, file, true, error);
	given->n_ds = dw_ds_sort(given->ds, given->n_ds);
	return status;
}
