#include "dns/resolver.h"

#include <stdio.h>
#include <stdlib.h>

#include "dns/conclusion.h"
#include "dns/cut.h"
#include "dns/discovery.h"
#include "dns/nameservers.h"

#define AGREED_MIN 2 /* servers of the parent that must agree that there is no delegation */

static bool is_root(const struct dw_name *name)
{
	return dw_name_labels(name) == 0;
}

static struct dw_name above(const struct dw_name *name)
{
	return dw_name_ancestor(name, dw_name_labels(name) - 1);
}

/* Adds jobs for the addresses of the name `at`, of the families wanted that it lacks. */
static void look_up(struct dw_discovery *discovery, enum dw_stage stage, unsigned at)
{
	struct dw_nameservers *set = stage == DW_STAGE_ADDRESS ? &discovery->servers : &discovery->parents;
	enum dw_family family = discovery->plan.family;

	set->names[at].looked_up = true;
	if (family != DW_FAMILY_6 && !dw_nameservers_has(set, at, DW_FAMILY_4))
		dw_discovery_add(discovery, stage, DW_TYPE_A, at);
	if (family != DW_FAMILY_4 && !dw_nameservers_has(set, at, DW_FAMILY_6))
		dw_discovery_add(discovery, stage, DW_TYPE_AAAA, at);
}

/* Takes over the NS RRset of `cut`, with glue for the names inside `zone` when `glue` says so. */
static void take_names(struct dw_discovery *discovery, const struct dw_message *message,
	const struct dw_cut *cut, struct dw_nameservers *set, bool glue)
{
	struct dw_name names[DW_NS_NAMES_MAX];
	struct dw_address addresses[DW_SERVERS_MAX];
	unsigned n = dw_cut_names(message, cut->section, &cut->owner, names);

	for (unsigned i = 0; i < n; i++) {
		unsigned at = dw_nameservers_name(set, &names[i], discovery->plan.port);
		if (at == DW_NAMESERVERS_MAX)
			return;
		set->names[at].by_parent |= cut->kind == DW_CUT_REFERRAL;
		set->names[at].by_child |= cut->kind != DW_CUT_REFERRAL;
		if (!glue || !dw_name_within(&names[i], &cut->owner))
			continue;
		unsigned n_glue = dw_cut_glue(message, &names[i], discovery->plan.port, addresses);
		for (unsigned j = 0; j < n_glue; j++)
			if (dw_family_has(discovery->plan.family, &addresses[j]))
				dw_nameservers_address(set, at, &addresses[j]);
	}
}

/* The parent and its servers are known by name: what these lack is looked up, and they are asked. */
static void begin_delegation(struct dw_discovery *discovery)
{
	for (unsigned at = 0; at < discovery->parents.n_names; at++)
		look_up(discovery, DW_STAGE_PARENT_ADDRESS, at);
	if (dw_discovery_add(discovery, DW_STAGE_DELEGATION, DW_TYPE_NS, 0) == NULL)
		discovery->settled = true;
}

/* Begins the search for the parent at `name`, or goes on with it there. */
static void climb_to(struct dw_discovery *discovery, struct dw_job *job, struct dw_name name)
{
	discovery->climb = name;
	dw_discovery_restart(discovery, job);
}

static bool take_apex(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	struct dw_cut cut = dw_cut_by_resolver(message, &discovery->plan.zone);

	if (cut.kind == DW_CUT_NO_USE)
		return false;
	job->state = DW_JOB_ENDED;
	discovery->child = cut;
	if (cut.kind == DW_CUT_NS)
		take_names(discovery, message, &cut, &discovery->servers, false);
	return true;
}

static bool take_parent(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	struct dw_name *climb = &discovery->climb;
	struct dw_cut cut = dw_cut_by_resolver(message, climb);

	if (cut.kind == DW_CUT_NS) {
		job->state = DW_JOB_ENDED;
		discovery->parent = *climb;
		take_names(discovery, message, &cut, &discovery->parents, false);
		begin_delegation(discovery);
		return true;
	}
	if (cut.kind == DW_CUT_ALIAS && !is_root(climb)) {
		/* The zone of an alias is that of the name above, since an apex cannot be one. */
		climb_to(discovery, job, above(climb));
		return true;
	}
	if ((cut.kind != DW_CUT_NO_DATA && cut.kind != DW_CUT_NXDOMAIN) || cut.owner.length == 0 ||
		dw_name_labels(&cut.owner) >= dw_name_labels(climb))
		return false;
	climb_to(discovery, job, cut.owner);
	return true;
}

/* The resolver cannot tell: what it knows of the root is left, and from there the servers tell. */
static void fail_parent(struct dw_discovery *discovery, struct dw_job *job)
{
	if (is_root(&discovery->climb))
		discovery->settled = true;
	else
		climb_to(discovery, job, dw_name_root);
	if (job->state == DW_JOB_ENDED)
		discovery->settled = true;
}

/* Notes that a name has no address, unless a lookup of it failed: that weighs more. */
static void note_none(struct dw_nameserver *name, enum dw_family family, bool exists)
{
	static const char *const reasons[] = {
		[DW_FAMILY_ANY] = "neither A nor AAAA",
		[DW_FAMILY_4] = "it has no IPv4 address",
		[DW_FAMILY_6] = "it has no IPv6 address",
	};

	if (name->status != DW_OK)
		return;
	name->status = DW_NOT_FOUND;
	name->other_family = exists && family != DW_FAMILY_ANY;
	snprintf(name->reason, sizeof(name->reason), "%s", exists ? reasons[family] : "the name does not exist");
}

static bool take_addresses(
	struct dw_nameservers *set, enum dw_family family, struct dw_job *job, const struct dw_message *message)
{
	struct dw_nameserver *name = &set->names[job->at];
	struct dw_address addresses[DW_SERVERS_MAX];
	unsigned n = dw_cut_addresses(message, &name->name, job->type, name->port, addresses);

	if (n == 0 && !message->recursion_available && !message->authoritative)
		return false;
	job->state = DW_JOB_ENDED;
	for (unsigned i = 0; i < n; i++)
		dw_nameservers_address(set, job->at, &addresses[i]);
	if (n == 0)
		note_none(name, family, message->rcode != DW_RCODE_NXDOMAIN);
	return true;
}

static bool take_parent_address(
	struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	return take_addresses(&discovery->parents, discovery->plan.family, job, message);
}

static bool take_address(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	return take_addresses(&discovery->servers, discovery->plan.family, job, message);
}

/* A zone between the parent and ours: it is the parent, and its servers are to be asked. */
static void descend(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message,
	const struct dw_cut *cut)
{
	for (unsigned i = 0; i < discovery->n_jobs; i++)
		if (discovery->jobs[i].stage == DW_STAGE_PARENT_ADDRESS)
			discovery->jobs[i].state = DW_JOB_ENDED;
	job->state = DW_JOB_ENDED;
	discovery->parent = cut->owner;
	discovery->parents = (struct dw_nameservers){.n_names = 0};
	discovery->delegation = (struct dw_cut){.kind = DW_CUT_NO_USE};
	discovery->n_agreed = 0;
	discovery->parent_heard = false;
	take_names(discovery, message, cut, &discovery->parents, true);
	begin_delegation(discovery);
}

static bool take_delegation(
	struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	struct dw_cut cut = dw_cut_by_server(message, &discovery->parent, &discovery->plan.zone);

	if (cut.kind == DW_CUT_NO_USE)
		return false;
	if (cut.kind == DW_CUT_REFERRAL && !dw_name_equal(&cut.owner, &discovery->plan.zone)) {
		descend(discovery, job, message, &cut);
		return true;
	}
	if (cut.kind == DW_CUT_REFERRAL || cut.kind == DW_CUT_NS)
		take_names(discovery, message, &cut, &discovery->servers, true);
	if (cut.kind > discovery->delegation.kind) {
		discovery->delegation = cut;
		discovery->parent_heard = true;
		discovery->parent_best = job->target;
	}
	discovery->turns.taken[job->target] = UINT8_MAX;
	discovery->n_agreed++;
	discovery->settled = cut.kind == DW_CUT_REFERRAL || discovery->n_agreed >= AGREED_MIN;
	job->state = discovery->settled ? DW_JOB_ENDED : DW_JOB_WAITING;
	return true;
}

static void fail_delegation(struct dw_discovery *discovery, struct dw_job *job)
{
	job->state = DW_JOB_ENDED;
	discovery->settled = true;
}

static bool take_ds(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message)
{
	dw_cut_ds(message, &discovery->parent, &discovery->plan.zone, &discovery->ds);
	if (discovery->ds.known == DW_DS_NO_ANSWER)
		return false;
	job->state = DW_JOB_ENDED;
	return true;
}

/* The name may have been found in the other family; if not, this is why it is lost. */
static void fail_address(struct dw_discovery *discovery, struct dw_job *job)
{
	struct dw_nameserver *name = &discovery->servers.names[job->at];

	job->state = DW_JOB_ENDED;
	name->status = discovery->latest.status;
	snprintf(name->reason, sizeof(name->reason), "%s", discovery->latest.text);
}

static void fail(struct dw_discovery *discovery, struct dw_job *job)
{
	(void)discovery;
	job->state = DW_JOB_ENDED;
}

/* What is done with an answer (false: it is of no use), and what when nobody gave one. */
static const struct {
	bool (*take)(struct dw_discovery *discovery, struct dw_job *job, const struct dw_message *message);
	void (*fail)(struct dw_discovery *discovery, struct dw_job *job);
} stages[DW_STAGES] = {
	[DW_STAGE_APEX] = {take_apex, fail},
	[DW_STAGE_PARENT] = {take_parent, fail_parent},
	[DW_STAGE_PARENT_ADDRESS] = {take_parent_address, fail},
	[DW_STAGE_ADDRESS] = {take_address, fail_address},
	[DW_STAGE_DELEGATION] = {take_delegation, fail_delegation},
	[DW_STAGE_DS] = {take_ds, fail},
};

/* Gives jobs that wait for a server of the parent their turn. */
static void take_turns(struct dw_discovery *discovery)
{
	for (unsigned i = 0; i < discovery->n_jobs; i++) {
		struct dw_job *job = &discovery->jobs[i];
		if (job->state == DW_JOB_WAITING && !dw_discovery_turn(discovery, job))
			stages[job->stage].fail(discovery, job);
	}
}

/* Begins what can begin by now. */
static void advance(struct dw_discovery *discovery)
{
	take_turns(discovery);
	for (unsigned at = 0; at < discovery->servers.n_names; at++) {
		const struct dw_nameserver *name = &discovery->servers.names[at];
		/* Names inside the zone wait for their glue. */
		if (!name->looked_up && (discovery->settled || !dw_name_within(&name->name, &discovery->plan.zone)))
			look_up(discovery, DW_STAGE_ADDRESS, at);
	}
	if (discovery->settled && discovery->parent_heard && !discovery->ds_begun &&
		dw_discovery_is_apex(discovery)) {
		discovery->ds_begun = true;
		dw_discovery_add(discovery, DW_STAGE_DS, DW_TYPE_DS, 0);
		take_turns(discovery);
	}
}

/* Takes a server that the user named: an address of a family wanted, or a name to be looked up. */
static void take_host(struct dw_discovery *discovery, const struct dw_host *host)
{
	struct dw_nameservers *set = &discovery->servers;
	uint16_t port = host->port != 0 ? host->port : discovery->plan.port;
	unsigned at = dw_nameservers_append(set, &host->name, port);
	struct dw_nameserver *name = &set->names[at];
	struct dw_address address = host->address;

	name->by_user = true;
	if (address.length == 0 && discovery->plan.resolvers.n_resolvers == 0) {
		name->looked_up = true;
		name->status = DW_SYSTEM;
		snprintf(name->reason, sizeof(name->reason), "no resolver is known");
	}
	if (address.length == 0)
		return;
	name->looked_up = true;
	dw_address_set_port(&address, port);
	if (dw_family_has(discovery->plan.family, &address)) {
		dw_nameservers_address(set, at, &address);
		return;
	}
	char text[DW_ADDRESS_TEXT_MAX];
	name->status = DW_INVALID;
	snprintf(name->reason, sizeof(name->reason), "%.50s is not asked: -4 or -6 leaves its family out",
		dw_address_format(&address, text));
}

static void begin(struct dw_discovery *discovery)
{
	const struct dw_name *zone = &discovery->plan.zone;

	for (unsigned i = 0; i < discovery->plan.n_hosts; i++)
		take_host(discovery, &discovery->plan.hosts[i]);
	discovery->settled = discovery->plan.n_hosts > 0 || is_root(zone);
	if (discovery->plan.n_hosts == 0)
		dw_discovery_add(discovery, DW_STAGE_APEX, DW_TYPE_NS, 0);
	if (!discovery->settled) {
		discovery->climb = above(zone);
		dw_discovery_add(discovery, DW_STAGE_PARENT, DW_TYPE_NS, 0);
	}
	advance(discovery);
	dw_conclusion_write(discovery);
}

enum dw_status dw_discovery_new(
	const struct dw_discovery_plan *plan, struct dw_discovery **discovery, struct dw_error *error)
{
	struct dw_discovery *made = calloc(1, sizeof(*made));

	if (made == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a discovery");
	made->plan = *plan;
	if (made->plan.port == 0)
		made->plan.port = DW_PORT_DNS;
	begin(made);
	*discovery = made;
	return DW_OK;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	return dw_discovery_question(self, question, tag);
}

static bool any_open(const struct dw_discovery *discovery)
{
	for (unsigned i = 0; i < discovery->n_jobs; i++)
		if (discovery->jobs[i].state == DW_JOB_OPEN)
			return true;
	return false;
}

static void answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answered)
{
	struct dw_discovery *discovery = self;
	struct dw_message message;

	(void)question;
	if (tag >= discovery->n_jobs || discovery->jobs[tag].state != DW_JOB_OPEN)
		return;
	struct dw_job *job = &discovery->jobs[tag];
	unsigned target = job->target, preferred = discovery->preferred;
	bool heard = dw_discovery_hear(discovery, job, answered, &message);
	/* Jobs that an answer begins ask the one that gave it. */
	if (heard && job->stage < DW_STAGE_DELEGATION)
		discovery->preferred = target;
	bool useful = heard && stages[job->stage].take(discovery, job, &message);
	if (!useful)
		discovery->preferred = preferred;
	if (heard && !useful)
		dw_discovery_useless(discovery, job);
	if (!useful && job->state == DW_JOB_ENDED)
		stages[job->stage].fail(discovery, job);
	advance(discovery);
	if (!any_open(discovery))
		dw_conclusion_write(discovery);
}

const struct dw_inquiry_class dw_discovery_class = {.next = next, .answer = answer};

const struct dw_discovery_facts *dw_discovery_facts(const struct dw_discovery *discovery)
{
	return &discovery->facts;
}

void dw_discovery_free(struct dw_discovery *discovery)
{
	free(discovery);
}
