/*
 * wire: reads DNS messages in place (RFC 1035 4, RFC 6891 6.1).
 *
 * A message is read without copying or allocating: its records point into the octets it was read
 * from, which must stay. Reading is strict: each pointer of a name leads before the labels that led to
 * it and not into the header, counts are bounded and agree with the octets, nothing follows the last
 * record, there is at most one question, and at most one OPT, in the additional section, owned by the
 * root. What parses here is safe to walk; what RDATA means is for `rdata`, what is in OPT for `edns`, and
 * writing questions for `ask`.
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
#include "dns/ask.h"
#include "dns/edns.h"
#include "dns/mnemonic.h"

#define DW_MESSAGE_MAX 65535
#define DW_RECORDS_MAX 1024 /* records read from one message; more is DW_LIMIT */

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

/*
 * Reads a whole message. DW_MALFORMED when it breaks the rules above, DW_LIMIT when it has more
 * than DW_RECORDS_MAX records; `message` then means nothing.
 */
DW_MUST_CHECK enum dw_status dw_message_parse(
	const uint8_t *wire, size_t length, struct dw_message *message, struct dw_error *error);

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

#endif
