#include "dns/chance.h"

#include "support/suite.h"

/*
 * Trials of two packets each, and between which bounds the probability lies that the silent ones were lost.
 */
static const struct {
	unsigned n_through, n_failed; /* controls */
	unsigned n_silent, n_packets;
	double least, most;
} rows[] = {
	{0, 0, 0, 2, 1, 1},
	{0, 0, 1, 2, 0.6, 0.7}, /* nothing is known of the way */
	{20, 0, 0, 2, 1, 1},
	{20, 0, 1, 2, 0.02, 0.06},
	{20, 0, 3, 2, 1e-4, 1e-3}, /* not yet */
	{20, 0, 8, 2, 1e-9, 1e-5}, /* enough */
	{10, 10, 6, 2, 1e-3, 0.1}, /* on a way that loses half of it, it is not */
	{10, 10, 30, 2, 1e-10, 1e-4},
	{10, 10, 30, 4, 1e-6, 1e-2}, /* in fragments, more is lost */
	{0, 20, 30, 2, 0.3, 1},
};

START_TEST(loss_is_a_reason_as_far_as_the_controls_suffer_from_it)
{
	const struct dw_trials controls = {2, rows[_i].n_through, rows[_i].n_failed};
	const struct dw_trials silent = {rows[_i].n_packets, 0, rows[_i].n_silent};
	double chance = dw_chance_of_silence(&controls, 1, &silent, 1);

	ck_assert_msg(chance >= rows[_i].least - 1e-9 && chance <= rows[_i].most + 1e-9,
		"%g is not as it should be", chance);
}
END_TEST

START_TEST(more_silence_makes_loss_less_likely_and_more_loss_makes_it_more)
{
	double before = 1;

	for (unsigned n = 1; n < 40; n++) {
		const struct dw_trials controls = {2, 15, 5}, lossy = {2, 10, 10}, silent = {2, 0, n};
		double chance = dw_chance_of_silence(&controls, 1, &silent, 1);

		ck_assert(chance < before);
		ck_assert(chance < dw_chance_of_silence(&lossy, 1, &silent, 1));
		before = chance;
	}
}
END_TEST

static const struct {
	unsigned size, n_packets;
} sizes[] = {{0, 1}, {512, 1}, {1472, 1}, {1473, 2}, {2900, 2}, {2953, 3}, {4096, 3}, {65507, 45}};

START_TEST(answers_come_in_as_many_packets_as_ethernet_needs)
{
	ck_assert_uint_eq(dw_chance_packets(sizes[_i].size), sizes[_i].n_packets);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chance");
	TCase *tests = tcase_create("chance");

	tcase_add_loop_test(tests, loss_is_a_reason_as_far_as_the_controls_suffer_from_it, 0, DW_ROWS(rows));
	tcase_add_test(tests, more_silence_makes_loss_less_likely_and_more_loss_makes_it_more);
	tcase_add_loop_test(tests, answers_come_in_as_many_packets_as_ethernet_needs, 0, DW_ROWS(sizes));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
