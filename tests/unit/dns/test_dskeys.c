#include "dns/dskeys.h"

#include "dns/delegation.h"
#include "dns/kept.h"
#include "support/cutcase.h"
#include "support/suite.h"

/* What the keys of a server look like after a change. */
struct look {
	struct dw_cutcase trial;
	struct dw_delegation *delegation;
	struct dw_dskeys keys;
	struct dw_ds_fact set[DW_DS_MAX];
	unsigned n_ds;
};

static void look(struct look *look)
{
	ck_assert_int_eq(dw_delegation_new(look->trial.plan, &look->delegation, NULL), DW_OK);
	dw_realm_run(look->trial.realm, &dw_delegation_class, look->delegation);
	const struct dw_delegation_facts *facts = dw_delegation_facts(look->delegation);
	dw_dskeys_read(&facts->zone_side->servers[0], &look->keys);
	look->n_ds =
		dw_dskeys_set(dw_kept_rrset(dw_kept_reply(&facts->parent_side->servers[0], DW_TYPE_DS)), look->set);
}

static void end(struct look *look)
{
	dw_delegation_free(look->delegation);
	dw_cutcase_end(&look->trial);
}

START_TEST(a_ds_leads_to_the_key_it_names)
{
	struct look seen = {.trial = dw_cutcase_of(NULL, NULL)};
	struct dw_name zone = dw_name_make("example.org");
	const struct dw_dskey *key;

	look(&seen);
	ck_assert_uint_eq(seen.n_ds, 1);
	ck_assert_uint_eq(seen.keys.n_keys, 2);
	ck_assert_int_eq(dw_dskeys_lead(&seen.set[0], &zone, &seen.keys, &key), DW_LEAD_GOOD);
	ck_assert_uint_eq(key->flags, 257);
	ck_assert(key->signs && key->signature != NULL);
	/* One octet, tag or algorithm that differs. */
	for (unsigned i = 0; i < 3; i++) {
		struct dw_ds_fact other = seen.set[0];
		other.digest[31] ^= i == 0;
		other.key_tag ^= i == 1;
		other.algorithm ^= i == 2;
		ck_assert_int_eq(dw_dskeys_lead(&other, &zone, &seen.keys, &key), DW_LEAD_NOWHERE);
		ck_assert_ptr_null(key);
	}
	end(&seen);
}
END_TEST

START_TEST(a_key_that_does_not_sign_is_told_apart)
{
	struct look seen = {.trial = dw_cutcase_of(NULL, NULL)};
	struct dw_name zone = dw_name_make("example.org");
	unsigned n_good = 0, n_silent = 0;

	dw_cutcase_key(&seen.trial, 13, false, false);
	dw_cutcase_ds_of_both(&seen.trial);
	look(&seen);
	ck_assert_uint_eq(seen.n_ds, 2);
	for (unsigned i = 0; i < 2; i++) {
		enum dw_ds_lead lead = dw_dskeys_lead(&seen.set[i], &zone, &seen.keys, NULL);
		n_good += lead == DW_LEAD_GOOD;
		n_silent += lead == DW_LEAD_NOT_SIGNING;
	}
	ck_assert_uint_eq(n_good, 1);
	ck_assert_uint_eq(n_silent, 1);
	end(&seen);
}
END_TEST

START_TEST(a_server_with_the_keys_of_an_earlier_one_is_a_repetition)
{
	uint8_t octets[] = {0, 2, 1, 2}, others[] = {0, 2, 1, 3};
	struct dw_rrset_fact rrsets[3] = {
		{.type = DW_TYPE_DNSKEY, .kept = octets, .kept_length = 4},
		{.type = DW_TYPE_DNSKEY, .kept = octets, .kept_length = 4},
		{.type = DW_TYPE_DNSKEY, .kept = others, .kept_length = 4},
	};
	struct dw_reply replies[3] = {0};
	struct dw_server_facts servers[3] = {0};
	struct dw_survey_facts side = {.n_servers = 3, .servers = servers};

	for (unsigned i = 0; i < 3; i++) {
		replies[i] = (struct dw_reply){.kind = DW_REPLY_POSITIVE, .n_rrsets = 1, .rrsets = &rrsets[i]};
		replies[i].record = (struct dw_record){dw_name_make("example.org"), DW_TYPE_DNSKEY};
		rrsets[i].owner = replies[i].record.name;
		servers[i].n_replies = 1;
		servers[i].replies = &replies[i];
	}
	ck_assert(!dw_dskeys_repeated(&side, 0));
	ck_assert(dw_dskeys_repeated(&side, 1));
	ck_assert(!dw_dskeys_repeated(&side, 2));
	/* The same keys with another worth are another matter. */
	rrsets[1].proof.security = DW_BOGUS;
	ck_assert(rrsets[0].proof.security != DW_BOGUS && !dw_dskeys_repeated(&side, 1));
	replies[1].n_rrsets = 0;
	ck_assert(!dw_dskeys_repeated(&side, 1));
}
END_TEST

START_TEST(the_same_keys_signed_by_another_are_not_alike)
{
	struct look seen = {.trial = dw_cutcase_of(NULL, NULL)};
	struct dw_reply replies[16];

	look(&seen);
	const struct dw_server_facts *server = &dw_delegation_facts(seen.delegation)->zone_side->servers[0];
	const struct dw_reply *reply = dw_kept_reply(server, DW_TYPE_DNSKEY);
	struct dw_rrset_fact rrset = *dw_kept_rrset(reply);
	struct dw_server_facts other = *server;
	ck_assert_uint_gt(rrset.proof.n_signatures, 0);
	ck_assert_uint_le(server->n_replies, 16);
	memcpy(replies, server->replies, server->n_replies * sizeof(replies[0]));
	replies[reply - server->replies].rrsets = &rrset;
	replies[reply - server->replies].n_rrsets = 1;
	other.replies = replies;
	ck_assert(dw_dskeys_alike(server, &other));
	rrset.proof.signatures[0].key = rrset.proof.signatures[0].key == 0 ? 1 : 0;
	ck_assert(!dw_dskeys_alike(server, &other));
	end(&seen);
}
END_TEST

START_TEST(no_rrset_is_an_empty_set)
{
	struct dw_ds_fact set[DW_DS_MAX];

	ck_assert_uint_eq(dw_dskeys_set(NULL, set), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dskeys");
	TCase *test = tcase_create("dskeys");

	tcase_add_test(test, a_ds_leads_to_the_key_it_names);
	tcase_add_test(test, a_key_that_does_not_sign_is_told_apart);
	tcase_add_test(test, a_server_with_the_keys_of_an_earlier_one_is_a_repetition);
	tcase_add_test(test, the_same_keys_signed_by_another_are_not_alike);
	tcase_add_test(test, no_rrset_is_an_empty_set);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
