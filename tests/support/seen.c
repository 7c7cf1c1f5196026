#include "support/seen.h"

#include <stdio.h>
#include <stdlib.h>

#define P256 13

static void need(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "seen: %s\n", what);
	abort();
}

static struct dw_name name_of(const char *text)
{
	struct dw_name name;

	need(dw_name_parse(text, &name, NULL) == DW_OK, text);
	return name;
}

struct dw_server_facts *dw_seen_server(struct dw_seen *seen, const char *name, const char *address)
{
	unsigned at = seen->facts.n_servers;

	need(at < DW_SEEN_SERVERS, "too many servers");
	struct dw_server_facts *server = &seen->servers[at];
	if (name != NULL)
		server->server.name = name_of(name);
	need(dw_address_parse(address, DW_PORT_DNS, &server->server.address, NULL) == DW_OK, address);
	server->replies = seen->replies[at];
	seen->facts.n_servers++;
	return server;
}

struct dw_key_fact *dw_seen_key(
	struct dw_server_facts *server, uint16_t flags, uint16_t key_tag, uint8_t algorithm)
{
	need(server->n_keys < DW_KEYS_MAX, "too many keys");
	struct dw_key_fact *key = &server->keys[server->n_keys++];
	*key = (struct dw_key_fact){.flags = flags, .key_tag = key_tag, .protocol = 3, .algorithm = algorithm};
	key->state = (flags & DW_KEY_REVOKE) != 0 ? DW_KEY_REVOKED : DW_KEY_USABLE;
	server->zone_signed = true;
	return key;
}

struct dw_reply *dw_seen_reply(struct dw_seen *seen, struct dw_server_facts *server, enum dw_topic topic,
	const char *name, uint16_t type)
{
	need(server->n_replies < DW_SEEN_REPLIES, "too many replies");
	struct dw_reply *reply = &server->replies[server->n_replies];
	reply->topic = topic;
	reply->record = (struct dw_record){name_of(name), type};
	reply->asked = true;
	reply->kind = DW_REPLY_POSITIVE;
	reply->authoritative = reply->edns = reply->dnssec_ok = reply->soa_seen = true;
	reply->rrsets = seen->rrsets[server - seen->servers][server->n_replies];
	server->n_replies++;
	return reply;
}

struct dw_rrset_fact *dw_seen_rrset(struct dw_reply *reply, const char *owner, uint16_t type)
{
	bool proves = type == DW_TYPE_NSEC || type == DW_TYPE_NSEC3 || type == DW_TYPE_DS;

	need(reply->n_rrsets < DW_SEEN_RRSETS, "too many RRsets");
	struct dw_rrset_fact *rrset = &reply->rrsets[reply->n_rrsets++];
	rrset->owner = name_of(owner);
	rrset->type = type;
	rrset->section = proves ? DW_AUTHORITY : DW_ANSWER;
	rrset->ttl = 3600;
	rrset->n_records = 1;
	dw_seen_conclude(rrset);
	return rrset;
}

void dw_seen_conclude(struct dw_rrset_fact *rrset)
{
	struct dw_proof *proof = &rrset->proof;

	proof->best = -1;
	proof->security = proof->n_signatures == 0 ? DW_UNSIGNED : DW_BOGUS;
	for (unsigned i = 0; i < proof->n_signatures; i++) {
		if (proof->signatures[i].state == DW_SIGNATURE_UNSUPPORTED && proof->security == DW_BOGUS)
			proof->security = DW_UNVERIFIABLE;
		if (proof->signatures[i].state == DW_SIGNATURE_GOOD)
			proof->security = DW_SECURE;
		if (proof->best < 0 || proof->signatures[i].state == DW_SIGNATURE_GOOD)
			proof->best = (int)i;
	}
}

struct dw_signature *dw_seen_signature(struct dw_rrset_fact *rrset, enum dw_signature_state state,
	uint16_t key_tag, dw_seconds ago, dw_seconds left)
{
	struct dw_proof *proof = &rrset->proof;

	need(proof->n_signatures < DW_RRSET_SIGNATURES_MAX, "too many signatures");
	struct dw_signature *signature = &proof->signatures[proof->n_signatures++];
	*signature = (struct dw_signature){.state = state,
		.type_covered = rrset->type,
		.key_tag = key_tag,
		.algorithm = P256,
		.labels = (uint8_t)dw_name_labels(&rrset->owner),
		.original_ttl = 3600,
		.inception = DW_SEEN_NOW - ago,
		.expiration = DW_SEEN_NOW + left,
		.key = -1,
		.signer = name_of("example.org")};
	dw_seen_conclude(rrset);
	return signature;
}

/* Adds an RRset of the healthy zone. */
static void add_good(struct dw_reply *reply, const char *owner, uint16_t type, uint16_t key_tag)
{
	dw_seen_signature(
		dw_seen_rrset(reply, owner, type), DW_SIGNATURE_GOOD, key_tag, 4 * DW_SEEN_DAY, 10 * DW_SEEN_DAY);
}

/* Adds a server of the healthy zone with all its answers. */
static void add_server(struct dw_seen *seen, const char *name, const char *address)
{
	struct dw_server_facts *server = dw_seen_server(seen, name, address);
	struct dw_reply *reply;

	dw_seen_key(server, 257, 4711, P256);
	dw_seen_key(server, 256, 1234, P256);
	reply = dw_seen_reply(seen, server, DW_TOPIC_DNSKEY, "example.org", DW_TYPE_DNSKEY);
	add_good(reply, "example.org", DW_TYPE_DNSKEY, 4711);
	reply->rrsets[0].n_records = 2;
	reply = dw_seen_reply(seen, server, DW_TOPIC_SOA, "example.org", DW_TYPE_SOA);
	add_good(reply, "example.org", DW_TYPE_SOA, 1234);
	reply = dw_seen_reply(seen, server, DW_TOPIC_NS, "example.org", DW_TYPE_NS);
	add_good(reply, "example.org", DW_TYPE_NS, 1234);
	reply = dw_seen_reply(seen, server, DW_TOPIC_ABSENT, "absent.example.org", DW_TYPE_A);
	reply->kind = DW_REPLY_NXDOMAIN;
	reply->rcode = DW_RCODE_NXDOMAIN;
	reply->denial_wanted = true;
	reply->denial.result = DW_DENIAL_NAME_ERROR;
	add_good(reply, "example.org", DW_TYPE_NSEC, 1234);
	add_good(reply, "example.org", DW_TYPE_SOA, 1234);
}

struct dw_seen *dw_seen_new(void)
{
	struct dw_seen *seen = calloc(1, sizeof(*seen));

	need(seen != NULL, "no memory");
	seen->facts.zone = seen->discovery.zone = name_of("example.org");
	seen->facts.now = DW_SEEN_NOW;
	seen->facts.discovery = &seen->discovery;
	seen->facts.servers = seen->servers;
	seen->discovery.ds_known = DW_DS_NO_ANSWER;
	add_server(seen, "ns1.example.org", "192.0.2.1");
	add_server(seen, "ns2.example.org", "192.0.2.2");
	return seen;
}

struct dw_signature *dw_seen_first(struct dw_seen *seen, unsigned server, unsigned reply)
{
	return &seen->rrsets[server][reply][0].proof.signatures[0];
}

void dw_seen_spoil(struct dw_seen *seen, unsigned server, enum dw_signature_state state, dw_seconds left)
{
	for (unsigned i = 0; i < seen->servers[server].n_replies; i++) {
		for (unsigned k = 0; k < seen->replies[server][i].n_rrsets; k++) {
			struct dw_rrset_fact *rrset = &seen->rrsets[server][i][k];
			for (unsigned j = 0; j < rrset->proof.n_signatures; j++) {
				rrset->proof.signatures[j].state = state;
				rrset->proof.signatures[j].expiration = DW_SEEN_NOW + left;
			}
			dw_seen_conclude(rrset);
		}
	}
}

void dw_seen_strip(struct dw_seen *seen, unsigned server)
{
	seen->servers[server].n_keys = 0;
	seen->servers[server].zone_signed = false;
	for (unsigned i = 0; i < seen->servers[server].n_replies; i++) {
		struct dw_reply *reply = &seen->replies[server][i];
		for (unsigned k = 0; k < reply->n_rrsets; k++) {
			reply->rrsets[k].proof.n_signatures = 0;
			dw_seen_conclude(&reply->rrsets[k]);
		}
		reply->denial.result = DW_DENIAL_NO_RECORDS;
	}
	seen->replies[server][DW_SEEN_DNSKEY].kind = DW_REPLY_NO_DATA;
	seen->replies[server][DW_SEEN_DNSKEY].n_rrsets = 0;
	seen->replies[server][DW_SEEN_ABSENT].n_rrsets = 0;
}

void dw_seen_silence(struct dw_seen *seen, unsigned server, enum dw_status status)
{
	dw_seen_strip(seen, server);
	for (unsigned i = 0; i < seen->servers[server].n_replies; i++) {
		struct dw_reply *reply = &seen->replies[server][i];
		reply->kind = DW_REPLY_NONE;
		reply->asked = i == 0;
		reply->n_rrsets = 0;
		reply->denial_wanted = false;
	}
	seen->replies[server][0].status = status;
	snprintf(seen->replies[server][0].reason, sizeof(seen->replies[server][0].reason), "%s",
		status == DW_TIMEOUT ? "no answer to 3 tries in 10.5 s" : dw_status_text(status));
}

void dw_seen_ds(struct dw_seen *seen, uint16_t key_tag)
{
	struct dw_discovery_facts *discovery = &seen->discovery;

	need(discovery->n_ds < DW_DS_MAX, "too many DS");
	discovery->ds_known = DW_DS_PRESENT;
	discovery->ds[discovery->n_ds++] =
		(struct dw_ds_fact){.key_tag = key_tag, .algorithm = P256, .digest_type = 2, .digest_length = 32};
	for (unsigned i = 0; i < seen->facts.n_servers; i++) {
		for (unsigned k = 0; k < seen->servers[i].n_keys; k++)
			seen->servers[i].keys[k].in_ds |= seen->servers[i].keys[k].key_tag == key_tag;
	}
}
