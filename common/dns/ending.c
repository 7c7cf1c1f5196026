#include "dns/ending.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes a question off timers, sockets and servers; nothing but its callback is left then. */
static void detach(struct dw_query *query, struct dw_flight *flight)
{
	dw_timer_clear(&flight->timer);
	switch (flight->state) {
	case DW_FLIGHT_WAITING:
		dw_peer_forget(&query->peers, flight);
		return;
	case DW_FLIGHT_UDP:
		dw_flight_unbook(flight);
		query->n_udp--;
		break;
	case DW_FLIGHT_TCP_WAITING:
		dw_flight_remove(&query->tcp_waiting, flight);
		break;
	case DW_FLIGHT_TCP:
		query->n_streams--;
		break;
	}
	dw_peer_leave(&query->peers, flight);
}

/* How far TCP came, and what was sent in all. */
static void fill_stream(const struct dw_flight *flight, struct dw_answer *answer)
{
	bool tried = flight->state == DW_FLIGHT_TCP;

	answer->tcp_stage = !tried ? DW_TCP_NONE : DW_TCP_CONNECTING;
	answer->tcp_read = answer->tcp_wanted = 0;
	answer->n_packets = flight->attempts;
	if (!tried || flight->stream == NULL)
		return;
	answer->tcp_stage = dw_stream_stage(flight->stream);
	answer->tcp_read = dw_stream_read(flight->stream);
	answer->tcp_wanted = flight->stream->answer_length;
	/* The connection is one of the attempts. */
	answer->n_packets += dw_stream_packets(flight->stream) - 1;
}

/* What is known of any end, but for its status. */
static void fill(const struct dw_query *query, const struct dw_flight *flight, struct dw_answer *answer)
{
	answer->wire = NULL;
	answer->length = 0;
	answer->tcp = flight->state == DW_FLIGHT_TCP;
	answer->truncated = flight->truncated;
	answer->late = false;
	answer->udp_length = flight->udp_length;
	answer->elapsed = flight->attempts == 0 ? 0 : dw_clock_now(&query->options.clock) - flight->began;
	answer->attempts = flight->attempts;
	answer->n_ignored = flight->n_ignored;
	answer->n_elsewhere = flight->n_elsewhere;
	answer->elsewhere = flight->elsewhere;
	const struct dw_strays *strays = flight->peer->strays;
	answer->n_garbage = strays != NULL ? strays->n_garbage : 0;
	answer->n_repeated = strays != NULL ? strays->n_repeated : 0;
	fill_stream(flight, answer);
	answer->reason[0] = '\0';
}

static void hand_out(struct dw_query *query, struct dw_flight *flight, const struct dw_answer *answer)
{
	query->n_open--;
	if (answer->status == DW_OK)
		query->figures.answers++;
	flight->done(flight->context, &flight->question, answer);
	dw_flight_free(&query->flights, flight);
}

void dw_ending_answer(struct dw_query *query, struct dw_flight *flight, const uint8_t *wire, size_t length)
{
	struct dw_answer answer;

	detach(query, flight);
	fill(query, flight, &answer);
	answer.status = DW_OK;
	answer.wire = wire;
	answer.length = length;
	if (!answer.tcp) {
		answer.truncated = length > 2 && (wire[2] & 0x02) != 0;
		answer.udp_length = length;
	}
	hand_out(query, flight, &answer);
}

void dw_ending_failure(
	struct dw_query *query, struct dw_flight *flight, enum dw_status status, const char *format, ...)
{
	struct dw_answer answer;
	const char *before = "";
	va_list arguments;

	if (flight->state == DW_FLIGHT_UDP && flight->peer->strays != NULL)
		dw_strays_ended(flight->peer->strays, flight->id, flight->attempts, false);
	detach(query, flight);
	fill(query, flight, &answer);
	answer.status = status;
	answer.late = status == DW_TIMEOUT && flight->attempts == 0 && !flight->peer->down;
	if (flight->truncated)
		before = status == DW_REFUSED ? "answer truncated (TC) and " : "answer truncated (TC), ";
	int n = snprintf(answer.reason, sizeof(answer.reason), "%s", before);
	va_start(arguments, format);
	vsnprintf(answer.reason + n, sizeof(answer.reason) - (size_t)n, format, arguments);
	va_end(arguments);
	hand_out(query, flight, &answer);
}

static void end_tries(struct dw_query *query, struct dw_flight *flight)
{
	dw_millis elapsed = dw_clock_now(&query->options.clock) - flight->began;
	const char *tries = flight->attempts == 1 ? "try" : "tries";
	double seconds = (double)elapsed / 1000.0;

	if (flight->refused)
		dw_ending_failure(query, flight, DW_REFUSED, "port unreachable (ICMP), %u %s in %.1f s",
			flight->attempts, tries, seconds);
	else if (flight->n_refused > 0)
		dw_ending_failure(query, flight, DW_TIMEOUT, "no answer to %u %s in %.1f s, %u refused by ICMP",
			flight->attempts, tries, seconds, flight->n_refused);
	else if (flight->icmp != 0)
		dw_ending_failure(query, flight, DW_TIMEOUT, "no answer to %u %s in %.1f s (%s)", flight->attempts,
			tries, seconds, strerror(flight->icmp));
	else
		dw_ending_failure(
			query, flight, DW_TIMEOUT, "no answer to %u %s in %.1f s", flight->attempts, tries, seconds);
}

void dw_ending_silence(struct dw_query *query, struct dw_flight *flight)
{
	if (flight->state == DW_FLIGHT_TCP) {
		dw_stream_give_up(flight->stream);
		dw_ending_failure(query, flight, DW_TIMEOUT, "%s", flight->stream->reason);
	} else if (flight->state == DW_FLIGHT_TCP_WAITING) {
		dw_ending_failure(query, flight, DW_TIMEOUT, "no time left for TCP");
	} else if (flight->attempts == 0) {
		dw_ending_failure(query, flight, DW_TIMEOUT, "no time left to ask");
	} else {
		end_tries(query, flight);
	}
}

void dw_ending_down(struct dw_query *query, struct dw_flight *flight)
{
	enum dw_status status = flight->peer->refused ? DW_REFUSED : DW_TIMEOUT;

	dw_ending_failure(query, flight, status, "not asked: the server %s its last %u questions",
		status == DW_REFUSED ? "refused" : "did not answer", flight->peer->n_silent);
}
