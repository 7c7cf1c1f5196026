/*
 * damage: what becomes of a key when the base64 text of its public key is damaged on the way.
 *
 * These are the functions of the rows of `slip` that belong to the public key: see struct dw_slip. They are
 * pure, and may be called from any thread.
 */
#ifndef DW_DNS_DAMAGE_H
#define DW_DNS_DAMAGE_H

#include <stdbool.h>

#include "dns/slip.h"

/* Where a TTL went that was taken for a part of the key. */
enum dw_damage_place { DW_DAMAGE_IN_FRONT, DW_DAMAGE_BEHIND, DW_DAMAGE_AS_FLAGS };

/* Characters of the key's text, without '='. */
unsigned dw_damage_n_characters(const struct dw_slip_input *input);

/* How many TTLs are tried. */
unsigned dw_damage_n_ttls(const struct dw_slip_input *input);

/* A TTL that is tried, in seconds. */
unsigned dw_damage_ttl(unsigned n);

/* Leaves the first `n` characters; the argument says whether bits that fill no octet make one. */
bool dw_damage_cut_behind(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Leaves what is behind the first `n` characters. */
bool dw_damage_cut_front(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Leaves out a character wherever it stands; the argument is its value. */
bool dw_damage_without(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Takes TTL `n` into the key; the argument is an enum dw_damage_place. */
bool dw_damage_with_ttl(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

#endif
