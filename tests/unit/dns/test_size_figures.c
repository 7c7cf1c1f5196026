#include "dns/size_figures.h"

#include "support/suite.h"

START_TEST(a_sample_keeps_the_largest_and_the_quickest)
{
	struct dw_size_sample sample = {.udp_max = 0};

	dw_size_sample_take(&sample, &(struct dw_size_answer){.size = 500, .elapsed = 30});
	ck_assert(sample.udp_known && !sample.advertised_known && !sample.tcp_known);
	dw_size_sample_take(
		&sample, &(struct dw_size_answer){.size = 1200, .edns = true, .advertised = 4096, .elapsed = 0});
	dw_size_sample_take(
		&sample, &(struct dw_size_answer){.size = 90, .edns = true, .advertised = 1232, .elapsed = 50});
	/* What comes by TCP says nothing of UDP. */
	dw_size_sample_take(&sample,
		&(struct dw_size_answer){
			.tcp = true, .size = 9000, .edns = true, .advertised = 65000, .elapsed = 70});
	dw_size_sample_take(&sample, &(struct dw_size_answer){.tcp = true, .size = 9000, .elapsed = 60});
	ck_assert_uint_eq(sample.udp_max, 1200);
	ck_assert_int_eq(sample.udp_time, 0);
	ck_assert_uint_eq(sample.advertised, 4096);
	ck_assert(sample.advertised_known && sample.tcp_known);
	ck_assert_int_eq(sample.tcp_time, 60);
}
END_TEST

static const struct {
	size_t size;
	enum dw_severity severity;
} sizes[] = {
	{0, DW_NOTE}, /* none came: that is not too small */
	{50, DW_CRITICAL},
	{100, DW_NOTE},
	{1232, DW_NOTE},
	{1233, DW_WARNING},
	{4096, DW_WARNING},
	{4097, DW_CRITICAL},
};

START_TEST(a_size_outside_of_the_ranges_is_as_bad_as_they_say)
{
	const struct dw_size_policy policy = {.warning = {.given = true, .start = 0, .end = 1232},
		.critical = {.given = true, .start = 100, .end = 4096}};
	const struct dw_size_policy anything = {.warning = {.given = false}};

	ck_assert_int_eq(dw_size_severity(&policy, sizes[_i].size), sizes[_i].severity);
	ck_assert_int_eq(dw_size_severity(&anything, sizes[_i].size), DW_NOTE);
}
END_TEST

START_TEST(figures_are_of_the_slowest_address)
{
	static const struct dw_size_sample samples[] = {
		{.udp_known = true, .udp_max = 1232, .udp_time = 40, .tcp_known = true, .tcp_time = 5},
		{.udp_known = true, .udp_max = 500, .udp_time = 90, .advertised_known = true, .advertised = 1232},
		{.udp_known = false},
	};
	struct dw_size_figures figures = {.servers = 0};

	dw_size_figures_add(&figures, &samples[2], true);
	ck_assert(!figures.udp_known && !figures.udp_time_known && !figures.tcp_time_known);
	ck_assert(!figures.advertised_known);
	dw_size_figures_add(&figures, &samples[0], false);
	dw_size_figures_add(&figures, &samples[1], true);
	ck_assert(figures.udp_known && figures.udp_time_known && figures.tcp_time_known);
	ck_assert_uint_eq(figures.udp_max, 1232);
	ck_assert_int_eq(figures.udp_time, 90);
	ck_assert_int_eq(figures.tcp_time, 5);
	ck_assert(figures.advertised_known);
	ck_assert_uint_eq(figures.advertised, 1232);
	ck_assert_uint_eq(figures.servers, 3);
	ck_assert_uint_eq(figures.servers_bad, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/size_figures");
	TCase *tests = tcase_create("size_figures");

	tcase_add_test(tests, a_sample_keeps_the_largest_and_the_quickest);
	tcase_add_loop_test(tests, a_size_outside_of_the_ranges_is_as_bad_as_they_say, 0, DW_ROWS(sizes));
	tcase_add_test(tests, figures_are_of_the_slowest_address);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
