#include "liar.h"

#include "tcp.h"
#include "udp.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define BACKLOG  128
#define BATCH    64
#define BUFFER   (4 << 20)
#define WAIT_MAX 1000 /* milliseconds */

int64_t liar_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

uint32_t liar_chance(struct liar *liar)
{
	liar->chance ^= liar->chance << 13;
	liar->chance ^= liar->chance >> 7;
	liar->chance ^= liar->chance << 17;
	return (uint32_t)(liar->chance >> 16);
}

static bool watch(struct liar *liar, struct liar_source *source)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};

	return epoll_ctl(liar->epoll, EPOLL_CTL_ADD, source->fd, &event) == 0;
}

static int open_socket(const struct liar_address *address, int type)
{
	int yes = 1;
	int buffer = BUFFER;
	int fd = socket(address->storage.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	if (type == SOCK_STREAM)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	else
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
	if (address->storage.ss_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes));
	if (bind(fd, (const struct sockaddr *)&address->storage, address->length) == 0 &&
		(type != SOCK_STREAM || listen(fd, BACKLOG) == 0))
		return fd;
	int reason = errno;

	close(fd);
	errno = reason;
	return -1;
}

struct liar_listener *liar_listen(
	struct liar *liar, const struct liar_fault *fault, unsigned value, const struct liar_address *address)
{
	if (liar->n_listeners == LIAR_LISTENERS_MAX) {
		errno = ENOSPC;
		return NULL;
	}
	struct liar_listener *listener = &liar->listeners[liar->n_listeners];

	listener->liar = liar;
	listener->fault = fault;
	listener->value = value;
	listener->address = *address;
	listener->udp = (struct liar_source){.ready = liar_udp_ready, .fd = open_socket(address, SOCK_DGRAM)};
	if (listener->udp.fd < 0 || !watch(liar, &listener->udp))
		return NULL;
	if (fault->tcp != liar_tcp_refused) {
		listener->tcp =
			(struct liar_source){.ready = liar_tcp_ready, .fd = open_socket(address, SOCK_STREAM)};
		if (listener->tcp.fd < 0 || !watch(liar, &listener->tcp))
			return NULL;
	}
	liar->n_listeners++;
	return listener;
}

static int wait_for(int64_t next)
{
	int64_t left = next - liar_now();

	if (left < 0)
		return 0;
	return left < WAIT_MAX ? (int)left : WAIT_MAX;
}

void liar_run(struct liar *liar, int signals)
{
	struct epoll_event events[BATCH];
	struct liar_source stopping = {.ready = NULL, .fd = signals};
	int64_t next = liar->ends;

	if (!watch(liar, &stopping))
		return;
	while (liar_now() < liar->ends) {
		int n = epoll_wait(liar->epoll, events, BATCH, wait_for(next));

		for (int i = 0; i < n; i++) {
			struct liar_source *source = events[i].data.ptr;

			if (source->ready == NULL)
				return;
			source->ready(source);
		}
		int64_t datagram = liar_udp_send_delayed(liar);
		int64_t octet = liar_tcp_write_due(liar);

		next = datagram < octet ? datagram : octet;
		next = next < liar->ends ? next : liar->ends;
	}
}
