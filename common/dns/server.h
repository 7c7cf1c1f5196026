/*
 * server: the address and port that a question goes to.
 *
 * A server is a value: it owns nothing and may be copied with =. Nothing blocks, and no name is looked up
 * here; functions may be called from any thread.
 */
#ifndef DW_DNS_SERVER_H
#define DW_DNS_SERVER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "core/error.h"
#include "core/name.h"

#define DW_PORT_DNS 53

/* An IPv6 address, "%", the name of an interface, and "@65535" fit. */
#define DW_ADDRESS_TEXT_MAX 80

struct dw_address {
	socklen_t length; /* 0 is "none" */
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} socket;
};

/* A HOST[@PORT] that the user wrote: an address, or a name still to be looked up. */
struct dw_host {
	struct dw_address address; /* port 53 unless one was written; length 0 when `name` is to be looked up */
	struct dw_name name;       /* length 0 when `address` was written */
	uint16_t port;             /* 0 when none was written */
};

/*
 * Reads an IPv4 or IPv6 address. IPv6 may stand in brackets; a link-local one needs its zone index (RFC 4007
 * 11), an interface of this host by name or number, and no other may have one. DW_INVALID says why not.
 */
DW_MUST_CHECK enum dw_status dw_address_parse(
	const char *text, uint16_t port, struct dw_address *address, struct dw_error *error);

/*
 * Reads "HOST", "HOST@PORT", "ADDRESS", "ADDRESS@PORT". DW_INVALID says which part does not fit; a name whose
 * last label is a number is a mistyped address (RFC 3696 2).
 */
DW_MUST_CHECK enum dw_status dw_host_parse(const char *text, struct dw_host *host, struct dw_error *error);

/* An address from the RDATA of an A (4 octets) or AAAA (16) record; none for any other length. */
struct dw_address dw_address_of(const uint8_t *octets, size_t length, uint16_t port);

/*
 * Writes the address, and "@PORT" unless the port is 53: "192.0.2.1", "2001:db8::1@5300", "fe80::1%eth0". No
 * address is "". dw_host_parse() reads it back. Returns `text`.
 */
const char *dw_address_format(const struct dw_address *address, char text[DW_ADDRESS_TEXT_MAX]);

/* Family, address, port and scope are equal. */
bool dw_address_equal(const struct dw_address *a, const struct dw_address *b);

/* Whether a host can answer from that address: it is neither 0.0.0.0 nor "::", nor broadcast or multicast. */
bool dw_address_answers(const struct dw_address *address);

/* The port, in host order; 0 for no address. */
uint16_t dw_address_port(const struct dw_address *address);

/* Sets the port of an address. */
void dw_address_set_port(struct dw_address *address, uint16_t port);

#endif
