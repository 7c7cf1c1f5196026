#include "support/realm.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/dsset.h"
#include "support/prove.h"

static char *text_of(const char *format, const char *a, const char *b)
{
	char *text = NULL;

	ck_assert_int_ge(asprintf(&text, format, a, b), 0);
	return text;
}

struct dw_realm *dw_realm_new(const char *ds, const char *more)
{
	struct dw_realm *realm = calloc(1, sizeof(*realm));

	ck_assert_ptr_nonnull(realm);
	char *lines = text_of("example.org. 3600 IN SOA ns1.example.org. mail.example.org. 7 3600 600 86400 300\n"
						  "example.org. 3600 IN NS ns1.example.org.\n"
						  "example.org. 3600 IN NS ns2.example.org.\n"
						  "ns1.example.org. 3600 IN A 192.0.2.11\n"
						  "ns2.example.org. 3600 IN A 192.0.2.12\n%s%s",
		more != NULL ? more : "", "");
	struct dw_authority *zone = dw_authority_new("example.org.", lines);
	char *right = dw_signer_ds(zone->ksk, 2);
	char *above = text_of("org. 3600 IN SOA a.nic.org. mail.nic.org. 7 3600 600 86400 300\n"
						  "org. 3600 IN NS a.nic.org.\norg. 3600 IN NS b.nic.org.\n"
						  "a.nic.org. 3600 IN A 192.0.2.1\nb.nic.org. 3600 IN A 192.0.2.2\n"
						  "example.org. 3600 IN NS ns1.example.org.\n"
						  "example.org. 3600 IN NS ns2.example.org.\n%s%s",
		ds != NULL ? ds : right, "");
	struct dw_authority *org = dw_authority_new("org.", above);
	dw_realm_place(realm, "192.0.2.1", org);
	dw_realm_place(realm, "192.0.2.2", org);
	dw_realm_place(realm, "192.0.2.11", zone);
	dw_realm_place(realm, "192.0.2.12", zone);
	free(lines);
	free(above);
	free(right);
	return realm;
}

/* Releases the authority of a place unless another place has it too. */
static void release(struct dw_realm *realm, unsigned place)
{
	struct dw_authority *old = realm->places[place].authority;

	realm->places[place].authority = NULL;
	for (unsigned i = 0; i < realm->n_places; i++) {
		if (realm->places[i].authority == old)
			return;
	}
	dw_authority_free(old);
}

void dw_realm_free(struct dw_realm *realm)
{
	for (unsigned i = 0; i < realm->n_places; i++)
		release(realm, i);
	free(realm);
}

void dw_realm_place(struct dw_realm *realm, const char *address, struct dw_authority *authority)
{
	ck_assert_uint_lt(realm->n_places, DW_REALM_PLACES_MAX);
	realm->places[realm->n_places++] = (struct dw_realm_place){address, authority};
}

void dw_realm_replace(struct dw_realm *realm, unsigned place, struct dw_authority *authority)
{
	release(realm, place);
	realm->places[place].authority = authority;
}

/* Whether a zone answers for a name: for DS that is the one above. */
static bool answers(const struct dw_authority *authority, const struct dw_question *question)
{
	struct dw_name zone = dw_name_make(authority->zone);

	if (question->ask.type == DW_TYPE_DS && dw_name_equal(&zone, &question->ask.name))
		return false;
	return dw_name_within(&question->ask.name, &zone);
}

/* The nearest zone on a server (on any, when NULL) that answers; else any that it has. */
static struct dw_authority *choose(
	const struct dw_realm *realm, const char *address, const struct dw_question *question)
{
	struct dw_authority *best = NULL, *any = NULL;

	for (unsigned i = 0; i < realm->n_places; i++) {
		struct dw_authority *authority = realm->places[i].authority;
		if (authority == NULL || (address != NULL && strcmp(address, realm->places[i].address) != 0))
			continue;
		any = any != NULL ? any : authority;
		if (answers(authority, question) && (best == NULL || strlen(authority->zone) > strlen(best->zone)))
			best = authority;
	}
	return best != NULL ? best : any;
}

static void reply(struct dw_realm *realm, const struct dw_inquiry *inquiry, unsigned tag,
	const struct dw_question *question)
{
	struct dw_answer answer = {.status = DW_TIMEOUT, .attempts = 3};
	uint8_t *wire = malloc(DW_MESSAGE_MAX);
	char address[DW_ADDRESS_TEXT_MAX];

	ck_assert_ptr_nonnull(wire);
	dw_address_format(&question->server, address);
	bool resolver = strcmp(address, DW_REALM_RESOLVER) == 0;
	struct dw_authority *authority =
		resolver && realm->no_resolver ? NULL : choose(realm, resolver ? NULL : address, question);
	if (authority != NULL) {
		answer = (struct dw_answer){.status = DW_OK, .wire = wire, .attempts = 1};
		answer.length = dw_authority_answer(authority, question, wire);
	}
	inquiry->class->answer(inquiry->self, tag, question, &answer);
	free(wire);
}

void dw_realm_run(struct dw_realm *realm, const struct dw_inquiry_class *class, void *self)
{
	const struct dw_inquiry inquiry = {class, self};
	unsigned *tags = calloc(DW_REALM_QUESTIONS_MAX, sizeof(*tags)), n_done = realm->n_asked;

	ck_assert_ptr_nonnull(tags);
	do {
		while (class->next(self, &realm->asked[realm->n_asked], &tags[realm->n_asked])) {
			realm->n_asked++;
			ck_assert_uint_lt(realm->n_asked, DW_REALM_QUESTIONS_MAX);
		}
		if (n_done < realm->n_asked) {
			/* A copy: the inquiry may ask more meanwhile. */
			const struct dw_question question = realm->asked[n_done];
			reply(realm, &inquiry, tags[n_done], &question);
		}
	} while (n_done++ < realm->n_asked);
	free(tags);
}

unsigned dw_realm_asked(const struct dw_realm *realm, const char *address, const char *question)
{
	unsigned n = 0;

	for (unsigned i = 0; i < realm->n_asked; i++) {
		char name[DW_NAME_TEXT_MAX], type[DW_TYPE_TEXT_MAX], text[DW_NAME_TEXT_MAX + 32];
		char server[DW_ADDRESS_TEXT_MAX];
		snprintf(text, sizeof(text), "%s %s", dw_name_format(&realm->asked[i].ask.name, name),
			dw_type_text(realm->asked[i].ask.type, type));
		dw_address_format(&realm->asked[i].server, server);
		n += (address == NULL || strcmp(address, server) == 0) && strcmp(question, text) == 0;
	}
	return n;
}

struct dw_anchor dw_realm_anchor(const struct dw_authority *authority)
{
	struct dw_anchor anchor = {.zone = dw_name_make(authority->zone)};
	struct dw_keyring ring = {.n_keys = 0};

	dw_keyring_make(dw_signer_dnskey(authority->ksk), &ring);
	const struct dw_octets rdata = {ring.keys[0].rdata, ring.keys[0].rdata_length};
	ck_assert_int_eq(dw_ds_make(&anchor.zone, rdata, DW_DIGEST_SHA256, &anchor.ds), DW_OK);
	dw_keyring_fini(&ring);
	return anchor;
}

struct dw_delegation_plan *dw_realm_plan(const struct dw_realm *realm)
{
	struct dw_delegation_plan *plan = calloc(1, sizeof(*plan));

	ck_assert_ptr_nonnull(plan);
	plan->discovery.zone = dw_name_make("example.org");
	plan->discovery.port = DW_PORT_DNS;
	plan->discovery.resolvers.n_resolvers = 1;
	ck_assert_int_eq(
		dw_address_parse(DW_REALM_RESOLVER, DW_PORT_DNS, &plan->discovery.resolvers.items[0], NULL), DW_OK);
	plan->anchors.n_anchors = 1;
	plan->anchors.items[0] = dw_realm_anchor(realm->places[DW_REALM_ORG_A].authority);
	plan->now = DW_SIGNER_NOW;
	return plan;
}
