#include "payload_json.h"

#include <stdlib.h>
#include <string.h>

#include "dns/payload_verdict.h"
#include "dns/reply_size_verdict.h"
#include "support/rungs.h"
#include "support/suite.h"

/* A path of members and indices, "addresses/0/packets", and the value as compact JSON. */
static const struct {
	const char *path;
	const char *value;
} members[] = {
	{"via", "false"},
	{"packets", "15"},
	{"discovery/hosts_given", "false"},
	{"addresses/0/server/name", "\"ns1.example.org\""},
	{"addresses/0/server/address", "\"192.0.2.1\""},
	{"addresses/0/packets", "15"},
	{"addresses/0/ended", "true"},
	{"addresses/0/elsewhere", "{\"count\":1,\"address\":\"192.0.2.9\"}"},
	{"addresses/0/garbage", "2"},
	{"addresses/0/repeated", "0"},
	{"addresses/0/verdict/word", "\"fragments-dropped\""},
	{"addresses/0/verdict/severity", "\"CRITICAL\""},
	{"addresses/0/verdict/text", "\"fragments are dropped\""},
	{"addresses/0/verdict/hint", "\"let fragments pass\""},
	{"addresses/0/verdict/udp_passed", "1180"},
	{"addresses/0/verdict/udp_lost", "2900"},
	{"addresses/0/verdict/asked", "8"},
	{"addresses/0/verdict/signed_udp", "false"},
	{"addresses/0/rungs/0/probe", "\"plain\""},
	{"addresses/0/rungs/0/topic", "\"soa\""},
	{"addresses/0/rungs/0/name", "\"example.org\""},
	{"addresses/0/rungs/0/type", "\"SOA\""},
	{"addresses/0/rungs/0/transport", "\"udp\""},
	{"addresses/0/rungs/0/size", "null"},
	{"addresses/0/rungs/0/segment", "null"},
	{"addresses/0/rungs/0/gap", "null"},
	{"addresses/0/rungs/0/reply/edns", "null"},
	{"addresses/0/rungs/0/reply/size", "98"},
	{"addresses/0/rungs/1/reply/tc", "true"},
	{"addresses/0/rungs/1/reply/edns", "{\"version\":0,\"flags\":32768,\"do\":true,\"advertised\":1232}"},
	{"addresses/0/rungs/2/lost", "5"},
	{"addresses/0/rungs/2/status", "\"timed out\""},
	{"addresses/0/rungs/2/reply", "null"},
	{"addresses/0/rungs/3/transport", "\"tcp\""},
	{"addresses/0/rungs/3/segment", "536"},
	{"addresses/0/rungs/3/gap", "{\"stage\":\"reading\",\"read\":700,\"wanted\":2900}"},
	{"addresses/0/rungs/3/refused", "1"},
	{"addresses/0/rungs/5/asked", "0"},
	{"addresses/0/rungs/5/probe", "\"validate\""},
	{"addresses/0/rungs/6", NULL},
};

/* The value at the end of a path; NULL when there is none. */
static json_t *find(json_t *value, const char *path)
{
	char part[32];
	int length = 0;

	for (; value != NULL && sscanf(path, "%31[^/]%n", part, &length) == 1; path += length) {
		value = json_is_array(value) ? json_array_get(value, strtoul(part, NULL, 10))
									 : json_object_get(value, part);
		length += path[length] == '/';
	}
	return value;
}

START_TEST(the_whole_ladder_is_there)
{
	struct dw_rungs *rungs = dw_rungs_sample();
	json_t *object = dw_payload_json(&rungs->facts, &rungs->figures);
	json_t *value = find(object, members[_i].path);
	char *text = value == NULL ? NULL : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	ck_assert_ptr_nonnull(object);
	if (members[_i].value == NULL)
		ck_assert_ptr_null(value);
	else
		ck_assert_str_eq(text == NULL ? "nothing" : text, members[_i].value);
	free(text);
	json_decref(object);
	free(rungs);
}
END_TEST

START_TEST(every_member_is_in_the_manual_page)
{
	struct dw_rungs *rungs = dw_rungs_sample();
	json_t *object = dw_payload_json(&rungs->facts, &rungs->figures);
	json_t *parts[] = {object, find(object, "addresses/0"), find(object, "addresses/0/verdict"),
		find(object, "addresses/0/rungs/1"), find(object, "addresses/0/rungs/1/reply"),
		find(object, "addresses/0/rungs/1/reply/edns"), find(object, "addresses/0/rungs/3/gap")};
	const char *name;
	json_t *value;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		json_object_foreach(parts[i], name, value)
			ck_assert_msg(strstr(dw_payload_json_schema, name) != NULL, "%s", name);
	json_decref(object);
	free(rungs);
}
END_TEST

START_TEST(every_word_is_in_the_manual_page)
{
	for (unsigned i = 0; i < DW_PAYLOAD_KINDS; i++)
		ck_assert_msg(
			strstr(dw_payload_words, dw_payload_row(i)->word) != NULL, "%s", dw_payload_row(i)->word);
	for (unsigned i = 0; i <= DW_REPLY_SIZE_FINE; i++)
		ck_assert_msg(
			strstr(dw_payload_words, dw_reply_size_row(i)->word) != NULL, "%s", dw_reply_size_row(i)->word);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/payload_json");
	TCase *tests = tcase_create("payload_json");

	tcase_add_loop_test(tests, the_whole_ladder_is_there, 0, DW_ROWS(members));
	tcase_add_test(tests, every_member_is_in_the_manual_page);
	tcase_add_test(tests, every_word_is_in_the_manual_page);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
