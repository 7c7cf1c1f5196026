#include "dns/conclusion.h"

#include "support/suite.h"
#include "support/trial.h"

#define RESOLVER DW_TRIAL_RESOLVER

/* A name, how the healthy world is changed, and what must be said of it. */
static const struct {
	const char *zone;
	enum dw_status status;
	const char *apex, *reason;
	struct dw_world_row rows[7];
} cases[] = {
	/* A name inside a zone. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is not an apex, it is a name in zone example.org",
		{{RESOLVER, "ns1.example.org A", DW_BIT_RA, .answer = "ns1.example.org A 192.0.2.11"},
			{"192.0.2.11", "*", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"},
			{"192.0.2.12", "*", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"}}},
	/* The same, and the zone's servers are dead: the resolver's word is enough. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is not an apex, it is a name in zone example.org", {{.server = NULL}}},
	/* The same, and the resolver fails: the servers' word is enough. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is not an apex, it is a name in zone example.org",
		{{RESOLVER, "www.example.org NS", .bits = DW_RCODE_SERVFAIL},
			{"192.0.2.12", "*", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"}}},
	/* An alias: the SOA in the answer is that of its target. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is an alias (CNAME) in zone example.org, not an apex",
		{{RESOLVER, "www.example.org NS", DW_BIT_RA, .answer = "www.example.org CNAME web.other.net",
			 .authority = "other.net SOA a b 1 2 3 4 5"},
			{"192.0.2.12", "*", DW_BIT_AA, .answer = "www.example.org CNAME web.other.net"}}},
	/* An alias into a zone above it: its SOA could hold the name, and does not. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is an alias (CNAME) in zone example.org, not an apex",
		{{RESOLVER, "www.example.org NS", DW_BIT_RA, .answer = "www.example.org CNAME nic.org",
			.authority = "org SOA a b 1 2 3 4 5"}}},
	/* No such zone. */
	{"nosuch.org", DW_NOT_FOUND, "org", "nosuch.org does not exist (NXDOMAIN in zone org)",
		{{RESOLVER, "nosuch.org NS", DW_BIT_RA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"},
			{"192.0.2.1", "nosuch.org NS", DW_BIT_AA | DW_RCODE_NXDOMAIN,
				.authority = "org SOA a b 1 2 3 4 5"}}},
	{"nosuch.nosuch", DW_NOT_FOUND, ".", "nosuch.nosuch does not exist (NXDOMAIN in zone .)",
		{{RESOLVER, "nosuch.nosuch NS", DW_BIT_RA | DW_RCODE_NXDOMAIN, .authority = ". SOA a b 1 2 3 4 5"},
			{RESOLVER, "nosuch NS", DW_BIT_RA | DW_RCODE_NXDOMAIN, .authority = ". SOA a b 1 2 3 4 5"}}},
	/* A resolver that tells no more. */
	{"nosuch.org", DW_NOT_FOUND, "", "nosuch.org does not exist (NXDOMAIN)",
		{{RESOLVER, "*", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN}}},
	/* One says that the name is there, the other that it is not: it is there. */
	{"www.example.org", DW_INVALID, "example.org",
		"www.example.org is not an apex, it is a name in zone example.org",
		{{RESOLVER, "www.example.org NS", DW_BIT_RA | DW_RCODE_NXDOMAIN,
			 .authority = "example.org SOA a b 1 2 3 4 5"},
			{"192.0.2.12", "*", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"}}},
	/* A referral elsewhere, or upwards, is no referral. */
	{"example.org", DW_MALFORMED, "",
		"asking the parent for the delegation of example.org: server 192.0.2.2 gives no usable answer",
		{{"192.0.2.1", "example.org NS", 0, .authority = "com NS ns.evil.com",
			 .additional = "ns.evil.com A 192.0.2.66"},
			{"192.0.2.2", "example.org NS", 0, .authority = ". NS a.root"},
			{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}}},
	/* Nobody answers. */
	{"example.org", DW_TIMEOUT, "",
		"looking for the name servers of example.org: resolver 192.0.2.53 did not answer",
		{{RESOLVER, "*", .status = DW_TIMEOUT}}},
	{"example.org", DW_REFUSED, "",
		"looking for the name servers of example.org: resolver 192.0.2.53 answers REFUSED",
		{{RESOLVER, "*", .bits = DW_RCODE_REFUSED}}},
	{"example.org", DW_REFUSED, "",
		"looking for the name servers of example.org: resolver 192.0.2.53 has its port closed",
		{{RESOLVER, "*", .status = DW_REFUSED}}},
	{"example.org", DW_NO_ROUTE, "",
		"looking for the name servers of example.org: resolver 192.0.2.53 cannot be reached",
		{{RESOLVER, "*", .status = DW_NO_ROUTE}}},
	/* The servers that the parent's resolver names are silent, and the resolver fails for the zone. */
	{"example.org", DW_TIMEOUT, "",
		"asking the parent for the delegation of example.org: server 192.0.2.1 did not answer",
		{{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}, {"192.0.2.1", "*", .status = DW_TIMEOUT}}},
	/* The zone is there, and the addresses of its servers cannot be looked up. */
	{"example.org", DW_REFUSED, "example.org",
		"looking for the addresses of ns.other.net: resolver 192.0.2.53 answers SERVFAIL",
		{{RESOLVER, "ns.other.net A", .bits = DW_RCODE_SERVFAIL},
			{RESOLVER, "ns.other.net AAAA", .bits = DW_RCODE_SERVFAIL},
			{RESOLVER, "example.org NS", DW_BIT_RA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.1", "example.org NS", 0, .authority = "example.org NS ns.other.net"}}},
	/* One family cannot be looked up, the other is not there: that is a failure too. */
	{"example.org", DW_REFUSED, "example.org",
		"looking for the addresses of ns.other.net: resolver 192.0.2.53 answers SERVFAIL",
		{{RESOLVER, "ns.other.net A", .bits = DW_RCODE_SERVFAIL},
			{RESOLVER, "ns.other.net AAAA", DW_BIT_RA, .authority = "net SOA a b 1 2 3 4 5"},
			{RESOLVER, "example.org NS", DW_BIT_RA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.1", "example.org NS", 0, .authority = "example.org NS ns.other.net"}}},
	/* The zone is there, and its servers have no addresses: that is a fact. */
	{"example.org", DW_OK, "example.org", "",
		{{RESOLVER, "ns.other.net A", DW_BIT_RA, .authority = "net SOA a b 1 2 3 4 5"},
			{RESOLVER, "ns.other.net AAAA", DW_BIT_RA, .authority = "net SOA a b 1 2 3 4 5"},
			{RESOLVER, "example.org NS", DW_BIT_RA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.1", "example.org NS", 0, .authority = "example.org NS ns.other.net"}}},
	/* An apex, and nobody knows a name server. */
	{"example.org", DW_MALFORMED, "example.org",
		"no name server of example.org is known: no NS RRset at its apex, no delegation",
		{{RESOLVER, "example.org NS", DW_BIT_RA, .authority = "example.org SOA a b 1 2 3 4 5"},
			{"192.0.2.1", "*", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"}}},
};

START_TEST(what_became_of_a_search_is_said_in_one_clause)
{
	struct dw_trial trial = dw_trial_discover(cases[_i].zone, cases[_i].rows);
	const struct dw_discovery_facts *facts = trial.facts;

	ck_assert_str_eq(facts->reason, cases[_i].reason);
	ck_assert_int_eq(facts->status, cases[_i].status);
	dw_trial_name(&facts->apex, cases[_i].apex);
	if (cases[_i].status != DW_OK)
		ck_assert_uint_eq(facts->n_servers, 0);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(without_a_resolver_nothing_is_found)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	dw_trial_run(&trial);
	ck_assert_uint_eq(trial.world.n_asked, 0);
	ck_assert_int_eq(trial.facts->status, DW_SYSTEM);
	ck_assert_str_eq(
		trial.facts->reason, "looking for the name servers of example.org: no resolver is known");
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_host_that_cannot_be_looked_up_says_why)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	dw_trial_host(&trial, "ns1.example.org");
	dw_trial_run(&trial);
	ck_assert_int_eq(trial.facts->status, DW_SYSTEM);
	ck_assert_str_eq(trial.facts->lost[0].reason, "no resolver is known");
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_host_of_the_other_family_is_lost)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	trial.plan.family = DW_FAMILY_4;
	dw_trial_host(&trial, "2001:db8::7");
	dw_trial_run(&trial);
	ck_assert_int_eq(trial.facts->status, DW_OK);
	ck_assert_uint_eq(trial.facts->n_servers, 0);
	ck_assert_uint_eq(trial.facts->n_lost, 1);
	ck_assert_str_eq(trial.facts->lost[0].reason, "2001:db8::7 is not asked: -4 or -6 leaves its family out");
	dw_trial_end(&trial);
}
END_TEST

/* A deadline that strikes at any moment leaves facts that say so, or those that were known. */
START_TEST(a_search_cut_short_is_concluded_from_what_it_had)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	trial.world.stop_behind = (unsigned)_i;
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	const struct dw_discovery_facts *facts = trial.facts;
	ck_assert_int_eq(facts->status == DW_OK, facts->reason[0] == '\0');
	if (facts->status == DW_OK)
		ck_assert_uint_gt(facts->n_servers + facts->n_lost, 0);
	else
		ck_assert_int_eq(facts->status, DW_TIMEOUT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_search_that_never_began_says_so)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	dw_trial_resolver(&trial, RESOLVER);
	ck_assert_int_eq(dw_discovery_new(&trial.plan, &trial.discovery, NULL), DW_OK);
	trial.facts = dw_discovery_facts(trial.discovery);
	ck_assert_int_eq(trial.facts->status, DW_TIMEOUT);
	ck_assert_str_eq(
		trial.facts->reason, "looking for the name servers of example.org: there was no time to ask");
	dw_trial_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("conclusion");
	TCase *tcase = tcase_create("conclusion");

	tcase_add_loop_test(tcase, what_became_of_a_search_is_said_in_one_clause, 0, DW_ROWS(cases));
	tcase_add_test(tcase, without_a_resolver_nothing_is_found);
	tcase_add_test(tcase, a_host_that_cannot_be_looked_up_says_why);
	tcase_add_test(tcase, a_host_of_the_other_family_is_lost);
	tcase_add_loop_test(tcase, a_search_cut_short_is_concluded_from_what_it_had, 1, 14);
	tcase_add_test(tcase, a_search_that_never_began_says_so);
	suite_add_tcase(suite, tcase);
	return dw_suite_run(suite);
}
