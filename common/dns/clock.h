/*
 * clock: milliseconds that only go forward, from which deadlines are counted.
 *
 * It is replaceable, so that tests of what waits need not wait. Nothing blocks; the system's clock may be
 * read from any thread.
 */
#ifndef DW_DNS_CLOCK_H
#define DW_DNS_CLOCK_H

#include "core/moment.h"

/* Zero-initialised it is the system's monotonic clock. */
struct dw_clock {
	dw_deadline (*now)(void *context); /* NULL: the system's */
	void *context;
};

/* Now, on this clock. */
dw_deadline dw_clock_now(const struct dw_clock *clock);

#endif
