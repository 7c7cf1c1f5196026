/*
 * flight: a question under way, from being asked to its end.
 *
 * A flight is found again by the id of a datagram, and by nothing less than socket, id, source,
 * and the question it repeats. Ids come from the kernel's randomness, a handful at a time, and differ from
 * those of all other flights on the same socket.
 *
 * Flights live in blocks that are kept for later ones; they never move. Nothing blocks; all of it belongs to
 * the engine's thread.
 */
#ifndef DW_DNS_FLIGHT_H
#define DW_DNS_FLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/datagram.h"
#include "dns/query.h"
#include "dns/stream.h"
#include "dns/timer.h"

#define DW_FLIGHT_IDS 64 /* ids taken from the kernel at a time */

struct dw_peer;

enum dw_flight_state {
	DW_FLIGHT_WAITING, /* for its turn at the server */
	DW_FLIGHT_UDP,
	DW_FLIGHT_TCP_WAITING, /* for one of the bounded number of connections */
	DW_FLIGHT_TCP,
};

struct dw_flight {
	struct dw_timer timer; /* first; set whatever the state, so that all that is open can be found */
	enum dw_flight_state state;
	struct dw_flight *before, *behind; /* in the list it waits in */
	struct dw_flight *chain;           /* next on the socket with an id like this one */
	struct dw_peer *peer;
	struct dw_datagram_socket *socket; /* while UDP */
	struct dw_stream *stream;          /* while TCP */
	dw_answer_fn *done;
	void *context;
	dw_deadline began;      /* the first attempt */
	uint64_t ignored_until; /* the socket's count when this one began */
	dw_millis try_timeout;
	size_t udp_length;
	unsigned tries, attempts;
	unsigned n_ignored;
	unsigned n_elsewhere; /* answers that came from another address */
	struct dw_address elsewhere;
	unsigned n_refused; /* attempts that ICMP refused */
	bool refused;       /* the attempt under way was */
	bool probe;         /* sent to learn whether a silent server is back */
	bool truncated;
	int icmp; /* errno of the last other ICMP message; 0 for none */
	uint16_t id;
	struct dw_question question;
};

struct dw_flight_list {
	struct dw_flight *first, *last;
};

struct dw_flight_block;

/* Zero-initialised it is empty. */
struct dw_flights {
	const struct dw_transport_calls *calls;
	struct dw_flight *free; /* linked by `behind` */
	struct dw_flight_block *blocks;
	size_t block_size;
	unsigned n_ids; /* not used yet */
	uint16_t ids[DW_FLIGHT_IDS];
};

/* A flight whose members are zero but for question and id; NULL without memory or randomness. */
struct dw_flight *dw_flight_new(struct dw_flights *flights, const struct dw_question *question);

/* Gives a flight back. */
void dw_flight_free(struct dw_flights *flights, struct dw_flight *flight);

/* Lets datagrams of this socket be matched with the flight, whose id changes when another there has it. */
void dw_flight_book(struct dw_flight *flight, struct dw_datagram_socket *socket);

/* Ends that. */
void dw_flight_unbook(struct dw_flight *flight);

/*
 * The flight that these octets from `source`, from anywhere when that is NULL, answer; NULL when they are
 * nobody's answer.
 */
struct dw_flight *dw_flight_match(const struct dw_datagram_socket *socket, const struct dw_address *source,
	const uint8_t *wire, size_t length);

/* Puts a flight at the end of a list. */
void dw_flight_append(struct dw_flight_list *list, struct dw_flight *flight);

/* Takes a flight out of the list it is in. */
void dw_flight_remove(struct dw_flight_list *list, struct dw_flight *flight);

/* Releases all flights, open or not, with their streams. */
void dw_flights_fini(struct dw_flights *flights);

#endif
