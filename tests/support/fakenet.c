#include "support/fakenet.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SOCKET 5000

static struct dw_fakenet_socket *socket_of(struct dw_fakenet *net, int number)
{
	return &net->sockets[number - FIRST_SOCKET];
}

/* Puts a packet where its time says, looking from the end. */
static void insert(struct dw_fakenet_list *list, struct dw_fakenet_packet *packet)
{
	struct dw_fakenet_packet *before = list->last;

	while (before != NULL && before->at > packet->at)
		before = before->before;
	packet->before = before;
	packet->behind = before == NULL ? list->first : before->behind;
	if (packet->behind == NULL)
		list->last = packet;
	else
		packet->behind->before = packet;
	if (before == NULL)
		list->first = packet;
	else
		before->behind = packet;
	list->n++;
}

static struct dw_fakenet_packet *take(struct dw_fakenet_list *list)
{
	struct dw_fakenet_packet *packet = list->first;

	if (packet == NULL)
		return NULL;
	list->first = packet->behind;
	if (list->first == NULL)
		list->last = NULL;
	else
		list->first->before = NULL;
	list->n--;
	return packet;
}

/* Lets arrive what is due. */
static void deliver(struct dw_fakenet *net)
{
	while (net->flying.first != NULL && net->flying.first->at <= net->now) {
		struct dw_fakenet_packet *packet = take(&net->flying);
		struct dw_fakenet_socket *to = socket_of(net, packet->socket);

		if (!to->open || to->arrived.n >= DW_FAKENET_BUFFER / 2304) {
			net->n_dropped++;
			free(packet);
			continue;
		}
		insert(packet->icmp != 0 ? &to->errors : &to->arrived, packet);
		if (to->arrived.n > net->most_arrived)
			net->most_arrived = to->arrived.n;
	}
}

static int open_datagrams(void *context, int family, const struct dw_address *source)
{
	struct dw_fakenet *net = context;

	(void)source;
	if (net->open_failure != 0 || net->n_sockets == DW_FAKENET_SOCKETS) {
		errno = net->open_failure != 0 ? net->open_failure : EMFILE;
		return -1;
	}
	net->sockets[net->n_sockets] = (struct dw_fakenet_socket){.open = true, .family = family};
	return FIRST_SOCKET + (int)net->n_sockets++;
}

static int open_stream(
	void *context, const struct dw_address *server, const struct dw_address *source, unsigned segment)
{
	(void)context;
	(void)server;
	(void)source;
	(void)segment;
	errno = ECONNREFUSED;
	return -1;
}

static int buffer_size(void *context, int socket)
{
	(void)context;
	(void)socket;
	return DW_FAKENET_BUFFER;
}

static int send_one(struct dw_fakenet *net, int socket, const struct msghdr *message)
{
	struct dw_fakenet_question question = {.socket = socket,
		.wire = message->msg_iov->iov_base,
		.length = message->msg_iov->iov_len,
		.n = net->n_sent};

	question.server.length = message->msg_namelen;
	memcpy(&question.server.socket, message->msg_name, message->msg_namelen);
	int cause = net->serve(net, &question);
	if (cause == 0)
		net->n_sent++;
	return cause;
}

static int send_many(void *context, int socket, struct mmsghdr *messages, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		int cause = send_one(context, socket, &messages[i].msg_hdr);

		if (cause == 0)
			continue;
		errno = cause;
		return i > 0 ? (int)i : -1;
	}
	return (int)n;
}

/* Hands a packet to a reader and releases it. */
static size_t hand_over(struct dw_fakenet_packet *packet, struct msghdr *message)
{
	size_t length = packet->length;

	if (length > message->msg_iov->iov_len)
		length = message->msg_iov->iov_len;
	memcpy(message->msg_iov->iov_base, packet->wire, length);
	memcpy(message->msg_name, &packet->source.socket, packet->source.length);
	message->msg_namelen = packet->source.length;
	free(packet);
	return length;
}

static int receive_many(void *context, int socket, struct mmsghdr *messages, unsigned n)
{
	struct dw_fakenet *net = context;
	unsigned received = 0;

	deliver(net);
	while (received < n && socket_of(net, socket)->arrived.first != NULL) {
		struct mmsghdr *message = &messages[received++];

		message->msg_len = (unsigned)hand_over(take(&socket_of(net, socket)->arrived), &message->msg_hdr);
	}
	if (received > 0)
		return (int)received;
	errno = EAGAIN;
	return -1;
}

static ssize_t receive_error(void *context, int socket, struct msghdr *message)
{
	struct dw_fakenet_packet *packet = take(&socket_of(context, socket)->errors);

	if (packet == NULL) {
		errno = EAGAIN;
		return -1;
	}
	struct sock_extended_err cause = {.ee_errno = (uint32_t)packet->icmp, .ee_origin = SO_EE_ORIGIN_ICMP};
	struct cmsghdr *control = CMSG_FIRSTHDR(message);
	control->cmsg_level = IPPROTO_IP;
	control->cmsg_type = IP_RECVERR;
	control->cmsg_len = CMSG_LEN(sizeof(cause));
	memcpy(CMSG_DATA(control), &cause, sizeof(cause));
	message->msg_controllen = CMSG_SPACE(sizeof(cause));
	return (ssize_t)hand_over(packet, message);
}

static void close_socket(void *context, int socket)
{
	socket_of(context, socket)->open = false;
}

static int watch(void *context, int epoll, int operation, int socket, struct epoll_event *event)
{
	(void)epoll;
	(void)operation;
	socket_of(context, socket)->watched = *event;
	return 0;
}

static int ready(const struct dw_fakenet *net, struct epoll_event *events, int n)
{
	int found = 0;

	for (unsigned i = 0; i < net->n_sockets && found < n; i++) {
		const struct dw_fakenet_socket *socket = &net->sockets[i];
		uint32_t what =
			(socket->arrived.n > 0 ? (uint32_t)EPOLLIN : 0) | (socket->errors.n > 0 ? (uint32_t)EPOLLERR : 0);

		if (!socket->open || what == 0)
			continue;
		events[found] = socket->watched;
		events[found++].events = what;
	}
	return found;
}

static int wait_for(void *context, int epoll, struct epoll_event *events, int n, int milliseconds)
{
	struct dw_fakenet *net = context;
	dw_deadline until = net->now + milliseconds;

	(void)epoll;
	net->n_waits++;
	deliver(net);
	int found = ready(net, events, n);
	if (found == 0) {
		dw_deadline next = net->flying.first == NULL ? until : net->flying.first->at;

		net->now = next < until ? next : until;
		deliver(net);
		found = ready(net, events, n);
	}
	/* What arrives while we do not run is no part of what this wait tells. */
	if (milliseconds > 0)
		net->now += net->nap;
	deliver(net);
	return found;
}

uint32_t dw_fakenet_random(struct dw_fakenet *net, uint32_t bound)
{
	net->random = net->random * 1664525U + 1013904223U;
	return (net->random >> 8) % bound;
}

static ssize_t randomness(void *context, void *octets, size_t length)
{
	uint8_t *at = octets;

	for (size_t i = 0; i < length; i++)
		at[i] = (uint8_t)dw_fakenet_random(context, 256);
	return (ssize_t)length;
}

static dw_deadline now(void *context)
{
	return ((const struct dw_fakenet *)context)->now;
}

void dw_fakenet_init(struct dw_fakenet *net, dw_fakenet_serve *serve, void *context)
{
	memset(net, 0, sizeof(*net));
	net->calls = (struct dw_transport_calls){.context = net,
		.open_datagrams = open_datagrams,
		.open_stream = open_stream,
		.buffer_size = buffer_size,
		.send_many = send_many,
		.receive_many = receive_many,
		.receive_error = receive_error,
		.close = close_socket,
		.watch = watch,
		.wait = wait_for,
		.randomness = randomness};
	net->clock = (struct dw_clock){now, net};
	net->serve = serve;
	net->context = context;
	net->now = 1000000;
	net->random = 20261124;
}

static void fly(struct dw_fakenet *net, const struct dw_fakenet_question *question,
	const struct dw_address *source, const uint8_t *wire, struct dw_fakenet_packet like)
{
	struct dw_fakenet_packet *packet = malloc(sizeof(*packet) + question->length);

	if (packet == NULL)
		abort();
	*packet = like;
	packet->socket = question->socket;
	packet->source = *source;
	packet->length = question->length;
	memcpy(packet->wire, wire, question->length);
	insert(&net->flying, packet);
}

void dw_fakenet_send(struct dw_fakenet *net, const struct dw_fakenet_question *question,
	const struct dw_address *source, const uint8_t *wire, dw_millis delay)
{
	fly(net, question, source, wire, (struct dw_fakenet_packet){.at = net->now + delay});
}

void dw_fakenet_answer(struct dw_fakenet *net, const struct dw_fakenet_question *question, dw_millis delay)
{
	uint8_t wire[DW_QUESTION_MAX];

	memcpy(wire, question->wire, question->length);
	wire[2] |= 0x80;
	dw_fakenet_send(net, question, &question->server, wire, delay);
}

void dw_fakenet_icmp(
	struct dw_fakenet *net, const struct dw_fakenet_question *question, int cause, dw_millis delay)
{
	fly(net, question, &question->server, question->wire,
		(struct dw_fakenet_packet){.at = net->now + delay, .icmp = cause});
}

struct dw_address dw_fakenet_server(unsigned n)
{
	uint8_t near[4] = {192, 0, 2, (uint8_t)n};
	uint8_t far[4] = {198, 18, (uint8_t)(n >> 8), (uint8_t)n};

	return dw_address_of(n < 256 ? near : far, 4, DW_PORT_DNS);
}

static void clear(struct dw_fakenet_list *list)
{
	struct dw_fakenet_packet *packet;

	while ((packet = take(list)) != NULL)
		free(packet);
}

void dw_fakenet_fini(struct dw_fakenet *net)
{
	clear(&net->flying);
	for (unsigned i = 0; i < net->n_sockets; i++) {
		clear(&net->sockets[i].arrived);
		clear(&net->sockets[i].errors);
	}
}
