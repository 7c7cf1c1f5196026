/*
 * fuzz_differential: our reader of messages held against that of ldns.
 *
 * What ldns takes and ours refuses must be refused for a reason listed here; where ldns refuses RDATA, so
 * does ours, later, when it reads it. What both take must be the same message: header, counts, owners, types,
 * TTLs, RDATA, and canonical RDATA.
 */
#include <assert.h>
#include <ldns/ldns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/octets.h"
#include "dns/rrset.h"
#include "dns/wire.h"
#include "fuzz/target.h"

/* Canonical RDATA, with room for two names expanded. */
struct canonical {
	uint8_t octets[DW_MESSAGE_MAX + 2 * DW_NAME_MAX];
	size_t length;
};

/* Why ours may refuse what ldns takes: words of the error text, and what ldns does instead. */
static const char *const stricter[] = {
	"follow the last record",          /* ldns leaves them */
	"name points forward",             /* ldns bounds the number of pointers, not where they lead */
	"name points into the header",     /* likewise */
	"name has too many pointers",      /* ldns follows 65535 */
	"questions",                       /* ldns takes any number */
	"OPT stands outside",              /* ldns keeps it as a record of that section */
	"OPT does not belong to the root", /* ldns does not look */
	"there is a second OPT",           /* ldns takes the last */
	"options of OPT",                  /* ldns keeps them as they are */
	"more than 1024 records",          /* ldns takes 65535 */
};

/*
 * Types of which ldns 1.8 has another idea: names in NSAP-PTR, TALINK, SVCB, HTTPS and LP it expands, which
 * are not listed in RFC 4034 6.2 and must not be compressed (RFC 3597 4, RFC 9460 2.2); the layout of A6 it
 * does not know.
 */
static bool laid_out_differently(uint16_t type)
{
	static const uint16_t types[] = {23, 38, 58, 64, 65, 107};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i] == type)
			return true;
	}
	return false;
}

/* ldns 1.8 ends a message at a TSIG, whatever the counts say, and leaks the first of two. */
static bool tsig_possible(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 1 < size; i++) {
		if (data[i] == 0 && data[i + 1] == LDNS_RR_TYPE_TSIG)
			return true;
	}
	return false;
}

/*
 * Leading records of ours that end for ldns where RDLENGTH says. ldns 1.8 goes on behind the last field that
 * it knows; what follows a record with more octets than that is another message to it.
 */
static unsigned n_comparable(const struct dw_message *message)
{
	for (unsigned i = 0; i < message->n_records; i++) {
		const struct dw_rr *rr = &message->records[i];
		size_t at = rr->owner, end = (size_t)(rr->rdata - message->wire) + rr->rdlength;
		ldns_rr *other = NULL;
		ldns_status status = ldns_wire2rr(&other, message->wire, message->length, &at, LDNS_SECTION_ANSWER);
		ldns_rr_free(status == LDNS_STATUS_OK ? other : NULL);
		if (status != LDNS_STATUS_OK || at != end)
			return i;
	}
	return message->n_records;
}

/* `message` holds what was read before the fault. */
static void assert_stricter(const struct dw_message *message, const struct dw_error *error)
{
	if (n_comparable(message) < message->n_records)
		return;
	for (size_t i = 0; i < sizeof(stricter) / sizeof(stricter[0]); i++) {
		if (strstr(error->text, stricter[i]) != NULL)
			return;
	}
	fprintf(stderr, "refused, and ldns takes it: %s\n", error->text);
	abort();
}

/* ldns reads RDATA where ours keeps it for later; without any there is nothing for it to refuse. */
static void assert_rdata_to_refuse(const struct dw_message *message, ldns_status status)
{
	unsigned n_rdata = 0;

	for (unsigned i = 0; i < message->n_records; i++)
		n_rdata += message->records[i].rdlength > 0;
	if (n_rdata == 0) {
		fprintf(stderr, "taken, and ldns refuses it: %s\n", ldns_get_errorstr_by_id(status));
		abort();
	}
}

static void compare_header(const struct dw_message *message, const ldns_pkt *packet)
{
	assert(message->id == ldns_pkt_id(packet));
	assert((message->rcode & 15) == (uint16_t)ldns_pkt_get_rcode(packet));
	assert(message->opcode == (uint8_t)ldns_pkt_get_opcode(packet));
	assert(message->response == ldns_pkt_qr(packet));
	assert(message->authoritative == ldns_pkt_aa(packet));
	assert(message->truncated == ldns_pkt_tc(packet));
	assert(message->recursion_desired == ldns_pkt_rd(packet));
	assert(message->recursion_available == ldns_pkt_ra(packet));
	assert(message->authentic_data == ldns_pkt_ad(packet));
	assert(message->checking_disabled == ldns_pkt_cd(packet));
}

/* An OPT record may stand where ldns sees something else, if a record before it has too much RDATA. */
static void compare_edns(const struct dw_message *message, const ldns_pkt *packet)
{
	if (!message->edns.present || n_comparable(message) < message->n_records)
		return;
	assert(message->edns.payload_size == ldns_pkt_edns_udp_size(packet));
	assert(message->edns.version == ldns_pkt_edns_version(packet));
	assert(message->edns.dnssec_ok == ldns_pkt_edns_do(packet));
	assert(message->rcode >> 4 == ldns_pkt_edns_extended_rcode(packet));
}

static void compare_name(const struct dw_name *name, const ldns_rdf *dname)
{
	assert(name->length == ldns_rdf_size(dname));
	assert(memcmp(name->wire, ldns_rdf_data(dname), name->length) == 0);
}

static void compare_question(const struct dw_message *message, const ldns_pkt *packet)
{
	const ldns_rr_list *questions = ldns_pkt_question(packet);

	assert(ldns_rr_list_rr_count(questions) == (message->has_question ? 1 : 0));
	if (!message->has_question)
		return;
	const ldns_rr *question = ldns_rr_list_rr(questions, 0);
	compare_name(&message->qname, ldns_rr_owner(question));
	assert(message->qtype == (uint16_t)ldns_rr_get_type(question));
	assert(message->qclass == (uint16_t)ldns_rr_get_class(question));
}

/* The RDATA of ldns in wire form, names written out. */
static size_t write_rdata(const ldns_rr *rr, ldns_buffer *buffer)
{
	ldns_buffer_clear(buffer);
	assert(ldns_rr_rdata2buffer_wire(buffer, rr) == LDNS_STATUS_OK);
	return ldns_buffer_position(buffer);
}

static void fail_rdata(const struct dw_rr *rr, size_t ours, size_t theirs, const char *what)
{
	fprintf(stderr, "type %u, RDLENGTH %u, ours %zu, ldns %zu: %s\n", (unsigned)rr->type,
		(unsigned)rr->rdlength, ours, theirs, what);
	abort();
}

/*
 * Canonical RDATA of a record, or of what is left of it when octets are taken from its end: ldns drops what
 * follows the last field of a type. False when none of it can be read.
 */
static bool write_canonical(const struct dw_message *message, const struct dw_rr *rr, struct canonical *made)
{
	struct dw_rr shorter = *rr;

	while (
		dw_rdata_canonical(message, &shorter, made->octets, sizeof(made->octets), &made->length) != DW_OK) {
		if (shorter.rdlength == 0)
			return false;
		shorter.rdlength--;
	}
	return true;
}

/* ldns takes RDATA that ends behind any of the fields of its type, or has none. */
static bool cut_between_fields(const ldns_rr *rr)
{
	const ldns_rr_descriptor *descriptor = ldns_rr_descript((uint16_t)ldns_rr_get_type(rr));

	return ldns_rr_rd_count(rr) < ldns_rr_descriptor_minimum(descriptor);
}

/*
 * RDATA may hold a pointer of the kind that ours does not follow: forward, into the header, to many others.
 */
static bool pointer_possible(const struct dw_rr *rr)
{
	for (uint16_t i = 0; i < rr->rdlength; i++) {
		if (rr->rdata[i] >= 0xc0)
			return true;
	}
	return false;
}

/* Canonical RDATA is that of ldns, whose record is changed by this. */
static void compare_rdata(
	const struct dw_message *message, const struct dw_rr *rr, ldns_rr *other, ldns_buffer *buffer)
{
	static struct canonical made;

	if (laid_out_differently(rr->type) || cut_between_fields(other))
		return;
	ldns_rr2canonical(other);
	size_t length = write_rdata(other, buffer);
	if (!write_canonical(message, rr, &made)) {
		if (!pointer_possible(rr))
			fail_rdata(rr, 0, length, "ours refuses it");
		return;
	}
	if (made.length != length || memcmp(made.octets, ldns_buffer_begin(buffer), length) != 0)
		fail_rdata(rr, made.length, length, "they differ");
}

static void compare_record(
	const struct dw_message *message, const struct dw_rr *rr, ldns_rr *other, ldns_buffer *buffer)
{
	struct dw_name owner;

	dw_message_owner(message, rr, &owner);
	compare_name(&owner, ldns_rr_owner(other));
	assert(rr->type == (uint16_t)ldns_rr_get_type(other));
	assert(rr->rr_class == (uint16_t)ldns_rr_get_class(other));
	/* RFC 2181 8: the top bit makes it 0, which ldns leaves to others. */
	assert(rr->ttl == (ldns_rr_ttl(other) > INT32_MAX ? 0 : ldns_rr_ttl(other)));
	compare_rdata(message, rr, other, buffer);
}

/*
 * Compares records of a section, ours from `at` on and not from `end` on; returns the first of the next one.
 */
static unsigned compare_section(
	const struct dw_message *message, unsigned at, unsigned end, const ldns_rr_list *list)
{
	ldns_buffer *buffer = ldns_buffer_new(2 * LDNS_MAX_PACKETLEN);
	unsigned section = at < end ? message->records[at].section : DW_ADDITIONAL;
	size_t n = ldns_rr_list_rr_count(list);

	for (size_t i = 0; i < n && at < end; i++, at++) {
		assert(message->records[at].section == section);
		compare_record(message, &message->records[at], ldns_rr_list_rr(list, i), buffer);
	}
	assert(at == end || message->records[at].section > section);
	ldns_buffer_free(buffer);
	return at;
}

/* Compares the records of all sections, which must be as many unless they stop being comparable. */
static void compare_records(const struct dw_message *message, const ldns_pkt *packet)
{
	const ldns_rr_list *lists[] = {
		ldns_pkt_answer(packet), ldns_pkt_authority(packet), ldns_pkt_additional(packet)};
	unsigned at = 0, end = n_comparable(message);

	for (unsigned section = DW_ANSWER; section <= DW_ADDITIONAL; section++) {
		if (at < end && message->records[at].section == section)
			at = compare_section(message, at, end, lists[section]);
		else if (end == message->n_records)
			assert(ldns_rr_list_rr_count(lists[section]) == 0);
	}
	assert(at == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dw_message message;
	struct dw_error error = {0};
	ldns_pkt *packet = NULL;

	if (tsig_possible(data, size))
		return 0;
	message.n_records = 0;
	bool ours = dw_message_parse(data, size, &message, &error) == DW_OK;
	ldns_status status = ldns_wire2pkt(&packet, data, size);
	if (!ours && status == LDNS_STATUS_OK)
		assert_stricter(&message, &error);
	if (ours && status != LDNS_STATUS_OK)
		assert_rdata_to_refuse(&message, status);
	if (ours && status == LDNS_STATUS_OK) {
		compare_header(&message, packet);
		compare_edns(&message, packet);
		compare_question(&message, packet);
		compare_records(&message, packet);
	}
	ldns_pkt_free(packet);
	return 0;
}
