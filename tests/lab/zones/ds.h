/*
 * ds: what the parent publishes for a zone: the right DS records, none, or one of the mistakes that people
 * make.
 */
#ifndef LAB_DS_H
#define LAB_DS_H

#include "zone.h"

lab_ds_fn lab_ds_right;   /* SHA-256 of every key with SEP that signs the DNSKEY RRset and is not revoked */
lab_ds_fn lab_ds_none;    /* no DS */
lab_ds_fn lab_ds_sha1;    /* only SHA-1 */
lab_ds_fn lab_ds_sha384;  /* only SHA-384 */
lab_ds_fn lab_ds_two;     /* SHA-1 and SHA-256 of one key */
lab_ds_fn lab_ds_upper;   /* the owner name in upper case was hashed */
lab_ds_fn lab_ds_alg5;    /* the algorithm field says 5, and that was hashed */
lab_ds_fn lab_ds_cut;     /* SHA-256 cut to 20 octets, under digest type 1 */
lab_ds_fn lab_ds_garbled; /* the digest's octets in reverse order */
lab_ds_fn lab_ds_other;   /* of a key that is not in the zone */
lab_ds_fn lab_ds_orphan;  /* the right one, and one of another key */
lab_ds_fn lab_ds_zsk;     /* of the zone signing key */
lab_ds_fn lab_ds_recipe;  /* as the row's recipe says */
lab_ds_fn lab_ds_unknown; /* digest type 250, which nobody knows */

#endif
