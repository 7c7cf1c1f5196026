#include "dns/payload_tcp.h"

#include <stdio.h>

/* So many refusals are no accident. */
#define REFUSALS 2

/* A way is lossy where one of so many questions by UDP is lost. */
#define LOSSY 5

/* Attempts by TCP that were turned away, by how far they had come. */
struct turned_away {
	unsigned n_refused;  /* before there was a connection */
	unsigned n_closed;   /* before an octet of the answer */
	unsigned n_cut;      /* within the answer */
	unsigned n_garbage;  /* with a message that answers something else */
	unsigned n_rejected; /* by ICMP: no route */
	const struct dw_payload_rung *cut, *garbage, *rejected;
};

static void count_one(struct turned_away *away, const struct dw_payload_rung *rung)
{
	if (rung->status == DW_NO_ROUTE) {
		away->n_rejected += rung->n_asked;
		away->rejected = rung;
	} else if (rung->gap.stage == DW_TCP_CONNECTING) {
		away->n_refused += rung->n_refused;
	} else if (rung->status == DW_MALFORMED && rung->gap.n_read == rung->gap.n_wanted) {
		away->n_garbage += rung->n_refused;
		away->garbage = rung;
	} else if (rung->gap.stage == DW_TCP_CONNECTED) {
		away->n_closed += rung->n_refused;
	} else {
		away->n_cut += rung->n_refused;
		away->cut = rung;
	}
}

static struct turned_away count(const struct dw_payload_address *address)
{
	struct turned_away away = {0};

	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (!rung->tcp || rung->n_asked == 0 || rung->n_answered > 0)
			continue;
		/* A resolver closes the connection when it has waited in vain itself. */
		if (rung->n_connected == 0 || !dw_suspicion_unfetched(address, rung))
			count_one(&away, rung);
	}
	return away;
}

/* "the answer for example.org/DNSKEY comes truncated (TC), and " when some UDP answer does. */
static const char *truncated_text(const struct dw_payload_case *trial, char text[DW_RECORD_TEXT_MAX + 64])
{
	char record[DW_RECORD_TEXT_MAX];

	text[0] = '\0';
	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		if (rung->tcp || rung->n_truncated == 0 || rung->probe == DW_PROBE_LONG)
			continue;
		snprintf(text, DW_RECORD_TEXT_MAX + 64, "UDP answers for %.120s come truncated (TC), and ",
			dw_payload_wanted_text(rung, record));
		break;
	}
	return text;
}

static void judge_connecting(
	struct dw_payload_case *trial, const struct turned_away *away, const char *truncated)
{
	const struct dw_suspicion *connect = dw_suspicion_of(trial->suspicions, DW_SUSPECT_CONNECT);

	if (trial->suspicions->tcp_connected)
		return;
	if (away->n_refused >= REFUSALS)
		dw_payload_add(trial, DW_PAYLOAD_TCP_REFUSED, DW_CRITICAL, "%sTCP is refused", truncated);
	else if (connect != NULL && connect->proven)
		dw_payload_add(trial, DW_PAYLOAD_TCP_FILTERED, DW_CRITICAL,
			"%sTCP does not connect: no SYN-ACK in %u attempts", truncated, connect->n_lost);
	else if (away->n_rejected > 0)
		dw_payload_add(
			trial, DW_PAYLOAD_TCP_FILTERED, DW_CRITICAL, "%s%s", truncated, away->rejected->reason);
}

/* Whether a small segment brings what the usual one does not. */
static const struct dw_payload_rung *passes_small(const struct dw_payload_address *address)
{
	for (unsigned i = 0; i < address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &address->rungs[i];

		if (rung->tcp && rung->segment != 0 && rung->answered)
			return rung;
	}
	return NULL;
}

/* Answers of some size stall, others come. */
static void judge_segments(struct dw_payload_case *trial, const char *truncated)
{
	const struct dw_suspicion *stalls = dw_suspicion_of(trial->suspicions, DW_SUSPECT_SEGMENT);
	const struct dw_payload_rung *small = passes_small(trial->address);
	char record[DW_RECORD_TEXT_MAX];

	if (stalls == NULL || !stalls->proven)
		return;
	const struct dw_payload_rung *rung = &trial->address->rungs[stalls->rung];
	dw_payload_wanted_text(rung, record);
	if (small != NULL)
		dw_payload_add(trial, DW_PAYLOAD_PATH_MTU, DW_CRITICAL,
			"the path has a small MTU, and nobody is told: the TCP answer for %.120s stalls in segments of "
			"the usual size, and comes in segments of %u octets",
			record, small->segment);
	else
		dw_payload_add(trial, DW_PAYLOAD_TCP_CUT, DW_CRITICAL,
			"%sthe TCP answer for %.120s stalls (%s) while smaller ones come", truncated, record,
			rung->reason);
}

/* Whether a resolver may have closed connections for want of packets that were lost: some wait 200 ms alone.
 */
static bool is_impatient(const struct dw_payload_case *trial)
{
	unsigned n_lost = trial->suspicions->n_lost, n_asked = n_lost + trial->suspicions->n_through;

	return trial->facts->via && n_lost * LOSSY >= n_asked && n_lost > 0;
}

static void judge_answers(
	struct dw_payload_case *trial, const struct turned_away *away, const char *truncated)
{
	if (dw_payload_proven(trial, DW_SUSPECT_ANSWER))
		dw_payload_add(
			trial, DW_PAYLOAD_TCP_SILENT, DW_CRITICAL, "%sTCP connects and never answers", truncated);
	if (away->n_cut >= REFUSALS)
		dw_payload_add(trial, DW_PAYLOAD_TCP_CUT, DW_CRITICAL, "%s%s", truncated, away->cut->reason);
	if (away->n_closed >= REFUSALS && !is_impatient(trial))
		dw_payload_add(trial, DW_PAYLOAD_TCP_CUT, DW_CRITICAL,
			"%sTCP connects and is closed without an answer", truncated);
	if (away->n_garbage >= REFUSALS)
		dw_payload_add(trial, DW_PAYLOAD_TCP_GARBAGE, DW_CRITICAL, "%s%s", truncated, away->garbage->reason);
	if (dw_payload_proven(trial, DW_SUSPECT_STREAM))
		dw_payload_add(trial, DW_PAYLOAD_TCP_CUT, DW_CRITICAL,
			"%ssome questions by TCP have no answer, others have", truncated);
}

/* TCP answers that say there is more, when there is no other way to ask. */
static void judge_truncated(struct dw_payload_case *trial)
{
	char record[DW_RECORD_TEXT_MAX];

	for (unsigned i = 0; i < trial->address->n_rungs; i++) {
		const struct dw_payload_rung *rung = &trial->address->rungs[i];

		if (!rung->tcp || rung->n_answered == 0 || rung->n_truncated < rung->n_answered)
			continue;
		dw_payload_add(trial, DW_PAYLOAD_TCP_CUT, DW_CRITICAL,
			"the TCP answer for %.120s comes truncated (TC): nothing brings the rest",
			dw_payload_wanted_text(rung, record));
		return;
	}
}

void dw_payload_tcp_judge(struct dw_payload_case *trial)
{
	struct turned_away away = count(trial->address);
	char truncated[DW_RECORD_TEXT_MAX + 64];

	truncated_text(trial, truncated);
	judge_connecting(trial, &away, truncated);
	judge_segments(trial, truncated);
	judge_answers(trial, &away, truncated);
	judge_truncated(trial);
}
