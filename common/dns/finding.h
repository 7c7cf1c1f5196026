/*
 * finding: what a judge concluded, with its severity, place, reason and hint.
 *
 * Each judge has a table of finding kinds, a row each: the word that programs match on, the usual
 * severity, and the hint on what to do. A finding is a row, a place and one sentence. Faces show
 * findings and add nothing to them.
 *
 * A list grows up to DW_FINDINGS_MAX and then only counts, keeping the worst state; it belongs to
 * one thread. Nothing here blocks.
 */
#ifndef DW_DNS_FINDING_H
#define DW_DNS_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/name.h"

/* In the order in which one hides another: a proven fault never hides behind a failed look. */
enum dw_severity {
	DW_NOTE, /* worth saying, nothing wrong: the state stays OK */
	DW_UNKNOWN,
	DW_WARNING,
	DW_CRITICAL,
};

/* A row of a judge's table. */
struct dw_finding_kind {
	const char *word;          /* stable, for programs: "expired", "server-silent" */
	enum dw_severity severity; /* unless the judge's policy says otherwise */
	const char *hint;          /* what to do, an imperative sentence without full stop; or NULL */
};

#define DW_FINDING_TEXT_MAX 320
#define DW_FINDING_MORE_MAX 480
#define DW_SERVER_TEXT_MAX  320 /* "ns2.example.org 192.0.2.1", a port unless 53: "…@5300" */
#define DW_RECORD_TEXT_MAX  320 /* "www.example.org/A" */
#define DW_FINDINGS_MAX     4096

/* Where a finding was made, and what goes with it; members that do not apply are NULL. Nothing is owned. */
struct dw_place {
	const struct dw_name *zone;
	const char *server;
	const char *others; /* further servers of which the same is true, a newline behind each */
	const char *record;
	const char *more; /* how the sentence goes on where there is room, as "; the right DS: ..." */
	bool advise;      /* what to do belongs on the first line too */
};

struct dw_finding {
	const struct dw_finding_kind *kind;
	enum dw_severity severity;
	size_t sequence; /* counts from 0 in the order of adding */
	struct dw_name zone;
	char server[DW_SERVER_TEXT_MAX];
	char *others; /* further servers, a newline behind each; NULL for none; the list's */
	char record[DW_RECORD_TEXT_MAX];
	char text[DW_FINDING_TEXT_MAX]; /* one sentence that names zone, server and record itself */
	char more[DW_FINDING_MORE_MAX]; /* how it goes on where there is room, or "" */
	bool advise;                    /* the first line shows the head of the hint too */
};

/* Zero-initialised it is an empty list. Release with dw_findings_fini(). */
struct dw_findings {
	struct dw_finding *items;
	size_t n_findings;
	size_t n_allocated;
	size_t n_dropped; /* beyond DW_FINDINGS_MAX, or for want of memory */
	enum dw_severity worst;
};

/*
 * Adds a finding of `kind` with `severity`; `place` may be NULL. Its texts are made printable, and '|', which
 * would end them for Nagios, becomes '?'. Never fails: what cannot be kept is counted in n_dropped, and its
 * severity still counts in `worst`.
 */
void dw_findings_add(struct dw_findings *findings, const struct dw_finding_kind *kind,
	enum dw_severity severity, const struct dw_place *place, const char *format, ...) DW_PRINTF(5, 6);

/* Sorts worst first; equals keep their order. */
void dw_findings_sort(struct dw_findings *findings);

/* How many findings have this severity. */
size_t dw_findings_count(const struct dw_findings *findings, enum dw_severity severity);

/* Releases the list and leaves it empty. */
void dw_findings_fini(struct dw_findings *findings);

/* "OK" (for a note), "UNKNOWN", "WARNING", "CRITICAL". */
const char *dw_severity_text(enum dw_severity severity);

#endif
