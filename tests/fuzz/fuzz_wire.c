/*
 * fuzz_wire: any octets as a message, everything in it walked, and what headers promise asserted.
 */
#include <assert.h>
#include <string.h>

#include "dns/rdata.h"
#include "dns/rrset.h"
#include "dns/wire.h"
#include "fuzz/target.h"

/* What one run works with. */
struct bench {
	struct dw_message message;
	struct dw_rrset rrset;
	unsigned met[DW_RECORDS_MAX];
	uint8_t canonical[DW_MESSAGE_MAX + 2 * DW_NAME_MAX];
	uint8_t other[DW_MESSAGE_MAX + 2 * DW_NAME_MAX];
};

static bool printable(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text < ' ' || *text > '~' || *text == '|')
			return false;
	}
	return true;
}

/* Whether octets lie within the message. */
static void assert_inside(const struct dw_message *message, const uint8_t *octets, size_t length)
{
	assert(octets >= message->wire && octets <= message->wire + message->length);
	assert(length <= (size_t)(message->wire + message->length - octets));
}

/* A name is whole, and survives being written and read. */
static void assert_name(const struct dw_name *name)
{
	struct dw_name again;
	char text[DW_NAME_TEXT_MAX];

	assert(name->length > 0 && name->wire[name->length - 1] == 0);
	assert(dw_name_read(name->wire, name->length, &again, NULL) == DW_OK);
	assert(again.length == name->length);
	assert(printable(dw_name_format(name, text)));
	assert(dw_name_parse(text, &again, NULL) == DW_OK);
	assert(again.length == name->length && memcmp(again.wire, name->wire, name->length) == 0);
}

static void walk_types(const uint8_t *types, uint16_t length)
{
	unsigned n = 0;

	for (unsigned type = 0; type <= UINT16_MAX; type += 1021)
		n += dw_types_has(types, length, (uint16_t)type);
	assert(length > 0 || n == 0);
}

static void walk_nsec(const struct dw_message *message, const struct dw_rr *rr)
{
	struct dw_nsec nsec;
	struct dw_nsec3 nsec3;

	if (rr->type == DW_TYPE_NSEC && dw_nsec_read(message, rr, &nsec) == DW_OK) {
		assert_name(&nsec.next);
		assert(nsec.types + nsec.types_length == rr->rdata + rr->rdlength);
		walk_types(nsec.types, nsec.types_length);
	}
	if (rr->type == DW_TYPE_NSEC3 && dw_nsec3_read(rr, &nsec3) == DW_OK) {
		assert_inside(message, nsec3.salt, nsec3.salt_length);
		assert_inside(message, nsec3.next, nsec3.next_length);
		assert(nsec3.types + nsec3.types_length == rr->rdata + rr->rdlength);
		walk_types(nsec3.types, nsec3.types_length);
	}
	/* Also on octets that nobody checked. */
	walk_types(rr->rdata, rr->rdlength);
}

static void walk_rdata(const struct dw_message *message, const struct dw_rr *rr)
{
	struct dw_dnskey dnskey;
	struct dw_rrsig rrsig;
	struct dw_ds ds;
	struct dw_soa soa;

	if (dw_dnskey_read(rr, &dnskey) == DW_OK) {
		assert(dnskey.key + dnskey.key_length == rr->rdata + rr->rdlength);
		assert(dnskey.key_tag == dw_key_tag(rr->rdata, rr->rdlength));
	}
	if (dw_rrsig_read(message, rr, &rrsig) == DW_OK) {
		assert_name(&rrsig.signer);
		assert(rrsig.signature_length > 0);
		assert(rrsig.signature + rrsig.signature_length == rr->rdata + rr->rdlength);
	}
	if (dw_ds_read(rr, &ds) == DW_OK)
		assert(ds.digest_length > 0 && ds.digest + ds.digest_length == rr->rdata + rr->rdlength);
	if (dw_soa_read(message, rr, &soa) == DW_OK) {
		assert_name(&soa.mname);
		assert_name(&soa.rname);
	}
	walk_nsec(message, rr);
}

/* Names may be asked for at any octet of RDATA. */
static void walk_names(const struct dw_message *message, const struct dw_rr *rr)
{
	struct dw_name name;
	uint16_t next;

	for (uint16_t at = 0; at <= rr->rdlength && at < 64; at++) {
		if (dw_message_name(message, rr, at, &name, &next) != DW_OK)
			continue;
		assert_name(&name);
		assert(next > at && next <= rr->rdlength);
	}
}

static void walk_record(struct bench *bench, unsigned at)
{
	const struct dw_message *message = &bench->message;
	const struct dw_rr *rr = &message->records[at];
	struct dw_name owner, upper;

	assert_inside(message, rr->rdata, rr->rdlength);
	assert(at == 0 || rr->section >= rr[-1].section);
	assert(rr->section <= DW_ADDITIONAL && rr->ttl <= INT32_MAX && rr->type != DW_TYPE_OPT);
	dw_message_owner(message, rr, &owner);
	assert_name(&owner);
	upper = owner;
	dw_name_lower(&upper);
	assert(dw_message_owner_is(message, rr, &owner) && dw_message_owner_is(message, rr, &upper));
	upper.wire[upper.length - 1] = 1;
	assert(!dw_message_owner_is(message, rr, &upper));
	walk_names(message, rr);
	walk_rdata(message, rr);
}

/* Canonical RDATA, exactly as long as it says. */
static bool canonical(const struct bench *bench, unsigned at, uint8_t *octets, size_t *length)
{
	const struct dw_rr *rr = &bench->message.records[at];
	size_t again, room = sizeof(bench->canonical);

	enum dw_status status = dw_rdata_canonical(&bench->message, rr, octets, room, length);
	assert(status == DW_OK || status == DW_MALFORMED);
	if (status != DW_OK)
		return false;
	assert(dw_rdata_canonical(&bench->message, rr, octets, *length, &again) == DW_OK && again == *length);
	if (*length > 0)
		assert(dw_rdata_canonical(&bench->message, rr, octets, *length - 1, &again) == DW_LIMIT);
	return true;
}

/* Records of an RRset rise strictly in canonical order (RFC 4034 6.3). */
static void walk_order(struct bench *bench)
{
	const struct dw_rrset *rrset = &bench->rrset;

	for (unsigned i = 1; i < rrset->n_records; i++) {
		size_t a, b;
		if (!canonical(bench, rrset->records[i - 1], bench->canonical, &a) ||
			!canonical(bench, rrset->records[i], bench->other, &b))
			continue;
		int order = memcmp(bench->canonical, bench->other, a < b ? a : b);
		assert(order < 0 || (order == 0 && a < b));
	}
}

static void walk_rrset(struct bench *bench, unsigned at)
{
	struct dw_rrset *rrset = &bench->rrset;
	const struct dw_message *message = &bench->message;

	if (!dw_rrset_at(message, at, rrset))
		return;
	assert(rrset->n_records > 0 && rrset->n_records <= DW_RRSET_RECORDS_MAX);
	assert(rrset->n_signatures <= DW_RRSET_SIGNATURES_MAX);
	for (unsigned i = 0; i < rrset->n_records; i++) {
		const struct dw_rr *rr = &message->records[rrset->records[i]];
		assert(rr->type == rrset->type && rr->section == rrset->section && rr->ttl >= rrset->ttl);
		assert(dw_message_owner_is(message, rr, &rrset->owner));
		assert(bench->met[rrset->records[i]]++ == 0);
	}
	for (unsigned i = 0; i < rrset->n_signatures; i++)
		assert(message->records[rrset->signatures[i]].type == DW_TYPE_RRSIG);
	walk_order(bench);
}

static void walk_edns(const struct dw_edns *edns)
{
	struct dw_ede items[DW_EDE_ITEMS_MAX];
	char text[DW_NSID_TEXT_MAX], name[DW_EDE_NAME_MAX];

	unsigned n = dw_edns_ede(edns, items);
	assert(n <= DW_EDE_ITEMS_MAX && (edns->present || n == 0));
	for (unsigned i = 0; i < n; i++)
		assert(printable(items[i].text) && printable(dw_ede_text(items[i].code, name)));
	assert(printable(dw_edns_nsid(edns, text)));
}

/* The question of a message, asked by us, is answered by it: the two readers agree. */
static void walk_question(const struct dw_message *message)
{
	struct dw_ask ask = {.name = message->qname, .type = message->qtype, .qclass = message->qclass};
	uint8_t wire[DW_QUESTION_MAX];

	if (!message->has_question)
		return;
	assert_name(&message->qname);
	bool expected = message->response && message->opcode == 0 && message->qclass != 0;
	assert(!expected || dw_message_answers(message->wire, message->length, message->id, &ask));
	size_t length = dw_ask_write(&ask, message->id, wire);
	assert(length <= sizeof(wire));
	wire[2] |= 0x80;
	assert(dw_message_answers(wire, length, message->id, &ask));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct dw_ask ask = {.name = {1, {0}}, .type = DW_TYPE_DNSKEY};
	struct dw_error error = {0};
	static struct bench memory;
	struct bench *bench = &memory;

	(void)dw_message_answers(data, size, 0, &ask);
	enum dw_status status = dw_message_parse(data, size, &bench->message, &error);
	assert(status == DW_OK || ((status == DW_MALFORMED || status == DW_LIMIT) && printable(error.text)));
	assert(status == DW_OK || error.text[0] != '\0');
	if (status == DW_OK) {
		memset(bench->met, 0, bench->message.n_records * sizeof(bench->met[0]));
		for (unsigned i = 0; i < bench->message.n_records; i++) {
			walk_record(bench, i);
			walk_rrset(bench, i);
		}
		walk_edns(&bench->message.edns);
		walk_question(&bench->message);
	}
	return 0;
}
