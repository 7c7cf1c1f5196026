/*
 * rrset: the RRsets of a message, their signatures, and their canonical form (RFC 4034 6).
 *
 * An RRset here is a view: it points at records of a message that must stay. Duplicates are left
 * out (RFC 4034 6.3), of signatures too. The canonical form of RDATA expands compressed names, and makes
 * names small in the types that RFC 4034 6.2 lists as corrected by RFC 6840 5.1 (NSEC and HINFO not, RRSIG
 * yes).
 *
 * Functions are pure, and may be called from any thread.
 */
#ifndef DW_DNS_RRSET_H
#define DW_DNS_RRSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/wire.h"

#define DW_RRSET_RECORDS_MAX    512 /* records of one RRset that are looked at */
#define DW_RRSET_SIGNATURES_MAX 8   /* signatures of one RRset that are looked at */

struct dw_rrset {
	const struct dw_message *message;
	struct dw_name owner; /* as its first record has it */
	uint16_t type;
	uint16_t rr_class;
	uint8_t section;    /* enum dw_section: where it stands */
	uint32_t ttl;       /* the smallest of its records, seconds */
	unsigned n_records; /* duplicates left out */
	unsigned n_signatures;
	unsigned n_signatures_left;             /* signatures beyond DW_RRSET_SIGNATURES_MAX, not looked at */
	bool too_many;                          /* more than DW_RRSET_RECORDS_MAX records: cannot be verified */
	uint16_t records[DW_RRSET_RECORDS_MAX]; /* indices into message->records, canonical order */
	uint16_t signatures[DW_RRSET_SIGNATURES_MAX]; /* RRSIGs of the same owner that cover `type` */
};

/*
 * Collects the RRset of `owner` and `type` in class IN from one section, with the RRSIGs there that
 * cover it. False when the section has no such record (signatures alone do not make an RRset).
 */
bool dw_rrset_find(const struct dw_message *message, enum dw_section section, const struct dw_name *owner,
	uint16_t type, struct dw_rrset *rrset);

/*
 * Collects the RRset that the record `at` (an index into message->records) begins; false when the
 * record is an RRSIG or an earlier record of its section belongs to the same RRset. Walking all
 * indices meets every RRset once.
 */
bool dw_rrset_at(const struct dw_message *message, unsigned at, struct dw_rrset *rrset);

/*
 * Writes the canonical RDATA of a record and sets `length`. DW_MALFORMED when names in it do not parse, or
 * the RDATA of a type with names is too short or too long for it, DW_LIMIT when `size` octets are not enough.
 */
DW_MUST_CHECK enum dw_status dw_rdata_canonical(
	const struct dw_message *message, const struct dw_rr *rr, uint8_t *octets, size_t size, size_t *length);

#endif
