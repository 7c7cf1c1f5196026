#include "dns/payload_judge.h"

#include <stdlib.h>
#include <string.h>

#include "dns/wire.h"
#include "support/pathway.h"
#include "support/suite.h"

static const struct dw_pathway_row rows[] = {
	{DW_PATHWAY(DW_PATHWAY_UDP_DROP) | DW_PATHWAY(DW_PATHWAY_TCP_DROP), "server-silent",
		"server-silent CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_REFUSE) | DW_PATHWAY(DW_PATHWAY_TCP_RESET), "server-refused",
		"server-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_ELSEWHERE), "other-address", "other-address CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_ELSEWHERE) | DW_PATHWAY(DW_PATHWAY_TCP_DROP), "other-address",
		"other-address CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_DROP), "udp-dropped", "udp-dropped CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_UDP_REFUSE), "udp-refused", "udp-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_REFUSED), "server-error", "server-error CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_NO_ROUTE), "no-route", "not-reachable UNKNOWN, no-route OK"},
};

START_TEST(an_address_that_does_not_serve_is_told_from_one_that_cannot_be_reached)
{
	dw_pathway_check(&rows[_i]);
}
END_TEST

START_TEST(garbage_in_the_place_of_udp_answers_is_no_firewall)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.faults = DW_PATHWAY(DW_PATHWAY_UDP_DROP);
	dw_pathway_look(&path, &plan, &look);
	look.facts->addresses[0].n_garbage = 40;
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, "garbage CRITICAL");
	ck_assert_str_eq(
		look.figures.verdicts[0].text, "nothing but garbage comes by UDP, 40 datagrams, TCP is answered");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(a_zone_without_large_answers_was_not_put_to_the_test)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.n_keys = 0;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.found, "no-large-answer OK");
	ck_assert_str_eq(look.findings.items[0].text,
		"example.org: no large answer was found, as the zone has no DNSKEY: the largest has 287 octets, and "
		"larger ones were not put to the test");
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, "fine");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(what_was_not_asked_is_not_said_to_be_silent)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		look.facts->addresses[0].rungs[i].n_asked = 0;
		look.facts->addresses[0].rungs[i].answered = false;
	}
	dw_pathway_look_again(&look, NULL);
	ck_assert_uint_eq(look.findings.n_findings, 1);
	ck_assert_str_eq(look.findings.items[0].kind->word, "not-asked");
	ck_assert_int_eq(look.findings.items[0].severity, DW_UNKNOWN);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* What this host had no socket for: from the rung on that is given, all by TCP or everything. */
static const struct {
	bool all;
	const char *found;
} shortages[] = {{false, "not-possible UNKNOWN"}, {true, "not-possible UNKNOWN"}};

START_TEST(what_this_host_cannot_ask_is_no_fault_of_the_server_and_not_fine)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		struct dw_payload_rung *rung = &look.facts->addresses[0].rungs[i];

		if (rung->n_asked == 0 || !(rung->tcp || shortages[_i].all))
			continue;
		rung->n_answered = 0;
		rung->answered = false;
		rung->status = DW_SYSTEM;
		strcpy(rung->reason, "Too many open files");
	}
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, shortages[_i].found);
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, "not-possible");
	ck_assert_str_eq(look.figures.verdicts[0].text, "could not be asked all: Too many open files");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* Answers of the last of some addresses, or of all, that bring nothing of the zone, and what is found. */
static const struct {
	bool via, all, authoritative;
	uint16_t rcode;
	const char *found, *text;
} refusals[] = {
	{false, false, false, DW_RCODE_REFUSED, "server-error WARNING",
		"the SOA question is answered with REFUSED"},
	{false, true, false, DW_RCODE_REFUSED, "server-error CRITICAL, server-error CRITICAL",
		"the SOA question is answered with REFUSED"},
	{false, false, false, DW_RCODE_NOERROR, "server-error WARNING",
		"the SOA question is not answered from the zone: the server is lame"},
	{false, true, true, DW_RCODE_NOERROR, "server-error CRITICAL, server-error CRITICAL",
		"the SOA question is answered with no data, which no server of the zone can say"},
	{true, true, false, DW_RCODE_NOERROR, "not-an-apex UNKNOWN, not-an-apex UNKNOWN",
		"the resolver has no SOA record of that name: it is not the apex of a zone"},
	{true, true, false, DW_RCODE_NXDOMAIN, "no-such-zone CRITICAL, no-such-zone CRITICAL",
		"the resolver says that there is no such zone in the DNS (NXDOMAIN)"},
	{true, true, false, DW_RCODE_REFUSED, "resolver-refuses CRITICAL, resolver-refuses CRITICAL",
		"the resolver answers the SOA question with REFUSED"},
};

/* Makes every answer of an address one that brings nothing. */
static void empty(struct dw_payload_address *address, uint16_t rcode, bool authoritative)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		struct dw_payload_reply *reply = &address->rungs[i].reply;

		reply->rcode = rcode;
		reply->authoritative = authoritative;
		reply->whole = reply->signatures = reply->truncated = false;
		address->rungs[i].n_truncated = 0;
	}
}

START_TEST(an_address_that_gives_nothing_of_the_zone_is_not_fine)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	plan.via = refusals[_i].via;
	plan.discovery.hosts[1].address = dw_address_of((const uint8_t[]){192, 0, 2, 2}, 4, 53);
	plan.discovery.n_hosts = 2;
	dw_pathway_look(&path, &plan, &look);
	for (unsigned i = refusals[_i].all ? 0 : 1; i < 2; i++)
		empty(&look.facts->addresses[i], refusals[_i].rcode, refusals[_i].authoritative);
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, refusals[_i].found);
	ck_assert_str_eq(look.figures.verdicts[1].text, refusals[_i].text);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(a_zone_whose_keys_did_not_come_is_not_said_to_have_none)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	empty(&look.facts->addresses[0], DW_RCODE_SERVFAIL, false);
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		look.facts->addresses[0].rungs[i].reply.size = 100;
		look.facts->addresses[0].rungs[i].reply.truncated = true;
	}
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.findings.items[look.findings.n_findings - 1].text,
		"example.org: no large answer was found: the largest has 100 octets, and larger ones were not put to "
		"the test");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(figures_are_measured_over_all_addresses)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	plan.discovery.hosts[1].address = dw_address_of((const uint8_t[]){192, 0, 2, 2}, 4, 53);
	plan.discovery.n_hosts = 2;
	dw_pathway_look(&path, &plan, &look);
	ck_assert(look.figures.sizes.udp_known && look.figures.sizes.udp_time_known &&
		look.figures.sizes.tcp_time_known);
	ck_assert_uint_gt(look.figures.sizes.udp_max, 2500);
	ck_assert_uint_eq(look.figures.sizes.advertised, 4096);
	ck_assert_int_eq(look.figures.sizes.udp_time, path.rtt);
	ck_assert_int_eq(look.figures.sizes.tcp_time, 3 * path.rtt);
	ck_assert_uint_eq(look.figures.sizes.servers, 2);
	ck_assert_uint_eq(look.figures.sizes.servers_bad, 0);
	ck_assert_uint_eq(look.figures.n_verdicts, 2);
	ck_assert_uint_eq(look.figures.packets, look.facts->addresses[0].n_packets);
	ck_assert(look.figures.verdicts[1].signed_udp && look.figures.verdicts[1].signed_tcp);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(without_servers_the_discovery_says_why)
{
	static const struct dw_size_policy anything = {.warning = {.given = false}};
	struct dw_discovery_facts *discovery = calloc(1, sizeof(*discovery));
	struct dw_payload_facts facts = {.discovery = discovery};
	struct dw_payload_figures figures;
	struct dw_findings findings = {0};

	ck_assert_ptr_nonnull(discovery);
	ck_assert_int_eq(dw_name_parse("example.org", &facts.zone, NULL), DW_OK);
	discovery->status = DW_NOT_FOUND;
	dw_payload_judge(&facts, &anything, &findings, &figures);
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_str_eq(findings.items[0].kind->word, "no-such-zone");
	ck_assert_uint_eq(figures.n_verdicts, 0);
	dw_findings_fini(&findings);
	free(discovery);
}
END_TEST

/* Whether something is said to be dropped or mishandled, and not just lost. */
static bool is_claim(const char *word)
{
	return strcmp(word, "fine") != 0 && strcmp(word, "loss") != 0;
}

/* Loss in per cent each way, how many runs, how many may find no loss at all, and no fault in any. */
static const struct {
	unsigned loss, n_runs, n_fine;
} losses[] = {{0, 20, 20}, {5, 2000, 2000}, {10, 1000, 1000}, {20, 1000, 100}, {30, 3000, 10}};

START_TEST(loss_is_never_taken_for_a_fault)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	const unsigned n_runs = dw_suite_rounds(losses[_i].n_runs);
	unsigned n_fine = 0;

	path.loss = losses[_i].loss;
	for (unsigned i = 0; i < n_runs; i++) {
		struct dw_pathway_look look;

		path.random = i * 2654435761U + 1;
		dw_pathway_look(&path, &plan, &look);
		const struct dw_payload_verdict *verdict = &look.figures.verdicts[0];
		ck_assert_msg(
			!is_claim(verdict->kind->word), "run %u: %s: %s", i, verdict->kind->word, verdict->text);
		ck_assert_int_le(look.took, 8500);
		n_fine += strcmp(verdict->kind->word, "fine") == 0;
		dw_pathway_look_end(&look);
	}
	ck_assert_uint_le(n_fine, losses[_i].n_fine);
	dw_pathway_fini(&path);
}
END_TEST

/* Faults that are named though one packet in twenty is lost. */
static const struct {
	enum dw_pathway_fault fault;
	const char *verdict;
} faults[] = {
	{DW_PATHWAY_UDP_512, "udp-size"},
	{DW_PATHWAY_FRAGMENTS, "fragments-dropped"},
	{DW_PATHWAY_EDNS_DROP, "edns-dropped"},
	{DW_PATHWAY_OPTION_DROP, "edns-option"},
	{DW_PATHWAY_VERSION_DROP, "edns-version"},
	{DW_PATHWAY_TCP_DROP, "tcp-filtered"},
	{DW_PATHWAY_TCP_RESET, "tcp-refused"},
	{DW_PATHWAY_TCP_CLOSE, "tcp-cut"},
	{DW_PATHWAY_TCP_CUT, "tcp-cut"},
	{DW_PATHWAY_FORMERR, "edns-refused"},
	{DW_PATHWAY_STRIP_OPT, "opt-stripped"},
	{DW_PATHWAY_CLEAR_DO, "do-cleared"},
	{DW_PATHWAY_ALWAYS_TC, "always-truncated"},
};

START_TEST(a_fault_is_found_beside_some_loss)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");

	path.faults = DW_PATHWAY(faults[_i].fault);
	path.loss = 5;
	for (unsigned i = 0; i < dw_suite_rounds(100); i++) {
		struct dw_pathway_look look;

		path.random = i * 2654435761U + 1;
		dw_pathway_look(&path, &plan, &look);
		ck_assert_msg(strcmp(look.figures.verdicts[0].kind->word, faults[_i].verdict) == 0, "run %u: %s: %s",
			i, look.figures.verdicts[0].kind->word, look.figures.verdicts[0].text);
		dw_pathway_look_end(&look);
	}
	dw_pathway_fini(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_judge");
	TCase *tests = tcase_create("payload_judge");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(
		tests, an_address_that_does_not_serve_is_told_from_one_that_cannot_be_reached, 0, DW_ROWS(rows));
	tcase_add_test(tests, garbage_in_the_place_of_udp_answers_is_no_firewall);
	tcase_add_test(tests, a_zone_without_large_answers_was_not_put_to_the_test);
	tcase_add_test(tests, what_was_not_asked_is_not_said_to_be_silent);
	tcase_add_loop_test(
		tests, what_this_host_cannot_ask_is_no_fault_of_the_server_and_not_fine, 0, DW_ROWS(shortages));
	tcase_add_loop_test(tests, an_address_that_gives_nothing_of_the_zone_is_not_fine, 0, DW_ROWS(refusals));
	tcase_add_test(tests, a_zone_whose_keys_did_not_come_is_not_said_to_have_none);
	tcase_add_test(tests, figures_are_measured_over_all_addresses);
	tcase_add_test(tests, without_servers_the_discovery_says_why);
	tcase_add_loop_test(tests, loss_is_never_taken_for_a_fault, 0, DW_ROWS(losses));
	tcase_add_loop_test(tests, a_fault_is_found_beside_some_loss, 0, DW_ROWS(faults));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
