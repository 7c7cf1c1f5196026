#include "dns/reply_size_way.h"

#include "support/graded.h"
#include "support/suite.h"

static const struct dw_graded_case cases[] = {
	{{.silent = true}, DW_CRITICAL, "resolver-silent", "does not answer: 5 questions by UDP, 2 by TCP"},
	{{.silent = true, .connects = true}, DW_CRITICAL, "fetch-limited",
		"does not get even an answer of 512 octets, or hangs: it takes TCP connections, and answers"},
	{{.silent = true, .n_beside = 7}, DW_CRITICAL, "garbage", "nothing but garbage comes, 7 datagrams"},
	{{.elsewhere = true, .by_tcp = DW_TIMEOUT}, DW_CRITICAL, "other-address",
		"all answers come from another address, 192.0.2.99"},
	{{.elsewhere = true}, DW_CRITICAL, "other-address",
		"all UDP answers come from another address, 192.0.2.99"},
	{{.garbage = true, .by_tcp = DW_TIMEOUT}, DW_CRITICAL, "answer-malformed", "its answers do not parse: "},
	{{.garbage = true}, DW_WARNING, "answer-malformed", "the UDP answer for r0512 does not parse: "},
	/* What this host has no socket for is no fault of the resolver. */
	{{.by_tcp = DW_SYSTEM}, DW_UNKNOWN, "not-possible", "could not be asked all: "},
	{{.n_beside = 1}, DW_WARNING, "garbage", "1 datagram answers nothing that was asked"},
	{{.n_repeated = 1}, DW_WARNING, "answers-twice", "1 UDP answer came twice"},
	{{.n_beside = 3}, DW_WARNING, "garbage", "3 datagrams answer nothing that was asked"},
	{{.n_repeated = 2}, DW_WARNING, "answers-twice", "2 UDP answers came twice"},
};

START_TEST(what_comes_beside_answers_or_instead_is_named)
{
	struct dw_graded *graded = dw_graded_check(&cases[_i]);

	ck_assert_uint_eq(graded->findings.n_findings, 1);
	dw_graded_end(graded);
}
END_TEST

START_TEST(where_another_resolver_answers_silence_is_a_warning)
{
	struct dw_graded *graded = dw_graded_new();

	graded->n_resolvers = 2;
	graded->manners[0] = cases[_i].manners;
	graded->manners[1] = (struct dw_graded_manners){.silent = true};
	dw_graded_run(graded);
	bool answers = dw_reply_size_has_answered(&graded->facts->resolvers[0]);
	ck_assert_int_eq(graded->figures.verdicts[1].severity, answers ? DW_WARNING : DW_CRITICAL);
	ck_assert(!dw_reply_size_has_answered(&graded->facts->resolvers[1]));
	dw_graded_end(graded);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/reply_size_way");
	TCase *tests = tcase_create("reply_size_way");

	tcase_add_loop_test(tests, what_comes_beside_answers_or_instead_is_named, 0, DW_ROWS(cases));
	tcase_add_loop_test(tests, where_another_resolver_answers_silence_is_a_warning, 0, DW_ROWS(cases));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
