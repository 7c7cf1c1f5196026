/*
 * Discoveries from bytes: the first few choose what to look for, the rest are answers, as octets of a message
 * or as records made of a few names that matter. The discovery always ends within its bound, and its facts
 * keep theirs.
 */
#include <stdlib.h>
#include <string.h>

#include "dns/resolver.h"
#include "dns/wire.h"
#include "fuzz/target.h"

struct open_question {
	unsigned tag;
	struct dw_question question;
};

static const char *const names[] = {"example.org", "org", ".", "ns1.example.org", "a.nic.org",
	"www.example.org", "a.b.c.example.org", "b.c.example.org", "example.net", "ns.example.net", "com",
	"nosuch.org"};

static const uint16_t types[] = {
	DW_TYPE_NS, DW_TYPE_A, DW_TYPE_AAAA, DW_TYPE_SOA, DW_TYPE_CNAME, DW_TYPE_DS, DW_TYPE_RRSIG, DW_TYPE_OPT};

static struct dw_name name_of(uint8_t octet)
{
	struct dw_name name;

	require(dw_name_parse(names[octet % (sizeof(names) / sizeof(names[0]))], &name, NULL) == DW_OK);
	return name;
}

/* What is looked for, where, and by which family. */
static void make_plan(struct input *input, struct dw_discovery_plan *plan)
{
	uint8_t flags = take(input);

	*plan = (struct dw_discovery_plan){.zone = name_of(take(input)), .family = (flags & 3) % 3};
	plan->resolvers.n_resolvers = flags >> 2 & 3;
	for (unsigned i = 0; i < plan->resolvers.n_resolvers; i++)
		plan->resolvers.items[i] = dw_address_of((uint8_t[]){192, 0, 2, (uint8_t)(i + 1)}, 4, DW_PORT_DNS);
	if ((flags & 0x10) == 0)
		return;
	plan->n_hosts = 1 + (flags >> 5);
	for (unsigned i = 0; i < plan->n_hosts; i++) {
		uint8_t octet = take(input);
		plan->hosts[i].name = name_of(octet);
		if (octet & 0x80)
			plan->hosts[i].address = dw_address_of((uint8_t[]){10, 0, 0, octet}, 4, DW_PORT_DNS);
	}
}

static size_t put_name(uint8_t *wire, struct dw_name name)
{
	memcpy(wire, name.wire, name.length);
	return name.length;
}

/* Appends the octets of RDATA that suit the type, from the input. */
static size_t put_rdata(uint8_t *rdata, uint16_t type, struct input *input)
{
	size_t fixed = type == DW_TYPE_A ? 4 : type == DW_TYPE_AAAA ? 16 : type == DW_TYPE_DS ? 24 : 0;
	size_t length = 0;

	if (type == DW_TYPE_RRSIG) {
		memset(rdata, 0, 18);
		rdata[1] = DW_TYPE_DS;
		return 18 + put_name(rdata + 18, name_of(take(input)));
	}
	for (; length < fixed; length++)
		rdata[length] = length + 1 < fixed && length > 0 ? 0 : take(input);
	if (fixed == 0 && type != DW_TYPE_OPT)
		length = put_name(rdata, name_of(take(input)));
	if (type == DW_TYPE_SOA) {
		memset(rdata + length, 0, 21);
		length += 21;
	}
	return length;
}

static void put16(uint8_t *wire, size_t value)
{
	wire[0] = (uint8_t)(value >> 8);
	wire[1] = (uint8_t)value;
}

/* Writes a message of records that the input chooses. */
static size_t make_records(uint8_t *wire, const struct dw_question *question, struct input *input)
{
	size_t at = 12;
	uint8_t flags = take(input);
	uint8_t code = take(input);

	memset(wire, 0, 12);
	wire[2] = (uint8_t)(0x80 | (flags & 0x06));
	wire[3] = (uint8_t)((flags & 0x80) | (code & 0x0f));
	wire[5] = 1;
	at += put_name(wire + at, question->ask.name);
	put16(wire + at, question->ask.type);
	put16(wire + at + 2, DW_CLASS_IN);
	at += 4;
	uint8_t section = 0;
	for (unsigned n = take(input) & 0x3f; n > 0; n--) {
		uint8_t kind = take(input);
		section = (uint8_t)(section < (kind >> 3 & 3) % 3 ? (kind >> 3 & 3) % 3 : section);
		uint16_t type = types[kind & 7];
		uint8_t owner = take(input);
		at += put_name(wire + at, owner & 0x80 ? question->ask.name : name_of(owner));
		put16(wire + at, type);
		put16(wire + at + 2, DW_CLASS_IN);
		memset(wire + at + 4, 0, 4);
		size_t length = put_rdata(wire + at + 10, type, input);
		put16(wire + at + 8, length);
		at += 10 + length;
		wire[7 + 2 * section]++;
	}
	return at;
}

/* Writes octets as they are. */
static size_t make_octets(uint8_t *wire, struct input *input)
{
	size_t length = (size_t)take(input) << 1;

	if (length > input->left)
		length = input->left;
	memcpy(wire, input->data, length);
	input->data += length;
	input->left -= length;
	return length;
}

static void reply(struct dw_discovery *discovery, const struct open_question *open, struct input *input)
{
	static const enum dw_status statuses[] = {
		DW_OK, DW_OK, DW_OK, DW_OK, DW_TIMEOUT, DW_REFUSED, DW_NO_ROUTE};
	struct dw_answer answer = {.status = DW_TIMEOUT};
	uint8_t kind = take(input);
	uint8_t *wire = malloc(DW_MESSAGE_MAX);

	require(wire != NULL);
	if (input->left > 0)
		answer.status = statuses[kind % (sizeof(statuses) / sizeof(statuses[0]))];
	if (answer.status == DW_OK) {
		answer.length = kind & 0x80 ? make_octets(wire, input) : make_records(wire, &open->question, input);
		/* An exact allocation lets a sanitizer see one octet too far. */
		answer.wire = wire = realloc(wire, answer.length > 0 ? answer.length : 1);
		require(wire != NULL);
	}
	dw_discovery_class.answer(discovery, open->tag, &open->question, &answer);
	free(wire);
}

static void run(struct dw_discovery *discovery, struct input *input)
{
	static const size_t most = DW_DISCOVERY_QUESTIONS_MAX;
	struct open_question *open = calloc(most + 1, sizeof(*open));
	size_t n = 0;
	size_t n_asked = 0;

	require(open != NULL);
	for (;;) {
		while (dw_discovery_class.next(discovery, &open[n].question, &open[n].tag)) {
			require(++n_asked <= most);
			n++;
		}
		if (n == 0)
			break;
		size_t at = take(input) % n;
		struct open_question now = open[at];
		open[at] = open[--n];
		reply(discovery, &now, input);
	}
	free(open);
}

static void require_text(const char *text, size_t size)
{
	require(memchr(text, '\0', size) != NULL);
	for (; *text != '\0'; text++)
		require((unsigned char)*text >= 0x20 && *text != 0x7f);
}

static void require_servers(const struct dw_discovery_plan *plan, const struct dw_discovery_facts *facts)
{
	require(facts->n_servers <= DW_SERVERS_MAX && facts->n_parent_servers <= DW_SERVERS_MAX);
	for (unsigned i = 0; i < facts->n_servers; i++) {
		const struct dw_zone_server *server = &facts->servers[i];
		sa_family_t family = server->address.socket.any.sa_family;
		require(family == AF_INET || family == AF_INET6);
		require(plan->family != DW_FAMILY_4 || family == AF_INET);
		require(plan->family != DW_FAMILY_6 || family == AF_INET6);
		require(server->by_parent || server->by_child || server->by_user);
		require(server->by_user == facts->hosts_given);
		for (unsigned j = 0; j < i; j++)
			require(!dw_address_equal(&facts->servers[j].address, &server->address));
	}
}

static void require_facts(const struct dw_discovery_plan *plan, const struct dw_discovery_facts *facts)
{
	require((facts->status == DW_OK) == (facts->reason[0] == '\0'));
	require_text(facts->reason, sizeof(facts->reason));
	require_servers(plan, facts);
	require(facts->n_lost <= DW_NS_NAMES_MAX && facts->n_ds <= DW_DS_MAX);
	require(facts->n_parent_ns <= DW_NS_NAMES_MAX && facts->n_child_ns <= DW_NS_NAMES_MAX);
	for (unsigned i = 0; i < facts->n_lost; i++) {
		require(facts->lost[i].status != DW_OK && facts->lost[i].reason[0] != '\0');
		require_text(facts->lost[i].reason, sizeof(facts->lost[i].reason));
	}
	require((facts->ds_known == DW_DS_PRESENT) == (facts->n_ds > 0));
	if (facts->parent.length > 0)
		require(dw_name_within(&facts->zone, &facts->parent) && !dw_name_equal(&facts->zone, &facts->parent));
	if (facts->apex.length > 0)
		require(dw_name_within(&facts->zone, &facts->apex));
	if (facts->status == DW_OK)
		require(facts->n_servers + facts->n_lost > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {.data = data, .left = size};
	struct dw_discovery_plan *plan = malloc(sizeof(*plan));
	struct dw_discovery *discovery = NULL;

	require(plan != NULL);
	make_plan(&input, plan);
	require(dw_discovery_new(plan, &discovery, NULL) == DW_OK);
	require_facts(plan, dw_discovery_facts(discovery));
	run(discovery, &input);
	require_facts(plan, dw_discovery_facts(discovery));
	dw_discovery_free(discovery);
	free(plan);
	return 0;
}
