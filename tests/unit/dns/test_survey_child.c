#include "dns/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/play.h"
#include "support/suite.h"

/* More than the usual zone has: a cut two labels down, and an alias into a child. */
static const char more[] = "into.example.org. 3600 IN CNAME www.plain.example.org.\n"
						   "cut.deep.example.org. 3600 IN NS ns.example.net.\n";

static const char plain[] =
	"plain.example.org. 3600 IN SOA ns.example.net. mail.example.net. 3 3600 600 86400 300\n"
	"plain.example.org. 3600 IN NS ns.example.net.\n"
	"plain.example.org. 3600 IN A 192.0.2.90\n"
	"www.plain.example.org. 3600 IN A 192.0.2.91\n";
static const char safe[] =
	"safe.example.org. 3600 IN SOA ns.example.net. mail.example.net. 3 3600 600 86400 300\n"
	"safe.example.org. 3600 IN NS ns.example.net.\n"
	"www.safe.example.org. 3600 IN A 192.0.2.92\n";
static const char deep[] =
	"cut.deep.example.org. 3600 IN SOA ns.example.net. mail.example.net. 3 3600 600 86400 300\n"
	"cut.deep.example.org. 3600 IN NS ns.example.net.\n"
	"a.b.cut.deep.example.org. 3600 IN A 192.0.2.93\n";

/* Both servers have the zone, with more in it, and a child of it too. */
static void give_child(struct dw_play *play, const char *apex, const char *records, bool is_signed)
{
	for (unsigned i = 0; i < 2; i++) {
		char *zone = NULL;

		ck_assert_int_gt(asprintf(&zone, "%s%s", dw_play_zone, more), 0);
		dw_authority_free(play->servers[i]);
		play->servers[i] =
			i == 0 ? dw_authority_new("example.org.", zone) : dw_authority_second(play->servers[0], zone);
		free(zone);
		play->servers[i]->child = dw_authority_new(apex, records);
		if (!is_signed)
			dw_authority_resign_all(play->servers[i]->child, NULL);
	}
}

static void give_plain(struct dw_play *play)
{
	give_child(play, "plain.example.org.", plain, false);
}

static void show_ns(struct dw_play *play)
{
	give_plain(play);
	play->servers[0]->manners.shows_ns = play->servers[1]->manners.shows_ns = true;
}

static void give_signed_island(struct dw_play *play)
{
	give_child(play, "plain.example.org.", plain, true);
}

static void give_safe(struct dw_play *play)
{
	give_child(play, "safe.example.org.", safe, true);
}

/* The delegation has a DS, and the child answers without signatures. */
static void strip_safe(struct dw_play *play)
{
	give_child(play, "safe.example.org.", safe, false);
}

static void give_deep(struct dw_play *play)
{
	give_child(play, "cut.deep.example.org.", deep, false);
}

static void hide_proof(struct dw_play *play)
{
	give_plain(play);
	play->servers[0]->manners.no_proof = true;
	play->plan.topics = 1U << DW_TOPIC_RECORD;
}

static void lose_signature(struct dw_play *play)
{
	give_plain(play);
	dw_authority_resign(play->servers[0], "www.example.org A", NULL);
}

static void lose_proof_of_cut(struct dw_play *play)
{
	give_plain(play);
	dw_authority_resign(play->servers[0], "plain.example.org NSEC", NULL);
}

/* The children, the record, the state, and the first finding. */
static const struct {
	void (*change)(struct dw_play *play);
	const char *record;
	enum dw_severity worst;
	const char *word, *text;
} verdicts[] = {
	{give_plain, "www.plain.example.org A", DW_NOTE, "record-unsigned",
		"www.plain.example.org/A lies in the unsigned zone plain.example.org"},
	{show_ns, "www.plain.example.org A", DW_NOTE, "record-unsigned", "unsigned zone plain.example.org"},
	{give_plain, "plain.example.org A", DW_NOTE, "record-unsigned", "unsigned zone plain.example.org"},
	{give_plain, "plain.example.org NS", DW_NOTE, "record-unsigned", "unsigned zone plain.example.org"},
	{give_plain, "plain.example.org SOA", DW_NOTE, "record-unsigned", "unsigned zone plain.example.org"},
	{give_plain, "nowhere.plain.example.org A", DW_NOTE, "record-unsigned", "zone plain.example.org"},
	{give_plain, "www.plain.example.org MX", DW_NOTE, "record-unsigned", "zone plain.example.org"},
	{give_deep, "a.b.cut.deep.example.org A", DW_NOTE, "record-unsigned", "zone cut.deep.example.org"},
	{give_plain, "plain.example.org DS", DW_WARNING, "record-absent", "(no data, proven)"},
	{give_signed_island, "www.plain.example.org A", DW_WARNING, "record-elsewhere",
		"lies in the zone plain.example.org, which is not examined here"},
	{give_safe, "www.safe.example.org A", DW_WARNING, "record-elsewhere", "in the zone safe.example.org,"},
	{give_safe, "www.safe.example.org MX", DW_WARNING, "record-elsewhere", "in the zone safe.example.org,"},
	{give_safe, "no.safe.example.org MX", DW_WARNING, "record-elsewhere", "in the zone safe.example.org,"},
	{strip_safe, "www.safe.example.org A", DW_WARNING, "record-elsewhere", "in the zone safe.example.org,"},
	{hide_proof, "www.plain.example.org A", DW_CRITICAL, "no-signature", "www.plain.example.org/A has no"},
	{lose_proof_of_cut, "www.plain.example.org A", DW_CRITICAL, "no-signature", "192.0.2.1: www.plain."},
	{lose_signature, "www.example.org A", DW_CRITICAL, "no-signature", "192.0.2.1: www.example.org/A has no"},
};

START_TEST(a_record_of_a_child_is_told_from_one_that_lost_its_signature)
{
	struct dw_play *play = dw_play_new();

	verdicts[_i].change(play);
	dw_play_record(play, verdicts[_i].record);
	dw_play_run(play);
	ck_assert_msg(play->findings.n_findings > 0, "row %d has no finding", _i);
	const struct dw_finding *first = &play->findings.items[0];
	ck_assert_msg(play->findings.worst == verdicts[_i].worst, "row %d: %s", _i, first->text);
	ck_assert_msg(strcmp(first->kind->word, verdicts[_i].word) == 0, "row %d: %s", _i, first->text);
	ck_assert_msg(strstr(first->text, verdicts[_i].text) != NULL, "row %d: %s", _i, first->text);
	dw_play_end(play);
}
END_TEST

/* How many DS questions a record costs at both servers together. */
static const struct {
	void (*change)(struct dw_play *play);
	const char *record;
	unsigned n_questions;
} costs[] = {
	{give_plain, "www.plain.example.org A", 2},
	{give_deep, "a.b.cut.deep.example.org A", 4},
	{give_safe, "www.safe.example.org A", 0},
	{give_plain, "www.example.org A", 0},
	{give_plain, "nowhere.example.org A", 0},
	{lose_signature, "www.example.org A", 1},
};

START_TEST(no_more_is_asked_than_settles_it)
{
	struct dw_play *play = dw_play_new();
	unsigned n_questions = 0;

	costs[_i].change(play);
	dw_play_record(play, costs[_i].record);
	dw_play_run(play);
	for (unsigned i = 0; i < play->n_asked; i++)
		n_questions += play->asked[i].ask.type == DW_TYPE_DS;
	ck_assert_uint_eq(n_questions, costs[_i].n_questions);
	dw_play_end(play);
}
END_TEST

/* Behind an alias of the zone too: what is judged is the alias. */
START_TEST(records_of_an_unsigned_child_are_no_rrsets_of_the_zone)
{
	struct dw_play *play = dw_play_new();
	char name[DW_NAME_TEXT_MAX];

	give_plain(play);
	dw_play_record(play, "into.example.org A");
	dw_play_run(play);
	const struct dw_reply *reply = &play->facts->servers[0].replies[4];
	ck_assert_int_eq(reply->child_state, DW_CHILD_UNSIGNED);
	ck_assert_str_eq(dw_name_format(&reply->child, name), "plain.example.org");
	ck_assert_uint_eq(reply->n_rrsets, 1);
	ck_assert_uint_eq(reply->rrsets[0].type, DW_TYPE_CNAME);
	ck_assert_uint_eq(play->figures.servers_bad, 0);
	ck_assert_int_eq(play->findings.worst, DW_NOTE);
	dw_play_end(play);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("survey_child");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(
		rows, a_record_of_a_child_is_told_from_one_that_lost_its_signature, 0, DW_ROWS(verdicts));
	tcase_add_loop_test(rows, no_more_is_asked_than_settles_it, 0, DW_ROWS(costs));
	tcase_add_test(rows, records_of_an_unsigned_child_are_no_rrsets_of_the_zone);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
