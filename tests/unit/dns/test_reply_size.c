#include "dns/reply_size.h"

#include <string.h>

#include "support/graded.h"
#include "support/suite.h"

START_TEST(a_healthy_resolver_is_asked_each_grade_once_and_the_largest_by_tcp)
{
	struct dw_graded *graded = dw_graded_new();

	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	ck_assert_uint_eq(graded->facts->n_resolvers, 1);
	ck_assert_uint_eq(graded->n_udp, resolver->n_grades);
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		ck_assert_uint_eq(grade->udp.n_asked, 1);
		ck_assert_uint_eq(grade->udp.advertised, 1232);
		ck_assert_int_eq(grade->udp.whole, grade->size <= 1232);
		ck_assert_int_eq(grade->udp.truncated, grade->size > 1232);
		ck_assert_uint_eq(grade->tcp.n_asked, i + 1 == resolver->n_grades);
		ck_assert_int_eq(grade->tcp.whole, i + 1 == resolver->n_grades);
		ck_assert_uint_eq(grade->udp.whole ? grade->udp.size : grade->tcp.size,
			grade->udp.whole || grade->tcp.whole ? grade->size : 0);
	}
	dw_graded_end(graded);
}
END_TEST

START_TEST(the_largest_grade_is_asked_by_tcp_even_when_udp_brings_it)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0].sends = 4096;
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	ck_assert(resolver->grades[resolver->n_grades - 1].udp.whole);
	ck_assert(resolver->grades[resolver->n_grades - 1].tcp.whole);
	ck_assert_uint_eq(graded->n_tcp, 1);
	dw_graded_end(graded);
}
END_TEST

START_TEST(what_is_truncated_is_asked_by_tcp_where_the_largest_does_not_come)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0] = (struct dw_graded_manners){.cuts = true, .fetches = 2048};
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		ck_assert(resolver->grades[i].udp.truncated);
		ck_assert_int_eq(resolver->grades[i].tcp.whole, resolver->grades[i].size <= 2048);
	}
	ck_assert_uint_eq(graded->figures.fetched, 2048);
	dw_graded_end(graded);
}
END_TEST

START_TEST(a_silent_resolver_is_asked_for_the_smallest_grade_only)
{
	struct dw_graded *graded = dw_graded_new();

	graded->n_resolvers = 2;
	graded->manners[0].silent = true;
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	ck_assert_uint_eq(resolver->grades[0].udp.n_lost, DW_GRADE_TRIES);
	ck_assert_int_eq(resolver->grades[0].udp.status, DW_TIMEOUT);
	ck_assert_uint_gt(resolver->grades[0].tcp.n_lost, 0);
	ck_assert_uint_eq(resolver->grades[1].udp.n_asked, 0);
	ck_assert(graded->facts->resolvers[1].grades[1].udp.whole);
	dw_graded_end(graded);
}
END_TEST

START_TEST(what_is_lost_by_udp_is_asked_again_and_by_tcp)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0] = (struct dw_graded_manners){.sends = 4096, .passes = 1452};
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		ck_assert_uint_eq(grade->udp.n_lost, grade->size > 1452 ? DW_GRADE_TRIES : 0);
		ck_assert_int_eq(grade->tcp.whole, grade->size > 1452);
	}
	dw_graded_end(graded);
}
END_TEST

START_TEST(a_failure_is_believed_when_it_comes_twice)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0].fetches = 1400;
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	for (unsigned i = 0; i + 1 < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		ck_assert_uint_eq(grade->udp.n_asked, grade->size > 1400 ? 2 : 1);
		ck_assert_uint_eq(grade->udp.rcode, grade->size > 1400 ? DW_RCODE_SERVFAIL : DW_RCODE_NOERROR);
	}
	dw_graded_end(graded);
}
END_TEST

START_TEST(an_answer_that_does_not_parse_is_none)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0].garbage = true;
	dw_graded_run(graded);
	const struct dw_grade *grade = &graded->facts->resolvers[0].grades[0];
	ck_assert_int_eq(grade->udp.status, DW_MALFORMED);
	ck_assert_str_ne(grade->udp.reason, "");
	ck_assert_uint_eq(grade->udp.n_asked, 2);
	ck_assert(grade->tcp.whole);
	dw_graded_end(graded);
}
END_TEST

START_TEST(what_the_end_of_the_run_cuts_short_is_not_lost)
{
	struct dw_graded *graded = dw_graded_new();

	graded->stop_behind = 1;
	dw_graded_run(graded);
	const struct dw_reply_size_resolver *resolver = &graded->facts->resolvers[0];
	ck_assert(resolver->grades[0].udp.whole);
	ck_assert_int_eq(resolver->grades[1].udp.status, DW_TIMEOUT);
	ck_assert_uint_eq(resolver->grades[1].udp.n_lost, 0);
	dw_graded_end(graded);
}
END_TEST

static const struct {
	unsigned n_hosts;
	unsigned n_grades;
	uint16_t grades[3];
	const char *zone;
	const char *reason;
} refused[] = {
	{0, 0, {0}, "example.org", "no resolver to ask"},
	{1, 1, {63}, "example.org", "grade 63: grades ascend, from 64 to 9999 octets"},
	{1, 1, {10000}, "example.org", "grade 10000: grades ascend, from 64 to 9999 octets"},
	{1, 2, {1000, 1000}, "example.org", "grade 1000: grades ascend, from 64 to 9999 octets"},
	{1, DW_GRADES_MAX + 1, {0}, "example.org", "more than 32 grades"},
	{1, 0, {0},
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"the zone's name leaves no room for names of grades"},
};

START_TEST(a_plan_that_cannot_be_walked_is_refused)
{
	struct dw_reply_size_plan plan = {.n_grades = refused[_i].n_grades};
	struct dw_reply_size *reply_size = NULL;
	struct dw_error error;

	ck_assert_int_eq(dw_name_parse(refused[_i].zone, &plan.discovery.zone, NULL), DW_OK);
	plan.discovery.n_hosts = refused[_i].n_hosts;
	ck_assert_int_eq(dw_host_parse("192.0.2.53", &plan.discovery.hosts[0], NULL), DW_OK);
	memcpy(plan.grades, refused[_i].grades, sizeof(refused[_i].grades));
	ck_assert_int_eq(dw_reply_size_new(&plan, &reply_size, &error), DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].reason);
	ck_assert_ptr_null(reply_size);
}
END_TEST

START_TEST(grades_of_the_users_are_walked_instead)
{
	struct dw_graded *graded = dw_graded_new();

	graded->plan.n_grades = 2;
	graded->plan.grades[0] = 600;
	graded->plan.grades[1] = 9999;
	dw_graded_run(graded);
	ck_assert_uint_eq(graded->facts->resolvers[0].n_grades, 2);
	ck_assert_uint_eq(graded->facts->resolvers[0].grades[1].tcp.size, 9999);
	dw_graded_end(graded);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/reply_size");
	TCase *tests = tcase_create("reply_size");

	tcase_add_test(tests, a_healthy_resolver_is_asked_each_grade_once_and_the_largest_by_tcp);
	tcase_add_test(tests, the_largest_grade_is_asked_by_tcp_even_when_udp_brings_it);
	tcase_add_test(tests, what_is_truncated_is_asked_by_tcp_where_the_largest_does_not_come);
	tcase_add_test(tests, a_silent_resolver_is_asked_for_the_smallest_grade_only);
	tcase_add_test(tests, what_is_lost_by_udp_is_asked_again_and_by_tcp);
	tcase_add_test(tests, a_failure_is_believed_when_it_comes_twice);
	tcase_add_test(tests, an_answer_that_does_not_parse_is_none);
	tcase_add_test(tests, what_the_end_of_the_run_cuts_short_is_not_lost);
	tcase_add_loop_test(tests, a_plan_that_cannot_be_walked_is_refused, 0, DW_ROWS(refused));
	tcase_add_test(tests, grades_of_the_users_are_walked_instead);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
