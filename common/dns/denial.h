/*
 * denial: proofs that something does not exist, by NSEC and NSEC3 (RFC 4035 5.4, RFC 5155 8, RFC 6840 4).
 *
 * Every proof of absence is judged here. The caller has verified the NSEC and NSEC3 RRsets of an
 * answer with `rules` and hands over those that are secure; this module says what they prove
 * together. NSEC3 with more than DW_NSEC3_ITERATIONS_MAX iterations is not computed (RFC 9276 3.2).
 *
 * Functions are pure: they may be called from any thread; work is bounded by DW_DENIAL_RECORDS_MAX
 * records and the labels of one name.
 */
#ifndef DW_DNS_DENIAL_H
#define DW_DNS_DENIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/name.h"
#include "dns/wire.h"

#define DW_DENIAL_RECORDS_MAX   16
#define DW_NSEC3_ITERATIONS_MAX 100

/* What an answer claims, and what is therefore to be proven. */
enum dw_claim {
	DW_CLAIM_NXDOMAIN, /* the name does not exist, nor a wildcard for it */
	DW_CLAIM_NODATA,   /* the name exists (or a wildcard, or an empty non-terminal), not the type */
	DW_CLAIM_WILDCARD, /* a positive answer by wildcard: the name itself does not exist */
	DW_CLAIM_NO_DS,    /* a delegation without DS */
};

/* How it was proven, or why it was not. */
enum dw_denial_result {
	DW_DENIAL_NAME_ERROR,          /* NXDOMAIN */
	DW_DENIAL_NO_DATA,             /* the name is there, the type is not */
	DW_DENIAL_EMPTY_NON_TERMINAL,  /* only names below it are there */
	DW_DENIAL_WILDCARD_NO_DATA,    /* the wildcard is there, the type is not */
	DW_DENIAL_WILDCARD_ANSWER,     /* the name is not there, so the wildcard may answer */
	DW_DENIAL_UNSIGNED_DELEGATION, /* a cut with NS and no DS */
	DW_DENIAL_OPT_OUT,    /* covered by an opt-out span: nothing is proven secure, and nothing is wrong */
	DW_DENIAL_NO_RECORDS, /* not proven: no NSEC or NSEC3 at all */
	DW_DENIAL_NAME_NOT_COVERED,     /* not proven: nothing matches or covers the name */
	DW_DENIAL_WILDCARD_NOT_COVERED, /* not proven: a wildcard might exist */
	DW_DENIAL_TYPE_EXISTS,          /* refuted: the bit map names the type, or a CNAME */
	DW_DENIAL_NAME_EXISTS,          /* refuted: the name exists by these records */
	DW_DENIAL_NOT_A_DELEGATION,     /* no NS bit where a cut was claimed */
	DW_DENIAL_PARENT_SIDE,  /* the record is of the parent's side of a cut (RFC 6840 4.1) or below a DNAME */
	DW_DENIAL_ITERATIONS,   /* not computed: more than DW_NSEC3_ITERATIONS_MAX */
	DW_DENIAL_UNKNOWN_HASH, /* not computed: another hash algorithm */
	DW_DENIAL_PARAMETERS_DIFFER, /* NSEC3 records of one proof with different parameters (RFC 5155 8.2) */
};

/* The records that were verified; pointers into one message, of the zone `zone`. */
struct dw_denial_records {
	const struct dw_message *message;
	struct dw_name zone;
	unsigned n_records;
	const struct dw_rr *records[DW_DENIAL_RECORDS_MAX]; /* NSEC and NSEC3 */
};

/* A judged proof; a value. */
struct dw_denial {
	enum dw_denial_result result;
	bool nsec3;
	bool opt_out;        /* an opt-out span took part */
	uint16_t iterations; /* of the NSEC3 records */
	uint8_t salt_length; /* octets */
};

/*
 * Judges the claim about `name` and `type`. `labels` is, for DW_CLAIM_WILDCARD, the Labels field of
 * the RRSIG (so the closest encloser); else 0.
 */
struct dw_denial dw_denial_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels);

/* Whether the result proves the claim (opt-out counts as proven: a resolver goes on, insecurely). */
bool dw_denial_proven(enum dw_denial_result result);

/* A clause for people: "no NSEC or NSEC3 record covers the name". */
const char *dw_denial_text(enum dw_denial_result result);

#endif
