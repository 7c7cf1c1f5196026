/*
 * table: the faults of the liar, a row each. Whoever needs one more adds a row.
 */
#ifndef LIAR_TABLE_H
#define LIAR_TABLE_H

#include "liar.h"

/* Ends with a row without a name. */
extern const struct liar_fault liar_faults[];

#endif
