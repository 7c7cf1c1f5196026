/*
 * nsec3: proofs of absence by NSEC3 (RFC 5155 8), with and without opt-out.
 *
 * It is called by denial, which everybody else asks. Functions are pure; at most one hash for each label of
 * the name and of its wildcard is made, of up to DW_NSEC3_ITERATIONS_MAX iterations.
 */
#ifndef DW_DNS_NSEC3_H
#define DW_DNS_NSEC3_H

#include "dns/denial.h"

/*
 * Judges a claim by the NSEC3 records alone; as dw_denial_judge(). DW_DENIAL_NO_RECORDS when there are none.
 */
struct dw_denial dw_nsec3_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels);

#endif
