/*
 * peer: the servers that questions go to: whose turn it is, and who is down.
 *
 * Questions wait at their server; servers with questions take turns, each with a bounded number in
 * flight: DW_PEER_FIRST at first, and one more with every answer, so that a silent one keeps few places from
 * the others. A server that lets DW_PEER_SILENT_MAX attempts in a row go without an answer, one of them a
 * repeated one, is down: what waits for it fails at once, and one question with a single attempt
 * goes on as a probe. One answer, or some time without evidence, and it is up again.
 *
 * Nothing blocks or reads a clock. All of it belongs to the engine's thread.
 */
#ifndef DW_DNS_PEER_H
#define DW_DNS_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/moment.h"
#include "dns/flight.h"
#include "dns/server.h"
#include "dns/stray.h"

#define DW_PEER_SILENT_MAX 4
#define DW_PEER_FIRST      64 /* in flight to a server that has not spoken yet */

struct dw_peer {
	struct dw_address address;
	struct dw_peer *chain;           /* next in its bucket */
	struct dw_peer *before, *behind; /* on the ring; NULL when it has no turn to take */
	struct dw_flight_list waiting;
	unsigned in_flight;
	unsigned n_heard;      /* answers since it was new or down */
	unsigned n_silent;     /* attempts in a row without an answer */
	dw_deadline silent_at; /* when the last of them ended */
	bool refused;          /* and it was refused by ICMP */
	bool down;
	struct dw_strays *strays; /* NULL unless patient */
};

/* Zero-initialised but for the first members it is empty. */
struct dw_peers {
	unsigned per_server; /* in flight to one of them at most */
	bool patient;        /* no server is ever down */
	dw_millis memory;    /* how long silence counts */
	uint32_t seed;       /* so that nobody can choose addresses of one bucket */
	size_t n_peers, n_buckets;
	struct dw_peer **buckets;
	struct dw_peer *turn; /* the next on the ring; NULL when nobody has a turn */
};

/* What is to become of a question whose turn it is. */
enum dw_turn {
	DW_TURN_NONE, /* nobody has a turn */
	DW_TURN_SEND,
	DW_TURN_FAIL, /* its server is down */
};

/* The server of this address, new or known; NULL without memory. */
struct dw_peer *dw_peers_find(struct dw_peers *peers, const struct dw_address *address, dw_deadline now);

/* The server of this address if questions have gone there; NULL otherwise. */
struct dw_peer *dw_peers_known(const struct dw_peers *peers, const struct dw_address *address);

/* Lets a question wait at its `peer`. */
void dw_peer_wait(struct dw_peers *peers, struct dw_flight *flight);

/* Takes back a question that had its turn and could not be sent: it is the next to have one. */
void dw_peer_wait_first(struct dw_peers *peers, struct dw_flight *flight);

/* Takes a question that waits out of the queue. */
void dw_peer_forget(struct dw_peers *peers, struct dw_flight *flight);

/*
 * The question whose turn it is. With DW_TURN_SEND it waits no more, and counts as in flight until
 * dw_peer_leave(); with DW_TURN_FAIL it waits until dw_peer_forget().
 */
enum dw_turn dw_peers_turn(struct dw_peers *peers, dw_deadline now, struct dw_flight **flight);

/* The question in flight has ended. */
void dw_peer_leave(struct dw_peers *peers, struct dw_flight *flight);

/* The server has spoken. */
void dw_peer_heard(struct dw_peer *peer);

/* An attempt of this question had no answer. */
void dw_peer_silent(struct dw_peers *peers, const struct dw_flight *flight, dw_deadline now);

/* Releases the servers. */
void dw_peers_fini(struct dw_peers *peers);

#endif
