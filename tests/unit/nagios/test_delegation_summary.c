#include "delegation_summary.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static const struct dw_finding_kind roll_over = {"roll-over", DW_NOTE, NULL};
static const struct dw_finding_kind standby = {"standby", DW_NOTE, NULL};
static const struct dw_finding_kind other = {"not-anchored", DW_NOTE, NULL};

/* Figures and a note, and the sentence. */
static const struct {
	struct dw_delegation_figures figures;
	bool given;
	const struct dw_finding_kind *note;
	const char *text;
} rows[] = {
	{{.secure = true, .ds = 2, .ds_matched = 1, .servers = 2, .key_tag = 4711, .algorithm = 13}, false, NULL,
		"example.org: 1 of 2 DS of the parent leads to key 4711 (ECDSAP256SHA256), which signs, on 2 server "
		"addresses"},
	{{.secure = true, .ds = 1, .ds_matched = 1, .servers = 1, .key_tag = 4711, .algorithm = 8}, true, &other,
		"example.org: 1 of 1 DS to be uploaded leads to key 4711 (RSASHA256), which signs, on 1 server "
		"address"},
	{{.secure = true, .servers = 2, .key_tag = 4711}, false, &roll_over,
		"example.org: DS leads to key 4711, which signs, on 2 server addresses; in progress"},
	{{.secure = true, .servers = 2, .key_tag = 4711}, false, &standby,
		"example.org: DS leads to key 4711, which signs, on 2 server addresses; in progress"},
	{{.dnskey = 2}, false, NULL, "example.org: signed, and the parent has no DS, as expected"},
	{{.dnskey = 0}, false, NULL, "example.org: unsigned, and the parent has no DS, as expected"},
};

START_TEST(a_zone_without_faults_has_a_sentence)
{
	const struct dw_name zone = dw_name_make("example.org");
	struct dw_findings findings = {.items = NULL};
	char text[DW_SUMMARY_MAX];

	if (rows[_i].note != NULL)
		dw_findings_add(&findings, rows[_i].note, DW_NOTE, NULL, "example.org: in progress");
	dw_delegation_summary(&zone, rows[_i].given, &rows[_i].figures, &findings, text);
	ck_assert_str_eq(text, rows[_i].text);
	dw_findings_fini(&findings);
}
END_TEST

/* Figures of the root, a note, and the sentence. */
static const struct {
	struct dw_delegation_figures figures;
	const char *word;
	const char *text;
} roots[] = {
	{{.secure = true, .dnskey = 3, .servers = 2, .key_tag = 20326, .algorithm = 8}, "anchored",
		".: the trust anchor leads to key 20326 (RSASHA256), which signs, on 2 server addresses; the root "
		"has no "
		"parent"},
	{{.dnskey = 3, .servers = 1}, "anchor-unmatched", ".: signed, on 1 server address; none fits"},
	{{.dnskey = 3, .servers = 1}, "not-anchored", ".: signed, on 1 server address; none fits"},
	{{.servers = 2}, "other", ".: unsigned, as expected, on 2 server addresses"},
};

START_TEST(the_root_has_a_sentence_without_a_parent)
{
	const struct dw_finding_kind kind = {roots[_i].word, DW_NOTE, NULL};
	struct dw_findings findings = {.items = NULL};
	char text[DW_SUMMARY_MAX];

	dw_findings_add(&findings, &kind, DW_NOTE, NULL, ".: none fits");
	dw_delegation_summary(&dw_name_root, false, &roots[_i].figures, &findings, text);
	ck_assert_str_eq(text, roots[_i].text);
	dw_findings_fini(&findings);
}
END_TEST

START_TEST(the_longest_sentence_fits)
{
	struct dw_delegation_figures figures = {.secure = true, .servers = 64, .key_tag = 65535};
	struct dw_findings findings = {.items = NULL};
	char text[DW_SUMMARY_MAX], longest[DW_FINDING_TEXT_MAX];
	struct dw_name zone = {.length = 0};

	for (unsigned i = 0; i < 3; i++) {
		zone.wire[zone.length] = 63;
		memset(&zone.wire[zone.length + 1], 1, 63);
		zone.length += 64;
	}
	zone.wire[zone.length++] = 0;
	memset(longest, 'x', sizeof longest);
	memcpy(longest, "a: ", 3);
	longest[sizeof longest - 1] = '\0';
	dw_findings_add(&findings, &roll_over, DW_NOTE, NULL, "%s", longest);
	dw_delegation_summary(&zone, false, &figures, &findings, text);
	ck_assert_uint_lt(strlen(text), DW_SUMMARY_MAX);
	ck_assert_ptr_nonnull(strstr(text, "; xxx"));
	dw_findings_fini(&findings);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/delegation_summary");
	TCase *tests = tcase_create("delegation_summary");

	tcase_add_loop_test(tests, a_zone_without_faults_has_a_sentence, 0, DW_ROWS(rows));
	tcase_add_loop_test(tests, the_root_has_a_sentence_without_a_parent, 0, DW_ROWS(roots));
	tcase_add_test(tests, the_longest_sentence_fits);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
