#include "change.h"

#include "message.h"

#include <string.h>

#define QR        0x80 /* in the third octet of the header */
#define AA        0x04
#define OPCODE    0x20 /* NOTIFY */
#define NOISE     200
#define BADVERS   1 /* the high octet of 16 */
#define CODE_NSID 3
#define CODE_EDE  15

void liar_change_id(struct liar_exchange *exchange)
{
	exchange->answer[1] ^= 1;
}

void liar_change_question_name(struct liar_exchange *exchange)
{
	if (exchange->answer[LIAR_HEADER] != 0)
		exchange->answer[LIAR_HEADER + 1] ^= 1;
}

void liar_change_question_type(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);

	if (end != 0)
		exchange->answer[end - 3] ^= 1;
}

void liar_change_no_question(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);

	if (end == 0)
		return;
	memmove(exchange->answer + LIAR_HEADER, exchange->answer + end, exchange->length - end);
	exchange->length -= end - LIAR_HEADER;
	liar_set_count(exchange, LIAR_QUESTION, 0);
}

void liar_change_two_questions(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);

	liar_keep_question(exchange);
	if (end != 0)
		liar_put(exchange, exchange->query + LIAR_HEADER, end - LIAR_HEADER);
	liar_set_count(exchange, LIAR_QUESTION, 2);
}

void liar_change_query_bit(struct liar_exchange *exchange)
{
	exchange->answer[2] &= (uint8_t)~QR;
}

void liar_change_opcode(struct liar_exchange *exchange)
{
	exchange->answer[2] ^= OPCODE;
}

void liar_change_not_authoritative(struct liar_exchange *exchange)
{
	exchange->answer[2] &= (uint8_t)~AA;
}

void liar_change_rcode_only(struct liar_exchange *exchange)
{
	exchange->answer[3] = (uint8_t)((exchange->answer[3] & 0xf0) | exchange->listener->value);
}

void liar_change_rcode(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_change_rcode_only(exchange);
}

void liar_change_counts(struct liar_exchange *exchange)
{
	for (unsigned section = LIAR_ANSWER; section <= LIAR_ADDITIONAL; section++)
		liar_set_count(exchange, section, UINT16_MAX);
}

void liar_change_count_more(struct liar_exchange *exchange)
{
	liar_set_count(exchange, LIAR_ANSWER, liar_count(exchange, LIAR_ANSWER) + 1);
}

static void noise_from(struct liar_exchange *exchange, size_t at)
{
	for (; at < exchange->length; at++)
		exchange->answer[at] = (uint8_t)liar_chance(exchange->liar);
}

void liar_change_noise(struct liar_exchange *exchange)
{
	noise_from(exchange, 0);
}

void liar_change_noise_behind(struct liar_exchange *exchange)
{
	uint8_t noise[NOISE] = {0};

	liar_keep_question(exchange);
	size_t end = exchange->length;

	liar_put(exchange, noise, sizeof(noise));
	noise_from(exchange, end);
	liar_set_count(exchange, LIAR_ANSWER, 3);
}

void liar_change_flip(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);

	for (unsigned i = 0; end != 0 && end < exchange->length && i < exchange->listener->value; i++) {
		size_t at = end + liar_chance(exchange->liar) % (exchange->length - end);

		exchange->answer[at] ^= (uint8_t)(1 << liar_chance(exchange->liar) % 8);
	}
}

void liar_change_short(struct liar_exchange *exchange)
{
	exchange->length = 5;
}

void liar_change_half(struct liar_exchange *exchange)
{
	exchange->length /= 2;
}

void liar_change_trailing(struct liar_exchange *exchange)
{
	liar_put(exchange, "trailing octets", 15);
}

void liar_change_no_opt(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	if (liar_find(exchange, LIAR_TYPE_OPT, &record))
		liar_remove(exchange, &record);
}

void liar_change_two_opts(struct liar_exchange *exchange)
{
	liar_put_opt(exchange, NULL, 0);
}

void liar_change_opt_owner(struct liar_exchange *exchange)
{
	liar_change_no_opt(exchange);
	liar_put_record(exchange, LIAR_TYPE_OPT, 0);
	liar_set_count(exchange, LIAR_ADDITIONAL, liar_count(exchange, LIAR_ADDITIONAL) + 1);
}

void liar_change_do_cleared(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	if (liar_find(exchange, LIAR_TYPE_OPT, &record))
		exchange->answer[record.fields + 6] &= 0x7f;
	liar_change_stripped(exchange);
}

void liar_change_badvers(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	size_t end = exchange->length;

	liar_put_opt(exchange, NULL, 0);
	exchange->answer[end + 5] = BADVERS;
}

void liar_change_option_long(struct liar_exchange *exchange)
{
	static const uint8_t option[] = {0, CODE_NSID, 0, 200, 'x'};

	liar_change_no_opt(exchange);
	liar_put_opt(exchange, option, sizeof(option));
}

/* Replaces the OPT by one with an EDE of code 6, DNSSEC bogus. */
static void put_ede(struct liar_exchange *exchange, const char *text, size_t length)
{
	uint8_t option[LIAR_QUERY_MAX] = {0, CODE_EDE, 0, (uint8_t)(length + 2), 0, 6};

	memcpy(option + 6, text, length);
	liar_change_no_opt(exchange);
	liar_put_opt(exchange, option, 6 + length);
}

/* In UTF-8: escape sequences of seven and of eight bits, and what would start a line or performance data. */
void liar_change_ede_control(struct liar_exchange *exchange)
{
	static const char text[] = "\x1b[31m|x=1\n\rCRITICAL\a\b\x7f\xc2\23331m'\"\\;\t|y=2\n";

	put_ede(exchange, text, sizeof(text) - 1);
}

void liar_change_ede_octets(struct liar_exchange *exchange)
{
	static const char text[] = "\0\xff\xc3\x28\xed\xa0\x80\xf8\x88\x80\x80\x80|\x9b";

	put_ede(exchange, text, sizeof(text) - 1);
}

void liar_change_ede_long(struct liar_exchange *exchange)
{
	uint8_t option[30004];

	memset(option, 'e', sizeof(option));
	liar_set16(option, 0, CODE_EDE);
	liar_set16(option, 2, sizeof(option) - 4);
	liar_set16(option, 4, 6);
	liar_change_no_opt(exchange);
	liar_put_opt(exchange, option, sizeof(option));
}

void liar_change_nsid_control(struct liar_exchange *exchange)
{
	static const uint8_t option[] = {
		0, CODE_NSID, 0, 12, 0x1b, '[', '2', 'J', '|', 'a', '=', '1', '\n', 0, 0x7f, 0xff};

	liar_change_no_opt(exchange);
	liar_put_opt(exchange, option, sizeof(option));
}

void liar_change_without_edns(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->query, exchange->query_length, &record)) {
		if (record.type == LIAR_TYPE_OPT) {
			liar_keep_question(exchange);
			exchange->answer[3] = (uint8_t)((exchange->answer[3] & 0xf0) | 1);
			return;
		}
	}
}
