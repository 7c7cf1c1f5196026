#include "dns/discovery.h"

#include <stdio.h>

#define PAYLOAD_SIZE 1232 /* octets by UDP that no path fragments (RFC 9715) */
#define TRIES        2    /* rounds over the resolvers, and tries of one address */

/* Silent servers of the parent before it is given up: where the zone is known all the same, and where not. */
#define SILENT_MAX_KNOWN   3
#define SILENT_MAX_UNKNOWN 6

static bool of_parent(enum dw_stage stage)
{
	return stage == DW_STAGE_DELEGATION || stage == DW_STAGE_DS;
}

bool dw_discovery_is_apex(const struct dw_discovery *discovery)
{
	return discovery->child.kind >= DW_CUT_APEX || discovery->delegation.kind >= DW_CUT_APEX;
}

struct dw_job *dw_discovery_add(
	struct dw_discovery *discovery, enum dw_stage stage, uint16_t type, unsigned at)
{
	if (discovery->n_jobs == DW_JOBS_MAX)
		return NULL;
	struct dw_job *job = &discovery->jobs[discovery->n_jobs++];
	*job = (struct dw_job){.stage = stage, .type = type, .at = at};
	if (of_parent(stage)) {
		discovery->turns = (struct dw_turns){.n_silent = 0};
		job->state = DW_JOB_WAITING;
	} else {
		dw_discovery_restart(discovery, job);
	}
	return job;
}

/* A resolver's answer to this job is no longer needed for a result: two tries must do. */
static bool can_do_without(const struct dw_discovery *discovery, const struct dw_job *job)
{
	switch (job->stage) {
	case DW_STAGE_APEX:
		return discovery->delegation.kind >= DW_CUT_APEX;
	case DW_STAGE_PARENT_ADDRESS:
		return discovery->settled;
	case DW_STAGE_ADDRESS:
		return dw_nameservers_has(&discovery->servers, job->at, DW_FAMILY_ANY);
	default:
		return false;
	}
}

/* Chooses the resolver that is to be asked next; false when all had their turns. */
static bool choose_resolver(const struct dw_discovery *discovery, struct dw_job *job)
{
	unsigned n = discovery->plan.resolvers.n_resolvers;
	unsigned limit = can_do_without(discovery, job) ? TRIES : TRIES * n;

	while (job->n_asked < limit && n > 0) {
		job->target = (job->first + job->n_asked++) % n;
		if ((job->useless & 1u << job->target) == 0)
			return true;
	}
	return false;
}

void dw_discovery_restart(struct dw_discovery *discovery, struct dw_job *job)
{
	job->n_asked = 0;
	job->useless = 0;
	job->plain = false;
	job->unchecked = false;
	job->first = discovery->preferred;
	job->state = choose_resolver(discovery, job) ? DW_JOB_QUEUED : DW_JOB_ENDED;
}

static const struct dw_name *name_of(const struct dw_discovery *discovery, const struct dw_job *job)
{
	switch (job->stage) {
	case DW_STAGE_PARENT:
		return &discovery->climb;
	case DW_STAGE_PARENT_ADDRESS:
		return &discovery->parents.names[job->at].name;
	case DW_STAGE_ADDRESS:
		return &discovery->servers.names[job->at].name;
	default:
		return &discovery->plan.zone;
	}
}

static const struct dw_address *target_of(const struct dw_discovery *discovery, const struct dw_job *job)
{
	return of_parent(job->stage) ? &discovery->parents.addresses[job->target].address
								 : &discovery->plan.resolvers.items[job->target];
}

static void write_question(
	const struct dw_discovery *discovery, const struct dw_job *job, struct dw_question *question)
{
	bool recursive = !of_parent(job->stage);

	*question = (struct dw_question){.server = *target_of(discovery, job), .tries = 1};
	question->ask.name = *name_of(discovery, job);
	question->ask.type = job->type;
	question->ask.recursion_desired = recursive;
	/* With CD some resolvers give the parent's NS set for the zone's own, which they have not validated. */
	question->ask.checking_disabled = recursive && (job->stage != DW_STAGE_APEX || job->unchecked);
	question->ask.edns = !job->plain;
	/* The signer of the DS RRset tells the parent. */
	question->ask.dnssec_ok = job->stage == DW_STAGE_DS && !job->plain;
	question->ask.payload_size = PAYLOAD_SIZE;
}

bool dw_discovery_question(struct dw_discovery *discovery, struct dw_question *question, unsigned *tag)
{
	if (discovery->n_questions == DW_DISCOVERY_QUESTIONS_MAX)
		return false;
	for (unsigned i = 0; i < discovery->n_jobs; i++) {
		struct dw_job *job = &discovery->jobs[i];
		if (job->state != DW_JOB_QUEUED)
			continue;
		write_question(discovery, job, question);
		job->state = DW_JOB_OPEN;
		discovery->n_questions++;
		*tag = i;
		return true;
	}
	return false;
}

/* "looking for the name servers of example.org", in a text of 96. */
static void describe(const struct dw_discovery *discovery, enum dw_stage stage, char text[96])
{
	static const char *const phrases[DW_STAGES] = {
		[DW_STAGE_APEX] = "looking for the name servers of",
		[DW_STAGE_PARENT] = "looking for the parent of",
		[DW_STAGE_PARENT_ADDRESS] = "looking for the parent's servers of",
		[DW_STAGE_ADDRESS] = "looking for the addresses of",
		[DW_STAGE_DELEGATION] = "asking the parent for the delegation of",
		[DW_STAGE_DS] = "asking the parent for the DS of",
	};
	char zone[DW_NAME_TEXT_MAX];

	snprintf(text, 96, "%s %.48s", phrases[stage], dw_name_format(&discovery->plan.zone, zone));
}

/* Notes why a job did not get on; that a server is silent says less than that it refuses. */
static void note(
	struct dw_discovery *discovery, const struct dw_job *job, enum dw_status status, const char *what)
{
	struct dw_mishap *mishap = &discovery->mishaps[job->stage];
	struct dw_latest *latest = &discovery->latest;
	char address[DW_ADDRESS_TEXT_MAX];
	char stage[96];

	dw_address_format(target_of(discovery, job), address);
	latest->status = status;
	snprintf(latest->text, sizeof(latest->text), "%s %.52s %.31s",
		of_parent(job->stage) ? "server" : "resolver", address, what);
	if (status == DW_TIMEOUT && mishap->status != DW_OK)
		return;
	mishap->status = status;
	describe(discovery, job->stage, stage);
	snprintf(mishap->text, sizeof(mishap->text), "%.84s: %.72s", stage, latest->text);
}

/* Goes on to the next server, after one that was silent or of no use. */
static void move_on(struct dw_discovery *discovery, struct dw_job *job, bool silent)
{
	if (!of_parent(job->stage)) {
		if (!silent)
			job->useless = (uint8_t)(job->useless | 1u << job->target);
		job->plain = false;
		job->unchecked = true;
		job->state = choose_resolver(discovery, job) ? DW_JOB_QUEUED : DW_JOB_ENDED;
		return;
	}
	struct dw_turns *turns = &discovery->turns;
	turns->taken[job->target] = silent ? (uint8_t)(turns->taken[job->target] + 1) : TRIES;
	turns->n_silent += silent;
	turns->n_silent_of_v6 += silent && dw_family_has(DW_FAMILY_6, target_of(discovery, job));
	job->plain = false;
	job->state = DW_JOB_WAITING;
}

/* "did not answer" */
static const char *silence_of(enum dw_status status)
{
	switch (status) {
	case DW_TIMEOUT:
		return "did not answer";
	case DW_REFUSED:
		return "has its port closed";
	case DW_NO_ROUTE:
		return "cannot be reached";
	case DW_MALFORMED:
		return "sent what does not parse";
	default:
		return "could not be asked";
	}
}

bool dw_discovery_hear(struct dw_discovery *discovery, struct dw_job *job, const struct dw_answer *answer,
	struct dw_message *message)
{
	enum dw_status status = answer->status;
	char rcode[16];
	char what[32];

	if (status == DW_OK)
		status =
			dw_message_parse(answer->wire, answer->length, message, NULL) == DW_OK ? DW_OK : DW_MALFORMED;
	if (status != DW_OK) {
		note(discovery, job, status, silence_of(status));
		move_on(discovery, job, status == DW_TIMEOUT);
		return false;
	}
	if (message->rcode == DW_RCODE_NOERROR || message->rcode == DW_RCODE_NXDOMAIN)
		return true;
	if ((message->rcode == DW_RCODE_FORMERR || message->rcode == DW_RCODE_NOTIMP) && !job->plain) {
		job->plain = true;
		job->state = DW_JOB_QUEUED;
		return false;
	}
	if (message->rcode == DW_RCODE_SERVFAIL && job->stage == DW_STAGE_APEX && !job->unchecked) {
		job->unchecked = true;
		job->state = DW_JOB_QUEUED;
		return false;
	}
	snprintf(what, sizeof(what), "answers %s", dw_rcode_text(message->rcode, rcode));
	note(discovery, job, DW_REFUSED, what);
	move_on(discovery, job, false);
	return false;
}

void dw_discovery_useless(struct dw_discovery *discovery, struct dw_job *job)
{
	note(discovery, job, DW_MALFORMED, "gives no usable answer");
	move_on(discovery, job, false);
}

/* Whether the address `a` is to be asked before `b`. */
static bool sooner(const struct dw_discovery *discovery, unsigned a, unsigned b)
{
	const struct dw_turns *turns = &discovery->turns;

	if (turns->taken[a] != turns->taken[b])
		return turns->taken[a] < turns->taken[b];
	if (discovery->parent_heard && (a == discovery->parent_best || b == discovery->parent_best))
		return a == discovery->parent_best;
	bool a6 = dw_family_has(DW_FAMILY_6, &discovery->parents.addresses[a].address);
	bool b6 = dw_family_has(DW_FAMILY_6, &discovery->parents.addresses[b].address);
	bool v6_worse = turns->n_silent_of_v6 > turns->n_silent - turns->n_silent_of_v6;
	return a6 != b6 && a6 != v6_worse && turns->n_silent > 0;
}

/* Whether the addresses of some server of the parent are not known yet. */
static bool is_looking_up(const struct dw_discovery *discovery)
{
	for (unsigned i = 0; i < discovery->n_jobs; i++) {
		if (discovery->jobs[i].stage == DW_STAGE_PARENT_ADDRESS && discovery->jobs[i].state != DW_JOB_ENDED)
			return true;
	}
	return false;
}

bool dw_discovery_turn(struct dw_discovery *discovery, struct dw_job *job)
{
	const struct dw_turns *turns = &discovery->turns;
	unsigned best = DW_SERVERS_MAX;
	unsigned limit = dw_discovery_is_apex(discovery) ? SILENT_MAX_KNOWN : SILENT_MAX_UNKNOWN;

	if (turns->n_silent >= limit)
		return false;
	for (unsigned i = 0; i < discovery->parents.n_addresses; i++)
		if (turns->taken[i] < TRIES && !dw_nameservers_repeats(&discovery->parents, i) &&
			(best == DW_SERVERS_MAX || sooner(discovery, i, best)))
			best = i;
	if (best == DW_SERVERS_MAX)
		return is_looking_up(discovery);
	job->target = best;
	job->state = DW_JOB_QUEUED;
	return true;
}
