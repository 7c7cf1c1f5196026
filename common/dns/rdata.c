#include "dns/rdata.h"

#include "dns/octets.h"

#define DNSKEY_HEAD 4  /* flags, protocol, algorithm */
#define RRSIG_HEAD  18 /* everything before the signer's name */
#define DS_HEAD     4  /* key tag, algorithm, digest type */
#define SOA_TAIL    20 /* five numbers of 32 bits */
#define NSEC3_HEAD  5  /* hash algorithm, flags, iterations, salt length */

#define ALGORITHM_RSAMD5 1
#define HASH_SHA1        1

/* Type bit maps (RFC 4034 4.1.2): blocks of a window number, a length and that many octets. */
#define BLOCK_HEAD 2
#define BLOCK_MAX  32

uint16_t dw_key_tag(const uint8_t *rdata, size_t length)
{
	uint32_t sum = 0;

	/* B.1: the upper 16 of the lowest 24 bits of the modulus, which stands last. */
	if (length >= DNSKEY_HEAD && rdata[3] == ALGORITHM_RSAMD5)
		return length >= DNSKEY_HEAD + 3 ? dw_read16(rdata + length - 3) : 0;
	for (size_t i = 0; i < length; i++)
		sum += i & 1 ? rdata[i] : (uint32_t)rdata[i] << 8;
	return (uint16_t)(sum + (sum >> 16));
}

enum dw_status dw_dnskey_read(const struct dw_rr *rr, struct dw_dnskey *dnskey)
{
	const uint8_t *rdata = rr->rdata;

	if (rr->rdlength < DNSKEY_HEAD)
		return DW_MALFORMED;
	*dnskey = (struct dw_dnskey){
		.flags = dw_read16(rdata),
		.protocol = rdata[2],
		.algorithm = rdata[3],
		.key_tag = dw_key_tag(rdata, rr->rdlength),
		.key_length = (uint16_t)(rr->rdlength - DNSKEY_HEAD),
		.key = rdata + DNSKEY_HEAD,
	};
	return DW_OK;
}

enum dw_status dw_rrsig_read(const struct dw_message *message, const struct dw_rr *rr, struct dw_rrsig *rrsig)
{
	const uint8_t *rdata = rr->rdata;
	uint16_t next;

	if (rr->rdlength < RRSIG_HEAD)
		return DW_MALFORMED;
	if (dw_message_name(message, rr, RRSIG_HEAD, &rrsig->signer, &next) != DW_OK)
		return DW_MALFORMED;
	rrsig->type_covered = dw_read16(rdata);
	rrsig->algorithm = rdata[2];
	rrsig->labels = rdata[3];
	rrsig->original_ttl = dw_read32(rdata + 4);
	rrsig->expiration = dw_read32(rdata + 8);
	rrsig->inception = dw_read32(rdata + 12);
	rrsig->key_tag = dw_read16(rdata + 16);
	rrsig->signature = rdata + next;
	rrsig->signature_length = (uint16_t)(rr->rdlength - next);
	return rrsig->signature_length > 0 ? DW_OK : DW_MALFORMED;
}

enum dw_status dw_ds_read(const struct dw_rr *rr, struct dw_ds *ds)
{
	/* Of any length but none: a digest that was cut is something to be told about. */
	if (rr->rdlength <= DS_HEAD)
		return DW_MALFORMED;
	*ds = (struct dw_ds){
		.key_tag = dw_read16(rr->rdata),
		.algorithm = rr->rdata[2],
		.digest_type = rr->rdata[3],
		.digest_length = (uint16_t)(rr->rdlength - DS_HEAD),
		.digest = rr->rdata + DS_HEAD,
	};
	return DW_OK;
}

/* Whether bit maps keep to RFC 4034 4.1.2: windows in order, no empty block, no zero octet at an end. */
static bool types_valid(const uint8_t *types, size_t length)
{
	int last_window = -1;

	for (size_t at = 0; at < length;) {
		if (length - at < BLOCK_HEAD)
			return false;
		int window = types[at];
		size_t size = types[at + 1];
		if (window <= last_window || size == 0 || size > BLOCK_MAX || size > length - at - BLOCK_HEAD)
			return false;
		if (types[at + BLOCK_HEAD + size - 1] == 0)
			return false;
		last_window = window;
		at += BLOCK_HEAD + size;
	}
	return true;
}

bool dw_types_has(const uint8_t *types, uint16_t types_length, uint16_t type)
{
	size_t octet = (type & 0xffu) >> 3;

	for (size_t at = 0; types_length - at >= BLOCK_HEAD;) {
		size_t size = types[at + 1];
		if (size > types_length - at - BLOCK_HEAD)
			return false;
		if (types[at] == type >> 8)
			return octet < size && (types[at + BLOCK_HEAD + octet] & 0x80 >> (type & 7));
		at += BLOCK_HEAD + size;
	}
	return false;
}

enum dw_status dw_nsec_read(const struct dw_message *message, const struct dw_rr *rr, struct dw_nsec *nsec)
{
	uint16_t next;

	if (dw_message_name(message, rr, 0, &nsec->next, &next) != DW_OK)
		return DW_MALFORMED;
	nsec->types = rr->rdata + next;
	nsec->types_length = (uint16_t)(rr->rdlength - next);
	/* A name that owns an NSEC has at least the types NSEC and RRSIG. */
	if (nsec->types_length == 0 || !types_valid(nsec->types, nsec->types_length))
		return DW_MALFORMED;
	return DW_OK;
}

/* Whether `rdlength` octets hold an NSEC3 up to its types; sets where these begin. */
static bool nsec3_types_at(const uint8_t *rdata, size_t rdlength, size_t *at)
{
	if (rdlength < NSEC3_HEAD)
		return false;
	size_t hash = NSEC3_HEAD + (size_t)rdata[NSEC3_HEAD - 1];
	if (rdlength <= hash)
		return false;
	*at = hash + 1 + rdata[hash];
	return *at <= rdlength;
}

enum dw_status dw_nsec3_read(const struct dw_rr *rr, struct dw_nsec3 *nsec3)
{
	const uint8_t *rdata = rr->rdata;
	size_t types;

	if (!nsec3_types_at(rdata, rr->rdlength, &types))
		return DW_MALFORMED;
	size_t salt_length = rdata[NSEC3_HEAD - 1];
	*nsec3 = (struct dw_nsec3){
		.hash_algorithm = rdata[0],
		.flags = rdata[1],
		.iterations = dw_read16(rdata + 2),
		.salt_length = (uint8_t)salt_length,
		.next_length = rdata[NSEC3_HEAD + salt_length],
		.salt = rdata + NSEC3_HEAD,
		.next = rdata + NSEC3_HEAD + salt_length + 1,
		.types = rdata + types,
		.types_length = (uint16_t)(rr->rdlength - types),
	};
	bool fits =
		nsec3->hash_algorithm == HASH_SHA1 ? nsec3->next_length == DW_NSEC3_HASH_MAX : nsec3->next_length > 0;
	/* No types at all is right here: an empty non-terminal has an NSEC3. */
	return fits && types_valid(nsec3->types, nsec3->types_length) ? DW_OK : DW_MALFORMED;
}

enum dw_status dw_soa_read(const struct dw_message *message, const struct dw_rr *rr, struct dw_soa *soa)
{
	uint16_t next;

	if (dw_message_name(message, rr, 0, &soa->mname, &next) != DW_OK)
		return DW_MALFORMED;
	if (dw_message_name(message, rr, next, &soa->rname, &next) != DW_OK)
		return DW_MALFORMED;
	if (rr->rdlength - next != SOA_TAIL)
		return DW_MALFORMED;
	const uint8_t *numbers = rr->rdata + next;
	soa->serial = dw_read32(numbers);
	soa->refresh = dw_read32(numbers + 4);
	soa->retry = dw_read32(numbers + 8);
	soa->expire = dw_read32(numbers + 12);
	soa->minimum = dw_read32(numbers + 16);
	return DW_OK;
}
