/*
 * query: carries DNS questions to servers and their answers back, thousands at once.
 *
 * The engine knows transport only: sockets, attempts, time and limits. What an answer means is for
 * its readers. Every question ends exactly once, with a message or with the reason why there is
 * none. A server that lets four attempts in a row go unanswered is taken for down: what waits for it
 * fails at once, so that one dead server does not hold up the others. A datagram is matched by socket, id,
 * source address and port, QR, opcode and question before it is anybody's answer; what fails is counted and
 * ignored, and never ends a question. Truncated answers are asked again by TCP.
 *
 * dw_query_run() blocks, until its deadline at the latest; hosts with a loop of their own use
 * dw_query_fd(), dw_query_wake() and dw_query_step() instead. An engine belongs to one thread, and
 * engines share nothing. A callback may ask further questions, and must not end the engine.
 */
#ifndef DW_DNS_QUERY_H
#define DW_DNS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "dns/ask.h"
#include "dns/clock.h"
#include "dns/server.h"

/* Owned by whoever called dw_query_new(). */
struct dw_query;

enum dw_transport {
	DW_TRANSPORT_UDP,      /* UDP, and TCP when the answer is truncated */
	DW_TRANSPORT_UDP_ONLY, /* the truncated answer is the answer */
	DW_TRANSPORT_TCP,
};

#define DW_TCP_SEGMENT_SYSTEM UINT16_MAX /* as `tcp_segment`: whatever the system takes */

/* How far a question came by TCP. */
enum dw_tcp_stage {
	DW_TCP_NONE,       /* not tried */
	DW_TCP_CONNECTING, /* no SYN-ACK, or refused */
	DW_TCP_CONNECTED,  /* not one octet of an answer */
	DW_TCP_READING,    /* a part of the answer */
	DW_TCP_DONE,
};

/* One question to one server. Copied by dw_query_ask(). */
struct dw_question {
	struct dw_ask ask;
	struct dw_address server;
	enum dw_transport transport;
	unsigned tries;        /* UDP attempts; 0: as the engine's options say */
	dw_millis try_timeout; /* wait for the first attempt, doubled each time; 0: as the options say */
	uint16_t tcp_segment;  /* TCP_MAXSEG; 0: 1220, which passes paths whose MTU messages are lost */
	dw_millis tcp_timeout; /* for connect and answer together; 0: as the engine's options say */
	dw_deadline deadline;  /* ends with DW_TIMEOUT then at the latest; 0: that of the engine alone */
};

/* How one question ended. */
struct dw_answer {
	enum dw_status status; /* DW_OK, DW_TIMEOUT, DW_REFUSED, DW_NO_ROUTE, DW_MALFORMED, DW_SYSTEM */
	const uint8_t *wire;   /* the message, valid during the callback; NULL unless DW_OK */
	size_t length;         /* octets, at most 65535 */
	bool tcp;              /* it came, or failed, by TCP */
	bool truncated;        /* UDP answered with TC first; with a failed status TCP is what failed */
	bool late;             /* DW_TIMEOUT: it was never sent, since the run was over; no fault of the server */
	size_t udp_length;     /* octets of the (perhaps truncated) UDP answer; 0 when there was none */
	dw_millis elapsed;     /* from the first attempt to the end */
	unsigned attempts;     /* packets sent by UDP, and connections tried by TCP */
	unsigned n_ignored;    /* datagrams that did not match, while it waited */
	unsigned n_packets;    /* sent for it: UDP attempts, and TCP segments with those that close */
	enum dw_tcp_stage tcp_stage;
	size_t tcp_read;             /* octets of the answer that TCP brought */
	size_t tcp_wanted;           /* octets that it announced; 0 when not known */
	unsigned n_elsewhere;        /* patient: answers to it that came from another address */
	struct dw_address elsewhere; /* the last of these addresses */
	unsigned n_garbage;          /* patient: datagrams of this server so far that answer nothing asked */
	unsigned n_repeated;         /* patient: answers of this server so far that had been there before */
	char reason[96];             /* unless DW_OK: a clause, "no answer to 3 tries in 10.5 s" */
};

/* Called once for each question. `context` is as given to dw_query_ask(). */
typedef void dw_answer_fn(void *context, const struct dw_question *question, const struct dw_answer *answer);

/* Replaceable system calls (dns/transport.h), so that loss, delay and starvation are unit tests. */
struct dw_transport_calls;

/* Zero members mean the default in brackets. */
struct dw_query_options {
	unsigned tries;        /* UDP attempts [3] */
	dw_millis try_timeout; /* for the first, doubled each time [1500] */
	dw_millis tcp_timeout; /* for connect and answer together [5000] */
	unsigned n_sockets;    /* UDP sockets per family [1 for few questions, up to 16] */
	unsigned per_server;   /* questions in flight to one address [64] */
	unsigned in_flight;    /* in all [bounded by the sockets' receive buffers] */
	unsigned rate;         /* questions begun a second, spread evenly [as fast as they go] */
	bool patient;          /* a silent server is asked on: for probing what it is silent to [fails fast] */
	struct dw_address source4; /* send from these; length 0: the system's choice */
	struct dw_address source6;
	struct dw_clock clock;
	const struct dw_transport_calls *calls;
};

/* Counts since the engine began. */
struct dw_query_figures {
	uint64_t questions; /* taken by dw_query_ask() */
	uint64_t answers;   /* of them, ended with a message */
	uint64_t sent;      /* attempts by UDP */
	uint64_t retries;   /* of these, not the first of their question */
	uint64_t timeouts;  /* attempts by UDP that waited in vain */
	uint64_t ignored;   /* datagrams that were nobody's answer */
	uint64_t tcp;       /* connections begun */
};

/* Makes an engine. DW_SYSTEM when sockets or memory cannot be had. Release with dw_query_free(). */
DW_MUST_CHECK enum dw_status dw_query_new(
	const struct dw_query_options *options, struct dw_query **query, struct dw_error *error);

/*
 * Queues a question; its answer is handed to `done` by dw_query_run() or _step(), never from here.
 * DW_SYSTEM without memory; DW_INVALID for a server that is no address; DW_TIMEOUT from a callback
 * once the deadline of dw_query_run() has passed. `done` is not called then.
 */
DW_MUST_CHECK enum dw_status dw_query_ask(struct dw_query *query, const struct dw_question *question,
	dw_answer_fn *done, void *context, struct dw_error *error);

/* Runs until every question has ended, or the deadline; what is left then ends with DW_TIMEOUT. */
void dw_query_run(struct dw_query *query, dw_deadline deadline);

/* A descriptor that is readable when there is something to step; it stays the engine's. */
int dw_query_fd(const struct dw_query *query);

/* When to step at the latest, readable or not; INT64_MAX when nothing waits. */
dw_deadline dw_query_wake(const struct dw_query *query);

/* Does what is due without blocking; returns how many questions have not ended. */
size_t dw_query_step(struct dw_query *query);

/* Now, on the engine's clock: deadlines are counted from it. */
dw_deadline dw_query_now(const struct dw_query *query);

/* What was done so far. */
struct dw_query_figures dw_query_figures(const struct dw_query *query);

/*
 * Releases the engine and its sockets; NULL is fine. Questions that have not ended are forgotten unanswered.
 */
void dw_query_free(struct dw_query *query);

#endif
