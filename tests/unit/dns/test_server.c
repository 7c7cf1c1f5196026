#include "dns/server.h"

#include <arpa/inet.h>
#include <string.h>

#include "support/suite.h"

static const struct {
	const char *text;
	uint16_t port;
	int family;
	const char *shown;
} addresses[] = {
	{"192.0.2.1", 53, AF_INET, "192.0.2.1"},
	{"192.0.2.1", 5300, AF_INET, "192.0.2.1@5300"},
	{"0.0.0.0", 1, AF_INET, "0.0.0.0@1"},
	{"255.255.255.255", 65535, AF_INET, "255.255.255.255@65535"},
	{"::1", 53, AF_INET6, "::1"},
	{"::", 53, AF_INET6, "::"},
	{"[::1]", 53, AF_INET6, "::1"},
	{"2001:DB8:0:0::1", 5300, AF_INET6, "2001:db8::1@5300"},
	{"[2001:db8::1]", 65535, AF_INET6, "2001:db8::1@65535"},
	{"::ffff:192.0.2.1", 53, AF_INET6, "::ffff:192.0.2.1"},
	{"1111:2222:3333:4444:5555:6666:7777:8888", 65535, AF_INET6,
		"1111:2222:3333:4444:5555:6666:7777:8888@65535"},
	/* Interface 1 is the loopback on every Linux; the last one is none. */
	{"fe80::1%lo", 53, AF_INET6, "fe80::1%lo"},
	{"[fe80::1%lo]", 5300, AF_INET6, "fe80::1%lo@5300"},
	{"fe80::1%1", 53, AF_INET6, "fe80::1%lo"},
	{"ff02::fb%1", 53, AF_INET6, "ff02::fb%lo"},
	{"fe80::1%4294967295", 53, AF_INET6, "fe80::1%4294967295"},
};

START_TEST(an_address_is_read_and_written)
{
	struct dw_error error = {0};
	struct dw_address address, again;
	char text[DW_ADDRESS_TEXT_MAX];

	ck_assert_msg(dw_address_parse(addresses[_i].text, addresses[_i].port, &address, &error) == DW_OK, "%s",
		error.text);
	ck_assert_int_eq(address.socket.any.sa_family, addresses[_i].family);
	ck_assert_uint_eq(address.length,
		addresses[_i].family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6));
	ck_assert_uint_eq(dw_address_port(&address), addresses[_i].port);
	ck_assert_str_eq(dw_address_format(&address, text), addresses[_i].shown);
	struct dw_host host;
	ck_assert_int_eq(dw_host_parse(text, &host, &error), DW_OK);
	again = host.address;
	ck_assert(dw_address_equal(&address, &again));
}
END_TEST

static const struct {
	const char *text, *why;
} no_addresses[] = {
	{"", "neither an IPv4 nor an IPv6 address"},
	{"ns1.example.org", "address 'ns1.example.org': neither an IPv4 nor an IPv6 address"},
	{"192.0.2", "neither an IPv4"},
	{"192.0.2.256", "neither an IPv4"},
	{"192.0.2.1.", "neither an IPv4"},
	{"192.0.2.1@53", "neither an IPv4"},
	{"192.0.2.1:53", "no IPv6 address"},
	{"[192.0.2.1]", "address '[192.0.2.1]': no IPv6 address"},
	{"[]", "no IPv6 address"},
	{"[", "neither an IPv4"},
	{"[::1", "no IPv6 address"},
	{"::1]", "no IPv6 address"},
	{"[[::1]]", "no IPv6 address"},
	{":::", "no IPv6 address"},
	{"1:2:3:4:5:6:7:8:9", "no IPv6 address"},
	{"::12345", "no IPv6 address"},
	{" ::1", "no IPv6 address"},
	{"fe80::1", "a link-local address needs its interface, as in fe80::1%eth0"},
	{"fe80::1%", "there is no interface ''"},
	{"fe80::1%0", "there is no interface '0'"},
	{"fe80::1%no-such-interface", "there is no interface 'no-such-interface'"},
	{"fe80::1%4294967296", "there is no interface '4294967296'"},
	{"::1%lo", "address '::1%lo': only a link-local address has an interface"},
	{"192.0.2.1%lo", "neither an IPv4"},
	{"1111:2222:3333:4444:5555:6666:7777:8888%1111:2222:3333:4444:5555:6666:7777:8888:9999", "is too long"},
};

START_TEST(what_is_no_address_is_refused_with_the_reason)
{
	struct dw_error error = {0};
	struct dw_address address;

	ck_assert_int_eq(dw_address_parse(no_addresses[_i].text, 53, &address, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, no_addresses[_i].why) != NULL, "%s", error.text);
}
END_TEST

static const struct {
	const char *text, *name, *address;
	uint16_t port;
} hosts[] = {
	{"ns1.example.org", "ns1.example.org", "", 0},
	{"ns1.example.org.", "ns1.example.org", "", 0},
	{"ns1.example.org@5300", "ns1.example.org", "", 5300},
	{"localhost", "localhost", "", 0},
	{"_ns.under_score.org@1", "_ns.under_score.org", "", 1},
	{"ns\\064.example.org@65535", "ns\\064.example.org", "", 65535},
	{"3com", "3com", "", 0},
	{"192.0.2.1.example", "192.0.2.1.example", "", 0},
	{"192.0.2.1", "", "192.0.2.1", 0},
	{"192.0.2.1@53", "", "192.0.2.1", 53},
	{"192.0.2.1@05300", "", "192.0.2.1@5300", 5300},
	{"::1", "", "::1", 0},
	{"[::1]", "", "::1", 0},
	{"::1@5300", "", "::1@5300", 5300},
	{"[2001:db8::1]@5300", "", "2001:db8::1@5300", 5300},
	{"[fe80::1%lo]@5300", "", "fe80::1%lo@5300", 5300},
};

START_TEST(a_host_is_an_address_or_a_name_and_perhaps_a_port)
{
	struct dw_error error = {0};
	struct dw_host host;
	char text[DW_NAME_TEXT_MAX];

	ck_assert_msg(dw_host_parse(hosts[_i].text, &host, &error) == DW_OK, "%s", error.text);
	ck_assert_str_eq(dw_name_format(&host.name, text), hosts[_i].name);
	ck_assert_str_eq(dw_address_format(&host.address, text), hosts[_i].address);
	ck_assert_uint_eq(host.port, hosts[_i].port);
	ck_assert((host.address.length == 0) == (host.name.length > 0));
}
END_TEST

static const struct {
	const char *text, *why;
} no_hosts[] = {
	{"", "host '': an address or a name is missing"},
	{"@53", "host '@53': an address or a name is missing"},
	{"ns1@", "host 'ns1@': no port follows '@'"},
	{"ns1@0", "host 'ns1@0': port '0' is no number from 1 to 65535"},
	{"ns1@65536", "port '65536' is no number from 1 to 65535"},
	{"ns1@99999999999999999999", "is no number from 1 to 65535"},
	{"ns1@-1", "port '-1' is no number"},
	{"ns1@+53", "port '+53' is no number"},
	{"ns1@ 53", "port ' 53' is no number"},
	{"ns1@53x", "port '53x' is no number"},
	{"ns1@domain", "port 'domain' is no number"},
	{"a@b@53", "more than one '@'"},
	{"192.0.2.1:53", "host '192.0.2.1:53': the port goes behind '@', as in 192.0.2.1@5300"},
	{"ns1.example.org:53", "the port goes behind '@', as in ns1.example.org@5300"},
	{"192.0.2.256", "'192.0.2.256' is neither an address nor a name"},
	{"192.0.2", "'192.0.2' is neither an address nor a name"},
	{"53", "'53' is neither an address nor a name"},
	{"[::1]:53", "host '[::1]:53': address '[::1]:53': no IPv6 address"},
	{"[ns1.example.org]", "address '[ns1.example.org]': no IPv6 address"},
	{"1:2:3", "address '1:2:3': no IPv6 address"},
	{".", "the root is no host"},
	{"a..b", "host 'a..b': name 'a..b': label 2 is empty"},
	{"a b", "octet 32 must be written as '\\032'"},
	{"fe80::1@53", "a link-local address needs its interface"},
};

START_TEST(what_is_no_host_is_refused_with_the_part)
{
	struct dw_error error = {0};
	struct dw_host host;

	ck_assert_int_eq(dw_host_parse(no_hosts[_i].text, &host, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, no_hosts[_i].why) != NULL, "%s", error.text);
}
END_TEST

static const struct {
	const char *text;
	bool answers;
} answering[] = {{"192.0.2.1", true}, {"0.0.0.0", false}, {"255.255.255.255", false},
	{"223.255.255.255", true}, {"224.0.0.251", false}, {"239.255.255.255", false}, {"::1", true},
	{"::", false}, {"ff02::fb%1", false}, {"2001:db8::1", true}};

START_TEST(no_host_answers_from_an_address_of_many)
{
	struct dw_address address;

	ck_assert_int_eq(dw_address_parse(answering[_i].text, 53, &address, NULL), DW_OK);
	ck_assert(dw_address_answers(&address) == answering[_i].answers);
}
END_TEST

START_TEST(a_very_long_host_is_refused)
{
	struct dw_error error = {0};
	struct dw_host host;
	char text[4096];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	ck_assert_int_eq(dw_host_parse(text, &host, &error), DW_INVALID);
	ck_assert_msg(strstr(error.text, "...': too long for a name") != NULL, "%s", error.text);
}
END_TEST

START_TEST(an_address_is_made_of_rdata)
{
	static const uint8_t octets[] = {0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0};
	char text[DW_ADDRESS_TEXT_MAX];

	for (size_t length = 0; length <= sizeof(octets); length++) {
		struct dw_address address = dw_address_of(octets, length, 5300);
		const char *shown = length == 4 ? "32.1.13.184@5300" : length == 16 ? "2001:db8::1@5300" : "";
		ck_assert_str_eq(dw_address_format(&address, text), shown);
		ck_assert_uint_eq(dw_address_port(&address), *shown != '\0' ? 5300 : 0);
	}
}
END_TEST

START_TEST(addresses_are_equal_when_all_parts_are)
{
	static const char *const different[] = {"192.0.2.1", "192.0.2.2", "192.0.2.1@5300", "::1", "::2",
		"::1@5300", "::ffff:192.0.2.1", "fe80::1%1", "fe80::1%2"};
	struct dw_address none = {0};

	for (int i = 0; i < DW_ROWS(different); i++) {
		struct dw_host a, b;
		ck_assert_int_eq(dw_host_parse(different[i], &a, NULL), DW_OK);
		ck_assert(!dw_address_equal(&a.address, &none));
		for (int k = 0; k < DW_ROWS(different); k++) {
			ck_assert_int_eq(dw_host_parse(different[k], &b, NULL), DW_OK);
			ck_assert(dw_address_equal(&a.address, &b.address) == (i == k));
		}
	}
	ck_assert(dw_address_equal(&none, &none));
}
END_TEST

START_TEST(a_port_is_set_where_there_is_an_address)
{
	struct dw_address none = {0}, v4, v6;

	ck_assert_int_eq(dw_address_parse("192.0.2.1", 53, &v4, NULL), DW_OK);
	ck_assert_int_eq(dw_address_parse("::1", 53, &v6, NULL), DW_OK);
	dw_address_set_port(&none, 5300);
	dw_address_set_port(&v4, 5300);
	dw_address_set_port(&v6, 5300);
	ck_assert_uint_eq(dw_address_port(&none), 0);
	ck_assert_uint_eq(ntohs(v4.socket.v4.sin_port), 5300);
	ck_assert_uint_eq(ntohs(v6.socket.v6.sin6_port), 5300);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dns/server");
	TCase *server = tcase_create("server");

	tcase_add_loop_test(server, an_address_is_read_and_written, 0, DW_ROWS(addresses));
	tcase_add_loop_test(server, what_is_no_address_is_refused_with_the_reason, 0, DW_ROWS(no_addresses));
	tcase_add_loop_test(server, a_host_is_an_address_or_a_name_and_perhaps_a_port, 0, DW_ROWS(hosts));
	tcase_add_loop_test(server, what_is_no_host_is_refused_with_the_part, 0, DW_ROWS(no_hosts));
	tcase_add_loop_test(server, no_host_answers_from_an_address_of_many, 0, DW_ROWS(answering));
	tcase_add_test(server, a_very_long_host_is_refused);
	tcase_add_test(server, an_address_is_made_of_rdata);
	tcase_add_test(server, addresses_are_equal_when_all_parts_are);
	tcase_add_test(server, a_port_is_set_where_there_is_an_address);
	suite_add_tcase(suite, server);
	return dw_suite_run(suite);
}
