#include "dns/transport.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <unistd.h>

#include "dns/volley.h"

/* Closes what is half made, and keeps the errno that says why. */
static int give_up(int socket_)
{
	int cause = errno;

	close(socket_);
	errno = cause;
	return -1;
}

static int bound(int socket_, const struct dw_address *source)
{
	if (source->length != 0 && bind(socket_, &source->socket.any, source->length) != 0)
		return give_up(socket_);
	return socket_;
}

static int open_datagrams(void *context, int family, const struct dw_address *source)
{
	int opened = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int level = family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
	int option = family == AF_INET6 ? IPV6_RECVERR : IP_RECVERR;

	(void)context;
	if (opened < 0)
		return -1;
	/* Without it a closed port is silent for a socket that is not connected; that still works. */
	(void)setsockopt(opened, level, option, &(int){1}, sizeof(int));
	return bound(opened, source);
}

static int open_stream(
	void *context, const struct dw_address *server, const struct dw_address *source, unsigned segment)
{
	int opened = socket(server->socket.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	(void)context;
	if (opened < 0)
		return -1;
	if (segment != 0)
		(void)setsockopt(opened, IPPROTO_TCP, TCP_MAXSEG, &(int){(int)segment}, sizeof(int));
	(void)setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	if (bound(opened, source) < 0)
		return -1;
	if (connect(opened, &server->socket.any, server->length) != 0 && errno != EINPROGRESS)
		return give_up(opened);
	return opened;
}

static int option_of(int socket_, int option)
{
	int value = 0;
	socklen_t length = sizeof(value);

	if (getsockopt(socket_, SOL_SOCKET, option, &value, &length) != 0)
		return -1;
	return value;
}

static int buffer_size(void *context, int socket_)
{
	(void)context;
	return option_of(socket_, SO_RCVBUF);
}

static int segments(void *context, int socket_)
{
	struct tcp_info info = {0};
	socklen_t length = sizeof(info);

	(void)context;
	if (getsockopt(socket_, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 ||
		length < offsetof(struct tcp_info, tcpi_segs_out) + sizeof(info.tcpi_segs_out))
		return -1;
	return (int)info.tcpi_segs_out;
}

static int outcome(void *context, int socket_)
{
	int value = option_of(socket_, SO_ERROR);

	(void)context;
	return value < 0 ? errno : value;
}

static int send_many(void *context, int socket_, struct mmsghdr *messages, unsigned n)
{
	(void)context;
	return sendmmsg(socket_, messages, n, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static int send_volleys(void *context, int socket_, struct mmsghdr *messages, unsigned n)
{
	(void)context;
	return dw_volley_send(socket_, messages, n);
}

static int receive_many(void *context, int socket_, struct mmsghdr *messages, unsigned n)
{
	(void)context;
	return recvmmsg(socket_, messages, n, MSG_DONTWAIT, NULL);
}

static ssize_t receive_error(void *context, int socket_, struct msghdr *message)
{
	(void)context;
	return recvmsg(socket_, message, MSG_ERRQUEUE | MSG_DONTWAIT);
}

static ssize_t send_octets(void *context, int socket_, const void *octets, size_t length)
{
	(void)context;
	return send(socket_, octets, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static ssize_t receive_octets(void *context, int socket_, void *octets, size_t length)
{
	(void)context;
	return recv(socket_, octets, length, MSG_DONTWAIT);
}

static void close_socket(void *context, int socket_)
{
	(void)context;
	close(socket_);
}

static int watch(void *context, int epoll, int operation, int socket_, struct epoll_event *event)
{
	(void)context;
	return epoll_ctl(epoll, operation, socket_, event);
}

static int wait_for(void *context, int epoll, struct epoll_event *events, int n, int milliseconds)
{
	(void)context;
	return epoll_wait(epoll, events, n, milliseconds);
}

static ssize_t randomness(void *context, void *octets, size_t length)
{
	(void)context;
	return getrandom(octets, length, 0);
}

#define FILL(calls, member, system)                                                                          \
	do {                                                                                                     \
		if ((calls).member == NULL)                                                                          \
			(calls).member = system;                                                                         \
	} while (0)

struct dw_transport_calls dw_transport_calls(const struct dw_transport_calls *own)
{
	struct dw_transport_calls calls = {0};

	if (own != NULL)
		calls = *own;
	FILL(calls, open_datagrams, open_datagrams);
	FILL(calls, open_stream, open_stream);
	FILL(calls, buffer_size, buffer_size);
	FILL(calls, send_volleys, calls.send_many == NULL ? send_volleys : calls.send_many);
	FILL(calls, send_many, send_many);
	FILL(calls, receive_many, receive_many);
	FILL(calls, receive_error, receive_error);
	FILL(calls, segments, segments);
	FILL(calls, outcome, outcome);
	FILL(calls, send, send_octets);
	FILL(calls, receive, receive_octets);
	FILL(calls, close, close_socket);
	FILL(calls, watch, watch);
	FILL(calls, wait, wait_for);
	FILL(calls, randomness, randomness);
	return calls;
}
