/*
 * authority: a signed zone served in process: answers as an authoritative server gives them.
 *
 * The zone is lines of zone format with absolute names, class and TTL ("www.example.org. 3600 IN A
 * 192.0.2.1"), one RRset in neighbouring lines. It is signed with a KSK and a ZSK and proves absence by
 * NSEC; a test then spoils it. Aliases, wildcards, and delegations with and without DS are followed.
 * What ldns does not take ends the program.
 */
#ifndef DW_TESTS_SUPPORT_AUTHORITY_H
#define DW_TESTS_SUPPORT_AUTHORITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/query.h"
#include "support/message.h"
#include "support/signer.h"

#define DW_AUTHORITY_RRSETS_MAX 64

/* How the server behaves; zero is as it should. */
struct dw_authority_manners {
	bool no_edns;   /* answers without OPT, and so without anything of DNSSEC */
	bool no_do;     /* answers with OPT, but as if DO were not set */
	bool no_proof;  /* leaves NSEC out */
	uint16_t rcode; /* answers everything with this code, and nothing else */
	bool lame;      /* is not authoritative */
	bool shows_ns;  /* puts the NS RRset beside a positive answer of the child */
};

struct dw_authority_rrset {
	struct dw_name owner;
	uint16_t type;
	char *records;
	char *rrsigs;
};

struct dw_authority {
	const char *zone; /* "example.org." */
	struct dw_signer *ksk, *zsk;
	struct dw_authority_manners manners;
	struct dw_authority *child; /* a zone below that the same server has; NULL for none. Owned */
	unsigned n_rrsets;
	struct dw_authority_rrset rrsets[DW_AUTHORITY_RRSETS_MAX];
};

/* Signs a zone, valid around DW_SIGNER_NOW. Release with dw_authority_free(). */
struct dw_authority *dw_authority_new(const char *zone, const char *records);

/*
 * Another server of the same zone: signs records with the keys of the first. Release with
 * dw_authority_free().
 */
struct dw_authority *dw_authority_second(const struct dw_authority *first, const char *records);

/* Releases a zone; NULL is fine. */
void dw_authority_free(struct dw_authority *authority);

/* The RRset "www.example.org A" of the zone. */
struct dw_authority_rrset *dw_authority_rrset(struct dw_authority *authority, const char *rrset);

/* The RRset of an owner and type; NULL when there is none. */
struct dw_authority_rrset *dw_authority_find(
	const struct dw_authority *authority, const struct dw_name *owner, uint16_t type);

/* The NS RRset of the delegation at or above a name; NULL when there is none. */
const struct dw_authority_rrset *dw_authority_cut(
	const struct dw_authority *authority, const struct dw_name *name);

/* Signs an RRset again by other terms; with `terms` NULL it loses its signatures. */
void dw_authority_resign(
	struct dw_authority *authority, const char *rrset, const struct dw_signer_terms *terms);

/* Signs everything again by other terms; with NULL the zone loses all signatures, DNSKEY and NSEC records. */
void dw_authority_resign_all(struct dw_authority *authority, const struct dw_signer_terms *terms);

/* Writes the answer to a question, and returns its length. */
size_t dw_authority_answer(
	const struct dw_authority *authority, const struct dw_question *question, uint8_t wire[DW_MESSAGE_MAX]);

#endif
