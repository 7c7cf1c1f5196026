#include "udp.h"

#include "honest.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLAG_TC    0x02 /* in the third octet of the header */
#define OTHER_HOST 254  /* last octet of an address that nobody has */
#define FLOOD_MAX  1400
#define BURST      32 /* datagrams read before others have their turn */

static void send_octets(const struct liar_exchange *exchange, int fd, const void *octets, size_t length)
{
	(void)sendto(
		fd, octets, length, 0, (const struct sockaddr *)&exchange->client.storage, exchange->client.length);
}

void liar_udp_oversized(struct liar_exchange *exchange)
{
	send_octets(exchange, exchange->listener->udp.fd, exchange->answer, exchange->length);
}

void liar_udp_once(struct liar_exchange *exchange)
{
	if (exchange->length > liar_client_size(exchange))
		liar_udp_truncated(exchange);
	else
		liar_udp_oversized(exchange);
}

void liar_udp_nothing(struct liar_exchange *exchange)
{
	(void)exchange;
}

void liar_udp_truncated(struct liar_exchange *exchange)
{
	liar_keep_question(exchange);
	liar_put_opt(exchange, NULL, 0);
	liar_udp_truncated_full(exchange);
}

void liar_udp_truncated_full(struct liar_exchange *exchange)
{
	exchange->answer[2] |= FLAG_TC;
	liar_udp_oversized(exchange);
}

void liar_udp_drop_first(struct liar_exchange *exchange)
{
	if (exchange->listener->asked > exchange->listener->value)
		liar_udp_once(exchange);
}

void liar_udp_drop_every(struct liar_exchange *exchange)
{
	if (exchange->listener->value == 0 || exchange->listener->asked % exchange->listener->value != 0)
		liar_udp_once(exchange);
}

void liar_udp_drop_percent(struct liar_exchange *exchange)
{
	if (liar_chance(exchange->liar) % 100 >= exchange->listener->value)
		liar_udp_once(exchange);
}

void liar_udp_delayed(struct liar_exchange *exchange)
{
	struct liar_delayed *delayed = malloc(sizeof(*delayed) + exchange->length);

	if (delayed == NULL)
		return;
	*delayed = (struct liar_delayed){
		.next = exchange->liar->delayed,
		.at = liar_now() + exchange->listener->value,
		.listener = exchange->listener,
		.client = exchange->client,
		.length = exchange->length,
	};
	memcpy(delayed->wire, exchange->answer, exchange->length);
	exchange->liar->delayed = delayed;
}

int64_t liar_udp_send_delayed(struct liar *liar)
{
	int64_t now = liar_now();
	int64_t next = INT64_MAX;
	struct liar_delayed **link = &liar->delayed;

	while (*link != NULL) {
		struct liar_delayed *delayed = *link;

		if (delayed->at > now) {
			next = delayed->at < next ? delayed->at : next;
			link = &delayed->next;
			continue;
		}
		(void)sendto(delayed->listener->udp.fd, delayed->wire, delayed->length, 0,
			(const struct sockaddr *)&delayed->client.storage, delayed->client.length);
		*link = delayed->next;
		free(delayed);
	}
	return next;
}

void liar_udp_twice(struct liar_exchange *exchange)
{
	liar_udp_once(exchange);
	liar_udp_once(exchange);
}

void liar_udp_forged_first(struct liar_exchange *exchange)
{
	uint8_t forged[LIAR_QUERY_MAX];
	size_t length = exchange->length < sizeof(forged) ? exchange->length : sizeof(forged);

	memcpy(forged, exchange->answer, length);
	forged[0] ^= 0x5a;
	forged[3] |= 3; /* NXDOMAIN, so that believing it shows */
	send_octets(exchange, exchange->listener->udp.fd, forged, length);
	forged[0] ^= 0x5a;
	forged[LIAR_HEADER + 1] ^= 1; /* a letter of the question */
	send_octets(exchange, exchange->listener->udp.fd, forged, length);
	liar_udp_once(exchange);
}

void liar_udp_flood_first(struct liar_exchange *exchange)
{
	uint8_t noise[FLOOD_MAX];

	for (unsigned i = 0; i < exchange->listener->value; i++) {
		size_t length = liar_chance(exchange->liar) % sizeof(noise);

		for (size_t at = 0; at < length; at++)
			noise[at] = (uint8_t)liar_chance(exchange->liar);
		send_octets(exchange, exchange->listener->udp.fd, noise, length);
	}
	liar_udp_once(exchange);
}

/* Sends from a socket of its own; `from` NULL leaves address and port to the system. */
static void send_from(const struct liar_exchange *exchange, const struct liar_address *from)
{
	int yes = 1;
	int fd = socket(exchange->client.storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, (const struct sockaddr *)&from->storage, from->length) == 0)
		send_octets(exchange, fd, exchange->answer, exchange->length);
	close(fd);
}

static void set_port(struct liar_address *address, in_port_t port)
{
	if (address->storage.ss_family == AF_INET)
		((struct sockaddr_in *)&address->storage)->sin_port = port;
	else
		((struct sockaddr_in6 *)&address->storage)->sin6_port = port;
}

void liar_udp_other_port(struct liar_exchange *exchange)
{
	struct liar_address from = exchange->listener->address;

	set_port(&from, 0);
	send_from(exchange, &from);
}

void liar_udp_other_address(struct liar_exchange *exchange)
{
	struct liar_address from = exchange->listener->address;
	struct sockaddr_in *v4 = (struct sockaddr_in *)&from.storage;

	if (from.storage.ss_family == AF_INET)
		v4->sin_addr.s_addr = htonl((ntohl(v4->sin_addr.s_addr) & ~0xffu) | OTHER_HOST);
	else
		set_port(&from, 0); /* the loopback has one IPv6 address */
	send_from(exchange, &from);
}

void liar_udp_empty(struct liar_exchange *exchange)
{
	send_octets(exchange, exchange->listener->udp.fd, "", 0);
}

static void answer(struct liar_exchange *exchange)
{
	const struct liar_fault *fault = exchange->listener->fault;

	exchange->listener->asked++;
	if (!liar_honest(exchange))
		return;
	if (fault->change != NULL)
		fault->change(exchange);
	(fault->udp != NULL ? fault->udp : liar_udp_once)(exchange);
}

void liar_udp_ready(struct liar_source *source)
{
	struct liar_listener *listener = (struct liar_listener *)source; /* its first member */
	struct liar_exchange *exchange = calloc(1, sizeof(*exchange));

	for (int i = 0; exchange != NULL && i < BURST; i++) {
		exchange->client.length = sizeof(exchange->client.storage);
		ssize_t got = recvfrom(source->fd, exchange->query, sizeof(exchange->query), MSG_DONTWAIT,
			(struct sockaddr *)&exchange->client.storage, &exchange->client.length);

		if (got < 0)
			break;
		exchange->liar = listener->liar;
		exchange->listener = listener;
		exchange->query_length = (size_t)got;
		exchange->length = 0;
		answer(exchange);
	}
	free(exchange);
}
