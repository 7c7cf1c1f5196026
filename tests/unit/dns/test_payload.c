#include "dns/payload.h"

#include "support/message.h"
#include "support/pathway.h"
#include "support/suite.h"

static struct dw_pathway path;
static struct dw_payload_plan plan;
static struct dw_pathway_look look;

static void begin(uint64_t faults)
{
	path = dw_pathway_healthy();
	path.faults = faults;
	plan = dw_pathway_plan("192.0.2.1");
}

static void end(void)
{
	dw_pathway_look_end(&look);
	dw_pathway_fini(&path);
}

/* Round trips, and the most that a server sends by UDP. */
static const struct {
	dw_millis rtt;
	uint16_t server_max;
} healthy[] = {{1, 4096}, {100, 4096}, {100, 1232}, {1, 512}};

START_TEST(a_healthy_server_costs_little)
{
	begin(0);
	path.rtt = healthy[_i].rtt;
	path.server_max = healthy[_i].server_max;
	plan.n_records = 1;
	plan.records[0] = (struct dw_record){plan.discovery.zone, DW_TYPE_TXT};
	dw_pathway_look(&path, &plan, &look);
	ck_assert_uint_eq(look.facts->n_addresses, 1);
	ck_assert(look.facts->addresses[0].ended);
	ck_assert_uint_le(look.facts->addresses[0].n_packets, 40);
	ck_assert_int_le(look.took, 8 * path.rtt);
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, "fine");
	end();
}
END_TEST

/* Asked through a resolver or not, for so many records, at so many sizes; what the server sends at most. */
static const struct {
	bool via;
	unsigned n_records, n_sizes;
	uint16_t server_max;
} requests[] = {
	{false, 4, 8, 4096},
	{true, 0, 0, 4096},
	{true, 1, 3, 4096},
	{true, 3, 3, 4096},
	{true, 4, 8, 4096},
	/* Nearly everything comes truncated. */
	{false, 0, 8, 600},
	{false, 4, 8, 600},
};

START_TEST(what_a_user_adds_stays_polite)
{
	begin(0);
	path.server_max = requests[_i].server_max;
	plan.via = requests[_i].via;
	plan.n_records = requests[_i].n_records;
	for (unsigned i = 0; i < plan.n_records; i++)
		plan.records[i] = (struct dw_record){plan.discovery.zone, (uint16_t)(DW_TYPE_TXT + i)};
	plan.n_sizes = requests[_i].n_sizes;
	for (unsigned i = 0; i < plan.n_sizes; i++)
		plan.sizes[i] = (uint16_t)(1000 + 300 * i);
	dw_pathway_look(&path, &plan, &look);
	ck_assert_uint_le(look.facts->addresses[0].n_packets, 40);
	ck_assert_str_eq(look.figures.verdicts[0].kind->word, "fine");
	end();
}
END_TEST

START_TEST(an_address_keeps_every_rung_with_what_came)
{
	begin(0);
	dw_pathway_look(&path, &plan, &look);
	unsigned n_asked = 0, n_packets = 0;
	for (unsigned i = 0; i < look.facts->addresses[0].n_rungs; i++) {
		const struct dw_payload_rung *rung = &look.facts->addresses[0].rungs[i];

		n_asked += rung->n_asked;
		n_packets += rung->n_packets;
		ck_assert_int_eq(rung->answered, rung->n_asked > 0);
		if (rung->probe == DW_PROBE_VERSION)
			ck_assert_uint_eq(rung->reply.rcode, DW_RCODE_BADVERS);
	}
	ck_assert_uint_eq(n_asked, path.n_udp + path.n_tcp);
	ck_assert_uint_eq(n_packets, look.facts->addresses[0].n_packets);
	end();
}
END_TEST

static const uint64_t silent[] = {
	DW_PATHWAY(DW_PATHWAY_UDP_DROP) | DW_PATHWAY(DW_PATHWAY_TCP_DROP),
	DW_PATHWAY(DW_PATHWAY_UDP_DROP) | DW_PATHWAY(DW_PATHWAY_TCP_SILENT),
	DW_PATHWAY(DW_PATHWAY_UDP_DROP),
};

START_TEST(a_silent_address_takes_its_time_and_no_more)
{
	begin(silent[_i]);
	dw_pathway_look(&path, &plan, &look);
	ck_assert_int_le(look.took, 7000);
	end();
}
END_TEST

START_TEST(many_servers_take_no_longer_than_one)
{
	begin(silent[0]);
	for (unsigned i = 1; i < 4; i++)
		plan.discovery.hosts[i].address =
			dw_address_of((const uint8_t[]){192, 0, 2, (uint8_t)(i + 1)}, 4, 53);
	plan.discovery.n_hosts = 4;
	dw_pathway_look(&path, &plan, &look);
	ck_assert_uint_eq(look.facts->n_addresses, 4);
	ck_assert_int_le(look.took, 7000);
	ck_assert_uint_eq(look.figures.sizes.servers_bad, 4);
	end();
}
END_TEST

/* When the run ends, in milliseconds. */
static const dw_millis deadlines[] = {0, 1, 10, 500, 1001, 1500, 2500};

START_TEST(a_run_that_ends_early_claims_nothing)
{
	begin(silent[2]);
	ck_assert_int_eq(dw_payload_new(&plan, &look.payload, NULL), DW_OK);
	dw_millis took = dw_pathway_run(&path, &dw_payload_class, look.payload, deadlines[_i]);
	ck_assert_int_le(took, deadlines[_i]);
	const struct dw_payload_address *address = &dw_payload_facts(look.payload)->addresses[0];
	ck_assert(!address->ended);
	for (unsigned i = 0; i < address->n_rungs && deadlines[_i] < 1000; i++)
		ck_assert(address->rungs[i].tcp || address->rungs[i].n_lost == 0);
	dw_payload_free(look.payload);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(a_plan_that_makes_no_sense_is_refused)
{
	struct dw_payload *payload = NULL;
	struct dw_error error;

	begin(0);
	plan.n_records = 1;
	plan.records[0] = (struct dw_record){dw_name_make("example.net"), DW_TYPE_TXT};
	ck_assert_int_eq(dw_payload_new(&plan, &payload, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "'example.net' does not lie in the zone 'example.org'");
	plan.records[0] = (struct dw_record){plan.discovery.zone, DW_TYPE_RRSIG};
	ck_assert_int_eq(dw_payload_new(&plan, &payload, &error), DW_INVALID);
	plan.n_records = 0;
	plan.n_sizes = 1;
	plan.sizes[0] = 511;
	ck_assert_int_eq(dw_payload_new(&plan, &payload, &error), DW_INVALID);
	ck_assert_str_eq(error.text, "a buffer of 511 octets is smaller than 512");
	ck_assert_ptr_null(payload);
	dw_pathway_fini(&path);
}
END_TEST

START_TEST(the_words_of_the_probes_differ)
{
	for (unsigned i = 0; i <= DW_PROBE_VALIDATE; i++) {
		for (unsigned k = 0; k < i; k++)
			ck_assert_str_ne(dw_payload_probe_text(i), dw_payload_probe_text(k));
	}
	ck_assert_str_eq(dw_payload_probe_text(DW_PROBE_TCP), "tcp");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("payload");
	TCase *tests = tcase_create("payload");

	tcase_add_loop_test(tests, a_healthy_server_costs_little, 0, DW_ROWS(healthy));
	tcase_add_loop_test(tests, what_a_user_adds_stays_polite, 0, DW_ROWS(requests));
	tcase_add_test(tests, an_address_keeps_every_rung_with_what_came);
	tcase_add_loop_test(tests, a_silent_address_takes_its_time_and_no_more, 0, DW_ROWS(silent));
	tcase_add_test(tests, many_servers_take_no_longer_than_one);
	tcase_add_loop_test(tests, a_run_that_ends_early_claims_nothing, 0, DW_ROWS(deadlines));
	tcase_add_test(tests, a_plan_that_makes_no_sense_is_refused);
	tcase_add_test(tests, the_words_of_the_probes_differ);
	suite_add_tcase(suite, tests);
	return dw_suite_run(suite);
}
