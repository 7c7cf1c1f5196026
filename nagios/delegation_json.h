/*
 * delegation_json: what is known of both sides of a zone cut, as JSON.
 *
 * Nothing blocks; functions may be called from any thread.
 */
#ifndef DW_NAGIOS_DELEGATION_JSON_H
#define DW_NAGIOS_DELEGATION_JSON_H

#include <jansson.h>

#include "dns/delegation.h"

/* Every fact about the cut, and those within the zone; a new reference, NULL without memory. */
json_t *dw_delegation_json(const struct dw_delegation_facts *facts);

/* A DS set as a list of lines of a zone file; a new reference, NULL without memory. */
json_t *dw_delegation_json_lines(const struct dw_name *zone, const struct dw_ds_fact *set, unsigned n);

/* What dw_delegation_json() makes, in paragraphs for the manual page. */
extern const char dw_delegation_json_schema[];

/* Paragraphs for the manual page: what the words of findings mean, which people and programs read. */
extern const char dw_delegation_words[];

#endif
