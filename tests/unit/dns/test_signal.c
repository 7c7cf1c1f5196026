#include "dns/signal.h"

#include <stdio.h>
#include <stdlib.h>

#include "dns/delegation.h"
#include "dns/kept.h"
#include "support/realm.h"
#include "support/suite.h"

#define DIGEST "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
#define NAME   "_dsboot.example.org._signal.a.nic.org"
#define ORG                                                                                                  \
	"org. 3600 IN SOA a.nic.org. mail.nic.org. 7 3600 600 86400 300\norg. 3600 IN NS a.nic.org.\n"           \
	"a.nic.org. 3600 IN A 192.0.2.1\nexample.org. 3600 IN NS ns1.example.org.\n"

/* Signalling names in a realm whose org has more lines. */
struct look {
	struct dw_realm *realm;
	struct dw_signal_plan *plan;
	struct dw_signal *signal;
	const struct dw_signal_facts *facts;
};

static struct look look_of(const char *more)
{
	struct look look = {.realm = dw_realm_new(NULL, NULL), .plan = calloc(1, sizeof(*look.plan))};
	char lines[2000];

	snprintf(lines, sizeof(lines), "%s%s", ORG, more);
	dw_realm_replace(look.realm, DW_REALM_ORG_A, dw_authority_new("org.", lines));
	struct dw_delegation_plan *usual = dw_realm_plan(look.realm);
	look.plan->zone = dw_name_make("example.org");
	look.plan->n_servers = 2;
	look.plan->servers[0] = dw_name_make("a.nic.org");
	look.plan->servers[1] = dw_name_make("ns1.example.org");
	look.plan->resolvers = usual->discovery.resolvers;
	look.plan->anchors = usual->anchors;
	look.plan->now = usual->now;
	free(usual);
	return look;
}

static void run(struct look *look)
{
	ck_assert_int_eq(dw_signal_new(look->plan, &look->signal, NULL), DW_OK);
	dw_realm_run(look->realm, &dw_signal_class, look->signal);
	look->facts = dw_signal_facts(look->signal);
}

static void end(struct look *look)
{
	dw_signal_free(look->signal);
	dw_realm_free(look->realm);
	free(look->plan);
}

static const struct dw_rrset_fact *cds_of(const struct look *look)
{
	return dw_kept_rrset(&look->facts->servers[0].cds);
}

START_TEST(records_are_proven_by_the_zone_that_has_them)
{
	struct look look = look_of(NAME ". 3600 IN CDS 4711 13 2 " DIGEST "\n");

	run(&look);
	ck_assert_uint_eq(look.facts->n_servers, 2);
	ck_assert_int_eq(look.facts->servers[0].kind, DW_SIGNAL_ASKED);
	ck_assert_msg(
		look.facts->servers[0].trust->state == DW_TRUST_SECURE, "%s", look.facts->servers[0].trust->reason);
	ck_assert_ptr_nonnull(cds_of(&look));
	ck_assert_int_eq(cds_of(&look)->proof.security, DW_SECURE);
	ck_assert_uint_gt(cds_of(&look)->kept_length, 0);
	ck_assert_int_eq(look.facts->servers[0].cdnskey.kind, DW_REPLY_NO_DATA);
	ck_assert_uint_eq(dw_realm_asked(look.realm, DW_REALM_RESOLVER, NAME " CDS"), 1);
	ck_assert_uint_eq(dw_realm_asked(look.realm, DW_REALM_RESOLVER, NAME " CDNSKEY"), 1);
	end(&look);
}
END_TEST

START_TEST(a_server_within_the_zone_is_not_asked)
{
	struct look look = look_of("");

	run(&look);
	ck_assert_int_eq(look.facts->servers[1].kind, DW_SIGNAL_IN_ZONE);
	ck_assert_ptr_null(look.facts->servers[1].trust);
	ck_assert(!look.facts->servers[1].cds.asked);
	ck_assert_uint_eq(dw_realm_asked(look.realm, NULL, "_dsboot.example.org._signal.ns1.example.org CDS"), 0);
	end(&look);
}
END_TEST

START_TEST(what_is_absent_has_no_rrset)
{
	struct look look = look_of("");

	run(&look);
	ck_assert_int_eq(look.facts->servers[0].cds.kind, DW_REPLY_NXDOMAIN);
	ck_assert_ptr_null(cds_of(&look));
	end(&look);
}
END_TEST

START_TEST(a_forged_record_is_not_secure)
{
	struct look look = look_of(NAME ". 3600 IN CDS 4711 13 2 " DIGEST "\n");

	dw_authority_resign(look.realm->places[DW_REALM_ORG_A].authority, NAME " CDS", NULL);
	run(&look);
	ck_assert_ptr_nonnull(cds_of(&look));
	ck_assert_int_ne(cds_of(&look)->proof.security, DW_SECURE);
	end(&look);
}
END_TEST

START_TEST(without_anchor_the_records_are_there_and_not_proven)
{
	struct look look = look_of(NAME ". 3600 IN CDS 4711 13 2 " DIGEST "\n");

	look.plan->anchors.n_anchors = 0;
	run(&look);
	ck_assert_int_eq(look.facts->servers[0].trust->state, DW_TRUST_NOT_ANCHORED);
	ck_assert_ptr_nonnull(cds_of(&look));
	end(&look);
}
END_TEST

START_TEST(a_dead_resolver_is_asked_for_nothing_more)
{
	struct look look = look_of("");

	look.realm->no_resolver = true;
	run(&look);
	ck_assert_int_eq(look.facts->servers[0].trust->state, DW_TRUST_UNKNOWN);
	ck_assert(!look.facts->servers[0].cds.asked);
	ck_assert_uint_eq(look.realm->n_asked, 1);
	end(&look);
}
END_TEST

/* A zone, a server, and where its records are; NULL: the names are too long together. */
static const struct {
	const char *zone, *server, *name;
} names[] = {
	{"example.org", "ns1.example.net", "_dsboot.example.org._signal.ns1.example.net"},
	{"example.org", ".", "_dsboot.example.org._signal"},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.org",
		"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc."
		"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.net",
		NULL},
};

START_TEST(the_name_is_made_of_both)
{
	const struct dw_name zone = dw_name_make(names[_i].zone), server = dw_name_make(names[_i].server);
	const enum dw_status status = names[_i].name != NULL ? DW_OK : DW_INVALID;
	struct dw_name name;
	char text[DW_NAME_TEXT_MAX];

	ck_assert_int_eq(dw_signal_name(&zone, &server, &name), status);
	if (status == DW_OK)
		ck_assert_str_eq(dw_name_format(&name, text), names[_i].name);
}
END_TEST

START_TEST(names_that_are_too_long_are_told)
{
	struct look look = look_of("");

	look.plan->zone = dw_name_make(names[2].zone);
	look.plan->servers[0] = dw_name_make(names[2].server);
	look.plan->n_servers = 1;
	run(&look);
	ck_assert_int_eq(look.facts->servers[0].kind, DW_SIGNAL_TOO_LONG);
	ck_assert_uint_eq(look.realm->n_asked, 0);
	end(&look);
}
END_TEST

START_TEST(each_name_server_is_looked_at_once)
{
	struct dw_discovery_facts *discovery = calloc(1, sizeof(*discovery));
	struct dw_signal_plan *plan = calloc(1, sizeof(*plan));

	discovery->n_parent_ns = discovery->n_child_ns = 2;
	discovery->parent_ns[0] = discovery->child_ns[1] = dw_name_make("ns1.example.net");
	discovery->parent_ns[1] = dw_name_make("ns2.example.net");
	discovery->child_ns[0] = dw_name_make("NS1.example.NET");
	discovery->n_servers = 2;
	discovery->servers[0].name = dw_name_make("ns3.example.net");
	discovery->n_lost = 1;
	discovery->lost[0].name = dw_name_make("ns4.example.net");
	dw_signal_plan_servers(plan, discovery);
	ck_assert_uint_eq(plan->n_servers, 4);
	free(plan);
	free(discovery);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("signal");
	TCase *test = tcase_create("signal");

	tcase_add_test(test, records_are_proven_by_the_zone_that_has_them);
	tcase_add_test(test, a_server_within_the_zone_is_not_asked);
	tcase_add_test(test, what_is_absent_has_no_rrset);
	tcase_add_test(test, a_forged_record_is_not_secure);
	tcase_add_test(test, without_anchor_the_records_are_there_and_not_proven);
	tcase_add_test(test, a_dead_resolver_is_asked_for_nothing_more);
	tcase_add_loop_test(test, the_name_is_made_of_both, 0, DW_ROWS(names));
	tcase_add_test(test, names_that_are_too_long_are_told);
	tcase_add_test(test, each_name_server_is_looked_at_once);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
