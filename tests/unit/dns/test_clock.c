#include "dns/clock.h"

#include <stddef.h>

#include "support/suite.h"

static dw_deadline advance(void *context)
{
	return *(dw_deadline *)context += 5;
}

START_TEST(a_clock_of_ones_own_is_asked_each_time)
{
	dw_deadline at = 1000;
	const struct dw_clock clock = {advance, &at};

	ck_assert_int_eq(dw_clock_now(&clock), 1005);
	ck_assert_int_eq(dw_clock_now(&clock), 1010);
}
END_TEST

START_TEST(the_clock_of_the_system_does_not_go_back)
{
	const struct dw_clock clock = {NULL, NULL};
	dw_deadline before = dw_clock_now(&clock);

	ck_assert_int_gt(before, 0);
	for (unsigned i = 0; i < 1000; i++) {
		dw_deadline now = dw_clock_now(&clock);
		ck_assert_int_ge(now, before);
		before = now;
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/clock");
	TCase *tests = tcase_create("clock");

	tcase_add_test(tests, a_clock_of_ones_own_is_asked_each_time);
	tcase_add_test(tests, the_clock_of_the_system_does_not_go_back);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
