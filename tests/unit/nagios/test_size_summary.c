#include "size_summary.h"

#include "support/suite.h"

static const struct dw_finding_kind fine = {"fine", DW_NOTE, NULL}, no_route = {"no-route", DW_NOTE, NULL};

static const struct {
	bool via;
	struct dw_payload_figures figures;
	const char *text;
} ladders[] = {
	{false,
		{.sizes = {.servers = 2,
			 .udp_known = true,
			 .udp_max = 1180,
			 .udp_time = 12,
			 .tcp_time_known = true,
			 .tcp_time = 24,
			 .advertised_known = true,
			 .advertised = 1232},
			.n_verdicts = 1,
			.verdicts = {{.kind = &fine, .signed_tcp = true}}},
		"example.org: signed answers get through from 2 server addresses: UDP in 12 ms, up to 1180 octets; "
		"TCP in 24 ms; advertised buffer: 1232 octets"},
	{false,
		{.sizes = {.servers = 2},
			.n_verdicts = 2,
			.verdicts = {{.kind = &no_route}, {.kind = &fine, .signed_udp = true}}},
		"example.org: signed answers get through from 1 of 2 server addresses: UDP not tried; TCP not tried; "
		"advertised buffer: none"},
	{true, {.sizes = {.servers = 1}},
		"example.org: answers get through from 1 resolver: UDP not tried; TCP not tried; advertised "
		"buffer: none"},
	{false, {.sizes = {.servers = 1}},
		"example.org: answers get through from 1 server address: UDP not tried; TCP not tried; "
		"advertised buffer: none"},
};

START_TEST(a_ladder_without_fault_is_one_sentence)
{
	struct dw_name zone;
	char text[DW_SUMMARY_MAX];

	ck_assert_int_eq(dw_name_parse("example.org", &zone, NULL), DW_OK);
	dw_size_summary(&zone, ladders[_i].via, &ladders[_i].figures, text);
	ck_assert_str_eq(text, ladders[_i].text);
}
END_TEST

static const struct {
	struct dw_reply_size_figures figures;
	const char *text;
} walks[] = {
	{{.sizes = {.servers = 1,
		  .udp_known = true,
		  .udp_max = 1232,
		  .udp_time = 1,
		  .tcp_time_known = true,
		  .tcp_time = 2},
		 .fetched = 4000},
		"example.org: 1 resolver fetches answers of up to 4000 octets; UDP in 1 ms, up to 1232 octets; TCP "
		"in 2 "
		"ms"},
	{{.sizes = {.servers = 2}, .fetched = 4000},
		"example.org: 2 resolvers fetch answers of up to 4000 octets; UDP not tried; TCP not tried"},
};

START_TEST(a_walk_without_fault_is_one_sentence)
{
	struct dw_name zone;
	char text[DW_SUMMARY_MAX];

	ck_assert_int_eq(dw_name_parse("example.org", &zone, NULL), DW_OK);
	dw_size_summary_fetched(&zone, &walks[_i].figures, text);
	ck_assert_str_eq(text, walks[_i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/size_summary");
	TCase *tests = tcase_create("size_summary");

	tcase_add_loop_test(tests, a_ladder_without_fault_is_one_sentence, 0, DW_ROWS(ladders));
	tcase_add_loop_test(tests, a_walk_without_fault_is_one_sentence, 0, DW_ROWS(walks));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
