#include "dns/signal.h"

#include <stdlib.h>

#include "dns/bundle.h"
#include "dns/reply.h"

#define PAYLOAD_SIZE 1232
#define TYPES        2 /* CDS and CDNSKEY of each server */

/* One question about the records of a server. */
struct look {
	unsigned n_tried; /* resolvers it was put to */
	bool open, done;
};

struct dw_signal {
	struct dw_signal_facts facts;
	struct dw_signal_plan plan;
	struct dw_bundle paths;
	struct dw_trust *trusts[DW_NS_NAMES_MAX];
	struct look looks[DW_NS_NAMES_MAX][TYPES];
	struct dw_verifier verifier;
	bool looking; /* the paths have ended */
};

enum dw_status dw_signal_name(const struct dw_name *zone, const struct dw_name *server, struct dw_name *name)
{
	struct dw_name origin, inner;
	enum dw_status status = dw_name_prefix("_signal", server, &origin, NULL);

	if (status == DW_OK)
		status = dw_name_join(zone, &origin, &inner, NULL);
	return status == DW_OK ? dw_name_prefix("_dsboot", &inner, name, NULL) : status;
}

static void add_server(struct dw_signal_plan *plan, const struct dw_name *name)
{
	if (name->length == 0 || plan->n_servers == DW_NS_NAMES_MAX)
		return;
	for (unsigned i = 0; i < plan->n_servers; i++) {
		if (dw_name_equal(&plan->servers[i], name))
			return;
	}
	plan->servers[plan->n_servers++] = *name;
}

void dw_signal_plan_servers(struct dw_signal_plan *plan, const struct dw_discovery_facts *discovery)
{
	for (unsigned i = 0; i < discovery->n_parent_ns; i++)
		add_server(plan, &discovery->parent_ns[i]);
	for (unsigned i = 0; i < discovery->n_child_ns; i++)
		add_server(plan, &discovery->child_ns[i]);
	for (unsigned i = 0; i < discovery->n_servers; i++)
		add_server(plan, &discovery->servers[i].name);
	for (unsigned i = 0; i < discovery->n_lost; i++)
		add_server(plan, &discovery->lost[i].name);
}

/* Begins the path to the records of one server. */
static enum dw_status begin(struct dw_signal *signal, unsigned at, struct dw_error *error)
{
	struct dw_signal_server *server = &signal->facts.servers[at];
	struct dw_trust_plan plan = {.holder = true,
		.resolvers = signal->plan.resolvers,
		.anchors = signal->plan.anchors,
		.now = signal->plan.now};

	server->server = signal->plan.servers[at];
	if (dw_name_within(&server->server, &signal->plan.zone))
		return DW_OK;
	server->kind = DW_SIGNAL_TOO_LONG;
	if (dw_signal_name(&signal->plan.zone, &server->server, &server->name) != DW_OK)
		return DW_OK;
	server->kind = DW_SIGNAL_ASKED;
	plan.zone = server->name;
	enum dw_status status = dw_trust_new(&plan, &signal->trusts[at], error);
	if (status != DW_OK)
		return status;
	server->trust = dw_trust_facts(signal->trusts[at]);
	return dw_bundle_add(&signal->paths, &dw_trust_class, signal->trusts[at], error);
}

enum dw_status dw_signal_new(
	const struct dw_signal_plan *plan, struct dw_signal **signal, struct dw_error *error)
{
	struct dw_signal *fresh = calloc(1, sizeof(*fresh));
	enum dw_status status = DW_OK;

	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for signalling names");
	fresh->plan = *plan;
	dw_verifier_init(&fresh->verifier);
	for (unsigned i = 0; i < plan->n_servers && status == DW_OK; i++) {
		status = begin(fresh, i, error);
		fresh->facts.n_servers++;
	}
	if (status == DW_OK)
		*signal = fresh;
	else
		dw_signal_free(fresh);
	return status;
}

static struct dw_reply *reply_of(struct dw_signal_server *server, unsigned type)
{
	return type == 0 ? &server->cds : &server->cdnskey;
}

/* Whether there is somebody to ask, and something to be learned. */
static bool is_wanted(const struct dw_signal *signal, unsigned at, unsigned type)
{
	const struct dw_signal_server *server = &signal->facts.servers[at];
	const struct look *look = &signal->looks[at][type];

	return server->kind == DW_SIGNAL_ASKED && server->trust->state != DW_TRUST_UNKNOWN && !look->open &&
		!look->done && look->n_tried < signal->plan.resolvers.n_resolvers;
}

/* Writes the question for the records of one type at a server's name. */
static void ask(struct dw_signal *signal, unsigned at, unsigned type, struct dw_question *question)
{
	struct dw_signal_server *server = &signal->facts.servers[at];
	struct look *look = &signal->looks[at][type];
	struct dw_reply *reply = reply_of(server, type);

	*question = (struct dw_question){.server = signal->plan.resolvers.items[look->n_tried++]};
	question->ask = (struct dw_ask){.name = server->name,
		.type = type == 0 ? DW_TYPE_CDS : DW_TYPE_CDNSKEY,
		.recursion_desired = true,
		.checking_disabled = true,
		.edns = true,
		.dnssec_ok = true,
		.payload_size = PAYLOAD_SIZE};
	dw_reply_fini(reply);
	*reply = (struct dw_reply){
		.topic = DW_TOPIC_RECORD, .record = {server->name, question->ask.type}, .asked = true};
	look->open = true;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_signal *signal = self;

	if (!signal->looking && dw_bundle_class.next(&signal->paths, question, tag))
		return true;
	if (!signal->looking && signal->paths.n_open > 0)
		return false;
	signal->looking = true;
	for (unsigned i = 0; i < signal->facts.n_servers * TYPES; i++) {
		if (!is_wanted(signal, i / TYPES, i % TYPES))
			continue;
		ask(signal, i / TYPES, i % TYPES, question);
		*tag = i;
		return true;
	}
	return false;
}

/*
 * Reads the answer, and verifies it with the keys that the path led to. Whether it is of use. Without them
 * the apex is not known either, and the name stands for it: its records are kept then too.
 */
static bool read_answer(
	struct dw_signal *signal, unsigned at, struct dw_reply *reply, const struct dw_answer *answer)
{
	const struct dw_trust_facts *trust = signal->facts.servers[at].trust;
	const bool secure = trust->state == DW_TRUST_SECURE;
	struct dw_message *message = malloc(sizeof(*message));
	struct dw_keyring *none = calloc(1, sizeof(*none));
	struct dw_reply_setting setting = {.zone = secure ? &trust->at : &reply->record.name,
		.by_user = true,
		.ring = secure ? trust->keys : none,
		.verifier = &signal->verifier,
		.now = signal->plan.now,
		.keep_rdata = true};
	bool useful = message != NULL && none != NULL && dw_reply_read(&setting, answer, message, reply);

	signal->verifier.budget = DW_RULES_BUDGET_MAX;
	useful = useful && dw_reply_prove(&setting, message, reply, NULL) == DW_OK;
	free(none);
	free(message);
	return useful;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_signal *signal = self;

	if (!signal->looking) {
		dw_bundle_class.answer(&signal->paths, tag, question, answer);
		return;
	}
	unsigned at = tag / TYPES, type = tag % TYPES;
	struct look *look = &signal->looks[at][type];
	look->open = false;
	look->done = read_answer(signal, at, reply_of(&signal->facts.servers[at], type), answer);
}

const struct dw_inquiry_class dw_signal_class = {next, take};

const struct dw_signal_facts *dw_signal_facts(const struct dw_signal *signal)
{
	return &signal->facts;
}

void dw_signal_free(struct dw_signal *signal)
{
	if (signal == NULL)
		return;
	for (unsigned i = 0; i < signal->facts.n_servers; i++) {
		dw_reply_fini(&signal->facts.servers[i].cds);
		dw_reply_fini(&signal->facts.servers[i].cdnskey);
		dw_trust_free(signal->trusts[i]);
	}
	dw_bundle_fini(&signal->paths);
	dw_verifier_fini(&signal->verifier);
	free(signal);
}
