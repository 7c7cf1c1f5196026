#include "dns/truncation.h"

#include "dns/rung.h"

/* Whether a rung by UDP has room for every answer that is due, and its answer can be compared. */
static bool has_room(const struct dw_payload_rung *rung)
{
	return !rung->tcp && rung->size >= DW_RUNG_USUAL && rung->answered &&
		(rung->probe == DW_PROBE_EDNS || rung->probe == DW_PROBE_BETWEEN);
}

static bool is_whole(const struct dw_payload_rung *rung)
{
	return rung->size > 0 && rung->n_answered > rung->n_truncated && !rung->reply.broken;
}

/* Octets of the whole answer to a rung's question; 0 while no rung has brought it. */
static size_t full_size(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	size_t size = 0;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *other = &address->rungs[i];

		if (other->answered && !other->reply.truncated && !other->reply.broken && other->reply.whole &&
			other->probe != DW_PROBE_VERSION && other->size > 0 && dw_rung_asks_same(rung, other) &&
			other->reply.size > size)
			size = other->reply.size;
	}
	return size;
}

/* The buffer that the server advertises by UDP; what truncates may take OPT out, or make its own. */
static uint16_t advertised_by(const struct dw_payload_address *address)
{
	uint16_t advertised = 0;

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->tcp && rung->answered && !rung->reply.broken && rung->reply.advertised > advertised)
			advertised = rung->reply.advertised;
	}
	return advertised;
}

/* Whether the RRset of a rung came whole by UDP, into any buffer that has room for it. */
static bool comes_whole(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *other = &address->rungs[i];

		if (has_room(other) && is_whole(other) && dw_rung_asks_same(rung, other))
			return true;
	}
	return false;
}

static void count(const struct dw_payload_address *address, unsigned at, struct dw_truncation *truncation)
{
	const struct dw_payload_rung *rung = &address->rungs[at];
	size_t size = full_size(address, rung);

	if (size == 0 || size > DW_TRUNCATION_DUE)
		return;
	if (comes_whole(address, rung)) {
		truncation->n_at_times += rung->n_truncated;
		return;
	}
	*(size > truncation->advertised ? &truncation->n_told : &truncation->n_needless) += rung->n_truncated;
	if (truncation->least == 0 || size < truncation->least) {
		truncation->least = size;
		truncation->rung = at;
	}
}

void dw_truncation_find(const struct dw_payload_address *address, struct dw_truncation *truncation)
{
	*truncation = (struct dw_truncation){.advertised = advertised_by(address)};
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->tcp && rung->answered && is_whole(rung) && !rung->reply.truncated &&
			rung->reply.size > truncation->whole)
			truncation->whole = rung->reply.size;
		/* Without any OPT it is not the size that is at fault. */
		if (truncation->advertised > 0 && has_room(rung) && rung->n_truncated > 0)
			count(address, i, truncation);
	}
}

bool dw_truncation_is_open(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	return has_room(rung) && rung->n_truncated > 0 && full_size(address, rung) == 0;
}
