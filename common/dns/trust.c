#include "dns/trust.h"

#include <stdio.h>
#include <stdlib.h>

#include "dns/denial.h"
#include "dns/dsset.h"
#include "dns/kept.h"
#include "dns/reply.h"
#include "dns/rules.h"

/* Octets taken by UDP: what passes without fragments (RFC 9715). */
#define PAYLOAD_SIZE 1232

/* What stands in the way of one question. */
enum stage { STAGE_READY, STAGE_OPEN, STAGE_ENDED };

struct dw_trust {
	struct dw_trust_plan plan;
	struct dw_trust_facts facts; /* `at` and `ds` are the zone reached, while we are on the way */
	enum stage stage;
	struct dw_name name; /* that is asked for */
	uint16_t type;
	unsigned first;   /* the resolver that was of use last */
	unsigned n_tried; /* resolvers that this question was put to */
	struct dw_keyring ring;
	struct dw_verifier verifier;
};

static void end(struct dw_trust *trust, enum dw_trust_state state)
{
	trust->facts.state = state;
	trust->stage = STAGE_ENDED;
}

static void ask(struct dw_trust *trust, const struct dw_name *name, uint16_t type)
{
	trust->name = *name;
	trust->type = type;
	trust->n_tried = 0;
	trust->stage = STAGE_READY;
	if (trust->plan.resolvers.n_resolvers > 0)
		return;
	snprintf(trust->facts.reason, sizeof(trust->facts.reason), "no resolver to ask");
	end(trust, DW_TRUST_UNKNOWN);
}

/* Writes why the path ended: "org/DNSKEY: the signature is expired". */
static void explain(struct dw_trust *trust, const char *what)
{
	char name[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX];

	snprintf(trust->facts.reason, sizeof(trust->facts.reason), "%.80s/%s: %.90s",
		dw_name_format(&trust->name, name), dw_type_text(trust->type, type), what);
}

/* The DS set of the zone `at` is proven: that is what was looked for, or its keys come next. */
static void reach(struct dw_trust *trust)
{
	bool usable = false;

	if (!trust->plan.holder && dw_name_equal(&trust->facts.at, &trust->plan.zone)) {
		end(trust, DW_TRUST_SECURE);
		return;
	}
	for (unsigned i = 0; i < trust->facts.n_ds; i++)
		usable = usable || dw_ds_counts(trust->facts.ds, trust->facts.n_ds, i);
	ask(trust, &trust->facts.at, DW_TYPE_DNSKEY);
	if (usable || trust->stage == STAGE_ENDED)
		return;
	explain(trust, "its DS records are of algorithms not known here");
	end(trust, DW_TRUST_INSECURE);
}

/* Goes on to the DS of the name one label below `name`; at the end of a holder's name its zone is known. */
static void descend(struct dw_trust *trust, const struct dw_name *name)
{
	if (dw_name_equal(name, &trust->plan.zone)) {
		trust->facts.keys = &trust->ring;
		end(trust, DW_TRUST_SECURE);
		return;
	}
	struct dw_name below = dw_name_ancestor(&trust->plan.zone, dw_name_labels(name) + 1);
	ask(trust, &below, DW_TYPE_DS);
}

/* Begins at the anchor nearest to the zone. */
static void begin(struct dw_trust *trust)
{
	const struct dw_anchors *anchors = &trust->plan.anchors;
	struct dw_trust_facts *facts = &trust->facts;

	for (unsigned i = 0; i < anchors->n_anchors; i++) {
		const struct dw_name *zone = &anchors->items[i].zone;
		if (dw_name_within(&trust->plan.zone, zone) &&
			(facts->anchor.length == 0 || dw_name_labels(zone) > dw_name_labels(&facts->anchor)))
			facts->anchor = *zone;
	}
	if (facts->anchor.length == 0) {
		snprintf(facts->reason, sizeof(facts->reason), "no trust anchor is known");
		end(trust, DW_TRUST_NOT_ANCHORED);
		return;
	}
	for (unsigned i = 0; i < anchors->n_anchors && facts->n_ds < DW_DS_MAX; i++) {
		if (dw_name_equal(&anchors->items[i].zone, &facts->anchor))
			facts->ds[facts->n_ds++] = anchors->items[i].ds;
	}
	facts->at = facts->anchor;
	reach(trust);
}

enum dw_status dw_trust_new(const struct dw_trust_plan *plan, struct dw_trust **trust, struct dw_error *error)
{
	struct dw_trust *fresh = calloc(1, sizeof(*fresh));

	if (fresh == NULL)
		return dw_fail(error, DW_SYSTEM, "no memory for a path of trust");
	fresh->plan = *plan;
	dw_verifier_init(&fresh->verifier);
	begin(fresh);
	*trust = fresh;
	return DW_OK;
}

static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	struct dw_trust *trust = self;

	if (trust->stage != STAGE_READY)
		return false;
	unsigned at = (trust->first + trust->n_tried++) % trust->plan.resolvers.n_resolvers;
	*question = (struct dw_question){.server = trust->plan.resolvers.items[at]};
	question->ask.name = trust->name;
	question->ask.type = trust->type;
	question->ask.recursion_desired = true;
	question->ask.checking_disabled = true;
	question->ask.edns = true;
	question->ask.dnssec_ok = true;
	question->ask.payload_size = PAYLOAD_SIZE;
	*tag = at;
	trust->stage = STAGE_OPEN;
	return true;
}

/* The resolver was of no use: the next one is asked, or there is none left. */
static void move_on(struct dw_trust *trust, const char *why)
{
	trust->stage = STAGE_READY;
	if (trust->n_tried < trust->plan.resolvers.n_resolvers)
		return;
	explain(trust, why);
	end(trust, DW_TRUST_UNKNOWN);
}

/* What is wrong with an RRset that is not secure. */
static const char *fault_of(const struct dw_proof *proof)
{
	if (proof->security == DW_UNSIGNED)
		return "it has no signature";
	if (proof->best >= 0)
		return dw_signature_state_text(proof->signatures[proof->best].state);
	return "no signature proves it";
}

/* Whether a DS of the proven set names the key that made a good signature. */
static bool is_entry(const struct dw_trust *trust, const struct dw_signature *signature)
{
	const struct dw_trust_facts *facts = &trust->facts;

	if (signature->state != DW_SIGNATURE_GOOD || signature->key < 0)
		return false;
	const struct dw_keyring_key *key = &trust->ring.keys[signature->key];
	for (unsigned i = 0; i < facts->n_ds && key->state == DW_KEY_USABLE; i++) {
		const struct dw_ds_fact *fact = &facts->ds[i];
		const struct dw_ds ds = {
			fact->key_tag, fact->algorithm, fact->digest_type, fact->digest_length, fact->digest};
		if (dw_ds_counts(facts->ds, facts->n_ds, i) && dw_rules_ds_matches(&ds, &facts->at, key))
			return true;
	}
	return false;
}

/* The keys of the zone reached: they are proven by one that its DS set names (RFC 4035 5.2). */
static void take_keys(struct dw_trust *trust, const struct dw_reply *reply)
{
	const struct dw_rrset_fact *keys = dw_kept_rrset(reply);

	if (keys == NULL) {
		explain(trust, "it has no keys, though its DS is there");
		end(trust, DW_TRUST_BOGUS);
		return;
	}
	for (unsigned i = 0; i < keys->proof.n_signatures; i++) {
		if (is_entry(trust, &keys->proof.signatures[i])) {
			descend(trust, &trust->facts.at);
			return;
		}
	}
	/* Sound keys that the anchor does not know: it is of another time, or of another tree. */
	bool foreign = keys->proof.security == DW_SECURE && dw_name_equal(&trust->facts.at, &trust->facts.anchor);
	if (keys->proof.security != DW_SECURE)
		explain(trust, fault_of(&keys->proof));
	else
		explain(trust,
			foreign ? "not signed by a key that the trust anchor names"
					: "not signed by a key that its DS names");
	end(trust, foreign ? DW_TRUST_NOT_ANCHORED : DW_TRUST_BOGUS);
}

/* The DS set of a zone further down. */
static void take_ds(struct dw_trust *trust, const struct dw_rrset_fact *rrset)
{
	struct dw_trust_facts *facts = &trust->facts;
	struct dw_octets rdata;
	struct dw_ds ds;
	size_t at = 0;

	if (rrset->proof.security != DW_SECURE) {
		explain(trust, fault_of(&rrset->proof));
		end(trust, DW_TRUST_BOGUS);
		return;
	}
	facts->at = trust->name;
	facts->n_ds = 0;
	while (facts->n_ds < DW_DS_MAX && dw_kept_rdata(rrset, &at, &rdata)) {
		const struct dw_rr rr = {.rdata = rdata.octets, .rdlength = (uint16_t)rdata.length};
		if (dw_ds_read(&rr, &ds) == DW_OK)
			facts->ds[facts->n_ds++] = dw_ds_of(&ds);
	}
	reach(trust);
}

/* There is no DS: is there a cut, and is it proven? */
static void take_absence(struct dw_trust *trust, const struct dw_reply *reply)
{
	bool end_of_name = dw_name_equal(&trust->name, &trust->plan.zone);

	switch (reply->denial.result) {
	case DW_DENIAL_NAME_ERROR:
		/* What does not exist has nothing below it; its keys would be those of the zone above. */
		if (trust->plan.holder) {
			descend(trust, &trust->plan.zone);
			return;
		}
		explain(trust, "the zone above proves that the name does not exist");
		break;
	case DW_DENIAL_UNSIGNED_DELEGATION:
	case DW_DENIAL_OPT_OUT:
		trust->facts.at = trust->name;
		explain(trust, "proven to be absent: the delegation is unsigned");
		end(trust, DW_TRUST_INSECURE);
		return;
	case DW_DENIAL_NO_DATA:
	case DW_DENIAL_EMPTY_NON_TERMINAL:
		if (!end_of_name || trust->plan.holder) {
			descend(trust, &trust->name);
			return;
		}
		explain(trust, "the zone above proves that there is no delegation");
		break;
	default:
		explain(trust, dw_denial_text(reply->denial.result));
	}
	end(trust, DW_TRUST_BOGUS);
}

/* Reads and verifies an answer. DW_OK when it is of use; `reply` is to be released in any case. */
static enum dw_status read_answer(
	struct dw_trust *trust, const struct dw_answer *answer, struct dw_reply *reply)
{
	struct dw_message *message = malloc(sizeof(*message));
	struct dw_reply_setting setting = {.zone = &trust->facts.at,
		.by_user = true,
		.ring = &trust->ring,
		.verifier = &trust->verifier,
		.now = trust->plan.now,
		.keep_rdata = true};
	enum dw_status status = message == NULL ? DW_SYSTEM : DW_NOT_FOUND;
	struct dw_rrset rrset;

	if (message != NULL && dw_reply_read(&setting, answer, message, reply) && reply->dnssec_ok) {
		status = DW_OK;
		if (trust->type == DW_TYPE_DNSKEY &&
			dw_rrset_find(message, DW_ANSWER, &trust->facts.at, DW_TYPE_DNSKEY, &rrset)) {
			dw_keyring_fini(&trust->ring);
			status = dw_keyring_init(&trust->ring, &rrset, NULL);
		}
		if (status == DW_OK)
			status = dw_reply_prove(&setting, message, reply, NULL);
	}
	free(message);
	return status;
}

static void take(void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct dw_trust *trust = self;
	struct dw_reply reply = {.topic = DW_TOPIC_RECORD, .record = {trust->name, trust->type}, .asked = true};

	(void)question;
	if (trust->stage != STAGE_OPEN)
		return;
	if (read_answer(trust, answer, &reply) != DW_OK) {
		move_on(trust, reply.status != DW_OK ? reply.reason : "no resolver gives a useful answer");
	} else {
		const struct dw_rrset_fact *rrset = dw_kept_rrset(&reply);
		trust->first = tag;
		if (trust->type == DW_TYPE_DNSKEY)
			take_keys(trust, &reply);
		else if (rrset != NULL)
			take_ds(trust, rrset);
		else if (reply.denial_wanted)
			take_absence(trust, &reply);
		else
			move_on(trust, "answered from another zone");
	}
	dw_reply_fini(&reply);
}

const struct dw_inquiry_class dw_trust_class = {next, take};

const struct dw_trust_facts *dw_trust_facts(const struct dw_trust *trust)
{
	return &trust->facts;
}

void dw_trust_free(struct dw_trust *trust)
{
	if (trust == NULL)
		return;
	dw_keyring_fini(&trust->ring);
	dw_verifier_fini(&trust->verifier);
	free(trust);
}
