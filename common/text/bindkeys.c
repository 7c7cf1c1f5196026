#include "text/bindkeys.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "dns/wire.h"

/* Signs that are words by themselves. */
static const char signs[] = "{};";

/* What a word may be: a sign, a word, a quoted text, or the end. */
enum kind { KIND_END, KIND_SIGN, KIND_WORD };

struct word {
	enum kind kind;
	const char *text; /* of a quoted text, what is within the quotes */
	size_t length;
};

/* Moves on to `to`, and counts the lines. */
static void move(struct dw_bindkeys *keys, const char *to)
{
	for (; keys->at < to; keys->at++)
		if (*keys->at == '\n')
			keys->line++;
}

/* The end of the comment that begins at `at`; `at` itself when none does. */
static const char *skip_comment(const char *at)
{
	if (*at == '#' || strncmp(at, "//", 2) == 0)
		return at + strcspn(at, "\n");
	if (strncmp(at, "/*", 2) != 0)
		return at;
	const char *end = strstr(at + 2, "*/");
	return end != NULL ? end + 2 : at + strlen(at);
}

static void skip_blanks(struct dw_bindkeys *keys)
{
	const char *before;

	do {
		before = keys->at;
		move(keys, keys->at + strspn(keys->at, " \t\r\n"));
		move(keys, skip_comment(keys->at));
	} while (keys->at != before);
}

static enum dw_status next(struct dw_bindkeys *keys, struct word *word, struct dw_error *error)
{
	skip_blanks(keys);
	*word = (struct word){.kind = KIND_WORD, .text = keys->at};
	if (*keys->at == '\0') {
		word->kind = KIND_END;
	} else if (strchr(signs, *keys->at) != NULL) {
		word->kind = KIND_SIGN;
		word->length = 1;
	} else if (*keys->at == '"') {
		word->text++;
		word->length = strcspn(word->text, "\"");
		if (word->text[word->length] == '\0')
			return dw_fail(error, DW_INVALID, "a quote is opened and never closed");
		move(keys, word->text + word->length + 1);
		return DW_OK;
	} else {
		word->length = strcspn(keys->at, " \t\r\n\"{};#");
	}
	move(keys, keys->at + word->length);
	return DW_OK;
}

static bool is(const struct word *word, const char *text)
{
	return strlen(text) == word->length && strncasecmp(word->text, text, word->length) == 0;
}

static bool is_statement(const struct word *word)
{
	return is(word, "trust-anchors") || is(word, "managed-keys") || is(word, "trusted-keys");
}

bool dw_bindkeys_begins(const char *text)
{
	struct dw_bindkeys keys = {.at = text, .line = 1};
	struct word word;

	return next(&keys, &word, NULL) == DW_OK && word.kind == KIND_WORD && is_statement(&word);
}

/* What was read where something else is wanted. */
static enum dw_status refuse(const struct word *word, const char *wanted, struct dw_error *error)
{
	if (word->kind == KIND_END)
		return dw_fail(error, DW_INVALID, "the text ends where %s is wanted", wanted);
	return dw_fail(error, DW_INVALID, "'%.*s' where %s is wanted", word->length < 40 ? (int)word->length : 40,
		word->text, wanted);
}

static enum dw_status want(struct dw_bindkeys *keys, const char *sign, struct dw_error *error)
{
	struct word word;
	enum dw_status status = next(keys, &word, error);

	if (status != DW_OK)
		return status;
	return word.kind == KIND_SIGN && is(&word, sign) ? DW_OK : refuse(&word, sign, error);
}

/* Opens the next statement; DW_NOT_FOUND at the end of the text. */
static enum dw_status open_statement(struct dw_bindkeys *keys, struct dw_error *error)
{
	struct word word;
	enum dw_status status = next(keys, &word, error);

	if (status != DW_OK)
		return status;
	if (word.kind == KIND_END)
		return DW_NOT_FOUND;
	if (word.kind != KIND_WORD || !is_statement(&word))
		return refuse(&word, "trust-anchors, managed-keys or trusted-keys", error);
	keys->untyped = is(&word, "trusted-keys");
	keys->open = true;
	return want(keys, "{", error);
}

static bool copy(const struct word *word, char *text, size_t size)
{
	if (word->length >= size)
		return false;
	memcpy(text, word->text, word->length);
	text[word->length] = '\0';
	return true;
}

/* Appends the words up to the semicolon to the fields. */
static enum dw_status read_fields(
	struct dw_bindkeys *keys, struct dw_bindkeys_entry *entry, struct dw_error *error)
{
	size_t length = 0;
	struct word word;

	entry->fields[0] = '\0';
	for (;;) {
		enum dw_status status = next(keys, &word, error);
		if (status != DW_OK)
			return status;
		if (word.kind == KIND_SIGN && is(&word, ";"))
			return DW_OK;
		if (word.kind != KIND_WORD)
			return refuse(&word, ";", error);
		if (length > 0)
			entry->fields[length++] = ' ';
		if (!copy(&word, entry->fields + length, sizeof(entry->fields) - 1 - length))
			return dw_fail(error, DW_INVALID, "an entry of more than %d octets", DW_BINDKEYS_FIELDS_MAX);
		length += word.length;
	}
}

/* "initial-key", "static-ds" and the like. */
static enum dw_status read_type(struct dw_bindkeys *keys, uint16_t *type, struct dw_error *error)
{
	struct word word;
	enum dw_status status = next(keys, &word, error);

	if (status != DW_OK)
		return status;
	if (is(&word, "initial-key") || is(&word, "static-key"))
		*type = DW_TYPE_DNSKEY;
	else if (is(&word, "initial-ds") || is(&word, "static-ds"))
		*type = DW_TYPE_DS;
	else
		return refuse(&word, "initial-key, static-key, initial-ds or static-ds", error);
	return DW_OK;
}

static enum dw_status read_entry(struct dw_bindkeys *keys, const struct word *owner,
	struct dw_bindkeys_entry *entry, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	if (owner->kind != KIND_WORD || owner->length == 0)
		return refuse(owner, "a name or }", error);
	entry->line = keys->line;
	if (!copy(owner, entry->owner, sizeof(entry->owner)))
		return dw_fail(error, DW_INVALID, "a name of more than %d characters", DW_NAME_TEXT_MAX);
	entry->type = DW_TYPE_DNSKEY;
	if (!keys->untyped)
		status = read_type(keys, &entry->type, error);
	return status == DW_OK ? read_fields(keys, entry, error) : status;
}

enum dw_status dw_bindkeys_next(
	struct dw_bindkeys *keys, struct dw_bindkeys_entry *entry, struct dw_error *error)
{
	struct word word;

	for (;;) {
		enum dw_status status = keys->open ? DW_OK : open_statement(keys, error);
		if (status == DW_OK)
			status = next(keys, &word, error);
		if (status != DW_OK)
			return status;
		if (word.kind != KIND_SIGN || !is(&word, "}"))
			return read_entry(keys, &word, entry, error);
		keys->open = false;
		status = want(keys, ";", error);
		if (status != DW_OK)
			return status;
	}
}
