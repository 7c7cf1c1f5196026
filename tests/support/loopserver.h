/*
 * loopserver: a name server on the loopback, in a thread of the test, that does what the test says.
 *
 * It has one port for UDP and TCP. The test's functions are called in the server's thread with each
 * datagram and each connection; those for connections may take their time, one goes at a time.
 */
#ifndef DW_TESTS_SUPPORT_LOOPSERVER_H
#define DW_TESTS_SUPPORT_LOOPSERVER_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/server.h"

struct dw_loopserver;

/* Called with a datagram. */
typedef void dw_loopserver_datagram(
	struct dw_loopserver *server, const uint8_t *wire, size_t length, const struct dw_address *from);

/* Called with a connection, which is closed afterwards. Reads on it wait a second at most. */
typedef void dw_loopserver_stream(struct dw_loopserver *server, int connection);

/* The first members are the test's to set; the others are the server's. */
struct dw_loopserver {
	dw_loopserver_datagram *datagram;
	dw_loopserver_stream *stream; /* NULL: nobody listens by TCP */
	void *context;
	struct dw_address address; /* where it listens */
	int udp, tcp, stop[2];
	pthread_t thread;
};

/* Starts the server on 127.0.0.1 or ::1, at a port of the kernel's choice. Ends the program if it cannot. */
void dw_loopserver_start(struct dw_loopserver *server, int family);

/* Sends a datagram from the server's port. */
void dw_loopserver_send(
	struct dw_loopserver *server, const struct dw_address *to, const uint8_t *wire, size_t length);

/* Waits for the thread and closes the sockets. */
void dw_loopserver_stop(struct dw_loopserver *server);

#endif
