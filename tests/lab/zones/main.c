/*
 * lab-zones: writes the zones of the lab, signed and broken as their rows say, and the pieces of
 * configuration that serve them. `lab` is what starts the servers.
 */
#include "serve.h"
#include "sweep.h"
#include "table.h"
#include "wish.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define SERIAL       2026010105
#define LAB_PATH_MAX 8192

struct settings {
	struct lab_serving serving;
	ldns_rr_list *signals; /* what zones have their name servers signal, for the zones of those */
	const char *only;      /* names separated by commas, or NULL */
	int64_t now;
	unsigned long sweep;
	unsigned long algorithm;
};

static void add_servers(
	const struct settings *settings, struct lab_zone *zone, const char *label, const struct lab_row *row)
{
	for (size_t i = 0; row->servers[i] != '\0'; i++) {
		char address[64];
		const char *dot = *label == '\0' ? "" : ".";

		if (row->host != NULL) {
			lab_zone_add(zone, "%s IN NS ns%zu.%s.lab.", *label == '\0' ? "@" : label, i + 1, row->host);
			continue;
		}
		lab_serving_address(&settings->serving, row->servers[i], address);
		lab_zone_add(zone, "%s IN NS ns%zu%s%s", *label == '\0' ? "@" : label, i + 1, dot, label);
		lab_zone_add(zone, "ns%zu%s%s IN %s %s", i + 1, dot, label,
			strchr(address, ':') != NULL ? "AAAA" : "A", address);
	}
}

static void add_extra(struct lab_zone *zone)
{
	char lines[LAB_TEXT_MAX];
	char *rest = lines;

	for (unsigned i = 0; i < zone->row->texts; i++)
		lab_zone_add(
			zone, "texts IN TXT \"record %02u of a large answer, which no single datagram should carry\"", i);
	if (zone->row->extra == NULL)
		return;
	snprintf(lines, sizeof(lines), "%s", zone->row->extra);
	for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"))
		lab_zone_add(zone, "%s", line);
}

static void add_apex(const struct settings *settings, struct lab_zone *zone)
{
	lab_zone_add(zone, "@ IN SOA ns1 hostmaster %d 3600 900 1209600 300", SERIAL);
	add_servers(settings, zone, "", zone->row);
}

static void add_content(const struct settings *settings, struct lab_zone *zone)
{
	add_apex(settings, zone);
	lab_zone_add(zone, "@ IN MX 10 mail");
	lab_zone_add(zone, "@ IN TXT \"%s\"", zone->row->about);
	lab_zone_add(zone, "mail IN A 192.0.2.25");
	lab_zone_add(zone, "www IN A 192.0.2.80");
	lab_zone_add(zone, "www IN AAAA 2001:db8::80");
	add_extra(zone);
	lab_wish_add(zone);
	lab_wish_signal(zone, settings->signals);
	lab_wish_host(zone, settings->signals);
}

/* The DS records of the zone, for the parent; those already there are not added twice. */
static void publish(const struct lab_zone *zone, struct lab_zone *parent)
{
	ldns_rr_list *list = ldns_rr_list_new();
	char label[LAB_NAME_MAX];

	snprintf(label, sizeof(label), "%s", zone->row->name);
	zone->row->ds(zone, list);
	for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
		ldns_rr *ds = ldns_rr_list_rr(list, i);
		const struct lab_set *set = lab_zone_find(parent, label, LDNS_RR_TYPE_DS);

		ldns_rr_set_ttl(ds, parent->row->ttl);
		if (set == NULL || !ldns_rr_list_contains_rr(set->records, ds))
			lab_zone_add_record(parent, ldns_rr_clone(ds));
	}
	ldns_rr_list_deep_free(list);
}

/* What a zone is called in the lab: "good" for good.lab., "tldgood" for tldgood., "root" for the root. */
static const char *short_name(const struct lab_zone *zone, char text[LAB_NAME_MAX])
{
	const size_t length = strlen(zone->origin), tld = strlen(".lab.");

	if (length == 1)
		snprintf(text, LAB_NAME_MAX, "root");
	else if (length > tld && strcmp(zone->origin + length - tld, ".lab.") == 0)
		snprintf(text, LAB_NAME_MAX, "%.*s", (int)(length - tld), zone->origin);
	else
		snprintf(text, LAB_NAME_MAX, "%.*s", (int)(length - 1), zone->origin);
	return text;
}

static void write_copies(struct lab_serving *serving, struct lab_zone *zone, struct lab_zone *parent)
{
	char name[LAB_NAME_MAX];
	char first[LAB_PATH_MAX];
	char second[LAB_PATH_MAX];
	const char *files[2] = {first, first};

	short_name(zone, name);
	snprintf(first, sizeof(first), "%s/zones/%s.first", serving->folder, name);
	lab_zone_write(zone, first);
	if (parent != NULL)
		publish(zone, parent);
	if (zone->row->second != NULL) {
		snprintf(second, sizeof(second), "%s/zones/%s.second", serving->folder, name);
		zone->row->second(zone);
		lab_zone_write(zone, second);
		if (parent != NULL)
			publish(zone, parent);
		files[1] = second;
	}
	lab_serving_add(serving, zone->origin, zone->row->servers, files);
}

static void list_zone(const struct lab_serving *serving, const struct lab_zone *zone)
{
	char address[64];

	fprintf(serving->list, "%s\t", zone->origin);
	for (const char *letter = zone->row->servers; *letter != '\0'; letter++)
		fprintf(serving->list, "%s%s", letter == zone->row->servers ? "" : " ",
			lab_serving_address(serving, *letter, address));
	fprintf(serving->list, "\t%s\n", zone->row->about);
}

static void build_children(struct settings *settings, const char *only, struct lab_zone *parent);

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows nest zones. */
static void build_child(struct settings *settings, const struct lab_row *sparse, struct lab_zone *parent)
{
	const struct lab_row row = lab_row_complete(sparse);
	const char *lacking = lab_serving_lacks(&settings->serving, row.servers);
	struct lab_zone zone;
	char origin[2 * LAB_NAME_MAX];
	const char *above = strcmp(parent->origin, ".") == 0 ? "" : parent->origin;

	if (lacking != NULL) {
		fprintf(settings->serving.skipped, "%s\tneeds %s, which is not there\n", row.name, lacking);
		return;
	}
	snprintf(origin, sizeof(origin), "%s.%s", row.name, above);
	lab_zone_init(&zone, &row, origin, settings->now);
	add_content(settings, &zone);
	build_children(settings, NULL, &zone);
	lab_zone_finish(&zone);
	if (row.fault != NULL)
		row.fault(&zone);
	add_servers(settings, parent, row.name, &row);
	write_copies(&settings->serving, &zone, parent);
	list_zone(&settings->serving, &zone);
	lab_zone_fini(&zone);
}

static bool wanted(const char *only, const char *name)
{
	size_t length = strlen(name);

	if (only == NULL)
		return true;
	for (const char *at = only; at != NULL; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0'))
			return true;
	}
	return false;
}

/* Builds the zones whose rows say that they are below this one; their delegations go into it. */
/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows nest zones. */
static void build_children(struct settings *settings, const char *only, struct lab_zone *parent)
{
	static const struct lab_row *const tables[] = {lab_rows, lab_delegations};
	char name[LAB_NAME_MAX];

	short_name(parent, name);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		for (const struct lab_row *row = tables[i]; row->name != NULL; row++) {
			if (strcmp(row->below != NULL ? row->below : "lab", name) == 0 && wanted(only, row->name))
				build_child(settings, row, parent);
		}
	}
}

static void write_anchor(const struct settings *settings, const struct lab_zone *root)
{
	ldns_rr_list *list = ldns_rr_list_new();
	char path[LAB_PATH_MAX];

	snprintf(path, sizeof(path), "%s/anchor.ds", settings->serving.folder);
	FILE *file = fopen(path, "w");

	if (file == NULL)
		lab_die("%s: cannot be written", path);
	root->row->ds(root, list);
	ldns_rr_list_print(file, list);
	ldns_rr_list_deep_free(list);
	fclose(file);
}

static void build_lab(struct settings *settings)
{
	const struct lab_row root_row = lab_row_complete(&lab_root);
	const struct lab_row tld_row = lab_row_complete(&lab_tld);
	struct lab_zone root;
	struct lab_zone tld;

	lab_zone_init(&root, &root_row, ".", settings->now);
	lab_zone_init(&tld, &tld_row, "lab.", settings->now);
	add_apex(settings, &root);
	add_apex(settings, &tld);
	build_children(settings, settings->only, &tld);
	lab_zone_finish(&tld);
	add_servers(settings, &root, "lab", &tld_row);
	write_copies(&settings->serving, &tld, &root);
	build_children(settings, settings->only, &root);
	lab_zone_finish(&root);
	write_copies(&settings->serving, &root, NULL);
	write_anchor(settings, &root);
	lab_zone_fini(&tld);
	lab_zone_fini(&root);
}

static void list_table(const struct lab_row *row)
{
	for (; row->name != NULL; row++)
		printf("%-12s %s%s%s\n", row->name, row->about, row->below != NULL ? "; below " : "",
			row->below != NULL ? row->below : "");
}

static int list_rows(void)
{
	list_table(lab_rows);
	list_table(lab_delegations);
	return 0;
}

static int usage(void)
{
	fputs("usage: lab-zones --out FOLDER [--net 127.0.53] [--port N] [--only NAME,...] [--without KIND,...]\n"
		  "                 [--now EPOCH] [--sweep COUNT [--algorithm N]]\n"
		  "       lab-zones --list\n",
		stderr);
	return 2;
}

static int read_options(struct settings *settings, int argc, char **argv)
{
	static const struct option options[] = {{"out", required_argument, NULL, 'o'},
		{"net", required_argument, NULL, 'n'}, {"port", required_argument, NULL, 'p'},
		{"only", required_argument, NULL, 'z'}, {"without", required_argument, NULL, 'w'},
		{"now", required_argument, NULL, 't'}, {"sweep", required_argument, NULL, 's'},
		{"algorithm", required_argument, NULL, 'a'}, {"list", no_argument, NULL, 'l'}, {NULL, 0, NULL, 0}};
	int letter = 0;

	while ((letter = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (letter) {
		case 'o':
			settings->serving.folder = optarg;
			break;
		case 'n':
			settings->serving.net = optarg;
			break;
		case 'p':
			settings->serving.port = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'z':
			settings->only = optarg;
			break;
		case 'w':
			settings->serving.without = optarg;
			break;
		case 't':
			settings->now = strtoll(optarg, NULL, 10);
			break;
		case 's':
			settings->sweep = strtoul(optarg, NULL, 10);
			break;
		case 'a':
			settings->algorithm = strtoul(optarg, NULL, 10);
			break;
		case 'l':
			exit(list_rows());
		default:
			return usage();
		}
	}
	return settings->serving.folder == NULL || optind != argc ? usage() : 0;
}

static void make_folder(const char *folder, const char *below)
{
	char path[LAB_PATH_MAX];

	snprintf(path, sizeof(path), "%s%s", folder, below);
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		lab_die("%s: %s", path, strerror(errno));
}

int main(int argc, char **argv)
{
	struct settings settings = {
		.serving = {.net = "127.0.53", .port = 15300, .without = ""},
		.signals = ldns_rr_list_new(),
		.now = (int64_t)time(NULL),
		.algorithm = LDNS_ECDSAP256SHA256,
	};
	int bad = read_options(&settings, argc, argv);

	if (bad != 0)
		return bad;
	make_folder(settings.serving.folder, "");
	make_folder(settings.serving.folder, "/zones");
	lab_serving_open(&settings.serving);
	if (settings.sweep > 0)
		lab_sweep(&settings.serving, settings.sweep, (unsigned)settings.algorithm, settings.now);
	else
		build_lab(&settings);
	lab_serving_close(&settings.serving);
	ldns_rr_list_deep_free(settings.signals);
	return 0;
}
