#include "dns/delegation.h"

#include <stdlib.h>
#include <string.h>

#include "dns/bundle.h"
#include "dns/referral.h"

/* What is done one behind the other; within a stage everything is asked at once. */
enum stage {
	STAGE_FIND,  /* servers of the zone and of the parent */
	STAGE_REFER, /* parent's servers that were given: which zone they answer from, and where they refer to */
	STAGE_LOOK,  /* addresses of the servers that they refer to */
	STAGE_ASK,   /* both sides, the path of trust, and the children */
	STAGE_ENDED,
};

struct dw_delegation {
	struct dw_delegation_facts facts;
	struct dw_delegation_plan plan;
	enum stage stage;
	struct dw_bundle bundle;
	struct dw_discovery *zone_servers;   /* of the zone; NULL when a referral tells them */
	struct dw_discovery *parent_servers; /* of the parent, when they are not found with the zone's */
	struct dw_referral referral;
	struct dw_discovery_facts referred; /* the zone's servers by the referral */
	struct dw_discovery_facts above;    /* the parent's servers, as those of a zone */
	bool zone_begun;                    /* the zone's servers are being asked */
	struct dw_survey *zone_side;
	struct dw_survey *parent_side;
	struct dw_trust *trust;
	struct dw_signal *signal;
	unsigned n_children;
	struct dw_delegation *children[DW_CHILDREN_MAX];
};

/* Notes that something could not be begun. */
static void note(struct dw_delegation *delegation, enum dw_status status)
{
	if (status != DW_OK)
		delegation->facts.status = status;
}

/* Adds a part to what is being asked, if it could be made. */
static void join(
	struct dw_delegation *delegation, enum dw_status made, const struct dw_inquiry_class *class, void *part)
{
	note(delegation, made == DW_OK ? dw_bundle_add(&delegation->bundle, class, part, NULL) : made);
}

/* Whether the servers of the zone are those that the parent's servers, which were given, refer to. */
static bool is_referred(const struct dw_delegation *delegation)
{
	return delegation->plan.n_parents > 0 && delegation->plan.discovery.n_hosts == 0;
}

static void find(
	struct dw_delegation *delegation, const struct dw_discovery_plan *plan, struct dw_discovery **discovery)
{
	enum dw_status status = dw_discovery_new(plan, discovery, NULL);

	join(delegation, status, &dw_discovery_class, *discovery);
}

static void begin_find(struct dw_delegation *delegation)
{
	const struct dw_delegation_plan *plan = &delegation->plan;
	struct dw_discovery_plan above = plan->discovery;

	if (!is_referred(delegation))
		find(delegation, &plan->discovery, &delegation->zone_servers);
	if (!delegation->facts.parent_wanted)
		return;
	above.n_hosts = plan->n_parents;
	memcpy(above.hosts, plan->parents, sizeof(above.hosts));
	/* Without hosts of the user's, one discovery finds the servers of both sides. */
	if (plan->n_parents > 0 || plan->discovery.n_hosts > 0)
		find(delegation, &above, &delegation->parent_servers);
}

/* Takes over the parent's servers, and its name if that is known by now. */
static void take_above(struct dw_delegation *delegation)
{
	struct dw_discovery_facts *above = &delegation->above;
	const struct dw_discovery *by =
		delegation->parent_servers != NULL ? delegation->parent_servers : delegation->zone_servers;

	if (!delegation->facts.parent_wanted || by == NULL)
		return;
	const struct dw_discovery_facts *found = dw_discovery_facts(by);
	bool given = delegation->plan.n_parents > 0;
	*above = (struct dw_discovery_facts){.hosts_given = given, .status = DW_OK};
	above->n_servers = given ? found->n_servers : found->n_parent_servers;
	memcpy(above->servers, given ? found->servers : found->parent_servers, sizeof(above->servers));
	if (given) {
		above->n_lost = found->n_lost;
		memcpy(above->lost, found->lost, sizeof(above->lost));
	}
	for (unsigned i = 0; i < above->n_servers; i++)
		above->servers[i].by_user = given && !delegation->plan.parents_found;
	if (!given)
		above->zone = found->parent;
	delegation->facts.parent = above->zone;
	delegation->facts.parent_discovery = above;
}

static void begin_look(struct dw_delegation *delegation)
{
	struct dw_referral *referral = &delegation->referral;
	struct dw_discovery_plan plan = delegation->plan.discovery;

	if (delegation->plan.n_parents == 0 || !delegation->facts.parent_wanted)
		return;
	/* Where nobody told, the name above is as good a guess as any: its servers will say what they are. */
	if (referral->parent.length == 0)
		referral->parent =
			dw_name_ancestor(&delegation->facts.zone, dw_name_labels(&delegation->facts.zone) - 1);
	delegation->above.zone = referral->parent;
	delegation->facts.parent = referral->parent;
	if (!is_referred(delegation) || !referral->delegated)
		return;
	dw_referral_hosts(referral, &plan);
	find(delegation, &plan, &delegation->zone_servers);
}

/* The zone's servers as the referral and the look-ups behind it told them. */
static void take_referred(struct dw_delegation *delegation)
{
	struct dw_discovery_facts *referred = &delegation->referred;

	if (delegation->zone_servers != NULL) {
		*referred = *dw_discovery_facts(delegation->zone_servers);
		referred->hosts_given = false;
		for (unsigned i = 0; i < referred->n_servers; i++) {
			referred->servers[i].by_user = false;
			referred->servers[i].by_parent = true;
		}
	} else {
		referred->status = delegation->referral.told ? DW_NOT_FOUND : DW_TIMEOUT;
		dw_referral_failure(&delegation->referral, referred->reason);
	}
	referred->zone = delegation->facts.zone;
	referred->parent = delegation->facts.parent;
	delegation->facts.discovery = referred;
}

/* Begins to ask one side for its keys and for records of the zone; its facts, NULL without memory. */
static const struct dw_survey_facts *survey(struct dw_delegation *delegation,
	const struct dw_discovery_facts *known, const struct dw_name *zone, struct dw_survey_plan *plan,
	struct dw_survey **side)
{
	plan->known = known;
	plan->discovery.zone = *zone;
	plan->topics = 1U << DW_TOPIC_DNSKEY | 1U << DW_TOPIC_RECORD;
	plan->now = delegation->plan.now;
	plan->keep_rdata = true;
	enum dw_status status = dw_survey_new(plan, side, NULL);
	join(delegation, status, &dw_survey_class, *side);
	return status == DW_OK ? dw_survey_facts(*side) : NULL;
}

static void ask_parent(struct dw_delegation *delegation, struct dw_survey_plan *plan)
{
	const struct dw_name *parent = &delegation->facts.parent;

	if (delegation->facts.parent_discovery == NULL || parent->length == 0 || delegation->above.n_servers == 0)
		return;
	plan->n_records = 1;
	plan->records[0] = (struct dw_record){delegation->facts.zone, DW_TYPE_DS};
	delegation->facts.parent_side =
		survey(delegation, &delegation->above, parent, plan, &delegation->parent_side);
}

static void ask_zone(struct dw_delegation *delegation, struct dw_survey_plan *plan)
{
	const struct dw_name *zone = &delegation->facts.zone;

	if (delegation->facts.discovery == NULL)
		return;
	plan->n_records = 2;
	plan->records[0] = (struct dw_record){*zone, DW_TYPE_CDS};
	plan->records[1] = (struct dw_record){*zone, DW_TYPE_CDNSKEY};
	delegation->facts.zone_side =
		survey(delegation, delegation->facts.discovery, zone, plan, &delegation->zone_side);
}

static void follow_trust(struct dw_delegation *delegation)
{
	struct dw_trust_plan plan = {.zone = delegation->facts.parent,
		.resolvers = delegation->plan.discovery.resolvers,
		.anchors = delegation->plan.anchors,
		.now = delegation->plan.now};

	if (delegation->facts.parent.length == 0 || !delegation->facts.parent_wanted)
		return;
	enum dw_status status = dw_trust_new(&plan, &delegation->trust, NULL);
	if (status == DW_OK)
		delegation->facts.trust = dw_trust_facts(delegation->trust);
	join(delegation, status, &dw_trust_class, delegation->trust);
}

/* Looks at the names under which the zone's servers vouch for its keys. */
static void ask_signals(struct dw_delegation *delegation)
{
	struct dw_signal_plan *plan = NULL;
	enum dw_status status = DW_SYSTEM;

	if (!delegation->plan.signal || delegation->facts.discovery == NULL)
		return;
	plan = calloc(1, sizeof(*plan));
	if (plan != NULL) {
		plan->zone = delegation->facts.zone;
		plan->resolvers = delegation->plan.discovery.resolvers;
		plan->anchors = delegation->plan.anchors;
		plan->now = delegation->plan.now;
		dw_signal_plan_servers(plan, delegation->facts.discovery);
		status = dw_signal_new(plan, &delegation->signal, NULL);
	}
	if (status == DW_OK)
		delegation->facts.signal = dw_signal_facts(delegation->signal);
	join(delegation, status, &dw_signal_class, delegation->signal);
	free(plan);
}

/* Begins with a delegation within the zone: the zone's servers are its parent's. */
static void begin_child(
	struct dw_delegation *delegation, const struct dw_name *name, struct dw_delegation_plan *plan)
{
	const struct dw_discovery_facts *discovery = delegation->facts.discovery;
	struct dw_delegation **child = &delegation->children[delegation->n_children];

	plan->discovery = delegation->plan.discovery;
	plan->discovery.zone = *name;
	plan->discovery.n_hosts = 0;
	plan->now = delegation->plan.now;
	plan->parents_found = true;
	plan->n_parents = 0;
	for (unsigned i = 0; i < discovery->n_servers && plan->n_parents < DW_HOSTS_MAX; i++) {
		const struct dw_zone_server *server = &discovery->servers[i];
		plan->parents[plan->n_parents++] =
			(struct dw_host){server->address, server->name, dw_address_port(&server->address)};
	}
	enum dw_status status = dw_delegation_new(plan, child, NULL);
	if (status == DW_OK) {
		delegation->facts.children[delegation->facts.n_children++] = dw_delegation_facts(*child);
		delegation->n_children++;
	}
	join(delegation, status, &dw_delegation_class, *child);
}

/* Begins what needs the zone's servers alone. */
static void begin_zone(struct dw_delegation *delegation)
{
	struct dw_survey_plan *side = calloc(1, sizeof(*side));
	struct dw_delegation_plan *child = calloc(1, sizeof(*child));

	delegation->zone_begun = true;
	if (side != NULL && child != NULL) {
		ask_zone(delegation, side);
		ask_signals(delegation);
		for (unsigned i = 0; i < delegation->plan.n_children && delegation->facts.discovery != NULL; i++)
			begin_child(delegation, &delegation->plan.children[i], child);
	} else {
		note(delegation, DW_SYSTEM);
	}
	free(side);
	free(child);
}

static void begin_refer(struct dw_delegation *delegation)
{
	take_above(delegation);
	if (delegation->zone_servers != NULL)
		delegation->facts.discovery = dw_discovery_facts(delegation->zone_servers);
	if (delegation->plan.n_parents == 0 || delegation->facts.parent_discovery == NULL)
		return;
	dw_referral_init(&delegation->referral, &delegation->facts.zone, delegation->plan.discovery.port,
		delegation->above.servers, delegation->above.n_servers);
	note(delegation, dw_bundle_add(&delegation->bundle, &dw_referral_class, &delegation->referral, NULL));
	/* A silent server of the parent must not hold up the zone's. */
	if (!is_referred(delegation))
		begin_zone(delegation);
}

static void begin_ask(struct dw_delegation *delegation)
{
	struct dw_survey_plan *side = calloc(1, sizeof(*side));

	if (is_referred(delegation))
		take_referred(delegation);
	if (side != NULL)
		ask_parent(delegation, side);
	else
		note(delegation, DW_SYSTEM);
	follow_trust(delegation);
	if (!delegation->zone_begun)
		begin_zone(delegation);
	free(side);
}

enum dw_status dw_delegation_new(
	const struct dw_delegation_plan *plan, struct dw_delegation **delegation, struct dw_error *error)
{
	struct dw_delegation *fresh = calloc(1, sizeof(*fresh));

	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a delegation");
	fresh->plan = *plan;
	fresh->facts.zone = plan->discovery.zone;
	fresh->facts.now = plan->now;
	fresh->facts.parent_wanted = !plan->no_parent && dw_name_labels(&fresh->facts.zone) > 0;
	begin_find(fresh);
	*delegation = fresh;
	return DW_OK;
}

/* Everything that was asked in this stage is answered: begins the next one. */
static void advance(struct dw_delegation *delegation)
{
	static void (*const begin[])(struct dw_delegation * delegation) = {
		[STAGE_REFER] = begin_refer,
		[STAGE_LOOK] = begin_look,
		[STAGE_ASK] = begin_ask,
	};

	if (++delegation->stage != STAGE_ENDED)
		begin[delegation->stage](delegation);
}

/*
 * Whether the next stage can begin: everything is answered, or what is open is of the zone's side, or of
 * parent's servers that are slower than one that told enough.
 */
static bool may_advance(const struct dw_delegation *delegation)
{
	const struct dw_referral *referral = &delegation->referral;
	const unsigned n_open = referral->at - referral->n_answered;
	bool told = referral->parent.length > 0 && (referral->delegated || !is_referred(delegation));

	if (delegation->bundle.n_open == 0)
		return true;
	if (delegation->stage != STAGE_REFER && delegation->stage != STAGE_LOOK)
		return false;
	if (is_referred(delegation))
		return told && delegation->bundle.n_open <= n_open;
	return told || n_open == 0;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_delegation *delegation = self;

	while (!dw_bundle_class.next(&delegation->bundle, question, tag)) {
		if (delegation->stage == STAGE_ENDED || !may_advance(delegation))
			return false;
		advance(delegation);
	}
	return true;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_delegation *delegation = self;

	dw_bundle_class.answer(&delegation->bundle, tag, question, answer);
}

const struct dw_inquiry_class dw_delegation_class = {next, take};

const struct dw_delegation_facts *dw_delegation_facts(const struct dw_delegation *delegation)
{
	return &delegation->facts;
}

/* Releases what belongs to one cut. */
static void release(struct dw_delegation *delegation)
{
	dw_bundle_fini(&delegation->bundle);
	dw_trust_free(delegation->trust);
	dw_signal_free(delegation->signal);
	dw_survey_free(delegation->zone_side);
	dw_survey_free(delegation->parent_side);
	dw_discovery_free(delegation->parent_servers);
	dw_discovery_free(delegation->zone_servers);
	free(delegation);
}

void dw_delegation_free(struct dw_delegation *delegation)
{
	if (delegation == NULL)
		return;
	/* A child has no children of its own. */
	for (unsigned i = 0; i < delegation->n_children; i++)
		release(delegation->children[i]);
	release(delegation);
}
