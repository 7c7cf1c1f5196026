#include "text/tableline.h"

#include <string.h>

#include "support/suite.h"

static const struct {
	const char *line, *opened;
} rows[] = {
	{"4711;13;2;AB", "4711 13 2 AB"},
	{"4711,13,2,AB", "4711 13 2 AB"},
	{"\"4711\";\"13\";\"2\";\"AB\"", "4711 13 2 AB"},
	{"\"4711\" \"13\"", "4711 13"},
	{"key tag,a,b,c", "key tag,a,b,c"},
	{"keytag;alg;type;digest;", "keytag alg type digest "},
	{"4711; 13; 2; AB", "4711  13  2  AB"},
	/* Comments. */
	{"4711 13 2 AB ; a;b;c;d", "4711 13 2 AB ; a;b;c;d"},
	{"; a;b;c;d", "; a;b;c;d"},
	{"example.org. IN DS (;a;b;c", "example.org. IN DS (;a;b;c"},
	/* Too few to be a table, and a form. */
	{"a;b;c", "a;b;c"},
	{"a,b", "a,b"},
	{"Key Tag: 1, Algorithm: 2, Digest Type: 3, Digest: 4",
		"Key Tag: 1, Algorithm: 2, Digest Type: 3, Digest: 4"},
	{"", ""},
};

START_TEST(values_of_a_table_become_words)
{
	char line[100];

	(void)strcpy(line, rows[_i].line);
	dw_tableline_open(line);
	ck_assert_str_eq(line, rows[_i].opened);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text/tableline");
	TCase *tests = tcase_create("tableline");

	tcase_add_loop_test(tests, values_of_a_table_become_words, 0, DW_ROWS(rows));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
