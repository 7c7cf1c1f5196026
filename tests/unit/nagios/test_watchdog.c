#include "watchdog.h"

#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

/* Arms an alarm of 5 ms in a child that hangs, disarmed before when `stopped`; returns its exit code. */
static int hang(int exit_code, bool stopped, char text[256])
{
	int ends[2], left = 0;
	ssize_t length = 0;
	pid_t child = -1;

	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct dw_watchdog watchdog;

		(void)dup2(ends[1], STDOUT_FILENO);
		if (dw_watchdog_start(&watchdog, "stopped\n", exit_code, 5, NULL) != DW_OK)
			_exit(99);
		if (stopped)
			dw_watchdog_stop(&watchdog);
		(void)usleep(stopped ? 50000 : 30000000);
		_exit(42);
	}
	(void)close(ends[1]);
	length = read(ends[0], text, 255);
	text[length > 0 ? length : 0] = '\0';
	(void)close(ends[0]);
	ck_assert_int_eq(waitpid(child, &left, 0), child);
	return WIFEXITED(left) ? WEXITSTATUS(left) : -1;
}

START_TEST(a_run_that_hangs_ends_with_the_text_and_the_exit_code)
{
	char text[256];

	ck_assert_int_eq(hang(_i, false, text), _i);
	ck_assert_str_eq(text, "stopped\n");
}
END_TEST

START_TEST(a_stopped_alarm_does_not_strike)
{
	char text[256];

	ck_assert_int_eq(hang(2, true, text), 42);
	ck_assert_str_eq(text, "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/watchdog");
	TCase *tests = tcase_create("watchdog");

	tcase_add_loop_test(tests, a_run_that_hangs_ends_with_the_text_and_the_exit_code, 0, 4);
	tcase_add_test(tests, a_stopped_alarm_does_not_strike);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
