/*
 * delegation_show: what is known of both sides of a zone cut, as lines.
 *
 * Text is safe to print; nothing blocks, and functions may be called from any thread.
 */
#ifndef DW_NAGIOS_DELEGATION_SHOW_H
#define DW_NAGIOS_DELEGATION_SHOW_H

#include <stdio.h>

#include "dns/delegation.h"

/*
 * Prints the DS set, keys and CDS of each server of both sides (level 1), each question and answer (2), each
 * signature (3); then the same of the delegations within the zone.
 */
void dw_delegation_show(const struct dw_delegation_facts *facts, unsigned level, FILE *page);

/* Prints records of a set as lines of a zone file, "example.org. IN DS 4711 13 2 0123...". */
void dw_delegation_show_set(const struct dw_name *zone, const struct dw_ds_fact *set, unsigned n, FILE *page);

#endif
