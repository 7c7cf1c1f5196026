#include "dns/delegation.h"

#include <stdlib.h>

#include "dns/kept.h"
#include "support/realm.h"
#include "support/suite.h"

struct look {
	struct dw_realm *realm;
	struct dw_delegation_plan *plan;
	struct dw_delegation *delegation;
	const struct dw_delegation_facts *facts;
};

static struct look look_at(const char *ds, const char *more)
{
	struct look look = {.realm = dw_realm_new(ds, more)};

	look.plan = dw_realm_plan(look.realm);
	return look;
}

static void host(const char *text, struct dw_host *hosts, unsigned *n)
{
	ck_assert_int_eq(dw_host_parse(text, &hosts[(*n)++], NULL), DW_OK);
}

static void run(struct look *look)
{
	ck_assert_int_eq(dw_delegation_new(look->plan, &look->delegation, NULL), DW_OK);
	dw_realm_run(look->realm, &dw_delegation_class, look->delegation);
	look->facts = dw_delegation_facts(look->delegation);
	ck_assert_int_eq(look->facts->status, DW_OK);
}

static void end(struct look *look)
{
	dw_delegation_free(look->delegation);
	free(look->plan);
	dw_realm_free(look->realm);
}

/* The RRset of this type that a server gave; NULL for none. */
static const struct dw_rrset_fact *rrset_of(
	const struct dw_survey_facts *side, unsigned server, uint16_t type)
{
	ck_assert_ptr_nonnull(side);
	ck_assert_uint_lt(server, side->n_servers);
	return dw_kept_rrset(dw_kept_reply(&side->servers[server], type));
}

static void check_whole(const struct dw_delegation_facts *facts)
{
	struct dw_name org = dw_name_make("org");

	ck_assert(dw_name_equal(&facts->parent, &org));
	ck_assert_uint_eq(facts->parent_side->n_servers, 2);
	ck_assert_uint_eq(facts->zone_side->n_servers, 2);
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_int_eq(rrset_of(facts->parent_side, i, DW_TYPE_DS)->proof.security, DW_SECURE);
		ck_assert_int_eq(rrset_of(facts->parent_side, i, DW_TYPE_DNSKEY)->proof.security, DW_SECURE);
		ck_assert_int_eq(rrset_of(facts->zone_side, i, DW_TYPE_DNSKEY)->proof.security, DW_SECURE);
		ck_assert_ptr_null(rrset_of(facts->zone_side, i, DW_TYPE_CDS));
	}
	ck_assert_int_eq(facts->trust->state, DW_TRUST_SECURE);
}

START_TEST(both_sides_are_seen_from_every_server)
{
	struct look look = look_at(NULL, NULL);

	run(&look);
	check_whole(look.facts);
	end(&look);
}
END_TEST

START_TEST(with_hosts_on_both_sides_no_resolver_is_asked)
{
	struct look look = look_at(NULL, NULL);

	host("192.0.2.1", look.plan->parents, &look.plan->n_parents);
	host("192.0.2.2", look.plan->parents, &look.plan->n_parents);
	host("192.0.2.11", look.plan->discovery.hosts, &look.plan->discovery.n_hosts);
	host("192.0.2.12", look.plan->discovery.hosts, &look.plan->discovery.n_hosts);
	look.plan->discovery.resolvers.n_resolvers = 0;
	look.realm->no_resolver = true;
	run(&look);
	check_whole(look.facts);
	end(&look);
}
END_TEST

START_TEST(parents_that_are_given_refer_to_the_servers_of_the_zone)
{
	struct look look = look_at(NULL, NULL);

	host("192.0.2.1", look.plan->parents, &look.plan->n_parents);
	host("192.0.2.2", look.plan->parents, &look.plan->n_parents);
	run(&look);
	check_whole(look.facts);
	ck_assert_uint_eq(dw_realm_asked(look.realm, DW_REALM_RESOLVER, "example.org NS"), 0);
	end(&look);
}
END_TEST

START_TEST(with_hosts_of_the_zone_the_parent_is_discovered)
{
	struct look look = look_at(NULL, NULL);

	host("192.0.2.12", look.plan->discovery.hosts, &look.plan->discovery.n_hosts);
	run(&look);
	ck_assert_uint_eq(look.facts->parent_side->n_servers, 2);
	ck_assert_uint_eq(look.facts->zone_side->n_servers, 1);
	end(&look);
}
END_TEST

START_TEST(the_parent_is_left_alone_when_not_wanted)
{
	struct look look = look_at(NULL, NULL);

	look.plan->no_parent = true;
	run(&look);
	ck_assert(!look.facts->parent_wanted);
	ck_assert_ptr_null(look.facts->parent_side);
	ck_assert_ptr_null(look.facts->trust);
	ck_assert_uint_eq(look.facts->zone_side->n_servers, 2);
	end(&look);
}
END_TEST

START_TEST(one_server_may_have_both_zones)
{
	struct look look = look_at(NULL, NULL);
	struct dw_authority *zone = look.realm->places[DW_REALM_ZONE_A].authority;

	dw_realm_place(look.realm, "192.0.2.1", zone);
	dw_realm_place(look.realm, "192.0.2.2", zone);
	host("192.0.2.1", look.plan->parents, &look.plan->n_parents);
	host("192.0.2.1", look.plan->discovery.hosts, &look.plan->discovery.n_hosts);
	run(&look);
	ck_assert_int_eq(rrset_of(look.facts->parent_side, 0, DW_TYPE_DS)->proof.security, DW_SECURE);
	ck_assert_int_eq(rrset_of(look.facts->zone_side, 0, DW_TYPE_DNSKEY)->proof.security, DW_SECURE);
	end(&look);
}
END_TEST

START_TEST(the_absence_of_a_ds_is_proven)
{
	struct look look = look_at("", NULL);

	run(&look);
	const struct dw_reply *reply = dw_kept_reply(&look.facts->parent_side->servers[1], DW_TYPE_DS);
	ck_assert_int_eq(reply->kind, DW_REPLY_NO_DATA);
	ck_assert_int_eq(reply->denial.result, DW_DENIAL_UNSIGNED_DELEGATION);
	end(&look);
}
END_TEST

START_TEST(the_records_themselves_are_kept)
{
	struct look look =
		look_at(NULL, "example.org. 3600 IN CDS 0 0 0 00\nexample.org. 3600 IN CDNSKEY 0 3 0 AA==\n");
	struct dw_octets rdata;
	size_t at = 0;

	run(&look);
	ck_assert(dw_kept_rdata(rrset_of(look.facts->zone_side, 0, DW_TYPE_CDS), &at, &rdata));
	ck_assert_uint_eq(rdata.length, 5);
	ck_assert(!dw_kept_rdata(rrset_of(look.facts->zone_side, 0, DW_TYPE_CDS), &at, &rdata));
	at = 0;
	ck_assert(dw_kept_rdata(rrset_of(look.facts->zone_side, 0, DW_TYPE_CDNSKEY), &at, &rdata));
	ck_assert_uint_eq(rdata.octets[2], 3);
	end(&look);
}
END_TEST

START_TEST(a_silent_server_does_not_hold_up_the_others)
{
	struct look look = look_at(NULL, NULL);

	dw_realm_replace(look.realm, DW_REALM_ZONE_A, NULL);
	dw_realm_replace(look.realm, DW_REALM_ORG_B, NULL);
	run(&look);
	ck_assert_int_eq(rrset_of(look.facts->parent_side, 0, DW_TYPE_DS)->proof.security, DW_SECURE);
	ck_assert_int_eq(rrset_of(look.facts->zone_side, 1, DW_TYPE_DNSKEY)->proof.security, DW_SECURE);
	end(&look);
}
END_TEST

#define SUB                                                                                                  \
	"sub.example.org. 3600 IN NS ns1.sub.example.org.\n"                                                     \
	"plain.example.org. 3600 IN NS ns1.example.org.\n"

START_TEST(children_are_delegations_of_their_own)
{
	struct look look = look_at(NULL, SUB);
	struct dw_authority *sub = dw_authority_new("plain.example.org.",
		"plain.example.org. 3600 IN SOA ns1.example.org. mail.example.org. 7 3600 600 86400 300\n"
		"plain.example.org. 3600 IN NS ns1.example.org.\n");

	dw_realm_place(look.realm, "192.0.2.11", sub);
	look.plan->n_children = 2;
	look.plan->children[0] = dw_name_make("plain.example.org");
	look.plan->children[1] = dw_name_make("nowhere.example.org");
	run(&look);
	ck_assert_uint_eq(look.facts->n_children, 2);
	const struct dw_delegation_facts *child = look.facts->children[0];
	ck_assert(dw_name_equal(&child->parent, &look.facts->zone));
	ck_assert_uint_eq(child->zone_side->n_servers, 1);
	ck_assert_int_eq(rrset_of(child->zone_side, 0, DW_TYPE_DNSKEY)->proof.security, DW_SECURE);
	ck_assert_int_eq(dw_kept_reply(&child->parent_side->servers[0], DW_TYPE_DS)->kind, DW_REPLY_NO_DATA);
	ck_assert_int_eq(look.facts->children[1]->discovery->status, DW_NOT_FOUND);
	end(&look);
}
END_TEST

START_TEST(the_root_has_no_parent)
{
	struct look look = look_at(NULL, NULL);

	look.plan->discovery.zone = dw_name_root;
	look.realm->no_resolver = true;
	run(&look);
	ck_assert(!look.facts->parent_wanted);
	ck_assert_ptr_null(look.facts->parent_side);
	end(&look);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("delegation");
	TCase *test = tcase_create("delegation");

	tcase_add_test(test, both_sides_are_seen_from_every_server);
	tcase_add_test(test, with_hosts_on_both_sides_no_resolver_is_asked);
	tcase_add_test(test, parents_that_are_given_refer_to_the_servers_of_the_zone);
	tcase_add_test(test, with_hosts_of_the_zone_the_parent_is_discovered);
	tcase_add_test(test, the_parent_is_left_alone_when_not_wanted);
	tcase_add_test(test, one_server_may_have_both_zones);
	tcase_add_test(test, the_absence_of_a_ds_is_proven);
	tcase_add_test(test, the_records_themselves_are_kept);
	tcase_add_test(test, a_silent_server_does_not_hold_up_the_others);
	tcase_add_test(test, children_are_delegations_of_their_own);
	tcase_add_test(test, the_root_has_no_parent);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
