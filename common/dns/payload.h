/*
 * payload: what of the signed answers gets through from each server, at every size, over UDP and TCP.
 *
 * A payload is an inquiry (see inquiry.h) and does no I/O. It discovers the servers (see resolver), then puts
 * a ladder of questions to each address: without EDNS, with EDNS and several buffer sizes, over TCP, and
 * with what EDNS must take in its stride (RFC 6891): another version, an unknown option, an unknown flag.
 * What stays unanswered is asked again beside what was answered, until it is answered or loss cannot be the
 * reason (see ladder). Rungs that cannot tell more are left out: a healthy address gets 40 packets at
 * most. Every attempt is a question of its own with one try, so that each packet that is lost is seen.
 *
 * The engine must be `patient`. Facts are what was seen, without an opinion, and stay the payload's until it
 * is freed. A payload belongs to one thread.
 */
#ifndef DW_DNS_PAYLOAD_H
#define DW_DNS_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/inquiry.h"
#include "dns/resolver.h"
#include "dns/survey.h"

#define DW_PAYLOAD_SIZES_MAX   8 /* buffer sizes of the user's, beside ours */
#define DW_PAYLOAD_RECORDS_MAX 4

enum dw_payload_probe {
	DW_PROBE_PLAIN,    /* no EDNS */
	DW_PROBE_EDNS,     /* EDNS with the buffer `size` */
	DW_PROBE_VERSION,  /* EDNS version 1: BADVERS is due */
	DW_PROBE_OPTION,   /* an EDNS option that nobody knows: to be ignored */
	DW_PROBE_BETWEEN,  /* as EDNS, names that make the answer longer bit by bit, to find where it is lost */
	DW_PROBE_LONG,     /* a question that is as long as a packet of IPv6: does the path take it? */
	DW_PROBE_FLAG,     /* an EDNS flag that nobody knows: to be ignored, and not copied */
	DW_PROBE_TCP,      /* over TCP, with EDNS */
	DW_PROBE_VALIDATE, /* of a resolver, without CD */
};

/* What to look at. Copied by dw_payload_new(). */
struct dw_payload_plan {
	struct dw_discovery_plan discovery; /* the zone, and where to ask; the hosts are resolvers with `via` */
	bool via;                           /* ask resolvers, RD set, with CD and without */
	unsigned n_records;                 /* RRsets of the user's that are large */
	struct dw_record records[DW_PAYLOAD_RECORDS_MAX];
	unsigned n_sizes; /* further buffer sizes */
	uint16_t sizes[DW_PAYLOAD_SIZES_MAX];
	char absent_label[32]; /* label of the name that does not exist, from the caller's randomness */
	dw_millis budget;      /* for the ladder, once the servers are known; 0: 7 s */
};

/* How far an attempt by TCP came. */
struct dw_payload_tcp {
	enum dw_tcp_stage stage;
	size_t n_read;   /* octets of the answer that came */
	size_t n_wanted; /* octets that it announced; 0 when not known */
};

/* The message that a rung brought; the last one when it was asked more than once. */
struct dw_payload_reply {
	bool broken; /* it does not parse: members below `size` mean nothing */
	size_t size; /* octets; 65535 at most */
	uint16_t rcode;
	bool authoritative;
	bool truncated; /* TC; the message may be incomplete */
	bool authentic; /* AD: a resolver says that it has validated it */
	bool edns;      /* an OPT came */
	uint8_t version;
	uint16_t flags;      /* of OPT, all 16 */
	bool dnssec_ok;      /* DO was copied (RFC 3225 3) */
	bool option_copied;  /* the option that nobody knows came back */
	uint16_t advertised; /* the buffer that the server says it has; 0 without OPT */
	bool whole;          /* what was asked for is there: the RRset, or the SOA of an absence */
	bool signatures;     /* with an RRSIG */
	dw_millis elapsed;
};

/* One question of the ladder, and how it went. */
struct dw_payload_rung {
	enum dw_payload_probe probe;
	enum dw_topic topic;     /* DW_TOPIC_SOA, DNSKEY, ABSENT or RECORD */
	struct dw_record record; /* what was asked for */
	uint16_t size;           /* buffer that we advertised; 0 without EDNS */
	uint16_t segment;        /* TCP_MAXSEG that was asked for; 0: the system's, or UDP */
	bool tcp;
	bool dnssec_ok;
	bool recursion_desired;
	bool checking_disabled;

	unsigned n_asked;          /* attempts; 0: left out, since it could not tell more */
	unsigned n_answered;       /* attempts that brought a message */
	unsigned n_lost;           /* attempts that waited in vain for as long as was planned */
	unsigned n_refused;        /* attempts that were refused, by ICMP or a reset, or that TCP closed or cut */
	unsigned n_connected;      /* attempts by TCP that connected */
	unsigned n_chances;        /* packets that must all have been lost if TCP was silent by loss alone */
	unsigned n_truncated;      /* answers with TC */
	unsigned n_packets;        /* sent by us for all attempts, TCP segments counted one by one */
	enum dw_status status;     /* of the last attempt: DW_OK, or why it brought no message */
	char reason[96];           /* unless DW_OK: a clause */
	struct dw_payload_tcp gap; /* of the last attempt by TCP without an answer */
	bool answered;             /* `reply` means something */
	struct dw_payload_reply reply;
};

/* One address of one server. Owned by the payload. */
struct dw_payload_address {
	struct dw_zone_server server;
	unsigned n_rungs;
	struct dw_payload_rung *rungs; /* all of the ladder in order, asked or not */
	unsigned n_packets;            /* sent by us to this address */
	unsigned n_elsewhere;          /* answers that came from another address */
	struct dw_address elsewhere;   /* the last of these addresses */
	unsigned n_garbage;            /* datagrams of this address that answer nothing */
	unsigned n_repeated;           /* answers that came again */
	bool ended;                    /* false: time was up before the ladder was at its end */
};

struct dw_payload_facts {
	struct dw_name zone;
	bool via;              /* the addresses are resolvers */
	enum dw_status status; /* DW_OK, or DW_SYSTEM: memory was short, and facts are missing */
	const struct dw_discovery_facts *discovery;
	unsigned n_addresses;
	struct dw_payload_address *addresses;
};

/* Owned by whoever called dw_payload_new(). */
struct dw_payload;

/*
 * Begins. DW_INVALID for a record outside the zone, or of a type that cannot be asked for, or a size below
 * 512; DW_SYSTEM without memory. Release with dw_payload_free().
 */
DW_MUST_CHECK enum dw_status dw_payload_new(
	const struct dw_payload_plan *plan, struct dw_payload **payload, struct dw_error *error);

/* The payload as an inquiry; `self` is the struct dw_payload. */
extern const struct dw_inquiry_class dw_payload_class;

/* What is known; complete once the inquiry has ended. */
const struct dw_payload_facts *dw_payload_facts(const struct dw_payload *payload);

/*
 * "plain", "edns", "version", "option", "between", "long", "flag", "tcp", "validate": for programs, stable.
 */
const char *dw_payload_probe_text(enum dw_payload_probe probe);

/* Releases the payload and its facts; NULL is fine. */
void dw_payload_free(struct dw_payload *payload);

#endif
