/*
 * survey_json: what a survey learned, as JSON.
 *
 * For every check whose subject is a survey, or has a discovery. Nothing blocks; functions may be
 * called from any thread.
 */
#ifndef DW_NAGIOS_SURVEY_JSON_H
#define DW_NAGIOS_SURVEY_JSON_H

#include <jansson.h>

#include "dns/survey.h"

/* "dnskey", "soa", "ns", "absent", "record": for programs, stable. */
const char *dw_survey_json_topic(enum dw_topic topic);

/* What a discovery found; a new reference, NULL without memory. */
json_t *dw_survey_json_discovery(const struct dw_discovery_facts *facts);

/* Name and address of a server, and who named it; a new reference, NULL without memory. */
json_t *dw_survey_json_server(const struct dw_zone_server *server);

/* Every fact of the survey and its discovery; a new reference, NULL without memory. */
json_t *dw_survey_json(const struct dw_survey_facts *facts);

#endif
