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

/* Where a text went that was taken for a part of the key. */
enum dw_damage_place { DW_DAMAGE_IN_FRONT, DW_DAMAGE_BEHIND, DW_DAMAGE_BETWEEN, DW_DAMAGE_AS_FLAGS };

#define DW_DAMAGE_TEXT_MAX 80

/* Characters of the key's text, without '='. */
unsigned dw_damage_n_characters(const struct dw_slip_input *input);

/* How many texts are tried in front of the key's text. */
unsigned dw_damage_n_in_front(const struct dw_slip_input *input);

/* How many are tried behind it. */
unsigned dw_damage_n_behind(const struct dw_slip_input *input);

/* How many are tried between its lines, in each place. */
unsigned dw_damage_n_between(const struct dw_slip_input *input);

/* How many TTLs are tried, also as the flags. */
unsigned dw_damage_n_ttls(const struct dw_slip_input *input);

/* Whether leaving `n` of the characters is a usual cut: a few are gone, or it ends where lines do. */
bool dw_damage_is_usual(unsigned n, unsigned n_characters);

/* Whether text `n` of those between lines is a usual one, and between lines of usual width. */
bool dw_damage_is_usual_between(unsigned n, unsigned n_characters);

/* Writes what is taken into the key as variant `n` at a place: "a TTL of 3600", "'IN'". Returns `text`. */
const char *dw_damage_format(
	enum dw_damage_place place, unsigned n, const struct dw_slip_input *right, char text[DW_DAMAGE_TEXT_MAX]);

/* Leaves the first `n` characters; the argument says whether bits that fill no octet make one. */
bool dw_damage_cut_behind(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Leaves what is behind the first `n` characters. */
bool dw_damage_cut_front(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Leaves out a character wherever it stands; the argument is its value. */
bool dw_damage_without(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

/* Takes text `n` into the key; the argument is an enum dw_damage_place. */
bool dw_damage_with_text(
	const struct dw_slip_names *names, unsigned n, int argument, struct dw_slip_input *input);

#endif
