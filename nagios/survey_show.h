/*
 * survey_show: what a survey learned, as lines for -v and as JSON.
 *
 * For every check whose subject is a survey. Text is safe to print; nothing blocks.
 */
#ifndef DW_NAGIOS_SURVEY_SHOW_H
#define DW_NAGIOS_SURVEY_SHOW_H

#include <stdio.h>

#include <jansson.h>

#include "dns/survey.h"

/*
 * Prints servers, identifiers and RRsets with their remaining life (level 1), each question and
 * answer (2), each signature (3).
 */
void dw_survey_show(const struct dw_survey_facts *facts, unsigned level, FILE *page);

/* "dnskey", "soa", "ns", "absent", "record": for programs, stable. */
const char *dw_survey_json_topic(enum dw_topic topic);

/* What a discovery found; a new reference, NULL without memory. */
json_t *dw_survey_json_discovery(const struct dw_discovery_facts *facts);

/* Name and address of a server, and who named it; a new reference, NULL without memory. */
json_t *dw_survey_json_server(const struct dw_zone_server *server);

/* Every fact of the survey and its discovery; a new reference, NULL without memory. */
json_t *dw_survey_json(const struct dw_survey_facts *facts);

#endif
