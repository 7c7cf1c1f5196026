#include "dns/reply_size_way.h"

#include "dns/gradewalk.h"

/* From here on the loss of questions or answers is worth a word. */
#define LOSS_MIN 20 /* per cent */

bool dw_reply_size_has_answered(const struct dw_reply_size_resolver *resolver)
{
	return dw_grade_answered(&resolver->grades[0].udp) || dw_grade_answered(&resolver->grades[0].tcp);
}

void dw_reply_size_silence_judge(struct dw_reply_size_case *trial, bool others)
{
	const struct dw_reply_size_resolver *resolver = trial->resolver;
	const struct dw_grade *first = &resolver->grades[0];
	enum dw_severity severity = others ? DW_WARNING : DW_CRITICAL;
	char elsewhere[DW_ADDRESS_TEXT_MAX];

	if (first->udp.status == DW_NO_ROUTE)
		dw_reply_size_add(
			trial, DW_REPLY_SIZE_NO_ROUTE, others ? DW_NOTE : DW_UNKNOWN, "this host has no route to it");
	else if (first->udp.n_asked > 0 && first->udp.status == DW_SYSTEM)
		dw_reply_size_add(
			trial, DW_REPLY_SIZE_NOT_POSSIBLE, DW_UNKNOWN, "could not be asked: %s", first->udp.reason);
	else if (resolver->n_elsewhere > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_OTHER_ADDRESS, severity,
			"all answers come from another address, %s", dw_address_format(&resolver->elsewhere, elsewhere));
	else if (first->udp.n_asked > 0 && first->udp.status == DW_MALFORMED)
		dw_reply_size_add(
			trial, DW_REPLY_SIZE_MALFORMED, severity, "its answers do not parse: %s", first->udp.reason);
	else if (resolver->n_garbage > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_GARBAGE, severity, "nothing but garbage comes, %u datagrams",
			resolver->n_garbage);
	else if (first->tcp.connected && first->udp.n_lost > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_FETCH, severity,
			"does not get even an answer of %u octets, or hangs: it takes TCP connections, and answers "
			"nothing",
			first->size);
	else if (first->udp.n_lost > 0 && first->udp.status == DW_TIMEOUT)
		dw_reply_size_add(trial, DW_REPLY_SIZE_SILENT, severity,
			"does not answer: %u questions by UDP, %u by TCP", first->udp.n_asked, first->tcp.n_asked);
	else if (first->udp.n_asked > 0 && (first->udp.n_lost > 0 || first->udp.status != DW_TIMEOUT))
		dw_reply_size_add(trial, DW_REPLY_SIZE_SILENT, severity, "does not answer: %s", first->udp.reason);
	else
		dw_reply_size_add(trial, DW_REPLY_SIZE_UNSURE, DW_UNKNOWN, "time was up before it could be asked");
}

/* Messages that nobody can read, though others can be. */
static void judge_messages(struct dw_reply_size_case *trial)
{
	for (unsigned i = 0; i < trial->resolver->n_grades; i++) {
		const struct dw_grade *grade = &trial->resolver->grades[i];
		bool udp = grade->udp.n_asked > 0 && grade->udp.status == DW_MALFORMED;

		if (!udp)
			continue;
		dw_reply_size_add(trial, DW_REPLY_SIZE_MALFORMED, DW_WARNING,
			"the UDP answer for r%04u does not parse: %s", grade->size, grade->udp.reason);
		return;
	}
}

void dw_reply_size_way_judge(struct dw_reply_size_case *trial)
{
	const struct dw_reply_size_resolver *resolver = trial->resolver;
	char elsewhere[DW_ADDRESS_TEXT_MAX];
	bool udp = false;

	for (unsigned i = 0; i < resolver->n_grades; i++)
		udp = udp || dw_grade_answered(&resolver->grades[i].udp);
	if (resolver->n_elsewhere > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_OTHER_ADDRESS, udp ? DW_WARNING : DW_CRITICAL,
			"%s UDP answers come from another address, %s", udp ? "some" : "all",
			dw_address_format(&resolver->elsewhere, elsewhere));
	judge_messages(trial);
	if (resolver->n_garbage > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_GARBAGE, DW_WARNING, "%u datagram%s nothing that was asked",
			resolver->n_garbage, resolver->n_garbage == 1 ? " answers" : "s answer");
	if (resolver->n_repeated > 0)
		dw_reply_size_add(trial, DW_REPLY_SIZE_REPEATED, DW_WARNING, "%u UDP answer%s came twice",
			resolver->n_repeated, resolver->n_repeated == 1 ? "" : "s");
}

/* Questions that were lost, those that were never answered among them where no finding explains it. */
static struct dw_grade_loss loss_of(const struct dw_reply_size_case *trial)
{
	struct dw_grade_loss loss = {0, 0};

	if (trial->verdict->kind != dw_reply_size_row(DW_REPLY_SIZE_FINE))
		return dw_grade_loss(trial->resolver);
	for (unsigned i = 0; i < trial->resolver->n_grades; i++) {
		loss.n_asked += trial->resolver->grades[i].udp.n_asked;
		loss.n_lost += trial->resolver->grades[i].udp.n_lost;
	}
	return loss;
}

void dw_reply_size_loss_judge(struct dw_reply_size_case *trial)
{
	const struct dw_grade_loss loss = loss_of(trial);

	if (loss.n_lost > 1 && loss.n_lost * 100 >= loss.n_asked * LOSS_MIN)
		dw_reply_size_add(trial, DW_REPLY_SIZE_LOSS, DW_WARNING,
			"%u of %u UDP questions had no answer in time: packets get lost, or it is slow to fetch",
			loss.n_lost, loss.n_asked);
}
