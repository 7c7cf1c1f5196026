#include "dns/payload_tcp.h"

#include "support/pathway.h"
#include "support/suite.h"

static const struct dw_pathway_row rows[] = {
	{DW_PATHWAY(DW_PATHWAY_TCP_DROP), "tcp-filtered", "tcp-filtered CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_REJECT), "tcp-filtered", "tcp-filtered CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_RESET), "tcp-refused", "tcp-refused CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_SILENT), "tcp-silent", "tcp-silent CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_CLOSE), "tcp-cut", "tcp-cut CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_CUT), "tcp-cut", "tcp-cut CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_STOP), "tcp-cut", "tcp-cut CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_GARBAGE), "tcp-garbage", "tcp-garbage CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_TRUNCATED), "tcp-cut", "tcp-cut CRITICAL"},
	{DW_PATHWAY(DW_PATHWAY_TCP_TRUNCATED) | DW_PATHWAY(DW_PATHWAY_ALWAYS_TC), "tcp-cut",
		"tcp-cut CRITICAL, always-truncated WARNING, no-large-answer OK"},
	{DW_PATHWAY(DW_PATHWAY_MTU_1280), "path-mtu", "path-mtu CRITICAL, fragments-dropped WARNING"},
	{DW_PATHWAY(DW_PATHWAY_UDP_512) | DW_PATHWAY(DW_PATHWAY_TCP_DROP), "tcp-filtered",
		"tcp-filtered CRITICAL, udp-size WARNING"},
};

START_TEST(what_becomes_of_tcp_is_named)
{
	dw_pathway_check(&rows[_i]);
}
END_TEST

START_TEST(that_udp_sends_there_is_said_too)
{
	struct dw_pathway path = dw_pathway_healthy();
	struct dw_payload_plan plan = dw_pathway_plan("192.0.2.1");
	struct dw_pathway_look look;

	path.faults = DW_PATHWAY(DW_PATHWAY_TCP_RESET);
	dw_pathway_look(&path, &plan, &look);
	ck_assert_str_eq(look.figures.verdicts[0].text,
		"UDP answers for example.org/DNSKEY come truncated (TC), and TCP is refused");
	ck_assert_str_eq(look.findings.items[0].text,
		"example.org: 192.0.2.1: UDP answers for example.org/DNSKEY come truncated (TC), and TCP is refused");
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload_tcp");
	TCase *tests = tcase_create("payload_tcp");

	tcase_add_loop_test(tests, what_becomes_of_tcp_is_named, 0, DW_ROWS(rows));
	tcase_add_test(tests, that_udp_sends_there_is_said_too);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
