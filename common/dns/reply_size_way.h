/*
 * reply_size_way: judges what comes from a resolver beside its answers, or instead of them.
 *
 * Part of the judge of reply sizes; see reply_size_judge.h. Nothing here blocks.
 */
#ifndef DW_DNS_REPLY_SIZE_WAY_H
#define DW_DNS_REPLY_SIZE_WAY_H

#include <stdbool.h>

#include "dns/reply_size_verdict.h"

/* Whether some message came that parses. */
bool dw_reply_size_has_answered(const struct dw_reply_size_resolver *resolver);

/* Adds why nothing was heard, not even of the smallest answer; `others` when another resolver answers. */
void dw_reply_size_silence_judge(struct dw_reply_size_case *trial, bool others);

/* Adds answers from elsewhere, or twice, garbage, and messages that do not parse, of one that answers. */
void dw_reply_size_way_judge(struct dw_reply_size_case *trial);

/* Adds that many questions had no answer in time, and one when they were asked again. */
void dw_reply_size_loss_judge(struct dw_reply_size_case *trial);

#endif
