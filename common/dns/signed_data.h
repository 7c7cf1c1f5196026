/*
 * signed_data: the octets that a signature of an RRset is made over (RFC 4034 3.1.8.1, RFC 4035 5.3.2).
 *
 * That is the RDATA of the RRSIG without its signature, and the records in canonical form and order, with
 * the original TTL, and the wildcard as owner when the Labels field says that the RRset is an expansion.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_SIGNED_DATA_H
#define DW_DNS_SIGNED_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "dns/rdata.h"
#include "dns/rrset.h"

/* Labels of a name as the Labels field of an RRSIG counts them: without the root and a leading "*". */
unsigned dw_signed_data_labels(const struct dw_name *owner);

/*
 * Writes what `rrsig` signs of the RRset, and sets `length`. The Labels field
 * must not be above those of the owner. DW_MALFORMED when RDATA of the RRset does not parse, DW_LIMIT when
 * `size` octets are not enough.
 */
DW_MUST_CHECK enum dw_status dw_signed_data_write(
	const struct dw_rrset *rrset, const struct dw_rrsig *rrsig, uint8_t *octets, size_t size, size_t *length);

#endif
