#include "option_ds.h"

#include <string.h>

#include "text/keyfile.h"

enum dw_status dw_option_ds(const char *text, struct dw_ds_list *list, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	if (list->n_ds == DW_DS_MAX)
		return dw_fail(error, DW_LIMIT, "more than %d DS records", DW_DS_MAX);
	status = dw_keyfile_ds(text, &list->items[list->n_ds], error);
	if (status == DW_OK)
		list->n_ds++;
	return status;
}

static const struct {
	const char *number, *name;
	uint8_t type;
} digests[DW_DIGEST_LIST_MAX] = {{"1", "sha-1", 1}, {"2", "sha-256", 2}, {"4", "sha-384", 4}};

/* The place in the table of a word of `length`; DW_DIGEST_LIST_MAX for none. */
static size_t find(const char *word, size_t length)
{
	size_t at = 0;

	while (at < DW_DIGEST_LIST_MAX &&
		(strlen(digests[at].number) != length || strncmp(digests[at].number, word, length) != 0) &&
		(strlen(digests[at].name) != length || strncasecmp(digests[at].name, word, length) != 0))
		at++;
	return at;
}

enum dw_status dw_option_digests(const char *text, struct dw_digest_list *list, struct dw_error *error)
{
	bool wanted[DW_DIGEST_LIST_MAX] = {false};
	const char *at = text == NULL ? "2" : text;

	for (;;) {
		const size_t length = strcspn(at, ",");
		const size_t found = find(at, length);

		if (found == DW_DIGEST_LIST_MAX)
			return dw_fail(error, DW_INVALID,
				"'%.40s' is no list of digest types: 1 (SHA-1), 2 (SHA-256), "
				"4 (SHA-384)",
				text);
		wanted[found] = true;
		if (at[length] == '\0')
			break;
		at += length + 1;
	}
	list->n_types = 0;
	for (size_t i = 0; i < DW_DIGEST_LIST_MAX; i++)
		if (wanted[i])
			list->types[list->n_types++] = digests[i].type;
	return DW_OK;
}
