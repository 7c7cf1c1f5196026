#include "dns/gradewalk.h"

#include "dns/wire.h"

/* Octets of an answer that one packet of the usual path carries (IPv6, 1500). */
#define PACKET_SIZE 1452

bool dw_grade_answered(const struct dw_grade_answer *answer)
{
	return answer->n_asked > 0 && answer->status == DW_OK;
}

/* Whether the answer says that there is more, to be asked for by TCP. */
static bool is_cut(const struct dw_grade_answer *answer)
{
	return dw_grade_answered(answer) && answer->rcode == DW_RCODE_NOERROR && answer->truncated;
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
	return udp->n_lost == DW_GRADE_TRIES && tcp->n_lost > 0;
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

/* The share of questions that get lost; where few were asked, rather more than was seen. */
static double share(const struct dw_reply_size_resolver *resolver)
{
	const struct dw_grade_loss loss = dw_grade_loss(resolver);

	return loss.n_asked == 0 ? 0.5 : (loss.n_lost + 0.3) / (loss.n_asked + 1.0);
}

double dw_grade_chance(const struct dw_reply_size_resolver *resolver, size_t above, size_t below)
{
	double survives = 1 - share(resolver), all = 1;

	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];
		double arrives = survives;
		if (grade->size <= above || grade->size >= below || !dw_grade_udp_lost(grade))
			continue;
		for (size_t rest = grade->size; rest > PACKET_SIZE; rest -= PACKET_SIZE)
			arrives *= survives;
		for (unsigned n = 0; n < grade->udp.n_lost; n++)
			all *= 1 - arrives;
	}
	return all;
}
