/*
 * engine: what a query engine consists of, for the files that make it up.
 *
 * `query` has the loop, `exchange` moves one question from attempt to attempt, `ending` hands out what came
 * of it; each calls what stands behind it here, and never back. All of it belongs to the thread of the
 * engine.
 */
#ifndef DW_DNS_ENGINE_H
#define DW_DNS_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/datagram.h"
#include "dns/flight.h"
#include "dns/pace.h"
#include "dns/peer.h"
#include "dns/query.h"
#include "dns/timer.h"
#include "dns/transport.h"

#define DW_ENGINE_STREAMS 64 /* TCP connections at a time */

enum dw_engine_family { DW_ENGINE_V4, DW_ENGINE_V6, DW_ENGINE_FAMILIES };

struct dw_query {
	struct dw_query_options options; /* defaults filled in */
	struct dw_transport_calls calls;
	int epoll;
	bool stalled;     /* questions have their turn, and no socket has room or the pace forbids it */
	bool ending;      /* the deadline has passed, nothing is taken any more */
	dw_deadline stop; /* of dw_query_run() */
	size_t n_open;    /* questions that have not ended */
	unsigned n_udp;   /* in flight */
	unsigned n_taken; /* datagrams, since questions were last begun */
	unsigned n_streams;
	struct dw_timers timers;
	struct dw_flights flights;
	struct dw_peers peers;
	struct dw_pace pace;
	struct dw_datagrams families[DW_ENGINE_FAMILIES];
	struct dw_flight_list tcp_waiting;
	struct dw_inbox *inbox;
	struct dw_query_figures figures;
};

#endif
