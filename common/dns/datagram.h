/*
 * datagram: the UDP sockets of one engine and family, and datagrams by the batch.
 *
 * Sockets are opened when those there have as many questions in flight as their receive buffer
 * surely holds answers for; a lone question opens one. Those that are to be spread leave by one socket after
 * the other: where a balancer sends each port another way, all of its ways are seen. They are not connected:
 * one socket speaks to any number of servers, each source is compared by hand, and a closed port of one
 * server is told by the error queue without harm to the others. The kernel chooses the ports.
 *
 * Nothing blocks. All of it belongs to the engine's thread.
 */
#ifndef DW_DNS_DATAGRAM_H
#define DW_DNS_DATAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/ask.h"
#include "dns/server.h"
#include "dns/transport.h"

#define DW_DATAGRAM_BATCH   64
#define DW_DATAGRAM_SOCKETS 16   /* per family at most */
#define DW_DATAGRAM_CHAINS  64   /* questions in flight on a socket are found by their id */
#define DW_DATAGRAM_WINDOW  4096 /* questions in flight on a socket at most: each has an id of its own */
#define DW_DATAGRAM_COST    2304 /* octets of receive buffer that an answer takes with the kernel's overhead */

/* A datagram has 65535 octets at most; the odd rest keeps buffers out of one another's cache lines. */
#define DW_DATAGRAM_ROOM (65536 + 576)

struct dw_flight;

struct dw_datagram_socket {
	enum dw_watched watched; /* first, see there */
	int socket;
	unsigned window;    /* questions in flight at most */
	unsigned in_flight; /* counted by the engine */
	uint64_t n_ignored; /* datagrams that were nobody's answer; counted by the engine */
	struct dw_flight *flights[DW_DATAGRAM_CHAINS];
};

/* Questions that leave by one socket with one call. */
struct dw_outbox {
	struct dw_datagram_socket *socket;
	bool alone; /* each is to leave as a datagram of its own (dns/volley.h) */
	unsigned n;
	struct dw_flight *flights[DW_DATAGRAM_BATCH];
	int failures[DW_DATAGRAM_BATCH]; /* once sent: 0, or the errno that kept it here */
	struct mmsghdr messages[DW_DATAGRAM_BATCH];
	struct iovec vectors[DW_DATAGRAM_BATCH];
	size_t n_octets;
	uint8_t octets[DW_DATAGRAM_BATCH * DW_QUESTION_MAX]; /* one question behind the other */
};

/* Datagrams that came with one call. */
struct dw_inbox {
	struct mmsghdr messages[DW_DATAGRAM_BATCH]; /* msg_len octets each */
	struct iovec vectors[DW_DATAGRAM_BATCH];
	struct dw_address sources[DW_DATAGRAM_BATCH];
	uint8_t octets[DW_DATAGRAM_BATCH][DW_DATAGRAM_ROOM];
};

struct dw_datagrams {
	const struct dw_transport_calls *calls;
	int epoll;
	int family;
	struct dw_address source; /* length 0: the system's choice */
	unsigned n_max;           /* sockets at most */
	unsigned n_spread;        /* sockets that are taken in turn as soon as there are so many; 0: none */
	unsigned n_sockets;
	unsigned at; /* the socket that was taken last */
	struct dw_datagram_socket *sockets[DW_DATAGRAM_SOCKETS];
	struct dw_outbox *outbox; /* NULL until the first socket */
};

/* What an ICMP message said about a question sent earlier. */
struct dw_datagram_error {
	struct dw_address server; /* where the question was going */
	int cause;                /* errno; ECONNREFUSED: nobody listens there */
	bool has_id;              /* the message quotes enough of the question */
	uint16_t id;
};

/*
 * A socket with room in its window, and room in the outbox for it. DW_LIMIT when all are full for
 * now; DW_NO_ROUTE without this family or source here, DW_SYSTEM when no socket can be had.
 */
DW_MUST_CHECK enum dw_status dw_datagrams_socket(
	struct dw_datagrams *datagrams, struct dw_datagram_socket **socket, struct dw_error *error);

/*
 * Puts a question into the outbox, which must be empty or have the same socket and `alone`, and not be full.
 * `server` stays with the caller until it is sent.
 */
void dw_outbox_add(struct dw_outbox *outbox, struct dw_flight *flight, struct dw_address *server,
	const struct dw_ask *ask, uint16_t id);

/* Sends what the outbox holds, and sets `failures`. The caller empties it by n = 0. */
void dw_outbox_send(const struct dw_transport_calls *calls, struct dw_outbox *outbox);

/* Makes an inbox; NULL without memory. Release with free(). */
struct dw_inbox *dw_inbox_new(void);

/* Takes waiting datagrams, and returns how many: below DW_DATAGRAM_BATCH no more were waiting. */
unsigned dw_inbox_receive(
	const struct dw_transport_calls *calls, struct dw_inbox *inbox, struct dw_datagram_socket *socket);

/* Takes one ICMP message; false when none waits. */
bool dw_datagram_error(const struct dw_transport_calls *calls, struct dw_datagram_socket *socket,
	struct dw_datagram_error *error);

/* Whether an errno says that this host cannot send there. */
bool dw_errno_is_no_route(int cause);

/* Closes the sockets, and releases them and the outbox. */
void dw_datagrams_fini(struct dw_datagrams *datagrams);

#endif
