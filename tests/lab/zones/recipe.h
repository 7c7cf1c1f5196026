/*
 * recipe: DS records made from words, right or with the mistakes that people and registrars make.
 *
 * "k0" is the DS of the zone's first key, "k1 owner=upper" that of its second with a mistake; several records
 * are separated by commas. The words, those about what is hashed first, each of which may be left out:
 *   kN             key number N of the row's keys (k0)
 *   owner=WORD     the name that is hashed: upper, first (letter a capital), typed (every second letter),
 *                  parent, child (www in front), no-first, no-last (label), doubled (root label), none
 *   flags=N  protocol=N  algorithm=N        hashed instead of the key's own; tag and algorithm field follow
 *   cut=N          the last N characters of the key's base64 are lost
 *   ttl=N          this number stands in front of the key's base64
 *   type=N         digest type that is made, 1, 2 or 4 (2)
 *   keep=N  pad=N  octets that are left of the digest; octets that are added to it
 *   order=WORD     of the digest's octets: reversed, swapped (in pairs)
 *   label=N  says=N  tag=N                  what the digest type and algorithm fields say; added to the tag
 * Nothing here is shared with the program that is to find the mistakes out.
 */
#ifndef LAB_RECIPE_H
#define LAB_RECIPE_H

#include "zone.h"

/* Adds the records of a recipe, as DS or CDS, to `list`. */
void lab_recipe_make(const struct lab_zone *zone, const char *recipe, ldns_rr_type type, ldns_rr_list *list);

#endif
