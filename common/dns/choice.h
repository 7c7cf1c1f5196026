/*
 * choice: which signatures of an RRset count, and which of them tells most.
 *
 * All signatures of an RRset count alike, but for the DNSKEY RRset: there only those by keys that
 * the parent's DS names, or where the DS set is not known (or names no key), those by keys with the
 * SEP flag if such a key signs it at all. A revoked key opens no zone (RFC 5011 2.1).
 *
 * Functions are pure and point into the facts; they may be called from any thread.
 */
#ifndef DW_DNS_CHOICE_H
#define DW_DNS_CHOICE_H

#include <stdbool.h>

#include "core/moment.h"
#include "dns/survey.h"

/* By which keys the RRset must be signed. */
enum dw_choice_keys { DW_CHOICE_ANY_KEY, DW_CHOICE_SEP_KEYS, DW_CHOICE_DS_KEYS };

/* An RRset and what decides about its signatures. Owns nothing. */
struct dw_choice {
	const struct dw_server_facts *server;
	const struct dw_proof *proof;
	enum dw_choice_keys keys;
	bool insecure; /* no key that counts has an algorithm known here: validators like this one let it be */
	dw_moment now;
	dw_seconds skew; /* a signature that begins within it is as good as valid */
};

/* Looks at an RRset as `server` serves it, as of the survey's now. */
struct dw_choice dw_choice_of(const struct dw_survey_facts *facts, const struct dw_server_facts *server,
	const struct dw_rrset_fact *rrset, dw_seconds skew);

/* Whether the signature was made, or claims to have been made, by a key that counts. */
bool dw_choice_counts(const struct dw_choice *choice, const struct dw_signature *signature);

/*
 * The signature to speak of: a good one, else the one that tells most about what is wrong; among equals the
 * one that expires last. One of an unknown algorithm comes last of all, unless the
 * zone has no others. NULL when none counts.
 */
const struct dw_signature *dw_choice_best(const struct dw_choice *choice);

#endif
