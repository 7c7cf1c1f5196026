#include "dns/keyring.h"

#include <stdlib.h>
#include <string.h>

#include "dns/rdata.h"

#define DNSKEY_HEAD     4 /* flags, protocol, algorithm */
#define PROTOCOL_DNSSEC 3

/* What the fields alone say, before the octets of the key are looked at. */
static enum dw_key_state state_of(const struct dw_keyring_key *entry)
{
	if (entry->protocol != PROTOCOL_DNSSEC)
		return DW_KEY_NOT_DNSSEC;
	if ((entry->flags & DW_KEY_ZONE) == 0)
		return DW_KEY_NOT_ZONE_KEY;
	if (!dw_algorithm_supported(entry->algorithm))
		return DW_KEY_ALGORITHM_UNSUPPORTED;
	return entry->flags & DW_KEY_REVOKE ? DW_KEY_REVOKED : DW_KEY_USABLE;
}

/* Copies one record into an entry; false without memory. */
static bool take(struct dw_keyring_key *entry, const struct dw_rr *rr)
{
	struct dw_dnskey dnskey;

	*entry = (struct dw_keyring_key){.state = DW_KEY_BROKEN, .rdata_length = rr->rdlength};
	entry->rdata = malloc(rr->rdlength > 0 ? rr->rdlength : 1);
	if (entry->rdata == NULL)
		return false;
	if (rr->rdlength > 0)
		memcpy(entry->rdata, rr->rdata, rr->rdlength);
	if (dw_dnskey_read(rr, &dnskey) != DW_OK)
		return true;
	entry->flags = dnskey.flags;
	entry->key_tag = dnskey.key_tag;
	entry->protocol = dnskey.protocol;
	entry->algorithm = dnskey.algorithm;
	entry->state = state_of(entry);
	return true;
}

enum dw_status dw_keyring_init(struct dw_keyring *ring, const struct dw_rrset *rrset, struct dw_error *error)
{
	ring->owner = rrset->owner;
	ring->n_keys = 0;
	ring->too_many = rrset->too_many;
	for (unsigned i = 0; i < rrset->n_records; i++) {
		const struct dw_rr *rr = &rrset->message->records[rrset->records[i]];
		if (rr->type != DW_TYPE_DNSKEY)
			continue;
		if (ring->n_keys == DW_KEYS_MAX) {
			ring->too_many = true;
			return DW_OK;
		}
		if (!take(&ring->keys[ring->n_keys], rr)) {
			dw_keyring_fini(ring);
			return dw_fail(error, DW_SYSTEM, "no memory for the keys of a DNSKEY RRset");
		}
		ring->n_keys++;
	}
	return DW_OK;
}

struct dw_key *dw_keyring_key(struct dw_keyring *ring, unsigned at, struct dw_curves *curves)
{
	struct dw_keyring_key *entry = &ring->keys[at];

	if (entry->tried || (entry->state != DW_KEY_USABLE && entry->state != DW_KEY_REVOKED))
		return entry->key;
	struct dw_octets field = {entry->rdata + DNSKEY_HEAD, (size_t)entry->rdata_length - DNSKEY_HEAD};
	enum dw_status status = dw_key_new(entry->algorithm, field, curves, &entry->key, NULL);
	/* Without memory there is no verdict, so the next call tries again. */
	entry->tried = status != DW_SYSTEM;
	if (status == DW_UNSUPPORTED)
		entry->state = DW_KEY_ALGORITHM_UNSUPPORTED;
	if (status == DW_MALFORMED)
		entry->state = DW_KEY_BROKEN;
	return entry->key;
}

void dw_keyring_fini(struct dw_keyring *ring)
{
	for (unsigned i = 0; i < ring->n_keys; i++) {
		dw_key_free(ring->keys[i].key);
		free(ring->keys[i].rdata);
	}
	ring->n_keys = 0;
}
