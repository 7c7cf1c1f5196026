/*
 * denial: the NSEC or NSEC3 chain of a zone (RFC 4034 4, RFC 5155 7.1).
 */
#ifndef LAB_DENIAL_H
#define LAB_DENIAL_H

#include "zone.h"

/* Adds the chain that the row asks for ("nsec", "nsec3 FLAGS ITERATIONS SALT"); nothing is signed yet. */
void lab_denial_build(struct lab_zone *zone);

#endif
