#include "support/loopserver.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* Ports that are free for UDP and taken for TCP are given back this often. */
#define TRIES 50

static void must(int result, const char *what)
{
	if (result >= 0)
		return;
	perror(what);
	exit(EXIT_FAILURE);
}

/* Binds a UDP and a TCP socket to one port; -1 when TCP has it taken. */
static int open_both(struct dw_loopserver *server, int family)
{
	struct dw_address address = {0};

	must(dw_address_parse(family == AF_INET6 ? "::1" : "127.0.0.1", 0, &address, NULL) == DW_OK ? 0 : -1,
		"address");
	server->udp = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	must(server->udp, "socket");
	must(bind(server->udp, &address.socket.any, address.length), "bind");
	must(getsockname(server->udp, &address.socket.any, &address.length), "getsockname");
	server->address = address;
	server->tcp = -1;
	if (server->stream == NULL)
		return 0;
	server->tcp = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(server->tcp, "socket");
	if (bind(server->tcp, &address.socket.any, address.length) == 0 && listen(server->tcp, 16) == 0)
		return 0;
	close(server->udp);
	close(server->tcp);
	return -1;
}

static void serve_datagram(struct dw_loopserver *server)
{
	uint8_t wire[65536];
	struct dw_address from = {.length = sizeof(from.socket)};
	ssize_t length = recvfrom(server->udp, wire, sizeof(wire), 0, &from.socket.any, &from.length);

	if (length >= 0)
		server->datagram(server, wire, (size_t)length, &from);
}

static void serve_stream(struct dw_loopserver *server)
{
	struct timeval second = {.tv_sec = 1};
	int connection = accept(server->tcp, NULL, NULL);

	if (connection < 0)
		return;
	setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	server->stream(server, connection);
	close(connection);
}

static void *serve(void *context)
{
	struct dw_loopserver *server = context;
	struct pollfd wanted[3] = {
		{.fd = server->stop[0], .events = POLLIN},
		{.fd = server->udp, .events = POLLIN},
		{.fd = server->tcp, .events = POLLIN},
	};

	while (poll(wanted, 3, -1) >= 0 && wanted[0].revents == 0) {
		if (wanted[1].revents != 0)
			serve_datagram(server);
		if (wanted[2].revents != 0)
			serve_stream(server);
	}
	return NULL;
}

void dw_loopserver_start(struct dw_loopserver *server, int family)
{
	int tries = TRIES;

	while (open_both(server, family) != 0)
		must(--tries, "a port for UDP and TCP");
	must(pipe(server->stop), "pipe");
	must(-pthread_create(&server->thread, NULL, serve, server), "pthread_create");
}

void dw_loopserver_send(
	struct dw_loopserver *server, const struct dw_address *to, const uint8_t *wire, size_t length)
{
	(void)!sendto(server->udp, wire, length, 0, &to->socket.any, to->length);
}

void dw_loopserver_stop(struct dw_loopserver *server)
{
	(void)!write(server->stop[1], "", 1);
	pthread_join(server->thread, NULL);
	close(server->stop[0]);
	close(server->stop[1]);
	close(server->udp);
	if (server->tcp >= 0)
		close(server->tcp);
}
