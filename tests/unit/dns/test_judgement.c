#include "dns/judgement.h"

#include <stdlib.h>
#include <string.h>

#include "support/seen.h"
#include "support/suite.h"

/* A judgement of the healthy zone. */
struct bench {
	struct dw_seen *seen;
	struct dw_findings findings;
	struct dw_judgement judgement;
};

static void begin(struct bench *bench)
{
	memset(bench, 0, sizeof(*bench));
	bench->seen = dw_seen_new();
	dw_judgement_init(&bench->judgement, &bench->seen->facts, &bench->findings);
}

static void end(struct bench *bench)
{
	dw_findings_fini(&bench->findings);
	free(bench->seen);
}

/* Adds a finding about the SOA RRset of ns1. */
static void add(
	struct bench *bench, enum dw_judgement_kind kind, enum dw_severity severity, dw_seconds urgency)
{
	const struct dw_judgement_place place = {.server = &bench->seen->servers[0],
		.owner = &bench->seen->facts.zone,
		.type = DW_TYPE_SOA,
		.urgency = urgency};

	dw_judgement_add(&bench->judgement, kind, severity, &place, "is %d", (int)urgency);
}

START_TEST(every_kind_has_a_word_of_its_own)
{
	const char *word = dw_judgement_row((enum dw_judgement_kind)_i)->word;

	ck_assert_ptr_nonnull(word);
	ck_assert_uint_gt(strlen(word), 0);
	for (int i = 0; i < _i; i++)
		ck_assert_str_ne(dw_judgement_row((enum dw_judgement_kind)i)->word, word);
}
END_TEST

START_TEST(a_hint_is_a_sentence_without_full_stop)
{
	const char *hint = dw_judgement_row((enum dw_judgement_kind)_i)->hint;

	if (hint != NULL) {
		ck_assert_uint_gt(strlen(hint), 10);
		ck_assert_int_ne(hint[strlen(hint) - 1], '.');
	}
}
END_TEST

START_TEST(findings_come_by_severity_then_kind)
{
	struct bench bench;

	begin(&bench);
	add(&bench, DW_FOUND_LEFTOVER, DW_NOTE, 1);
	add(&bench, DW_FOUND_BELOW_TTL, DW_WARNING, 2);
	add(&bench, DW_FOUND_NO_KEY, DW_CRITICAL, 3);
	add(&bench, DW_FOUND_EXPIRED, DW_CRITICAL, 4);
	add(&bench, DW_FOUND_NOT_DISCOVERED, DW_UNKNOWN, 5);
	dw_judgement_finish(&bench.judgement);
	ck_assert_uint_eq(bench.findings.n_findings, 5);
	ck_assert_str_eq(bench.findings.items[0].kind->word, "expired");
	ck_assert_str_eq(bench.findings.items[1].kind->word, "no-key");
	ck_assert_str_eq(bench.findings.items[2].kind->word, "below-ttl");
	ck_assert_str_eq(bench.findings.items[3].kind->word, "not-discovered");
	ck_assert_str_eq(bench.findings.items[4].kind->word, "leftover");
	end(&bench);
}
END_TEST

START_TEST(of_one_kind_the_more_urgent_comes_first)
{
	struct bench bench;

	begin(&bench);
	for (unsigned i = 0; i < 2; i++) {
		const struct dw_judgement_place place = {
			.server = &bench.seen->servers[i], .urgency = 9 - (dw_seconds)i};
		dw_judgement_add(&bench.judgement, DW_FOUND_EXPIRED, DW_CRITICAL, &place, "has %u", i);
	}
	dw_judgement_finish(&bench.judgement);
	ck_assert_str_eq(bench.findings.items[0].text, "example.org: ns2.example.org 192.0.2.2: has 1");
	ck_assert_str_eq(bench.findings.items[1].text, "example.org: ns1.example.org 192.0.2.1: has 0");
	end(&bench);
}
END_TEST

START_TEST(the_same_thing_at_the_same_place_is_found_once)
{
	struct bench bench;

	begin(&bench);
	add(&bench, DW_FOUND_RUNS_OUT, DW_WARNING, 7);
	add(&bench, DW_FOUND_RUNS_OUT, DW_WARNING, 3);
	add(&bench, DW_FOUND_RUNS_OUT, DW_WARNING, 5);
	dw_judgement_finish(&bench.judgement);
	ck_assert_uint_eq(bench.findings.n_findings, 1);
	ck_assert_str_eq(bench.findings.items[0].text, "example.org: ns1.example.org 192.0.2.1: SOA is 3");
	end(&bench);
}
END_TEST

START_TEST(the_more_severe_of_two_stays)
{
	struct bench bench;

	begin(&bench);
	add(&bench, DW_FOUND_RUNS_OUT, DW_CRITICAL, 7);
	add(&bench, DW_FOUND_RUNS_OUT, DW_WARNING, 3);
	dw_judgement_finish(&bench.judgement);
	ck_assert_uint_eq(bench.findings.n_findings, 1);
	ck_assert_int_eq(bench.findings.items[0].severity, DW_CRITICAL);
	end(&bench);
}
END_TEST

START_TEST(findings_about_the_whole_zone_are_all_kept)
{
	const struct dw_judgement_place whole = {.server = NULL};
	struct bench bench;

	begin(&bench);
	dw_judgement_add(&bench.judgement, DW_FOUND_SERVER_LOST, DW_WARNING, &whole, "a");
	dw_judgement_add(&bench.judgement, DW_FOUND_SERVER_LOST, DW_WARNING, &whole, "b");
	ck_assert_uint_eq(dw_judgement_servers_bad(&bench.judgement), 0);
	dw_judgement_finish(&bench.judgement);
	ck_assert_uint_eq(bench.findings.n_findings, 2);
	ck_assert_str_eq(bench.findings.items[0].text, "example.org: a");
	end(&bench);
}
END_TEST

START_TEST(a_bad_server_is_counted_once)
{
	struct bench bench;

	begin(&bench);
	add(&bench, DW_FOUND_EXPIRED, DW_CRITICAL, 1);
	add(&bench, DW_FOUND_BELOW_TTL, DW_WARNING, 1);
	ck_assert_uint_eq(dw_judgement_servers_bad(&bench.judgement), 1);
	dw_judgement_finish(&bench.judgement);
	end(&bench);
}
END_TEST

START_TEST(what_is_too_much_still_counts)
{
	struct bench bench;

	begin(&bench);
	for (unsigned i = 0; i < DW_FINDINGS_MAX; i++) {
		const struct dw_judgement_place place = {.server = NULL};
		dw_judgement_add(&bench.judgement, DW_FOUND_LEFTOVER, DW_NOTE, &place, "x");
	}
	add(&bench, DW_FOUND_EXPIRED, DW_CRITICAL, 1);
	dw_judgement_finish(&bench.judgement);
	ck_assert_int_eq(bench.findings.worst, DW_CRITICAL);
	ck_assert_uint_eq(bench.findings.n_findings + bench.findings.n_dropped, DW_FINDINGS_MAX + 1);
	end(&bench);
}
END_TEST

START_TEST(no_name_puts_a_control_byte_or_a_bar_into_the_text)
{
	struct dw_judgement_place place = {.type = 65280};
	struct dw_name evil = {.length = 6, .wire = "\4|\n\x1b%"};
	struct bench bench;

	begin(&bench);
	place.server = &bench.seen->servers[0];
	place.owner = &evil;
	bench.seen->servers[0].server.name = evil;
	dw_judgement_add(&bench.judgement, DW_FOUND_EXPIRED, DW_CRITICAL, &place, "expired");
	dw_judgement_finish(&bench.judgement);
	ck_assert_ptr_null(strpbrk(bench.findings.items[0].text, "|\n\x1b"));
	ck_assert_ptr_null(strpbrk(bench.findings.items[0].server, "|\n\x1b"));
	ck_assert_ptr_null(strpbrk(bench.findings.items[0].record, "|\n\x1b"));
	end(&bench);
}
END_TEST

START_TEST(an_over_long_name_loses_its_middle_and_not_what_is_said_of_it)
{
	struct dw_judgement_place place = {.type = DW_TYPE_A};
	struct bench bench;
	char wide[DW_NAME_TEXT_MAX], text[64];
	struct dw_name name;

	memset(wide, 'a', 200);
	for (unsigned i = 50; i < 200; i += 50)
		wide[i] = '.';
	strcpy(wide + 200, ".example.org");
	ck_assert_int_eq(dw_name_parse(wide, &name, NULL), DW_OK);
	begin(&bench);
	place.server = &bench.seen->servers[0];
	place.owner = &name;
	bench.seen->servers[0].server.name = name;
	dw_judgement_add(&bench.judgement, DW_FOUND_EXPIRED, DW_CRITICAL, &place, "expired");
	dw_judgement_finish(&bench.judgement);
	ck_assert_uint_eq(strlen(dw_judgement_name_text(&name, text)), 63);
	ck_assert_ptr_nonnull(strstr(bench.findings.items[0].text, ".example.org/A expired"));
	ck_assert_ptr_nonnull(strstr(bench.findings.items[0].record, wide));
	end(&bench);
}
END_TEST

START_TEST(a_server_without_name_is_its_address)
{
	struct dw_zone_server server = {.by_user = true};
	char text[DW_SERVER_TEXT_MAX];

	ck_assert_int_eq(dw_address_parse("2001:db8::53", 5300, &server.address, NULL), DW_OK);
	ck_assert_str_eq(dw_judgement_server_text(&server, text), "2001:db8::53@5300");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("judgement");
	TCase *order = tcase_create("order"), *texts = tcase_create("texts");

	tcase_add_test(order, findings_come_by_severity_then_kind);
	tcase_add_test(order, of_one_kind_the_more_urgent_comes_first);
	tcase_add_test(order, the_same_thing_at_the_same_place_is_found_once);
	tcase_add_test(order, the_more_severe_of_two_stays);
	tcase_add_test(order, findings_about_the_whole_zone_are_all_kept);
	tcase_add_test(order, a_bad_server_is_counted_once);
	tcase_add_test(order, what_is_too_much_still_counts);
	tcase_add_loop_test(texts, every_kind_has_a_word_of_its_own, 0, DW_FOUND_KINDS);
	tcase_add_loop_test(texts, a_hint_is_a_sentence_without_full_stop, 0, DW_FOUND_KINDS);
	tcase_add_test(texts, no_name_puts_a_control_byte_or_a_bar_into_the_text);
	tcase_add_test(texts, an_over_long_name_loses_its_middle_and_not_what_is_said_of_it);
	tcase_add_test(texts, a_server_without_name_is_its_address);
	suite_add_tcase(suite, order);
	suite_add_tcase(suite, texts);
	return dw_suite_run(suite);
}
