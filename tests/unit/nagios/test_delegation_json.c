#include "delegation_json.h"

#include <string.h>

#include "dns/dsset.h"
#include "dns/dsverdict.h"
#include "support/cutcase.h"
#include "support/suite.h"

START_TEST(every_fact_of_a_cut_is_in_the_document)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, "example.org. 3600 IN CDS 0 0 0 00\n");
	struct dw_ds_fact right = dw_realm_anchor(dw_cutcase_zone(&trial)).ds;
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	json_t *facts = dw_delegation_json(dw_delegation_facts(delegation));
	const char *zone = NULL, *parent = NULL, *trust = NULL, *server = NULL, *security = NULL, *digest = NULL,
			   *cds = NULL, *key_digest = NULL;
	int wanted = 0, known = 0, tag = 0, flags = 0, signs = 0;
	char text[DW_DS_TEXT_MAX];

	ck_assert_int_eq(
		json_unpack(facts, "{s:s, s:s, s:b, s:{s:s}, s:[{s:s, s:b, s:s, s:n, s:[{s:i, s:s}]}, *]}", "zone",
			&zone, "parent", &parent, "parent_wanted", &wanted, "trust", "state", &trust, "ds", "server",
			&server, "known", &known, "security", &security, "absent", "ds_set", "key_tag", &tag, "digest",
			&digest),
		0);
	ck_assert_str_eq(zone, "example.org");
	ck_assert_str_eq(parent, "org");
	ck_assert_str_eq(trust, "secure");
	ck_assert_str_eq(server, "a.nic.org 192.0.2.1");
	ck_assert_str_eq(security, "secure");
	ck_assert(wanted && known);
	ck_assert_int_eq(tag, right.key_tag);
	ck_assert_ptr_nonnull(strstr(dw_ds_format(&right, text), digest));
	json_t *keys = json_object_get(json_array_get(json_object_get(facts, "keys"), 1), "keys");
	ck_assert_uint_eq(json_array_size(keys), 2);
	for (size_t i = 0; i < 2 && flags != 257; i++)
		ck_assert_int_eq(json_unpack(json_array_get(keys, i), "{s:i, s:b, s:{s:s}}", "flags", &flags, "signs",
							 &signs, "ds", "digest", &key_digest),
			0);
	ck_assert(signs);
	ck_assert_str_eq(key_digest, digest);
	ck_assert_int_eq(json_unpack(json_array_get(json_object_get(facts, "wishes"), 0),
						 "{s:{s:[{s:i, s:s}]}, s:{s:n, s:[]}}", "cds", "ds_set", "key_tag", &tag, "digest",
						 &cds, "cdnskey", "security", "key_tags"),
		0);
	ck_assert_str_eq(cds, "00");
	ck_assert(json_is_object(json_object_get(facts, "parent_side")));
	ck_assert(json_is_object(json_object_get(facts, "zone_side")));
	json_decref(facts);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(that_there_is_no_ds_is_shown_with_its_proof)
{
	struct dw_cutcase trial = dw_cutcase_of("", NULL);
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	json_t *facts = dw_delegation_json(dw_delegation_facts(delegation));
	const char *absent = NULL;
	int known = 0;

	ck_assert_int_eq(json_unpack(json_array_get(json_object_get(facts, "ds"), 0), "{s:b, s:n, s:s, s:[]}",
						 "known", &known, "security", "absent", &absent, "ds_set"),
		0);
	ck_assert(known);
	ck_assert_str_ne(absent, "");
	json_decref(facts);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(what_was_not_asked_is_null_and_children_are_cuts)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, "lb.example.org. 3600 IN NS ns1.example.org.\n");
	const char *child = NULL;

	trial.plan->no_parent = true;
	trial.plan->n_children = 1;
	trial.plan->children[0] = dw_name_make("lb.example.org");
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	json_t *facts = dw_delegation_json(dw_delegation_facts(delegation));
	ck_assert(json_is_null(json_object_get(facts, "parent_side")));
	ck_assert(json_is_null(json_object_get(facts, "trust")));
	ck_assert(json_is_null(json_object_get(facts, "signals")));
	ck_assert_uint_eq(json_array_size(json_object_get(facts, "ds")), 0);
	ck_assert_int_eq(json_unpack(facts, "{s:[{s:s}]}", "children", "zone", &child), 0);
	ck_assert_str_eq(child, "lb.example.org");
	json_decref(facts);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

/* The names of the members of an object are in the text of the schema. */
static void look_up(const json_t *object)
{
	const char *key = NULL;
	json_t *value = NULL;

	json_object_foreach((json_t *)(uintptr_t)object, key, value)
		ck_assert_msg(strstr(dw_delegation_json_schema, key) != NULL, "%s is not explained", key);
}

START_TEST(the_schema_explains_each_member)
{
	struct dw_cutcase trial = dw_cutcase_of(NULL, NULL);

	trial.plan->signal = true;
	struct dw_delegation *delegation = dw_cutcase_ask(&trial);
	json_t *facts = dw_delegation_json(dw_delegation_facts(delegation));

	look_up(facts);
	ck_assert_uint_eq(json_array_size(json_object_get(facts, "signals")), 2);
	look_up(json_array_get(json_object_get(facts, "signals"), 0));
	look_up(json_object_get(facts, "trust"));
	look_up(json_array_get(json_object_get(facts, "ds"), 0));
	look_up(json_array_get(json_object_get(json_array_get(json_object_get(facts, "ds"), 0), "ds_set"), 0));
	look_up(json_array_get(json_object_get(facts, "keys"), 0));
	look_up(json_array_get(json_object_get(json_array_get(json_object_get(facts, "keys"), 0), "keys"), 0));
	look_up(json_array_get(json_object_get(facts, "wishes"), 0));
	json_decref(facts);
	dw_delegation_free(delegation);
	dw_cutcase_end(&trial);
}
END_TEST

START_TEST(a_set_is_a_list_of_lines)
{
	const struct dw_name zone = dw_name_make("example.org");
	const struct dw_ds_fact ds[] = {{4711, 13, 2, 2, {0xab, 0xcd}}, {1, 8, 1, 1, {0xef}}};
	json_t *lines = dw_delegation_json_lines(&zone, ds, 2);

	ck_assert_uint_eq(json_array_size(lines), 2);
	ck_assert_str_eq(json_string_value(json_array_get(lines, 0)), "example.org. IN DS 4711 13 2 ABCD");
	ck_assert_str_eq(json_string_value(json_array_get(lines, 1)), "example.org. IN DS 1 8 1 EF");
	json_decref(lines);
}
END_TEST

START_TEST(the_manual_page_has_every_word)
{
	for (int kind = 0; kind < DW_DSV_KINDS; kind++) {
		const struct dw_finding_kind *row = dw_dsverdict_row((enum dw_dsverdict_kind)kind);
		ck_assert_msg(
			row->severity <= DW_NOTE || strstr(dw_delegation_words, row->word) != NULL, "%s", row->word);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/delegation_json");
	TCase *tests = tcase_create("delegation_json");

	tcase_add_test(tests, every_fact_of_a_cut_is_in_the_document);
	tcase_add_test(tests, that_there_is_no_ds_is_shown_with_its_proof);
	tcase_add_test(tests, what_was_not_asked_is_null_and_children_are_cuts);
	tcase_add_test(tests, the_schema_explains_each_member);
	tcase_add_test(tests, a_set_is_a_list_of_lines);
	tcase_add_test(tests, the_manual_page_has_every_word);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
