/*
 * prove: runs the rules over messages made of text, for tests.
 *
 * Text that is no message, or lacks what is asked for, ends the program: a test with a wrong premise must not
 * go on.
 */
#ifndef DW_SUPPORT_PROVE_H
#define DW_SUPPORT_PROVE_H

#include "core/moment.h"
#include "dns/denial.h"
#include "dns/rules.h"

/* Makes a ring of DNSKEY records in zone format. Release with dw_keyring_fini(). */
void dw_keyring_make(const char *dnskeys, struct dw_keyring *ring);

/* The verdict on the RRset of `owner` and `type` among `records`, an answer section with signatures. */
struct dw_proof dw_prove(
	struct dw_keyring *ring, const char *records, const char *owner, uint16_t type, dw_moment now);

/*
 * Proves all RRsets of a message, and collects the secure NSEC and NSEC3 records of the zone of `ring`.
 * Returns how many RRsets have signatures and are not secure.
 */
unsigned dw_prove_all(struct dw_keyring *ring, const struct dw_message *message, dw_moment now,
	struct dw_denial_records *records);

/* A claim about absence in `zone`, with the records that came with it, as if all were secure. */
struct dw_claim_text {
	const char *zone;
	const char *authority;
	enum dw_claim claim;
	const char *name;
	uint16_t type;
	unsigned labels; /* for DW_CLAIM_WILDCARD */
};

/* What the records say of the claim. */
struct dw_denial dw_denial_of(const struct dw_claim_text *text);

#endif
