/*
 * fault: what may be wrong with a zone, as changes of the healthy zone of `seen`, for the tests of judges.
 *
 * Names are those of the lab's zones where it has the fault too.
 */
#ifndef DW_TESTS_SUPPORT_FAULT_H
#define DW_TESTS_SUPPORT_FAULT_H

#include "support/seen.h"

/* Only ns2 has expired signatures; with an equal serial nobody would see it. */
void dw_fault_stale2(struct dw_seen *seen);

/* ns2 serves the zone unsigned. */
void dw_fault_halfsigned(struct dw_seen *seen);

/* ns2 has the keys and gives no signatures. */
void dw_fault_no_signatures(struct dw_seen *seen);

/* As before, but because what stands before it takes EDNS away. */
void dw_fault_stripped(struct dw_seen *seen);

/* As stripped, but only DO is lost. */
void dw_fault_no_dnssec_ok(struct dw_seen *seen);

/* Only the signature over the DNSKEY RRset is expired. */
void dw_fault_keysig(struct dw_seen *seen);

/* The KSK's signature is over; that of the ZSK is fine, and opens no zone. */
void dw_fault_kskexp(struct dw_seen *seen);

/* The signatures over NSEC are expired, and so the proofs are gone. */
void dw_fault_nsecexp(struct dw_seen *seen);

/* The SOA signature of ns1 is wrong. */
void dw_fault_forged(struct dw_seen *seen);

/* The signatures of ns1 are not yet valid. */
void dw_fault_future(struct dw_seen *seen);

/* 10 hours are left of the SOA signature on ns1, whose TTL is a day. */
void dw_fault_ttl(struct dw_seen *seen);

/* 4 days are left, and the TTL is 5 days. */
void dw_fault_ttl4(struct dw_seen *seen);

/* The TTL as served has been counted down by a cache: the one that was signed counts. */
void dw_fault_ttl_cached(struct dw_seen *seen);

/* What a TTL that is read as unsigned would hide. */
void dw_fault_ttl_wide(struct dw_seen *seen);

/* 36 hours are left, and the TTL is an hour. */
void dw_fault_soon(struct dw_seen *seen);

/* The SOA signature of ns1 ends now. */
void dw_fault_last_second(struct dw_seen *seen);

/* The SOA signature of ns1 began a minute ago. */
void dw_fault_young(struct dw_seen *seen);

/* Young, beside one that is not. */
void dw_fault_young_beside(struct dw_seen *seen);

/* It begins in two minutes. */
void dw_fault_ahead(struct dw_seen *seen);

/* A valid signature of SOA and an expired leftover. */
void dw_fault_twosig(struct dw_seen *seen);

/* The parent's DS names the KSK, whose signature is good. */
void dw_fault_with_ds(struct dw_seen *seen);

/* The parent's DS names a key that is not there. */
void dw_fault_ds_other(struct dw_seen *seen);

/* The DS names a key that is published and signs nothing. */
void dw_fault_ds_silent(struct dw_seen *seen);

/* The parent's DS has a digest type that nobody knows. */
void dw_fault_ds_unusable(struct dw_seen *seen);

/* The zone is signed and the parent has no DS. */
void dw_fault_island(struct dw_seen *seen);

/* No server has a DNSKEY. */
void dw_fault_zone_unsigned(struct dw_seen *seen);

/* No server has a DNSKEY, and the parent has a DS. */
void dw_fault_lame(struct dw_seen *seen);

/* ns2 is a black hole. */
void dw_fault_timeout2(struct dw_seen *seen);

/* ns1 is silent and ns2 refuses. */
void dw_fault_timeouts(struct dw_seen *seen);

/* There is no route to ns2. */
void dw_fault_no_route2(struct dw_seen *seen);

/* There is no route to either. */
void dw_fault_no_routes(struct dw_seen *seen);

/* There is no route to ns1, and ns2 is silent. */
void dw_fault_one_route(struct dw_seen *seen);

/* A new algorithm's key is published before it signs. */
void dw_fault_coverage(struct dw_seen *seen);

/* What is revoked, or no zone key, need not sign. */
void dw_fault_coverage_revoked(struct dw_seen *seen);

/* Gives every key and signature an algorithm that is not known here. */
void dw_fault_unsupported(struct dw_seen *seen);

/* As unsupported, and a signature is over by its dates. */
void dw_fault_unsupported_expired(struct dw_seen *seen);

/* One RRset is signed by an unknown algorithm alone, though the zone has a key of a known one. */
void dw_fault_unsupported_alone(struct dw_seen *seen);

/* The NXDOMAIN of ns2 is not proven. */
void dw_fault_not_proven(struct dw_seen *seen);

/* NSEC3 of ns2 has 500 iterations. */
void dw_fault_iterations(struct dw_seen *seen);

/* The NXDOMAIN of ns2 lies in an opt-out span. */
void dw_fault_opt_out(struct dw_seen *seen);

/* The DNSKEY RRset of ns1 has 70 keys. */
void dw_fault_many_keys(struct dw_seen *seen);

/* The bound on work was reached on ns1. */
void dw_fault_too_much_work(struct dw_seen *seen);

/* www/A is expired. */
void dw_fault_otherrr(struct dw_seen *seen);

/* www/A does not exist. */
void dw_fault_record_absent(struct dw_seen *seen);

/* www/A is another zone's. */
void dw_fault_record_below(struct dw_seen *seen);

/* The NXDOMAIN of ns1 comes without SOA. */
void dw_fault_no_soa(struct dw_seen *seen);

/* ns2 answers SERVFAIL. */
void dw_fault_servfail2(struct dw_seen *seen);

/* ns1 refuses by code, and ns2 is lame. */
void dw_fault_refused(struct dw_seen *seen);

/* The answer of ns2 does not parse. */
void dw_fault_broken2(struct dw_seen *seen);

/* The discovery says that there is no such zone. */
void dw_fault_no_such_zone(struct dw_seen *seen);

/* The discovery says that it is no apex. */
void dw_fault_not_an_apex(struct dw_seen *seen);

/* The discovery found no resolver. */
void dw_fault_dead_resolver(struct dw_seen *seen);

/* A third name server has no address. */
void dw_fault_lost(struct dw_seen *seen);

/* No name server has an address. */
void dw_fault_all_lost(struct dw_seen *seen);

/* The host that the user named has no address. */
void dw_fault_host_not_found(struct dw_seen *seen);

/* Memory was short. */
void dw_fault_no_memory(struct dw_seen *seen);

/* No fault at all. */
void dw_fault_healthy(struct dw_seen *seen);

#endif
