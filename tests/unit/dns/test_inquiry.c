#include "dns/inquiry.h"

#include <stdlib.h>

#include "dns/wire.h"

#include "support/fakenet.h"
#include "support/suite.h"

#define MANY 3000

static struct dw_fakenet net;
static struct dw_query *query;

/* Wants to know `n_stages` times `n_wide` things, each stage after the answers to the last. */
struct asker {
	unsigned n_stages, n_wide;
	unsigned server;
	unsigned stage, asked, open;
	unsigned n_answers, n_timeouts;
	unsigned n_ended;
	uint64_t tags; /* answered, one bit each */
};

static unsigned n_begun, most_begun;

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct asker *asker = self;

	if (asker->asked == asker->n_wide || asker->stage == asker->n_stages)
		return false;
	if (asker->stage == 0 && asker->asked == 0 && ++n_begun > most_begun)
		most_begun = n_begun;
	*question = (struct dw_question){
		.ask = {.name = dw_name_root, .type = DW_TYPE_SOA}, .server = dw_fakenet_server(asker->server)};
	*tag = asker->stage * asker->n_wide + asker->asked++;
	asker->open++;
	return true;
}

static void answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *given)
{
	struct asker *asker = self;

	ck_assert_uint_eq(question->ask.type, DW_TYPE_SOA);
	ck_assert_uint_eq(asker->tags >> tag & 1, 0);
	asker->tags |= UINT64_C(1) << tag;
	asker->n_answers += given->status == DW_OK;
	asker->n_timeouts += given->status == DW_TIMEOUT;
	if (--asker->open == 0 && asker->asked == asker->n_wide) {
		asker->stage++;
		asker->asked = 0;
	}
}

static const struct dw_inquiry_class class = {next, answer};

static void ended(void *context, struct dw_inquiry *inquiry)
{
	struct asker *asker = inquiry->self;

	(*(unsigned *)context)++;
	asker->n_ended++;
	ck_assert_uint_eq(asker->open, 0);
	n_begun -= asker->n_stages > 0 && asker->n_wide > 0;
}

/* Servers above 900 are dead. */
static int serve(struct dw_fakenet *to, const struct dw_fakenet_question *question)
{
	struct dw_address dead = dw_fakenet_server(901);

	if (!dw_address_equal(&question->server, &dead))
		dw_fakenet_answer(to, question, 10);
	return 0;
}

/* Runs `n` askers alike and returns them; `n_ended` counts the calls of ended(). */
/* The runner hands it on as a context. NOLINTNEXTLINE(readability-non-const-parameter) */
static struct asker *run(struct asker like, size_t n, size_t at_once, dw_millis span, unsigned *n_ended)
{
	struct dw_query_options options = {.calls = &net.calls};
	struct asker *askers = calloc(n + 1, sizeof(*askers));
	struct dw_inquiry *inquiries = calloc(n + 1, sizeof(*inquiries));

	ck_assert(askers != NULL && inquiries != NULL);
	most_begun = 0;
	dw_fakenet_init(&net, serve, NULL);
	options.clock = net.clock;
	ck_assert_int_eq(dw_query_new(&options, &query, NULL), DW_OK);
	for (size_t i = 0; i < n; i++) {
		askers[i] = like;
		inquiries[i] = (struct dw_inquiry){&class, &askers[i]};
	}
	struct dw_inquiry_plan plan = {at_once, net.now + span, ended, n_ended};
	ck_assert_int_eq(dw_inquiry_run(query, inquiries, n, &plan, NULL), DW_OK);
	dw_query_free(query);
	dw_fakenet_fini(&net);
	free(inquiries);
	return askers;
}

static const struct {
	unsigned n_stages, n_wide;
	size_t n, at_once;
	unsigned most_begun;
} runs[] = {
	{1, 1, 1, 0, 1}, {3, 4, 1, 0, 1}, {3, 4, MANY, 0, MANY}, {3, 4, MANY, 1, 1}, {2, 8, MANY, 100, 100},
	{1, 1, 5, 100, 5}, {0, 0, MANY, 7, 0}, /* nothing to ask */
	{1, 1, 0, 0, 0},                       /* nobody */
};

START_TEST(every_inquiry_has_its_answers_and_ends)
{
	struct asker like = {.n_stages = runs[_i].n_stages, .n_wide = runs[_i].n_wide, .server = 1};
	unsigned n_ended = 0, n_questions = like.n_stages * like.n_wide;
	struct asker *askers = run(like, runs[_i].n, runs[_i].at_once, 600000, &n_ended);

	ck_assert_uint_eq(n_ended, runs[_i].n);
	ck_assert_uint_eq(most_begun, runs[_i].most_begun);
	for (size_t i = 0; i < runs[_i].n; i++) {
		ck_assert_uint_eq(askers[i].n_ended, 1);
		ck_assert_uint_eq(askers[i].n_answers, n_questions);
	}
	free(askers);
}
END_TEST

START_TEST(what_the_deadline_leaves_is_answered_with_a_timeout)
{
	struct asker like = {.n_stages = 3, .n_wide = 2, .server = 901};
	unsigned n_ended = 0;
	struct asker *askers = run(like, MANY, 100, 2000, &n_ended);

	ck_assert_uint_eq(n_ended, MANY);
	for (size_t i = 0; i < MANY; i++)
		ck_assert_uint_eq(askers[i].n_timeouts, 6);
	free(askers);
}
END_TEST

START_TEST(a_question_that_cannot_be_asked_is_answered_with_the_reason)
{
	struct dw_query_options options = {0};
	struct asker asker = {.n_stages = 1, .n_wide = 3, .server = 1};
	struct dw_inquiry inquiry = {&class, &asker};
	struct dw_inquiry_plan plan = {.deadline = 0};

	/* The deadline has passed: the engine takes the questions and ends them. */
	ck_assert_int_eq(dw_query_new(&options, &query, NULL), DW_OK);
	ck_assert_int_eq(dw_inquiry_run(query, &inquiry, 1, &plan, NULL), DW_OK);
	ck_assert_uint_eq(asker.n_timeouts, 3);
	dw_query_free(query);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("inquiry");
	TCase *tests = tcase_create("inquiry");

	tcase_add_loop_test(tests, every_inquiry_has_its_answers_and_ends, 0, DW_ROWS(runs));
	tcase_add_test(tests, what_the_deadline_leaves_is_answered_with_a_timeout);
	tcase_add_test(tests, a_question_that_cannot_be_asked_is_answered_with_the_reason);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
