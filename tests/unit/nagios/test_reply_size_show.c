#include "reply_size_show.h"

#include <stdlib.h>
#include <string.h>

#include "support/graded.h"
#include "support/suite.h"

static const struct {
	struct dw_graded_manners manners;
	unsigned level;
	const char *line;
	bool shown;
} lines[] = {
	{{.silent = false}, 1, "graded.example.org, answers of graded sizes via 1 resolver\n", true},
	{{.silent = false}, 1, "  192.0.2.53: fine, fetches up to 4000 octets; UDP brings up to 1232\n", true},
	{{.silent = false}, 1, "     512  UDP 512 octets in 10 ms\n", true},
	{{.silent = false}, 1, "    4000  UDP TC in 10 ms  TCP 4000 octets in 20 ms\n", true},
	{{.silent = false}, 2, "    1232  UDP 1232 octets in 10 ms (asked 1, lost 0), buffer 1232\n", true},
	{{.fetches = 1400}, 1, "    1432  UDP SERVFAIL in 10 ms\n", true},
	{{.fetches = 1400}, 1, "fetch-limited, fetches up to 1400 octets", true},
	{{.sends = 4096, .passes = 1452}, 1,
		"    1472  UDP no answer to 1 try (asked 5, lost 5)  TCP 1472 octets", true},
	{{.silent = true}, 1, "    1024  not asked\n", true},
	{{.silent = true}, 1, "octets in", false},
};

START_TEST(each_grade_has_its_line)
{
	struct dw_graded *graded = dw_graded_new();
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	graded->manners[0] = lines[_i].manners;
	dw_graded_run(graded);
	dw_reply_size_show(graded->facts, &graded->figures, lines[_i].level, page);
	(void)fclose(page);
	ck_assert_msg(
		(strstr(text, lines[_i].line) != NULL) == lines[_i].shown, "'%s' in: %s", lines[_i].line, text);
	free(text);
	dw_graded_end(graded);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/reply_size_show");
	TCase *tests = tcase_create("reply_size_show");

	tcase_add_loop_test(tests, each_grade_has_its_line, 0, DW_ROWS(lines));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
