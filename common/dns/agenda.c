#include "dns/agenda.h"

#include <stdlib.h>

/* Questions of every survey, before the user's records. */
#define ITEMS_FIXED 4

/* An agenda in the making. */
struct agenda {
	unsigned n_items;
	struct dw_agenda_item *items;
};

static bool is_wanted(const struct dw_survey_plan *plan, enum dw_topic topic)
{
	return plan->topics == 0 || (plan->topics & 1U << topic) != 0;
}

static void add(struct agenda *agenda, enum dw_topic topic, const struct dw_name *name, uint16_t type)
{
	agenda->items[agenda->n_items++] = (struct dw_agenda_item){topic, {*name, type}};
}

/* Whether a record of this type can be asked for: no meta type, and no RRSIG, which servers may refuse. */
static bool is_askable(uint16_t type)
{
	return type != 0 && type != DW_TYPE_OPT && type != DW_TYPE_RRSIG && (type < 128 || type > DW_TYPE_ANY);
}

enum dw_status dw_record_check(
	const struct dw_name *zone, const struct dw_record *record, struct dw_error *error)
{
	char name[DW_NAME_TEXT_MAX], text[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX];

	dw_name_format(&record->name, name);
	if (!dw_name_within(&record->name, zone))
		return dw_fail(error, DW_INVALID, "'%.100s' does not lie in the zone '%.100s'", name,
			dw_name_format(zone, text));
	if (!is_askable(record->type))
		return dw_fail(error, DW_INVALID, "'%.100s/%s': records of this type cannot be asked for", name,
			dw_type_text(record->type, type));
	return DW_OK;
}

/* Adds the records of the user; DW_INVALID for one that cannot be asked for. */
static enum dw_status add_records(
	struct agenda *agenda, const struct dw_survey_plan *plan, struct dw_error *error)
{
	for (unsigned i = 0; i < plan->n_records; i++) {
		const enum dw_status status = dw_record_check(&plan->discovery.zone, &plan->records[i], error);
		if (status != DW_OK)
			return status;
		add(agenda, DW_TOPIC_RECORD, &plan->records[i].name, plan->records[i].type);
	}
	return DW_OK;
}

enum dw_status dw_agenda_make(const struct dw_survey_plan *plan, struct dw_agenda_item **items,
	unsigned *n_items, struct dw_error *error)
{
	const struct dw_name *zone = &plan->discovery.zone;
	struct agenda agenda = {.items = calloc(ITEMS_FIXED + plan->n_records, sizeof(*agenda.items))};
	enum dw_status status = DW_OK;
	struct dw_name absent;

	if (agenda.items == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a survey");
	add(&agenda, DW_TOPIC_DNSKEY, zone, DW_TYPE_DNSKEY);
	if (is_wanted(plan, DW_TOPIC_SOA))
		add(&agenda, DW_TOPIC_SOA, zone, DW_TYPE_SOA);
	if (is_wanted(plan, DW_TOPIC_NS))
		add(&agenda, DW_TOPIC_NS, zone, DW_TYPE_NS);
	/* Below a zone whose name is as long as names get there is no room for one that does not exist. */
	if (is_wanted(plan, DW_TOPIC_ABSENT) && plan->absent_label[0] != '\0' &&
		dw_name_prefix(plan->absent_label, zone, &absent, NULL) == DW_OK)
		add(&agenda, DW_TOPIC_ABSENT, &absent, DW_TYPE_A);
	if (is_wanted(plan, DW_TOPIC_RECORD))
		status = add_records(&agenda, plan, error);
	if (status != DW_OK) {
		free(agenda.items);
		return status;
	}
	*items = agenda.items;
	*n_items = agenda.n_items;
	return DW_OK;
}
