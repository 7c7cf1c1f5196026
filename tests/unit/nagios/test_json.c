#include "result.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static json_t *facts(const void *self)
{
	return self == NULL ? NULL : json_string(self);
}

static const struct dw_metric metrics[] = {{"left", "s", DW_TOTAL_MINIMUM, ""}, {.label = NULL}};
static const struct dw_subject subject = {.facts = facts};
static const struct dw_plugin plugin = {
	.name = "check_x", .label = "X", .metrics = metrics, .subject = &subject};

static const struct dw_figure unknown = {.known = false};

/* The document about example.org with one finding; NULL when there is none. */
static json_t *document_of(const char *fact, const struct dw_figure *figure)
{
	static const struct dw_finding_kind kind = {"found", DW_WARNING, NULL};
	static const struct dw_place place = {.server = "ns1", .others = "ns2\nns3\n"};
	struct dw_verdict *verdict = calloc(1, sizeof *verdict);
	struct dw_inquiry inquiry = {NULL, (void *)(uintptr_t)fact};
	const struct dw_result result = {
		.plugin = &plugin, .verdicts = verdict, .inquiries = &inquiry, .n_zones = 1, .elapsed = 1500};
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);
	json_t *document = NULL;

	verdict->figures[0] = *figure;
	ck_assert_int_eq(dw_name_parse("example.org", &verdict->zone, NULL), DW_OK);
	(void)strcpy(verdict->summary, "fine");
	dw_findings_add(&verdict->findings, &kind, DW_WARNING, NULL, "found it");
	dw_findings_add(&verdict->findings, &kind, DW_WARNING, &place, "found it elsewhere");
	if (dw_result_json(&result, page, NULL) == DW_OK) {
		(void)fflush(page);
		document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		ck_assert_ptr_nonnull(document);
	} else {
		(void)fflush(page);
		ck_assert_uint_eq(length, 0);
	}
	(void)fclose(page);
	free(text);
	dw_findings_fini(&verdict->findings);
	free(verdict);
	return document;
}

START_TEST(what_is_not_known_is_null)
{
	json_t *document = document_of("seen", &unknown);
	json_t *zone = json_array_get(json_object_get(document, "zones"), 0);
	json_t *finding = json_array_get(json_object_get(zone, "findings"), 0);
	json_t *figure = json_object_get(json_object_get(document, "figures"), "left");

	ck_assert_str_eq(json_string_value(json_object_get(zone, "zone")), "example.org");
	ck_assert_str_eq(json_string_value(json_object_get(zone, "facts")), "seen");
	ck_assert_str_eq(json_string_value(json_object_get(zone, "summary")), "found it");
	ck_assert_str_eq(json_string_value(json_object_get(document, "state")), "WARNING");
	ck_assert_str_eq(json_string_value(json_object_get(document, "now")), "1970-01-01T00:00:00Z");
	ck_assert_double_eq(json_real_value(json_object_get(document, "elapsed")), 1.5);
	ck_assert(json_is_null(json_object_get(finding, "hint")));
	ck_assert(json_is_null(json_object_get(finding, "server")));
	ck_assert_uint_eq(json_array_size(json_object_get(finding, "servers")), 0);
	ck_assert(json_is_null(json_object_get(figure, "value")));
	ck_assert_str_eq(json_string_value(json_object_get(figure, "unit")), "s");
	json_decref(document);
}
END_TEST

START_TEST(all_servers_of_a_finding_are_listed)
{
	json_t *document = document_of("seen", &unknown);
	json_t *zone = json_array_get(json_object_get(document, "zones"), 0);
	json_t *finding = json_array_get(json_object_get(zone, "findings"), 1);
	const char *first, *second, *third;

	ck_assert_str_eq(json_string_value(json_object_get(finding, "server")), "ns1");
	ck_assert_int_eq(json_unpack(finding, "{s:[s,s,s!]}", "servers", &first, &second, &third), 0);
	ck_assert_str_eq(first, "ns1");
	ck_assert_str_eq(second, "ns2");
	ck_assert_str_eq(third, "ns3");
	json_decref(document);
}
END_TEST

static const struct {
	struct dw_figure figure;
	double value;
	bool whole;
} figures[] = {
	{{.known = true, .value = 1232}, 1232, true},
	{{.known = true, .thousandths = true, .value = 1232}, 1.232, false},
	{{.known = true, .thousandths = true, .value = 3000}, 3, false},
};

START_TEST(a_figure_is_in_its_unit)
{
	json_t *document = document_of("seen", &figures[_i].figure);
	json_t *left = json_object_get(json_object_get(document, "figures"), "left");

	ck_assert_double_eq(json_number_value(json_object_get(left, "value")), figures[_i].value);
	ck_assert_int_eq(json_is_integer(json_object_get(left, "value")), figures[_i].whole);
	json_decref(document);
}
END_TEST

START_TEST(a_zone_without_memory_is_a_failure_and_not_left_out)
{
	ck_assert_ptr_null(document_of(NULL, &unknown));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/json");
	TCase *tests = tcase_create("json");

	tcase_add_test(tests, what_is_not_known_is_null);
	tcase_add_test(tests, a_zone_without_memory_is_a_failure_and_not_left_out);
	tcase_add_test(tests, all_servers_of_a_finding_are_listed);
	tcase_add_loop_test(tests, a_figure_is_in_its_unit, 0, DW_ROWS(figures));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
