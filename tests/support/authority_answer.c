#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/authority.h"

#define TEXT_MAX 16384

/* An answer that is being put together. */
struct reply {
	const struct dw_authority *authority;
	bool dnssec;
	uint16_t bits;
	char answer[TEXT_MAX];
	char section[TEXT_MAX]; /* authority */
};

static _Noreturn void give_up(const char *what, const char *text)
{
	fprintf(stderr, "authority: %s: '%s'\n", what, text);
	abort();
}

static void put(char text[TEXT_MAX], const char *more)
{
	if (strlen(text) + strlen(more) + 2 > TEXT_MAX)
		give_up("too long", more);
	strcat(text, more);
	if (*more != '\0' && more[strlen(more) - 1] != '\n')
		strcat(text, "\n");
}

/* Puts an RRset with its signatures into a section. */
static void put_rrset(const struct reply *reply, char text[TEXT_MAX], const struct dw_authority_rrset *rrset)
{
	if (rrset == NULL)
		return;
	put(text, rrset->records);
	if (reply->dnssec && rrset->rrsigs != NULL)
		put(text, rrset->rrsigs);
}

/* Puts the NSEC that matches or covers a name into the authority section, once. */
static void put_nsec(struct reply *reply, const struct dw_name *name)
{
	const struct dw_authority *authority = reply->authority;
	const struct dw_authority_rrset *best = NULL, *last = NULL;

	for (unsigned i = 0; i < authority->n_rrsets && reply->dnssec && !authority->manners.no_proof; i++) {
		const struct dw_authority_rrset *rrset = &authority->rrsets[i];
		if (rrset->type != DW_TYPE_NSEC)
			continue;
		if (last == NULL || dw_name_compare(&rrset->owner, &last->owner) > 0)
			last = rrset;
		if (dw_name_compare(&rrset->owner, name) <= 0 &&
			(best == NULL || dw_name_compare(&rrset->owner, &best->owner) > 0))
			best = rrset;
	}
	best = best != NULL ? best : last;
	if (best != NULL && strstr(reply->section, best->records) == NULL)
		put_rrset(reply, reply->section, best);
}

static bool name_exists(const struct dw_authority *authority, const struct dw_name *name)
{
	for (unsigned i = 0; i < authority->n_rrsets; i++) {
		if (dw_name_within(&authority->rrsets[i].owner, name))
			return true;
	}
	return false;
}

/* The wildcard of the closest encloser of a name that does not exist. */
static struct dw_name wildcard_of(const struct dw_authority *authority, const struct dw_name *name)
{
	unsigned labels = dw_name_labels(name);
	struct dw_name encloser = *name;

	while (labels > 0 && !name_exists(authority, &encloser))
		encloser = dw_name_ancestor(name, --labels);
	return dw_name_wildcard(name, labels);
}

/* Puts what a wildcard has into the answer, under the name that was asked for. */
static void put_expanded(
	struct reply *reply, const struct dw_authority_rrset *rrset, const struct dw_name *name)
{
	char owner[DW_NAME_TEXT_MAX], line[TEXT_MAX];
	const char *parts[] = {rrset->records, reply->dnssec ? rrset->rrsigs : NULL};

	dw_name_format(name, owner);
	for (unsigned i = 0; i < 2; i++) {
		if (parts[i] == NULL)
			continue;
		snprintf(line, sizeof(line), "%s. %s", owner, strpbrk(parts[i], " \t") + 1);
		put(reply->answer, line);
	}
	put_nsec(reply, name);
}

/* The answer that nothing is there. */
static void put_absence(struct reply *reply, const struct dw_name *name)
{
	struct dw_name apex = dw_name_make(reply->authority->zone);
	bool exists = name_exists(reply->authority, name);

	put_rrset(reply, reply->section, dw_authority_find(reply->authority, &apex, DW_TYPE_SOA));
	put_nsec(reply, name);
	if (exists)
		return;
	struct dw_name wildcard = wildcard_of(reply->authority, name);
	put_nsec(reply, &wildcard);
	if (!name_exists(reply->authority, &wildcard))
		reply->bits |= DW_RCODE_NXDOMAIN;
}

/* Sends on to the child zone. */
static void put_referral(struct reply *reply, const struct dw_authority_rrset *cut)
{
	const struct dw_authority_rrset *ds = dw_authority_find(reply->authority, &cut->owner, DW_TYPE_DS);

	reply->bits &= (uint16_t)~DW_BIT_AA;
	put(reply->section, cut->records);
	if (ds != NULL && reply->dnssec)
		put_rrset(reply, reply->section, ds);
	else if (ds == NULL)
		put_nsec(reply, &cut->owner);
}

/* The target of an alias. */
static struct dw_name target_of(const struct dw_authority_rrset *alias)
{
	char target[DW_NAME_TEXT_MAX];

	if (sscanf(alias->records, "%*s %*s IN %*s %1000s", target) != 1)
		give_up("no target", alias->records);
	return dw_name_make(target);
}

/* The alias at a name, or at an ancestor for DNAME; sets where it leads. */
static const struct dw_authority_rrset *find_alias(
	const struct dw_authority *authority, const struct dw_name *name, struct dw_name *target)
{
	const struct dw_authority_rrset *alias = dw_authority_find(authority, name, DW_TYPE_CNAME);

	if (alias != NULL) {
		*target = target_of(alias);
		return alias;
	}
	for (unsigned labels = dw_name_labels(name); labels-- > 0 && alias == NULL;) {
		struct dw_name ancestor = dw_name_ancestor(name, labels);
		alias = dw_authority_find(authority, &ancestor, DW_TYPE_DNAME);
		if (alias == NULL)
			continue;
		struct dw_name base = target_of(alias);
		size_t kept = (size_t)(name->length - ancestor.length);
		*target = (struct dw_name){.length = (uint8_t)(kept + base.length)};
		memcpy(target->wire, name->wire, kept);
		memcpy(target->wire + kept, base.wire, base.length);
	}
	return alias;
}

/* Goes over to the child zone when this server has it too; false when it sends there. */
static bool enter_child(struct reply *reply, const struct dw_name *name)
{
	const struct dw_authority *child = reply->authority->child;

	if (child == NULL)
		return false;
	struct dw_name apex = dw_name_make(child->zone);
	if (!dw_name_within(name, &apex))
		return false;
	if (reply->authority->manners.shows_ns)
		put_rrset(reply, reply->section, dw_authority_find(child, &apex, DW_TYPE_NS));
	reply->authority = child;
	return true;
}

/* Answers for a name, behind `depth` aliases and cuts. */
/* Bounded by `depth`. NOLINTNEXTLINE(misc-no-recursion) */
static void answer(struct reply *reply, const struct dw_name *name, uint16_t type, unsigned depth)
{
	const struct dw_authority *authority = reply->authority;
	const struct dw_authority_rrset *cut = dw_authority_cut(authority, name),
									*found = dw_authority_find(authority, name, type);
	struct dw_name target, apex = dw_name_make(authority->zone);
	char from[DW_NAME_TEXT_MAX], to[DW_NAME_TEXT_MAX], line[TEXT_MAX];

	if (!dw_name_within(name, &apex) || depth > 3)
		return;
	if (cut != NULL && !(type == DW_TYPE_DS && dw_name_equal(&cut->owner, name))) {
		if (enter_child(reply, name))
			answer(reply, name, type, depth + 1);
		else
			put_referral(reply, cut);
		return;
	}
	const struct dw_authority_rrset *alias = found == NULL ? find_alias(authority, name, &target) : NULL;
	if (alias != NULL) {
		put_rrset(reply, reply->answer, alias);
		snprintf(line, sizeof(line), "%s. 3600 IN CNAME %s.", dw_name_format(name, from),
			dw_name_format(&target, to));
		if (alias->type == DW_TYPE_DNAME)
			put(reply->answer, line);
		answer(reply, &target, type, depth + 1);
		return;
	}
	struct dw_name wildcard = wildcard_of(authority, name);
	const struct dw_authority_rrset *expanded =
		name_exists(authority, name) ? NULL : dw_authority_find(authority, &wildcard, type);
	if (found != NULL)
		put_rrset(reply, reply->answer, found);
	else if (expanded != NULL)
		put_expanded(reply, expanded, name);
	else
		put_absence(reply, name);
}

size_t dw_authority_answer(
	const struct dw_authority *authority, const struct dw_question *question, uint8_t wire[DW_MESSAGE_MAX])
{
	const struct dw_authority_manners *manners = &authority->manners;
	struct reply *reply = calloc(1, sizeof(*reply));
	char name[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX], text[DW_NAME_TEXT_MAX + 32];

	if (reply == NULL)
		give_up("no memory", authority->zone);
	reply->authority = authority;
	reply->bits = DW_BIT_QR | (manners->lame ? 0 : DW_BIT_AA) | (manners->rcode & 15);
	reply->dnssec = question->ask.edns && question->ask.dnssec_ok && !manners->no_edns && !manners->no_do;
	if (manners->rcode == 0)
		answer(reply, &question->ask.name, question->ask.type, 0);
	snprintf(text, sizeof(text), "%s%s %s", dw_name_format(&question->ask.name, name),
		dw_name_labels(&question->ask.name) > 0 ? "." : "", dw_type_text(question->ask.type, type));
	const struct dw_message_text message = {.bits = reply->bits,
		.question = text,
		.answer = reply->answer,
		.authority = reply->section,
		.edns = !manners->no_edns,
		.dnssec_ok = reply->dnssec,
		.payload_size = 1232};
	size_t length = dw_message_write(&message, wire);
	free(reply);
	return length;
}
