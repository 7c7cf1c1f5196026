#include "dns/agenda.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static struct dw_survey_plan *plan_for(const char *zone)
{
	struct dw_survey_plan *plan = calloc(1, sizeof(*plan));

	ck_assert_ptr_nonnull(plan);
	plan->discovery.zone = dw_name_make(zone);
	strcpy(plan->absent_label, "absent");
	return plan;
}

/* The topics that are wanted, and what is asked then. */
static const struct {
	unsigned topics;
	unsigned n_items;
	uint16_t types[5];
} agendas[] = {
	{0, 5, {DW_TYPE_DNSKEY, DW_TYPE_SOA, DW_TYPE_NS, DW_TYPE_A, DW_TYPE_MX}},
	{1U << DW_TOPIC_DNSKEY, 1, {DW_TYPE_DNSKEY}},
	{1U << DW_TOPIC_SOA, 2, {DW_TYPE_DNSKEY, DW_TYPE_SOA}},
	{1U << DW_TOPIC_RECORD | 1U << DW_TOPIC_NS, 3, {DW_TYPE_DNSKEY, DW_TYPE_NS, DW_TYPE_MX}},
	{1U << DW_TOPIC_ABSENT, 2, {DW_TYPE_DNSKEY, DW_TYPE_A}},
};

START_TEST(what_is_wanted_is_asked_in_order_behind_the_keys)
{
	struct dw_survey_plan *plan = plan_for("example.org.");
	struct dw_agenda_item *items = NULL;
	unsigned n_items = 0;

	plan->topics = agendas[_i].topics;
	plan->records[0] = (struct dw_record){dw_name_make("www.example.org"), DW_TYPE_MX};
	plan->n_records = 1;
	ck_assert_int_eq(dw_agenda_make(plan, &items, &n_items, NULL), DW_OK);
	ck_assert_uint_eq(n_items, agendas[_i].n_items);
	for (unsigned i = 0; i < n_items; i++)
		ck_assert_uint_eq(items[i].record.type, agendas[_i].types[i]);
	free(items);
	free(plan);
}
END_TEST

START_TEST(below_a_name_of_full_length_nothing_absent_is_asked_for)
{
	static const char label[] = "a123456789b123456789c123456789d123456789e123456789f123456789x";
	char zone[256];
	struct dw_agenda_item *items = NULL;
	unsigned n_items = 0;

	/* Four labels of 61 octets and their lengths leave no room for "absent". */
	snprintf(zone, sizeof zone, "%s.%s.%s.%s.", label, label, label, label);
	struct dw_survey_plan *plan = plan_for(zone);
	ck_assert_int_eq(dw_agenda_make(plan, &items, &n_items, NULL), DW_OK);
	ck_assert_uint_eq(n_items, 3);
	free(items);
	free(plan);
}
END_TEST

/* What cannot be a record to ask for. */
static const struct {
	const char *name;
	uint16_t type;
} refused[] = {
	{"www.example.net", DW_TYPE_A},
	{"org", DW_TYPE_SOA},
	{"www.example.org", DW_TYPE_RRSIG},
	{"www.example.org", DW_TYPE_ANY},
	{"www.example.org", DW_TYPE_OPT},
	{"www.example.org", 252},
	{"www.example.org", 0},
};

START_TEST(a_record_that_cannot_be_asked_for_is_refused)
{
	struct dw_survey_plan *plan = calloc(1, sizeof(*plan));
	struct dw_agenda_item *items = NULL;
	unsigned n_items = 0;
	struct dw_error error = {.status = DW_OK};

	ck_assert_ptr_nonnull(plan);
	plan->discovery.zone = dw_name_make("example.org.");
	plan->records[0] = (struct dw_record){dw_name_make(refused[_i].name), refused[_i].type};
	plan->n_records = 1;
	ck_assert_int_eq(dw_agenda_make(plan, &items, &n_items, &error), DW_INVALID);
	ck_assert_ptr_nonnull(strstr(error.text, refused[_i].name));
	free(plan);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("agenda");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, what_is_wanted_is_asked_in_order_behind_the_keys, 0, DW_ROWS(agendas));
	tcase_add_test(rows, below_a_name_of_full_length_nothing_absent_is_asked_for);
	tcase_add_loop_test(rows, a_record_that_cannot_be_asked_for_is_refused, 0, DW_ROWS(refused));
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
