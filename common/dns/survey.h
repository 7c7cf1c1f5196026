/*
 * survey: one zone on all its servers: what to ask next, and the facts.
 *
 * A survey is an inquiry (see inquiry.h) and does no I/O. It discovers the servers (see resolver),
 * then asks each address for the DNSKEY RRset, and with its keys in hand for SOA, NS, a name that
 * does not exist, and the records the user named. Every RRset of an answer is verified when it
 * arrives (rules), every absence is proven (denial); the message is not kept. RRSIGs are never asked for by
 * their own type.
 *
 * Facts are what was seen, without an opinion: judges (signature, …) have those. They stay the
 * survey's and are valid until it is freed. A survey belongs to one thread. A server with an answer is
 * asked at most 4 + n_records questions, and DS questions for a record that may lie in a child zone (see
 * elsewhere); one that is silent is asked one.
 */
#ifndef DW_DNS_SURVEY_H
#define DW_DNS_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/moment.h"
#include "core/name.h"
#include "dns/denial.h"
#include "dns/inquiry.h"
#include "dns/resolver.h"
#include "dns/rules.h"
#include "dns/wire.h"

#define DW_SURVEY_RECORDS_MAX 64
#define DW_REPLY_RRSETS_MAX   24 /* RRsets of one answer that are verified */

enum dw_topic {
	DW_TOPIC_DNSKEY,
	DW_TOPIC_SOA,
	DW_TOPIC_NS,
	DW_TOPIC_ABSENT, /* a name that does not exist */
	DW_TOPIC_RECORD, /* one of the user's */
};

/* NAME/TYPE as the user gave it. */
struct dw_record {
	struct dw_name name;
	uint16_t type;
};

/* What to survey. Copied by dw_survey_new(). */
struct dw_survey_plan {
	struct dw_discovery_plan discovery; /* the zone, and where to ask */
	/* Where to ask, from a discovery that has ended, and stays; NULL: it is discovered. */
	const struct dw_discovery_facts *known;
	unsigned topics; /* bits 1 << enum dw_topic; 0: all */
	unsigned n_records;
	struct dw_record records[DW_SURVEY_RECORDS_MAX];
	dw_moment now;         /* signatures are judged as of this moment */
	char absent_label[32]; /* label of the name that does not exist, from the caller's randomness */
	bool keep_rdata;       /* of DNSKEY, DS, CDS and CDNSKEY RRsets: see kept.h */
};

/* An RRset of an answer, and what its signatures are worth. What it points to is the reply's. */
struct dw_rrset_fact {
	struct dw_name owner;
	uint16_t type;
	uint8_t section; /* enum dw_section */
	uint32_t ttl;    /* seconds, as served */
	unsigned n_records;
	bool too_many; /* more records than are looked at: not verified */
	struct dw_proof proof;
	uint8_t *kept; /* RDATA of its records, each behind its length in two octets; NULL unless asked for */
	size_t kept_length;
};

/* What an answer turned out to be. */
enum dw_reply_kind {
	DW_REPLY_NONE,     /* no message: see status and reason */
	DW_REPLY_BROKEN,   /* a message that does not parse */
	DW_REPLY_ERROR,    /* an rcode other than NOERROR and NXDOMAIN */
	DW_REPLY_LAME,     /* not authoritative (without the user naming the server), or a referral upwards */
	DW_REPLY_REFERRAL, /* the name lies below a zone cut */
	DW_REPLY_POSITIVE, /* the RRset, perhaps behind CNAMEs or from a wildcard */
	DW_REPLY_NO_DATA,
	DW_REPLY_NXDOMAIN,
};

/* What is known of a child zone that the answer about a record comes from or leads to. */
enum dw_child_state {
	DW_CHILD_NONE,     /* of no child, as far as known */
	DW_CHILD_SIGNED,   /* it signs, or the zone has a DS of it */
	DW_CHILD_UNSIGNED, /* proven: a delegation without DS */
};

/* One question to one server, and what came. Owned by the survey. */
struct dw_reply {
	enum dw_topic topic;
	struct dw_record record; /* what was asked */
	bool asked;              /* false: not asked, since the server did not answer before */
	bool late; /* DW_REPLY_NONE: there was no time left to ask; nothing is known of the server */
	enum dw_reply_kind kind;
	enum dw_status status; /* DW_OK, or why there is no message, or why it does not parse */
	char reason[160];      /* unless DW_OK */
	uint16_t rcode;
	bool authoritative, truncated, tcp;
	bool edns;      /* the answer has an OPT */
	bool dnssec_ok; /* DO was copied (RFC 3225 3) */
	size_t size;    /* octets of the message */
	dw_millis elapsed;
	unsigned attempts;
	unsigned n_ede;
	struct dw_ede ede[DW_EDE_ITEMS_MAX];
	char nsid[DW_NSID_TEXT_MAX];
	bool soa_seen;   /* the apex SOA was in it */
	uint32_t serial; /* of that SOA */
	unsigned n_rrsets;
	bool rrsets_left; /* more than DW_REPLY_RRSETS_MAX RRsets */
	struct dw_rrset_fact *rrsets;
	bool denial_wanted;      /* the answer claims that something is absent */
	struct dw_denial denial; /* then: what its secure NSEC and NSEC3 records prove */
	enum dw_child_state child_state;
	struct dw_name child; /* its apex; length 0 for none */
};

/* A DNSKEY as a server serves it. */
struct dw_key_fact {
	uint16_t flags;
	uint16_t key_tag;
	uint8_t protocol;
	uint8_t algorithm;
	enum dw_key_state state;
	uint16_t key_length; /* octets of the public key field */
	bool in_ds;          /* a DS of the parent names it (when DS is known) */
};

/* One address of one server. Owned by the survey. */
struct dw_server_facts {
	struct dw_zone_server server;
	unsigned n_keys;
	struct dw_key_fact keys[DW_KEYS_MAX];
	bool zone_signed; /* its DNSKEY RRset has at least one key */
	unsigned n_replies;
	struct dw_reply *replies;
};

struct dw_survey_facts {
	struct dw_name zone;
	dw_moment now;
	enum dw_status status; /* DW_OK, or DW_SYSTEM: memory was short, and facts are missing */
	const struct dw_discovery_facts *discovery;
	unsigned n_servers;
	struct dw_server_facts *servers;
	unsigned n_verified; /* signature verifications done */
};

/* Owned by whoever called dw_survey_new(). */
struct dw_survey;

/*
 * Begins a survey. DW_INVALID for a record outside the zone, or of a type that cannot be asked for
 * (RRSIG, ANY and other meta types); DW_SYSTEM without memory. Release with dw_survey_free().
 */
DW_MUST_CHECK enum dw_status dw_survey_new(
	const struct dw_survey_plan *plan, struct dw_survey **survey, struct dw_error *error);

/* The survey as an inquiry; `self` is the struct dw_survey. */
extern const struct dw_inquiry_class dw_survey_class;

/* What is known; complete once the inquiry has ended. */
const struct dw_survey_facts *dw_survey_facts(const struct dw_survey *survey);

/* Releases the survey and its facts; NULL is fine. */
void dw_survey_free(struct dw_survey *survey);

#endif
