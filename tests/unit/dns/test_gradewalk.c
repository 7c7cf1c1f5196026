#include "dns/gradewalk.h"

#include "dns/wire.h"
#include "support/suite.h"

#define LOST                                                                                                 \
	{                                                                                                        \
		.n_asked = DW_GRADE_TRIES, .n_lost = DW_GRADE_TRIES, .status = DW_TIMEOUT                            \
	}
#define SILENT                                                                                               \
	{                                                                                                        \
		.n_asked = 1, .n_lost = 1, .status = DW_TIMEOUT                                                      \
	}
#define WHOLE                                                                                                \
	{                                                                                                        \
		.n_asked = 1, .status = DW_OK, .whole = true                                                         \
	}
#define CUT                                                                                                  \
	{                                                                                                        \
		.n_asked = 1, .status = DW_OK, .truncated = true                                                     \
	}
#define FAILED                                                                                               \
	{                                                                                                        \
		.n_asked = 1, .status = DW_OK, .rcode = DW_RCODE_SERVFAIL                                            \
	}

#define ABSENT                                                                                               \
	{                                                                                                        \
		.n_asked = 1, .status = DW_OK, .rcode = DW_RCODE_NXDOMAIN                                            \
	}
#define EMPTY                                                                                                \
	{                                                                                                        \
		.n_asked = 1, .status = DW_OK                                                                        \
	}

#define CLOSED                                                                                               \
	{                                                                                                        \
		.n_asked = 2, .n_lost = 1, .status = DW_REFUSED, .connected = true                                   \
	}

static const struct {
	struct dw_grade grade;
	bool fetched, missed, udp_lost, tcp_lost, absent;
} grades[] = {
	{{.size = 512}, false, false, false, false, false},
	{{.size = 512, .udp = LOST, .tcp = CLOSED}, false, true, true, true, false},
	{{.size = 512, .udp = CUT, .tcp = CLOSED}, true, false, false, true, false},
	{{.udp = WHOLE}, true, false, false, false, false},
	{{.udp = CUT}, true, false, false, false, false},
	{{.udp = CUT, .tcp = WHOLE}, true, false, false, false, false},
	{{.udp = CUT, .tcp = SILENT}, true, false, false, true, false},
	{{.udp = LOST, .tcp = WHOLE}, true, false, true, false, false},
	{{.udp = LOST, .tcp = SILENT}, false, true, true, true, false},
	{{.udp = LOST}, false, false, true, false, false},
	{{.udp = FAILED}, false, true, false, false, false},
	{{.udp = LOST, .tcp = FAILED}, false, true, true, false, false},
	/* Some box truncates all; TCP is what the resolver says. */
	{{.udp = CUT, .tcp = FAILED}, false, true, false, false, false},
	{{.udp = CUT, .tcp = CUT}, false, true, false, false, false},
	{{.udp = CUT, .tcp = ABSENT}, false, true, false, false, true},
	{{.udp = ABSENT}, false, true, false, false, true},
	{{.udp = EMPTY}, false, true, false, false, true},
	{{.udp = {.n_asked = 2, .n_lost = 2, .status = DW_TIMEOUT}}, false, false, false, false, false},
	{{.udp = LOST, .tcp = {.n_asked = 1, .status = DW_REFUSED}}, false, false, true, true, false},
	{{.udp = LOST, .tcp = {.n_asked = 1, .status = DW_TIMEOUT}}, false, false, true, false, false},
};

START_TEST(a_grade_is_fetched_missed_or_not_known)
{
	const struct dw_grade *grade = &grades[_i].grade;

	ck_assert_int_eq(dw_grade_fetched(grade), grades[_i].fetched);
	ck_assert_int_eq(dw_grade_missed(grade), grades[_i].missed);
	ck_assert_int_eq(dw_grade_udp_lost(grade), grades[_i].udp_lost);
	ck_assert_int_eq(dw_grade_tcp_lost(grade), grades[_i].tcp_lost);
	ck_assert_int_eq(dw_grade_absent(grade), grades[_i].absent);
	ck_assert_int_eq(dw_grade_by_udp(grade), grade->udp.whole);
	ck_assert_int_eq(dw_grade_by_tcp(grade), grade->tcp.whole);
	ck_assert_int_eq(dw_grade_answered(&grade->udp), grade->udp.n_asked > 0 && grade->udp.status == DW_OK);
}
END_TEST

/* Letters for the grades 100, 200, ...: W whole, L lost by UDP, C cut, . not asked. */
static const struct {
	const char *grades;
	size_t passed, failed;
} brackets[] = {
	{"", 0, 0},
	{"WWW", 300, 0},
	{"WWL", 200, 300},
	{"WLLL", 100, 200},
	{"WLW", 300, 0},
	{"LLL", 0, 100},
	{"W.L", 100, 300},
	{"WCL", 100, 300},
	{"...", 0, 0},
};

static struct dw_reply_size_resolver resolver_of(const char *text)
{
	static const struct dw_grade_answer lost = LOST, whole = WHOLE, cut = CUT;
	struct dw_reply_size_resolver resolver = {.n_grades = 0};

	for (; *text != '\0'; text++) {
		struct dw_grade *grade = &resolver.grades[resolver.n_grades++];
		grade->size = (uint16_t)(100 * resolver.n_grades);
		if (*text != '.')
			grade->udp = *text == 'L' ? lost : *text == 'W' ? whole : cut;
		grade->udp.size = *text == 'W' ? grade->size : 0;
	}
	return resolver;
}

START_TEST(a_bracket_is_the_largest_that_passes_and_the_smallest_above_that_fails)
{
	const struct dw_reply_size_resolver resolver = resolver_of(brackets[_i].grades);
	const struct dw_size_bracket bracket = dw_grade_bracket(&resolver, dw_grade_by_udp, dw_grade_udp_lost);

	ck_assert_uint_eq(bracket.passed, brackets[_i].passed);
	ck_assert_uint_eq(bracket.failed, brackets[_i].failed);
}
END_TEST

START_TEST(a_grade_is_found_by_its_size)
{
	const struct dw_reply_size_resolver resolver = resolver_of("WWW");

	ck_assert_ptr_eq(dw_grade_find(&resolver, 200), &resolver.grades[1]);
	ck_assert_ptr_null(dw_grade_find(&resolver, 201));
	ck_assert_ptr_null(dw_grade_find(&resolver, 0));
}
END_TEST

START_TEST(chance_grows_with_loss_and_shrinks_with_each_answer_that_is_lost)
{
	const struct dw_reply_size_resolver one = resolver_of("WWWWWWWWWL");
	const struct dw_reply_size_resolver two = resolver_of("WWWWWWWWLL");
	struct dw_reply_size_resolver lossy = resolver_of("WWWWWWWWWL");

	lossy.grades[0].udp.n_asked = 4;
	lossy.grades[0].udp.n_lost = 3;
	lossy.grades[1].udp.n_asked = 3;
	lossy.grades[1].udp.n_lost = 2;
	ck_assert_uint_eq(dw_grade_loss(&lossy).n_lost, 5);
	ck_assert_uint_eq(dw_grade_loss(&lossy).n_asked, 14);
	ck_assert(dw_grade_chance(&one, 900, SIZE_MAX) < 0.001);
	ck_assert(dw_grade_chance(&two, 800, SIZE_MAX) < dw_grade_chance(&one, 900, SIZE_MAX));
	ck_assert(dw_grade_chance(&lossy, 900, SIZE_MAX) > 0.001);
	ck_assert(dw_grade_chance(&one, 1000, SIZE_MAX) == 1);
	ck_assert(dw_grade_chance(&one, 900, 1000) == 1);
}
END_TEST

START_TEST(tcp_that_is_silent_may_be_lost_where_much_is)
{
	struct dw_reply_size_resolver clean = resolver_of("WWWWWWWWWC"), lossy = clean;
	const struct dw_grade_answer silent = {.n_asked = 2, .n_lost = 2, .status = DW_TIMEOUT};

	ck_assert(dw_grade_tcp_chance(&clean) == 1);
	for (unsigned i = 0; i < 8; i++)
		lossy.grades[i].udp.n_asked = 1 + (lossy.grades[i].udp.n_lost = 1);
	clean.grades[9].tcp = lossy.grades[9].tcp = silent;
	ck_assert(dw_grade_tcp_chance(&clean) < 0.001);
	ck_assert(dw_grade_tcp_chance(&lossy) > 0.001);
}
END_TEST

START_TEST(attempts_that_were_turned_away_are_counted)
{
	const struct dw_reply_size_resolver resolver = {.n_grades = 4,
		.grades = {{.size = 512, .tcp = CLOSED}, {.size = 600, .tcp = SILENT}, {.size = 700, .tcp = WHOLE},
			{.size = 800, .tcp = CLOSED}}};

	ck_assert_uint_eq(dw_grade_turned_away(&resolver), 2);
	ck_assert(!dw_grade_lossy(&resolver));
}
END_TEST

START_TEST(what_was_never_answered_makes_a_way_lossy_where_larger_ones_were)
{
	struct dw_reply_size_resolver resolver = {
		.n_grades = 2, .grades = {{.size = 512, .udp = LOST}, {.size = 600, .udp = WHOLE}}};

	ck_assert(dw_grade_lossy(&resolver));
	resolver.grades[0].size = 700;
	resolver.grades[0].udp = (struct dw_grade_answer)WHOLE;
	resolver.grades[1].udp = (struct dw_grade_answer)LOST;
	ck_assert(!dw_grade_lossy(&resolver));
}
END_TEST

START_TEST(an_answer_in_more_packets_is_lost_more_easily)
{
	struct dw_reply_size_resolver small = resolver_of("WWWWWWWWWL"), large = small;

	large.grades[9].size = 4000;
	ck_assert(dw_grade_chance(&large, 900, SIZE_MAX) > dw_grade_chance(&small, 900, SIZE_MAX));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/gradewalk");
	TCase *tests = tcase_create("gradewalk");

	tcase_add_loop_test(tests, a_grade_is_fetched_missed_or_not_known, 0, DW_ROWS(grades));
	tcase_add_loop_test(
		tests, a_bracket_is_the_largest_that_passes_and_the_smallest_above_that_fails, 0, DW_ROWS(brackets));
	tcase_add_test(tests, a_grade_is_found_by_its_size);
	tcase_add_test(tests, chance_grows_with_loss_and_shrinks_with_each_answer_that_is_lost);
	tcase_add_test(tests, tcp_that_is_silent_may_be_lost_where_much_is);
	tcase_add_test(tests, attempts_that_were_turned_away_are_counted);
	tcase_add_test(tests, what_was_never_answered_makes_a_way_lossy_where_larger_ones_were);
	tcase_add_test(tests, an_answer_in_more_packets_is_lost_more_easily);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
