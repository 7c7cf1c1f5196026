#include "dns/elsewhere.h"

#include <stdlib.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

/* A reply about a record that was served without signature, and the search that it begins. */
struct bench {
	struct dw_name zone;
	struct dw_message *message;
	struct dw_rrset_fact rrsets[2];
	struct dw_reply reply;
	struct dw_elsewhere search;
	bool more;
};

static void begin(struct bench *bench, const char *name, enum dw_reply_kind kind)
{
	memset(bench, 0, sizeof(*bench));
	bench->zone = dw_name_make("example.org");
	bench->message = calloc(1, sizeof(*bench->message));
	ck_assert_ptr_nonnull(bench->message);
	bench->reply.topic = DW_TOPIC_RECORD;
	bench->reply.record = (struct dw_record){dw_name_make(name), DW_TYPE_A};
	bench->reply.kind = kind;
	bench->reply.rrsets = bench->rrsets;
	if (kind == DW_REPLY_POSITIVE) {
		bench->rrsets[0] = (struct dw_rrset_fact){.owner = bench->reply.record.name,
			.type = DW_TYPE_A,
			.section = DW_ANSWER,
			.proof = {.security = DW_UNSIGNED, .best = -1}};
		bench->reply.n_rrsets = 1;
	}
	bench->more = dw_elsewhere_begin(&bench->search, bench->message, &bench->zone, &bench->reply);
}

static void end(struct bench *bench)
{
	free(bench->message);
}

/* Hands over that a DS question was answered without data, by this proof. */
static void absent(struct bench *bench, enum dw_denial_result result)
{
	const struct dw_reply ds = {
		.kind = DW_REPLY_NO_DATA, .denial_wanted = true, .denial = {.result = result}};

	bench->more = dw_elsewhere_take(&bench->search, &ds, &bench->reply);
}

static void next_is(const struct bench *bench, const char *expected)
{
	const struct dw_name name = dw_elsewhere_name(&bench->search);
	char text[DW_NAME_TEXT_MAX];

	ck_assert(bench->more);
	ck_assert_str_eq(dw_name_format(&name, text), expected);
}

/* What the topmost name proves, and what becomes of a record two labels below it. */
static const struct {
	enum dw_denial_result result;
	enum dw_child_state state;
	bool more;
} proofs[] = {
	{DW_DENIAL_UNSIGNED_DELEGATION, DW_CHILD_UNSIGNED, false},
	{DW_DENIAL_OPT_OUT, DW_CHILD_UNSIGNED, false},
	{DW_DENIAL_NO_DATA, DW_CHILD_NONE, true},
	{DW_DENIAL_EMPTY_NON_TERMINAL, DW_CHILD_NONE, true},
	{DW_DENIAL_WILDCARD_NO_DATA, DW_CHILD_NONE, true},
	{DW_DENIAL_NO_RECORDS, DW_CHILD_NONE, false},
	{DW_DENIAL_NAME_NOT_COVERED, DW_CHILD_NONE, false},
	{DW_DENIAL_TYPE_EXISTS, DW_CHILD_NONE, false},
	{DW_DENIAL_PARENT_SIDE, DW_CHILD_NONE, false},
	{DW_DENIAL_ITERATIONS, DW_CHILD_NONE, false},
};

START_TEST(only_a_proof_settles_it)
{
	struct bench bench;

	begin(&bench, "a.b.example.org", DW_REPLY_POSITIVE);
	next_is(&bench, "b.example.org");
	absent(&bench, proofs[_i].result);
	ck_assert_int_eq(bench.reply.child_state, proofs[_i].state);
	ck_assert(bench.more == proofs[_i].more);
	ck_assert_uint_eq(bench.reply.n_rrsets, proofs[_i].state == DW_CHILD_NONE);
	end(&bench);
}
END_TEST

START_TEST(names_are_asked_about_from_the_zone_down)
{
	struct bench bench;

	begin(&bench, "a.b.c.example.org", DW_REPLY_POSITIVE);
	next_is(&bench, "c.example.org");
	absent(&bench, DW_DENIAL_NO_DATA);
	next_is(&bench, "b.c.example.org");
	absent(&bench, DW_DENIAL_EMPTY_NON_TERMINAL);
	next_is(&bench, "a.b.c.example.org");
	absent(&bench, DW_DENIAL_NO_DATA);
	ck_assert(!bench.more);
	ck_assert_int_eq(bench.reply.child_state, DW_CHILD_NONE);
	end(&bench);
}
END_TEST

START_TEST(a_name_of_many_labels_costs_a_bounded_number_of_questions)
{
	struct bench bench;
	unsigned n = 0;

	begin(&bench, "1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.example.org", DW_REPLY_POSITIVE);
	while (bench.more) {
		absent(&bench, DW_DENIAL_NO_DATA);
		n++;
	}
	ck_assert_uint_eq(n, DW_ELSEWHERE_QUESTIONS_MAX);
	end(&bench);
}
END_TEST

/* A proof in an answer that is no answer for the name is none: a referral, an error, another topic. */
START_TEST(an_answer_from_elsewhere_settles_nothing)
{
	static const enum dw_reply_kind others[] = {
		DW_REPLY_NONE, DW_REPLY_REFERRAL, DW_REPLY_ERROR, DW_REPLY_NXDOMAIN, DW_REPLY_POSITIVE};
	struct bench bench;

	for (unsigned i = 0; i < DW_ROWS(others); i++) {
		const struct dw_reply ds = {
			.kind = others[i], .denial_wanted = true, .denial = {.result = DW_DENIAL_UNSIGNED_DELEGATION}};
		begin(&bench, "a.b.example.org", DW_REPLY_POSITIVE);
		ck_assert(!dw_elsewhere_take(&bench.search, &ds, &bench.reply));
		ck_assert_int_eq(bench.reply.child_state, DW_CHILD_NONE);
		end(&bench);
	}
}
END_TEST

/* Only a DS RRset that is proven makes a signed child. */
START_TEST(a_proven_ds_makes_it_a_signed_child)
{
	struct dw_rrset_fact rrset = {.owner = dw_name_make("b.example.org"), .type = DW_TYPE_DS};
	const struct dw_reply ds = {.kind = DW_REPLY_POSITIVE, .n_rrsets = 1, .rrsets = &rrset};
	struct bench bench;

	begin(&bench, "a.b.example.org", DW_REPLY_POSITIVE);
	rrset.proof.security = DW_BOGUS;
	ck_assert(!dw_elsewhere_take(&bench.search, &ds, &bench.reply));
	ck_assert_int_eq(bench.reply.child_state, DW_CHILD_NONE);
	end(&bench);
	begin(&bench, "a.b.example.org", DW_REPLY_POSITIVE);
	rrset.proof.security = DW_SECURE;
	ck_assert(!dw_elsewhere_take(&bench.search, &ds, &bench.reply));
	ck_assert_int_eq(bench.reply.child_state, DW_CHILD_SIGNED);
	ck_assert_uint_eq(bench.reply.n_rrsets, 0);
	end(&bench);
}
END_TEST

START_TEST(what_is_of_the_zone_is_not_looked_for)
{
	struct bench bench;

	begin(&bench, "example.org", DW_REPLY_POSITIVE);
	ck_assert(!bench.more);
	end(&bench);
	begin(&bench, "a.example.org", DW_REPLY_NXDOMAIN);
	ck_assert(!bench.more);
	end(&bench);
	begin(&bench, "a.example.org", DW_REPLY_REFERRAL);
	next_is(&bench, "a.example.org");
	end(&bench);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("elsewhere");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, only_a_proof_settles_it, 0, DW_ROWS(proofs));
	tcase_add_test(rows, names_are_asked_about_from_the_zone_down);
	tcase_add_test(rows, a_name_of_many_labels_costs_a_bounded_number_of_questions);
	tcase_add_test(rows, an_answer_from_elsewhere_settles_nothing);
	tcase_add_test(rows, a_proven_ds_makes_it_a_signed_child);
	tcase_add_test(rows, what_is_of_the_zone_is_not_looked_for);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
