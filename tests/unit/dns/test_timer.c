#include "dns/timer.h"

#include <stdlib.h>

#include "support/suite.h"

#define MANY 3000

START_TEST(timers_fire_in_the_order_of_their_moments)
{
	struct dw_timers timers = {0};
	struct dw_timer *many = calloc(MANY, sizeof(*many));
	dw_deadline last = 0;

	ck_assert_ptr_nonnull(many);
	/* More spans than lists, and moments that do not follow the order of setting. */
	for (unsigned i = 0; i < MANY; i++)
		dw_timer_set(&timers, &many[i], i % (3 * DW_TIMER_LISTS), 1 + (i * 7919U) % 5000U);
	for (unsigned i = 0; i < MANY; i++) {
		dw_deadline next = dw_timers_next(&timers);
		struct dw_timer *timer = dw_timers_take(&timers, next);

		ck_assert_ptr_nonnull(timer);
		ck_assert_int_eq(timer->at, next);
		ck_assert_int_ge(timer->at, last);
		last = timer->at;
	}
	ck_assert_int_eq(dw_timers_next(&timers), DW_TIMER_NEVER);
	free(many);
}
END_TEST

START_TEST(a_timer_is_not_taken_before_its_moment)
{
	struct dw_timers timers = {0};
	struct dw_timer timer = {0};

	dw_timer_set(&timers, &timer, 1500, 2500);
	ck_assert_ptr_null(dw_timers_take(&timers, 2499));
	ck_assert_ptr_eq(dw_timers_take(&timers, 2500), &timer);
	ck_assert_ptr_null(dw_timers_take(&timers, 2500));
}
END_TEST

START_TEST(a_timer_set_again_has_its_new_moment_alone)
{
	struct dw_timers timers = {0};
	struct dw_timer timer = {0}, other = {0};

	dw_timer_set(&timers, &timer, 1500, 2500);
	dw_timer_set(&timers, &other, 1500, 2600);
	dw_timer_set(&timers, &timer, 3000, 5500);
	ck_assert_int_eq(dw_timers_next(&timers), 2600);
	ck_assert_ptr_eq(dw_timers_take(&timers, 9000), &other);
	ck_assert_ptr_eq(dw_timers_take(&timers, 9000), &timer);
	ck_assert_ptr_null(dw_timers_take(&timers, 9000));
}
END_TEST

START_TEST(a_cleared_timer_does_not_fire_wherever_it_stood)
{
	for (unsigned cleared = 0; cleared < 3; cleared++) {
		struct dw_timers timers = {0};
		struct dw_timer three[3] = {0};

		for (unsigned i = 0; i < 3; i++)
			dw_timer_set(&timers, &three[i], 10, 10 + i);
		dw_timer_clear(&three[cleared]);
		dw_timer_clear(&three[cleared]);
		ck_assert_ptr_eq(dw_timers_take(&timers, 99), &three[cleared == 0 ? 1 : 0]);
		ck_assert_ptr_eq(dw_timers_take(&timers, 99), &three[cleared == 2 ? 1 : 2]);
		ck_assert_ptr_null(dw_timers_take(&timers, 99));
	}
}
END_TEST

START_TEST(what_never_fires_can_still_be_found)
{
	struct dw_timers timers = {0};
	struct dw_timer timer = {0};

	dw_timer_set(&timers, &timer, -1, DW_TIMER_NEVER);
	ck_assert_int_eq(dw_timers_next(&timers), DW_TIMER_NEVER);
	ck_assert_ptr_null(dw_timers_take(&timers, DW_TIMER_NEVER - 1));
	ck_assert_ptr_eq(dw_timers_take(&timers, DW_TIMER_NEVER), &timer);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("timer");
	TCase *tests = tcase_create("timer");

	tcase_add_test(tests, timers_fire_in_the_order_of_their_moments);
	tcase_add_test(tests, a_timer_is_not_taken_before_its_moment);
	tcase_add_test(tests, a_timer_set_again_has_its_new_moment_alone);
	tcase_add_test(tests, a_cleared_timer_does_not_fire_wherever_it_stood);
	tcase_add_test(tests, what_never_fires_can_still_be_found);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
