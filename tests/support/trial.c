#include "support/trial.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define RESOLVER     DW_TRIAL_RESOLVER
#define SERVERS_TEXT 2048

const struct dw_world_row dw_trial_healthy[] = {
	{RESOLVER, "example.org NS", DW_BIT_RA,
		.answer = "example.org NS ns1.example.org\nexample.org NS ns.other.net"},
	{RESOLVER, "org NS", DW_BIT_RA, .answer = "org NS a.nic.org\norg NS b.nic.org"},
	{RESOLVER, ". NS", DW_BIT_RA, .answer = ". NS a.root"},
	{RESOLVER, "a.root A", DW_BIT_RA, .answer = "a.root A 198.51.100.1"},
	{RESOLVER, "a.nic.org A", DW_BIT_RA, .answer = "a.nic.org A 192.0.2.1"},
	{RESOLVER, "b.nic.org A", DW_BIT_RA, .answer = "b.nic.org A 192.0.2.2"},
	{RESOLVER, "ns.other.net A", DW_BIT_RA, .answer = "ns.other.net A 192.0.2.12"},
	{RESOLVER, "ns.other.net AAAA", DW_BIT_RA, .answer = "ns.other.net AAAA 2001:db8::12"},
	{RESOLVER, "ns1.example.org AAAA", DW_BIT_RA, .answer = "ns1.example.org AAAA 2001:db8::11"},
	{RESOLVER, "www.example.org NS", DW_BIT_RA, .authority = "example.org SOA a b 1 2 3 4 5"},
	{RESOLVER, "*", DW_BIT_RA, .authority = ". SOA a b 1 2 3 4 5"},
	{"192.0.2.1", "example.org NS", 0,
		.authority = "example.org NS ns1.example.org\nexample.org NS ns.other.net",
		.additional = "ns1.example.org A 192.0.2.11\nns.other.net A 203.0.113.66"},
	{"192.0.2.1", "example.org DS", DW_BIT_AA,
		.answer =
			"example.org DS 4711 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
	{NULL, NULL, 0, NULL, NULL, NULL, DW_OK},
};

struct dw_trial dw_trial_of(const char *zone, const struct dw_world_row *rows)
{
	return (struct dw_trial){
		.plan = {.zone = dw_name_make(zone)}, .world = {.rows = rows, .base = dw_trial_healthy}};
}

void dw_trial_resolver(struct dw_trial *trial, const char *address)
{
	struct dw_resolvers *resolvers = &trial->plan.resolvers;

	ck_assert_int_eq(dw_address_parse(address, 53, &resolvers->items[resolvers->n_resolvers++], NULL), DW_OK);
}

void dw_trial_host(struct dw_trial *trial, const char *host)
{
	ck_assert_int_eq(dw_host_parse(host, &trial->plan.hosts[trial->plan.n_hosts++], NULL), DW_OK);
}

void dw_trial_run(struct dw_trial *trial)
{
	ck_assert_int_eq(dw_discovery_new(&trial->plan, &trial->discovery, NULL), DW_OK);
	dw_world_run(&trial->world, &dw_discovery_class, trial->discovery);
	trial->facts = dw_discovery_facts(trial->discovery);
}

struct dw_trial dw_trial_discover(const char *zone, const struct dw_world_row *rows)
{
	struct dw_trial trial = dw_trial_of(zone, rows);

	dw_trial_resolver(&trial, RESOLVER);
	dw_trial_run(&trial);
	return trial;
}

void dw_trial_end(struct dw_trial *trial)
{
	dw_discovery_free(trial->discovery);
}

static void write_server(const struct dw_zone_server *server, char *text, size_t size)
{
	char name[DW_NAME_TEXT_MAX] = "-";
	char address[DW_ADDRESS_TEXT_MAX];

	if (server->name.length > 0)
		dw_name_format(&server->name, name);
	snprintf(text, size, "%s %s %s%s%s", name, dw_address_format(&server->address, address),
		server->by_parent ? "P" : "", server->by_child ? "C" : "", server->by_user ? "U" : "");
}

void dw_trial_servers(const struct dw_trial *trial, const char *wanted)
{
	char text[SERVERS_TEXT] = "";

	for (unsigned i = 0; i < trial->facts->n_servers; i++) {
		if (i > 0)
			strcat(text, ", ");
		size_t length = strlen(text);
		write_server(&trial->facts->servers[i], text + length, SERVERS_TEXT - 2 - length);
	}
	ck_assert_str_eq(text, wanted);
}

void dw_trial_name(const struct dw_name *name, const char *wanted)
{
	char text[DW_NAME_TEXT_MAX] = "";

	if (name->length > 0)
		dw_name_format(name, text);
	ck_assert_str_eq(text, wanted);
}
