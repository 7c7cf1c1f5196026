/*
 * wire: reads DNS messages in place, and writes questions (RFC 1035 4, RFC 6891, RFC 8914, RFC 5001).
 *
 * A message is read without copying or allocating: its records point into the octets it was read
 * from, which must stay. Reading is strict: names may only point backwards and never loop, counts
 * are bounded and agree with the octets, nothing follows the last record, and there is at most one
 * OPT, in the additional section. What parses here is safe to walk; what RDATA means is for
 * `rdata`.
 *
 * Functions are pure: they may be called from any thread.
 */
#ifndef DW_DNS_WIRE_H
#define DW_DNS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"

#define DW_MESSAGE_MAX   65535
#define DW_RECORDS_MAX   1024 /* records read from one message; more is DW_LIMIT */
#define DW_QUESTION_MAX  512  /* octets that a question can need */
#define DW_EDE_TEXT_MAX  256
#define DW_EDE_ITEMS_MAX 4
#define DW_TYPE_TEXT_MAX 16
#define DW_NSID_TEXT_MAX 128

enum dw_section { DW_ANSWER, DW_AUTHORITY, DW_ADDITIONAL };

/* Record types that the project speaks of by name (IANA "Resource Record (RR) TYPEs"). */
enum dw_type {
	DW_TYPE_A = 1,
	DW_TYPE_NS = 2,
	DW_TYPE_CNAME = 5,
	DW_TYPE_SOA = 6,
	DW_TYPE_MX = 15,
	DW_TYPE_TXT = 16,
	DW_TYPE_AAAA = 28,
	DW_TYPE_DNAME = 39,
	DW_TYPE_OPT = 41,
	DW_TYPE_DS = 43,
	DW_TYPE_RRSIG = 46,
	DW_TYPE_NSEC = 47,
	DW_TYPE_DNSKEY = 48,
	DW_TYPE_NSEC3 = 50,
	DW_TYPE_NSEC3PARAM = 51,
	DW_TYPE_CDS = 59,
	DW_TYPE_CDNSKEY = 60,
	DW_TYPE_ANY = 255,
};

enum dw_class { DW_CLASS_IN = 1, DW_CLASS_CH = 3 };

/* Response codes (IANA "DNS RCODEs"). */
enum dw_rcode {
	DW_RCODE_NOERROR = 0,
	DW_RCODE_FORMERR = 1,
	DW_RCODE_SERVFAIL = 2,
	DW_RCODE_NXDOMAIN = 3,
	DW_RCODE_NOTIMP = 4,
	DW_RCODE_REFUSED = 5,
	DW_RCODE_NOTAUTH = 9,
	DW_RCODE_BADVERS = 16,
};

/* One record, in place. `owner` is the offset of its owner name within the message. */
struct dw_rr {
	const uint8_t *rdata; /* `rdlength` octets, names in it possibly compressed */
	uint32_t ttl;         /* seconds; the top bit reads as 0 (RFC 2181 8) */
	uint16_t owner;
	uint16_t type;
	uint16_t rr_class;
	uint16_t rdlength;
	uint8_t section; /* enum dw_section */
};

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

struct dw_message {
	const uint8_t *wire;
	size_t length;
	uint16_t id;
	uint16_t rcode; /* 12 bits, the upper eight from OPT */
	uint8_t opcode;
	bool response;
	bool authoritative;
	bool truncated;
	bool recursion_desired;
	bool recursion_available;
	bool authentic_data;
	bool checking_disabled;
	bool has_question;    /* at most one; error answers may come without */
	struct dw_name qname; /* as it stands in the message, case kept */
	uint16_t qtype;
	uint16_t qclass;
	struct dw_edns edns;
	unsigned n_records; /* of all sections in order, without OPT */
	struct dw_rr records[DW_RECORDS_MAX];
};

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
};

/* Extended DNS errors (RFC 8914), the text made safe to print. */
struct dw_ede {
	uint16_t code;
	char text[DW_EDE_TEXT_MAX];
};

/*
 * Reads a whole message. DW_MALFORMED when it breaks the rules above, DW_LIMIT when it has more
 * than DW_RECORDS_MAX records; `message` then means nothing.
 */
DW_MUST_CHECK enum dw_status dw_message_parse(
	const uint8_t *wire, size_t length, struct dw_message *message, struct dw_error *error);

/*
 * Whether the octets begin like the answer to this question: id, QR, opcode 0, one question of
 * this name (case ignored), type and class. An answer with an error code and no question counts
 * too (some servers send FORMERR so). Reads the header and question only, never fails.
 */
bool dw_message_answers(const uint8_t *wire, size_t length, uint16_t id, const struct dw_ask *ask);

/* The owner name of a record of this message. */
void dw_message_owner(const struct dw_message *message, const struct dw_rr *rr, struct dw_name *name);

/* Whether the record's owner is `name`, ASCII case ignored; cheaper than reading it. */
bool dw_message_owner_is(
	const struct dw_message *message, const struct dw_rr *rr, const struct dw_name *name);

/*
 * Reads the name that starts at `at` octets into the RDATA of `rr`, compressed or not, and sets
 * `next` (may be NULL) to the first octet behind it, counted from the RDATA's start. DW_MALFORMED
 * when it leaves the RDATA or the message.
 */
DW_MUST_CHECK enum dw_status dw_message_name(const struct dw_message *message, const struct dw_rr *rr,
	uint16_t at, struct dw_name *name, uint16_t *next);

/* Finds an EDNS option; `data` and `length` describe it in place. False when it is not there. */
bool dw_edns_option(const struct dw_edns *edns, uint16_t code, const uint8_t **data, uint16_t *length);

/* Reads up to DW_EDE_ITEMS_MAX extended errors, and returns how many there are. */
unsigned dw_edns_ede(const struct dw_edns *edns, struct dw_ede items[DW_EDE_ITEMS_MAX]);

/* The name of an EDE code ("Signature Expired") or "code N"; into a text of 48 bytes. */
const char *dw_ede_text(uint16_t code, char text[48]);

/* Writes the server's identifier, printable text as it is and other octets in hex; "" if none. */
const char *dw_edns_nsid(const struct dw_edns *edns, char text[DW_NSID_TEXT_MAX]);

/*
 * Writes a question of id `id` into `wire` of DW_QUESTION_MAX octets, and returns its length. All questions
 * fit.
 */
size_t dw_ask_write(const struct dw_ask *ask, uint16_t id, uint8_t wire[DW_QUESTION_MAX]);

/*
 * The mnemonic of a record type, "MX", or "TYPE65280" (RFC 3597 5) for one that the table lacks; into a text
 * of DW_TYPE_TEXT_MAX bytes.
 */
const char *dw_type_text(uint16_t type, char text[DW_TYPE_TEXT_MAX]);

/* The mnemonic of a response code, "NXDOMAIN", or "RCODE N"; into a text of 16 bytes. */
const char *dw_rcode_text(uint16_t rcode, char text[16]);

#endif
