#include "dns/signature.h"

#include <string.h>

#include "support/fault.h"
#include "support/judged.h"
#include "support/suite.h"

#define DAY  DW_SEEN_DAY
#define HOUR DW_SEEN_HOUR

#define NS1 "ns1.example.org 192.0.2.1"
#define NS2 "ns2.example.org 192.0.2.2"

/* The DS names a key of an unknown algorithm, which signs nothing. */
static void ds_silent_and_unknown(struct dw_seen *seen)
{
	dw_fault_ds_silent(seen);
	for (unsigned i = 0; i < seen->facts.n_servers; i++)
		for (unsigned j = 0; j < seen->servers[i].n_keys; j++)
			if (seen->servers[i].keys[j].in_ds)
				seen->servers[i].keys[j].state = DW_KEY_ALGORITHM_UNSUPPORTED;
}

/* -6, and a zone whose servers have IPv4 alone. */
static void family_left_out(struct dw_seen *seen)
{
	dw_fault_all_lost(seen);
	seen->discovery.lost[0].left_out = true;
}

/* -4 with an IPv6 address. */
static void host_left_out(struct dw_seen *seen)
{
	dw_fault_host_not_found(seen);
	seen->discovery.lost[0].name.length = 0;
	strcpy(seen->discovery.lost[0].reason, "::1 is not asked: -4 or -6 leaves its family out");
}

/* What is changed about the healthy zone, the state, the first finding's word, and its text. */
static const struct {
	void (*change)(struct dw_seen *seen);
	enum dw_severity worst;
	const char *word; /* NULL: no finding at all */
	const char *text;
} verdicts[] = {
	{dw_fault_healthy, DW_NOTE, NULL, NULL},
	{dw_fault_with_ds, DW_NOTE, NULL, NULL},
	{dw_fault_stale2, DW_CRITICAL, "expired",
		"example.org: " NS2 ": DNSKEY signature by key 4711 (ECDSAP256SHA256) expired 2d 3h ago "
		"(2026-11-22T09:00:00Z)"},
	{dw_fault_halfsigned, DW_CRITICAL, "server-unsigned", NS2 ": DNSKEY is missing"},
	{dw_fault_no_signatures, DW_CRITICAL, "no-signature", NS2 ": DNSKEY has no RRSIG"},
	{dw_fault_stripped, DW_CRITICAL, "dnssec-stripped",
		NS2 ": DNSKEY has no RRSIG in an answer without EDNS"},
	{dw_fault_no_dnssec_ok, DW_CRITICAL, "dnssec-stripped", "in an answer without DO"},
	{dw_fault_keysig, DW_CRITICAL, "expired",
		NS1 ": DNSKEY signature by key 4711 (ECDSAP256SHA256) expired 1h ago"},
	{dw_fault_kskexp, DW_CRITICAL, "expired",
		NS1 ": DNSKEY signature by key 4711 (ECDSAP256SHA256) expired 1h ago"},
	{dw_fault_nsecexp, DW_CRITICAL, "expired",
		NS1 ": NSEC signature by key 1234 (ECDSAP256SHA256) expired 1h ago"},
	{dw_fault_forged, DW_CRITICAL, "signature-wrong",
		NS1 ": SOA signature by key 1234 (ECDSAP256SHA256) is wrong: it is not the key's over these records"},
	{dw_fault_future, DW_CRITICAL, "not-yet-valid", "is not valid before 2026-11-26T12:00:00Z, in 2d"},
	{dw_fault_ttl, DW_CRITICAL, "runs-out",
		NS1 ": SOA signature by key 1234 (ECDSAP256SHA256) runs out in 10h (2026-11-24T22:00:00Z), critical "
			"below 1d 10h"},
	{dw_fault_ttl4, DW_WARNING, "below-ttl",
		"runs out in 4d (2026-11-28T12:00:00Z), before its TTL of 5d has passed"},
	{dw_fault_ttl_cached, DW_WARNING, "below-ttl", "before its TTL of 5d has passed"},
	{dw_fault_ttl_wide, DW_WARNING, "below-ttl", "runs out in 4d"},
	{dw_fault_soon, DW_CRITICAL, "runs-out",
		"runs out in 1d 12h (2026-11-26T00:00:00Z), critical below 1d 13h"},
	{dw_fault_last_second, DW_CRITICAL, "runs-out", "nothing remains"},
	{dw_fault_young, DW_WARNING, "clock-skew", "began only 1m ago"},
	{dw_fault_young_beside, DW_NOTE, NULL, NULL},
	{dw_fault_ahead, DW_WARNING, "clock-skew", "begins only in 2m (2026-11-24T12:02:00Z)"},
	{dw_fault_twosig, DW_NOTE, "leftover", "has beside a good signature one by key 99"},
	{dw_fault_ds_other, DW_CRITICAL, "ds-mismatch",
		NS1 ": DNSKEY has no key that the parent's DS (key 9999) names"},
	{dw_fault_ds_silent, DW_CRITICAL, "ds-key-not-signing", NS1 ": DNSKEY has no signature by key 5555"},
	{ds_silent_and_unknown, DW_NOTE, NULL, NULL},
	{dw_fault_ds_unusable, DW_WARNING, "unsupported-algorithm", "example.org: the parent's DS (key 4711)"},
	{dw_fault_island, DW_NOTE, "island", "example.org: is signed, but the parent has no DS"},
	{dw_fault_zone_unsigned, DW_CRITICAL, "unsigned", NS1 ": DNSKEY is missing: the zone is unsigned"},
	{dw_fault_lame, DW_CRITICAL, "ds-without-dnskey",
		NS1 ": DNSKEY is missing: the zone is unsigned, but the parent has a DS of key 4711"},
	{dw_fault_timeout2, DW_WARNING, "server-silent",
		NS2 ": DNSKEY question is not answered: no answer to 3 tries"},
	{dw_fault_timeouts, DW_CRITICAL, "server-silent", NS1 ": DNSKEY question is not answered"},
	{dw_fault_no_route2, DW_NOTE, "no-route", NS2 ": DNSKEY could not be asked"},
	{dw_fault_no_routes, DW_UNKNOWN, "not-reachable", "example.org: none of its servers could be asked"},
	{dw_fault_one_route, DW_CRITICAL, "server-silent", NS2 ": DNSKEY question is not answered"},
	{dw_fault_coverage, DW_WARNING, "algorithm-not-signing",
		NS1 ": DNSKEY has no good signature of RSASHA256"},
	{dw_fault_coverage_revoked, DW_NOTE, NULL, NULL},
	{dw_fault_unsupported, DW_WARNING, "unsupported-algorithm",
		NS1 ": signatures by key 4711 (algorithm 250)"},
	{dw_fault_unsupported_expired, DW_CRITICAL, "expired",
		NS1 ": NS signature by key 1234 (algorithm 250) expired 1h"},
	{dw_fault_unsupported_alone, DW_CRITICAL, "unsupported-algorithm", NS1 ": NS signature by key 1234"},
	{dw_fault_not_proven, DW_CRITICAL, "denial-not-proven",
		NS2 ": absent.example.org/A answer NXDOMAIN is not proven: "},
	{dw_fault_iterations, DW_WARNING, "nsec3-iterations", NS2 ": NSEC3 has 500 iterations"},
	{dw_fault_opt_out, DW_NOTE, NULL, NULL},
	{dw_fault_many_keys, DW_WARNING, "too-many", NS1 ": DNSKEY has 70 keys, of which 64 were looked at"},
	{dw_fault_too_much_work, DW_CRITICAL, "too-much-work", NS1 ": SOA signature by key 1234"},
	{dw_fault_otherrr, DW_CRITICAL, "expired",
		NS1 ": www.example.org/A signature by key 1234 (ECDSAP256SHA256) expired 1h ago"},
	{dw_fault_record_absent, DW_WARNING, "record-absent",
		NS1 ": www.example.org/A does not exist (NXDOMAIN, proven)"},
	{dw_fault_record_below, DW_WARNING, "record-elsewhere",
		NS1 ": www.example.org/A lies in a zone of its own"},
	{dw_fault_no_soa, DW_WARNING, "no-soa",
		NS1 ": absent.example.org/A answer NXDOMAIN comes without the SOA"},
	{dw_fault_servfail2, DW_WARNING, "server-error",
		NS2 ": DNSKEY question is answered with SERVFAIL (No Reachable Authority)"},
	{dw_fault_refused, DW_CRITICAL, "server-error", NS1 ": DNSKEY question is answered with REFUSED"},
	{dw_fault_broken2, DW_WARNING, "answer-malformed", NS2 ": DNSKEY answer does not parse"},
	{dw_fault_no_such_zone, DW_CRITICAL, "no-such-zone", "no such zone in the DNS: 127.0.0.1 says NXDOMAIN"},
	{dw_fault_not_an_apex, DW_UNKNOWN, "not-an-apex", "it lies in the zone org"},
	{dw_fault_dead_resolver, DW_UNKNOWN, "not-discovered", "no resolver answers: 127.0.0.1"},
	{dw_fault_lost, DW_WARNING, "server-without-address", "example.org: ns3.example.net has no address"},
	{dw_fault_all_lost, DW_CRITICAL, "no-server", "there is no server with an address"},
	{family_left_out, DW_UNKNOWN, "no-server", "there is no server with an address"},
	{dw_fault_host_not_found, DW_UNKNOWN, "host-without-address",
		"example.org: --hostname ns3.example.net has no address"},
	{host_left_out, DW_UNKNOWN, "host-without-address", "example.org: ::1 is not asked: -4 or -6"},
	{dw_fault_no_memory, DW_UNKNOWN, "no-memory", "no memory"},
};

START_TEST(each_fault_has_its_verdict)
{
	struct dw_judged judged = dw_judged_of(verdicts[_i].change);

	ck_assert_msg(judged.findings.worst == verdicts[_i].worst, "row %d is %s: %s", _i,
		dw_severity_text(judged.findings.worst),
		judged.findings.n_findings > 0 ? judged.findings.items[0].text : "-");
	if (verdicts[_i].word == NULL) {
		ck_assert_uint_eq(judged.findings.n_findings, 0);
	} else {
		ck_assert_uint_gt(judged.findings.n_findings, 0);
		ck_assert_str_eq(judged.findings.items[0].kind->word, verdicts[_i].word);
		ck_assert_msg(strstr(judged.findings.items[0].text, verdicts[_i].text) != NULL, "row %d says: %s", _i,
			judged.findings.items[0].text);
		ck_assert_uint_lt(strlen(judged.findings.items[0].text), 200);
	}
	dw_judged_end(&judged);
}
END_TEST

static const enum dw_severity states[] = {DW_NOTE, DW_UNKNOWN, DW_WARNING, DW_CRITICAL};

START_TEST(an_unsigned_zone_is_judged_as_the_user_says)
{
	struct dw_judged judged = dw_judged_begin(dw_fault_zone_unsigned);

	judged.policy.unsigned_state = states[_i];
	dw_judged_run(&judged);
	ck_assert_int_eq(judged.findings.worst, states[_i]);
	ck_assert(!judged.figures.known);
	ck_assert_uint_eq(judged.figures.servers_bad, states[_i] >= DW_WARNING ? 2 : 0);
	dw_judged_end(&judged);
}
END_TEST

START_TEST(an_unsigned_zone_with_a_ds_is_critical_whatever_the_user_says)
{
	struct dw_judged judged = dw_judged_begin(dw_fault_lame);

	judged.policy.unsigned_state = DW_NOTE;
	dw_judged_run(&judged);
	ck_assert_int_eq(judged.findings.worst, DW_CRITICAL);
	dw_judged_end(&judged);
}
END_TEST

/* How many findings name this address. */
static unsigned count_naming(const struct dw_findings *findings, const char *address)
{
	unsigned n = 0;

	for (size_t i = 0; i < findings->n_findings; i++)
		n += strstr(findings->items[i].text, address) != NULL;
	return n;
}

START_TEST(every_address_with_the_fault_is_named)
{
	struct dw_judged judged = dw_judged_of(dw_fault_keysig);

	ck_assert_uint_eq(judged.findings.n_findings, 2);
	ck_assert_uint_eq(count_naming(&judged.findings, "192.0.2.1"), 1);
	ck_assert_uint_eq(count_naming(&judged.findings, "192.0.2.2"), 1);
	ck_assert_str_eq(judged.findings.items[0].server, NS1);
	ck_assert_str_eq(judged.findings.items[0].record, "example.org/DNSKEY");
	dw_judged_end(&judged);
}
END_TEST

START_TEST(an_rrset_that_comes_in_two_answers_is_found_once)
{
	struct dw_judged judged = dw_judged_of(dw_fault_stale2);

	/* DNSKEY, SOA (also in the negative answer), NS, NSEC. */
	ck_assert_uint_eq(judged.findings.n_findings, 4);
	ck_assert_uint_eq(count_naming(&judged.findings, "192.0.2.1"), 0);
	dw_judged_end(&judged);
}
END_TEST

/* A wrong signature on ns1, and on ns2 all expired. */
static void wrong_and_expired(struct dw_seen *seen)
{
	dw_fault_stale2(seen);
	dw_fault_forged(seen);
	dw_fault_ttl4(seen);
}

START_TEST(what_matters_most_comes_first)
{
	struct dw_judged judged = dw_judged_of(wrong_and_expired);

	ck_assert_str_eq(judged.findings.items[0].kind->word, "signature-wrong");
	ck_assert_str_eq(judged.findings.items[1].kind->word, "expired");
	for (size_t i = 1; i < judged.findings.n_findings; i++)
		ck_assert_int_le(judged.findings.items[i].severity, judged.findings.items[i - 1].severity);
	dw_judged_end(&judged);
}
END_TEST

START_TEST(a_short_lived_signer_is_no_alarm)
{
	struct dw_judged judged = dw_judged_begin(dw_fault_healthy);

	/* Cloud signers: a life of two days, begun an hour ago. */
	for (unsigned i = 0; i < 2; i++)
		dw_seen_spoil(judged.seen, i, DW_SIGNATURE_GOOD, 47 * HOUR);
	for (unsigned i = 0; i < 8; i++)
		dw_seen_first(judged.seen, i / 4, i % 4)->inception = DW_SEEN_NOW - HOUR;
	dw_judged_run(&judged);
	ck_assert_int_eq(judged.findings.worst, DW_NOTE);
	ck_assert_int_eq(judged.figures.remaining, 47 * HOUR);
	dw_judged_end(&judged);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("signature");
	TCase *rows = tcase_create("verdicts");

	tcase_add_loop_test(rows, each_fault_has_its_verdict, 0, DW_ROWS(verdicts));
	tcase_add_loop_test(rows, an_unsigned_zone_is_judged_as_the_user_says, 0, DW_ROWS(states));
	tcase_add_test(rows, an_unsigned_zone_with_a_ds_is_critical_whatever_the_user_says);
	tcase_add_test(rows, every_address_with_the_fault_is_named);
	tcase_add_test(rows, an_rrset_that_comes_in_two_answers_is_found_once);
	tcase_add_test(rows, what_matters_most_comes_first);
	tcase_add_test(rows, a_short_lived_signer_is_no_alarm);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
