#include "support/world.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/server.h"

struct open_question {
	unsigned tag;
	struct dw_question question;
};

/* Writes a question as rows do. */
static void describe(const struct dw_question *question, char text[DW_NAME_TEXT_MAX + 32])
{
	char type[DW_TYPE_TEXT_MAX];

	dw_name_format(&question->ask.name, text);
	size_t length = strlen(text);
	snprintf(text + length, 32, " %s", dw_type_text(question->ask.type, type));
}

static const struct dw_world_row *find(
	const struct dw_world_row *row, const char *server, const char *question)
{
	for (; row != NULL && row->server != NULL; row++)
		if (strcmp(row->server, server) == 0 &&
			(strcmp(row->question, "*") == 0 || strcasecmp(row->question, question) == 0))
			return row;
	return NULL;
}

/* Hands over what the row says; silence when there is none. */
static void reply(const struct dw_inquiry_class *inquiry, void *self, const struct open_question *open,
	const struct dw_world_row *row, const char *text)
{
	struct dw_answer answer = {.status = row == NULL ? DW_TIMEOUT : row->status, .attempts = 1};
	uint8_t *wire = malloc(DW_MESSAGE_MAX);

	ck_assert_ptr_nonnull(wire);
	if (answer.status == DW_OK) {
		struct dw_message_text message = {.bits = (uint16_t)(DW_BIT_QR | row->bits),
			.question = text,
			.answer = row->answer,
			.authority = row->authority,
			.additional = row->additional};
		answer.length = dw_message_write(&message, wire);
		answer.wire = wire;
	}
	inquiry->answer(self, open->tag, &open->question, &answer);
	free(wire);
}

/* Takes the questions that the inquiry has now. */
static unsigned gather(struct dw_world *world, const struct dw_inquiry_class *inquiry, void *self,
	struct open_question *open, unsigned n)
{
	while (inquiry->next(self, &open[n].question, &open[n].tag)) {
		ck_assert_msg(world->n_asked < DW_WORLD_QUESTIONS_MAX, "the inquiry asks without end");
		world->asked[world->n_asked++] = open[n++].question;
	}
	return n;
}

/* Ends what is open with a timeout, as the engine does at its deadline. */
static void stop(
	const struct dw_inquiry_class *inquiry, void *self, const struct open_question *open, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		reply(inquiry, self, &open[i], NULL, NULL);
}

void dw_world_run(struct dw_world *world, const struct dw_inquiry_class *inquiry, void *self)
{
	struct open_question *open = calloc(DW_WORLD_QUESTIONS_MAX + 1, sizeof(*open));
	unsigned n_answers = 0;

	ck_assert_ptr_nonnull(open);
	for (unsigned n = gather(world, inquiry, self, open, 0); n > 0;
		 n = gather(world, inquiry, self, open, n)) {
		if (world->stop_behind > 0 && n_answers++ == world->stop_behind) {
			stop(inquiry, self, open, n);
			break;
		}
		struct open_question now = open[world->newest_first ? n - 1 : 0];
		n--;
		if (!world->newest_first)
			memmove(open, open + 1, n * sizeof(*open));
		char server[DW_ADDRESS_TEXT_MAX];
		char text[DW_NAME_TEXT_MAX + 32];
		dw_address_format(&now.question.server, server);
		describe(&now.question, text);
		const struct dw_world_row *row = find(world->rows, server, text);
		reply(inquiry, self, &now, row != NULL ? row : find(world->base, server, text), text);
	}
	free(open);
}

unsigned dw_world_asked(const struct dw_world *world, const char *server, const char *question)
{
	unsigned n = 0;

	for (unsigned i = 0; i < world->n_asked; i++) {
		char address[DW_ADDRESS_TEXT_MAX];
		char text[DW_NAME_TEXT_MAX + 32];
		dw_address_format(&world->asked[i].server, address);
		describe(&world->asked[i], text);
		n += (server == NULL || strcmp(server, address) == 0) && strcasecmp(text, question) == 0;
	}
	return n;
}
