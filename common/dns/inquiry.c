#include "dns/inquiry.h"

#include <stdio.h>
#include <stdlib.h>

#define NOTES_A_BLOCK 64

/* An inquiry that has begun. */
struct active {
	struct dw_inquiry *inquiry; /* NULL: free */
	size_t n_open;              /* its questions that the engine has */
	struct active *next_free;
};

/* What the engine keeps for us with a question. */
struct note {
	struct run *run;
	struct active *active;
	unsigned tag;
	struct note *next_free;
};

struct note_block {
	struct note_block *next;
	struct note notes[NOTES_A_BLOCK];
};

struct run {
	struct dw_query *query;
	const struct dw_inquiry_plan *plan;
	struct dw_inquiry *waiting; /* the next to begin */
	size_t n_waiting;
	struct active *actives, *free_active;
	struct note_block *blocks;
	struct note *free_note;
};

static struct note *take_note(struct run *run)
{
	if (run->free_note == NULL) {
		struct note_block *block = malloc(sizeof(*block));

		if (block == NULL)
			return NULL;
		block->next = run->blocks;
		run->blocks = block;
		for (size_t i = 0; i < NOTES_A_BLOCK; i++) {
			block->notes[i].next_free = run->free_note;
			run->free_note = &block->notes[i];
		}
	}
	struct note *note = run->free_note;
	run->free_note = note->next_free;
	return note;
}

static void drop_note(struct run *run, struct note *note)
{
	note->next_free = run->free_note;
	run->free_note = note;
}

static dw_answer_fn answered;

static enum dw_status ask(struct run *run, struct active *active, const struct dw_question *question,
	unsigned tag, struct dw_error *error)
{
	struct note *note = take_note(run);

	if (note == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a question");
	*note = (struct note){.run = run, .active = active, .tag = tag};
	enum dw_status status = dw_query_ask(run->query, question, answered, note, error);
	if (status != DW_OK)
		drop_note(run, note);
	return status;
}

/* Asks what the inquiry wants to know now. What the engine does not take is answered with the reason. */
static void pump(struct run *run, struct active *active)
{
	struct dw_inquiry *inquiry = active->inquiry;
	struct dw_question question;
	unsigned tag;

	while (inquiry->class->next(inquiry->self, &question, &tag)) {
		struct dw_error error = {0};
		enum dw_status status = ask(run, active, &question, tag, &error);

		if (status == DW_OK) {
			active->n_open++;
			continue;
		}
		struct dw_answer answer = {.status = status, .late = status == DW_TIMEOUT};
		snprintf(answer.reason, sizeof(answer.reason), "%.95s", error.text);
		inquiry->class->answer(inquiry->self, tag, &question, &answer);
	}
}

/* Whether the inquiry has ended; its place is free then. */
static bool retire(struct run *run, struct active *active)
{
	struct dw_inquiry *inquiry = active->inquiry;

	if (active->n_open > 0)
		return false;
	active->next_free = run->free_active;
	run->free_active = active;
	if (run->plan->ended != NULL)
		run->plan->ended(run->plan->context, inquiry);
	return true;
}

/* Begins inquiries while there are places. */
static void begin(struct run *run)
{
	while (run->n_waiting > 0 && run->free_active != NULL) {
		struct active *active = run->free_active;

		run->free_active = active->next_free;
		*active = (struct active){.inquiry = run->waiting++};
		run->n_waiting--;
		pump(run, active);
		retire(run, active);
	}
}

static void answered(void *context, const struct dw_question *question, const struct dw_answer *answer)
{
	struct note note = *(struct note *)context;
	struct dw_inquiry *inquiry = note.active->inquiry;

	drop_note(note.run, context);
	inquiry->class->answer(inquiry->self, note.tag, question, answer);
	note.active->n_open--;
	pump(note.run, note.active);
	if (retire(note.run, note.active))
		begin(note.run);
}

static void free_notes(struct run *run)
{
	while (run->blocks != NULL) {
		struct note_block *block = run->blocks;

		run->blocks = block->next;
		free(block);
	}
}

enum dw_status dw_inquiry_run(struct dw_query *query, struct dw_inquiry *inquiries, size_t n,
	const struct dw_inquiry_plan *plan, struct dw_error *error)
{
	size_t at_once = plan->at_once == 0 || plan->at_once > n ? n : plan->at_once;
	struct run run = {.query = query, .plan = plan, .waiting = inquiries, .n_waiting = n};

	if (n == 0)
		return DW_OK;
	run.actives = calloc(at_once, sizeof(run.actives[0]));
	if (run.actives == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for %zu inquiries", at_once);
	for (size_t i = at_once; i-- > 0;) {
		run.actives[i].next_free = run.free_active;
		run.free_active = &run.actives[i];
	}
	begin(&run);
	dw_query_run(query, plan->deadline);
	free_notes(&run);
	free(run.actives);
	return DW_OK;
}
