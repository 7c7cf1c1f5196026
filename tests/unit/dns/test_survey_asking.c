#include "dns/survey.h"

#include <string.h>

#include "support/play.h"
#include "support/suite.h"

/* How often a question of this type was put to a server. */
static unsigned asked(const struct dw_play *play, const char *address, uint16_t type)
{
	unsigned n = 0;

	for (unsigned i = 0; i < play->n_asked; i++) {
		char text[DW_ADDRESS_TEXT_MAX];
		dw_address_format(&play->asked[i].server, text);
		n += strcmp(text, address) == 0 && (type == DW_TYPE_ANY || play->asked[i].ask.type == type);
	}
	return n;
}

START_TEST(a_silent_server_is_asked_once)
{
	struct dw_play *play = dw_play_new();

	dw_authority_free(play->servers[1]);
	play->servers[1] = NULL;
	dw_play_run(play);
	ck_assert_uint_eq(asked(play, "192.0.2.2", DW_TYPE_ANY), 1);
	ck_assert_uint_eq(asked(play, "192.0.2.1", DW_TYPE_ANY), 4);
	for (unsigned i = 1; i < 4; i++)
		ck_assert(!play->facts->servers[1].replies[i].asked);
	ck_assert_uint_eq(play->figures.servers_bad, 1);
	dw_play_end(play);
}
END_TEST

START_TEST(a_server_with_an_error_is_still_asked_for_the_soa)
{
	struct dw_play *play = dw_play_new();

	play->servers[1]->manners.rcode = DW_RCODE_SERVFAIL;
	dw_play_run(play);
	ck_assert_uint_eq(asked(play, "192.0.2.2", DW_TYPE_ANY), 2);
	ck_assert_uint_eq(asked(play, "192.0.2.2", DW_TYPE_SOA), 1);
	dw_play_end(play);
}
END_TEST

START_TEST(questions_want_dnssec_and_no_rrsig_is_asked_for_by_its_type)
{
	struct dw_play *play = dw_play_new();

	dw_play_record(play, "www.example.org A");
	dw_play_record(play, "safe.example.org DS");
	dw_play_run(play);
	for (unsigned i = 0; i < play->n_asked; i++) {
		const struct dw_ask *ask = &play->asked[i].ask;
		ck_assert(ask->edns && ask->dnssec_ok && ask->checking_disabled && ask->nsid);
		ck_assert_uint_eq(ask->payload_size, 1232);
		ck_assert_uint_ne(ask->type, DW_TYPE_RRSIG);
		/* The servers were named by the user, and may be resolvers. */
		ck_assert(ask->recursion_desired);
	}
	dw_play_end(play);
}
END_TEST

START_TEST(only_the_topics_that_are_wanted_are_asked_for)
{
	struct dw_play *play = dw_play_new();

	play->plan.topics = 1U << DW_TOPIC_DNSKEY | 1U << DW_TOPIC_SOA;
	dw_play_record(play, "www.example.org A");
	dw_play_run(play);
	ck_assert_uint_eq(play->n_asked, 4);
	dw_play_end(play);
}
END_TEST

START_TEST(nothing_is_lost_when_a_survey_is_given_up)
{
	struct dw_play *play = dw_play_new();
	struct dw_question question;
	unsigned tag;

	ck_assert_int_eq(dw_host_parse("192.0.2.1", &play->plan.discovery.hosts[0], NULL), DW_OK);
	play->plan.discovery.n_hosts = 1;
	ck_assert_int_eq(dw_survey_new(&play->plan, &play->survey, NULL), DW_OK);
	ck_assert(dw_survey_class.next(play->survey, &question, &tag));
	ck_assert(!dw_survey_class.next(play->survey, &question, &tag));
	dw_play_end(play);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("survey_asking");
	TCase *rows = tcase_create("asking");

	tcase_add_test(rows, a_silent_server_is_asked_once);
	tcase_add_test(rows, a_server_with_an_error_is_still_asked_for_the_soa);
	tcase_add_test(rows, questions_want_dnssec_and_no_rrsig_is_asked_for_by_its_type);
	tcase_add_test(rows, only_the_topics_that_are_wanted_are_asked_for);
	tcase_add_test(rows, nothing_is_lost_when_a_survey_is_given_up);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
