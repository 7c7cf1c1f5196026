#include "support/judged.h"

#include <check.h>
#include <stdlib.h>

struct dw_signature_policy dw_judged_policy(void)
{
	struct dw_signature_policy policy = {.skew = 300, .unsigned_state = DW_CRITICAL};

	ck_assert_int_eq(dw_range_parse("20%", DW_RANGE_LEFT, &policy.warning, NULL), DW_OK);
	ck_assert_int_eq(dw_range_parse("10%", DW_RANGE_LEFT, &policy.critical, NULL), DW_OK);
	return policy;
}

struct dw_judged dw_judged_begin(void (*change)(struct dw_seen *seen))
{
	struct dw_judged judged = {.seen = dw_seen_new(), .policy = dw_judged_policy()};

	change(judged.seen);
	return judged;
}

void dw_judged_run(struct dw_judged *judged)
{
	dw_signature_judge(&judged->seen->facts, &judged->policy, &judged->findings, &judged->figures);
}

struct dw_judged dw_judged_of(void (*change)(struct dw_seen *seen))
{
	struct dw_judged judged = dw_judged_begin(change);

	dw_judged_run(&judged);
	return judged;
}

void dw_judged_end(struct dw_judged *judged)
{
	dw_findings_fini(&judged->findings);
	free(judged->seen);
}
