#include "dns/cut.h"

#include "dns/dsset.h"
#include "dns/rdata.h"

#define ALIASES_MAX 8 /* CNAMEs followed within one answer */

/* The next record of this section and type from `*at` on, in class IN; NULL behind the last one. */
static const struct dw_rr *next_of(
	const struct dw_message *message, enum dw_section section, uint16_t type, unsigned *at)
{
	while (*at < message->n_records) {
		const struct dw_rr *rr = &message->records[(*at)++];
		if (rr->section == section && rr->type == type && rr->rr_class == DW_CLASS_IN)
			return rr;
	}
	return NULL;
}

/* The first record of this owner and type. */
static const struct dw_rr *find(
	const struct dw_message *message, enum dw_section section, const struct dw_name *owner, uint16_t type)
{
	unsigned at = 0;

	for (const struct dw_rr *rr = next_of(message, section, type, &at); rr != NULL;
		 rr = next_of(message, section, type, &at))
		if (dw_message_owner_is(message, rr, owner))
			return rr;
	return NULL;
}

/* Whether `name` lies below `ancestor`, and is not the same. */
static bool below(const struct dw_name *name, const struct dw_name *ancestor)
{
	return dw_name_within(name, ancestor) && !dw_name_equal(name, ancestor);
}

/* The owner of the SOA in the authority section that can hold `name`; false when there is none. */
static bool enclosing(const struct dw_message *message, const struct dw_name *name, struct dw_name *zone)
{
	unsigned at = 0;

	for (const struct dw_rr *rr = next_of(message, DW_AUTHORITY, DW_TYPE_SOA, &at); rr != NULL;
		 rr = next_of(message, DW_AUTHORITY, DW_TYPE_SOA, &at)) {
		dw_message_owner(message, rr, zone);
		if (dw_name_within(name, zone))
			return true;
	}
	*zone = (struct dw_name){.length = 0};
	return false;
}

/* What an answer without an NS RRset says by its code and its SOA. */
static struct dw_cut absent(const struct dw_message *message, const struct dw_name *name)
{
	struct dw_cut cut = {.kind = DW_CUT_NO_USE};
	bool told = enclosing(message, name, &cut.owner);

	if (find(message, DW_ANSWER, name, DW_TYPE_CNAME) != NULL) {
		/* The SOA is that of the alias's target. */
		cut.owner = (struct dw_name){.length = 0};
		cut.kind = DW_CUT_ALIAS;
	} else if (told && dw_name_equal(&cut.owner, name)) {
		cut.kind = DW_CUT_APEX;
	} else if (message->rcode == DW_RCODE_NXDOMAIN) {
		cut.kind = DW_CUT_NXDOMAIN;
	} else if (told) {
		cut.kind = DW_CUT_NO_DATA;
	}
	return cut;
}

static bool speaks(const struct dw_message *message)
{
	return !message->truncated && (message->rcode == DW_RCODE_NOERROR || message->rcode == DW_RCODE_NXDOMAIN);
}

struct dw_cut dw_cut_by_resolver(const struct dw_message *message, const struct dw_name *name)
{
	if (!speaks(message))
		return (struct dw_cut){.kind = DW_CUT_NO_USE};
	if (find(message, DW_ANSWER, name, DW_TYPE_NS) != NULL)
		return (struct dw_cut){.kind = DW_CUT_NS, .section = DW_ANSWER, .owner = *name};
	return absent(message, name);
}

/* A delegation in the authority section that leads from `above` towards `name`. */
static bool find_referral(const struct dw_message *message, const struct dw_name *above,
	const struct dw_name *name, struct dw_cut *cut)
{
	unsigned at = 0;

	for (const struct dw_rr *rr = next_of(message, DW_AUTHORITY, DW_TYPE_NS, &at); rr != NULL;
		 rr = next_of(message, DW_AUTHORITY, DW_TYPE_NS, &at)) {
		dw_message_owner(message, rr, &cut->owner);
		if (below(&cut->owner, above) && dw_name_within(name, &cut->owner)) {
			cut->kind = DW_CUT_REFERRAL;
			cut->section = DW_AUTHORITY;
			return true;
		}
	}
	return false;
}

struct dw_cut dw_cut_by_server(
	const struct dw_message *message, const struct dw_name *above, const struct dw_name *name)
{
	struct dw_cut cut = {.kind = DW_CUT_NO_USE};

	if (!speaks(message))
		return cut;
	if (find(message, DW_ANSWER, name, DW_TYPE_NS) != NULL) {
		/* Without AA it is the delegation, put in the wrong section. */
		cut.kind = message->authoritative ? DW_CUT_NS : DW_CUT_REFERRAL;
		cut.section = DW_ANSWER;
		cut.owner = *name;
		return cut;
	}
	if (message->rcode == DW_RCODE_NOERROR && find(message, DW_AUTHORITY, above, DW_TYPE_SOA) == NULL &&
		find(message, DW_ANSWER, name, DW_TYPE_CNAME) == NULL && find_referral(message, above, name, &cut))
		return cut;
	if (!message->authoritative)
		return (struct dw_cut){.kind = DW_CUT_NO_USE};
	cut = absent(message, name);
	/* An SOA from above the zone that was asked is that of another server's zone. */
	if (cut.owner.length > 0 && !dw_name_within(&cut.owner, above))
		return (struct dw_cut){.kind = DW_CUT_NO_USE};
	return cut;
}

static bool has_name(const struct dw_name *names, unsigned n, const struct dw_name *name)
{
	for (unsigned i = 0; i < n; i++)
		if (dw_name_equal(&names[i], name))
			return true;
	return false;
}

unsigned dw_cut_names(const struct dw_message *message, enum dw_section section, const struct dw_name *owner,
	struct dw_name names[DW_NS_NAMES_MAX])
{
	unsigned n = 0;
	unsigned at = 0;

	for (const struct dw_rr *rr = next_of(message, section, DW_TYPE_NS, &at);
		 rr != NULL && n < DW_NS_NAMES_MAX; rr = next_of(message, section, DW_TYPE_NS, &at))
		if (dw_message_owner_is(message, rr, owner) &&
			dw_message_name(message, rr, 0, &names[n], NULL) == DW_OK && !has_name(names, n, &names[n]))
			n++;
	return n;
}

/* Adds the address of a record behind the `n` that are there; returns how many there are then. */
static unsigned collect(
	const struct dw_rr *rr, uint16_t port, struct dw_address addresses[DW_SERVERS_MAX], unsigned n)
{
	if (n == DW_SERVERS_MAX || rr->rdlength != (rr->type == DW_TYPE_A ? 4 : 16))
		return n;
	addresses[n] = dw_address_of(rr->rdata, rr->rdlength, port);
	return addresses[n].length > 0 ? n + 1 : n;
}

unsigned dw_cut_glue(const struct dw_message *message, const struct dw_name *name, uint16_t port,
	struct dw_address addresses[DW_SERVERS_MAX])
{
	unsigned n = 0;

	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		if (rr->section == DW_ADDITIONAL && rr->rr_class == DW_CLASS_IN &&
			(rr->type == DW_TYPE_A || rr->type == DW_TYPE_AAAA) && dw_message_owner_is(message, rr, name))
			n = collect(rr, port, addresses, n);
	}
	return n;
}

unsigned dw_cut_addresses(const struct dw_message *message, const struct dw_name *name, uint16_t type,
	uint16_t port, struct dw_address addresses[DW_SERVERS_MAX])
{
	struct dw_name owner = *name;

	for (unsigned alias = 0; alias <= ALIASES_MAX; alias++) {
		unsigned n = 0;
		unsigned at = 0;
		for (const struct dw_rr *rr = next_of(message, DW_ANSWER, type, &at); rr != NULL;
			 rr = next_of(message, DW_ANSWER, type, &at))
			if (dw_message_owner_is(message, rr, &owner))
				n = collect(rr, port, addresses, n);
		const struct dw_rr *cname = find(message, DW_ANSWER, &owner, DW_TYPE_CNAME);
		if (n > 0 || cname == NULL || dw_message_name(message, cname, 0, &owner, NULL) != DW_OK)
			return n;
	}
	return 0;
}

/* Reads the DS records of `name`; false when there is none. */
static bool read_ds(const struct dw_message *message, const struct dw_name *name, struct dw_cut_ds *answer)
{
	unsigned at = 0;
	struct dw_ds ds;

	for (const struct dw_rr *rr = next_of(message, DW_ANSWER, DW_TYPE_DS, &at); rr != NULL;
		 rr = next_of(message, DW_ANSWER, DW_TYPE_DS, &at))
		if (dw_message_owner_is(message, rr, name) && answer->n_ds < DW_DS_MAX &&
			dw_ds_read(rr, &ds) == DW_OK)
			answer->ds[answer->n_ds++] = dw_ds_of(&ds);
	return answer->n_ds > 0;
}

/* The signer of the DS RRset is the parent. */
static void read_signer(const struct dw_message *message, const struct dw_name *name, struct dw_name *signer)
{
	unsigned at = 0;
	struct dw_rrsig rrsig;

	for (const struct dw_rr *rr = next_of(message, DW_ANSWER, DW_TYPE_RRSIG, &at); rr != NULL;
		 rr = next_of(message, DW_ANSWER, DW_TYPE_RRSIG, &at))
		if (dw_message_owner_is(message, rr, name) && dw_rrsig_read(message, rr, &rrsig) == DW_OK &&
			rrsig.type_covered == DW_TYPE_DS && below(name, &rrsig.signer)) {
			*signer = rrsig.signer;
			return;
		}
}

void dw_cut_ds(const struct dw_message *message, const struct dw_name *above, const struct dw_name *name,
	struct dw_cut_ds *answer)
{
	*answer = (struct dw_cut_ds){.known = DW_DS_NO_ANSWER};
	if (!speaks(message) || !message->authoritative)
		return;
	if (read_ds(message, name, answer)) {
		answer->known = DW_DS_PRESENT;
		read_signer(message, name, &answer->parent);
	} else if (enclosing(message, name, &answer->parent) && below(name, &answer->parent)) {
		answer->known = DW_DS_ABSENT;
	}
	/* A zone above the one that was asked is that of another server. */
	if (answer->known == DW_DS_ABSENT && !dw_name_within(&answer->parent, above))
		answer->known = DW_DS_NO_ANSWER;
	if (answer->known == DW_DS_NO_ANSWER ||
		(answer->parent.length > 0 && !dw_name_within(&answer->parent, above)))
		answer->parent = (struct dw_name){.length = 0};
}
