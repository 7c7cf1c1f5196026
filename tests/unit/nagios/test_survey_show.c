#include "survey_show.h"

#include <stdlib.h>
#include <string.h>

#include "support/seen.h"
#include "support/suite.h"

static const struct {
	unsigned level;
	const char *line;
	bool shown;
} lines[] = {
	{1, "example.org on 2 server addresses, as of 2026-11-24T12:00:00Z", true},
	{1, "  ns1.example.org 192.0.2.1, NSID a?b\n", true},
	{1, "    example.org/SOA, 1 record, TTL 3600, good, 10d left\n", true},
	{1, "   SOA example.org/SOA: ", false},
	{2, "   SOA example.org/SOA: NOERROR", true},
	{2, "EDE Other Error (0): x?y\n", false},
	{2, ": x?y\n", true},
	{2, "   DNSKEY example.org/DNSKEY: no answer to 3 tries in 10.5 s, 1 attempt\n", true},
	{2, "not asked\n", true},
	{2, "      key 1234 (", false},
	{3, "      key 1234 (", true},
};

START_TEST(more_is_shown_with_each_level_and_no_bar_ever)
{
	struct dw_seen *seen = dw_seen_new();
	struct dw_reply *reply = &seen->replies[0][DW_SEEN_DNSKEY];
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	(void)strcpy(reply->nsid, "a|b");
	reply->n_ede = 1;
	(void)strcpy(reply->ede[0].text, "x|y");
	dw_seen_silence(seen, 1, DW_TIMEOUT);
	seen->replies[1][DW_SEEN_DNSKEY].attempts = 1;
	dw_survey_show(&seen->facts, lines[_i].level, page);
	(void)fclose(page);
	ck_assert_ptr_null(strchr(text, '|'));
	ck_assert_msg(
		(strstr(text, lines[_i].line) != NULL) == lines[_i].shown, "'%s' in: %s", lines[_i].line, text);
	free(text);
	free(seen);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/survey_show");
	TCase *tests = tcase_create("survey_show");

	tcase_add_loop_test(tests, more_is_shown_with_each_level_and_no_bar_ever, 0, DW_ROWS(lines));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
