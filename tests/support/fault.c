#include "support/fault.h"

#include <check.h>
#include <stdio.h>

#define DAY  DW_SEEN_DAY
#define HOUR DW_SEEN_HOUR

void dw_fault_stale2(struct dw_seen *seen)
{
	dw_seen_spoil(seen, 1, DW_SIGNATURE_EXPIRED, -2 * DAY - 3 * HOUR);
}

void dw_fault_halfsigned(struct dw_seen *seen)
{
	dw_seen_strip(seen, 1);
}

void dw_fault_no_signatures(struct dw_seen *seen)
{
	dw_seen_strip(seen, 1);
	dw_seen_key(&seen->servers[1], 257, 4711, 13);
	seen->replies[1][DW_SEEN_DNSKEY].kind = DW_REPLY_POSITIVE;
	dw_seen_rrset(&seen->replies[1][DW_SEEN_DNSKEY], "example.org", DW_TYPE_DNSKEY);
}

void dw_fault_stripped(struct dw_seen *seen)
{
	dw_fault_no_signatures(seen);
	for (unsigned i = 0; i < seen->servers[1].n_replies; i++)
		seen->replies[1][i].edns = seen->replies[1][i].dnssec_ok = false;
}

void dw_fault_no_dnssec_ok(struct dw_seen *seen)
{
	dw_fault_no_signatures(seen);
	for (unsigned i = 0; i < seen->servers[1].n_replies; i++)
		seen->replies[1][i].dnssec_ok = false;
}

void dw_fault_keysig(struct dw_seen *seen)
{
	for (unsigned i = 0; i < 2; i++) {
		*dw_seen_first(seen, i, DW_SEEN_DNSKEY) = (struct dw_signature){.state = DW_SIGNATURE_EXPIRED,
			.key_tag = 4711,
			.algorithm = 13,
			.key = 0,
			.inception = DW_SEEN_NOW - 14 * DAY,
			.expiration = DW_SEEN_NOW - HOUR};
		dw_seen_conclude(&seen->rrsets[i][DW_SEEN_DNSKEY][0]);
	}
}

void dw_fault_kskexp(struct dw_seen *seen)
{
	dw_fault_keysig(seen);
	for (unsigned i = 0; i < 2; i++)
		dw_seen_signature(&seen->rrsets[i][DW_SEEN_DNSKEY][0], DW_SIGNATURE_GOOD, 1234, 4 * DAY, 10 * DAY);
}

void dw_fault_nsecexp(struct dw_seen *seen)
{
	for (unsigned i = 0; i < 2; i++) {
		dw_seen_first(seen, i, DW_SEEN_ABSENT)->state = DW_SIGNATURE_EXPIRED;
		dw_seen_first(seen, i, DW_SEEN_ABSENT)->expiration = DW_SEEN_NOW - HOUR;
		dw_seen_conclude(&seen->rrsets[i][DW_SEEN_ABSENT][0]);
		seen->replies[i][DW_SEEN_ABSENT].denial.result = DW_DENIAL_NO_RECORDS;
	}
}

void dw_fault_forged(struct dw_seen *seen)
{
	dw_seen_first(seen, 0, DW_SEEN_SOA)->state = DW_SIGNATURE_WRONG;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_SOA][0]);
}

void dw_fault_future(struct dw_seen *seen)
{
	dw_seen_spoil(seen, 0, DW_SIGNATURE_NOT_YET_VALID, 20 * DAY);
	for (unsigned i = 0; i < 4; i++)
		dw_seen_first(seen, 0, i)->inception = DW_SEEN_NOW + 2 * DAY;
}

/* Sets what is left of the SOA's signature on ns1, and its original TTL. */
static void set_soa(struct dw_seen *seen, dw_seconds ago, dw_seconds left, uint32_t ttl)
{
	struct dw_signature *signature = dw_seen_first(seen, 0, DW_SEEN_SOA);

	signature->inception = DW_SEEN_NOW - ago;
	signature->expiration = DW_SEEN_NOW + left;
	signature->original_ttl = ttl;
}

void dw_fault_ttl(struct dw_seen *seen)
{
	set_soa(seen, 14 * DAY, 10 * HOUR, 86400);
}

void dw_fault_ttl4(struct dw_seen *seen)
{
	set_soa(seen, 10 * DAY, 4 * DAY, 5 * 86400);
}

void dw_fault_ttl_cached(struct dw_seen *seen)
{
	dw_fault_ttl4(seen);
	seen->rrsets[0][DW_SEEN_SOA][0].ttl = 7;
}

void dw_fault_ttl_wide(struct dw_seen *seen)
{
	set_soa(seen, 10 * DAY, 4 * DAY, UINT32_MAX);
}

void dw_fault_soon(struct dw_seen *seen)
{
	set_soa(seen, 14 * DAY, 36 * HOUR, 3600);
}

void dw_fault_last_second(struct dw_seen *seen)
{
	set_soa(seen, 14 * DAY, 0, 0);
}

void dw_fault_young(struct dw_seen *seen)
{
	set_soa(seen, 60, 14 * DAY, 3600);
}

void dw_fault_young_beside(struct dw_seen *seen)
{
	dw_fault_young(seen);
	dw_seen_signature(&seen->rrsets[0][DW_SEEN_SOA][0], DW_SIGNATURE_GOOD, 1234, DAY, 3 * DAY);
}

void dw_fault_ahead(struct dw_seen *seen)
{
	set_soa(seen, -120, 14 * DAY, 3600);
	dw_seen_first(seen, 0, DW_SEEN_SOA)->state = DW_SIGNATURE_NOT_YET_VALID;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_SOA][0]);
}

void dw_fault_twosig(struct dw_seen *seen)
{
	for (unsigned i = 0; i < 2; i++)
		dw_seen_signature(&seen->rrsets[i][DW_SEEN_SOA][0], DW_SIGNATURE_EXPIRED, 99, 30 * DAY, -2 * DAY);
}

void dw_fault_with_ds(struct dw_seen *seen)
{
	dw_seen_ds(seen, 4711);
}

void dw_fault_ds_other(struct dw_seen *seen)
{
	dw_seen_ds(seen, 9999);
}

void dw_fault_ds_silent(struct dw_seen *seen)
{
	dw_seen_key(&seen->servers[0], 257, 5555, 13);
	dw_seen_key(&seen->servers[1], 257, 5555, 13);
	dw_seen_ds(seen, 5555);
}

void dw_fault_ds_unusable(struct dw_seen *seen)
{
	dw_seen_ds(seen, 4711);
	seen->discovery.ds[0].digest_type = 250;
	for (unsigned i = 0; i < 2; i++)
		seen->servers[i].keys[0].in_ds = false;
}

void dw_fault_island(struct dw_seen *seen)
{
	seen->discovery.ds_known = DW_DS_ABSENT;
}

void dw_fault_zone_unsigned(struct dw_seen *seen)
{
	dw_seen_strip(seen, 0);
	dw_seen_strip(seen, 1);
}

void dw_fault_lame(struct dw_seen *seen)
{
	dw_fault_zone_unsigned(seen);
	dw_seen_ds(seen, 4711);
}

void dw_fault_timeout2(struct dw_seen *seen)
{
	dw_seen_silence(seen, 1, DW_TIMEOUT);
}

void dw_fault_timeouts(struct dw_seen *seen)
{
	dw_seen_silence(seen, 0, DW_TIMEOUT);
	dw_seen_silence(seen, 1, DW_REFUSED);
}

void dw_fault_no_route2(struct dw_seen *seen)
{
	dw_seen_silence(seen, 1, DW_NO_ROUTE);
}

void dw_fault_no_routes(struct dw_seen *seen)
{
	dw_seen_silence(seen, 0, DW_NO_ROUTE);
	dw_seen_silence(seen, 1, DW_NO_ROUTE);
}

void dw_fault_one_route(struct dw_seen *seen)
{
	dw_seen_silence(seen, 0, DW_NO_ROUTE);
	dw_seen_silence(seen, 1, DW_TIMEOUT);
}

void dw_fault_coverage(struct dw_seen *seen)
{
	dw_seen_key(&seen->servers[0], 256, 42, 8);
}

void dw_fault_coverage_revoked(struct dw_seen *seen)
{
	dw_seen_key(&seen->servers[0], 257 | DW_KEY_REVOKE, 42, 8);
	dw_seen_key(&seen->servers[0], 0, 43, 10)->state = DW_KEY_NOT_ZONE_KEY;
}

void dw_fault_unsupported(struct dw_seen *seen)
{
	for (unsigned i = 0; i < 2; i++) {
		dw_seen_spoil(seen, i, DW_SIGNATURE_UNSUPPORTED, 10 * DAY);
		for (unsigned k = 0; k < 2; k++) {
			seen->servers[i].keys[k].algorithm = 250;
			seen->servers[i].keys[k].state = DW_KEY_ALGORITHM_UNSUPPORTED;
		}
		for (unsigned k = 0; k < 4; k++)
			dw_seen_first(seen, i, k)->algorithm = 250;
		dw_seen_first(seen, i, DW_SEEN_ABSENT)[0].algorithm = 250;
		seen->rrsets[i][DW_SEEN_ABSENT][1].proof.signatures[0].algorithm = 250;
		seen->replies[i][DW_SEEN_ABSENT].denial.result = DW_DENIAL_NO_RECORDS;
	}
}

void dw_fault_unsupported_expired(struct dw_seen *seen)
{
	dw_fault_unsupported(seen);
	dw_seen_first(seen, 0, DW_SEEN_NS)->expiration = DW_SEEN_NOW - HOUR;
}

void dw_fault_unsupported_alone(struct dw_seen *seen)
{
	dw_seen_first(seen, 0, DW_SEEN_NS)->state = DW_SIGNATURE_UNSUPPORTED;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_NS][0]);
}

void dw_fault_not_proven(struct dw_seen *seen)
{
	seen->replies[1][DW_SEEN_ABSENT].denial.result = DW_DENIAL_WILDCARD_NOT_COVERED;
}

void dw_fault_iterations(struct dw_seen *seen)
{
	seen->replies[1][DW_SEEN_ABSENT].denial.result = DW_DENIAL_ITERATIONS;
	seen->replies[1][DW_SEEN_ABSENT].denial.iterations = 500;
}

void dw_fault_opt_out(struct dw_seen *seen)
{
	seen->replies[1][DW_SEEN_ABSENT].denial.result = DW_DENIAL_OPT_OUT;
}

void dw_fault_many_keys(struct dw_seen *seen)
{
	seen->rrsets[0][DW_SEEN_DNSKEY][0].n_records = 70;
}

void dw_fault_too_much_work(struct dw_seen *seen)
{
	dw_seen_first(seen, 0, DW_SEEN_SOA)->state = DW_SIGNATURE_NOT_TRIED;
	dw_seen_conclude(&seen->rrsets[0][DW_SEEN_SOA][0]);
}

/* Adds the answer to --record www.example.org/A on ns1. */
static struct dw_reply *ask_www(struct dw_seen *seen)
{
	return dw_seen_reply(seen, &seen->servers[0], DW_TOPIC_RECORD, "www.example.org", DW_TYPE_A);
}

void dw_fault_otherrr(struct dw_seen *seen)
{
	dw_seen_signature(dw_seen_rrset(ask_www(seen), "www.example.org", DW_TYPE_A), DW_SIGNATURE_EXPIRED, 1234,
		20 * DAY, -HOUR);
}

void dw_fault_record_absent(struct dw_seen *seen)
{
	struct dw_reply *reply = ask_www(seen);

	reply->kind = DW_REPLY_NXDOMAIN;
	reply->denial_wanted = true;
	reply->denial.result = DW_DENIAL_NAME_ERROR;
}

void dw_fault_record_below(struct dw_seen *seen)
{
	struct dw_reply *reply = ask_www(seen);

	reply->kind = DW_REPLY_REFERRAL;
	reply->denial_wanted = true;
	reply->denial.result = DW_DENIAL_UNSIGNED_DELEGATION;
}

void dw_fault_no_soa(struct dw_seen *seen)
{
	seen->replies[0][DW_SEEN_ABSENT].soa_seen = false;
}

void dw_fault_servfail2(struct dw_seen *seen)
{
	struct dw_reply *reply = &seen->replies[1][DW_SEEN_DNSKEY];

	dw_seen_silence(seen, 1, DW_OK);
	reply->kind = DW_REPLY_ERROR;
	reply->rcode = DW_RCODE_SERVFAIL;
	reply->n_ede = 1;
	reply->ede[0].code = 22;
}

void dw_fault_refused(struct dw_seen *seen)
{
	dw_seen_silence(seen, 0, DW_OK);
	seen->replies[0][0].kind = DW_REPLY_ERROR;
	seen->replies[0][0].rcode = DW_RCODE_REFUSED;
	dw_seen_silence(seen, 1, DW_OK);
	seen->replies[1][0].kind = DW_REPLY_LAME;
}

void dw_fault_broken2(struct dw_seen *seen)
{
	dw_seen_silence(seen, 1, DW_MALFORMED);
	seen->replies[1][0].kind = DW_REPLY_BROKEN;
}

void dw_fault_no_such_zone(struct dw_seen *seen)
{
	seen->facts.n_servers = 0;
	seen->discovery.status = DW_NOT_FOUND;
	snprintf(seen->discovery.reason, sizeof(seen->discovery.reason), "127.0.0.1 says NXDOMAIN");
}

void dw_fault_not_an_apex(struct dw_seen *seen)
{
	seen->facts.n_servers = 0;
	seen->discovery.status = DW_INVALID;
	ck_assert_int_eq(dw_name_parse("org", &seen->discovery.apex, NULL), DW_OK);
}

void dw_fault_dead_resolver(struct dw_seen *seen)
{
	seen->facts.n_servers = 0;
	seen->discovery.status = DW_TIMEOUT;
	snprintf(seen->discovery.reason, sizeof(seen->discovery.reason), "no resolver answers: 127.0.0.1");
}

void dw_fault_lost(struct dw_seen *seen)
{
	seen->discovery.n_lost = 1;
	seen->discovery.lost[0].status = DW_NOT_FOUND;
	ck_assert_int_eq(dw_name_parse("ns3.example.net", &seen->discovery.lost[0].name, NULL), DW_OK);
}

void dw_fault_all_lost(struct dw_seen *seen)
{
	dw_fault_lost(seen);
	seen->facts.n_servers = 0;
}

void dw_fault_host_not_found(struct dw_seen *seen)
{
	dw_fault_all_lost(seen);
	seen->discovery.hosts_given = true;
}

void dw_fault_no_memory(struct dw_seen *seen)
{
	seen->facts.status = DW_SYSTEM;
	seen->facts.n_servers = 0;
}

void dw_fault_healthy(struct dw_seen *seen)
{
	(void)seen;
}
