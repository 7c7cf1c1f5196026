/*
 * lab-mangler: stands between clients and a name server, as a middlebox does, and changes what passes. The
 * firewall leads the datagrams for a server to one of its ports. One process, one thread, one epoll; TCP does
 * not come this way. A question that is not answered is forgotten when later ones need its place.
 */
#include "../liar/message.h"
#include "table.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define SERVERS_MAX 384
#define FLOWS       512
#define BATCH       64
#define BURST       32
#define TEXT_MAX    256

struct source {
	void (*ready)(struct source *source);
	int fd;
};

/* A port of ours and the server behind it. */
struct server {
	struct source source; /* its first member */
	struct mangler *mangler;
	const struct mangler_fault *fault;
	struct liar_address address;
};

/* A question on its way: a socket of its own towards the server. */
struct flow {
	struct source source; /* its first member; fd -1 while it is free */
	struct server *server;
	struct liar_address client;
	size_t length;
	uint8_t query[LIAR_QUERY_MAX];
};

struct mangler {
	int epoll;
	size_t n_servers;
	size_t next; /* the flow that is used next */
	struct server servers[SERVERS_MAX];
	struct flow flows[FLOWS];
	struct liar_exchange exchange;
};

_Noreturn static void die(const char *what, const char *why)
{
	fprintf(stderr, "lab-mangler: %s: %s\n", what, why);
	exit(2);
}

static void send_to(int fd, const struct liar_address *to, const struct liar_exchange *exchange)
{
	(void)sendto(
		fd, exchange->answer, exchange->length, 0, (const struct sockaddr *)&to->storage, to->length);
}

/* An answer has come back; the flow stays open, because there may be a second. */
static void answer_ready(struct source *source)
{
	struct flow *flow = (struct flow *)source;
	const struct mangler_fault *fault = flow->server->fault;
	struct liar_exchange *exchange = &flow->server->mangler->exchange;
	ssize_t got = recv(source->fd, exchange->answer, sizeof(exchange->answer), MSG_DONTWAIT);

	if (got < LIAR_HEADER)
		return;
	memcpy(exchange->query, flow->query, flow->length);
	exchange->query_length = flow->length;
	exchange->length = (size_t)got;
	if (fault->answer != NULL)
		fault->answer(exchange);
	send_to(flow->server->source.fd, &flow->client, exchange);
}

static bool watch(struct mangler *mangler, struct source *source)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};

	return epoll_ctl(mangler->epoll, EPOLL_CTL_ADD, source->fd, &event) == 0;
}

static struct flow *open_flow(struct server *server)
{
	struct mangler *mangler = server->mangler;
	struct flow *flow = &mangler->flows[mangler->next];

	mangler->next = (mangler->next + 1) % FLOWS;
	if (flow->source.fd >= 0)
		close(flow->source.fd);
	flow->source = (struct source){
		.ready = answer_ready, .fd = socket(server->address.storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
	flow->server = server;
	if (flow->source.fd >= 0 && watch(mangler, &flow->source) &&
		connect(flow->source.fd, (const struct sockaddr *)&server->address.storage, server->address.length) ==
			0)
		return flow;
	return NULL;
}

static void pass(struct server *server, const struct liar_address *client)
{
	struct liar_exchange *exchange = &server->mangler->exchange;
	enum mangler_fate fate = MANGLER_PASS;

	memcpy(exchange->answer, exchange->query, exchange->query_length);
	exchange->length = exchange->query_length;
	if (server->fault->question != NULL)
		fate = server->fault->question(exchange);
	if (fate == MANGLER_REPLY)
		send_to(server->source.fd, client, exchange);
	struct flow *flow = fate == MANGLER_PASS ? open_flow(server) : NULL;

	if (flow == NULL)
		return;
	flow->client = *client;
	flow->length = exchange->query_length;
	memcpy(flow->query, exchange->query, flow->length);
	(void)send(flow->source.fd, exchange->answer, exchange->length, 0);
}

static void question_ready(struct source *source)
{
	struct server *server = (struct server *)source;
	struct liar_exchange *exchange = &server->mangler->exchange;

	for (int i = 0; i < BURST; i++) {
		struct liar_address client = {.length = sizeof(client.storage)};
		ssize_t got = recvfrom(source->fd, exchange->query, sizeof(exchange->query), MSG_DONTWAIT,
			(struct sockaddr *)&client.storage, &client.length);

		if (got < 0)
			return;
		exchange->query_length = (size_t)got;
		if (got >= LIAR_HEADER)
			pass(server, &client);
	}
}

static const struct mangler_fault *fault_of(const char *name)
{
	for (const struct mangler_fault *fault = mangler_faults; fault->name != NULL; fault++) {
		if (strcmp(fault->name, name) == 0)
			return fault;
	}
	die(name, "no fault is called so; --list names them");
}

static struct liar_address address_of(const char *text, in_port_t port)
{
	struct liar_address address = {.length = sizeof(struct sockaddr_in)};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&address.storage;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address.storage;

	v4->sin_family = AF_INET;
	v4->sin_port = htons(port);
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1)
		return address;
	v6->sin6_family = AF_INET6;
	address.length = sizeof(*v6);
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) != 1)
		die(text, "not an address");
	return address;
}

static int open_port(sa_family_t family, in_port_t port)
{
	const struct liar_address any = address_of(family == AF_INET ? "0.0.0.0" : "::", port);
	int yes = 1;
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0 && family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes));
	if (fd < 0 || bind(fd, (const struct sockaddr *)&any.storage, any.length) != 0)
		die("port", strerror(errno));
	return fd;
}

/* Reads "FAULT=PORT=ADDRESS" and listens there. */
static void serve(struct mangler *mangler, const char *text)
{
	char fault[TEXT_MAX];
	char address[TEXT_MAX];
	unsigned short port = 0;

	/* NOLINTNEXTLINE(cert-err34-c): a wrong port fails to be listened on. */
	if (sscanf(text, "%255[^=]=%hu=%255s", fault, &port, address) != 3)
		die(text, "not FAULT=PORT=ADDRESS");
	if (mangler->n_servers == SERVERS_MAX)
		die(text, "too many");
	struct server *server = &mangler->servers[mangler->n_servers++];

	server->mangler = mangler;
	server->fault = fault_of(fault);
	server->address = address_of(address, 53);
	server->source.ready = question_ready;
	server->source.fd = open_port(server->address.storage.ss_family, port);
	if (!watch(mangler, &server->source))
		die(text, strerror(errno));
}

_Noreturn static void run(const struct mangler *mangler)
{
	struct epoll_event events[BATCH];

	for (;;) {
		int n = epoll_wait(mangler->epoll, events, BATCH, -1);

		for (int i = 0; i < n; i++) {
			struct source *source = events[i].data.ptr;

			/* Closed and taken by another question while this batch was handled: nothing is there then. */
			source->ready(source);
		}
	}
}

int main(int argc, char **argv)
{
	static struct mangler mangler;

	if (argc < 2) {
		fputs("usage: lab-mangler FAULT=PORT=ADDRESS ...\n       lab-mangler --list\n", stderr);
		return 2;
	}
	if (strcmp(argv[1], "--list") == 0) {
		for (const struct mangler_fault *fault = mangler_faults; fault->name != NULL; fault++)
			printf("%-20s %s\n", fault->name, fault->about);
		return 0;
	}
	mangler.epoll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < FLOWS; i++)
		mangler.flows[i].source.fd = -1;
	for (int i = 1; i < argc; i++)
		serve(&mangler, argv[i]);
	run(&mangler);
}
