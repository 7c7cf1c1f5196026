#include "text/keyline.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "dns/wire.h"
#include "text/keyword.h"
#include "text/rdatatext.h"
#include "text/rrtype.h"

/* Words that may stand before the fields: owner, TTL, class and type. */
#define FRONT_MAX 4

static const struct {
	const char *word;
	uint16_t type;
} types[] = {
	{"DS", DW_TYPE_DS},
	{"CDS", DW_TYPE_CDS},
	{"DNSKEY", DW_TYPE_DNSKEY},
	{"CDNSKEY", DW_TYPE_CDNSKEY},
	{"TYPE43", DW_TYPE_DS},
	{"TYPE59", DW_TYPE_CDS},
	{"TYPE48", DW_TYPE_DNSKEY},
	{"TYPE60", DW_TYPE_CDNSKEY},
};

/* The first words of an entry, and where what follows each begins. */
struct front {
	unsigned n_words;
	char words[FRONT_MAX][DW_NAME_TEXT_MAX];
	const char *behind[FRONT_MAX];
};

/* The type of the four that a word names, "DS" or "TYPE43", in either case; 0 for none. */
static uint16_t type_of(const char *word)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcasecmp(types[i].word, word) == 0)
			return types[i].type;
	return 0;
}

static bool is_class(const char *word)
{
	return strcasecmp(word, "IN") == 0 || strcasecmp(word, "CLASS1") == 0;
}

static bool is_other_class(const char *word)
{
	return strcasecmp(word, "CH") == 0 || strcasecmp(word, "HS") == 0 || strcasecmp(word, "NONE") == 0 ||
		(strncasecmp(word, "CLASS", 5) == 0 && !is_class(word));
}

/* A TTL: "3600", or "1h30m" as BIND writes it. */
static bool is_ttl(const char *word)
{
	return *word >= '0' && *word <= '9' && word[strspn(word, "0123456789smhdwSMHDW")] == '\0';
}

static void read_front(const char *text, struct front *front)
{
	for (front->n_words = 0; front->n_words < FRONT_MAX; front->n_words++) {
		const unsigned i = front->n_words;
		text = dw_rdatatext_word(text, front->words[i], sizeof(front->words[i]));
		front->behind[i] = text;
		if (front->words[i][0] == '\0')
			return;
	}
}

/* Whether the words from `from` up to `to` are a TTL, a class, or both. */
static bool is_middle(const struct front *front, unsigned from, unsigned to)
{
	unsigned n_ttls = 0, n_classes = 0;

	for (unsigned i = from; i < to; i++) {
		if (is_ttl(front->words[i]))
			n_ttls++;
		else if (is_class(front->words[i]) || is_other_class(front->words[i]))
			n_classes++;
		else
			return false;
	}
	return n_ttls <= 1 && n_classes <= 1;
}

/* Whether the first of the `n` words before the type is an owner. */
static bool has_owner(const struct front *front, unsigned n, bool numbered)
{
	return n > 0 && (!is_middle(front, 0, n) || (numbered && is_ttl(front->words[0])));
}

/*
 * Where the type stands: behind nothing but an owner, a TTL and a class. The last such word, as an owner may
 * be called "ds"; `n_words` when there is none.
 */
static unsigned find_type(const struct front *front)
{
	unsigned found = front->n_words;

	for (unsigned i = 0; i < front->n_words; i++)
		if (type_of(front->words[i]) != 0 && (is_middle(front, 0, i) || is_middle(front, 1, i)))
			found = i;
	return found;
}

/* What an entry without one of the four types is: a record of another type, or none. */
static enum dw_status refuse(const struct front *front, struct dw_error *error)
{
	for (unsigned i = 1; i < front->n_words; i++) {
		uint16_t type = 0;
		if (!is_middle(front, 0, i) && !is_middle(front, 1, i))
			break;
		if (!is_ttl(front->words[i]) && !is_class(front->words[i]) &&
			(dw_rrtype_parse(front->words[i], &type, NULL) == DW_OK ||
				strcasecmp(front->words[i], "RRSIG") == 0))
			return dw_fail(error, DW_INVALID, "a record of type %.20s", front->words[i]);
	}
	return DW_NOT_FOUND;
}

bool dw_keyline_signs(const char *text)
{
	struct front front;

	read_front(text, &front);
	for (unsigned i = 0; i < front.n_words; i++) {
		if (strcasecmp(front.words[i], "RRSIG") == 0)
			return is_middle(&front, 0, i) || (i > 0 && is_middle(&front, 1, i));
	}
	return false;
}

enum dw_status dw_keyline_read(
	const char *text, bool numbered, struct dw_keyline *line, struct dw_error *error)
{
	struct front front;
	const bool indented = *text == ' ' || *text == '\t';

	read_front(text, &front);
	const unsigned at = find_type(&front);
	if (at == front.n_words)
		return refuse(&front, error);
	line->type = type_of(front.words[at]);
	line->fields = front.behind[at];
	line->owner[0] = '\0';
	const bool owned = has_owner(&front, at, numbered && !indented);
	if (owned)
		memcpy(line->owner, front.words[0], sizeof(line->owner));
	for (unsigned i = owned ? 1 : 0; i < at; i++)
		if (is_other_class(front.words[i]))
			return dw_fail(error, DW_INVALID, "class %.20s, where IN is wanted", front.words[i]);
	return DW_OK;
}

/* Whether a text is hexadecimal, blanks aside. */
static bool is_hex(const char *text)
{
	return text[strspn(text, "0123456789abcdefABCDEF \t")] == '\0';
}

uint16_t dw_keyline_bare(const char *text)
{
	char first[16], second[24], third[24];
	unsigned number = 0;
	uint8_t ignored = 0;

	text = dw_rdatatext_word(text, first, sizeof(first));
	text = dw_rdatatext_word(text, second, sizeof(second));
	text = dw_rdatatext_word(text, third, sizeof(third));
	if (*text == '\0' || !dw_keyword_number(first, UINT16_MAX, &number))
		return 0;
	if (strcmp(second, "3") == 0 && dw_keyword_algorithm(third, &ignored) && !is_hex(text))
		return DW_TYPE_DNSKEY;
	if (dw_keyword_algorithm(second, &ignored) && dw_keyword_digest_type(third, &ignored))
		return DW_TYPE_DS;
	return 0;
}
