/*
 * typeset: what the type bit maps of one NSEC or NSEC3 say of a claim (RFC 4035 5.4, RFC 6840 4, RFC 9824).
 *
 * A set is a view into a message. Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_TYPESET_H
#define DW_DNS_TYPESET_H

#include <stdbool.h>
#include <stdint.h>

#include "core/name.h"
#include "dns/denial.h"

/* Checked type bit maps, as rdata reads them. */
struct dw_typeset {
	const uint8_t *types;
	uint16_t length;
};

/* Whether names below the owner lie in another zone or are redirected (RFC 6840 4.1): a cut, or a DNAME. */
bool dw_typeset_closes(struct dw_typeset set);

/* Whether the name is only there to say that it does not exist (RFC 9824 3.1, NXNAME). */
bool dw_typeset_no_name(struct dw_typeset set);

/*
 * Judges NODATA at the owner `name`: DW_DENIAL_NO_DATA, DW_DENIAL_NAME_ERROR for a name that does not exist,
 * or why it is not proven.
 */
enum dw_denial_result dw_typeset_no_data(struct dw_typeset set, const struct dw_name *name, uint16_t type);

/* Judges a delegation without DS at `name`: DW_DENIAL_UNSIGNED_DELEGATION, or why it is not proven. */
enum dw_denial_result dw_typeset_no_ds(struct dw_typeset set, const struct dw_name *name);

#endif
