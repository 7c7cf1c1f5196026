#include "dns/discovery.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"
#include "support/trial.h"

#define RESOLVER DW_TRIAL_RESOLVER
#define SECOND   "192.0.2.54"
#define END                                                                                                  \
	{                                                                                                        \
		.server = NULL                                                                                       \
	}

/* A trial of example.org with a resolver that the rows answer for, before the healthy one. */
static struct dw_trial with_second(const struct dw_world_row *rows)
{
	struct dw_trial trial = dw_trial_of("example.org", rows);

	dw_trial_resolver(&trial, SECOND);
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	return trial;
}

START_TEST(the_next_resolver_is_asked_when_one_is_of_no_use)
{
	static const struct dw_world_row first[][2] = {
		{{SECOND, "*", .status = DW_TIMEOUT}, END},
		{{SECOND, "*", .status = DW_REFUSED}, END},
		{{SECOND, "*", .status = DW_NO_ROUTE}, END},
		{{SECOND, "*", .bits = DW_RCODE_SERVFAIL}, END},
		{{SECOND, "*", .bits = DW_RCODE_REFUSED}, END},
		{{SECOND, "*", .authority = ". NS a.root"}, END},
	};
	struct dw_trial trial = with_second(first[_i]);

	ck_assert_int_eq(trial.facts->status, DW_OK);
	ck_assert_uint_eq(trial.facts->n_servers, 4);
	ck_assert_uint_eq(trial.facts->n_child_ns, 2);
	/* The one that was of use is asked first from then on. */
	const bool failed = first[_i][0].bits == DW_RCODE_SERVFAIL;
	ck_assert_uint_eq(dw_world_asked(&trial.world, SECOND, "example.org NS"), failed ? 2 : 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, SECOND, "a.nic.org A"), 0);
	ck_assert_uint_eq(dw_world_asked(&trial.world, SECOND, "ns1.example.org AAAA"), 0);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(silent_resolvers_are_asked_twice_each_in_turn)
{
	static const struct dw_world_row rows[] = {
		{SECOND, "*", .status = DW_TIMEOUT}, {RESOLVER, "*", .status = DW_TIMEOUT}, END};
	struct dw_trial trial = with_second(rows);
	const char *const wanted[] = {SECOND, RESOLVER, SECOND, RESOLVER};
	struct dw_name zone = dw_name_make("example.org");
	unsigned n = 0;

	for (unsigned i = 0; i < trial.world.n_asked; i++) {
		char address[DW_ADDRESS_TEXT_MAX];
		if (!dw_name_equal(&trial.world.asked[i].ask.name, &zone))
			continue;
		ck_assert_uint_lt(n, 4);
		ck_assert_str_eq(dw_address_format(&trial.world.asked[i].server, address), wanted[n++]);
	}
	ck_assert_uint_eq(n, 4);
	/* The zone, the name above it, and the root: two rounds each, and that is all. */
	ck_assert_uint_eq(trial.world.n_asked, 12);
	ck_assert_int_eq(trial.facts->status, DW_TIMEOUT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_resolver_that_fails_is_not_asked_the_same_again)
{
	static const struct dw_world_row rows[] = {
		{SECOND, "*", .bits = DW_RCODE_SERVFAIL}, {RESOLVER, "*", .status = DW_TIMEOUT}, END};
	struct dw_trial trial = with_second(rows);

	ck_assert_uint_eq(dw_world_asked(&trial.world, SECOND, "example.org NS"), 2);
	ck_assert_uint_eq(dw_world_asked(&trial.world, RESOLVER, "example.org NS"), 2);
	/* That it fails says more than that the other is silent. */
	ck_assert_str_eq(trial.facts->reason,
		"looking for the name servers of example.org: resolver 192.0.2.54 answers SERVFAIL");
	dw_trial_end(&trial);
}
END_TEST

/* What becomes of the first question for the zone's servers; then CD is set. */
static const struct dw_world_row checked[] = {
	{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL},
	{RESOLVER, "example.org NS", .status = DW_TIMEOUT},
};

START_TEST(a_zone_that_its_resolver_refuses_is_found_with_cd)
{
	const struct dw_world_row rows[] = {checked[_i], END};
	struct dw_trial trial = dw_trial_discover("example.org", rows);
	const struct dw_name zone = dw_name_make("example.org");
	unsigned n = 0;

	for (unsigned i = 0; i < trial.world.n_asked; i++) {
		const struct dw_question *question = &trial.world.asked[i];
		if (question->ask.recursion_desired && dw_name_equal(&question->ask.name, &zone))
			ck_assert(question->ask.checking_disabled == (n++ > 0));
	}
	ck_assert_uint_eq(n, 2);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(silent_resolvers_get_two_tries_for_what_the_delegation_tells_already)
{
	static const struct dw_world_row rows[] = {
		{SECOND, "*", .status = DW_TIMEOUT}, {RESOLVER, "example.org NS", .status = DW_TIMEOUT}, END};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	trial.world.newest_first = true;
	dw_trial_resolver(&trial, SECOND);
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	ck_assert_uint_eq(trial.facts->n_servers, 4);
	ck_assert_uint_eq(dw_world_asked(&trial.world, SECOND, "example.org NS"), 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, RESOLVER, "example.org NS"), 1);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_server_that_does_not_recurse_is_no_resolver)
{
	static const struct dw_world_row rows[] = {{SECOND, "*", .authority = ". NS a.root"}, END};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	dw_trial_resolver(&trial, SECOND);
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_host(&trial, "ns.other.net");
	dw_trial_run(&trial);
	ck_assert_uint_eq(trial.facts->n_servers, 2);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_server_that_does_not_know_edns_is_asked_without)
{
	static const struct dw_world_row rows[] = {
		{"192.0.2.1", "example.org NS", .bits = DW_RCODE_FORMERR}, END};
	struct dw_trial trial = dw_trial_discover("example.org", rows);
	unsigned n_plain = 0;

	for (unsigned i = 0; i < trial.world.n_asked; i++)
		n_plain += !trial.world.asked[i].ask.edns;
	ck_assert_uint_eq(n_plain, 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, "192.0.2.1", "example.org NS"), 2);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(one_referral_is_enough_and_a_denial_needs_another)
{
	static const struct dw_world_row rows[] = {
		{"192.0.2.1", "example.org NS", DW_BIT_AA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"},
		{"192.0.2.2", "example.org NS", 0, .authority = "example.org NS ns.other.net"}, END};
	struct dw_trial trial = dw_trial_discover("example.org", NULL);

	ck_assert_uint_eq(dw_world_asked(&trial.world, "192.0.2.1", "example.org NS"), 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, "192.0.2.2", "example.org NS"), 0);
	dw_trial_end(&trial);
	trial = dw_trial_discover("example.org", rows);
	ck_assert_uint_eq(dw_world_asked(&trial.world, "192.0.2.1", "example.org NS"), 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, "192.0.2.2", "example.org NS"), 1);
	ck_assert_uint_eq(trial.facts->n_parent_ns, 1);
	dw_trial_end(&trial);
}
END_TEST

#define PARENT_OF_EIGHT                                                                                      \
	{RESOLVER, "a.nic.org A", DW_BIT_RA,                                                                     \
		.answer = "a.nic.org A 198.51.100.11\na.nic.org A 198.51.100.12\na.nic.org A 198.51.100.13\n"        \
				  "a.nic.org A 198.51.100.14"},                                                              \
	{                                                                                                        \
		RESOLVER, "a.nic.org AAAA", DW_BIT_RA,                                                               \
			.answer =                                                                                        \
				"a.nic.org AAAA 2001:db8::11\na.nic.org AAAA 2001:db8::12\na.nic.org AAAA 2001:db8::13\n"    \
				"a.nic.org AAAA 2001:db8::14"                                                                \
	}

/* Questions put to the servers of the parent, which are all silent. */
static unsigned to_parent(const struct dw_world *world)
{
	unsigned n = 0;

	for (unsigned i = 0; i < world->n_asked; i++)
		n += !world->asked[i].ask.recursion_desired;
	return n;
}

START_TEST(silent_servers_of_the_parent_are_given_up_sooner_where_the_zone_is_known)
{
	static const struct dw_world_row known[] = {
		PARENT_OF_EIGHT, {RESOLVER, "b.nic.org A", DW_BIT_RA, .authority = "org SOA a b 1 2 3 4 5"}, END};
	static const struct dw_world_row unknown[] = {PARENT_OF_EIGHT,
		{RESOLVER, "b.nic.org A", DW_BIT_RA, .authority = "org SOA a b 1 2 3 4 5"},
		{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}, END};
	struct dw_trial trial = dw_trial_discover("example.org", known);

	ck_assert_uint_eq(to_parent(&trial.world), 3);
	ck_assert_int_eq(trial.facts->status, DW_OK);
	dw_trial_end(&trial);
	trial = dw_trial_discover("example.org", unknown);
	ck_assert_uint_eq(to_parent(&trial.world), 6);
	ck_assert_int_eq(trial.facts->status, DW_TIMEOUT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(behind_a_silent_server_one_of_the_other_family_is_asked)
{
	static const struct dw_world_row rows[] = {PARENT_OF_EIGHT,
		{RESOLVER, "b.nic.org A", DW_BIT_RA, .authority = "org SOA a b 1 2 3 4 5"},
		{"2001:db8::11", "example.org NS", 0, .authority = "example.org NS ns.other.net"},
		{"2001:db8::11", "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}, END};
	struct dw_trial trial = dw_trial_discover("example.org", rows);

	ck_assert_uint_eq(dw_world_asked(&trial.world, "198.51.100.11", "example.org NS"), 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, "2001:db8::11", "example.org NS"), 1);
	/* What answered once is asked first for the DS. */
	ck_assert_uint_eq(to_parent(&trial.world), 3);
	ck_assert_int_eq(trial.facts->ds_known, DW_DS_ABSENT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_zone_of_many_names_cannot_make_it_ask_without_end)
{
	char many[2][4096] = {"", ""};

	for (unsigned i = 0; i < 80; i++)
		for (unsigned side = 0; side < 2; side++)
			snprintf(many[side] + strlen(many[side]), 60, "example.org NS ns%u.%s.example\n", i,
				side == 0 ? "child" : "parent");
	const struct dw_world_row rows[] = {{RESOLVER, "example.org NS", DW_BIT_RA, .answer = many[0]},
		{"192.0.2.1", "example.org NS", 0, .authority = many[1]},
		{RESOLVER, "org NS", DW_BIT_RA, .answer = "org NS a.nic.org"},
		{RESOLVER, "a.nic.org A", DW_BIT_RA, .answer = "a.nic.org A 192.0.2.1"},
		{RESOLVER, "*", .status = DW_TIMEOUT}, END};
	struct dw_trial trial = dw_trial_discover("example.org", rows);

	ck_assert_uint_le(trial.world.n_asked, DW_DISCOVERY_QUESTIONS_MAX);
	ck_assert_uint_eq(trial.facts->n_child_ns, DW_NS_NAMES_MAX);
	ck_assert_uint_eq(trial.facts->n_parent_ns, DW_NS_NAMES_MAX);
	ck_assert_uint_eq(trial.facts->n_lost, DW_NS_NAMES_MAX);
	ck_assert_int_eq(trial.facts->status, DW_TIMEOUT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(an_answer_that_was_not_asked_for_changes_nothing)
{
	struct dw_trial trial = dw_trial_discover("example.org", NULL);
	struct dw_discovery_facts before = *trial.facts;
	struct dw_question question = {.tries = 1};
	struct dw_answer answer = {.status = DW_TIMEOUT};

	for (unsigned tag = 0; tag < DW_JOBS_MAX + 2; tag++)
		dw_discovery_class.answer(trial.discovery, tag, &question, &answer);
	ck_assert_int_eq(before.status, trial.facts->status);
	ck_assert_str_eq(before.reason, trial.facts->reason);
	ck_assert_uint_eq(before.n_servers, trial.facts->n_servers);
	ck_assert_uint_eq(before.n_parent_servers, trial.facts->n_parent_servers);
	ck_assert_uint_eq(before.n_lost, trial.facts->n_lost);
	ck_assert_uint_eq(before.n_parent_ns, trial.facts->n_parent_ns);
	ck_assert_uint_eq(before.n_child_ns, trial.facts->n_child_ns);
	ck_assert_int_eq(before.ds_known, trial.facts->ds_known);
	dw_trial_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("discovery");
	TCase *tcase = tcase_create("discovery");

	tcase_add_loop_test(tcase, the_next_resolver_is_asked_when_one_is_of_no_use, 0, 6);
	tcase_add_test(tcase, silent_resolvers_are_asked_twice_each_in_turn);
	tcase_add_loop_test(tcase, a_zone_that_its_resolver_refuses_is_found_with_cd, 0, DW_ROWS(checked));
	tcase_add_test(tcase, a_resolver_that_fails_is_not_asked_the_same_again);
	tcase_add_test(tcase, silent_resolvers_get_two_tries_for_what_the_delegation_tells_already);
	tcase_add_test(tcase, a_server_that_does_not_recurse_is_no_resolver);
	tcase_add_test(tcase, a_server_that_does_not_know_edns_is_asked_without);
	tcase_add_test(tcase, one_referral_is_enough_and_a_denial_needs_another);
	tcase_add_test(tcase, silent_servers_of_the_parent_are_given_up_sooner_where_the_zone_is_known);
	tcase_add_test(tcase, behind_a_silent_server_one_of_the_other_family_is_asked);
	tcase_add_test(tcase, a_zone_of_many_names_cannot_make_it_ask_without_end);
	tcase_add_test(tcase, an_answer_that_was_not_asked_for_changes_nothing);
	suite_add_tcase(suite, tcase);
	return dw_suite_run(suite);
}
