#include "serve.h"

#include "zone.h"

#include <string.h>

/* Writes the statement that makes one make of server serve a zone. */
typedef void zone_fn(FILE *config, const char *origin, const char *path);

static void yaml_of_nsd(FILE *config, const char *origin, const char *path)
{
	fprintf(config, "zone:\n\tname: \"%s\"\n\tzonefile: \"%s\"\n", origin, path);
}

static void yaml_of_knot(FILE *config, const char *origin, const char *path)
{
	fprintf(config, "  - domain: \"%s\"\n    file: \"%s\"\n", origin, path);
}

static void statement(FILE *config, const char *origin, const char *path)
{
	fprintf(config, "zone \"%s\" { type master; file \"%s\"; };\n", origin, path);
}

static const struct config {
	const char *file, *head;
	zone_fn *write;
} configs[] = {
	{"nsd.zones", "", yaml_of_nsd},
	{"knot.zones", "zone:\n", yaml_of_knot},
	{"bind.zones", "", statement},
	{"pdns.zones", "", statement},
	{"parent-nsd.zones", "", yaml_of_nsd},
	{"parent-knot.zones", "zone:\n", yaml_of_knot},
};

#define N_CONFIGS (sizeof(configs) / sizeof(configs[0]))

static const struct server {
	const char *kind; /* the word of --without */
	const char *host; /* last octet, or an address */
	int config;       /* row of configs; -1: it has no zones of its own */
	char letter;
} servers[] = {
	{"nsd", "1", 0, 'n'},
	{"knot", "2", 1, 'k'},
	{"bind", "127.0.0.1", 2, 'b'}, /* it listens on addresses of interfaces only */
	{"pdns", "4", 3, 'p'},
	{"ipv6", "::1", 1, '6'},
	{"liar", "9", -1, 'x'},
	{"liar", "10", -1, 'e'},
	{"knot", "2", -1, 'r'},
	{"nsd", "11", 4, 'N'},
	{"knot", "12", 5, 'K'},
};

#define N_SERVERS (sizeof(servers) / sizeof(servers[0]))

static const struct server *server_of(char letter)
{
	for (size_t i = 0; i < N_SERVERS; i++) {
		if (servers[i].letter == letter)
			return &servers[i];
	}
	lab_die("no server has the letter '%c'", letter);
}

static FILE *open_in(const char *folder, const char *name)
{
	char path[LAB_TEXT_MAX];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	if (file == NULL)
		lab_die("%s: cannot be written", path);
	return file;
}

void lab_serving_open(struct lab_serving *serving)
{
	for (size_t i = 0; i < N_CONFIGS; i++) {
		serving->configs[i] = open_in(serving->folder, configs[i].file);
		fputs(configs[i].head, serving->configs[i]);
	}
	serving->stubs = open_in(serving->folder, "unbound.stubs");
	serving->probes = open_in(serving->folder, "probes");
	serving->list = open_in(serving->folder, "zones.tsv");
	serving->skipped = open_in(serving->folder, "skipped");
}

void lab_serving_close(struct lab_serving *serving)
{
	for (size_t i = 0; i < N_CONFIGS; i++)
		fclose(serving->configs[i]);
	fclose(serving->stubs);
	fclose(serving->probes);
	fclose(serving->list);
	fclose(serving->skipped);
}

const char *lab_serving_address(const struct lab_serving *serving, char letter, char text[64])
{
	const char *host = server_of(letter)->host;

	if (strpbrk(host, ".:") != NULL)
		snprintf(text, 64, "%s", host);
	else
		snprintf(text, 64, "%s.%s", serving->net, host);
	return text;
}

static bool listed(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
		if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
			return true;
	}
	return false;
}

const char *lab_serving_lacks(const struct lab_serving *serving, const char *letters)
{
	for (const char *letter = letters; *letter != '\0'; letter++) {
		const struct server *server = server_of(*letter);

		if (listed(serving->without, server->kind))
			return server->kind;
	}
	return NULL;
}

static bool has_zones(const char *letters)
{
	bool has = false;

	for (; *letters != '\0'; letters++)
		has = has || server_of(*letters)->config >= 0;
	return has;
}

/*
 * The resolvers are not what is tested: they are spared servers that never answer right, unless there is no
 * other.
 */
static void write_stub(const struct lab_serving *serving, const char *origin, const char *letters)
{
	bool choice = has_zones(letters);
	char address[64];

	fprintf(serving->stubs, "stub-zone:\n\tname: \"%s\"\n\tstub-prime: no\n", origin);
	for (const char *letter = letters; *letter != '\0'; letter++) {
		bool serves = server_of(*letter)->config >= 0;

		lab_serving_address(serving, *letter, address);
		if (serves || !choice)
			fprintf(serving->stubs, "\tstub-addr: %s@%u\n", address, serving->port);
		if (serves)
			fprintf(serving->probes, "%s %s\n", origin, address);
	}
}

void lab_serving_add(
	struct lab_serving *serving, const char *origin, const char *letters, const char *files[2])
{
	unsigned written = 0; /* a bit for each configuration: one process may listen on two addresses */

	for (size_t i = 0; letters[i] != '\0'; i++) {
		int config = server_of(letters[i])->config;

		if (config < 0 || (written & (1u << config)) != 0)
			continue;
		written |= 1u << config;
		configs[config].write(serving->configs[config], origin, files[i == 0 ? 0 : 1]);
	}
	write_stub(serving, origin, letters);
}
