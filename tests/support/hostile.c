#include "support/hostile.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/wire.h"

#define RTT      20
#define OPT_SIZE 11
#define OPEN_MAX 1024

/* What becomes of an answer: the low three bits of an octet, and more in the others. */
enum deed { HONEST, SILENT, FAILED, OTHER, CHANGED, CUT, GROWN, STRAYS };

#define DEED_LATE      0x08 /* it takes its time */
#define DEED_TRUNCATED 0x10
#define DEED_STRIPPED  0x20 /* without OPT, or what stands at the end */
#define DEED_RCODE     0x40

/* A question under way, and how it will end. */
struct open {
	struct dw_question question;
	unsigned tag;
	dw_deadline at;
	struct dw_answer answer;
	uint8_t *octets;
};

/* Those under way. */
struct under_way {
	unsigned n;
	struct open open[OPEN_MAX];
};

uint8_t dw_hostile_take(struct dw_hostile *hostile)
{
	if (hostile->left == 0)
		return 0;
	hostile->left--;
	return *hostile->data++;
}

static size_t take16(struct dw_hostile *hostile)
{
	size_t high = dw_hostile_take(hostile);

	return high << 8 | dw_hostile_take(hostile);
}

static dw_millis wait_of(const struct dw_question *question)
{
	if (question->transport != DW_TRANSPORT_TCP)
		return question->try_timeout;
	return question->tcp_timeout > 0 ? question->tcp_timeout : DW_HOSTILE_TCP_WAIT;
}

/* A share of the wait, as an octet says. */
static dw_millis some_time(struct dw_hostile *hostile, const struct dw_question *question)
{
	return wait_of(question) * dw_hostile_take(hostile) / UINT8_MAX;
}

/* Ends it without a message. */
static void fail(struct dw_hostile *hostile, const struct dw_question *question, struct dw_answer *answer)
{
	static const enum dw_status statuses[] = {DW_TIMEOUT, DW_REFUSED, DW_NO_ROUTE, DW_MALFORMED, DW_SYSTEM};
	uint8_t how = dw_hostile_take(hostile);

	answer->status = statuses[how % (sizeof(statuses) / sizeof(statuses[0]))];
	answer->elapsed = some_time(hostile, question);
	if (!answer->tcp)
		return;
	answer->tcp_stage = DW_TCP_CONNECTING + (how >> 4) % 3;
	answer->tcp_wanted = answer->tcp_stage == DW_TCP_READING ? take16(hostile) : 0;
	answer->tcp_read = answer->tcp_wanted > 0 ? take16(hostile) % answer->tcp_wanted : 0;
}

/* Takes a message from the input. */
static size_t read_other(struct dw_hostile *hostile, uint8_t *wire)
{
	size_t length = take16(hostile);

	length = length < hostile->left ? length : hostile->left;
	memcpy(wire, hostile->data, length);
	hostile->data += length;
	hostile->left -= length;
	return length;
}

static void change(struct dw_hostile *hostile, uint8_t *wire, size_t length)
{
	unsigned n = 1 + dw_hostile_take(hostile) % 4;

	while (n-- > 0 && length > 0) {
		size_t at = take16(hostile) % length;
		wire[at] ^= dw_hostile_take(hostile);
	}
}

static void add_strays(struct dw_hostile *hostile, struct dw_answer *answer)
{
	uint8_t bits = dw_hostile_take(hostile);

	answer->n_elsewhere = bits & 3;
	answer->elsewhere = dw_address_of((const uint8_t[]){192, 0, 2, 99}, 4, DW_PORT_DNS);
	answer->n_garbage = bits >> 2 & 3;
	answer->n_repeated = bits >> 4 & 3;
	if ((bits & 0x40) != 0)
		answer->status = DW_TIMEOUT;
}

/* What the octets change of a message whose length is that of the answer. */
static void spoil(struct dw_hostile *hostile, uint8_t bits, struct dw_answer *answer, uint8_t *wire)
{
	size_t length = answer->length;

	if ((bits & 7) == OTHER)
		length = read_other(hostile, wire);
	else if ((bits & 7) == CHANGED)
		change(hostile, wire, length);
	else if ((bits & 7) == CUT)
		length = take16(hostile) % (length + 1);
	else if ((bits & 7) == GROWN) {
		size_t grown = take16(hostile);
		if (grown > length)
			memset(wire + length, 0, grown - length);
		length = grown > length ? grown : length;
	}
	if ((bits & DEED_STRIPPED) != 0 && length >= 12 + OPT_SIZE && wire[11] > 0) {
		wire[11]--;
		length -= OPT_SIZE;
	}
	if ((bits & DEED_TRUNCATED) != 0 && length > 2)
		wire[2] |= 0x02;
	if ((bits & DEED_RCODE) != 0 && length > 3)
		wire[3] = (uint8_t)((wire[3] & 0xF0) | (dw_hostile_take(hostile) & 0x0F));
	answer->length = length;
}

/* Decides how a question ends, when, and with which message in `wire`. */
static void decide(struct dw_hostile *hostile, struct open *open, uint8_t *wire)
{
	struct dw_answer *answer = &open->answer;
	uint8_t bits = dw_hostile_take(hostile);

	*answer = (struct dw_answer){.status = DW_OK, .elapsed = RTT};
	hostile->honest(hostile->context, &open->question, answer, wire);
	answer->tcp = open->question.transport == DW_TRANSPORT_TCP;
	answer->attempts = 1;
	if (bits == HONEST)
		return;
	hostile->n_tampered++;
	if ((bits & 7) == SILENT) {
		answer->status = DW_TIMEOUT;
		answer->elapsed = wait_of(&open->question);
		answer->tcp_stage = answer->tcp ? DW_TCP_CONNECTING + (bits >> 4) % 3 : DW_TCP_NONE;
		return;
	}
	if ((bits & 7) == FAILED) {
		fail(hostile, &open->question, answer);
		return;
	}
	if ((bits & 7) == STRAYS)
		add_strays(hostile, answer);
	if (answer->status == DW_OK)
		spoil(hostile, bits, answer, wire);
	if ((bits & DEED_LATE) != 0)
		answer->elapsed = some_time(hostile, &open->question);
}

/* A question begins: all that will become of it is decided now. */
static void begin(struct dw_hostile *hostile, struct open *open)
{
	uint8_t wire[DW_MESSAGE_MAX];
	struct dw_answer *answer = &open->answer;

	dw_hostile_require(open->question.tries == 1 && wait_of(&open->question) > 0);
	*(open->question.transport == DW_TRANSPORT_TCP ? &hostile->n_tcp : &hostile->n_udp) += 1;
	decide(hostile, open, wire);
	open->at = hostile->now + answer->elapsed;
	open->octets = malloc(answer->length > 0 ? answer->length : 1);
	dw_hostile_require(open->octets != NULL);
	if (answer->status == DW_OK && answer->length > 0)
		memcpy(open->octets, wire, answer->length);
	answer->wire = answer->status == DW_OK ? open->octets : NULL;
	answer->length = answer->status == DW_OK ? answer->length : 0;
	answer->truncated = answer->status == DW_OK && answer->length > 2 && (wire[2] & 0x02) != 0;
	answer->n_packets = answer->n_packets > 0 ? answer->n_packets : 1;
	snprintf(answer->reason, sizeof(answer->reason), "as the input has it");
}

static void pump(struct dw_hostile *hostile, const struct dw_inquiry_class *class, void *self,
	struct under_way *under_way, unsigned most)
{
	struct open *open = &under_way->open[under_way->n];

	while (class->next(self, &open->question, &open->tag)) {
		dw_hostile_require(hostile->n_udp + hostile->n_tcp < most);
		if (hostile->now >= hostile->deadline) {
			const struct dw_answer answer = {.status = DW_TIMEOUT, .reason = "no time left to ask"};
			hostile->n_udp++;
			class->answer(self, open->tag, &open->question, &answer);
			continue;
		}
		begin(hostile, open);
		dw_hostile_require(++under_way->n < OPEN_MAX);
		open++;
	}
}

/* Takes the question that ends next. */
static struct open take_next(struct under_way *under_way)
{
	unsigned first = 0;

	for (unsigned i = 1; i < under_way->n; i++) {
		if (under_way->open[i].at < under_way->open[first].at)
			first = i;
	}
	struct open open = under_way->open[first];
	under_way->open[first] = under_way->open[--under_way->n];
	return open;
}

dw_millis dw_hostile_run(
	struct dw_hostile *hostile, const struct dw_inquiry_class *class, void *self, unsigned most)
{
	struct under_way under_way;

	under_way.n = 0;
	pump(hostile, class, self, &under_way, most);
	while (under_way.n > 0) {
		struct open open = take_next(&under_way);

		if (open.at > hostile->deadline) {
			open.answer.status = DW_TIMEOUT;
			open.answer.wire = NULL;
			open.answer.elapsed -= open.at - hostile->deadline;
			open.at = hostile->deadline;
		}
		hostile->now = open.at;
		class->answer(self, open.tag, &open.question, &open.answer);
		free(open.octets);
		pump(hostile, class, self, &under_way, most);
	}
	return hostile->now;
}

void dw_hostile_printable(const char *text, size_t size)
{
	dw_hostile_require(memchr(text, '\0', size) != NULL);
	for (; *text != '\0'; text++)
		dw_hostile_require(isprint((unsigned char)*text) && *text != '|');
}

void dw_hostile_findings(const struct dw_findings *findings)
{
	for (size_t i = 0; i < findings->n_findings; i++) {
		const struct dw_finding *finding = &findings->items[i];

		dw_hostile_require(finding->kind != NULL && finding->kind->word[0] != '\0');
		dw_hostile_printable(finding->text, sizeof(finding->text));
		dw_hostile_printable(finding->server, sizeof(finding->server));
		dw_hostile_printable(finding->record, sizeof(finding->record));
		dw_hostile_require(finding->severity <= findings->worst);
		dw_hostile_require(i == 0 || finding->severity <= finding[-1].severity);
	}
}

void dw_hostile_page(char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		dw_hostile_require(text[i] == '\n' || (isprint((unsigned char)text[i]) && text[i] != '|'));
	free(text);
}
