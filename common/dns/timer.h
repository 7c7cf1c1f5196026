/*
 * timer: when the engine must do something next, for ten thousand things that wait alike.
 *
 * Timers that wait equally long are a list in the order they were set, since time only goes
 * forward: setting and clearing one costs the same however many there are. A timer that does not
 * fit at the end of its list is moved to where it does.
 *
 * A timer lies inside what it wakes, which keeps it. Nothing blocks, allocates or reads a clock; timers
 * belong to the engine's thread.
 */
#ifndef DW_DNS_TIMER_H
#define DW_DNS_TIMER_H

#include "core/moment.h"

#define DW_TIMER_LISTS 16        /* different spans that cost nothing extra */
#define DW_TIMER_NEVER INT64_MAX /* a moment that does not come */

/* Zero-initialised it is not set. */
struct dw_timer {
	dw_deadline at;
	struct dw_timer *before, *behind;
	struct dw_timer_list *list; /* NULL when it is not set */
};

/* Timers of one span, the next to fire first. */
struct dw_timer_list {
	dw_millis span;
	struct dw_timer *first, *last;
};

/* Zero-initialised nothing waits. */
struct dw_timers {
	unsigned n_lists;
	struct dw_timer_list lists[DW_TIMER_LISTS];
};

/* Sets a timer, set already or not. `span` is what timers set to wait alike have in common. */
void dw_timer_set(struct dw_timers *timers, struct dw_timer *timer, dw_millis span, dw_deadline at);

/* Clears a timer; one that is not set is left alone. */
void dw_timer_clear(struct dw_timer *timer);

/* The moment of the first timer; DW_TIMER_NEVER when none will come. */
dw_deadline dw_timers_next(const struct dw_timers *timers);

/* Clears and returns a timer whose moment is `until` or before; NULL when there is none. */
struct dw_timer *dw_timers_take(struct dw_timers *timers, dw_deadline until);

#endif
