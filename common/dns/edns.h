/*
 * edns: the OPT record of a message, its options, extended errors and server identifiers
 * (RFC 6891, RFC 8914, RFC 5001).
 *
 * It is filled by dw_message_parse(), which has checked that the options agree with their lengths; it
 * points into the message, which must stay. Text that comes out of here is safe to print: printable
 * ASCII, and no '|', which means something to a monitoring system.
 *
 * Functions are pure: they may be called from any thread.
 */
#ifndef DW_DNS_EDNS_H
#define DW_DNS_EDNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DW_EDE_TEXT_MAX  256
#define DW_EDE_ITEMS_MAX 4
#define DW_NSID_TEXT_MAX 128

/* EDNS options read here (IANA "DNS EDNS0 Option Codes"). */
enum dw_edns_code { DW_EDNS_NSID = 3, DW_EDNS_PADDING = 12, DW_EDNS_EDE = 15 };

/* EDNS flag DO, in the 16 bits of `flags` (RFC 3225). */
#define DW_EDNS_DO 0x8000

/* The OPT record (RFC 6891 6.1). Zero when the message has none. */
struct dw_edns {
	bool present;
	bool dnssec_ok;
	uint8_t version;
	uint16_t flags;        /* all 16, DO included */
	uint16_t payload_size; /* octets, as advertised */
	const uint8_t *options;
	uint16_t options_length;
};

/* Extended DNS errors (RFC 8914), the text made safe to print. */
struct dw_ede {
	uint16_t code;
	char text[DW_EDE_TEXT_MAX]; /* "" when there is none; a text that is too long loses its end */
};

/* Whether options agree with their lengths to the last octet, as RFC 6891 6.1.2 lays them out. */
bool dw_edns_options_valid(const uint8_t *options, size_t length);

/* Finds the first option of this code; `data` and `length` describe it in place. False when there is none. */
bool dw_edns_option(const struct dw_edns *edns, uint16_t code, const uint8_t **data, uint16_t *length);

/*
 * Reads the first DW_EDE_ITEMS_MAX extended errors, and returns how many were read. One too short for its
 * code is passed over.
 */
unsigned dw_edns_ede(const struct dw_edns *edns, struct dw_ede items[DW_EDE_ITEMS_MAX]);

/*
 * Writes the server's identifier: as it is when all of it is printable, else all of it in hex; "" if there
 * is none. One that is too long loses its end. Returns `text`.
 */
const char *dw_edns_nsid(const struct dw_edns *edns, char text[DW_NSID_TEXT_MAX]);

#endif
