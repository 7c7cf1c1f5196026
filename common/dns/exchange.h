/*
 * exchange: moves one question from attempt to attempt, over UDP and TCP, until it ends.
 *
 * Each function is told of one event: a turn to begin, a datagram, an ICMP message, a stream that can
 * go on, a moment that has come. Ends go out through `ending`, whose callbacks run inside these
 * calls. Nothing blocks; all of it belongs to the thread of the engine.
 */
#ifndef DW_DNS_EXCHANGE_H
#define DW_DNS_EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "core/moment.h"
#include "dns/engine.h"

/* Begins the questions whose turn it is, as far as sockets, limits and pace allow, and sends them. */
void dw_exchange_begin(struct dw_query *query);

/* A datagram came. */
void dw_exchange_datagram(struct dw_query *query, struct dw_datagram_socket *socket,
	const struct dw_address *source, const uint8_t *wire, size_t length);

/* ICMP spoke about something that left by this socket. */
void dw_exchange_error(
	struct dw_query *query, struct dw_datagram_socket *socket, const struct dw_datagram_error *error);

/* A stream can be read or written, or has failed. */
void dw_exchange_stream(struct dw_query *query, struct dw_stream *stream);

/* Ends or repeats whatever waited until `stamp` at the latest. */
void dw_exchange_moment(struct dw_query *query, dw_deadline stamp);

/* Sets the timer of a question that only its own deadline ends. */
void dw_exchange_wait(struct dw_query *query, struct dw_flight *flight);

#endif
