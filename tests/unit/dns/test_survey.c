#include "dns/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/play.h"
#include "support/suite.h"

#define NOW DW_SIGNER_NOW
#define DAY INT64_C(86400)

static const struct dw_signer_terms expired = {.expiration = NOW - 2 * DAY};
static const struct dw_signer_terms future = {.inception = NOW + DAY};
static const struct dw_signer_terms foreign = {.signer = "example.net."};

static void healthy(struct dw_play *play)
{
	(void)play;
}

static void records(struct dw_play *play)
{
	static const char *const all[] = {"www.example.org A", "alias.example.org A", "away.example.org A",
		"x.wild.example.org TXT", "www.old.example.org A", "old.example.org DNAME", "safe.example.org DS",
		"*.wild.example.org TXT"};

	for (unsigned i = 0; i < DW_ROWS(all); i++)
		dw_play_record(play, all[i]);
}

/* ns2 has expired signatures under an equal serial. */
static void stale2(struct dw_play *play)
{
	dw_authority_resign_all(play->servers[1], &expired);
}

static void halfsigned(struct dw_play *play)
{
	dw_authority_resign_all(play->servers[1], NULL);
}

/* The DNSKEY RRset is there, signatures are not. */
static void keys_only(struct dw_play *play)
{
	play->servers[1]->manners.no_do = true;
}

static void no_edns(struct dw_play *play)
{
	play->servers[1]->manners.no_edns = true;
}

static void keysig(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "example.org DNSKEY", &expired);
}

static void nsecexp(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "example.org NSEC", &expired);
}

static void no_proof(struct dw_play *play)
{
	play->servers[1]->manners.no_proof = true;
}

static void otherrr(struct dw_play *play)
{
	dw_authority_resign(play->servers[1], "www.example.org A", &expired);
	dw_play_record(play, "www.example.org A");
}

/* The records were changed behind the signer. */
static void forged(struct dw_play *play)
{
	struct dw_authority_rrset *soa = dw_authority_rrset(play->servers[0], "example.org SOA");

	*strchr(soa->records, '7') = '8';
}

static void begins_tomorrow(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "example.org NS", &future);
}

static void other_signer(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "example.org NS", &foreign);
}

/* Each server has keys of its own. */
static void signed_apart(struct dw_play *play)
{
	dw_authority_free(play->servers[1]);
	play->servers[1] = dw_authority_new("example.org.", dw_play_zone);
}

/* Signed by keys that are not published: the servers have each other's signatures. */
static void other_keys(struct dw_play *play)
{
	signed_apart(play);
	struct dw_authority_rrset *mine = dw_authority_rrset(play->servers[0], "example.org SOA");
	struct dw_authority_rrset *theirs = dw_authority_rrset(play->servers[1], "example.org SOA");
	char *rrsigs = mine->rrsigs;

	mine->rrsigs = theirs->rrsigs;
	theirs->rrsigs = rrsigs;
}

static void twosig(struct dw_play *play)
{
	struct dw_authority_rrset *soa = dw_authority_rrset(play->servers[0], "example.org SOA");
	char *leftover = dw_signer_rrsig(play->servers[0]->zsk, soa->records, &expired), *both = NULL;

	ck_assert_int_gt(asprintf(&both, "%s%s", leftover, soa->rrsigs), 0);
	free(leftover);
	free(soa->rrsigs);
	soa->rrsigs = both;
}

static void silent2(struct dw_play *play)
{
	dw_authority_free(play->servers[1]);
	play->servers[1] = NULL;
}

static void all_silent(struct dw_play *play)
{
	silent2(play);
	dw_authority_free(play->servers[0]);
	play->servers[0] = NULL;
}

static void servfail2(struct dw_play *play)
{
	play->servers[1]->manners.rcode = DW_RCODE_SERVFAIL;
}

static void zone_unsigned(struct dw_play *play)
{
	dw_authority_resign_all(play->servers[0], NULL);
	dw_authority_resign_all(play->servers[1], NULL);
}

/* An alias is proven by itself, and its target as well. */
static void alias_expired(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "www.example.org A", &expired);
	dw_play_record(play, "alias.example.org A");
}

static void dname_unsigned(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "old.example.org DNAME", NULL);
	dw_play_record(play, "www.old.example.org A");
}

/* A wildcard that answers without the proof that the name itself is not there. */
static void wildcard_unproven(struct dw_play *play)
{
	play->servers[0]->manners.no_proof = true;
	play->plan.topics = 1U << DW_TOPIC_RECORD;
	dw_play_record(play, "x.wild.example.org TXT");
}

static void absent_record(struct dw_play *play)
{
	dw_play_record(play, "nowhere.example.org A");
}

static void absent_type(struct dw_play *play)
{
	dw_play_record(play, "www.example.org MX");
}

static void empty_non_terminal(struct dw_play *play)
{
	dw_play_record(play, "empty.example.org A");
}

static void below_plain(struct dw_play *play)
{
	dw_play_record(play, "www.plain.example.org A");
}

static void below_safe(struct dw_play *play)
{
	dw_play_record(play, "www.safe.example.org A");
}

/* A referral that hides the DS, and cannot prove that there is none. */
static void ds_hidden(struct dw_play *play)
{
	play->servers[0]->manners.no_proof = true;
	play->plan.topics = 1U << DW_TOPIC_RECORD;
	dw_play_record(play, "www.plain.example.org A");
}

static void ds_expired(struct dw_play *play)
{
	dw_authority_resign(play->servers[0], "safe.example.org DS", &expired);
	dw_play_record(play, "www.safe.example.org A");
}

/* What is done to the zone, the state, and the first finding. */
static const struct {
	void (*change)(struct dw_play *play);
	enum dw_severity worst;
	const char *word, *text;
} verdicts[] = {
	{healthy, DW_NOTE, NULL, NULL},
	{records, DW_NOTE, NULL, NULL},
	{stale2, DW_CRITICAL, "expired", "example.org: 192.0.2.2: DNSKEY signature by key "},
	{halfsigned, DW_CRITICAL, "server-unsigned", "192.0.2.2: DNSKEY is missing"},
	{keys_only, DW_CRITICAL, "dnssec-stripped", "192.0.2.2: DNSKEY has no RRSIG in an answer without DO"},
	{no_edns, DW_CRITICAL, "dnssec-stripped", "192.0.2.2: DNSKEY has no RRSIG in an answer without EDNS"},
	{keysig, DW_CRITICAL, "expired", "192.0.2.1: DNSKEY signature by key "},
	{nsecexp, DW_CRITICAL, "expired", "192.0.2.1: NSEC signature by key "},
	{no_proof, DW_CRITICAL, "denial-not-proven", "192.0.2.2: absent.example.org/A answer NXDOMAIN is not"},
	{otherrr, DW_CRITICAL, "expired", "192.0.2.2: www.example.org/A signature by key "},
	{forged, DW_CRITICAL, "signature-wrong", "192.0.2.1: SOA signature by key "},
	{begins_tomorrow, DW_CRITICAL, "not-yet-valid", "192.0.2.1: NS signature by key "},
	{other_signer, DW_CRITICAL, "bad-signature", "signer's name is not the zone"},
	{other_keys, DW_CRITICAL, "no-key", "192.0.2.1: SOA signature by key "},
	{signed_apart, DW_WARNING, "keys-differ", "192.0.2.1: SOA is signed by key "},
	{twosig, DW_NOTE, "leftover", "192.0.2.1: SOA has beside a good signature one by key "},
	{silent2, DW_WARNING, "server-silent", "192.0.2.2: DNSKEY question is not answered"},
	{all_silent, DW_CRITICAL, "server-silent", "192.0.2.1: DNSKEY question is not answered"},
	{servfail2, DW_WARNING, "server-error", "192.0.2.2: DNSKEY question is answered with SERVFAIL"},
	{zone_unsigned, DW_CRITICAL, "unsigned", "192.0.2.1: DNSKEY is missing"},
	{alias_expired, DW_CRITICAL, "expired", "192.0.2.1: www.example.org/A signature by key "},
	{dname_unsigned, DW_CRITICAL, "no-signature", "192.0.2.1: old.example.org/DNAME has no RRSIG"},
	{wildcard_unproven, DW_CRITICAL, "denial-not-proven", "x.wild.example.org/TXT answer by wildcard is not"},
	{absent_record, DW_WARNING, "record-absent", "nowhere.example.org/A does not exist (NXDOMAIN, proven)"},
	{absent_type, DW_WARNING, "record-absent", "www.example.org/MX does not exist (no data, proven)"},
	{empty_non_terminal, DW_WARNING, "record-absent", "empty.example.org/A does not exist (no data, proven)"},
	{below_plain, DW_NOTE, "record-unsigned", "www.plain.example.org/A lies in the unsigned zone plain."},
	{below_safe, DW_WARNING, "record-elsewhere", "www.safe.example.org/A lies in the zone safe.example.org,"},
	{ds_hidden, DW_CRITICAL, "denial-not-proven", "referral without DS is not proven"},
	{ds_expired, DW_CRITICAL, "expired", "192.0.2.1: safe.example.org/DS signature by key "},
};

START_TEST(what_servers_do_comes_out_as_it_is)
{
	struct dw_play *play = dw_play_new();

	verdicts[_i].change(play);
	dw_play_run(play);
	const char *first = play->findings.n_findings > 0 ? play->findings.items[0].text : "-";
	ck_assert_msg(play->findings.worst == verdicts[_i].worst, "row %d: %s", _i, first);
	if (verdicts[_i].word == NULL) {
		ck_assert_msg(play->findings.n_findings == 0, "row %d: %s", _i, first);
	} else {
		ck_assert_msg(play->findings.n_findings > 0, "row %d has no finding", _i);
		ck_assert_msg(
			strcmp(play->findings.items[0].kind->word, verdicts[_i].word) == 0, "row %d: %s", _i, first);
		ck_assert_msg(strstr(first, verdicts[_i].text) != NULL, "row %d: %s", _i, first);
	}
	dw_play_end(play);
}
END_TEST

START_TEST(facts_say_what_the_server_has)
{
	struct dw_play *play = dw_play_new();

	dw_play_run(play);
	const struct dw_server_facts *server = &play->facts->servers[0];
	ck_assert(server->zone_signed);
	ck_assert_uint_eq(server->n_keys, 2);
	ck_assert_uint_eq(server->n_replies, 4);
	ck_assert_int_eq(server->replies[0].kind, DW_REPLY_POSITIVE);
	ck_assert_int_eq(server->replies[3].kind, DW_REPLY_NXDOMAIN);
	ck_assert_int_eq(server->replies[3].denial.result, DW_DENIAL_NAME_ERROR);
	ck_assert(server->replies[1].soa_seen);
	ck_assert_uint_eq(server->replies[1].serial, 7);
	ck_assert_uint_gt(play->facts->n_verified, 4);
	ck_assert_int_eq(play->figures.remaining, DW_SIGNER_EXPIRATION - NOW);
	dw_play_end(play);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("survey");
	TCase *rows = tcase_create("verdicts");

	tcase_add_loop_test(rows, what_servers_do_comes_out_as_it_is, 0, DW_ROWS(verdicts));
	tcase_add_test(rows, facts_say_what_the_server_has);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
