#include "dns/clock.h"

#include <stddef.h>
#include <time.h>

static dw_deadline monotonic(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (dw_deadline)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

dw_deadline dw_clock_now(const struct dw_clock *clock)
{
	return clock->now != NULL ? clock->now(clock->context) : monotonic();
}
