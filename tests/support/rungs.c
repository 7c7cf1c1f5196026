#include "support/rungs.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dns/wire.h"

static const struct dw_finding_kind fragments = {"fragments-dropped", DW_CRITICAL, "let fragments pass"};

static const struct dw_payload_rung climbed[DW_RUNGS] = {
	{.probe = DW_PROBE_PLAIN,
		.topic = DW_TOPIC_SOA,
		.record = {.type = 6},
		.n_asked = 1,
		.n_answered = 1,
		.n_packets = 1,
		.answered = true,
		.reply = {.size = 98, .authoritative = true, .whole = true, .elapsed = 12}},
	{.probe = DW_PROBE_EDNS,
		.topic = DW_TOPIC_DNSKEY,
		.record = {.type = 48},
		.size = 1232,
		.dnssec_ok = true,
		.n_asked = 1,
		.n_answered = 1,
		.n_truncated = 1,
		.n_packets = 1,
		.answered = true,
		.reply = {.size = 40,
			.authoritative = true,
			.truncated = true,
			.edns = true,
			.dnssec_ok = true,
			.flags = 0x8000,
			.advertised = 1232,
			.elapsed = 13}},
	{.probe = DW_PROBE_EDNS,
		.topic = DW_TOPIC_DNSKEY,
		.record = {.type = 48},
		.size = 4096,
		.dnssec_ok = true,
		.n_asked = 5,
		.n_lost = 5,
		.n_packets = 5,
		.status = DW_TIMEOUT,
		.reason = "no | answer to 1 try"},
	{.probe = DW_PROBE_TCP,
		.topic = DW_TOPIC_DNSKEY,
		.record = {.type = 48},
		.size = 1232,
		.segment = 536,
		.tcp = true,
		.dnssec_ok = true,
		.n_asked = 1,
		.n_refused = 1,
		.n_packets = 6,
		.status = DW_REFUSED,
		.reason = "connection reset",
		.gap = {DW_TCP_READING, 700, 2900}},
	{.probe = DW_PROBE_FLAG,
		.topic = DW_TOPIC_SOA,
		.record = {.type = 6},
		.size = 1232,
		.n_asked = 1,
		.n_answered = 1,
		.n_packets = 1,
		.answered = true,
		.reply = {.size = 109,
			.rcode = DW_RCODE_FORMERR,
			.edns = true,
			.version = 1,
			.flags = 0x4000,
			.advertised = 512,
			.elapsed = 14}},
	{.probe = DW_PROBE_VALIDATE, .topic = DW_TOPIC_RECORD, .record = {.type = 16}, .size = 1232},
};

struct dw_rungs *dw_rungs_sample(void)
{
	struct dw_rungs *made = calloc(1, sizeof(*made));

	ck_assert_ptr_nonnull(made);
	memcpy(made->rungs, climbed, sizeof(climbed));
	ck_assert_int_eq(dw_name_parse("example.org", &made->facts.zone, NULL), DW_OK);
	for (unsigned i = 0; i < DW_RUNGS; i++)
		made->rungs[i].record.name = made->facts.zone;
	ck_assert_int_eq(dw_name_parse("ns1.example.org", &made->address.server.name, NULL), DW_OK);
	made->address.server.address = dw_address_of((uint8_t[]){192, 0, 2, 1}, 4, DW_PORT_DNS);
	made->address.elsewhere = dw_address_of((uint8_t[]){192, 0, 2, 9}, 4, DW_PORT_DNS);
	made->address.n_elsewhere = 1;
	made->address.n_garbage = 2;
	made->address.n_packets = 15;
	made->address.ended = true;
	made->address.n_rungs = DW_RUNGS;
	made->address.rungs = made->rungs;
	made->discovery.zone = made->facts.zone;
	made->facts.discovery = &made->discovery;
	made->facts.n_addresses = 1;
	made->facts.addresses = &made->address;
	made->figures.n_verdicts = 1;
	made->figures.packets = 15;
	made->figures.verdicts[0] = (struct dw_payload_verdict){.kind = &fragments,
		.severity = DW_CRITICAL,
		.text = "fragments are dropped",
		.udp_passed = 1180,
		.udp_lost = 2900,
		.n_asked = 8};
	return made;
}
