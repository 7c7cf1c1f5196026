/*
 * sign: makes signatures (RFC 4034 3) with libcrypto over the canonical form that ldns writes.
 */
#ifndef LAB_SIGN_H
#define LAB_SIGN_H

#include "zone.h"

/* Adds to the set one signature by `key`, valid over `life`. */
void lab_sign_add(
	const struct lab_zone *zone, struct lab_set *set, const struct lab_key *key, struct lab_life life);

/* Signs the set anew with the keys of the zone whose role it is; what it had is gone. */
void lab_sign_set(const struct lab_zone *zone, struct lab_set *set, struct lab_life life);

/* lab_sign_set() for every authoritative set. */
void lab_sign_zone(struct lab_zone *zone, struct lab_life life);

/* lab_sign_set() for every authoritative set of `type`. */
void lab_sign_type(struct lab_zone *zone, ldns_rr_type type, struct lab_life life);

#endif
