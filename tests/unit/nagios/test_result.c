#include "result.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static const struct dw_metric metrics[] = {
	{"remaining", "s", DW_TOTAL_MINIMUM, "time left"},
	{"servers", "", DW_TOTAL_SUM, "servers"},
	{.label = NULL},
};

static void show(const void *self, unsigned level, FILE *page)
{
	(void)fprintf(page, "detail %u of %s\n", level, (const char *)self);
}

static json_t *facts(const void *self)
{
	return json_pack("{s:s}", "self", self);
}

static void print(const void *self, FILE *page)
{
	(void)fprintf(page, "line of %s\n", (const char *)self);
}

static const struct dw_subject subject = {.show = show, .facts = facts};
static const struct dw_plugin plugin = {
	.name = "check_x", .label = "X", .metrics = metrics, .subject = &subject};

static const struct dw_finding_kind expired = {"expired", DW_CRITICAL, "run the signer"};
static const struct dw_finding_kind soon = {"soon", DW_WARNING, NULL};
static const struct dw_finding_kind wrong = {"wrong", DW_CRITICAL, "replace it (now), or else"};

/* A result over zones "a.example", "b.example", ... whose findings a test adds. */
struct fixture {
	struct dw_common values;
	struct dw_verdict verdicts[3];
	struct dw_inquiry inquiries[3];
	struct dw_result result;
};

static struct fixture *fixture_new(size_t n_zones)
{
	static const char *const names[] = {"a.example", "b.example", "c.example"};
	struct fixture *fixture = calloc(1, sizeof *fixture);

	for (size_t i = 0; i < n_zones; i++) {
		ck_assert_int_eq(dw_name_parse(names[i], &fixture->verdicts[i].zone, NULL), DW_OK);
		(void)snprintf(fixture->verdicts[i].summary, DW_SUMMARY_MAX, "%s is fine", names[i]);
		fixture->verdicts[i].figures[0] = (struct dw_figure){
			.known = true, .value = (int64_t)(100 - i), .warning = "20:", .critical = "10:"};
		fixture->verdicts[i].figures[1] = (struct dw_figure){.known = true, .value = 2};
		fixture->inquiries[i].self = (void *)(uintptr_t)names[i];
	}
	fixture->values.timeout = (struct dw_timeout){10000, DW_UNKNOWN};
	fixture->result = (struct dw_result){
		&plugin, &fixture->values, fixture->verdicts, fixture->inquiries, n_zones, .now = 0, .elapsed = 1234};
	return fixture;
}

static void fixture_free(struct fixture *fixture)
{
	for (size_t i = 0; i < 3; i++)
		dw_findings_fini(&fixture->verdicts[i].findings);
	free(fixture);
}

static void find(struct fixture *fixture, size_t zone, const struct dw_finding_kind *kind, const char *text)
{
	const struct dw_place place = {.zone = &fixture->verdicts[zone].zone};

	dw_findings_add(&fixture->verdicts[zone].findings, kind, kind->severity, &place, "%s", text);
	dw_findings_sort(&fixture->verdicts[zone].findings);
}

/* The whole text of a result; released by the caller. */
static char *text_of(const struct fixture *fixture)
{
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	dw_result_text(&fixture->result, page);
	(void)fclose(page);
	return text;
}

START_TEST(a_good_zone_is_one_line)
{
	struct fixture *fixture = fixture_new(1);
	char *text = text_of(fixture);

	ck_assert_str_eq(
		text, "X OK - a.example is fine | remaining=100s;20:;10:;; servers=2;;;; time=1.234s;;;0;10.000\n");
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(a_figure_may_count_thousandths)
{
	struct fixture *fixture = fixture_new(1);
	char *text = NULL;

	fixture->verdicts[0].figures[0] = (struct dw_figure){.known = true, .thousandths = true, .value = 2045};
	text = text_of(fixture);
	ck_assert_ptr_nonnull(strstr(text, "| remaining=2.045s;;;; servers=2"));
	free(text);
	fixture_free(fixture);
}
END_TEST

/* 100, 99 and 98 left, by the rule that the metric has. */
static const struct {
	enum dw_total rule;
	int64_t total;
} totals[] = {
	{DW_TOTAL_SUM, 297},
	{DW_TOTAL_MINIMUM, 98},
	{DW_TOTAL_MAXIMUM, 100},
};

START_TEST(zones_make_one_figure_by_its_rule)
{
	struct fixture *fixture = fixture_new(3);
	const struct dw_metric own[] = {{"left", "s", totals[_i].rule, ""}, {.label = NULL}};
	const struct dw_plugin other = {.metrics = own, .subject = &subject};
	struct dw_figure total;

	fixture->result.plugin = &other;
	total = dw_result_total(&fixture->result, 0);
	ck_assert(total.known);
	ck_assert_int_eq(total.value, totals[_i].total);
	fixture_free(fixture);
}
END_TEST

START_TEST(the_worst_finding_stands_first_and_each_has_its_line)
{
	struct fixture *fixture = fixture_new(1);
	char *text = NULL;

	find(fixture, 0, &soon, "ends soon");
	find(fixture, 0, &expired, "has | ended");
	text = text_of(fixture);
	ck_assert_int_eq(dw_exit_code(dw_result_state(&fixture->result)), 2);
	ck_assert_str_eq(text,
		"X CRITICAL - has ? ended | remaining=100s;20:;10:;; servers=2;;;; "
		"time=1.234s;;;0;10.000\n"
		"CRITICAL: has ? ended -> run the signer\nWARNING: ends soon\n");
	free(text);
	fixture_free(fixture);
}
END_TEST

/* Which of two zones leave a metric out, and what is printed of it. */
static const struct {
	bool left_out[2];
	const char *text;
} lefts[] = {
	{{true, true}, "X OK - 2 zones: 2 ok | servers=4;;;; time=1.234s;;;0;10.000\n"},
	{{true, false}, "X OK - 2 zones: 2 ok | remaining=U servers=4;;;; time=1.234s;;;0;10.000\n"},
};

START_TEST(a_metric_that_is_not_of_this_run_is_left_out)
{
	struct fixture *fixture = fixture_new(2);
	char *text = NULL;

	for (unsigned i = 0; i < 2; i++)
		fixture->verdicts[i].figures[0] = (struct dw_figure){.left_out = lefts[_i].left_out[i]};
	text = text_of(fixture);
	ck_assert_str_eq(text, lefts[_i].text);
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(several_zones_are_counted_and_the_worst_is_named)
{
	struct fixture *fixture = fixture_new(3);
	char *text = NULL;

	find(fixture, 1, &expired, "b.example has ended");
	text = text_of(fixture);
	ck_assert_str_eq(text,
		"X CRITICAL - 3 zones: 1 critical, 2 ok; worst: b.example has ended | "
		"remaining=98s;20:;10:;; servers=6;;;; time=1.234s;;;0;10.000\n"
		"CRITICAL: b.example has ended -> run the signer\n");
	free(text);
	fixture_free(fixture);
}
END_TEST

/* A text, how it goes on, and what follows the state on the first line. */
static const struct {
	const char *text, *more, *first;
} advices[] = {
	{"it is bad", "; much more", "it is bad -> replace it |"},
	{"it is bad", NULL, "it is bad -> replace it |"},
	{"it is so bad that the sentence about it has no end and goes on and on and on and on, and even then it "
	 "has not come to its end, for there is so much to be said about how very, very bad it is",
		"; much more", " said about how ... -> replace it |"},
};

START_TEST(what_to_do_stands_on_the_first_line_of_a_finding_that_wants_it)
{
	struct fixture *fixture = fixture_new(1);
	const struct dw_place place = {
		.zone = &fixture->verdicts[0].zone, .more = advices[_i].more, .advise = true};
	char *text = NULL, whole[600];

	dw_findings_add(&fixture->verdicts[0].findings, &wrong, DW_CRITICAL, &place, "%s", advices[_i].text);
	text = text_of(fixture);
	ck_assert_msg(strstr(text, advices[_i].first) != NULL, "%s", text);
	ck_assert_uint_lt(strcspn(text, "|"), 200 + 1);
	(void)snprintf(whole, sizeof whole, "\nCRITICAL: %s%s -> replace it (now), or else\n", advices[_i].text,
		advices[_i].more == NULL ? "" : advices[_i].more);
	ck_assert_ptr_nonnull(strstr(text, whole));
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(lines_of_the_check_stand_behind_the_findings)
{
	static const struct dw_subject printing = {.show = show, .print = print, .facts = facts};
	struct dw_plugin other = plugin;
	struct fixture *fixture = fixture_new(2);
	char *text = NULL;

	other.subject = &printing;
	fixture->result.plugin = &other;
	find(fixture, 1, &expired, "has ended");
	text = text_of(fixture);
	ck_assert_ptr_nonnull(
		strstr(text, "\nCRITICAL: has ended -> run the signer\nline of a.example\nline of b.example\n"));
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(a_figure_that_is_not_known_is_u)
{
	struct fixture *fixture = fixture_new(1);
	char *text = NULL;

	fixture->verdicts[0].figures[0].known = false;
	text = text_of(fixture);
	ck_assert_ptr_nonnull(strstr(text, "| remaining=U servers=2;;;; "));
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(the_first_line_stays_below_200_octets_and_details_below_20_lines)
{
	struct fixture *fixture = fixture_new(1);
	char longest[DW_FINDING_TEXT_MAX];
	char *text = NULL;
	size_t n_lines = 0;

	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	for (unsigned i = 0; i < 30; i++)
		find(fixture, 0, &expired, longest);
	text = text_of(fixture);
	ck_assert_uint_lt(strcspn(text, "|"), 200);
	for (const char *at = text; *at != '\0'; at++)
		n_lines += *at == '\n';
	ck_assert_uint_eq(n_lines, 1 + DW_LINES_MAX + 1);
	ck_assert_ptr_nonnull(strstr(text, "and 10 more; -v shows them\n"));
	free(text);
	fixture->values.verbose.level = 1;
	text = text_of(fixture);
	ck_assert_ptr_null(strstr(text, "more; -v"));
	ck_assert_ptr_nonnull(strstr(text, "detail 1 of a.example\n"));
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(the_user_says_what_a_timeout_without_verdict_means)
{
	static const struct dw_finding_kind lost = {"discovery", DW_UNKNOWN, NULL};
	struct fixture *fixture = fixture_new(1);

	find(fixture, 0, &lost, "no answer");
	fixture->values.timeout.state = DW_CRITICAL;
	ck_assert_int_eq(dw_result_state(&fixture->result), DW_UNKNOWN);
	fixture->result.timed_out = true;
	ck_assert_int_eq(dw_result_state(&fixture->result), DW_CRITICAL);
	fixture_free(fixture);
}
END_TEST

START_TEST(json_has_every_finding_and_parses)
{
	struct fixture *fixture = fixture_new(2);
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);
	json_t *document = NULL, *zone = NULL;

	find(fixture, 1, &expired, "\"ended\" \x01\n");
	ck_assert_int_eq(dw_result_json(&fixture->result, page, NULL), DW_OK);
	(void)fclose(page);
	document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(document);
	ck_assert_int_eq(json_integer_value(json_object_get(document, "exit_code")), 2);
	zone = json_array_get(json_object_get(document, "zones"), 1);
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(zone, "facts"), "self")), "b.example");
	ck_assert_str_eq(
		json_string_value(json_object_get(json_array_get(json_object_get(zone, "findings"), 0), "word")),
		"expired");
	json_decref(document);
	free(text);
	fixture_free(fixture);
}
END_TEST

START_TEST(a_failed_look_is_one_line_with_its_state)
{
	const struct dw_error error = {DW_SYSTEM, "no | socket"};
	char text[64] = "";
	FILE *page = fmemopen(text, sizeof text, "w");

	dw_result_failure(&plugin, DW_UNKNOWN, &error, page);
	dw_result_failure(&plugin, DW_WARNING, &error, page);
	(void)fclose(page);
	ck_assert_str_eq(text, "X UNKNOWN - no ? socket\nX WARNING - no ? socket\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/result");
	TCase *tests = tcase_create("result");

	tcase_add_test(tests, a_good_zone_is_one_line);
	tcase_add_test(tests, a_figure_may_count_thousandths);
	tcase_add_loop_test(tests, zones_make_one_figure_by_its_rule, 0, DW_ROWS(totals));
	tcase_add_test(tests, the_worst_finding_stands_first_and_each_has_its_line);
	tcase_add_loop_test(tests, a_metric_that_is_not_of_this_run_is_left_out, 0, DW_ROWS(lefts));
	tcase_add_test(tests, several_zones_are_counted_and_the_worst_is_named);
	tcase_add_loop_test(
		tests, what_to_do_stands_on_the_first_line_of_a_finding_that_wants_it, 0, DW_ROWS(advices));
	tcase_add_test(tests, lines_of_the_check_stand_behind_the_findings);
	tcase_add_test(tests, a_figure_that_is_not_known_is_u);
	tcase_add_test(tests, the_first_line_stays_below_200_octets_and_details_below_20_lines);
	tcase_add_test(tests, the_user_says_what_a_timeout_without_verdict_means);
	tcase_add_test(tests, json_has_every_finding_and_parses);
	tcase_add_test(tests, a_failed_look_is_one_line_with_its_state);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
