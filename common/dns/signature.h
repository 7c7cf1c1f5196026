/*
 * signature: judges whether validators will accept a zone's signatures, on every server, and for how long.
 *
 * A judge is a pure function from facts and policy to findings and figures: no I/O, no clock. It
 * may be called from any thread.
 *
 * The life of an RRset is that of its good signature that expires last, since one suffices; the
 * life of a zone is that of the RRset that dies first, over all servers. The DNSKEY RRset counts by
 * signatures of keys that the parent's DS names; where the DS set is not known, of keys with the SEP flag if
 * such a key signs it at all.
 */
#ifndef DW_DNS_SIGNATURE_H
#define DW_DNS_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/moment.h"
#include "core/range.h"
#include "dns/finding.h"
#include "dns/survey.h"

struct dw_signature_policy {
	struct dw_range warning; /* of DW_RANGE_LEFT, on remaining time; the whole is the signature's lifetime */
	struct dw_range critical;
	dw_seconds skew;                 /* inception younger than this, or ahead by up to this, is a WARNING */
	enum dw_severity unsigned_state; /* of a zone without DNSKEY and without DS */
};

/* What to measure with; every `known` false: nothing was measured. */
struct dw_signature_figures {
	bool known;           /* remaining and lifetime, and the place below */
	dw_seconds remaining; /* of the RRset that dies first; negative when it is dead */
	dw_seconds lifetime;  /* expiration - inception of that signature */
	dw_moment expiration;
	uint16_t key_tag;
	uint8_t algorithm;
	char server[DW_SERVER_TEXT_MAX];
	char record[DW_RECORD_TEXT_MAX];
	bool dnskey_known;
	dw_seconds dnskey_remaining;
	bool soa_known;
	dw_seconds soa_remaining;
	unsigned servers;     /* addresses asked */
	unsigned servers_bad; /* with a finding of WARNING or worse */
	unsigned signatures;  /* signatures judged */
};

/* Adds findings about the survey of one zone, and sets the figures. */
void dw_signature_judge(const struct dw_survey_facts *facts, const struct dw_signature_policy *policy,
	struct dw_findings *findings, struct dw_signature_figures *figures);

#endif
