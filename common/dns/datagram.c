#include "dns/datagram.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <stdlib.h>
#include <string.h>

#include "dns/octets.h"
#include "dns/wire.h"

/* Sends that report an older error are made again this often. */
#define RESENDS 3

bool dw_errno_is_no_route(int cause)
{
	static const int causes[] = {
		ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, EACCES, EPERM, EINVAL, ENETDOWN, ENODEV};

	for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++) {
		if (cause == causes[i])
			return true;
	}
	return false;
}

static unsigned window_of(const struct dw_datagrams *datagrams, int socket)
{
	int n = datagrams->calls->buffer_size(datagrams->calls->context, socket) / DW_DATAGRAM_COST;

	return n < 1 ? 1 : n > DW_DATAGRAM_WINDOW ? DW_DATAGRAM_WINDOW : (unsigned)n;
}

/* Opens one more socket, and makes it the one taken last. */
static enum dw_status open_socket(struct dw_datagrams *datagrams, struct dw_error *error)
{
	const struct dw_transport_calls *calls = datagrams->calls;
	struct dw_datagram_socket *opened = calloc(1, sizeof(*opened));

	if (opened == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a socket");
	opened->watched = DW_WATCHED_DATAGRAMS;
	opened->socket = calls->open_datagrams(calls->context, datagrams->family, &datagrams->source);
	if (opened->socket < 0) {
		int cause = errno;

		free(opened);
		return dw_fail(
			error, dw_errno_is_no_route(cause) ? DW_NO_ROUTE : DW_SYSTEM, "UDP socket: %s", strerror(cause));
	}
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = opened};
	if (calls->watch(calls->context, datagrams->epoll, EPOLL_CTL_ADD, opened->socket, &event) != 0) {
		int cause = errno;

		calls->close(calls->context, opened->socket);
		free(opened);
		return dw_fail(error, DW_SYSTEM, "epoll: %s", strerror(cause));
	}
	opened->window = window_of(datagrams, opened->socket);
	datagrams->at = datagrams->n_sockets;
	datagrams->sockets[datagrams->n_sockets++] = opened;
	return DW_OK;
}

/* Whether another socket is to be opened though those there have room; else the next has its turn. */
static bool is_to_spread(struct dw_datagrams *datagrams)
{
	if (datagrams->n_spread == 0 || datagrams->n_sockets == 0)
		return false;
	if (datagrams->n_sockets < datagrams->n_spread && datagrams->n_sockets < datagrams->n_max)
		return true;
	datagrams->at = (datagrams->at + 1) % datagrams->n_sockets;
	return false;
}

/* The next socket with room, beginning with the one taken last; NULL when all are full. */
static struct dw_datagram_socket *with_room(struct dw_datagrams *datagrams)
{
	for (unsigned i = 0; i < datagrams->n_sockets; i++) {
		struct dw_datagram_socket *socket = datagrams->sockets[datagrams->at];

		if (socket->in_flight < socket->window)
			return socket;
		datagrams->at = (datagrams->at + 1) % datagrams->n_sockets;
	}
	return NULL;
}

enum dw_status dw_datagrams_socket(
	struct dw_datagrams *datagrams, struct dw_datagram_socket **socket, struct dw_error *error)
{
	*socket = is_to_spread(datagrams) ? NULL : with_room(datagrams);
	if (*socket != NULL)
		return DW_OK;
	if (datagrams->n_sockets >= datagrams->n_max)
		return DW_LIMIT;
	if (datagrams->outbox == NULL) {
		datagrams->outbox = malloc(sizeof(*datagrams->outbox));
		if (datagrams->outbox == NULL)
			return dw_fail(error, DW_SYSTEM, "no memory for datagrams");
		datagrams->outbox->socket = NULL;
		datagrams->outbox->alone = false;
		datagrams->outbox->n = 0;
	}
	enum dw_status status = open_socket(datagrams, error);
	if (status != DW_OK && datagrams->n_sockets > 0) {
		/* Those that are open will do. */
		datagrams->n_max = datagrams->n_sockets;
		*socket = with_room(datagrams);
		return *socket != NULL ? DW_OK : DW_LIMIT;
	}
	if (status == DW_OK)
		*socket = datagrams->sockets[datagrams->at];
	return status;
}

void dw_outbox_add(struct dw_outbox *outbox, struct dw_flight *flight, struct dw_address *server,
	const struct dw_ask *ask, uint16_t id)
{
	unsigned at = outbox->n++;
	uint8_t *wire = outbox->octets + (at == 0 ? 0 : outbox->n_octets);
	size_t length = dw_ask_write(ask, id, wire);

	outbox->n_octets = (size_t)(wire - outbox->octets) + length;
	outbox->flights[at] = flight;
	outbox->vectors[at] = (struct iovec){wire, length};
	outbox->messages[at] = (struct mmsghdr){.msg_hdr = {.msg_name = &server->socket,
												.msg_namelen = server->length,
												.msg_iov = &outbox->vectors[at],
												.msg_iovlen = 1}};
}

/*
 * Sends from `at` on and returns how many left; 0 with the errno of the first when it did not. A
 * socket reports an ICMP message for an earlier datagram in place of sending the next one.
 */
static unsigned send_from(
	const struct dw_transport_calls *calls, struct dw_outbox *outbox, unsigned at, int *cause)
{
	int (*send)(void *, int, struct mmsghdr *, unsigned) =
		outbox->alone ? calls->send_many : calls->send_volleys;

	for (int i = 0; i < RESENDS; i++) {
		int sent = send(calls->context, outbox->socket->socket, outbox->messages + at, outbox->n - at);

		if (sent > 0)
			return (unsigned)sent;
		*cause = errno;
		if (*cause == EAGAIN || *cause == ENOBUFS || *cause == EMSGSIZE)
			break;
	}
	return 0;
}

void dw_outbox_send(const struct dw_transport_calls *calls, struct dw_outbox *outbox)
{
	unsigned at = 0;

	while (at < outbox->n) {
		int cause = 0;
		unsigned sent = send_from(calls, outbox, at, &cause);

		for (unsigned i = 0; i < sent; i++)
			outbox->failures[at++] = 0;
		if (sent == 0)
			outbox->failures[at++] = cause;
	}
}

struct dw_inbox *dw_inbox_new(void)
{
	struct dw_inbox *inbox = malloc(sizeof(*inbox));

	if (inbox == NULL)
		return NULL;
	for (unsigned i = 0; i < DW_DATAGRAM_BATCH; i++) {
		inbox->vectors[i] = (struct iovec){inbox->octets[i], DW_MESSAGE_MAX};
		inbox->messages[i] = (struct mmsghdr){.msg_hdr = {.msg_name = &inbox->sources[i].socket,
												  .msg_namelen = sizeof(inbox->sources[i].socket),
												  .msg_iov = &inbox->vectors[i],
												  .msg_iovlen = 1}};
	}
	return inbox;
}

unsigned dw_inbox_receive(
	const struct dw_transport_calls *calls, struct dw_inbox *inbox, struct dw_datagram_socket *socket)
{
	int received = -1;

	for (int i = 0; i < RESENDS && received < 0; i++) {
		received = calls->receive_many(calls->context, socket->socket, inbox->messages, DW_DATAGRAM_BATCH);
		if (received < 0 && errno == EAGAIN)
			return 0;
	}
	for (int i = 0; i < received; i++) {
		inbox->sources[i].length = inbox->messages[i].msg_hdr.msg_namelen;
		inbox->messages[i].msg_hdr.msg_namelen = sizeof(inbox->sources[i].socket);
	}
	return received < 0 ? 0 : (unsigned)received;
}

/* Reads what the kernel says about an ICMP message. */
static void read_cause(struct msghdr *message, struct dw_datagram_error *error)
{
	for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control != NULL;
		 control = CMSG_NXTHDR(message, control)) {
		bool v4 = control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_RECVERR;
		bool v6 = control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_RECVERR;
		struct sock_extended_err cause;

		if (!v4 && !v6)
			continue;
		memcpy(&cause, CMSG_DATA(control), sizeof(cause));
		error->cause = (int)cause.ee_errno;
	}
}

bool dw_datagram_error(const struct dw_transport_calls *calls, struct dw_datagram_socket *socket,
	struct dw_datagram_error *error)
{
	uint8_t quoted[12];
	union {
		struct cmsghdr header;
		uint8_t octets[256];
	} control;
	struct iovec vector = {quoted, sizeof(quoted)};
	struct msghdr message = {.msg_name = &error->server.socket,
		.msg_namelen = sizeof(error->server.socket),
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	ssize_t length = calls->receive_error(calls->context, socket->socket, &message);

	if (length < 0)
		return false;
	error->server.length = message.msg_namelen;
	error->cause = 0;
	read_cause(&message, error);
	error->has_id = length >= 2;
	error->id = error->has_id ? dw_read16(quoted) : 0;
	return true;
}

void dw_datagrams_fini(struct dw_datagrams *datagrams)
{
	for (unsigned i = 0; i < datagrams->n_sockets; i++) {
		datagrams->calls->close(datagrams->calls->context, datagrams->sockets[i]->socket);
		free(datagrams->sockets[i]);
	}
	free(datagrams->outbox);
	datagrams->n_sockets = 0;
	datagrams->outbox = NULL;
}
