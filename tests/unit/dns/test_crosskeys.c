#include "dns/crosskeys.h"

#include <stdlib.h>

#include "support/seen.h"
#include "support/suite.h"

#define ZSK 1234

/* Signs all of a server but its keys with another key, and gives it the key instead of the ZSK. */
static void sign_apart(struct dw_seen *seen, unsigned server, uint16_t key_tag)
{
	for (unsigned i = DW_SEEN_SOA; i < seen->servers[server].n_replies; i++) {
		for (unsigned k = 0; k < seen->replies[server][i].n_rrsets; k++)
			seen->rrsets[server][i][k].proof.signatures[0].key_tag = key_tag;
	}
	seen->servers[server].keys[1].key_tag = key_tag;
}

static void healthy(struct dw_seen *seen)
{
	(void)seen;
}

static void apart(struct dw_seen *seen)
{
	sign_apart(seen, 1, 99);
}

/* Each server has the keys of both. */
static void shared(struct dw_seen *seen)
{
	apart(seen);
	dw_seen_key(&seen->servers[0], 256, 99, 13);
	dw_seen_key(&seen->servers[1], 256, ZSK, 13);
}

/* The second server has the key of the first, and not the other way round. */
static void half_shared(struct dw_seen *seen)
{
	apart(seen);
	dw_seen_key(&seen->servers[1], 256, ZSK, 13);
}

static void other_algorithm(struct dw_seen *seen)
{
	half_shared(seen);
	dw_seen_key(&seen->servers[0], 256, 99, 8);
}

static void revoked(struct dw_seen *seen)
{
	half_shared(seen);
	dw_seen_key(&seen->servers[0], 256 | DW_KEY_REVOKE, 99, 13);
}

/* A roll-over by double signatures, which has reached one server. */
static void double_signatures(struct dw_seen *seen)
{
	for (unsigned i = DW_SEEN_SOA; i < seen->servers[1].n_replies; i++) {
		for (unsigned k = 0; k < seen->replies[1][i].n_rrsets; k++)
			dw_seen_signature(&seen->rrsets[1][i][k], DW_SIGNATURE_GOOD, 99, 0, DW_SEEN_DAY);
	}
	dw_seen_key(&seen->servers[1], 256, 99, 13);
}

/* What is not good is told of elsewhere. */
static void expired(struct dw_seen *seen)
{
	apart(seen);
	dw_seen_spoil(seen, 0, DW_SIGNATURE_EXPIRED, -DW_SEEN_HOUR);
	dw_seen_spoil(seen, 1, DW_SIGNATURE_EXPIRED, -DW_SEEN_HOUR);
}

static void other_unsigned(struct dw_seen *seen)
{
	apart(seen);
	dw_seen_strip(seen, 0);
}

static void too_many_keys(struct dw_seen *seen)
{
	half_shared(seen);
	while (seen->servers[0].n_keys < DW_KEYS_MAX)
		dw_seen_key(&seen->servers[0], 256, 7, 13);
}

/* Whether something is found of the first and of the second server. */
static const struct {
	void (*change)(struct dw_seen *seen);
	bool found[2];
} cases[] = {
	{healthy, {false, false}},
	{apart, {true, true}},
	{shared, {false, false}},
	{half_shared, {false, true}},
	{other_algorithm, {false, true}},
	{revoked, {false, true}},
	{double_signatures, {false, false}},
	{expired, {false, false}},
	{other_unsigned, {false, false}},
	{too_many_keys, {false, false}},
};

START_TEST(each_server_must_have_the_keys_that_the_others_sign_with)
{
	struct dw_seen *seen = dw_seen_new();

	cases[_i].change(seen);
	for (unsigned server = 0; server < 2; server++) {
		struct dw_findings findings = {.items = NULL};
		struct dw_judgement judgement;

		dw_judgement_init(&judgement, &seen->facts, &findings);
		dw_crosskeys_judge(&judgement, &seen->servers[server]);
		dw_judgement_finish(&judgement);
		ck_assert_uint_eq(findings.n_findings, cases[_i].found[server] ? 1 : 0);
		dw_findings_fini(&findings);
	}
	free(seen);
}
END_TEST

START_TEST(the_sentence_names_both_servers_and_the_key)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_findings findings = {.items = NULL};
	struct dw_judgement judgement;

	apart(seen);
	dw_judgement_init(&judgement, &seen->facts, &findings);
	dw_crosskeys_judge(&judgement, &seen->servers[1]);
	dw_judgement_finish(&judgement);
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_int_eq(findings.items[0].severity, DW_WARNING);
	ck_assert_str_eq(findings.items[0].kind->word, "keys-differ");
	ck_assert_str_eq(findings.items[0].text,
		"example.org: ns2.example.org 192.0.2.2: SOA is signed by key 99, which ns1.example.org 192.0.2.1 "
		"lacks: validators with its keys refuse it");
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("crosskeys");
	TCase *tests = tcase_create("crosskeys");

	tcase_add_loop_test(tests, each_server_must_have_the_keys_that_the_others_sign_with, 0, DW_ROWS(cases));
	tcase_add_test(tests, the_sentence_names_both_servers_and_the_key);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
