#include "dns/reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dns/crypto.h"
#include "dns/octets.h"
#include "dns/rdata.h"

#define DIGEST_TEXT 24

/* A text that grows, and the words that go with it. */
struct story {
	struct dw_mistake *mistake;
	size_t length;
};

static void say(struct story *story, const char *format, ...) DW_PRINTF(2, 3);

static void say(struct story *story, const char *format, ...)
{
	const size_t room = DW_MISTAKE_TEXT_MAX - story->length;
	va_list arguments;

	va_start(arguments, format);
	const int length = vsnprintf(story->mistake->text + story->length, room, format, arguments);
	va_end(arguments);
	story->length += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room - 1;
}

/* Two words are kept, and none twice. */
static void name(struct dw_mistake *mistake, const char *word)
{
	if (mistake->word == NULL)
		mistake->word = word;
	else if (mistake->second == NULL && strcmp(mistake->word, word) != 0)
		mistake->second = word;
}

static unsigned flags_of(const struct dw_octets *rdata)
{
	return dw_read16(rdata->octets);
}

/* What keeps a key from being named by a DS (RFC 4035 5.2, RFC 5011 2.1), the first that holds. */
static const char *unfit(const struct dw_mistake_key *key, const char **clause)
{
	const unsigned flags = flags_of(&key->rdata);
	const char *word = NULL;

	if (key->origin == DW_MISTAKE_CDNSKEY) {
		word = "cdnskey-only";
		*clause = "this key is in the CDNSKEY RRset and not in the DNSKEY RRset";
	} else if (key->origin == DW_MISTAKE_GIVEN) {
		word = "old-key";
		*clause = "the zone does not have this key";
	} else if ((flags & DW_KEY_ZONE) == 0 || key->rdata.octets[2] != 3) {
		word = "not-zone-key";
		*clause =
			(flags & DW_KEY_ZONE) == 0 ? "this key lacks the ZONE flag" : "the protocol of this key is not 3";
	} else if ((flags & DW_KEY_REVOKE) != 0) {
		word = "revoked-key";
		*clause = "this key is revoked";
	} else if (!dw_algorithm_supported(key->rdata.octets[3])) {
		word = "unsupported-algorithm";
		*clause = "the algorithm of this key is not supported";
	} else if (!key->signs) {
		word = "key-not-signing";
		*clause = "this key does not sign the DNSKEY RRset";
	}
	return word;
}

static bool fit(const struct dw_mistake_key *key)
{
	const char *clause;

	return unfit(key, &clause) == NULL;
}

/* How well a key may stand in for one of this algorithm: 0 for not at all. */
static unsigned rank(const struct dw_mistake_key *key, uint8_t algorithm)
{
	if (!fit(key))
		return 0;
	return 1 + ((flags_of(&key->rdata) & DW_KEY_SEP) != 0 ? 2u : 0) +
		(key->rdata.octets[3] == algorithm ? 1u : 0);
}

/*
 * The key that a DS should name: this one when it is fit, else the best; -1 for none. One without the SEP
 * flag, a ZSK, stands back behind one that has it.
 */
static int right_key(const struct dw_mistake_question *question, int key, uint8_t algorithm)
{
	unsigned best = 0;
	int found = -1;

	if (key >= 0 && fit(&question->keys[key])) {
		found = key;
		best = 3;
		if ((flags_of(&question->keys[key].rdata) & DW_KEY_SEP) != 0)
			return key;
	}
	for (unsigned i = 0; i < question->n_keys; i++) {
		const unsigned worth = rank(&question->keys[i], algorithm);
		if (worth > best) {
			best = worth;
			found = (int)i;
		}
	}
	return found;
}

/* SHA-1 is not to be used for a DS any more (RFC 8624 3.3, RFC 9905). */
static void set_right(const struct dw_mistake_question *question, uint8_t algorithm, uint8_t digest_type,
	struct dw_mistake *mistake)
{
	const int key = right_key(question, mistake->key, algorithm);

	if (key < 0)
		return;
	mistake->right_known = dw_ds_make(question->owner, question->keys[key].rdata, digest_type == 4 ? 4 : 2,
							   &mistake->right) == DW_OK;
}

static void tell_slips(const struct dw_reason *reason, uint16_t tag, struct story *story)
{
	char clause[DW_SLIP_TEXT_MAX], was[24], is[24];
	const uint8_t algorithm = reason->right->rdata[3];
	const bool assumed = reason->n_slips == 0 && reason->ds->algorithm != algorithm;

	if (assumed || (reason->n_slips == 1 && reason->slips[0].slip->part == DW_SLIP_ALGORITHM)) {
		const uint8_t meant = assumed ? reason->ds->algorithm : dw_slip_algorithm(reason->slips[0].n);
		say(story, "was made as if key %u were %s (%u); it is %s (%u)", tag, dw_algorithm_text(meant, was),
			meant, dw_algorithm_text(algorithm, is), algorithm);
		name(story->mistake, "wrong-algorithm");
		return;
	}
	say(story, "was made of key %u", tag);
	for (unsigned i = 0; i < reason->n_slips; i++) {
		const struct dw_reason_slip *slip = &reason->slips[i];
		say(story, "%s %s", i > 0 ? " and" : "", dw_slip_format(slip->slip, slip->n, reason->right, clause));
		name(story->mistake, slip->slip->word);
	}
}

/* What the fields of the record say that the key does not. */
static void tell_fields(const struct dw_reason *reason, uint16_t tag, struct story *story)
{
	const struct dw_ds_fact *ds = reason->ds;
	const struct dw_likeness *likeness = reason->likeness;
	char made[DIGEST_TEXT], label[DIGEST_TEXT];

	dw_ds_digest_text(likeness->digest_type, made);
	dw_ds_digest_text(ds->digest_type, label);
	if (reason->n_slips > 0 && ds->algorithm != reason->right->rdata[3] &&
		ds->algorithm != reason->algorithm) {
		say(story, "; the algorithm of the key is %u", reason->right->rdata[3]);
		name(story->mistake, "wrong-algorithm");
	}
	if (likeness->word != NULL) {
		say(story, "; its %s digest %s", made, likeness->clause);
		name(story->mistake, likeness->word);
		if (likeness->cut) {
			say(story, " and is cut");
			name(story->mistake, "truncated-digest");
		} else if (ds->digest_length == dw_ds_digest_length(likeness->digest_type) &&
			ds->digest_type != likeness->digest_type) {
			say(story, ", and is not %s", label);
			name(story->mistake, "mislabelled-digest");
		}
		if (likeness->length < dw_ds_digest_length(likeness->digest_type) &&
			ds->digest_type == likeness->digest_type)
			name(story->mistake, "digest-length");
	} else if (ds->digest_type != likeness->digest_type) {
		say(story, "; its digest is %s, not %s", made, label);
		name(story->mistake, "mislabelled-digest");
	}
	if (ds->key_tag != tag && ds->key_tag != reason->key_tag) {
		say(story, "; its key tag is wrong");
		name(story->mistake, "wrong-tag");
	}
}

void dw_reason_prove(const struct dw_reason *reason, struct dw_mistake *mistake)
{
	const struct dw_mistake_key *key = &reason->question->keys[reason->key];
	const uint16_t tag = dw_key_tag(key->rdata.octets, key->rdata.length);
	struct story story = {.mistake = mistake};
	const char *clause;

	*mistake = (struct dw_mistake){.proven = true, .key = (int)reason->key};
	tell_slips(reason, tag, &story);
	tell_fields(reason, tag, &story);
	const char *word = unfit(key, &clause);
	if (word != NULL) {
		say(&story, "; %s", clause);
		name(mistake, word);
	}
	if (mistake->word == NULL) {
		say(&story, ", and names it as it should");
		name(mistake, "none");
	}
	set_right(reason->question, key->rdata.octets[3], reason->likeness->digest_type, mistake);
}

/* What the zone's keys have of the record. */
struct seen {
	unsigned n_keys;
	bool tag, algorithm;
};

static struct seen look(const struct dw_mistake_question *question, const struct dw_ds_fact *ds)
{
	struct seen seen = {0};

	for (unsigned i = 0; i < question->n_keys; i++) {
		const struct dw_mistake_key *key = &question->keys[i];
		if (key->origin != DW_MISTAKE_DNSKEY)
			continue;
		seen.n_keys++;
		seen.tag = seen.tag || dw_key_tag(key->rdata.octets, key->rdata.length) == ds->key_tag;
		seen.algorithm = seen.algorithm || key->rdata.octets[3] == ds->algorithm;
	}
	return seen;
}

static void class_digest(const struct dw_ds_fact *ds, const struct seen *seen, struct story *story)
{
	const unsigned whole = dw_ds_digest_length(ds->digest_type);
	char text[DIGEST_TEXT];

	dw_ds_digest_text(ds->digest_type, text);
	if (ds->digest_length != whole) {
		say(story, "has a digest of %u octets, where %s has %u", ds->digest_length, text, whole);
		name(story->mistake, "digest-length");
	} else if (!seen->tag) {
		say(story, "names a key that the zone does not have: no DNSKEY has tag %u%s", ds->key_tag,
			seen->algorithm ? "" : ", and none is of its algorithm");
		name(story->mistake, seen->algorithm ? "old-key" : "garbled");
		story->mistake->gone = true;
	} else {
		say(story, "fits no key of the zone, and no mistake that is known here makes it%s",
			seen->algorithm ? "" : "; no key is of its algorithm");
		name(story->mistake, "garbled");
	}
}

void dw_reason_class(
	const struct dw_mistake_question *question, const struct dw_ds_fact *ds, struct dw_mistake *mistake)
{
	const struct seen seen = look(question, ds);
	struct story story = {.mistake = mistake};
	char text[24];

	*mistake = (struct dw_mistake){.key = -1};
	if (seen.n_keys == 0) {
		say(&story, "leads to nothing: the zone has no DNSKEY");
		name(mistake, "no-dnskey");
	} else if (!dw_digest_supported(ds->digest_type)) {
		say(&story, "is of no use: %s is not supported", dw_ds_digest_text(ds->digest_type, text));
		name(mistake, "unsupported-digest");
	} else if (!dw_algorithm_supported(ds->algorithm)) {
		say(&story, "is of no use: %s is not supported", dw_algorithm_text(ds->algorithm, text));
		name(mistake, "unsupported-algorithm");
	} else {
		class_digest(ds, &seen, &story);
	}
	set_right(question, ds->algorithm, ds->digest_type, mistake);
}
