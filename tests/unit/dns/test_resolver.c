#include "dns/resolver.h"

#include <string.h>

#include "support/suite.h"
#include "support/trial.h"

#define RESOLVER DW_TRIAL_RESOLVER
#define HEALTHY_SERVERS                                                                                      \
	"ns.other.net 192.0.2.12 PC, ns.other.net 2001:db8::12 PC, ns1.example.org 192.0.2.11 PC, "              \
	"ns1.example.org 2001:db8::11 PC"

START_TEST(a_zone_is_found_with_its_parent_servers_and_ds)
{
	struct dw_trial trial = dw_trial_discover("example.org", NULL);
	const struct dw_discovery_facts *facts = trial.facts;

	ck_assert_int_eq(facts->status, DW_OK);
	ck_assert_str_eq(facts->reason, "");
	dw_trial_name(&facts->apex, "example.org");
	dw_trial_name(&facts->parent, "org");
	dw_trial_servers(&trial, HEALTHY_SERVERS);
	ck_assert_uint_eq(facts->n_parent_servers, 2);
	ck_assert_uint_eq(facts->n_parent_ns, 2);
	ck_assert_uint_eq(facts->n_child_ns, 2);
	ck_assert_uint_eq(facts->n_lost, 0);
	ck_assert_int_eq(facts->ds_known, DW_DS_PRESENT);
	ck_assert_uint_eq(facts->n_ds, 1);
	ck_assert_uint_eq(facts->ds[0].key_tag, 4711);
	ck_assert_uint_eq(facts->ds[0].digest_length, 32);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(the_order_of_answers_does_not_matter)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	trial.world.newest_first = true;
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	dw_trial_servers(&trial, HEALTHY_SERVERS);
	ck_assert_int_eq(trial.facts->ds_known, DW_DS_PRESENT);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(resolvers_are_asked_with_cd_and_servers_without_rd)
{
	struct dw_trial trial = dw_trial_discover("example.org", NULL);
	const struct dw_name zone = dw_name_make("example.org");

	for (unsigned i = 0; i < trial.world.n_asked; i++) {
		const struct dw_question *question = &trial.world.asked[i];
		const bool of_apex = dw_name_equal(&question->ask.name, &zone);
		char address[DW_ADDRESS_TEXT_MAX];
		bool resolver = strcmp(dw_address_format(&question->server, address), RESOLVER) == 0;
		ck_assert_int_eq(question->ask.recursion_desired, resolver);
		ck_assert_int_eq(question->ask.checking_disabled, resolver && !of_apex);
		ck_assert_uint_eq(question->tries, 1);
	}
	dw_trial_end(&trial);
}
END_TEST

START_TEST(glue_is_believed_inside_the_zone_only)
{
	struct dw_trial trial = dw_trial_discover("example.org", NULL);

	ck_assert_uint_eq(dw_world_asked(&trial.world, NULL, "ns.other.net A"), 1);
	ck_assert_uint_eq(dw_world_asked(&trial.world, NULL, "ns1.example.org A"), 0);
	ck_assert_uint_eq(dw_world_asked(&trial.world, NULL, "ns1.example.org AAAA"), 1);
	dw_trial_end(&trial);
}
END_TEST

static const struct {
	enum dw_family family;
	const char *servers;
} families[] = {
	{DW_FAMILY_4, "ns.other.net 192.0.2.12 PC, ns1.example.org 192.0.2.11 PC"},
	{DW_FAMILY_6, "ns.other.net 2001:db8::12 PC, ns1.example.org 2001:db8::11 PC"},
};

START_TEST(the_other_family_is_left_out)
{
	static const struct dw_world_row rows[] = {
		{RESOLVER, "a.nic.org AAAA", DW_BIT_RA, .answer = "a.nic.org AAAA 2001:db8::1"},
		{"2001:db8::1", "example.org NS", 0,
			.authority = "example.org NS ns1.example.org\nexample.org NS ns.other.net",
			.additional = "ns1.example.org A 192.0.2.11"},
		{.server = NULL},
	};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	trial.plan.family = families[_i].family;
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	dw_trial_servers(&trial, families[_i].servers);
	dw_trial_end(&trial);
}
END_TEST

/* A zone, how the healthy world is changed, and what must be found. */
static const struct {
	const char *zone, *parent;
	enum dw_ds_known ds;
	unsigned n_servers, n_parent_ns, n_child_ns, n_lost;
	struct dw_world_row rows[7];
} cases[] = {
	/* Dead servers, so that the resolver fails: the parent's referral decides. */
	{"example.org", "org", DW_DS_PRESENT, 4, 2, 0, 0,
		{{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}}},
	/* The same, and the resolver takes so long over it that it seems silent. */
	{"example.org", "org", DW_DS_PRESENT, 4, 2, 0, 0, {{RESOLVER, "example.org NS", .status = DW_TIMEOUT}}},
	/* Parent and child on the same servers: NS is the child's, DS the parent's. */
	{"example.org", "org", DW_DS_PRESENT, 2, 0, 1, 0,
		{{"192.0.2.1", "example.org NS", DW_BIT_AA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.2", "example.org NS", DW_BIT_AA, .answer = "example.org NS ns.other.net"},
			{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}}},
	/* The same, and one of them lost the child: who has it is right. */
	{"example.org", "org", DW_DS_PRESENT, 2, 0, 1, 0,
		{{"192.0.2.1", "example.org NS", DW_BIT_AA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.2", "*", DW_BIT_AA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"},
			{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}}},
	/* One of the parent's servers has the child too, the other refers. */
	{"example.org", "org", DW_DS_PRESENT, 4, 1, 2, 0,
		{{"192.0.2.1", "example.org NS", DW_BIT_AA, .answer = "example.org NS ns.other.net"},
			{"192.0.2.2", "example.org NS", 0, .authority = "example.org NS ns.other.net"},
			{RESOLVER, "ns1.example.org A", DW_BIT_RA, .answer = "ns1.example.org A 192.0.2.11"}}},
	/* A delegation in the answer section, as of very old servers. */
	{"example.org", "org", DW_DS_PRESENT, 2, 1, 0, 0,
		{{"192.0.2.1", "example.org NS", 0, .answer = "example.org NS ns.other.net"},
			{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL}}},
	/* The child's own answer to DS is not the parent's. */
	{"example.org", "org", DW_DS_ABSENT, 4, 2, 2, 0,
		{{"192.0.2.1", "example.org DS", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"},
			{"192.0.2.2", "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}}},
	/* No server of the parent gives a DS answer. */
	{"example.org", "org", DW_DS_NO_ANSWER, 4, 2, 2, 0,
		{{"192.0.2.1", "example.org DS", .bits = DW_RCODE_REFUSED},
			{"192.0.2.2", "example.org DS", .bits = DW_RCODE_SERVFAIL}}},
	/* The root has no parent. */
	{".", "", DW_DS_NOT_ASKED, 1, 0, 1, 0, {{.server = NULL}}},
	/* A top-level domain. */
	{"org", ".", DW_DS_ABSENT, 2, 1, 2, 0,
		{{"198.51.100.1", "org NS", 0, .authority = "org NS a.nic.org",
			 .additional = "a.nic.org A 192.0.2.1"},
			{"198.51.100.1", "org DS", DW_BIT_AA, .authority = ". SOA a b 1 2 3 4 5"}}},
	/* A new zone that the resolver still denies: the delegation is there. */
	{"example.org", "org", DW_DS_PRESENT, 4, 2, 0, 0,
		{{RESOLVER, "example.org NS", DW_BIT_RA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"}}},
	/* A private zone: the resolver knows it, the parent does not. */
	{"example.org", "org", DW_DS_ABSENT, 4, 0, 2, 0,
		{{"192.0.2.1", "*", DW_BIT_AA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"},
			{"192.0.2.2", "*", DW_BIT_AA | DW_RCODE_NXDOMAIN, .authority = "org SOA a b 1 2 3 4 5"},
			{RESOLVER, "ns1.example.org A", DW_BIT_RA, .answer = "ns1.example.org A 10.0.0.1"}}},
	/* The same, and the parent's servers cannot be asked from here. */
	{"example.org", "org", DW_DS_NO_ANSWER, 4, 0, 2, 0,
		{{"192.0.2.1", "*", .status = DW_NO_ROUTE}, {"192.0.2.2", "*", .status = DW_TIMEOUT},
			{RESOLVER, "ns1.example.org A", DW_BIT_RA, .answer = "ns1.example.org A 10.0.0.1"}}},
	/* The parent is several labels up: names in between are no cuts. */
	{"a.b.c.org", "org", DW_DS_ABSENT, 2, 1, 1, 0,
		{{RESOLVER, "a.b.c.org NS", DW_BIT_RA, .answer = "a.b.c.org NS ns.other.net"},
			{RESOLVER, "b.c.org NS", DW_BIT_RA, .authority = "org SOA a b 1 2 3 4 5"},
			{"192.0.2.1", "a.b.c.org NS", 0, .authority = "a.b.c.org NS ns.other.net"},
			{"192.0.2.1", "a.b.c.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}}},
	/* The name above is an alias, so the parent is further up. */
	{"a.b.org", "org", DW_DS_ABSENT, 2, 1, 1, 0,
		{{RESOLVER, "a.b.org NS", DW_BIT_RA, .answer = "a.b.org NS ns.other.net"},
			{RESOLVER, "b.org NS", DW_BIT_RA, .answer = "b.org CNAME c.org",
				.authority = "c.org SOA a b 1 2 3 4 5"},
			{"192.0.2.1", "a.b.org NS", 0, .authority = "a.b.org NS ns.other.net"},
			{"192.0.2.1", "a.b.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}}},
	/* The resolver cannot tell the parent: it is found from the root. */
	{"example.org", "org", DW_DS_PRESENT, 4, 2, 0, 0,
		{{RESOLVER, "org NS", .bits = DW_RCODE_SERVFAIL},
			{RESOLVER, "example.org NS", .bits = DW_RCODE_SERVFAIL},
			{"198.51.100.1", "example.org NS", 0, .authority = "org NS a.nic.org",
				.additional = "a.nic.org A 192.0.2.1"}}},
	/* A server of the grandparent has the parent too: the SOA beside the absent DS tells. */
	{"example.org", "org", DW_DS_ABSENT, 3, 1, 2, 0,
		{{RESOLVER, "org NS", .bits = DW_RCODE_SERVFAIL},
			{"198.51.100.1", "example.org NS", 0, .authority = "example.org NS ns.other.net"},
			{"198.51.100.1", "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}}},
	/* An apex without an NS RRset, as behind some load balancers. */
	{"example.org", "org", DW_DS_PRESENT, 4, 2, 0, 0,
		{{RESOLVER, "example.org NS", DW_BIT_RA, .authority = "example.org SOA a b 1 2 3 4 5"}}},
	/* A name of a server without an address. */
	{"example.org", "org", DW_DS_PRESENT, 2, 2, 2, 1,
		{{RESOLVER, "ns.other.net A", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN},
			{RESOLVER, "ns.other.net AAAA", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN}}},
	/* Two names with one address are one server. */
	{"example.org", "org", DW_DS_PRESENT, 2, 2, 2, 0,
		{{RESOLVER, "ns.other.net A", DW_BIT_RA, .answer = "ns.other.net A 192.0.2.11"},
			{RESOLVER, "ns.other.net AAAA", .bits = DW_BIT_RA}}},
};

START_TEST(a_zone_is_found_whatever_its_surroundings)
{
	struct dw_trial trial = dw_trial_discover(cases[_i].zone, cases[_i].rows);
	const struct dw_discovery_facts *facts = trial.facts;

	ck_assert_str_eq(facts->reason, "");
	ck_assert_int_eq(facts->status, DW_OK);
	dw_trial_name(&facts->apex, cases[_i].zone);
	dw_trial_name(&facts->parent, cases[_i].parent);
	ck_assert_int_eq(facts->ds_known, cases[_i].ds);
	ck_assert_uint_eq(facts->n_parent_ns, cases[_i].n_parent_ns);
	ck_assert_uint_eq(facts->n_child_ns, cases[_i].n_child_ns);
	ck_assert_uint_eq(facts->n_servers, cases[_i].n_servers);
	ck_assert_uint_eq(facts->n_lost, cases[_i].n_lost);
	dw_trial_end(&trial);
}
END_TEST

START_TEST(a_parent_found_on_the_way_down_has_its_own_servers)
{
	static const struct dw_world_row rows[] = {{RESOLVER, "org NS", .bits = DW_RCODE_SERVFAIL},
		{"198.51.100.1", "example.org NS", 0, .authority = "org NS a.nic.org",
			.additional = "a.nic.org A 192.0.2.1"},
		{.server = NULL}};
	struct dw_trial trial = dw_trial_discover("example.org", rows);
	char address[DW_ADDRESS_TEXT_MAX];

	ck_assert_uint_eq(trial.facts->n_parent_servers, 1);
	ck_assert_str_eq(dw_address_format(&trial.facts->parent_servers[0].address, address), "192.0.2.1");
	dw_trial_end(&trial);
}
END_TEST

START_TEST(hosts_that_are_addresses_need_no_question)
{
	struct dw_trial trial = dw_trial_of("example.org", NULL);

	trial.plan.port = 5300;
	dw_trial_host(&trial, "192.0.2.77");
	dw_trial_host(&trial, "2001:db8::7@5353");
	dw_trial_run(&trial);
	ck_assert_uint_eq(trial.world.n_asked, 0);
	ck_assert_int_eq(trial.facts->status, DW_OK);
	ck_assert(trial.facts->hosts_given);
	ck_assert_int_eq(trial.facts->ds_known, DW_DS_NOT_ASKED);
	dw_trial_servers(&trial, "- 192.0.2.77@5300 U, - 2001:db8::7@5353 U");
	dw_trial_end(&trial);
}
END_TEST

START_TEST(hosts_that_are_names_are_looked_up_through_aliases)
{
	static const struct dw_world_row rows[] = {
		{RESOLVER, "box.example.org A", DW_BIT_RA,
			.answer = "box.example.org CNAME b.other.net\nb.other.net A 192.0.2.88\nother.net A 192.0.2.66"},
		{RESOLVER, "gone.example.org A", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN},
		{RESOLVER, "gone.example.org AAAA", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN},
		{.server = NULL},
	};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_host(&trial, "box.example.org@5353");
	dw_trial_host(&trial, "gone.example.org");
	dw_trial_run(&trial);
	ck_assert_uint_eq(trial.world.n_asked, 4);
	dw_trial_servers(&trial, "box.example.org 192.0.2.88@5353 U");
	ck_assert_uint_eq(trial.facts->n_lost, 1);
	dw_trial_name(&trial.facts->lost[0].name, "gone.example.org");
	ck_assert_int_eq(trial.facts->lost[0].status, DW_NOT_FOUND);
	ck_assert_str_eq(trial.facts->lost[0].reason, "the name does not exist");
	dw_trial_end(&trial);
}
END_TEST

START_TEST(the_port_is_that_of_servers_and_not_of_resolvers)
{
	static const struct dw_world_row rows[] = {
		{"192.0.2.1@5300", "example.org NS", 0, .authority = "example.org NS ns1.example.org",
			.additional = "ns1.example.org A 192.0.2.11"},
		{.server = NULL},
	};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	trial.plan.port = 5300;
	trial.plan.family = DW_FAMILY_4;
	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	dw_trial_servers(&trial, "ns.other.net 192.0.2.12@5300 C, ns1.example.org 192.0.2.11@5300 PC");
	dw_trial_end(&trial);
}
END_TEST

/* A zone with a server of each family, asked for by -6. */
static const struct {
	struct dw_world_row row; /* AAAA of the server that has IPv4 only */
	bool by_user;
	const char *lost; /* why it is lost; NULL: it is not */
} one_family[] = {
	{{RESOLVER, "ns.other.net AAAA", DW_BIT_RA, .authority = "net SOA a b 1 2 3 4 5"}, false, NULL},
	{{RESOLVER, "ns.other.net AAAA", DW_BIT_RA, .authority = "net SOA a b 1 2 3 4 5"}, true,
		"it has no IPv6 address"},
	{{RESOLVER, "ns.other.net AAAA", .bits = DW_BIT_RA | DW_RCODE_NXDOMAIN}, false,
		"the name does not exist"},
	{{RESOLVER, "ns.other.net AAAA", .bits = DW_RCODE_SERVFAIL}, false,
		"resolver 192.0.2.53 answers SERVFAIL"},
};

START_TEST(a_server_of_the_family_left_out_is_no_loss_unless_the_user_named_it)
{
	const struct dw_world_row rows[] = {one_family[_i].row, {.server = NULL}};
	struct dw_trial trial = dw_trial_of("example.org", rows);

	trial.plan.family = DW_FAMILY_6;
	dw_trial_resolver(&trial, RESOLVER);
	if (one_family[_i].by_user) {
		dw_trial_host(&trial, "ns.other.net");
		dw_trial_host(&trial, "2001:db8::11");
	}
	dw_trial_run(&trial);
	ck_assert_int_eq(trial.facts->status, DW_OK);
	ck_assert_uint_eq(trial.facts->n_servers, 1);
	ck_assert_uint_eq(trial.facts->n_lost, one_family[_i].lost != NULL);
	if (one_family[_i].lost != NULL)
		ck_assert_str_eq(trial.facts->lost[0].reason, one_family[_i].lost);
	if (one_family[_i].lost != NULL)
		ck_assert(trial.facts->lost[0].left_out == one_family[_i].by_user);
	dw_trial_end(&trial);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("resolver");
	TCase *zones = tcase_create("zones");
	TCase *hosts = tcase_create("hosts");

	tcase_add_test(zones, a_zone_is_found_with_its_parent_servers_and_ds);
	tcase_add_test(zones, the_order_of_answers_does_not_matter);
	tcase_add_test(zones, resolvers_are_asked_with_cd_and_servers_without_rd);
	tcase_add_test(zones, glue_is_believed_inside_the_zone_only);
	tcase_add_test(zones, the_port_is_that_of_servers_and_not_of_resolvers);
	tcase_add_test(zones, a_parent_found_on_the_way_down_has_its_own_servers);
	tcase_add_loop_test(zones, the_other_family_is_left_out, 0, DW_ROWS(families));
	tcase_add_loop_test(
		zones, a_server_of_the_family_left_out_is_no_loss_unless_the_user_named_it, 0, DW_ROWS(one_family));
	tcase_add_loop_test(zones, a_zone_is_found_whatever_its_surroundings, 0, DW_ROWS(cases));
	tcase_add_test(hosts, hosts_that_are_addresses_need_no_question);
	tcase_add_test(hosts, hosts_that_are_names_are_looked_up_through_aliases);
	suite_add_tcase(suite, zones);
	suite_add_tcase(suite, hosts);
	return dw_suite_run(suite);
}
