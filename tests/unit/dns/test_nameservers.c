#include "dns/nameservers.h"

#include <stdio.h>
#include <string.h>

#include "support/message.h"
#include "support/suite.h"

static struct dw_address address_of(const char *text)
{
	struct dw_address address;

	ck_assert_int_eq(dw_address_parse(text, 53, &address, NULL), DW_OK);
	return address;
}

static unsigned name_of(struct dw_nameservers *set, const char *text)
{
	struct dw_name name = dw_name_make(text);

	return dw_nameservers_name(set, &name, 53);
}

static void add(struct dw_nameservers *set, const char *name, const char *text)
{
	struct dw_address address = address_of(text);

	dw_nameservers_address(set, name_of(set, name), &address);
}

START_TEST(no_name_is_kept_twice_whatever_its_case)
{
	struct dw_nameservers set = {.n_names = 0};

	ck_assert_uint_eq(name_of(&set, "ns1.example.org"), 0);
	ck_assert_uint_eq(name_of(&set, "ns2.example.org"), 1);
	ck_assert_uint_eq(name_of(&set, "NS1.Example.org"), 0);
	ck_assert_uint_eq(set.n_names, 2);
}
END_TEST

START_TEST(no_address_is_kept_twice_for_a_name)
{
	struct dw_nameservers set = {.n_names = 0};

	add(&set, "ns1.example.org", "192.0.2.1");
	add(&set, "ns1.example.org", "192.0.2.1");
	add(&set, "ns2.example.org", "192.0.2.1");
	add(&set, "ns2.example.org", "2001:db8::1");
	ck_assert_uint_eq(set.n_addresses, 3);
	ck_assert(!dw_nameservers_repeats(&set, 0));
	ck_assert(dw_nameservers_repeats(&set, 1));
	ck_assert(!dw_nameservers_repeats(&set, 2));
	ck_assert(dw_nameservers_has(&set, 0, DW_FAMILY_4));
	ck_assert(!dw_nameservers_has(&set, 0, DW_FAMILY_6));
	ck_assert(dw_nameservers_has(&set, 1, DW_FAMILY_6));
	ck_assert(dw_nameservers_has(&set, 1, DW_FAMILY_ANY));
}
END_TEST

START_TEST(a_set_that_is_full_takes_no_more)
{
	struct dw_nameservers set = {.n_names = 0};
	char text[32];

	for (unsigned i = 0; i < DW_NAMESERVERS_MAX + 3; i++) {
		snprintf(text, sizeof(text), "ns%u.example.org", i);
		ck_assert_uint_eq(name_of(&set, text), i < DW_NAMESERVERS_MAX ? i : DW_NAMESERVERS_MAX);
	}
	for (unsigned i = 0; i < DW_SERVERS_MAX + 3; i++) {
		snprintf(text, sizeof(text), "192.0.2.%u", i);
		add(&set, "ns0.example.org", text);
	}
	ck_assert_uint_eq(set.n_names, DW_NAMESERVERS_MAX);
	ck_assert_uint_eq(set.n_addresses, DW_SERVERS_MAX);
}
END_TEST

START_TEST(an_address_of_two_names_is_one_server_with_the_flags_of_both)
{
	struct dw_nameservers set = {.n_names = 0};
	struct dw_zone_server servers[DW_SERVERS_MAX];

	add(&set, "ns2.example.org", "192.0.2.1");
	add(&set, "ns1.example.org", "192.0.2.1");
	set.names[_i].by_parent = true;
	set.names[1 - _i].by_child = true;
	ck_assert_uint_eq(dw_nameservers_list(&set, servers), 1);
	struct dw_name first = dw_name_make("ns1.example.org");
	ck_assert(dw_name_equal(&servers[0].name, &first));
	ck_assert(servers[0].by_parent && servers[0].by_child && !servers[0].by_user);
}
END_TEST

static const char *const in_order[] = {
	"192.0.2.2", "192.0.2.10", "2001:db8::1", "2001:db8::a", "192.0.2.1", "2001:db8::2"};

START_TEST(servers_come_by_name_and_address_whatever_the_order_they_were_found_in)
{
	struct dw_nameservers set = {.n_names = 0};
	struct dw_zone_server servers[DW_SERVERS_MAX];
	unsigned n = (unsigned)DW_ROWS(in_order);

	for (unsigned i = 0; i < n; i++) {
		unsigned at = (i + (unsigned)_i) % n;
		add(&set, at < 4 ? "ns1.example.org" : "ns2.example.org", in_order[at]);
	}
	ck_assert_uint_eq(dw_nameservers_list(&set, servers), n);
	for (unsigned i = 0; i < n; i++) {
		char text[DW_ADDRESS_TEXT_MAX];
		ck_assert_str_eq(dw_address_format(&servers[i].address, text), in_order[i]);
	}
}
END_TEST

START_TEST(servers_of_the_user_stay_in_his_order)
{
	struct dw_nameservers set = {.n_names = 0};
	struct dw_zone_server servers[DW_SERVERS_MAX];
	char text[DW_ADDRESS_TEXT_MAX];

	for (unsigned i = 0; i < 3; i++) {
		static const char *const given[] = {"2001:db8::9", "192.0.2.9", "192.0.2.1"};
		struct dw_address address = address_of(given[i]);
		unsigned at = dw_nameservers_append(&set, &(struct dw_name){.length = 0}, 53);
		set.names[at].by_user = true;
		dw_nameservers_address(&set, at, &address);
	}
	ck_assert_uint_eq(dw_nameservers_list(&set, servers), 3);
	ck_assert_str_eq(dw_address_format(&servers[0].address, text), "2001:db8::9");
	ck_assert_str_eq(dw_address_format(&servers[2].address, text), "192.0.2.1");
}
END_TEST

START_TEST(names_without_an_address_are_lost_for_their_own_reason)
{
	struct dw_nameservers set = {.n_names = 0};
	struct dw_lost_server lost[DW_NS_NAMES_MAX];

	add(&set, "ns1.example.org", "192.0.2.1");
	set.names[0].status = DW_TIMEOUT;
	set.names[name_of(&set, "ns2.example.org")].by_child = true;
	struct dw_nameserver *third = &set.names[name_of(&set, "ns3.example.org")];
	third->status = DW_NOT_FOUND;
	strcpy(third->reason, "it has no address");
	ck_assert_uint_eq(dw_nameservers_lost(&set, lost), 2);
	ck_assert_int_eq(lost[0].status, DW_TIMEOUT);
	ck_assert_str_eq(lost[0].reason, "its addresses were not known in time");
	ck_assert(lost[0].by_child && !lost[0].by_parent);
	ck_assert_int_eq(lost[1].status, DW_NOT_FOUND);
	ck_assert_str_eq(lost[1].reason, "it has no address");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nameservers");
	TCase *tcase = tcase_create("nameservers");

	tcase_add_test(tcase, no_name_is_kept_twice_whatever_its_case);
	tcase_add_test(tcase, no_address_is_kept_twice_for_a_name);
	tcase_add_test(tcase, a_set_that_is_full_takes_no_more);
	tcase_add_loop_test(tcase, an_address_of_two_names_is_one_server_with_the_flags_of_both, 0, 2);
	tcase_add_loop_test(
		tcase, servers_come_by_name_and_address_whatever_the_order_they_were_found_in, 0, DW_ROWS(in_order));
	tcase_add_test(tcase, servers_of_the_user_stay_in_his_order);
	tcase_add_test(tcase, names_without_an_address_are_lost_for_their_own_reason);
	suite_add_tcase(suite, tcase);
	return dw_suite_run(suite);
}
