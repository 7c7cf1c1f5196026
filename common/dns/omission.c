#include "dns/omission.h"

#include "dns/rung.h"
#include "dns/truncation.h"

static bool is_silent(const struct dw_payload_rung *rung)
{
	return rung->n_asked > 0 && rung->n_answered == 0;
}

static bool is_usual(const struct dw_payload_rung *rung)
{
	return rung->probe == DW_PROBE_EDNS || rung->probe == DW_PROBE_BETWEEN;
}

/* The rung that asks for the same record by UDP with a buffer of `size`, or by TCP with this segment. */
static const struct dw_payload_rung *sibling(
	const struct dw_payload_address *address, const struct dw_payload_rung *rung, bool tcp, uint16_t value)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *other = &address->rungs[i];

		if (!(tcp ? other->probe == DW_PROBE_TCP : is_usual(other)) || other->topic != rung->topic ||
			(tcp ? other->segment : other->size) != value ||
			!dw_name_equal(&other->record.name, &rung->record.name) ||
			other->record.type != rung->record.type)
			continue;
		return other;
	}
	return rung;
}

/* Whether it is not yet clear if what is lost is lost as it comes in fragments, or for its size. */
static bool is_gap_wide(const struct dw_suspicions *suspicions)
{
	return dw_suspicion_of(suspicions, DW_SUSPECT_SIZE) != NULL && suspicions->udp_passed < DW_RUNG_LINK &&
		(suspicions->udp_lost == 0 || suspicions->udp_lost > DW_RUNG_LINK_6);
}

/* Whether what is lost may be longer than the path takes; routers put nothing in fragments with IPv6. */
static bool is_mtu_in_question(
	const struct dw_payload_address *address, const struct dw_suspicions *suspicions)
{
	return address->server.address.socket.any.sa_family == AF_INET6 &&
		dw_suspicion_of(suspicions, DW_SUSPECT_SIZE) != NULL && suspicions->udp_passed < DW_RUNG_LINK_6 &&
		(suspicions->udp_lost == 0 || suspicions->udp_lost > DW_RUNG_USUAL);
}

/* Whether a rung by UDP that was left out can tell something by now. */
static bool tells_more_udp(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	const struct dw_payload_rung *rung)
{
	const struct dw_payload_rung *usual = sibling(address, rung, false, DW_RUNG_USUAL);
	bool incomplete = usual->answered && usual->reply.truncated;

	/* A resolver would have to fetch what it answers. */
	if (rung->probe == DW_PROBE_BETWEEN)
		return (suspicions->edns_heard && !rung->checking_disabled) || is_gap_wide(suspicions);
	if (rung->probe == DW_PROBE_LONG)
		return is_mtu_in_question(address, suspicions);
	if (rung->probe != DW_PROBE_EDNS || rung->topic == DW_TOPIC_SOA)
		return false;
	if (rung->size == DW_RUNG_LINK || rung->size == DW_RUNG_LINK_6)
		return is_silent(sibling(address, rung, false, DW_RUNG_LARGE));
	if (rung->size == DW_RUNG_LEAST)
		return is_silent(usual);
	return incomplete || is_silent(usual);
}

/* The first of the names that make answers longer, or the first of those whose answer came truncated. */
static const struct dw_payload_rung *first_between(const struct dw_payload_address *address, bool truncated)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->probe == DW_PROBE_BETWEEN && (!truncated || rung->n_truncated > 0))
			return rung;
	}
	return NULL;
}

/* Whether UDP is silent to a question whose answer's size nobody knows. */
static bool is_size_wanted(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	const struct dw_payload_rung *rung)
{
	const struct dw_payload_rung *large = sibling(address, rung, false, DW_RUNG_LARGE);
	const struct dw_payload_rung *usual = sibling(address, rung, false, DW_RUNG_USUAL);

	/* The size of the shortest tells those of the longer ones. */
	if (large->probe == DW_PROBE_BETWEEN && large != first_between(address, false))
		return false;
	return dw_suspicion_of(suspicions, DW_SUSPECT_SIZE) != NULL && (is_silent(large) || is_silent(usual)) &&
		dw_suspicion_full_size(address, rung) == 0;
}

/* Whether UDP truncates an answer whatever the buffer, so that nobody knows if it would fit. */
static bool is_truncation_open(const struct dw_payload_address *address, const struct dw_payload_rung *rung)
{
	const struct dw_payload_rung *large = sibling(address, rung, false, DW_RUNG_LARGE);

	return (rung->topic == DW_TOPIC_ABSENT || rung->topic == DW_TOPIC_SOA) &&
		dw_truncation_is_open(address, large) &&
		(large->probe != DW_PROBE_BETWEEN || large == first_between(address, true));
}

/* Whether a rung by TCP that was left out can tell something by now. */
static bool tells_more_tcp(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	const struct dw_payload_rung *rung)
{
	const struct dw_payload_rung *usual = sibling(address, rung, true, 0);
	const struct dw_payload_rung *small = sibling(address, rung, true, DW_RUNG_SEGMENT);
	bool stalls = dw_suspicion_of(suspicions, DW_SUSPECT_ANSWER) != NULL ||
		dw_suspicion_of(suspicions, DW_SUSPECT_SEGMENT) != NULL;
	const struct dw_suspicion *answer = dw_suspicion_of(suspicions, DW_SUSPECT_ANSWER);

	if (dw_suspicion_of(suspicions, DW_SUSPECT_CONNECT) != NULL || (answer != NULL && answer->proven))
		return false;
	if (rung->segment == 0)
		return is_size_wanted(address, suspicions, rung) || is_truncation_open(address, rung) ||
			(stalls && rung->topic == DW_TOPIC_SOA);
	if (rung->topic == DW_TOPIC_SOA)
		return false;
	if (rung->segment == DW_RUNG_SEGMENT)
		return stalls && is_silent(usual) && usual->n_connected > 0;
	return stalls && is_silent(small);
}

bool dw_omission_tells(const struct dw_payload_address *address, const struct dw_suspicions *suspicions,
	const struct dw_payload_rung *rung)
{
	return rung->tcp ? tells_more_tcp(address, suspicions, rung) : tells_more_udp(address, suspicions, rung);
}
