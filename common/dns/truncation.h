/*
 * truncation: which UDP answers of an address come truncated though they would fit.
 *
 * An answer would fit when its full size, known from another rung of the same RRset, is not above what was
 * asked for, and what every server that knows DNSSEC can send (RFC 4035 3): limits above that are nobody's
 * fault. It is another matter when the server advertises less than that in its OPT. Ladder and judge share
 * it.
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_TRUNCATION_H
#define DW_DNS_TRUNCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/payload.h"

/* Octets that every server that knows DNSSEC sends by UDP when it is asked for as many (RFC 4035 3). */
#define DW_TRUNCATION_DUE 1220

struct dw_truncation {
	unsigned n_needless; /* answers that would fit, of RRsets that never came whole into such a buffer */
	unsigned n_told;     /* the same, but larger than what the server advertises */
	unsigned n_at_times; /* answers that would fit, of RRsets that at other times came whole */
	size_t least;        /* octets of the smallest answer among those of the first two; 0: none */
	size_t whole;        /* octets of the largest UDP answer with EDNS that came whole; 0: none */
	unsigned rung;       /* of `least` */
	uint16_t advertised; /* by the server over UDP, at most; 0: it has no OPT */
};

/* Counts what came truncated though it would fit. */
void dw_truncation_find(const struct dw_payload_address *address, struct dw_truncation *truncation);

/* Whether a rung came truncated by UDP, and nobody knows yet if its answer would fit. */
bool dw_truncation_is_open(const struct dw_payload_address *address, const struct dw_payload_rung *rung);

#endif
