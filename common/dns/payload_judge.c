#include "dns/payload_judge.h"

#include "dns/judgement.h"
#include "dns/mnemonic.h"
#include "dns/payload_edns.h"
#include "dns/payload_tcp.h"
#include "dns/payload_truncated.h"
#include "dns/payload_udp.h"
#include "dns/payload_verdict.h"
#include "dns/payload_via.h"
#include "dns/presence.h"
#include "dns/truncation.h"
#include "dns/wire.h"

/* A zone without an answer above this was not put to the test (RFC 9715). */
#define LARGE 1232

static bool is_answering(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		if (address->rungs[i].answered)
			return true;
	}
	return false;
}

/* Whether an address gives something of the zone, or more than a message holds. */
static bool is_serving(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->answered && !rung->reply.broken && (rung->reply.whole || rung->reply.truncated))
			return true;
	}
	return false;
}

/* Whether this host has no way to send there. */
static bool is_unreachable(const struct dw_payload_address *address)
{
	bool any = false;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->n_asked > 0 && (rung->tcp || rung->answered || rung->status != DW_NO_ROUTE))
			continue;
		any = any || rung->n_asked > 0;
	}
	return any && !is_answering(address);
}

/* Whether an answer shows that the zone is signed. */
static bool shows_signed(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->answered && !rung->reply.broken &&
			(rung->reply.signatures || (rung->topic == DW_TOPIC_DNSKEY && rung->reply.whole)))
			return true;
	}
	return false;
}

/* The first question that this host had no socket or memory for; NULL when there is none. */
static const struct dw_payload_rung *impossible(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->n_asked > 0 && !rung->answered && rung->status == DW_SYSTEM)
			return rung;
	}
	return NULL;
}

/* What this host could not ask tells nothing of the server. */
static void judge_means(struct dw_payload_case *trial)
{
	const struct dw_payload_rung *rung = impossible(trial->address);

	if (rung != NULL)
		dw_payload_add(
			trial, DW_PAYLOAD_NOT_POSSIBLE, DW_UNKNOWN, "could not be asked all: %s", rung->reason);
}

/* Nothing was heard from an address; says why as far as that can be told. */
static void judge_silence(struct dw_payload_case *trial)
{
	const struct dw_payload_address *address = trial->address;
	unsigned n_asked = 0, n_refused = 0;
	char elsewhere[DW_ADDRESS_TEXT_MAX];

	for (unsigned i = 0; i < address->n_rungs; i++) {
		n_asked += address->rungs[i].n_asked;
		n_refused += address->rungs[i].n_refused;
	}
	if (address->n_elsewhere > 0)
		dw_payload_add(trial, DW_PAYLOAD_OTHER_ADDRESS, dw_payload_absence(trial),
			"all answers come from another address, %s", dw_address_format(&address->elsewhere, elsewhere));
	else if (is_unreachable(address))
		dw_payload_add(trial, DW_PAYLOAD_NO_ROUTE, DW_NOTE,
			"could not be asked: this host has no route to that address");
	else if (address->n_garbage > 0)
		dw_payload_add(trial, DW_PAYLOAD_GARBAGE, dw_payload_absence(trial),
			"nothing but garbage comes, %u datagrams", address->n_garbage);
	else if (n_asked == 0)
		dw_payload_add(
			trial, DW_PAYLOAD_NOT_ASKED, DW_UNKNOWN, "could not be asked anything before time was up");
	else if (impossible(address) != NULL)
		judge_means(trial);
	else if (trial->facts->via && trial->suspicions->tcp_connected)
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_FAILS, dw_payload_absence(trial),
			"the resolver takes TCP connections, and has no answer by UDP or TCP (%u questions): it cannot "
			"get anything of the zone, or hangs",
			n_asked);
	else if (n_refused > 0)
		dw_payload_add(trial, DW_PAYLOAD_REFUSED, dw_payload_absence(trial), "UDP and TCP are refused");
	else
		dw_payload_add(trial, DW_PAYLOAD_SILENT, dw_payload_absence(trial),
			"neither UDP nor TCP is answered (%u questions)", n_asked);
}

/* TCP is answered, and UDP is not. */
static void judge_no_udp(struct dw_payload_case *trial)
{
	const struct dw_suspicion *udp = dw_suspicion_of(trial->suspicions, DW_SUSPECT_UDP);
	char elsewhere[DW_ADDRESS_TEXT_MAX];

	if (trial->address->n_elsewhere > 0)
		dw_payload_add(trial, DW_PAYLOAD_OTHER_ADDRESS, DW_CRITICAL,
			"all UDP answers come from another address, %s",
			dw_address_format(&trial->address->elsewhere, elsewhere));
	else if (trial->address->n_garbage > 0)
		dw_payload_add(trial, DW_PAYLOAD_GARBAGE, DW_CRITICAL,
			"nothing but garbage comes by UDP, %u datagram%s, TCP is answered", trial->address->n_garbage,
			trial->address->n_garbage == 1 ? "" : "s");
	else if ((udp == NULL && trial->suspicions->brought) || trial->suspicions->n_rejected > 0)
		dw_payload_add(trial, DW_PAYLOAD_UDP_REFUSED, DW_CRITICAL, "UDP is refused, TCP is answered");
	else if (udp != NULL && udp->proven)
		dw_payload_add(trial, DW_PAYLOAD_UDP_DROPPED, DW_CRITICAL,
			"no UDP question is answered (%u sent), TCP is", udp->n_lost);
}

/* What came of the SOA question, without EDNS or with. */
struct service {
	bool given;                         /* the record came, or more than a message holds */
	const struct dw_payload_rung *none; /* the last answer without the record, and without an error */
	const struct dw_payload_rung *error;
};

static struct service service_of(const struct dw_payload_address *address)
{
	struct service service = {.given = false};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];
		bool usual =
			rung->probe == DW_PROBE_PLAIN || rung->probe == DW_PROBE_EDNS || rung->probe == DW_PROBE_TCP;

		if (!usual || rung->topic != DW_TOPIC_SOA || !rung->answered || rung->reply.broken)
			continue;
		if (rung->reply.rcode != DW_RCODE_NOERROR)
			service.error = rung;
		else if (rung->reply.whole || rung->reply.truncated)
			service.given = true;
		else
			service.none = rung;
	}
	return service;
}

/* The SOA question has an answer, and no record. */
static void judge_no_record(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	if (trial->facts->via)
		dw_payload_add(trial, DW_PAYLOAD_NOT_APEX, DW_UNKNOWN,
			"the resolver has no SOA record of that name: it is not the apex of a zone");
	else
		dw_payload_add(trial, DW_PAYLOAD_SERVER_ERROR, dw_payload_absence(trial),
			rung->reply.authoritative
				? "the SOA question is answered with no data, which no server of the zone can say"
				: "the SOA question is not answered from the zone: the server is lame");
}

/* The SOA question has an error alone. */
static void judge_error(struct dw_payload_case *trial, const struct dw_payload_rung *rung)
{
	char rcode[16];

	dw_rcode_text(rung->reply.rcode, rcode);
	if (!trial->facts->via)
		dw_payload_add(trial, DW_PAYLOAD_SERVER_ERROR, dw_payload_absence(trial),
			"the SOA question is answered with %s", rcode);
	else if (rung->reply.rcode == DW_RCODE_NXDOMAIN)
		dw_payload_add(trial, DW_PAYLOAD_NO_SUCH_ZONE, DW_CRITICAL,
			"the resolver says that there is no such zone in the DNS (%s)", rcode);
	/* That a resolver cannot get an RRset is said of it elsewhere, with all others. */
	else if (rung->reply.rcode != DW_RCODE_SERVFAIL)
		dw_payload_add(trial, DW_PAYLOAD_RESOLVER_REFUSES, DW_CRITICAL,
			"the resolver answers the SOA question with %s", rcode);
}

/* What the server says of the zone, without EDNS or with; whether it says anything of it. */
static bool judge_service(struct dw_payload_case *trial)
{
	struct service service = service_of(trial->address);

	if (service.given)
		return true;
	if (service.none != NULL) {
		judge_no_record(trial, service.none);
		return false;
	}
	if (service.error == NULL ||
		(service.error->probe == DW_PROBE_EDNS && service.error->reply.rcode == DW_RCODE_FORMERR))
		return true;
	judge_error(trial, service.error);
	return false;
}

static void judge_address(struct dw_payload_case *trial)
{
	if (!is_answering(trial->address)) {
		judge_silence(trial);
		return;
	}
	if (!trial->suspicions->udp_heard) {
		judge_no_udp(trial);
	} else if (judge_service(trial)) {
		dw_payload_edns_judge(trial);
		dw_payload_udp_judge(trial);
	}
	dw_payload_tcp_judge(trial);
	if (trial->facts->via)
		dw_payload_via_judge(trial);
	dw_payload_way_judge(trial);
	judge_means(trial);
}

/* What is measured at one address. */
static struct dw_size_sample measure(
	const struct dw_payload_address *address, struct dw_payload_verdict *verdict)
{
	struct dw_size_sample sample = {.udp_known = false};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->answered)
			continue;
		*(rung->tcp ? &verdict->signed_tcp : &verdict->signed_udp) |= dw_payload_is_signed(rung);
		dw_size_sample_take(&sample,
			&(struct dw_size_answer){.tcp = rung->tcp,
				.size = rung->reply.size,
				.edns = rung->reply.edns,
				.advertised = rung->reply.advertised,
				.elapsed = rung->reply.elapsed});
	}
	return sample;
}

/* Whether a server says that there is no DNSKEY RRset. */
static bool says_unsigned(const struct dw_payload_facts *facts)
{
	for (unsigned i = 0; i < facts->n_addresses; i++) {
		for (unsigned k = 0; k < facts->addresses[i].n_rungs; k++) {
			const struct dw_payload_rung *rung = &facts->addresses[i].rungs[k];

			if (rung->topic == DW_TOPIC_DNSKEY && rung->answered && !rung->reply.broken &&
				!rung->reply.truncated && !rung->reply.whole && rung->reply.rcode == DW_RCODE_NOERROR)
				return true;
		}
	}
	return false;
}

/* Whether some resolver could not get what it was asked for. */
static bool is_incomplete(const struct dw_payload_figures *figures)
{
	for (unsigned i = 0; i < figures->n_verdicts; i++) {
		if (figures->verdicts[i].kind == dw_payload_row(DW_PAYLOAD_RESOLVER_FAILS))
			return true;
	}
	return false;
}

/* Octets of the answer to a rung, as far as known: one that has no room in a large buffer is larger. */
static size_t size_of(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	size_t wanted = rung->tcp ? rung->gap.n_wanted : 0;

	if (!rung->answered)
		return wanted;
	if (dw_truncation_is_open(address, rung) && !dw_payload_is_truncating(address))
		return rung->size + 1U;
	return wanted > rung->reply.size ? wanted : rung->reply.size;
}

/* Whether the zone's answers are large enough to have been put to the test. */
static void judge_largeness(
	const struct dw_payload_facts *facts, bool zone_signed, struct dw_findings *findings)
{
	struct dw_place place = {.zone = &facts->zone};
	size_t largest = 0;
	bool served = false;
	char zone[64];

	for (unsigned i = 0; i < facts->n_addresses; i++) {
		served = served || is_serving(&facts->addresses[i]);
		for (unsigned k = 0; k < facts->addresses[i].n_rungs; k++) {
			size_t size = size_of(&facts->addresses[i], &facts->addresses[i].rungs[k]);

			largest = size > largest ? size : largest;
		}
	}
	if (!served || largest > LARGE)
		return;
	dw_findings_add(findings, dw_payload_row(DW_PAYLOAD_NO_LARGE_ANSWER), DW_NOTE, &place,
		"%s: no large answer was found%s: the largest has %zu octets, and larger ones were not put to the "
		"test",
		dw_judgement_name_text(&facts->zone, zone),
		!zone_signed && says_unsigned(facts) ? ", as the zone has no DNSKEY" : "", largest);
}

/* Judges one address of a case into its verdict. */
static void judge_one(const struct dw_payload_case *whole, unsigned at, struct dw_payload_figures *figures)
{
	const struct dw_payload_facts *facts = whole->facts;
	struct dw_payload_verdict *verdict = &figures->verdicts[at];
	struct dw_payload_case trial = *whole;
	struct dw_suspicions suspicions;

	*verdict = (struct dw_payload_verdict){.kind = dw_payload_row(DW_PAYLOAD_FINE)};
	trial.address = &facts->addresses[at];
	trial.verdict = verdict;
	trial.suspicions = &suspicions;
	for (unsigned i = 0; i < facts->n_addresses; i++)
		trial.others_answer = trial.others_answer || (i != at && is_serving(&facts->addresses[i]));
	dw_suspicions_find(trial.address, &suspicions);
	verdict->udp_passed = suspicions.udp_passed;
	const struct dw_size_sample sample = measure(trial.address, verdict);
	judge_address(&trial);
	dw_size_figures_add(&figures->sizes, &sample, verdict->severity >= DW_WARNING);
	if (trial.address->n_packets > figures->packets)
		figures->packets = trial.address->n_packets;
}

/* Whether there is an address to go on with; what the discovery says is found otherwise. */
static bool judge_discovery(const struct dw_payload_facts *facts, struct dw_findings *findings)
{
	const struct dw_judgement_place whole = {.server = NULL};
	struct dw_survey_facts survey = {.zone = facts->zone,
		.status = facts->status,
		.discovery = facts->discovery,
		.n_servers = facts->n_addresses};
	struct dw_judgement judgement;

	dw_judgement_init(&judgement, &survey, findings);
	bool found = dw_presence_discovery(&judgement);
	unsigned n_unreachable = 0;
	for (unsigned i = 0; i < facts->n_addresses; i++)
		n_unreachable += is_unreachable(&facts->addresses[i]);
	if (found && n_unreachable == facts->n_addresses)
		dw_judgement_add(&judgement, DW_FOUND_NOT_REACHABLE, DW_UNKNOWN, &whole,
			"this host has no route to any of its servers");
	dw_judgement_finish(&judgement);
	return found;
}

void dw_payload_judge(const struct dw_payload_facts *facts, const struct dw_size_policy *policy,
	struct dw_findings *findings, struct dw_payload_figures *figures)
{
	struct dw_payload_case trial = {.facts = facts, .policy = policy, .findings = findings};

	*figures = (struct dw_payload_figures){.n_verdicts = 0};
	if (!judge_discovery(facts, findings))
		return;
	for (unsigned i = 0; i < facts->n_addresses; i++)
		trial.zone_signed = trial.zone_signed || shows_signed(&facts->addresses[i]);
	for (unsigned i = 0; i < facts->n_addresses && i < DW_SERVERS_MAX; i++) {
		judge_one(&trial, i, figures);
		figures->n_verdicts++;
	}
	if (!is_incomplete(figures))
		judge_largeness(facts, trial.zone_signed, findings);
	dw_payload_order(findings);
}
