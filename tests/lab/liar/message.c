#include "message.h"

#include <string.h>

#define FIELDS     10 /* octets of type, class, TTL and length */
#define PLAIN_SIZE 512
#define OPT_SIZE   1232
#define TTL        60

unsigned liar_get16(const uint8_t *wire, size_t at)
{
	return (unsigned)wire[at] << 8 | wire[at + 1];
}

void liar_set16(uint8_t *wire, size_t at, unsigned value)
{
	wire[at] = (uint8_t)(value >> 8);
	wire[at + 1] = (uint8_t)value;
}

size_t liar_skip_name(const uint8_t *wire, size_t length, size_t at)
{
	while (at < length) {
		if (wire[at] == 0)
			return at + 1;
		if (wire[at] >= 0xc0)
			return at + 2 <= length ? at + 2 : 0;
		at += 1 + (size_t)wire[at];
	}
	return 0;
}

size_t liar_question_end(const uint8_t *wire, size_t length)
{
	if (length < LIAR_HEADER || liar_get16(wire, 4) != 1)
		return 0;
	size_t end = liar_skip_name(wire, length, LIAR_HEADER);

	return end != 0 && end + 4 <= length ? end + 4 : 0;
}

/* The section of the record with number `index` among all. */
static unsigned section_of(const uint8_t *wire, size_t index)
{
	size_t seen = 0;

	for (unsigned section = LIAR_ANSWER; section <= LIAR_ADDITIONAL; section++) {
		seen += liar_get16(wire, 4 + 2 * (size_t)section);
		if (index < seen)
			return section;
	}
	return 0;
}

static size_t index_of(const uint8_t *wire, size_t length, size_t start)
{
	size_t index = 0;
	size_t at = liar_question_end(wire, length);

	while (at < start) {
		size_t fields = liar_skip_name(wire, length, at);

		at = fields + FIELDS + liar_get16(wire, fields + 8);
		index++;
	}
	return index;
}

bool liar_next_record(const uint8_t *wire, size_t length, struct liar_record *record)
{
	size_t at = record->end == 0 ? liar_question_end(wire, length) : record->end;
	size_t fields = at == 0 ? 0 : liar_skip_name(wire, length, at);

	if (fields == 0 || fields + FIELDS > length)
		return false;
	*record = (struct liar_record){
		.start = at,
		.fields = fields,
		.rdata = fields + FIELDS,
		.end = fields + FIELDS + liar_get16(wire, fields + 8),
		.section = section_of(wire, index_of(wire, length, at)),
		.type = liar_get16(wire, fields),
	};
	return record->end <= length && record->section != 0;
}

bool liar_find(const struct liar_exchange *exchange, unsigned type, struct liar_record *record)
{
	while (liar_next_record(exchange->answer, exchange->length, record)) {
		if (record->type == type)
			return true;
	}
	return false;
}

unsigned liar_count(const struct liar_exchange *exchange, unsigned section)
{
	return liar_get16(exchange->answer, 4 + 2 * (size_t)section);
}

void liar_set_count(struct liar_exchange *exchange, unsigned section, unsigned count)
{
	liar_set16(exchange->answer, 4 + 2 * (size_t)section, count);
}

void liar_put(struct liar_exchange *exchange, const void *octets, size_t length)
{
	if (length > sizeof(exchange->answer) - exchange->length)
		length = sizeof(exchange->answer) - exchange->length;
	if (length > 0)
		memcpy(exchange->answer + exchange->length, octets, length);
	exchange->length += length;
}

void liar_put8(struct liar_exchange *exchange, unsigned value)
{
	uint8_t octet = (uint8_t)value;

	liar_put(exchange, &octet, 1);
}

void liar_put16(struct liar_exchange *exchange, unsigned value)
{
	liar_put8(exchange, value >> 8);
	liar_put8(exchange, value);
}

void liar_put32(struct liar_exchange *exchange, uint32_t value)
{
	liar_put16(exchange, value >> 16);
	liar_put16(exchange, value & 0xffff);
}

void liar_put_record(struct liar_exchange *exchange, unsigned type, size_t rdata_length)
{
	liar_put16(exchange, 0xc000 | LIAR_HEADER);
	liar_put16(exchange, type);
	liar_put16(exchange, 1);
	liar_put32(exchange, TTL);
	liar_put16(exchange, (unsigned)rdata_length);
}

/* Moves the compression pointer of the name at `at` when it leads behind a gap; returns the offset behind the
 * name. */
static size_t repair_name(struct liar_exchange *exchange, size_t at, size_t gap, size_t width)
{
	uint8_t *wire = exchange->answer;

	while (at < exchange->length && wire[at] != 0 && wire[at] < 0xc0)
		at += 1 + (size_t)wire[at];
	if (at + 2 > exchange->length || wire[at] == 0)
		return at + 1;
	unsigned pointer = liar_get16(wire, at);

	if ((pointer & 0x3fff) >= gap + width)
		liar_set16(wire, at, pointer - (unsigned)width);
	return at + 2;
}

/* Where names stand in RDATA that servers compress (RFC 1035): the octets before the first, and how many. */
static const struct {
	unsigned type;
	size_t before;
	unsigned names;
} compressed[] = {
	{LIAR_TYPE_NS, 0, 1},
	{LIAR_TYPE_CNAME, 0, 1},
	{LIAR_TYPE_SOA, 0, 2},
	{LIAR_TYPE_MX, 2, 1},
};

static void repair_rdata(
	struct liar_exchange *exchange, const struct liar_record *record, size_t gap, size_t width)
{
	for (size_t i = 0; i < sizeof(compressed) / sizeof(compressed[0]); i++) {
		size_t at = record->rdata + compressed[i].before;

		if (compressed[i].type != record->type)
			continue;
		for (unsigned name = 0; name < compressed[i].names; name++)
			at = repair_name(exchange, at, gap, width);
	}
}

void liar_remove(struct liar_exchange *exchange, const struct liar_record *removed)
{
	size_t width = removed->end - removed->start;
	struct liar_record record = {0};

	memmove(
		exchange->answer + removed->start, exchange->answer + removed->end, exchange->length - removed->end);
	exchange->length -= width;
	liar_set_count(exchange, removed->section, liar_count(exchange, removed->section) - 1);
	while (liar_next_record(exchange->answer, exchange->length, &record)) {
		repair_name(exchange, record.start, removed->start, width);
		repair_rdata(exchange, &record, removed->start, width);
	}
}

void liar_keep_question(struct liar_exchange *exchange)
{
	size_t end = liar_question_end(exchange->answer, exchange->length);

	for (unsigned section = LIAR_ANSWER; section <= LIAR_ADDITIONAL; section++)
		liar_set_count(exchange, section, 0);
	if (end != 0)
		exchange->length = end;
}

void liar_put_opt(struct liar_exchange *exchange, const void *octets, size_t length)
{
	liar_put8(exchange, 0);
	liar_put16(exchange, LIAR_TYPE_OPT);
	liar_put16(exchange, OPT_SIZE);
	liar_put32(exchange, 0x8000);
	liar_put16(exchange, (unsigned)length);
	liar_put(exchange, octets, length);
	liar_set_count(exchange, LIAR_ADDITIONAL, liar_count(exchange, LIAR_ADDITIONAL) + 1);
}

size_t liar_client_size(const struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->query, exchange->query_length, &record)) {
		if (record.type == LIAR_TYPE_OPT) {
			size_t size = liar_get16(exchange->query, record.fields + 2);

			return size < PLAIN_SIZE ? PLAIN_SIZE : size;
		}
	}
	return PLAIN_SIZE;
}
