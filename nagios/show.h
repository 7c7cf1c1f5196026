/*
 * show: text on its way to a person: U-labels, lines of bounded length, JSON strings.
 *
 * Pure functions; nothing blocks.
 */
#ifndef DW_NAGIOS_SHOW_H
#define DW_NAGIOS_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "core/moment.h"
#include "core/name.h"
#include "dns/dsset.h"

/*
 * Prints `text`, at most `limit` octets of it ("..." at the end when cut), with its A-labels as U-labels when
 * `unicode`. What libidn2 does not take back to U-labels stays as it is. Control bytes and '|' become '?'.
 */
void dw_show_text(FILE *page, const char *text, size_t limit, bool unicode);

/* A name as a JSON string; NULL without memory. */
json_t *dw_show_name(const struct dw_name *name);

/* The same, and null for a name of length 0, which is not known. */
json_t *dw_show_known_name(const struct dw_name *name);

/* An RR type as a JSON string; NULL without memory. */
json_t *dw_show_type(uint16_t type);

/* A quantity as a JSON integer, null for 0, which is none; NULL without memory. */
json_t *dw_show_size(size_t size);

/* A moment as a JSON string of RFC 3339; NULL without memory. */
json_t *dw_show_moment(dw_moment moment);

/* A DS as a JSON object: key_tag, algorithm, digest_type and digest; NULL without memory. */
json_t *dw_show_ds(const struct dw_ds_fact *ds);

/* A list of such objects; NULL without memory. */
json_t *dw_show_ds_set(const struct dw_ds_fact *set, unsigned n);

#endif
