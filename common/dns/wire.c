#include "dns/wire.h"

#include <string.h>

#include "dns/octets.h"

#define HEADER_SIZE   12
#define QUESTION_TAIL 4  /* type and class */
#define RECORD_TAIL   10 /* type, class, TTL and RDLENGTH */

/*
 * Pointers followed for one name. A name has at most 127 labels, so a sender that compresses sensibly never
 * needs more; chains of pointers to pointers would cost a reader 8,000 steps a record.
 */
#define POINTERS_MAX 127

/* Bits of the second header word (RFC 1035 4.1.1, RFC 4035 3). */
enum header_bit {
	BIT_QR = 0x8000,
	BIT_AA = 0x0400,
	BIT_TC = 0x0200,
	BIT_RD = 0x0100,
	BIT_RA = 0x0080,
	BIT_AD = 0x0020,
	BIT_CD = 0x0010,
};

static const char cut_short[] = "it is cut short";
static const char too_many[] = "it is one record too many";

/* Where a name stands: within `length` octets of a message, its part in place ending before `end`. */
struct place {
	const uint8_t *wire;
	size_t length;
	size_t end;
};

/*
 * Follows the pointer at `at`, which ends the labels that begin at `start`, and sets both to where they go
 * on. Returns what is wrong, or NULL.
 */
static const char *follow(const struct place *place, size_t *at, size_t *start, unsigned *n_pointers)
{
	if (place->end - *at < 2)
		return "name is cut short";
	size_t target = dw_read16(place->wire + *at) & 0x3fff;
	if (target >= *start)
		return "name points forward";
	if (target < HEADER_SIZE)
		return "name points into the header";
	if (++*n_pointers > POINTERS_MAX)
		return "name has too many pointers";
	*start = target;
	*at = target;
	return NULL;
}

/*
 * Reads the name at `at`, into `name` unless that is NULL, and sets `next` to what follows it in place.
 * Returns what is wrong, or NULL. It ends, since every pointer leads below the labels that led to it.
 */
static const char *read_name(struct place place, size_t at, struct dw_name *name, size_t *next)
{
	size_t start = at, used = 0;
	unsigned n_pointers = 0;
	const uint8_t *wire = place.wire;

	for (;;) {
		if (at >= place.end)
			return "name is cut short";
		size_t label = wire[at];
		if (label >= 0xc0) {
			if (n_pointers == 0)
				*next = at + 2;
			const char *fault = follow(&place, &at, &start, &n_pointers);
			if (fault != NULL)
				return fault;
			place.end = place.length;
			continue;
		}
		if (label > DW_LABEL_MAX)
			return "name has a label of an unknown kind";
		if (label >= place.end - at)
			return "name is cut short";
		if (used + label + 1 > DW_NAME_MAX)
			return "name is longer than 255 octets";
		if (name != NULL)
			memcpy(name->wire + used, wire + at, label + 1);
		used += label + 1;
		at += label + 1;
		if (label == 0)
			break;
	}
	if (n_pointers == 0)
		*next = at;
	if (name != NULL)
		name->length = (uint8_t)used;
	return NULL;
}

static struct place whole(const struct dw_message *message)
{
	return (struct place){message->wire, message->length, message->length};
}

/* Sets what the header says, and everything that a record may set later. */
static void read_header(struct dw_message *message)
{
	uint16_t bits = dw_read16(message->wire + 2);

	message->id = dw_read16(message->wire);
	message->rcode = bits & 0x0f;
	message->opcode = (bits >> 11) & 0x0f;
	message->response = bits & BIT_QR;
	message->authoritative = bits & BIT_AA;
	message->truncated = bits & BIT_TC;
	message->recursion_desired = bits & BIT_RD;
	message->recursion_available = bits & BIT_RA;
	message->authentic_data = bits & BIT_AD;
	message->checking_disabled = bits & BIT_CD;
	message->has_question = false;
	message->qname.length = 0;
	message->qtype = 0;
	message->qclass = 0;
	message->edns = (struct dw_edns){0};
	message->n_records = 0;
}

/* Reads the question at `at` and moves behind it. Returns what is wrong, or NULL. */
static const char *read_question(struct dw_message *message, size_t *at)
{
	const char *fault = read_name(whole(message), *at, &message->qname, at);

	if (fault != NULL)
		return fault;
	if (message->length - *at < QUESTION_TAIL)
		return cut_short;
	message->qtype = dw_read16(message->wire + *at);
	message->qclass = dw_read16(message->wire + *at + 2);
	message->has_question = true;
	*at += QUESTION_TAIL;
	return NULL;
}

/* Takes the OPT record, whose fields mean something else than in other records (RFC 6891 6.1.2). */
static const char *read_opt(struct dw_message *message, const struct dw_rr *rr, uint32_t ttl)
{
	if (rr->section != DW_ADDITIONAL)
		return "OPT stands outside the additional section";
	if (message->wire[rr->owner] != 0)
		return "OPT does not belong to the root";
	if (message->edns.present)
		return "there is a second OPT";
	if (!dw_edns_options_valid(rr->rdata, rr->rdlength))
		return "options of OPT disagree with their lengths";
	message->rcode |= (uint16_t)(ttl >> 24 << 4);
	message->edns = (struct dw_edns){
		.present = true,
		.dnssec_ok = ttl & DW_EDNS_DO,
		.version = ttl >> 16 & 0xff,
		.flags = ttl & 0xffff,
		.payload_size = rr->rr_class,
		.options = rr->rdata,
		.options_length = rr->rdlength,
	};
	return NULL;
}

/* Checks the owner name at `at` and sets `next` behind it; most owners point at the question. */
static const char *check_owner(const struct dw_message *message, size_t at, size_t *next)
{
	const uint8_t *owner = message->wire + at;

	if (message->has_question && message->length - at >= 2 && owner[0] == 0xc0 && owner[1] == HEADER_SIZE) {
		*next = at + 2;
		return NULL;
	}
	return read_name(whole(message), at, NULL, next);
}

/* Reads the record at `at` and moves behind it. Returns what is wrong, or NULL. */
static const char *read_record(struct dw_message *message, enum dw_section section, size_t *at)
{
	size_t tail = 0;
	const char *fault = check_owner(message, *at, &tail);

	if (fault != NULL)
		return fault;
	if (message->length - tail < RECORD_TAIL)
		return cut_short;
	const uint8_t *fields = message->wire + tail;
	uint32_t ttl = dw_read32(fields + 4);
	struct dw_rr rr = {
		.rdata = fields + RECORD_TAIL,
		.ttl = ttl > INT32_MAX ? 0 : ttl,
		.owner = (uint16_t)*at,
		.type = dw_read16(fields),
		.rr_class = dw_read16(fields + 2),
		.rdlength = dw_read16(fields + 8),
		.section = (uint8_t)section,
	};
	if (rr.rdlength > message->length - tail - RECORD_TAIL)
		return "RDATA is cut short";
	*at = tail + RECORD_TAIL + rr.rdlength;
	if (rr.type == DW_TYPE_OPT)
		return read_opt(message, &rr, ttl);
	if (message->n_records == DW_RECORDS_MAX)
		return too_many;
	message->records[message->n_records++] = rr;
	return NULL;
}

/* Reads the `n` records of a section. */
static enum dw_status read_section(
	struct dw_message *message, enum dw_section section, unsigned n, size_t *at, struct dw_error *error)
{
	static const char *const sections[] = {"answer", "authority", "additional"};

	for (unsigned i = 0; i < n; i++) {
		const char *fault = read_record(message, section, at);
		if (fault == too_many)
			return dw_fail(error, DW_LIMIT, "message has more than %d records", DW_RECORDS_MAX);
		if (fault != NULL)
			return dw_fail(error, DW_MALFORMED, "record %u of %u in the %s section: %s", i + 1, n,
				sections[section], fault);
	}
	return DW_OK;
}

/* Reads what follows the header. */
static enum dw_status read_body(struct dw_message *message, struct dw_error *error)
{
	const uint8_t *counts = message->wire + 4;
	size_t at = HEADER_SIZE;
	unsigned n_questions = dw_read16(counts);

	if (n_questions > 1)
		return dw_fail(error, DW_MALFORMED, "message has %u questions", n_questions);
	if (n_questions == 1) {
		const char *fault = read_question(message, &at);
		if (fault != NULL)
			return dw_fail(error, DW_MALFORMED, "question: %s", fault);
	}
	for (unsigned section = DW_ANSWER; section <= DW_ADDITIONAL; section++) {
		unsigned n = dw_read16(counts + 2 + 2 * (size_t)section);
		enum dw_status status = read_section(message, section, n, &at, error);
		if (status != DW_OK)
			return status;
	}
	if (at != message->length)
		return dw_fail(error, DW_MALFORMED, "%zu octets follow the last record", message->length - at);
	return DW_OK;
}

enum dw_status dw_message_parse(
	const uint8_t *wire, size_t length, struct dw_message *message, struct dw_error *error)
{
	if (length < HEADER_SIZE)
		return dw_fail(error, DW_MALFORMED, "message of %zu octets is shorter than its header", length);
	if (length > DW_MESSAGE_MAX)
		return dw_fail(error, DW_MALFORMED, "message of %zu octets is longer than messages can be", length);
	message->wire = wire;
	message->length = length;
	read_header(message);
	return read_body(message, error);
}

void dw_message_owner(const struct dw_message *message, const struct dw_rr *rr, struct dw_name *name)
{
	size_t next;

	/* It was read once, so it can be read again; the root stands in for a record of another message. */
	if (read_name(whole(message), rr->owner, name, &next) != NULL)
		*name = dw_name_root;
}

bool dw_message_owner_is(const struct dw_message *message, const struct dw_rr *rr, const struct dw_name *name)
{
	const uint8_t *wire = message->wire;
	size_t at = rr->owner;

	for (size_t used = 0; used < name->length;) {
		while (wire[at] >= 0xc0)
			at = dw_read16(wire + at) & 0x3fff;
		size_t label = wire[at];
		if (label != name->wire[used])
			return false;
		if (!dw_equal_but_case(wire + at + 1, name->wire + used + 1, label))
			return false;
		if (label == 0)
			return true;
		used += label + 1;
		at += label + 1;
	}
	return false;
}

enum dw_status dw_message_name(const struct dw_message *message, const struct dw_rr *rr, uint16_t at,
	struct dw_name *name, uint16_t *next)
{
	size_t start = (size_t)(rr->rdata - message->wire);
	struct place place = {message->wire, message->length, start + rr->rdlength};
	size_t behind = 0;

	if (read_name(place, start + at, name, &behind) != NULL)
		return DW_MALFORMED;
	if (next != NULL)
		*next = (uint16_t)(behind - start);
	return DW_OK;
}
