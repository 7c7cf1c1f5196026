/*
 * message: reads and changes DNS messages in place, without judging them.
 */
#ifndef LIAR_MESSAGE_H
#define LIAR_MESSAGE_H

#include "liar.h"

#define LIAR_HEADER 12

enum { LIAR_QUESTION, LIAR_ANSWER, LIAR_AUTHORITY, LIAR_ADDITIONAL };

enum {
	LIAR_TYPE_A = 1,
	LIAR_TYPE_NS = 2,
	LIAR_TYPE_CNAME = 5,
	LIAR_TYPE_SOA = 6,
	LIAR_TYPE_MX = 15,
	LIAR_TYPE_TXT = 16,
	LIAR_TYPE_OPT = 41,
	LIAR_TYPE_RRSIG = 46,
	LIAR_TYPE_DNSKEY = 48,
};

/* A record of the message, by offsets. */
struct liar_record {
	size_t start;
	size_t fields; /* of type, class, TTL and length */
	size_t rdata;
	size_t end;
	unsigned section;
	unsigned type;
};

/* Offset behind the name at `at`, or 0 when it does not end in the message. */
size_t liar_skip_name(const uint8_t *wire, size_t length, size_t at);

/* Offset behind the only question, or 0. */
size_t liar_question_end(const uint8_t *wire, size_t length);

/* Finds the first record (`record` all zero) or the next one; false at the end. */
bool liar_next_record(const uint8_t *wire, size_t length, struct liar_record *record);

/* Finds the next record of a type; start with a record all zero. */
bool liar_find(const struct liar_exchange *exchange, unsigned type, struct liar_record *record);

/* A number in the message. */
unsigned liar_get16(const uint8_t *wire, size_t at);
void liar_set16(uint8_t *wire, size_t at, unsigned value);

/* The count of a section. */
unsigned liar_count(const struct liar_exchange *exchange, unsigned section);
void liar_set_count(struct liar_exchange *exchange, unsigned section, unsigned count);

/* Appends to the answer; what does not fit is left out. */
void liar_put(struct liar_exchange *exchange, const void *octets, size_t length);
void liar_put8(struct liar_exchange *exchange, unsigned value);
void liar_put16(struct liar_exchange *exchange, unsigned value);
void liar_put32(struct liar_exchange *exchange, uint32_t value);

/*
 * Appends the owner (a pointer to the question), type, class IN, TTL 60 and the length of an RDATA to come.
 */
void liar_put_record(struct liar_exchange *exchange, unsigned type, size_t rdata_length);

/*
 * Takes a record out of the answer and of its section's count; names behind it that point further are led
 * right.
 */
void liar_remove(struct liar_exchange *exchange, const struct liar_record *removed);

/* Cuts the answer behind the question; all counts but QDCOUNT are 0. */
void liar_keep_question(struct liar_exchange *exchange);

/* Appends an OPT record with the options in `octets`. */
void liar_put_opt(struct liar_exchange *exchange, const void *octets, size_t length);

/* UDP payload size that the client takes: 512 without OPT. */
size_t liar_client_size(const struct liar_exchange *exchange);

#endif
