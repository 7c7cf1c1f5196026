#include "dns/dsverdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/dskeys.h"
#include "dns/judgement.h"

static const struct dw_finding_kind rows[DW_DSV_KINDS] = {
	[DW_DSV_NO_DNSKEY] = {"no-dnskey", DW_CRITICAL, "sign the zone again or have the DS removed, now"},
	[DW_DSV_KEY_NOT_SIGNING] = {"key-not-signing", DW_CRITICAL,
		"sign DNSKEY with that key, or publish the DS of one that signs"},
	[DW_DSV_KEY_SIGNATURE_BAD] = {"key-not-signing", DW_CRITICAL,
		"sign the zone again; if only this server is late, look at its zone transfers"},
	[DW_DSV_REVOKED_KEY] = {"revoked-key", DW_CRITICAL, "publish the DS of a key that is not revoked"},
	[DW_DSV_NOT_ZONE_KEY] = {"not-zone-key", DW_CRITICAL, "publish the DS of a zone key (flags 257)"},
	[DW_DSV_BAD_KEY] = {"broken-key", DW_CRITICAL, "publish the DS of a sound key"},
	[DW_DSV_STRONGEST_DIGEST] = {"strongest-digest-unmatched", DW_WARNING,
		"remove the DS: some validators look at the strongest digest type alone"},
	[DW_DSV_SIGNATURE_BAD] = {"ds-signature-bad", DW_CRITICAL,
		"tell the operator of the parent: validators refuse the delegation"},
	[DW_DSV_DENIAL_BAD] = {"ds-denial-bad", DW_CRITICAL,
		"tell the operator of the parent: validators refuse the delegation without a proof"},
	[DW_DSV_PARENT_BOGUS] = {"parent-bogus", DW_CRITICAL,
		"tell the operator of that zone, and see that the trust anchor is current"},
	[DW_DSV_UNSIGNED] = {"unsigned", DW_CRITICAL,
		"sign the zone, or say that it need not be with --expect unsigned"},
	[DW_DSV_NO_DELEGATION] = {"no-delegation", DW_WARNING, "have the parent delegate the zone"},
	[DW_DSV_VANISHED] = {"ds-vanished", DW_WARNING,
		"ask the registrar why the DS is gone, and give it the DS again"},
	[DW_DSV_NO_DS] = {"no-ds", DW_WARNING,
		"give the registrar the DS, or say that there is none with --expect island"},
	[DW_DSV_UNEXPECTED] = {"unexpected", DW_WARNING, "change the zone, or what --expect says"},
	[DW_DSV_PARENTS_DIFFER] = {"parent-servers-differ", DW_WARNING,
		"wait for the parent's zone transfers; tell its operator when this lasts"},
	[DW_DSV_SERVERS_DIFFER] = {"servers-differ", DW_WARNING,
		"see that all servers get the latest version of the zone"},
	[DW_DSV_UNSUPPORTED_ALGORITHM] = {"unsupported-algorithm", DW_WARNING,
		"use an algorithm that validators know, such as ECDSAP256SHA256 (13)"},
	[DW_DSV_UNSUPPORTED_DIGEST] = {"unsupported-digest", DW_WARNING, "publish a SHA-256 (2) DS"},
	[DW_DSV_WEAK_ALGORITHM] = {"weak-algorithm", DW_WARNING,
		"roll over to ECDSAP256SHA256 (13): RFC 9905 forbids to sign with SHA-1"},
	[DW_DSV_SHA1_ONLY] = {"sha1-only", DW_WARNING, "publish a SHA-256 (2) DS as well (RFC 9905)"},
	[DW_DSV_NO_SEP] = {"no-sep", DW_WARNING, "publish the DS of a key with the SEP flag (257)"},
	[DW_DSV_COVERAGE] = {"algorithm-not-signing", DW_WARNING,
		"sign the DNSKEY RRset with every algorithm of the DS set (RFC 4035 2.2)"},
	[DW_DSV_CDS_DELETE] = {"cds-delete", DW_WARNING,
		"take the delete request out of the zone, unless the DS is meant to go (RFC 8078 4)"},
	[DW_DSV_CDS_WAITING] = {"cds-waiting", DW_WARNING,
		"wait for the parent to take over CDS/CDNSKEY, or give the registrar that DS set"},
	[DW_DSV_CDS_CONTRADICTS] = {"cds-contradicts", DW_WARNING,
		"publish CDS and CDNSKEY of the same keys (RFC 7344 4)"},
	[DW_DSV_CDS_DIFFER] = {"cds-differ", DW_WARNING,
		"see that all servers have the same CDS and CDNSKEY: parents ask them all"},
	[DW_DSV_CDS_UNPROVEN] = {"cds-unproven", DW_WARNING, "sign the CDS and CDNSKEY RRsets (RFC 7344 4.1)"},
	[DW_DSV_PARENT_SILENT] = {"parent-silent", DW_WARNING,
		"name another server of the parent with --parent, and tell its operator if this lasts"},
	[DW_DSV_PARENT_LOST] = {"parent-lost", DW_WARNING, "check the servers given with --parent"},
	[DW_DSV_PARENT_LAME] = {"parent-lame", DW_WARNING,
		"name the servers of the zone right above with --parent"},
	[DW_DSV_PARENT_UNKNOWN] = {"parent-unknown", DW_UNKNOWN,
		"name the parent's servers with --parent, or another resolver with --resolver"},
	[DW_DSV_PARENT_INSECURE] = {"parent-insecure", DW_WARNING,
		"ask for DNSSEC there: validators do not look at this DS"},
	[DW_DSV_NOT_ANCHORED] = {"not-anchored", DW_NOTE, NULL},
	[DW_DSV_ANCHOR_UNMATCHED] = {"anchor-unmatched", DW_CRITICAL,
		"give the validators the root's new trust anchor, or see that these are servers of the root"},
	[DW_DSV_ANCHORED] = {"anchored", DW_NOTE, NULL},
	[DW_DSV_ROLL_OVER] = {"roll-over", DW_NOTE, NULL},
	[DW_DSV_STANDBY] = {"standby", DW_NOTE, NULL},
	[DW_DSV_DELEGATION] = {"delegation", DW_NOTE, NULL},
	[DW_DSV_OTHER_ZONE] = {"other-zone", DW_WARNING, "see that this is the file of the zone"},
	[DW_DSV_SIGNAL] = {"signal", DW_NOTE, NULL},
	[DW_DSV_SIGNAL_ABSENT] = {"signal-absent", DW_WARNING,
		"publish CDS and CDNSKEY at the signalling name of every server (RFC 9615 4)"},
	[DW_DSV_SIGNAL_DIFFERS] = {"signal-differs", DW_WARNING,
		"publish the same CDS and CDNSKEY in the zone and at the signalling name"},
	[DW_DSV_SIGNAL_UNPROVEN] = {"signal-unproven", DW_WARNING,
		"sign the zone of the signalling name up to the root: parents believe nothing else"},
	[DW_DSV_SIGNAL_UNKNOWN] = {"signal-unknown", DW_UNKNOWN, "name another resolver with --resolver"},
	[DW_DSV_SIGNAL_IN_ZONE] = {"signal-in-zone", DW_WARNING,
		"let a server with a name outside of the zone serve it too, or give the registrar the DS"},
};

const struct dw_finding_kind *dw_dsverdict_row(enum dw_dsverdict_kind kind)
{
	return &rows[kind];
}

#define PUBLISHED "replace the DS"
#define GIVEN     "do not upload this DS"
#define SPARE     "have this DS removed"

/* What to do about a DS of the parent's, about one of the user's, and about one beside the right one. */
#define MISTAKE(word, why)                                                                                   \
	{                                                                                                        \
		{word, DW_CRITICAL, PUBLISHED why}, {word, DW_CRITICAL, GIVEN why},                                  \
		{                                                                                                    \
			word, DW_WARNING, SPARE why                                                                      \
		}                                                                                                    \
	}
/* The same where another thing is to be done. */
#define TROUBLE(word, hint)                                                                                  \
	{                                                                                                        \
		{word, DW_CRITICAL, hint}, {word, DW_CRITICAL, hint},                                                \
		{                                                                                                    \
			word, DW_WARNING, SPARE                                                                          \
		}                                                                                                    \
	}

static const struct {
	struct dw_finding_kind published, given, spare;
} mistakes[] = {
	MISTAKE("garbled", ": no key of the zone has this digest (--print-ds shows the right set)"),
	MISTAKE("wrong-algorithm", ": the registrar must be told the algorithm of the key"),
	MISTAKE("owner-case", ": the name is hashed in lower case (RFC 4034 5.1.4)"),
	MISTAKE("wrong-owner", ": the whole name of the zone is hashed"),
	MISTAKE("flags-changed", ": flags of a key belong to its DS"),
	MISTAKE("protocol-changed", ": the protocol of a DNSKEY is 3"),
	TROUBLE("revoked-key", "publish the DS of a key that is not revoked"),
	MISTAKE("truncated-digest", ", with the whole digest"),
	MISTAKE("mislabelled-digest", ", with the right digest type"),
	MISTAKE("digest-length", ", with the whole digest"),
	MISTAKE("wrong-tag", ", with the right key tag"),
	MISTAKE("old-key", ": it must name a key in the zone (--print-ds shows the right set)"),
	TROUBLE("not-zone-key", "publish the DS of a zone key (flags 257)"),
	TROUBLE("key-not-signing", "publish the DS of the key that signs DNSKEY"),
	MISTAKE("rdata-without-owner", ": the name of the zone is hashed too"),
	MISTAKE("base64-cut", ": the registrar must get the whole key"),
	TROUBLE("cdnskey-only", "publish the key in the DNSKEY RRset before its DS"),
	MISTAKE("byte-order", ", with the octets of the digest in order"),
	TROUBLE("unsupported-algorithm", "use an algorithm that validators know"),
	TROUBLE("unsupported-digest", "publish a SHA-256 (2) DS"),
};

const struct dw_finding_kind *dw_dsverdict_mistake(const char *word, bool given, bool spare)
{
	size_t at = 0;

	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		if (strcmp(mistakes[i].published.word, word) == 0)
			at = i;
	}
	if (given)
		return &mistakes[at].given;
	return spare ? &mistakes[at].spare : &mistakes[at].published;
}

/* Lets a finding count for a server of the zone. */
static void count_bad(
	struct dw_dsverdict *verdict, const struct dw_server_facts *server, enum dw_severity severity)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;

	for (unsigned i = 0; severity >= DW_WARNING && side != NULL && i < side->n_servers; i++) {
		if (&side->servers[i] == server)
			verdict->bad[i] = true;
	}
}

/* Lets a finding about a server count for those with the same keys; their names, and how many they are. */
static char *list_others(struct dw_dsverdict *verdict, const struct dw_server_facts *server,
	enum dw_severity severity, unsigned *n_others)
{
	const struct dw_survey_facts *side = verdict->facts->zone_side;
	const unsigned n_servers = verdict->alike && server != NULL && side != NULL ? side->n_servers : 0;
	const size_t size = (size_t)n_servers * DW_SERVER_TEXT_MAX;
	char *names = n_servers > 1 ? calloc(1, size) : NULL;
	char text[DW_SERVER_TEXT_MAX];
	size_t length = 0;

	*n_others = 0;
	for (unsigned i = 0; i < n_servers; i++) {
		const struct dw_server_facts *other = &side->servers[i];
		if (other == server || !dw_dskeys_alike(other, server))
			continue;
		(*n_others)++;
		count_bad(verdict, other, severity);
		if (names != NULL)
			length += (size_t)snprintf(
				names + length, size - length, "%s\n", dw_judgement_server_text(&other->server, text));
	}
	return names;
}

/* Of whom the set is that a finding is about, where the parent's servers have different ones. */
static const char *origin_text(const struct dw_dsverdict *verdict, char text[120])
{
	const struct dw_dsverdict_set *set = verdict->judged;
	char name[DW_SERVER_TEXT_MAX], more[24] = "";

	*text = '\0';
	if (set == NULL || set->server == NULL || verdict->n_sets < 2)
		return text;
	if (set->n_servers > 1)
		snprintf(more, sizeof(more), " and %u more", set->n_servers - 1);
	snprintf(
		text, 120, ", by the parent's %.70s%s", dw_judgement_server_text(&set->server->server, name), more);
	return text;
}

void dw_dsverdict_tell(struct dw_dsverdict *verdict, const struct dw_finding_kind *row,
	enum dw_severity severity, const struct dw_server_facts *server, const char *text, const char *more)
{
	char zone[64], called[DW_SERVER_TEXT_MAX] = "", record[DW_RECORD_TEXT_MAX], beside[24] = "";
	char origin[120];
	struct dw_place place = {.zone = &verdict->facts->zone, .more = more, .advise = true};
	bool word = severity > DW_NOTE;
	unsigned n_others;
	char *others = list_others(verdict, server, severity, &n_others);

	if (server != NULL)
		place.server = dw_judgement_server_text(&server->server, called);
	if (n_others > 0)
		snprintf(beside, sizeof(beside), " and %u more", n_others);
	place.others = others;
	place.record = dw_judgement_record_text(place.zone, DW_TYPE_DS, record);
	count_bad(verdict, server, severity);
	dw_findings_add(verdict->findings, row, severity, &place, "%s: %s%s%s%s%s%s%s",
		dw_judgement_name_text(place.zone, zone), word ? row->word : "", word && server != NULL ? " on " : "",
		called, beside, word && server != NULL ? origin_text(verdict, origin) : "",
		word || server != NULL ? ": " : "", text);
	free(others);
}

void dw_dsverdict_add(struct dw_dsverdict *verdict, const struct dw_finding_kind *row,
	enum dw_severity severity, const struct dw_server_facts *server, const char *format, ...)
{
	char text[DW_FINDING_TEXT_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	dw_dsverdict_tell(verdict, row, severity, server, text, NULL);
}

const char *dw_dsverdict_set_text(const struct dw_ds_fact *set, unsigned n, char text[DW_DSVERDICT_TEXT_MAX])
{
	size_t length = 0;

	snprintf(text, DW_DSVERDICT_TEXT_MAX, "no DS");
	for (unsigned i = 0; i < n; i++) {
		if (length + 24 > DW_DSVERDICT_TEXT_MAX) {
			snprintf(text + length, DW_DSVERDICT_TEXT_MAX - length, "...");
			break;
		}
		length += (size_t)snprintf(text + length, DW_DSVERDICT_TEXT_MAX - length, "%s%u %u %u",
			i > 0 ? ", " : "", set[i].key_tag, set[i].algorithm, set[i].digest_type);
	}
	return text;
}
