/*
 * bundle: several inquiries carried through side by side as if they were one.
 *
 * So a dead server that one of them waits for does not hold up the others. Members take turns, and may be
 * added while the bundle runs, from the outside only. A bundle does not own its members.
 *
 * Nothing here blocks. A bundle belongs to one thread.
 */
#ifndef DW_DNS_BUNDLE_H
#define DW_DNS_BUNDLE_H

#include <stddef.h>

#include "core/error.h"
#include "dns/inquiry.h"

struct dw_bundle_slot;

/* Zero-initialised it is empty. Release with dw_bundle_fini(). */
struct dw_bundle {
	struct dw_inquiry *members;
	size_t n_members;
	size_t n_members_allocated;
	struct dw_bundle_slot *slots; /* open questions: whose, and by which tag */
	size_t n_slots;
	size_t n_slots_allocated;
	size_t n_open;
	size_t at; /* the member whose turn is next */
};

/* Adds a member. DW_SYSTEM without memory. */
DW_MUST_CHECK enum dw_status dw_bundle_add(
	struct dw_bundle *bundle, const struct dw_inquiry_class *member, void *self, struct dw_error *error);

/* The bundle as an inquiry; `self` is the struct dw_bundle. */
extern const struct dw_inquiry_class dw_bundle_class;

/* Releases what the bundle holds, not its members, and leaves it empty. */
void dw_bundle_fini(struct dw_bundle *bundle);

#endif
