#include "dns/presence.h"

#include <stdlib.h>
#include <string.h>

#include "support/seen.h"
#include "support/suite.h"

/* What kind of answer to which question says something. */
static const struct {
	enum dw_reply_kind kind;
	bool dnskey, soa, ns, absent, record;
} uses[] = {
	{DW_REPLY_NONE, false, false, false, false, false},
	{DW_REPLY_BROKEN, false, false, false, false, false},
	{DW_REPLY_ERROR, false, false, false, false, false},
	{DW_REPLY_LAME, false, false, false, false, false},
	{DW_REPLY_REFERRAL, false, false, false, false, true},
	{DW_REPLY_POSITIVE, true, true, true, true, true},
	{DW_REPLY_NO_DATA, true, false, false, true, true},
	{DW_REPLY_NXDOMAIN, false, false, false, true, true},
};

START_TEST(an_answer_is_useful_for_some_questions)
{
	const bool useful[] = {uses[_i].dnskey, uses[_i].soa, uses[_i].ns, uses[_i].absent, uses[_i].record};

	for (unsigned topic = DW_TOPIC_DNSKEY; topic <= DW_TOPIC_RECORD; topic++) {
		const struct dw_reply reply = {.topic = (enum dw_topic)topic, .kind = uses[_i].kind};
		ck_assert(dw_presence_useful(&reply) == useful[topic]);
	}
}
END_TEST

/* How the SOA question went on ns1 and on ns2, and what is found of ns1. */
static const struct {
	enum dw_reply_kind kinds[2];
	enum dw_status status;
	enum dw_severity worst;
	const char *word, *text;
} cases[] = {
	{{DW_REPLY_POSITIVE, DW_REPLY_POSITIVE}, DW_OK, DW_NOTE, NULL, NULL},
	{{DW_REPLY_NONE, DW_REPLY_POSITIVE}, DW_TIMEOUT, DW_WARNING, "server-silent",
		"example.org: ns1.example.org 192.0.2.1: SOA question is not answered: "},
	{{DW_REPLY_NONE, DW_REPLY_NONE}, DW_TIMEOUT, DW_CRITICAL, "server-silent", "SOA question"},
	{{DW_REPLY_NONE, DW_REPLY_POSITIVE}, DW_MALFORMED, DW_WARNING, "answer-malformed", "no usable answer"},
	{{DW_REPLY_NONE, DW_REPLY_POSITIVE}, DW_SYSTEM, DW_UNKNOWN, "not-reachable", "could not be asked"},
	{{DW_REPLY_NONE, DW_REPLY_POSITIVE}, DW_NO_ROUTE, DW_NOTE, "no-route", "no route to that address"},
	{{DW_REPLY_BROKEN, DW_REPLY_POSITIVE}, DW_MALFORMED, DW_WARNING, "answer-malformed",
		"SOA answer does not parse, though the server has the zone"},
	{{DW_REPLY_ERROR, DW_REPLY_POSITIVE}, DW_OK, DW_WARNING, "server-error",
		"SOA question is answered with SERVFAIL, though the server has the zone"},
	{{DW_REPLY_LAME, DW_REPLY_POSITIVE}, DW_OK, DW_WARNING, "server-lame", "the server is lame"},
	{{DW_REPLY_NO_DATA, DW_REPLY_POSITIVE}, DW_OK, DW_WARNING, "server-lame", "answered with no data"},
	{{DW_REPLY_NXDOMAIN, DW_REPLY_LAME}, DW_OK, DW_CRITICAL, "server-lame", "answered with NXDOMAIN"},
};

START_TEST(a_question_without_use_is_found)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_findings findings = {.items = NULL};
	struct dw_judgement judgement;

	for (unsigned i = 0; i < 2; i++) {
		struct dw_reply *reply = &seen->replies[i][DW_SEEN_SOA];
		reply->kind = cases[_i].kinds[i];
		reply->status = cases[_i].status;
		reply->rcode = DW_RCODE_SERVFAIL;
	}
	dw_judgement_init(&judgement, &seen->facts, &findings);
	dw_presence_judge(&judgement, &seen->servers[0]);
	dw_judgement_finish(&judgement);
	ck_assert_int_eq(findings.worst, cases[_i].worst);
	ck_assert_uint_eq(findings.n_findings, cases[_i].word != NULL);
	if (cases[_i].word != NULL) {
		ck_assert_str_eq(findings.items[0].kind->word, cases[_i].word);
		ck_assert_msg(strstr(findings.items[0].text, cases[_i].text) != NULL, "%s", findings.items[0].text);
	}
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(a_server_that_does_not_serve_is_found_once)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_findings findings = {.items = NULL};
	struct dw_judgement judgement;

	dw_seen_silence(seen, 1, DW_TIMEOUT);
	for (unsigned i = 0; i < 4; i++)
		seen->replies[1][i].asked = true;
	ck_assert(dw_presence_serves(&seen->servers[0]));
	ck_assert(!dw_presence_serves(&seen->servers[1]));
	dw_judgement_init(&judgement, &seen->facts, &findings);
	dw_presence_judge(&judgement, &seen->servers[1]);
	dw_judgement_finish(&judgement);
	ck_assert_uint_eq(findings.n_findings, 1);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(a_question_without_time_says_nothing_of_its_server)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_findings findings = {.items = NULL};
	struct dw_judgement judgement;

	for (unsigned i = 0; i < 2; i++) {
		dw_seen_silence(seen, i, DW_TIMEOUT);
		seen->replies[i][0].late = true;
	}
	dw_judgement_init(&judgement, &seen->facts, &findings);
	dw_presence_judge(&judgement, &seen->servers[0]);
	dw_judgement_finish(&judgement);
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_int_eq(findings.worst, DW_UNKNOWN);
	ck_assert_str_eq(findings.items[0].kind->word, "not-asked");
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("presence");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, an_answer_is_useful_for_some_questions, 0, DW_ROWS(uses));
	tcase_add_loop_test(rows, a_question_without_use_is_found, 0, DW_ROWS(cases));
	tcase_add_test(rows, a_server_that_does_not_serve_is_found_once);
	tcase_add_test(rows, a_question_without_time_says_nothing_of_its_server);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
