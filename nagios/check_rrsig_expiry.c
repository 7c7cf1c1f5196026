#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#include "record_list.h"
#include "survey_json.h"
#include "survey_show.h"

#include "dns/signature.h"

struct values {
	struct dw_common common;
	struct dw_record_list records;
	struct dw_range warning;
	struct dw_range critical;
	dw_seconds skew;
	struct dw_state unsigned_state;
};

static const struct dw_option options[] = {
	{0, "record", "NAME/TYPE", NULL,
		"examine this RRset as well; repeatable; @ is the apex, and a NAME outside the zone is relative to "
		"it, unless it ends with a dot",
		DW_OPTION(struct values, records)},
	{'w', "warning", "RANGE", "20%", "warn when the remaining validity is outside RANGE",
		DW_OPTION(struct values, warning), .left = true},
	{'c', "critical", "RANGE", "10%", "critical when the remaining validity is outside RANGE",
		DW_OPTION(struct values, critical), .left = true},
	{0, "skew", "DURATION", "5m",
		"clocks may differ by this: warn of an inception that is younger, or this far ahead",
		DW_OPTION(struct values, skew)},
	{0, "unsigned", "STATE", "critical", "state of a zone that has neither DNSKEY nor DS",
		DW_OPTION(struct values, unsigned_state)},
	{.name = NULL},
};

enum metric { REMAINING, LIFETIME, DNSKEY_REMAINING, SOA_REMAINING, SERVERS, SERVERS_BAD, SIGNATURES };

static const struct dw_metric metrics[] = {
	[REMAINING] = {"remaining", "s", DW_TOTAL_MINIMUM,
		"what is left of the signature that runs out first; negative when it has"},
	[LIFETIME] = {"lifetime", "s", DW_TOTAL_MINIMUM, "expiration less inception of that signature"},
	[DNSKEY_REMAINING] = {"dnskey_remaining", "s", DW_TOTAL_MINIMUM, "the same for the DNSKEY RRset"},
	[SOA_REMAINING] = {"soa_remaining", "s", DW_TOTAL_MINIMUM, "the same for the SOA record"},
	[SERVERS] = {"servers", "", DW_TOTAL_SUM, "server addresses asked"},
	[SERVERS_BAD] = {"servers_bad", "", DW_TOTAL_SUM, "server addresses with a finding of WARNING or worse"},
	[SIGNATURES] = {"signatures", "", DW_TOTAL_SUM, "signatures examined"},
	{.label = NULL},
};

static enum dw_status begin(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
	struct dw_inquiry *inquiry, struct dw_error *error)
{
	const struct values *own = values;
	struct dw_survey_plan *plan = calloc(1, sizeof *plan);
	struct dw_survey *survey = NULL;
	enum dw_status status = DW_OK;

	if (plan == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a survey");
	plan->discovery = setting->discovery;
	plan->discovery.zone = *zone;
	plan->now = setting->now;
	memcpy(plan->absent_label, setting->absent_label, sizeof plan->absent_label);
	status =
		dw_record_list_place(&own->records, &own->common.zones, zone, plan->records, &plan->n_records, error);
	if (status == DW_OK)
		status = dw_survey_new(plan, &survey, error);
	*inquiry = (struct dw_inquiry){&dw_survey_class, survey};
	free(plan);
	return status;
}

/*
 * "example.org: 14 signatures on 4 servers are good for 12d 3h; example.org/SOA by key 4711 on ... ends
 * first, ..."
 */
static void summarize(const struct dw_signature_figures *figures, struct dw_verdict *verdict)
{
	char zone[DW_NAME_TEXT_MAX], left[DW_MOMENT_TEXT_MAX], moment[DW_MOMENT_TEXT_MAX];

	(void)dw_name_format(&verdict->zone, zone);
	if (!figures->known)
		(void)snprintf(verdict->summary, sizeof verdict->summary, "%.100s: no signature was examined", zone);
	else
		(void)snprintf(verdict->summary, sizeof verdict->summary,
			"%.60s: signatures good for %s on %u server address%s; first to end: %.60s on %.40s, %s", zone,
			dw_span_format(figures->remaining, left), figures->servers, figures->servers == 1 ? "" : "es",
			figures->record, figures->server, dw_moment_format(figures->expiration, moment));
}

static struct dw_figure seconds(bool known, dw_seconds value)
{
	return (struct dw_figure){.known = known, .value = value};
}

static struct dw_figure count(unsigned value)
{
	return (struct dw_figure){.known = true, .value = value};
}

static void judge(const void *values, const void *self, struct dw_verdict *verdict)
{
	const struct values *own = values;
	const struct dw_signature_policy policy = {
		own->warning, own->critical, own->skew, own->unsigned_state.severity};
	struct dw_signature_figures figures = {0};

	dw_signature_judge(dw_survey_facts(self), &policy, &verdict->findings, &figures);
	verdict->figures[REMAINING] = seconds(figures.known, figures.remaining);
	(void)dw_range_format(&own->warning, figures.lifetime, verdict->figures[REMAINING].warning);
	(void)dw_range_format(&own->critical, figures.lifetime, verdict->figures[REMAINING].critical);
	verdict->figures[LIFETIME] = seconds(figures.known, figures.lifetime);
	verdict->figures[DNSKEY_REMAINING] = seconds(figures.dnskey_known, figures.dnskey_remaining);
	verdict->figures[SOA_REMAINING] = seconds(figures.soa_known, figures.soa_remaining);
	verdict->figures[SERVERS] = count(figures.servers);
	verdict->figures[SERVERS_BAD] = count(figures.servers_bad);
	verdict->figures[SIGNATURES] = count(figures.signatures);
	summarize(&figures, verdict);
}

static void show(const void *self, unsigned level, FILE *page)
{
	dw_survey_show(dw_survey_facts(self), level, page);
}

static json_t *facts(const void *self)
{
	return dw_survey_json(dw_survey_facts(self));
}

static void end(void *self)
{
	dw_survey_free(self);
}

static const struct dw_subject subject = {
	.begin = begin, .judge = judge, .show = show, .facts = facts, .end = end};

static const char *const examples[] = {
	"check_rrsig_expiry -z example.org",
	"every signature on every address of every name server of example.org",
	"check_rrsig_expiry -z example.org -w 7d -c 2d --record www.example.org/A",
	"warn below seven days, critical below two, and look at www as well",
	"check_rrsig_expiry -z example.org --now +28d",
	"would the zone survive four weeks with nobody at work?",
	"check_rrsig_expiry -z example.org -H 192.0.2.1 -H ns2.example.net@5353",
	"only these two servers; no resolver is asked for the zone",
	NULL,
};

const struct dw_plugin dw_plugin = {
	.name = "check_rrsig_expiry",
	.label = "RRSIG_EXPIRY",
	.summary =
		"Tells whether validators will still accept a zone's signatures, on every server, and for how long.",
	.description =
		"Asks every address of every name server of the zone for DNSKEY, SOA, NS, the answer for a name that "
		"does not exist, and each --record, and verifies every signature that comes (RFC 4035 5.3): a date "
		"alone proves nothing. What is reported is the RRset that dies first, over all servers.\n\n"
		"One good signature suffices for an RRset; expired leftovers beside it are not a fault. The DNSKEY "
		"RRset counts by the signatures of keys that the parent's DS records name.\n\n"
		"CRITICAL: a signature that is expired, not yet valid or false where no good one stands beside it; a "
		"server that serves a signed zone without signatures or without proof of absence; remaining validity "
		"outside -c. WARNING: remaining validity outside -w or shorter than the RRset's TTL; a server that "
		"does not answer while another one does; an algorithm of the DNSKEY RRset that does not sign (RFC "
		"6840 5.11); keys that sign on one server and are missing on another (RFC 8901); an inception within "
		"--skew of now.",
	.options = options,
	.values_size = sizeof(struct values),
	.metrics = metrics,
	.examples = examples,
	.subject = &subject,
};
