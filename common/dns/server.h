/*
 * server: the address and port that a question goes to.
 *
 * A server is a value: it owns nothing and may be copied with =. Nothing blocks; no name is
 * looked up here.
 */
#ifndef DW_DNS_SERVER_H
#define DW_DNS_SERVER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "core/error.h"
#include "core/name.h"

#define DW_PORT_DNS 53

/* "[2001:db8::1%eth0]@65535" fits. */
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
	struct dw_address address; /* length 0 when `name` is to be looked up */
	struct dw_name name;
	uint16_t port; /* 0 when none was written */
};

/*
 * Reads an IPv4 or IPv6 address (with or without brackets, with a zone index for link-local ones).
 * DW_INVALID when it is neither.
 */
DW_MUST_CHECK enum dw_status dw_address_parse(
	const char *text, uint16_t port, struct dw_address *address, struct dw_error *error);

/* Reads "HOST", "HOST@PORT", "ADDRESS", "ADDRESS@PORT". DW_INVALID says which part does not fit. */
DW_MUST_CHECK enum dw_status dw_host_parse(const char *text, struct dw_host *host, struct dw_error *error);

/* An address from the RDATA of an A (4 octets) or AAAA (16) record. */
struct dw_address dw_address_of(const uint8_t *octets, size_t length, uint16_t port);

/* Writes the address, and "@PORT" unless the port is 53. Returns `text`. */
const char *dw_address_format(const struct dw_address *address, char text[DW_ADDRESS_TEXT_MAX]);

/* Family, address, port and scope are equal. */
bool dw_address_equal(const struct dw_address *a, const struct dw_address *b);

/* The port, in host order; 0 for no address. */
uint16_t dw_address_port(const struct dw_address *address);

/* Sets the port of an address. */
void dw_address_set_port(struct dw_address *address, uint16_t port);

#endif
