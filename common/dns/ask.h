/*
 * ask: writes questions, and tells their answers from other datagrams (RFC 1035 4.1, RFC 6891 6.1).
 *
 * Functions are pure: they may be called from any thread.
 */
#ifndef DW_DNS_ASK_H
#define DW_DNS_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/name.h"

#define DW_QUESTION_MAX 1504 /* octets that a question can need */

/* A question to be written. Zero-initialised flags are off. */
struct dw_ask {
	struct dw_name name;
	uint16_t type;
	uint16_t qclass; /* 0 is IN */
	bool recursion_desired;
	bool checking_disabled;
	bool edns; /* with OPT; what follows needs it */
	bool dnssec_ok;
	bool nsid; /* ask for the server's identifier (RFC 5001) */
	uint8_t edns_version;
	uint16_t edns_flags;   /* further EDNS flags to set, for probing */
	uint16_t edns_option;  /* an option of this code with no data, for probing; 0 for none */
	uint16_t payload_size; /* octets we take by UDP */
	uint16_t length; /* octets of the question, by padding (RFC 7830) where it is shorter; 0: as it is */
};

/*
 * Whether the octets begin like the answer to this question: id, QR, opcode 0, one question of
 * this name (case ignored), type and class. An answer with an error code and no question counts
 * too (some servers send FORMERR so). Reads the header and question only, never fails.
 */
bool dw_message_answers(const uint8_t *wire, size_t length, uint16_t id, const struct dw_ask *ask);

/*
 * Writes a question of id `id` into `wire` of DW_QUESTION_MAX octets, and returns its length. All questions
 * fit.
 */
size_t dw_ask_write(const struct dw_ask *ask, uint16_t id, uint8_t wire[DW_QUESTION_MAX]);

#endif
