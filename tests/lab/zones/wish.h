/*
 * wish: what a zone asks its parent for: CDS and CDNSKEY at its apex, and once more at the signalling names
 * of its name servers (RFC 9615), which lie in the zone of who runs those.
 */
#ifndef LAB_WISH_H
#define LAB_WISH_H

#include "zone.h"

/* Adds the CDS and CDNSKEY records of the zone's row. */
void lab_wish_add(struct lab_zone *zone);

/* Adds to `list` what the row has the name servers signal: copies that belong below _signal.SERVER. */
void lab_wish_signal(const struct lab_zone *zone, ldns_rr_list *list);

/* Adds to the zone what `list` has for names below it. */
void lab_wish_host(struct lab_zone *zone, const ldns_rr_list *list);

#endif
