#include "support/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/rrtype.h"

#define ALGORITHM 13 /* ECDSAP256SHA256 */

static _Noreturn void give_up(const char *what, const char *text)
{
	fprintf(stderr, "authority: %s: '%s'\n", what, text);
	abort();
}

/* Reads owner and type of a line, or of "OWNER TYPE". */
static void read_head(const char *line, bool whole, struct dw_name *owner, uint16_t *type)
{
	char name[DW_NAME_TEXT_MAX], mnemonic[32];
	int n = sscanf(line, whole ? "%1000s %*s IN %31s" : "%1000s %31s", name, mnemonic);

	if (n != 2 || dw_name_parse(name, owner, NULL) != DW_OK || dw_rrtype_parse(mnemonic, type, NULL) != DW_OK)
		give_up("no record", line);
}

struct dw_authority_rrset *dw_authority_find(
	const struct dw_authority *authority, const struct dw_name *owner, uint16_t type)
{
	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		const struct dw_authority_rrset *rrset = &authority->rrsets[i];
		if (rrset->type == type && dw_name_equal(&rrset->owner, owner))
			return (struct dw_authority_rrset *)rrset;
	}
	return NULL;
}

struct dw_authority_rrset *dw_authority_rrset(struct dw_authority *authority, const char *rrset)
{
	struct dw_name owner;
	uint16_t type;

	read_head(rrset, false, &owner, &type);
	struct dw_authority_rrset *found = dw_authority_find(authority, &owner, type);
	if (found == NULL)
		give_up("no such RRset", rrset);
	return found;
}

/* Adds a record to the zone. */
static void add_line(struct dw_authority *authority, const char *line)
{
	struct dw_name owner;
	uint16_t type;

	read_head(line, true, &owner, &type);
	struct dw_authority_rrset *rrset = dw_authority_find(authority, &owner, type);
	if (rrset == NULL) {
		if (authority->n_rrsets == DW_AUTHORITY_RRSETS_MAX)
			give_up("too many RRsets", line);
		rrset = &authority->rrsets[authority->n_rrsets++];
		*rrset = (struct dw_authority_rrset){.owner = owner, .type = type, .records = strdup("")};
	}
	char *joined = NULL;
	if (asprintf(&joined, "%s%s%s", rrset->records, line, line[strlen(line) - 1] == '\n' ? "" : "\n") < 0)
		give_up("no memory", line);
	free(rrset->records);
	rrset->records = joined;
}

static void add_lines(struct dw_authority *authority, const char *lines)
{
	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");
		char *line = strndup(lines, length);
		if (length > 0)
			add_line(authority, line);
		free(line);
		lines += length + (lines[length] == '\n' ? 1 : 0);
	}
}

const struct dw_authority_rrset *dw_authority_cut(
	const struct dw_authority *authority, const struct dw_name *name)
{
	struct dw_name apex = dw_name_make(authority->zone);

	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		const struct dw_authority_rrset *rrset = &authority->rrsets[i];
		if (rrset->type == DW_TYPE_NS && dw_name_within(name, &rrset->owner) &&
			!dw_name_equal(&rrset->owner, &apex))
			return rrset;
	}
	return NULL;
}

/* Whether the RRset is the zone's own, and so to be signed. */
static bool is_signed(const struct dw_authority *authority, const struct dw_authority_rrset *rrset)
{
	const struct dw_authority_rrset *cut = dw_authority_cut(authority, &rrset->owner);

	if (cut == NULL)
		return true;
	return dw_name_equal(&cut->owner, &rrset->owner) &&
		(rrset->type == DW_TYPE_DS || rrset->type == DW_TYPE_NSEC);
}

static void sign(const struct dw_authority *authority, struct dw_authority_rrset *rrset,
	const struct dw_signer_terms *terms)
{
	const struct dw_signer *signer = rrset->type == DW_TYPE_DNSKEY ? authority->ksk : authority->zsk;

	free(rrset->rrsigs);
	rrset->rrsigs = NULL;
	if (is_signed(authority, rrset))
		rrset->rrsigs = dw_signer_rrsig(signer, rrset->records, terms);
}

/* The next owner name of the chain in canonical order; the first when there is none behind. */
static const struct dw_name *next_owner(
	const struct dw_authority *authority, unsigned n, const struct dw_name *name)
{
	const struct dw_name *next = NULL, *first = name;

	for (unsigned i = 0; i < n; i++) {
		const struct dw_name *owner = &authority->rrsets[i].owner;
		if (dw_name_compare(owner, first) < 0)
			first = owner;
		if (!is_signed(authority, &authority->rrsets[i]) && dw_authority_cut(authority, owner) != NULL &&
			!dw_name_equal(&dw_authority_cut(authority, owner)->owner, owner))
			continue;
		if (dw_name_compare(owner, name) > 0 && (next == NULL || dw_name_compare(owner, next) < 0))
			next = owner;
	}
	return next != NULL ? next : first;
}

/* Adds the NSEC record of a name. */
static void add_nsec(struct dw_authority *authority, unsigned n, const struct dw_name *name)
{
	char owner[DW_NAME_TEXT_MAX], next[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX], line[4096];
	const struct dw_authority_rrset *cut = dw_authority_cut(authority, name);

	if ((cut != NULL && !dw_name_equal(&cut->owner, name)) ||
		dw_authority_find(authority, name, DW_TYPE_NSEC) != NULL)
		return;
	const struct dw_name *behind = next_owner(authority, n, name);
	snprintf(line, sizeof(line), "%s%s 3600 IN NSEC %s%s RRSIG NSEC", dw_name_format(name, owner),
		dw_name_labels(name) > 0 ? "." : "", dw_name_format(behind, next),
		dw_name_labels(behind) > 0 ? "." : "");
	for (unsigned i = 0; i < n; i++) {
		const struct dw_authority_rrset *rrset = &authority->rrsets[i];
		size_t length = strlen(line);
		if (dw_name_equal(&rrset->owner, name))
			snprintf(line + length, sizeof(line) - length, " %s", dw_type_text(rrset->type, type));
	}
	add_line(authority, line);
}

/* Signs a zone with these keys, which it takes over. */
static struct dw_authority *make(
	const char *zone, struct dw_signer *ksk, struct dw_signer *zsk, const char *records)
{
	struct dw_authority *authority = calloc(1, sizeof(*authority));

	if (authority == NULL)
		give_up("no memory", zone);
	authority->zone = zone;
	authority->ksk = ksk;
	authority->zsk = zsk;
	add_lines(authority, records);
	add_lines(authority, dw_signer_dnskey(ksk));
	add_lines(authority, dw_signer_dnskey(zsk));
	unsigned n = authority->n_rrsets;
	for (unsigned i = 0; i < n; i++)
		add_nsec(authority, n, &authority->rrsets[i].owner);
	for (unsigned i = 0; i < authority->n_rrsets; i++)
		sign(authority, &authority->rrsets[i], NULL);
	return authority;
}

struct dw_authority *dw_authority_new(const char *zone, const char *records)
{
	const struct dw_signer_plan ksk = {.owner = zone, .algorithm = ALGORITHM, .flags = 257};
	const struct dw_signer_plan zsk = {.owner = zone, .algorithm = ALGORITHM, .flags = 256};

	return make(zone, dw_signer_new(&ksk), dw_signer_new(&zsk), records);
}

struct dw_authority *dw_authority_second(const struct dw_authority *first, const char *records)
{
	return make(first->zone, dw_signer_share(first->ksk), dw_signer_share(first->zsk), records);
}

/* As deep as zones are nested. NOLINTNEXTLINE(misc-no-recursion) */
void dw_authority_free(struct dw_authority *authority)
{
	if (authority == NULL)
		return;
	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		free(authority->rrsets[i].records);
		free(authority->rrsets[i].rrsigs);
	}
	dw_signer_free(authority->ksk);
	dw_signer_free(authority->zsk);
	dw_authority_free(authority->child);
	free(authority);
}

void dw_authority_resign(
	struct dw_authority *authority, const char *rrset, const struct dw_signer_terms *terms)
{
	struct dw_authority_rrset *found = dw_authority_rrset(authority, rrset);

	if (terms != NULL) {
		sign(authority, found, terms);
		return;
	}
	free(found->rrsigs);
	found->rrsigs = NULL;
}

/* Takes a record type out of the zone. */
static void drop_type(struct dw_authority *authority, uint16_t type)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		struct dw_authority_rrset rrset = authority->rrsets[i];
		if (rrset.type == type) {
			free(rrset.records);
			free(rrset.rrsigs);
		} else {
			authority->rrsets[kept++] = rrset;
		}
	}
	authority->n_rrsets = kept;
}

void dw_authority_resign_all(struct dw_authority *authority, const struct dw_signer_terms *terms)
{
	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		if (terms != NULL)
			sign(authority, &authority->rrsets[i], terms);
		free(terms == NULL ? authority->rrsets[i].rrsigs : NULL);
		if (terms == NULL)
			authority->rrsets[i].rrsigs = NULL;
	}
	if (terms != NULL)
		return;
	drop_type(authority, DW_TYPE_DNSKEY);
	drop_type(authority, DW_TYPE_NSEC);
}
