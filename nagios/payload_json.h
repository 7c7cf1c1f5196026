/*
 * payload_json: what a payload learned, as JSON: the whole ladder, and the verdict of each address.
 *
 * Nothing blocks; functions may be called from any thread.
 */
#ifndef DW_NAGIOS_PAYLOAD_JSON_H
#define DW_NAGIOS_PAYLOAD_JSON_H

#include <jansson.h>

#include "dns/payload.h"
#include "dns/payload_judge.h"

/* Paragraphs for the manual page: about the facts, and about the words of findings. */
extern const char dw_payload_words[];
extern const char dw_payload_json_schema[];

/* Every fact, with the verdicts of `figures`; a new reference, NULL without memory. */
json_t *dw_payload_json(const struct dw_payload_facts *facts, const struct dw_payload_figures *figures);

#endif
