/*
 * sweep: asks DNSKEY and SOA of many zones of one server, verifies both or not, and says what it cost.
 *
 * The zones are those of `lab sweep`: z00001.sweep. and so on. Prints one line of words and numbers, for
 * sweep.sh to compare with. Exit 1 when a zone of a living server is not secure, or not answered.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "dns/inquiry.h"
#include "dns/rules.h"

#define DEAD_SERVERS 4
#define ZONES_MAX    99999 /* as many as five digits name */

/* What is swept, and what came of it. */
struct sweep {
	struct dw_host host;
	unsigned long n_zones;
	unsigned passes;
	bool verify;
	unsigned dead_share; /* every so many zones one is on a dead server; 0: none */
	size_t at_once;
	dw_moment now;
	struct dw_address dead[DEAD_SERVERS];
	struct dw_verifier verifier;
	unsigned long n_answers, n_secure, n_failed;
	unsigned long n_expected; /* zones on living servers */
	char trouble[128];        /* the first */
};

enum { DNSKEY, SOA, QUESTIONS };

/* One zone: its DNSKEY RRset and its SOA, asked together. An SOA that comes first waits for the keys. */
struct zone {
	struct sweep *sweep;
	unsigned long number; /* from 1 */
	unsigned n_asked, n_answered;
	bool failed;
	struct dw_keyring *ring; /* from the DNSKEY RRset to the SOA, when they are to be verified */
	uint8_t *early;          /* the SOA that waits */
	size_t early_length;
};

static bool is_dead(const struct zone *zone)
{
	return zone->sweep->dead_share > 0 && zone->number % zone->sweep->dead_share == 0;
}

/* The name of a zone, z00001.sweep., by hand: what is measured is the engine. */
static void write_name(unsigned long number, struct dw_name *name)
{
	static const uint8_t first[] = "\006z00000\005sweep"; /* and the root */

	memcpy(name->wire, first, sizeof(first));
	name->length = sizeof(first);
	for (unsigned at = 6; at > 1; at--, number /= 10)
		name->wire[at] = (uint8_t)('0' + number % 10);
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct zone *zone = self;

	if (zone->n_asked == QUESTIONS || zone->failed)
		return false;
	*tag = zone->n_asked++;
	memset(question, 0, sizeof(*question));
	write_name(zone->number, &question->ask.name);
	question->ask.type = *tag == DNSKEY ? DW_TYPE_DNSKEY : DW_TYPE_SOA;
	question->ask.edns = true;
	question->ask.dnssec_ok = true;
	question->ask.payload_size = 1232;
	question->server = zone->sweep->host.address;
	if (is_dead(zone))
		question->server = zone->sweep->dead[zone->number / zone->sweep->dead_share % DEAD_SERVERS];
	return true;
}

static void fail(struct zone *zone, const char *why)
{
	zone->failed = true;
	if (is_dead(zone))
		return;
	zone->sweep->n_failed++;
	if (zone->sweep->trouble[0] == '\0')
		snprintf(zone->sweep->trouble, sizeof(zone->sweep->trouble), "z%05lu: %s", zone->number, why);
}

/* The RRset of the zone's apex that answers the question; false when there is none. */
static bool read_rrset(struct zone *zone, struct dw_octets wire, uint16_t type, struct dw_message *message,
	struct dw_rrset *rrset)
{
	if (dw_message_parse(wire.octets, wire.length, message, NULL) != DW_OK)
		fail(zone, "does not parse");
	else if (!dw_rrset_find(message, DW_ANSWER, &message->qname, type, rrset))
		fail(zone, "no such RRset");
	return !zone->failed;
}

/* Proves one RRset with the zone's keys, which a DNSKEY RRset brings itself. */
static void verify(struct zone *zone, struct dw_octets wire, uint16_t type)
{
	struct dw_verifier *verifier = &zone->sweep->verifier;
	struct dw_message message;
	struct dw_rrset rrset;
	struct dw_proof proof;

	if (!read_rrset(zone, wire, type, &message, &rrset))
		return;
	if (type == DW_TYPE_DNSKEY) {
		zone->ring = calloc(1, sizeof(*zone->ring));
		if (zone->ring == NULL || dw_keyring_init(zone->ring, &rrset, NULL) != DW_OK)
			abort();
	}
	verifier->budget = DW_RULES_BUDGET_MAX;
	if (dw_rules_prove(verifier, &rrset, zone->ring, zone->sweep->now, &proof, NULL) != DW_OK ||
		proof.security != DW_SECURE)
		fail(zone, "not secure");
}

/* Keeps an SOA that came before the keys. */
static void hold(struct zone *zone, struct dw_octets wire)
{
	zone->early = malloc(wire.length);
	if (zone->early == NULL)
		abort();
	memcpy(zone->early, wire.octets, wire.length);
	zone->early_length = wire.length;
}

static void take_answer(struct zone *zone, unsigned tag, struct dw_octets wire)
{
	if (tag == SOA && zone->ring == NULL) {
		hold(zone, wire);
		return;
	}
	verify(zone, wire, tag == DNSKEY ? DW_TYPE_DNSKEY : DW_TYPE_SOA);
	if (zone->early != NULL && !zone->failed)
		verify(zone, (struct dw_octets){zone->early, zone->early_length}, DW_TYPE_SOA);
}

static void end(struct zone *zone)
{
	zone->sweep->n_secure += !zone->failed;
	if (zone->ring != NULL)
		dw_keyring_fini(zone->ring);
	free(zone->ring);
	free(zone->early);
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct zone *zone = self;

	(void)question;
	zone->n_answered++;
	zone->sweep->n_answers += answer->status == DW_OK;
	if (answer->status != DW_OK && !zone->failed)
		fail(zone, answer->reason);
	if (zone->sweep->verify && !zone->failed)
		take_answer(zone, tag, (struct dw_octets){answer->wire, answer->length});
	if (zone->n_answered == QUESTIONS)
		end(zone);
}

static const struct dw_inquiry_class zone_class = {next, take};

/* Sockets that are bound and never read. */
static void open_dead(struct sweep *sweep)
{
	for (unsigned i = 0; i < DEAD_SERVERS; i++) {
		struct dw_address *address = &sweep->dead[i];
		int opened = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

		if (dw_address_parse("127.0.0.1", 0, address, NULL) != DW_OK || opened < 0 ||
			bind(opened, &address->socket.any, address->length) != 0 ||
			getsockname(opened, &address->socket.any, &address->length) != 0) {
			perror("sweep: a dead server");
			exit(EXIT_FAILURE);
		}
	}
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double cpu_of(const struct rusage *usage)
{
	return seconds_of(usage->ru_utime) + seconds_of(usage->ru_stime);
}

/* Asks about all zones once. */
static void pass(struct sweep *sweep, struct dw_query *query)
{
	struct zone *zones = calloc(sweep->n_zones, sizeof(*zones));
	struct dw_inquiry *inquiries = calloc(sweep->n_zones, sizeof(*inquiries));
	struct dw_inquiry_plan plan = {.at_once = sweep->at_once, .deadline = dw_query_now(query) + 300000};

	if (zones == NULL || inquiries == NULL)
		abort();
	for (unsigned long i = 0; i < sweep->n_zones; i++) {
		zones[i] = (struct zone){.sweep = sweep, .number = i + 1};
		inquiries[i] = (struct dw_inquiry){&zone_class, &zones[i]};
		sweep->n_expected += !is_dead(&zones[i]);
	}
	if (dw_inquiry_run(query, inquiries, sweep->n_zones, &plan, NULL) != DW_OK)
		abort();
	free(inquiries);
	free(zones);
}

static void print(const struct sweep *sweep, const struct dw_query_figures *figures, dw_millis elapsed)
{
	double n = (double)sweep->n_zones * sweep->passes;
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	double cpu = cpu_of(&usage);
	printf("zones %.0f seconds %.3f cpu %.3f zone_us %.2f query_us %.2f queries %lu retries %lu timeouts %lu "
		   "answers %lu good %lu failed %lu kilobytes %ld\n",
		n, (double)elapsed / 1000.0, cpu, cpu * 1e6 / n, cpu * 1e6 / (double)figures->questions,
		(unsigned long)figures->questions, (unsigned long)figures->retries, (unsigned long)figures->timeouts,
		sweep->n_answers, sweep->n_secure, sweep->n_failed, usage.ru_maxrss);
}

static int run(struct sweep *sweep)
{
	struct dw_query_options options = {.per_server = 512};
	struct dw_query *query = NULL;
	struct dw_error error = {0};

	dw_verifier_init(&sweep->verifier);
	if (dw_crypto_init(false, &error) != DW_OK || dw_query_new(&options, &query, &error) != DW_OK) {
		fprintf(stderr, "sweep: %s\n", error.text);
		return EXIT_FAILURE;
	}
	dw_millis began = dw_query_now(query);
	for (unsigned i = 0; i < sweep->passes; i++)
		pass(sweep, query);
	struct dw_query_figures figures = dw_query_figures(query);
	print(sweep, &figures, dw_query_now(query) - began);
	dw_query_free(query);
	dw_verifier_fini(&sweep->verifier);
	if (sweep->n_secure == sweep->n_expected)
		return EXIT_SUCCESS;
	fprintf(
		stderr, "sweep: %lu of %lu zones are good; %s\n", sweep->n_secure, sweep->n_expected, sweep->trouble);
	return EXIT_FAILURE;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: sweep --server ADDRESS@PORT [--count N] [--passes N] [--at-once N] [--verify]\n"
		"             [--dead SHARE]\n"
		"--dead 5 puts every fifth zone on one of four servers that do not answer\n");
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"server", required_argument, NULL, 's'},
		{"count", required_argument, NULL, 'n'}, {"passes", required_argument, NULL, 'p'},
		{"at-once", required_argument, NULL, 'a'}, {"verify", no_argument, NULL, 'v'},
		{"dead", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
	struct sweep sweep = {.n_zones = 10000, .passes = 1, .at_once = 2000, .now = time(NULL)};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (option == 's' && dw_host_parse(optarg, &sweep.host, NULL) != DW_OK)
			return usage();
		if (option == '?')
			return usage();
		unsigned long number = optarg == NULL ? 0 : strtoul(optarg, NULL, 10);
		sweep.n_zones = option == 'n' ? number : sweep.n_zones;
		sweep.passes = option == 'p' ? (unsigned)number : sweep.passes;
		sweep.at_once = option == 'a' ? number : sweep.at_once;
		sweep.dead_share = option == 'd' ? (unsigned)number : sweep.dead_share;
		sweep.verify = sweep.verify || option == 'v';
	}
	if (sweep.host.address.length == 0 || sweep.n_zones == 0 || sweep.n_zones > ZONES_MAX ||
		sweep.passes == 0)
		return usage();
	if (sweep.host.port != 0)
		dw_address_set_port(&sweep.host.address, sweep.host.port);
	open_dead(&sweep);
	return run(&sweep);
}
