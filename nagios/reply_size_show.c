#include "reply_size_show.h"

#include <inttypes.h>

#include "show.h"

#include "dns/judgement.h"

/* One way to ask for a grade: "UDP TC in 1 ms", "TCP 4000 octets in 3 ms". */
static void show_answer(const char *way, const struct dw_grade_answer *answer, unsigned level, FILE *page)
{
	char rcode[DW_RCODE_TEXT_MAX];

	if (answer->n_asked == 0)
		return;
	(void)fprintf(page, "  %s ", way);
	if (answer->status != DW_OK)
		dw_show_text(
			page, answer->reason[0] == '\0' ? "no answer" : answer->reason, sizeof answer->reason, false);
	else if (answer->whole)
		(void)fprintf(page, "%zu octets in %" PRId64 " ms", answer->size, answer->elapsed);
	else
		(void)fprintf(page, "%s in %" PRId64 " ms",
			answer->truncated ? "TC" : dw_rcode_text(answer->rcode, rcode), answer->elapsed);
	if (answer->n_lost > 0 || level >= 2)
		(void)fprintf(page, " (asked %u, lost %u)", answer->n_asked, answer->n_lost);
	if (level >= 2 && answer->advertised > 0)
		(void)fprintf(page, ", buffer %u", answer->advertised);
}

static void show_resolver(const struct dw_reply_size_resolver *resolver,
	const struct dw_reply_size_verdict *verdict, unsigned level, FILE *page)
{
	char server[DW_SERVER_TEXT_MAX];

	(void)fprintf(page, "  %s: %s, fetches up to %zu octets; UDP brings up to %zu\n",
		dw_judgement_server_text(&resolver->server, server), verdict->kind->word, verdict->fetched.passed,
		verdict->udp.passed);
	for (unsigned i = 0; i < resolver->n_grades; i++) {
		const struct dw_grade *grade = &resolver->grades[i];

		(void)fprintf(page, "    %4u%s", grade->size, grade->udp.n_asked == 0 ? "  not asked" : "");
		show_answer("UDP", &grade->udp, level, page);
		show_answer("TCP", &grade->tcp, level, page);
		(void)fputc('\n', page);
	}
}

void dw_reply_size_show(const struct dw_reply_size_facts *facts, const struct dw_reply_size_figures *figures,
	unsigned level, FILE *page)
{
	char zone[DW_NAME_TEXT_MAX];

	(void)fprintf(page, "%s, answers of graded sizes via %u resolver%s\n", dw_name_format(&facts->zone, zone),
		facts->n_resolvers, facts->n_resolvers == 1 ? "" : "s");
	for (unsigned i = 0; i < facts->n_resolvers && i < figures->n_verdicts; i++)
		show_resolver(&facts->resolvers[i], &figures->verdicts[i], level, page);
}
