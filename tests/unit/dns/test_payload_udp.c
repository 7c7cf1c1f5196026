#include "dns/payload_udp.h"

#include <string.h>

#include "support/pathway.h"
#include "support/suite.h"

static const struct dw_pathway_row rows[] = {
	{DW_PATHWAY(DW_PATHWAY_UDP_512), "udp-size", "udp-size WARNING"},
	{DW_PATHWAY(DW_PATHWAY_FRAGMENTS), "fragments-dropped", "fragments-dropped WARNING"},
	{DW_PATHWAY(DW_PATHWAY_BROKEN), "answer-malformed", "answer-malformed WARNING"},
	{DW_PATHWAY(DW_PATHWAY_BROKEN) | DW_PATHWAY(DW_PATHWAY_TCP_BROKEN), "answer-malformed",
		"answer-malformed CRITICAL"},
};

START_TEST(what_becomes_of_udp_answers_is_named)
{
	dw_pathway_check(&rows[_i]);
}
END_TEST

START_TEST(the_sizes_between_which_answers_are_dropped_are_given)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.faults = DW_PATHWAY(DW_PATHWAY_UDP_512);
	dw_pathway_look(&path, &plan, &look);
	const struct dw_payload_verdict *verdict = &look.figures.verdicts[0];
	ck_assert_uint_le(verdict->udp_passed, 512);
	ck_assert_uint_gt(verdict->udp_passed, 300);
	ck_assert_uint_gt(verdict->udp_lost, 512);
	ck_assert_uint_lt(verdict->udp_lost, 1232);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* What is said where the zone has no answer of nearly a packet. */
#define EITHER "fragments are dropped, or there is a limit in between: UDP answers of "

/* A server, what is in the way, and the verdict with the start of its text. */
static const struct {
	const char *server;
	enum dw_pathway_fault fault;
	bool tcp_too; /* the usual segment stalls */
	const char *verdict, *text;
} gaps[] = {
	{"192.0.2.1", DW_PATHWAY_UDP_512, false, "udp-size", "UDP answers of "},
	{"192.0.2.1", DW_PATHWAY_FRAGMENTS, false, "fragments-dropped", EITHER},
	{"192.0.2.1", DW_PATHWAY_UDP_1232, false, "fragments-dropped", EITHER},
	{"2001:db8::1", DW_PATHWAY_UDP_512, false, "udp-size", "UDP answers of "},
	{"2001:db8::1", DW_PATHWAY_FRAGMENTS, false, "fragments-dropped", EITHER},
	{"2001:db8::1", DW_PATHWAY_UDP_1232, false, "fragments-dropped", EITHER},
	{"2001:db8::1", DW_PATHWAY_MTU_1280, true, "path-mtu", "the path has a small MTU, and nobody is told: "},
};

START_TEST(what_large_answers_are_lost_for_is_said_as_far_as_it_can_be_told)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan(gaps[_i].server);
	struct dw_pathway_look look;

	path.faults = DW_PATHWAY(gaps[_i].fault);
	dw_pathway_look(&path, &plan, &look);
	const struct dw_payload_verdict *verdict = &look.figures.verdicts[0];
	ck_assert_str_eq(verdict->kind->word, gaps[_i].verdict);
	ck_assert_int_eq(strncmp(verdict->text, gaps[_i].text, strlen(gaps[_i].text)), 0);
	ck_assert_str_eq(look.found,
		gaps[_i].tcp_too                                ? "path-mtu CRITICAL, path-mtu WARNING"
			: strcmp(gaps[_i].verdict, "udp-size") == 0 ? "udp-size WARNING"
														: "fragments-dropped WARNING");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* Thresholds, and what is found at a server that sends and advertises up to 4096 octets. */
static const struct {
	const char *warning, *critical, *found;
} thresholds[] = {
	{"5000", "5000", ""},
	{"1232", "5000", "large-answer WARNING, large-buffer WARNING"},
	{"4000", "5000", "large-buffer WARNING"},
	{"1232", "4000", "large-buffer CRITICAL, large-answer WARNING"},
	{"512", "1232", "large-answer CRITICAL, large-buffer CRITICAL"},
};

START_TEST(what_is_larger_than_the_user_wants_is_found)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_size_policy policy;
	struct dw_pathway_look look;

	ck_assert_int_eq(dw_range_parse(thresholds[_i].warning, DW_RANGE_COUNT, &policy.warning, NULL), DW_OK);
	ck_assert_int_eq(dw_range_parse(thresholds[_i].critical, DW_RANGE_COUNT, &policy.critical, NULL), DW_OK);
	dw_pathway_look(&path, &plan, &look);
	dw_pathway_look_again(&look, &policy);
	ck_assert_str_eq(look.found, thresholds[_i].found);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* What else was seen of an address that is healthy. */
static const struct {
	unsigned n_elsewhere, n_garbage, n_repeated;
	const char *found;
} besides[] = {
	{1, 0, 0, "other-address WARNING"},
	{0, 2, 0, "garbage WARNING"},
	{0, 0, 3, "answers-twice WARNING"},
	{1, 2, 3, "other-address WARNING, garbage WARNING, answers-twice WARNING"},
};

/* Counts, and the words for them. */
static const struct {
	unsigned n_elsewhere, n_garbage, n_repeated;
	const char *text;
} counts[] = {
	{1, 0, 0, "1 UDP answer came from another address, 192.0.2.9"},
	{2, 0, 0, "2 UDP answers came from another address, 192.0.2.9"},
	{0, 1, 0, "1 datagram answers nothing that was asked"},
	{0, 2, 0, "2 datagrams answer nothing that was asked"},
	{0, 0, 1, "1 UDP answer came twice"},
	{0, 0, 2, "2 UDP answers came twice"},
};

START_TEST(what_comes_beside_the_answers_is_counted)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	struct dw_payload_address *address = &look.facts->addresses[0];
	address->elsewhere = dw_address_of((const uint8_t[]){192, 0, 2, 9}, 4, 53);
	address->n_elsewhere = counts[_i].n_elsewhere;
	address->n_garbage = counts[_i].n_garbage;
	address->n_repeated = counts[_i].n_repeated;
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.figures.verdicts[0].text, counts[_i].text);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* The size of the answer to a question without EDNS, and what is found. */
static const struct {
	size_t size;
	const char *found, *text;
} ignored[] = {
	{512, "", ""},
	{513, "buffer-ignored WARNING", "a UDP answer has 513 octets, to a question that takes 512"},
	{65507, "buffer-ignored WARNING", "a UDP answer has 65507 octets, to a question that takes 512"},
};

START_TEST(an_answer_that_is_larger_than_the_question_takes_is_found)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	look.facts->addresses[0].rungs[0].reply.size = ignored[_i].size;
	ck_assert_uint_eq(look.facts->addresses[0].rungs[0].size, 0);
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, ignored[_i].found);
	ck_assert_str_eq(look.figures.verdicts[0].text, ignored[_i].text);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(tcp_that_was_not_asked_often_enough_is_not_said_to_be_lost_udp)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		struct dw_payload_rung *rung = &look.facts->addresses[0].rungs[i];

		if (!rung->tcp || rung->n_asked == 0)
			continue;
		rung->answered = false;
		rung->n_answered = 0;
		rung->n_lost = rung->n_chances = rung->n_asked = 1;
		rung->status = DW_TIMEOUT;
	}
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.figures.verdicts[0].text,
		"some questions by TCP were never answered, and none by UDP was lost: loss, or time was short");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(what_comes_beside_the_answers_is_found)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	dw_pathway_look(&path, &plan, &look);
	struct dw_payload_address *address = &look.facts->addresses[0];
	address->n_elsewhere = besides[_i].n_elsewhere;
	address->n_garbage = besides[_i].n_garbage;
	address->n_repeated = besides[_i].n_repeated;
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, besides[_i].found);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

/* A server, and what is found when an answer of 1364 octets is lost and larger ones come. */
static const struct {
	const char *server, *found;
} holes[] = {{"192.0.2.1", "unanswered WARNING"}, {"2001:db8::1", "path-mtu WARNING"}};

START_TEST(an_answer_that_is_lost_among_larger_ones_tells_of_a_small_mtu)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan(holes[_i].server);
	struct dw_pathway_look look;
	unsigned n_between = 0;

	dw_pathway_look(&path, &plan, &look);
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		struct dw_payload_rung *rung = &look.facts->addresses[0].rungs[i];

		if (rung->probe != DW_PROBE_BETWEEN)
			continue;
		/* The second name is longer by a label of 63 octets. */
		if (n_between++ == 0)
			rung->reply.size = 1300;
		else if (n_between > 2)
			rung->n_asked = rung->n_answered = rung->answered = 0;
		else
			*rung = (struct dw_payload_rung){.probe = rung->probe,
				.topic = rung->topic,
				.record = rung->record,
				.size = rung->size,
				.dnssec_ok = true,
				.n_asked = 12,
				.n_lost = 12};
	}
	dw_pathway_look_again(&look, NULL);
	ck_assert_str_eq(look.found, holes[_i].found);
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_udp");
	TCase *tests = tcase_create("payload_udp");

	tcase_add_loop_test(tests, what_becomes_of_udp_answers_is_named, 0, DW_ROWS(rows));
	tcase_add_loop_test(
		tests, what_large_answers_are_lost_for_is_said_as_far_as_it_can_be_told, 0, DW_ROWS(gaps));
	tcase_add_test(tests, the_sizes_between_which_answers_are_dropped_are_given);
	tcase_add_loop_test(tests, what_is_larger_than_the_user_wants_is_found, 0, DW_ROWS(thresholds));
	tcase_add_loop_test(tests, what_comes_beside_the_answers_is_found, 0, DW_ROWS(besides));
	tcase_add_loop_test(tests, what_comes_beside_the_answers_is_counted, 0, DW_ROWS(counts));
	tcase_add_loop_test(
		tests, an_answer_that_is_larger_than_the_question_takes_is_found, 0, DW_ROWS(ignored));
	tcase_add_test(tests, tcp_that_was_not_asked_often_enough_is_not_said_to_be_lost_udp);
	tcase_add_loop_test(
		tests, an_answer_that_is_lost_among_larger_ones_tells_of_a_small_mtu, 0, DW_ROWS(holes));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
