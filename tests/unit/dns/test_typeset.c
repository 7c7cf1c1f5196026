#include "dns/typeset.h"

#include "support/message.h"
#include "support/suite.h"

/* Type bit maps in hex, and what they say at www.example. of type A, of DS, and of a delegation. */
#define NS         "00 01 20"
#define NS_SOA     "00 01 22"
#define NS_DS      "00 06 20 00 00 00 00 10"
#define DNAME      "00 05 00 00 00 00 01"
#define A          "00 01 40"
#define CNAME      "00 01 04"
#define AAAA       "00 04 00 00 00 08"
#define NXNAME     "00 11 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80"
#define NO_DATA    DW_DENIAL_NO_DATA
#define EXISTS     DW_DENIAL_TYPE_EXISTS
#define OTHER_SIDE DW_DENIAL_PARENT_SIDE
#define UNSIGNED   DW_DENIAL_UNSIGNED_DELEGATION
#define NO_CUT     DW_DENIAL_NOT_A_DELEGATION

static const struct {
	const char *types;
	bool closes, no_name;
	enum dw_denial_result no_a, no_ds_record, no_ds;
} rows[] = {
	{"", false, false, NO_DATA, NO_DATA, NO_CUT},
	{A, false, false, EXISTS, NO_DATA, NO_CUT},
	{AAAA, false, false, NO_DATA, NO_DATA, NO_CUT},
	{CNAME, false, false, EXISTS, EXISTS, NO_CUT},
	{NS, true, false, OTHER_SIDE, NO_DATA, UNSIGNED},
	{NS_DS, true, false, OTHER_SIDE, EXISTS, EXISTS},
	{NS_SOA, false, false, NO_DATA, OTHER_SIDE, OTHER_SIDE},
	{DNAME, true, false, NO_DATA, NO_DATA, NO_CUT},
	{NXNAME, false, true, DW_DENIAL_NAME_ERROR, DW_DENIAL_NAME_ERROR, NO_CUT},
};

START_TEST(a_set_of_types_says_what_is_absent_and_what_it_may_not_say)
{
	uint8_t octets[64];
	struct dw_name name = dw_name_make("www.example.");
	struct dw_typeset set = {octets, (uint16_t)dw_octets_make(rows[_i].types, octets, sizeof(octets))};

	ck_assert_int_eq(dw_typeset_closes(set), rows[_i].closes);
	ck_assert_int_eq(dw_typeset_no_name(set), rows[_i].no_name);
	ck_assert_int_eq(dw_typeset_no_data(set, &name, DW_TYPE_A), rows[_i].no_a);
	ck_assert_int_eq(dw_typeset_no_data(set, &name, DW_TYPE_DS), rows[_i].no_ds_record);
	ck_assert_int_eq(dw_typeset_no_ds(set, &name), rows[_i].no_ds);
}
END_TEST

START_TEST(the_root_has_no_parent_to_ask_for_its_ds)
{
	uint8_t octets[64];
	struct dw_typeset set = {octets, (uint16_t)dw_octets_make(NS_SOA, octets, sizeof(octets))};

	ck_assert_int_eq(dw_typeset_no_data(set, &dw_name_root, DW_TYPE_DS), NO_DATA);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/typeset");
	TCase *sets = tcase_create("sets");

	tcase_add_loop_test(sets, a_set_of_types_says_what_is_absent_and_what_it_may_not_say, 0, DW_ROWS(rows));
	tcase_add_test(sets, the_root_has_no_parent_to_ask_for_its_ds);
	suite_add_tcase(suite, sets);
	return dw_suite_run(suite);
}
