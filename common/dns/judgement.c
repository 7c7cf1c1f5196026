#include "dns/judgement.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Full texts of a finding's place: names as long as there is room beside an address. */
#define PLACE_NAME_MAX 220

/* In a sentence: what is left of an over-long name still tells which one it is. */
#define SENTENCE_NAME_MAX 63

struct dw_judgement_draft {
	enum dw_judgement_kind kind;
	enum dw_severity severity;
	struct dw_judgement_place place;
	size_t serial; /* in which order they came */
	char clause[DW_FINDING_TEXT_MAX];
};

static const struct dw_finding_kind rows[DW_FOUND_KINDS] = {
	[DW_FOUND_NO_SUCH_ZONE] = {"no-such-zone", DW_CRITICAL,
		"check the spelling, and the delegation at the registrar"},
	[DW_FOUND_DS_WITHOUT_DNSKEY] = {"ds-without-dnskey", DW_CRITICAL,
		"sign the zone again, or have the parent remove the DS records now"},
	[DW_FOUND_DS_MISMATCH] = {"ds-mismatch", DW_CRITICAL,
		"publish the DS of a key that signs the zone; check_ds_mismatch tells why they differ"},
	[DW_FOUND_WRONG] = {"signature-wrong", DW_CRITICAL,
		"sign the zone again, and look for what changes records or keys behind the signer"},
	[DW_FOUND_EXPIRED] = {"expired", DW_CRITICAL,
		"sign the zone again; if only this server is late, look at its zone transfers"},
	[DW_FOUND_NOT_YET_VALID] = {"not-yet-valid", DW_CRITICAL, "check the clock of the signer"},
	[DW_FOUND_NEVER_VALID] = {"never-valid", DW_CRITICAL,
		"check the signature times in the signer's settings"},
	[DW_FOUND_DS_KEY_SILENT] = {"ds-key-not-signing", DW_CRITICAL,
		"sign the DNSKEY RRset with the key that the parent's DS names"},
	[DW_FOUND_NO_KEY] = {"no-key", DW_CRITICAL,
		"publish the DNSKEY that signs, or sign with one that is published"},
	[DW_FOUND_BAD_KEY] = {"bad-key", DW_CRITICAL,
		"sign with a zone key (flags 256 or 257, protocol 3) that is not revoked"},
	[DW_FOUND_BAD_SIGNATURE] = {"bad-signature", DW_CRITICAL, "sign the zone again with a sound signer"},
	[DW_FOUND_TOO_MUCH_WORK] = {"too-much-work", DW_CRITICAL,
		"remove superfluous keys and signatures: validators give up as well"},
	[DW_FOUND_SERVER_UNSIGNED] = {"server-unsigned", DW_CRITICAL, "transfer the signed zone to this server"},
	[DW_FOUND_STRIPPED] = {"dnssec-stripped", DW_CRITICAL,
		"look for a server or firewall that does not pass EDNS; check_edns_size tells more"},
	[DW_FOUND_NO_SIGNATURE] = {"no-signature", DW_CRITICAL,
		"sign the RRset; see that this server serves the signed zone with its RRSIGs"},
	[DW_FOUND_DENIAL] = {"denial-not-proven", DW_CRITICAL,
		"sign the zone again so that its NSEC or NSEC3 chain is whole, and see that this server serves it"},
	[DW_FOUND_ZONE_UNSIGNED] = {"unsigned", DW_CRITICAL,
		"sign the zone, or say that it need not be with --unsigned"},
	[DW_FOUND_RUNS_OUT] = {"runs-out", DW_WARNING, "see that the signer runs and reaches this server"},
	[DW_FOUND_BELOW_TTL] = {"below-ttl", DW_WARNING,
		"sign earlier, or lower the TTL: caches will shorten it"},
	[DW_FOUND_KEYS_DIFFER] = {"keys-differ", DW_WARNING,
		"publish the keys of every signer on every server (RFC 8901), or sign once and transfer"},
	[DW_FOUND_NO_SERVER] = {"no-server", DW_CRITICAL, "give the name servers address records, and glue"},
	[DW_FOUND_SERVER_SILENT] = {"server-silent", DW_WARNING,
		"see that the server runs and that UDP and TCP port 53 reach it"},
	[DW_FOUND_SERVER_MALFORMED] = {"answer-malformed", DW_WARNING,
		"look at the server's software and at what stands before it"},
	[DW_FOUND_SERVER_ERROR] = {"server-error", DW_WARNING,
		"look into the server's log; has it loaded the zone?"},
	[DW_FOUND_SERVER_LAME] = {"server-lame", DW_WARNING,
		"configure the zone on this server, or take the server out of the NS sets"},
	[DW_FOUND_SERVER_LOST] = {"server-without-address", DW_WARNING,
		"give the name server an address, or take it out of the NS sets"},
	[DW_FOUND_HOST_LOST] = {"host-without-address", DW_UNKNOWN,
		"check the servers given with --hostname, and what leaves their addresses out"},
	[DW_FOUND_NOT_AN_APEX] = {"not-an-apex", DW_UNKNOWN, "give the name of the zone itself"},
	[DW_FOUND_NOT_DISCOVERED] = {"not-discovered", DW_UNKNOWN,
		"name another resolver with --resolver, or the servers with --hostname"},
	[DW_FOUND_NOT_REACHABLE] = {"not-reachable", DW_UNKNOWN,
		"run the check on a host that has a route to the servers"},
	[DW_FOUND_NOT_ASKED] = {"not-asked", DW_UNKNOWN, "give the run more time with --timeout"},
	[DW_FOUND_NO_MEMORY] = {"no-memory", DW_UNKNOWN, NULL},
	[DW_FOUND_CLOCK_SKEW] = {"clock-skew", DW_WARNING,
		"let the signer set inception an hour back: validators' clocks differ"},
	[DW_FOUND_COVERAGE] = {"algorithm-not-signing", DW_WARNING,
		"sign with every algorithm of the DNSKEY RRset, or remove its keys (RFC 6840 5.11)"},
	[DW_FOUND_UNSUPPORTED] = {"unsupported-algorithm", DW_WARNING,
		"use an algorithm that validators know, such as ECDSAP256SHA256 (13)"},
	[DW_FOUND_ITERATIONS] = {"nsec3-iterations", DW_WARNING,
		"set NSEC3 iterations to 0 and use no salt (RFC 9276)"},
	[DW_FOUND_NOT_COMPUTED] = {"nsec3-unsupported", DW_WARNING, "use NSEC, or NSEC3 with SHA-1 (1)"},
	[DW_FOUND_TOO_MANY] = {"too-many", DW_WARNING, "remove what is not needed"},
	[DW_FOUND_RECORD_ABSENT] = {"record-absent", DW_WARNING,
		"add the record, or do not name it with --record"},
	[DW_FOUND_RECORD_ELSEWHERE] = {"record-elsewhere", DW_WARNING,
		"examine the zone that it lies in, with --zone"},
	[DW_FOUND_NO_SOA] = {"no-soa", DW_WARNING, "look at the server's software: RFC 2308 asks for the SOA"},
	[DW_FOUND_RECORD_UNSIGNED] = {"record-unsigned", DW_NOTE, NULL},
	[DW_FOUND_ISLAND] = {"island", DW_NOTE, "give the DS to the registrar when validators are to follow"},
	[DW_FOUND_LEFTOVER] = {"leftover", DW_NOTE, NULL},
	[DW_FOUND_ABOVE_TTL] = {"above-original-ttl", DW_NOTE,
		"look for what changes TTLs between the signer and this server"},
	[DW_FOUND_NO_ROUTE] = {"no-route", DW_NOTE, "use -4 or -6 to leave the other family out"},
};

void dw_judgement_init(
	struct dw_judgement *judgement, const struct dw_survey_facts *facts, struct dw_findings *findings)
{
	*judgement = (struct dw_judgement){.facts = facts, .findings = findings};
}

const struct dw_finding_kind *dw_judgement_row(enum dw_judgement_kind kind)
{
	return &rows[kind];
}

/* Writes a name in at most `limit` bytes; of a longer one both ends, which tell most. */
static void name_text(const struct dw_name *name, size_t limit, char *text)
{
	char whole[DW_NAME_TEXT_MAX];
	size_t length = strlen(dw_name_format(name, whole));
	size_t half = (limit - 3) / 2;

	if (length <= limit)
		snprintf(text, limit + 1, "%.*s", (int)limit, whole);
	else
		snprintf(text, limit + 1, "%.*s...%.*s", (int)half, whole, (int)half, whole + length - half);
}

const char *dw_judgement_name_text(const struct dw_name *name, char text[64])
{
	name_text(name, SENTENCE_NAME_MAX, text);
	return text;
}

/* Writes name and address of a server, the name in at most `limit` bytes. */
static void server_text(const struct dw_zone_server *server, size_t limit, char text[DW_SERVER_TEXT_MAX])
{
	char address[DW_ADDRESS_TEXT_MAX], name[PLACE_NAME_MAX + 1];

	dw_address_format(&server->address, address);
	if (server->name.length == 0) {
		snprintf(text, DW_SERVER_TEXT_MAX, "%s", address);
		return;
	}
	name_text(&server->name, limit, name);
	snprintf(text, DW_SERVER_TEXT_MAX, "%s %s", name, address);
}

const char *dw_judgement_server_text(const struct dw_zone_server *server, char text[DW_SERVER_TEXT_MAX])
{
	server_text(server, PLACE_NAME_MAX, text);
	return text;
}

/* Writes owner and type of an RRset, the owner in at most `limit` bytes. */
static void record_text(
	const struct dw_name *owner, uint16_t type, size_t limit, char text[DW_RECORD_TEXT_MAX])
{
	char name[PLACE_NAME_MAX + 1], mnemonic[DW_TYPE_TEXT_MAX];

	name_text(owner, limit, name);
	snprintf(text, DW_RECORD_TEXT_MAX, "%s/%s", name, dw_type_text(type, mnemonic));
}

const char *dw_judgement_record_text(
	const struct dw_name *owner, uint16_t type, char text[DW_RECORD_TEXT_MAX])
{
	record_text(owner, type, PLACE_NAME_MAX, text);
	return text;
}

static bool same_place(const struct dw_judgement_place *a, const struct dw_judgement_place *b)
{
	if (a->server != b->server || a->type != b->type || (a->owner == NULL) != (b->owner == NULL))
		return false;
	return a->owner == NULL || dw_name_equal(a->owner, b->owner);
}

/* The draft of the same kind and place; NULL when there is none, or none may be merged. */
static struct dw_judgement_draft *find(
	const struct dw_judgement *judgement, enum dw_judgement_kind kind, const struct dw_judgement_place *place)
{
	/* Lost servers and the like have no place but the zone, and are not the same. */
	if (place->server == NULL)
		return NULL;
	for (size_t i = 0; i < judgement->n_drafts; i++) {
		if (judgement->drafts[i].kind == kind && same_place(&judgement->drafts[i].place, place))
			return &judgement->drafts[i];
	}
	return NULL;
}

/* A fresh draft, or NULL when there is no room. */
static struct dw_judgement_draft *append(struct dw_judgement *judgement)
{
	if (judgement->n_drafts == DW_FINDINGS_MAX)
		return NULL;
	if (judgement->n_drafts == judgement->n_allocated) {
		size_t n = judgement->n_allocated == 0 ? 8 : judgement->n_allocated * 2;
		struct dw_judgement_draft *drafts = realloc(judgement->drafts, n * sizeof(*drafts));
		if (drafts == NULL)
			return NULL;
		judgement->drafts = drafts;
		judgement->n_allocated = n;
	}
	struct dw_judgement_draft *draft = &judgement->drafts[judgement->n_drafts];
	draft->serial = judgement->n_drafts++;
	return draft;
}

/* How the RRset is called in a sentence about its zone: "SOA", or "www.example.org/A" below the apex. */
static void called(
	const struct dw_name *zone, const struct dw_judgement_place *place, char text[DW_RECORD_TEXT_MAX])
{
	char mnemonic[DW_TYPE_TEXT_MAX];

	if (place->owner == NULL)
		text[0] = '\0';
	else if (dw_name_equal(place->owner, zone))
		snprintf(text, DW_RECORD_TEXT_MAX, "%s", dw_type_text(place->type, mnemonic));
	else
		record_text(place->owner, place->type, SENTENCE_NAME_MAX, text);
}

/* Hands one finding over. */
static void hand(struct dw_judgement *judgement, const struct dw_judgement_draft *draft)
{
	const struct dw_judgement_place *place = &draft->place;
	struct dw_place where = {.zone = &judgement->facts->zone};
	char zone[SENTENCE_NAME_MAX + 1], server[DW_SERVER_TEXT_MAX] = "", record[DW_RECORD_TEXT_MAX];
	char full_server[DW_SERVER_TEXT_MAX], full_record[DW_RECORD_TEXT_MAX];

	name_text(where.zone, SENTENCE_NAME_MAX, zone);
	if (place->server != NULL) {
		server_text(&place->server->server, SENTENCE_NAME_MAX, server);
		where.server = dw_judgement_server_text(&place->server->server, full_server);
	}
	if (place->owner != NULL)
		where.record = dw_judgement_record_text(place->owner, place->type, full_record);
	called(where.zone, place, record);
	dw_findings_add(judgement->findings, &rows[draft->kind], draft->severity, &where, "%s: %s%s%s%s%s", zone,
		server, server[0] != '\0' ? ": " : "", record, record[0] != '\0' ? " " : "", draft->clause);
}

/* Whether the draft weighs less than a finding of this severity and urgency. */
static bool outweighed(const struct dw_judgement_draft *draft, enum dw_severity severity, dw_seconds urgency)
{
	if (draft->severity != severity)
		return draft->severity < severity;
	return draft->place.urgency > urgency;
}

void dw_judgement_add(struct dw_judgement *judgement, enum dw_judgement_kind kind, enum dw_severity severity,
	const struct dw_judgement_place *place, const char *format, ...)
{
	struct dw_judgement_draft *draft = find(judgement, kind, place), spare;
	bool kept = draft != NULL;
	va_list arguments;

	if (kept && !outweighed(draft, severity, place->urgency))
		return;
	if (!kept) {
		draft = append(judgement);
		kept = draft != NULL;
	}
	if (!kept)
		draft = &spare;
	draft->kind = kind;
	draft->severity = severity;
	draft->place = *place;
	va_start(arguments, format);
	vsnprintf(draft->clause, sizeof(draft->clause), format, arguments);
	va_end(arguments);
	if (!kept)
		hand(judgement, draft);
}

unsigned dw_judgement_servers_bad(const struct dw_judgement *judgement)
{
	const struct dw_survey_facts *facts = judgement->facts;
	bool bad[DW_SERVERS_MAX] = {false};
	unsigned n = 0;

	for (size_t i = 0; i < judgement->n_drafts; i++) {
		const struct dw_judgement_draft *draft = &judgement->drafts[i];
		if (draft->severity < DW_WARNING || draft->place.server == NULL)
			continue;
		size_t at = (size_t)(draft->place.server - facts->servers) % DW_SERVERS_MAX;
		n += !bad[at];
		bad[at] = true;
	}
	return n;
}

static int by_importance(const void *a, const void *b)
{
	const struct dw_judgement_draft *left = a, *right = b;

	if (left->severity != right->severity)
		return left->severity > right->severity ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	if (left->place.urgency != right->place.urgency)
		return left->place.urgency < right->place.urgency ? -1 : 1;
	return left->serial < right->serial ? -1 : 1;
}

void dw_judgement_finish(struct dw_judgement *judgement)
{
	if (judgement->n_drafts > 1)
		qsort(judgement->drafts, judgement->n_drafts, sizeof(*judgement->drafts), by_importance);
	for (size_t i = 0; i < judgement->n_drafts; i++)
		hand(judgement, &judgement->drafts[i]);
	free(judgement->drafts);
	judgement->drafts = NULL;
	judgement->n_drafts = judgement->n_allocated = 0;
}
