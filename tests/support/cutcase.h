/*
 * cutcase: a healthy zone cut in a realm, what is done to it, and the judgement of it.
 *
 * The cut is that of example.org at org (see realm). Rows of tests name a change and what must be found.
 */
#ifndef DW_TESTS_SUPPORT_CUTCASE_H
#define DW_TESTS_SUPPORT_CUTCASE_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/delegation_judge.h"
#include "dns/dsset.h"
#include "support/realm.h"

struct dw_cutcase {
	struct dw_realm *realm;
	struct dw_delegation_plan *plan;
	struct dw_signer *second; /* another KSK of the zone, or NULL */
	struct dw_delegation_policy policy;
	struct dw_findings findings;
	struct dw_delegation_figures figures;
};

/* A change and what is found then. `ds` and `more` are those of dw_realm_new(). */
struct dw_cutcase_row {
	const char *ds, *more;
	void (*change)(struct dw_cutcase *trial); /* NULL for none */
	const char *found;                        /* "word SEVERITY, word SEVERITY", the worst first */
	bool secure;
	unsigned n_ds, n_matched;
};

/* A change, and a part of the sentence that is found first. */
struct dw_cutcase_sentence {
	void (*change)(struct dw_cutcase *trial);
	const char *part;
};

/* A change, what the first finding offers in place of the record, and how its hint begins. */
struct dw_cutcase_offer {
	void (*change)(struct dw_cutcase *trial);
	const char *offer, *hint;
};

/* A cut to be changed. Release with dw_cutcase_end(). */
struct dw_cutcase dw_cutcase_of(const char *ds, const char *more);

/* The zone, and its parent. */
struct dw_authority *dw_cutcase_zone(struct dw_cutcase *trial);
struct dw_authority *dw_cutcase_parent(struct dw_cutcase *trial);

/* Puts another text, which it takes over, in the place of "example.org DS", and signs it again. */
void dw_cutcase_rewrite(struct dw_authority *authority, const char *name, char *records);

/* Both texts as one. Release with free(). */
char *dw_cutcase_join(const char *a, const char *b);

/* Another KSK in the DNSKEY RRset; it signs beside the first when `signs`, and instead when `alone`. */
void dw_cutcase_key(struct dw_cutcase *trial, uint8_t algorithm, bool signs, bool alone);

/* Gives the parent the DS of both keys. */
void dw_cutcase_ds_of_both(struct dw_cutcase *trial);

/* Gives the parent the right DS and more lines. */
void dw_cutcase_ds(struct dw_cutcase *trial, const char *more);

/* The DS of the zone's KSK. */
struct dw_ds_fact dw_cutcase_right(struct dw_cutcase *trial);

/* A DS of the zone as a line of a zone file. Release with free(). */
char *dw_cutcase_line(const struct dw_ds_fact *ds);

/* Asks. Release with dw_delegation_free(). */
struct dw_delegation *dw_cutcase_ask(struct dw_cutcase *trial);

/* Asks and judges. */
void dw_cutcase_run(struct dw_cutcase *trial);

/* The findings as rows have them. */
void dw_cutcase_list(const struct dw_findings *findings, char text[1024]);

/* Does all of it for a row. */
void dw_cutcase_check(const struct dw_cutcase_row *row);

/* Changes a cut with the usual DS, and asserts what the first finding says. */
void dw_cutcase_says(const struct dw_cutcase_sentence *sentence);

/* Changes a cut with the usual DS, and asserts that the first finding offers the right one. */
void dw_cutcase_offers(const struct dw_cutcase_offer *offer);

/* Releases everything. */
void dw_cutcase_end(struct dw_cutcase *trial);

#endif
