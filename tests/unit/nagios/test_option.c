#include "option.h"

#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

#define NOW 1795521600 /* 2026-11-24T12:00:00Z */

struct values {
	struct dw_zone_list zones;
	struct dw_host_list hosts;
	uint16_t port;
	struct dw_resolvers resolvers;
	struct dw_record_list records;
	struct dw_timeout timeout;
	struct dw_wait wait;
	unsigned tries;
	struct dw_state state;
	struct dw_word choice;
	struct dw_time time;
	struct dw_address source;
	struct dw_range left;
	struct dw_range count;
	dw_seconds skew;
	const char *text;
	const char *file;
	bool flag, other;
	struct dw_level level;
};

static const char *const words[] = {"nagios", "json", NULL};

static const struct dw_option common[] = {
	{'z', "zone", "NAME", NULL, "", DW_OPTION(struct values, zones), .required = true},
	{'H', "hostname", "HOST", NULL, "", DW_OPTION(struct values, hosts)},
	{'p', "port", "N", "53", "", DW_OPTION(struct values, port)},
	{'r', "resolver", "ADDR", NULL, "", DW_OPTION(struct values, resolvers)},
	{'t', "timeout", "S", "10", "", DW_OPTION(struct values, timeout)},
	{0, "tries", "N", "3", "", DW_OPTION(struct values, tries)},
	{0, "try-timeout", "S", "1.5", "", DW_OPTION(struct values, wait)},
	{0, "now", "TIME", NULL, "", DW_OPTION(struct values, time)},
	{0, "source", "ADDR", NULL, "", DW_OPTION(struct values, source)},
	{0, "format", "FORMAT", "nagios", "", DW_OPTION(struct values, choice), .words = words},
	{'4', "ipv4", NULL, NULL, "", DW_OPTION(struct values, flag)},
	{'6', "ipv6", NULL, NULL, "", DW_OPTION(struct values, other), .excludes = "ipv4"},
	{'v', "verbose", NULL, NULL, "", DW_OPTION(struct values, level)},
	{0, "extra-opts", "[SECTION][@FILE]", NULL, "", .kind = DW_OPTION_NOTHING, .optional = true},
	{.name = NULL},
};

static const struct dw_option own[] = {
	{0, "record", "NAME/TYPE", NULL, "", DW_OPTION(struct values, records)},
	{'w', "warning", "RANGE", "20%", "", DW_OPTION(struct values, left), .left = true},
	{'c', "count", "RANGE", NULL, "", DW_OPTION(struct values, count)},
	{0, "skew", "DURATION", "5m", "", DW_OPTION(struct values, skew)},
	{0, "unsigned", "STATE", "critical", "", DW_OPTION(struct values, state)},
	{0, "text", "TEXT", NULL, "", DW_OPTION(struct values, text)},
	{0, "file", "FILE", NULL, "", DW_OPTION(struct values, file), .excludes = "text"},
	{.name = NULL},
};

static const struct dw_option_tables tables = {common, own};

/* Reads a command line of words into zeroed values with their defaults. */
static enum dw_status read_line(const char *const *line, struct values *values, struct dw_error *error)
{
	char *argv[16] = {(char *)"check"};
	int at = 1, within = 0;
	struct dw_option_given given;
	enum dw_status status = DW_OK;

	for (int i = 0; line[i] != NULL; i++)
		argv[i + 1] = (char *)line[i];
	memset(values, 0, sizeof *values);
	ck_assert_int_eq(dw_option_defaults(&tables, NOW, values, error), DW_OK);
	while (status == DW_OK) {
		status = dw_option_next(&tables, argv, &at, &within, &given, error);
		if (status == DW_OK)
			status = dw_option_read(&given, NOW, values, error);
	}
	return status == DW_NOT_FOUND ? dw_option_complete(&tables, values, error) : status;
}

START_TEST(defaults_are_read_as_if_typed)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_eq(read_line((const char *const[]){"-z", "example.org", NULL}, &values, &error), DW_OK);
	ck_assert_uint_eq(values.port, 53);
	ck_assert_int_eq(values.timeout.wait, 10000);
	ck_assert_int_eq(values.timeout.state, DW_UNKNOWN);
	ck_assert_uint_eq(values.tries, 3);
	ck_assert_int_eq(values.wait.millis, 1500);
	ck_assert_int_eq(values.skew, 300);
	ck_assert_int_eq(values.state.severity, DW_CRITICAL);
	ck_assert(values.left.given && values.left.share);
	ck_assert(!values.count.given);
	ck_assert(!values.time.given);
}
END_TEST

/* Four ways to say the same. */
static const char *const spellings[][5] = {
	{"-zexample.org", "-vv4", NULL},
	{"-z", "example.org", "-4vv", NULL},
	{"--zone=example.org", "-v", "-v4", NULL},
	{"--zo", "example.org.", "--ipv4", "-vv", NULL},
};

START_TEST(an_option_may_be_written_in_every_usual_way)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_eq(read_line(spellings[_i], &values, &error), DW_OK);
	ck_assert_uint_eq(values.zones.n_zones, 1);
	ck_assert_mem_eq(values.zones.items[0].wire, "\7example\3org", 13);
	ck_assert_uint_eq(values.level.level, 2);
	ck_assert(values.flag);
}
END_TEST

START_TEST(lists_grow_and_a_zone_counts_once)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_eq(read_line((const char *const[]){"-z", "a.example", "-z", "A.EXAMPLE.", "-z", "b.example",
								   "-H", "192.0.2.1@5300", "-H", "ns.example", "-r", "2001:db8::1", NULL},
						 &values, &error),
		DW_OK);
	ck_assert_uint_eq(values.zones.n_zones, 2);
	ck_assert_uint_eq(values.hosts.n_hosts, 2);
	ck_assert_uint_eq(dw_address_port(&values.resolvers.items[0]), 53);
}
END_TEST

START_TEST(a_u_label_is_sent_as_an_a_label)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_eq(read_line((const char *const[]){"-z", "Bücher.example", NULL}, &values, &error), DW_OK);
	ck_assert(values.zones.unicode);
	ck_assert_mem_eq(values.zones.items[0].wire, "\15xn--bcher-kva\7example", 23);
}
END_TEST

START_TEST(values_of_every_kind_are_read)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_eq(read_line((const char *const[]){"-z", ".", "-t2.25:WARNING", "--now", "+28d",
								   "--format=JSON", "--record", "www.example/MX", "--unsigned=ok", "--text",
								   "", "--source=::1", "-c", "5", NULL},
						 &values, &error),
		DW_OK);
	ck_assert_int_eq(values.timeout.wait, 2250);
	ck_assert_int_eq(values.timeout.state, DW_WARNING);
	ck_assert_int_eq(values.time.moment, NOW + 28 * 86400);
	ck_assert_uint_eq(values.choice.index, 1);
	ck_assert_uint_eq(values.records.items[0].type, 15);
	ck_assert_int_eq(values.state.severity, DW_NOTE);
	ck_assert_str_eq(values.text, "");
	ck_assert_int_eq(values.source.socket.any.sa_family, AF_INET6);
	ck_assert_int_eq(values.count.end, 5);
}
END_TEST

/* A command line that cannot be used, and what must stand in the reason. */
static const struct {
	const char *line[6];
	const char *reason;
} refused[] = {
	{{NULL}, "--zone: must be given"},
	{{"-z", "a", "-46", NULL}, "--ipv4 and --ipv6 cannot be given together"},
	{{"-z", "a", "--ipv6", "-4", NULL}, "--ipv4 and --ipv6 cannot be given together"},
	{{"-z", "a", "--file=", "--text=", NULL}, "--text and --file cannot be given together"},
	{{"-z", NULL}, "-z: needs NAME"},
	{{"--zone", NULL}, "--zone: needs NAME"},
	{{"-z", "", NULL}, "--zone: "},
	{{"-z", "a..b", NULL}, "--zone: "},
	{{"example.org", NULL}, "'example.org': not an option"},
	{{"-z", "a", "--", "b", NULL}, "'b': not an option"},
	{{"-z", "a", "-", NULL}, "'-': not an option"},
	{{"--nonsense", NULL}, "--nonsense: no such option"},
	{{"--t", "x", NULL}, "--t: no such option"}, /* timeout, tries, try-timeout or text? */
	{{"-Q", NULL}, "-Q: no such option"},
	{{"-vQ", NULL}, "-Q: no such option"},
	{{"--ipv4=yes", NULL}, "--ipv4: takes no argument"},
	{{"-p", "0", NULL}, "--port: "},
	{{"-p", "65536", NULL}, "--port: "},
	{{"-p", "53x", NULL}, "--port: "},
	{{"-t", "0", NULL}, "--timeout: "},
	{{"-t", "1e3", NULL}, "--timeout: "},
	{{"-t", "99999999999999999999", NULL}, "--timeout: "},
	{{"-t", "5:purple", NULL}, "--timeout: 'purple' is none of: ok, warning, critical, unknown"},
	{{"--tries", "0", NULL}, "--tries: "},
	{{"--record", "www.example", NULL}, "--record: 'www.example' is not NAME/TYPE"},
	{{"--record", "www.example/NOTYPE", NULL}, "--record: "},
	{{"--record", "a..b/A", NULL}, "--record: "},
	{{"--format", "xml", NULL}, "--format: 'xml' is none of: nagios, json"},
	{{"-r", "resolver.example", NULL}, "--resolver: 'resolver.example' is not an address"},
	{{"-w", "3y:", NULL}, "--warning: "},
	{{"-w", "5:2", NULL}, "--warning: "},
	{{"--now", "tomorrow", NULL}, "--now: "},
	{{"-z", "\xff\xfe.example", NULL}, "--zone: "},
};

START_TEST(a_command_line_that_cannot_be_used_says_why)
{
	struct values values;
	struct dw_error error = {0};

	ck_assert_int_ne(read_line(refused[_i].line, &values, &error), DW_OK);
	ck_assert_msg(strncmp(error.text, refused[_i].reason, strlen(refused[_i].reason)) == 0,
		"'%s' does not begin with '%s'", error.text, refused[_i].reason);
}
END_TEST

START_TEST(one_of_two_that_exclude_each_other_is_taken)
{
	static const char *const lines[][4] = {
		{"-z", "a", "-4", NULL}, {"-z", "a", "-6", NULL}, {"-z", "a", "--file=x", NULL}};
	struct values values;
	struct dw_error error = {0};

	ck_assert_msg(read_line(lines[_i], &values, &error) == DW_OK, "%s", error.text);
}
END_TEST

START_TEST(lists_are_bounded)
{
	struct dw_record_list records = {.n_records = DW_SURVEY_RECORDS_MAX};
	struct dw_host_list hosts = {.n_hosts = DW_HOSTS_MAX};
	struct values *values = calloc(1, sizeof *values);
	const struct dw_option_given record = {dw_option_find(&tables, "record", 6), "a/A"};
	const struct dw_option_given host = {dw_option_find(&tables, "hostname", 8), "192.0.2.1"};

	values->records = records;
	values->hosts = hosts;
	ck_assert_int_eq(dw_option_read(&record, NOW, values, NULL), DW_LIMIT);
	ck_assert_int_eq(dw_option_read(&host, NOW, values, NULL), DW_LIMIT);
	free(values);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/option");
	TCase *tests = tcase_create("option");

	tcase_add_test(tests, defaults_are_read_as_if_typed);
	tcase_add_loop_test(tests, an_option_may_be_written_in_every_usual_way, 0, DW_ROWS(spellings));
	tcase_add_test(tests, lists_grow_and_a_zone_counts_once);
	tcase_add_test(tests, a_u_label_is_sent_as_an_a_label);
	tcase_add_test(tests, values_of_every_kind_are_read);
	tcase_add_loop_test(tests, a_command_line_that_cannot_be_used_says_why, 0, DW_ROWS(refused));
	tcase_add_loop_test(tests, one_of_two_that_exclude_each_other_is_taken, 0, 3);
	tcase_add_test(tests, lists_are_bounded);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
