#include "option.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

/* A text of seconds, and the milliseconds it is; 0: refused. */
static const struct {
	const char *text;
	dw_millis millis;
} waits[] = {
	{"1", 1000},
	{"1.5", 1500},
	{".5", 500},
	{"0.001", 1},
	{"1.0009", 1000},
	{"86400", 86400000},
	{"86401", 0},
	{"0", 0},
	{".", 0},
	{"", 0},
	{"1.5.5", 0},
	{"-1", 0},
	{"1s", 0},
	{"000000000001", 0},
};

START_TEST(an_at_sign_is_the_apex_of_the_zone)
{
	const struct dw_option row = {.name = "record", .argument = "NAME/TYPE", .kind = DW_OPTION_RECORDS};
	const struct dw_option_given given = {&row, "@/MX"};
	struct dw_record_list records = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &records, NULL), DW_OK);
	ck_assert(dw_name_equal(&records.items[0].name, &dw_name_root));
	ck_assert(!records.absolute[0]);
	ck_assert_uint_eq(records.items[0].type, 15);
}
END_TEST

START_TEST(seconds_have_decimals)
{
	static const struct dw_option row = {.name = "wait", .kind = DW_OPTION_WAIT};
	const struct dw_option_given given = {&row, waits[_i].text};
	struct dw_wait wait = {0};
	const enum dw_status status = dw_option_read(&given, 0, &wait, NULL);

	ck_assert_int_eq(status, waits[_i].millis == 0 ? DW_INVALID : DW_OK);
	ck_assert_int_eq(wait.millis, waits[_i].millis);
}
END_TEST

static const struct {
	enum dw_option_kind kind;
	const char *text;
} nobodies[] = {
	{DW_OPTION_HOSTS, "0.0.0.0"},
	{DW_OPTION_HOSTS, "[::]@5300"},
	{DW_OPTION_HOSTS, "224.0.0.1@53"},
	{DW_OPTION_RESOLVERS, "255.255.255.255"},
};

START_TEST(an_address_that_no_host_answers_from_is_refused)
{
	const struct dw_option row = {.name = "host", .kind = nobodies[_i].kind};
	const struct dw_option_given given = {&row, nobodies[_i].text};
	struct dw_error error = {0};
	union {
		struct dw_host_list hosts;
		struct dw_resolvers resolvers;
	} list = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &list, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, "--host: no host answers from '") == error.text, "%s", error.text);
	ck_assert_msg(strstr(error.text, nobodies[_i].text) != NULL, "%s", error.text);
}
END_TEST

static const struct {
	const char *text;
	bool absolute;
} dots[] = {
	{"www.example.org/A", false},
	{"www.example.org./A", true},
	{"./NS", true},
	{"www\\./A", false},
	{"www\\\\./A", true},
};

START_TEST(a_final_dot_makes_a_record_absolute)
{
	static const struct dw_option row = {.name = "record", .kind = DW_OPTION_RECORDS};
	const struct dw_option_given given = {&row, dots[_i].text};
	struct dw_record_list records = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &records, NULL), DW_OK);
	ck_assert(records.absolute[0] == dots[_i].absolute);
}
END_TEST

START_TEST(a_record_is_split_at_its_last_slash)
{
	static const struct dw_option row = {.name = "record", .kind = DW_OPTION_RECORDS};
	const struct dw_option_given given = {&row, "0/25.2.0.192.in-addr.arpa/PTR"};
	struct dw_record_list records = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &records, NULL), DW_OK);
	ck_assert_uint_eq(records.n_records, 1);
	ck_assert_uint_eq(records.items[0].type, 12);
	ck_assert_mem_eq(records.items[0].name.wire,
		"\4"
		"0/25",
		5);
}
END_TEST

START_TEST(a_level_stays_at_three)
{
	static const struct dw_option row = {.name = "verbose", .kind = DW_OPTION_LEVEL};
	const struct dw_option_given given = {&row, NULL};
	struct dw_level level = {0};

	for (unsigned i = 1; i <= 5; i++) {
		ck_assert_int_eq(dw_option_read(&given, 0, &level, NULL), DW_OK);
		ck_assert_uint_eq(level.level, i < 3 ? i : 3);
	}
}
END_TEST

START_TEST(a_name_keeps_its_letters)
{
	static const struct dw_option row = {.name = "typed-name", .kind = DW_OPTION_NAME};
	const struct dw_option_given given = {&row, "Example.ORG"};
	struct dw_name name = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &name, NULL), DW_OK);
	ck_assert_uint_eq(name.length, 13);
	ck_assert_mem_eq(name.wire, "\7Example\3ORG", 13);
}
END_TEST

START_TEST(a_list_says_which_option_was_wrong)
{
	static const struct dw_option rows[] = {
		{.name = "ds", .kind = DW_OPTION_DS}, {.name = "print-ds", .kind = DW_OPTION_DIGESTS}};
	struct dw_ds_list list = {0};
	struct dw_digest_list digests = {0};
	void *const members[] = {&list, &digests};

	for (size_t i = 0; i < 2; i++) {
		const struct dw_option_given given = {&rows[i], "nothing"};
		struct dw_error error = {0};

		ck_assert_int_eq(dw_option_read(&given, 0, members[i], &error), DW_INVALID);
		ck_assert_ptr_eq(strstr(error.text, i == 0 ? "--ds: " : "--print-ds: "), error.text);
	}
}
END_TEST

static const struct {
	const char *text;
	enum dw_status status;
} sizes[] = {
	{"512", DW_OK},
	{"65535", DW_OK},
	{"511", DW_INVALID},
	{"65536", DW_INVALID},
	{"1e3", DW_INVALID},
	{"", DW_INVALID},
};

START_TEST(a_size_is_from_512_to_65535_octets)
{
	static const struct dw_option row = {.name = "size", .kind = DW_OPTION_SIZES};
	const struct dw_option_given given = {&row, sizes[_i].text};
	struct dw_size_list list = {0};

	ck_assert_int_eq(dw_option_read(&given, 0, &list, NULL), sizes[_i].status);
	ck_assert_uint_eq(list.n_sizes, sizes[_i].status == DW_OK);
}
END_TEST

START_TEST(sizes_are_kept_once_up_to_their_bound)
{
	static const struct dw_option row = {.name = "size", .kind = DW_OPTION_SIZES};
	struct dw_size_list list = {0};
	char text[8];
	const struct dw_option_given given = {&row, text};

	for (unsigned i = 0; i < 2 * DW_SIZES_MAX; i++) {
		(void)snprintf(text, sizeof text, "%u", 1000 + i / 2);
		ck_assert_int_eq(dw_option_read(&given, 0, &list, NULL), DW_OK);
	}
	ck_assert_uint_eq(list.n_sizes, DW_SIZES_MAX);
	ck_assert_uint_eq(list.items[1], 1001);
	(void)strcpy(text, "4096");
	ck_assert_int_eq(dw_option_read(&given, 0, &list, NULL), DW_LIMIT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/option_read");
	TCase *tests = tcase_create("option_read");

	tcase_add_test(tests, an_at_sign_is_the_apex_of_the_zone);
	tcase_add_loop_test(tests, seconds_have_decimals, 0, DW_ROWS(waits));
	tcase_add_loop_test(tests, an_address_that_no_host_answers_from_is_refused, 0, DW_ROWS(nobodies));
	tcase_add_loop_test(tests, a_final_dot_makes_a_record_absolute, 0, DW_ROWS(dots));
	tcase_add_test(tests, a_record_is_split_at_its_last_slash);
	tcase_add_test(tests, a_level_stays_at_three);
	tcase_add_test(tests, a_name_keeps_its_letters);
	tcase_add_test(tests, a_list_says_which_option_was_wrong);
	tcase_add_loop_test(tests, a_size_is_from_512_to_65535_octets, 0, DW_ROWS(sizes));
	tcase_add_test(tests, sizes_are_kept_once_up_to_their_bound);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
