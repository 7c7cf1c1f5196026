/*
 * serve: which server serves which copy of a zone, as pieces of configuration for each make of server.
 *
 * The letters of lab_row.servers:
 *   n NSD   k Knot   b BIND   p PowerDNS   6 Knot by IPv6
 *   x a server that never answers          r Knot, which does not have the zone
 *   e the liar in front of NSD, truncating everything over UDP while its TCP is closed
 *   N, K the NSD and the Knot of the parents (root and top level domain)
 */
#ifndef LAB_SERVE_H
#define LAB_SERVE_H

#include <stdio.h>

#define LAB_CONFIGS_MAX 8

struct lab_serving {
	const char *folder;  /* where everything is written */
	const char *net;     /* first three octets of every IPv4 address: "127.0.53" */
	const char *without; /* kinds of server that are not there, separated by commas */
	unsigned port;
	FILE *configs[LAB_CONFIGS_MAX];
	FILE *stubs;  /* for Unbound */
	FILE *probes; /* zone and address, a line each: what must answer before the lab is up */
	FILE *list;   /* zones.tsv: origin, addresses, what is special */
	FILE *skipped;
};

/* Opens the pieces of configuration in `folder`. */
void lab_serving_open(struct lab_serving *serving);

/* Closes them. */
void lab_serving_close(struct lab_serving *serving);

/* The address behind a letter, in `text`. */
const char *lab_serving_address(const struct lab_serving *serving, char letter, char text[64]);

/* The kind of server behind one of the letters and that is not there, or NULL. */
const char *lab_serving_lacks(const struct lab_serving *serving, const char *letters);

/* Has a zone served: the first server gets the file `first`, the others `second`. */
void lab_serving_add(
	struct lab_serving *serving, const char *origin, const char *letters, const char *files[2]);

#endif
