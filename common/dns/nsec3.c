#include "dns/nsec3.h"

#include <string.h>

#include "dns/crypto.h"
#include "dns/rdata.h"
#include "dns/typeset.h"

#define HASH_SHA1    1
#define HASH_TEXT    32 /* octets of a hash in base32hex */
#define FLAG_OPT_OUT 1

typedef uint8_t hash_octets[DW_NSEC3_HASH_MAX];

/* From the hash of one name that exists to the next one, and what is at the first. */
struct span {
	hash_octets owner;
	const uint8_t *next;
	bool opt_out;
	struct dw_typeset types;
};

struct chain {
	struct dw_name zone;
	bool unknown_hash;   /* a record had another hash algorithm */
	bool unlike;         /* parameters differ */
	uint16_t iterations; /* the largest */
	struct dw_octets salt;
	unsigned n_spans;
	struct span spans[DW_DENIAL_RECORDS_MAX];
};

/* The value of a digit of base32hex (RFC 4648 7), or -1. */
static int digit(uint8_t octet)
{
	if (octet >= '0' && octet <= '9')
		return octet - '0';
	octet |= 0x20;
	return octet >= 'a' && octet <= 'v' ? octet - 'a' + 10 : -1;
}

/* Reads the hash that is the first label of an owner; false when it is none. */
static bool read_hash(const struct dw_name *owner, hash_octets hash)
{
	uint32_t bits = 0;
	unsigned n_bits = 0;

	if (owner->wire[0] != HASH_TEXT)
		return false;
	for (unsigned i = 1; i <= HASH_TEXT; i++) {
		int value = digit(owner->wire[i]);
		if (value < 0)
			return false;
		bits = bits << 5 | (uint32_t)value;
		n_bits += 5;
		if (n_bits >= 8) {
			n_bits -= 8;
			*hash++ = (uint8_t)(bits >> n_bits);
		}
	}
	return true;
}

/* Whether the owner is the name of a hash directly below the zone (RFC 5155 3). */
static bool read_owner(const struct dw_denial_records *records, const struct dw_rr *rr, hash_octets hash)
{
	struct dw_name owner;

	dw_message_owner(records->message, rr, &owner);
	return dw_name_within(&owner, &records->zone) &&
		dw_name_labels(&owner) == dw_name_labels(&records->zone) + 1 && read_hash(&owner, hash);
}

/* Takes the parameters of the first record, and compares those of the others (RFC 5155 8.2). */
static void take_parameters(struct chain *chain, const struct dw_nsec3 *nsec3)
{
	struct dw_octets salt = {nsec3->salt, nsec3->salt_length};

	if (chain->n_spans == 0) {
		chain->iterations = nsec3->iterations;
		chain->salt = salt;
		return;
	}
	chain->unlike |= chain->iterations != nsec3->iterations || chain->salt.length != salt.length ||
		memcmp(chain->salt.octets, salt.octets, salt.length) != 0;
	if (nsec3->iterations > chain->iterations)
		chain->iterations = nsec3->iterations;
}

/* Adds one record to the chain, unless RFC 5155 8.1 and 8.2 want it ignored. */
static void add_span(const struct dw_denial_records *records, const struct dw_rr *rr, struct chain *chain)
{
	struct span *span = &chain->spans[chain->n_spans];
	struct dw_nsec3 nsec3;

	if (rr->type != DW_TYPE_NSEC3 || dw_nsec3_read(rr, &nsec3) != DW_OK)
		return;
	if (nsec3.hash_algorithm != HASH_SHA1) {
		chain->unknown_hash = true;
		return;
	}
	if ((nsec3.flags & ~FLAG_OPT_OUT) != 0 || nsec3.next_length != DW_NSEC3_HASH_MAX ||
		!read_owner(records, rr, span->owner))
		return;
	take_parameters(chain, &nsec3);
	span->next = nsec3.next;
	span->opt_out = nsec3.flags & FLAG_OPT_OUT;
	span->types = (struct dw_typeset){nsec3.types, nsec3.types_length};
	chain->n_spans++;
}

static void read_chain(const struct dw_denial_records *records, struct chain *chain)
{
	chain->zone = records->zone;
	chain->unknown_hash = chain->unlike = false;
	chain->iterations = 0;
	chain->salt = (struct dw_octets){NULL, 0};
	chain->n_spans = 0;
	for (unsigned i = 0; i < records->n_records && i < DW_DENIAL_RECORDS_MAX; i++)
		add_span(records, records->records[i], chain);
}

/* Why nothing can be concluded from the chain, or DW_DENIAL_NAME_ERROR when something can. */
static enum dw_denial_result check_chain(const struct chain *chain)
{
	if (chain->n_spans == 0)
		return chain->unknown_hash ? DW_DENIAL_UNKNOWN_HASH : DW_DENIAL_NO_RECORDS;
	if (chain->iterations > DW_NSEC3_ITERATIONS_MAX)
		return DW_DENIAL_ITERATIONS;
	return chain->unlike ? DW_DENIAL_PARAMETERS_DIFFER : DW_DENIAL_NAME_ERROR;
}

/* Hashes a name; false when SHA-1 cannot be had. */
static bool hash_name(const struct chain *chain, const struct dw_name *name, hash_octets hash)
{
	struct dw_name canonical = *name;

	dw_name_lower(&canonical);
	struct dw_octets octets = {canonical.wire, canonical.length};
	return dw_nsec3_hash(octets, chain->salt, chain->iterations, hash) == DW_OK;
}

static const struct span *find_match(const struct chain *chain, const hash_octets hash)
{
	for (unsigned i = 0; i < chain->n_spans; i++) {
		if (memcmp(chain->spans[i].owner, hash, DW_NSEC3_HASH_MAX) == 0)
			return &chain->spans[i];
	}
	return NULL;
}

/* Whether a hash lies between both ends; the last span goes round. */
static bool covers(const struct span *span, const hash_octets hash)
{
	bool behind = memcmp(span->owner, hash, DW_NSEC3_HASH_MAX) < 0;
	bool before = memcmp(hash, span->next, DW_NSEC3_HASH_MAX) < 0;
	bool last = memcmp(span->next, span->owner, DW_NSEC3_HASH_MAX) <= 0;

	if (memcmp(span->owner, hash, DW_NSEC3_HASH_MAX) == 0)
		return false;
	return last ? behind || before : behind && before;
}

/* What covers a hash; of several, one that is not opt-out proves more. */
static const struct span *find_cover(const struct chain *chain, const hash_octets hash)
{
	const struct span *cover = NULL;

	for (unsigned i = 0; i < chain->n_spans; i++) {
		if (covers(&chain->spans[i], hash) && (cover == NULL || cover->opt_out))
			cover = &chain->spans[i];
	}
	return cover;
}

static const struct span *match_name(const struct chain *chain, const struct dw_name *name)
{
	hash_octets hash;

	return hash_name(chain, name, hash) ? find_match(chain, hash) : NULL;
}

/* The closest encloser proof (RFC 5155 8.3) of a name that no record matches. */
struct encloser {
	unsigned labels;          /* of the closest encloser */
	const struct span *cover; /* of the next closer name */
};

/* DW_DENIAL_NAME_ERROR when the proof is there, else what it lacks. */
static enum dw_denial_result find_encloser(
	const struct chain *chain, const struct dw_name *name, struct encloser *encloser)
{
	unsigned labels = dw_name_labels(name), apex = dw_name_labels(&chain->zone);
	hash_octets hash, next_closer;

	if (!hash_name(chain, name, next_closer))
		return DW_DENIAL_UNKNOWN_HASH;
	while (labels-- > apex) {
		struct dw_name ancestor = dw_name_ancestor(name, labels);
		if (!hash_name(chain, &ancestor, hash))
			return DW_DENIAL_UNKNOWN_HASH;
		const struct span *match = find_match(chain, hash);
		if (match != NULL) {
			encloser->labels = labels;
			encloser->cover = find_cover(chain, next_closer);
			if (dw_typeset_closes(match->types))
				return DW_DENIAL_PARENT_SIDE;
			return encloser->cover == NULL ? DW_DENIAL_NAME_NOT_COVERED : DW_DENIAL_NAME_ERROR;
		}
		memcpy(next_closer, hash, sizeof(next_closer));
	}
	return DW_DENIAL_NAME_NOT_COVERED;
}

/* What is proven through an opt-out span is not proven secure (RFC 5155 9.2). */
static enum dw_denial_result through(const struct span *cover, enum dw_denial_result result)
{
	return cover->opt_out ? DW_DENIAL_OPT_OUT : result;
}

static enum dw_denial_result judge_name_error(const struct chain *chain, const struct dw_name *name)
{
	const struct span *match = match_name(chain, name);
	struct encloser encloser;
	hash_octets hash;

	if (match != NULL)
		return dw_typeset_no_name(match->types) ? DW_DENIAL_NAME_ERROR : DW_DENIAL_NAME_EXISTS;
	enum dw_denial_result result = find_encloser(chain, name, &encloser);
	if (result != DW_DENIAL_NAME_ERROR)
		return result;
	struct dw_name wildcard = dw_name_wildcard(name, encloser.labels);
	if (!hash_name(chain, &wildcard, hash) || find_cover(chain, hash) == NULL)
		return DW_DENIAL_WILDCARD_NOT_COVERED;
	return through(encloser.cover, DW_DENIAL_NAME_ERROR);
}

static enum dw_denial_result judge_no_data(
	const struct chain *chain, const struct dw_name *name, uint16_t type)
{
	const struct span *match = match_name(chain, name);
	struct encloser encloser;

	if (match != NULL && match->types.length == 0)
		return DW_DENIAL_EMPTY_NON_TERMINAL;
	if (match != NULL)
		return dw_typeset_no_data(match->types, name, type);
	enum dw_denial_result result = find_encloser(chain, name, &encloser);
	if (result != DW_DENIAL_NAME_ERROR)
		return result;
	struct dw_name wildcard = dw_name_wildcard(name, encloser.labels);
	match = match_name(chain, &wildcard);
	/* RFC 5155 8.6, and empty non-terminals of unsigned delegations alone (its erratum 3441). */
	if (match == NULL)
		return through(encloser.cover, DW_DENIAL_WILDCARD_NOT_COVERED);
	result = dw_typeset_no_data(match->types, &wildcard, type);
	return result == DW_DENIAL_NO_DATA ? through(encloser.cover, DW_DENIAL_WILDCARD_NO_DATA) : result;
}

/* RFC 5155 8.8: that the wildcard answered shows the closest encloser already. */
static enum dw_denial_result judge_wildcard(
	const struct chain *chain, const struct dw_name *name, unsigned labels)
{
	hash_octets hash;

	if (labels >= dw_name_labels(name))
		return DW_DENIAL_NAME_NOT_COVERED;
	struct dw_name next_closer = dw_name_ancestor(name, labels + 1);
	if (!hash_name(chain, &next_closer, hash))
		return DW_DENIAL_UNKNOWN_HASH;
	if (find_match(chain, hash) != NULL || match_name(chain, name) != NULL)
		return DW_DENIAL_NAME_EXISTS;
	const struct span *cover = find_cover(chain, hash);
	return cover == NULL ? DW_DENIAL_NAME_NOT_COVERED : through(cover, DW_DENIAL_WILDCARD_ANSWER);
}

static enum dw_denial_result judge_no_ds(const struct chain *chain, const struct dw_name *name)
{
	const struct span *match = match_name(chain, name);
	struct encloser encloser;

	if (match != NULL)
		return dw_typeset_no_ds(match->types, name);
	enum dw_denial_result result = find_encloser(chain, name, &encloser);
	if (result != DW_DENIAL_NAME_ERROR)
		return result;
	return through(encloser.cover, DW_DENIAL_NAME_NOT_COVERED);
}

static enum dw_denial_result judge(const struct chain *chain, enum dw_claim claim, const struct dw_name *name,
	uint16_t type, unsigned labels)
{
	switch (claim) {
	case DW_CLAIM_NXDOMAIN:
		return judge_name_error(chain, name);
	case DW_CLAIM_NODATA:
		return judge_no_data(chain, name, type);
	case DW_CLAIM_WILDCARD:
		return judge_wildcard(chain, name, labels);
	case DW_CLAIM_NO_DS:
		return judge_no_ds(chain, name);
	}
	return DW_DENIAL_NO_RECORDS;
}

struct dw_denial dw_nsec3_judge(const struct dw_denial_records *records, enum dw_claim claim,
	const struct dw_name *name, uint16_t type, unsigned labels)
{
	struct chain chain;

	read_chain(records, &chain);
	struct dw_denial denial = {
		.result = check_chain(&chain),
		.nsec3 = chain.n_spans > 0 || chain.unknown_hash,
		.iterations = chain.iterations,
		.salt_length = (uint8_t)chain.salt.length,
	};
	if (denial.result == DW_DENIAL_NAME_ERROR)
		denial.result = judge(&chain, claim, name, type, labels);
	denial.opt_out = denial.result == DW_DENIAL_OPT_OUT;
	return denial;
}
