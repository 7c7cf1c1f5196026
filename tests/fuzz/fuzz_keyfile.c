/*
 * Files of keys and of trust anchors, from bytes: the input is read as both. What is taken is a record that
 * can be written and read as the same again; what is refused has a reason that names the file and is safe to
 * print.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns/crypto.h"
#include "dns/dsset.h"
#include "fuzz/target.h"
#include "text/anchorfile.h"
#include "text/keyfile.h"
#include "text/rdatatext.h"

#define NAME "file"
#define NOW  INT64_C(1795521600)

/* A refusal is one line that begins with the name of the file. */
static void require_reason(enum dw_status status, const struct dw_error *error)
{
	if (status == DW_OK)
		return;
	require(status == DW_INVALID && error->status == status);
	require(memchr(error->text, '\0', sizeof(error->text)) != NULL);
	require(strncmp(error->text, NAME ": ", strlen(NAME ": ")) == 0);
	for (const char *at = error->text; *at != '\0'; at++)
		require((unsigned char)*at >= ' ' && *at != 0x7f);
}

static void require_name(const struct dw_name *name)
{
	char text[DW_NAME_TEXT_MAX];
	struct dw_name again;

	require(dw_name_parse(dw_name_format(name, text), &again, NULL) == DW_OK);
	require(dw_name_equal(name, &again));
}

static void require_ds(const struct dw_ds_fact *ds)
{
	const unsigned wanted = dw_ds_digest_length(ds->digest_type);
	char text[DW_DS_TEXT_MAX];
	struct dw_ds_fact again;

	require(ds->digest_length > 0 && ds->digest_length <= DW_DS_DIGEST_MAX);
	/* A wrong length may be a mistake to explain, if enough is left of the digest. */
	require(wanted == 0 || ds->digest_length >= 8);
	require(dw_keyfile_ds(dw_ds_format(ds, text), &again, NULL) == DW_OK);
	require(dw_ds_equal(ds, &again));
}

static void require_record(const struct dw_keyfile_record *record, unsigned n_lines)
{
	const bool is_ds = record->type == DW_TYPE_DS || record->type == DW_TYPE_CDS;

	require(is_ds || record->type == DW_TYPE_DNSKEY || record->type == DW_TYPE_CDNSKEY);
	require(record->line >= 1 && record->line <= n_lines);
	if (record->owner.length > 0)
		require_name(&record->owner);
	require(is_ds == (record->rdata == NULL));
	if (is_ds) {
		require_ds(&record->ds);
		return;
	}
	struct dw_ds_fact made;
	const struct dw_octets rdata = {record->rdata, record->rdata_length};
	require(record->rdata_length > 4);
	require(dw_ds_make(&record->owner, rdata, DW_DIGEST_SHA256, &made) == DW_OK);
	require(dw_rdatatext_whole(&made, NULL) == DW_OK);
	require_ds(&made);
}

static unsigned count_lines(const uint8_t *data, size_t size)
{
	unsigned n = 1;

	for (size_t i = 0; i < size; i++)
		if (data[i] == '\n')
			n++;
	return n;
}

static void try_keys(const uint8_t *data, size_t size)
{
	struct dw_keyfile file = {0};
	struct dw_error error = {0};
	enum dw_status status = dw_keyfile_parse((const char *)data, size, NAME, &file, &error);

	require_reason(status, &error);
	require(status != DW_OK || file.n_records > 0);
	require(file.n_records <= DW_KEYFILE_RECORDS_MAX);
	for (unsigned i = 0; i < file.n_records; i++)
		require_record(&file.records[i], count_lines(data, size));
	dw_keyfile_fini(&file);
}

static void try_anchors(const uint8_t *data, size_t size)
{
	struct dw_anchors anchors = {0};
	struct dw_error error = {0};
	enum dw_status status = dw_anchorfile_parse((const char *)data, size, NAME, NOW, &anchors, &error);

	require_reason(status, &error);
	require(status != DW_OK || anchors.n_anchors > 0);
	require(anchors.n_anchors <= DW_ANCHORS_MAX);
	for (unsigned i = 0; i < anchors.n_anchors; i++) {
		require_name(&anchors.items[i].zone);
		require_ds(&anchors.items[i].ds);
		/* What is trusted has a whole digest. */
		require(dw_rdatatext_whole(&anchors.items[i].ds, NULL) == DW_OK);
	}
}

/* A text without NUL is also what a user may type for the four fields. */
static void try_fields(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct dw_ds_fact ds;

	require(text != NULL);
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	if (dw_keyfile_ds(text, &ds, NULL) == DW_OK)
		require_ds(&ds);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char empty[1] = "";

	if (data == NULL)
		data = (const uint8_t *)empty;
	require(dw_crypto_init(false, NULL) == DW_OK);
	try_keys(data, size);
	try_anchors(data, size);
	try_fields(data, size);
	return 0;
}
