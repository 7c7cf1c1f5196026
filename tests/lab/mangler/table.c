#include "table.h"

#include "../liar/message.h"

#include <string.h>

#define QR      0x80 /* in the third octet of the header */
#define TC      0x02
#define FORMERR 1
#define NOTIMP  4
#define VERSION 5 /* octets behind the type of an OPT */
#define FLAGS   6
#define OPT_MAX 512
#define DO      0x80

/* The OPT of the message in `answer`. */
static bool find_opt(const struct liar_exchange *exchange, struct liar_record *opt)
{
	*opt = (struct liar_record){0};
	return liar_find(exchange, LIAR_TYPE_OPT, opt);
}

static bool find_asked_opt(const struct liar_exchange *exchange, struct liar_record *opt)
{
	*opt = (struct liar_record){0};
	while (liar_next_record(exchange->query, exchange->query_length, opt)) {
		if (opt->type == LIAR_TYPE_OPT)
			return true;
	}
	return false;
}

static bool has_options(const struct liar_record *opt)
{
	return opt->end > opt->rdata;
}

static bool has_other_flags(const uint8_t *wire, const struct liar_record *opt)
{
	return (wire[opt->fields + FLAGS] & ~DO) != 0 || wire[opt->fields + FLAGS + 1] != 0;
}

static enum mangler_fate refuse(struct liar_exchange *exchange, unsigned rcode)
{
	liar_keep_question(exchange);
	exchange->answer[2] |= QR;
	exchange->answer[3] = (uint8_t)rcode;
	return MANGLER_REPLY;
}

static void strip(struct liar_exchange *exchange, unsigned type)
{
	struct liar_record record = {0};

	while (liar_find(exchange, type, &record)) {
		liar_remove(exchange, &record);
		record = (struct liar_record){0};
	}
}

static void strip_answered_opt(struct liar_exchange *exchange)
{
	strip(exchange, LIAR_TYPE_OPT);
}

static void strip_signatures(struct liar_exchange *exchange)
{
	strip(exchange, LIAR_TYPE_RRSIG);
}

static enum mangler_fate strip_opt(struct liar_exchange *exchange)
{
	strip(exchange, LIAR_TYPE_OPT);
	return MANGLER_PASS;
}

static enum mangler_fate drop_edns(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) ? MANGLER_DROP : MANGLER_PASS;
}

static enum mangler_fate formerr(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) ? refuse(exchange, FORMERR) : MANGLER_PASS;
}

static enum mangler_fate notimp(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) ? refuse(exchange, NOTIMP) : MANGLER_PASS;
}

static enum mangler_fate clear_do(struct liar_exchange *exchange)
{
	struct liar_record opt;

	if (find_opt(exchange, &opt))
		exchange->answer[opt.fields + FLAGS] &= (uint8_t)~DO;
	return MANGLER_PASS;
}

static enum mangler_fate drop_options(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) && has_options(&opt) ? MANGLER_DROP : MANGLER_PASS;
}

static enum mangler_fate formerr_options(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) && has_options(&opt) ? refuse(exchange, FORMERR) : MANGLER_PASS;
}

static bool of_other_version(const struct liar_exchange *exchange, struct liar_record *opt)
{
	return find_opt(exchange, opt) && exchange->answer[opt->fields + VERSION] != 0;
}

static enum mangler_fate drop_version(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return of_other_version(exchange, &opt) ? MANGLER_DROP : MANGLER_PASS;
}

static enum mangler_fate formerr_version(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return of_other_version(exchange, &opt) ? refuse(exchange, FORMERR) : MANGLER_PASS;
}

static enum mangler_fate ignore_version(struct liar_exchange *exchange)
{
	struct liar_record opt;

	if (of_other_version(exchange, &opt))
		exchange->answer[opt.fields + VERSION] = 0;
	return MANGLER_PASS;
}

static enum mangler_fate drop_flags(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) && has_other_flags(exchange->answer, &opt) ? MANGLER_DROP : MANGLER_PASS;
}

static enum mangler_fate formerr_flags(struct liar_exchange *exchange)
{
	struct liar_record opt;

	return find_opt(exchange, &opt) && has_other_flags(exchange->answer, &opt) ? refuse(exchange, FORMERR)
																			   : MANGLER_PASS;
}

static void echo_flags(struct liar_exchange *exchange)
{
	struct liar_record asked;
	struct liar_record opt;

	if (!find_asked_opt(exchange, &asked) || !find_opt(exchange, &opt))
		return;
	exchange->answer[opt.fields + FLAGS] |= exchange->query[asked.fields + FLAGS];
	exchange->answer[opt.fields + FLAGS + 1] |= exchange->query[asked.fields + FLAGS + 1];
}

/* Only where the OPT is the last record, as every server has it. */
static void echo_options(struct liar_exchange *exchange)
{
	struct liar_record asked;
	struct liar_record opt;

	if (!find_asked_opt(exchange, &asked) || !find_opt(exchange, &opt) || opt.end != exchange->length)
		return;
	size_t length = asked.end - asked.rdata;

	liar_put(exchange, exchange->query + asked.rdata, length);
	liar_set16(exchange->answer, opt.rdata - 2, (unsigned)(opt.end - opt.rdata + length));
}

/* Header, question and OPT stay, so that the code of 12 bits does. */
static void truncate_always(struct liar_exchange *exchange)
{
	uint8_t octets[OPT_MAX];
	struct liar_record opt;
	size_t length = 0;

	if (find_opt(exchange, &opt) && opt.end - opt.start <= sizeof(octets)) {
		length = opt.end - opt.start;
		memcpy(octets, exchange->answer + opt.start, length);
	}
	liar_keep_question(exchange);
	exchange->answer[2] |= TC;
	liar_put(exchange, octets, length);
	liar_set_count(exchange, LIAR_ADDITIONAL, length > 0);
}

/* As a box that holds on to RFC 1035, whatever buffer was asked for. */
static void truncate_512(struct liar_exchange *exchange)
{
	if (exchange->length > 512)
		truncate_always(exchange);
}

static void break_version(struct liar_exchange *exchange)
{
	struct liar_record opt;

	if (find_opt(exchange, &opt))
		exchange->answer[opt.fields + VERSION] = 1;
}

const struct mangler_fault mangler_faults[] = {
	{.name = "pass", .about = "no fault"},
	{.name = "drop-edns", .question = drop_edns, .about = "questions with EDNS are dropped"},
	{.name = "strip-opt", .question = strip_opt, .about = "the OPT is taken out of questions"},
	{.name = "strip-opt-answers", .answer = strip_answered_opt, .about = "the OPT is taken out of answers"},
	{.name = "formerr", .question = formerr, .about = "questions with EDNS get FORMERR"},
	{.name = "notimp", .question = notimp, .about = "questions with EDNS get NOTIMP"},
	{.name = "clear-do", .question = clear_do, .about = "DO is cleared in questions"},
	{.name = "strip-signatures",
		.answer = strip_signatures,
		.about = "the RRSIG records are taken out of answers"},
	{.name = "always-tc", .answer = truncate_always, .about = "every answer is TC and empty"},
	{.name = "drop-options", .question = drop_options, .about = "questions with an EDNS option are dropped"},
	{.name = "formerr-options",
		.question = formerr_options,
		.about = "questions with an EDNS option get FORMERR"},
	{.name = "echo-options", .answer = echo_options, .about = "EDNS options come back"},
	{.name = "drop-version", .question = drop_version, .about = "EDNS versions but 0 are dropped"},
	{.name = "formerr-version", .question = formerr_version, .about = "EDNS versions but 0 get FORMERR"},
	{.name = "ignore-version",
		.question = ignore_version,
		.about = "EDNS versions but 0 are answered as if they were 0"},
	{.name = "wrong-version", .answer = break_version, .about = "answers are of EDNS version 1"},
	{.name = "drop-flags", .question = drop_flags, .about = "questions with an unknown flag are dropped"},
	{.name = "formerr-flags",
		.question = formerr_flags,
		.about = "questions with an unknown flag get FORMERR"},
	{.name = "echo-flags", .answer = echo_flags, .about = "unknown flags come back"},
	{.name = "tc-512", .answer = truncate_512, .about = "answers of more than 512 octets are TC and empty"},
	{.name = NULL},
};
