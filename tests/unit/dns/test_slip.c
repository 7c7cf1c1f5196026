#include "dns/slip.h"

#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static const uint8_t rdata[] = {1, 1, 3, 13, 'f', 'o', 'o', 'b', 'a', 'r'};

/* What the slips of one clause make of the owner name; a row of wire octets. */
static const struct {
	const char *clause, *owner;
	size_t length;
} owners[] = {
	{"with the owner name in capitals", "\7EXAMPLE\3ORG", 13},
	{"with a capital at the front of the owner name", "\7Example\3org", 13},
	{"with a capital at the front of each label of the owner name", "\7Example\3Org", 13},
	{"with the last label of the owner name in capitals", "\7example\3ORG", 13},
	{"with the owner name in the letters as typed", "\7eXample\3oRg", 13},
	{"with the parent's name as the owner", "\3org", 5},
	{"with 'www' in front of the owner name", "\3www\7example\3org", 17},
	{"without the last label of the owner name", "\7example", 9},
	{"without the first label of the owner name", "\3org", 5},
	{"with the root label of the owner name doubled", "\7example\3org\0", 14},
	{"without the root label of the owner name", "\7example\3org", 12},
	{"with the owner name written twice, as without its final dot", "\7example\3org\7example\3org", 25},
	{"with the parent's name behind the owner name, as without its final dot", "\7example\3org\3org", 17},
	{"with the owner name as text, not in wire form", "example.org", 11},
	{"with the owner name as text with its final dot, not in wire form", "example.org.", 12},
	{"without the owner name in front of the key", "", 0},
};

START_TEST(a_slip_changes_the_owner)
{
	const struct dw_name owner = dw_name_make("Example.Org"), parent = dw_name_make("ORG"),
						 typed = dw_name_make("eXample.oRg");
	const struct dw_slip_names names = {&owner, &parent, &typed};
	char text[DW_SLIP_TEXT_MAX];
	struct dw_slip_input right, input;
	unsigned found = 0;

	ck_assert(dw_slip_input(&owner, rdata, sizeof(rdata), &right));
	ck_assert_mem_eq(right.owner, "\7example\3org", 13);
	for (unsigned row = 0; row < dw_n_slips; row++) {
		const struct dw_slip *slip = &dw_slips[row];
		if (strcmp(dw_slip_format(slip, 0, &right, text), owners[_i].clause) != 0)
			continue;
		input = right;
		ck_assert(slip->part == DW_SLIP_OWNER && slip->count(&right) == 1);
		ck_assert(slip->apply(&names, 0, slip->argument, &input));
		ck_assert_uint_eq(input.owner_length, owners[_i].length);
		ck_assert_mem_eq(input.owner, owners[_i].owner, owners[_i].length);
		found++;
	}
	ck_assert_uint_eq(found, 1);
}
END_TEST

/* Names at the ends of what there is. */
static const char *const names_of_zones[] = {".", "org", "a.b.c.d.e.f.g.h",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb."
	"ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc."
	"ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"};

START_TEST(every_variant_of_every_slip_stays_within_its_part)
{
	const struct dw_name owner = dw_name_make(names_of_zones[_i]);
	const struct dw_slip_names names = {&owner, NULL, NULL};
	char text[DW_SLIP_TEXT_MAX];
	struct dw_slip_input right, input;

	ck_assert(dw_slip_input(&owner, rdata, sizeof(rdata), &right));
	for (unsigned row = 0; row < dw_n_slips; row++) {
		const struct dw_slip *slip = &dw_slips[row];
		for (unsigned n = 0; n < slip->count(&right); n++) {
			input = right;
			if (!slip->apply(&names, n, slip->argument, &input))
				continue;
			ck_assert_uint_le(input.owner_length, sizeof(input.owner));
			ck_assert_uint_le(input.rdata_length, sizeof(input.rdata));
			const bool same_owner = input.owner_length == right.owner_length &&
				memcmp(input.owner, right.owner, right.owner_length) == 0;
			const bool same_rdata = input.rdata_length == right.rdata_length &&
				memcmp(input.rdata, right.rdata, right.rdata_length) == 0;
			ck_assert(slip->part == DW_SLIP_OWNER ? same_rdata : same_owner);
			ck_assert_uint_lt(strlen(dw_slip_format(slip, n, &right, text)), DW_SLIP_TEXT_MAX - 1);
		}
	}
}
END_TEST

START_TEST(a_key_that_is_too_short_or_too_long_has_no_input)
{
	static const uint8_t octets[DW_SLIP_RDATA_MAX + 1];
	const struct dw_name owner = dw_name_make("example.org");
	struct dw_slip_input input;

	ck_assert(!dw_slip_input(&owner, rdata, 3, &input));
	ck_assert(!dw_slip_input(&owner, octets, sizeof(octets), &input));
	ck_assert(dw_slip_input(&owner, octets, DW_SLIP_RDATA_MAX, &input));
	ck_assert(!dw_slip_input(&(struct dw_name){0}, rdata, sizeof(rdata), &input));
}
END_TEST

START_TEST(the_algorithm_that_is_meant_and_the_right_one_are_named)
{
	const struct dw_name owner = dw_name_make("example.org");
	const struct dw_slip *slip = &dw_slips[dw_n_slips - 1];
	char text[DW_SLIP_TEXT_MAX];
	struct dw_slip_input right, input;

	ck_assert(dw_slip_input(&owner, rdata, sizeof(rdata), &right));
	input = right;
	ck_assert(slip->apply(NULL, 0, 0, &input));
	ck_assert_uint_eq(input.rdata[3], dw_slip_algorithm(0));
	ck_assert_str_eq(
		dw_slip_format(slip, 0, &right, text), "as if it were RSASHA256 (8); it is ECDSAP256SHA256 (13)");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("slip");
	TCase *test = tcase_create("slip");

	tcase_add_loop_test(test, a_slip_changes_the_owner, 0, DW_ROWS(owners));
	tcase_add_loop_test(test, every_variant_of_every_slip_stays_within_its_part, 0, DW_ROWS(names_of_zones));
	tcase_add_test(test, a_key_that_is_too_short_or_too_long_has_no_input);
	tcase_add_test(test, the_algorithm_that_is_meant_and_the_right_one_are_named);
	suite_add_tcase(suite, test);
	return dw_suite_run(suite);
}
