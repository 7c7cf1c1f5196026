/*
 * mistake_text: searches for keys whose text was damaged, alone or with another mistake.
 *
 * Part of `mistake`. There are hundreds of ways to damage a text, so what a digest costs decides. Where a
 * record has the tag of the damaged key, all pairs of slips are seen through, since the tags that come of
 * them are sums: only those that some record has are hashed. Where a record has the tag of the key itself,
 * the usual damages come first, and the others as far as the bound goes.
 *
 * Nothing here blocks; a search belongs to one thread.
 */
#ifndef DW_DNS_MISTAKE_TEXT_H
#define DW_DNS_MISTAKE_TEXT_H

#include "dns/mistake_search.h"

/* What is tried. */
enum dw_mistake_step {
	DW_MISTAKE_STEP_OWN_TAG, /* records with the tag that comes of it: every damage, with every second slip */
	DW_MISTAKE_STEP_USUAL,   /* records with the key's tag: usual damages */
	DW_MISTAKE_STEP_USUAL_PAIRS, /* and those with a second slip */
	DW_MISTAKE_STEP_ALL,         /* every damage */
	DW_MISTAKE_STEP_ALL_PAIRS,   /* and those with a second slip */
	DW_MISTAKE_STEP_ANY_TAG,     /* records with any tag: usual damages */
	DW_MISTAKE_STEP_ALL_ANY_TAG, /* and every damage, unless there are many records and keys */
};

/* Tries damages of the text of the key of `attempt`; false when the search is over. */
bool dw_mistake_text_try(
	struct dw_mistake_search *search, const struct dw_mistake_attempt *attempt, enum dw_mistake_step step);

#endif
