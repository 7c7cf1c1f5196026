#include "reply_size_json.h"

#include "support/graded.h"
#include "support/suite.h"

/* A member of a member of an object. */
static json_t *within(json_t *object, const char *first, const char *second)
{
	return json_object_get(json_object_get(object, first), second);
}

START_TEST(json_has_every_grade_and_the_verdict)
{
	struct dw_graded *graded = dw_graded_new();
	json_t *object = NULL, *resolver = NULL, *grade = NULL;

	graded->manners[0] = (struct dw_graded_manners){.sends = 4096, .passes = 3584};
	dw_graded_run(graded);
	object = dw_reply_size_json(graded->facts, &graded->figures);
	resolver = json_array_get(json_object_get(object, "resolvers"), 0);
	ck_assert_uint_eq(
		json_array_size(json_object_get(resolver, "grades")), graded->facts->resolvers[0].n_grades);
	ck_assert_str_eq(json_string_value(within(resolver, "verdict", "word")), "udp-dropped");
	ck_assert_str_eq(json_string_value(within(resolver, "verdict", "severity")), "WARNING");
	ck_assert_str_eq(json_string_value(within(resolver, "server", "address")), "192.0.2.53");
	ck_assert_int_eq(
		json_integer_value(within(json_object_get(resolver, "verdict"), "fetched", "passed")), 4000);
	ck_assert(json_is_null(within(json_object_get(resolver, "verdict"), "fetched", "failed")));
	ck_assert_int_eq(json_integer_value(within(json_object_get(resolver, "verdict"), "udp", "failed")), 4000);
	grade = json_array_get(json_object_get(resolver, "grades"), graded->facts->resolvers[0].n_grades - 1);
	ck_assert_int_eq(json_integer_value(within(grade, "udp", "lost")), DW_GRADE_TRIES);
	ck_assert_int_eq(json_integer_value(within(grade, "tcp", "size")), 4000);
	ck_assert(json_is_null(json_object_get(json_array_get(json_object_get(resolver, "grades"), 0), "tcp")));
	ck_assert(json_is_object(json_object_get(object, "discovery")));
	json_decref(object);
	dw_graded_end(graded);
}
END_TEST

START_TEST(json_has_what_came_beside_answers)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0] = (struct dw_graded_manners){.elsewhere = true, .n_beside = 3, .n_repeated = 2};
	dw_graded_run(graded);
	json_t *object = dw_reply_size_json(graded->facts, &graded->figures);
	json_t *resolver = json_array_get(json_object_get(object, "resolvers"), 0);
	ck_assert_str_eq(json_string_value(within(resolver, "elsewhere", "address")), "192.0.2.99");
	ck_assert_int_gt(json_integer_value(within(resolver, "elsewhere", "count")), 0);
	ck_assert_int_eq(json_integer_value(json_object_get(resolver, "garbage")), 3);
	ck_assert_int_eq(json_integer_value(json_object_get(resolver, "repeated")), 2);
	json_decref(object);
	dw_graded_end(graded);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/reply_size_json");
	TCase *tests = tcase_create("reply_size_json");

	tcase_add_test(tests, json_has_every_grade_and_the_verdict);
	tcase_add_test(tests, json_has_what_came_beside_answers);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
