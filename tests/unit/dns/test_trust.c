#include "dns/trust.h"

#include <stdlib.h>

#include "support/realm.h"
#include "support/suite.h"

struct path {
	struct dw_realm *realm;
	struct dw_trust_plan plan;
	struct dw_trust *trust;
	const struct dw_trust_facts *facts;
};

static struct path path_of(const char *zone, const char *ds)
{
	struct path path = {.realm = dw_realm_new(ds, NULL)};
	struct dw_delegation_plan *plan = dw_realm_plan(path.realm);

	path.plan = (struct dw_trust_plan){.zone = dw_name_make(zone),
		.resolvers = plan->discovery.resolvers,
		.anchors = plan->anchors,
		.now = plan->now};
	free(plan);
	return path;
}

static void run(struct path *path)
{
	ck_assert_int_eq(dw_trust_new(&path->plan, &path->trust, NULL), DW_OK);
	dw_realm_run(path->realm, &dw_trust_class, path->trust);
	path->facts = dw_trust_facts(path->trust);
}

static void end(struct path *path)
{
	dw_trust_free(path->trust);
	dw_realm_free(path->realm);
}

#define CHECK_STATE(path, wanted)                                                                            \
	ck_assert_msg((path).facts->state == (wanted), "%u: %s", (path).facts->state, (path).facts->reason)

START_TEST(the_zone_of_an_anchor_needs_no_question)
{
	struct path path = path_of("org", NULL);

	run(&path);
	CHECK_STATE(path, DW_TRUST_SECURE);
	ck_assert_uint_eq(path.facts->n_ds, 1);
	ck_assert_uint_eq(path.realm->n_asked, 0);
	end(&path);
}
END_TEST

START_TEST(a_ds_set_is_proven_by_the_keys_above)
{
	struct path path = path_of("example.org", NULL);

	run(&path);
	CHECK_STATE(path, DW_TRUST_SECURE);
	ck_assert_uint_eq(path.facts->n_ds, 1);
	ck_assert_str_eq(path.facts->reason, "");
	ck_assert_uint_eq(path.realm->n_asked, 2);
	for (unsigned i = 0; i < path.realm->n_asked; i++) {
		ck_assert(path.realm->asked[i].ask.recursion_desired && path.realm->asked[i].ask.checking_disabled);
		ck_assert(path.realm->asked[i].ask.dnssec_ok);
	}
	end(&path);
}
END_TEST

START_TEST(the_keys_of_the_zone_that_holds_a_name_are_proven)
{
	struct path path = path_of("nobody.ns1.example.org", NULL);

	path.plan.holder = true;
	run(&path);
	CHECK_STATE(path, DW_TRUST_SECURE);
	ck_assert_ptr_nonnull(path.facts->keys);
	struct dw_name zone = dw_name_make("example.org");
	ck_assert(dw_name_equal(&path.facts->at, &zone));
	ck_assert_uint_eq(path.facts->keys->n_keys, 2);
	end(&path);
}
END_TEST

START_TEST(without_an_anchor_above_nothing_is_asked)
{
	struct path path = path_of("example.net", NULL);

	run(&path);
	CHECK_STATE(path, DW_TRUST_NOT_ANCHORED);
	ck_assert_uint_eq(path.realm->n_asked, 0);
	end(&path);
}
END_TEST

START_TEST(an_unsigned_delegation_is_insecure_by_proof)
{
	struct path path = path_of("sub.example.org", "");

	run(&path);
	CHECK_STATE(path, DW_TRUST_INSECURE);
	end(&path);
}
END_TEST

START_TEST(algorithms_that_nobody_knows_are_insecure)
{
	struct path path = path_of("sub.example.org",
		"example.org. 3600 IN DS 1 200 2 "
		"0000000000000000000000000000000000000000000000000000000000000000\n");

	run(&path);
	CHECK_STATE(path, DW_TRUST_INSECURE);
	end(&path);
}
END_TEST

START_TEST(a_key_that_no_ds_names_is_bogus)
{
	struct path path = path_of("sub.example.org",
		"example.org. 3600 IN DS 1 13 2 "
		"0000000000000000000000000000000000000000000000000000000000000000\n");

	run(&path);
	CHECK_STATE(path, DW_TRUST_BOGUS);
	ck_assert_str_eq(path.facts->reason, "example.org/DNSKEY: not signed by a key that its DS names");
	end(&path);
}
END_TEST

START_TEST(an_anchor_of_another_tree_anchors_nothing)
{
	struct path path = path_of("example.org", NULL);

	path.plan.anchors.items[0].ds.digest[0] ^= 1;
	run(&path);
	CHECK_STATE(path, DW_TRUST_NOT_ANCHORED);
	ck_assert_str_eq(path.facts->reason, "org/DNSKEY: not signed by a key that the trust anchor names");
	end(&path);
}
END_TEST

START_TEST(a_spoilt_signature_is_bogus_and_named)
{
	static const struct dw_signer_terms old = {.expiration = DW_SIGNER_NOW - 1};
	struct path path = path_of("example.org", NULL);

	dw_authority_resign(path.realm->places[DW_REALM_ORG_A].authority, "example.org DS", &old);
	run(&path);
	CHECK_STATE(path, DW_TRUST_BOGUS);
	ck_assert_str_eq(path.facts->reason, "example.org/DS: expired");
	end(&path);
}
END_TEST

START_TEST(absence_without_proof_is_bogus)
{
	struct path path = path_of("example.org", "");

	path.realm->places[DW_REALM_ORG_A].authority->manners.no_proof = true;
	run(&path);
	CHECK_STATE(path, DW_TRUST_BOGUS);
	end(&path);
}
END_TEST

START_TEST(a_resolver_that_is_silent_or_strips_says_nothing)
{
	struct path path = path_of("example.org", NULL);

	if (_i == 0)
		path.realm->no_resolver = true;
	else
		path.realm->places[DW_REALM_ORG_A].authority->manners.no_do = true;
	run(&path);
	CHECK_STATE(path, DW_TRUST_UNKNOWN);
	ck_assert_str_ne(path.facts->reason, "");
	end(&path);
}
END_TEST

START_TEST(without_resolvers_the_path_is_unknown)
{
	struct path path = path_of("example.org", NULL);

	path.plan.resolvers.n_resolvers = 0;
	run(&path);
	CHECK_STATE(path, DW_TRUST_UNKNOWN);
	end(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("trust");
	TCase *test = tcase_create("trust");

	tcase_add_test(test, the_zone_of_an_anchor_needs_no_question);
	tcase_add_test(test, a_ds_set_is_proven_by_the_keys_above);
	tcase_add_test(test, the_keys_of_the_zone_that_holds_a_name_are_proven);
	tcase_add_test(test, without_an_anchor_above_nothing_is_asked);
	tcase_add_test(test, an_unsigned_delegation_is_insecure_by_proof);
	tcase_add_test(test, algorithms_that_nobody_knows_are_insecure);
	tcase_add_test(test, a_key_that_no_ds_names_is_bogus);
	tcase_add_test(test, an_anchor_of_another_tree_anchors_nothing);
	tcase_add_test(test, a_spoilt_signature_is_bogus_and_named);
	tcase_add_test(test, absence_without_proof_is_bogus);
	tcase_add_loop_test(test, a_resolver_that_is_silent_or_strips_says_nothing, 0, 2);
	tcase_add_test(test, without_resolvers_the_path_is_unknown);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
