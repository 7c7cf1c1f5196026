/*
 * mistake: finds out how a DS that fits no key came about: which mistake was made with which key.
 *
 * A DS is a digest, so a mistake is found by repeating it: each row of a table of transformations (another
 * owner, flags, protocol, algorithm, key octets, digest type or form of the digest) is tried on every key
 * that may have been meant, alone and then in pairs, until one reproduces the published record. What
 * reproduces a digest of twenty octets or more is proven. Where nothing does, the record is classed by what
 * can be seen of it, and never with a claim.
 *
 * Functions are pure, and may be called from any thread. Work is bounded by DW_MISTAKE_HASHES_MAX digests for
 * one question, whatever the number of records and keys; single mistakes of all records are tried first.
 */
#ifndef DW_DNS_MISTAKE_H
#define DW_DNS_MISTAKE_H

#include <stdbool.h>

#include "core/name.h"
#include "dns/dsset.h"
#include "dns/octets.h"

#define DW_MISTAKE_KEYS_MAX   128   /* keys of one question that are looked at */
#define DW_MISTAKE_HASHES_MAX 24000 /* under 50 ms on a slow machine */
#define DW_MISTAKE_TEXT_MAX   200

/* Where a key was seen. */
enum dw_mistake_origin {
	DW_MISTAKE_DNSKEY,  /* in the zone's DNSKEY RRset */
	DW_MISTAKE_CDNSKEY, /* in the CDNSKEY RRset, and not in the DNSKEY RRset */
	DW_MISTAKE_GIVEN,   /* in a file of the user's only */
};

/* A key that may have been meant. The octets must stay. */
struct dw_mistake_key {
	enum dw_mistake_origin origin;
	bool signs;             /* it signs the DNSKEY RRset */
	struct dw_octets rdata; /* whole RDATA of the DNSKEY, at least 4 octets */
};

/* What is known. Nothing is owned. */
struct dw_mistake_question {
	const struct dw_name *owner;  /* the zone */
	const struct dw_name *parent; /* NULL when not known */
	const struct dw_name *typed;  /* the zone in letters as somebody typed it; NULL when not known */
	unsigned n_keys;
	const struct dw_mistake_key *keys;
};

/* What became of one DS. A value. */
struct dw_mistake {
	/*
	 * The word for programs, never NULL: "wrong-algorithm", "owner-case", "byte-order", …; without proof
	 * "unsupported-digest", "digest-length", "old-key" (no key has this tag), or "garbled".
	 */
	const char *word;
	const char *second; /* the other one of two mistakes made at once; NULL for one */
	bool proven;        /* repeating the mistake gives this very record */
	bool gone;          /* not proven, and what it would be of a sound key that is not in the zone */
	int key;            /* index of the key that it was made of, or that it names; -1 for none */
	bool right_known;
	struct dw_ds_fact right; /* what should stand in its place, when right_known */
	/* What was done, to follow "DS 4711 8 2 ": "was made as if key 4711 were RSASHA256 (8); it is …". */
	char text[DW_MISTAKE_TEXT_MAX];
};

/*
 * Explains each of `n_ds` records that match no key. The caller has tried dw_rules_ds_matches() on all keys
 * before. Sets one item of `mistakes` for each record. Returns how many digests were made.
 */
unsigned dw_mistake_find(const struct dw_mistake_question *question, const struct dw_ds_fact *ds,
	unsigned n_ds, struct dw_mistake *mistakes);

#endif
