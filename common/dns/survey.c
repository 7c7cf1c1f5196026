#include "dns/survey.h"

#include <stdlib.h>
#include <string.h>

#include "dns/agenda.h"
#include "dns/elsewhere.h"
#include "dns/keyring.h"
#include "dns/reply.h"
#include "dns/ringset.h"

/* Octets taken by UDP: what passes without fragments (RFC 9715). */
#define PAYLOAD_SIZE 1232

/* Where we are with one server. */
struct progress {
	struct dw_keyring *ring; /* its keys; NULL until they are known */
	unsigned n_asked;        /* questions given out */
	unsigned n_allowed;      /* questions that may be given out by now */
	unsigned budget;         /* verifications left for it */
};

/* Where a record that was served without signature comes from. */
struct hunt {
	unsigned at, ask; /* server and question whose answer it is about */
	bool waiting;     /* a question of it is to be given out */
	struct dw_elsewhere search;
};

struct dw_survey {
	struct dw_survey_facts facts;
	struct dw_discovery *discovery;
	unsigned n_discovering; /* questions of the discovery that are open */
	bool discovered;
	unsigned n_asks;
	struct dw_agenda_item *asks; /* what is asked of every server */
	struct progress *progress;   /* one for each server */
	unsigned at;                 /* the server to look at next */
	unsigned n_hunts, n_waiting;
	struct hunt *hunts;
	struct dw_ringset rings;
	struct dw_keyring no_keys; /* for servers without keys: an empty ring of the zone */
	struct dw_verifier verifier;
	struct dw_memo memo; /* servers send the same signatures */
	bool keep_rdata;
};

enum dw_status dw_survey_new(
	const struct dw_survey_plan *plan, struct dw_survey **survey, struct dw_error *error)
{
	struct dw_survey *fresh = calloc(1, sizeof(*fresh));
	enum dw_status status;

	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a survey");
	fresh->facts.zone = plan->discovery.zone;
	fresh->facts.now = plan->now;
	fresh->keep_rdata = plan->keep_rdata;
	fresh->no_keys.owner = plan->discovery.zone;
	dw_verifier_init(&fresh->verifier);
	fresh->verifier.memo = &fresh->memo;
	status = dw_agenda_make(plan, &fresh->asks, &fresh->n_asks, error);
	if (status == DW_OK && plan->known == NULL)
		status = dw_discovery_new(&plan->discovery, &fresh->discovery, error);
	if (status != DW_OK) {
		dw_survey_free(fresh);
		return status;
	}
	fresh->facts.discovery = plan->known != NULL ? plan->known : dw_discovery_facts(fresh->discovery);
	*survey = fresh;
	return DW_OK;
}

/* Makes room for what a server will say; false without memory. */
static bool prepare_server(struct dw_survey *survey, unsigned at)
{
	struct dw_server_facts *server = &survey->facts.servers[at];

	server->server = survey->facts.discovery->servers[at];
	server->replies = calloc(survey->n_asks, sizeof(*server->replies));
	if (server->replies == NULL)
		return false;
	server->n_replies = survey->n_asks;
	for (unsigned i = 0; i < survey->n_asks; i++) {
		server->replies[i].topic = survey->asks[i].topic;
		server->replies[i].record = survey->asks[i].record;
	}
	survey->progress[at].n_allowed = 1;
	survey->progress[at].budget = DW_RULES_BUDGET_MAX;
	return true;
}

/* The discovery has ended: begins with the servers it found. */
static void begin_servers(struct dw_survey *survey)
{
	struct dw_survey_facts *facts = &survey->facts;
	unsigned n = facts->discovery->status == DW_OK ? facts->discovery->n_servers : 0;

	survey->discovered = true;
	if (n == 0)
		return;
	facts->servers = calloc(n, sizeof(*facts->servers));
	survey->progress = calloc(n, sizeof(*survey->progress));
	if (facts->servers == NULL || survey->progress == NULL) {
		facts->status = DW_SYSTEM;
		return;
	}
	while (facts->n_servers < n && prepare_server(survey, facts->n_servers))
		facts->n_servers++;
	if (facts->n_servers < n)
		facts->status = DW_SYSTEM;
}

/* Writes a question for a server. */
static void write_question(
	const struct dw_server_facts *server, const struct dw_record *record, struct dw_question *question)
{
	memset(question, 0, sizeof(*question));
	question->server = server->server.address;
	question->transport = DW_TRANSPORT_UDP;
	question->ask.name = record->name;
	question->ask.type = record->type;
	/* A server that the user named may be a resolver. */
	question->ask.recursion_desired = server->server.by_user;
	question->ask.checking_disabled = true;
	question->ask.edns = true;
	question->ask.dnssec_ok = true;
	question->ask.nsid = true;
	question->ask.payload_size = PAYLOAD_SIZE;
}

/* The next question to any server, taken in turn so that none waits for the others. */
static bool next_question(struct dw_survey *survey, struct dw_question *question, unsigned *tag)
{
	unsigned n = survey->facts.n_servers;

	for (unsigned i = 0; i < n; i++) {
		unsigned at = (survey->at + i) % n;
		struct progress *progress = &survey->progress[at];
		if (progress->n_asked == progress->n_allowed)
			continue;
		unsigned ask = progress->n_asked++;
		survey->facts.servers[at].replies[ask].asked = true;
		write_question(&survey->facts.servers[at], &survey->asks[ask].record, question);
		*tag = at * survey->n_asks + ask;
		survey->at = at + 1;
		return true;
	}
	return false;
}

/* What a hunt wants to know next: whether there is a cut at a name. */
static struct dw_record record_of(const struct hunt *hunt)
{
	return (struct dw_record){dw_elsewhere_name(&hunt->search), DW_TYPE_DS};
}

/* The next question of any hunt; their tags come behind those of the servers. */
static bool next_hunted(struct dw_survey *survey, struct dw_question *question, unsigned *tag)
{
	for (unsigned i = 0; survey->n_waiting > 0 && i < survey->n_hunts; i++) {
		struct hunt *hunt = &survey->hunts[i];
		if (!hunt->waiting)
			continue;
		hunt->waiting = false;
		survey->n_waiting--;
		const struct dw_record record = record_of(hunt);
		write_question(&survey->facts.servers[hunt->at], &record, question);
		*tag = survey->facts.n_servers * survey->n_asks + i;
		return true;
	}
	return false;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_survey *survey = self;

	if (!survey->discovered) {
		if (survey->discovery != NULL && dw_discovery_class.next(survey->discovery, question, tag)) {
			survey->n_discovering++;
			return true;
		}
		if (survey->n_discovering > 0)
			return false;
		begin_servers(survey);
	}
	return next_question(survey, question, tag) || next_hunted(survey, question, tag);
}

/* Whether a DS record of the parent names the key. */
static bool is_in_ds(const struct dw_survey *survey, const struct dw_keyring_key *key)
{
	const struct dw_discovery_facts *discovery = survey->facts.discovery;

	for (unsigned i = 0; discovery->ds_known == DW_DS_PRESENT && i < discovery->n_ds; i++) {
		const struct dw_ds_fact *fact = &discovery->ds[i];
		const struct dw_ds ds = {
			fact->key_tag, fact->algorithm, fact->digest_type, fact->digest_length, fact->digest};
		if (dw_rules_ds_matches(&ds, &survey->facts.zone, key))
			return true;
	}
	return false;
}

/* Writes down the keys of a server, as they stand after its DNSKEY RRset was judged. */
static void take_keys(
	const struct dw_survey *survey, const struct dw_keyring *ring, struct dw_server_facts *server)
{
	for (unsigned i = 0; i < ring->n_keys; i++) {
		const struct dw_keyring_key *key = &ring->keys[i];
		server->keys[i] = (struct dw_key_fact){
			.flags = key->flags,
			.key_tag = key->key_tag,
			.protocol = key->protocol,
			.algorithm = key->algorithm,
			.state = key->state,
			.key_length = (uint16_t)(key->rdata_length > 4 ? key->rdata_length - 4 : 0),
			.in_ds = is_in_ds(survey, key),
		};
	}
	server->n_keys = ring->n_keys;
	server->zone_signed = ring->n_keys > 0;
}

/* Which of the other questions a server is worth, by how it answered the first. */
static unsigned allowed(const struct dw_survey *survey, const struct dw_reply *reply)
{
	bool soa = survey->n_asks > 1 && survey->asks[1].topic == DW_TOPIC_SOA;

	if (reply->kind == DW_REPLY_NONE)
		return 1;
	if (reply->kind == DW_REPLY_POSITIVE || reply->kind == DW_REPLY_NO_DATA)
		return survey->n_asks;
	/* Whether it serves the zone at all is worth one more. */
	return soa ? 2 : 1;
}

/* Verifies an answer with the keys of the server that gave it, and within its budget. */
static enum dw_status prove(struct dw_survey *survey, struct progress *progress,
	struct dw_reply_setting *setting, const struct dw_message *message, struct dw_reply *reply)
{
	unsigned before = survey->verifier.n_verified;
	enum dw_status status;

	setting->ring = progress->ring != NULL ? progress->ring : &survey->no_keys;
	survey->verifier.budget = progress->budget;
	status = dw_reply_prove(setting, message, reply, NULL);
	progress->budget = survey->verifier.budget;
	survey->facts.n_verified += survey->verifier.n_verified - before;
	return status;
}

/* With what the answers of a server are read. */
static struct dw_reply_setting setting_for(struct dw_survey *survey, const struct dw_server_facts *server)
{
	return (struct dw_reply_setting){.zone = &survey->facts.zone,
		.by_user = server->server.by_user,
		.verifier = &survey->verifier,
		.now = survey->facts.now,
		.keep_rdata = survey->keep_rdata};
}

/* Begins to look where a record comes from, if that is not plain; a server that has no keys need not say. */
static enum dw_status begin_hunt(
	struct dw_survey *survey, unsigned at, unsigned ask, const struct dw_message *message)
{
	struct hunt fresh = {.at = at, .ask = ask, .waiting = true};
	struct dw_server_facts *server = &survey->facts.servers[at];
	struct hunt *hunts;

	if (!server->zone_signed ||
		!dw_elsewhere_begin(&fresh.search, message, &survey->facts.zone, &server->replies[ask]))
		return DW_OK;
	hunts = realloc(survey->hunts, (survey->n_hunts + 1) * sizeof(*hunts));
	if (hunts == NULL)
		return DW_SYSTEM;
	survey->hunts = hunts;
	survey->hunts[survey->n_hunts++] = fresh;
	survey->n_waiting++;
	return DW_OK;
}

/* Takes an answer of a server: reads it, and makes a ring of its keys if it brings them. */
static void take_answer(struct dw_survey *survey, unsigned at, unsigned ask, const struct dw_answer *answer)
{
	struct dw_server_facts *server = &survey->facts.servers[at];
	struct progress *progress = &survey->progress[at];
	struct dw_reply *reply = &server->replies[ask];
	struct dw_reply_setting setting = setting_for(survey, server);
	enum dw_status status = DW_OK;
	struct dw_message message;
	struct dw_rrset rrset;

	if (dw_reply_read(&setting, answer, &message, reply)) {
		bool keys = ask == 0 && dw_rrset_find(&message, DW_ANSWER, setting.zone, DW_TYPE_DNSKEY, &rrset);
		if (keys)
			status = dw_ringset_take(&survey->rings, &rrset, &progress->ring, NULL);
		if (status == DW_OK)
			status = prove(survey, progress, &setting, &message, reply);
		if (keys && progress->ring != NULL)
			take_keys(survey, progress->ring, server);
		if (status == DW_OK)
			status = begin_hunt(survey, at, ask, &message);
	}
	if (status != DW_OK)
		survey->facts.status = status;
	if (ask == 0)
		progress->n_allowed = allowed(survey, reply);
}

/* Takes an answer for a hunt; one that says nothing ends it. */
static void take_hunted(struct dw_survey *survey, struct hunt *hunt, const struct dw_answer *answer)
{
	struct dw_server_facts *server = &survey->facts.servers[hunt->at];
	struct dw_reply_setting setting = setting_for(survey, server);
	struct dw_reply reply = {.topic = DW_TOPIC_RECORD, .record = record_of(hunt)};
	struct dw_message message;

	if (dw_reply_read(&setting, answer, &message, &reply)) {
		enum dw_status status = prove(survey, &survey->progress[hunt->at], &setting, &message, &reply);
		if (status != DW_OK)
			survey->facts.status = status;
		hunt->waiting = dw_elsewhere_take(&hunt->search, &reply, &server->replies[hunt->ask]);
		survey->n_waiting += hunt->waiting;
	}
	dw_reply_fini(&reply);
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_survey *survey = self;
	unsigned n_planned = survey->facts.n_servers * survey->n_asks;

	if (survey->discovered && tag >= n_planned) {
		take_hunted(survey, &survey->hunts[tag - n_planned], answer);
		return;
	}
	if (survey->discovered) {
		take_answer(survey, tag / survey->n_asks, tag % survey->n_asks, answer);
		return;
	}
	survey->n_discovering--;
	dw_discovery_class.answer(survey->discovery, tag, question, answer);
}

const struct dw_inquiry_class dw_survey_class = {next, take};

const struct dw_survey_facts *dw_survey_facts(const struct dw_survey *survey)
{
	return &survey->facts;
}

/* Releases what the servers said. */
static void free_servers(struct dw_survey_facts *facts)
{
	for (unsigned i = 0; i < facts->n_servers; i++) {
		for (unsigned k = 0; k < facts->servers[i].n_replies; k++)
			dw_reply_fini(&facts->servers[i].replies[k]);
		free(facts->servers[i].replies);
	}
	free(facts->servers);
}

void dw_survey_free(struct dw_survey *survey)
{
	if (survey == NULL)
		return;
	free_servers(&survey->facts);
	dw_ringset_fini(&survey->rings);
	dw_verifier_fini(&survey->verifier);
	dw_discovery_free(survey->discovery);
	free(survey->progress);
	free(survey->hunts);
	free(survey->asks);
	free(survey);
}
