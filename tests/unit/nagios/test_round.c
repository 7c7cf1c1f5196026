#include "round.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns/resolvconf.h"
#include "support/suite.h"

/* What the zones of a round were told; the subject fails at the zone "bad". */
struct values {
	struct dw_common common;
	enum dw_family family;
	unsigned *n_ended;
	enum dw_want want;
	bool asks; /* a resolver is to be there */
};

struct self {
	unsigned *n_ended;
};

/* The class has it so. NOLINTNEXTLINE(readability-non-const-parameter) */
static bool next(void *self, struct dw_question *question, unsigned *tag)
{
	(void)self;
	(void)question;
	(void)tag;
	return false;
}

static const struct dw_inquiry_class class = {.next = next};

static enum dw_status begin(const void *values, const struct dw_setting *setting, const struct dw_name *zone,
	struct dw_inquiry *inquiry, struct dw_error *error)
{
	const struct values *own = values;
	struct self *self = NULL;

	if (own->asks)
		ck_assert_uint_gt(setting->discovery.resolvers.n_resolvers, 0);
	else
		ck_assert_uint_eq(setting->discovery.resolvers.n_resolvers, 0);
	ck_assert_int_eq(setting->discovery.family, own->family);
	ck_assert_uint_eq(setting->discovery.port, 5300);
	ck_assert_int_eq(setting->now, 77);
	ck_assert_uint_eq(strlen(setting->absent_label), 25);
	if (zone->wire[0] == 3)
		return dw_fail(error, DW_SYSTEM, "no luck");
	self = calloc(1, sizeof *self);
	self->n_ended = own->n_ended;
	*inquiry = (struct dw_inquiry){&class, self};
	return DW_OK;
}

static void judge(const void *values, const void *self, struct dw_verdict *verdict)
{
	static const struct dw_finding_kind kinds[] = {{"w", DW_WARNING, NULL}, {"c", DW_CRITICAL, NULL}};

	(void)values;
	(void)self;
	for (unsigned i = 0; i < 2; i++)
		dw_findings_add(&verdict->findings, &kinds[i], kinds[i].severity, NULL, "found");
}

static void end(void *self)
{
	++*((struct self *)self)->n_ended;
	free(self);
}

static enum dw_want want(const void *values)
{
	return ((const struct values *)values)->want;
}

static const struct dw_subject subject = {.resolver = want, .begin = begin, .judge = judge, .end = end};
static const struct dw_plugin plugin = {.subject = &subject};

static const struct {
	const char *last;
	bool only4, only6;
	enum dw_family family;
	enum dw_status status;
	unsigned n_ended;
} rounds[] = {
	{"b.example", false, false, DW_FAMILY_ANY, DW_OK, 2},
	{"b.example", true, false, DW_FAMILY_4, DW_OK, 2},
	{"b.example", false, true, DW_FAMILY_6, DW_OK, 2},
	{"b.example", true, true, DW_FAMILY_ANY, DW_OK, 2},
	{"bad", false, false, DW_FAMILY_ANY, DW_SYSTEM, 1},
};

START_TEST(each_zone_is_judged_with_the_worst_first_and_released)
{
	struct values *values = calloc(1, sizeof *values);
	struct dw_round round = {0};
	unsigned n_ended = 0;

	values->n_ended = &n_ended;
	values->family = rounds[_i].family;
	values->common.only4 = rounds[_i].only4;
	values->common.only6 = rounds[_i].only6;
	values->common.port = 5300;
	values->common.tries = 1;
	values->common.try_timeout.millis = 100;
	values->common.zones.n_zones = 2;
	values->common.hosts.n_hosts = 1;
	ck_assert_int_eq(dw_host_parse("127.0.0.1", &values->common.hosts.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_name_parse("a.example", &values->common.zones.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_name_parse(rounds[_i].last, &values->common.zones.items[1], NULL), DW_OK);
	ck_assert_int_eq(dw_round_run(&round, &plugin, values, 77, 1000, NULL), rounds[_i].status);
	for (unsigned i = 0; i < round.n_zones && rounds[_i].status == DW_OK; i++)
		ck_assert_int_eq(round.verdicts[i].findings.items[0].severity, DW_CRITICAL);
	ck_assert_uint_eq(round.n_zones, rounds[_i].n_ended);
	dw_round_fini(&round);
	ck_assert_uint_eq(n_ended, rounds[_i].n_ended);
	free(values);
}
END_TEST

/* An address to send from, the families that are asked, and the start of what is wrong with it. */
static const struct {
	const char *source;
	bool only4, only6;
	const char *wrong;
} sources[] = {
	{"127.0.0.1", false, false, NULL},
	{"127.0.0.1", true, false, NULL},
	{"127.0.0.1", false, true, "--source is an address of the family that -6 leaves out"},
	{"::1", true, false, "--source is an address of the family that -4 leaves out"},
	{"192.0.2.77", false, false, "--source: 192.0.2.77: "},
};

START_TEST(an_address_to_send_from_must_be_ours_and_of_a_family_that_is_asked)
{
	struct values *values = calloc(1, sizeof *values);
	struct dw_round round = {0};
	struct dw_error error = {0};
	unsigned n_ended = 0;

	values->n_ended = &n_ended;
	values->family = sources[_i].only4 ? DW_FAMILY_4 : DW_FAMILY_ANY;
	values->common.only4 = sources[_i].only4;
	values->common.only6 = sources[_i].only6;
	values->common.port = 5300;
	ck_assert_int_eq(dw_address_parse(sources[_i].source, 0, &values->common.source, NULL), DW_OK);
	const enum dw_status status = dw_round_run(&round, &plugin, values, 77, 1000, &error);
	ck_assert_int_eq(status, sources[_i].wrong == NULL ? DW_OK : DW_INVALID);
	if (sources[_i].wrong != NULL)
		ck_assert_msg(strstr(error.text, sources[_i].wrong) == error.text, "%s", error.text);
	dw_round_fini(&round);
	free(values);
}
END_TEST

/* Questions that a subject puts to one address, of which none is answered. */
#define QUESTIONS 12
#define AT_ONCE   4

struct asker {
	struct dw_address server;
	unsigned n_asked, n_ended, n_sent;
};

/* Some at once: to a server that is down one of them goes on, and the others fail. */
static bool ask_next(void *self, struct dw_question *question, unsigned *tag)
{
	struct asker *asker = self;

	if (asker->n_asked == QUESTIONS || asker->n_asked - asker->n_ended == AT_ONCE)
		return false;
	*question = (struct dw_question){.server = asker->server,
		.transport = DW_TRANSPORT_UDP_ONLY,
		.tries = 1,
		.try_timeout = 20,
		.ask = {.name = dw_name_root, .type = 1}};
	*tag = asker->n_asked++;
	return true;
}

static void take_answer(
	void *self, unsigned tag, const struct dw_question *question, const struct dw_answer *answer)
{
	struct asker *asker = self;

	(void)tag;
	(void)question;
	asker->n_ended++;
	asker->n_sent += answer->attempts;
}

static const struct dw_inquiry_class asking = {.next = ask_next, .answer = take_answer};

static enum dw_status begin_asking(const void *values, const struct dw_setting *setting,
	const struct dw_name *zone, struct dw_inquiry *inquiry, struct dw_error *error)
{
	(void)values;
	(void)zone;
	(void)error;
	struct asker *asker = calloc(1, sizeof *asker);
	asker->server = setting->discovery.hosts[0].address;
	*inquiry = (struct dw_inquiry){&asking, asker};
	return DW_OK;
}

static void judge_nothing(const void *values, const void *self, struct dw_verdict *verdict)
{
	(void)values;
	(void)self;
	(void)verdict;
}

static void end_asking(void *self)
{
	free(self);
}

/* Asks on a socket that nobody reads, and returns how many questions were sent. */
static unsigned count_sent(const struct dw_plugin *of)
{
	struct values *values = calloc(1, sizeof *values);
	struct dw_round round = {0};
	const int silent = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof name;

	ck_assert_int_eq(bind(silent, (struct sockaddr *)&name, sizeof name), 0);
	ck_assert_int_eq(getsockname(silent, (struct sockaddr *)&name, &length), 0);
	values->common.tries = 1;
	values->common.try_timeout.millis = 20;
	values->common.zones.n_zones = 1;
	values->common.zones.items[0] = dw_name_root;
	values->common.hosts.n_hosts = 1;
	values->common.hosts.items[0].address =
		dw_address_of((const uint8_t[]){127, 0, 0, 1}, 4, ntohs(name.sin_port));
	ck_assert_int_eq(dw_round_run(&round, of, values, 77, 5000, NULL), DW_OK);
	const unsigned n_sent = ((const struct asker *)round.inquiries[0].self)->n_sent;
	dw_round_fini(&round);
	(void)close(silent);
	free(values);
	return n_sent;
}

START_TEST(a_patient_subject_goes_on_where_others_give_a_silent_server_up)
{
	static const struct dw_subject hasty = {.begin = begin_asking, .judge = judge_nothing, .end = end_asking};
	static const struct dw_subject patient = {
		.begin = begin_asking, .judge = judge_nothing, .end = end_asking, .patient = true};

	ck_assert_uint_eq(count_sent(&(const struct dw_plugin){.subject = &patient}), QUESTIONS);
	ck_assert_uint_lt(count_sent(&(const struct dw_plugin){.subject = &hasty}), QUESTIONS);
}
END_TEST

/* The host, what the subject wants, and whether it then has a resolver. */
static const struct {
	const char *host;
	enum dw_want want;
	bool asks;
} wants[] = {
	{"127.0.0.1", DW_WANT_FOR_HOSTS, false},
	{"127.0.0.1", DW_WANT_IF_ANY, true},
	{"127.0.0.1", DW_WANT_ALWAYS, true},
	{"ns.nowhere.test", DW_WANT_FOR_HOSTS, true},
	{"ns.nowhere.test", DW_WANT_IF_ANY, true},
	{NULL, DW_WANT_FOR_HOSTS, true},
	{NULL, DW_WANT_IF_ANY, true},
};

START_TEST(a_resolver_is_there_when_something_is_to_be_asked_of_it)
{
	struct values *values = calloc(1, sizeof *values);
	struct dw_round round = {0};
	struct dw_resolvers system = {0};
	unsigned n_ended = 0;

	if (dw_resolvers_system(NULL, &system, NULL) != DW_OK) {
		free(values); /* this host has no resolver that could be taken */
		return;
	}
	values->n_ended = &n_ended;
	values->want = wants[_i].want;
	values->asks = wants[_i].asks;
	values->common.port = 5300;
	values->common.tries = 1;
	values->common.try_timeout.millis = 100;
	values->common.zones.n_zones = 1;
	values->common.hosts.n_hosts = wants[_i].host != NULL;
	if (wants[_i].host != NULL)
		ck_assert_int_eq(dw_host_parse(wants[_i].host, &values->common.hosts.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_name_parse("a.example", &values->common.zones.items[0], NULL), DW_OK);
	ck_assert_int_eq(dw_round_run(&round, &plugin, values, 77, 1000, NULL), DW_OK);
	dw_round_fini(&round);
	ck_assert_uint_eq(n_ended, 1);
	free(values);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nagios/round");
	TCase *tests = tcase_create("round");

	tcase_add_loop_test(tests, each_zone_is_judged_with_the_worst_first_and_released, 0, DW_ROWS(rounds));
	tcase_add_test(tests, a_patient_subject_goes_on_where_others_give_a_silent_server_up);
	tcase_add_loop_test(
		tests, an_address_to_send_from_must_be_ours_and_of_a_family_that_is_asked, 0, DW_ROWS(sources));
	tcase_add_loop_test(tests, a_resolver_is_there_when_something_is_to_be_asked_of_it, 0, DW_ROWS(wants));
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
