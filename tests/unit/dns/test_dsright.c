#include "dns/dsright.h"

#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "support/cutcase.h"
#include "support/suite.h"

static void unchanged(struct dw_cutcase *trial)
{
	(void)trial;
}

static void silent_second(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, false, false);
}

/* The second key is published, and the parent has its DS already. */
static void double_ds(struct dw_cutcase *trial)
{
	silent_second(trial);
	dw_cutcase_ds_of_both(trial);
}

static void both_sign(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, false);
}

static void second_alone(struct dw_cutcase *trial)
{
	dw_cutcase_key(trial, 13, true, true);
}

/* The zone asks for the first key alone, though both sign. */
static void one_asked_for(struct dw_cutcase *trial)
{
	char *ds = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 2);
	char *type = strstr(ds, "DS");

	ck_assert_ptr_nonnull(type);
	*type = '\0';
	char *cds = dw_cutcase_join(ds, "CDS");
	char *whole = dw_cutcase_join(cds, type + 2);
	both_sign(trial);
	dw_cutcase_rewrite(dw_cutcase_zone(trial), "example.org CDS", whole);
	free(cds);
	free(ds);
}

static void wish_of_strangers(struct dw_cutcase *trial)
{
	both_sign(trial);
}

static void nothing_signs(struct dw_cutcase *trial)
{
	dw_authority_resign(dw_cutcase_zone(trial), "example.org DNSKEY", NULL);
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* What is done to a healthy cut, what else the zone has, and of which keys the set is then made. */
static const struct {
	void (*change)(struct dw_cutcase *trial);
	const char *more;
	bool first, second;
} cases[] = {
	{unchanged, NULL, true, false},
	{silent_second, NULL, true, false},
	{double_ds, NULL, true, true},
	{both_sign, NULL, true, true},
	{second_alone, NULL, false, true},
	{one_asked_for, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n", true, false},
	{wish_of_strangers, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n", true, true},
	{nothing_signs, NULL, false, false},
};

static void add(const struct dw_signer *signer, struct dw_ds_fact *set, unsigned *n)
{
	struct dw_authority mock = {.zone = "example.org.", .ksk = (struct dw_signer *)(uintptr_t)signer};

	set[(*n)++] = dw_realm_anchor(&mock).ds;
}

START_TEST(the_set_is_made_of_the_keys_that_sign_or_are_asked_for)
{
	static const uint8_t types[] = {2};
	struct dw_cutcase trial = dw_cutcase_of(NULL, cases[_i].more);
	struct dw_ds_fact wanted[2], set[DW_DS_MAX];
	unsigned n = 0;

	cases[_i].change(&trial);
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	if (cases[_i].first)
		add(dw_cutcase_zone(&trial)->ksk, wanted, &n);
	if (cases[_i].second)
		add(trial.second, wanted, &n);
	ck_assert_uint_eq(dw_dsright_make(dw_delegation_facts(delegation), types, 1, set), n);
	ck_assert(dw_ds_sets_equal(set, n, wanted, n));
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

/* The zone asks for its key and for one that it does not publish yet. */
static void standby_asked_for(struct dw_cutcase *trial, const char *standby)
{
	char *ds = dw_signer_ds(dw_cutcase_zone(trial)->ksk, 2);
	char *type = strstr(ds, "DS");

	ck_assert_ptr_nonnull(type);
	*type = '\0';
	char *cds = dw_cutcase_join(ds, "CDS");
	char *first = dw_cutcase_join(cds, type + 2);
	char *whole = dw_cutcase_join(first, standby);
	dw_cutcase_rewrite(dw_cutcase_zone(trial), "example.org CDS", whole);
	free(first);
	free(cds);
	free(ds);
}

START_TEST(a_standby_key_that_is_asked_for_has_its_record_and_is_not_the_only_one_named)
{
	static const uint8_t types[] = {2};
	struct dw_cutcase trial = dw_cutcase_of(NULL, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n");
	struct dw_ds_fact wanted[2] = {{.algorithm = 13, .digest_type = 2, .key_tag = 1, .digest_length = 32}};
	struct dw_ds_fact set[DW_DS_MAX], entry;
	unsigned n = 1;

	standby_asked_for(&trial, "example.org. 3600 IN CDS 1 13 2 " ZEROS "\n");
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	add(dw_cutcase_zone(&trial)->ksk, wanted, &n);
	ck_assert_uint_eq(dw_dsright_make(dw_delegation_facts(delegation), types, 1, set), 2);
	ck_assert(dw_ds_sets_equal(set, 2, wanted, 2));
	ck_assert(dw_dsright_entry(dw_delegation_facts(delegation), &entry));
	ck_assert(dw_ds_equal(&entry, &wanted[1]));
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(servers_with_different_keys_have_one_record_each)
{
	static const uint8_t types[] = {2};
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);
	struct dw_realm *other = dw_realm_new(NULL, NULL);
	struct dw_ds_fact wanted[2], set[DW_DS_MAX];
	unsigned n = 0;

	add(dw_cutcase_zone(&trial)->ksk, wanted, &n);
	add(other->places[DW_REALM_ZONE_A].authority->ksk, wanted, &n);
	dw_realm_replace(trial.realm, DW_REALM_ZONE_B, other->places[DW_REALM_ZONE_A].authority);
	other->places[DW_REALM_ZONE_A].authority = other->places[DW_REALM_ZONE_B].authority = NULL;
	dw_realm_free(other);
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	ck_assert_uint_eq(dw_dsright_make(dw_delegation_facts(delegation), types, 1, set), 2);
	ck_assert(dw_ds_sets_equal(set, 2, wanted, 2));
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(each_digest_type_is_a_record)
{
	static const uint8_t types[] = {1, 2, 4};
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);
	struct dw_ds_fact set[DW_DS_MAX];
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);

	ck_assert_uint_eq(dw_dsright_make(dw_delegation_facts(delegation), types, 3, set), 3);
	for (unsigned i = 0; i < 3; i++) {
		ck_assert_uint_eq(set[i].digest_type, types[i]);
		ck_assert_uint_eq(set[i].digest_length, dw_ds_digest_length(types[i]));
	}
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(of_a_zone_that_is_not_there_there_is_nothing)
{
	static const uint8_t types[] = {2};
	const struct dw_delegation_facts facts = {.zone = dw_name_make("example.org")};
	struct dw_ds_fact set[DW_DS_MAX];

	ck_assert_uint_eq(dw_dsright_make(&facts, types, 1, set), 0);
	ck_assert(!dw_dsright_entry(&facts, set));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsright");
	TCase *test = tcase_create("dsright");

	tcase_add_loop_test(test, the_set_is_made_of_the_keys_that_sign_or_are_asked_for, 0, DW_ROWS(cases));
	tcase_add_test(test, a_standby_key_that_is_asked_for_has_its_record_and_is_not_the_only_one_named);
	tcase_add_test(test, servers_with_different_keys_have_one_record_each);
	tcase_add_test(test, each_digest_type_is_a_record);
	tcase_add_test(test, of_a_zone_that_is_not_there_there_is_nothing);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
