#include "dns/bundle.h"

#include <string.h>

#include "support/suite.h"

/* An inquiry that asks `n_questions`, `at_once` of them, and notes what it is told. */
struct member {
	unsigned n_questions, at_once;
	unsigned n_asked, n_open, n_answers;
	unsigned last; /* tag of the latest answer */
};

static bool member_next(void *self, struct dw_question *question, unsigned *tag)
{
	struct member *member = self;

	if (member->n_asked == member->n_questions || member->n_open == member->at_once)
		return false;
	memset(question, 0, sizeof(*question));
	question->tries = member->n_questions;
	*tag = 1000 + member->n_asked++;
	member->n_open++;
	return true;
}

static void member_take(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct member *member = self;

	(void)answer;
	ck_assert_uint_eq(question->tries, member->n_questions);
	member->n_open--;
	member->n_answers++;
	member->last = tag;
}

static const struct dw_inquiry_class member_class = {member_next, member_take};

static void add(struct dw_bundle *bundle, struct member *member)
{
	ck_assert_int_eq(dw_bundle_add(bundle, &member_class, member, NULL), DW_OK);
}

START_TEST(members_take_turns_and_get_their_own_answers)
{
	struct dw_bundle bundle = {.members = NULL};
	struct member three = {.n_questions = 3, .at_once = 9}, one = {.n_questions = 1, .at_once = 9};
	struct dw_question questions[4];
	unsigned tags[4];
	const struct dw_answer answer = {.status = DW_TIMEOUT};

	add(&bundle, &three);
	add(&bundle, &one);
	for (unsigned i = 0; i < 4; i++)
		ck_assert(dw_bundle_class.next(&bundle, &questions[i], &tags[i]));
	ck_assert_uint_eq(questions[1].tries, 1);
	ck_assert(!dw_bundle_class.next(&bundle, &questions[0], &tags[0]));
	for (unsigned i = 4; i-- > 0;)
		dw_bundle_class.answer(&bundle, tags[i], &questions[i], &answer);
	ck_assert_uint_eq(three.n_answers, 3);
	ck_assert_uint_eq(three.last, 1000);
	ck_assert_uint_eq(one.n_answers, 1);
	ck_assert_uint_eq(bundle.n_open, 0);
	dw_bundle_fini(&bundle);
}
END_TEST

START_TEST(many_members_that_come_and_go_share_few_slots)
{
	struct dw_bundle bundle = {.members = NULL};
	struct member members[40];
	struct dw_question question;
	const struct dw_answer answer = {.status = DW_TIMEOUT};
	unsigned tag, n_answers = 0;

	for (unsigned i = 0; i < 40; i++) {
		members[i] = (struct member){.n_questions = 1 + i % 3, .at_once = 1};
		add(&bundle, &members[i]);
		ck_assert(dw_bundle_class.next(&bundle, &question, &tag));
		dw_bundle_class.answer(&bundle, tag, &question, &answer);
	}
	while (dw_bundle_class.next(&bundle, &question, &tag))
		dw_bundle_class.answer(&bundle, tag, &question, &answer);
	for (unsigned i = 0; i < 40; i++) {
		ck_assert_uint_eq(members[i].n_answers, members[i].n_questions);
		n_answers += members[i].n_answers;
	}
	ck_assert_uint_eq(n_answers, 79);
	ck_assert_uint_eq(bundle.n_slots, 1);
	dw_bundle_fini(&bundle);
}
END_TEST

START_TEST(an_answer_to_no_question_is_nobodys)
{
	struct dw_bundle bundle = {.members = NULL};
	struct member one = {.n_questions = 1, .at_once = 1};
	struct dw_question question;
	const struct dw_answer answer = {.status = DW_TIMEOUT};
	unsigned tag;

	ck_assert(!dw_bundle_class.next(&bundle, &question, &tag));
	add(&bundle, &one);
	ck_assert(dw_bundle_class.next(&bundle, &question, &tag));
	dw_bundle_class.answer(&bundle, tag + 1, &question, &answer);
	ck_assert_uint_eq(one.n_answers, 0);
	dw_bundle_class.answer(&bundle, tag, &question, &answer);
	dw_bundle_class.answer(&bundle, tag, &question, &answer);
	ck_assert_uint_eq(one.n_answers, 1);
	dw_bundle_fini(&bundle);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bundle");
	TCase *test = tcase_create("bundle");

	tcase_add_test(test, members_take_turns_and_get_their_own_answers);
	tcase_add_test(test, many_members_that_come_and_go_share_few_slots);
	tcase_add_test(test, an_answer_to_no_question_is_nobodys);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
