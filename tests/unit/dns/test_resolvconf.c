#include "dns/resolvconf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/suite.h"

#define PATH_TEMPLATE "/tmp/dw-resolvconf-XXXXXX"

/* Writes a file that the caller removes. */
static void write_file(const char *text, char path[sizeof(PATH_TEMPLATE)])
{
	memcpy(path, PATH_TEMPLATE, sizeof(PATH_TEMPLATE));
	int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
}

static void list(const struct dw_resolvers *resolvers, char text[1024])
{
	text[0] = '\0';
	for (unsigned i = 0; i < resolvers->n_resolvers; i++) {
		char address[DW_ADDRESS_TEXT_MAX];
		strcat(strcat(text, i > 0 ? " " : ""), dw_address_format(&resolvers->items[i], address));
	}
}

static const struct {
	const char *text;
	const char *resolvers;
} files[] = {
	{"nameserver 192.0.2.53\n", "192.0.2.53"},
	{"# by hand\nsearch example.org\nnameserver 192.0.2.53\nnameserver\t2001:db8::53 # second\noptions "
	 "rotate\n",
		"192.0.2.53 2001:db8::53"},
	{"  nameserver 192.0.2.53", "192.0.2.53"},
	{"nameserver 192.0.2.53\r\nnameserver 192.0.2.54\r\n", "192.0.2.53 192.0.2.54"},
	{"; nameserver 192.0.2.1\nnameserver 192.0.2.53\n", "192.0.2.53"},
	{"nameserver bogus\nnameserver 192.0.2.53\n", "192.0.2.53"},
	{"nameservers 192.0.2.1\nnameserver 192.0.2.53\n", "192.0.2.53"},
	/* No line: the loopback, as resolv.conf(5) says. */
	{"", "127.0.0.1 ::1"},
	{"search example.org\n", "127.0.0.1 ::1"},
	/* Those beyond the bound are left out. */
	{"nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\nnameserver 10.0.0.4\nnameserver "
	 "10.0.0.5\n"
	 "nameserver 10.0.0.6\nnameserver 10.0.0.7\nnameserver 10.0.0.8\nnameserver 10.0.0.9\n",
		"10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 10.0.0.7 10.0.0.8"},
};

START_TEST(resolvers_are_those_of_the_nameserver_lines)
{
	struct dw_resolvers resolvers;
	char path[sizeof(PATH_TEMPLATE)];
	char text[1024];

	write_file(files[_i].text, path);
	enum dw_status status = dw_resolvers_system(path, &resolvers, NULL);
	unlink(path);
	ck_assert_int_eq(status, DW_OK);
	list(&resolvers, text);
	ck_assert_str_eq(text, files[_i].resolvers);
}
END_TEST

static const struct {
	const char *text;
	const char *wanted;
} refused[] = {
	{"nameserver bogus\n", "'bogus'"},
	{"nameserver\n", "a nameserver line without an address"},
};

START_TEST(a_file_with_no_usable_line_is_refused)
{
	struct dw_resolvers resolvers;
	struct dw_error error = {.status = DW_OK};
	char path[sizeof(PATH_TEMPLATE)];

	write_file(refused[_i].text, path);
	enum dw_status status = dw_resolvers_system(path, &resolvers, &error);
	ck_assert_int_eq(status, DW_INVALID);
	ck_assert_ptr_eq(strstr(error.text, path), error.text);
	ck_assert_ptr_nonnull(strstr(error.text, refused[_i].wanted));
	unlink(path);
}
END_TEST

START_TEST(a_missing_resolv_conf_is_said)
{
	struct dw_resolvers resolvers;
	struct dw_error error = {.status = DW_OK};

	ck_assert_int_eq(dw_resolvers_system("/nonexistent/resolv.conf", &resolvers, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/nonexistent/resolv.conf: No such file or directory");
	/* A folder opens, and cannot be read. */
	ck_assert_int_eq(dw_resolvers_system("/tmp", &resolvers, &error), DW_SYSTEM);
}
END_TEST

#define HOSTS                                                                                                \
	"# static\n"                                                                                             \
	"127.0.0.1 localhost\n"                                                                                  \
	"::1\tlocalhost ip6-localhost\n"                                                                         \
	"192.0.2.7 ns1.example.org NS1 # the first\n"                                                            \
	"not-an-address ns1\n"                                                                                   \
	"192.0.2.8\n"

/* Hosts as written, and as the file fills them; "?" is still to be looked up. */
static const struct {
	enum dw_family family;
	const char *hosts[3];
	const char *wanted;
} fills[] = {
	{DW_FAMILY_ANY, {"localhost"}, "127.0.0.1 ::1"},
	{DW_FAMILY_4, {"localhost"}, "127.0.0.1"},
	{DW_FAMILY_6, {"localhost"}, "::1"},
	{DW_FAMILY_ANY, {"LocalHost."}, "127.0.0.1 ::1"},
	{DW_FAMILY_ANY, {"ns1.example.org", "ns1"}, "192.0.2.7 192.0.2.7"},
	{DW_FAMILY_6, {"ns1"}, "?"},
	{DW_FAMILY_ANY, {"elsewhere.example", "ns1", "192.0.2.99"}, "? 192.0.2.7 192.0.2.99"},
	{DW_FAMILY_ANY, {"localhost", "elsewhere.example"}, "127.0.0.1 ? ::1"},
};

START_TEST(hosts_of_the_file_need_no_lookup)
{
	struct dw_discovery_plan plan = {.family = fills[_i].family};
	char path[sizeof(PATH_TEMPLATE)];
	char text[1024] = "";

	for (unsigned i = 0; i < 3 && fills[_i].hosts[i] != NULL; i++)
		ck_assert_int_eq(dw_host_parse(fills[_i].hosts[i], &plan.hosts[plan.n_hosts++], NULL), DW_OK);
	write_file(HOSTS, path);
	enum dw_status status = dw_hosts_system(path, &plan, NULL);
	unlink(path);
	ck_assert_int_eq(status, DW_OK);
	for (unsigned i = 0; i < plan.n_hosts; i++) {
		char address[DW_ADDRESS_TEXT_MAX] = "?";
		if (plan.hosts[i].address.length > 0)
			dw_address_format(&plan.hosts[i].address, address);
		strcat(strcat(text, i > 0 ? " " : ""), address);
	}
	ck_assert_str_eq(text, fills[_i].wanted);
}
END_TEST

START_TEST(further_addresses_stay_within_the_bound)
{
	struct dw_discovery_plan plan = {.n_hosts = DW_HOSTS_MAX};
	char path[sizeof(PATH_TEMPLATE)];

	for (unsigned i = 0; i < DW_HOSTS_MAX; i++)
		ck_assert_int_eq(dw_host_parse("localhost", &plan.hosts[i], NULL), DW_OK);
	write_file(HOSTS, path);
	ck_assert_int_eq(dw_hosts_system(path, &plan, NULL), DW_OK);
	unlink(path);
	ck_assert_uint_eq(plan.n_hosts, DW_HOSTS_MAX);
}
END_TEST

START_TEST(without_a_hosts_file_names_stay_names)
{
	struct dw_discovery_plan plan = {.n_hosts = 1};
	struct dw_error error = {.status = DW_OK};

	ck_assert_int_eq(dw_host_parse("localhost", &plan.hosts[0], NULL), DW_OK);
	ck_assert_int_eq(dw_hosts_system("/nonexistent/hosts", &plan, &error), DW_OK);
	ck_assert_uint_eq(plan.hosts[0].address.length, 0);
	ck_assert_int_eq(dw_hosts_system("/tmp", &plan, &error), DW_SYSTEM);
	ck_assert_str_eq(error.text, "/tmp: cannot be read");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("resolvconf");
	TCase *resolvers = tcase_create("resolv.conf");
	TCase *hosts = tcase_create("hosts");

	tcase_add_loop_test(resolvers, resolvers_are_those_of_the_nameserver_lines, 0, DW_ROWS(files));
	tcase_add_loop_test(resolvers, a_file_with_no_usable_line_is_refused, 0, DW_ROWS(refused));
	tcase_add_test(resolvers, a_missing_resolv_conf_is_said);
	tcase_add_loop_test(hosts, hosts_of_the_file_need_no_lookup, 0, DW_ROWS(fills));
	tcase_add_test(hosts, further_addresses_stay_within_the_bound);
	tcase_add_test(hosts, without_a_hosts_file_names_stay_names);
	suite_add_tcase(suite, resolvers);
	suite_add_tcase(suite, hosts);
	return dw_suite_run(suite);
}
