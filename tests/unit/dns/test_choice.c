#include "dns/choice.h"

#include <stdlib.h>

#include "support/seen.h"
#include "support/suite.h"

#define DAY DW_SEEN_DAY

/* A DNSKEY RRset with two signatures: by which keys and in which states, and which one is to be spoken of. */
static const struct {
	uint16_t type;
	bool with_ds;    /* the parent's DS names key 4711 */
	uint16_t tag[2]; /* 4711 is the KSK, 1234 the ZSK, 7777 a KSK that is revoked, 1 no key at all */
	enum dw_signature_state state[2];
	dw_seconds left[2];
	int best; /* -1: none counts */
} choices[] = {
	/* Of two good ones the one that lasts longer. */
	{DW_TYPE_SOA, false, {1234, 4711}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD}, {DAY, 2 * DAY}, 1},
	{DW_TYPE_SOA, false, {1234, 4711}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD}, {3 * DAY, 2 * DAY}, 0},
	/* A good one before any other, however long that lasts. */
	{DW_TYPE_SOA, false, {1234, 1}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_NO_KEY}, {DAY, 9 * DAY}, 0},
	{DW_TYPE_SOA, false, {1234, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_GOOD}, {-DAY, DAY}, 1},
	/* What is wrong with the key in use tells more than a leftover of another. */
	{DW_TYPE_SOA, false, {1, 1234}, {DW_SIGNATURE_NO_KEY, DW_SIGNATURE_EXPIRED}, {DAY, -DAY}, 1},
	{DW_TYPE_SOA, false, {1234, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_WRONG}, {-DAY, DAY}, 1},
	{DW_TYPE_SOA, false, {1234, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_EXPIRED}, {-DAY, -2 * DAY}, 0},
	{DW_TYPE_SOA, false, {1234, 1234}, {DW_SIGNATURE_UNSUPPORTED, DW_SIGNATURE_NO_KEY}, {DAY, DAY}, 1},
	/* The DNSKEY RRset counts by its KSK, if that signs it at all. */
	{DW_TYPE_DNSKEY, false, {4711, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_GOOD}, {-DAY, DAY}, 0},
	{DW_TYPE_DNSKEY, false, {4711, 1234}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD}, {DAY, 9 * DAY}, 0},
	{DW_TYPE_DNSKEY, false, {1234, 1}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_NO_KEY}, {DAY, DAY}, 0},
	{DW_TYPE_SOA, false, {4711, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_GOOD}, {-DAY, DAY}, 1},
	/* With a DS by the key that it names, and by no other. */
	{DW_TYPE_DNSKEY, true, {4711, 1234}, {DW_SIGNATURE_EXPIRED, DW_SIGNATURE_GOOD}, {-DAY, DAY}, 0},
	{DW_TYPE_DNSKEY, true, {1234, 1}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_NO_KEY}, {DAY, DAY}, -1},
	/* A revoked key opens nothing. */
	{DW_TYPE_DNSKEY, false, {7777, 4711}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_EXPIRED}, {DAY, -DAY}, 1},
	{DW_TYPE_DNSKEY, false, {7777, 1234}, {DW_SIGNATURE_GOOD, DW_SIGNATURE_GOOD}, {9 * DAY, DAY}, 1},
};

START_TEST(the_signature_to_speak_of_is_the_one_that_counts)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_rrset_fact *rrset = &seen->rrsets[0][DW_SEEN_SOA][0];

	dw_seen_key(&seen->servers[0], 257 | DW_KEY_REVOKE, 7777, 13);
	if (choices[_i].with_ds)
		dw_seen_ds(seen, 4711);
	rrset->type = choices[_i].type;
	rrset->proof.n_signatures = 0;
	for (unsigned i = 0; i < 2; i++)
		dw_seen_signature(rrset, choices[_i].state[i], choices[_i].tag[i], 4 * DAY, choices[_i].left[i]);
	struct dw_choice choice = dw_choice_of(&seen->facts, &seen->servers[0], rrset, 300);
	const struct dw_signature *best = dw_choice_best(&choice);
	if (choices[_i].best < 0)
		ck_assert_ptr_null(best);
	else
		ck_assert_ptr_eq(best, &rrset->proof.signatures[choices[_i].best]);
	free(seen);
}
END_TEST

/* Two keys may share a tag; the verifier says which one it was. */
START_TEST(a_key_is_known_by_its_place_and_not_by_its_tag_alone)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_rrset_fact *rrset = &seen->rrsets[0][DW_SEEN_DNSKEY][0];

	dw_seen_key(&seen->servers[0], 256, 4711, 13);
	rrset->proof.signatures[0].key = 2;
	struct dw_choice choice = dw_choice_of(&seen->facts, &seen->servers[0], rrset, 300);
	ck_assert_int_eq(choice.keys, DW_CHOICE_ANY_KEY);
	rrset->proof.signatures[0].key = 0;
	choice = dw_choice_of(&seen->facts, &seen->servers[0], rrset, 300);
	ck_assert_int_eq(choice.keys, DW_CHOICE_SEP_KEYS);
	rrset->proof.signatures[0].key = -1;
	choice = dw_choice_of(&seen->facts, &seen->servers[0], rrset, 300);
	ck_assert_int_eq(choice.keys, DW_CHOICE_SEP_KEYS);
	free(seen);
}
END_TEST

/*
 * Which of KSK and ZSK have a known algorithm, whether the DS names the KSK, and whether the zone is insecure
 * here.
 */
static const struct {
	bool known[2];
	bool with_ds;
	bool insecure;
} securities[] = {
	{{true, true}, false, false},
	{{true, false}, false, false},
	{{false, true}, false, false},
	{{false, false}, false, true},
	{{false, true}, true, true},
	{{true, false}, true, false},
};

START_TEST(a_zone_is_insecure_when_no_key_that_counts_is_known)
{
	struct dw_seen *seen = dw_seen_new();
	const struct dw_rrset_fact *rrset = &seen->rrsets[0][DW_SEEN_SOA][0];

	for (unsigned i = 0; i < 2; i++) {
		if (!securities[_i].known[i])
			seen->servers[0].keys[i].state = DW_KEY_ALGORITHM_UNSUPPORTED;
	}
	if (securities[_i].with_ds)
		dw_seen_ds(seen, 4711);
	ck_assert(dw_choice_of(&seen->facts, &seen->servers[0], rrset, 300).insecure == securities[_i].insecure);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("choice");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, the_signature_to_speak_of_is_the_one_that_counts, 0, DW_ROWS(choices));
	tcase_add_test(rows, a_key_is_known_by_its_place_and_not_by_its_tag_alone);
	tcase_add_loop_test(rows, a_zone_is_insecure_when_no_key_that_counts_is_known, 0, DW_ROWS(securities));
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
