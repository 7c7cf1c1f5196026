#include "survey_json.h"

#include <stdlib.h>

#include "support/seen.h"
#include "support/suite.h"

START_TEST(every_fact_of_a_survey_is_in_the_document)
{
	struct dw_seen *seen = dw_seen_new();
	json_t *facts = NULL, *server = NULL, *reply = NULL, *rrset = NULL;
	const char *ds = NULL, *name = NULL, *topic = NULL, *kind = NULL, *proof = NULL, *security = NULL,
			   *digest = NULL;
	int tag = 0, aa = 0, proven = 0, in_ds = 0;

	dw_seen_ds(seen, 4711);
	seen->discovery.ds[0].digest[0] = 0xab;
	facts = dw_survey_json(&seen->facts);
	ck_assert_ptr_nonnull(facts);
	ck_assert_int_eq(
		json_unpack(facts, "{s:{s:s, s:[{s:s}]}}", "discovery", "ds", &ds, "ds_set", "digest", &digest), 0);
	ck_assert_str_eq(ds, "present");
	ck_assert_int_eq(digest[0] == 'A' && digest[1] == 'B' && digest[63] == '0' && digest[64] == '\0', 1);
	server = json_array_get(json_object_get(facts, "servers"), 1);
	ck_assert_int_eq(
		json_unpack(server, "{s:{s:s}, s:[{s:b}]}", "server", "name", &name, "keys", "in_ds", &in_ds), 0);
	ck_assert_str_eq(name, "ns2.example.org");
	ck_assert_int_eq(in_ds, 1);
	reply = json_array_get(json_object_get(server, "replies"), DW_SEEN_ABSENT);
	ck_assert_int_eq(json_unpack(reply, "{s:s, s:s, s:{s:b}, s:{s:b, s:s}}", "topic", &topic, "kind", &kind,
						 "transport", "aa", &aa, "denial", "proven", &proven, "result", &proof),
		0);
	ck_assert_str_eq(topic, "absent");
	ck_assert_str_eq(kind, "nxdomain");
	ck_assert_int_eq(aa && proven, 1);
	rrset = json_array_get(json_object_get(reply, "rrsets"), 0);
	ck_assert_int_eq(
		json_unpack(rrset, "{s:s, s:[{s:i}]}", "security", &security, "signatures", "key_tag", &tag), 0);
	ck_assert_str_eq(security, "secure");
	ck_assert_int_eq(tag, 1234);
	json_decref(facts);
	free(seen);
}
END_TEST

START_TEST(what_was_not_denied_or_seen_is_null)
{
	struct dw_seen *seen = dw_seen_new();
	json_t *facts = NULL, *reply = NULL;

	dw_seen_silence(seen, 0, DW_TIMEOUT);
	seen->replies[0][0].soa_seen = false;
	facts = dw_survey_json(&seen->facts);
	reply = json_array_get(
		json_object_get(json_array_get(json_object_get(facts, "servers"), 0), "replies"), DW_SEEN_DNSKEY);
	ck_assert_str_eq(json_string_value(json_object_get(reply, "kind")), "none");
	ck_assert_str_eq(json_string_value(json_object_get(reply, "status")), "timed out");
	ck_assert(json_is_null(json_object_get(reply, "denial")));
	ck_assert(json_is_null(json_object_get(reply, "serial")));
	ck_assert(json_is_null(json_object_get(json_object_get(facts, "discovery"), "apex")));
	json_decref(facts);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/survey_json");
	TCase *tests = tcase_create("survey_json");

	tcase_add_test(tests, every_fact_of_a_survey_is_in_the_document);
	tcase_add_test(tests, what_was_not_denied_or_seen_is_null);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
