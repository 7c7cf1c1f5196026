#include "support/prove.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/message.h"

static _Noreturn void give_up(const char *what, const char *text)
{
	fprintf(stderr, "test proof: %s: '%s'\n", what, text);
	abort();
}

/* A message on the heap, with the octets that it points to. */
struct letter {
	struct dw_message message;
	uint8_t wire[DW_MESSAGE_MAX];
};

static struct letter *letter_of(const char *answer, const char *authority)
{
	struct letter *letter = malloc(sizeof(*letter));

	if (letter == NULL)
		give_up("no memory", answer);
	struct dw_message_text text = {.bits = DW_BIT_QR | DW_BIT_AA, .answer = answer, .authority = authority};
	dw_message_make(&text, letter->wire, &letter->message);
	return letter;
}

void dw_keyring_make(const char *dnskeys, struct dw_keyring *ring)
{
	struct letter *letter = letter_of(dnskeys, NULL);
	struct dw_rrset rrset;

	if (!dw_rrset_at(&letter->message, 0, &rrset) || dw_keyring_init(ring, &rrset, NULL) != DW_OK)
		give_up("no keys", dnskeys);
	free(letter);
}

struct dw_proof dw_prove(
	struct dw_keyring *ring, const char *records, const char *owner, uint16_t type, dw_moment now)
{
	struct letter *letter = letter_of(records, NULL);
	struct dw_name name = dw_name_make(owner);
	struct dw_verifier verifier;
	struct dw_rrset rrset;
	struct dw_proof proof;

	dw_verifier_init(&verifier);
	if (!dw_rrset_find(&letter->message, DW_ANSWER, &name, type, &rrset) ||
		dw_rules_prove(&verifier, &rrset, ring, now, &proof, NULL) != DW_OK)
		give_up("no RRset", records);
	dw_verifier_fini(&verifier);
	free(letter);
	return proof;
}

/* Adds the records of an RRset that is NSEC or NSEC3. */
static void collect(const struct dw_rrset *rrset, struct dw_denial_records *records)
{
	if (rrset->type != DW_TYPE_NSEC && rrset->type != DW_TYPE_NSEC3)
		return;
	for (unsigned i = 0; i < rrset->n_records && records->n_records < DW_DENIAL_RECORDS_MAX; i++)
		records->records[records->n_records++] = &rrset->message->records[rrset->records[i]];
}

unsigned dw_prove_all(struct dw_keyring *ring, const struct dw_message *message, dw_moment now,
	struct dw_denial_records *records)
{
	struct dw_verifier verifier;
	struct dw_rrset rrset;
	struct dw_proof proof;
	unsigned n_bad = 0;

	records->message = message;
	records->zone = ring->owner;
	records->n_records = 0;
	dw_verifier_init(&verifier);
	for (unsigned at = 0; at < message->n_records; at++) {
		if (!dw_rrset_at(message, at, &rrset))
			continue;
		if (dw_rules_prove(&verifier, &rrset, ring, now, &proof, NULL) != DW_OK)
			give_up("no memory", "");
		if (proof.security == DW_SECURE)
			collect(&rrset, records);
		n_bad += proof.security != DW_SECURE && proof.n_signatures > 0;
	}
	dw_verifier_fini(&verifier);
	return n_bad;
}

struct dw_denial dw_denial_of(const struct dw_claim_text *text)
{
	struct letter *letter = letter_of(NULL, text->authority);
	const struct dw_message *message = &letter->message;
	struct dw_denial_records records = {.message = message, .zone = dw_name_make(text->zone)};
	struct dw_name name = dw_name_make(text->name);

	for (unsigned i = 0; i < message->n_records && i < DW_DENIAL_RECORDS_MAX; i++)
		records.records[records.n_records++] = &message->records[i];
	struct dw_denial denial = dw_denial_judge(&records, text->claim, &name, text->type, text->labels);
	free(letter);
	return denial;
}
