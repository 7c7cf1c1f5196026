/*
 * judged: what the judge of signatures says of the healthy zone of `seen`, changed by a test.
 */
#ifndef DW_TESTS_SUPPORT_JUDGED_H
#define DW_TESTS_SUPPORT_JUDGED_H

#include "dns/signature.h"
#include "support/seen.h"

struct dw_judged {
	struct dw_seen *seen;
	struct dw_signature_policy policy; /* the usual one, until the test changes it */
	struct dw_findings findings;
	struct dw_signature_figures figures;
};

/* Warning below 20 %, critical below 10 % of the signature's life, as the check has it. */
struct dw_signature_policy dw_judged_policy(void);

/* The healthy zone changed by `change`, not judged yet. Release with dw_judged_end(). */
struct dw_judged dw_judged_begin(void (*change)(struct dw_seen *seen));

/* Judges. */
void dw_judged_run(struct dw_judged *judged);

/* Both in one. Release with dw_judged_end(). */
struct dw_judged dw_judged_of(void (*change)(struct dw_seen *seen));

/* Releases everything. */
void dw_judged_end(struct dw_judged *judged);

#endif
