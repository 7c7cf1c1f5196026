#include "dns/referral.h"

#include "support/message.h"
#include "support/suite.h"
#include "support/world.h"

#define SERVER "192.0.2.1"
#define OTHER  "192.0.2.2"

/* What the servers say, and what is learnt from it. */
static const struct {
	struct dw_world_row rows[5];
	const char *parent;
	bool delegated;
	unsigned n_names, n_addresses;
} cases[] = {
	/* A referral with glue, and a DS answer with the parent's SOA. */
	{{{SERVER, "example.org NS", 0, .authority = "example.org NS ns1.example.org\nexample.org NS ns.net",
		  .additional = "ns1.example.org A 192.0.2.11\nns1.example.org AAAA 2001:db8::1"},
		 {SERVER, "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}},
		"org", true, 2, 2},
	/* The server has the zone itself. */
	{{{SERVER, "example.org NS", DW_BIT_AA, .answer = "example.org NS ns1.example.org",
		  .additional = "ns1.example.org A 192.0.2.11"},
		 {SERVER, "example.org DS", DW_BIT_AA, .authority = "example.org SOA a b 1 2 3 4 5"}},
		"", true, 1, 1},
	/* A grandparent beside the parent, which is nearer. */
	{{{SERVER, "example.org NS", 0, .authority = "org NS a.nic.org"},
		 {SERVER, "example.org DS", DW_BIT_AA, .authority = ". SOA a b 1 2 3 4 5"},
		 {OTHER, "example.org NS", 0, .authority = "example.org NS ns.net"},
		 {OTHER, "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}},
		"org", true, 1, 0},
	/* The same, the other way round. */
	{{{OTHER, "example.org DS", DW_BIT_AA, .authority = ". SOA a b 1 2 3 4 5"},
		 {SERVER, "example.org DS", DW_BIT_AA, .authority = "org SOA a b 1 2 3 4 5"}},
		"org", false, 0, 0},
	/* Nobody answers. */
	{{{.server = NULL}}, "", false, 0, 0},
};

START_TEST(servers_of_a_parent_tell_the_delegation)
{
	struct dw_world world = {.rows = cases[_i].rows};
	struct dw_zone_server servers[2] = {{.by_user = true}, {.by_user = true}};
	struct dw_name zone = dw_name_make("example.org");
	struct dw_referral referral;

	ck_assert_int_eq(dw_address_parse(SERVER, 53, &servers[0].address, NULL), DW_OK);
	ck_assert_int_eq(dw_address_parse(OTHER, 53, &servers[1].address, NULL), DW_OK);
	dw_referral_init(&referral, &zone, 5300, servers, 2);
	dw_world_run(&world, &dw_referral_class, &referral);
	ck_assert_uint_eq(world.n_asked, 4);
	ck_assert_int_eq(referral.delegated, cases[_i].delegated);
	ck_assert_uint_eq(referral.names.n_names, cases[_i].n_names);
	ck_assert_uint_eq(referral.names.n_addresses, cases[_i].n_addresses);
	if (referral.names.n_addresses > 0)
		ck_assert_uint_eq(dw_address_port(&referral.names.addresses[0].address), 5300);
	if (cases[_i].parent[0] == '\0') {
		ck_assert_uint_eq(referral.parent.length, 0);
	} else {
		struct dw_name parent = dw_name_make(cases[_i].parent);
		ck_assert(dw_name_equal(&referral.parent, &parent));
	}
}
END_TEST

START_TEST(a_failure_names_who_was_asked)
{
	struct dw_referral referral = {.n_servers = 0};
	char text[DW_REFERRAL_TEXT_MAX];

	ck_assert_str_eq(dw_referral_failure(&referral, text), "there is no server of the parent to ask");
	referral.n_servers = 1;
	ck_assert_int_eq(dw_address_parse(SERVER, 5300, &referral.servers[0], NULL), DW_OK);
	ck_assert_str_eq(
		dw_referral_failure(&referral, text), "the parent's 192.0.2.1@5300 does not tell of a delegation");
	referral.n_servers = 3;
	ck_assert_str_eq(dw_referral_failure(&referral, text),
		"the parent's 192.0.2.1@5300 and 2 more do not tell of a delegation");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("referral");
	TCase *test = tcase_create("referral");

	tcase_add_loop_test(test, servers_of_a_parent_tell_the_delegation, 0, DW_ROWS(cases));
	tcase_add_test(test, a_failure_names_who_was_asked);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
