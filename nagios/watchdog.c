#include "watchdog.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Async-signal-safe: write() and _exit() only. */
static void strike(int number, siginfo_t *info, void *context)
{
	const struct dw_watchdog *watchdog = info->si_value.sival_ptr;

	(void)number;
	(void)context;
	if (info->si_code != SI_TIMER || watchdog == NULL)
		_exit(3);
	if (write(STDOUT_FILENO, watchdog->text, watchdog->length) < 0)
		_exit(3);
	_exit(watchdog->exit_code);
}

enum dw_status dw_watchdog_start(
	struct dw_watchdog *watchdog, const char *text, int exit_code, dw_millis wait, struct dw_error *error)
{
	const struct itimerspec after = {.it_value = {wait / 1000, wait % 1000 * 1000000}};
	struct sigaction action = {.sa_sigaction = strike, .sa_flags = SA_SIGINFO};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
	sigset_t alarms;

	(void)snprintf(watchdog->text, sizeof watchdog->text, "%s", text);
	watchdog->length = strlen(watchdog->text);
	watchdog->exit_code = exit_code;
	event.sigev_value.sival_ptr = watchdog;
	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&alarms);
	(void)sigaddset(&alarms, SIGALRM);
	if (sigaction(SIGALRM, &action, NULL) != 0 || sigprocmask(SIG_UNBLOCK, &alarms, NULL) != 0 ||
		timer_create(CLOCK_MONOTONIC, &event, &watchdog->timer) != 0)
		return dw_fail(error, DW_SYSTEM, "no timer for --timeout: %s", strerror(errno));
	if (timer_settime(watchdog->timer, 0, &after, NULL) != 0)
		return dw_fail(error, DW_SYSTEM, "timer for --timeout: %s", strerror(errno));
	return DW_OK;
}

void dw_watchdog_stop(struct dw_watchdog *watchdog)
{
	(void)timer_delete(watchdog->timer);
}
