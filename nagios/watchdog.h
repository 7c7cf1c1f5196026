/*
 * watchdog: the alarm behind --timeout: ends the program when nothing else did.
 *
 * The run has its own deadline and ends before; this one strikes if something hangs all the same.
 * It prints a prepared text and leaves with a prepared exit code, from the signal handler, with
 * async-signal-safe calls only. It uses a timer whose signal carries a pointer, so that no variable
 * is at file scope. Nothing blocks; a watchdog belongs to one thread.
 */
#ifndef DW_NAGIOS_WATCHDOG_H
#define DW_NAGIOS_WATCHDOG_H

#include <time.h>

#include "core/moment.h"

#define DW_WATCHDOG_TEXT_MAX 512

/* Stays where it is while it is armed. */
struct dw_watchdog {
	timer_t timer;
	int exit_code;
	size_t length;
	char text[DW_WATCHDOG_TEXT_MAX];
};

/*
 * Arms the alarm: after `wait`, `text` (copied, and cut to its room) is printed and the program leaves with
 * `exit_code`. DW_SYSTEM when there is no timer to be had.
 */
DW_MUST_CHECK enum dw_status dw_watchdog_start(
	struct dw_watchdog *watchdog, const char *text, int exit_code, dw_millis wait, struct dw_error *error);

/* Disarms it. */
void dw_watchdog_stop(struct dw_watchdog *watchdog);

#endif
