/* The faults of change.h that concern names and records. */
#include "change.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS_ROOM 300
#define CHAIN       100
#define TEXT        "a record that nobody asked for"
#define TYPE_NSEC   47
#define TYPE_NSEC3  50
#define CLASS_CHAOS 3
#define POINTER     0xc000u

/* Appends what follows an owner. */
static void put_fields(struct liar_exchange *exchange, unsigned type, size_t rdata_length)
{
	liar_put16(exchange, type);
	liar_put16(exchange, 1);
	liar_put32(exchange, 60);
	liar_put16(exchange, (unsigned)rdata_length);
}

static void put_address(struct liar_exchange *exchange)
{
	put_fields(exchange, LIAR_TYPE_A, 4);
	liar_put32(exchange, 0xc0000201);
	liar_set_count(exchange, LIAR_ANSWER, liar_count(exchange, LIAR_ANSWER) + 1);
}

void liar_change_loop(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put16(exchange, POINTER | (unsigned)exchange->length);
	put_address(exchange);
}

void liar_change_forward(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put16(exchange, POINTER | (unsigned)(exchange->length + 16));
	put_address(exchange);
	liar_put16(exchange, POINTER | LIAR_HEADER);
}

/* The pointers stand in the RDATA of a first record, each to the one before it. */
void liar_change_chain(struct liar_exchange *exchange)
{
	unsigned target = LIAR_HEADER;

	liar_keep_question(exchange);
	liar_put_record(exchange, LIAR_TYPE_TXT, 2 * CHAIN);
	for (int i = 0; i < CHAIN; i++) {
		unsigned here = (unsigned)exchange->length;

		liar_put16(exchange, POINTER | target);
		target = here;
	}
	liar_put16(exchange, POINTER | target);
	put_address(exchange);
	liar_set_count(exchange, LIAR_ANSWER, 2);
}

void liar_change_label_type(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put(exchange, "\x41x\0", 3);
	put_address(exchange);
}

void liar_change_name_long(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	for (int i = 0; i < 30; i++)
		liar_put(exchange, "\11ninechars", 10);
	liar_put8(exchange, 0);
	put_address(exchange);
}

void liar_change_name_control(struct liar_exchange *exchange)
{
	static const uint8_t label[] = {
		15, 0x1b, '[', '3', '1', 'm', '|', 'x', '=', '1', '\n', '\r', 0, 7, '.', 0xff};

	liar_keep_question(exchange);
	liar_put_record(exchange, LIAR_TYPE_CNAME, sizeof(label) + 2);
	size_t target = exchange->length;

	liar_put(exchange, label, sizeof(label));
	liar_put16(exchange, POINTER | LIAR_HEADER);
	liar_put16(exchange, POINTER | (unsigned)target);
	put_address(exchange);
	liar_set_count(exchange, LIAR_ANSWER, 2);
}

void liar_change_rdata_beyond(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put_record(exchange, LIAR_TYPE_TXT, 1000);
	liar_put(exchange, "\3abc", 4);
	liar_set_count(exchange, LIAR_ANSWER, 1);
}

static void put_stunted(struct liar_exchange *exchange, size_t length)
{
	static const unsigned types[] = {LIAR_TYPE_SOA, LIAR_TYPE_RRSIG, LIAR_TYPE_DNSKEY, TYPE_NSEC, TYPE_NSEC3,
		LIAR_TYPE_A, LIAR_TYPE_CNAME};

	liar_keep_question(exchange);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		liar_put_record(exchange, types[i], length);
		liar_put(exchange, "\x3f", length);
	}
	liar_set_count(exchange, LIAR_ANSWER, sizeof(types) / sizeof(types[0]));
}

void liar_change_rdata_short(struct liar_exchange *exchange)
{
	put_stunted(exchange, 1);
}

void liar_change_rdata_empty(struct liar_exchange *exchange)
{
	put_stunted(exchange, 0);
}

/* RFC 5155 3.2: hash algorithm, flags, iterations, salt, next hash; here 9, 0, 65535, none, none. */
void liar_change_nsec3_hash(struct liar_exchange *exchange)
{
	static const uint8_t unknown[] = {9, 0, 0xff, 0xff, 0, 0};
	static const uint8_t salted[] = {1, 0, 0xff, 0xff, 255, 1, 2, 3};

	liar_keep_question(exchange);
	liar_put_record(exchange, TYPE_NSEC3, sizeof(unknown));
	liar_put(exchange, unknown, sizeof(unknown));
	liar_put_record(exchange, TYPE_NSEC3, sizeof(salted));
	liar_put(exchange, salted, sizeof(salted));
	liar_set_count(exchange, LIAR_AUTHORITY, 2);
}

static void put_text(struct liar_exchange *exchange)
{
	liar_put_record(exchange, LIAR_TYPE_TXT, sizeof(TEXT));
	liar_put8(exchange, sizeof(TEXT) - 1);
	liar_put(exchange, TEXT, sizeof(TEXT) - 1);
}

/* Puts up to `count` records in front of all others, as many as the message has room for. */
static void put_many(struct liar_exchange *exchange, unsigned count)
{
	unsigned put = 0;

	liar_keep_question(exchange);
	while (put < count && exchange->length + sizeof(TEXT) + FIELDS_ROOM < sizeof(exchange->answer)) {
		put_text(exchange);
		put++;
	}
	liar_set_count(exchange, LIAR_ANSWER, put);
}

void liar_change_many(struct liar_exchange *exchange)
{
	put_many(exchange, exchange->listener->value);
}

/* The rest of the 65,535 octets is one record more. */
void liar_change_huge(struct liar_exchange *exchange)
{
	put_many(exchange, UINT16_MAX);
	size_t room = sizeof(exchange->answer) - exchange->length - 12;

	liar_put_record(exchange, 65280, room);
	while (exchange->length < sizeof(exchange->answer))
		liar_put8(exchange, 0);
	liar_set_count(exchange, LIAR_ANSWER, liar_count(exchange, LIAR_ANSWER) + 1);
}

void liar_change_doubled(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);
	struct liar_record record = {0};

	liar_change_no_opt(exchange);
	size_t length = exchange->length;
	unsigned added = 0;

	while (end != 0 && liar_next_record(exchange->answer, length, &record)) {
		liar_put(exchange, exchange->answer + record.start, record.end - record.start);
		added++;
	}
	/* What belongs to the authority section goes to the additional one: still the same records twice. */
	liar_set_count(exchange, LIAR_ADDITIONAL, liar_count(exchange, LIAR_ADDITIONAL) + added);
	liar_put_opt(exchange, NULL, 0);
}

void liar_change_class(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->answer, exchange->length, &record)) {
		if (record.type != LIAR_TYPE_OPT)
			liar_set16(exchange->answer, record.fields + 2, CLASS_CHAOS);
	}
}

void liar_change_ttl(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->answer, exchange->length, &record)) {
		if (record.type != LIAR_TYPE_OPT)
			memset(exchange->answer + record.fields + 4, 0xff, 4);
	}
}

void liar_change_stripped(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_find(exchange, LIAR_TYPE_RRSIG, &record)) {
		liar_remove(exchange, &record);
		record = (struct liar_record){0};
	}
}

void liar_change_only_signatures(struct liar_exchange *exchange)
{
	struct liar_exchange *honest = malloc(sizeof(*honest));
	struct liar_record record = {0};
	unsigned kept = 0;

	if (honest == NULL)
		return;
	*honest = *exchange;
	liar_keep_question(exchange);
	while (liar_find(honest, LIAR_TYPE_RRSIG, &record)) {
		liar_put_record(exchange, LIAR_TYPE_RRSIG, record.end - record.rdata);
		liar_put(exchange, honest->answer + record.rdata, record.end - record.rdata);
		kept++;
	}
	liar_set_count(exchange, LIAR_ANSWER, kept);
	liar_put_opt(exchange, NULL, 0);
	free(honest);
}

void liar_change_other_owner(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put(exchange, "\5other\7example\0", 15);
	put_address(exchange);
}

void liar_change_cname_loop(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put_record(exchange, LIAR_TYPE_CNAME, 2);
	liar_put16(exchange, POINTER | LIAR_HEADER);
	liar_set_count(exchange, LIAR_ANSWER, 1);
}
