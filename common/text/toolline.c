#include "text/toolline.h"

#include <stddef.h>
#include <string.h>

#include "text/keyword.h"

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

bool dw_toolline_passes(const char *line, bool *metadata)
{
	if (*metadata && *line == '\t')
		return true;
	*metadata = false;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
		if (strncmp(line, beginnings[i], strlen(beginnings[i])) == 0) {
			*metadata = strncmp(line, METADATA, strlen(METADATA)) == 0;
			return true;
		}
	}
	return is_heading(line);
}
