#include "dns/signed_data.h"

#include <string.h>

#include "dns/octets.h"

#define RRSIG_HEAD 18 /* octets before the signer's name */
#define RR_FIXED   10 /* type, class, TTL, RDLENGTH */

unsigned dw_signed_data_labels(const struct dw_name *owner)
{
	unsigned labels = dw_name_labels(owner);

	return dw_name_is_wildcard(owner) ? labels - 1 : labels;
}

static uint8_t *put32(uint8_t *octets, uint32_t value)
{
	return dw_put16(dw_put16(octets, value >> 16), value & 0xffff);
}

static uint8_t *put_name(uint8_t *octets, const struct dw_name *name)
{
	memcpy(octets, name->wire, name->length);
	return octets + name->length;
}

/* The owner as it was signed: small letters, and the wildcard in place of what was expanded. */
static struct dw_name signed_owner(const struct dw_name *owner, unsigned labels)
{
	struct dw_name name = *owner;

	if (labels < dw_signed_data_labels(owner)) {
		struct dw_name encloser = dw_name_ancestor(owner, labels);
		/* At least one label went, so that two octets more always fit. */
		name.wire[0] = 1;
		name.wire[1] = '*';
		memcpy(name.wire + 2, encloser.wire, encloser.length);
		name.length = (uint8_t)(encloser.length + 2);
	}
	dw_name_lower(&name);
	return name;
}

/* Writes the fields before the signature, and returns what follows them. */
static uint8_t *put_rrsig(uint8_t *at, const struct dw_rrsig *rrsig)
{
	struct dw_name signer = rrsig->signer;

	at = dw_put16(at, rrsig->type_covered);
	*at++ = rrsig->algorithm;
	*at++ = rrsig->labels;
	at = put32(at, rrsig->original_ttl);
	at = put32(at, rrsig->expiration);
	at = put32(at, rrsig->inception);
	at = dw_put16(at, rrsig->key_tag);
	dw_name_lower(&signer);
	return put_name(at, &signer);
}

enum dw_status dw_signed_data_write(
	const struct dw_rrset *rrset, const struct dw_rrsig *rrsig, uint8_t *octets, size_t size, size_t *length)
{
	struct dw_name owner = signed_owner(&rrset->owner, rrsig->labels);
	uint8_t *at = octets, *end = octets + size;

	if (size < RRSIG_HEAD + (size_t)rrsig->signer.length)
		return DW_LIMIT;
	at = put_rrsig(at, rrsig);
	for (unsigned i = 0; i < rrset->n_records; i++) {
		const struct dw_rr *rr = &rrset->message->records[rrset->records[i]];
		size_t rdlength;
		if ((size_t)(end - at) < (size_t)owner.length + RR_FIXED)
			return DW_LIMIT;
		at = put_name(at, &owner);
		at = dw_put16(at, rrset->type);
		at = dw_put16(at, rrset->rr_class);
		at = put32(at, rrsig->original_ttl);
		enum dw_status status =
			dw_rdata_canonical(rrset->message, rr, at + 2, (size_t)(end - at) - 2, &rdlength);
		if (status != DW_OK)
			return status;
		if (rdlength > UINT16_MAX)
			return DW_MALFORMED;
		at = dw_put16(at, (unsigned)rdlength) + rdlength;
	}
	*length = (size_t)(at - octets);
	return DW_OK;
}
