#include "payload_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/rungs.h"
#include "support/suite.h"

static const struct {
	unsigned level;
	const char *line;
	bool shown;
} lines[] = {
	{1, "example.org on 1 server address\n", true},
	{1,
		"  ns1.example.org 192.0.2.1: fragments-dropped, 1180 octets passed by UDP, 2900 did not; 15 packets "
		"sent\n",
		true},
	{1, "    UDP, no EDNS               SOA               98 octets in 12 ms, NOERROR\n", true},
	{1, "    UDP 1232                   DNSKEY            40 octets in 13 ms, NOERROR, TC\n", true},
	{1, "    UDP 4096                   DNSKEY         no ? answer to 1 try; asked 5, answered 0, lost 5\n",
		true},
	{1, "    TCP, segments of 536       DNSKEY         connection reset (700 of 2900 octets came)\n", true},
	{1, "    UDP 1232, unknown flag     SOA              109 octets in 14 ms, FORMERR\n", true},
	{1, "left out", false},
	{1, "buffer 1232", false},
	{2, "in 13 ms, NOERROR, TC, AA, buffer 1232, DO; asked 1, answered 1, lost 0, 1 packet\n", true},
	{2, "FORMERR, buffer 512, EDNS version 1, flags 0x4000; asked 1", true},
	{2, "lost 0, refused 1, 6 packets\n", true},
	{2, "left out", false},
	{3, "    UDP 1232, without CD       example.org/TXT left out\n", true},
	{1, "    1 answer came from 192.0.2.9 instead\n", true},
	{1, "    2 datagrams answered nothing\n", true},
	{1, "came again", false},
};

static char *text_of(const struct dw_rungs *rungs, unsigned level)
{
	char *text = NULL;
	size_t length = 0;
	FILE *page = open_memstream(&text, &length);

	dw_payload_show(&rungs->facts, &rungs->figures, level, page);
	(void)fclose(page);
	return text;
}

START_TEST(each_question_has_its_row_and_no_bar_ever)
{
	struct dw_rungs *rungs = dw_rungs_sample();
	char *text = text_of(rungs, lines[_i].level);

	ck_assert_ptr_null(strchr(text, '|'));
	ck_assert_msg(
		(strstr(text, lines[_i].line) != NULL) == lines[_i].shown, "'%s' in: %s", lines[_i].line, text);
	free(text);
	free(rungs);
}
END_TEST

START_TEST(a_resolver_shows_whether_it_validates_and_whether_time_was_up)
{
	struct dw_rungs *rungs = dw_rungs_sample();
	struct dw_payload_rung *rung = &rungs->rungs[5];
	char *text = NULL;

	rungs->facts.via = true;
	rungs->address.ended = false;
	rung->n_asked = 1;
	rung->answered = true;
	rung->dnssec_ok = true;
	rung->reply =
		(struct dw_payload_reply){.size = 400, .authentic = true, .whole = true, .signatures = true};
	text = text_of(rungs, 1);
	ck_assert_ptr_nonnull(strstr(text, "example.org via 1 resolver\n"));
	ck_assert_ptr_nonnull(strstr(text, "NOERROR, AD, signed\n"));
	ck_assert_ptr_nonnull(strstr(text, "sent; time was up before the end\n"));
	free(text);
	free(rungs);
}
END_TEST

START_TEST(what_does_not_parse_is_said)
{
	struct dw_rungs *rungs = dw_rungs_sample();
	char *text = NULL;

	rungs->rungs[0].reply.broken = true;
	rungs->address.n_repeated = 1;
	text = text_of(rungs, 2);
	ck_assert_ptr_nonnull(strstr(text, "   98 octets in 12 ms, does not parse; asked 1"));
	ck_assert_ptr_nonnull(strstr(text, "    1 answer came again\n"));
	free(text);
	free(rungs);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/payload_show");
	TCase *tests = tcase_create("payload_show");

	tcase_add_loop_test(tests, each_question_has_its_row_and_no_bar_ever, 0, DW_ROWS(lines));
	tcase_add_test(tests, a_resolver_shows_whether_it_validates_and_whether_time_was_up);
	tcase_add_test(tests, what_does_not_parse_is_said);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
