#include "dns/patience.h"

#include "support/suite.h"

/* What one answer took, and how long the next round waits; milliseconds. */
static const struct {
	bool via;
	enum dw_lane lane;
	dw_millis budget;
	unsigned n_rounds;
	dw_millis used;
	dw_millis udp, tcp; /* -1: no answer */
	dw_millis wait;
} rows[] = {
	/* Nothing is known of the way. */
	{false, DW_LANE_UDP, 7000, 0, 0, -1, -1, 1000},
	{false, DW_LANE_TCP, 7000, 0, 0, -1, -1, 1500},
	{true, DW_LANE_UDP, 7000, 0, 0, -1, -1, 2333},
	{true, DW_LANE_UDP, 2100, 0, 0, -1, -1, 800},
	{true, DW_LANE_UDP, 300, 0, 0, -1, -1, 300}, /* something is asked, however little time there is */
	/* Servers have their answers ready. */
	{false, DW_LANE_UDP, 7000, 1, 1000, 10, -1, 400},
	{false, DW_LANE_UDP, 7000, 1, 1000, 200, -1, 700},
	{false, DW_LANE_UDP, 3500, 1, 1000, -1, 10, 400},
	{false, DW_LANE_UDP, 3500, 1, 1000, -1, 300, 1000},
	{false, DW_LANE_TCP, 3500, 1, 10, -1, 10, 875},
	/* A resolver may have to fetch more, and what it is asked for again it may have by then. */
	{true, DW_LANE_UDP, 7000, 1, 2333, 10, -1, 800},
	{true, DW_LANE_UDP, 7000, 2, 3133, 10, -1, 700},
	{true, DW_LANE_UDP, 2100, 2, 1600, 10, -1, 400},
	{true, DW_LANE_TCP, 7000, 1, 2333, 10, -1, 1400},
	{true, DW_LANE_TCP, 2100, 1, 800, 10, -1, 420},
	/* By TCP it answers at once, and so it could by UDP. */
	{true, DW_LANE_UDP, 7000, 1, 2333, -1, 5, 400},
	{true, DW_LANE_UDP, 7000, 1, 2333, -1, 900, 1000},
	/* What is left is enough for what took less before, and for nothing that took more. */
	{true, DW_LANE_UDP, 7000, 2, 4666, 1601, -1, 2334},
	{true, DW_LANE_UDP, 7000, 2, 6000, 1601, -1, 2500},
	{false, DW_LANE_UDP, 7000, 2, 6900, 10, -1, 400},
};

START_TEST(a_round_waits_for_what_the_way_takes_and_the_time_allows)
{
	struct dw_payload_rung rungs[] = {
		{.answered = rows[_i].udp >= 0}, {.tcp = true, .answered = rows[_i].tcp >= 0}};
	const struct dw_payload_address address = {.n_rungs = 2, .rungs = rungs};
	struct dw_ladder ladder = {.via = rows[_i].via, .budget = rows[_i].budget};

	rungs[0].reply.elapsed = rows[_i].udp;
	rungs[1].reply.elapsed = rows[_i].tcp;
	ladder.lanes[rows[_i].lane] =
		(struct dw_ladder_lane){.n_rounds = rows[_i].n_rounds, .used = rows[_i].used};
	ck_assert_int_eq(dw_patience(&ladder, &address, rows[_i].lane), rows[_i].wait);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("patience");
	TCase *tests = tcase_create("patience");

	tcase_add_loop_test(tests, a_round_waits_for_what_the_way_takes_and_the_time_allows, 0, DW_ROWS(rows));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
