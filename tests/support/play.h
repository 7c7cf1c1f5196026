/*
 * play: a whole survey of example.org on servers of ours, and the judgement of it.
 *
 * ns1.example.org is not asked for: the servers are given as hosts, 192.0.2.1, 192.0.2.2 and so on, and each
 * is an authority of its own. A server that is NULL is silent.
 */
#ifndef DW_TESTS_SUPPORT_PLAY_H
#define DW_TESTS_SUPPORT_PLAY_H

#include "dns/signature.h"
#include "dns/survey.h"
#include "support/authority.h"

#define DW_PLAY_SERVERS   4
#define DW_PLAY_QUESTIONS 256

struct dw_play {
	struct dw_survey_plan plan;
	struct dw_authority *servers[DW_PLAY_SERVERS];
	unsigned n_servers;
	enum dw_status silence; /* how a silent server ends; 0: DW_TIMEOUT */
	struct dw_survey *survey;
	const struct dw_survey_facts *facts;
	struct dw_findings findings;
	struct dw_signature_figures figures;
	unsigned n_asked;
	struct dw_question asked[DW_PLAY_QUESTIONS];
};

/* The zone that most tests begin with: an apex, www, an alias, a wildcard, DNAME, and two delegations. */
extern const char dw_play_zone[];

/* Two servers of that zone, alike, and the usual plan. Release with dw_play_end(). */
struct dw_play *dw_play_new(void);

/* Asks for a record too, "www.example.org A". */
void dw_play_record(struct dw_play *play, const char *record);

/* Surveys and judges, with 20 % and 10 % as thresholds. */
void dw_play_run(struct dw_play *play);

/* Releases everything. */
void dw_play_end(struct dw_play *play);

#endif
