/*
 * fakenet: a network and a clock for the query engine that exist in memory only.
 *
 * What a server does is a function of the test: it is called with each datagram that leaves and
 * says what comes back, when, and from where. Time passes only while the engine waits, or when the
 * test adds to `now`; sockets keep as much as real ones and drop what is too much.
 *
 * A net belongs to one thread. Prepare with dw_fakenet_init(), release with dw_fakenet_fini().
 */
#ifndef DW_TESTS_SUPPORT_FAKENET_H
#define DW_TESTS_SUPPORT_FAKENET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/moment.h"
#include "dns/query.h"
#include "dns/transport.h"

#define DW_FAKENET_SOCKETS 40
#define DW_FAKENET_BUFFER  212992 /* SO_RCVBUF of each socket */

struct dw_fakenet;

/* A datagram that the engine sends. */
struct dw_fakenet_question {
	int socket;
	struct dw_address server;
	const uint8_t *wire;
	size_t length;
	uint64_t n; /* datagrams sent before it */
};

/* What the network does with a datagram; returns 0, or the errno with which sending it fails. */
typedef int dw_fakenet_serve(struct dw_fakenet *net, const struct dw_fakenet_question *question);

/* A datagram, or an ICMP message, on its way to a socket. */
struct dw_fakenet_packet {
	struct dw_fakenet_packet *before, *behind;
	dw_deadline at;
	int socket;
	int icmp; /* errno; 0 for a datagram */
	struct dw_address source;
	size_t length;
	uint8_t wire[];
};

struct dw_fakenet_list {
	struct dw_fakenet_packet *first, *last;
	size_t n;
};

struct dw_fakenet_socket {
	bool open;
	int family;
	struct epoll_event watched;
	struct dw_fakenet_list arrived, errors;
};

struct dw_fakenet {
	struct dw_transport_calls calls; /* for the engine's options */
	struct dw_clock clock;           /* likewise */
	dw_fakenet_serve *serve;
	void *context; /* of the test */
	dw_deadline now;
	dw_millis nap;    /* how long we do not run whenever a wait has ended */
	int open_failure; /* errno with which UDP sockets cannot be opened */
	uint64_t n_sent, n_dropped;
	unsigned n_sockets;
	unsigned n_waits;
	size_t most_arrived; /* on one socket */
	uint32_t random;
	struct dw_fakenet_list flying;
	struct dw_fakenet_socket sockets[DW_FAKENET_SOCKETS];
};

/* Prepares a net; `net` must stay where it is. */
void dw_fakenet_init(struct dw_fakenet *net, dw_fakenet_serve *serve, void *context);

/* Sends a datagram to the socket that asked, as if from `source`, to arrive in `delay`. */
void dw_fakenet_send(struct dw_fakenet *net, const struct dw_fakenet_question *question,
	const struct dw_address *source, const uint8_t *wire, dw_millis delay);

/* Answers a question as its server would: the question with QR set. */
void dw_fakenet_answer(struct dw_fakenet *net, const struct dw_fakenet_question *question, dw_millis delay);

/* Tells the socket that asked by ICMP what became of its question. */
void dw_fakenet_icmp(
	struct dw_fakenet *net, const struct dw_fakenet_question *question, int cause, dw_millis delay);

/* A number below `bound`; the same in every run. */
uint32_t dw_fakenet_random(struct dw_fakenet *net, uint32_t bound);

/* An IPv4 address 192.0.2.N or, for `n` above 255, 198.18.x.y, at port 53. */
struct dw_address dw_fakenet_server(unsigned n);

/* Forgets what is on its way. */
void dw_fakenet_fini(struct dw_fakenet *net);

#endif
