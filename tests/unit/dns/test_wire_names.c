/* The names of a message: pointers, bounds, comparing. test_wire.c has the rest of dns/wire. */
#include <string.h>

#include "dns/wire.h"
#include "support/message.h"
#include "support/suite.h"

#define QUESTION "1234 8400 0001 0000 0000 0000 "
#define ROOT_A   "00 0001 0001 " /* the question ". A IN" */

static uint8_t wire[DW_MESSAGE_MAX];
static struct dw_message message;

/* Writes a question whose name has three labels of 63 octets and one of `last`. */
static size_t long_question(size_t last)
{
	size_t length = dw_octets_make(QUESTION, wire, sizeof(wire));

	for (int label = 0; label < 4; label++) {
		size_t size = label < 3 ? DW_LABEL_MAX : last;
		wire[length++] = (uint8_t)size;
		memset(wire + length, 'a', size);
		length += size;
	}
	return length + dw_octets_make(ROOT_A, wire + length, 5);
}

START_TEST(a_name_has_up_to_255_octets)
{
	ck_assert_int_eq(dw_message_parse(wire, long_question(61), &message, NULL), DW_OK);
	ck_assert_uint_eq(message.qname.length, 255);
	ck_assert_int_eq(dw_message_parse(wire, long_question(62), &message, NULL), DW_MALFORMED);
	ck_assert_int_eq(dw_message_parse(wire, long_question(63), &message, NULL), DW_MALFORMED);
}
END_TEST

/* Owners that begin like this and end with a pointer to the question's name of 255 octets. */
static const struct {
	const char *owner;
	enum dw_status status;
} behind_long_names[] = {
	{"c00c", DW_OK},
	{"0162 c00c", DW_MALFORMED},
	{"3e 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161"
	 "61616161 61616161 61616161 61616161 61616161 6161 c04c",
		DW_OK},
	{"3f 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161 61616161"
	 "61616161 61616161 61616161 61616161 61616161 616161 c00c",
		DW_MALFORMED},
};

START_TEST(pointers_make_no_name_longer_than_255_octets)
{
	size_t length = long_question(61);

	wire[7] = 1;
	length += dw_octets_make(behind_long_names[_i].owner, wire + length, 80);
	length += dw_octets_make("0001 0001 00000000 0000", wire + length, 10);
	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), behind_long_names[_i].status);
}
END_TEST

static size_t put_pointer(size_t at, size_t target)
{
	wire[at] = (uint8_t)(0xc0 | target >> 8);
	wire[at + 1] = (uint8_t)target;
	return at + 2;
}

/* Reads a record with `n` pointers as RDATA, each to the one before, and a record owned by their end. */
static enum dw_status parse_chain(size_t n)
{
	size_t target = 12;
	size_t at = dw_octets_make(QUESTION ROOT_A "00 0010 0001 00000000", wire, sizeof(wire));

	wire[7] = 2;
	wire[at++] = (uint8_t)(2 * n >> 8);
	wire[at++] = (uint8_t)(2 * n);
	for (size_t i = 0; i < n; i++) {
		size_t here = at;
		at = put_pointer(at, target);
		target = here;
	}
	at = put_pointer(at, target);
	at += dw_octets_make("0001 0001 00000000 0000", wire + at, 10);
	return dw_message_parse(wire, at, &message, NULL);
}

static const struct {
	size_t pointers;
	enum dw_status status;
} chains[] = {{0, DW_OK}, {1, DW_OK}, {126, DW_OK}, {127, DW_MALFORMED}, {8000, DW_MALFORMED}};

START_TEST(pointers_to_pointers_are_followed_for_127_steps)
{
	struct dw_name owner;

	ck_assert_int_eq(parse_chain(chains[_i].pointers), chains[_i].status);
	if (chains[_i].status != DW_OK)
		return;
	dw_message_owner(&message, &message.records[1], &owner);
	ck_assert(dw_name_equal(&owner, &dw_name_root));
	ck_assert(dw_message_owner_is(&message, &message.records[1], &dw_name_root));
}
END_TEST

START_TEST(a_name_of_127_labels_with_a_pointer_behind_each_is_read)
{
	struct dw_name owner;
	size_t target = 12;
	size_t at = dw_octets_make(QUESTION ROOT_A, wire, sizeof(wire));

	wire[7] = 127;
	for (int i = 0; i < 127; i++) {
		size_t here = at;
		at += dw_octets_make("0178", wire + at, 2);
		at = put_pointer(at, target);
		at += dw_octets_make("0001 0001 00000000 0000", wire + at, 10);
		target = here;
	}
	ck_assert_int_eq(dw_message_parse(wire, at, &message, NULL), DW_OK);
	dw_message_owner(&message, &message.records[126], &owner);
	ck_assert_uint_eq(owner.length, 255);
	ck_assert_uint_eq(dw_name_labels(&owner), 127);
	ck_assert(dw_message_owner_is(&message, &message.records[126], &owner));
	ck_assert(!dw_message_owner_is(&message, &message.records[125], &owner));
}
END_TEST

/* An MX record of the question's name, a.b; its RDATA begins at octet 33. */
#define MX_OF_A_B "1234 8400 0001 0001 0000 0000 0161 0162 00 000f 0001 c00c 000f 0001 00000001 "

static const struct {
	const char *hex;
	const char *name; /* NULL: malformed */
	uint16_t next;
} rdata_names[] = {
	{MX_OF_A_B "0006 000a 0178 c00e", "x.b", 6},
	{MX_OF_A_B "0004 000a c00c", "a.b", 4},
	{MX_OF_A_B "0005 000a 0179 00", "y", 5},
	{MX_OF_A_B "0003 000a 00", ".", 3},
	{MX_OF_A_B "0005 000a c00c ff", "a.b", 4},
	{MX_OF_A_B "0004 000a c021", ".", 4}, /* to octets that are something else, but a name */
	{MX_OF_A_B "0002 000a", NULL, 0},
	{MX_OF_A_B "0004 000a 0379", NULL, 0},
	{MX_OF_A_B "0003 000a c0", NULL, 0},
	{MX_OF_A_B "0004 000a 01 79", NULL, 0},
	{MX_OF_A_B "0004 000a c023", NULL, 0}, /* to itself */
	{MX_OF_A_B "0004 000a c0ff", NULL, 0},
	{MX_OF_A_B "0004 000a c00b", NULL, 0},
	{MX_OF_A_B "0006 000a 0178 c023", NULL, 0}, /* to its own first label */
	{MX_OF_A_B "0004 000a 40 00", NULL, 0},
};

START_TEST(names_in_rdata_are_read_within_its_bounds)
{
	struct dw_name name;
	char text[DW_NAME_TEXT_MAX];
	uint16_t next = 0;
	size_t length = dw_octets_make(rdata_names[_i].hex, wire, sizeof(wire));

	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	const struct dw_rr *mx = &message.records[0];
	enum dw_status status = dw_message_name(&message, mx, 2, &name, &next);
	ck_assert_int_eq(status, rdata_names[_i].name == NULL ? DW_MALFORMED : DW_OK);
	ck_assert_int_eq(dw_message_name(&message, mx, 2, &name, NULL), status);
	if (status != DW_OK)
		return;
	ck_assert_str_eq(dw_name_format(&name, text), rdata_names[_i].name);
	ck_assert_uint_eq(next, rdata_names[_i].next);
}
END_TEST

START_TEST(a_name_in_rdata_does_not_run_into_the_next_record)
{
	static const char hex[] = "1234 8400 0001 0002 0000 0000" ROOT_A
							  "00 0002 0001 00000000 0002 0161 00 0002 0001 00000000 0001 00";
	struct dw_name name;
	size_t length = dw_octets_make(hex, wire, sizeof(wire));

	ck_assert_int_eq(dw_message_parse(wire, length, &message, NULL), DW_OK);
	ck_assert_int_eq(dw_message_name(&message, &message.records[0], 0, &name, NULL), DW_MALFORMED);
	ck_assert_int_eq(dw_message_name(&message, &message.records[1], 0, &name, NULL), DW_OK);
}
END_TEST

static const struct {
	const char *name;
	bool equal;
} owners[] = {
	{"www.example.org", true},
	{"WWW.eXample.ORG", true},
	{"example.org", false},
	{"a.www.example.org", false},
	{"www.example.orh", false},
	{"wwx.example.org", false},
	{"www.example", false},
	{".", false},
};

START_TEST(owners_are_compared_without_case)
{
	static const struct dw_message_text text = {
		.question = "example.ORG. A", .answer = "Www.example.org. 1 IN A 192.0.2.1"};
	struct dw_name name = dw_name_make(owners[_i].name), none = {0};

	dw_message_make(&text, wire, &message);
	ck_assert_int_eq(dw_message_owner_is(&message, &message.records[0], &name), owners[_i].equal);
	ck_assert(!dw_message_owner_is(&message, &message.records[0], &none));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/wire, names");
	TCase *names = tcase_create("names");

	tcase_add_test(names, a_name_has_up_to_255_octets);
	tcase_add_loop_test(names, pointers_make_no_name_longer_than_255_octets, 0, DW_ROWS(behind_long_names));
	tcase_add_loop_test(names, pointers_to_pointers_are_followed_for_127_steps, 0, DW_ROWS(chains));
	tcase_add_test(names, a_name_of_127_labels_with_a_pointer_behind_each_is_read);
	tcase_add_loop_test(names, names_in_rdata_are_read_within_its_bounds, 0, DW_ROWS(rdata_names));
	tcase_add_test(names, a_name_in_rdata_does_not_run_into_the_next_record);
	tcase_add_loop_test(names, owners_are_compared_without_case, 0, DW_ROWS(owners));
	suite_add_tcase(suite, names);
	return dw_suite_run(suite);
}
