/*
 * gradewalk: what a resolver's answers of graded sizes say when taken together.
 *
 * Which grade passes and which does not, and whether chance could have done it. Pure functions, without an
 * opinion, for the judge of a reply size; they may be called from any thread.
 */
#ifndef DW_DNS_GRADEWALK_H
#define DW_DNS_GRADEWALK_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/reply_size.h"

/* What passes and what does not, in octets. */
struct dw_size_bracket {
	size_t passed; /* the largest that did; 0: none */
	size_t failed; /* the smallest above it that did not; 0: none */
};

/* Questions by UDP, and those that were lost where a later one was answered. */
struct dw_grade_loss {
	unsigned n_asked, n_lost;
};

/* Whether a message came. */
bool dw_grade_answered(const struct dw_grade_answer *answer);

/* Whether TCP was connected, and closed without an answer: so resolvers do that have waited in vain. */
bool dw_grade_tcp_closed(const struct dw_grade *grade);

/* Whether the resolver had the answer: it came whole, or cut to what UDP takes and TCP does not deny it. */
bool dw_grade_fetched(const struct dw_grade *grade);

/* Whether the resolver is known not to have it: it says so, or is silent about it on both ways. */
bool dw_grade_missed(const struct dw_grade *grade);

/* Whether the resolver says that there is no such record: NXDOMAIN, or nothing. */
bool dw_grade_absent(const struct dw_grade *grade);

/* Whether the answer came whole by UDP. */
bool dw_grade_by_udp(const struct dw_grade *grade);

/* Whether the answer came whole by TCP. */
bool dw_grade_by_tcp(const struct dw_grade *grade);

/* Whether it was asked for by UDP as often as it is, and never answered. */
bool dw_grade_udp_lost(const struct dw_grade *grade);

/* Whether TCP was tried, and brought nothing. */
bool dw_grade_tcp_lost(const struct dw_grade *grade);

/* The grade of this size; NULL when there is none. */
const struct dw_grade *dw_grade_find(const struct dw_reply_size_resolver *resolver, size_t size);

/* The largest grade that passes, and the smallest above it that fails. */
struct dw_size_bracket dw_grade_bracket(const struct dw_reply_size_resolver *resolver,
	bool (*passes)(const struct dw_grade *grade), bool (*fails)(const struct dw_grade *grade));

/* What gets lost of questions whose answer fits one packet, and is there. */
struct dw_grade_loss dw_grade_loss(const struct dw_reply_size_resolver *resolver);

/*
 * How likely loss alone, as the others show it, keeps away every answer that was lost by UDP and is larger
 * than `above`, and smaller than `below`; 1 when there is none.
 */
double dw_grade_chance(const struct dw_reply_size_resolver *resolver, size_t above, size_t below);

/* How likely loss alone, as UDP shows it, keeps away every answer by TCP that was waited for in vain. */
double dw_grade_tcp_chance(const struct dw_reply_size_resolver *resolver);

/* Whether so many questions by UDP are lost that TCP meets with accidents, too. */
bool dw_grade_lossy(const struct dw_reply_size_resolver *resolver);

/* Attempts by TCP that were refused, closed or cut; one may be an accident where packets get lost. */
unsigned dw_grade_turned_away(const struct dw_reply_size_resolver *resolver);

#endif
