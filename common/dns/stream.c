#include "dns/stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/datagram.h"
#include "dns/octets.h"

static enum dw_stream_state DW_PRINTF(3, 4)
	fail(struct dw_stream *stream, enum dw_status status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(stream->reason, sizeof(stream->reason), format, arguments);
	va_end(arguments);
	stream->status = status;
	stream->state = DW_STREAM_FAILED;
	return stream->state;
}

static enum dw_status status_of(int cause)
{
	if (cause == ECONNREFUSED || cause == ECONNRESET || cause == EPIPE)
		return DW_REFUSED;
	if (cause == ETIMEDOUT)
		return DW_TIMEOUT;
	return dw_errno_is_no_route(cause) ? DW_NO_ROUTE : DW_SYSTEM;
}

static const char *text_of(int cause)
{
	return cause == ECONNREFUSED                ? "refused"
		: cause == ECONNRESET || cause == EPIPE ? "reset"
												: strerror(cause);
}

size_t dw_stream_read(const struct dw_stream *stream)
{
	return stream->n_read < sizeof(stream->prefix) ? 0 : stream->n_read - sizeof(stream->prefix);
}

/* The stream ends, and all that it brought answered something else. */
static enum dw_stream_state fail_skipped(struct dw_stream *stream)
{
	return fail(stream, DW_MALFORMED, "TCP answered %zu octets that are no answer to the question",
		stream->skipped_length);
}

static enum dw_stream_state broken(struct dw_stream *stream, int cause)
{
	enum dw_status status = status_of(cause);

	if (stream->n_skipped > 0 && stream->n_read == 0)
		return fail_skipped(stream);
	if (dw_stream_read(stream) > 0)
		return fail(stream, status, "TCP %s after %zu of %zu octets", text_of(cause), dw_stream_read(stream),
			stream->answer_length);
	if (stream->state == DW_STREAM_CONNECTING && cause == ECONNREFUSED)
		return fail(stream, status, "TCP refused");
	if (stream->state == DW_STREAM_CONNECTING)
		return fail(stream, status, "TCP does not connect: %s", text_of(cause));
	return fail(stream, status, "TCP connected, then %s", text_of(cause));
}

static enum dw_stream_state closed(struct dw_stream *stream)
{
	if (stream->n_skipped > 0 && stream->n_read == 0)
		return fail_skipped(stream);
	if (dw_stream_read(stream) > 0 || stream->answer != NULL)
		return fail(stream, DW_MALFORMED, "TCP closed after %zu of %zu octets", dw_stream_read(stream),
			stream->answer_length);
	return fail(stream, DW_REFUSED, "TCP closed without an answer");
}

/* Asks epoll to tell when the socket can be read, or written. */
static int watch(struct dw_stream *stream, int operation, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = stream};

	return stream->calls->watch(stream->calls->context, stream->epoll, operation, stream->socket, &event);
}

static enum dw_stream_state connected(struct dw_stream *stream)
{
	int cause = stream->calls->outcome(stream->calls->context, stream->socket);

	if (cause != 0)
		return broken(stream, cause);
	stream->connected = true;
	stream->state = DW_STREAM_WRITING;
	return stream->state;
}

static enum dw_stream_state write_question(struct dw_stream *stream)
{
	while (stream->n_written < stream->question_length) {
		ssize_t n = stream->calls->send(stream->calls->context, stream->socket,
			stream->question + stream->n_written, stream->question_length - stream->n_written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? stream->state : broken(stream, errno);
		stream->n_written += (size_t)n;
	}
	if (watch(stream, EPOLL_CTL_MOD, EPOLLIN) != 0)
		return fail(stream, DW_SYSTEM, "epoll: %s", strerror(errno));
	stream->state = DW_STREAM_READING;
	return stream->state;
}

/* The prefix is there: makes room for what it announces. */
static enum dw_stream_state expect(struct dw_stream *stream)
{
	stream->answer_length = dw_read16(stream->prefix);
	if (stream->answer_length == 0)
		return fail(stream, DW_MALFORMED, "TCP answered with 0 octets");
	stream->answer = malloc(stream->answer_length);
	if (stream->answer == NULL)
		return fail(stream, DW_SYSTEM, "no memory for an answer of %zu octets", stream->answer_length);
	return stream->state;
}

/* Reads once; `n` becomes what read returned. */
static ssize_t read_some(struct dw_stream *stream)
{
	const struct dw_transport_calls *calls = stream->calls;
	size_t prefix = sizeof(stream->prefix), n_read = stream->n_read;

	if (n_read < prefix)
		return calls->receive(calls->context, stream->socket, stream->prefix + n_read, prefix - n_read);
	return calls->receive(calls->context, stream->socket, stream->answer + (n_read - prefix),
		stream->answer_length - (n_read - prefix));
}

static enum dw_stream_state read_answer(struct dw_stream *stream)
{
	while (stream->state == DW_STREAM_READING) {
		ssize_t n = read_some(stream);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? stream->state : broken(stream, errno);
		if (n == 0)
			return closed(stream);
		stream->n_read += (size_t)n;
		if (stream->n_read == sizeof(stream->prefix))
			expect(stream);
		else if (dw_stream_read(stream) == stream->answer_length && stream->answer != NULL)
			stream->state = DW_STREAM_DONE;
	}
	return stream->state;
}

enum dw_stream_state dw_stream_step(struct dw_stream *stream)
{
	if (stream->state == DW_STREAM_CONNECTING)
		connected(stream);
	if (stream->state == DW_STREAM_WRITING)
		write_question(stream);
	if (stream->state == DW_STREAM_READING)
		read_answer(stream);
	return stream->state;
}

enum dw_stream_state dw_stream_skip(struct dw_stream *stream)
{
	stream->skipped_length = stream->answer_length;
	if (++stream->n_skipped > DW_STREAM_SKIPS_MAX)
		return fail_skipped(stream);
	free(stream->answer);
	stream->answer = NULL;
	stream->n_read = 0;
	stream->state = DW_STREAM_READING;
	return read_answer(stream);
}

void dw_stream_give_up(struct dw_stream *stream)
{
	if (stream->n_skipped > 0 && stream->n_read == 0)
		fail_skipped(stream);
	else if (stream->state == DW_STREAM_CONNECTING)
		fail(stream, DW_TIMEOUT, "TCP does not connect");
	else if (stream->answer == NULL)
		fail(stream, DW_TIMEOUT, "TCP connected and never answered");
	else
		fail(stream, DW_TIMEOUT, "TCP stopped after %zu of %zu octets", dw_stream_read(stream),
			stream->answer_length);
}

enum dw_tcp_stage dw_stream_stage(const struct dw_stream *stream)
{
	if (!stream->connected)
		return DW_TCP_CONNECTING;
	if (stream->state == DW_STREAM_DONE)
		return DW_TCP_DONE;
	return stream->answer != NULL || stream->n_read > 0 ? DW_TCP_READING : DW_TCP_CONNECTED;
}

unsigned dw_stream_packets(const struct dw_stream *stream)
{
	int n = stream->calls->segments(stream->calls->context, stream->socket);

	if (n <= 0)
		return 1;
	/* FIN, and the acknowledgement of the other end's. */
	return (unsigned)n + (stream->connected ? 2 : 0);
}

static void write_frame(struct dw_stream *stream, const struct dw_stream_plan *plan)
{
	size_t length = dw_ask_write(plan->ask, plan->id, stream->question + 2);

	(void)dw_put16(stream->question, (unsigned)length);
	stream->question_length = length + 2;
}

enum dw_status dw_stream_new(const struct dw_transport_calls *calls, int epoll,
	const struct dw_stream_plan *plan, struct dw_stream **stream, struct dw_error *error)
{
	struct dw_stream *made = calloc(1, sizeof(*made));

	if (made == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a TCP connection");
	made->watched = DW_WATCHED_STREAM;
	made->calls = calls;
	made->epoll = epoll;
	made->holder = plan->holder;
	write_frame(made, plan);
	made->socket = calls->open_stream(calls->context, &plan->server, &plan->source, plan->segment);
	if (made->socket < 0) {
		broken(made, errno);
		goto failed;
	}
	if (watch(made, EPOLL_CTL_ADD, EPOLLOUT) == 0) {
		*stream = made;
		return DW_OK;
	}
	fail(made, DW_SYSTEM, "epoll: %s", strerror(errno));
failed:;
	enum dw_status status = dw_fail(error, made->status, "%s", made->reason);
	dw_stream_free(made);
	return status;
}

void dw_stream_free(struct dw_stream *stream)
{
	if (stream == NULL)
		return;
	if (stream->socket >= 0)
		stream->calls->close(stream->calls->context, stream->socket);
	free(stream->answer);
	free(stream);
}
