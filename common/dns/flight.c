#include "dns/flight.h"

#include <stdlib.h>
#include <string.h>

#include "dns/octets.h"

/* A lone question needs one block; many need few. */
#define FIRST_BLOCK 4
#define LAST_BLOCK  512

struct dw_flight_block {
	struct dw_flight_block *next;
	size_t n_flights;
	struct dw_flight flights[];
};

static bool add_block(struct dw_flights *flights)
{
	size_t n = flights->block_size == 0 ? FIRST_BLOCK : flights->block_size;
	struct dw_flight_block *block = malloc(sizeof(*block) + n * sizeof(block->flights[0]));

	if (block == NULL)
		return false;
	block->next = flights->blocks;
	block->n_flights = n;
	flights->blocks = block;
	for (size_t i = 0; i < n; i++) {
		block->flights[i].stream = NULL;
		block->flights[i].behind = i + 1 < n ? &block->flights[i + 1] : flights->free;
	}
	flights->free = &block->flights[0];
	flights->block_size = n < LAST_BLOCK ? n * 4 : LAST_BLOCK;
	return true;
}

static bool take_id(struct dw_flights *flights, uint16_t *id)
{
	if (flights->n_ids == 0) {
		const struct dw_transport_calls *calls = flights->calls;

		if (calls->randomness(calls->context, flights->ids, sizeof(flights->ids)) !=
			(ssize_t)sizeof(flights->ids))
			return false;
		flights->n_ids = DW_FLIGHT_IDS;
	}
	*id = flights->ids[--flights->n_ids];
	return true;
}

struct dw_flight *dw_flight_new(struct dw_flights *flights, const struct dw_question *question)
{
	uint16_t id;

	if (flights->free == NULL && !add_block(flights))
		return NULL;
	if (!take_id(flights, &id))
		return NULL;
	struct dw_flight *flight = flights->free;
	flights->free = flight->behind;
	memset(flight, 0, offsetof(struct dw_flight, question));
	flight->question = *question;
	flight->id = id;
	return flight;
}

void dw_flight_free(struct dw_flights *flights, struct dw_flight *flight)
{
	dw_stream_free(flight->stream);
	flight->stream = NULL;
	flight->behind = flights->free;
	flights->free = flight;
}

static struct dw_flight **chain_of(struct dw_datagram_socket *socket, uint16_t id)
{
	return &socket->flights[id % DW_DATAGRAM_CHAINS];
}

static bool is_booked(struct dw_datagram_socket *socket, uint16_t id)
{
	for (const struct dw_flight *flight = *chain_of(socket, id); flight != NULL; flight = flight->chain) {
		if (flight->id == id)
			return true;
	}
	return false;
}

void dw_flight_book(struct dw_flight *flight, struct dw_datagram_socket *socket)
{
	/* The same question is asked in several ways at once, and an id is all that tells the answers apart. */
	while (is_booked(socket, flight->id))
		flight->id++;
	struct dw_flight **chain = chain_of(socket, flight->id);

	flight->socket = socket;
	flight->ignored_until = socket->n_ignored;
	flight->chain = *chain;
	*chain = flight;
	socket->in_flight++;
}

void dw_flight_unbook(struct dw_flight *flight)
{
	struct dw_datagram_socket *socket = flight->socket;

	if (socket == NULL)
		return;
	for (struct dw_flight **link = chain_of(socket, flight->id); *link != NULL; link = &(*link)->chain) {
		if (*link == flight) {
			*link = flight->chain;
			break;
		}
	}
	socket->in_flight--;
	flight->n_ignored = (unsigned)(socket->n_ignored - flight->ignored_until);
	flight->socket = NULL;
}

struct dw_flight *dw_flight_match(const struct dw_datagram_socket *socket, const struct dw_address *source,
	const uint8_t *wire, size_t length)
{
	if (length < 2)
		return NULL;
	uint16_t id = dw_read16(wire);

	for (struct dw_flight *flight = socket->flights[id % DW_DATAGRAM_CHAINS]; flight != NULL;
		 flight = flight->chain) {
		if (flight->id == id && (source == NULL || dw_address_equal(&flight->question.server, source)) &&
			dw_message_answers(wire, length, id, &flight->question.ask))
			return flight;
	}
	return NULL;
}

void dw_flight_append(struct dw_flight_list *list, struct dw_flight *flight)
{
	flight->before = list->last;
	flight->behind = NULL;
	if (list->last == NULL)
		list->first = flight;
	else
		list->last->behind = flight;
	list->last = flight;
}

void dw_flight_remove(struct dw_flight_list *list, struct dw_flight *flight)
{
	if (flight->before == NULL)
		list->first = flight->behind;
	else
		flight->before->behind = flight->behind;
	if (flight->behind == NULL)
		list->last = flight->before;
	else
		flight->behind->before = flight->before;
	flight->before = flight->behind = NULL;
}

void dw_flights_fini(struct dw_flights *flights)
{
	struct dw_flight_block *block = flights->blocks;

	while (block != NULL) {
		struct dw_flight_block *next = block->next;

		for (size_t i = 0; i < block->n_flights; i++)
			dw_stream_free(block->flights[i].stream);
		free(block);
		block = next;
	}
	*flights = (struct dw_flights){.calls = flights->calls};
}
