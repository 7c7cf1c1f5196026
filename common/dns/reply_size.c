#include "dns/reply_size.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/rrset.h"
#include "dns/wire.h"

#define GRADE_MIN     64
#define GRADE_MAX     9999
#define PAYLOAD_SIZE  4096 /* octets taken by UDP: what servers send at most by UDP */
#define BUDGET        7000
#define TCP_TRIES     2
#define TCP_LOST_FROM 2500 /* ms after which silence is the peer's: TCP has sent again by then, twice */

/* Grades of the zone that the suite ships: around the sizes at which paths are known to end. */
static const uint16_t shipped[] = {
	512, 1024, 1200, 1232, 1252, 1280, 1400, 1432, 1452, 1472, 1500, 1680, 2048, 2560, 3072, 3584, 4000};

/* How the budget is split among the attempts by UDP. */
static const unsigned shares[DW_GRADE_TRIES] = {3, 2, 3, 3, 3};
#define SHARES 14

/*
 * So many grades are asked for at once for the first time: a resolver fetches large ones by TCP, and servers
 * hold ten connections until they take them. What finds no room there is tried again after a second.
 */
#define BURST 8

/* What is open at one grade of one resolver. */
struct open {
	bool udp, tcp;
};

/* Where we are with one resolver. */
struct progress {
	struct open open[DW_GRADES_MAX];
};

struct dw_reply_size {
	struct dw_reply_size_facts facts;
	struct dw_reply_size_plan plan;
	struct dw_discovery *discovery;
	unsigned n_discovering; /* questions of the discovery that are open */
	bool discovered;
	struct progress *progress; /* one for each resolver */
	unsigned at;               /* the resolver to look at next */
};

static enum dw_status name_of(const struct dw_name *zone, uint16_t size, struct dw_name *name)
{
	char label[8];

	snprintf(label, sizeof(label), "r%04u", size % 10000U);
	return dw_name_prefix(label, zone, name, NULL);
}

static enum dw_status check_plan(const struct dw_reply_size_plan *plan, struct dw_error *error)
{
	struct dw_name name;

	if (plan->discovery.n_hosts == 0)
		return dw_fail(error, DW_INVALID, "no resolver to ask");
	if (plan->n_grades > DW_GRADES_MAX)
		return dw_fail(error, DW_INVALID, "more than %d grades", DW_GRADES_MAX);
	for (unsigned i = 0; i < plan->n_grades; i++) {
		if (plan->grades[i] < GRADE_MIN || plan->grades[i] > GRADE_MAX ||
			(i > 0 && plan->grades[i] <= plan->grades[i - 1]))
			return dw_fail(error, DW_INVALID, "grade %u: grades ascend, from %d to %d octets",
				plan->grades[i], GRADE_MIN, GRADE_MAX);
	}
	if (name_of(&plan->discovery.zone, GRADE_MIN, &name) != DW_OK)
		return dw_fail(error, DW_INVALID, "the zone's name leaves no room for names of grades");
	return DW_OK;
}

enum dw_status dw_reply_size_new(
	const struct dw_reply_size_plan *plan, struct dw_reply_size **reply_size, struct dw_error *error)
{
	struct dw_reply_size *fresh;
	enum dw_status status = check_plan(plan, error);

	if (status != DW_OK)
		return status;
	fresh = calloc(1, sizeof(*fresh));
	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for grades of answers");
	fresh->plan = *plan;
	if (plan->n_grades == 0) {
		fresh->plan.n_grades = sizeof(shipped) / sizeof(shipped[0]);
		memcpy(fresh->plan.grades, shipped, sizeof(shipped));
	}
	if (plan->budget == 0)
		fresh->plan.budget = BUDGET;
	fresh->facts.zone = plan->discovery.zone;
	status = dw_discovery_new(&plan->discovery, &fresh->discovery, error);
	if (status != DW_OK) {
		dw_reply_size_free(fresh);
		return status;
	}
	fresh->facts.discovery = dw_discovery_facts(fresh->discovery);
	*reply_size = fresh;
	return DW_OK;
}

/* The discovery has ended: begins with the resolvers it found. */
static void begin_resolvers(struct dw_reply_size *self)
{
	const struct dw_discovery_facts *discovery = self->facts.discovery;
	unsigned n = discovery->status == DW_OK ? discovery->n_servers : 0;

	self->discovered = true;
	if (n == 0)
		return;
	self->facts.resolvers = calloc(n, sizeof(*self->facts.resolvers));
	self->progress = calloc(n, sizeof(*self->progress));
	if (self->facts.resolvers == NULL || self->progress == NULL) {
		self->facts.status = DW_SYSTEM;
		return;
	}
	self->facts.n_resolvers = n;
	for (unsigned i = 0; i < n; i++) {
		struct dw_reply_size_resolver *resolver = &self->facts.resolvers[i];
		resolver->server = discovery->servers[i];
		resolver->n_grades = self->plan.n_grades;
		for (unsigned k = 0; k < resolver->n_grades; k++)
			resolver->grades[k].size = self->plan.grades[k];
	}
}

/* Whether a message came that parses. */
static bool is_answered(const struct dw_grade_answer *answer)
{
	return answer->n_asked > 0 && answer->status == DW_OK;
}

/* Whether the resolver has said anything at all yet about the smallest grade: others wait for that. */
static bool has_spoken(const struct dw_reply_size_resolver *resolver)
{
	return is_answered(&resolver->grades[0].udp) || is_answered(&resolver->grades[0].tcp);
}

/* How often it is worth asking by UDP: silence may be loss; a failure is believed when it comes twice. */
static unsigned tries(const struct dw_grade_answer *answer)
{
	if (answer->n_asked == 0 || answer->status == DW_TIMEOUT)
		return DW_GRADE_TRIES;
	return answer->status != DW_OK || answer->rcode == DW_RCODE_SERVFAIL ? 2 : 1;
}

/* Whether there is room for a grade that was not asked for yet. */
static bool has_room(const struct dw_reply_size_resolver *resolver, const struct progress *progress)
{
	unsigned n_fresh = 0;

	for (unsigned i = 0; i < resolver->n_grades; i++)
		n_fresh += progress->open[i].udp && resolver->grades[i].udp.n_asked == 1;
	return n_fresh < BURST;
}

/* Whether a grade is to be asked for by UDP now. */
static bool wants_udp(
	const struct dw_reply_size_resolver *resolver, const struct progress *progress, unsigned at)
{
	const struct dw_grade_answer *udp = &resolver->grades[at].udp;

	return !progress->open[at].udp && udp->n_asked < tries(udp) &&
		(udp->n_asked > 0 || has_room(resolver, progress));
}

/* Whether the largest grade was asked for by TCP, and not brought: then others may tell more. */
static bool is_largest_missing(const struct dw_reply_size_resolver *resolver, const struct progress *progress)
{
	const unsigned last = resolver->n_grades - 1;
	const struct dw_grade_answer *tcp = &resolver->grades[last].tcp;

	return tcp->n_asked > 0 && !progress->open[last].tcp && !tcp->whole;
}

/* Whether a grade is to be asked for by TCP now. What is truncated comes, where the largest does. */
static bool wants_tcp(
	const struct dw_reply_size_resolver *resolver, const struct progress *progress, unsigned at)
{
	const struct dw_grade *grade = &resolver->grades[at];
	const struct open *open = &progress->open[at];
	bool ended = grade->udp.n_asked > 0 && !open->udp;
	bool needed = at + 1 == resolver->n_grades || grade->udp.n_lost > 0 ||
		(ended && grade->udp.status != DW_OK) ||
		(ended && grade->udp.truncated && is_largest_missing(resolver, progress));

	return needed && !open->tcp && !is_answered(&grade->tcp) && grade->tcp.n_asked < TCP_TRIES;
}

/* Writes the question for a grade. */
static void write_question(const struct dw_reply_size *self, const struct dw_reply_size_resolver *resolver,
	const struct dw_grade *grade, bool tcp, struct dw_question *question)
{
	memset(question, 0, sizeof(*question));
	question->server = resolver->server.address;
	question->transport = tcp ? DW_TRANSPORT_TCP : DW_TRANSPORT_UDP_ONLY;
	question->tries = 1;
	if (!tcp)
		question->try_timeout = self->plan.budget * shares[grade->udp.n_asked] / SHARES;
	(void)name_of(&self->facts.zone, grade->size, &question->ask.name);
	question->ask.type = DW_TYPE_TXT;
	question->ask.recursion_desired = true;
	/* Without DO no signature adds to the size, and CD keeps a bogus zone from hiding it. */
	question->ask.checking_disabled = true;
	question->ask.edns = true;
	question->ask.payload_size = PAYLOAD_SIZE;
}

/* The next question to this resolver; false when there is none now. */
static bool ask_resolver(struct dw_reply_size *self, unsigned at, struct dw_question *question, unsigned *tag)
{
	struct dw_reply_size_resolver *resolver = &self->facts.resolvers[at];
	unsigned n = has_spoken(resolver) ? resolver->n_grades : 1;

	for (unsigned i = 0; i < n; i++) {
		struct dw_grade *grade = &resolver->grades[i];
		struct open *open = &self->progress[at].open[i];
		bool udp = wants_udp(resolver, &self->progress[at], i);
		if (!udp && !wants_tcp(resolver, &self->progress[at], i))
			continue;
		write_question(self, resolver, grade, !udp, question);
		*tag = (at * DW_GRADES_MAX + i) * 2 + !udp;
		*(udp ? &open->udp : &open->tcp) = true;
		struct dw_grade_answer *answer = udp ? &grade->udp : &grade->tcp;
		answer->n_asked++;
		answer->status = DW_TIMEOUT; /* until it is answered */
		return true;
	}
	return false;
}

static bool next(void *context, struct dw_question *question, unsigned *tag)
{
	struct dw_reply_size *self = context;

	if (!self->discovered) {
		if (dw_discovery_class.next(self->discovery, question, tag)) {
			self->n_discovering++;
			return true;
		}
		if (self->n_discovering > 0)
			return false;
		begin_resolvers(self);
	}
	/* In turn, so that none waits for the others. */
	for (unsigned i = 0; i < self->facts.n_resolvers; i++) {
		unsigned at = (self->at + i) % self->facts.n_resolvers;
		if (ask_resolver(self, at, question, tag)) {
			self->at = at + 1;
			return true;
		}
	}
	return false;
}

/* Reads a message into the answer of a grade. */
static void read_message(
	const struct dw_question *question, const struct dw_answer *answered, struct dw_grade_answer *answer)
{
	struct dw_message message;
	struct dw_rrset rrset;
	struct dw_error error;

	answer->size = answered->length;
	answer->status = dw_message_parse(answered->wire, answered->length, &message, &error);
	if (answer->status != DW_OK) {
		snprintf(answer->reason, sizeof(answer->reason), "%.95s", error.text);
		return;
	}
	answer->rcode = message.rcode;
	answer->truncated = message.truncated;
	answer->edns = message.edns.present;
	answer->advertised = message.edns.present ? message.edns.payload_size : 0;
	answer->whole = !message.truncated && message.rcode == DW_RCODE_NOERROR &&
		dw_rrset_find(&message, DW_ANSWER, &question->ask.name, DW_TYPE_TXT, &rrset);
}

/* Takes what came of one attempt; what an earlier one brought counts no more. */
static void take_attempt(
	const struct dw_question *question, const struct dw_answer *answered, struct dw_grade_answer *answer)
{
	bool tcp = question->transport == DW_TRANSPORT_TCP;
	dw_millis planned = tcp ? TCP_LOST_FROM : question->try_timeout;

	/* What there was no time for says less than what was tried before. */
	if (answered->status == DW_TIMEOUT && answered->attempts == 0 && answer->n_asked > 1)
		return;
	*answer = (struct dw_grade_answer){.n_asked = answer->n_asked,
		.n_lost = answer->n_lost,
		.status = answered->status,
		.connected = answered->tcp_stage > DW_TCP_CONNECTING,
		.elapsed = answered->elapsed};
	if (answered->status == DW_OK) {
		read_message(question, answered, answer);
		return;
	}
	snprintf(answer->reason, sizeof(answer->reason), "%s", answered->reason);
	/* What the end of the run cut short proves nothing. */
	if (answered->status == DW_TIMEOUT && answered->elapsed >= planned)
		answer->n_lost++;
}

/* Notes what came beside the answer. */
static void take_strays(const struct dw_answer *answered, struct dw_reply_size_resolver *resolver)
{
	resolver->n_elsewhere += answered->n_elsewhere;
	if (answered->n_elsewhere > 0)
		resolver->elsewhere = answered->elsewhere;
	if (answered->n_garbage > resolver->n_garbage)
		resolver->n_garbage = answered->n_garbage;
	if (answered->n_repeated > resolver->n_repeated)
		resolver->n_repeated = answered->n_repeated;
}

static void answer(
	void *context, unsigned tag, const struct dw_question *question, const struct dw_answer *answered)
{
	struct dw_reply_size *self = context;
	unsigned at = tag / 2 / DW_GRADES_MAX;
	unsigned i = tag / 2 % DW_GRADES_MAX;
	bool tcp = tag % 2 == 1;

	if (!self->discovered) {
		self->n_discovering--;
		dw_discovery_class.answer(self->discovery, tag, question, answered);
		return;
	}
	struct dw_grade *grade = &self->facts.resolvers[at].grades[i];
	*(tcp ? &self->progress[at].open[i].tcp : &self->progress[at].open[i].udp) = false;
	take_attempt(question, answered, tcp ? &grade->tcp : &grade->udp);
	take_strays(answered, &self->facts.resolvers[at]);
	self->facts.resolvers[at].n_packets += answered->n_packets;
}

const struct dw_inquiry_class dw_reply_size_class = {.next = next, .answer = answer};

const struct dw_reply_size_facts *dw_reply_size_facts(const struct dw_reply_size *reply_size)
{
	return &reply_size->facts;
}

void dw_reply_size_free(struct dw_reply_size *reply_size)
{
	if (reply_size == NULL)
		return;
	dw_discovery_free(reply_size->discovery);
	free(reply_size->facts.resolvers);
	free(reply_size->progress);
	free(reply_size);
}
