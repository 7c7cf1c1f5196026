/*
 * transport: the system calls of the query engine, each behind a pointer.
 *
 * A test puts its own network and its own time behind them, so that loss, delay, reordering and
 * starvation are unit tests that wait for nothing. They mirror the calls they stand for: -1 with
 * errno is failure, sockets do not block. A member that is NULL is the system's own.
 *
 * Only `wait` blocks. `context` is the first argument of every call; calls are made by the engine's thread.
 */
#ifndef DW_DNS_TRANSPORT_H
#define DW_DNS_TRANSPORT_H

#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "dns/server.h"

/* What an epoll event belongs to: the first member of whatever its data points to. */
enum dw_watched { DW_WATCHED_DATAGRAMS, DW_WATCHED_STREAM };

struct dw_transport_calls {
	void *context;
	/* A UDP socket that reports ICMP errors, bound to `source` unless that is none. */
	int (*open_datagrams)(void *context, int family, const struct dw_address *source);
	/*
	 * A TCP socket that connects from `source`, unless that is none, to `server` with this TCP_MAXSEG, 0 for
	 * the system's. EINPROGRESS is success here.
	 */
	int (*open_stream)(
		void *context, const struct dw_address *server, const struct dw_address *source, unsigned segment);
	/* SO_RCVBUF: octets that the kernel keeps for this socket, its own overhead included. */
	int (*buffer_size)(void *context, int socket);
	/* sendmmsg() */
	int (*send_many)(void *context, int socket, struct mmsghdr *messages, unsigned n);
	/* The same, by volleys where that is possible (dns/volley.h); without one of its own, `send_many`. */
	int (*send_volleys)(void *context, int socket, struct mmsghdr *messages, unsigned n);
	int (*receive_many)(void *context, int socket, struct mmsghdr *messages, unsigned n);
	/* recvmsg() from the error queue. */
	ssize_t (*receive_error)(void *context, int socket, struct msghdr *message);
	/* TCP segments that a stream has sent; -1 when the system does not tell. */
	int (*segments)(void *context, int socket);
	/* SO_ERROR: how connecting went, 0 or an errno. */
	int (*outcome)(void *context, int socket);
	ssize_t (*send)(void *context, int socket, const void *octets, size_t length);
	ssize_t (*receive)(void *context, int socket, void *octets, size_t length);
	void (*close)(void *context, int socket);
	/* epoll_ctl() */
	int (*watch)(void *context, int epoll, int operation, int socket, struct epoll_event *event);
	/* epoll_wait() */
	int (*wait)(void *context, int epoll, struct epoll_event *events, int n, int milliseconds);
	/* getrandom(); returns below `length` only when there is no randomness to be had. */
	ssize_t (*randomness)(void *context, void *octets, size_t length);
};

/* A full set of calls: those of `own`, which may be NULL, and the system's for what it leaves out. */
struct dw_transport_calls dw_transport_calls(const struct dw_transport_calls *own);

#endif
