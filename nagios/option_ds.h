/*
 * option_ds: reads what options say of DS records: the records, and their digest types.
 *
 * Part of option (see there). Functions are pure, and may be called from any thread.
 */
#ifndef DW_NAGIOS_OPTION_DS_H
#define DW_NAGIOS_OPTION_DS_H

#include "option.h"

/*
 * Adds "TAG ALG TYPE DIGEST" to a list. DW_INVALID says which field does not fit, DW_LIMIT that it is full.
 */
DW_MUST_CHECK enum dw_status dw_option_ds(const char *text, struct dw_ds_list *list, struct dw_error *error);

/*
 * Reads digest types, by number or name ("1,sha-256"), in place of those of the list; NULL is SHA-256.
 * DW_INVALID for a type that cannot be made here.
 */
DW_MUST_CHECK enum dw_status dw_option_digests(
	const char *text, struct dw_digest_list *list, struct dw_error *error);

#endif
