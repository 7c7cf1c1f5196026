#include "text/toolline.h"

#include <stddef.h>
#include <string.h>

#include "text/keyword.h"
#include "text/rdatatext.h"

#define METADATA "Metadata items:"

/* How such lines begin. */
static const char *const beginnings[] = {
	METADATA,
	"keys:",
	"ID = ",
	"KSK, tag = ",
	"ZSK, tag = ",
	"CSK, tag = ",
	"This is a ",
	"Zone is ",
	"Zone has ",
	"Zone uses ",
	"No keys for zone ",
	"Last SOA serial number ",
	"Last time we got update ",
	"SOA serial in database",
	"Refresh interval",
	"Master",
	"Primary",
	"Primaries",
	"Zone                          Type Act Pub Size ",
	"-----",
	"key export completed in ",
	"warning: ",
	"Warning: ",
	"WARNING: ",
};

/* Headings, as dw_keyword_bare() leaves them without their number. */
static const char *const headings[] = {
	"ds",
	"dsdata",
	"dsrecord",
	"dsrecords",
	"dnskey",
	"dnskeyrecord",
	"dnskeyrecords",
	"dnssec",
	"keydata",
	"keyrecord",
};

static bool is_heading(const char *line)
{
	char bare[24];

	dw_keyword_bare(line, bare, sizeof(bare));
	bare[strcspn(bare, "0123456789")] = '\0';
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (strcmp(headings[i], bare) == 0)
			return strlen(line) < sizeof(bare) + 4;
	return false;
}

/* Whether a word is the use of a key. */
static bool is_use(const char *word)
{
	return strcmp(word, "KSK") == 0 || strcmp(word, "ZSK") == 0 || strcmp(word, "CSK") == 0;
}

/*
 * A key in the lists of `keymgr list`, "0123… 4711 KSK …", and of `pdnsutil list-keys`, "ZONE  KSK  Act …".
 */
static bool is_listed(const char *line)
{
	char words[3][48];

	for (unsigned i = 0; i < 3; i++)
		line = dw_rdatatext_word(line, words[i], sizeof(words[i]));
	return (is_use(words[1]) && (strcmp(words[2], "Act") == 0 || strcmp(words[2], "-") == 0)) ||
		(is_use(words[2]) && strspn(words[0], "0123456789abcdef") == 40 && words[0][40] == '\0');
}

bool dw_toolline_passes(const char *line, bool *metadata)
{
	if (*metadata && *line == '\t')
		return true;
	*metadata = false;
	if (is_listed(line))
		return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
		if (strncmp(line, beginnings[i], strlen(beginnings[i])) == 0) {
			*metadata = strncmp(line, METADATA, strlen(METADATA)) == 0;
			return true;
		}
	}
	return is_heading(line);
}
