#include "record_list.h"

enum dw_status dw_record_place(const struct dw_record *record, const struct dw_name *zone,
	struct dw_record *placed, struct dw_error *error)
{
	*placed = *record;
	if (!dw_name_within(&record->name, zone) &&
		dw_name_join(&record->name, zone, &placed->name, error) != DW_OK)
		return dw_within(error, DW_INVALID, "--record");
	return DW_OK;
}

/* Whether the record is of this zone: its DS is not, and every name is below the root. */
static bool holds(
	const struct dw_zone_list *zones, unsigned at, const struct dw_record *record, bool absolute)
{
	const struct dw_name *zone = &zones->items[at];

	if (dw_name_labels(zone) == 0 && zones->n_zones > 1 && !absolute)
		return false;
	return dw_name_within(&record->name, zone) &&
		!(record->type == DW_TYPE_DS && dw_name_equal(&record->name, zone));
}

/* The innermost zone of the run that holds the record; NULL when none does. */
static const struct dw_name *home(
	const struct dw_zone_list *zones, const struct dw_record *record, bool absolute)
{
	const struct dw_name *innermost = NULL;

	for (unsigned i = 0; i < zones->n_zones; i++) {
		if (holds(zones, i, record, absolute) &&
			(innermost == NULL || dw_name_within(&zones->items[i], innermost)))
			innermost = &zones->items[i];
	}
	return innermost;
}

/* Places a record that no zone of the run holds. */
static enum dw_status place_relative(const struct dw_record *record, const struct dw_name *zone,
	bool absolute, struct dw_record *placed, struct dw_error *error)
{
	enum dw_status status = dw_record_place(record, zone, placed, error);
	char text[DW_NAME_TEXT_MAX];

	if (status != DW_OK)
		return status;
	if (record->type == DW_TYPE_DS && dw_name_equal(&placed->name, zone))
		return dw_fail(error, DW_INVALID,
			"--record: the DS of %.100s lies in the zone above: check_ds_mismatch examines it",
			dw_name_format(zone, text));
	if (absolute)
		return dw_fail(error, DW_INVALID, "--record: %.100s. is in no zone that was given",
			dw_name_format(&record->name, text));
	return DW_OK;
}

enum dw_status dw_record_list_place(const struct dw_record_list *list, const struct dw_zone_list *zones,
	const struct dw_name *zone, struct dw_record *placed, unsigned *n_placed, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	*n_placed = 0;
	for (unsigned i = 0; i < list->n_records && status == DW_OK; i++) {
		const struct dw_record *record = &list->items[i];
		const struct dw_name *owner = home(zones, record, list->absolute[i]);

		if (owner != NULL && !dw_name_equal(owner, zone))
			continue;
		placed[*n_placed] = *record;
		if (owner == NULL)
			status = place_relative(record, zone, list->absolute[i], &placed[*n_placed], error);
		++*n_placed;
	}
	return status;
}
