#include "dns/pace.h"

#include "support/suite.h"

/* Questions that go in a span when as many as may are sent, looking every millisecond. */
static const struct {
	unsigned rate;
	dw_millis span;
	unsigned least, most;
	unsigned burst; /* in one millisecond */
} rates[] = {
	{1, 10000, 9, 11, 1},
	{10, 10000, 99, 101, 1},
	{66, 10000, 655, 665, 1},
	{1000, 3000, 2985, 3015, 16},
	{100000, 1000, 99000, 101500, 1500},
};

START_TEST(questions_are_spread_evenly)
{
	struct dw_pace pace = {.rate = rates[_i].rate};
	unsigned sent = 0, burst = 0;

	for (dw_deadline now = 7000; now < 7000 + rates[_i].span; now++) {
		unsigned before = sent;

		while (dw_pace_ready(&pace, now)) {
			dw_pace_went(&pace);
			sent++;
		}
		burst = sent - before > burst ? sent - before : burst;
		ck_assert_int_gt(pace.next, now);
	}
	ck_assert_uint_ge(sent, rates[_i].least);
	ck_assert_uint_le(sent, rates[_i].most);
	ck_assert_uint_le(burst, rates[_i].burst);
}
END_TEST

START_TEST(a_pause_is_not_made_up_for)
{
	struct dw_pace pace = {.rate = 1000};
	unsigned sent = 0;

	ck_assert(dw_pace_ready(&pace, 1000));
	while (dw_pace_ready(&pace, 61000)) {
		dw_pace_went(&pace);
		sent++;
	}
	ck_assert_uint_le(sent, 15);
}
END_TEST

START_TEST(no_rate_is_no_bound)
{
	struct dw_pace pace = {0};

	for (unsigned i = 0; i < 100000; i++) {
		ck_assert(dw_pace_ready(&pace, 1000));
		dw_pace_went(&pace);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pace");
	TCase *tests = tcase_create("pace");

	tcase_add_loop_test(tests, questions_are_spread_evenly, 0, DW_ROWS(rates));
	tcase_add_test(tests, a_pause_is_not_made_up_for);
	tcase_add_test(tests, no_rate_is_no_bound);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
