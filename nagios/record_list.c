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

enum dw_status dw_record_list_place(const struct dw_record_list *list, const struct dw_name *zone,
	struct dw_record *placed, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	for (unsigned i = 0; i < list->n_records && status == DW_OK; i++)
		status = dw_record_place(&list->items[i], zone, &placed[i], error);
	return status;
}
