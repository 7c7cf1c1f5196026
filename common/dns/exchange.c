#include "dns/exchange.h"

#include <errno.h>
#include <string.h>

#include "dns/ending.h"

/* What timers have in common that wait for a question's own deadline, or for nothing. */
#define SPAN_DEADLINE 0
#define SPAN_NEVER    (-1)

/* The wait for an attempt is doubled this often at most. */
#define MOST_DOUBLED 10

#define TCP_SEGMENT 1220 /* fits the smallest IPv6 path */

static struct dw_datagrams *family_of(struct dw_query *query, const struct dw_flight *flight)
{
	bool v6 = flight->question.server.socket.any.sa_family == AF_INET6;

	return &query->families[v6 ? DW_ENGINE_V6 : DW_ENGINE_V4];
}

/* Lets a question wait for `span` from now, but not beyond its deadline. */
static void wait_until(struct dw_query *query, struct dw_flight *flight, dw_millis span, dw_deadline now)
{
	dw_deadline at = now + span, deadline = flight->question.deadline;

	if (deadline != 0 && deadline < at)
		at = deadline;
	dw_timer_set(&query->timers, &flight->timer, span, at);
}

void dw_exchange_wait(struct dw_query *query, struct dw_flight *flight)
{
	if (flight->question.deadline == 0)
		dw_timer_set(&query->timers, &flight->timer, SPAN_NEVER, DW_TIMER_NEVER);
	else
		dw_timer_set(&query->timers, &flight->timer, SPAN_DEADLINE, flight->question.deadline);
}

static void attempted(struct dw_flight *flight, dw_deadline now)
{
	if (flight->attempts++ == 0)
		flight->began = now;
}

/* An attempt has left, or `failure` kept it here. */
static void sent(struct dw_query *query, struct dw_flight *flight, int failure, dw_deadline now)
{
	attempted(flight, now);
	query->figures.sent++;
	if (failure != 0 && dw_errno_is_no_route(failure)) {
		dw_ending_failure(query, flight, DW_NO_ROUTE, "cannot send: %s", strerror(failure));
		return;
	}
	/* No room in the system is as good as lost on the way: the next attempt is made later. */
	if (failure != 0)
		flight->icmp = failure;
	unsigned doubled = flight->attempts - 1;
	wait_until(query, flight, flight->try_timeout << (doubled < MOST_DOUBLED ? doubled : MOST_DOUBLED), now);
}

/* Sends what one family's outbox holds. */
static void flush(struct dw_query *query, struct dw_datagrams *datagrams)
{
	struct dw_outbox *outbox = datagrams->outbox;

	if (outbox == NULL || outbox->n == 0)
		return;
	dw_outbox_send(&query->calls, outbox);
	dw_deadline now = dw_clock_now(&query->options.clock);
	for (unsigned i = 0; i < outbox->n; i++)
		sent(query, outbox->flights[i], outbox->failures[i], now);
	outbox->n = 0;
}

static void flush_all(struct dw_query *query)
{
	for (unsigned i = 0; i < DW_ENGINE_FAMILIES; i++)
		flush(query, &query->families[i]);
}

/* Puts an attempt into the outbox; flush() sends it. */
static void post(struct dw_query *query, struct dw_flight *flight)
{
	struct dw_datagrams *datagrams = family_of(query, flight);
	struct dw_outbox *outbox = datagrams->outbox;
	/* Whatever may have become of a volley does not happen twice; and a probe is seen as it is. */
	bool alone = flight->attempts > 0 || query->options.patient;
	bool fits = outbox->n < DW_DATAGRAM_BATCH && outbox->socket == flight->socket && outbox->alone == alone;

	if (outbox->n > 0 && !fits)
		flush(query, datagrams);
	outbox->socket = flight->socket;
	outbox->alone = alone;
	flight->refused = false;
	dw_outbox_add(outbox, flight, &flight->question.server, &flight->question.ask, flight->id);
}

/* Begins a question over UDP; false when there is no room for it now. */
static bool begin_datagram(struct dw_query *query, struct dw_flight *flight)
{
	struct dw_datagram_socket *socket;
	struct dw_error error;

	if (query->n_udp >= query->options.in_flight)
		return false;
	enum dw_status status = dw_datagrams_socket(family_of(query, flight), &socket, &error);
	if (status == DW_LIMIT)
		return false;
	query->n_udp++;
	flight->state = DW_FLIGHT_UDP;
	if (status != DW_OK) {
		dw_ending_failure(query, flight, status, "%s", error.text);
		return true;
	}
	dw_flight_book(flight, socket);
	post(query, flight);
	return true;
}

static void queue_stream(struct dw_query *query, struct dw_flight *flight)
{
	flight->state = DW_FLIGHT_TCP_WAITING;
	dw_flight_append(&query->tcp_waiting, flight);
	dw_exchange_wait(query, flight);
}

static unsigned segment_of(const struct dw_question *question)
{
	if (question->tcp_segment == DW_TCP_SEGMENT_SYSTEM)
		return 0;
	return question->tcp_segment == 0 ? TCP_SEGMENT : question->tcp_segment;
}

static void begin_stream(struct dw_query *query, struct dw_flight *flight)
{
	const struct dw_question *question = &flight->question;
	struct dw_stream_plan plan = {.server = question->server,
		.source = family_of(query, flight)->source,
		.segment = segment_of(question),
		.ask = &question->ask,
		.id = flight->id,
		.holder = flight};
	dw_millis timeout = question->tcp_timeout > 0 ? question->tcp_timeout : query->options.tcp_timeout;
	dw_deadline now = dw_clock_now(&query->options.clock);
	struct dw_error error;

	dw_flight_remove(&query->tcp_waiting, flight);
	flight->state = DW_FLIGHT_TCP;
	query->n_streams++;
	query->figures.tcp++;
	attempted(flight, now);
	enum dw_status status = dw_stream_new(&query->calls, query->epoll, &plan, &flight->stream, &error);
	if (status != DW_OK)
		dw_ending_failure(query, flight, status, "%s", error.text);
	else
		wait_until(query, flight, timeout, now);
}

static void begin_streams(struct dw_query *query)
{
	while (query->tcp_waiting.first != NULL && query->n_streams < DW_ENGINE_STREAMS)
		begin_stream(query, query->tcp_waiting.first);
}

/* Begins the question whose turn it is; false when nothing more can begin now. */
static bool begin_next(struct dw_query *query, dw_deadline now)
{
	struct dw_flight *flight;

	if (!dw_pace_ready(&query->pace, now)) {
		query->stalled = query->peers.turn != NULL;
		return false;
	}
	switch (dw_peers_turn(&query->peers, now, &flight)) {
	case DW_TURN_NONE:
		return false;
	case DW_TURN_FAIL:
		dw_ending_down(query, flight);
		return true;
	case DW_TURN_SEND:
		break;
	}
	if (flight->question.transport == DW_TRANSPORT_TCP) {
		queue_stream(query, flight);
	} else if (!begin_datagram(query, flight)) {
		dw_peer_wait_first(&query->peers, flight);
		query->stalled = true;
		return false;
	}
	dw_pace_went(&query->pace);
	return true;
}

void dw_exchange_begin(struct dw_query *query)
{
	dw_deadline now = dw_clock_now(&query->options.clock);
	/* Callbacks may ask a server that is down again and again: those wait for the next round. */
	size_t n = query->n_open;

	query->n_taken = 0;
	query->stalled = false;
	while (n-- > 0 && begin_next(query, now))
		continue;
	flush_all(query);
	begin_streams(query);
}

/* Counts a datagram that nobody waits for. */
static void ignore(struct dw_query *query, struct dw_datagram_socket *socket, const struct dw_address *source,
	const uint8_t *wire, size_t length)
{
	struct dw_flight *flight;
	struct dw_peer *peer;

	socket->n_ignored++;
	query->figures.ignored++;
	if (!query->options.patient)
		return;
	flight = dw_flight_match(socket, NULL, wire, length);
	if (flight != NULL) {
		flight->n_elsewhere++;
		flight->elsewhere = *source;
		return;
	}
	peer = dw_peers_known(&query->peers, source);
	if (peer != NULL && peer->strays != NULL)
		dw_strays_count(peer->strays, wire, length);
}

void dw_exchange_datagram(struct dw_query *query, struct dw_datagram_socket *socket,
	const struct dw_address *source, const uint8_t *wire, size_t length)
{
	struct dw_flight *flight = dw_flight_match(socket, source, wire, length);

	if (flight == NULL) {
		ignore(query, socket, source, wire, length);
		return;
	}
	dw_peer_heard(flight->peer);
	if (flight->peer->strays != NULL)
		dw_strays_ended(flight->peer->strays, flight->id, flight->attempts, true);
	if ((wire[2] & 0x02) == 0 || flight->question.transport == DW_TRANSPORT_UDP_ONLY) {
		dw_ending_answer(query, flight, wire, length);
		return;
	}
	dw_flight_unbook(flight);
	query->n_udp--;
	flight->truncated = true;
	flight->udp_length = length;
	queue_stream(query, flight);
}

static bool out_of_tries(const struct dw_flight *flight)
{
	return flight->probe || flight->attempts >= flight->tries;
}

/* The attempt under way was refused: the next is made after the first wait, without doubling. */
static void refused(struct dw_query *query, struct dw_flight *flight)
{
	dw_deadline now = dw_clock_now(&query->options.clock);

	if (flight->refused)
		return;
	flight->refused = true;
	flight->n_refused++;
	dw_peer_silent(&query->peers, flight, now);
	if (out_of_tries(flight))
		dw_ending_silence(query, flight);
	else
		wait_until(query, flight, flight->try_timeout, now);
}

void dw_exchange_error(
	struct dw_query *query, struct dw_datagram_socket *socket, const struct dw_datagram_error *error)
{
	for (unsigned i = 0; i < DW_DATAGRAM_CHAINS; i++) {
		struct dw_flight *next;

		for (struct dw_flight *flight = socket->flights[i]; flight != NULL; flight = next) {
			next = flight->chain;
			if ((error->has_id && flight->id != error->id) ||
				!dw_address_equal(&flight->question.server, &error->server))
				continue;
			if (error->cause == ECONNREFUSED)
				refused(query, flight);
			else if (error->cause != 0 && error->cause != EMSGSIZE)
				flight->icmp = error->cause;
		}
	}
}

void dw_exchange_stream(struct dw_query *query, struct dw_stream *stream)
{
	struct dw_flight *flight = stream->holder;

	enum dw_stream_state state = dw_stream_step(stream);

	while (state == DW_STREAM_DONE &&
		!dw_message_answers(stream->answer, stream->answer_length, flight->id, &flight->question.ask))
		state = dw_stream_skip(stream);
	switch (state) {
	case DW_STREAM_CONNECTING:
	case DW_STREAM_WRITING:
	case DW_STREAM_READING:
		return;
	case DW_STREAM_FAILED:
		dw_ending_failure(query, flight, stream->status, "%s", stream->reason);
		return;
	case DW_STREAM_DONE:
		break;
	}
	dw_peer_heard(flight->peer);
	dw_ending_answer(query, flight, stream->answer, stream->answer_length);
}

/* An attempt over UDP has waited long enough. */
static void missed(struct dw_query *query, struct dw_flight *flight, dw_deadline stamp)
{
	bool late = flight->question.deadline != 0 && flight->question.deadline <= stamp;

	query->figures.timeouts++;
	/* What the deadline cut short is no evidence against the server; what was refused has been counted. */
	if (!late && !flight->refused)
		dw_peer_silent(&query->peers, flight, stamp);
	if (late || out_of_tries(flight)) {
		dw_ending_silence(query, flight);
		return;
	}
	query->figures.retries++;
	post(query, flight);
}

void dw_exchange_moment(struct dw_query *query, dw_deadline stamp)
{
	struct dw_timer *timer;

	while ((timer = dw_timers_take(&query->timers, stamp)) != NULL) {
		struct dw_flight *flight = (struct dw_flight *)timer;

		if (flight->state == DW_FLIGHT_UDP)
			missed(query, flight, stamp);
		else
			dw_ending_silence(query, flight);
	}
	flush_all(query);
}
