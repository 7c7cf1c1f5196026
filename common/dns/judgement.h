/*
 * judgement: findings in the making: the kinds of the signature judge, and their order of importance.
 *
 * A judge meets its findings in the order of the facts; people read the worst first. So findings
 * are collected here, each kind at one server and RRset once, and handed over sorted: by severity,
 * then by kind (the enum below is in order of importance), then by what is more urgent.
 *
 * A judgement points into the facts it is about, which must stay until it is finished. It belongs to one
 * thread; nothing here blocks.
 */
#ifndef DW_DNS_JUDGEMENT_H
#define DW_DNS_JUDGEMENT_H

#include <stddef.h>
#include <stdint.h>

#include "core/moment.h"
#include "core/name.h"
#include "dns/finding.h"
#include "dns/survey.h"

/* What can be found, most important first. */
enum dw_judgement_kind {
	DW_FOUND_NO_SUCH_ZONE,
	DW_FOUND_DS_WITHOUT_DNSKEY,
	DW_FOUND_DS_MISMATCH,
	DW_FOUND_WRONG,
	DW_FOUND_EXPIRED,
	DW_FOUND_NOT_YET_VALID,
	DW_FOUND_NEVER_VALID,
	DW_FOUND_DS_KEY_SILENT,
	DW_FOUND_NO_KEY,
	DW_FOUND_BAD_KEY,
	DW_FOUND_BAD_SIGNATURE,
	DW_FOUND_TOO_MUCH_WORK,
	DW_FOUND_SERVER_UNSIGNED,
	DW_FOUND_STRIPPED,
	DW_FOUND_NO_SIGNATURE,
	DW_FOUND_DENIAL,
	DW_FOUND_ZONE_UNSIGNED,
	DW_FOUND_RUNS_OUT,
	DW_FOUND_BELOW_TTL,
	DW_FOUND_KEYS_DIFFER,
	DW_FOUND_NO_SERVER,
	DW_FOUND_SERVER_SILENT,
	DW_FOUND_SERVER_MALFORMED,
	DW_FOUND_SERVER_ERROR,
	DW_FOUND_SERVER_LAME,
	DW_FOUND_SERVER_LOST,
	DW_FOUND_HOST_LOST,
	DW_FOUND_NOT_AN_APEX,
	DW_FOUND_NOT_DISCOVERED,
	DW_FOUND_NOT_REACHABLE,
	DW_FOUND_NOT_ASKED,
	DW_FOUND_NO_MEMORY,
	DW_FOUND_CLOCK_SKEW,
	DW_FOUND_COVERAGE,
	DW_FOUND_UNSUPPORTED,
	DW_FOUND_ITERATIONS,
	DW_FOUND_NOT_COMPUTED,
	DW_FOUND_TOO_MANY,
	DW_FOUND_RECORD_ABSENT,
	DW_FOUND_RECORD_ELSEWHERE,
	DW_FOUND_NO_SOA,
	DW_FOUND_RECORD_UNSIGNED,
	DW_FOUND_ISLAND,
	DW_FOUND_LEFTOVER,
	DW_FOUND_ABOVE_TTL,
	DW_FOUND_NO_ROUTE,
	DW_FOUND_KINDS, /* how many there are */
};

/* Where something was found; members that do not apply are NULL. */
struct dw_judgement_place {
	const struct dw_server_facts *server;
	const struct dw_name *owner; /* of the RRset */
	uint16_t type;
	dw_seconds urgency; /* the smaller comes first among equals */
};

struct dw_judgement_draft;

/* Findings being collected; begun with dw_judgement_init(), ended and released by dw_judgement_finish(). */
struct dw_judgement {
	const struct dw_survey_facts *facts;
	struct dw_findings *findings; /* where they go in the end */
	struct dw_judgement_draft *drafts;
	size_t n_drafts;
	size_t n_allocated;
};

/* Begins a judgement of the zone of `facts`; allocates at the first finding only. */
void dw_judgement_init(
	struct dw_judgement *judgement, const struct dw_survey_facts *facts, struct dw_findings *findings);

/* The row of a kind. */
const struct dw_finding_kind *dw_judgement_row(enum dw_judgement_kind kind);

/*
 * Adds a finding; `format` makes a clause that is put behind zone, server and RRset. When the same
 * kind was found there before, the more severe and then the more urgent of the two stays.
 */
void dw_judgement_add(struct dw_judgement *judgement, enum dw_judgement_kind kind, enum dw_severity severity,
	const struct dw_judgement_place *place, const char *format, ...) DW_PRINTF(5, 6);

/* How many of the servers have a finding of WARNING or worse. */
unsigned dw_judgement_servers_bad(const struct dw_judgement *judgement);

/* Hands the findings over, the most important first, and releases the judgement. */
void dw_judgement_finish(struct dw_judgement *judgement);

/* "ns2.example.org 192.0.2.1", or the address alone; over-long names lose their middle. Returns `text`. */
const char *dw_judgement_server_text(const struct dw_zone_server *server, char text[DW_SERVER_TEXT_MAX]);

/* "www.example.org/A"; over-long names lose their middle. Returns `text`. */
const char *dw_judgement_record_text(
	const struct dw_name *owner, uint16_t type, char text[DW_RECORD_TEXT_MAX]);

/* The name as text of at most 63 bytes, the middle of a longer one left out. Returns `text`. */
const char *dw_judgement_name_text(const struct dw_name *name, char text[64]);

#endif
