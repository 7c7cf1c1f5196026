/*
 * zone: a zone of the lab, from its row of the table to the records that each of its servers gets.
 *
 * A zone is built in memory: content, keys, denial chain, signatures. Then the faults of its row change
 * it, the first server's copy is written, the second fault changes it again, and that is what the other
 * servers get. Everything here ends the program with a line of text when it fails: lab_die().
 */
#ifndef LAB_ZONE_H
#define LAB_ZONE_H

/* Before ldns, which makes a bool of its own otherwise. */
#include <stdbool.h>

#include <ldns/ldns.h>
#include <openssl/evp.h>
#include <stddef.h>
#include <stdint.h>

#define LAB_KEYS_MAX    8
#define LAB_SERVERS_MAX 4
#define LAB_TEXT_MAX    4096
#define LAB_NAME_MAX    256

#define LAB_MINUTE 60
#define LAB_HOUR   3600
#define LAB_DAY    86400

struct lab_zone;

/* Changes a zone that is built and signed into one that has a fault. */
typedef void lab_fault_fn(struct lab_zone *zone);

/* Adds to `list` the DS records that the parent publishes for the zone. */
typedef void lab_ds_fn(const struct lab_zone *zone, ldns_rr_list *list);

/* When a signature is valid, in seconds from the lab's "now". */
struct lab_life {
	int32_t inception;
	int32_t expiration;
};

/* One row of the table of zones; a member left out has the default of table.c. */
struct lab_row {
	const char *name;      /* its label */
	const char *below;     /* the zone above it, as in "deleg" or "root"; default: the top level domain */
	const char *about;     /* one line: what is special */
	const char *keys;      /* "13k 13z": algorithm and role, see key.h; "" for an unsigned zone */
	const char *denial;    /* "nsec", "nsec3", "nsec3 FLAGS ITERATIONS SALT" */
	struct lab_life life;  /* of all signatures */
	uint32_t ttl;          /* of all records */
	unsigned texts;        /* TXT records at the name `texts`, for a large answer */
	const char *extra;     /* more records, one a line, relative to the apex */
	const char *servers;   /* a letter each, see serve.h; the first gets the first copy */
	lab_fault_fn *fault;   /* on every server */
	lab_fault_fn *second;  /* on every server but the first */
	lab_ds_fn *ds;         /* default: the right DS of every key that has the SEP flag */
	const char *digests;   /* instead: the DS records as a recipe, see recipe.h */
	const char *cds;       /* CDS records as a recipe, or "delete" */
	const char *cdnskey;   /* CDNSKEY records: numbers of keys "0 1", or "delete" */
	const char *host;      /* its name servers have names in this zone, which comes later: "sigop" */
	const char *signals;   /* which of those signal CDS and CDNSKEY (RFC 9615): "12" */
	const char *signalled; /* CDS records as a recipe that they signal instead of the zone's */
};

struct lab_key {
	EVP_PKEY *key;
	ldns_rr *record; /* the DNSKEY */
	uint8_t algorithm;
	uint16_t tag;
	bool signs_keys;
	bool signs_data;
	bool hidden; /* it is not in the DNSKEY RRset */
};

/* An RRset and its signatures. */
struct lab_set {
	ldns_rr_list *records;
	ldns_rr_list *signatures;
	ldns_rr_type type;
	bool authoritative; /* false: glue or the NS of a delegation, never signed */
	bool glue;          /* below a delegation: no NSEC for it */
};

struct lab_zone {
	const struct lab_row *row;
	ldns_rdf *apex;
	char origin[LAB_NAME_MAX]; /* the apex with its final dot; "." for the root */
	int64_t now;
	struct lab_key keys[LAB_KEYS_MAX];
	size_t n_keys;
	struct lab_set *sets;
	size_t n_sets;
	size_t room;
};

/* Prints a line to standard error and ends the program with 1. */
_Noreturn void lab_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Starts a zone at `origin` (with final dot) with the keys of its row; nothing in it yet but the DNSKEY set.
 */
void lab_zone_init(struct lab_zone *zone, const struct lab_row *row, const char *origin, int64_t now);

/* Releases everything but the row. */
void lab_zone_fini(struct lab_zone *zone);

/* Adds one record in presentation format, names relative to the apex, TTL that of the row unless given. */
void lab_zone_add(struct lab_zone *zone, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a record, which the zone owns from then on. */
void lab_zone_add_record(struct lab_zone *zone, ldns_rr *record);

/* The set of `type` at `label` ("" for the apex), or NULL. */
struct lab_set *lab_zone_find(const struct lab_zone *zone, const char *label, ldns_rr_type type);

/* Takes every set of `type` out of the zone, with its signatures. */
void lab_zone_remove(struct lab_zone *zone, ldns_rr_type type);

/* Marks delegations and glue, builds the denial chain of the row, signs everything over the row's life. */
void lab_zone_finish(struct lab_zone *zone);

/* Writes the zone to `path`, the SOA first. */
void lab_zone_write(const struct lab_zone *zone, const char *path);

#endif
