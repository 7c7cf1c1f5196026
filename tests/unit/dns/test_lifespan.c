#include "dns/lifespan.h"

#include <stdlib.h>
#include <string.h>

#include "support/seen.h"
#include "support/suite.h"

#define DAY  DW_SEEN_DAY
#define HOUR DW_SEEN_HOUR

/* Judges the SOA RRset of ns1 alone and returns the findings. */
static struct dw_findings judge_soa(const struct dw_seen *seen, const struct dw_signature_policy *policy,
	struct dw_signature_figures *figures)
{
	struct dw_findings findings = {.items = NULL};
	struct dw_judgement judgement;
	struct dw_lifespan_judge judge = {&judgement, policy, figures};
	const struct dw_lifespan_case one = {
		&seen->servers[0], &seen->replies[0][DW_SEEN_SOA], &seen->rrsets[0][DW_SEEN_SOA][0]};

	memset(figures, 0, sizeof(*figures));
	dw_judgement_init(&judgement, &seen->facts, &findings);
	dw_lifespan_judge(&judge, &one);
	dw_judgement_finish(&judgement);
	return findings;
}

/* What is left of a signature that lives ten days, the thresholds, and the verdict. */
static const struct {
	dw_seconds left;
	const char *warning, *critical;
	enum dw_severity worst;
	const char *text; /* of the finding; NULL: none */
} remainders[] = {
	{2 * DAY, "20%", "10%", DW_NOTE, NULL},
	{2 * DAY - 1, "20%", "10%", DW_WARNING, "runs out in 1d 23h (2026-11-26T11:59:59Z), warning below 2d"},
	{DAY, "20%", "10%", DW_WARNING, "runs out in 1d (2026-11-25T12:00:00Z), warning below 2d"},
	{DAY - 1, "20%", "10%", DW_CRITICAL, "runs out in 23h 59m (2026-11-25T11:59:59Z), critical below 1d"},
	{7 * DAY, "7", "2", DW_NOTE, NULL},
	{7 * DAY - 1, "7", "2", DW_WARNING, "warning below 7d"},
	{2 * DAY - 1, "7", "2", DW_CRITICAL, "critical below 2d"},
	{9 * DAY, "~:8d", "~:9d", DW_WARNING, "outside the warning range"},
	{9 * DAY, "@8d:10d", "1d:", DW_WARNING, "inside the warning range"},
	{1, "0", "0", DW_NOTE, NULL},
	{0, "0", "0", DW_CRITICAL, "runs out in 0s (2026-11-24T12:00:00Z), nothing remains"},
};

START_TEST(what_remains_is_held_against_the_thresholds)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = {.skew = 300};
	struct dw_signature *signature = dw_seen_first(seen, 0, DW_SEEN_SOA);
	struct dw_signature_figures figures;

	ck_assert_int_eq(dw_range_parse(remainders[_i].warning, DW_RANGE_LEFT, &policy.warning, NULL), DW_OK);
	ck_assert_int_eq(dw_range_parse(remainders[_i].critical, DW_RANGE_LEFT, &policy.critical, NULL), DW_OK);
	signature->expiration = DW_SEEN_NOW + remainders[_i].left;
	signature->inception = signature->expiration - 10 * DAY;
	signature->original_ttl = 0;
	seen->rrsets[0][DW_SEEN_SOA][0].ttl = 0;
	struct dw_findings findings = judge_soa(seen, &policy, &figures);
	ck_assert_int_eq(findings.worst, remainders[_i].worst);
	ck_assert_int_eq(figures.remaining, remainders[_i].left);
	ck_assert_int_eq(figures.lifetime, 10 * DAY);
	ck_assert_uint_eq(findings.n_findings, remainders[_i].text != NULL);
	if (remainders[_i].text != NULL)
		ck_assert_ptr_nonnull(strstr(findings.items[0].text, remainders[_i].text));
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

/* What remains against the TTL, which alarms from the first second that is missing. */
static const struct {
	dw_seconds left;
	uint32_t ttl;
	bool alarms;
} ttls[] = {
	{3600, 3600, false},
	{3599, 3600, true},
	{3601, 3600, false},
	{10 * HOUR, 86400, true},
	{86400, 0, false},
	{INT64_C(3000000000), INT32_MAX, false},
	{DAY, UINT32_MAX, true},
};

START_TEST(a_life_below_the_ttl_is_a_warning)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = {.skew = 0};
	struct dw_signature_figures figures;

	dw_seen_first(seen, 0, DW_SEEN_SOA)->expiration = DW_SEEN_NOW + ttls[_i].left;
	dw_seen_first(seen, 0, DW_SEEN_SOA)->original_ttl = ttls[_i].ttl;
	seen->rrsets[0][DW_SEEN_SOA][0].ttl = ttls[_i].ttl;
	struct dw_findings findings = judge_soa(seen, &policy, &figures);
	ck_assert_uint_eq(findings.n_findings, ttls[_i].alarms);
	if (ttls[_i].alarms)
		ck_assert_str_eq(findings.items[0].kind->word, "below-ttl");
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(a_ttl_above_the_one_that_was_signed_is_noted)
{
	struct dw_signature_policy policy = {.skew = 300};

	for (uint32_t above = 0; above < 2; above++) {
		struct dw_seen *seen = dw_seen_new();
		struct dw_signature_figures figures;
		seen->rrsets[0][DW_SEEN_SOA][0].ttl = dw_seen_first(seen, 0, DW_SEEN_SOA)->original_ttl + above;
		struct dw_findings findings = judge_soa(seen, &policy, &figures);
		ck_assert_uint_eq(findings.n_findings, above);
		ck_assert_int_eq(findings.worst, DW_NOTE);
		if (above > 0)
			ck_assert_str_eq(findings.items[0].kind->word, "above-original-ttl");
		dw_findings_fini(&findings);
		free(seen);
	}
}
END_TEST

/* When a signature begins, counted from now, with five minutes between clocks. */
static const struct {
	dw_seconds ago;
	enum dw_signature_state state;
	enum dw_severity worst;
	const char *word;
} inceptions[] = {
	{301, DW_SIGNATURE_GOOD, DW_NOTE, NULL},
	{300, DW_SIGNATURE_GOOD, DW_NOTE, NULL},
	{299, DW_SIGNATURE_GOOD, DW_WARNING, "clock-skew"},
	{0, DW_SIGNATURE_GOOD, DW_WARNING, "clock-skew"},
	{-1, DW_SIGNATURE_NOT_YET_VALID, DW_WARNING, "clock-skew"},
	{-300, DW_SIGNATURE_NOT_YET_VALID, DW_WARNING, "clock-skew"},
	{-301, DW_SIGNATURE_NOT_YET_VALID, DW_CRITICAL, "not-yet-valid"},
};

START_TEST(an_inception_near_now_is_a_warning)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = {.skew = 300};
	struct dw_signature_figures figures;

	dw_seen_first(seen, 0, DW_SEEN_SOA)->inception = DW_SEEN_NOW - inceptions[_i].ago;
	dw_seen_first(seen, 0, DW_SEEN_SOA)->state = inceptions[_i].state;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_SOA][0]);
	struct dw_findings findings = judge_soa(seen, &policy, &figures);
	ck_assert_int_eq(findings.worst, inceptions[_i].worst);
	ck_assert_uint_eq(findings.n_findings, inceptions[_i].word != NULL);
	if (inceptions[_i].word != NULL)
		ck_assert_str_eq(findings.items[0].kind->word, inceptions[_i].word);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

/* The state of the only signature, and what is said of it. */
static const struct {
	enum dw_signature_state state;
	const char *word, *text;
	bool measured; /* it counts in the figures */
} faults[] = {
	{DW_SIGNATURE_MALFORMED, "bad-signature", "SOA has no signature that parses", false},
	{DW_SIGNATURE_SIGNER, "bad-signature", "does not count: signer's name is not the zone", true},
	{DW_SIGNATURE_LABELS, "bad-signature", "does not count: labels field", true},
	{DW_SIGNATURE_UNSUPPORTED, "unsupported-algorithm", "does not count: algorithm not supported here", true},
	{DW_SIGNATURE_EXPIRED, "expired", "expired", true},
	{DW_SIGNATURE_NEVER_VALID, "never-valid", "before it begins", true},
	{DW_SIGNATURE_NO_KEY, "no-key", "no DNSKEY of this tag and algorithm", true},
	{DW_SIGNATURE_NOT_ZONE_KEY, "bad-key", "its DNSKEY is no zone key", true},
	{DW_SIGNATURE_REVOKED_KEY, "bad-key", "its DNSKEY is revoked", true},
	{DW_SIGNATURE_BROKEN_KEY, "bad-key", "no key of its algorithm", true},
	{DW_SIGNATURE_WRONG, "signature-wrong", "is wrong", true},
	{DW_SIGNATURE_NOT_TRIED, "too-much-work", "the bound on work was reached", false},
};

START_TEST(each_state_of_the_only_signature_is_critical_and_named)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = {.skew = 300};
	struct dw_signature_figures figures;

	dw_seen_first(seen, 0, DW_SEEN_SOA)->state = faults[_i].state;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_SOA][0]);
	struct dw_findings findings = judge_soa(seen, &policy, &figures);
	ck_assert_int_eq(findings.worst, DW_CRITICAL);
	ck_assert_uint_eq(findings.n_findings, 1);
	ck_assert_str_eq(findings.items[0].kind->word, faults[_i].word);
	ck_assert_msg(strstr(findings.items[0].text, faults[_i].text) != NULL, "%s", findings.items[0].text);
	ck_assert(figures.known == faults[_i].measured);
	ck_assert_int_le(figures.remaining, 0);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

START_TEST(an_rrset_of_too_many_records_is_said_not_to_be_verified)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_signature_policy policy = {.skew = 300};
	struct dw_signature_figures figures;

	seen->rrsets[0][DW_SEEN_SOA][0].too_many = true;
	struct dw_findings findings = judge_soa(seen, &policy, &figures);
	ck_assert_int_eq(findings.worst, DW_WARNING);
	ck_assert_str_eq(findings.items[0].kind->word, "too-many");
	ck_assert(!figures.known);
	dw_findings_fini(&findings);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lifespan");
	TCase *rows = tcase_create("rows");

	tcase_add_loop_test(rows, what_remains_is_held_against_the_thresholds, 0, DW_ROWS(remainders));
	tcase_add_loop_test(rows, a_life_below_the_ttl_is_a_warning, 0, DW_ROWS(ttls));
	tcase_add_loop_test(rows, an_inception_near_now_is_a_warning, 0, DW_ROWS(inceptions));
	tcase_add_test(rows, a_ttl_above_the_one_that_was_signed_is_noted);
	tcase_add_loop_test(rows, each_state_of_the_only_signature_is_critical_and_named, 0, DW_ROWS(faults));
	tcase_add_test(rows, an_rrset_of_too_many_records_is_said_not_to_be_verified);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
