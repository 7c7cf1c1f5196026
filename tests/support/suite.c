#include "support/suite.h"

#include <stdio.h>
#include <stdlib.h>

unsigned dw_suite_rounds(unsigned n)
{
	return getenv("DW_TESTS_SLOWED") == NULL ? n : (n + 19) / 20;
}

int dw_suite_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);
	int n_run = srunner_ntests_run(runner);
	int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	if (n_run == 0)
		fprintf(stderr, "no test has run\n");
	return n_run > 0 && n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
