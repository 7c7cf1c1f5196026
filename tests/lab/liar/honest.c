#include "honest.h"

#include "message.h"

#include <poll.h>
#include <unistd.h>

#define PATIENCE 1000 /* milliseconds */
#define QR_AA    0x84

static bool readable(int fd)
{
	struct pollfd waiting = {.fd = fd, .events = POLLIN};

	return poll(&waiting, 1, PATIENCE) == 1;
}

static bool ask_by_datagram(struct liar_exchange *exchange, int fd)
{
	if (send(fd, exchange->query, exchange->query_length, 0) < 0 || !readable(fd))
		return false;
	ssize_t got = recv(fd, exchange->answer, sizeof(exchange->answer), 0);

	exchange->length = got > 0 ? (size_t)got : 0;
	return got >= LIAR_HEADER;
}

static bool read_all(int fd, uint8_t *octets, size_t length)
{
	while (length > 0) {
		ssize_t got = readable(fd) ? recv(fd, octets, length, 0) : -1;

		if (got <= 0)
			return false;
		octets += got;
		length -= (size_t)got;
	}
	return true;
}

static bool ask_by_stream(struct liar_exchange *exchange, int fd)
{
	uint8_t prefix[2] = {(uint8_t)(exchange->query_length >> 8), (uint8_t)exchange->query_length};

	if (send(fd, prefix, sizeof(prefix), MSG_NOSIGNAL | MSG_MORE) < 0 ||
		send(fd, exchange->query, exchange->query_length, MSG_NOSIGNAL) < 0 ||
		!read_all(fd, prefix, sizeof(prefix)))
		return false;
	exchange->length = liar_get16(prefix, 0);
	return read_all(fd, exchange->answer, exchange->length) && exchange->length >= LIAR_HEADER;
}

static bool ask_upstream(struct liar_exchange *exchange)
{
	const struct liar_address *own = &exchange->listener->upstream;
	const struct liar_address *upstream = own->length != 0 ? own : &exchange->liar->upstream;
	int fd =
		socket(upstream->storage.ss_family, (exchange->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
	bool asked = false;

	if (fd < 0)
		return false;
	if (connect(fd, (const struct sockaddr *)&upstream->storage, upstream->length) == 0)
		asked = exchange->tcp ? ask_by_stream(exchange, fd) : ask_by_datagram(exchange, fd);
	close(fd);
	return asked;
}

static bool has_opt(const struct liar_exchange *exchange)
{
	struct liar_record record = {0};

	while (liar_next_record(exchange->query, exchange->query_length, &record)) {
		if (record.type == LIAR_TYPE_OPT)
			return true;
	}
	return false;
}

/* An A or a TXT record where one is asked for, an empty answer otherwise. */
static bool answer_fixed(struct liar_exchange *exchange)
{
	static const uint8_t address[] = {192, 0, 2, 1};
	static const char text[] = "\6static";
	size_t end = liar_question_end(exchange->query, exchange->query_length);

	if (end == 0)
		return false;
	exchange->length = 0;
	liar_put(exchange, exchange->query, end);
	exchange->answer[2] = (uint8_t)(QR_AA | (exchange->query[2] & 1));
	exchange->answer[3] = exchange->query[3] & 0x10;
	liar_keep_question(exchange);
	unsigned type = liar_get16(exchange->query, end - 4);

	if (type == LIAR_TYPE_A || type == LIAR_TYPE_TXT) {
		size_t length = type == LIAR_TYPE_A ? sizeof(address) : sizeof(text) - 1;

		liar_put_record(exchange, type, length);
		liar_put(exchange, type == LIAR_TYPE_A ? (const void *)address : text, length);
		liar_set_count(exchange, LIAR_ANSWER, 1);
	}
	if (has_opt(exchange))
		liar_put_opt(exchange, NULL, 0);
	return true;
}

bool liar_honest(struct liar_exchange *exchange)
{
	return exchange->liar->fixed ? answer_fixed(exchange) : ask_upstream(exchange);
}
