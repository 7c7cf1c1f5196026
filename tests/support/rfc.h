/*
 * rfc: the signed answers that RFCs print as examples, for tests.
 *
 * RFC 4035 appendix B (NSEC), RFC 5155 appendix B (NSEC3, opt-out), and the examples of RFC 5702 6, RFC 6605
 * 6 and RFC 8080 6 (as corrected by its erratum 4935). All is text in zone format, copied from the RFCs.
 */
#ifndef DW_SUPPORT_RFC_H
#define DW_SUPPORT_RFC_H

#include "core/moment.h"
#include "dns/denial.h"

/* An answer: what was asked, what came, and what the RFC says of it. */
struct dw_rfc_answer {
	const char *section; /* "RFC 4035 B.2" */
	const char *apex;
	const char *keys; /* DNSKEY records, without signatures */
	dw_moment now;    /* within the validity of all signatures */
	const char *name;
	uint16_t type;
	const char *answer;    /* records with signatures; NULL for none */
	const char *authority; /* likewise, without what is not signed */
	bool denies;           /* then the following is what the NSEC or NSEC3 records prove */
	enum dw_claim claim;
	unsigned labels; /* for a wildcard claim */
	enum dw_denial_result result;
};

extern const struct dw_rfc_answer dw_rfc_answers[];
extern const unsigned dw_rfc_n_answers;

#endif
