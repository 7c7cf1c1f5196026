#include "dns/resolvconf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "dns/nameservers.h"

/* The longest line that is looked at; hosts(5) and resolv.conf(5) know no bound, people do. */
#define LINE_MAX_OCTETS 4096

static const char blanks[] = " \t\r\n";

/* Calls `take` for each line of the file, comments cut off, until it says false. */
typedef bool line_fn(void *context, char *line);

static void each_line(FILE *file, const char *comments, line_fn *take, void *context)
{
	char line[LINE_MAX_OCTETS];

	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, comments)] = '\0';
		if (!take(context, line))
			return;
	}
}

/* Closes what was read; false when reading it failed. */
static bool finish(FILE *file)
{
	bool read = ferror(file) == 0;

	fclose(file);
	return read;
}

struct resolv_reading {
	struct dw_resolvers *resolvers;
	unsigned n_lines;
	struct dw_error error; /* of the first line that has no address */
};

static bool take_nameserver(void *context, char *line)
{
	struct resolv_reading *reading = context;
	struct dw_resolvers *resolvers = reading->resolvers;
	char *rest = NULL;
	const char *word = strtok_r(line, blanks, &rest);

	if (word == NULL || strcmp(word, "nameserver") != 0)
		return true;
	const char *address = strtok_r(NULL, blanks, &rest);
	reading->n_lines++;
	if (address == NULL) {
		dw_fail(&reading->error, DW_INVALID, "a nameserver line without an address");
		return true;
	}
	struct dw_error *error = reading->error.status == DW_OK ? &reading->error : NULL;
	if (dw_address_parse(address, DW_PORT_DNS, &resolvers->items[resolvers->n_resolvers], error) == DW_OK)
		resolvers->n_resolvers++;
	return resolvers->n_resolvers < DW_RESOLVERS_MAX;
}

static void add_loopback(struct dw_resolvers *resolvers)
{
	static const uint8_t v4[4] = {127, 0, 0, 1};
	static const uint8_t v6[16] = {[15] = 1};

	resolvers->items[0] = dw_address_of(v4, sizeof(v4), DW_PORT_DNS);
	resolvers->items[1] = dw_address_of(v6, sizeof(v6), DW_PORT_DNS);
	resolvers->n_resolvers = 2;
}

enum dw_status dw_resolvers_system(const char *path, struct dw_resolvers *resolvers, struct dw_error *error)
{
	if (path == NULL)
		path = "/etc/resolv.conf";
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return dw_fail(error, DW_SYSTEM, "%s: %s", path, strerror(errno));
	*resolvers = (struct dw_resolvers){.n_resolvers = 0};
	struct resolv_reading reading = {.resolvers = resolvers};
	each_line(file, "#;", take_nameserver, &reading);
	if (!finish(file))
		return dw_fail(error, DW_SYSTEM, "%s: cannot be read", path);
	if (reading.n_lines == 0)
		add_loopback(resolvers);
	if (resolvers->n_resolvers == 0)
		return dw_fail(error, DW_INVALID, "%s: %s", path, reading.error.text);
	return DW_OK;
}

/* The hosts of a plan as the file fills them. */
struct hosts_reading {
	struct dw_discovery_plan *plan;
	unsigned n_asked;         /* hosts that the user wrote */
	bool found[DW_HOSTS_MAX]; /* of those */
	unsigned n_added;         /* further addresses of one that was found */
	struct dw_host added[DW_HOSTS_MAX];
};

/* Gives the host its first address, or keeps a further one for later. */
static void fill(struct hosts_reading *reading, unsigned at, const struct dw_address *address)
{
	struct dw_discovery_plan *plan = reading->plan;

	if (!reading->found[at]) {
		reading->found[at] = true;
		plan->hosts[at].address = *address;
		return;
	}
	if (reading->n_added == DW_HOSTS_MAX)
		return;
	struct dw_host *added = &reading->added[reading->n_added++];
	*added = plan->hosts[at];
	added->address = *address;
}

static void take_alias(
	struct hosts_reading *reading, const struct dw_name *name, const struct dw_address *address)
{
	for (unsigned i = 0; i < reading->n_asked; i++) {
		const struct dw_host *host = &reading->plan->hosts[i];
		if ((host->address.length == 0 || reading->found[i]) && dw_name_equal(&host->name, name))
			fill(reading, i, address);
	}
}

static bool take_host(void *context, char *line)
{
	struct hosts_reading *reading = context;
	struct dw_address address;
	struct dw_name name;
	char *rest = NULL;
	const char *word = strtok_r(line, blanks, &rest);

	if (word == NULL || dw_address_parse(word, DW_PORT_DNS, &address, NULL) != DW_OK ||
		!dw_family_has(reading->plan->family, &address))
		return true;
	while ((word = strtok_r(NULL, blanks, &rest)) != NULL)
		if (dw_name_parse(word, &name, NULL) == DW_OK)
			take_alias(reading, &name, &address);
	return true;
}

enum dw_status dw_hosts_system(const char *path, struct dw_discovery_plan *plan, struct dw_error *error)
{
	if (path == NULL)
		path = "/etc/hosts";
	FILE *file = fopen(path, "re");
	if (file == NULL && errno == ENOENT)
		return DW_OK;
	if (file == NULL)
		return dw_fail(error, DW_SYSTEM, "%s: %s", path, strerror(errno));
	struct hosts_reading reading = {.plan = plan, .n_asked = plan->n_hosts};
	each_line(file, "#", take_host, &reading);
	for (unsigned i = 0; i < reading.n_added && plan->n_hosts < DW_HOSTS_MAX; i++)
		plan->hosts[plan->n_hosts++] = reading.added[i];
	if (!finish(file))
		return dw_fail(error, DW_SYSTEM, "%s: cannot be read", path);
	return DW_OK;
}
