#include "message.h"

#include <stddef.h>
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

/* What stood from `from` to `to` stands elsewhere. */
struct shift {
	size_t from, to;
	ptrdiff_t by;
};

/* Where the compression pointer of the name at `at` is, or 0 when it has none. */
static size_t pointer_of(const struct liar_exchange *exchange, size_t at)
{
	const uint8_t *wire = exchange->answer;

	while (at < exchange->length && wire[at] != 0 && wire[at] < 0xc0)
		at += 1 + (size_t)wire[at];
	return at + 2 > exchange->length || wire[at] == 0 ? 0 : at;
}

/* Leads the pointer of the name at `at` right; returns the offset behind the name. */
static size_t repair_name(struct liar_exchange *exchange, size_t at, const struct shift *shift)
{
	size_t pointer = pointer_of(exchange, at);

	if (pointer == 0)
		return liar_skip_name(exchange->answer, exchange->length, at);
	size_t target = liar_get16(exchange->answer, pointer) & 0x3fff;

	if (target >= shift->from && target < shift->to)
		liar_set16(exchange->answer, pointer, 0xc000 | (unsigned)((ptrdiff_t)target + shift->by));
	return pointer + 2;
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
	struct liar_exchange *exchange, const struct liar_record *record, const struct shift *shift)
{
	for (size_t i = 0; i < sizeof(compressed) / sizeof(compressed[0]); i++) {
		size_t at = record->rdata + compressed[i].before;

		if (compressed[i].type != record->type)
			continue;
		for (unsigned name = 0; name < compressed[i].names && at != 0; name++)
			at = repair_name(exchange, at, shift);
	}
}

static void repair(struct liar_exchange *exchange, const struct shift *shift)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->answer, exchange->length, &record)) {
		repair_name(exchange, record.start, shift);
		repair_rdata(exchange, &record, shift);
	}
}

/*
 * Gives an owner that points into `removed` the labels themselves; false when none does. BIND points to
 * signers' names, too.
 */
static bool rescue(struct liar_exchange *exchange, const struct liar_record *removed)
{
	struct liar_record record = *removed;
	uint8_t *wire = exchange->answer;

	while (liar_next_record(wire, exchange->length, &record)) {
		size_t at = pointer_of(exchange, record.start);
		size_t target = at == 0 ? 0 : liar_get16(wire, at) & 0x3fff;

		if (target < removed->start || target >= removed->end)
			continue;
		size_t end = liar_skip_name(wire, removed->end, target);
		size_t n = end - target;

		if (end == 0 || n < 2 || exchange->length + n - 2 > sizeof(exchange->answer))
			return false;
		memmove(wire + at + n, wire + at + 2, exchange->length - at - 2);
		memcpy(wire + at, wire + target, n);
		exchange->length += n - 2;
		repair(exchange, &(struct shift){at + 2, SIZE_MAX, (ptrdiff_t)n - 2});
		repair(exchange, &(struct shift){target, end, (ptrdiff_t)(at - target)});
		return true;
	}
	return false;
}

void liar_remove(struct liar_exchange *exchange, const struct liar_record *removed)
{
	size_t width = removed->end - removed->start;

	while (rescue(exchange, removed))
		;
	memmove(
		exchange->answer + removed->start, exchange->answer + removed->end, exchange->length - removed->end);
	exchange->length -= width;
	liar_set_count(exchange, removed->section, liar_count(exchange, removed->section) - 1);
	repair(exchange, &(struct shift){removed->end, SIZE_MAX, -(ptrdiff_t)width});
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
