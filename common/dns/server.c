#include "dns/server.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCOPE_TEXT_MAX 24 /* more than an interface name or a 32-bit number needs */

struct dw_address dw_address_of(const uint8_t *octets, size_t length, uint16_t port)
{
	struct dw_address address;

	memset(&address, 0, sizeof(address));
	if (length == sizeof(address.socket.v4.sin_addr)) {
		address.length = sizeof(address.socket.v4);
		address.socket.v4.sin_family = AF_INET;
		memcpy(&address.socket.v4.sin_addr, octets, length);
	} else if (length == sizeof(address.socket.v6.sin6_addr)) {
		address.length = sizeof(address.socket.v6);
		address.socket.v6.sin6_family = AF_INET6;
		memcpy(&address.socket.v6.sin6_addr, octets, length);
	}
	dw_address_set_port(&address, port);
	return address;
}

/* Reads a number without sign or blank that is at most `most`; false when it is none. */
static bool parse_number(const char *text, unsigned long most, unsigned long *number)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 10 || text[digits] != '\0')
		return false;
	*number = strtoul(text, NULL, 10);
	return *number <= most;
}

/* Sets the zone index of a link-local address. */
static enum dw_status set_scope(struct sockaddr_in6 *v6, const char *scope, struct dw_error *error)
{
	bool is_local = IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&v6->sin6_addr);
	unsigned long number;

	if (scope == NULL && is_local)
		return dw_fail(error, DW_INVALID, "a link-local address needs its interface, as in fe80::1%%eth0");
	if (scope == NULL)
		return DW_OK;
	if (!is_local)
		return dw_fail(error, DW_INVALID, "only a link-local address has an interface");
	if (parse_number(scope, UINT32_MAX, &number))
		v6->sin6_scope_id = (uint32_t)number;
	else
		v6->sin6_scope_id = if_nametoindex(scope);
	if (v6->sin6_scope_id == 0)
		return dw_fail(error, DW_INVALID, "there is no interface '%s'", scope);
	return DW_OK;
}

static enum dw_status parse_v6(char *text, uint16_t port, struct dw_address *address, struct dw_error *error)
{
	struct in6_addr octets;
	char *scope = strchr(text, '%');

	if (scope != NULL)
		*scope++ = '\0';
	if (inet_pton(AF_INET6, text, &octets) != 1)
		return dw_fail(error, DW_INVALID, "no IPv6 address");
	*address = dw_address_of(octets.s6_addr, sizeof(octets.s6_addr), port);
	return set_scope(&address->socket.v6, scope, error);
}

/* Reads an address of either family, which is not in brackets; `text` is used up. */
static enum dw_status parse_plain(
	char *text, uint16_t port, struct dw_address *address, struct dw_error *error)
{
	struct in_addr octets;

	if (strchr(text, ':') != NULL)
		return parse_v6(text, port, address, error);
	if (inet_pton(AF_INET, text, &octets) != 1)
		return dw_fail(error, DW_INVALID, "neither an IPv4 nor an IPv6 address");
	*address = dw_address_of((const uint8_t *)&octets.s_addr, sizeof(octets.s_addr), port);
	return DW_OK;
}

enum dw_status dw_address_parse(
	const char *text, uint16_t port, struct dw_address *address, struct dw_error *error)
{
	char copy[DW_ADDRESS_TEXT_MAX];
	size_t length = strlen(text);
	enum dw_status status;

	if (length >= sizeof(copy))
		return dw_fail(error, DW_INVALID, "address '%.60s...' is too long", text);
	memcpy(copy, text, length + 1);
	if (copy[0] == '[' && copy[length - 1] == ']') {
		copy[length - 1] = '\0';
		status = parse_v6(copy + 1, port, address, error);
	} else {
		status = parse_plain(copy, port, address, error);
	}
	if (status != DW_OK)
		return dw_within(error, status, "address '%s'", text);
	return DW_OK;
}

/* Whether the last label is a number, so that the name can only be a mistyped address. */
static bool ends_in_number(const struct dw_name *name)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name last = dw_name_ancestor(name, 1);

	dw_name_format(&last, text);
	return text[strspn(text, "0123456789")] == '\0';
}

static enum dw_status parse_name(const char *text, struct dw_name *name, struct dw_error *error)
{
	enum dw_status status = dw_name_parse(text, name, error);

	if (status != DW_OK)
		return status;
	if (dw_name_labels(name) == 0)
		return dw_fail(error, DW_INVALID, "the root is no host");
	if (ends_in_number(name))
		return dw_fail(error, DW_INVALID, "'%s' is neither an address nor a name", text);
	return DW_OK;
}

/* Reads what stands before the '@'. */
static enum dw_status parse_where(const char *text, struct dw_host *host, struct dw_error *error)
{
	const char *colon = strchr(text, ':');
	uint16_t port = host->port > 0 ? host->port : DW_PORT_DNS;
	struct in_addr v4;

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "an address or a name is missing");
	if (colon != NULL && *text != '[' && strchr(colon + 1, ':') == NULL)
		return dw_fail(
			error, DW_INVALID, "the port goes behind '@', as in %.*s@5300", (int)(colon - text), text);
	if (colon != NULL || *text == '[' || inet_pton(AF_INET, text, &v4) == 1)
		return dw_address_parse(text, port, &host->address, error);
	return parse_name(text, &host->name, error);
}

static enum dw_status parse_port(const char *text, uint16_t *port, struct dw_error *error)
{
	unsigned long number;

	if (*text == '\0')
		return dw_fail(error, DW_INVALID, "no port follows '@'");
	if (!parse_number(text, UINT16_MAX, &number) || number == 0)
		return dw_fail(error, DW_INVALID, "port '%.20s' is no number from 1 to 65535", text);
	*port = (uint16_t)number;
	return DW_OK;
}

static enum dw_status parse_host(const char *text, struct dw_host *host, struct dw_error *error)
{
	char where[DW_NAME_TEXT_MAX + DW_ADDRESS_TEXT_MAX];
	const char *at = strrchr(text, '@');
	size_t length = at != NULL ? (size_t)(at - text) : strlen(text);

	if (length >= sizeof(where))
		return dw_fail(error, DW_INVALID, "too long for a name");
	memcpy(where, text, length);
	where[length] = '\0';
	if (strchr(where, '@') != NULL)
		return dw_fail(error, DW_INVALID, "more than one '@'");
	if (at != NULL) {
		enum dw_status status = parse_port(at + 1, &host->port, error);
		if (status != DW_OK)
			return status;
	}
	return parse_where(where, host, error);
}

enum dw_status dw_host_parse(const char *text, struct dw_host *host, struct dw_error *error)
{
	memset(host, 0, sizeof(*host));
	enum dw_status status = parse_host(text, host, error);
	if (status != DW_OK)
		return dw_within(error, status, "host '%.100s%s'", text, strlen(text) > 100 ? "..." : "");
	return DW_OK;
}

/* Writes a zone index: the name of the interface when it is there and harmless, otherwise the number. */
static void format_scope(uint32_t scope, char text[SCOPE_TEXT_MAX])
{
	static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	char name[IF_NAMESIZE];

	if (if_indextoname(scope, name) != NULL && name[strspn(name, harmless)] == '\0')
		snprintf(text, SCOPE_TEXT_MAX, "%%%s", name);
	else
		snprintf(text, SCOPE_TEXT_MAX, "%%%u", (unsigned)scope);
}

const char *dw_address_format(const struct dw_address *address, char text[DW_ADDRESS_TEXT_MAX])
{
	char host[INET6_ADDRSTRLEN] = "";
	char scope[SCOPE_TEXT_MAX] = "";
	char port[8] = "";

	text[0] = '\0';
	if (address->length == 0)
		return text;
	if (address->socket.any.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &address->socket.v6.sin6_addr, host, sizeof(host));
		if (address->socket.v6.sin6_scope_id != 0)
			format_scope(address->socket.v6.sin6_scope_id, scope);
	} else {
		inet_ntop(AF_INET, &address->socket.v4.sin_addr, host, sizeof(host));
	}
	if (dw_address_port(address) != DW_PORT_DNS)
		snprintf(port, sizeof(port), "@%hu", dw_address_port(address));
	snprintf(text, DW_ADDRESS_TEXT_MAX, "%s%s%s", host, scope, port);
	return text;
}

bool dw_address_equal(const struct dw_address *a, const struct dw_address *b)
{
	if (a->length != b->length || dw_address_port(a) != dw_address_port(b))
		return false;
	if (a->length == 0)
		return true;
	if (a->socket.any.sa_family != b->socket.any.sa_family)
		return false;
	if (a->socket.any.sa_family == AF_INET)
		return a->socket.v4.sin_addr.s_addr == b->socket.v4.sin_addr.s_addr;
	return memcmp(&a->socket.v6.sin6_addr, &b->socket.v6.sin6_addr, sizeof(a->socket.v6.sin6_addr)) == 0 &&
		a->socket.v6.sin6_scope_id == b->socket.v6.sin6_scope_id;
}

bool dw_address_answers(const struct dw_address *address)
{
	if (address->socket.any.sa_family == AF_INET6)
		return !IN6_IS_ADDR_UNSPECIFIED(&address->socket.v6.sin6_addr) &&
			!IN6_IS_ADDR_MULTICAST(&address->socket.v6.sin6_addr);
	const in_addr_t octets = ntohl(address->socket.v4.sin_addr.s_addr);

	return octets != INADDR_ANY && octets != INADDR_BROADCAST && !IN_MULTICAST(octets);
}

uint16_t dw_address_port(const struct dw_address *address)
{
	if (address->length == 0)
		return 0;
	if (address->socket.any.sa_family == AF_INET6)
		return ntohs(address->socket.v6.sin6_port);
	return ntohs(address->socket.v4.sin_port);
}

void dw_address_set_port(struct dw_address *address, uint16_t port)
{
	if (address->length == 0)
		return;
	if (address->socket.any.sa_family == AF_INET6)
		address->socket.v6.sin6_port = htons(port);
	else
		address->socket.v4.sin_port = htons(port);
}
