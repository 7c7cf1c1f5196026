#include "dns/pace.h"

#define QUESTION 1000U /* thousandths */

bool dw_pace_ready(struct dw_pace *pace, dw_deadline now)
{
	if (pace->rate == 0)
		return true;
	if (now >= pace->next) {
		/* What is left of a question is kept, so that slow rates come out right. */
		pace->left = pace->left % QUESTION + (uint64_t)pace->rate * DW_PACE_QUANTUM;
		pace->next = now + DW_PACE_QUANTUM;
	}
	return pace->left >= QUESTION;
}

void dw_pace_went(struct dw_pace *pace)
{
	if (pace->rate > 0)
		pace->left -= QUESTION;
}
