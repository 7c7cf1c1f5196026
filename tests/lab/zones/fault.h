/*
 * fault: what can be wrong with a zone that was signed right. Each changes the zone in memory.
 */
#ifndef LAB_FAULT_H
#define LAB_FAULT_H

#include "zone.h"

/* Dates. */
lab_fault_fn lab_expire_all;     /* all signatures ended yesterday */
lab_fault_fn lab_expire_and_age; /* the same, and the serial is one less */
lab_fault_fn lab_expire_keys;    /* only those of the DNSKEY RRset */
lab_fault_fn lab_expire_other;   /* only those of the MX and of www/A */
lab_fault_fn lab_expire_denial;  /* only those of NSEC or NSEC3 */
lab_fault_fn lab_expire_ksk;     /* of the two over the DNSKEY RRset, that by the key signing key */
lab_fault_fn lab_leave_expired;  /* beside each valid signature an expired one by the same key */
lab_fault_fn lab_wrap_serial;    /* inception after expiration */

/* Missing things. */
lab_fault_fn lab_strip_all; /* no DNSSEC record at all */
lab_fault_fn lab_strip_signatures;
lab_fault_fn lab_strip_soa_signature;
lab_fault_fn lab_strip_ns_signature;
lab_fault_fn lab_strip_key_signature;
lab_fault_fn lab_strip_denial_signatures;
lab_fault_fn lab_strip_denial; /* no NSEC or NSEC3 */
lab_fault_fn lab_strip_keys;   /* signatures, but no DNSKEY */

/* What a parent, or a zone that asks its parent for something, can have wrong. */
lab_fault_fn lab_expire_ds; /* signatures of all DS RRsets ended yesterday */
lab_fault_fn lab_forge_ds;  /* octets of those changed */
lab_fault_fn lab_strip_ds_signatures;
lab_fault_fn lab_change_ds; /* every DS is of another key, signed right */
lab_fault_fn lab_lose_ds;   /* no DS, proven right */
lab_fault_fn lab_strip_cds_signatures;
lab_fault_fn lab_lose_cds;       /* the CDS RRset has one record less, signed right */
lab_fault_fn lab_lose_first_key; /* the DNSKEY RRset lacks the row's first key, signed right by the others */

/* Wrong signatures, dates right. */
lab_fault_fn lab_forge_soa;      /* octets of the SOA's signature changed */
lab_fault_fn lab_change_address; /* www/A changed after it was signed */
lab_fault_fn lab_change_serial;  /* the SOA's serial changed after it was signed */
lab_fault_fn lab_stranger_signs; /* by a key that is not in the DNSKEY RRset */
lab_fault_fn lab_stranger_hides; /* the same, under the key tag of one that is */
lab_fault_fn lab_parent_signs;   /* the signer's name is that of the parent */
lab_fault_fn lab_one_label_less; /* the SOA's labels field one too low */
lab_fault_fn lab_longer_ttl;     /* the original TTL field doubled */

/* Differences between servers. */
lab_fault_fn lab_new_keys; /* other keys, everything signed by them */
lab_fault_fn lab_age;      /* the serial is one less, signed right */

#endif
