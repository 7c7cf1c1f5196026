#include "dns/reply_size_judge.h"

#include "support/graded.h"
#include "support/suite.h"

static const struct dw_graded_case cases[] = {
	{{.silent = false}, DW_NOTE, "fine", ""},
	{{.silent = true}, DW_CRITICAL, "resolver-silent", "192.0.2.53: does not answer"},
	{{.fetches = 1400}, DW_CRITICAL, "fetch-limited",
		"answers above 1400 octets do not get to it (1400 came, 1432 did not: SERVFAIL)"},
	{{.fetches = 1232, .mute = true}, DW_CRITICAL, "fetch-limited",
		"above 1232 octets do not get to it (1232 came, 1252 did not: no answer by UDP or TCP)"},
	{{.fetches = 100}, DW_CRITICAL, "fetch-limited", "cannot fetch even an answer of 512 octets: SERVFAIL"},
	{{.sends = 4096, .passes = 1452}, DW_WARNING, "udp-dropped",
		"UDP answers above 1452 octets are dropped on the way to us (1452 passed, 1472 did not); TCP brings"},
	{{.sends = 4096, .passes = 3584}, DW_WARNING, "udp-dropped", "(3584 passed, 4000 did not)"},
	{{.sends = 4096, .passes = 100}, DW_WARNING, "udp-silent", "no UDP question is answered"},
	{{.sends = 1232, .passes = 100}, DW_WARNING, "udp-dropped", "UDP answers of any size are dropped"},
	{{.sends = 4096, .passes = 1452, .by_tcp = DW_REFUSED}, DW_CRITICAL, "tcp-fails",
		"answers above 1452 octets do not reach us: lost by UDP, and TCP: "},
	{{.by_tcp = DW_REFUSED}, DW_CRITICAL, "tcp-fails",
		"answers above 1232 octets do not reach us: UDP says TC, and TCP: "},
	{{.by_tcp = DW_TIMEOUT}, DW_CRITICAL, "tcp-fails", "UDP says TC, and TCP: no answer"},
	{{.sends = 4096, .by_tcp = DW_REFUSED}, DW_CRITICAL, "tcp-fails", "UDP brings up to 4000 octets"},
	{{.sends = 4096}, DW_WARNING, "udp-large", "sends UDP answers of 4000 octets"},
	{{.rcode = DW_RCODE_REFUSED}, DW_UNKNOWN, "resolver-refuses", "answers with REFUSED"},
	{{.rcode = DW_RCODE_NXDOMAIN}, DW_UNKNOWN, "not-graded", "NXDOMAIN for r0512"},
	{{.holds = 1400}, DW_UNKNOWN, "not-graded", "has no answer of 1432 octets: NXDOMAIN for r1432"},
	{{.cuts = true, .fetches = 1400}, DW_CRITICAL, "fetch-limited", "(1400 came, 1432 did not: SERVFAIL)"},
	{{.cuts = true, .fetches = 100}, DW_CRITICAL, "fetch-limited", "even an answer of 512 octets: SERVFAIL"},
	{{.cuts = true}, DW_WARNING, "always-truncated", "every UDP answer comes truncated (TC)"},
	{{.silent = true, .connects = true}, DW_CRITICAL, "fetch-limited",
		"does not get even an answer of 512 octets, or hangs: it takes TCP connections, and answers"},
	{{.udp_rcode = DW_RCODE_FORMERR}, DW_WARNING, "edns-refused", "answered with FORMERR; TCP brings an"},
	{{.udp_rcode = DW_RCODE_NOTIMP, .by_tcp = DW_REFUSED}, DW_CRITICAL, "edns-refused", "with NOTIMP"},
	{{.by_udp = DW_TIMEOUT}, DW_WARNING, "udp-silent", "no UDP question is answered, and TCP is"},
	{{.by_udp = DW_REFUSED}, DW_WARNING, "udp-silent", "UDP is refused, TCP is answered"},
	{{.no_opt = true}, DW_WARNING, "opt-stripped", "have no OPT record"},
	{{.cuts = true, .cuts_tcp = true}, DW_CRITICAL, "tcp-fails",
		"TCP answers come truncated (TC) as those by"},
	{{.stumbles = 1400}, DW_WARNING, "fetch-uneven",
		"answers of up to 4000 octets get to it, and 1 smaller one did not (1400: SERVFAIL)"},
	{{.stumbles = 512}, DW_WARNING, "fetch-uneven", "(512: SERVFAIL)"},
	{{.sends = 4096, .hole = 1240, .hole_end = 1452}, DW_WARNING, "path-mtu",
		"UDP answers of 1252 to 1452 octets are dropped on the way to us, smaller and larger ones pass"},
	{{.sends = 4096, .passes = 512}, DW_WARNING, "udp-dropped",
		"(512 passed, 1024 did not); TCP brings them"},
	/* No MTU does that. */
	{{.sends = 4096, .hole = 1400, .hole_end = 1680}, DW_WARNING, "udp-large", "sends UDP answers of 4000"},
	/* What was never answered is loss where nothing explains it. */
	{{.hole = 1000, .hole_end = 1100}, DW_WARNING, "loss", "5 of 21 UDP questions had no answer in time"},
	{{.no_data = true}, DW_UNKNOWN, "not-graded", "no TXT record for r0512"},
	{{.loses = 2}, DW_WARNING, "loss", "packets get lost, or it is slow"},
};

START_TEST(each_fault_has_its_verdict)
{
	dw_graded_end(dw_graded_check(&cases[_i]));
}
END_TEST

START_TEST(figures_are_of_all_resolvers)
{
	struct dw_graded *graded = dw_graded_new();

	graded->n_resolvers = 3;
	graded->manners[0].fetches = 1400;
	graded->manners[1].sends = 1500;
	graded->manners[2].silent = true;
	dw_graded_run(graded);
	ck_assert(graded->figures.fetched_known);
	ck_assert_uint_eq(graded->figures.fetched, 1400);
	ck_assert_uint_eq(graded->figures.sizes.udp_max, 1500);
	ck_assert_uint_eq(graded->figures.sizes.advertised, 1232);
	ck_assert_int_eq(graded->figures.sizes.udp_time, 10);
	ck_assert_int_eq(graded->figures.sizes.tcp_time, 20);
	ck_assert_uint_eq(graded->figures.sizes.servers, 3);
	ck_assert_uint_eq(graded->figures.sizes.servers_bad, 3);
	/* One of several that is silent is a warning; the worst comes first. */
	ck_assert_str_eq(graded->findings.items[0].kind->word, "fetch-limited");
	ck_assert_int_eq(graded->figures.verdicts[2].severity, DW_WARNING);
	dw_graded_end(graded);
}
END_TEST

START_TEST(nothing_is_known_of_silence)
{
	struct dw_graded *graded = dw_graded_new();

	graded->manners[0].silent = true;
	dw_graded_run(graded);
	ck_assert(!graded->figures.fetched_known && !graded->figures.sizes.udp_known);
	ck_assert(!graded->figures.sizes.advertised_known);
	ck_assert(!graded->figures.sizes.udp_time_known && !graded->figures.sizes.tcp_time_known);
	dw_graded_end(graded);
}
END_TEST

/* After so many answers time is up. */
static const struct {
	unsigned stop_behind;
	const char *verdict;
} stops[] = {
	{1, "not-finished"},
	{9, "not-finished"},
	{18, "fine"},
};

START_TEST(a_walk_that_was_cut_short_proves_nothing)
{
	struct dw_graded *graded = dw_graded_new();

	graded->stop_behind = stops[_i].stop_behind;
	dw_graded_run(graded);
	ck_assert_str_eq(graded->figures.verdicts[0].kind->word, stops[_i].verdict);
	ck_assert_int_le(graded->findings.worst, DW_UNKNOWN);
	dw_graded_end(graded);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/reply_size_judge");
	TCase *tests = tcase_create("reply_size_judge");

	tcase_add_loop_test(tests, each_fault_has_its_verdict, 0, DW_ROWS(cases));
	tcase_add_test(tests, figures_are_of_all_resolvers);
	tcase_add_test(tests, nothing_is_known_of_silence);
	tcase_add_loop_test(tests, a_walk_that_was_cut_short_proves_nothing, 0, DW_ROWS(stops));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
