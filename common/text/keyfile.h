/*
 * keyfile: DS, CDS, DNSKEY and CDNSKEY records as tools and registrars write them.
 *
 * Taken are zone file lines (RFC 1035 5, RFC 4034 2.2 and 5.3) with and without TTL, class, owner and
 * trailing dot, with parentheses, comments and spaces within the last field, in either case: BIND (`K*.key`,
 * `dsset-*`), NSD/ldns (`*.ds`, `*.key`), Knot (`keymgr ds`, `keymgr dnskey`), OpenDNSSEC (`key export`),
 * PowerDNS (`show-zone`, `export-zone-dnskey`), and the four fields of a DS alone, also with names before
 * them as registrars' forms show them. Lines of these tools that are no records are passed over; any other
 * line is an error, which names file, line and what is wrong with it.
 *
 * dw_keyfile_read() blocks on the file. Functions belong to the caller's thread.
 */
#ifndef DW_TEXT_KEYFILE_H
#define DW_TEXT_KEYFILE_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/name.h"
#include "dns/dsset.h"

#define DW_KEYFILE_RECORDS_MAX 256
#define DW_KEYFILE_SIZE_MAX    (1 << 20) /* octets of a file */

/* One record. */
struct dw_keyfile_record {
	uint16_t type;         /* DW_TYPE_DS, _CDS, _DNSKEY or _CDNSKEY */
	struct dw_name owner;  /* as written, case kept; length 0 when none was */
	unsigned line;         /* counts from 1; the line where the record begins */
	struct dw_ds_fact ds;  /* of DS and CDS */
	uint8_t *rdata;        /* of DNSKEY and CDNSKEY, whole; owned by the file; else NULL */
	uint16_t rdata_length; /* octets of it */
};

/* Zero-initialised it is empty. Release with dw_keyfile_fini(). */
struct dw_keyfile {
	unsigned n_records;
	unsigned n_allocated;
	struct dw_keyfile_record *records;
};

/*
 * Adds the records of a text of `length` octets; `name` stands for the file in error texts. DW_INVALID for a
 * line that is no record, a digest of less than 8 octets, more than DW_KEYFILE_RECORDS_MAX, or no
 * record at all. DW_SYSTEM without memory. What was added before an error stays.
 */
DW_MUST_CHECK enum dw_status dw_keyfile_parse(
	const char *text, size_t length, const char *name, struct dw_keyfile *file, struct dw_error *error);

/* The same with the file at `path`, "-" for standard input. DW_SYSTEM when it cannot be read. */
DW_MUST_CHECK enum dw_status dw_keyfile_read(
	const char *path, struct dw_keyfile *file, struct dw_error *error);

/*
 * Reads the four fields of a DS, "TAG ALG TYPE DIGEST"; spaces in the digest are fine, the algorithm may be
 * a mnemonic. DW_INVALID says which field does not fit.
 */
DW_MUST_CHECK enum dw_status dw_keyfile_ds(const char *text, struct dw_ds_fact *ds, struct dw_error *error);

/* Releases the records and leaves the file empty. */
void dw_keyfile_fini(struct dw_keyfile *file);

#endif
