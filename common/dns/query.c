#include "dns/query.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dns/ending.h"
#include "dns/engine.h"
#include "dns/exchange.h"

/* More than all sockets of an engine, so that one wait tells of every socket that has something. */
#define EVENTS_MAX 128

/*
 * Datagrams taken before others leave: many at a time, since each burst wakes a server that has slept, and
 * few enough that servers do not wait while we think about all that came.
 */
#define TURN_MAX 256

/* Sockets that a patient engine uses in turn. */
#define SPREAD 8

/* ICMP messages read from a socket before others have a turn. */
#define ERRORS_MAX 64

static void fill_options(struct dw_query_options *options)
{
	if (options->tries == 0)
		options->tries = 3;
	if (options->try_timeout <= 0)
		options->try_timeout = 1500;
	if (options->tcp_timeout <= 0)
		options->tcp_timeout = 5000;
	if (options->n_sockets == 0 || options->n_sockets > DW_DATAGRAM_SOCKETS)
		options->n_sockets = DW_DATAGRAM_SOCKETS;
	if (options->per_server == 0)
		options->per_server = 64;
	if (options->in_flight == 0)
		options->in_flight = UINT_MAX;
}

static void init_families(struct dw_query *query)
{
	for (unsigned i = 0; i < DW_ENGINE_FAMILIES; i++) {
		bool v6 = i == DW_ENGINE_V6;

		query->families[i] = (struct dw_datagrams){.calls = &query->calls,
			.epoll = query->epoll,
			.family = v6 ? AF_INET6 : AF_INET,
			.source = v6 ? query->options.source6 : query->options.source4,
			.n_max = query->options.n_sockets,
			.n_spread = query->options.patient ? SPREAD : 0};
	}
}

/* How long a question with all its attempts takes: silence older than that tells nothing. */
static dw_millis ladder(const struct dw_query_options *options)
{
	dw_millis span = 0;

	for (unsigned i = 0; i < options->tries && i < 8; i++)
		span += options->try_timeout << i;
	return span;
}

enum dw_status dw_query_new(
	const struct dw_query_options *options, struct dw_query **query, struct dw_error *error)
{
	struct dw_query *made = calloc(1, sizeof(*made));

	if (made == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a query engine");
	made->options = *options;
	fill_options(&made->options);
	made->calls = dw_transport_calls(options->calls);
	made->flights.calls = &made->calls;
	made->pace.rate = made->options.rate;
	made->stop = DW_TIMER_NEVER;
	made->peers.per_server = made->options.per_server;
	made->peers.patient = made->options.patient;
	made->peers.memory = ladder(&made->options);
	/* Answers that there is no memory for would look like silence: the room for them is had first. */
	made->inbox = dw_inbox_new();
	made->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (made->inbox == NULL || made->epoll < 0) {
		enum dw_status status = made->inbox == NULL ? dw_fail(error, DW_SYSTEM, "no memory for answers")
													: dw_fail(error, DW_SYSTEM, "epoll: %s", strerror(errno));

		if (made->epoll >= 0)
			close(made->epoll);
		free(made->inbox);
		free(made);
		return status;
	}
	/* Without randomness no question will be asked, so that the seed does not matter. */
	(void)made->calls.randomness(made->calls.context, &made->peers.seed, sizeof(made->peers.seed));
	init_families(made);
	*query = made;
	return DW_OK;
}

enum dw_status dw_query_ask(struct dw_query *query, const struct dw_question *question, dw_answer_fn *done,
	void *context, struct dw_error *error)
{
	int family = question->server.socket.any.sa_family;

	if (query->ending)
		return dw_fail(error, DW_TIMEOUT, "no time left to ask");
	if (question->server.length == 0 || (family != AF_INET && family != AF_INET6))
		return dw_fail(error, DW_INVALID, "the server is no IPv4 or IPv6 address");
	struct dw_flight *flight = dw_flight_new(&query->flights, question);
	if (flight == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory or randomness for a question");
	/* Most servers are known, and need no look at the clock. */
	flight->peer = dw_peers_known(&query->peers, &question->server);
	if (flight->peer == NULL)
		flight->peer = dw_peers_find(&query->peers, &question->server, dw_query_now(query));
	if (flight->peer == NULL) {
		dw_flight_free(&query->flights, flight);
		return dw_fail(error, DW_SYSTEM, "no memory for a server");
	}
	flight->done = done;
	flight->context = context;
	flight->tries = question->tries == 0 ? query->options.tries : question->tries;
	flight->try_timeout = question->try_timeout <= 0 ? query->options.try_timeout : question->try_timeout;
	dw_exchange_wait(query, flight);
	dw_peer_wait(&query->peers, flight);
	query->n_open++;
	query->figures.questions++;
	return DW_OK;
}

/* Takes what waits on a socket, in slices: between some of them new questions leave. */
static void receive(struct dw_query *query, struct dw_datagram_socket *socket)
{
	/* Whatever waited when the wait ended; answers to what is asked meanwhile come with the next wait. */
	unsigned slices = socket->window / DW_DATAGRAM_BATCH + 2;
	unsigned n = DW_DATAGRAM_BATCH;

	while (slices-- > 0 && n == DW_DATAGRAM_BATCH) {
		struct dw_inbox *inbox = query->inbox;

		n = dw_inbox_receive(&query->calls, inbox, socket);
		for (unsigned i = 0; i < n; i++)
			dw_exchange_datagram(
				query, socket, &inbox->sources[i], inbox->octets[i], inbox->messages[i].msg_len);
		query->n_taken += n;
		if (query->n_taken >= TURN_MAX)
			dw_exchange_begin(query);
		if (dw_query_now(query) >= query->stop)
			break;
	}
}

static void receive_errors(struct dw_query *query, struct dw_datagram_socket *socket)
{
	struct dw_datagram_error error;

	for (unsigned i = 0; i < ERRORS_MAX && dw_datagram_error(&query->calls, socket, &error); i++)
		dw_exchange_error(query, socket, &error);
}

/* Waits for sockets, `milliseconds` at most, and takes what they have; returns when the wait ended. */
static dw_deadline listen_for(struct dw_query *query, int milliseconds)
{
	struct epoll_event events[EVENTS_MAX];
	int n = query->calls.wait(query->calls.context, query->epoll, events, EVENTS_MAX, milliseconds);
	dw_deadline stamp = dw_query_now(query);

	for (int i = 0; i < n; i++) {
		if (*(enum dw_watched *)events[i].data.ptr == DW_WATCHED_STREAM) {
			dw_exchange_stream(query, events[i].data.ptr);
			continue;
		}
		if ((events[i].events & EPOLLERR) != 0)
			receive_errors(query, events[i].data.ptr);
		if ((events[i].events & EPOLLIN) != 0)
			receive(query, events[i].data.ptr);
	}
	return stamp;
}

/* One round: listen, then fire the timers that no answer came before, then begin what may begin. */
static dw_deadline turn(struct dw_query *query, int milliseconds)
{
	dw_deadline stamp = listen_for(query, milliseconds);

	/* We may have slept since the wait ended: whatever came until `stamp` has to be seen before its timer. */
	if (dw_timers_next(&query->timers) <= stamp || stamp >= query->stop) {
		listen_for(query, 0);
		dw_exchange_moment(query, stamp);
	}
	if (stamp < query->stop)
		dw_exchange_begin(query);
	return stamp;
}

/* Ends whatever is open. */
static void expire(struct dw_query *query)
{
	struct dw_timer *timer;

	query->ending = true;
	while ((timer = dw_timers_take(&query->timers, DW_TIMER_NEVER)) != NULL)
		dw_ending_silence(query, (struct dw_flight *)timer);
	query->ending = false;
}

/* How long to wait for sockets, in the unit of epoll_wait(). */
static int patience(const struct dw_query *query)
{
	dw_deadline wake = dw_query_wake(query);
	dw_millis left = (wake < query->stop ? wake : query->stop) - dw_query_now(query);

	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

void dw_query_run(struct dw_query *query, dw_deadline deadline)
{
	query->stop = deadline;
	dw_deadline stamp = dw_query_now(query);
	if (stamp < deadline)
		dw_exchange_begin(query);
	while (query->n_open > 0 && stamp < deadline)
		stamp = turn(query, patience(query));
	expire(query);
	query->stop = DW_TIMER_NEVER;
}

int dw_query_fd(const struct dw_query *query)
{
	return query->epoll;
}

dw_deadline dw_query_wake(const struct dw_query *query)
{
	dw_deadline wake = dw_timers_next(&query->timers);

	if (query->peers.turn == NULL)
		return wake;
	if (!query->stalled)
		return dw_query_now(query);
	if (query->pace.rate > 0 && query->pace.next < wake)
		return query->pace.next;
	return wake;
}

size_t dw_query_step(struct dw_query *query)
{
	if (query->n_open > 0)
		turn(query, 0);
	return query->n_open;
}

dw_deadline dw_query_now(const struct dw_query *query)
{
	return dw_clock_now(&query->options.clock);
}

struct dw_query_figures dw_query_figures(const struct dw_query *query)
{
	return query->figures;
}

void dw_query_free(struct dw_query *query)
{
	if (query == NULL)
		return;
	dw_flights_fini(&query->flights);
	dw_peers_fini(&query->peers);
	for (unsigned i = 0; i < DW_ENGINE_FAMILIES; i++)
		dw_datagrams_fini(&query->families[i]);
	free(query->inbox);
	close(query->epoll);
	free(query);
}
