#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#include "delegation_json.h"
#include "delegation_show.h"
#include "delegation_summary.h"
#include "ds_given.h"
#include "host_list.h"
#include "record_list.h"

#include "dns/delegation_judge.h"
#include "dns/dsright.h"
#include "text/anchorfile.h"

struct values {
	struct dw_common common;
	struct dw_host_list parents;
	struct dw_word expect;
	const char *trust_anchor;
	struct dw_ds_list ds;
	const char *ds_file;
	struct dw_digest_list print_ds;
	struct dw_name typed;
	bool signal;
	bool delegations;
	struct dw_record_list records;
	/* What the options name; made by prepare(). */
	struct dw_keyfile file;
	struct dw_anchors anchors;
};

/* By index of --expect. */
static const char *const expect_words[] = {"secure", "island", "unsigned", NULL};
static const enum dw_expect expects[] = {DW_EXPECT_SECURE, DW_EXPECT_ISLAND, DW_EXPECT_UNSIGNED};

static const struct dw_option options[] = {
	{0, "parent", "HOST[@PORT]", NULL,
		"server of the parent zone, an address or a name; repeatable; together with -H no resolver is needed "
		"(default: every address of every name server of the parent)",
		DW_OPTION(struct values, parents)},
	{0, "expect", "WHAT", "secure",
		"what is right: secure (signed, with a DS), island (signed, without DS) or unsigned",
		DW_OPTION(struct values, expect), .words = expect_words},
	{0, "trust-anchor", "FILE", NULL,
		"trust anchors that the parent's signatures are held against: DS or DNSKEY lines, root.key, "
		"bind.keys or root-anchors.xml (default: the system's of the root)",
		DW_OPTION(struct values, trust_anchor)},
	{0, "ds", "'TAG ALG TYPE DIGEST'", NULL,
		"judge this DS, before it is uploaded, instead of the parent's; repeatable; the parent is not asked",
		DW_OPTION(struct values, ds)},
	{0, "ds-file", "FILE", NULL,
		"the same with the DS, CDS, DNSKEY and CDNSKEY lines of a file, as any signer writes them, - for "
		"standard input; a key stands for its SHA-256 DS",
		DW_OPTION(struct values, ds_file)},
	{0, "print-ds", "TYPES", NULL,
		"print the DS set that should be at the parent, ready to paste: of the keys that sign, and of those "
		"that CDS and CDNSKEY announce; TYPES are digest types, such as 1,2,4 (2 without)",
		DW_OPTION(struct values, print_ds), .optional = true},
	{0, "typed-name", "NAME", NULL,
		"the zone's name in the letters that somebody typed, which may have been hashed so",
		DW_OPTION(struct values, typed)},
	{0, "signal", NULL, NULL, "look at the signalling names of the zone's servers as well (RFC 9615)",
		DW_OPTION(struct values, signal)},
	{0, "delegations", NULL, NULL, "look at the delegations within the zone that --record names",
		DW_OPTION(struct values, delegations)},
	{0, "record", "NAME/DS", NULL,
		"a delegation within the zone; repeatable; a NAME outside the zone is taken as relative to it",
		DW_OPTION(struct values, records)},
	{.name = NULL},
};

enum metric { DS, DS_MATCHED, DS_UNMATCHED, DNSKEY, PARENT_SERVERS, SERVERS, SERVERS_BAD };

static const struct dw_metric metrics[] = {
	[DS] = {"ds", "", DW_TOTAL_SUM, "different DS records, of all servers of the parent, or given"},
	[DS_MATCHED] = {"ds_matched", "", DW_TOTAL_SUM,
		"DS records that lead to a key which signs the DNSKEY RRset, on every server"},
	[DS_UNMATCHED] = {"ds_unmatched", "", DW_TOTAL_SUM, "the other DS records"},
	[DNSKEY] = {"dnskey", "", DW_TOTAL_SUM, "keys of the server that has most"},
	[PARENT_SERVERS] = {"parent_servers", "", DW_TOTAL_SUM, "addresses of the parent's servers asked"},
	[SERVERS] = {"servers", "", DW_TOTAL_SUM, "addresses of the zone's servers asked"},
	[SERVERS_BAD] = {"servers_bad", "", DW_TOTAL_SUM,
		"addresses of the zone's servers with a finding of WARNING or worse"},
	{.label = NULL},
};

/* What is being done about one zone. */
struct watch {
	const struct values *values;
	struct dw_delegation *delegation;
	struct dw_ds_given given;
};

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	return dw_delegation_class.next(((struct watch *)self)->delegation, question, tag);
}

static void answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer_)
{
	dw_delegation_class.answer(((struct watch *)self)->delegation, tag, question, answer_);
}

static const struct dw_inquiry_class class = {next, answer};

static bool is_given(const struct values *own)
{
	return own->ds.n_ds > 0 || own->ds_file != NULL;
}

/* What the file of --ds-file is called; NULL without one. */
static const char *file_name(const struct values *own)
{
	return own->ds_file != NULL && strcmp(own->ds_file, "-") == 0 ? "standard input" : own->ds_file;
}

/* The user's anchors must be readable; those of the system are a matter of luck. */
static enum dw_status read_anchors(struct values *own, dw_moment now, struct dw_error *error)
{
	const char *path = own->trust_anchor != NULL ? own->trust_anchor : dw_anchorfile_system();
	enum dw_status status = DW_OK;

	if (path == NULL)
		return DW_OK;
	status = dw_anchorfile_read(path, now, &own->anchors, own->trust_anchor != NULL ? error : NULL);
	if (status != DW_OK && own->trust_anchor != NULL)
		return dw_within(error, status, "--trust-anchor");
	if (status != DW_OK)
		own->anchors.n_anchors = 0;
	return DW_OK;
}

static enum dw_status prepare(void *values, dw_moment now, struct dw_error *error)
{
	struct values *own = values;
	enum dw_status status = DW_OK;

	if (own->delegations && own->records.n_records == 0)
		return dw_fail(error, DW_INVALID, "--delegations: needs --record NAME/DS to name them");
	for (unsigned i = 0; i < own->records.n_records; i++)
		if (own->records.items[i].type != DW_TYPE_DS)
			return dw_fail(
				error, DW_INVALID, "--record: names a delegation here: NAME/DS, and no other type");
	if (own->ds_file != NULL)
		status = dw_keyfile_read(own->ds_file, &own->file, error);
	if (status != DW_OK)
		return dw_within(error, status, "--ds-file");
	status = read_anchors(own, now, error);
	if (status != DW_OK)
		return status;
	status = dw_host_list_find(&own->parents, dw_common_family(&own->common), error);
	return status == DW_OK ? DW_OK : dw_within(error, status, "--parent");
}

static void release(void *values)
{
	dw_keyfile_fini(&((struct values *)values)->file);
}

static enum dw_want resolver(const void *values)
{
	const struct values *own = values;

	if (!is_given(own) && (own->parents.n_hosts == 0 || dw_host_list_has_names(&own->parents)))
		return DW_WANT_ALWAYS;
	if (own->signal || own->records.n_records > 0 || (!is_given(own) && own->common.hosts.n_hosts == 0))
		return DW_WANT_IF_ANY;
	return DW_WANT_FOR_HOSTS;
}

static enum dw_status plan_children(const struct dw_record_list *records, const struct dw_name *zone,
	struct dw_delegation_plan *plan, struct dw_error *error)
{
	for (unsigned i = 0; i < records->n_records; i++) {
		struct dw_record placed;

		if (dw_record_place(&records->items[i], zone, &placed, error) != DW_OK)
			return DW_INVALID;
		if (dw_name_equal(&placed.name, zone))
			return dw_fail(error, DW_INVALID, "--record: the zone itself is no delegation within it");
		plan->children[plan->n_children++] = placed.name;
	}
	return DW_OK;
}

static enum dw_status plan_delegation(const struct values *own, const struct dw_setting *setting,
	const struct dw_name *zone, struct watch *watch, struct dw_error *error)
{
	struct dw_delegation_plan *plan = calloc(1, sizeof *plan);
	enum dw_status status = DW_OK;

	if (plan == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a delegation");
	plan->discovery = setting->discovery;
	plan->discovery.zone = *zone;
	plan->now = setting->now;
	plan->n_parents = own->parents.n_hosts;
	memcpy(plan->parents, own->parents.items, sizeof plan->parents);
	plan->no_parent = is_given(own);
	plan->signal = own->signal;
	plan->anchors = own->anchors;
	status = plan_children(&own->records, zone, plan, error);
	if (status == DW_OK)
		status = dw_delegation_new(plan, &watch->delegation, error);
	free(plan);
	return status;
}

static void end(void *self)
{
	struct watch *watch = self;

	dw_delegation_free(watch->delegation);
	free(watch);
}

static enum dw_status begin(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
	struct dw_inquiry *inquiry, struct dw_error *error)
{
	const struct values *own = values;
	struct watch *watch = calloc(1, sizeof *watch);
	enum dw_status status = DW_OK;

	if (watch == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a delegation");
	watch->values = own;
	status = dw_ds_given_sort(&own->ds, &own->file, &own->common.zones, zone, &watch->given, error);
	if (status != DW_OK && own->ds_file != NULL)
		status = dw_within(error, status, "--ds-file: %s", file_name(own));
	else if (status != DW_OK)
		status = dw_within(error, status, "--ds");
	else
		status = plan_delegation(own, setting, zone, watch, error);
	if (status != DW_OK)
		end(watch);
	else
		*inquiry = (struct dw_inquiry){&class, watch};
	return status;
}

static struct dw_figure count(bool known, unsigned value)
{
	return (struct dw_figure){.known = known, .value = value};
}

static struct dw_delegation_policy policy_of(const struct values *own, const struct watch *watch)
{
	struct dw_delegation_policy policy = {.expect = expects[own->expect.index],
		.given = is_given(own),
		.n_ds = watch->given.n_ds,
		.n_keys = watch->given.n_keys,
		.keys = watch->given.keys,
		.n_strays = watch->given.n_strays,
		.strays = watch->given.strays,
		.anchors = &own->anchors,
		.anchors_named = own->trust_anchor != NULL,
		.file = file_name(own),
		.typed = own->typed.length > 0 ? &own->typed : watch->given.typed};

	memcpy(policy.ds, watch->given.ds, sizeof policy.ds);
	return policy;
}

static void judge(const void *values, const void *self, struct dw_verdict *verdict)
{
	const struct watch *watch = self;
	const struct dw_delegation_policy policy = policy_of(values, watch);
	struct dw_delegation_figures figures = {0};

	dw_delegation_judge(dw_delegation_facts(watch->delegation), &policy, &verdict->findings, &figures);
	verdict->figures[DS] = count(figures.ds_known, figures.ds);
	verdict->figures[DS_MATCHED] = count(figures.ds_known && figures.served, figures.ds_matched);
	verdict->figures[DS_UNMATCHED] =
		count(figures.ds_known && figures.served, figures.ds - figures.ds_matched);
	verdict->figures[DNSKEY] = count(figures.served, figures.dnskey);
	verdict->figures[PARENT_SERVERS] = count(true, figures.parent_servers);
	verdict->figures[SERVERS] = count(true, figures.servers);
	verdict->figures[SERVERS_BAD] = count(true, figures.servers_bad);
	dw_delegation_summary(&verdict->zone, policy.given, &figures, &verdict->findings, verdict->summary);
}

static void show(const void *self, unsigned level, FILE *page)
{
	dw_delegation_show(dw_delegation_facts(((const struct watch *)self)->delegation), level, page);
}

/* The set that --print-ds wants; how many records it has. */
static unsigned make_right(const struct watch *watch, struct dw_ds_fact set[DW_DS_MAX])
{
	const struct dw_digest_list *wanted = &watch->values->print_ds;

	return dw_dsright_make(dw_delegation_facts(watch->delegation), wanted->types, wanted->n_types, set);
}

static void print(const void *self, FILE *page)
{
	const struct watch *watch = self;
	const struct dw_name *zone = &dw_delegation_facts(watch->delegation)->zone;
	struct dw_ds_fact set[DW_DS_MAX];
	char name[DW_NAME_TEXT_MAX];

	if (watch->values->print_ds.n_types == 0)
		return;
	const unsigned n = make_right(watch, set);
	if (n == 0)
		(void)fprintf(page,
			"; no DS for %s: no key was seen that signs its DNSKEY RRset, and that can be verified\n",
			dw_name_format(zone, name));
	dw_delegation_show_set(zone, set, n, page);
}

static json_t *facts(const void *self)
{
	const struct watch *watch = self;
	const struct dw_delegation_facts *known = dw_delegation_facts(watch->delegation);
	struct dw_ds_fact set[DW_DS_MAX];
	json_t *object = dw_delegation_json(known);
	json_t *lines = json_null();

	if (watch->values->print_ds.n_types > 0)
		lines = dw_delegation_json_lines(&known->zone, set, make_right(watch, set));
	if (object != NULL)
		(void)json_object_set_new(object, "print_ds", lines);
	return object;
}

static const struct dw_subject subject = {
	.prepare = prepare,
	.release = release,
	.resolver = resolver,
	.begin = begin,
	.judge = judge,
	.show = show,
	.print = print,
	.facts = facts,
	.end = end,
};

static const char *const examples[] = {
	"check_ds_mismatch -z example.org",
	"does the DS at every server of the parent lead to a key that signs, on every server of example.org?",
	"check_ds_mismatch -z example.org --ds-file dsset-example.org. --print-ds",
	"judge this DS set before it is uploaded, and print the one that is right",
	"check_ds_mismatch -z example.org --ds '4711 13 2 0123...'",
	"the same with one DS, as the registrar's form shows it",
	"check_ds_mismatch -z example.org --parent 192.0.2.53 -H 192.0.2.1",
	"only these two servers, and no resolver",
	"check_ds_mismatch -z example.org --delegations --record lb/DS",
	"is the delegation lb.example.org secure, insecure or broken?",
	NULL,
};

const struct dw_plugin dw_plugin = {
	.name = "check_ds_mismatch",
	.label = "DS_MISMATCH",
	.summary = "Tells whether the parent's DS leads to a key that signs the zone, and if not, which mistake "
			   "was made.",
	.description =
		"Asks every address of the parent's name servers for the DS RRset, and verifies it or the proof that "
		"there is none with the parent's keys; asks every address of the zone's for DNSKEY, CDS and CDNSKEY. "
		"A DS is held against every key: tag, algorithm and digest (RFC 4035 5.2).\n\n"
		"For a DS that matches no key, the mistakes that people, forms and programs make are repeated with "
		"every key until one gives this very DS: another algorithm, the owner's name in other letters or "
		"another name, changed flags, a digest cut, padded, reversed or mislabelled, another key's tag, a "
		"key text that was cut, and two of these at once. The finding names the mistake and the DS that is "
		"right. Where nothing reproduces the DS, none is claimed: old-key says that its key tag is not in "
		"the zone, garbled that it fits nothing.\n\n"
		"The parent's own signatures are followed up to a trust anchor; where that is not possible a note "
		"says so. Of the root, which has no parent, the keys are held against its trust anchors; that none "
		"fits is a fault when --trust-anchor names them.\n\n"
		"CRITICAL: a DS set and no DNSKEY; no DS that leads to a key which signs the DNSKEY RRset (a "
		"revoked key leads nowhere, RFC 5011 2.1, though not every validator minds); a DS RRset, or a proof "
		"that there is none, that does not verify; a zone unsigned against --expect. "
		"WARNING: a DS that matches nothing beside one that does; only SHA-1 DS (RFC 9905); beside a "
		"DS that works, one of a revoked key; a DS of a key without the SEP flag; servers that disagree; CDS "
		"or CDNSKEY that ask for another DS set (RFC 7344), contradict each other, or ask to delete it (RFC "
		"8078); a signed zone without DS. "
		"Roll-overs under way are named, and are no fault. UNKNOWN: no server of the parent told the DS set, "
		"and nothing else is wrong.",
	.options = options,
	.values_size = sizeof(struct values),
	.metrics = metrics,
	.examples = examples,
	.subject = &subject,
	.words = dw_delegation_words,
	.schema = dw_delegation_json_schema,
	.see_also = "RFC 4509, RFC 6605, RFC 6781, RFC 7344, RFC 7583, RFC 8078, RFC 9615, RFC 9904, RFC 9905",
};
