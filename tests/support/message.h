/*
 * message: DNS messages for tests, from lines of zone format, written by ldns.
 *
 * A message is a value made of strings. Text that ldns does not take ends the program with a line that
 * quotes it: a test with a wrong premise must not go on.
 */
#ifndef DW_SUPPORT_MESSAGE_H
#define DW_SUPPORT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/wire.h"

/* Bits for `bits` below: the second word of the header, the response code in its low four bits. */
enum dw_message_bit {
	DW_BIT_QR = 0x8000,
	DW_BIT_AA = 0x0400,
	DW_BIT_TC = 0x0200,
	DW_BIT_RD = 0x0100,
	DW_BIT_RA = 0x0080,
	DW_BIT_AD = 0x0020,
	DW_BIT_CD = 0x0010,
};

/* Zero members are left out of the message. */
struct dw_message_text {
	uint16_t id;
	uint16_t bits;
	const char *question;   /* "www.example.org. A" or "version.bind. TXT CH" */
	const char *answer;     /* "www.example.org. 3600 IN A 192.0.2.1\n...": lines of zone format */
	const char *authority;  /* likewise; names without a final dot are taken as absolute too */
	const char *additional; /* likewise, without OPT */
	bool edns;
	bool dnssec_ok;
	uint16_t payload_size;
	uint16_t rcode;         /* above 15: its upper bits go into OPT, its lower ones into the header */
	const uint8_t *options; /* of OPT, in wire form */
	uint16_t options_length;
};

/* Writes the message with compressed names, and returns its length in octets. */
size_t dw_message_write(const struct dw_message_text *text, uint8_t wire[DW_MESSAGE_MAX]);

/*
 * Writes the message at `wire` and reads it into `message`, which points there. Ends the program if it
 * cannot.
 */
void dw_message_make(
	const struct dw_message_text *text, uint8_t wire[DW_MESSAGE_MAX], struct dw_message *message);

/* A name from text; ends the program if it is none. */
struct dw_name dw_name_make(const char *text);

/* Writes octets given as hex digits, with spaces and line ends between them, and returns their number. */
size_t dw_octets_make(const char *hex, uint8_t *octets, size_t size);

#endif
