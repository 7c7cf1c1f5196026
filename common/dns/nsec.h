/*
 * nsec: proofs of absence by NSEC (RFC 4035 5.4, RFC 6840 4.1 to 4.4), white and black lies included (RFC
 * 4470, RFC 9824).
 *
 * It is called by denial, which everybody else asks. Functions are pure.
 */
#ifndef DW_DNS_NSEC_H
#define DW_DNS_NSEC_H

#include "dns/denial.h"

/*
 * Judges a claim by the NSEC records alone; as dw_denial_judge(). DW_DENIAL_NO_RECORDS when there are none.
 */
enum dw_denial_result dw_nsec_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels);

#endif
