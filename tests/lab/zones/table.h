/*
 * table: the zones of the lab, a row each. Whoever needs one more adds a row.
 */
#ifndef LAB_TABLE_H
#define LAB_TABLE_H

#include "zone.h"

/* The root and the top level domain above the others; their names are "" and "lab". */
extern const struct lab_row lab_root;
extern const struct lab_row lab_tld;

/* The other zones; each table ends with a row without a name. */
extern const struct lab_row lab_rows[];
extern const struct lab_row lab_delegations[]; /* what matters at a zone cut: DS, roll-overs, CDS, parents */

/* A copy of the row with its defaults filled in. */
struct lab_row lab_row_complete(const struct lab_row *row);

#endif
