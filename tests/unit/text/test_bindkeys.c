#include "text/bindkeys.h"

#include <stdio.h>
#include <string.h>

#include "dns/mnemonic.h"
#include "support/suite.h"

static const struct {
	const char *text, *entries; /* "TYPE OWNER FIELDS @LINE;" of each */
} texts[] = {
	{"trust-anchors { . initial-ds 20326 8 2 \"E06D\"; };", "DS . 20326 8 2 E06D @1;"},
	{"trust-anchors {\n\t\".\" static-ds 1 8 2 \"E0 6D\n 44\";\n\ta.b static-key 257 3 8 \"AwEA\" "
	 "\"AQ==\";\n};\n",
		"DS . 1 8 2 E0 6D\n 44 @2;DNSKEY a.b 257 3 8 AwEA AQ== @4;"},
	{"managed-keys { \"a.b.\" initial-key 257 3 8 \"AQ==\"; };", "DNSKEY a.b. 257 3 8 AQ== @1;"},
	{"trusted-keys { a.b. 257 3 8 \"AQ==\"; c.d 256 3 8 \"AA==\"; };",
		"DNSKEY a.b. 257 3 8 AQ== @1;DNSKEY c.d 256 3 8 AA== @1;"},
	{"# one\n// two\n/* three\n four */ TRUST-ANCHORS /*x*/ {// y\n . # z\n Initial-DS 1 8 2 \"AB\"/**/;};",
		"DS . 1 8 2 AB @5;"},
	{"trust-anchors{};trusted-keys{};\nmanaged-keys{. initial-key 257 3 8 AQ==;};",
		"DNSKEY . 257 3 8 AQ== @2;"},
	{"trust-anchors { };", ""},
};

START_TEST(each_entry_of_each_statement_is_read)
{
	struct dw_bindkeys keys = {.at = texts[_i].text, .line = 1};
	struct dw_bindkeys_entry entry;
	struct dw_error error = {0};
	char list[512] = "", type[DW_TYPE_TEXT_MAX];
	enum dw_status status;

	ck_assert(dw_bindkeys_begins(texts[_i].text));
	while ((status = dw_bindkeys_next(&keys, &entry, &error)) == DW_OK)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s %.40s %.99s @%u;",
			dw_type_text(entry.type, type), entry.owner, entry.fields, entry.line);
	ck_assert_msg(status == DW_NOT_FOUND, "%s", error.text);
	ck_assert_str_eq(list, texts[_i].entries);
}
END_TEST

static const struct {
	const char *text;
	unsigned line;
	const char *why;
} refused[] = {
	{"options { };", 1, "'options' where trust-anchors, managed-keys or trusted-keys is wanted"},
	{"trust-anchors { };\n zone", 2, "'zone' where trust-anchors, managed-keys or trusted-keys is wanted"},
	{"trust-anchors", 1, "the text ends where { is wanted"},
	{"trust-anchors .", 1, "'.' where { is wanted"},
	{"trust-anchors {", 1, "the text ends where a name or } is wanted"},
	{"trust-anchors { ; };", 1, "';' where a name or } is wanted"},
	{"trust-anchors { \"\" initial-ds 1; };", 1, "'' where a name or } is wanted"},
	{"trust-anchors { } zone", 1, "'zone' where ; is wanted"},
	{"trust-anchors { . 257 3 8 \"AQ==\"; };", 1,
		"'257' where initial-key, static-key, initial-ds or static-ds is wanted"},
	{"trust-anchors {\n. initial-ds 1 8 2 \"AB\" }", 2, "'}' where ; is wanted"},
	{"trust-anchors { . initial-ds 1 8 2 \"AB\"", 1, "the text ends where ; is wanted"},
	{"trust-anchors { . initial-ds 1 8 2 \"AB;\n };", 1, "a quote is opened and never closed"},
	{"trust-anchors { /* . initial-ds", 1, "the text ends where a name or } is wanted"},
};

START_TEST(what_is_no_statement_is_refused)
{
	struct dw_bindkeys keys = {.at = refused[_i].text, .line = 1};
	struct dw_bindkeys_entry entry;
	struct dw_error error = {0};
	enum dw_status status;

	do
		status = dw_bindkeys_next(&keys, &entry, &error);
	while (status == DW_OK);
	ck_assert_int_eq(status, DW_INVALID);
	ck_assert_str_eq(error.text, refused[_i].why);
	ck_assert_uint_eq(keys.line, refused[_i].line);
}
END_TEST

static const char *const others[] = {
	"", ". IN DS 1", "options {};", "<?xml", "trust-anchorsx {", "\"", "/* "};

START_TEST(other_texts_do_not_begin_as_statements_do)
{
	ck_assert(!dw_bindkeys_begins(others[_i]));
}
END_TEST

START_TEST(entries_have_a_bound)
{
	static char text[3 * DW_BINDKEYS_FIELDS_MAX];
	struct dw_bindkeys keys = {.at = text, .line = 1};
	struct dw_bindkeys_entry entry;
	struct dw_error error = {0};

	strcpy(text, "trusted-keys { . ");
	memset(text + strlen(text), 'A', DW_BINDKEYS_FIELDS_MAX);
	ck_assert_int_eq(dw_bindkeys_next(&keys, &entry, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "an entry of more than 8192 octets");
	keys = (struct dw_bindkeys){.at = text, .line = 1};
	strcpy(text, "trusted-keys { ");
	memset(text + strlen(text), 'A', DW_BINDKEYS_FIELDS_MAX);
	ck_assert_int_eq(dw_bindkeys_next(&keys, &entry, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "a name of more than 1024 characters");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/bindkeys");
	TCase *bindkeys = tcase_create("bindkeys");

	tcase_add_loop_test(bindkeys, each_entry_of_each_statement_is_read, 0, DW_ROWS(texts));
	tcase_add_loop_test(bindkeys, what_is_no_statement_is_refused, 0, DW_ROWS(refused));
	tcase_add_loop_test(bindkeys, other_texts_do_not_begin_as_statements_do, 0, DW_ROWS(others));
	tcase_add_test(bindkeys, entries_have_a_bound);
	suite_add_tcase(suite, bindkeys);
	return dw_suite_run(suite);
}
