#include "tcp.h"

#include "honest.h"
#include "message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define FLAG_TC      0x02
#define GARBAGE      300
#define SPLIT_PAUSE  5
#define SPLIT_OCTETS 7
#define OUT_MAX      (2 * LIAR_MESSAGE_MAX + 4)

enum ending { STAYS_OPEN, CLOSES, RESETS };

struct liar_stream {
	struct liar_source source;
	struct liar_stream *next;
	struct liar_listener *listener;
	enum ending ending; /* when everything is written */
	bool silent;        /* reads, and never answers */
	bool endless;       /* starts over when everything is written */
	bool gone;          /* to be released */
	unsigned pause;     /* milliseconds between pieces; 0: all at once */
	size_t piece;       /* octets of a piece */
	int64_t due;        /* moment of the next piece */
	size_t in_length;
	size_t out_length;
	size_t out_at;
	uint8_t in[LIAR_QUERY_MAX + 2];
	uint8_t out[OUT_MAX];
};

static void queue(struct liar_stream *stream, const void *octets, size_t length)
{
	if (length > sizeof(stream->out) - stream->out_length)
		return;
	memcpy(stream->out + stream->out_length, octets, length);
	stream->out_length += length;
}

static void queue_message(struct liar_stream *stream, const struct liar_exchange *exchange)
{
	uint8_t prefix[2] = {(uint8_t)(exchange->length >> 8), (uint8_t)exchange->length};

	queue(stream, prefix, sizeof(prefix));
	queue(stream, exchange->answer, exchange->length);
}

void liar_tcp_once(struct liar_exchange *exchange, struct liar_stream *stream)
{
	queue_message(stream, exchange);
}

void liar_tcp_refused(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	stream->gone = true;
}

void liar_tcp_nothing(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	stream->silent = true;
}

void liar_tcp_reset(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	stream->ending = RESETS;
}

void liar_tcp_closed(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	stream->ending = CLOSES;
}

void liar_tcp_cut(struct liar_exchange *exchange, struct liar_stream *stream)
{
	queue_message(stream, exchange);
	stream->out_length -= exchange->length / 2;
	stream->ending = CLOSES;
}

void liar_tcp_broken(struct liar_exchange *exchange, struct liar_stream *stream)
{
	liar_tcp_cut(exchange, stream);
	stream->ending = RESETS;
}

/* Never called: a connection to a deaf listener is not read. */
void liar_tcp_deaf(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	stream->silent = true;
}

void liar_tcp_garbage(struct liar_exchange *exchange, struct liar_stream *stream)
{
	for (int i = 0; i < GARBAGE; i++) {
		uint8_t octet = (uint8_t)liar_chance(exchange->liar);

		queue(stream, &octet, 1);
	}
	stream->ending = CLOSES;
}

void liar_tcp_zero(struct liar_exchange *exchange, struct liar_stream *stream)
{
	(void)exchange;
	queue(stream, "\0", 2);
	stream->ending = CLOSES;
}

void liar_tcp_drip(struct liar_exchange *exchange, struct liar_stream *stream)
{
	queue_message(stream, exchange);
	stream->pause = exchange->listener->value;
	stream->piece = 1;
}

void liar_tcp_wrong_id(struct liar_exchange *exchange, struct liar_stream *stream)
{
	exchange->answer[0] ^= 0x5a;
	queue_message(stream, exchange);
}

void liar_tcp_truncated(struct liar_exchange *exchange, struct liar_stream *stream)
{
	liar_keep_question(exchange);
	exchange->answer[2] |= FLAG_TC;
	queue_message(stream, exchange);
}

void liar_tcp_split(struct liar_exchange *exchange, struct liar_stream *stream)
{
	queue_message(stream, exchange);
	stream->pause = SPLIT_PAUSE;
	stream->piece = exchange->length / SPLIT_OCTETS + 1;
}

void liar_tcp_unasked(struct liar_exchange *exchange, struct liar_stream *stream)
{
	liar_tcp_wrong_id(exchange, stream);
	liar_tcp_wrong_id(exchange, stream); /* and right again */
}

void liar_tcp_endless(struct liar_exchange *exchange, struct liar_stream *stream)
{
	liar_tcp_wrong_id(exchange, stream);
	stream->endless = true;
	stream->pause = 1;
	stream->piece = stream->out_length;
}

static void finish(struct liar_stream *stream)
{
	const struct linger hard = {.l_onoff = 1, .l_linger = 0};

	if (stream->ending == STAYS_OPEN)
		return;
	if (stream->ending == RESETS)
		(void)setsockopt(stream->source.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	stream->gone = true;
}

/* Writes a piece, or what the socket takes. */
static void write_some(struct liar_stream *stream)
{
	size_t length = stream->out_length - stream->out_at;

	if (stream->pause > 0 && length > stream->piece)
		length = stream->piece;
	ssize_t sent = send(stream->source.fd, stream->out + stream->out_at, length, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (sent < 0 && errno != EAGAIN)
		stream->gone = true;
	if (sent > 0)
		stream->out_at += (size_t)sent;
	stream->due = liar_now() + stream->pause;
	if (stream->out_at < stream->out_length)
		return;
	if (stream->endless) {
		stream->out_at = 0;
		return;
	}
	stream->out_at = stream->out_length = 0;
	finish(stream);
}

static void answer(struct liar_stream *stream, const uint8_t *query, size_t length)
{
	const struct liar_fault *fault = stream->listener->fault;
	struct liar_exchange *exchange = calloc(1, sizeof(*exchange));

	if (exchange == NULL)
		return;
	exchange->liar = stream->listener->liar;
	exchange->listener = stream->listener;
	exchange->tcp = true;
	exchange->query_length = length;
	memcpy(exchange->query, query, length);
	if (liar_honest(exchange)) {
		if (fault->change != NULL)
			fault->change(exchange);
		(fault->tcp != NULL ? fault->tcp : liar_tcp_once)(exchange, stream);
	}
	free(exchange);
	write_some(stream);
}

/* Takes the first question out of what was read; false when it is not all there. */
static bool take_question(struct liar_stream *stream)
{
	size_t length = stream->in_length < 2 ? sizeof(stream->in) : liar_get16(stream->in, 0);

	if (length > LIAR_QUERY_MAX || stream->in_length < 2 + length)
		return false;
	if (!stream->silent)
		answer(stream, stream->in + 2, length);
	stream->in_length -= 2 + length;
	memmove(stream->in, stream->in + 2 + length, stream->in_length);
	return true;
}

static void stream_ready(struct liar_source *source)
{
	struct liar_stream *stream = (struct liar_stream *)source; /* its first member */
	ssize_t got = recv(
		source->fd, stream->in + stream->in_length, sizeof(stream->in) - stream->in_length, MSG_DONTWAIT);

	if (got == 0 || (got < 0 && errno != EAGAIN))
		stream->gone = true;
	if (got <= 0)
		return;
	stream->in_length += (size_t)got;
	while (!stream->gone && take_question(stream))
		;
	if (stream->in_length == sizeof(stream->in))
		stream->gone = true;
}

static void client_gone(struct liar_source *source)
{
	((struct liar_stream *)source)->gone = true;
}

void liar_tcp_ready(struct liar_source *source)
{
	struct liar_listener *listener =
		(struct liar_listener *)((char *)source - offsetof(struct liar_listener, tcp));
	int fd = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct liar_stream *stream = fd < 0 ? NULL : calloc(1, sizeof(*stream));

	if (stream == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	bool deaf = listener->fault->tcp == liar_tcp_deaf;
	struct epoll_event event = {.events = deaf ? EPOLLRDHUP : EPOLLIN, .data.ptr = &stream->source};

	stream->source = (struct liar_source){.ready = deaf ? client_gone : stream_ready, .fd = fd};
	stream->listener = listener;
	stream->next = listener->liar->streams;
	listener->liar->streams = stream;
	(void)epoll_ctl(listener->liar->epoll, EPOLL_CTL_ADD, fd, &event);
}

int64_t liar_tcp_write_due(struct liar *liar)
{
	int64_t now = liar_now();
	int64_t next = INT64_MAX;
	struct liar_stream **link = &liar->streams;

	while (*link != NULL) {
		struct liar_stream *stream = *link;

		if (!stream->gone && stream->out_at < stream->out_length && stream->due <= now)
			write_some(stream);
		if (stream->gone) {
			*link = stream->next;
			close(stream->source.fd);
			free(stream);
			continue;
		}
		if (stream->out_at < stream->out_length && stream->due < next)
			next = stream->due;
		link = &stream->next;
	}
	return next;
}

void liar_tcp_fini(struct liar *liar)
{
	for (struct liar_stream *stream = liar->streams; stream != NULL; stream = stream->next)
		stream->gone = true;
	(void)liar_tcp_write_due(liar);
}
