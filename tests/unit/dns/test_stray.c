#include "dns/stray.h"

#include "support/suite.h"

/* Questions 1 to n end in order, then a datagram comes. */
static const struct {
	unsigned n, attempts;
	bool answered;
	uint8_t wire[2];
	size_t length;
	unsigned n_garbage, n_repeated;
} strays[] = {
	{1, 1, true, {0, 1}, 2, 0, 1},
	{1, 1, true, {0, 2}, 2, 1, 0},
	{1, 1, true, {0, 1}, 1, 1, 0},
	{1, 1, true, {0, 1}, 0, 1, 0},
	{1, 1, false, {0, 1}, 2, 0, 0}, /* too late */
	{1, 2, true, {0, 1}, 2, 0, 0},  /* the answer to the other attempt */
	{0, 1, true, {0, 0}, 2, 1, 0},
	{DW_STRAY_IDS, 1, true, {0, 1}, 2, 0, 1},
	{DW_STRAY_IDS + 1, 1, true, {0, 1}, 2, 1, 0}, /* forgotten */
	{DW_STRAY_IDS + 1, 1, true, {0, DW_STRAY_IDS + 1}, 2, 0, 1},
};

START_TEST(a_datagram_that_nobody_waits_for_is_garbage_or_a_repetition)
{
	struct dw_strays seen = {0};

	for (unsigned i = 1; i <= strays[_i].n; i++)
		dw_strays_ended(&seen, (uint16_t)i, strays[_i].attempts, strays[_i].answered);
	dw_strays_count(&seen, strays[_i].wire, strays[_i].length);
	ck_assert_uint_eq(seen.n_garbage, strays[_i].n_garbage);
	ck_assert_uint_eq(seen.n_repeated, strays[_i].n_repeated);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stray");
	TCase *tests = tcase_create("stray");

	tcase_add_loop_test(
		tests, a_datagram_that_nobody_waits_for_is_garbage_or_a_repetition, 0, DW_ROWS(strays));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
