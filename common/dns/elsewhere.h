/*
 * elsewhere: which child zone of the same servers an answer comes from, and whether that zone is signed.
 *
 * A server that has a zone and a child of it answers from the child, and perhaps without any sign of the
 * cut; when the child is unsigned, its records look like records of the zone that lost their RRSIG. The
 * parent's side settles it: DS is asked for at each name from the zone down to the one that was served,
 * until there is a DS RRset, or the proof of a delegation without one (RFC 4035 5.2, RFC 6840 4.4). What
 * nothing settles stays the zone's.
 *
 * A search does no I/O and allocates nothing; it asks DW_ELSEWHERE_QUESTIONS_MAX questions at most. It
 * belongs to one thread.
 */
#ifndef DW_DNS_ELSEWHERE_H
#define DW_DNS_ELSEWHERE_H

#include <stdbool.h>

#include "core/name.h"
#include "dns/survey.h"
#include "dns/wire.h"

#define DW_ELSEWHERE_QUESTIONS_MAX 16 /* for one answer */

/* One search. A value. */
struct dw_elsewhere {
	struct dw_name zone;
	struct dw_name name; /* what was served without signature */
	unsigned labels;     /* of the name whose DS is to be asked for */
	unsigned left;       /* questions left */
};

/*
 * Begins with an answer that was verified, and sets the reply's child as far as the answer itself tells it.
 * True when there is a question to ask.
 */
bool dw_elsewhere_begin(struct dw_elsewhere *search, const struct dw_message *message,
	const struct dw_name *zone, struct dw_reply *reply);

/* The name whose DS is to be asked for. */
struct dw_name dw_elsewhere_name(const struct dw_elsewhere *search);

/*
 * Takes the answer to that question, and when it settles where `reply` comes from, sets its child and
 * takes the child's RRsets out of it. True when there is another question to ask.
 */
bool dw_elsewhere_take(struct dw_elsewhere *search, const struct dw_reply *ds, struct dw_reply *reply);

#endif
