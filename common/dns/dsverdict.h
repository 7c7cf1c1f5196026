/*
 * dsverdict: a judgement of a zone cut in the making: its kinds of findings, DS sets, and who serves them.
 *
 * The parts of the judge (dsparent, dslead, dslost, dsroll, dswish and others) share it; users see
 * delegation_judge.h alone. Findings are added the most important first. Nothing here blocks; a verdict
 * belongs to one thread.
 */
#ifndef DW_DNS_DSVERDICT_H
#define DW_DNS_DSVERDICT_H

#include <stdbool.h>

#include "dns/delegation.h"
#include "dns/delegation_judge.h"
#include "dns/finding.h"

#define DW_DSVERDICT_SETS_MAX 8   /* different DS sets of one parent that are looked at */
#define DW_DSVERDICT_TEXT_MAX 160 /* a set in a sentence */

/* What can be found; the words are in the table. */
enum dw_dsverdict_kind {
	DW_DSV_NO_DNSKEY,
	DW_DSV_KEY_NOT_SIGNING,
	DW_DSV_KEY_SIGNATURE_BAD, /* of the DNSKEY RRset, by the key that a DS names */
	DW_DSV_REVOKED_KEY,
	DW_DSV_NOT_ZONE_KEY,
	DW_DSV_BAD_KEY,
	DW_DSV_STRONGEST_DIGEST,
	DW_DSV_SIGNATURE_BAD,
	DW_DSV_DENIAL_BAD,
	DW_DSV_PARENT_BOGUS,
	DW_DSV_UNSIGNED,
	DW_DSV_NO_DELEGATION,
	DW_DSV_VANISHED,
	DW_DSV_NO_DS,
	DW_DSV_UNEXPECTED,
	DW_DSV_PARENTS_DIFFER,
	DW_DSV_SERVERS_DIFFER,
	DW_DSV_UNSUPPORTED_ALGORITHM,
	DW_DSV_UNSUPPORTED_DIGEST,
	DW_DSV_WEAK_ALGORITHM,
	DW_DSV_SHA1_ONLY,
	DW_DSV_NO_SEP,
	DW_DSV_COVERAGE,
	DW_DSV_CDS_DELETE,
	DW_DSV_CDS_WAITING,
	DW_DSV_CDS_CONTRADICTS,
	DW_DSV_CDS_DIFFER,
	DW_DSV_CDS_UNPROVEN,
	DW_DSV_PARENT_SILENT,
	DW_DSV_PARENT_LOST,
	DW_DSV_PARENT_LAME,
	DW_DSV_PARENT_UNKNOWN,
	DW_DSV_PARENT_INSECURE,
	DW_DSV_NOT_ANCHORED,
	DW_DSV_ANCHOR_UNMATCHED,
	DW_DSV_ANCHORED,
	DW_DSV_ROLL_OVER,
	DW_DSV_STANDBY,
	DW_DSV_DELEGATION,
	DW_DSV_OTHER_ZONE,
	DW_DSV_SIGNAL,
	DW_DSV_SIGNAL_ABSENT,
	DW_DSV_SIGNAL_DIFFERS,
	DW_DSV_SIGNAL_UNPROVEN,
	DW_DSV_SIGNAL_UNKNOWN,
	DW_DSV_SIGNAL_IN_ZONE,
	DW_DSV_KINDS, /* how many there are */
};

/* A DS set, and a server of the parent that serves it. */
struct dw_dsverdict_set {
	unsigned n_ds;
	struct dw_ds_fact ds[DW_DS_MAX];
	const struct dw_server_facts *server; /* the first; NULL for a set of the user's */
	unsigned n_servers;
};

struct dw_dsverdict {
	const struct dw_delegation_facts *facts;
	const struct dw_delegation_policy *policy;
	struct dw_findings *findings;
	struct dw_delegation_figures *figures;
	unsigned n_sets;
	struct dw_dsverdict_set sets[DW_DSVERDICT_SETS_MAX];
	const struct dw_dsverdict_set *judged; /* the set that findings are about; NULL: all of them */
	bool ds_known;                         /* some server of the parent answered, or the user gave a set */
	bool zone_signed;                      /* some server of the zone has a DNSKEY */
	bool served;                           /* some server of the zone answered */
	bool alike; /* findings about a server of the zone are about all that have the same keys */
	bool bad[DW_SERVERS_MAX];
};

/* The row of a kind. */
const struct dw_finding_kind *dw_dsverdict_row(enum dw_dsverdict_kind kind);

/*
 * The row of a word of dw_mistake_find(), for a DS that the parent has or that the user gave, or one that is
 * to `spare` since the right one is there; that of "garbled" for a word that is not known.
 */
const struct dw_finding_kind *dw_dsverdict_mistake(const char *word, bool given, bool spare);

/*
 * Adds a finding about a server (of either side; may be NULL). Zone, word (but of a note) and server are put
 * before the sentence. While `alike` is set, the other servers with the same keys are counted, and go along.
 */
void dw_dsverdict_add(struct dw_dsverdict *verdict, const struct dw_finding_kind *row,
	enum dw_severity severity, const struct dw_server_facts *server, const char *format, ...) DW_PRINTF(5, 6);

/* The same for a sentence, and how it goes on where there is room. */
void dw_dsverdict_tell(struct dw_dsverdict *verdict, const struct dw_finding_kind *row,
	enum dw_severity severity, const struct dw_server_facts *server, const char *text, const char *more);

/* Writes "4711 13 2, 1234 8 2", or "no DS"; a long set ends in "...". Returns `text`. */
const char *dw_dsverdict_set_text(const struct dw_ds_fact *set, unsigned n, char text[DW_DSVERDICT_TEXT_MAX]);

#endif
