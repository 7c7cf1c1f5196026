/*
 * seen: facts of a survey for tests, made by hand: a healthy zone, and what is changed about it.
 *
 * The zone is example.org with two servers, ns1.example.org 192.0.2.1 and ns2.example.org 192.0.2.2,
 * a KSK 4711 and a ZSK 1234 of ECDSAP256SHA256. All signatures began 4 days ago, end in 10 days, and
 * have a TTL of one hour. Everything is in one piece of memory; misuse ends the program.
 */
#ifndef DW_TESTS_SUPPORT_SEEN_H
#define DW_TESTS_SUPPORT_SEEN_H

#include "dns/survey.h"

#define DW_SEEN_NOW     INT64_C(1795521600) /* 2026-11-24T12:00:00Z */
#define DW_SEEN_SERVERS 4
#define DW_SEEN_REPLIES 8
#define DW_SEEN_RRSETS  8
#define DW_SEEN_DAY     INT64_C(86400)
#define DW_SEEN_HOUR    INT64_C(3600)

/* The order of the replies of the healthy zone, on each server. */
enum { DW_SEEN_DNSKEY, DW_SEEN_SOA, DW_SEEN_NS, DW_SEEN_ABSENT };

struct dw_seen {
	struct dw_survey_facts facts;
	struct dw_discovery_facts discovery;
	struct dw_server_facts servers[DW_SEEN_SERVERS];
	struct dw_reply replies[DW_SEEN_SERVERS][DW_SEEN_REPLIES];
	struct dw_rrset_fact rrsets[DW_SEEN_SERVERS][DW_SEEN_REPLIES][DW_SEEN_RRSETS];
};

/* The healthy zone; release it with free(). */
struct dw_seen *dw_seen_new(void);

/* Adds a server that has answered nothing yet. */
struct dw_server_facts *dw_seen_server(struct dw_seen *seen, const char *name, const char *address);

/* Adds a key to a server. */
struct dw_key_fact *dw_seen_key(
	struct dw_server_facts *server, uint16_t flags, uint16_t key_tag, uint8_t algorithm);

/* Adds an answer with EDNS and DO to a server. */
struct dw_reply *dw_seen_reply(struct dw_seen *seen, struct dw_server_facts *server, enum dw_topic topic,
	const char *name, uint16_t type);

/* Adds an unsigned RRset to an answer: of the authority section for NSEC, NSEC3 and DS. */
struct dw_rrset_fact *dw_seen_rrset(struct dw_reply *reply, const char *owner, uint16_t type);

/* Adds a signature that began `ago` and ends in `left` seconds, and draws the conclusion about the RRset. */
struct dw_signature *dw_seen_signature(struct dw_rrset_fact *rrset, enum dw_signature_state state,
	uint16_t key_tag, dw_seconds ago, dw_seconds left);

/* The signature of the healthy zone that a test changes: the first of the first RRset of a reply. */
struct dw_signature *dw_seen_first(struct dw_seen *seen, unsigned server, unsigned reply);

/* Sets the state and the end of all signatures of a server, and concludes. */
void dw_seen_spoil(struct dw_seen *seen, unsigned server, enum dw_signature_state state, dw_seconds left);

/* Concludes again after a signature of the RRset was changed. */
void dw_seen_conclude(struct dw_rrset_fact *rrset);

/* Takes keys, RRsets and proofs away: what a server without DNSSEC serves. */
void dw_seen_strip(struct dw_seen *seen, unsigned server);

/* Makes a server silent: its DNSKEY question ended with `status`, the others were not asked. */
void dw_seen_silence(struct dw_seen *seen, unsigned server, enum dw_status status);

/* Gives the parent a DS record; the keys of that tag are in it. */
void dw_seen_ds(struct dw_seen *seen, uint16_t key_tag);

#endif
