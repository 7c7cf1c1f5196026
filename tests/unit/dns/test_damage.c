#include "dns/damage.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

/* The public key is "foobar", "Zm9vYmFy" in base64. */
static struct dw_slip_input key(void)
{
	const struct dw_name owner = dw_name_make("example.org");
	struct dw_slip_input input;

	ck_assert(dw_slip_input(&owner, (const uint8_t *)"\1\1\3\15foobar", 10, &input));
	return input;
}

static const struct {
	bool (*apply)(const struct dw_slip_names *, unsigned, int, struct dw_slip_input *);
	unsigned n;
	int argument;
	const char *rdata;
	size_t length;
} cases[] = {
	{dw_damage_cut_behind, 0, 0, "\1\1\3\15", 4},
	{dw_damage_cut_behind, 4, 0,
		"\1\1\3\15"
		"foo",
		7},
	{dw_damage_cut_behind, 5, 0,
		"\1\1\3\15"
		"foo",
		7},
	{dw_damage_cut_behind, 5, 1,
		"\1\1\3\15"
		"foo`",
		8},
	{dw_damage_cut_behind, 6, 1,
		"\1\1\3\15"
		"foob`",
		9},
	{dw_damage_cut_behind, 7, 1,
		"\1\1\3\15"
		"fooba@",
		10},
	{dw_damage_cut_behind, 7, 0,
		"\1\1\3\15"
		"fooba",
		9},
	{dw_damage_cut_front, 4, 0,
		"\1\1\3\15"
		"bar",
		7},
	{dw_damage_cut_front, 1, 0,
		"\1\1\3\15"
		"\x9b\xdb\xd8\x98\x5c",
		9},
	{dw_damage_without, 0, 38,
		"\1\1\3\15"
		"\x67\xdb\xd8\x17",
		8},
};

START_TEST(a_text_is_cut_at_any_character)
{
	struct dw_slip_input input = key();

	ck_assert(cases[_i].apply(NULL, cases[_i].n, cases[_i].argument, &input));
	ck_assert_uint_eq(input.rdata_length, cases[_i].length);
	ck_assert_mem_eq(input.rdata, cases[_i].rdata, cases[_i].length);
}
END_TEST

START_TEST(a_ttl_is_taken_in_wherever_it_stands)
{
	struct dw_slip_input front = key(), behind = key(), fields = key();

	ck_assert_uint_eq(dw_damage_ttl(0), 3600);
	ck_assert(dw_damage_with_ttl(NULL, 0, DW_DAMAGE_IN_FRONT, &front));
	ck_assert_uint_eq(front.rdata_length, 13);
	ck_assert_mem_eq(front.rdata,
		"\1\1\3\15\xdf\xad\x34"
		"foobar",
		13);
	ck_assert(dw_damage_with_ttl(NULL, 0, DW_DAMAGE_BEHIND, &behind));
	ck_assert_mem_eq(behind.rdata,
		"\1\1\3\15"
		"foobar\xdf\xad\x34",
		13);
	ck_assert(dw_damage_with_ttl(NULL, 0, DW_DAMAGE_AS_FLAGS, &fields));
	ck_assert_uint_eq(fields.rdata_length, 11);
	ck_assert_mem_eq(fields.rdata, "\x0e\x10\1\3\xd7\x76\x66\xf6\xf6\x26\x17", 11);
}
END_TEST

START_TEST(what_changes_nothing_is_no_damage)
{
	struct dw_slip_input input = key();

	ck_assert(!dw_damage_cut_front(NULL, 0, 0, &input));
	ck_assert(!dw_damage_without(NULL, 0, 62, &input));
	ck_assert_uint_eq(dw_damage_n_characters(&input), 8);
	ck_assert_uint_gt(dw_damage_n_ttls(&input), 20);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("damage");
	TCase *test = tcase_create("damage");

	tcase_add_loop_test(test, a_text_is_cut_at_any_character, 0, DW_ROWS(cases));
	tcase_add_test(test, a_ttl_is_taken_in_wherever_it_stands);
	tcase_add_test(test, what_changes_nothing_is_no_damage);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
