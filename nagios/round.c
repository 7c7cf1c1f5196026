#include "round.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns/resolvconf.h"

/*
 * Twelve letters and digits that nobody has guessed, behind a prefix that tells an operator's log where they
 * are from.
 */
static enum dw_status make_absent_label(char label[32], struct dw_error *error)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
	uint8_t noise[12];

	if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
		return dw_fail(error, DW_SYSTEM, "no randomness from the system");
	memcpy(label, "dnssec-watch-", 13);
	for (size_t i = 0; i < sizeof noise; i++)
		label[13 + i] = letters[noise[i] & 31];
	label[13 + sizeof noise] = '\0';
	return DW_OK;
}

/* Whether a host is still to be looked up. */
static bool has_names(const struct dw_discovery_plan *plan)
{
	for (unsigned i = 0; i < plan->n_hosts; i++)
		if (plan->hosts[i].address.length == 0)
			return true;
	return false;
}

/* Takes the system's resolvers, when there is something to ask them and the user named none. */
static enum dw_status find_resolvers(
	struct dw_discovery_plan *plan, enum dw_want want, struct dw_error *error)
{
	enum dw_status status = DW_OK;

	if (has_names(plan) || (want == DW_WANT_FOR_HOSTS && plan->n_hosts == 0))
		want = DW_WANT_ALWAYS;
	if (plan->resolvers.n_resolvers > 0 || want == DW_WANT_FOR_HOSTS)
		return DW_OK;
	status = dw_resolvers_system(NULL, &plan->resolvers, error);
	if (status == DW_OK || want == DW_WANT_IF_ANY)
		return DW_OK;
	return dw_within(error, status, "no resolver (name one with --resolver)");
}

static enum dw_status make_setting(const struct dw_common *common, dw_moment now, enum dw_want want,
	struct dw_setting *setting, struct dw_error *error)
{
	struct dw_discovery_plan *plan = &setting->discovery;
	enum dw_status status = DW_OK;

	plan->resolvers = common->resolvers;
	plan->n_hosts = common->hosts.n_hosts;
	memcpy(plan->hosts, common->hosts.items, sizeof plan->hosts);
	plan->port = common->port;
	plan->family = dw_common_family(common);
	setting->now = now;
	if (has_names(plan))
		status = dw_hosts_system(NULL, plan, error);
	if (status != DW_OK)
		return dw_within(error, status, "--hostname");
	status = find_resolvers(plan, want, error);
	return status != DW_OK ? status : make_absent_label(setting->absent_label, error);
}

/* An address that this host does not have would fail each question, and no answer would say why. */
static enum dw_status check_source(const struct dw_address *source, struct dw_error *error)
{
	const int probe = socket(source->socket.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	enum dw_status status = DW_OK;
	struct dw_address shown = *source;
	char text[DW_ADDRESS_TEXT_MAX];

	dw_address_set_port(&shown, DW_PORT_DNS);
	if (probe < 0 || bind(probe, &source->socket.any, source->length) != 0)
		status =
			dw_fail(error, DW_INVALID, "--source: %s: %s", dw_address_format(&shown, text), strerror(errno));
	if (probe >= 0)
		(void)close(probe);
	return status;
}

/* Whether --source is of the family that -4 or -6 leaves out: nothing would be sent from it. */
static bool is_left_out(const struct dw_common *common)
{
	const enum dw_family family = dw_common_family(common);

	return (family == DW_FAMILY_4 && common->source.socket.any.sa_family == AF_INET6) ||
		(family == DW_FAMILY_6 && common->source.socket.any.sa_family == AF_INET);
}

static enum dw_status start_engine(
	const struct dw_common *common, bool patient, struct dw_query **query, struct dw_error *error)
{
	struct dw_query_options options = {
		.tries = common->tries, .try_timeout = common->try_timeout.millis, .patient = patient};

	if (common->source.length > 0 && is_left_out(common))
		return dw_fail(error, DW_INVALID, "--source is an address of the family that %s leaves out",
			common->only4 ? "-4" : "-6");
	if (common->source.length > 0 && common->source.socket.any.sa_family == AF_INET)
		options.source4 = common->source;
	else if (common->source.length > 0)
		options.source6 = common->source;
	const enum dw_status status = common->source.length > 0 ? check_source(&common->source, error) : DW_OK;
	return status != DW_OK ? status : dw_query_new(&options, query, error);
}

static enum dw_status begin_zones(
	struct dw_round *round, const void *values, const struct dw_setting *setting, struct dw_error *error)
{
	const struct dw_zone_list *zones = &((const struct dw_common *)values)->zones;
	enum dw_status status = DW_OK;

	round->inquiries = calloc(zones->n_zones, sizeof *round->inquiries);
	round->verdicts = calloc(zones->n_zones, sizeof *round->verdicts);
	if (round->inquiries == NULL || round->verdicts == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for %u zones", zones->n_zones);
	for (unsigned i = 0; i < zones->n_zones && status == DW_OK; i++) {
		status =
			round->plugin->subject->begin(values, setting, &zones->items[i], &round->inquiries[i], error);
		round->verdicts[i].zone = zones->items[i];
		round->n_zones += status == DW_OK;
	}
	return status;
}

static void judge_zones(struct dw_round *round, const void *values)
{
	for (size_t i = 0; i < round->n_zones; i++) {
		round->plugin->subject->judge(values, round->inquiries[i].self, &round->verdicts[i]);
		dw_findings_sort(&round->verdicts[i].findings);
	}
}

enum dw_status dw_round_run(struct dw_round *round, const struct dw_plugin *plugin, const void *values,
	dw_moment now, dw_millis wait, struct dw_error *error)
{
	struct dw_setting *setting = calloc(1, sizeof *setting);
	struct dw_query *query = NULL;
	enum dw_status status = DW_OK;

	round->plugin = plugin;
	if (setting == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory");
	status = make_setting(values, now,
		plugin->subject->resolver == NULL ? DW_WANT_FOR_HOSTS : plugin->subject->resolver(values), setting,
		error);
	if (status == DW_OK)
		status = start_engine(values, plugin->subject->patient, &query, error);
	if (status == DW_OK)
		status = begin_zones(round, values, setting, error);
	if (status == DW_OK) {
		const struct dw_inquiry_plan plan = {.at_once = 64, .deadline = dw_query_now(query) + wait};

		status = dw_inquiry_run(query, round->inquiries, round->n_zones, &plan, error);
	}
	if (status == DW_OK)
		judge_zones(round, values);
	dw_query_free(query);
	free(setting);
	return status;
}

void dw_round_fini(struct dw_round *round)
{
	for (size_t i = 0; i < round->n_zones; i++) {
		round->plugin->subject->end(round->inquiries[i].self);
		dw_findings_fini(&round->verdicts[i].findings);
	}
	free(round->inquiries);
	free(round->verdicts);
	*round = (struct dw_round){0};
}
