#include "dns/survey.h"

#include <stdlib.h>
#include <string.h>

#include "support/play.h"
#include "support/suite.h"

START_TEST(a_healthy_zone_has_no_findings)
{
	struct dw_play *play = dw_play_new();

	dw_play_run(play);
	ck_assert_msg(play->findings.n_findings == 0, "%s", play->findings.items[0].text);
	ck_assert_uint_eq(play->facts->n_servers, 2);
	dw_play_end(play);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("survey");
	TCase *rows = tcase_create("rows");

	tcase_add_test(rows, a_healthy_zone_has_no_findings);
	suite_add_tcase(suite, rows);
	return dw_suite_run(suite);
}
