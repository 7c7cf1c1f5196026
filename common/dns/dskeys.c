#include "dns/dskeys.h"

#include "dns/dsset.h"
#include "dns/kept.h"

/* Notes the signatures of a key, the good one before others. */
static void take_signatures(struct dw_dskeys *keys, unsigned at)
{
	const struct dw_proof *proof = &keys->rrset->proof;
	struct dw_dskey *key = &keys->keys[at];

	for (unsigned i = 0; i < proof->n_signatures; i++) {
		const struct dw_signature *signature = &proof->signatures[i];
		bool its = signature->key >= 0
			? (unsigned)signature->key == at
			: signature->key_tag == key->key_tag && signature->algorithm == key->algorithm;
		if (!its || key->signs)
			continue;
		key->signature = signature;
		key->signs = signature->state == DW_SIGNATURE_GOOD;
	}
}

void dw_dskeys_read(const struct dw_server_facts *server, struct dw_dskeys *keys)
{
	struct dw_octets rdata;
	size_t at = 0;

	*keys = (struct dw_dskeys){.rrset = dw_kept_rrset(dw_kept_reply(server, DW_TYPE_DNSKEY)), .n_keys = 0};
	/* In the same order as the ring was made, which leaves out what is no key. */
	while (keys->n_keys < server->n_keys && dw_kept_rdata(keys->rrset, &at, &rdata)) {
		const struct dw_rr rr = {.rdata = rdata.octets, .rdlength = (uint16_t)rdata.length};
		struct dw_dnskey dnskey;
		if (dw_dnskey_read(&rr, &dnskey) != DW_OK)
			continue;
		struct dw_dskey *key = &keys->keys[keys->n_keys];
		*key = (struct dw_dskey){.rdata = rdata,
			.flags = dnskey.flags,
			.key_tag = dnskey.key_tag,
			.algorithm = dnskey.algorithm,
			.state = server->keys[keys->n_keys].state};
		take_signatures(keys, keys->n_keys++);
	}
}

bool dw_dskeys_alike(const struct dw_server_facts *a, const struct dw_server_facts *b)
{
	const struct dw_rrset_fact *of_a = dw_kept_rrset(dw_kept_reply(a, DW_TYPE_DNSKEY));
	const struct dw_rrset_fact *of_b = dw_kept_rrset(dw_kept_reply(b, DW_TYPE_DNSKEY));
	struct dw_dskeys left, right;

	if (of_a == NULL || !dw_kept_same(of_a, of_b) || of_a->proof.security != of_b->proof.security)
		return false;
	/* One may have the signature of another key: the keys are the same, and what a DS leads to is not. */
	dw_dskeys_read(a, &left);
	dw_dskeys_read(b, &right);
	if (left.n_keys != right.n_keys)
		return false;
	for (unsigned i = 0; i < left.n_keys; i++) {
		if (left.keys[i].signs != right.keys[i].signs)
			return false;
	}
	return true;
}

bool dw_dskeys_repeated(const struct dw_survey_facts *side, unsigned at)
{
	for (unsigned i = 0; i < at; i++) {
		if (dw_dskeys_alike(&side->servers[i], &side->servers[at]))
			return true;
	}
	return false;
}

static enum dw_ds_lead lead_of(const struct dw_dskey *key)
{
	switch (key->state) {
	case DW_KEY_USABLE:
		return key->signs ? DW_LEAD_GOOD : DW_LEAD_NOT_SIGNING;
	case DW_KEY_REVOKED:
		return DW_LEAD_REVOKED;
	case DW_KEY_NOT_ZONE_KEY:
	case DW_KEY_NOT_DNSSEC:
		return DW_LEAD_NOT_ZONE_KEY;
	default:
		return DW_LEAD_UNUSABLE;
	}
}

enum dw_ds_lead dw_dskeys_lead(const struct dw_ds_fact *ds, const struct dw_name *owner,
	const struct dw_dskeys *keys, const struct dw_dskey **key)
{
	enum dw_ds_lead best = DW_LEAD_NOWHERE;

	if (key != NULL)
		*key = NULL;
	for (unsigned i = 0; i < keys->n_keys; i++) {
		if (lead_of(&keys->keys[i]) >= best || !dw_ds_named(ds, 1, owner, keys->keys[i].rdata))
			continue;
		best = lead_of(&keys->keys[i]);
		if (key != NULL)
			*key = &keys->keys[i];
	}
	return best;
}

unsigned dw_dskeys_set(const struct dw_rrset_fact *rrset, struct dw_ds_fact set[DW_DS_MAX])
{
	struct dw_octets rdata;
	struct dw_ds ds;
	unsigned n = 0;
	size_t at = 0;

	while (n < DW_DS_MAX && dw_kept_rdata(rrset, &at, &rdata)) {
		const struct dw_rr rr = {.rdata = rdata.octets, .rdlength = (uint16_t)rdata.length};
		if (dw_ds_read(&rr, &ds) == DW_OK)
			set[n++] = dw_ds_of(&ds);
	}
	return dw_ds_sort(set, n);
}
