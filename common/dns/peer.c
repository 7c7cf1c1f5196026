#include "dns/peer.h"

#include <stdlib.h>

#define FIRST_BUCKETS 8

/* Mixes octets into a number that outsiders cannot steer without the seed. */
static uint32_t mix(uint32_t hash, const void *octets, size_t length)
{
	const uint8_t *at = octets;

	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ at[i]) * 0x9E3779B1U;
		hash ^= hash >> 15;
	}
	return hash;
}

static size_t bucket_of(const struct dw_peers *peers, const struct dw_address *address)
{
	uint32_t hash = peers->seed;

	if (address->socket.any.sa_family == AF_INET) {
		hash = mix(hash, &address->socket.v4.sin_addr, sizeof(address->socket.v4.sin_addr));
		hash = mix(hash, &address->socket.v4.sin_port, sizeof(address->socket.v4.sin_port));
	} else {
		hash = mix(hash, &address->socket.v6.sin6_addr, sizeof(address->socket.v6.sin6_addr));
		hash = mix(hash, &address->socket.v6.sin6_port, sizeof(address->socket.v6.sin6_port));
	}
	return hash % peers->n_buckets;
}

/* Whether nothing would be lost by forgetting this server. */
static bool idle(const struct dw_peers *peers, const struct dw_peer *peer, dw_deadline now)
{
	return peer->in_flight == 0 && peer->waiting.first == NULL && peer->before == NULL &&
		(peer->n_silent == 0 || now - peer->silent_at > peers->memory);
}

static void release(struct dw_peer *peer)
{
	free(peer->strays);
	free(peer);
}

/* Moves all servers that are still of use into more buckets. */
static bool grow(struct dw_peers *peers, dw_deadline now)
{
	struct dw_peers grown = *peers;

	grown.n_buckets = peers->n_buckets == 0 ? FIRST_BUCKETS : peers->n_buckets * 4;
	grown.n_peers = 0;
	grown.buckets = calloc(grown.n_buckets, sizeof(grown.buckets[0]));
	if (grown.buckets == NULL)
		return false;
	for (size_t i = 0; i < peers->n_buckets; i++) {
		while (peers->buckets[i] != NULL) {
			struct dw_peer *peer = peers->buckets[i];

			peers->buckets[i] = peer->chain;
			if (idle(peers, peer, now)) {
				release(peer);
				continue;
			}
			struct dw_peer **bucket = &grown.buckets[bucket_of(&grown, &peer->address)];
			peer->chain = *bucket;
			*bucket = peer;
			grown.n_peers++;
		}
	}
	free(peers->buckets);
	peers->buckets = grown.buckets;
	peers->n_buckets = grown.n_buckets;
	peers->n_peers = grown.n_peers;
	return true;
}

struct dw_peer *dw_peers_known(const struct dw_peers *peers, const struct dw_address *address)
{
	if (peers->n_buckets == 0)
		return NULL;
	struct dw_peer *peer = peers->buckets[bucket_of(peers, address)];
	while (peer != NULL && !dw_address_equal(&peer->address, address))
		peer = peer->chain;
	return peer;
}

struct dw_peer *dw_peers_find(struct dw_peers *peers, const struct dw_address *address, dw_deadline now)
{
	struct dw_peer *known = dw_peers_known(peers, address);

	if (known != NULL)
		return known;
	if (peers->n_peers >= peers->n_buckets && !grow(peers, now))
		return NULL;
	struct dw_peer *made = calloc(1, sizeof(*made));
	if (made == NULL)
		return NULL;
	struct dw_peer **bucket = &peers->buckets[bucket_of(peers, address)];
	made->strays = peers->patient ? calloc(1, sizeof(*made->strays)) : NULL;
	made->address = *address;
	made->chain = *bucket;
	*bucket = made;
	peers->n_peers++;
	return made;
}

/* Gives a server with questions a turn, after all others. */
static void join(struct dw_peers *peers, struct dw_peer *peer)
{
	if (peer->before != NULL || peer->waiting.first == NULL)
		return;
	if (peers->turn == NULL) {
		peer->before = peer->behind = peer;
		peers->turn = peer;
		return;
	}
	peer->behind = peers->turn;
	peer->before = peers->turn->before;
	peer->before->behind = peer;
	peer->behind->before = peer;
}

static void quit(struct dw_peers *peers, struct dw_peer *peer)
{
	if (peer->before == NULL)
		return;
	if (peers->turn == peer)
		peers->turn = peer->behind == peer ? NULL : peer->behind;
	peer->before->behind = peer->behind;
	peer->behind->before = peer->before;
	peer->before = peer->behind = NULL;
}

void dw_peer_wait(struct dw_peers *peers, struct dw_flight *flight)
{
	dw_flight_append(&flight->peer->waiting, flight);
	join(peers, flight->peer);
}

void dw_peer_wait_first(struct dw_peers *peers, struct dw_flight *flight)
{
	struct dw_peer *peer = flight->peer;

	peer->in_flight--;
	flight->probe = false;
	flight->before = NULL;
	flight->behind = peer->waiting.first;
	if (flight->behind == NULL)
		peer->waiting.last = flight;
	else
		flight->behind->before = flight;
	peer->waiting.first = flight;
	join(peers, peer);
	peers->turn = peer;
}

void dw_peer_forget(struct dw_peers *peers, struct dw_flight *flight)
{
	dw_flight_remove(&flight->peer->waiting, flight);
	if (flight->peer->waiting.first == NULL)
		quit(peers, flight->peer);
}

/* Takes the first question of a server, and passes the turn on. */
static struct dw_flight *take(struct dw_peers *peers, struct dw_peer *peer)
{
	struct dw_flight *flight = peer->waiting.first;

	peers->turn = peer->behind;
	dw_peer_forget(peers, flight);
	return flight;
}

/* Silence so far tells nothing any more. */
static void forgive(struct dw_peer *peer)
{
	peer->n_silent = 0;
	peer->down = false;
}

/* Whether one more question may be in flight to this server. */
static bool has_room(const struct dw_peers *peers, const struct dw_peer *peer)
{
	/* The difference does not wrap round, as the sum would. */
	return peer->in_flight < peers->per_server &&
		(peer->in_flight < DW_PEER_FIRST || peer->in_flight - DW_PEER_FIRST < peer->n_heard);
}

enum dw_turn dw_peers_turn(struct dw_peers *peers, dw_deadline now, struct dw_flight **flight)
{
	while (peers->turn != NULL) {
		struct dw_peer *peer = peers->turn;

		if (peer->down && now - peer->silent_at > peers->memory)
			forgive(peer);
		if (peer->down && peer->in_flight > 0) {
			*flight = peer->waiting.first;
			peers->turn = peer->behind;
			return DW_TURN_FAIL;
		}
		if (has_room(peers, peer)) {
			*flight = take(peers, peer);
			(*flight)->probe = peer->down;
			peer->in_flight++;
			return DW_TURN_SEND;
		}
		quit(peers, peer);
	}
	return DW_TURN_NONE;
}

void dw_peer_leave(struct dw_peers *peers, struct dw_flight *flight)
{
	flight->peer->in_flight--;
	join(peers, flight->peer);
}

void dw_peer_heard(struct dw_peer *peer)
{
	forgive(peer);
	peer->n_heard++;
}

void dw_peer_silent(struct dw_peers *peers, const struct dw_flight *flight, dw_deadline now)
{
	struct dw_peer *peer = flight->peer;

	if (now - peer->silent_at > peers->memory)
		forgive(peer);
	peer->n_silent++;
	peer->silent_at = now;
	peer->refused = flight->refused;
	/* Four first attempts at once are one lost burst; that a repeated one is lost too tells more. */
	if (!peers->patient && peer->n_silent >= DW_PEER_SILENT_MAX &&
		(flight->attempts > 1 || flight->attempts >= flight->tries))
		peer->down = true;
	if (!peer->down)
		return;
	peer->n_heard = 0;
	join(peers, peer);
}

void dw_peers_fini(struct dw_peers *peers)
{
	for (size_t i = 0; i < peers->n_buckets; i++) {
		while (peers->buckets[i] != NULL) {
			struct dw_peer *peer = peers->buckets[i];

			peers->buckets[i] = peer->chain;
			release(peer);
		}
	}
	free(peers->buckets);
	peers->buckets = NULL;
	peers->n_buckets = peers->n_peers = 0;
	peers->turn = NULL;
}
