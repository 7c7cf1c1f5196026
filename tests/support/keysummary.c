#include "support/keysummary.h"

#include <stdbool.h>
#include <stdio.h>

#include "dns/mnemonic.h"
#include "dns/rdata.h"

void dw_keysummary(const struct dw_keyfile *file, char text[DW_KEYSUMMARY_MAX])
{
	size_t length = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < file->n_records; i++) {
		const struct dw_keyfile_record *record = &file->records[i];
		const bool is_ds = record->rdata == NULL;
		char type[DW_TYPE_TEXT_MAX], owner[DW_NAME_TEXT_MAX] = "-";
		if (record->owner.length > 0)
			dw_name_format(&record->owner, owner);
		length += (size_t)snprintf(text + length, DW_KEYSUMMARY_MAX - length, "%s%s %.60s %u/%u/%u line %u",
			i > 0 ? "; " : "", dw_type_text(record->type, type), owner,
			is_ds ? record->ds.key_tag : dw_key_tag(record->rdata, record->rdata_length),
			is_ds ? record->ds.algorithm : record->rdata[3],
			is_ds ? record->ds.digest_type : (unsigned)(record->rdata[0] << 8 | record->rdata[1]),
			record->line);
	}
}
