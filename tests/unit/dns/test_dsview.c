#include "dns/dsview.h"

#include <string.h>

#include "support/cutcase.h"
#include "support/suite.h"

/* A cut, and its parent's set against the keys of the zone's first server. */
struct seen {
	struct dw_cutcase trial;
	struct dw_delegation *delegation;
	struct dw_name zone;
	struct dw_dsverdict_set set;
	struct dw_dsview view;
};

static void look(struct seen *seen)
{
	seen->delegation = dw_cutcase_ask(&seen->trial);
	seen->zone = dw_name_make("example.org");
	seen->set = (struct dw_dsverdict_set){.n_ds = 1, .ds[0] = dw_cutcase_right(&seen->trial)};
}

static void hold(struct seen *seen)
{
	const struct dw_survey_facts *side = dw_delegation_facts(seen->delegation)->zone_side;

	dw_dsview_look(&seen->zone, &seen->set, &side->servers[0], &seen->view);
}

static void end(struct seen *seen)
{
	dw_delegation_free(seen->delegation);
	dw_cutcase_end(&seen->trial);
}

START_TEST(the_right_record_leads_to_the_key_that_signs)
{
	struct seen seen = {.trial = dw_cutcase_of(NULL, NULL)};

	look(&seen);
	hold(&seen);
	ck_assert_int_eq(seen.view.leads[0], DW_LEAD_GOOD);
	ck_assert_uint_eq(seen.view.named[0]->key_tag, seen.set.ds[0].key_tag);
	ck_assert(seen.view.usable && seen.view.works && seen.view.fresh == NULL);
	end(&seen);
}
END_TEST

START_TEST(a_key_that_no_record_names_is_fresh)
{
	struct seen seen = {.trial = dw_cutcase_of(NULL, NULL)};

	look(&seen);
	memset(seen.set.ds[0].digest, 0, sizeof(seen.set.ds[0].digest));
	hold(&seen);
	ck_assert_int_eq(seen.view.leads[0], DW_LEAD_NOWHERE);
	ck_assert_ptr_null(seen.view.named[0]);
	ck_assert(seen.view.usable && !seen.view.works);
	ck_assert_ptr_nonnull(seen.view.fresh);
	ck_assert_uint_eq(seen.view.fresh->key_tag, seen.set.ds[0].key_tag);
	end(&seen);
}
END_TEST

START_TEST(a_set_of_unknown_digests_is_of_no_use)
{
	struct seen seen = {.trial = dw_cutcase_of(NULL, NULL)};

	look(&seen);
	seen.set.ds[0].digest_type = 200;
	hold(&seen);
	ck_assert(!seen.view.usable && !seen.view.works);
	seen.set.n_ds = 0;
	hold(&seen);
	ck_assert(!seen.view.usable && !seen.view.works && seen.view.fresh != NULL);
	end(&seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dsview");
	TCase *test = tcase_create("dsview");

	tcase_add_test(test, the_right_record_leads_to_the_key_that_signs);
	tcase_add_test(test, a_key_that_no_record_names_is_fresh);
	tcase_add_test(test, a_set_of_unknown_digests_is_of_no_use);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
