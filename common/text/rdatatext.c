#include "text/rdatatext.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "dns/octets.h"
#include "text/keyword.h"

/* Octets of a DS before its digest, of a DNSKEY before its key. */
#define FRONT        4
#define DIGEST_LEAST 8 /* octets that tell one digest from another */

static const char blanks[] = " \t\r\n";

/* A text being read, field by field. */
struct fields {
	const char *at;
	char word[64]; /* the field that was read last; cut when it is longer */
};

const char *dw_rdatatext_word(const char *text, char *word, size_t size)
{
	text += strspn(text, blanks);
	const size_t length = strcspn(text, blanks);
	const size_t n = length < size ? length : size - 1;

	memcpy(word, text, n);
	word[n] = '\0';
	text += length;
	return text + strspn(text, blanks);
}

static enum dw_status next(struct fields *fields, const char *what, struct dw_error *error)
{
	fields->at = dw_rdatatext_word(fields->at, fields->word, sizeof(fields->word));
	if (fields->word[0] == '\0')
		return dw_fail(error, DW_INVALID, "no %s", what);
	return DW_OK;
}

static enum dw_status read_number(
	struct fields *fields, const char *what, unsigned most, unsigned *number, struct dw_error *error)
{
	enum dw_status status = next(fields, what, error);

	if (status != DW_OK)
		return status;
	if (!dw_keyword_number(fields->word, most, number))
		return dw_fail(
			error, DW_INVALID, "%s '%.40s' is not a number from 0 to %u", what, fields->word, most);
	return DW_OK;
}

typedef bool keyword_fn(const char *text, uint8_t *number);

static enum dw_status read_keyword(
	struct fields *fields, const char *what, keyword_fn *find, uint8_t *number, struct dw_error *error)
{
	enum dw_status status = next(fields, what, error);

	if (status != DW_OK)
		return status;
	if (!find(fields->word, number))
		return dw_fail(error, DW_INVALID, "%s '%.40s' is neither a number from 0 to 255 nor known by name",
			what, fields->word);
	return DW_OK;
}

/* Whether the text goes on with "\#", which is passed over. */
static bool is_generic(struct fields *fields)
{
	char word[4];
	const char *behind = dw_rdatatext_word(fields->at, word, sizeof(word));

	if (strcmp(word, "\\#") != 0)
		return false;
	fields->at = behind;
	return true;
}

static int hex_value(char character)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = character == '\0' ? NULL : strchr(digits, dw_lower((uint8_t)character));

	return found == NULL ? -1 : (int)(found - digits);
}

/* Whether a colon stands between two octets, as some forms write them. */
static bool is_between(const char *text, size_t n_digits)
{
	return *text == ':' && n_digits > 0 && n_digits % 2 == 0 && hex_value(text[1]) >= 0;
}

/* Hexadecimal up to the end, behind "0x" or not, blanks passed over. `what` is in the error texts. */
static enum dw_status read_hex(
	const char *text, const char *what, uint8_t *octets, size_t size, size_t *length, struct dw_error *error)
{
	size_t n_digits = 0;

	text += strspn(text, blanks);
	if (text[0] == '0' && dw_lower((uint8_t)text[1]) == 'x')
		text += 2;
	for (; *text != '\0'; text++) {
		const int value = hex_value(*text);
		if (strchr(blanks, *text) != NULL || is_between(text, n_digits))
			continue;
		if (value < 0)
			return dw_fail(error, DW_INVALID, "%s is not hexadecimal at '%.20s'", what, text);
		if (n_digits / 2 >= size)
			return dw_fail(error, DW_INVALID, "%s is longer than %zu octets", what, size);
		octets[n_digits / 2] = (uint8_t)(n_digits % 2 == 0 ? value << 4 : octets[n_digits / 2] | value);
		n_digits++;
	}
	if (n_digits % 2 != 0)
		return dw_fail(error, DW_INVALID, "%s has an odd number of hexadecimal digits, %zu", what, n_digits);
	*length = n_digits / 2;
	return DW_OK;
}

/* "LENGTH HEX" behind "\#". */
static enum dw_status read_generic(
	struct fields *fields, uint8_t *octets, size_t size, size_t *length, struct dw_error *error)
{
	unsigned said = 0;
	enum dw_status status = read_number(fields, "length", UINT16_MAX, &said, error);

	if (status == DW_OK)
		status = read_hex(fields->at, "RDATA", octets, size, length, error);
	if (status == DW_OK && *length != said)
		status = dw_fail(error, DW_INVALID, "RDATA has %zu octets where %u are said", *length, said);
	if (status == DW_OK && *length <= FRONT)
		status = dw_fail(error, DW_INVALID, "RDATA of %zu octets is too short", *length);
	return status;
}

static enum dw_status read_generic_ds(struct fields *fields, struct dw_ds_fact *ds, struct dw_error *error)
{
	uint8_t octets[FRONT + DW_DS_DIGEST_MAX];
	size_t length = 0;
	enum dw_status status = read_generic(fields, octets, sizeof(octets), &length, error);

	if (status != DW_OK)
		return status;
	*ds = (struct dw_ds_fact){.key_tag = dw_read16(octets),
		.algorithm = octets[2],
		.digest_type = octets[3],
		.digest_length = (uint8_t)(length - FRONT)};
	memcpy(ds->digest, octets + FRONT, ds->digest_length);
	return DW_OK;
}

static enum dw_status read_ds(struct fields *fields, struct dw_ds_fact *ds, struct dw_error *error)
{
	unsigned tag = 0;
	size_t length = 0;
	enum dw_status status = read_number(fields, "key tag", UINT16_MAX, &tag, error);

	ds->key_tag = (uint16_t)tag;
	if (status == DW_OK)
		status = read_keyword(fields, "algorithm", dw_keyword_algorithm, &ds->algorithm, error);
	if (status == DW_OK)
		status = read_keyword(fields, "digest type", dw_keyword_digest_type, &ds->digest_type, error);
	if (status == DW_OK)
		status = read_hex(fields->at, "digest", ds->digest, sizeof(ds->digest), &length, error);
	ds->digest_length = (uint8_t)length;
	return status;
}

enum dw_status dw_rdatatext_whole(const struct dw_ds_fact *ds, struct dw_error *error)
{
	const unsigned wanted = dw_ds_digest_length(ds->digest_type);
	char type[DW_DIGEST_TYPE_TEXT_MAX];

	if (wanted == 0 || ds->digest_length == wanted)
		return DW_OK;
	return dw_fail(error, DW_INVALID, "digest has %u octets, and one of %s has %u", ds->digest_length,
		dw_ds_digest_text(ds->digest_type, type), wanted);
}

/*
 * Whether the digest has octets at all, and not so few that nothing can be said of it: one that was cut,
 * padded or mislabelled is for a judge to explain.
 */
static enum dw_status check_digest(const struct dw_ds_fact *ds, struct dw_error *error)
{
	if (ds->digest_length == 0)
		return dw_fail(error, DW_INVALID, "no digest");
	return ds->digest_length < DIGEST_LEAST ? dw_rdatatext_whole(ds, error) : DW_OK;
}

enum dw_status dw_rdatatext_ds(const char *text, struct dw_ds_fact *ds, struct dw_error *error)
{
	struct fields fields = {.at = text};
	struct dw_ds_fact found = {0};
	enum dw_status status =
		is_generic(&fields) ? read_generic_ds(&fields, &found, error) : read_ds(&fields, &found, error);

	if (status == DW_OK)
		status = check_digest(&found, error);
	if (status == DW_OK)
		*ds = found;
	return status;
}

static int base64_value(char character)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = character == '\0' ? NULL : strchr(alphabet, character);

	return found == NULL ? -1 : (int)(found - alphabet);
}

/* Whether nothing but `n` signs of padding, 2 at most, and blanks follow. */
static bool is_padding(const char *text, size_t n)
{
	size_t n_signs = 0;

	for (; *text != '\0'; text++) {
		if (*text == '=')
			n_signs++;
		else if (strchr(blanks, *text) == NULL)
			return false;
	}
	return n_signs == n && n <= 2;
}

/* Base64 up to the end (RFC 4648 4), blanks passed over, into room for three quarters of the characters. */
static enum dw_status read_base64(const char *text, uint8_t *octets, size_t *length, struct dw_error *error)
{
	uint32_t bits = 0;
	size_t n_characters = 0;

	*length = 0;
	for (; *text != '\0' && *text != '='; text++) {
		const int value = base64_value(*text);
		if (strchr(blanks, *text) != NULL)
			continue;
		if (value < 0)
			return dw_fail(error, DW_INVALID, "public key is not base64 at '%.20s'", text);
		bits = bits << 6 | (uint32_t)value;
		if (n_characters++ % 4 != 0)
			octets[(*length)++] = (uint8_t)(bits >> (6 - 2 * ((n_characters - 1) % 4)));
	}
	if (n_characters == 0)
		return dw_fail(error, DW_INVALID, "no public key");
	if (!is_padding(text, (4 - n_characters % 4) % 4))
		return dw_fail(error, DW_INVALID,
			"public key is not base64: it does not end as a text of %zu characters does", n_characters);
	return DW_OK;
}

static enum dw_status read_key(struct fields *fields, uint8_t *octets, size_t *length, struct dw_error *error)
{
	unsigned flags = 0, protocol = 0;
	enum dw_status status = read_number(fields, "flags", UINT16_MAX, &flags, error);

	if (status == DW_OK)
		status = read_number(fields, "protocol", UINT8_MAX, &protocol, error);
	if (status == DW_OK)
		status = read_keyword(fields, "algorithm", dw_keyword_algorithm, &octets[3], error);
	if (status != DW_OK)
		return status;
	dw_put16(octets, flags);
	octets[2] = (uint8_t)protocol;
	status = read_base64(fields->at, octets + FRONT, length, error);
	*length += FRONT;
	return status;
}

enum dw_status dw_rdatatext_key(const char *text, uint8_t **rdata, uint16_t *length, struct dw_error *error)
{
	struct fields fields = {.at = text};
	const size_t size = FRONT + strlen(text);
	uint8_t *octets = malloc(size);
	size_t n = 0;

	if (octets == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a key of %zu characters", strlen(text));
	enum dw_status status = is_generic(&fields) ? read_generic(&fields, octets, size, &n, error)
												: read_key(&fields, octets, &n, error);
	if (status == DW_OK && n > UINT16_MAX)
		status = dw_fail(error, DW_INVALID, "public key is longer than a record may be");
	if (status != DW_OK) {
		free(octets);
		return status;
	}
	*rdata = octets;
	*length = (uint16_t)n;
	return DW_OK;
}
