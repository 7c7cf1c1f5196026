#include "dns/gradewalk.h"

#include "dns/chance.h"
#include "dns/wire.h"

/* Packets of a question and of an answer in one piece; milliseconds until a connection is tried again. */
#define ROUND_TRIP 2
#define TCP_AGAIN  1000

/* Round trips that an answer by TCP takes. */
#define TCP_PHASES 3

/* Octets of an answer that one packet of the usual path carries (IPv6, 1500). */
#define PACKET_SIZE 1452

/* A way is lossy where one of so many questions is lost. */
#define LOSSY 5

bool dw_grade_answered(const struct dw_grade_answer *answer)
{
	return answer->n_asked > 0 && answer->status == DW_OK;
}

/* Whether the answer says that there is more, to be asked for by TCP. */
static bool is_cut(const struct dw_grade_answer *answer)
{
	return dw_grade_answered(answer) && answer->rcode == DW_RCODE_NOERROR && answer->truncated;
}

bool dw_grade_tcp_closed(const struct dw_grade *grade)
{
	const struct dw_grade_answer *tcp = &grade->tcp;

	return tcp->n_asked > 0 && tcp->connected && tcp->status == DW_REFUSED;
}

bool dw_grade_fetched(const struct dw_grade *grade)
{
	/* What TCP then says is what the resolver has. */
	bool promised = is_cut(&grade->udp) && !dw_grade_answered(&grade->tcp);

	return grade->udp.whole || grade->tcp.whole || promised;
}

bool dw_grade_missed(const struct dw_grade *grade)
{
	const struct dw_grade_answer *udp = &grade->udp, *tcp = &grade->tcp;

	if (dw_grade_fetched(grade))
		return false;
	if (dw_grade_answered(udp) || dw_grade_answered(tcp))
		return true;
	return udp->n_lost == DW_GRADE_TRIES && (tcp->n_lost > 0 || dw_grade_tcp_closed(grade));
}

bool dw_grade_absent(const struct dw_grade *grade)
{
	const struct dw_grade_answer *answer = dw_grade_answered(&grade->tcp) ? &grade->tcp : &grade->udp;

	return dw_grade_answered(answer) && !answer->whole && !answer->truncated &&
		(answer->rcode == DW_RCODE_NXDOMAIN || answer->rcode == DW_RCODE_NOERROR);
}

bool dw_grade_udp_lost(const struct dw_grade *grade)
{
	return grade->udp.n_lost == DW_GRADE_TRIES && grade->udp.status == DW_TIMEOUT;
}

bool dw_grade_by_udp(const struct dw_grade *grade)
{
	return grade->udp.whole;
}

bool dw_grade_by_tcp(const struct dw_grade *grade)
{
	return grade->tcp.whole;
}

bool dw_grade_tcp_lost(const struct dw_grade *grade)
{
	return grade->tcp.n_asked > 0 && grade->tcp.status != DW_OK &&
		(grade->tcp.n_lost > 0 || grade->tcp.status != DW_TIMEOUT);
}

struct dw_size_bracket dw_grade_bracket(const struct dw_reply_size_resolver *resolver,
	bool (*passes)(const struct dw_grade *grade), bool (*fails)(const struct dw_grade *grade))
{
	struct dw_size_bracket found = {.passed = 0};

	for (unsigned i = resolver->n_grades; i-- > 0 && found.passed == 0;) {
		const struct dw_grade *grade = &resolver->grades[i];
		if (passes(grade))
			found.passed = grade->size;
		else if (fails(grade))
			found.failed = grade->size;
	}
	return found;
}

const struct dw_grade *dw_grade_find(const struct dw_reply_size_resolver *resolver, size_t size)
{
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		if (resolver->grades[i].size == size)
			return &resolver->grades[i];
	}
	return NULL;
}

struct dw_grade_loss dw_grade_loss(const struct dw_reply_size_resolver *resolver)
{
	struct dw_grade_loss loss = {.n_asked = 0};

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		if (!dw_grade_answered(&grade->udp) || grade->udp.size > PACKET_SIZE || dw_grade_missed(grade))
			continue;
		loss.n_asked += grade->udp.n_asked;
		loss.n_lost += grade->udp.n_lost;
	}
	return loss;
}

/* The same with those that were never answered, where larger ones were: no limit of size does that. */
static struct dw_grade_loss all_lost(const struct dw_reply_size_resolver *resolver)
{
	struct dw_grade_loss loss = dw_grade_loss(resolver);
	bool larger = false;

	for (unsigned i = resolver->n_grades; i-- > 0;) {
		const struct dw_grade *grade = &resolver->grades[i];

		larger = larger || dw_grade_answered(&grade->udp);
		if (!larger || dw_grade_answered(&grade->udp) || dw_grade_missed(grade))
			continue;
		loss.n_asked += grade->udp.n_asked;
		loss.n_lost += grade->udp.n_lost;
	}
	return loss;
}

/* Packets of question and answer. */
static unsigned packets_of(size_t size)
{
	return 1 + dw_chance_packets((unsigned)size);
}

/* How TCP fared, which knows of the way as well: what was lost in connecting is sent again a second later. */
static struct dw_trials streams_of(const struct dw_reply_size_resolver *resolver)
{
	struct dw_trials trials = {.n_packets = ROUND_TRIP};

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade_answer *tcp = &resolver->grades[i].tcp;
		bool prompt = dw_grade_answered(tcp) && tcp->elapsed < TCP_AGAIN;

		trials.n_through += prompt;
		trials.n_failed += dw_grade_answered(tcp) && !prompt;
	}
	return trials;
}

double dw_grade_chance(const struct dw_reply_size_resolver *resolver, size_t above, size_t below)
{
	struct dw_trials controls[DW_GRADES_MAX + 1], silent[DW_GRADES_MAX];
	unsigned n_controls = 0, n_silent = 0;

	controls[n_controls++] = streams_of(resolver);
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		const struct dw_grade_answer *udp = &grade->udp;
		bool within = grade->size > above && grade->size < below;

		if (dw_grade_answered(udp))
			controls[n_controls++] = (struct dw_trials){
				.n_packets = packets_of(udp->size), .n_through = 1, .n_failed = udp->n_lost};
		else if (dw_grade_udp_lost(grade) && within)
			silent[n_silent++] =
				(struct dw_trials){.n_packets = packets_of(grade->size), .n_failed = udp->n_lost};
		else if (dw_grade_udp_lost(grade))
			controls[n_controls++] =
				(struct dw_trials){.n_packets = packets_of(grade->size), .n_failed = udp->n_lost};
	}
	return n_silent == 0 ? 1 : dw_chance_of_silence(controls, n_controls, silent, n_silent);
}

bool dw_grade_lossy(const struct dw_reply_size_resolver *resolver)
{
	const struct dw_grade_loss loss = all_lost(resolver);

	return loss.n_lost * LOSSY >= loss.n_asked && loss.n_asked > 0;
}

double dw_grade_tcp_chance(const struct dw_reply_size_resolver *resolver)
{
	const struct dw_grade_loss loss = all_lost(resolver);
	double lost = loss.n_asked == 0 ? 0.5 : (loss.n_lost + 0.3) / (loss.n_asked + 1.0);
	/* Connecting, asking and answering, each sent three times before the wait is over. */
	double fails = TCP_PHASES * lost * lost * lost, all = 1;

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade_answer *tcp = &resolver->grades[i].tcp;

		for (unsigned n = 0; n < tcp->n_lost && !dw_grade_answered(tcp); n++)
			all *= fails < 1 ? fails : 1;
	}
	return all;
}

unsigned dw_grade_turned_away(const struct dw_reply_size_resolver *resolver)
{
	unsigned n = 0;

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade_answer *tcp = &resolver->grades[i].tcp;
		n += tcp->n_asked > 0 && tcp->status != DW_OK && tcp->status != DW_TIMEOUT
			? tcp->n_asked - tcp->n_lost
			: 0;
	}
	return n;
}
