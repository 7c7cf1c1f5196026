#include "dns/conclusion.h"

#include <stdarg.h>
#include <stdio.h>

/* Ends without a usable result, with a clause that says why. */
static void DW_PRINTF(3, 4)
	refuse(struct dw_discovery_facts *facts, enum dw_status status, const char *format, ...)
{
	va_list arguments;

	facts->status = status;
	va_start(arguments, format);
	vsnprintf(facts->reason, sizeof(facts->reason), format, arguments);
	va_end(arguments);
}

static void list_names(const struct dw_nameservers *servers, struct dw_discovery_facts *facts)
{
	for (unsigned i = 0; i < servers->n_names; i++) {
		const struct dw_nameserver *one = &servers->names[i];
		if (one->by_parent && facts->n_parent_ns < DW_NS_NAMES_MAX)
			facts->parent_ns[facts->n_parent_ns++] = one->name;
		if (one->by_child && facts->n_child_ns < DW_NS_NAMES_MAX)
			facts->child_ns[facts->n_child_ns++] = one->name;
	}
}

/* No address of any server: a fact when all names were looked up, and otherwise a failure to look. */
static void judge_servers(struct dw_discovery_facts *facts)
{
	char text[DW_NAME_TEXT_MAX];

	for (unsigned i = 0; i < facts->n_lost && facts->n_servers == 0; i++) {
		const struct dw_lost_server *lost = &facts->lost[i];
		if (lost->status == DW_NOT_FOUND || lost->status == DW_INVALID)
			continue;
		refuse(facts, lost->status, "looking for the addresses of %.48s: %s",
			dw_name_format(&lost->name, text), lost->reason);
		return;
	}
}

static void list_ds(const struct dw_discovery *discovery, struct dw_discovery_facts *facts)
{
	if (dw_name_labels(&facts->zone) == 0)
		return;
	facts->ds_known = DW_DS_NO_ANSWER;
	if (!discovery->ds_begun || discovery->ds.known == DW_DS_NOT_ASKED)
		return;
	facts->ds_known = discovery->ds.known;
	facts->n_ds = discovery->ds.n_ds;
	for (unsigned i = 0; i < facts->n_ds; i++)
		facts->ds[i] = discovery->ds.ds[i];
}

static void conclude_apex(const struct dw_discovery *discovery, struct dw_discovery_facts *facts)
{
	char text[DW_NAME_TEXT_MAX];

	facts->apex = facts->zone;
	facts->parent = discovery->parent;
	if (discovery->ds.parent.length > 0)
		facts->parent = discovery->ds.parent;
	facts->n_parent_servers = dw_nameservers_list(&discovery->parents, facts->parent_servers);
	list_names(&discovery->servers, facts);
	list_ds(discovery, facts);
	if (discovery->servers.n_names == 0)
		refuse(facts, DW_MALFORMED,
			"no name server of %.48s is known: no NS RRset at its apex, no delegation",
			dw_name_format(&facts->zone, text));
	else
		judge_servers(facts);
}

/* The zone that a name lies in which is no apex: by the parent's servers, the resolver, or the search. */
static struct dw_name zone_around(const struct dw_discovery *discovery)
{
	if (discovery->delegation.kind != DW_CUT_NO_USE && discovery->delegation.owner.length > 0)
		return discovery->delegation.owner;
	if (discovery->child.kind != DW_CUT_NO_USE && discovery->child.owner.length > 0)
		return discovery->child.owner;
	return discovery->parent;
}

static void conclude_absent(const struct dw_discovery *discovery, struct dw_discovery_facts *facts)
{
	enum dw_cut_kind kind = discovery->child.kind > discovery->delegation.kind ? discovery->child.kind
																			   : discovery->delegation.kind;
	char zone[DW_NAME_TEXT_MAX];
	char apex[DW_NAME_TEXT_MAX];
	char where[80] = "";

	facts->apex = zone_around(discovery);
	if (facts->apex.length > 0)
		snprintf(where, sizeof(where), " in zone %.56s", dw_name_format(&facts->apex, apex));
	dw_name_format(&facts->zone, zone);
	if (kind == DW_CUT_NXDOMAIN)
		refuse(facts, DW_NOT_FOUND, "%.56s does not exist (NXDOMAIN%s)", zone, where);
	else if (kind == DW_CUT_ALIAS)
		refuse(facts, DW_INVALID, "%.56s is an alias (CNAME)%s, not an apex", zone, where);
	else
		refuse(facts, DW_INVALID, "%.56s is not an apex, it is a name%s", zone, where);
}

/* Nobody said anything about the zone: the stage that is nearest to it says why. */
static void conclude_unknown(const struct dw_discovery *discovery, struct dw_discovery_facts *facts)
{
	static const enum dw_stage nearest[] = {
		DW_STAGE_DELEGATION, DW_STAGE_APEX, DW_STAGE_PARENT_ADDRESS, DW_STAGE_PARENT};
	char zone[DW_NAME_TEXT_MAX];

	dw_name_format(&facts->zone, zone);
	for (size_t i = 0; i < sizeof(nearest) / sizeof(nearest[0]); i++) {
		const struct dw_mishap *mishap = &discovery->mishaps[nearest[i]];
		if (mishap->status == DW_OK)
			continue;
		refuse(facts, mishap->status, "%s", mishap->text);
		return;
	}
	if (discovery->plan.resolvers.n_resolvers == 0)
		refuse(facts, DW_SYSTEM, "looking for the name servers of %.48s: no resolver is known", zone);
	else if (discovery->n_questions == DW_DISCOVERY_QUESTIONS_MAX)
		refuse(facts, DW_LIMIT, "looking for the name servers of %.48s: %d questions did not suffice", zone,
			DW_DISCOVERY_QUESTIONS_MAX);
	else
		refuse(facts, DW_TIMEOUT, "looking for the name servers of %.48s: there was no time to ask", zone);
}

/*
 * Forgets what was concluded before. Lists are as long as their counts say: most of their room is never
 * touched.
 */
static void begin_again(const struct dw_discovery *discovery, struct dw_discovery_facts *facts)
{
	facts->zone = discovery->plan.zone;
	facts->hosts_given = discovery->plan.n_hosts > 0;
	facts->status = DW_OK;
	facts->reason[0] = '\0';
	facts->apex.length = facts->parent.length = 0;
	facts->n_servers = facts->n_parent_servers = facts->n_lost = 0;
	facts->n_parent_ns = facts->n_child_ns = 0;
	facts->ds_known = DW_DS_NOT_ASKED;
	facts->n_ds = 0;
}

void dw_conclusion_write(struct dw_discovery *discovery)
{
	struct dw_discovery_facts *facts = &discovery->facts;

	begin_again(discovery, facts);
	if (!facts->hosts_given && !dw_discovery_is_apex(discovery)) {
		if (discovery->child.kind == DW_CUT_NO_USE && discovery->delegation.kind == DW_CUT_NO_USE)
			conclude_unknown(discovery, facts);
		else
			conclude_absent(discovery, facts);
		return;
	}
	facts->n_servers = dw_nameservers_list(&discovery->servers, facts->servers);
	facts->n_lost = dw_nameservers_lost(&discovery->servers, facts->lost);
	if (facts->hosts_given)
		judge_servers(facts);
	else
		conclude_apex(discovery, facts);
}
