#include "dns/kept.h"

const struct dw_reply *dw_kept_reply(const struct dw_server_facts *server, uint16_t type)
{
	for (unsigned i = 0; i < server->n_replies; i++) {
		if (server->replies[i].record.type == type)
			return &server->replies[i];
	}
	return NULL;
}

const struct dw_rrset_fact *dw_kept_rrset(const struct dw_reply *reply)
{
	for (unsigned i = 0; reply != NULL && i < reply->n_rrsets; i++) {
		const struct dw_rrset_fact *rrset = &reply->rrsets[i];
		if (rrset->type == reply->record.type && rrset->section == DW_ANSWER &&
			dw_name_equal(&rrset->owner, &reply->record.name))
			return rrset;
	}
	return NULL;
}

bool dw_kept_rdata(const struct dw_rrset_fact *rrset, size_t *at, struct dw_octets *rdata)
{
	if (rrset == NULL || *at >= rrset->kept_length)
		return false;
	rdata->length = dw_read16(rrset->kept + *at);
	rdata->octets = rrset->kept + *at + 2;
	*at += 2 + rdata->length;
	return true;
}

bool dw_kept_same(const struct dw_rrset_fact *a, const struct dw_rrset_fact *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return dw_octets_equal(
		(struct dw_octets){a->kept, a->kept_length}, (struct dw_octets){b->kept, b->kept_length});
}
