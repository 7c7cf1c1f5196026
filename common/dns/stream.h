/*
 * stream: one question and its answer by TCP (RFC 1035 4.2.2, RFC 7766).
 *
 * Reads and writes of any length will do, down to single octets; what comes too slowly is for the
 * caller's clock to end. A stream that fails says how far it came, as a clause for people.
 *
 * Nothing blocks. A stream belongs to the engine's thread.
 */
#ifndef DW_DNS_STREAM_H
#define DW_DNS_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/ask.h"
#include "dns/query.h"
#include "dns/server.h"
#include "dns/transport.h"

#define DW_STREAM_SKIPS_MAX 4

enum dw_stream_state {
	DW_STREAM_CONNECTING,
	DW_STREAM_WRITING,
	DW_STREAM_READING,
	DW_STREAM_DONE,   /* `answer` holds the whole message */
	DW_STREAM_FAILED, /* `status` and `reason` say why */
};

struct dw_stream {
	enum dw_watched watched; /* first, see there */
	const struct dw_transport_calls *calls;
	int epoll;
	int socket;
	enum dw_stream_state state;
	bool connected; /* at some time */
	void *holder;   /* the caller's own */
	uint8_t question[2 + DW_QUESTION_MAX];
	size_t question_length, n_written;
	uint8_t prefix[2]; /* the answer's length as it arrives */
	size_t n_read;     /* octets of prefix and answer */
	uint8_t *answer;   /* `answer_length` octets, owned by the stream; NULL before the prefix is there */
	size_t answer_length;
	unsigned n_skipped;    /* messages that answered nothing */
	size_t skipped_length; /* octets of the last of them */
	enum dw_status status;
	char reason[64]; /* "TCP closed after 12 of 512 octets" */
};

/* Where to, where from, and what to say. */
struct dw_stream_plan {
	struct dw_address server, source; /* source of length 0: the system's choice */
	unsigned segment;                 /* TCP_MAXSEG; 0: the system's */
	const struct dw_ask *ask;
	uint16_t id;
	void *holder;
};

/*
 * Begins to connect, watched by `epoll`. DW_REFUSED, DW_NO_ROUTE or DW_SYSTEM when that cannot
 * even be tried; the text is a clause like `reason`. Release with dw_stream_free().
 */
DW_MUST_CHECK enum dw_status dw_stream_new(const struct dw_transport_calls *calls, int epoll,
	const struct dw_stream_plan *plan, struct dw_stream **stream, struct dw_error *error);

/* Goes on as far as it goes without blocking, and returns the state reached. */
enum dw_stream_state dw_stream_step(struct dw_stream *stream);

/*
 * Drops the message that is there, as no answer to the question, and reads on for another one, for
 * DW_STREAM_SKIPS_MAX messages at most; returns the state reached. A stream that then ends without an answer
 * says that this message was none.
 */
enum dw_stream_state dw_stream_skip(struct dw_stream *stream);

/* Fails a stream whose time is up: sets its status to DW_TIMEOUT and a reason that says how far it came. */
void dw_stream_give_up(struct dw_stream *stream);

/* How far the stream came, be it done, failed or under way. */
enum dw_tcp_stage dw_stream_stage(const struct dw_stream *stream);

/* Octets of the answer that are there, the two of its length not counted. */
size_t dw_stream_read(const struct dw_stream *stream);

/* Segments sent so far, and those that closing it will take; 1 when the system does not tell. */
unsigned dw_stream_packets(const struct dw_stream *stream);

/* Closes and releases a stream; NULL is fine. */
void dw_stream_free(struct dw_stream *stream);

#endif
