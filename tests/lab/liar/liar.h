/*
 * liar: a name server that breaks its answers in a way that is known, one fault on each of its addresses.
 *
 * For each question there is an honest answer, from a real server behind it or a fixed one of its own. A
 * fault may change that answer, and the way in which it is sent over UDP and over TCP. One process, one
 * thread, one epoll; it ends itself after its lifetime.
 */
#ifndef LIAR_LIAR_H
#define LIAR_LIAR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define LIAR_MESSAGE_MAX   65535
#define LIAR_QUERY_MAX     4096
#define LIAR_LISTENERS_MAX 192

struct liar_exchange;
struct liar_stream;

/* Changes the honest answer of the exchange. */
typedef void liar_change_fn(struct liar_exchange *exchange);

/* Sends the answer as one datagram, or as the fault would. */
typedef void liar_udp_fn(struct liar_exchange *exchange);

/* Queues the answer on a connection, or does to the connection what the fault would. */
typedef void liar_tcp_fn(struct liar_exchange *exchange, struct liar_stream *stream);

/* A row of the table of faults; a function left out is the honest one. */
struct liar_fault {
	const char *name;
	liar_change_fn *change;
	liar_udp_fn *udp;
	liar_tcp_fn *tcp;
	unsigned value; /* what ":VALUE" after the name replaces */
	const char *about;
};

/* Whoever waits in the epoll; the first member of what it belongs to. */
struct liar_source {
	void (*ready)(struct liar_source *source);
	int fd;
};

struct liar_address {
	struct sockaddr_storage storage;
	socklen_t length;
};

struct liar_listener {
	struct liar_source udp;
	struct liar_source tcp;
	struct liar *liar;
	const struct liar_fault *fault;
	struct liar_address address;
	struct liar_address upstream; /* of its own; the liar's when the length is 0 */
	unsigned value;
	unsigned long asked; /* questions so far, over UDP */
};

/* A datagram that is sent at a later moment. */
struct liar_delayed {
	struct liar_delayed *next;
	int64_t at;
	struct liar_listener *listener;
	struct liar_address client;
	size_t length;
	uint8_t wire[];
};

struct liar {
	int epoll;
	int64_t ends; /* moment in milliseconds of the monotonic clock */
	struct liar_address upstream;
	bool fixed;      /* no upstream: answers of its own */
	uint64_t chance; /* state of the generator of random numbers */
	struct liar_delayed *delayed;
	struct liar_stream *streams;
	size_t n_listeners;
	struct liar_listener listeners[LIAR_LISTENERS_MAX];
};

/* One question and the answer to it. */
struct liar_exchange {
	struct liar *liar;
	struct liar_listener *listener;
	struct liar_address client; /* over UDP */
	bool tcp;
	size_t query_length;
	size_t length; /* of the answer */
	uint8_t query[LIAR_QUERY_MAX];
	uint8_t answer[LIAR_MESSAGE_MAX];
};

/* Now, in milliseconds of the monotonic clock. */
int64_t liar_now(void);

/* The next number of the seeded generator (xorshift), so that a run can be repeated. */
uint32_t liar_chance(struct liar *liar);

/* Opens the sockets of one more listener; NULL with errno when that fails. */
struct liar_listener *liar_listen(
	struct liar *liar, const struct liar_fault *fault, unsigned value, const struct liar_address *address);

/* Serves until the lifetime is over or a signal of `mask` is pending on `signals`. */
void liar_run(struct liar *liar, int signals);

#endif
