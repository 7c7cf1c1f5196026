/*
 * ringset: the keyrings of one zone, one for each different DNSKEY RRset that its servers serve.
 *
 * Making a key costs more than verifying with it, and the servers of a healthy zone all serve the same.
 * Nothing here blocks. A set and its rings belong to one thread.
 */
#ifndef DW_DNS_RINGSET_H
#define DW_DNS_RINGSET_H

#include "core/error.h"
#include "dns/keyring.h"
#include "dns/rrset.h"

struct dw_ringset_item;

/* Zero-initialised it is empty. Release with dw_ringset_fini(). */
struct dw_ringset {
	struct dw_ringset_item *items;
};

/*
 * The ring of a DNSKEY RRset: one that is there already when its octets are equal, else a new one.
 * It stays the set's. DW_SYSTEM without memory.
 */
DW_MUST_CHECK enum dw_status dw_ringset_take(
	struct dw_ringset *rings, const struct dw_rrset *rrset, struct dw_keyring **ring, struct dw_error *error);

/* Releases all rings and leaves the set empty. */
void dw_ringset_fini(struct dw_ringset *rings);

#endif
