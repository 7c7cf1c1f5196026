#include "size_summary.h"

#include <inttypes.h>
#include <string.h>

#include "dns/judgement.h"

/* "2 server addresses", "1 resolver" */
static const char *places_text(unsigned n, bool via, char text[48])
{
	(void)snprintf(text, 48, "%u %s%s", n, via ? "resolver" : "server address",
		n == 1    ? ""
			: via ? "s"
				  : "es");
	return text;
}

/* "UDP in 12 ms up to 1180 octets" */
static const char *udp_text(bool known, dw_millis time, size_t size, char text[80])
{
	if (known)
		(void)snprintf(text, 80, "UDP in %" PRId64 " ms, up to %zu octets", time, size);
	else
		(void)snprintf(text, 80, "UDP not tried");
	return text;
}

/* "TCP in 24 ms" */
static const char *tcp_text(bool known, dw_millis time, char text[48])
{
	if (known)
		(void)snprintf(text, 48, "TCP in %" PRId64 " ms", time);
	else
		(void)snprintf(text, 48, "TCP not tried");
	return text;
}

/* Whether this host has a way to an address: what could not be asked gave nothing. */
static bool is_reached(const struct dw_payload_verdict *verdict)
{
	return strcmp(verdict->kind->word, "no-route") != 0;
}

/* Whether every address that could be asked gave a signed answer. */
static bool all_signed(const struct dw_payload_figures *figures)
{
	for (unsigned i = 0; i < figures->n_verdicts; i++)
		if (is_reached(&figures->verdicts[i]) && !figures->verdicts[i].signed_udp &&
			!figures->verdicts[i].signed_tcp)
			return false;
	return figures->n_verdicts > 0;
}

/* "2 server addresses", "1 of 2 server addresses" */
static const char *reached_text(const struct dw_payload_figures *figures, bool via, char text[64])
{
	unsigned n_reached = 0;
	char places[48];

	for (unsigned i = 0; i < figures->n_verdicts; i++)
		n_reached += is_reached(&figures->verdicts[i]);
	places_text(figures->sizes.servers, via, places);
	if (n_reached < figures->n_verdicts)
		(void)snprintf(text, 64, "%u of %s", n_reached, places);
	else
		(void)snprintf(text, 64, "%s", places);
	return text;
}

void dw_size_summary(
	const struct dw_name *zone, bool via, const struct dw_payload_figures *figures, char text[DW_SUMMARY_MAX])
{
	char name[64], places[64], udp[80], tcp[48], buffer[32] = "none";

	if (figures->sizes.advertised_known)
		(void)snprintf(buffer, sizeof buffer, "%u octets", figures->sizes.advertised);
	(void)snprintf(text, DW_SUMMARY_MAX, "%s: %s get through from %s: %s; %s; advertised buffer: %s",
		dw_judgement_name_text(zone, name), all_signed(figures) ? "signed answers" : "answers",
		reached_text(figures, via, places),
		udp_text(figures->sizes.udp_known, figures->sizes.udp_time, figures->sizes.udp_max, udp),
		tcp_text(figures->sizes.tcp_time_known, figures->sizes.tcp_time, tcp), buffer);
}

void dw_size_summary_fetched(
	const struct dw_name *zone, const struct dw_reply_size_figures *figures, char text[DW_SUMMARY_MAX])
{
	char name[64], places[48], udp[80], tcp[48];

	(void)snprintf(text, DW_SUMMARY_MAX, "%s: %s fetch%s answers of up to %zu octets; %s; %s",
		dw_judgement_name_text(zone, name), places_text(figures->sizes.servers, true, places),
		figures->sizes.servers == 1 ? "es" : "", figures->fetched,
		udp_text(figures->sizes.udp_known, figures->sizes.udp_time, figures->sizes.udp_max, udp),
		tcp_text(figures->sizes.tcp_time_known, figures->sizes.tcp_time, tcp));
}
