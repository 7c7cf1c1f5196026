/*
 * honest: the true answer to a question, which a fault then changes.
 */
#ifndef LIAR_HONEST_H
#define LIAR_HONEST_H

#include "liar.h"

/* Fills the answer in: from upstream (blocks for a second at most), or a fixed one. False: there is none. */
bool liar_honest(struct liar_exchange *exchange);

#endif
