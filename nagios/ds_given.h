/*
 * ds_given: the DS set that a user gives on the command line and in a file, sorted out for a zone.
 *
 * A DS or CDS record counts as it is; a DNSKEY or CDNSKEY as its SHA-256 DS, but one without the SEP flag
 * only when there is nothing else. Every key may be what a DS was made of. Records with another owner belong
 * to another zone.
 *
 * Functions are pure. A result points into the file it was made from, which must stay.
 */
#ifndef DW_NAGIOS_DS_GIVEN_H
#define DW_NAGIOS_DS_GIVEN_H

#include "option.h"

#include "dns/delegation_judge.h"
#include "text/keyfile.h"

/* What there is for one zone. */
struct dw_ds_given {
	unsigned n_ds; /* sorted, none twice */
	struct dw_ds_fact ds[DW_DS_MAX];
	unsigned n_keys;
	struct dw_octets keys[DW_KEYFILE_RECORDS_MAX];
	unsigned n_strays;
	struct dw_delegation_stray strays[DW_STRAYS_MAX];
	const struct dw_name *typed; /* an owner in other letters than small ones, or NULL */
};

/*
 * Sorts out what is for `zone`. Records of another one of `zones` are passed over. DW_LIMIT for more than
 * DW_DS_MAX records of a zone, DW_INVALID for a request to delete the DS set.
 */
DW_MUST_CHECK enum dw_status dw_ds_given_sort(const struct dw_ds_list *list, const struct dw_keyfile *file,
	const struct dw_zone_list *zones, const struct dw_name *zone, struct dw_ds_given *given,
	struct dw_error *error);

#endif
