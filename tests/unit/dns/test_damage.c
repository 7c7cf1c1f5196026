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
	char text[DW_DAMAGE_TEXT_MAX];

	ck_assert_str_eq(dw_damage_format(DW_DAMAGE_IN_FRONT, 0, &front, text), "a TTL of 3600");
	ck_assert(dw_damage_with_text(NULL, 0, DW_DAMAGE_IN_FRONT, &front));
	ck_assert_uint_eq(front.rdata_length, 13);
	ck_assert_mem_eq(front.rdata,
		"\1\1\3\15\xdf\xad\x34"
		"foobar",
		13);
	ck_assert(dw_damage_with_text(NULL, 0, DW_DAMAGE_BEHIND, &behind));
	ck_assert_mem_eq(behind.rdata,
		"\1\1\3\15"
		"foobar\xdf\xad\x34",
		13);
	ck_assert(dw_damage_with_text(NULL, 0, DW_DAMAGE_AS_FLAGS, &fields));
	ck_assert_uint_eq(fields.rdata_length, 11);
	ck_assert_mem_eq(fields.rdata, "\x0e\x10\1\3\xd7\x76\x66\xf6\xf6\x26\x17", 11);
}
END_TEST

/* Texts that must be among those that are tried, at their place, for a key of ECDSA. */
static const struct {
	enum dw_damage_place place;
	unsigned (*count)(const struct dw_slip_input *input);
	const char *text;
} strays[] = {
	{DW_DAMAGE_IN_FRONT, dw_damage_n_in_front, "a TTL of 0"},
	{DW_DAMAGE_IN_FRONT, dw_damage_n_in_front, "'IN'"},
	{DW_DAMAGE_IN_FRONT, dw_damage_n_in_front, "'3600IN'"},
	{DW_DAMAGE_IN_FRONT, dw_damage_n_in_front, "'257313'"},
	{DW_DAMAGE_BEHIND, dw_damage_n_behind, "a TTL of 86400"},
	{DW_DAMAGE_BEHIND, dw_damage_n_behind, "'KSK alg = ECDSAP256SHA256 key id = 26770'"},
	{DW_DAMAGE_BEHIND, dw_damage_n_behind, "'id = 26770 (ksk) size = 256 b'"},
	{DW_DAMAGE_BETWEEN, dw_damage_n_between, "a TTL of 3600 behind the first 56"},
	{DW_DAMAGE_BETWEEN, dw_damage_n_between, "'IN' behind the first 64"},
};

START_TEST(what_stands_around_a_key_is_tried)
{
	const struct dw_name owner = dw_name_make("example.org");
	uint8_t rdata[68] = {1, 1, 3, 13};
	char text[DW_DAMAGE_TEXT_MAX];
	struct dw_slip_input right;
	unsigned found = 0;

	for (size_t i = 4; i < sizeof(rdata); i++)
		rdata[i] = (uint8_t)i;
	ck_assert(dw_slip_input(&owner, rdata, sizeof(rdata), &right));
	for (unsigned n = 0; n < strays[_i].count(&right); n++) {
		struct dw_slip_input input = right;
		ck_assert(dw_damage_with_text(NULL, n, (int)strays[_i].place, &input));
		ck_assert_uint_gt(input.rdata_length, right.rdata_length - 1);
		ck_assert_uint_lt(
			strlen(dw_damage_format(strays[_i].place, n, &right, text)), DW_DAMAGE_TEXT_MAX - 1);
		found += strcmp(text, strays[_i].text) == 0;
	}
	ck_assert_uint_gt(found, 0);
}
END_TEST

START_TEST(a_text_between_two_lines_leaves_both)
{
	const struct dw_name owner = dw_name_make("example.org");
	uint8_t rdata[4 + 60] = {1, 1, 3, 15}; /* 80 characters: one line of 56 is full */
	struct dw_slip_input input;

	for (size_t i = 4; i < sizeof(rdata); i++)
		rdata[i] = (uint8_t)i;
	ck_assert(dw_slip_input(&owner, rdata, sizeof(rdata), &input));
	ck_assert(dw_damage_with_text(NULL, 0, DW_DAMAGE_BETWEEN, &input));
	ck_assert_uint_eq(input.rdata_length, sizeof(rdata) + 3);
	ck_assert_mem_eq(input.rdata, rdata, 4 + 42);
	ck_assert_mem_eq(input.rdata + 4 + 42, "\xdf\xad\x34", 3);
	ck_assert_mem_eq(input.rdata + 4 + 45, rdata + 4 + 42, 18);
}
END_TEST

/* Characters that are left of 344, and whether many lose the others. */
static const struct {
	unsigned n;
	bool usual;
} cuts[] = {
	{343, true}, {336, true}, {335, false}, {256, true}, {255, true}, {112, true}, {64, true}, {1, false}};

START_TEST(usual_cuts_are_at_the_end_or_where_lines_and_rooms_end)
{
	ck_assert_int_eq(dw_damage_is_usual(cuts[_i].n, 344), cuts[_i].usual);
	ck_assert(dw_damage_is_usual_between(0, 344) && !dw_damage_is_usual_between(5, 344));
	ck_assert(!dw_damage_is_usual_between(0, 44));
}
END_TEST

START_TEST(what_changes_nothing_is_no_damage)
{
	struct dw_slip_input input = key();

	ck_assert(!dw_damage_cut_front(NULL, 0, 0, &input));
	ck_assert(!dw_damage_without(NULL, 0, 62, &input));
	ck_assert(!dw_damage_cut_behind(NULL, 4, 1, &input));
	ck_assert_uint_eq(dw_damage_n_characters(&input), 8);
	ck_assert_uint_gt(dw_damage_n_ttls(&input), 20);
	ck_assert_uint_eq(dw_damage_n_between(&input), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("damage");
	TCase *test = tcase_create("damage");

	tcase_add_loop_test(test, a_text_is_cut_at_any_character, 0, DW_ROWS(cases));
	tcase_add_test(test, a_ttl_is_taken_in_wherever_it_stands);
	tcase_add_loop_test(test, what_stands_around_a_key_is_tried, 0, DW_ROWS(strays));
	tcase_add_test(test, a_text_between_two_lines_leaves_both);
	tcase_add_loop_test(test, usual_cuts_are_at_the_end_or_where_lines_and_rooms_end, 0, DW_ROWS(cuts));
	tcase_add_test(test, what_changes_nothing_is_no_damage);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
