/*
 * suite: what every unit test program needs around its tests.
 *
 * A test is named as the sentence it proves, and its cases are rows of a table: `DW_ROWS(rows)` of them run
 * with tcase_add_loop_test(), each in its own process with its index in `_i`.
 */
#ifndef DW_TESTS_SUPPORT_SUITE_H
#define DW_TESTS_SUPPORT_SUITE_H

#include <check.h>

/* How many rows a table has, as Check counts them. */
#define DW_ROWS(rows) ((int)(sizeof(rows) / sizeof((rows)[0])))

/*
 * How many of `n` rounds of the same with other numbers to run: all, or a twentieth and one at least where
 * DW_TESTS_SLOWED is in the environment, as under valgrind and sanitizers. What these look for shows in a
 * few.
 */
unsigned dw_suite_rounds(unsigned n);

/* Runs the suite of one module, releases it, and returns the exit code of main(). */
int dw_suite_run(Suite *suite);

#endif
